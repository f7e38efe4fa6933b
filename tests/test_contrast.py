"""Colours that everybody can tell apart: every pair of roles that stands on another."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

TOKENS = Path(__file__).parents[1] / "theme" / "static" / "css" / "tokens.css"
DECLARATION = re.compile(r"(--[\w-]+):\s*([^;]+);")

TEXT = 4.5
"""WCAG 2.2, 1.4.3 Contrast (Minimum)."""
SHAPE = 3.0
"""WCAG 2.2, 1.4.11 Non-text Contrast."""

PAIRS = [
    *(
        (ink, ground, TEXT)
        for ground in ("ground", "ground-quiet")
        for ink in ("ink", "ink-quiet", "press")
    ),
    ("road-ink", "road", TEXT),
    ("road-quiet", "road", TEXT),
    ("road-press", "road", TEXT),
    ("press-ink", "press-ground", TEXT),
    ("bib-ink", "bib", TEXT),
    ("bib-quiet", "bib", TEXT),
    ("focus", "ground", SHAPE),
    ("focus", "ground-quiet", SHAPE),
    ("road-ink", "road", SHAPE),
    ("ink-quiet", "ground", SHAPE),
    ("press-ground", "road", SHAPE),
]
"""(what is seen, what it stands on, the least contrast): texts, fields' borders, focus rings."""

DECORATION = {"line", "line-strong", "bib-line", "tile"}
"""Roles that nobody needs to see: lines between things that have space between them."""


def blocks() -> tuple[dict[str, str], dict[str, str]]:
    """Return the roles by day, and those by night."""
    light, _, dark = TOKENS.read_text(encoding="utf-8").partition("@media")
    day = dict(DECLARATION.findall(light))
    return day, {**day, **dict(DECLARATION.findall(dark))}


def value(name: str, roles: dict[str, str]) -> str:
    """Return a role's colour as #rrggbb."""
    written = roles[f"--{name}"]
    while found := re.fullmatch(r"var\((--[\w-]+)\)", written):
        written = roles[found[1]]
    short = re.fullmatch("#(.)(.)(.)", written)
    return "#" + "".join(char * 2 for char in short.groups()) if short else written


def luminance(colour: str) -> float:
    """Return the relative luminance of #rrggbb (WCAG 2.2, definition)."""

    def linear(channel: float) -> float:
        return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, from 1 to 21 (WCAG 2.2, definition)."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_formula_is_right() -> None:
    """Black on white is 21, a colour on itself 1, and #767676 on white is just enough."""
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#123456", "#123456") == pytest.approx(1)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("when", ["day", "night"])
@pytest.mark.parametrize(("seen", "on", "least"), PAIRS)
def test_every_pair_can_be_told_apart(when: str, seen: str, on: str, least: float) -> None:
    """By day and by night."""
    roles = blocks()[when == "night"]

    assert contrast(value(seen, roles), value(on, roles)) >= least


def test_every_colour_is_in_a_pair() -> None:
    """A new role is held against what it stands on, or said to be decoration."""
    day, _ = blocks()
    coloured = {
        name.removeprefix("--")
        for name, written in day.items()
        if re.fullmatch(r"var\(--(asphalt|signal|paint).*\)|var\(--ink\)|transparent", written)
    }

    assert coloured == {name for pair in PAIRS for name in pair[:2]} | DECORATION
