"""Every kind of page in a real browser, on a phone and on a desk."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from milepost.preview.server import serving
from sites import Built

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

pytestmark = pytest.mark.browser

KINDS = {
    "home": "/",
    "blog": "/blog/",
    "second page of the blog": "/blog/page/2/",
    "post": "/blog/glute-training-basics/",
    "post with a table": "/blog/packet-pickup/",
    "post with pictures": "/blog/half-marathon-course-guide/",
    "topic": "/blog/topics/training/",
    "tag": "/blog/tags/strength/",
    "author": "/blog/authors/ruth-amsel/",
    "archive": "/blog/archive/",
    "year": "/blog/archive/2026/",
    "own page": "/strength-and-mechanics/",
    "race day": "/race-day/",
    "privacy": "/privacy/",
    "sponsors": "/sponsors/",
    "profile": "/sponsors/jvm/",
    "contact": "/contact/",
    "missing page": "/404.html",
}
WIDTHS = (320, 1280)


@pytest.fixture(scope="module")
def address(repository: Built) -> Iterator[str]:
    """Serve the repository's finished site."""
    with serving(repository.folder / "public", 0) as url:
        yield url.rstrip("/")


@pytest.fixture(scope="module", params=WIDTHS)
def context(request: pytest.FixtureRequest, browser: Browser) -> Iterator[BrowserContext]:
    """Open a window of one width, in pixels."""
    opened = browser.new_context(viewport={"width": request.param, "height": 800})
    yield opened
    opened.close()


@pytest.fixture(scope="module", params=KINDS)
def visit(
    request: pytest.FixtureRequest, context: BrowserContext, address: str
) -> Iterator[tuple[Page, list[str], list[str]]]:
    """Open one kind of page; give it with its console's errors and its requests."""
    page = context.new_page()
    errors: list[str] = []
    requests: list[str] = []
    page.on("console", lambda said: errors.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("request", lambda made: requests.append(made.url))
    page.goto(address + KINDS[request.param])
    yield page, errors, requests
    page.close()


def test_axe_finds_nothing(visit: tuple[Page, list[str], list[str]]) -> None:
    """No rule of axe is broken, by light or by dark."""
    from axe_playwright_python.sync_playwright import Axe  # noqa: PLC0415 - needs Playwright

    page = visit[0]
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)

        results = Axe().run(page)

        assert results.response["violations"] == [], results.generate_report()


def test_the_console_has_no_error(visit: tuple[Page, list[str], list[str]]) -> None:
    """A browser has nothing to complain about."""
    assert visit[1] == []


def test_the_page_does_not_scroll_sideways(visit: tuple[Page, list[str], list[str]]) -> None:
    """Everything fits the width of the window, or scrolls in a box of its own."""
    script = "document.documentElement.scrollWidth - document.documentElement.clientWidth"

    assert visit[0].evaluate(script) == 0


def test_no_other_host_is_asked(visit: tuple[Page, list[str], list[str]], address: str) -> None:
    """A reader's browser talks to the race's site alone."""
    hosts = {urlsplit(url).netloc for url in visit[2]}

    assert hosts == {urlsplit(address).netloc}


def test_the_keyboard_reaches_the_content_first(browser: Browser, address: str) -> None:
    """The first press of Tab finds the link that skips to the content."""
    page = browser.new_page()
    page.goto(f"{address}/blog/glute-training-basics/")

    page.keyboard.press("Tab")

    target = page.evaluate("document.activeElement.getAttribute('href')")
    assert target == "#content"
    page.close()


def test_a_post_reads_in_the_promised_order(browser: Browser, address: str) -> None:
    """On a phone a post goes: title, date, text, button, back, wall, questions."""
    page = browser.new_page(viewport={"width": 320, "height": 800})
    page.goto(f"{address}/blog/glute-training-basics/")
    places = [
        page.get_by_role("heading", level=1),
        page.locator("main time").first,
        page.get_by_text("where are you sore the next day"),
        page.get_by_role("link", name="Get your free copy"),
        page.get_by_role("link", name="Back to blog"),
        page.get_by_text("Title Sponsors"),
        page.locator("[data-mark='mets']"),
        page.get_by_text("Still have questions?"),
        page.get_by_role("link", name="Contact us"),
    ]

    heights = [(place.bounding_box() or {"y": -1})["y"] for place in places]

    assert heights == sorted(heights)
    assert -1 not in heights
    page.close()


def test_names_of_one_tier_share_one_size(browser: Browser, address: str) -> None:
    """Every name of a tier has one font size, and the title tier's is the larger one."""
    page = browser.new_page(viewport={"width": 320, "height": 800})
    page.goto(f"{address}/")
    script = """
        [...document.querySelectorAll('.wall__group')].map(group => [...new Set(
            [...group.querySelectorAll('[data-mark] .mark__name')].map(
                name => parseFloat(getComputedStyle(name).fontSize)))])
    """

    title, supporters = page.evaluate(script)

    assert len(title) == len(supporters) == 1
    assert title[0] > supporters[0]
    page.close()
