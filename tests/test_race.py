"""The race: what its settings become, and the days on which its site changes."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from milepost.race.calendar import changes, registration_state
from milepost.race.race import Distance, Race, Registration

RACE_DAY = date(2027, 3, 14)
LINK = "https://signup.example/run"
DAYS = [RACE_DAY + timedelta(days=number) for number in range(-20, 21)]


def race(*, link: str | None = LINK, **registration: Any) -> Race:
    """Return a race on 14 March 2027 whose registration has these days."""
    return Race.model_validate(
        {
            "name": "Riverside Run",
            "date": RACE_DAY,
            "registration": {"link": link} | registration,
        }
    )


def facts(one: Race, day: date) -> tuple[str, bool]:
    """Return what a page says of a race on a day: its registration, and whether it is over."""
    return registration_state(one, day), day > one.date


class TestSettings:
    """What may stand in the settings."""

    def test_name_and_date_are_enough(self) -> None:
        """A race needs a name and a day."""
        found = Race.model_validate({"name": " Riverside  Run ", "date": "2027-03-14"})

        assert found == Race.model_construct(
            name="Riverside Run", date=RACE_DAY, registration=Registration()
        )

    @pytest.mark.parametrize(
        ("written", "read"),
        [("7:30", "07:30"), ("07:30", "07:30"), ("0:00", "00:00"), ("23:59", "23:59")],
    )
    def test_start_is_a_time_of_day(self, written: str, read: str) -> None:
        """A start is read with or without its leading nought."""
        assert Distance.model_validate({"name": "10k", "start": written}).start == read

    @pytest.mark.parametrize(
        "written",
        ["24:00", "7.30", "7:3", "7:60", "730", "7:30 am", "\u0667:\u0663\u0660", "12:30:00"],
    )
    def test_start_that_is_no_time_is_told(self, written: str) -> None:
        """What is no time of day is quoted."""
        with pytest.raises(ValidationError) as caught:
            Distance.model_validate({"name": "10k", "start": written})

        (fault,) = caught.value.errors()
        assert str(fault["ctx"]["error"]) == f'"{written}" is not a time of day as 7:30'

    def test_registration_may_not_close_before_it_opens(self) -> None:
        """Days in the wrong order are both named."""
        with pytest.raises(ValidationError) as caught:
            Registration.model_validate({"opens": "2027-02-02", "closes": "2027-02-01"})

        (fault,) = caught.value.errors()
        assert str(fault["ctx"]["error"]) == "closes 2027-02-01 is before opens 2027-02-02"

    def test_registration_of_one_day_is_fine(self) -> None:
        """Registration may open and close on the same day."""
        found = Registration.model_validate({"opens": "2027-02-02", "closes": "2027-02-02"})

        assert found.opens == found.closes == date(2027, 2, 2)


class TestRegistration:
    """What a page says of registration on each day."""

    @pytest.mark.parametrize(
        ("given", "day", "state"),
        [
            ({"opens": "2027-02-01", "closes": "2027-03-01"}, "2027-01-31", "before"),
            ({"opens": "2027-02-01", "closes": "2027-03-01"}, "2027-02-01", "open"),
            ({"opens": "2027-02-01", "closes": "2027-03-01"}, "2027-03-01", "open"),
            ({"opens": "2027-02-01", "closes": "2027-03-01"}, "2027-03-02", "closed"),
            ({}, "0001-01-01", "open"),
            ({}, "2027-03-14", "open"),
            ({}, "2027-03-15", "closed"),
            ({"opens": "2027-02-01"}, "2027-03-14", "open"),
            ({"opens": "2027-02-01"}, "2027-03-15", "closed"),
            ({"closes": "2027-03-01"}, "2027-01-01", "open"),
            ({"closes": "2027-03-01"}, "2027-03-02", "closed"),
            ({"link": None, "opens": "2027-02-01"}, "2027-02-10", "none"),
        ],
    )
    def test_both_days_are_included(self, given: dict[str, Any], day: str, state: str) -> None:
        """Registration is open from `opens` to `closes`, or to the race's own day."""
        assert registration_state(race(**given), date.fromisoformat(day)) == state


class TestChanges:
    """The days on which the site's words about the race change."""

    def test_each_change_is_told_in_words(self) -> None:
        """Opening, the day after closing, and the day after the race."""
        found = changes(race(opens="2027-02-01", closes="2027-03-01"))

        assert sorted(found) == [
            (date(2027, 2, 1), "registration opens"),
            (date(2027, 3, 2), "registration has closed"),
            (date(2027, 3, 15), "the race is over"),
        ]

    def test_race_without_registration_is_over_the_day_after(self) -> None:
        """Days of a registration that has no link change nothing."""
        found = changes(race(link=None, opens="2027-02-01", closes="2027-03-01"))

        assert found == [(date(2027, 3, 15), "the race is over")]

    @settings(deadline=None)
    @given(
        st.sampled_from([None, LINK]),
        st.none() | st.sampled_from(DAYS[1:20]),
        st.none() | st.sampled_from(DAYS[20:-1]),
    )
    def test_changes_are_the_days_that_read_differently(
        self, link: str | None, opens: date | None, closes: date | None
    ) -> None:
        """Exactly on these days a page says something else of the race than the day before."""
        one = race(link=link, opens=opens, closes=closes)
        differ = {
            today
            for yesterday, today in pairwise(DAYS)
            if facts(one, today) != facts(one, yesterday)
        }

        assert {day for day, _ in changes(one)} == differ
