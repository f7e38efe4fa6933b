"""How large a drawing is: its width, height and viewBox, in CSS pixels."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING, Final

from milepost.images.picture import Unusable

if TYPE_CHECKING:
    from collections.abc import Mapping

_PIXELS: Final[Mapping[str, float]] = {
    "": 1,
    "px": 1,
    "pt": 96 / 72,
    "pc": 16,
    "in": 96,
    "cm": 96 / 2.54,
    "mm": 96 / 25.4,
    "q": 96 / 101.6,
}
"""CSS pixels a unit: https://www.w3.org/TR/css-values-4/#absolute-lengths."""

_RELATIVE: Final = frozenset({"%", "em", "ex", "rem", "ch", "vw", "vh", "vmin", "vmax"})
_NUMBER: Final = r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?"
_LENGTH: Final = re.compile(rf"({_NUMBER})\s*(%|[A-Za-z]*)")
_BOX: Final = re.compile(r"[\s,]+".join([f"({_NUMBER})"] * 4))
_LONGEST_TEXT: Final = 100
_LONGEST_SHOWN: Final = 40
_LARGEST: Final = 100_000
_LARGEST_UNITS: Final = 1e9
_STEEPEST: Final = 100
_LONGEST_NATURAL: Final = 10_000
_ROUNDING: Final = 0.02


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """A drawing's own coordinates, as a viewBox, and its natural size in whole CSS pixels."""

    view_box: str
    width: int
    height: int


def frame(attributes: Mapping[str, str]) -> Frame:
    """Return the frame that the attributes of a drawing's root element describe.

    A width or height in percent counts as none, and a missing one follows from the viewBox.
    Where whole pixels could not keep the ratio, the natural size is a multiple; beyond 10,000
    pixels it is a fraction.

    Raises:
        Unusable: there is no size, or it is zero, negative, no number, or beyond reason.
    """
    box = _box(attributes.get("viewBox", ""))
    width = _length("width", attributes.get("width", ""))
    height = _length("height", attributes.get("height", ""))
    if box:
        sides = _sides(width, height, box)
    elif width and height:
        sides = (width, height)
        box = (0, 0, width, height)
    else:
        raise Unusable(
            "does not say how large it is: it has no viewBox, nor a width and a height. "
            "Save it again with a size."
        )
    whole_width, whole_height = _whole(*sides)
    view_box = " ".join(f"{number:.12g}" for number in box)
    return Frame(view_box=view_box, width=whole_width, height=whole_height)


def _box(text: str) -> tuple[float, float, float, float] | None:
    text = text.strip()
    if not text:
        return None
    found = _BOX.fullmatch(text) if len(text) <= _LONGEST_TEXT else None
    if not found:
        raise Unusable(f'has viewBox="{_short(text)}", which is not four numbers. Save it again.')
    x, y, width, height = map(float, found.groups())
    if not (0 < width <= _LARGEST_UNITS and 0 < height <= _LARGEST_UNITS):
        raise Unusable(
            f'has viewBox="{_short(text)}", which leaves no room to draw in. Save it again.'
        )
    if max(abs(x), abs(y)) > _LARGEST_UNITS:
        raise Unusable(f'has viewBox="{_short(text)}", which is too far off. Save it again.')
    return (x, y, width, height)


def _length(name: str, text: str) -> float | None:
    text = text.strip()
    if text in {"", "auto"}:
        return None
    found = _LENGTH.fullmatch(text) if len(text) <= _LONGEST_TEXT else None
    unit = found[2].lower() if found else ""
    if found and unit in _RELATIVE:
        return None
    if not found or unit not in _PIXELS:
        raise Unusable(f'has {name}="{_short(text)}", which is not a size. Save it again.')
    pixels = float(found[1]) * _PIXELS[unit]
    if not 0 < pixels <= _LARGEST:
        raise Unusable(
            f'has {name}="{_short(text)}"; a {name} is more than 0 and at most {_LARGEST:,} pixels.'
        )
    return pixels


def _sides(
    width: float | None, height: float | None, box: tuple[float, float, float, float]
) -> tuple[float, float]:
    ratio = box[2] / box[3]
    if width:
        return width, height or width / ratio
    return (height * ratio, height) if height else (box[2], box[3])


def _whole(width: float, height: float) -> tuple[int, int]:
    ratio = width / height
    if not 1 / _STEEPEST <= ratio <= _STEEPEST:
        raise Unusable(
            f"is more than {_STEEPEST} times as long as it is {'high' if ratio > 1 else 'wide'}. "
            "Save it again without the empty space."
        )
    unit = min(max(1, 1 / max(width, height)), _LONGEST_NATURAL / max(width, height))
    sizes = ((round(width * unit * times), round(height * unit * times)) for times in count(1))
    return next(
        (wide, high) for wide, high in sizes if high and abs(wide / high / ratio - 1) <= _ROUNDING
    )


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}…"
