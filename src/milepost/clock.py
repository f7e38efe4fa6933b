"""The day of the build: the only place that asks what time it is."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Mapping
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from milepost.problems import quote

_SECONDS = re.compile(r"[0-9]{1,10}")


class WrongClock(ValueError):
    """SOURCE_DATE_EPOCH is set to something that is not a number of seconds."""


def build_day(zone: ZoneInfo, as_of: date | None, environment: Mapping[str, str]) -> date:
    """Return the day a build is for, in the race's time zone.

    That is `as_of` where it is given, else the day of SOURCE_DATE_EPOCH (seconds since 1970,
    https://reproducible-builds.org/specs/source-date-epoch/) where it is set, else today.

    Raises:
        WrongClock: SOURCE_DATE_EPOCH is not a number of seconds.
    """
    if as_of:
        return as_of
    epoch = environment.get("SOURCE_DATE_EPOCH")
    if epoch is None:
        return datetime.now(zone).date()
    if not _SECONDS.fullmatch(epoch):
        message = "not a number of seconds since 1970. Set it right, or unset it."
        raise WrongClock(f"SOURCE_DATE_EPOCH is {quote(epoch)}, {message}")
    return datetime.fromtimestamp(int(epoch), UTC).astimezone(zone).date()


def today(zone: ZoneInfo) -> date:
    """Return the day of the build as the environment tells it."""
    return build_day(zone, None, os.environ)


def file_time() -> int:
    """Return the time by which the disk dates files, in nanoseconds since 1970.

    It tells whether a file was changed while a build was reading, and is in no page.
    """
    return time.time_ns()
