"""The day of a build: asked for, set by the environment, or today."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from milepost.clock import WrongClock, build_day

LONDON = ZoneInfo("Europe/London")


def seconds(moment: str) -> dict[str, str]:
    """Return an environment whose SOURCE_DATE_EPOCH is a moment of universal time."""
    when = datetime.fromisoformat(moment).replace(tzinfo=UTC)
    return {"SOURCE_DATE_EPOCH": str(int(when.timestamp()))}


@pytest.mark.parametrize("epoch", ["1710000000", "garbage", ""])
def test_day_asked_for_wins(epoch: str) -> None:
    """Who names a day gets that day, whatever the environment holds."""
    wanted = date(2027, 3, 14)

    assert build_day(LONDON, wanted, {"SOURCE_DATE_EPOCH": epoch}) == wanted


@pytest.mark.parametrize(
    ("zone", "moment", "day"),
    [
        ("UTC", "1970-01-01T00:00:00", "1970-01-01"),
        ("America/New_York", "1970-01-01T00:00:00", "1969-12-31"),
        ("UTC", "2027-03-14T12:00:00", "2027-03-14"),
        ("Pacific/Kiritimati", "2027-03-14T09:59:59", "2027-03-14"),
        ("Pacific/Kiritimati", "2027-03-14T10:00:00", "2027-03-15"),
        ("Pacific/Pago_Pago", "2027-03-14T10:59:59", "2027-03-13"),
        ("Pacific/Pago_Pago", "2027-03-14T11:00:00", "2027-03-14"),
        ("Asia/Kathmandu", "2027-03-14T18:14:59", "2027-03-14"),
        ("Asia/Kathmandu", "2027-03-14T18:15:00", "2027-03-15"),
    ],
)
def test_day_is_that_of_the_race_place(zone: str, moment: str, day: str) -> None:
    """One moment is another day elsewhere; the race's time zone decides."""
    found = build_day(ZoneInfo(zone), None, seconds(moment))

    assert found == date.fromisoformat(day)


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        ("2027-03-14T04:59:59", "2027-03-13"),
        ("2027-03-14T05:00:00", "2027-03-14"),
        ("2027-03-15T03:59:59", "2027-03-14"),
        ("2027-03-15T04:00:00", "2027-03-15"),
        ("2027-11-07T03:59:59", "2027-11-06"),
        ("2027-11-07T04:00:00", "2027-11-07"),
        ("2027-11-08T04:59:59", "2027-11-07"),
        ("2027-11-08T05:00:00", "2027-11-08"),
    ],
)
def test_day_of_the_clock_change_has_its_own_length(moment: str, day: str) -> None:
    """New York's 14 March 2027 has 23 hours and its 7 November 25; both begin at midnight."""
    found = build_day(ZoneInfo("America/New_York"), None, seconds(moment))

    assert found == date.fromisoformat(day)


@pytest.mark.parametrize(
    "epoch",
    ["", " ", "garbage", "-1", "+1", "1.5", "1e9", "1_000", " 1", "1\n", "\u0661", "9" * 11],
)
def test_garbage_is_refused(epoch: str) -> None:
    """What is no number of seconds is quoted, and never taken for today."""
    with pytest.raises(WrongClock) as caught:
        build_day(LONDON, None, {"SOURCE_DATE_EPOCH": epoch})

    assert str(caught.value) == (
        f'SOURCE_DATE_EPOCH is "{epoch.strip()}", not a number of seconds since 1970. '
        "Set it right, or unset it."
    )


def test_largest_number_of_seconds_is_a_day() -> None:
    """Ten digits reach the year 2286, and no further."""
    found = build_day(LONDON, None, {"SOURCE_DATE_EPOCH": "9" * 10})

    assert found == date(2286, 11, 20)


def test_without_either_it_is_today() -> None:
    """A build that is told nothing is for today, in the race's time zone."""
    before = datetime.now(LONDON).date()

    found = build_day(LONDON, None, {})

    assert before <= found <= datetime.now(LONDON).date()
