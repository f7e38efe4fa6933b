"""A picture of pixels with eight bits a channel and transparency, whatever its file has."""

from __future__ import annotations

import io

from PIL import Image

_DEEP = ("I", "I;16", "I;16B", "I;16L", "F")
_BITS = 1 / 256


def opened(data: bytes) -> Image.Image:
    """Return the pixels of a PNG, JPEG, WebP, AVIF or the first of a GIF as RGBA."""
    image = Image.open(io.BytesIO(data))
    profile = image.info.get("icc_profile")
    if image.mode in _DEEP:
        # Pillow would cut off what is above 255 instead of scaling it.
        found = image.convert("I").point(lambda value: value * _BITS).convert("L").convert("RGBA")
    else:
        found = image.convert("RGBA")
    found.info["icc_profile"] = profile
    return found
