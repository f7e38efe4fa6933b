"""The race: its name, day and place, and the days on which its site changes."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated

from pydantic import BeforeValidator

from milepost.schema import Day, Model, Text, WebLink, text


def _clock_time(value: object) -> str:
    written = text(value)
    hours, colon, minutes = written.partition(":")
    if not (colon and hours.isdecimal() and minutes.isdecimal() and len(minutes) == 2):
        raise ValueError(f'"{written}" is not a time of day as 7:30')
    if int(hours) > 23 or int(minutes) > 59:
        raise ValueError(f'"{written}" is not a time of day as 7:30')
    return f"{int(hours):02}:{minutes}"


class Distance(Model):
    """One distance of the race and when it starts, in the race's time zone."""

    name: Text
    start: Annotated[str, BeforeValidator(_clock_time)] | None = None


class Registration(Model):
    """Where and when runners sign up; the days `opens` and `closes` are both included."""

    link: WebLink | None = None
    opens: Day | None = None
    closes: Day | None = None


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
