"""Days in words. They do not depend on any locale of the machine."""

from __future__ import annotations

from datetime import date, datetime, time, tzinfo
from typing import Final

from milepost.render.views import DateView

MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
WEEKDAYS: Final = (*("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),)


def date_view(day: date, language: str) -> DateView:
    """Return a day for machines and for readers of a language.

    American English puts the month first: March 14, 2027.
    """
    month = MONTHS[day.month - 1]
    american = language.lower() == "en-us"
    words = f"{month} {day.day}, {day.year}" if american else f"{day.day} {month} {day.year}"
    return DateView(
        iso=day.isoformat(),
        words=words,
        weekday=WEEKDAYS[day.weekday()],
        number=day.day,
        month=month[:3],
        year=day.year,
    )


def moment(written: tuple[date, time | None], zone: tzinfo) -> datetime:
    """Return a day and its time, if one is given, as a moment; without one the day begins."""
    day, clock = written
    return datetime.combine(day, clock or time.min, zone)


def iso_moment(written: tuple[date, time | None], zone: tzinfo) -> str:
    """Return a day as ISO 8601 has it, with its time and the zone's offset where it has a time."""
    return moment(written, zone).isoformat() if written[1] else written[0].isoformat()
