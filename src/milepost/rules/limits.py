"""What a tier allows, judged on every day of every term."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from itertools import pairwise

from milepost.problems import Problem
from milepost.roster import calendar
from milepost.roster.load import FILE, Roster
from milepost.roster.sponsor import Sponsor, Tier


def check_limits(roster: Roster) -> list[Problem]:
    """Check `max`, `exclusive`, and that links, logos, names and ids are one sponsor's on a day.

    The cost is the number of days on which a term begins, times the number of sponsors.
    """
    return [
        *_too_many(roster),
        *_exclusive(roster),
        *_shared(roster.sponsors, "address as a link", "one-link", _link_of),
        *_shared(roster.sponsors, "logo", "one-link", lambda sponsor: sponsor.logo),
        *_shared(roster.sponsors, "name", "entry", lambda sponsor: sponsor.name.casefold()),
        *_shared(roster.sponsors, "id", "entry", lambda sponsor: sponsor.id),
        *_long_texts(roster),
        *_plain_http(roster),
    ]


def _too_many(roster: Roster) -> Iterator[Problem]:
    limited = [tier for tier in roster.tiers if tier.max]
    for tier in limited:
        members = [sponsor for sponsor in roster.sponsors if tier.id in sponsor.tier]
        for day in calendar.starts(members):
            present = calendar.shown(members, day)
            if tier.max and len(present) > tier.max:
                names = ", ".join(sponsor.name for sponsor in present)
                yield _problem(
                    "tier-limit",
                    present[-1],
                    f"tier {tier.id} may have {tier.max} on one day, but{_since(day)} it has "
                    f"{len(present)}: {names}.",
                )
                break


def _exclusive(roster: Roster) -> Iterator[Problem]:
    for tier in roster.tiers:
        if tier.exclusive:
            members = [sponsor for sponsor in roster.sponsors if tier.id in sponsor.tier]
            yield from _rivals(members, tier)


def _rivals(members: Iterable[Sponsor], tier: Tier) -> Iterator[Problem]:
    for one, other, day in _together(
        members, lambda sponsor: sponsor.industry and sponsor.industry.casefold()
    ):
        yield _problem(
            "exclusive",
            other,
            f'tier {tier.id} is exclusive, but{_since(day)} "{one.name}" is of the same industry, '
            f"{other.industry}.",
        )


def _shared(
    sponsors: Iterable[Sponsor],
    what: str,
    check: str,
    key_of: Callable[[Sponsor], str | None],
) -> Iterator[Problem]:
    for one, other, day in _together(sponsors, key_of):
        if one.id != other.id or check == "entry":
            yield _problem(
                check,
                other,
                f'has the same {what} as "{one.name}" (line {one.line}){_since(day)}. Two entries '
                "may share it only when their terms do not overlap.",
            )


def _together(
    sponsors: Iterable[Sponsor], key_of: Callable[[Sponsor], str | None]
) -> Iterator[tuple[Sponsor, Sponsor, date]]:
    """Yield pairs with one key that are public on the same day, and the first such day.

    Within a key the sponsors are taken in the order in which their terms begin, so neighbours
    tell whether any two overlap.
    """
    groups: dict[str, list[Sponsor]] = defaultdict(list)
    for sponsor in sponsors:
        if sponsor.status == "confirmed" and (key := key_of(sponsor)):
            groups[key].append(sponsor)
    for group in groups.values():
        in_time = sorted(group, key=lambda sponsor: sponsor.term)
        for earlier, later in pairwise(in_time):
            if day := calendar.overlap(earlier, later):
                first, second = sorted((earlier, later), key=lambda sponsor: sponsor.line)
                yield first, second, day


def _link_of(sponsor: Sponsor) -> str | None:
    return sponsor.url.rstrip("/").casefold() if sponsor.url else None


def _long_texts(roster: Roster) -> Iterator[Problem]:
    for sponsor in roster.sponsors:
        limits = [roster.by_tier[tier].words for tier in sponsor.tier if tier in roster.by_tier]
        limit = max((words for words in limits if words), default=None)
        words = len((sponsor.text or "").split())
        if limit and None not in limits and words > limit:
            message = f"text has {words} words; tier {sponsor.tier[0]} allows {limit}."
            yield _problem("words", sponsor, message)


def _plain_http(roster: Roster) -> Iterator[Problem]:
    for sponsor in roster.sponsors:
        if sponsor.url and sponsor.url.lower().startswith("http:"):
            message = f"url {sponsor.url} starts with http. Try it with https."
            yield _problem("plain-http", sponsor, message)


def _since(day: date) -> str:
    return "" if day == date.min else f" from {day} on"


def _problem(check: str, sponsor: Sponsor, message: str) -> Problem:
    return Problem(
        check=check, file=FILE, line=sponsor.line, subject=sponsor.name, message=message
    )
