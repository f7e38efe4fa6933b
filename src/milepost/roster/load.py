"""Reading `sponsors.yaml` into a roster, with every problem of the file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from milepost import schema
from milepost.addresses import slugify
from milepost.problems import Problem, did_you_mean
from milepost.roster.sponsor import (
    DEFAULT_TIERS,
    RosterFile,
    Sponsor,
    SponsorEntry,
    Tier,
    Utm,
)
from milepost.source import Listing, Node, Scalar, Table, parse_yaml, read_text

FILE: Final = "sponsors.yaml"
PRIVATE_FILE: Final = "sponsors.private.yaml"

_LISTS: Final = ("tiers", "sponsors")


@dataclass(frozen=True, slots=True, kw_only=True)
class Roster:
    """The sponsor list: tiers and sponsors in the order of the file.

    `broken` holds the ids of entries that could not be read, which are known all the same.
    """

    tiers: tuple[Tier, ...] = DEFAULT_TIERS
    sponsors: tuple[Sponsor, ...] = ()
    edition: int | None = None
    order: str = "listed"
    utm: Utm | None = None
    broken: frozenset[str] = frozenset()
    by_tier: dict[str, Tier] = field(init=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_tier", {tier.id: tier for tier in self.tiers})

    def tier(self, tier_id: str) -> Tier:
        """Return a tier of the list by its id."""
        return self.by_tier[tier_id]

    @property
    def ids(self) -> tuple[str, ...]:
        """The id of every sponsor, public or not, each once, in the order of the file."""
        return tuple(dict.fromkeys(sponsor.id for sponsor in self.sponsors))


def load_roster(site: Path) -> tuple[Roster, list[Problem]]:
    """Read the sponsor list of the site in folder `site`.

    Returns what could be read, and a problem for everything that could not. What a list says
    about days (who shows, limits of tiers) is judged elsewhere.
    """
    path = site / FILE
    if not path.is_file():
        return Roster(), [_missing(site)]
    text, problems = read_text(path, FILE)
    if text is None:
        return Roster(), problems
    node, problems = parse_yaml(text, FILE)
    if node is None:
        return Roster(), problems
    if not isinstance(node, Table):
        message = "the file must begin with a key, such as `sponsors:`."
        return Roster(), [*problems, _entry(node.line, message)]
    roster, more = read_roster(node)
    return roster, problems + more


def read_roster(node: Table) -> tuple[Roster, list[Problem]]:
    """Make a roster from the file's nodes."""
    top = Table(
        tuple(entry for entry in node.entries if entry[0].text not in _LISTS),
        node.line,
        node.last_line,
    )
    head, problems = schema.read(RosterFile, top, FILE, noun="sponsor list")
    tiers, more = _tiers(node.get("tiers"))
    problems += more
    entries = _entries(node.get("sponsors"))
    sponsors = []
    for entry in entries.items if isinstance(entries, Listing) else ():
        sponsor, faults = _sponsor(entry, [tier.id for tier in tiers])
        problems += faults
        sponsors += [sponsor] if sponsor else []
    if isinstance(entries, Problem):
        problems.append(entries)
    head = head or RosterFile()
    return Roster(
        tiers=tiers,
        sponsors=tuple(sponsors),
        edition=head.edition,
        order=head.order,
        utm=head.utm,
        broken=_ids(entries) - {sponsor.id for sponsor in sponsors},
    ), problems


def entry_node(node: Node) -> Node:
    """Return a sponsor's node with the id that its name gives, where it has none of its own."""
    if not isinstance(node, Table) or node.get("id") is not None:
        return node
    name = node.get("name")
    if not isinstance(name, Scalar) or not (made := slugify(name.text)):
        return node
    return Table((*node.entries, (Scalar("id", name.line), Scalar(made, name.line))), node.line, 0)


def _tiers(node: Node | None) -> tuple[tuple[Tier, ...], list[Problem]]:
    if node is None:
        return DEFAULT_TIERS, []
    if not isinstance(node, Listing) or not node.items:
        return DEFAULT_TIERS, [_entry(node.line, "tiers must be a list: each begins with `- id:`.")]
    tiers: dict[str, Tier] = {}
    problems: list[Problem] = []
    largest = float("inf")
    for item in node.items:
        tier, faults = schema.read(Tier, item, FILE, subject=_name(item, "id"), noun="tier")
        problems += faults
        if tier is None:
            # Its id stays known, so that its sponsors are not reported as well.
            identity = _name(item, "id")
            tiers.setdefault(identity, Tier.model_construct(id=identity))
        elif tier.id in tiers:
            problems.append(_entry(item.line, f'tier "{tier.id}" stands here a second time.'))
        else:
            if tier.size > largest:
                problems.append(_entry(_line(item, "size"), _grows(tier, largest), tier.id))
            tiers[tier.id] = tier
            largest = min(largest, tier.size)
    return tuple(tiers.values()), problems


def _entries(node: Node | None) -> Listing | Problem:
    if node is None:
        return Listing((), 1)
    if isinstance(node, Listing):
        return node
    return _entry(node.line, "sponsors must be a list: each begins with `- name:`.")


def _ids(entries: Listing | Problem) -> frozenset[str]:
    items = entries.items if isinstance(entries, Listing) else ()
    return frozenset(_name(entry_node(item), "id") for item in items)


def _sponsor(node: Node, tiers: Sequence[str]) -> tuple[Sponsor | None, list[Problem]]:
    name = _name(node, "name")
    if isinstance(node, Table) and name and not slugify(name) and not node.get("id"):
        message = "no address can be made from this name: add an `id:` of a to z, 0 to 9 and -."
        return None, [_entry(node.line, message, name)]
    entry, problems = schema.read(
        SponsorEntry, entry_node(node), FILE, subject=name, noun="sponsor"
    )
    problems = [
        problem for problem in problems if name or not problem.message.startswith("id is missing")
    ]
    problems += _unknown_tiers(node, name, tiers)
    problems += _backward_term(node, name)
    if entry is None:
        return None, problems
    return Sponsor.model_construct(**dict(entry), line=node.line), problems


def _backward_term(node: Node, name: str) -> list[Problem]:
    """Compare as text: the dates of an entry that has other faults are compared as well."""
    first, last = _name(node, "from"), _name(node, "until")
    try:
        backward = schema.day(last) < schema.day(first)
    except ValueError:
        return []
    if not backward:
        return []
    return [_entry(_line(node, "until"), f"until {last} is before from {first}.", name)]


def _unknown_tiers(node: Node, name: str, tiers: Sequence[str]) -> list[Problem]:
    value = node.get("tier") if isinstance(node, Table) else None
    written = value.items if isinstance(value, Listing) else (value,)
    allowed = ", ".join(tiers)
    return [
        _entry(
            item.line,
            f'tier "{item.text}" is not one of {allowed}.{did_you_mean(item.text, tiers)}',
            name,
        )
        for item in written
        if isinstance(item, Scalar) and item.text and item.text not in tiers
    ]


def _missing(site: Path) -> Problem:
    for name in ("sponsors.yaml.txt", "sponsors.yml", "sponsor.yaml", "sponsors.txt"):
        if (site / name).is_file():
            message = f"is called {name}. Rename it to {FILE}."
            return Problem(check="file", file=FILE, message=f"the sponsor list {message}")
    message = f"there is no {FILE} beside pelicanconf.py. For a race without sponsors yet, make "
    return Problem(check="file", file=FILE, message=message + "it with one line: sponsors: []")


def _name(node: Node, key: str) -> str:
    value = node.get(key) if isinstance(node, Table) else None
    return value.text if isinstance(value, Scalar) else ""


def _line(node: Node, key: str) -> int:
    return node.line_of(key) if isinstance(node, Table) else node.line


def _grows(tier: Tier, above: float) -> str:
    return f"size {tier.size:g} is larger than the {above:g} of a tier above it in the list."



def _entry(line: int, message: str, subject: str = "") -> Problem:
    return Problem(check="entry", file=FILE, line=line, subject=subject, message=message)
