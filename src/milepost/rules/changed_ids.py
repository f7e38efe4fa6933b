"""No id that was made from a name changes with the name once it is published."""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Final

from milepost.problems import Problem, quote
from milepost.roster.calendar import shown
from milepost.roster.load import FILE, Roster
from milepost.roster.published import PublishedSponsor
from milepost.roster.sponsor import Sponsor
from milepost.rules.limits import link_of

_ALIKE: Final = 0.8


def check_changed_ids(roster: Roster, last: Sequence[PublishedSponsor], day: date) -> list[Problem]:
    """Check that sponsors of the site published last have the ids that they had there.

    An id is missed that was made from a name and that no entry has any more. It is taken to have
    changed if one sponsor with a new id, and no other, has the link or the logo of the missing
    one; or if, on the day, that sponsor alone stands where the missing one stood, in its tier,
    without link or logo, under much the same name.
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
    pairs: list[tuple[PublishedSponsor, Sponsor]] = []
    for old in missing:
        found = _heirs(old, [*added.values()]) or _in_place(roster, last, old, day)
        pairs += [(old, found[0])] if len(found) == 1 else []
    claims = Counter(new.id for _, new in pairs)
    return [_problem(old, new) for old, new in pairs if claims[new.id] == 1]


def _heirs(old: PublishedSponsor, added: Sequence[Sponsor]) -> list[Sponsor]:
    """Return the new sponsors with the link or the logo of an old one."""
    link = link_of(old.url)
    return [
        new
        for new in added
        if (link and link == link_of(new.url)) or (old.logo and old.logo == new.logo)
    ]


def _in_place(
    roster: Roster, last: Sequence[PublishedSponsor], old: PublishedSponsor, day: date
) -> list[Sponsor]:
    """Return who stands where an old sponsor stood, if nothing but its name is another."""
    now = shown(roster.sponsors, day)
    others = [(one, new) for one, new in zip(last, now, strict=False) if one.id != new.id]
    if len(now) != len(last) or len(others) != 1 or others[0][0] != old:
        return []
    new = others[0][1]
    same = (old.tier, old.url, old.logo) == (tuple(new.tier), new.url, new.logo)
    return [new] if same and _alike(old.name, new.name) else []


def _alike(one: str, other: str) -> bool:
    """Say whether a name is another one with words more or less, or spelt a little otherwise."""
    words, others = set(one.casefold().split()), set(other.casefold().split())
    if words <= others or others <= words:
        return True
    matcher = difflib.SequenceMatcher(a=one.casefold(), b=other.casefold())
    return matcher.ratio() >= _ALIKE


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
