"""A picture of pixels in the sizes and formats that browsers choose from."""

from __future__ import annotations

import io
from functools import cached_property
from typing import Any, Final

from PIL import Image

from milepost.images.picture import Picture
from milepost.images.pixels import opened

FORMATS: Final = (("image/avif", ".avif"), ("image/webp", ".webp"), ("image/png", ".png"))
"""From the smallest to the one that every browser shows."""

_OPTIONS: Final[dict[str, dict[str, Any]]] = {
    # With several threads the bytes would follow from how many processors a machine has.
    ".avif": {"quality": 72, "speed": 8, "max_threads": 1},
    ".webp": {"quality": 88, "method": 4},
    ".png": {"compress_level": 8},
}
_REDUCED_TO: Final = 3.0
"""A much larger picture is first halved, or the like, to no less than so many times its size.

Nobody sees a difference (Pillow, `Image.resize`, "reducing_gap"), and it takes half of the time.
"""


class Variants:
    """One picture in any of its variants. Its pixels are read once, and only if any is made."""

    def __init__(self, picture: Picture) -> None:
        self.picture = picture
        self._scaled: dict[int, Image.Image] = {}

    def make(self, suffix: str, width: int) -> bytes:
        """Return it at most `width` pixels wide in the format of a suffix; never enlarged."""
        file = io.BytesIO()
        profile = self._whole.info.get("icc_profile")
        image = self._at(width)
        image.save(file, format=suffix[1:], icc_profile=profile, **_OPTIONS[suffix])
        return file.getvalue()

    @cached_property
    def _whole(self) -> Image.Image:
        image = opened(self.picture)
        if image.getchannel("A").getextrema() != (255, 255):
            return image
        return image.convert("RGB")

    def _at(self, width: int) -> Image.Image:
        if width >= self._whole.width:
            return self._whole
        if width not in self._scaled:
            height = max(1, round(self._whole.height * width / self._whole.width))
            self._scaled[width] = self._whole.resize(
                (width, height), Image.Resampling.LANCZOS, reducing_gap=_REDUCED_TO
            )
        return self._scaled[width]
