"""The race: its name, day and place, and the days on which its site changes."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Annotated, Self

from pydantic import BeforeValidator, model_validator

from milepost.problems import quote
from milepost.schema import Day, Model, Text, WebLink, text

_CLOCK = re.compile(r"([01]?[0-9]|2[0-3]):([0-5][0-9])")


def _clock_time(value: object) -> str:
    written = text(value)
    found = _CLOCK.fullmatch(written)
    if not found:
        raise ValueError(f"{quote(written)} is not a time of day as 7:30")
    return f"{found[1]:0>2}:{found[2]}"


class Distance(Model):
    """One distance of the race and when it starts, in the race's time zone."""

    name: Text
    start: Annotated[str, BeforeValidator(_clock_time)] | None = None


class Registration(Model):
    """Where and when runners sign up; the days `opens` and `closes` are both included."""

    link: WebLink | None = None
    opens: Day | None = None
    closes: Day | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.opens and self.closes and self.closes < self.opens:
            raise ValueError(f"closes {self.closes} is before opens {self.opens}")
        return self


class Race(Model):
    """`RACE` in the settings. `presented_by` is a sponsor's id."""

    name: Text
    date: Day
    place: Text | None = None
    presented_by: Text | None = None
    distances: tuple[Distance, ...] = ()
    registration: Registration = Registration()


def registration_state(race: Race, day: date) -> str:
    """Return "none", "before", "open" or "closed" for a day."""
    registration = race.registration
    if not registration.link:
        return "none"
    if registration.opens and day < registration.opens:
        return "before"
    last = registration.closes or race.date
    return "open" if day <= last else "closed"


def changes(race: Race) -> list[tuple[date, str]]:
    """Return (day, what happens then) for every day on which the race's own facts change."""
    found = [(race.date + timedelta(days=1), "the race is over")]
    if race.registration.link:
        if race.registration.opens:
            found.append((race.registration.opens, "registration opens"))
        last = race.registration.closes or race.date
        found.append((last + timedelta(days=1), "registration has closed"))
    return found
