"""No id that was made from a name changes with the name once it is published."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Mapping, Sequence
from difflib import SequenceMatcher
from itertools import accumulate
from typing import Final, TypeAlias

from milepost.problems import Problem, quote
from milepost.roster.letters import fold
from milepost.roster.load import FILE, Roster
from milepost.roster.published import PublishedSponsor
from milepost.roster.sponsor import Sponsor
from milepost.rules.limits import link_of

_ALMOST: Final = 0.85
"""How like a name is to one that was corrected: "North Bank" is no "South Bank"."""

_LIKE: Final = 0.7
"""The same at the same place, where less tells."""


def check_changed_ids(roster: Roster, last: Sequence[PublishedSponsor]) -> list[Problem]:
    """Check that sponsors of the site published last have the ids that they had there.

    An id is missed that was made from a name and that no entry has any more. It is taken to have
    changed if one sponsor with a new id, and no other, has the link or the logo of the missing
    one; or almost its name; or something like its name, in its tier, at its place among those who
    stayed, without another link. Takes time in proportion to the missing times the new ones.
    """
    if not roster.whole:
        return []
    known, old_ids = {*roster.ids, *roster.broken}, {sponsor.id for sponsor in last}
    missing = [old for old in last if old.has_made_id and old.id not in known]
    added = {
        sponsor.id: sponsor
        for sponsor in reversed(roster.sponsors)
        if sponsor.status == "confirmed" and sponsor.id not in old_ids
    }
    pairs = _pairs(missing, list(added.values()), _Places(last, roster.sponsors))
    lines = sorted(pairs, key=lambda pair: pair[1].line)
    return [_problem(old, new) for old, new in lines]


_Pair: TypeAlias = tuple[PublishedSponsor, Sponsor]


def _pairs(
    missing: Sequence[PublishedSponsor], added: Sequence[Sponsor], places: _Places
) -> list[_Pair]:
    """Return who was who, each once: by what tells most first, and nobody on a mere guess."""
    heirs = {old.id: _heirs(old, added) for old in missing}
    pairs = _agreed([(old, heirs[old.id]) for old in missing])
    left, free = _without(missing, added, [*pairs, *_claims(missing, heirs)])
    for likely in (_by_name, places.by_place):
        more = _agreed([(old, likely(old, free)) for old in left])
        pairs += more
        left, free = _without(left, free, more)
    return pairs


def _agreed(wanted: Sequence[tuple[PublishedSponsor, Sequence[Sponsor]]]) -> list[_Pair]:
    """Return the pairs of those who have one candidate each, whom nobody else wants."""
    claims = Counter(new.id for _, candidates in wanted for new in candidates)
    return [
        (old, candidates[0])
        for old, candidates in wanted
        if len(candidates) == 1 and claims[candidates[0].id] == 1
    ]


def _claims(
    missing: Sequence[PublishedSponsor], heirs: Mapping[str, Sequence[Sponsor]]
) -> list[_Pair]:
    return [(old, new) for old in missing for new in heirs[old.id]]


def _without(
    missing: Sequence[PublishedSponsor], added: Sequence[Sponsor], pairs: Sequence[_Pair]
) -> tuple[list[PublishedSponsor], list[Sponsor]]:
    olds, news = {old.id for old, _ in pairs}, {new.id for _, new in pairs}
    left = [old for old in missing if old.id not in olds]
    return left, [new for new in added if new.id not in news]


def _heirs(old: PublishedSponsor, added: Sequence[Sponsor]) -> list[Sponsor]:
    """Return the new sponsors with the link or the logo of an old one."""
    link = link_of(old.url)
    return [
        new
        for new in added
        if (link and link == link_of(new.url)) or (old.logo and old.logo == new.logo)
    ]


def _by_name(old: PublishedSponsor, added: Sequence[Sponsor]) -> list[Sponsor]:
    """Return the new sponsors with almost the name of an old one: those most like it."""
    likeness = {new.id: _likeness(old.name, new.name) for new in added}
    most = max(likeness.values(), default=0)
    return [new for new in added if likeness[new.id] == most >= _ALMOST]


class _Places:
    """Where sponsors stood and stand, by who stayed before and behind them."""

    def __init__(self, last: Sequence[PublishedSponsor], now: Sequence[Sponsor]) -> None:
        before, after = [old.id for old in last], [new.id for new in now]
        self._before = _neighbours(before, {*after})
        self._after = _neighbours(after, {*before})

    def by_place(self, old: PublishedSponsor, added: Sequence[Sponsor]) -> list[Sponsor]:
        """Return the new sponsors of an old one's place and tier with a name a little like it."""
        return [
            new
            for new in added
            if self._before[old.id] == self._after[new.id]
            and old.tier == tuple(new.tier)
            and (not old.url or not new.url)
            and _likeness(old.name, new.name) >= _LIKE
        ]


def _neighbours(ids: Sequence[str], stayed: Container[str]) -> Mapping[str, tuple[str, str]]:
    """Return the nearest of those who stayed before and behind each, "" where there is none."""
    before = list(accumulate(ids, lambda last, one: one if one in stayed else last, initial=""))
    behind = list(
        accumulate(reversed(ids), lambda last, one: one if one in stayed else last, initial="")
    )
    pairs = zip(before, reversed(behind[:-1]), strict=False)
    return dict(zip(ids, pairs, strict=True))


def _likeness(one: str, other: str) -> float:
    """Return how like two names are, from 0 to 1: 1 with words more or less."""
    words, others = ({*map(fold, name.split())} - {""} for name in (one, other))
    if words and others and (words <= others or others <= words):
        return 1
    matcher = SequenceMatcher(a=one.casefold(), b=other.casefold(), autojunk=False)
    if min(matcher.real_quick_ratio(), matcher.quick_ratio()) < _LIKE:
        return 0
    return matcher.ratio()


def _problem(old: PublishedSponsor, new: Sponsor) -> Problem:
    made = ", made from the name" if new.has_made_id else ""
    return Problem(
        check="changed-id",
        file=FILE,
        line=new.line,
        subject=new.name,
        message=(
            f"has the id {new.id}{made}, but in the site published last it had {old.id}, for "
            f"{quote(old.name)}. The address of its page and links to it would break. Write "
            f"`id: {old.id}` below the name; another time, use `sponsors rename`."
        ),
    )
