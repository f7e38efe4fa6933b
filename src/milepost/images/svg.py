"""Cleaning a drawing, so that nothing in it runs, loads or tracks.

svg-hush (https://github.com/cloudflare/svg-hush) decides which elements and attributes stay.
What is done here before and after mends what it leaves: text in a `<style>` with elements inside
is not looked at, `@import` damages the rule behind it, addresses of other sites become addresses
of ours, text along a path loses the path, and indentation comes between the letters of a word.
"""

from __future__ import annotations

import base64
import binascii
import re
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from py_svg_hush import filter_svg

from milepost.images import markup, raster, size, spacing
from milepost.images.active import MOVING
from milepost.images.kinds import kind_of
from milepost.images.picture import Unusable
from milepost.images.style import local_addresses, local_css

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

_EMBEDDED: Final = re.compile(r"data:image/(?:png|jpe?g)\b[^,]{0,100};\s*base64\s*,", re.IGNORECASE)
_FOLLOWS_PATH: Final = frozenset({"textPath", "mpath"})
_PARKED: Final = "data-follows"
"""Where the path of a text is kept from svg-hush, which drops it: the text would vanish."""

_SHAPES: Final = frozenset(
    {"path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "text"}
)
_PAINTED_EACH: Final = frozenset({"pattern", "mask", "clipPath", "filter", "marker"})
_PAINT: Final = re.compile(r"url\(\s*[\"']?#([^\"')\s]+)")
_MOST_NESTED: Final = 3
_MOST_FILTERS: Final = 60
_MOST_SHAPES: Final = 100_000
_MOST_LEVELS: Final = 20


def cleaned(data: bytes, *, still: bool = False) -> tuple[bytes, int, int]:
    """Return (a drawing fit for `<img>`, its natural width, its height in CSS pixels).

    Scripts, event handlers, links, foreign elements, and everything that would be loaded from
    elsewhere are gone; PNG and JPEG pictures inside stay, without their own metadata. The result
    says its size in a viewBox, a width and a height, and is UTF-8. With `still` it does not move:
    it stays as it is before anything has moved.

    Raises:
        Unusable: it cannot be read, has no size, shows nothing once clean, or multiplies itself.
    """
    root = markup.tree(data)
    frame = size.frame(root.attrib)
    if still:
        _stop(root)
    _keep_own_styles(root)
    _keep_own_links(root)
    spacing.settle(root)
    root = _hushed(root)
    spacing.drop_indents(root)
    _restore_paths(root)
    # Again: svg-hush leaves out letters that are not ASCII, and "urlé(" becomes "url(".
    _keep_own_styles(root)
    _check_drawing(root)
    root.set("viewBox", frame.view_box)
    root.set("width", str(frame.width))
    root.set("height", str(frame.height))
    return markup.written(root), frame.width, frame.height


def _hushed(root: Element) -> Element:
    try:
        clean: bytes = filter_svg(markup.written(root), {"image": ["png", "jpeg"]})
    except ValueError as error:
        raise Unusable(f"cannot be cleaned ({error}). Export it again as plain SVG.") from error
    return markup.tree(clean)


def _stop(root: Element) -> None:
    for parent in list(root.iter()):
        before: Element | None = None
        for child in list(parent):
            if child.tag not in MOVING:
                before = child
                continue
            parent.remove(child)
            # What follows an element belongs to it in this tree, and is its parent's text.
            if before is None:
                parent.text = (parent.text or "") + (child.tail or "")
            else:
                before.tail = (before.tail or "") + (child.tail or "")


def _keep_own_styles(root: Element) -> None:
    for element in root.iter():
        if element.tag == "style":
            _flatten(element)
            element.text = local_css(element.text or "")
        for name, value in element.items():
            if name != "href":
                element.set(name, local_css(value) if name == "style" else local_addresses(value))


def _keep_own_links(root: Element) -> None:
    for element in root.iter():
        href = element.attrib.pop("href", "").strip()
        element.attrib.pop(_PARKED, None)
        if href.startswith("#"):
            element.set(_PARKED if element.tag in _FOLLOWS_PATH else "href", href)
        elif _EMBEDDED.match(href):
            element.set("href", _embedded(href))


def _restore_paths(root: Element) -> None:
    for element in root.iter():
        path = element.attrib.pop(_PARKED, "")
        if path:
            element.set("href", path)


def _flatten(style: Element) -> None:
    # Browsers read the text between a style's children as CSS too; svg-hush does not.
    style.text = (style.text or "") + "".join(child.tail or "" for child in style)
    for child in list(style):
        style.remove(child)


def _embedded(href: str) -> str:
    encoded = "".join(unquote(href.partition(",")[2]).split())
    try:
        data = base64.b64decode(encoded, validate=True)
    except (binascii.Error, ValueError):
        raise Unusable("has a damaged picture inside. Export it again.") from None
    kind = kind_of(data)
    if kind not in {"png", "jpeg"}:
        raise Unusable("has something inside that only claims to be a PNG or JPEG.")
    try:
        data, _, _ = raster.cleaned(data, kind)
    except Unusable as problem:
        raise Unusable(f"has a picture inside that {problem}") from None
    return f"data:image/{kind};base64,{base64.b64encode(data).decode()}"


def _check_drawing(root: Element) -> None:
    if not any(map(_shows, root.iter())):
        raise Unusable(
            "shows nothing once what is unsafe is taken away. A picture that is only linked must "
            "be embedded; export it again, or use a PNG."
        )
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
    filters = sum(element.tag.startswith("fe") for element in root.iter())
    return bool(level) or filters > _MOST_FILTERS


def _painted_with(element: Element) -> Iterator[str]:
    for name, value in element.items():
        yield from _PAINT.findall(value)
        if name == "href":
            yield value.removeprefix("#")


def _shows(element: Element) -> bool:
    return element.tag in _SHAPES or (element.tag == "image" and "href" in element.attrib)


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
