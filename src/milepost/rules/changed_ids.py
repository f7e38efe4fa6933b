"""No id that was made from a name changes with the name once it is published."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Mapping, Sequence
from difflib import SequenceMatcher
from itertools import accumulate
from typing import Final, TypeAlias

from milepost.problems import Problem, quote
from milepost.roster.letters import fold, is_one_letter_off
from milepost.roster.load import FILE, Roster
from milepost.roster.names import FORMS
from milepost.roster.published import PublishedSponsor
from milepost.roster.sponsor import Sponsor
from milepost.rules.limits import link_of

_SMALL: Final = FORMS | {"the", "a", "an", "and", "of", "at", "in", "for", "co", "company"}
"""Words by which a name may grow or shrink and stay the name of the same sponsor."""

_LIKE: Final = 0.7
"""How like a name is to one that stood at its place, when nobody else came or went."""


def check_changed_ids(roster: Roster, last: Sequence[PublishedSponsor]) -> list[Problem]:
    """Check that sponsors of the site published last have the ids that they had there.

    An id is missed that was made from a name and that no entry has any more. It may have changed
    if one sponsor with a new id, and no other, has the link or the logo of the missing one; or its
    name, but for a slip or a small word; or, where one went and one came, something like its name,
    in its tier and at its place, without another link. Who has a link to another host is another.
    Takes time in proportion to the missing times the new ones.
    """
    if not roster.whole:
        return []
    known, old_ids = {*roster.ids, *roster.broken}, {sponsor.id for sponsor in last}
    gone = [old for old in last if old.id not in known]
    missing = [old for old in gone if old.has_made_id]
    added = {
        sponsor.id: sponsor
        for sponsor in reversed(roster.sponsors)
        if sponsor.status == "confirmed" and sponsor.id not in old_ids
    }
    is_swap = len(gone) == len(added) == 1
    places = _Places(last, roster.sponsors) if is_swap else None
    pairs = _pairs(missing, list(added.values()), places)
    lines = sorted(pairs, key=lambda pair: pair[1].line)
    return [_problem(old, new) for old, new in lines]


_Pair: TypeAlias = tuple[PublishedSponsor, Sponsor]


def _pairs(
    missing: Sequence[PublishedSponsor], added: Sequence[Sponsor], places: _Places | None
) -> list[_Pair]:
    """Return who may be who, each once: by what tells most first, by `places` if they tell."""
    heirs = {old.id: _heirs(old, added) for old in missing}
    pairs = _agreed([(old, heirs[old.id]) for old in missing])
    left, free = _without(missing, added, [*pairs, *_claims(missing, heirs)])
    for likely in (_by_name, *([places.by_place] if places else [])):
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
        if (link and link == link_of(new.url))
        or (old.logo and old.logo == new.logo and not _is_elsewhere(old, new))
    ]


def _by_name(old: PublishedSponsor, added: Sequence[Sponsor]) -> list[Sponsor]:
    """Return the new sponsors with the name of an old one, but for a slip or a small word."""
    return [new for new in added if not _is_elsewhere(old, new) and _is_same(old.name, new.name)]


def _is_elsewhere(old: PublishedSponsor, new: Sponsor) -> bool:
    """Say whether both have a link, to different hosts."""
    hosts = [(link_of(url) or "").partition("/")[0].partition("?")[0] for url in (old.url, new.url)]
    return all(hosts) and hosts[0] != hosts[1]


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
            and _is_like(old.name, new.name)
        ]


def _neighbours(ids: Sequence[str], stayed: Container[str]) -> Mapping[str, tuple[str, str]]:
    """Return the nearest of those who stayed before and behind each, "" where there is none."""
    before = list(accumulate(ids, lambda last, one: one if one in stayed else last, initial=""))
    behind = list(
        accumulate(reversed(ids), lambda last, one: one if one in stayed else last, initial="")
    )
    pairs = zip(before, reversed(behind[:-1]), strict=False)
    return dict(zip(ids, pairs, strict=True))


def _is_same(one: str, other: str) -> bool:
    """Say whether two names have the same letters but for small words and one slip.

    Slips are seldom at the beginning of a word, and never in a number: "Joplin Dental" is not
    "Joplin Rental", and the class of 2026 not that of 2027.
    """
    words, others = _large_words(one), _large_words(other)
    if "".join(words) == "".join(others):
        return True
    pairs = zip(words, others, strict=False)
    different = [(word, own) for word, own in pairs if word != own]
    return (
        len(words) == len(others)
        and len(different) == 1
        and all(a[0] == b[0] and is_one_letter_off(a, b) for a, b in different)
    )


def _large_words(name: str) -> list[str]:
    words = [word for word in map(fold, name.split()) if word]
    return [word for word in words if word not in _SMALL] or words


def _is_like(one: str, other: str) -> bool:
    """Say whether two names are a little alike, with the same numbers, or one within the other."""
    words, others = {*_large_words(one)}, {*_large_words(other)}
    if any(not word.isalpha() for word in words ^ others):
        return False
    if words and others and (words <= others or others <= words):
        return True
    matcher = SequenceMatcher(a=one.casefold(), b=other.casefold(), autojunk=False)
    return matcher.ratio() >= _LIKE


def _problem(old: PublishedSponsor, new: Sponsor) -> Problem:
    made = ", made from the name" if new.has_made_id else ""
    return Problem(
        check="changed-id",
        file=FILE,
        line=new.line,
        subject=new.name,
        message=(
            f"has the id {new.id}{made}. The site published last had the id {old.id}, for "
            f"{quote(old.name)}, and no entry has it now. If this is the same sponsor, write "
            f"`id: {old.id}` below the name, so that its page and links to it stay; another time, "
            "use `sponsors rename`. If it is another one, nothing needs doing."
        ),
    )
