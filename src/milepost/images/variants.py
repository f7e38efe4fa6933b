"""A picture of pixels in the sizes and formats that browsers choose from."""

from __future__ import annotations

import io
from typing import Any, Final

from PIL import Image

from milepost.images.picture import Picture
from milepost.images.pixels import opened

FORMATS: Final = (("image/avif", ".avif"), ("image/webp", ".webp"), ("image/png", ".png"))
"""From the smallest to the one that every browser shows."""

_OPTIONS: Final[dict[str, dict[str, Any]]] = {
    ".avif": {"quality": 72, "speed": 8},
    ".webp": {"quality": 88, "method": 4},
    ".png": {"compress_level": 9},
}


def variant(picture: Picture, suffix: str, width: int) -> bytes:
    """Return a picture at most `width` pixels wide in the format of a suffix; never enlarged."""
    image = opened(picture.data)
    profile = image.info.get("icc_profile")
    if image.getchannel("A").getextrema() == (255, 255):
        image = image.convert("RGB")
    if width < image.width:
        height = max(1, round(image.height * width / image.width))
        image = image.resize((width, height), Image.Resampling.LANCZOS)
    file = io.BytesIO()
    image.save(file, format=suffix[1:], icc_profile=profile, **_OPTIONS[suffix])
    return file.getvalue()
