"""What sponsors were promised and do not have, as problems of the sponsor list."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from milepost.addresses import address_of
from milepost.checks import shown
from milepost.problems import Problem, count
from milepost.roster.calendar import time_left
from milepost.roster.load import FILE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from milepost.checks.audit import Standing
    from milepost.roster.sponsor import Sponsor, Tier

TEMPLATES: Final = "If you changed a template in theme/templates/, look there."
_CLASSES: Final = "the classes wall and wall__group--{{ group.number }} of fragments/wall.html"


def check_promises(standings: Iterable[Standing], *, final: bool) -> list[Problem]:
    """Return one problem for each sponsor short of its places, its page or its link.

    A site that is being written may be short of them; a `final` build may not.
    """
    check = "final" if final else "promise"
    return [
        _problem(check, standing.sponsor, says)
        for standing in standings
        for says in _broken(standing)
    ]


def check_benefits(
    standings: Iterable[Standing], day: date, race_day: date | None = None
) -> list[Problem]:
    """Return one problem for each sponsor and benefit that somebody still has to see to.

    Each says how long there is time on `day`: to the end of the term, else to the race.
    """
    return [
        _problem("benefit", standing.sponsor, says + time_left(standing.sponsor, day, race_day))
        for standing in standings
        for says in _owed(standing)
    ]


def check_first_post(standings: Iterable[Standing], tiers: Iterable[Tier]) -> list[Problem]:
    """Return one problem if the list promises places on posts, in so many words.

    It is for a site without a post. A tier that says nothing of `shown_on` is shown wherever there
    is a wall, and promises no blog.
    """
    promising = {
        tier.id
        for tier in tiers
        if "shown_on" in tier.model_fields_set and "posts" in tier.shown_on
    }
    owed = {one.sponsor.id for one in standings if promising.intersection(one.sponsor.tier)}
    if not owed:
        return []
    message = (
        f"shown_on promises {count(len(owed), 'sponsor')} a place on posts, but there is no post "
        "yet."
    )
    return [Problem(check="benefit", file=FILE, message=message)]


def _broken(standing: Standing) -> Iterator[str]:
    if standing.missing_on:
        places = "; ".join(
            f"{kind}: {_pages(files)}" for kind, files in standing.missing_on.items()
        )
        yield (
            f"does not stand where shown_on of its tier promises it a place ({places}). {TEMPLATES}"
        )
    if standing.unsized:
        pages = _pages(standing.unsized)
        yield (
            f"stands on {pages} where its size does not reach it: {_CLASSES} must be round its "
            f"data-mark. {TEMPLATES}"
        )
    if standing.has_no_posts:
        yield (
            "shown_on of its tier promises it a place on posts, but every post has wall: none. "
            "Delete that line in a post, or leave posts out of shown_on."
        )
    if standing.profile and not standing.has_profile:
        address = shown(address_of(standing.profile))
        yield f"has no page {address} with its name, as promised. {TEMPLATES}"
    if standing.unlinked:
        pages = _pages(standing.unlinked)
        yield f"is shown without its promised link on {pages}. {TEMPLATES}"


def _owed(standing: Standing) -> Iterator[str]:
    due, posts = standing.posts_due, len(standing.posts)
    if posts < due:
        yield (
            f"posts_about promises {count(due, 'post')}; so far {posts or 'none'} "
            f"{'have' if posts > 1 else 'has'} its id in sponsors: and a link to it."
        )
    if standing.needs_print_logo and not standing.has_print_logo:
        yield "print_logo is promised, but the entry has no logo_print."


def _pages(files: Sequence[str]) -> str:
    more = len(files) - 1
    others = f" and {count(more, 'other')}" if more else ""
    return f"{shown(address_of(files[0]))}{others}"


def _problem(check: str, sponsor: Sponsor, message: str) -> Problem:
    return Problem(check=check, file=FILE, line=sponsor.line, subject=sponsor.name, message=message)
