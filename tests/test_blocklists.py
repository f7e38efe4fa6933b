"""This repository's own site with the lists of real ad blockers, in a real browser."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import urljoin

import pytest

from conftest import ROOT
from milepost.checks.blockers import read_list
from milepost.facts import PageFacts, read_facts
from milepost.preview.server import serving
from sites import Built, tree
from test_browser import KINDS

if TYPE_CHECKING:
    from braveblock import Adblocker
    from playwright.sync_api import Browser, Page

SITE = "https://race.example"
FOLDER = ROOT.parent / "shared" / "blocklists"
LISTS = ("easylist-generic.txt", "annoyances-generic.txt")
BUNDLED = "bundled with braveblock"
REQUESTS = ("image", "stylesheet", "script", "font", "media", "xmlhttprequest", "other")
CHUNK = 200
"""Selectors that a browser is asked for at once; when one of them is none, each alone."""

HIDDEN = """
    chunks => {
        const found = [];
        const ask = selector => {
            for (const element of document.querySelectorAll(selector)) {
                if (document.body.contains(element)) {
                    found.push([selector, element.cloneNode(false).outerHTML]);
                }
            }
        };
        for (const chunk of chunks) {
            try {
                if (!document.querySelector(chunk.join(', '))) continue;
            } catch {}
            for (const selector of chunk) {
                try { ask(selector); } catch {}
            }
        }
        return found;
    }
"""


def rules_of(name: str) -> list[str]:
    """Return the lines of a list that are rules; skip the test where there is no such list."""
    path = FOLDER / name
    if not path.is_file():
        pytest.skip(f"there is no list at ../shared/blocklists/{name}")
    lines = path.read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith(("!", "["))]


def selectors_of(name: str) -> list[str]:
    """Return the selectors of the rules that hide elements on every site."""
    return [rule.removeprefix("##") for rule in rules_of(name) if rule.startswith("##")]


def network_rules(name: str) -> list[str]:
    """Return the rules that block addresses."""
    return [rule for rule in rules_of(name) if not rule.startswith("##")]


def hidden(page: Page, selectors: list[str]) -> list[list[str]]:
    """Return (selector, element) for what these selectors find in the body of a page."""
    chunks = [selectors[at : at + CHUNK] for at in range(0, len(selectors), CHUNK)]
    found: list[list[str]] = page.evaluate(HIDDEN, chunks)
    return found


@pytest.fixture(scope="module")
def pages(repository: Built) -> dict[str, PageFacts]:
    """What every page of the published site says of itself."""
    return {
        name: read_facts(name, data)
        for name, data in tree(repository.folder / "public").items()
        if name.endswith(".html")
    }


@pytest.fixture(scope="module", params=[*LISTS, BUNDLED])
def blocker(request: pytest.FixtureRequest) -> Adblocker:
    """Return Brave's engine with the rules of one list, or with those that it brings along."""
    from braveblock import Adblocker  # noqa: PLC0415 - a large library, for two tests

    if request.param == BUNDLED:
        return Adblocker()
    rules = network_rules(request.param)
    return Adblocker(rules=rules, include_easylist=False, include_easyprivacy=False)


@pytest.fixture(scope="module")
def address(repository: Built) -> Iterator[str]:
    """Serve the repository's finished site."""
    with serving(repository.folder / "public", 0) as url:
        yield url.rstrip("/")


def test_no_request_of_ours_is_blocked(blocker: Adblocker, pages: dict[str, PageFacts]) -> None:
    """Whatever a page loads is loaded, in whatever way a browser asks for it."""
    loads = {urljoin(SITE, load) for page in pages.values() for load in page.loads}
    blocked = [
        (url, kind)
        for url in sorted(loads)
        for kind in REQUESTS
        if blocker.check_network_urls(url=url, source_url=f"{SITE}/", request_type=kind)
    ]

    assert {url.rpartition(".")[2] for url in loads} >= {"css", "js", "svg"}
    assert blocked == []


def test_no_page_of_ours_is_blocked(blocker: Adblocker, pages: dict[str, PageFacts]) -> None:
    """Every page can be opened, framed and fetched, the sponsors' own ones included."""
    urls = [f"{SITE}/{name.removesuffix('index.html')}" for name in pages]
    blocked = [
        (url, kind)
        for url in urls
        for kind in ("document", "subdocument", "xmlhttprequest")
        if blocker.check_network_urls(url=url, source_url=f"{SITE}/", request_type=kind)
    ]

    assert f"{SITE}/sponsors/jvm/" in urls
    assert blocked == []


@pytest.mark.parametrize("name", LISTS)
def test_lists_are_read_as_the_engine_reads_them(name: str) -> None:
    """An address made of a rule is blocked for us when it is for Brave's engine, and only then."""
    from braveblock import Adblocker  # noqa: PLC0415 - a large library, for a few tests

    rules = network_rules(name)
    engine = Adblocker(rules=rules, include_easylist=False, include_easyprivacy=False)
    ours = read_list("\n".join(rules), "race.example")
    made = {rule.split("$")[0].replace("*", "x").replace("^", "/") for rule in rules[::10]}
    urls = [
        url
        for part in sorted(made)
        if part.startswith("/")
        for url in (f"{SITE}{part}", f"{SITE}{part}a/b.png", f"{SITE}/blog{part}.js")
    ]

    differing = [
        (url, kind)
        for url in urls
        for kind in REQUESTS
        if (ours.blocked(url, kind) is not None)
        != engine.check_network_urls(url=url, source_url=f"{SITE}/", request_type=kind)
    ]

    assert len(urls) > 200
    assert differing == []


def test_the_engine_does_block(blocker: Adblocker) -> None:
    """A list that blocks nothing at all would prove nothing."""
    url = f"{SITE}/media/sponsor-ad.png?/newsletter-popup."

    assert blocker.check_network_urls(url=url, source_url=f"{SITE}/", request_type="image") or (
        blocker.check_network_urls(
            url=f"{SITE}/img/newsletter/x.png", source_url=f"{SITE}/", request_type="image"
        )
    )


@pytest.mark.browser
def test_nothing_that_a_browser_loads_is_blocked(
    blocker: Adblocker, browser: Browser, address: str
) -> None:
    """On every kind of page, fonts and pictures of stylesheets included."""
    made: set[tuple[str, str]] = set()
    page = browser.new_page()
    page.on("request", lambda request: made.add((request.url, request.resource_type)))
    for place in KINDS.values():
        page.goto(address + place)
        # Pictures further down would wait for a reader who scrolls.
        page.evaluate("for (const image of document.images) image.loading = 'eager'")
        page.wait_for_load_state("networkidle")
    page.close()
    blocked = [
        (url, kind)
        for url, kind in sorted(made)
        if blocker.check_network_urls(
            url=url.replace(address, SITE), source_url=f"{SITE}/", request_type=kind
        )
    ]

    assert {kind for _, kind in made} >= {"document", "stylesheet", "font", "image", "script"}
    assert blocked == []


@pytest.mark.browser
@pytest.mark.parametrize("name", LISTS)
def test_no_element_of_ours_is_hidden(name: str, request: pytest.FixtureRequest) -> None:
    """On every kind of page, no rule finds anything in the body."""
    selectors = selectors_of(name)
    page: Page = request.getfixturevalue("browser").new_page()
    address = request.getfixturevalue("address")
    found = {}
    for kind, place in KINDS.items():
        page.goto(address + place)
        found[kind] = hidden(page, selectors)
    page.close()

    assert len(selectors) > 1000
    assert found == {kind: [] for kind in KINDS}
