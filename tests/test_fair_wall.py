"""Whether a wall is fair, in the rendered page of a real browser, with logos that make it hard."""

from __future__ import annotations

import io
import statistics
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pytest
from PIL import Image, ImageChops

from hostile_logos import LOGOS, THIN, sponsors
from milepost.preview.server import serving
from sites import SETTINGS, build_site

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

pytestmark = pytest.mark.browser

TIERS = ("title", "gold", "local")
WIDTHS = (320, 768, 1280)
SHARP = 2
"""Pixels of the screen for one CSS pixel."""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve a site whose three tiers have the same hard logos each."""
    files = {f"content/logos/{name}": data for name, data in LOGOS.items()}
    settings = SETTINGS + 'CHECKS = {"one-link": "off"}\n'
    folder = tmp_path_factory.mktemp("wall")
    built = build_site(
        folder, {**files, "sponsors.yaml": sponsors(*TIERS), "pelicanconf.py": settings}
    )
    assert built.code == 0, built.report
    with serving(built.output, 0) as url:
        yield url


@pytest.fixture(scope="module")
def near(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve a site whose tiers are almost of one size, and whose logos go to both ends of scale."""
    entries = [
        f"  - {{name: {tier}{at}, tier: {tier}, logo: {name}, scale: {(0.8, 1.25)[at % 2]}}}\n"
        for tier in TIERS
        for at, name in enumerate(LOGOS)
    ]
    sizes = "".join(f"  - {{id: {tier}, size: {3 - at / 8}}}\n" for at, tier in enumerate(TIERS))
    files = {f"content/logos/{name}": data for name, data in LOGOS.items()}
    built = build_site(
        tmp_path_factory.mktemp("near"),
        {
            **files,
            "sponsors.yaml": f"tiers:\n{sizes}sponsors:\n{''.join(entries)}",
            "pelicanconf.py": SETTINGS + 'CHECKS = {"one-link": "off"}\n',
        },
    )
    assert built.code == 0, built.report
    with serving(built.output, 0) as url:
        yield url


@pytest.fixture(scope="module", params=WIDTHS)
def wall(request: pytest.FixtureRequest, browser: Browser, address: str) -> Iterator[Page]:
    """Open the home page in a window of one width."""
    context = browser.new_context(
        viewport={"width": request.param, "height": 900}, device_scale_factor=SHARP
    )
    page = context.new_page()
    page.goto(address)
    page.evaluate("for (const image of document.images) image.loading = 'eager'")
    page.evaluate("Promise.all([...document.images].map(image => image.decode()))")
    yield page
    context.close()


def weight(element: Locator) -> float:
    """Measure an element as it is drawn: area of its ink's box times the root of its cover."""
    drawn = Image.open(io.BytesIO(element.screenshot())).convert("RGB")
    ground = Image.new("RGB", drawn.size, drawn.getpixel((0, 0)))
    paper = Image.new("RGB", drawn.size, (245, 246, 247))
    red, green, blue = ImageChops.difference(drawn, paper).split()
    ink = ImageChops.lighter(ImageChops.lighter(red, green), blue)
    del ground
    box = ink.point(lambda value: 255 if value > 24 else 0).getbbox()
    assert box is not None
    area = (box[2] - box[0]) * (box[3] - box[1]) / SHARP**2
    inked = sum(value * number for value, number in enumerate(ink.crop(box).histogram()))
    cover = inked / 255 / (area * SHARP**2)
    return float(area * cover**0.5)


def of_tier(page: Page, tier: str, part: str) -> list[Locator]:
    """Return the logos or names of a tier."""
    number = TIERS.index(tier) + 1
    return page.locator(f".wall__group--{number} {part}").all()


def logos(page: Page, tier: str) -> list[float]:
    """Return what the logos of a tier weigh, in square CSS pixels."""
    return [weight(logo) for logo in of_tier(page, tier, ".mark__logo img")]


@pytest.mark.parametrize("tier", TIERS)
def test_logos_of_a_tier_weigh_the_same(wall: Page, tier: str) -> None:
    """A wordmark, a disc, a hairline, a square, a shield, pixels: within a tenth of each other."""
    found = logos(wall, tier)

    middle = statistics.median(found)
    assert len(found) == len(LOGOS)
    assert max(found) <= 1.05 * middle
    assert min(found) >= 0.95 * middle


def test_every_logo_outweighs_every_one_of_a_lower_tier(wall: Page) -> None:
    """The lightest of a tier is heavier than the heaviest of the next."""
    found = [logos(wall, tier) for tier in TIERS]

    assert all(min(above) > max(below) for above, below in pairwise(found))


@pytest.fixture(scope="module", params=["title", "gold"])
def thin(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve a site of which one tier has nothing but thin logos, the others squares."""
    entries = "".join(
        f"  - {{name: {name[:4]} {tier}, tier: {tier}, logo: {name}}}\n"
        for tier in TIERS
        for name in (THIN if tier == request.param else ["square.svg"])
    )
    sizes = "".join(f"  - {{id: {tier}, size: {4 - at}}}\n" for at, tier in enumerate(TIERS))
    logos = {**THIN, "square.svg": LOGOS["square.svg"]}
    built = build_site(
        tmp_path_factory.mktemp("thin"),
        {
            **{f"content/logos/{name}": data for name, data in logos.items()},
            "sponsors.yaml": f"tiers:\n{sizes}sponsors:\n{entries}",
            "pelicanconf.py": SETTINGS + 'CHECKS = {"one-link": "off"}\n',
        },
    )
    assert built.code == 0, built.report
    with serving(built.output, 0) as url:
        yield url


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
def test_no_thin_logo_gives_way_alone(
    thin: str, browser: Browser, width: int, scheme: Literal["light", "dark"]
) -> None:
    """Every logo is drawn at the wall's scale, by day and at night: so none loses its weight."""
    page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page.goto(thin)
    scale = page.evaluate(
        "parseFloat(getComputedStyle(document.querySelector('.wall')).getPropertyValue('--scale'))"
    )
    for logo in page.locator(".wall img").all():
        drawn = logo.evaluate("image => image.getBoundingClientRect().width")
        natural = float(logo.get_attribute("width") or 0)
        assert drawn == pytest.approx(natural * scale, abs=0.7)
    page.close()


@pytest.mark.parametrize("width", WIDTHS)
def test_no_scale_brings_a_logo_past_the_next_tier(near: str, browser: Browser, width: int) -> None:
    """Tiers are almost of one size, half of the logos as light and half as heavy as can be."""
    page = browser.new_page(viewport={"width": width, "height": 900}, device_scale_factor=SHARP)
    page.goto(near)
    page.evaluate("for (const image of document.images) image.loading = 'eager'")
    page.evaluate("Promise.all([...document.images].map(image => image.decode()))")

    found = [logos(page, tier) for tier in TIERS]

    assert all(min(above) > max(below) for above, below in pairwise(found))
    page.close()


def test_names_of_a_tier_share_one_size_that_falls(wall: Page) -> None:
    """However long the name is."""
    sizes = [
        {
            name.evaluate("name => parseFloat(getComputedStyle(name).fontSize)")
            for name in of_tier(wall, tier, ".mark__name")
        }
        for tier in TIERS
    ]

    assert all(len(of_tier_) == 1 for of_tier_ in sizes)
    heights = [size for (size,) in sizes]
    assert all(above > below for above, below in pairwise(heights))


NAMES = ("Mets", "US Bank", "Crossland Construction", "Great Plains Financial Credit Union", "YMCA")


def test_the_median_name_weighs_what_a_logo_does(tmp_path: Path, browser: Browser) -> None:
    """In a tier of names and logos neither is the louder kind."""
    entries = "".join(f"  - {{name: {name}, tier: title}}\n" for name in NAMES)
    logo = "  - {id: disc, name: Disc, tier: title, logo: disc.svg}\n"
    files = {"sponsors.yaml": f"sponsors:\n{entries}{logo}"}
    built = build_site(tmp_path, {**files, "content/logos/disc.svg": LOGOS["disc.svg"]})
    assert built.code == 0, built.report
    context = browser.new_context(
        viewport={"width": 1280, "height": 900}, device_scale_factor=SHARP
    )
    page = context.new_page()

    with serving(built.output, 0) as url:
        page.goto(url)
        page.evaluate("document.fonts.ready")
        names = [weight(name) for name in page.locator(".wall .mark__name").all()]
        (disc,) = [weight(image) for image in page.locator(".wall img").all()]

    assert statistics.median(names) == pytest.approx(disc, rel=0.12)
    context.close()


def test_nothing_leaves_the_page(wall: Page) -> None:
    """A wordmark ten times as wide as it is high fits a phone, too."""
    width = wall.viewport_size["width"] if wall.viewport_size else 0

    assert wall.evaluate("document.documentElement.scrollWidth") == width
