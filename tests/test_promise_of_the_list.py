"""The promise of the sponsor list, for any list, any tiers and any day."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from milepost.addresses import file_of
from milepost.roster.sponsor import PLACEMENTS
from sites import POST, SETTINGS, Built, build_site, post

DAY = date(2027, 3, 1)
PAGES = {
    "home": "/",
    "blog": "/blog/",
    "posts": "/blog/the-course/",
    "contact": "/contact/",
    "sponsors": "/sponsors/",
}
"""A page of each kind that has a wall."""

days = st.none() | st.integers(-3, 3).map(lambda away: (DAY + timedelta(days=away)).isoformat())


@st.composite
def tiers(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Draw one to three tiers with places and benefits."""
    return [
        {
            "id": f"tier{number}",
            "size": 4 - number,
            "shown_on": draw(st.lists(st.sampled_from(PLACEMENTS), min_size=1, unique=True)),
            "benefits": {"profile": draw(st.sampled_from(["yes", "no"]))},
        }
        for number in range(draw(st.integers(1, 3)))
    ]


@st.composite
def lists(draw: st.DrawFn) -> dict[str, Any]:
    """Draw a sponsor list: names that stand nowhere else, terms about the day, every status."""
    drawn = draw(tiers())
    ids = [tier["id"] for tier in drawn]
    sponsors = []
    for number in range(draw(st.integers(0, 6))):
        first, last = sorted([draw(days) or "", draw(days) or ""])
        entry = {
            "id": f"zq{number}x",
            "name": f"Zq{number}x Works",
            "tier": draw(st.lists(st.sampled_from(ids), min_size=1, max_size=2, unique=True)),
            "status": draw(st.sampled_from(["confirmed", "confirmed", "pending", "removed"])),
            "url": f"https://zq{number}x.example/",
            "from": first,
            "until": last,
        }
        sponsors.append({key: value for key, value in entry.items() if value})
    return {"tiers": drawn, "sponsors": sponsors}


def is_public(sponsor: dict[str, Any]) -> bool:
    """Say whether a sponsor shows on the day, by the words of the list alone."""
    begins, ends = str(sponsor.get("from", "0")), str(sponsor.get("until", "9"))
    return sponsor["status"] == "confirmed" and begins <= DAY.isoformat() <= ends


def owed(listed: dict[str, Any], placement: str) -> list[str]:
    """Return who is promised a place on a kind of page, in the order of the list."""
    return [
        sponsor["id"]
        for tier in listed["tiers"]
        if placement in tier["shown_on"]
        for sponsor in listed["sponsors"]
        if tier["id"] in sponsor["tier"] and is_public(sponsor)
    ]


def marks(built: Built, address: str) -> list[str]:
    """Return who stands on the wall of a page."""
    return [node.attributes["data-mark"] or "" for node in built.page(address).css("[data-mark]")]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder for one site that is built again and again."""
    return tmp_path_factory.mktemp("any")


@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(listed=lists())
def test_whoever_is_due_is_everywhere_and_nobody_else_is_anywhere(
    folder: Path, listed: dict[str, Any]
) -> None:
    """On every page that was promised; in no file for whom it is too early, too late or not yet."""
    everybody = ", ".join(sponsor["id"] for sponsor in listed["sponsors"])
    files = {
        "pelicanconf.py": SETTINGS,
        "sponsors.yaml": json.dumps(listed),
        "content/posts/course.md": POST,
        "content/posts/thanks.md": post(title="Thanks", sponsors=f"[{everybody}]"),
    }

    built = build_site(folder, files, as_of=DAY.isoformat())

    assert built.code == 0, built.report
    for placement, address in PAGES.items():
        assert marks(built, address) == owed(listed, placement)
    profiled = {tier["id"] for tier in listed["tiers"] if tier["benefits"]["profile"] == "yes"}
    for sponsor in listed["sponsors"]:
        profile = file_of(f"/sponsors/{sponsor['id']}/")
        assert (profile in built.files) == (
            is_public(sponsor) and bool(profiled & set(sponsor["tier"]))
        )
        if not is_public(sponsor):
            traces = (sponsor["name"].encode(), sponsor["id"].encode(), sponsor["url"].encode())
            for name, data in built.files.items():
                assert not any(trace in data for trace in traces), name
