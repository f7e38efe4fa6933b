"""How much of a logo is drawn, and where: what its weight on a page follows from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PIL import Image, ImageChops

from milepost.images import draw
from milepost.images.paint import FAINT, lost_part
from milepost.images.picture import Picture
from milepost.images.pixels import opened

LIGHT: Final = (255, 255, 255)
DARK: Final = (18, 26, 34)
"""The grounds that logos stand on by day and by night (theme/static/css/tokens.css)."""

_SIDE: Final = 512
"""The longest side at which a logo is measured, in pixels."""
_LIGHTEST: Final = 40
"""How much darker than white a paper may be, from 0 to 255."""
_LEGIBLE: Final = 0.015
"""The part of what is seen that has to stand out: thin letters on a plate have twice as much."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ink:
    """What is drawn of a picture on one ground.

    `left`, `top`, `right` and `bottom` are where it is drawn, as parts of the picture's width
    and height. `cover` is how much of that box is inked, and `contrast` how much what stands out
    most differs from the ground, each from 0 to 1: a pale plate hides none of the letters on it.
    The ink of a pixel is the largest difference of its channels from the ground: so yellow on
    white is ink, as black is. `lost` is the part of what is painted that cannot be seen on the
    ground; the box holds it, too.
    """

    left: float
    top: float
    right: float
    bottom: float
    cover: float
    contrast: float
    lost: float


def ink_of(picture: Picture, ground: tuple[int, int, int]) -> Ink | None:
    """Measure a picture on a ground; None when nothing of it can be seen there.

    Raises:
        Unusable: it is a drawing that takes too long, or cannot be drawn.
    """
    drawn = _pixels(picture)
    ink = inked(drawn, ground)
    # By day a light paper is taken for the page's own; at night it is part of the logo.
    paper = _paper(drawn) if ground == LIGHT else None
    lost = lost_part(drawn, ground)
    shown = drawn.getchannel("A") if lost else ink
    box = (box_of(inked(drawn, paper)) if paper else None) or box_of(shown)
    if box is None or box_of(ink) is None:
        return None
    return Ink(
        left=box[0] / drawn.width,
        top=box[1] / drawn.height,
        right=box[2] / drawn.width,
        bottom=box[3] / drawn.height,
        cover=_sum(ink.crop(box)) / ((box[2] - box[0]) * (box[3] - box[1])),
        contrast=_contrast(ink.crop(box)),
        lost=lost,
    )


def box_of(ink: Image.Image) -> tuple[int, int, int, int] | None:
    """Return the box (left, top, right, bottom) outside of which nothing is seen."""
    return ink.point(lambda value: 255 if value > FAINT else 0).getbbox()


def _paper(drawn: Image.Image) -> tuple[int, int, int] | None:
    """Return the light colour that a picture has in all four corners: a scan's or JPEG's paper."""
    right, below = drawn.width - 1, drawn.height - 1
    corners = [drawn.getpixel(at) for at in ((0, 0), (right, 0), (0, below), (right, below))]
    first, *others = [corner for corner in corners if isinstance(corner, tuple)]
    is_light = min(first[:3]) > 255 - _LIGHTEST and first[3] == 255  # noqa: PLR2004 - a byte
    alike = all(
        max(abs(a - b) for a, b in zip(first, each, strict=True)) < FAINT for each in others
    )
    return (first[0], first[1], first[2]) if is_light and alike else None


def _pixels(picture: Picture) -> Image.Image:
    longest = max(picture.width, picture.height)
    if picture.suffix == ".svg":
        width = max(1, round(picture.width * _SIDE / longest))
        height = max(1, round(picture.height * _SIDE / longest))
        return draw.drawn(picture.data, width, height)
    image = opened(picture)
    # The mean of the pixels under each: a finer filter takes twice the time, and weighs the same.
    image.thumbnail((2 * _SIDE, 2 * _SIDE), Image.Resampling.BOX)
    return image


def inked(drawn: Image.Image, ground: tuple[int, int, int]) -> Image.Image:
    """Return how much each pixel differs from a ground, from 0 to 255."""
    paper = Image.new("RGBA", drawn.size, (*ground, 255))
    seen = Image.alpha_composite(paper, drawn).convert("RGB")
    red, green, blue = ImageChops.difference(seen, paper.convert("RGB")).split()
    return ImageChops.lighter(ImageChops.lighter(red, green), blue)


def _contrast(ink: Image.Image) -> float:
    """Return how much the part of what is seen that makes it legible differs, at the least."""
    numbers = ink.histogram()
    needed = _LEGIBLE * sum(numbers[FAINT + 1 :])
    value = 256
    while needed > 0:
        value -= 1
        needed -= numbers[value]
    return value / 255 if value <= 255 else 0.0  # noqa: PLR2004 - a byte


def _sum(ink: Image.Image) -> float:
    return sum(value * number for value, number in enumerate(ink.histogram())) / 255
