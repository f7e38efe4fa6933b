"""Reading `sponsors.yaml` into a roster, with every problem of the file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from milepost import schema
from milepost.addresses import slugify
from milepost.problems import Problem, did_you_mean, quote
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

_LISTS: Final = ("tiers", "sponsors")
_NEARLY: Final = frozenset(
    name + ending
    for name in ("sponsors", "sponsor", "sponsors.yaml", "sponsors.yml")
    for ending in (".yaml", ".yml", ".txt", "")
)
_EMPTY: Final = "there is no list of sponsors. For a race without sponsors yet, write: sponsors: []"


@dataclass(frozen=True, slots=True, kw_only=True)
class Roster:
    """The sponsor list: tiers and sponsors in the order of the file.

    `broken` holds the ids of entries that could not be read, which are known all the same.
    `whole` is False when the file could not be read at all.
    """

    tiers: tuple[Tier, ...] = DEFAULT_TIERS
    sponsors: tuple[Sponsor, ...] = ()
    edition: int | None = None
    order: str = "listed"
    utm: Utm | None = None
    broken: frozenset[str] = frozenset()
    whole: bool = True
    tier_lines: Mapping[str, int] = field(default_factory=dict, compare=False)
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
        return Roster(whole=False), [_missing(site)]
    text, problems = read_text(path, FILE)
    if text is None:
        return Roster(whole=False), problems
    return read_list(text)


def read_list(text: str) -> tuple[Roster, list[Problem]]:
    """Read the text of a sponsor list, as `load_roster` does; its lines may end in any way."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    node, problems = parse_yaml(text, FILE)
    if isinstance(node, Table):
        roster, more = read_roster(node)
        empty = node.line_of("sponsors") if _is_empty(node.get("sponsors")) else None
        return roster, [problem for problem in problems if problem.line != empty] + more
    if not problems:
        about = "the file must begin with a key, such as `sponsors:`." if node else _EMPTY
        problems = [_entry(node.line if node else 1, about)]
    return Roster(whole=False), problems


def read_roster(node: Table) -> tuple[Roster, list[Problem]]:
    """Make a roster from the file's nodes."""
    top = Table(
        tuple(entry for entry in node.entries if entry[0].text not in _LISTS),
        node.line,
        node.last_line,
    )
    head, problems = schema.read(RosterFile, top, FILE, noun="sponsor list", also=_LISTS)
    # A misspelt `sponsors:` is an unknown key, which is enough.
    if node.get("sponsors") is None and not problems:
        problems.append(_entry(node.line, _EMPTY))
    tiers, more = _tiers(node.get("tiers"))
    problems += more
    items, more = _entries(node)
    problems += more
    sponsors = []
    for item in items:
        sponsor, faults = _sponsor(item, tiers)
        problems += faults
        sponsors += [sponsor] if sponsor else []
    head = head or RosterFile()
    return Roster(
        tiers=tiers or DEFAULT_TIERS,
        sponsors=tuple(sponsors),
        edition=head.edition,
        order=head.order,
        utm=head.utm,
        broken=_ids(items) - {sponsor.id for sponsor in sponsors},
        whole=node.get("sponsors") is not None,
        tier_lines=_tier_lines(node.get("tiers")),
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
    """Return the tiers of the list: none at all when nobody can tell which it has."""
    if node is None:
        return DEFAULT_TIERS, []
    if _is_empty(node):
        return (), []
    if not isinstance(node, Listing) or not node.items:
        return (), [_entry(node.line, "tiers must be a list: each begins with `- id:`.")]
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


def _tier_lines(node: Node | None) -> dict[str, int]:
    """Return the line of the heading of each tier by its id."""
    items = node.items if isinstance(node, Listing) else ()
    return {_name(item, "id"): _line(item, "heading") for item in reversed(items)}


def _entries(node: Table) -> tuple[tuple[Node, ...], list[Problem]]:
    sponsors = node.get("sponsors")
    if sponsors is None:
        return (), []
    if isinstance(sponsors, Listing):
        return sponsors.items, []
    line = node.line_of("sponsors")
    if _is_empty(sponsors):
        return (), [_entry(line, _EMPTY)]
    return (), [_entry(line, "sponsors must be a list: each begins with `- name:`.")]


def _ids(items: Iterable[Node]) -> frozenset[str]:
    return frozenset(_name(entry_node(item), "id") for item in items) - {""}


def _sponsor(node: Node, tiers: Sequence[Tier]) -> tuple[Sponsor | None, list[Problem]]:
    """Read an entry; what `tiers` lacks, if it has any, is not a tier of the sponsor."""
    name = _name(node, "name")
    made = entry_node(node)
    entry, problems = schema.read(SponsorEntry, made, FILE, subject=name, noun="sponsor")
    if isinstance(made, Table) and made.get("id") is None:
        # Nobody has to write an id; it is missing because the name is, or gives none.
        problems = [problem for problem in problems if problem.message != "id is missing."]
        if name:
            message = "no address can be made from this name: add an `id:` of a to z, 0 to 9 and -."
            problems.append(_entry(made.line_of("name"), message, name))
    known = [tier.id for tier in tiers]
    problems += unknown_tiers(node, name, known, FILE) if known else []
    problems += _backward_term(node, name)
    own = tuple(tier for tier in entry.tier if tier in known) if entry else ()
    if not entry or not own:
        return None, problems
    return Sponsor.model_construct(
        **dict(entry) | {"tier": own, "has_made_id": made is not node},
        line=node.line,
        scale_line=_line(node, "scale"),
    ), problems


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


def unknown_tiers(node: Node, name: str, tiers: Sequence[str], file: str) -> list[Problem]:
    """Return a problem for every tier of an entry in `file` that the list does not have."""
    value = node.get("tier") if isinstance(node, Table) else None
    written = value.items if isinstance(value, Listing) else (value,)
    allowed = ", ".join(tier for tier in tiers if tier)
    return [
        Problem(
            check="entry",
            file=file,
            line=item.line,
            subject=name,
            message=f"tier {quote(item.text)} is not one of {allowed}."
            + did_you_mean(item.text, tiers),
        )
        for item in written
        if isinstance(item, Scalar) and item.text.strip() and _plain(item) not in tiers
    ]


def _missing(site: Path) -> Problem:
    beside = site.iterdir() if site.is_dir() else ()
    for name in sorted(path.name for path in beside if path.is_file()):
        if name.casefold() in _NEARLY:
            message = f"the sponsor list is called {name}. Rename it to {FILE}."
            return Problem(check="file", file=FILE, message=message)
    message = f"there is no {FILE} beside pelicanconf.py. For a race without sponsors yet, make "
    return Problem(check="file", file=FILE, message=message + "it with one line: sponsors: []")


def _is_empty(node: Node | None) -> bool:
    return isinstance(node, Scalar) and not node.text


def _plain(node: Scalar) -> str:
    return " ".join(node.text.split())


def _name(node: Node, key: str) -> str:
    value = node.get(key) if isinstance(node, Table) else None
    return value.text if isinstance(value, Scalar) else ""


def _line(node: Node, key: str) -> int:
    return node.line_of(key) if isinstance(node, Table) else node.line


def _grows(tier: Tier, above: float) -> str:
    return f"size {tier.size:g} is larger than the {above:g} of a tier above it in the list."


def _entry(line: int, message: str, subject: str = "") -> Problem:
    return Problem(check="entry", file=FILE, line=line, subject=subject, message=message)
