"""How much work a drawing is: what would keep phones busy for minutes is refused."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final
from xml.etree.ElementTree import Element

from milepost.images.markup import line_of
from milepost.images.picture import Unusable
from milepost.images.size import frame

_PAINTED_EACH: Final = frozenset({"pattern", "mask", "clipPath", "filter", "marker"})
_PAINT: Final = re.compile(r"url\(\s*[\"']?#([^\"')\s]+)")
_MOST_NESTED: Final = 3
_MOST_FILTERS: Final = 60
_MOST_SHAPES: Final = 100_000
_MOST_LEVELS: Final = 20

_MOST_OCTAVES: Final = 10
"""Each one is half as strong as the one before: the tenth changes no pixel any more."""
_MOST_ORDER: Final = 10
_WIDEST_RADIUS: Final = 0.02
"""As a part of the longer side: each pixel of the result is looked for among (2 radius)²."""
_LONGEST_SHOWN: Final = 20
_PLAIN: Final = "Ask for it without filters, as plain SVG, or use a PNG."


def check_filters(root: Element) -> None:
    """Make sure that no filter of a drawing needs more than a moment for each pixel.

    Raises:
        Unusable: one does; the text says which, its line, and what is allowed.
    """
    box = [float(number) for number in frame(root.attrib).view_box.split()]
    for filter_ in root.iter("filter"):
        is_part = filter_.get("primitiveUnits") == "objectBoundingBox"
        widest = _WIDEST_RADIUS * (1 if is_part else max(box[2:]))
        most: Mapping[tuple[str, str], float] = {
            ("feTurbulence", "numOctaves"): _MOST_OCTAVES,
            ("feConvolveMatrix", "order"): _MOST_ORDER,
            ("feMorphology", "radius"): widest,
        }
        for element in filter_.iter():
            for (tag, name), allowed in most.items():
                if element.tag == tag:
                    _check_number(element, name, allowed)


def _check_number(element: Element, name: str, most: float) -> None:
    text = element.get(name, "")
    if any(number > most for number in _numbers(text)):
        shown = text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}…"
        raise Unusable(
            f'has a filter with {name}="{shown}" in line {line_of(element)}, which takes minutes '
            f"to draw; at most {most:.4g} is allowed. {_PLAIN}"
        )


def _numbers(text: str) -> Iterator[float]:
    for word in text.replace(",", " ").split():
        try:
            yield float(word)
        except ValueError:
            # Whoever draws it reads as much of it as is a number.
            yield float("inf")


def check_whole(root: Element) -> None:
    """Make sure that a clean drawing does not multiply itself.

    Raises:
        Unusable: it does.
    """
    if _Shapes(root).drawn > _MOST_SHAPES:
        raise Unusable(
            f"draws more than {_MOST_SHAPES:,} shapes, copies counted, and no phone can show "
            "that. Export it again, simplified."
        )
    if _is_knotted(root):
        raise Unusable(
            "has patterns, masks or filters inside one another, which take minutes to draw. "
            "Export it again, simplified, or use a PNG."
        )


def _is_knotted(root: Element) -> bool:
    """Say whether drawing it takes a power of its size: each level is drawn for all above it."""
    parts = {
        element.get("id", ""): element for element in root.iter() if element.tag in _PAINTED_EACH
    }
    drawn_by = {
        name: {found for below in part.iter() for found in _painted_with(below) if found in parts}
        for name, part in parts.items()
    }
    level = set(parts)
    for _ in range(_MOST_NESTED):
        level = {name for above in level for name in drawn_by[above]}
    return bool(level) or sum(map(_passes, root.iter())) > _MOST_FILTERS


def _passes(element: Element) -> float:
    """Return how many times a part of a filter goes over the pixels."""
    if element.tag == "feTurbulence":
        return max(_numbers(element.get("numOctaves", "1")), default=1)
    return element.tag.startswith("fe")


def _painted_with(element: Element) -> Iterator[str]:
    for name, value in element.items():
        yield from _PAINT.findall(value)
        if name == "href":
            yield value.removeprefix("#")


class _Shapes:
    """How many shapes a browser draws, each `<use>` counted as all that it copies."""

    def __init__(self, root: Element) -> None:
        self._named = {element.get("id", ""): element for element in root.iter()}
        self._copies: dict[str, int] = {"": 0}
        self.drawn = self._count(root, levels=_MOST_LEVELS)

    def _count(self, part: Element, *, levels: int) -> int:
        uses = [element.get("href", "")[1:] for element in part.iter("use")]
        return sum(1 for _ in part.iter()) + sum(self._copied(name, levels) for name in uses)

    def _copied(self, name: str, levels: int) -> int:
        if not levels:
            return _MOST_SHAPES + 1
        if name not in self._copies:
            self._copies[name] = 0  # Browsers draw nothing for a copy inside itself.
            if name in self._named:
                self._copies[name] = self._count(self._named[name], levels=levels - 1)
        return self._copies[name]
