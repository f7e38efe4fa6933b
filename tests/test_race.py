"""The race: what its settings become, and the days on which its site changes."""

from __future__ import annotations

from datetime import date, time, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from milepost.race.calendar import changes, is_near, prices_on, registration_state, state
from milepost.race.hours import Hour
from milepost.race.race import Distance, PickupHours, Race, Registration, Spot

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


def facts(one: Race, day: date) -> tuple[object, ...]:
    """Return what a page says of a race on a day."""
    return registration_state(one, day), state(one, day), is_near(one, day), prices_on(one, day)


class TestSettings:
    """What may stand in the settings."""

    def test_name_and_date_are_enough(self) -> None:
        """A race needs a name and a day."""
        found = Race.model_validate({"name": " Riverside  Run ", "date": "2027-03-14"})

        assert found == Race.model_construct(
            name="Riverside Run", date=RACE_DAY, registration=Registration()
        )

    @pytest.mark.parametrize(
        ("written", "at", "words"),
        [
            ("7:30", time(7, 30), "7:30"),
            ("07:30", time(7, 30), "7:30"),
            ("0:00", time(0, 0), "0:00"),
            ("23:59", time(23, 59), "23:59"),
            ("7:30 am", time(7, 30), "7:30 am"),
            ("7:30PM", time(19, 30), "7:30 pm"),
            ("12:05 a.m.", time(0, 5), "12:05 am"),
            ("12:05 pm", time(12, 5), "12:05 pm"),
            ("8am", time(8), "8 am"),
            ("8 PM", time(20), "8 pm"),
            ("Noon", time(12, 0), "noon"),
        ],
    )
    def test_time_of_day_keeps_its_words(self, written: str, at: time, words: str) -> None:
        """Programs get the time, and readers the words of the organiser."""
        found = Distance.model_validate({"name": "10k", "start": written})

        assert found.start == Hour(at=at, words=words)

    @pytest.mark.parametrize(
        "written",
        ["24:00", "7.30", "7:3", "7:60", "730", "13:00 pm", "0:30 am", "\u0667:\u0663\u0660"],
    )
    def test_start_that_is_no_time_is_told(self, written: str) -> None:
        """What is no time of day is quoted."""
        with pytest.raises(ValidationError) as caught:
            Distance.model_validate({"name": "10k", "start": written})

        (fault,) = caught.value.errors()
        says = f'"{written}" is not a time of day as 7:30, 19:30 or 7:30 am'
        assert str(fault["ctx"]["error"]) == says

    @pytest.mark.parametrize(
        ("given", "says"),
        [
            (
                {"status": "moved"},
                "is moved, so it needs previous_dates: the day it was to be on before",
            ),
            (
                {"previous_dates": ["2027-03-14"]},
                "has 2027-03-14 as its date and among its previous_dates",
            ),
            (
                {"registration": {"opens": "2027-03-15"}},
                "says that registration opens 2027-03-15, which is after race day, 2027-03-14",
            ),
            (
                {"registration": {"closes": "2027-03-15"}},
                "says that registration closes 2027-03-15, which is after race day, 2027-03-14",
            ),
            (
                {"registration": {"prices": [{"price": "$5", "until": "2027-03-15"}]}},
                (
                    "says that the price $5 holds until 2027-03-15, which is after race day, "
                    "2027-03-14"
                ),
            ),
            (
                {"pickup": {"hours": [{"date": "2027-03-15", "opens": "8:00", "closes": "9:00"}]}},
                (
                    "says that packets are given out on 2027-03-15, which is after race day, "
                    "2027-03-14"
                ),
            ),
            (
                {
                    "distances": [{"name": "Half marathon"}],
                    "registration": {"prices": [{"price": "$5", "distance": "Half maraton"}]},
                },
                (
                    'has a price for "Half maraton", which is not one of its distances: '
                    'Half marathon. Did you mean "Half marathon"?'
                ),
            ),
        ],
    )
    def test_days_and_names_must_fit_each_other(self, given: dict[str, Any], says: str) -> None:
        """What contradicts the race's own day or distances is told, with both sides of it."""
        with pytest.raises(ValidationError) as caught:
            Race.model_validate({"name": "Riverside Run", "date": "2027-03-14", **given})

        (fault,) = caught.value.errors()
        assert str(fault["ctx"]["error"]) == says

    @pytest.mark.parametrize(
        ("prices", "says"),
        [
            (
                [{"price": "$5"}, {"price": "$9"}],
                'prices: "$5" has no until, so none may follow it',
            ),
            (
                [{"price": "$5", "until": "2027-02-01"}, {"price": "$9", "until": "2027-01-01"}],
                "prices: until 2027-01-01 must be after until 2027-02-01",
            ),
        ],
    )
    def test_prices_rise_in_the_order_of_their_days(
        self, prices: list[dict[str, str]], says: str
    ) -> None:
        """A price that could never hold is a mistake."""
        with pytest.raises(ValidationError) as caught:
            Registration.model_validate({"prices": prices})

        (fault,) = caught.value.errors()
        assert str(fault["ctx"]["error"]) == says

    def test_hours_may_not_end_before_they_begin(self) -> None:
        """Noon to seven in the morning is a slip."""
        with pytest.raises(ValidationError) as caught:
            PickupHours.model_validate({"date": "2027-03-13", "opens": "noon", "closes": "7:00"})

        (fault,) = caught.value.errors()
        assert str(fault["ctx"]["error"]) == "closes 7:00 is not after opens noon"

    def test_a_place_may_be_a_few_words(self) -> None:
        """Parking and bag check are words, or a place with a map, and parking may be several."""
        found = Race.model_validate(
            {
                "name": "Riverside Run",
                "date": "2027-03-14",
                "parking": ["School", {"place": "Garage", "text": "Free"}],
                "bag_check": "Depot",
            }
        )

        assert [spot.place for spot in found.parking] == ["School", "Garage"]
        assert found.bag_check == Spot(place="Depot")

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


class TestState:
    """The one thing that everybody must know of the race on a day."""

    @pytest.mark.parametrize(
        ("given", "day", "expected"),
        [
            ({}, "2027-01-31", "before"),
            ({}, "2027-02-01", "open"),
            ({}, "2027-03-02", "closed"),
            ({}, "2027-03-14", "day"),
            ({}, "2027-03-15", "over"),
            ({"status": "cancelled"}, "2027-02-10", "cancelled"),
            ({"status": "cancelled"}, "2027-03-20", "cancelled"),
            ({"status": "postponed"}, "2027-02-10", "postponed"),
            ({"status": "moved", "previous_dates": "2027-03-07"}, "2027-02-10", "open"),
        ],
    )
    def test_each_day_has_one(self, given: dict[str, Any], day: str, expected: str) -> None:
        """What became of the day comes before what the calendar says."""
        one = race(opens="2027-02-01", closes="2027-03-01").model_dump() | given

        assert state(Race.model_validate(one), date.fromisoformat(day)) == expected

    @pytest.mark.parametrize(
        ("day", "near"),
        [("2027-03-06", False), ("2027-03-07", True), ("2027-03-14", True), ("2027-03-15", False)],
    )
    def test_the_race_is_near_for_a_week(self, day: str, near: bool) -> None:  # noqa: FBT001
        """From seven days before it, and no longer when it is over."""
        assert is_near(race(), date.fromisoformat(day)) is near

    def test_a_race_that_is_off_is_never_near(self) -> None:
        """Nobody looks for parking then."""
        assert not is_near(race().model_copy(update={"status": "cancelled"}), RACE_DAY)

    def test_each_distance_has_the_price_of_the_day(self) -> None:
        """The first price of a distance holds until its day, that day included."""
        steps = [{"price": "$45", "until": "2027-01-31"}, {"price": "$55"}]
        one = race(prices=steps)

        before = [price.price for price in prices_on(one, date(2027, 1, 31))]
        after = [price.price for price in prices_on(one, date(2027, 2, 1))]

        assert (before, after) == (["$45"], ["$55"])


class TestChanges:
    """The days on which the site's words about the race change."""

    def test_each_change_is_told_in_words(self) -> None:
        """Opening, the day after closing, and the day after the race."""
        found = changes(race(opens="2027-02-01", closes="2027-03-01"))

        assert sorted(found) == [
            (date(2027, 2, 1), "registration opens"),
            (date(2027, 3, 2), "registration has closed"),
            (date(2027, 3, 7), "race day comes first on the home page"),
            (date(2027, 3, 14), "it is race day"),
            (date(2027, 3, 15), "the race is over"),
        ]

    def test_race_without_registration_is_over_the_day_after(self) -> None:
        """Days of a registration that has no link change nothing."""
        found = changes(race(link=None, opens="2027-02-01", closes="2027-03-01"))

        assert found == [
            (date(2027, 3, 7), "race day comes first on the home page"),
            (date(2027, 3, 14), "it is race day"),
            (date(2027, 3, 15), "the race is over"),
        ]

    def test_nothing_changes_by_itself_when_the_race_is_off(self) -> None:
        """Only the organiser knows what comes next."""
        assert changes(race().model_copy(update={"status": "postponed"})) == []

    @settings(deadline=None)
    @given(
        st.sampled_from([None, LINK]),
        st.none() | st.sampled_from(DAYS[1:12]),
        st.none() | st.sampled_from(DAYS[12:21]),
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
