"""Who shows on a day, and the days on which that changes. Nothing here asks the clock."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from heapq import heappop, heappush
from typing import TypeVar

from milepost.problems import count
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
    """Return (day, what happens then) for every start and end of a confirmed term.

    Where one entry of a sponsor follows another over night, the sponsor neither leaves nor joins.
    """
    confirmed = [sponsor for sponsor in sponsors if sponsor.status == "confirmed"]
    next_of = {(sponsor.id, sponsor.from_): sponsor for sponsor in confirmed}
    ends = {(sponsor.id, _day_after(sponsor)) for sponsor in confirmed}
    found = []
    for sponsor in confirmed:
        if sponsor.from_ and (sponsor.id, sponsor.from_) not in ends:
            found.append((sponsor.from_, f"{sponsor.name} joins"))
        if day := _day_after(sponsor):
            found.append((day, _end(sponsor, next_of.get((sponsor.id, day)))))
        # A perk goes with its sponsor, so only one that ends before is a change of its own.
        if sponsor.perk and sponsor.perk.until and sponsor.perk.until < sponsor.term[1]:
            end = sponsor.perk.until + timedelta(days=1)
            found.append((end, f"the perk of {sponsor.name} ends"))
    return found


def time_left(sponsor: Sponsor, day: date, race_day: date | None) -> str:
    """Return ' 120 days are left before its term ends.' or the like, for the end of a message.

    It is "" when nothing says until when. Without an end, a term lasts to the race.
    """
    if sponsor.until and sponsor.until >= day:
        return _until(
            (sponsor.until - day).days, " Its term ends today.", "left before its term ends"
        )
    if not sponsor.until and race_day and race_day >= day:
        return _until((race_day - day).days, " The race is today.", "left before the race")
    return ""


def _until(days: int, today: str, left: str) -> str:
    if not days:
        return today
    return f" {count(days, 'day is', 'days are')} {left}."


def _day_after(sponsor: Sponsor) -> date | None:
    """Return the first day without a sponsor that was there, or None when there is none."""
    if sponsor.until is None or sponsor.until == date.max:
        return None
    return sponsor.until + timedelta(days=1)


def _end(sponsor: Sponsor, heir: Sponsor | None) -> str:
    if heir is None:
        return f"{sponsor.name} leaves"
    if heir.name != sponsor.name:
        return f"{sponsor.name} becomes {heir.name}"
    return f"{sponsor.name} changes"
