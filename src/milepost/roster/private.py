"""`sponsors.private.yaml`: contacts, fees, ticks, and sponsors that are not agreed on yet.

The site is the same with and without it, so no build reads it; git ignores it, since the
repository of a site is often public.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from milepost import schema
from milepost.problems import Problem, did_you_mean
from milepost.roster.load import Roster, entry_node, unknown_tiers
from milepost.roster.sponsor import Sponsor, SponsorEntry
from milepost.schema import LongText, Model, OneOrMany, Text
from milepost.source import Listing, Node, Scalar, Table, parse_yaml, read_text

FILE: Final = "sponsors.private.yaml"

_KEYS: Final = ("sponsors", "private")


class Person(Model):
    """Somebody at a sponsor. `role` is what to ask them about."""

    name: Text
    email: Text | None = None
    phone: Text | None = None
    role: Text | None = None


class PrivateNotes(Model):
    """What is kept about one sponsor; `ticks` are benefits that are done."""

    contacts: tuple[Person, ...] = ()
    fee: Text | None = None
    ticks: OneOrMany[Text] = ()
    note: LongText | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PrivateList:
    """The private file: pending sponsors in its order, and notes by the id of a sponsor."""

    pending: tuple[Sponsor, ...] = ()
    notes: Mapping[str, PrivateNotes] = field(default_factory=dict)


def load_private(site: Path, roster: Roster) -> tuple[PrivateList, list[Problem]]:
    """Read the private file of the site in folder `site`; without one there is nothing."""
    path = site / FILE
    if not path.is_file():
        return PrivateList(), []
    text, problems = read_text(path, FILE)
    if text is None:
        return PrivateList(), problems
    node, problems = parse_yaml(text, FILE)
    if node is None:
        return PrivateList(), problems
    if not isinstance(node, Table):
        return PrivateList(), [_problem(node.line, "the file must begin with `sponsors:`.")]
    for key, _ in node.entries:
        if key.text not in _KEYS:
            guess = did_you_mean(key.text, _KEYS)
            message = f'"{key.text}" is not a known key of this file.{guess}'
            problems.append(_problem(key.line, message))
    pending = _pending(node.get("sponsors"), roster, problems)
    known = {*roster.ids, *roster.broken, *(sponsor.id for sponsor in pending)}
    notes = _notes(node.get("private"), known, problems)
    return PrivateList(pending=tuple(pending), notes=notes), problems


def _pending(node: Node | None, roster: Roster, problems: list[Problem]) -> list[Sponsor]:
    if node is None:
        return []
    if not isinstance(node, Listing):
        problems.append(_problem(node.line, "sponsors must be a list: each begins with `- name:`."))
        return []
    found = []
    for item in node.items:
        name = item.get("name") if isinstance(item, Table) else None
        subject = name.text if isinstance(name, Scalar) else ""
        entry, faults = schema.read(
            SponsorEntry, entry_node(item), FILE, subject=subject, noun="sponsor"
        )
        problems += faults
        if entry is None:
            continue
        if entry.status != "pending":
            message = "no build reads this file: only what has `status: pending` may stand here."
            problems.append(_problem(item.line, message, subject))
        problems += unknown_tiers(item, subject, tuple(roster.by_tier), FILE)
        found.append(Sponsor.model_construct(**dict(entry), line=item.line))
    return found


def _notes(node: Node | None, known: set[str], problems: list[Problem]) -> dict[str, PrivateNotes]:
    if node is None:
        return {}
    if not isinstance(node, Table):
        problems.append(_problem(node.line, "private must have the ids of sponsors as its keys."))
        return {}
    notes = {}
    for key, value in node.entries:
        if key.text not in known:
            guess = did_you_mean(key.text, known)
            message = f'"{key.text}" is not the id of a sponsor.{guess}'
            problems.append(_problem(key.line, message))
        found, faults = schema.read(PrivateNotes, value, FILE, subject=key.text, noun="note")
        problems += faults
        if found:
            notes[key.text] = found
    return notes


def _problem(line: int, message: str, subject: str = "") -> Problem:
    return Problem(check="entry", file=FILE, line=line, subject=subject, message=message)
