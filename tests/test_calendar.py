"""Who is shown on a day, and the days on which that changes."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from milepost.roster.calendar import changes, crowded, is_shown, overlap, shown
from milepost.roster.sponsor import Sponsor

FIRST = date(2027, 1, 1)
DAYS = [FIRST + timedelta(days=number) for number in range(30)]
ONE_DAY = timedelta(days=1)


def sponsor(name: str = "Acme", **given: Any) -> Sponsor:
    """Return a sponsor: confirmed and for all days, unless told."""
    values = {"id": name.lower(), "name": name, "tier": "title", "line": 1}
    return Sponsor.model_validate(values | given)


def term(first: int | None, last: int | None) -> dict[str, Any]:
    """Return a term in days of January; None is an open end."""
    return {
        "from": date(2027, 1, first) if first else None,
        "until": date(2027, 1, last) if last else None,
    }


@st.composite
def some_sponsor(draw: st.DrawFn) -> Sponsor:
    """Draw a sponsor of any status, whose term lies inside DAYS or is open."""
    first = draw(st.none() | st.integers(2, 28))
    last = draw(st.none() | st.integers(first or 2, 28))
    status = draw(st.sampled_from(["confirmed", "confirmed", "pending", "removed"]))
    line = draw(st.integers(1, 10**6))
    return sponsor(**term(first, last), status=status, line=line)


some_sponsors = st.lists(some_sponsor(), max_size=6, unique_by=lambda one: one.line)


class TestShown:
    """A sponsor shows on the days of its term, if it is confirmed."""

    @pytest.mark.parametrize(
        ("first", "last", "day", "expected"),
        [
            (10, 20, 9, False),
            (10, 20, 10, True),
            (10, 20, 20, True),
            (10, 20, 21, False),
            (10, 10, 10, True),
            (None, 20, 1, True),
            (None, 20, 21, False),
            (10, None, 9, False),
            (10, None, 31, True),
            (None, None, 1, True),
        ],
    )
    def test_both_days_of_a_term_are_included(
        self, first: int | None, last: int | None, day: int, *, expected: bool
    ) -> None:
        """A sponsor shows from the morning of `from` to the evening of `until`."""
        one = sponsor(**term(first, last))

        assert is_shown(one, date(2027, 1, day)) is expected

    @pytest.mark.parametrize("day", [date.min, date.max])
    def test_open_ends_have_no_end(self, day: date) -> None:
        """A sponsor without days shows on the first and on the last day there is."""
        assert is_shown(sponsor(), day)

    @pytest.mark.parametrize("status", ["pending", "removed"])
    def test_only_confirmed_sponsors_show(self, status: str) -> None:
        """Who is pending or removed shows on no day."""
        one = sponsor(status=status, **term(10, 20))

        assert not any(is_shown(one, day) for day in DAYS)

    @settings(deadline=None)
    @given(some_sponsor())
    def test_sponsor_shows_on_exactly_its_days(self, one: Sponsor) -> None:
        """The days a sponsor shows on are those from `from` to `until`, none before or after."""
        first, last = one.from_ or DAYS[0], one.until or DAYS[-1]
        promised = [first + timedelta(days=number) for number in range((last - first).days + 1)]

        days = [day for day in DAYS if is_shown(one, day)]

        assert days == (promised if one.status == "confirmed" else [])

    def test_order_is_kept(self) -> None:
        """Who shows stands in the order in which the list has them."""
        names = ["Cup", "Acme", "Bank"]
        sponsors = [sponsor(name) for name in names]

        assert [one.name for one in shown(sponsors, FIRST)] == names


class TestOverlap:
    """The first day on which two sponsors are both public."""

    @pytest.mark.parametrize(
        ("one", "other", "day"),
        [
            ((1, 10), (10, 20), 10),
            ((1, 10), (11, 20), None),
            ((11, 20), (1, 10), None),
            ((5, 6), (1, 20), 5),
            ((None, 10), (4, None), 4),
        ],
    )
    def test_terms_meet_on_their_first_common_day(
        self, one: tuple[int, int], other: tuple[int, int], day: int | None
    ) -> None:
        """Terms that touch on one day meet; a successor on the day after does not."""
        found = overlap(sponsor("Acme", **term(*one)), sponsor("Bank", **term(*other)))

        assert found == (date(2027, 1, day) if day else None)

    @pytest.mark.parametrize("status", ["pending", "removed"])
    def test_who_is_not_public_meets_nobody(self, status: str) -> None:
        """Pending and removed sponsors are never on a page beside another."""
        assert overlap(sponsor("Acme"), sponsor("Bank", status=status)) is None

    @settings(deadline=None)
    @given(some_sponsor(), some_sponsor())
    def test_overlap_is_the_first_day_that_shows_both(self, one: Sponsor, other: Sponsor) -> None:
        """Whether two meet, and when, is what a look at every day finds."""
        both = [day for day in DAYS if is_shown(one, day) and is_shown(other, day)]

        found = overlap(one, other)

        assert (max(found, DAYS[0]) if found else None) == (both[0] if both else None)


class TestCrowded:
    """The first day with more sponsors than a limit."""

    @settings(deadline=None)
    @given(some_sponsors, st.integers(1, 4))
    def test_crowded_is_the_first_day_above_the_limit(
        self, sponsors: list[Sponsor], limit: int
    ) -> None:
        """Counting on every day finds the same first day."""
        full = [day for day in DAYS if len(shown(sponsors, day)) > limit]

        found = crowded(sponsors, limit)

        assert (max(found, DAYS[0]) if found else None) == (full[0] if full else None)


class TestChanges:
    """The days on which something about sponsors changes."""

    def test_joining_and_leaving_are_told_by_name(self) -> None:
        """A sponsor joins on its first day and leaves on the day after its last."""
        found = changes([sponsor(**term(10, 20))])

        assert found == [(date(2027, 1, 10), "Acme joins"), (date(2027, 1, 21), "Acme leaves")]

    @pytest.mark.parametrize(
        ("name", "told"), [("Acme Two", "Acme becomes Acme Two"), ("Acme", "Acme changes")]
    )
    def test_another_name_or_tier_is_no_coming_and_going(self, name: str, told: str) -> None:
        """Two entries of one sponsor that meet over night are told as one change."""
        one, other = sponsor(**term(10, 20)), sponsor(name, id="acme", **term(21, None))

        assert changes([other, one]) == [
            (date(2027, 1, 10), "Acme joins"),
            (date(2027, 1, 21), told),
        ]

    def test_a_gap_is_a_coming_and_going(self) -> None:
        """Who is away for a day has left."""
        found = changes([sponsor(**term(None, 20)), sponsor(**term(22, None))])

        assert [what for _, what in found] == ["Acme leaves", "Acme joins"]

    def test_perk_ends_on_the_day_after_its_last(self) -> None:
        """The last day of a perk is included too."""
        found = changes([sponsor(perk={"text": "10 % off", "until": "2027-01-31"})])

        assert found == [(date(2027, 2, 1), "the perk of Acme ends")]

    def test_last_day_of_the_calendar_has_no_day_after(self) -> None:
        """A term that ends with the calendar does not end."""
        assert changes([sponsor(until=date.max)]) == []

    @settings(deadline=None)
    @given(some_sponsors)
    def test_changes_are_the_days_that_show_others(self, sponsors: list[Sponsor]) -> None:
        """Exactly on these days the page shows other sponsors than the day before."""
        differ = {day for day in DAYS[1:] if shown(sponsors, day) != shown(sponsors, day - ONE_DAY)}

        assert {day for day, _ in changes(sponsors)} == differ


class TestPerks:
    """A perk that ends before its sponsor's term changes the site once more."""

    @pytest.mark.parametrize(
        ("perk_until", "expected"),
        [
            ("2027-01-15", [(date(2027, 1, 16), "the perk of Acme ends")]),
            ("2027-01-20", []),
            ("2027-01-25", []),
        ],
    )
    def test_a_perk_ends_with_its_sponsor_at_the_latest(
        self, perk_until: str, expected: list[tuple[date, str]]
    ) -> None:
        """No build is asked for when nothing on the page changes any more."""
        one = sponsor(**term(None, 20), perk={"text": "10 % off", "until": perk_until})

        found = [change for change in changes([one]) if "perk" in change[1]]

        assert found == expected
