"""A logo without the empty space round it."""

from __future__ import annotations

import hashlib
import io
import re
from dataclasses import replace
from typing import Final

from milepost.images.ink import Ink
from milepost.images.picture import Picture
from milepost.images.pixels import opened
from milepost.images.size import frame

_ROOT: Final = re.compile(r"<svg\b[^>]*>")
_ATTRIBUTE: Final = re.compile(r'\s(viewBox|width|height|preserveAspectRatio)="([^"]*)"')
_MIDDLE: Final = "xMidYMid meet"
_ROUNDING: Final = 0.02
_LEAST: Final = 0.005
"""Empty space of less than this part of a side is left alone."""


def trimmed(picture: Picture, ink: Ink) -> Picture:
    """Return the part of a picture that has ink, as a picture of its own.

    A drawing gets another viewBox; a picture of pixels is cut, and saved again without loss.
    """
    spare = (ink.left, ink.top, 1 - ink.right, 1 - ink.bottom)
    if max(spare) < _LEAST:
        return picture
    return _drawing(picture, ink) if picture.suffix == ".svg" else _pixels(picture, ink)


def _drawing(picture: Picture, ink: Ink) -> Picture:
    text = picture.data.decode()
    root = _ROOT.search(text)
    attributes = dict(_ATTRIBUTE.findall(root[0])) if root else {}
    if root is None:
        return picture
    x, y, width, height = map(float, frame(attributes).view_box.split())
    is_filled = abs(picture.width / picture.height * height / width - 1) < _ROUNDING
    if attributes.pop("preserveAspectRatio", _MIDDLE) not in {_MIDDLE, "xMidYMid"} and not (
        is_filled
    ):
        return picture
    # The drawing is as large as it can be in its frame, in the middle (SVG 2, "xMidYMid meet").
    unit = min(picture.width / width, picture.height / height)
    left = x + (ink.left * picture.width - (picture.width - width * unit) / 2) / unit
    top = y + (ink.top * picture.height - (picture.height - height * unit) / 2) / unit
    wide = (ink.right - ink.left) * picture.width / unit
    high = (ink.bottom - ink.top) * picture.height / unit
    given = {"viewBox": f"{left:.6g} {top:.6g} {wide:.6g} {high:.6g}"}
    made = frame(given)
    tag = _ATTRIBUTE.sub("", root[0]).removesuffix(">").rstrip()
    tag += f' viewBox="{made.view_box}" width="{made.width}" height="{made.height}">'
    data = (text[: root.start()] + tag + text[root.end() :]).encode()
    return _made(picture, data, made.width, made.height)


def _pixels(picture: Picture, ink: Ink) -> Picture:
    image = opened(picture.data)
    box = (
        int(ink.left * image.width),
        int(ink.top * image.height),
        max(1, round(ink.right * image.width)),
        max(1, round(ink.bottom * image.height)),
    )
    cut = image.crop(box)
    file = io.BytesIO()
    cut.save(file, format="PNG", icc_profile=image.info.get("icc_profile"))
    png = replace(picture, suffix=".png", media_type="image/png")
    return _made(png, file.getvalue(), cut.width, cut.height)


def _made(picture: Picture, data: bytes, width: int, height: int) -> Picture:
    digest = hashlib.sha256(data).hexdigest()
    return replace(picture, data=data, width=width, height=height, digest=digest)
