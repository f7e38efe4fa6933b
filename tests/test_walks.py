"""The walks of readers and sponsors: on a phone, by keyboard, without styles or scripts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from milepost.preview.server import serving
from sites import SETTINGS, Built, build_site, post

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Route

pytestmark = pytest.mark.browser

RACE_WEEK = "2027-04-14"
FULL = {
    "pelicanconf.py": SETTINGS.replace(
        '"email":',
        '"form": {"provider": "formspree", "key": "xyzabcd"}, "phone": "417 555 0142", "email":',
    ).replace(
        '"place":',
        '"distances": [{"name": "10 km", "start": "8:00"}], "phone_race_day": "417 555 0199", '
        '"pickup": {"place": "Freight house", "map": "https://maps.example/freight", "hours": '
        '[{"date": "2027-04-16", "opens": "noon", "closes": "19:00"}]}, "parking": "School", '
        '"registration": {"link": "https://tickets.example/run"}, "place":',
    ),
    "content/notice.md": "---\nlevel: warning\n---\nStorms are likely. [Plan](/blog/the-course/)\n",
    "content/pages/privacy.md": "---\ntitle: Privacy\nslug: privacy\n---\nNothing is kept.\n",
    "sponsors.yaml": "tiers:\n  - {id: title, heading: Title Sponsors, benefits: {profile: yes}}\n"
    "sponsors:\n  - {name: Acme Running, tier: title, url: 'https://acme.example', since: 2019}\n",
}
"""A site with everything that the repository's own has not: a form, a notice, race week."""

PAGES = ("/", "/contact/", "/contact/thanks/", "/race-day/", "/sponsors/acme-running/")


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the site with everything, in race week."""
    built = build_site(tmp_path_factory.mktemp("full"), FULL, as_of=RACE_WEEK)
    assert built.code == 0, built.report
    with serving(built.output, 0) as url:
        yield url.rstrip("/")


@pytest.fixture(scope="module")
def ours(repository: Built) -> Iterator[str]:
    """Serve the repository's finished site."""
    with serving(repository.folder / "public", 0) as url:
        yield url.rstrip("/")


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    """Open a window as wide as the narrowest phone."""
    page = browser.new_page(viewport={"width": 320, "height": 640})
    yield page
    page.close()


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("path", [*PAGES, "/theme-examples/"])
def test_axe_finds_nothing_where_everything_is_there(
    browser: Browser, full: str, path: str, width: int
) -> None:
    """A form, a notice, race week, and the examples of every macro, by day and by night."""
    from axe_playwright_python.sync_playwright import Axe  # noqa: PLC0415 - needs Playwright

    page = browser.new_page(viewport={"width": width, "height": 800})
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text))
    page.goto(full + path)
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        results = Axe().run(page)
        assert results.response["violations"] == [], results.generate_report()

    assert complaints == []
    assert page.evaluate("document.documentElement.scrollWidth") == width
    page.close()


def test_pickup_is_two_taps_away(phone: Page, ours: str) -> None:
    """A runner on a phone finds where and when to get the packet."""
    phone.goto(f"{ours}/")

    phone.get_by_role("link", name="Race day").first.click()

    pickup = phone.get_by_role("heading", name="Packet pickup")
    pickup.scroll_into_view_if_needed()
    assert pickup.is_visible()
    assert "noon to 7:00 pm" in phone.inner_text("main")
    assert phone.get_by_role("link", name="(417) 555-0142").get_attribute("href") == (
        "tel:4175550142"
    )


def test_race_week_needs_no_tap(phone: Page, full: str) -> None:
    """From seven days before the race, the home page begins with it."""
    phone.goto(f"{full}/")

    headings = phone.locator("main :is(h2, h3)").all_inner_texts()

    assert headings[:3] == ["Race day", "Start", "Packet pickup"]


def test_sign_up_is_on_the_first_screen(browser: Browser, repository: Built, ours: str) -> None:
    """Name, day, place, button, distances: before anybody scrolls, on a phone and on a desk."""
    del repository
    for width, height in ((320, 640), (1280, 800)):
        page = browser.new_page(viewport={"width": width, "height": height})
        page.goto(f"{ours}/")
        facts = ("The Milepost Run", "Saturday, April 17, 2027", "Depot Square", "Register")
        for words in (*facts, "Half marathon", "10 km", "Kids' mile"):
            box = page.locator(".start").get_by_text(words).first.bounding_box()
            assert box is not None
            assert box["y"] + box["height"] <= height, words
        page.close()


def test_contact_is_reached_by_keyboard_alone(browser: Browser, full: str) -> None:
    """Every stop on the way shows where one is."""
    page = browser.new_page()
    page.goto(f"{full}/")
    for _ in range(30):
        page.keyboard.press("Tab")
        focused = page.evaluate(
            """() => {
                const style = getComputedStyle(document.activeElement);
                const width = parseFloat(style.outlineWidth);
                return [document.activeElement.textContent, style.outlineStyle, width];
            }"""
        )
        assert focused[1] == "solid", focused
        assert focused[2] >= 2, focused
        if focused[0] == "Contact":
            break
    page.keyboard.press("Enter")
    page.wait_for_url("**/contact/")

    assert page.get_by_role("heading", level=1).inner_text() == "Contact"
    page.close()


def test_the_form_is_filled_in_by_keyboard(browser: Browser, full: str) -> None:
    """Tab goes from field to field, past the one for robots, and the message is sent."""
    page = browser.new_page()
    sent: list[str] = []

    def answer(route: Route) -> None:
        sent.append(route.request.post_data or "")
        route.fulfill(body="ok")

    page.route("https://formspree.io/**", answer)
    page.goto(f"{full}/contact/")
    page.get_by_label("Your name").focus()
    page.keyboard.type("Walt")
    page.keyboard.press("Tab")
    page.keyboard.type("walt@club.example")
    page.keyboard.press("Tab")
    page.keyboard.type("Is there parking?")
    page.keyboard.press("Tab")

    page.keyboard.press("Enter")
    page.wait_for_url("https://formspree.io/**")

    assert "walt%40club.example" in sent[0]
    assert "_gotcha=&" in f"{sent[0]}&"
    page.close()


def test_the_wall_can_be_skipped(browser: Browser, ours: str) -> None:
    """Who has met the 31 names before goes on behind them."""
    page = browser.new_page()
    page.goto(f"{ours}/blog/glute-training-basics/")
    page.get_by_role("link", name="Skip the sponsors").focus()

    page.keyboard.press("Enter")
    page.keyboard.press("Tab")

    assert page.evaluate("document.activeElement.textContent") == "Contact us"
    page.close()


def test_a_sponsor_finds_its_name_and_page(phone: Page, full: str) -> None:
    """From any page: the wall, the name, and the page of its own."""
    phone.goto(f"{full}/blog/the-course/")
    assert phone.locator("[data-wall] [data-mark='acme-running']").is_visible()

    phone.get_by_role("link", name="Sponsors", exact=True).first.click()
    phone.get_by_role("link", name="More about Acme Running").click()

    assert phone.get_by_role("heading", level=1).inner_text() == "Acme Running"
    assert "With the race since 2019" in phone.inner_text("main")


@pytest.mark.parametrize("path", [*PAGES, "/blog/the-course/"])
def test_pages_read_well_without_styles_and_scripts(browser: Browser, full: str, path: str) -> None:
    """From top to bottom: notice, name, menu, the page itself, sponsors, the foot."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.route("**/*.css", lambda route: route.abort())
    page.goto(full + path)

    text = page.inner_text("body")
    parts = ["aside", "header", "main", "footer"]
    places = [text.index(page.locator(f"body > {part}").inner_text().strip()) for part in parts]

    assert text.startswith("Skip to content")
    assert places == sorted(places)
    assert page.inner_text("aside").split()[0] == "Important"
    assert page.get_by_text("years ago").count() == 0
    context.close()


def test_long_words_stay_on_the_page(tmp_path: Path, browser: Browser) -> None:
    """Nothing that people write is wider than the narrowest phone."""
    word = "Donaudampfschifffahrtsgesellschaftskapitaen"
    race = f'"distances": [{{"name": "{word}", "start": "8:00"}}], "place": "{2 * word}",'
    files = {
        "pelicanconf.py": SETTINGS.replace('"place": "Riverside Park"', race.rstrip(",")),
        "content/posts/long.md": post(title=word, author=word, category=word, tags=f"[{word}]"),
        "content/notice.md": f"{word}\n",
        "sponsors.yaml": f"sponsors:\n  - {{name: {word}, tier: title}}\n",
    }
    built = build_site(tmp_path, files, as_of="2027-04-12")
    assert built.code == 0, built.report
    page = browser.new_page(viewport={"width": 320, "height": 640})

    with serving(built.output, 0) as url:
        for path in ("/", "/blog/", f"/blog/{word.lower()}/", "/race-day/", "/blog/archive/"):
            page.goto(url.rstrip("/") + path)
            assert page.evaluate("document.documentElement.scrollWidth") == 320, path
    page.close()


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_race_day_prints_on_one_sheet(browser: Browser, ours: str, paper: str) -> None:
    """The page goes into a pocket or onto the club's door."""
    page = browser.new_page()
    page.goto(f"{ours}/race-day/")

    sheets = re.findall(rb"/Type\s*/Page\b", page.pdf(format=paper))

    assert len(sheets) == 1
    page.close()


def test_a_printed_post_has_nothing_to_press(browser: Browser, ours: str) -> None:
    """No menu, no button, links written out, and the sponsors at the end."""
    page = browser.new_page()
    page.emulate_media(media="print")
    page.goto(f"{ours}/blog/if-the-weather-turns/")

    hidden = [".nav", ".foot__nav", ".asking", ".reading", ".onward"]
    assert not any(page.locator(part).first.is_visible() for part in hidden)
    assert page.locator(".wall").is_visible()
    assert page.locator(".foot__address").inner_text().endswith("/blog/if-the-weather-turns/")
    written = "getComputedStyle(document.querySelector('.prose a[href]'), '::after').content"
    assert "/" in page.evaluate(written)
    page.close()


def test_nothing_moves_for_who_wants_rest(browser: Browser, ours: str) -> None:
    """Under reduced motion, and without it, no page has an animation or a transition."""
    page = browser.new_page(reduced_motion="reduce")
    page.goto(f"{ours}/")

    moving = page.evaluate("document.getAnimations().length")

    assert moving == 0
    page.close()
