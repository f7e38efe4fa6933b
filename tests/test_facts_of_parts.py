"""A part that pages have in common is read once, and no page's facts are others for it."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from milepost import facts
from milepost.facts import read_facts

WALL = (
    '<section class="wall" data-wall="posts"><h2 id="wall">Sponsors</h2><ul>'
    '<li id="mark-acme" data-mark="acme"><a href="https://acme.example" rel="sponsored">'
    '<img src="/media/a.svg" alt="Acme" width="9" height="9"></a></li>'
    '<li id="mark-dale" data-mark="dale">Dale <span hidden>x</span></li></ul></section>\n'
    '<div id="after-wall" tabindex="-1"></div>\n'
)
BEFORE = (
    "<p>open",
    "<a href=/open>open",
    "<b><i>open",
    "<main>",
    "<div hidden>",
    '<div aria-hidden="true">',
    "<div inert>",
    "<section popover>",
    '<div class="x visually-hidden">',
    '<div class="x" data-wall="home">',
    '<p data-mark="other">',
    '<div data-mark="other">',
    "<template>",
    "<table><tr><td>",
    "<select><option>",
    "<select>",
    "<datalist>",
    "<noscript>",
    "<noscript><div>",
    "<canvas>",
    "<video>",
    "<audio>",
    "<object>",
    "<iframe>",
    "<meter>",
    "<svg><text>",
    "<!-- ",
    "<script>",
    "<textarea>",
    '<p title="',
    "<section ",
    "<form action=/a>",
    "<details><summary>x</summary>",
    "<dialog>",
    "<ul><li>",
    "<dl><dd>",
    "<button>",
    "<h2 id=other>Other</h2>",
    "<a href=/closed>closed</a>",
)
PIECES = st.sampled_from(
    (
        *BEFORE,
        "</p>",
        "</a>",
        "</div>",
        "</main>",
        "</b>",
        "</noscript>",
        "</object>",
        "text",
        "-->",
    )
)
PARTS = (
    WALL,
    WALL.replace("</section>", ""),
    WALL.replace(' data-wall="posts"', ""),
    WALL.replace("<ul>", "<details><summary>x</summary><ul>"),
    WALL.replace("<ul>", "<noscript><ul>").replace("</ul>", "</ul></noscript>"),
    WALL.replace("<ul>", "<canvas><ul>"),
    f"<object>{WALL}</object>",
    WALL.replace("<ul>", '<ul class="wall__group visually-hidden">'),
    WALL.replace("</a>", "", 1),
    WALL.replace("<ul>", "<ul><b>"),
    WALL.replace("<ul>", "</main></div><ul>"),
    WALL.replace("<ul>", "<!-- <ul>"),
    WALL.replace("<h2", '<body class="x"><h2'),
    f"Words {WALL}",
    f"<p>{WALL}",
    "",
)


def page(before: str, part: str, after: str) -> bytes:
    """Return a page with something round a part."""
    return f"<!doctype html><html lang=en><title>t</title><body>{before}{part}{after}".encode()


@given(st.lists(PIECES, max_size=4), st.sampled_from(PARTS), st.lists(PIECES, max_size=3))
def test_facts_are_the_same(before: list[str], part: str, after: list[str]) -> None:
    """Whatever stands round a part and in it, a page is read as a browser reads the whole."""
    html = page("".join(before), part, "".join(after))

    assert read_facts("a.html", html, part.encode()) == read_facts("a.html", html)


@pytest.mark.parametrize("before", ["<main><p>x</p>", '<a href="/x">x</a><h1 id="x">x</h1>'])
def test_an_ordinary_part_is_not_read_again(before: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """On an ordinary page nothing of the part is looked at."""
    html = page(before, WALL, "<p>end</p>")
    whole = read_facts("a.html", html)
    read_facts("a.html", html, WALL.encode())
    looked_at: list[str] = []
    images = facts._READERS["img"]

    def look(*node: Any) -> None:
        looked_at.append("img")
        images(*node)

    monkeypatch.setitem(facts._READERS, "img", look)

    again = read_facts("a.html", html, WALL.encode())

    assert (again, looked_at) == (whole, [])


def test_a_part_that_stands_twice_is_read_twice() -> None:
    """A page that has a part two times has its marks two times."""
    html = page("", WALL + WALL, "")

    assert len(read_facts("a.html", html, WALL.encode()).marks) == 4
