"""What `RACE` in the settings may say."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from milepost.problems import did_you_mean, quote
from milepost.race.hours import TimeOfDay
from milepost.schema import Day, Model, OneOrMany, Text, WebLink, Year, choice, text

_CURRENCY = re.compile("[A-Z]{3}")

Status = Literal["on", "moved", "postponed", "cancelled"]
"""What became of the day: `moved` has a new one, `postponed` has none yet."""


class Distance(Model):
    """One distance of the race and when it starts, in the race's time zone."""

    name: Text
    start: TimeOfDay | None = None


class Price(Model):
    """What an entry costs until a day, that day included; for one distance or for all."""

    price: Text
    distance: Text | None = None
    until: Day | None = None


def _currency(value: object) -> str:
    written = text(value)
    if not _CURRENCY.fullmatch(written):
        raise ValueError(f"{quote(written)} is not the code of a currency as USD or EUR")
    return written


class Registration(Model):
    """Where and when runners sign up; the days `opens` and `closes` are both included.

    `currency` is the code of ISO 4217 that programs read prices in: USD.
    """

    link: WebLink | None = None
    opens: Day | None = None
    closes: Day | None = None
    prices: tuple[Price, ...] = ()
    currency: Annotated[str, BeforeValidator(_currency)] | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.opens and self.closes and self.closes < self.opens:
            raise ValueError(f"closes {self.closes} is before opens {self.opens}")
        for distance in {price.distance for price in self.prices}:
            _refuse_backward([price for price in self.prices if price.distance == distance])
        return self


class Spot(Model):
    """A place that runners look for; `map` is a link to a map of it."""

    place: Text
    map: WebLink | None = None
    text: Text | None = None


class PickupHours(Model):
    """Hours of one day in which packets are given out. `group` says to whom, if not to all."""

    date: Day
    opens: TimeOfDay
    closes: TimeOfDay
    group: Text | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.closes.at <= self.opens.at:
            raise ValueError(f"closes {self.closes.words} is not after opens {self.opens.words}")
        return self


class Pickup(Model):
    """Where and when runners get their packets; `friend` says whether another may collect."""

    place: Text | None = None
    map: WebLink | None = None
    hours: tuple[PickupHours, ...] = ()
    bring: OneOrMany[Text] = ()
    friend: Text | None = None


def _spot(value: object) -> object:
    return {"place": value} if isinstance(value, str) else value


def _spots(value: object) -> object:
    return [value] if isinstance(value, str | dict) else value


SpotOrWords = Annotated[Spot, BeforeValidator(_spot)]


class Race(Model):
    """`RACE` in the settings. `presented_by` is a sponsor's id.

    `results` maps years to links; each may lead to a post as `{filename}/posts/results.md`.
    """

    name: Text
    date: Day
    status: Annotated[Status, choice("on", "moved", "postponed", "cancelled")] = "on"
    previous_dates: OneOrMany[Day] = ()
    place: Text | None = None
    address: Text | None = None
    map: WebLink | None = None
    presented_by: Text | None = None
    distances: tuple[Distance, ...] = ()
    registration: Registration = Registration()
    pickup: Pickup | None = None
    parking: Annotated[tuple[SpotOrWords, ...], BeforeValidator(_spots)] = ()
    bag_check: SpotOrWords | None = None
    phone_race_day: Text | None = None
    results: dict[Year, Text] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _days_fit(self) -> Self:
        if self.status == "moved" and not self.previous_dates:
            raise ValueError("is moved, so it needs previous_dates: the day it was to be on before")
        if self.date in self.previous_dates:
            raise ValueError(f"has {self.date} as its date and among its previous_dates")
        for what, day in self._days():
            if day > self.date:
                raise ValueError(f"says that {what} {day}, which is after race day, {self.date}")
        self._know_distances()
        return self

    def _refuse_twins(self, names: Sequence[str]) -> None:
        again = next((name for at, name in enumerate(names) if name in names[:at]), None)
        if again:
            raise ValueError(f"has two distances that are called {quote(again)}")

    def _days(self) -> Iterator[tuple[str, dt.date]]:
        registration = self.registration
        if registration.opens:
            yield "registration opens", registration.opens
        if registration.closes:
            yield "registration closes", registration.closes
        for price in registration.prices:
            if price.until:
                yield f"the price {price.price} holds until", price.until
        for hours in self.pickup.hours if self.pickup else ():
            yield "packets are given out on", hours.date

    def _know_distances(self) -> None:
        names = [distance.name for distance in self.distances]
        self._refuse_twins(names)
        for price in self.registration.prices:
            if price.distance and price.distance not in names:
                allowed = ", ".join(names) or "none are given"
                guess = did_you_mean(price.distance, names)
                raise ValueError(
                    f"has a price for {quote(price.distance)}, which is not one of its distances: "
                    f"{allowed}.{guess}"
                )


def _refuse_backward(prices: Iterable[Price]) -> None:
    for one, other in pairwise(prices):
        if one.until is None:
            raise ValueError(f"prices: {quote(one.price)} has no until, so none may follow it")
        if other.until and other.until <= one.until:
            raise ValueError(f"prices: until {other.until} must be after until {one.until}")
