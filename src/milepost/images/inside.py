"""The pictures of pixels inside a drawing: do they make it up, and how fine are they?"""

from __future__ import annotations

import base64
import io
import math
import re
from typing import Final

from PIL import Image, ImageChops

from milepost.images import draw
from milepost.images.ink import Ink, box_of, inked
from milepost.images.paint import FAINT
from milepost.images.picture import Picture

_EMBEDDED: Final = re.compile(rb'data:image/\w+;base64,([^"]+)')
_SIDE: Final = 256
_MOSTLY: Final = 0.5
"""With this much of its paint in pixels, a drawing is only as sharp as they are."""


def pixels_across(picture: Picture, ink: Ink, ground: tuple[int, int, int]) -> int | None:
    """Return how many pixels a drawing has from left to right of its ink, if pixels make it up.

    None when it is all, or for the most part, drawn. Where the pixels are is seen by drawing it
    without them.

    Raises:
        Unusable: it takes too long to draw.
    """
    inside = [base64.b64decode(found[1]) for found in _EMBEDDED.finditer(picture.data)]
    if picture.suffix != ".svg" or not inside:
        return None
    unit = _SIDE / max(picture.width, picture.height)
    size = max(1, round(picture.width * unit)), max(1, round(picture.height * unit))
    whole = inked(draw.drawn(picture.data, *size), ground)
    bare = inked(draw.drawn(_EMBEDDED.sub(b"data:,", picture.data), *size), ground)
    box = box_of(ImageChops.difference(whole, bare))
    if box is None or _seen(bare) > (1 - _MOSTLY) * _seen(whole):
        return None
    fineness = math.sqrt(sum(_pixels(data, ground) for data in inside) / _area(box))
    return max(1, round((ink.right - ink.left) * size[0] * fineness))


def _seen(ink: Image.Image) -> int:
    return sum(ink.histogram()[FAINT + 1 :])


def _pixels(data: bytes, ground: tuple[int, int, int]) -> int:
    """Return how many pixels a picture has where something is seen of it."""
    with Image.open(io.BytesIO(data)) as image:
        box = box_of(inked(image.convert("RGBA"), ground))
    return _area(box) if box else 0


def _area(box: tuple[int, int, int, int]) -> int:
    return (box[2] - box[0]) * (box[3] - box[1])
