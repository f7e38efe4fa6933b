"""Links in a post's HTML: found, resolved to addresses, and written for a page or a feed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from html import escape, unescape
from typing import Final

from milepost.posts.post import Page
from milepost.source import find_line

FORBIDDEN_TAGS: Final = frozenset({"script", "style", "iframe", "object", "embed", "base", "meta"})
"""Elements that a post's text may not have: our pages' security policy stops them."""

_ATTRIBUTES: Final = frozenset(
    {"href", "src", "poster", "data", "cite", "action", "formaction", "srcset", "background"}
)
_LOADING: Final = frozenset({"src", "poster", "data", "srcset", "background"})

# Quantifiers are possessive, so that hostile text costs linear time.
_TAG = re.compile(
    r"""<!--.*?(?:-->|\Z)|<(?P<tag>[A-Za-z][A-Za-z0-9-]*+)"""
    r"""(?P<attributes>(?:[\s/]++[^\s=>/"'<]++(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s"'>]++))?+)*+)"""
    r"""[\s/]*+>""",
    re.DOTALL,
)
_ATTRIBUTE = re.compile(
    r"""[\s/]++(?P<name>[^\s=>/"'<]++)(?:\s*+=\s*+(?:"(?P<a>[^"]*+)"|'(?P<b>[^']*+)'|(?P<c>[^\s"'>]++)))?+"""
)
_BRACED = re.compile(r"[{|](?P<what>filename|static|attach|category|tag|author|index)[}|]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """One address in a text, as its author wrote it.

    `what` is the word in braces, such as `filename`, or "". `value` is what follows it.
    `attributes` are the names of all attributes of its element.
    """

    tag: str
    attribute: str
    what: str
    value: str
    attributes: frozenset[str] = frozenset()

    @property
    def loads(self) -> bool:
        """Whether a browser fetches the address without being asked."""
        return self.attribute in _LOADING and self.tag != "a"

    @property
    def written(self) -> str:
        """The link as it stands in the file."""
        return f"{{{self.what}}}{self.value}" if self.what else self.value


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """Where a link leads. An internal address begins with / and gets the site's prefix.

    `width` and `height` are a picture's, in CSS pixels, or 0.
    """

    address: str
    internal: bool
    width: int = 0
    height: int = 0


@dataclass(frozen=True, slots=True)
class Hypertext:
    """HTML whose internal addresses are still to be written for a page or for a feed."""

    parts: tuple[str | Target, ...]

    def html(self, prefix: str) -> str:
        """Return the HTML with `prefix` before every internal address."""
        return "".join(
            part
            if isinstance(part, str)
            else escape((prefix if part.internal else "") + part.address)
            for part in self.parts
        )


def split_links(html: str) -> list[str | Link]:
    """Return the HTML as pieces: text as it is, and between it the addresses."""
    pieces: list[str | Link] = []
    done = 0
    for tag in _TAG.finditer(html):
        if tag["tag"] is None:
            continue
        found = list(_ATTRIBUTE.finditer(tag["attributes"]))
        names = frozenset(attribute["name"].lower() for attribute in found)
        for attribute in found:
            name = attribute["name"].lower()
            group = next((group for group in "abc" if attribute[group] is not None), None)
            if name not in _ATTRIBUTES or group is None:
                continue
            start = tag.start("attributes") + attribute.start(group)
            pieces.append(html[done:start])
            pieces.append(_link(tag["tag"].lower(), name, attribute[group], names))
            done = tag.start("attributes") + attribute.end(group)
    pieces.append(html[done:])
    return pieces


def link(written: str) -> Link:
    """Return a link that stands alone, such as a button's."""
    return _link("a", "href", escape(written, quote=False), frozenset())


def resolve(html: str, target_of: Callable[[Link], Target]) -> Hypertext:
    """Return a text with every address resolved; pictures get their size and load lazily."""
    parts: list[str | Target] = []
    for piece in split_links(html):
        if isinstance(piece, str):
            parts.append(piece)
            continue
        target = target_of(piece)
        parts.append(target)
        if piece.tag == "img" and piece.attribute == "src" and target.width:
            parts.append(_picture_attributes(piece, target))
    return Hypertext(tuple(parts))


def forbidden(html: str) -> Iterator[str]:
    """Yield every element and attribute of a text that a page may not carry."""
    for tag in _TAG.finditer(html):
        if tag["tag"] is None:
            continue
        if tag["tag"].lower() in FORBIDDEN_TAGS:
            yield f"<{tag['tag']}"
        for attribute in _ATTRIBUTE.finditer(tag["attributes"]):
            name = attribute["name"].lower()
            if name == "style" or name.startswith("on"):
                yield f"{attribute['name']}="


def line_of(page: Page, needles: Sequence[str]) -> int:
    """Return the line of the first of `needles` that a page's file contains."""
    for needle in needles:
        line = find_line(page.body, needle, page.body_line)
        if line:
            return line
    return page.body_line


def _link(tag: str, attribute: str, raw: str, names: frozenset[str]) -> Link:
    value = unescape(raw).strip()
    braced = _BRACED.match(value)
    return Link(
        tag=tag,
        attribute=attribute,
        what=braced["what"] if braced else "",
        value=value[braced.end() :] if braced else value,
        attributes=names,
    )


def _picture_attributes(piece: Link, target: Target) -> str:
    more = {"width": target.width, "height": target.height, "loading": "lazy"}
    written = [f'{name}="{value}' for name, value in more.items() if name not in piece.attributes]
    # The address stands inside its quotation marks: close them, and leave the last one open.
    return "".join(f'" {attribute}' for attribute in written)
