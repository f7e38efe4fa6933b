"""How a drawing lies in its frame, written so that the frame can be made smaller."""

from __future__ import annotations

from typing import Final
from xml.etree.ElementTree import Element, SubElement

from milepost.images.size import Frame

_ROUNDING: Final = 0.02
_UNITS: Final = ("gradientUnits", "patternUnits", "maskUnits", "filterUnits", "clipPathUnits")
_OF_ITS_OWN: Final = frozenset(
    {"linearGradient", "radialGradient", "pattern", "mask", "filter", "stop"}
)
_LENGTHS: Final = frozenset(
    {"x", "y", "width", "height", "r", "rx", "ry", "cx", "cy", "x1", "y1", "x2", "y2"}
    | {"stroke-width"}
)


def settle(root: Element, frame: Frame) -> None:
    """Write a frame to the root so that its viewBox alone tells what is seen.

    Whoever changes the viewBox then cuts the drawing, and moves nothing in it. A drawing that is
    stretched, cut or pushed aside by its frame (preserveAspectRatio), or that has lengths in
    percent of it, is put into a frame of its own inside: there all of that stays as it is.
    """
    fits = root.attrib.pop("preserveAspectRatio", "")
    *_, width, height = map(float, frame.view_box.split())
    is_filled = abs(frame.width / frame.height * height / width - 1) < _ROUNDING
    box = frame.view_box if is_filled else f"0 0 {frame.width} {frame.height}"
    if (fits and not is_filled) or any(map(_is_relative, root.iter())):
        _wrap(root, frame, box, "" if is_filled else fits)
        root.set("viewBox", box)
    else:
        root.set("viewBox", frame.view_box)
    root.set("width", str(frame.width))
    root.set("height", str(frame.height))


def _is_relative(element: Element) -> bool:
    is_own = element.tag in _OF_ITS_OWN and "userSpaceOnUse" not in map(element.get, _UNITS)
    return not is_own and any("%" in value for name, value in element.items() if name in _LENGTHS)


def _wrap(root: Element, frame: Frame, box: str, fits: str) -> None:
    children = list(root)
    del root[:]
    own = dict(zip(("x", "y", "width", "height"), box.split(), strict=True))
    inner = SubElement(root, "svg", {**own, "viewBox": frame.view_box})
    if fits:
        inner.set("preserveAspectRatio", fits)
    inner.extend(children)
