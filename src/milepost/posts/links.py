"""Links in a post's HTML: found, resolved to addresses, and written for a page or a feed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from html import escape, unescape
from html.entities import html5
from typing import Final

FORBIDDEN_TAGS: Final = frozenset(
    {"script", "style", "iframe", "object", "embed", "applet", "frame", "frameset", "base", "meta"}
    | {"link", "svg", "math", "title", "textarea", "template"}
    | {"noscript", "noembed", "noframes", "xmp", "plaintext"}
)
"""Elements that a post's text may not have.

Our pages' security policy stops them, or browsers read what stands in them by other rules.
"""

_ATTRIBUTES: Final = frozenset(
    {"href", "src", "poster", "data", "cite", "action", "formaction", "background", "ping"}
)
_LOADING: Final = frozenset({"src", "poster", "data", "background"})
_FORBIDDEN_ATTRIBUTES: Final = frozenset({"style", "srcset", "ping", "data-wall", "data-mark"})

# Tags as browsers read them (WHATWG HTML, "Tokenization"): whatever begins one is one, so that
# nothing is a tag to a browser and text to us. Each match eats what it has looked at, so hostile
# text costs linear time.
_BLANK = r"[\t\n\f\r ]"
_VALUE = r"""(?:"[^"]*+(?:"|\Z)|'[^']*+(?:'|\Z)|(?![>"'])[^\t\n\f\r >]++)"""
_NAME = r"(?:=[^\t\n\f\r />=]*+|[^\t\n\f\r />=]++)"
_ATTRIBUTE = re.compile(
    rf"(?:{_BLANK}|/)*+(?P<name>{_NAME})(?P<is>{_BLANK}*+={_BLANK}*+)?+(?(is)(?P<value>{_VALUE})?+)"
)
_ATTRIBUTE_LIST = rf"(?:(?:{_BLANK}|/)*+{_NAME}(?:{_BLANK}*+={_BLANK}*+(?:{_VALUE})?+)?+)*+"
_TAG = re.compile(
    r"<(?:(?P<tag>[A-Za-z][^\t\n\f\r />]*+)|/[A-Za-z][^\t\n\f\r />]*+)"
    rf"(?P<attributes>{_ATTRIBUTE_LIST})(?:{_BLANK}|/)*+(?:>|\Z)"
    r"|<!--(?:-?>|.*?(?:--!?>|\Z))"
    r"|<[!?/][^>]*+(?:>|\Z)",
    re.DOTALL,
)
_REFERENCE = re.compile(
    r"&(?:#[0-9]++;?|#[xX][0-9A-Fa-f]++;?|(?P<name>[A-Za-z][A-Za-z0-9]*+);?)(=?)"
)
_DROPPED = re.compile(r"[\t\n\r]")
_BRACED = re.compile(r"[{|](?P<what>filename|static|attach|category|tag|author|index)[}|]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """One address in a text, as its author wrote it.

    `what` is the word in braces, such as `filename`, or "". `value` is what follows it.
    `raw` is the address as the HTML has it, with its entities; `attributes` are the names of all
    attributes of its element.
    """

    tag: str
    attribute: str
    what: str
    value: str
    raw: str = ""
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
    """Return the HTML as pieces: text as it is, and between it the addresses.

    An address always stands between double quotation marks, whatever its author wrote.
    """
    pieces: list[str | Link] = []
    done, mark = 0, ""
    for tag in _TAG.finditer(html):
        if not tag["attributes"] or tag["tag"] is None:
            continue
        found = list(_ATTRIBUTE.finditer(html, tag.start("attributes"), tag.end("attributes")))
        names = frozenset(attribute["name"].lower() for attribute in found)
        for attribute in found:
            name, value = attribute["name"].lower(), attribute["value"]
            if name not in _ATTRIBUTES or value is None:
                continue
            pieces.append(f'{mark}{html[done : attribute.start("value")]}"')
            pieces.append(_link(tag["tag"].lower(), name, _unquoted(value), names))
            done, mark = attribute.end("value"), '"'
    pieces.append(mark + html[done:])
    return pieces


def link(written: str) -> Link:
    """Return a link that stands alone, such as a button's."""
    return _link("a", "href", escape(written, quote=False), frozenset())


def resolve(pieces: Iterable[str | Link], target_of: Callable[[Link], Target]) -> Hypertext:
    """Return a split text with every address resolved; pictures get their size and load lazily."""
    parts: list[str | Target] = []
    for piece in pieces:
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
        for attribute in _ATTRIBUTE.finditer(html, tag.start("attributes"), tag.end("attributes")):
            name = attribute["name"].lower()
            if name in _FORBIDDEN_ATTRIBUTES or name.startswith("on"):
                yield f"{attribute['name']}="


def _link(tag: str, attribute: str, raw: str, names: frozenset[str]) -> Link:
    value = _as_browsers_read(_REFERENCE.sub(_character, raw))
    braced = _BRACED.match(value)
    return Link(
        tag=tag,
        attribute=attribute,
        what=braced["what"] if braced else "",
        value=value[braced.end() :] if braced else value,
        raw=raw,
        attributes=names,
    )


def _as_browsers_read(address: str) -> str:
    r"""Return an address without what browsers drop from it, and with / for \ at its start.

    See WHATWG URL, "basic URL parser".
    """
    address = _DROPPED.sub("", address.strip())
    path = address.lstrip("/\\")
    return "/" * (len(address) - len(path)) + path


def _character(reference: re.Match[str]) -> str:
    """Return what a character reference in an attribute stands for.

    Without a semicolon a name counts only when neither a letter, digit nor = follows (WHATWG
    HTML, "Named character reference state"): `?a=1&copy=2` has no © in it.
    """
    name, equals = reference["name"], reference[2]
    whole = reference[0].removesuffix("=") if equals else reference[0]
    if name and (whole[1:] not in html5 or (equals and not whole.endswith(";"))):
        return reference[0]
    return unescape(whole) + equals


def _unquoted(value: str) -> str:
    return value[1:].removesuffix(value[0]) if value[0] in "\"'" else value


def _picture_attributes(piece: Link, target: Target) -> str:
    more: dict[str, object] = {}
    if not {"width", "height"} & piece.attributes:
        more = {"width": target.width, "height": target.height}
    if "loading" not in piece.attributes:
        more["loading"] = "lazy"
    # The address stands inside its quotation marks: close them, and leave the last one open.
    return "".join(f'" {name}="{value}' for name, value in more.items())
