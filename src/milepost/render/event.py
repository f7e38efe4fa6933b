"""The race as an event of schema.org, on the day of the build."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

from milepost import addresses
from milepost.content import Content
from milepost.race import calendar
from milepost.race.prices import amount
from milepost.race.race import Distance, Price, Race, Status
from milepost.render.card import photo
from milepost.render.dates import iso_moment
from milepost.render.site import full_address
from milepost.render.things import Availability, Event, EventStatus, Offer, Organization, Place
from milepost.roster import calendar as roster_calendar
from milepost.roster.sponsor import Kind, Sponsor

_STATUSES: Final[Mapping[Status, EventStatus]] = {
    "on": "EventScheduled",
    "moved": "EventRescheduled",
    "postponed": "EventPostponed",
    "cancelled": "EventCancelled",
}
_AVAILABLE: Final[Mapping[calendar.RegistrationState, Availability]] = {
    "before": "PreOrder",
    "open": "InStock",
}
_SPONSORS: Final[frozenset[Kind]] = frozenset({"paid", "in-kind", "media"})
_FUNDERS: Final[frozenset[Kind]] = frozenset({"government"})


def organizer(content: Content) -> Organization:
    """Return who is behind the site, as it says itself."""
    config, contact = content.config, content.config.contact
    return Organization(
        name=config.name,
        url=config.url + addresses.HOME,
        ident=f"{config.url}{addresses.HOME}#organization",
        email=contact.email or "",
        telephone=contact.phone or "",
        address=contact.address or "",
    )


def event(content: Content, race: Race) -> Event:
    """Return all that programs may know of the race: when, where, what it costs, who helps."""
    config = content.config
    home = content.pages.get("home")
    image = photo(content, home)
    return Event(
        name=race.name,
        start=_start(content, race),
        end=race.date.isoformat(),
        status=_STATUSES[race.status],
        previous=tuple(day.isoformat() for day in race.previous_dates),
        place=_place(race),
        ident=f"{config.url}{addresses.HOME}#race",
        url=config.url + addresses.HOME,
        description=(home.matter.description if home else None) or config.subtitle,
        image=full_address(content, image) if image else "",
        sport="Running",
        organizer=organizer(content),
        sponsors=_helpers(content, _SPONSORS),
        funders=_helpers(content, _FUNDERS),
        offers=_offers(race, content.day),
        parts=tuple(_part(content, race, distance) for distance in race.distances),
    )


def _start(content: Content, race: Race) -> str:
    """Return when the first runners start, or the day where no distance has a time."""
    times = [distance.start.at for distance in race.distances if distance.start]
    return iso_moment((race.date, min(times, default=None)), content.config.zone)


def _part(content: Content, race: Race, distance: Distance) -> Event:
    at = distance.start.at if distance.start else None
    return Event(
        name=distance.name,
        start=iso_moment((race.date, at), content.config.zone),
        status=_STATUSES[race.status],
        previous=tuple(day.isoformat() for day in race.previous_dates),
        place=_place(race),
        sport="Running",
    )


def _place(race: Race) -> Place | None:
    if not race.place and not race.address:
        return None
    return Place(name=race.place or "", address=race.address or "", map=race.map or "")


def _offers(race: Race, day: date) -> tuple[Offer, ...]:
    """Return one offer a price of the day; without prices one that says where to sign up.

    Nothing is offered for a race that is over, or off.
    """
    if calendar.state(race, day) in {"postponed", "cancelled", "over"}:
        return ()
    prices = calendar.prices_on(race, day)
    if prices or race.registration.link:
        return tuple(_offer(race, price, day) for price in prices or (None,))
    return ()


def _offer(race: Race, price: Price | None, day: date) -> Offer:
    registration = race.registration
    number = amount(price.price) if price else None
    is_readable = number is not None and bool(registration.currency or number == "0")
    ends = (price.until if price else None, registration.closes, race.date)
    return Offer(
        name=(price.distance or "") if price else "",
        price=number or "" if is_readable else "",
        currency=registration.currency or "" if is_readable else "",
        url=registration.link or "",
        availability=_AVAILABLE.get(calendar.registration_state(race, day)),
        valid_from=registration.opens.isoformat() if registration.opens else "",
        valid_through=min(day for day in ends if day).isoformat(),
    )


def _helpers(content: Content, kinds: frozenset[Kind]) -> tuple[Organization, ...]:
    """Return who is public on the day in a tier of these kinds, in the order of the tiers.

    Each is named as the sponsor list has it, and its link has no marks of a campaign.
    """
    shown = roster_calendar.shown(content.roster.sponsors, content.day)
    found: dict[str, Sponsor] = {
        sponsor.id: sponsor
        for tier in content.roster.tiers
        if tier.kind in kinds
        for sponsor in shown
        if tier.id in sponsor.tier
    }
    return tuple(Organization(name=each.name, url=each.url or "") for each in found.values())
