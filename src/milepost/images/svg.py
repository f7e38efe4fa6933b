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

from milepost.images import effort, framing, markup, raster, size, spacing
from milepost.images.active import MOVING
from milepost.images.kinds import kind_of
from milepost.images.markup import line_of
from milepost.images.picture import Unusable
from milepost.images.style import local_addresses, local_css, without_layout, without_paper

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_EMBEDDED: Final = re.compile(
    r"data:image/(?:png|jpe?g|webp|gif|avif)\b[^,]{0,100};\s*base64\s*,", re.IGNORECASE
)
_INSIDE: Final = ("png", "jpeg", "webp", "gif")
_LONGEST_SHOWN: Final = 40
_PICTURES: Final = frozenset({"image", "feImage"})
_FOLLOWS_PATH: Final = frozenset({"textPath", "mpath"})
_PARKED: Final = "data-follows"
"""Where the path of a text is kept from svg-hush, which drops it: the text would vanish."""

_SHAPES: Final = frozenset(
    {"path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "text"}
)


def cleaned(data: bytes, *, still: bool = False) -> tuple[bytes, int, int]:
    """Return (a drawing fit for `<img>`, its natural width, its height in CSS pixels).

    Scripts, event handlers, links, foreign elements, and everything that would be loaded from
    elsewhere are gone; pictures of pixels inside stay, without their own metadata and their
    motion. The result says its size in a viewBox, a width and a height, and is UTF-8. With `still`
    it does not move: it stays as it is before anything has moved.

    Raises:
        Unusable: it cannot be read, has no size, shows nothing once clean, or multiplies itself.
    """
    root = markup.tree(data)
    frame = size.frame(root.attrib)
    if still:
        _stop(root)
    effort.check_filters(root)
    _keep_own_styles(root)
    _keep_own_links(root)
    spacing.settle(root)
    root = _hushed(root)
    spacing.drop_indents(root)
    _restore_paths(root)
    # Again: svg-hush leaves out letters that are not ASCII, and "urlé(" becomes "url(".
    _keep_own_styles(root)
    _check_drawing(root)
    if "style" in root.attrib:
        root.set("style", without_layout(root.attrib["style"]))
    framing.settle(root, frame)
    return markup.written(root), frame.width, frame.height


def _hushed(root: Element) -> Element:
    try:
        clean: bytes = filter_svg(markup.written(root), {"image": list(_INSIDE)})
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
            element.text = without_paper(local_css(element.text or ""))
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
            element.set("href", _embedded(href, line_of(element)))
        elif element.tag in _PICTURES and href[:5].lower() == "data:":
            raise Unusable(_other_kind(href, line_of(element)))


def _restore_paths(root: Element) -> None:
    for element in root.iter():
        path = element.attrib.pop(_PARKED, "")
        if path:
            element.set("href", path)


def _flatten(style: Element) -> None:
    # Browsers read the text between a style's children as CSS too; svg-hush does not.
    style.text = (style.text or "") + "".join(child.tail or "" for child in style)
    del style[:]


def _embedded(href: str, line: int) -> str:
    encoded = "".join(unquote(href.partition(",")[2]).split())
    try:
        data = base64.b64decode(encoded, validate=True)
    except (binascii.Error, ValueError):
        raise Unusable(f"has a damaged picture inside, in line {line}. Export it again.") from None
    kind = kind_of(data)
    if kind not in {*_INSIDE, "avif"}:
        raise Unusable(
            f"has something inside, in line {line}, that only claims to be a picture. Export it "
            "again."
        )
    try:
        data, _, _ = raster.cleaned(data, kind)
    except Unusable as problem:
        raise Unusable(f"has a picture inside, in line {line}, that {problem}") from None
    still = raster.still(data, kind)
    kind, data = ("png", still) if still else (kind, data)
    return f"data:image/{kind};base64,{base64.b64encode(data).decode()}"


def _other_kind(href: str, line: int) -> str:
    kind, _, _ = href.partition(",")
    if "svg" in kind.lower():
        return (
            f"has another SVG inside, in line {line}, which cannot be cleaned. Ask for the whole "
            "drawing as one plain SVG, or as a PNG."
        )
    return (
        f"has something inside, in line {line}, that is no PNG, JPEG, WebP, GIF or AVIF "
        f'("{kind[:_LONGEST_SHOWN]}"). Export it again as plain SVG, or use a PNG.'
    )


def _check_drawing(root: Element) -> None:
    if not any(map(_shows, root.iter())):
        raise Unusable(
            "shows nothing once what is unsafe is taken away. A picture that is only linked must "
            "be embedded; export it again, or use a PNG."
        )
    effort.check_whole(root)


def _shows(element: Element) -> bool:
    return element.tag in _SHAPES or (element.tag == "image" and "href" in element.attrib)
