"""Who shows on a day, and the days on which that changes. Nothing here asks the clock."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from heapq import heappop, heappush
from typing import TypeVar

from milepost.roster.sponsor import Sponsor

S = TypeVar("S", bound=Sponsor)


def is_shown(sponsor: Sponsor, day: date) -> bool:
    """Say whether a sponsor is public on a day: confirmed, and from `from` to `until`, both in."""
    first, last = sponsor.term
    return sponsor.status == "confirmed" and first <= day <= last


def shown(sponsors: Iterable[S], day: date) -> list[S]:
    """Return the sponsors that are public on a day, in the order given."""
    return [sponsor for sponsor in sponsors if is_shown(sponsor, day)]


def overlap(one: Sponsor, other: Sponsor) -> date | None:
    """Return the first day on which both are public, or None when there is none."""
    if one.status != "confirmed" or other.status != "confirmed":
        return None
    first = max(one.term[0], other.term[0])
    last = min(one.term[1], other.term[1])
    return first if first <= last else None


def crowded(sponsors: Iterable[Sponsor], limit: int) -> date | None:
    """Return the first day on which more than `limit` are public, or None when there is none.

    Takes time in proportion to n log n.
    """
    ends: list[date] = []
    for first, last in sorted(one.term for one in sponsors if one.status == "confirmed"):
        if first > last:
            continue
        while ends and ends[0] < first:
            heappop(ends)
        heappush(ends, last)
        if len(ends) > limit:
            return first
    return None


def changes(sponsors: Sequence[Sponsor]) -> list[tuple[date, str]]:
    """Return (day, what happens then) for every start and end of a confirmed term."""
    found = []
    for sponsor in sponsors:
        if sponsor.status != "confirmed":
            continue
        if sponsor.from_:
            found.append((sponsor.from_, f"{sponsor.name} joins"))
        if sponsor.until and sponsor.until < date.max:
            found.append((sponsor.until + timedelta(days=1), f"{sponsor.name} leaves"))
        # A perk goes with its sponsor, so only one that ends before is a change of its own.
        if sponsor.perk and sponsor.perk.until and sponsor.perk.until < sponsor.term[1]:
            end = sponsor.perk.until + timedelta(days=1)
            found.append((end, f"the perk of {sponsor.name} ends"))
    return found
