"""CSS in a drawing that browsers obey, and that cannot be measured."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import ImageColor

from hostile_logos import svg
from milepost.images import markup, picture_of
from milepost.images.draw import drawn
from milepost.images.unseen import unseen
from sites import build_site

RECT = '<rect class="a" width="20" height="20"/><g class="t" transform="scale(2)"/>'


def found(body: str, more: str = "") -> tuple[int, str] | None:
    """Return what is found in a drawing."""
    return unseen(markup.tree(svg(body + RECT, more=more).encode()))


@pytest.mark.parametrize(
    ("css", "line", "what"),
    [
        (".a { transform: translate(9px) }", 1, "transform: translate(9px)"),
        ("\n.a {\n  fill: red;\n\n  width: 9px;\n}", 5, "width: 9px"),
        (".a { r: 3px }", 1, "r: 3px"),
        (".t { transform-origin: 5px 5px }", 1, "transform-origin: 5px 5px"),
        (".a { -webkit-transform: none; rotate: 9deg }", 1, "rotate: 9deg"),
        ("\n@media screen { .a { fill: red } }", 2, "@media screen"),
        (
            "@media (prefers-color-scheme: light) { .a { display: none } }",
            1,
            "display: none by day",
        ),
        (
            "@media (prefers-color-scheme: dark) { .a { display: none } }",
            1,
            "display: none in dark mode",
        ),
        ("@keyframes b { to { opacity: 0 } }", 1, "@keyframes b"),
        (".a { animation: b 1s }", 1, "animation: b 1s"),
        (":root { --c: red } .a { fill: var(--c) }", 1, "fill: var(--c)"),
        (":root { fill: red }", 1, "the rule for :root"),
        (".a { --c: red; fill: var(--c) }", 1, "fill: var(--c)"),
        ("rect:not(.b) { fill: red }", 1, "the rule for rect:not(.b)"),
        (".a { fill: oklch(60% .2 30) }", 1, "fill: oklch(60% .2 30)"),
        (".a { fill: rgb(255 0 none / 50%) }", 1, "fill: rgb(255 0 none / 50%)"),
        (".a { fill: color(display-p3 1 0 0) }", 1, "fill: color(display-p3 1 0 0)"),
        ("svg { background: #024 }", 1, "background: #024"),
        ("svg .a { width: 9px }", 1, "width: 9px"),
        (".a { clip-path: circle(3px) }", 1, "clip-path: circle(3px)"),
        (".b { fill: red; .a { fill: blue } }", 1, "a rule inside of a rule: .a"),
        (".a { FILL: red }", 1, "FILL: red"),
    ],
)
def test_what_only_browsers_obey_is_found(css: str, line: int, what: str) -> None:
    """With its line in the file."""
    assert found(f"<style>{css}</style>") == (line, what)


@pytest.mark.parametrize(
    ("body", "what"),
    [
        ('\n<g style="fill: red; transform: scale(2)"/>', "transform: scale(2)"),
        ('\n<rect vector-effect="non-scaling-stroke"/>', 'vector-effect="non-scaling-stroke"'),
        ('\n<rect width="calc(1px + 2px)"/>', 'width="calc(1px + 2px)"'),
        ('\n<rect fill="var(--c, red)"/>', "fill: var(--c, red)"),
        ('\n<style media="print">.a { fill: red }</style>', 'a style sheet for "print"'),
    ],
)
def test_attributes_are_looked_at_as_well(body: str, what: str) -> None:
    """As programs write them that write no style sheets."""
    assert found(body) == (2, what)


@pytest.mark.parametrize(
    "css",
    [
        ".st0{fill:#E30613;stroke:none;stroke-width:2px} .st1,.st2>g{opacity:50%}",
        "@font-face { font-family: x; src: url(#) } .a { fill: url(#g) }",
        "@media print { .a { display: none } }",
        "@media (prefers-color-scheme: dark) { .a { fill: #fff } }",
        ".a { -inkscape-stroke: none; vector-effect: none; transform: none; font: 9px x }",
        ".a:hover { fill: red }",
        "/* transform: scale(2) */ [class='a{b}'] { fill: red !important }",
        ".a { filter: drop-shadow(0 0 2px red); mask: url(#m) }",
        ".a { fill: red; fill: color(display-p3 1 0 0); stroke: rgb(0 40 90 / 80%) }",
        ".a { transform-box: fill-box; transform-origin: 50% 50%; transition: fill .3s }",
        "svg { background: #fff } .a { background: red }",
        "::selection { fill: red } .a::selection { fill: blue }",
        ":root { --x: 1; color-scheme: light dark }",
        "@media (prefers-color-scheme:light) { .a { fill: red } }",
        "@media (prefers-reduced-motion: reduce) { .a { transition: none; fill: red } }",
        ".z { transform: scale(2) } #z > .a, circle, .a .z:not(.y) { width: 9px }",
    ],
)
def test_what_everybody_draws_alike_is_left_alone(css: str) -> None:
    """As Illustrator, Inkscape and Figma write it."""
    clean = markup.tree(svg(f"<style>{css}</style>{RECT}").encode())

    assert unseen(clean) is None


def test_a_drawing_copied_out_of_a_page_is_left_alone() -> None:
    """Its place in that page means nothing in an image."""
    style = "width: 24px; height: auto; margin: 0 1px; display: block; background: #fff"

    assert found("", f' style="{style}"') is None
    assert found("", ' style="background: #024"') == (1, "background: #024")


@pytest.mark.parametrize(
    "attributes",
    [
        'fill="rgb(0 40 90 / 80%)"',
        'style="fill:#1ABC9C;fill:color(display-p3 0.1020 0.7373 0.6118);fill-opacity:1;"',
        'fill="#1ABC9C" style="fill:color(display-p3 0.1020 0.7373 0.6118)"',
        'transform-box="fill-box" style="transform-box: fill-box; transform-origin: 50% 50%"',
    ],
)
def test_what_figma_writes_is_left_alone(attributes: str) -> None:
    """Each wide colour has a plain one before it, and nothing is turned."""
    assert found(f"<circle {attributes}/>") is None


@pytest.mark.parametrize(
    ("attributes", "colour"),
    [
        ('style="fill:#1ABC9C;fill:color(display-p3 0.1 0.7 0.6);fill-opacity:1"', "#1abc9cff"),
        ('fill="rgb(0 40 90 / 80%)"', "#00285acc"),
        ('fill="hsl(120 100% 50% / .6)"', "#00ff0099"),
    ],
)
def test_new_colours_are_measured(attributes: str, colour: str) -> None:
    """They are not the black that resvg draws instead."""
    pixel = drawn(svg(f'<rect width="100" height="100" {attributes}/>').encode(), 9, 9)

    assert pixel.getpixel((4, 4)) == ImageColor.getrgb(colour)


def test_white_paper_in_a_sheet_is_not_published() -> None:
    """As that in the style of the root is not."""
    sheet = "<style>svg{background:#fff} .a{fill:red}</style>"

    clean = picture_of(svg(sheet + RECT).encode(), "a.svg").data

    assert b"background" not in clean
    assert b".a{fill:red}" in clean


LIGHT = "<style>.a{{fill:{}}} @media (prefers-color-scheme: light) {{ .a{{fill:#123}} }}</style>"


@pytest.mark.parametrize(("colour", "says"), [("#123", False), ("#fff", True)])
def test_another_colour_by_day_is_told(tmp_path: Path, colour: str, *, says: bool) -> None:
    """It would be measured as it is at night."""
    entry = "sponsors:\n  - {name: Acme, tier: title, logo: a.svg}\n"
    data = svg(LIGHT.format(colour) + RECT)

    built = build_site(tmp_path, {"content/logos/a.svg": data, "sponsors.yaml": entry})

    assert ("(@media (prefers-color-scheme: light))" in built.report) == says


WORD = svg(
    "<style>.word{transform:translate(150px,30px)}</style>"
    '<rect x="10" y="10" width="80" height="80" fill="#c30"/>'
    '<path class="word" d="M-100 0h200v40h-200z" fill="#123"/>',
    "0 0 300 100",
)


def test_a_word_that_css_moves_is_not_cut_off(tmp_path: Path) -> None:
    """The name stands there; who wants the logo has it as it is."""
    entry = "sponsors:\n  - {name: Acme, tier: title, logo: a.svg"
    files = {"content/logos/a.svg": WORD}

    built = build_site(tmp_path / "1", {**files, "sponsors.yaml": f"{entry}}}\n"})
    anyway = build_site(
        tmp_path / "2", {**files, "sponsors.yaml": f"{entry}, logo_anyway: true}}\n"}
    )

    assert "by CSS in line 1 (transform: translate(150px,30px))" in built.report
    assert "The name is shown as type instead." in built.report
    (mark,) = [name for name in anyway.files if name.startswith("media/mark-")]
    assert 'viewBox="0 0 300 100"' in anyway.text(mark)
