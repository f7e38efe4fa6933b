"""What is true of the race on a day, and the days on which that changes."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final, Literal

from milepost.race.race import Price, Race

NEAR: Final = 7
"""Days before the race from which its day comes first on the home page."""

RegistrationState = Literal["none", "before", "open", "closed"]
State = Literal["none", "before", "open", "closed", "day", "over", "postponed", "cancelled"]


def registration_state(race: Race, day: date) -> RegistrationState:
    """Return how it stands with signing up, as the days in the settings have it."""
    registration = race.registration
    if not registration.link:
        return "none"
    if registration.opens and day < registration.opens:
        return "before"
    return "open" if day <= _last(race) else "closed"


def state(race: Race, day: date) -> State:
    """Return the one thing that everybody must know of the race on a day.

    A race that does not take place, or on a day nobody knows yet, has nothing else to say; on
    race day and after it nobody signs up any more for what is going on or over.
    """
    match race.status:
        case "cancelled" | "postponed" as status:
            return status
        case _ if day > race.date:
            return "over"
        case _ if day == race.date:
            return "day"
        case _:
            return registration_state(race, day)


def is_near(race: Race, day: date) -> bool:
    """Say whether runners are looking for where to park: race week, and the race takes place."""
    return race.status in {"on", "moved"} and 0 <= (race.date - day).days <= NEAR


def prices_on(race: Race, day: date) -> tuple[Price, ...]:
    """Return what entries cost on a day: for each distance the first price that still holds."""
    found: dict[str | None, Price] = {}
    for price in race.registration.prices:
        if price.until is None or day <= price.until:
            found.setdefault(price.distance, price)
    return tuple(found.values())


def changes(race: Race) -> list[tuple[date, str]]:
    """Return (day, what happens then) for every day on which the race's own facts change."""
    if race.status in {"postponed", "cancelled"}:
        return []
    found = [
        (race.date - timedelta(days=NEAR), "race day comes first on the home page"),
        (race.date, "it is race day"),
        (race.date + timedelta(days=1), "the race is over"),
    ]
    if race.registration.link:
        if race.registration.opens:
            found.append((race.registration.opens, "registration opens"))
        found.append((_last(race) + timedelta(days=1), "registration has closed"))
        found += [
            (price.until + timedelta(days=1), "the price of an entry changes")
            for price in race.registration.prices
            if price.until
        ]
    return found


def _last(race: Race) -> date:
    return race.registration.closes or race.date
