"""Sponsors as a published site had them: what is kept of them to recognise them by."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from milepost.roster.calendar import shown
from milepost.roster.load import Roster


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedSponsor:
    """A sponsor that was public in a final build, as its entry had it.

    `has_made_id` says that its id was made from its name.
    """

    id: str
    name: str
    tier: tuple[str, ...]
    url: str | None
    logo: str | None
    has_made_id: bool


def published(roster: Roster, day: date) -> tuple[PublishedSponsor, ...]:
    """Return the sponsors that are public on a day, in the order of the list."""
    return tuple(
        PublishedSponsor(
            id=sponsor.id,
            name=sponsor.name,
            tier=tuple(sponsor.tier),
            url=sponsor.url,
            logo=sponsor.logo,
            has_made_id=sponsor.has_made_id,
        )
        for sponsor in shown(roster.sponsors, day)
    )
