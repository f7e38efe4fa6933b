"""What Pelican's generators group, without looking every post up in every list."""

from __future__ import annotations

from datetime import datetime
from types import SimpleNamespace
from typing import Any, Final

from hypothesis import given
from hypothesis import strategies as st
from pelican.generators import ArticlesGenerator

from milepost.engine.generators import PostsGenerator

SETTINGS: Final = {
    f"{period}_ARCHIVE_{what}": f"{{date:%Y/%m/%d}}/{what}"
    for period in ("YEAR", "MONTH", "DAY")
    for what in ("SAVE_AS", "URL")
}
moments = st.datetimes(min_value=datetime(2026, 1, 1), max_value=datetime(2027, 3, 1))  # noqa: DTZ001


def grouped(kind: Any, articles: list[Any]) -> Any:
    """Return the periods of some posts as a class of generators groups them."""
    ordered = sorted(articles, key=lambda one: one.date, reverse=True)
    return kind._build_period_archives(kind.__new__(kind), ordered, articles, SETTINGS)


@given(st.lists(moments, max_size=20))
def test_periods_are_those_of_pelican(dates: list[datetime]) -> None:
    """The same periods, in the same order, with the same posts in the same order."""
    articles = [SimpleNamespace(date=date) for date in dates]

    assert grouped(PostsGenerator, articles) == grouped(ArticlesGenerator, articles)
