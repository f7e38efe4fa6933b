"""The sponsor list as a table for a terminal: who shows on a day, and who does not and why."""

from __future__ import annotations

import unicodedata
from collections import Counter
from typing import TYPE_CHECKING, Final

from milepost.problems import count
from milepost.roster.calendar import changes

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from milepost.roster.load import Roster
    from milepost.roster.sponsor import Sponsor

_WIDTH: Final = 80
_HEADS: Final = ("Name", "Shows", "Link", "Logo", "Id")
_JOINERS: Final = "\u200c\u200d"

_Cells = tuple[str, ...]


def overview(roster: Roster, day: date) -> str:
    """Return the sponsors tier by tier, in the order of the file, and whether each shows on a day.

    Lines have at most 80 columns of a terminal where ids allow. A name too long for its column
    has a line of its own. The last line counts the sponsors and tells the next change; the text
    has no line end after it.
    """
    groups = [
        (title, [_cells(sponsor, day) for sponsor in sponsors])
        for title, sponsors in _groups(roster)
    ]
    rows = [_HEADS, *(cells for _, group in groups for cells in group)]
    widths = _widths(rows)
    lines = _lines(_HEADS, widths)
    for title, group in groups:
        lines += ["", title]
        lines += [line for cells in group for line in _lines(cells, widths)] or ["  (nobody)"]
    return "\n".join([*lines, "", *_unread(roster), _summary(roster.sponsors, day)])


def _groups(roster: Roster) -> Iterator[tuple[str, list[Sponsor]]]:
    """Yield each tier's title and sponsors, then those whose tier the list does not have."""
    for tier in roster.tiers:
        title = f"{_clean(tier.heading)} ({tier.id})" if tier.heading else _clean(tier.id)
        yield title, [sponsor for sponsor in roster.sponsors if tier.id in sponsor.tier]
    unknown = [tier for sponsor in roster.sponsors for tier in sponsor.tier]
    for tier_id in dict.fromkeys(unknown):
        if tier_id not in roster.by_tier:
            members = [sponsor for sponsor in roster.sponsors if tier_id in sponsor.tier]
            yield f"{_clean(tier_id)} (no such tier)", members


def _cells(sponsor: Sponsor, day: date) -> _Cells:
    return (
        _clean(sponsor.name),
        _state(sponsor, day),
        "yes" if sponsor.url else "no",
        "yes" if sponsor.logo else "no",
        sponsor.id,
    )


def _state(sponsor: Sponsor, day: date) -> str:
    if why := _why_not(sponsor, day):
        return f"no: {why}"
    return f"until {sponsor.until}" if sponsor.until else "yes"


def _why_not(sponsor: Sponsor, day: date) -> str:
    """Return why a sponsor does not show on a day, or ""."""
    first, last = sponsor.term
    if sponsor.status != "confirmed":
        return sponsor.status
    if day > last:
        return f"ended {last}"
    return f"begins {first}" if day < first else ""


def _widths(rows: Sequence[_Cells]) -> list[int]:
    """Return the width of each column; that of names lets the most rows have one line each."""
    sizes = [[_width(cell) for cell in row] for row in rows]
    longest = [max(column) for column in zip(*sizes, strict=True)]
    # Two blanks stand before each column.
    fixed = sum(longest[1:-1]) + 2 * len(longest)

    def whole_rows(width: int) -> int:
        return sum(name <= width and fixed + width + last <= _WIDTH for name, *_, last in sizes)

    names = sorted({name for name, *_ in sizes if name <= _WIDTH})
    return [max(names, key=whole_rows), *longest[1:]]


def _lines(cells: _Cells, widths: Sequence[int]) -> list[str]:
    """Return the line of a sponsor, or two when its name is too long for its column."""
    if _width(cells[0]) > widths[0]:
        return [f"  {cells[0]}", *_lines(("", *cells[1:]), widths)]
    padded = [
        cell + " " * (width - _width(cell)) for cell, width in zip(cells, widths, strict=True)
    ]
    return ["  " + "  ".join(padded).rstrip()]


def _unread(roster: Roster) -> list[str]:
    ids = ", ".join(sorted(_clean(broken) or "one without a name" for broken in roster.broken))
    return [f"Could not be read: {ids}."] if ids else []


def _summary(sponsors: Sequence[Sponsor], day: date) -> str:
    hidden = [why.split()[0] for sponsor in sponsors if (why := _why_not(sponsor, day))]
    parts = [f"{len(sponsors) - len(hidden)} shown on {day}"]
    parts += [
        f"{number} {'to come' if why == 'begins' else why}"
        for why, number in Counter(hidden).items()
    ]
    return f"{count(len(sponsors), 'sponsor')}: {', '.join(parts)}. {_next_change(sponsors, day)}"


def _next_change(sponsors: Sequence[Sponsor], day: date) -> str:
    coming = [(when, what) for when, what in changes(sponsors) if when > day]
    if not coming:
        return "No change is due."
    first = min(when for when, _ in coming)
    what = ", ".join(_clean(what) for when, what in coming if when == first)
    return f"Next change on {first}: {what}."


def _clean(text: str) -> str:
    """Return text without what would move the cursor or change the colour."""
    return "".join(char if char.isprintable() or char in _JOINERS else " " for char in text)


def _width(text: str) -> int:
    """Return how many columns of a terminal a text takes, about: emoji differ between terminals."""
    return sum(_columns(char) for char in text)


def _columns(char: str) -> int:
    if unicodedata.combining(char) or unicodedata.category(char) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(char) in {"W", "F"} else 1
