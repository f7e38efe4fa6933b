"""Photos and other pictures of pixels: are they whole, and what of them may be published."""

from __future__ import annotations

import struct
import warnings
from io import BytesIO
from typing import Any, Final

from PIL import Image
from PIL.Image import Transpose

from milepost.images.picture import Unusable
from milepost.images.strip import stripped

_MOST_PIXELS: Final = 50_000_000
_LONGEST_SIDE: Final = 12_000
_ALLOWED: Final = (
    f"at most {_LONGEST_SIDE:,} on a side and {_MOST_PIXELS // 1_000_000} million in all are "
    "allowed. Save it smaller."
)
_ORIENTATION: Final = 0x0112
_UPRIGHT: Final = {
    2: Transpose.FLIP_LEFT_RIGHT,
    3: Transpose.ROTATE_180,
    4: Transpose.FLIP_TOP_BOTTOM,
    5: Transpose.TRANSPOSE,
    6: Transpose.ROTATE_270,
    7: Transpose.TRANSVERSE,
    8: Transpose.ROTATE_90,
}
"""What undoes each Exif orientation: Exif 2.32, section 4.6.4, tag 274."""

_BROKEN: Final = (
    ArithmeticError,
    EOFError,
    LookupError,
    OSError,
    RuntimeError,
    SyntaxError,
    ValueError,
    struct.error,
)
"""What Pillow and `stripped` raise for files that are no good."""


def cleaned(data: bytes, kind: str) -> tuple[bytes, int, int]:
    """Return (a picture fit to publish, its width, its height in pixels).

    `kind` is png, jpeg, webp, avif or gif. Metadata goes, the colour profile stays, and the
    picture's own bytes are copied. Only a picture that its camera marked as lying on its side is
    turned and saved anew, and an AVIF that has metadata.

    Raises:
        Unusable: it is damaged, cut short, or larger than 50 million pixels or 12,000 a side.
    """
    with warnings.catch_warnings(action="ignore"):
        try:
            return _published(data, kind)
        except Unusable:
            raise
        except Image.DecompressionBombError as error:
            raise Unusable(f"has too many pixels; {_ALLOWED}") from error
        except _BROKEN as error:
            raise Unusable("is damaged or cut short. Save, copy or download it again.") from error


def still(data: bytes, kind: str) -> bytes | None:
    """Return the first picture of a clean AVIF, or of one that moves, as a PNG; else None."""
    with _opened(data, kind) as image:
        if kind != "avif" and not _is_animated(image):
            return None
        return _saved(image.convert("RGBA"), data, "png")


def _published(data: bytes, kind: str) -> tuple[bytes, int, int]:
    with _opened(data, kind) as image:
        _check_size(image.size)
        image.verify()
    with _opened(data, kind) as image:
        image.load()
        turn = _UPRIGHT.get(_orientation(image))
        if turn is not None and not _is_animated(image):
            turned = image.transpose(turn)
            return _saved(turned, data, kind), turned.width, turned.height
        if kind == "avif" and {"exif", "xmp"} & set(image.info):
            return _saved(image, data, kind), image.width, image.height
        return stripped(data, kind), image.width, image.height


def _opened(data: bytes, kind: str) -> Image.Image:
    return Image.open(BytesIO(data), formats=[kind.upper()])


def _check_size(size: tuple[int, int]) -> None:
    width, height = size
    if max(size) > _LONGEST_SIDE or width * height > _MOST_PIXELS:
        raise Unusable(f"is {width:,} by {height:,} pixels; {_ALLOWED}")


def _orientation(image: Image.Image) -> int:
    # Not `image.getexif()`: it also believes XMP, which browsers do not.
    exif = Image.Exif()
    try:
        exif.load(image.info.get("exif", b""))
        return int(exif.get(_ORIENTATION, 1))
    except (*_BROKEN, TypeError):
        return 1


def _is_animated(image: Image.Image) -> bool:
    return bool(getattr(image, "is_animated", False)) and image.format != "MPO"


def _saved(image: Image.Image, source: bytes, kind: str) -> bytes:
    options: dict[str, dict[str, Any]] = {
        "jpeg": {"quality": 90, "optimize": True, "progressive": True},
        "webp": {"quality": 90, "lossless": b"VP8L" in source},
        "avif": {"quality": 90, "save_all": _is_animated(image), "max_threads": 1},
        "png": {},
    }
    file = BytesIO()
    profile = image.info.get("icc_profile")
    image.save(file, format=kind, icc_profile=profile, **options[kind])
    return stripped(file.getvalue(), kind)
