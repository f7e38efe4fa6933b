"""The race as a view: what is true of it on the day of the build."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from urllib.parse import urlencode

from milepost import addresses
from milepost.content import Content
from milepost.race import calendar
from milepost.race.race import Pickup, PickupHours, Price, Race, Registration, Spot
from milepost.render.dates import date_view
from milepost.render.site import href, phone_href, sponsor_places, target_href
from milepost.render.views import (
    DateView,
    DistanceView,
    HoursView,
    LinkView,
    PickupDayView,
    PickupView,
    PlaceView,
    PriceView,
    RaceView,
    RegistrationView,
)
from milepost.roster import calendar as roster_calendar

_MAP = "https://www.openstreetmap.org/search"


def race_view(content: Content) -> RaceView | None:
    """Return what every template sees of the race."""
    race = content.race
    if not race:
        return None
    return RaceView(
        name=race.name,
        state=calendar.state(race, content.day),
        is_near=calendar.is_near(race, content.day),
        date=_day(content, race.date),
        previous_dates=tuple(_day(content, day) for day in race.previous_dates),
        place=PlaceView(name=race.place or "", map=_map(race), text=race.address or ""),
        presented_by=_presenter(content, race),
        distances=tuple(
            DistanceView(name=distance.name, start=distance.start.words if distance.start else "")
            for distance in race.distances
        ),
        registration=_registration(content, race, race.registration),
        pickup=_pickup(content, race.pickup) if race.pickup else None,
        parking=tuple(_place(spot) for spot in race.parking),
        bag_check=_place(race.bag_check) if race.bag_check else None,
        phone=race.phone_race_day or "",
        phone_href=phone_href(race.phone_race_day or ""),
        result=_result(content, race, race.date.year) if race.date.year in race.results else None,
        results=tuple(
            _result(content, race, year)
            for year in sorted(race.results, reverse=True)
            if year != race.date.year
        ),
        page=LinkView(label="Race day", href=href(content, addresses.RACE_DAY)),
    )


def _map(race: Race) -> str:
    """Return where a map of the place is: the organiser's own, else a search for the address."""
    if race.map or not race.address:
        return race.map or ""
    return f"{_MAP}?{urlencode({'query': race.address})}"


def _place(spot: Spot) -> PlaceView:
    return PlaceView(name=spot.place, map=spot.map or "", text=spot.text or "")


def _registration(content: Content, race: Race, given: Registration) -> RegistrationView:
    if race.status in {"postponed", "cancelled"}:
        return RegistrationView(link=None, opens=None, closes=None, prices=())
    state = calendar.registration_state(race, content.day)
    last = given.closes or race.date
    prices = calendar.prices_on(race, content.day) if state in {"before", "open"} else ()
    is_open = given.link is not None and state == "open"
    return RegistrationView(
        link=LinkView(label="Register", href=given.link or "") if is_open else None,
        opens=_day(content, given.opens) if given.opens and state == "before" else None,
        closes=_day(content, last) if is_open else None,
        prices=tuple(_price(content, price) for price in prices),
    )


def _price(content: Content, price: Price) -> PriceView:
    return PriceView(
        words=price.price,
        distance=price.distance or "",
        until=_day(content, price.until) if price.until else None,
    )


def _pickup(content: Content, pickup: Pickup) -> PickupView:
    return PickupView(
        place=PlaceView(name=pickup.place, map=pickup.map or "", text="") if pickup.place else None,
        days=tuple(
            _pickup_day(content, day, [hours for hours in pickup.hours if hours.date == day])
            for day in sorted({hours.date for hours in pickup.hours})
        ),
        bring=pickup.bring,
        friend=pickup.friend or "",
    )


def _pickup_day(content: Content, day: date, spans: Iterable[PickupHours]) -> PickupDayView:
    return PickupDayView(
        date=_day(content, day),
        hours=tuple(
            HoursView(opens=span.opens.words, closes=span.closes.words, group=span.group or "")
            for span in spans
        ),
    )


def _result(content: Content, race: Race, year: int) -> LinkView:
    target = content.links[race.results[year]]
    return LinkView(label=f"Results {year}", href=target_href(content, target))


def _presenter(content: Content, race: Race) -> LinkView | None:
    places = sponsor_places(content)
    for sponsor in roster_calendar.shown(content.roster.sponsors, content.day):
        if sponsor.id == race.presented_by:
            return LinkView(label=sponsor.name, href=places[sponsor.id])
    return None


def _day(content: Content, day: date) -> DateView:
    return date_view(day, content.config.language)
