"""Logos that are hard to make equal, drawn for the tests: nobody's real ones."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Final

from PIL import Image, ImageDraw


def svg(body: str, box: str = "0 0 100 100", more: str = "") -> str:
    """Return a drawing."""
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}"{more}>{body}</svg>'


def _wordmark() -> str:
    bars = "".join(
        f'<rect x="{at * 40}" y="{(at % 3) * 10}" width="22" height="{100 - (at % 3) * 20}"/>'
        for at in range(25)
    )
    return svg(bars, "0 0 1000 100")


def _hairline() -> str:
    lines = "".join(
        f'<path d="M5 {at} L 95 {100 - at}" stroke="#222" stroke-width=".8" fill="none"/>'
        for at in range(5, 96, 15)
    )
    return svg(lines, more=' width="100" height="100"')


def _photo(width: int = 1200, height: int = 500) -> bytes:
    image = Image.new("RGBA", (width, height), (0, 0, 0, 0))
    draw = ImageDraw.Draw(image)
    inset = width // 6
    draw.rounded_rectangle((inset, height // 6, width - inset, height - height // 6), 60, "#0a5")
    file = io.BytesIO()
    image.save(file, format="PNG")
    return file.getvalue()


_SIGNATURE: Final = (
    '<path d="M5 60C40 -20 60 120 90 50S140 -10 160 60S220 90 295 40" fill="none" '
    'stroke="#113" stroke-width=".9"/>'
)

LOGOS: Final[Mapping[str, str | bytes]] = {
    "wordmark.svg": _wordmark(),
    "disc.svg": svg('<circle cx="50" cy="50" r="50" fill="#063"/>', more=' width="80" height="80"'),
    "hairline.svg": _hairline(),
    "square.svg": svg('<rect width="100" height="100"/>', more=' width="100" height="100"'),
    "shield.svg": svg('<path d="M0 0h60v110l-30 40-30-40z" fill="#a00"/>', "0 0 60 150"),
    "viewbox.svg": svg('<path d="M0 60 L60 0 L120 60 Z" fill="#24c"/>', "0 0 120 60"),
    "padded.svg": svg('<rect x="50" y="50" width="100" height="100" fill="#333"/>', "0 0 200 200"),
    "photo.png": _photo(),
}
"""A 10:1 wordmark, a disc, a hairline drawing, a solid square, a tall shield, one with a viewBox
only, one of which three quarters are padding, and pixels."""

THIN: Final[Mapping[str, str]] = {
    "signature.svg": svg(_SIGNATURE, "0 0 300 100"),
    "ring.svg": svg('<circle cx="50" cy="50" r="48" fill="none" stroke="#115" stroke-width=".3"/>'),
    "line.svg": svg(
        "".join(
            f'<path d="M{at} 98V3h45v95" fill="none" stroke="#111" stroke-width="5"/>'
            for at in range(5, 1100, 78)
        ),
        "0 0 1100 100",
    ),
}
"""Logos of nearly nothing: a signature, a ring, and eleven times as wide as high."""

LONG_NAME: Final = "Great Northern Plains Financial Union "
"""With the name of its tier, a name of 40 characters or more."""


def sponsors(*tiers: str) -> str:
    """Return a list in which every tier has every logo, and one sponsor without."""
    entries = [
        f"  - {{id: {tier}-{name.split('.')[0]}, name: {name.split('.')[0].title()} {tier}, "
        f"tier: {tier}, logo: {name}, url: 'https://{tier}-{name.split('.')[0]}.example'}}"
        for tier in tiers
        for name in LOGOS
    ]
    entries += [
        f"  - {{id: {tier}-typed, name: {LONG_NAME}{tier}, tier: {tier}}}" for tier in tiers
    ]
    sizes = "\n".join(
        f"  - {{id: {tier}, heading: {tier.title()}, size: {len(tiers) - at}}}"
        for at, tier in enumerate(tiers)
    )
    return f"tiers:\n{sizes}\nsponsors:\n" + "\n".join(entries) + "\n"
