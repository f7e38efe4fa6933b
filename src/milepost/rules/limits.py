"""What a tier allows, judged on every day of every term."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import accumulate
from urllib.parse import urlsplit

from milepost import weblinks
from milepost.problems import Problem, count, quote
from milepost.roster import calendar
from milepost.roster.load import FILE, Roster
from milepost.roster.sponsor import Sponsor, Tier
from milepost.roster.weight import scales


def check_limits(roster: Roster) -> list[Problem]:
    """Check `max`, `exclusive`, and that links, logos, names and ids are one sponsor's on a day."""
    return [
        *_too_many(roster),
        *_exclusive(roster),
        *_shared(roster.sponsors, "link", "one-link", lambda sponsor: link_of(sponsor.url)),
        *_shared(roster.sponsors, "logo", "one-link", lambda sponsor: sponsor.logo),
        *_shared(roster.sponsors, "name", "entry", lambda sponsor: sponsor.name.casefold()),
        *_twice(roster.sponsors),
        *_plain_http(roster),
        *_overtaking(roster),
    ]


def check_texts(roster: Roster, day: date, race_day: date | None = None) -> list[Problem]:
    """Check the length of each text that shows on a day or later, with the time that is left."""
    return [
        _problem("words", sponsor, says + calendar.time_left(sponsor, day, race_day))
        for sponsor in roster.sponsors
        if sponsor.status != "removed"
        and sponsor.term[1] >= day
        and (says := _long(roster, sponsor))
    ]


def _too_many(roster: Roster) -> Iterator[Problem]:
    for tier in roster.tiers:
        members = [sponsor for sponsor in roster.sponsors if tier.id in sponsor.tier]
        day = calendar.crowded(members, tier.max) if tier.max else None
        if day:
            present = calendar.shown(members, day)
            names = ", ".join(sponsor.name for sponsor in present)
            yield _problem(
                "tier-limit",
                present[-1],
                f"tier {tier.id} may have {tier.max} on one day, but{_since(day)} it has "
                f"{len(present)}: {names}.",
            )


def _exclusive(roster: Roster) -> Iterator[Problem]:
    told: set[tuple[int, int]] = set()
    for tier in roster.tiers:
        if tier.exclusive:
            for one, other, message in _rivals(roster.sponsors, tier):
                pair = (min(one.line, other.line), max(one.line, other.line))
                if pair not in told:
                    told.add(pair)
                    yield _problem("exclusive", other, message)


def _rivals(sponsors: Sequence[Sponsor], tier: Tier) -> Iterator[tuple[Sponsor, Sponsor, str]]:
    """Yield (a sponsor of the tier, its rival in it or in another tier, what is wrong)."""
    members = [sponsor for sponsor in sponsors if tier.id in sponsor.tier]
    others = [sponsor for sponsor in sponsors if tier.id not in sponsor.tier]
    for one, other, day in (*_together(members, _industry), *_meeting(members, others, _industry)):
        if one.id != other.id:
            which = "" if tier.id in other.tier else ", which is in it,"
            message = (
                f"tier {tier.id} is exclusive, but{_since(day)} {quote(one.name)} "
                f"(line {one.line}){which} is of the same industry, {other.industry}."
            )
            yield one, other, message


def _industry(sponsor: Sponsor) -> str | None:
    return sponsor.industry and sponsor.industry.casefold()


def _shared(
    sponsors: Iterable[Sponsor],
    what: str,
    check: str,
    key_of: Callable[[Sponsor], str | None],
) -> Iterator[Problem]:
    for one, other, day in _together(sponsors, key_of):
        if one.id != other.id:
            yield _problem(check, other, _same(what, one, day))


def _twice(sponsors: Iterable[Sponsor]) -> Iterator[Problem]:
    for one, other, day in _together(sponsors, lambda sponsor: sponsor.id):
        yield _problem("entry", other, _same("id", one, day))


def _same(what: str, one: Sponsor, day: date) -> str:
    return (
        f"has the same {what} as {quote(one.name)} (line {one.line}){_since(day)}. Two entries may "
        "share it only when their terms do not overlap."
    )


def _together(
    sponsors: Iterable[Sponsor], key_of: Callable[[Sponsor], str | None]
) -> Iterator[tuple[Sponsor, Sponsor, date]]:
    """Yield pairs with one key that are public on the same day, and the first such day.

    Every sponsor that meets an earlier one is in a pair, not every pair that meets: within a key
    they are taken in the order in which their terms begin, and each is held against the two of
    different ids whose terms last longest.
    """
    for group in _groups(sponsors, key_of).values():
        lasting: list[Sponsor] = []
        for later in sorted(group, key=lambda sponsor: sponsor.term):
            for earlier in lasting:
                if day := calendar.overlap(earlier, later):
                    first, second = sorted((earlier, later), key=lambda sponsor: sponsor.line)
                    yield first, second, day
            lasting = _longest(lasting, later)


def _meeting(
    members: Iterable[Sponsor],
    others: Iterable[Sponsor],
    key_of: Callable[[Sponsor], str | None],
) -> Iterator[tuple[Sponsor, Sponsor, date]]:
    """Yield every one of `others` with one member of its key, and the first day they share.

    Takes time in proportion to n log n: of the members whose terms begin before another's ends,
    the two of different ids that last longest tell whether it meets any.
    """
    groups = {
        key: sorted(group, key=lambda sponsor: sponsor.term)
        for key, group in _groups(members, key_of).items()
    }
    nobody: list[Sponsor] = []
    lasting = {key: [*accumulate(groups[key], _longest, initial=nobody)] for key in groups}
    for key, rivals in _groups(others, key_of).items():
        for other in rivals if key in groups else ():
            begun = bisect_right(groups[key], other.term[1], key=lambda one: one.term[0])
            for member in lasting[key][begun]:
                day = calendar.overlap(member, other)
                if day and member.id != other.id:
                    yield member, other, day
                    break


def _groups(
    sponsors: Iterable[Sponsor], key_of: Callable[[Sponsor], str | None]
) -> dict[str, list[Sponsor]]:
    """Return the confirmed sponsors by what is not to be shared, in the order given."""
    groups: dict[str, list[Sponsor]] = defaultdict(list)
    for sponsor in sponsors:
        if sponsor.status == "confirmed" and (key := key_of(sponsor)):
            groups[key].append(sponsor)
    return groups


def _longest(lasting: list[Sponsor], later: Sponsor) -> list[Sponsor]:
    """Return the two of different ids whose terms end last, the last first."""
    by_id: dict[str, Sponsor] = {}
    for sponsor in sorted((*lasting, later), key=lambda one: one.term[1], reverse=True):
        by_id.setdefault(sponsor.id, sponsor)
    return list(by_id.values())[:2]


def link_of(url: str | None) -> str | None:
    """Return what two links have in common that lead to the same place."""
    if not url:
        return None
    parts = urlsplit(url)
    host = parts.netloc.lower().removeprefix("www.")
    return host + parts.path.rstrip("/") + (f"?{parts.query}" if parts.query else "")


def _long(roster: Roster, sponsor: Sponsor) -> str:
    tiers = [roster.by_tier[tier] for tier in sponsor.tier if tier in roster.by_tier]
    if not sponsor.text or not tiers:
        return ""
    # One tier of several that sets no limit lets the text be of any length.
    widest = max(tiers, key=lambda tier: tier.words or math.inf)
    words = len(sponsor.text.split())
    if not widest.words or words <= widest.words:
        return ""
    allowed = count(widest.words, "word")
    return f"text has {count(words, 'word')}; tier {widest.id} allows {allowed}."


def _plain_http(roster: Roster) -> Iterator[Problem]:
    for sponsor in roster.sponsors:
        if sponsor.status != "removed" and weblinks.scheme_of(sponsor.url or "") == "http":
            message = f"url {sponsor.url} starts with http. Try it with https."
            yield _problem("plain-http", sponsor, message)


def _overtaking(roster: Roster) -> Iterator[Problem]:
    """Yield every scale that would bring a logo past one of the next tier, up or down."""
    fits = scales(roster.tiers)
    for sponsor in roster.sponsors:
        if not sponsor.logo or sponsor.status != "confirmed":
            continue
        for tier in dict.fromkeys(sponsor.tier):
            least, most = fits[tier]
            if not least <= sponsor.scale <= most:
                message = _too_far(roster, tier, sponsor.scale, least, most)
                problem = _problem("scale", sponsor, message)
                yield replace(problem, line=sponsor.scale_line)


def _too_far(roster: Roster, tier: str, scale: float, least: float, most: float) -> str:
    place = [one.id for one in roster.tiers].index(tier)
    if scale > most:
        what, end = f"outweigh one of tier {roster.tiers[place - 1].id}", f"{most:g} is the most"
    else:
        what = f"be outweighed by one of tier {roster.tiers[place + 1].id}"
        end = f"{least:g} is the least"
    return (
        f"with scale {scale:g} the logo could {what}. In tier {tier} {end} that fits, and it is "
        "drawn with that."
    )


def _since(day: date) -> str:
    return "" if day == date.min else f" from {day} on"


def _problem(check: str, sponsor: Sponsor, message: str) -> Problem:
    return Problem(check=check, file=FILE, line=sponsor.line, subject=sponsor.name, message=message)
