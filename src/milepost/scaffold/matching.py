"""Which sponsor of the list each row of a spreadsheet is, and which rows are new sponsors."""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from milepost.addresses import slugify
from milepost.problems import count, quote
from milepost.roster.load import Roster
from milepost.roster.sponsor import Sponsor
from milepost.scaffold.spreadsheet import Row, Sheet

_ALIKE: Final = 0.85
_OWN_ID: Final = "give the row an id of its own, in a column with the heading ID"


@dataclass(frozen=True, slots=True, kw_only=True)
class Matches:
    """Rows with their sponsors of the list, rows of `new` ones, and `faults` as sentences."""

    pairs: tuple[tuple[Row, Sponsor], ...]
    new: tuple[Row, ...]
    faults: tuple[str, ...]


class _Unclear(ValueError):
    """A row that may be one sponsor or another; the text says which."""


def match_rows(sheet: Sheet, roster: Roster) -> Matches:
    """Return which sponsor each row is: the one with its id, or exactly its name."""
    pairs: list[tuple[Row, Sponsor]] = []
    new: list[Row] = []
    faults: list[str] = []
    for row in sheet.rows:
        try:
            sponsor = _sponsor_of(row, roster.sponsors)
        except _Unclear as reason:
            faults.append(f"row {row.number}: {reason}")
            continue
        if sponsor:
            pairs.append((row, sponsor))
        else:
            new.append(row)
    faults += _incomplete(new, sheet, roster)
    return Matches(pairs=tuple(pairs), new=tuple(new), faults=tuple(faults))


def differences(row: Row, sponsor: Sponsor) -> Mapping[str, tuple[str, str]]:
    """Return what a row says otherwise than a sponsor of the list: key → (before, after)."""
    return {
        key: (before, after)
        for key, after in row.fields.items()
        if key != "id"
        and _tidy(before := _current(sponsor, key)) != _tidy(after)
        and not (key == "tier" and after in sponsor.tier)
    }


def alike(row: Row, sponsors: Sequence[Sponsor]) -> str:
    """Return a remark when a new sponsor has almost the name of one in the list."""
    for sponsor in () if "id" in row.fields else sponsors:
        names = [slugify(name) for name in (sponsor.name, *sponsor.formerly)]
        begins = any(f"{row.id}-".startswith(f"{name}-") for name in names)
        begins = begins or any(f"{name}-".startswith(f"{row.id}-") for name in names)
        if begins or difflib.get_close_matches(row.id, names, n=1, cutoff=_ALIKE):
            return (
                f"Row {row.number}: {quote(row.name)} is new, but much like {quote(sponsor.name)} "
                f"in the sponsor list (line {sponsor.line}). Is it somebody else?"
            )
    return ""


def _sponsor_of(row: Row, sponsors: Sequence[Sponsor]) -> Sponsor | None:
    named = [sponsor for sponsor in sponsors if _tidy(sponsor.name) == _tidy(row.name)]
    if "id" not in row.fields:
        near = next((sponsor for sponsor in sponsors if sponsor.id == row.id), None)
        if near and not named:
            raise _Unclear(
                f"{quote(row.name)} is written {quote(near.name)} in the sponsor list (line "
                f"{near.line}). Write it the same in both. If it is another sponsor, {_OWN_ID}."
            )
        return _only(row, named)
    found = [sponsor for sponsor in sponsors if sponsor.id == row.id]
    if named and not found:
        raise _Unclear(
            f"{quote(row.name)} has the id {named[0].id} in the sponsor list (line "
            f"{named[0].line}), not {row.id}. An id is part of an address and stays: write "
            f"{named[0].id}."
        )
    return _only(row, found)


def _only(row: Row, found: Sequence[Sponsor]) -> Sponsor | None:
    """Return the one entry of a sponsor who may have several, with terms of their own."""
    first = row.fields.get("from", "no day")
    for fits in (
        found,
        [sponsor for sponsor in found if not differences(row, sponsor)],
        [sponsor for sponsor in found if _current(sponsor, "from") == first],
    ):
        if len(fits) == 1:
            return fits[0]
    if not found:
        return None
    lines = " and ".join(str(sponsor.line) for sponsor in found)
    raise _Unclear(
        f"{quote(row.name)} stands in the sponsor list more than once (lines {lines}). Make the "
        "change there by hand, and take the row out."
    )


def _incomplete(new: Sequence[Row], sheet: Sheet, roster: Roster) -> Iterator[str]:
    allowed = ", ".join(tier.id for tier in roster.tiers)
    if new and "tier" not in sheet.columns:
        yield (
            f"no column has the tiers, and {count(len(new), 'sponsor is', 'sponsors are')} new. "
            f'Its heading must be "Tier", "Level" or "Package"; the tiers are {allowed}.'
        )
    for row in new:
        if "tier" in sheet.columns and "tier" not in row.fields:
            yield f"row {row.number}: {quote(row.name)} is new and has no tier: one of {allowed}."
        if not row.id:
            yield f"row {row.number}: no address can be made from {quote(row.name)}: {_OWN_ID}."


def _current(sponsor: Sponsor, key: str) -> str:
    value = getattr(sponsor, "from_" if key == "from" else key)
    if isinstance(value, tuple):
        return ", ".join(value)
    return "" if value is None else str(value)


def _tidy(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())
