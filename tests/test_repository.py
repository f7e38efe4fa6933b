"""This repository's own site, as it would be published."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from conftest import REPOSITORY_DAY, copy_site
from milepost.facts import PageFacts, read_facts
from sites import Built, rebuild, tree

TITLE = ["Freeman Health System", "JVM"]
OTHERS = [
    "Northwest Arkansas Naturals",
    "US Bank",
    "Cable One",
    "Sign Designs",
    "Crossland Construction",
    "Liberty Utilities",
    "Zimmer Radio Inc",
    "Forest Park Baptist Church",
    "chick-fil-a",
    "88.3 The Wind",
    "Great Plains Financial Credit Union",
    "Joplin Electric",
    "Jimmy Johns",
    "Midwestern Interactive",
    "WalMart",
    "Countryside Self Storage",
    "Joplin CVB",
    "Fox14",
    "Koam",
    "Globe",
    "Arvest",
    "Homewood Suites",
    "Cheddars",
    "YMCA",
    "Start Mechanical Supply",
    "Show Me Magazine",
    "Missouri Eagle",
    "AMi Radio",
    "Mets",
]
WITH_WALL = ["/", "/blog/", "/blog/glute-training-basics/", "/contact/", "/sponsors/"]


@pytest.fixture(scope="module")
def files(repository: Built) -> dict[str, bytes]:
    """Every file of the published site."""
    return tree(repository.folder / "public")


@pytest.fixture(scope="module")
def pages(files: dict[str, bytes]) -> list[PageFacts]:
    """What every page of the published site says of itself."""
    return [read_facts(name, data) for name, data in files.items() if name.endswith(".html")]


def test_the_site_builds_without_a_word_of_complaint(repository: Built) -> None:
    """The example has no problem and no warning."""
    assert (repository.code, repository.report) == (0, "")


def test_every_page_has_one_main_heading(pages: list[PageFacts]) -> None:
    """Each page that is no redirect has one h1."""
    wrong = [
        page.file
        for page in pages
        if not page.redirect and [head.level for head in page.headings].count(1) != 1
    ]

    assert wrong == []


def test_every_internal_link_leads_to_a_file(
    pages: list[PageFacts], files: dict[str, bytes]
) -> None:
    """No link, picture or stylesheet of any page is missing."""
    targets = {
        address.split("#")[0]
        for page in pages
        for address in (*(link.href for link in page.links), *page.loads)
        if address.startswith("/")
    }
    missing = [
        target
        for target in sorted(targets)
        if (target.lstrip("/") + ("index.html" if target.endswith("/") else "")) not in files
    ]

    assert missing == []


def test_ids_are_unique_on_every_page(pages: list[PageFacts]) -> None:
    """No page has one id twice."""
    assert [page.file for page in pages if len(page.ids) != len(set(page.ids))] == []


def test_the_feed_is_well_formed(files: dict[str, bytes]) -> None:
    """Programs can read the feed."""
    assert ET.fromstring(files["feed.xml"]) is not None  # noqa: S314 - our own file


def test_nobody_finds_a_made_up_race_by_accident(
    pages: list[PageFacts], files: dict[str, bytes]
) -> None:
    """Search engines may read every page, and each asks them to leave it out."""
    assert [page.file for page in pages if not page.noindex] == []
    assert "sitemap.xml" not in files
    assert files["robots.txt"] == b"User-agent: *\nDisallow:\n"


@pytest.mark.parametrize("address", WITH_WALL)
def test_the_wall_carries_the_roster_in_order(repository: Built, address: str) -> None:
    """Both title sponsors come first, then the other 29, in the order they were promised."""
    name = address.lstrip("/") + "index.html"
    html = (repository.folder / "public" / name).read_text(encoding="utf-8")
    facts = read_facts(name, html.encode())
    listed = json.loads((repository.folder / "public/sponsors.json").read_text(encoding="utf-8"))
    names = {
        sponsor["id"]: sponsor["name"] for tier in listed["tiers"] for sponsor in tier["sponsors"]
    }

    shown = [names[ident] for ident in facts.placements]

    assert shown == [*TITLE, *OTHERS]


def test_only_the_title_sponsors_have_a_heading_to_see(repository: Built) -> None:
    """The other sponsors follow without a heading of their own on the page."""
    html = (repository.folder / "public/index.html").read_text(encoding="utf-8")
    headings = [
        node
        for node in Built.parse(html).css("[data-wall] h2")
        if "visually-hidden" not in (node.attributes.get("class") or "")
    ]

    assert [node.text().strip() for node in headings] == ["Title Sponsors"]


def test_the_same_day_gives_the_same_bytes(
    repository: Built, tmp_path: Path, files: dict[str, bytes]
) -> None:
    """Built again in another folder, every file is the same."""
    copy_site(repository.folder, tmp_path)

    again = rebuild(tmp_path, as_of=REPOSITORY_DAY, final=True)

    assert again.code == 0
    assert tree(tmp_path / "public") == files


def test_the_race_is_said_to_be_made_up_in_the_readme_only(
    files: dict[str, bytes],
) -> None:
    """The pages speak as a real race does."""
    assert not any(b"made-up" in data or b"made up" in data for data in files.values())
