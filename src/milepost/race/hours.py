"""Times of day, as organisers write them and as programs read them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import time
from typing import Annotated, Final

from pydantic import BeforeValidator

from milepost.problems import quote
from milepost.schema import text

_CLOCK = re.compile(
    r"([01]?[0-9]|2[0-3]):([0-5][0-9])(?: ?([ap])\.?m\.?)?|([01]?[0-9]) ?([ap])\.?m\.?",
    re.IGNORECASE,
)
_NOON: Final = 12


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Hour:
    """A time of day; `words` are those of the organiser: 7:30, 7:30 am, noon."""

    at: time
    words: str


def hour(value: object) -> Hour:
    """Take a time of day: 7:30, 19:30, 7:30 am or noon."""
    if isinstance(value, Hour):
        return value
    written = " ".join(text(value).split())
    if written.lower() == "noon":
        return Hour(at=time(_NOON), words="noon")
    found = _CLOCK.fullmatch(written)
    hours, half = int(found[1] or found[4]) if found else 0, ""
    if found and (found[3] or found[5]):
        half = f"{(found[3] or found[5]).lower()}m"
    if not found or (half and not 1 <= hours <= _NOON):
        raise ValueError(f"{quote(written)} is not a time of day as 7:30, 19:30 or 7:30 am")
    minutes = f":{found[2]}" if found[2] else ""
    words = f"{hours}{minutes} {half}".strip()
    if half:
        hours = hours % _NOON + (_NOON if half == "pm" else 0)
    return Hour(at=time(hours, int(found[2] or 0)), words=words)


TimeOfDay = Annotated[Hour, BeforeValidator(hour)]
