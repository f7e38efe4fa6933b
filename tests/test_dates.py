"""How long ago a post was, on the day it is read."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

SCRIPT = Path(__file__).parents[1] / "theme" / "static" / "js" / "dates.js"
EXACT = "November 18, 2023"


def read(
    browser: Browser,
    day: str,
    now: str,
    *,
    language: str = "en-US",
    zone: str = "America/Chicago",
    script: bool = True,
) -> Page:
    """Open a page with one day on it at a moment, which is in the reader's own zone."""
    context = browser.new_context(timezone_id=zone)
    page = context.new_page()
    page.clock.set_fixed_time(datetime.fromisoformat(now))
    page.set_content(
        f'<html lang="{language}"><p><span data-ago="{day}" hidden></span> '
        f'<time datetime="{day}">{EXACT}</time></p></html>'
    )
    if script:
        page.add_script_tag(path=str(SCRIPT))
    return page


@pytest.mark.parametrize(
    ("day", "now", "says"),
    [
        ("2023-11-18", "2026-11-22T09:00-06:00", "3 years ago"),
        ("2023-11-18", "2026-11-17T09:00-06:00", "2 years ago"),
        ("2023-11-18", "2026-11-18T00:01-06:00", "3 years ago"),
        ("2026-11-22", "2026-11-22T23:59-06:00", "today"),
        ("2026-11-21", "2026-11-22T00:01-06:00", "yesterday"),
        ("2026-11-16", "2026-11-22T09:00-06:00", "6 days ago"),
        ("2026-11-15", "2026-11-22T09:00-06:00", "1 week ago"),
        ("2026-10-23", "2026-11-22T09:00-06:00", "4 weeks ago"),
        ("2026-10-22", "2026-11-22T09:00-06:00", "1 month ago"),
        ("2025-11-23", "2026-11-22T09:00-06:00", "11 months ago"),
        ("2025-11-22", "2026-11-22T09:00-06:00", "1 year ago"),
        ("2024-02-29", "2025-02-28T09:00-06:00", "11 months ago"),
        ("2026-03-07", "2026-03-09T09:00-05:00", "2 days ago"),
        ("2027-04-17", "2026-11-22T09:00-06:00", "in 4 months"),
        ("2026-11-23", "2026-11-22T09:00-06:00", "tomorrow"),
    ],
)
def test_days_are_counted_as_people_count_them(
    browser: Browser, day: str, now: str, says: str
) -> None:
    """By the calendar, also where a day has 23 hours; the exact date stays beside it."""
    page = read(browser, day, now)

    assert page.inner_text("p").split() == [*says.split(), *EXACT.split()]


def test_the_day_is_that_of_the_reader(browser: Browser) -> None:
    """On the evening of the 22nd in Chicago it is the 23rd in Tokyo already."""
    now = "2026-11-22T20:00-06:00"

    there = read(browser, "2026-11-22", now, zone="Asia/Tokyo").inner_text("span")
    here = read(browser, "2026-11-22", now).inner_text("span")

    assert (here, there) == ("today", "yesterday")


def test_without_script_there_is_the_exact_date(browser: Browser) -> None:
    """Nothing is empty, and nothing is wrong the year after."""
    page = read(browser, "2023-11-18", "2026-11-22T09:00-06:00", script=False)

    assert page.inner_text("p").strip() == EXACT


@pytest.mark.parametrize("language", ["en-GB", "zz-unknown", "not a language"])
def test_a_strange_language_breaks_nothing(browser: Browser, language: str) -> None:
    """The exact date is there whatever a browser makes of the language."""
    page = read(browser, "2023-11-18", "2026-11-22T09:00-06:00", language=language)

    assert page.inner_text("time") == EXACT


def test_what_is_no_date_stays_hidden(browser: Browser) -> None:
    """Better no words than "NaN years ago"."""
    page = read(browser, "soon", "2026-11-22T09:00-06:00")

    assert page.inner_text("p").strip() == EXACT
