"""The day of a build: given, told by the environment, or today where the race is."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from milepost.clock import WrongClock, build_day, today
from milepost.roster.calendar import is_shown
from milepost.roster.sponsor import Sponsor

CHICAGO = ZoneInfo("America/Chicago")
AUCKLAND = ZoneInfo("Pacific/Auckland")
GREENWICH = ZoneInfo("UTC")
SAO_PAULO = ZoneInfo("America/Sao_Paulo")
ZONES = sorted(available_timezones() - {"localtime"})


def seconds(moment: str, zone: ZoneInfo) -> str:
    """Return SOURCE_DATE_EPOCH for a moment on the clocks of a zone."""
    return str(int(datetime.fromisoformat(moment).replace(tzinfo=zone).timestamp()))


@pytest.mark.parametrize(
    ("moment", "there", "zone", "day"),
    [
        ("2026-11-22T23:30", CHICAGO, CHICAGO, "2026-11-22"),
        ("2026-11-22T23:30", CHICAGO, GREENWICH, "2026-11-23"),
        ("2026-11-22T23:30", CHICAGO, AUCKLAND, "2026-11-23"),
        ("2026-11-23T00:00", CHICAGO, CHICAGO, "2026-11-23"),
        ("1970-01-01T00:00", GREENWICH, CHICAGO, "1969-12-31"),
        ("2027-03-14T09:59:59", GREENWICH, ZoneInfo("Pacific/Kiritimati"), "2027-03-14"),
        ("2027-03-14T10:00:00", GREENWICH, ZoneInfo("Pacific/Kiritimati"), "2027-03-15"),
        ("2027-03-14T18:14:59", GREENWICH, ZoneInfo("Asia/Kathmandu"), "2027-03-14"),
        ("2027-03-14T18:15:00", GREENWICH, ZoneInfo("Asia/Kathmandu"), "2027-03-15"),
        ("2026-11-23T05:59", GREENWICH, CHICAGO, "2026-11-22"),
        ("2026-11-23T06:00", GREENWICH, CHICAGO, "2026-11-23"),
        # Clocks go forward on 2027-03-14 and back on 2027-11-07: summer days begin at 5 o'clock.
        ("2027-03-14T05:59", GREENWICH, CHICAGO, "2027-03-13"),
        ("2027-03-14T06:00", GREENWICH, CHICAGO, "2027-03-14"),
        ("2027-03-15T04:59", GREENWICH, CHICAGO, "2027-03-14"),
        ("2027-03-15T05:00", GREENWICH, CHICAGO, "2027-03-15"),
        ("2027-11-07T04:59", GREENWICH, CHICAGO, "2027-11-06"),
        ("2027-11-07T05:00", GREENWICH, CHICAGO, "2027-11-07"),
        ("2027-11-08T05:59", GREENWICH, CHICAGO, "2027-11-07"),
        ("2027-11-08T06:00", GREENWICH, CHICAGO, "2027-11-08"),
        # Where clocks go forward at midnight, the day begins at one o'clock.
        ("2018-11-04T02:59", GREENWICH, SAO_PAULO, "2018-11-03"),
        ("2018-11-04T03:00", GREENWICH, SAO_PAULO, "2018-11-04"),
        # Where they go back at midnight, the last hour of the day before comes twice.
        ("2018-02-18T01:59", GREENWICH, SAO_PAULO, "2018-02-17"),
        ("2018-02-18T02:59", GREENWICH, SAO_PAULO, "2018-02-17"),
        ("2018-02-18T03:00", GREENWICH, SAO_PAULO, "2018-02-18"),
        # Samoa went from the 29th to the 31st.
        ("2011-12-30T09:59", GREENWICH, ZoneInfo("Pacific/Apia"), "2011-12-29"),
        ("2011-12-30T10:00", GREENWICH, ZoneInfo("Pacific/Apia"), "2011-12-31"),
    ],
)
def test_day_begins_where_the_race_is(
    moment: str, there: ZoneInfo, zone: ZoneInfo, day: str
) -> None:
    """Half past eleven at night is still that day in Chicago, and the next one in Greenwich."""
    environment = {"SOURCE_DATE_EPOCH": seconds(moment, there)}

    assert build_day(zone, None, environment) == date.fromisoformat(day)


@pytest.mark.parametrize(
    ("epoch", "day"),
    [
        ("0", "1970-01-01"),
        ("007", "1970-01-01"),
        ("1800000000", "2027-01-15"),
        ("9999999999", "2286-11-20"),
    ],
)
def test_seconds_are_counted_from_1970(epoch: str, day: str) -> None:
    """The specification of SOURCE_DATE_EPOCH says so."""
    assert build_day(GREENWICH, None, {"SOURCE_DATE_EPOCH": epoch}) == date.fromisoformat(day)


@pytest.mark.parametrize(
    "epoch",
    [
        "",
        " ",
        "soon",
        "2027-03-14",
        "-1",
        "+1",
        " 1800000000",
        "1800000000\n",
        "1_800_000_000",
        "1.8e9",
        "1800000000.5",
        "0x10",
        "\u0661\u0668",
        "99999999999",
        "9" * 5000,
    ],
)
def test_other_epoch_is_refused(epoch: str) -> None:
    """A build does not guess what somebody meant, and does not crash on it."""
    with pytest.raises(WrongClock) as caught:
        build_day(GREENWICH, None, {"SOURCE_DATE_EPOCH": epoch})

    assert str(caught.value).endswith(
        '", not a number of seconds since 1970. Set it right, or unset it.'
    )


def test_wrong_epoch_is_shown() -> None:
    """The sentence names the variable and its value."""
    with pytest.raises(WrongClock) as caught:
        build_day(GREENWICH, None, {"SOURCE_DATE_EPOCH": "soon"})

    assert str(caught.value).startswith('SOURCE_DATE_EPOCH is "soon", not')


@given(
    zone=st.sampled_from(ZONES).map(ZoneInfo),
    epoch=st.integers(0, 4_102_444_800),
    last=st.integers(-2, 2),
)
def test_a_sponsor_shows_by_the_clocks_of_the_race(zone: ZoneInfo, epoch: int, last: int) -> None:
    """In any zone, on any day, also when clocks change: the date on the wall there decides."""
    offset = datetime.fromtimestamp(epoch, zone).utcoffset()
    assert offset is not None
    # The calendar of the wall there, reckoned without any zone.
    wall = (datetime(1970, 1, 1) + timedelta(seconds=epoch) + offset).date()  # noqa: DTZ001
    until = wall + timedelta(days=last)
    values = {"id": "a", "name": "A", "tier": "title", "until": until, "line": 1}

    today = build_day(zone, None, {"SOURCE_DATE_EPOCH": str(epoch)})

    assert today == wall
    assert is_shown(Sponsor.model_validate(values), today) == (last >= 0)


def test_given_day_wins() -> None:
    """`--as-of` is the day, whatever the environment says."""
    given = date(2027, 4, 17)

    assert build_day(CHICAGO, given, {"SOURCE_DATE_EPOCH": "soon"}) == given


def test_without_anything_it_is_today_where_the_race_is() -> None:
    """The clock is asked last, and in the race's zone."""
    before = datetime.now(UTC).astimezone(AUCKLAND).date()
    day = build_day(AUCKLAND, None, {})
    after = datetime.now(UTC).astimezone(AUCKLAND).date()

    assert before <= day <= after


def test_today_is_what_the_environment_tells(monkeypatch: pytest.MonkeyPatch) -> None:
    """A reproducible build sets the day for every command."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", seconds("2026-11-22T23:30", CHICAGO))

    assert today(CHICAGO) == date(2026, 11, 22)
