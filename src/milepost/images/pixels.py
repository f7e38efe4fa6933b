"""A picture of pixels with eight bits a channel and transparency, whatever its file has."""

from __future__ import annotations

import io

from PIL import Image

from milepost.images.picture import Picture

_DEEP = ("I", "I;16", "I;16B", "I;16L", "F")
_BITS = 1 / 256


def opened(picture: Picture) -> Image.Image:
    """Return what a PNG, JPEG, WebP, AVIF or the first picture of a GIF shows, as RGBA."""
    image = Image.open(io.BytesIO(picture.data))
    profile = image.info.get("icc_profile")
    if image.mode in _DEEP:
        # Pillow would cut off what is above 255 instead of scaling it.
        found = image.convert("I").point(lambda value: value * _BITS).convert("L").convert("RGBA")
    else:
        found = image.convert("RGBA")
    found = found.crop(picture.part) if picture.part else found
    found.info["icc_profile"] = profile
    return found
