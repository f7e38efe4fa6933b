"""A logo without the empty space round it."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from typing import Final

from milepost.images.ink import Ink
from milepost.images.picture import Picture
from milepost.images.size import frame

_ROOT: Final = re.compile(r"<svg\b[^>]*>")
_ATTRIBUTE: Final = re.compile(r'\s(viewBox|width|height)="([^"]*)"')
_LEAST: Final = 0.005
"""Empty space of less than this part of a side is left alone."""


def trimmed(picture: Picture, ink: Ink) -> Picture:
    """Return the part of a picture that has ink, as a picture of its own.

    A drawing gets another viewBox; of a picture of pixels the part is noted.
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
    digest = hashlib.sha256(data).hexdigest()
    return replace(picture, data=data, width=made.width, height=made.height, digest=digest)


def _pixels(picture: Picture, ink: Ink) -> Picture:
    left, top = int(ink.left * picture.width), int(ink.top * picture.height)
    right = max(left + 1, round(ink.right * picture.width))
    bottom = max(top + 1, round(ink.bottom * picture.height))
    part = (left, top, right, bottom)
    digest = hashlib.sha256(f"{picture.digest} {part}".encode()).hexdigest()
    return replace(picture, part=part, width=right - left, height=bottom - top, digest=digest)
