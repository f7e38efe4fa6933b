"""Reading an SVG's XML into a tree, without anything that XML can do besides."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from xml.etree.ElementTree import Element, TreeBuilder, tostring
from xml.parsers import expat

from milepost.images.kinds import text_encoding
from milepost.images.picture import Unusable

if TYPE_CHECKING:
    from collections.abc import Mapping

_SVG: Final = "http://www.w3.org/2000/svg"
_PLAIN_NAMES: Final[Mapping[str, str]] = {
    "http://www.w3.org/1999/xlink}href": "href",
    "http://www.w3.org/XML/1998/namespace}space": "xml:space",
}
_DECLARED: Final = re.compile(rb"""\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{1,40})["']""")
_ENCODINGS: Final = frozenset(
    {"utf-8", "utf8", "us-ascii", "iso-8859-1", "iso-8859-15", "windows-1252", "windows-1250"}
)
_DEEPEST: Final = 200
_LONGEST_ENTITY: Final = 1000
_GROWTH: Final = 4
_ROOM: Final = 65_536


class Part(Element):
    """An element that knows the line of the file on which it begins."""

    line: int = 1


def line_of(element: Element) -> int:
    """Return the line of the file on which an element of `tree` begins."""
    return element.line if isinstance(element, Part) else 1


def tree(data: bytes) -> Element:
    """Return the root of an SVG file, its tags and attributes by their plain names.

    Comments, instructions, and elements and attributes of other vocabularies are left out, but
    for `href`, which may be written `xlink:href`, and `xml:space`. The fixed bits of text that
    Illustrator declares as entities are put in.

    Raises:
        Unusable: it is not well-formed, not an SVG, nested without reason, or it declares
            entities that reach into other files or grow.
    """
    text = decoded(data)
    reader = _Reader(room=_GROWTH * len(text) + _ROOM)
    try:
        return reader.read(text)
    except expat.ExpatError as error:
        reason = expat.ErrorString(error.code)
        raise Unusable(
            f"cannot be read as an SVG: line {error.lineno} is broken ({reason}). "
            "Save or export it again."
        ) from error


def written(root: Element) -> bytes:
    """Return a tree of plain names as the UTF-8 bytes of an SVG file."""
    root.set("xmlns", _SVG)
    return tostring(root, encoding="unicode").encode()


class _Reader:
    """What has been read so far of one file."""

    def __init__(self, *, room: int) -> None:
        self._room = room
        self._depth = 0
        self._foreign = 0
        self._bare = False
        self._builder = TreeBuilder(element_factory=Part)
        self._parser = expat.ParserCreate(namespace_separator="}")
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._text
        self._parser.EntityDeclHandler = self._entity
        self._parser.SkippedEntityHandler = self._unknown_entity

    def read(self, text: str) -> Element:
        self._parser.Parse(text, True)  # noqa: FBT003 - expat takes no keyword
        return self._builder.close()

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        vocabulary, _, name = tag.rpartition("}")
        if not self._depth:
            self._check_root(vocabulary, name)
        self._depth += 1
        if self._depth > _DEEPEST:
            raise Unusable(
                f"has groups inside groups, more than {_DEEPEST} deep (line {self._line}). "
                "Export it again with its groups flattened."
            )
        if self._foreign or not self._is_svg(vocabulary):
            self._foreign += 1
            return
        plain = {_PLAIN_NAMES.get(key, key): value for key, value in attributes.items()}
        self._spend(sum(map(len, plain.values())))
        made = self._builder.start(name, {key: plain[key] for key in plain if "}" not in key})
        if isinstance(made, Part):
            made.line = self._line

    def _end(self, tag: str) -> None:
        self._depth -= 1
        if self._foreign:
            self._foreign -= 1
        else:
            self._builder.end(tag.rpartition("}")[2])

    def _text(self, text: str) -> None:
        self._spend(len(text))
        if not self._foreign:
            self._builder.data(text)

    def _entity(
        self,
        name: str,
        is_parameter: bool,  # noqa: FBT001 - expat calls this
        value: str | None,
        *_where: str | None,
    ) -> None:
        if is_parameter or value is None or len(value) > _LONGEST_ENTITY or set("&%<") & set(value):
            raise Unusable(
                f'declares the entity "{name[:40]}" (line {self._line}), which could bring in '
                "other files or grow without end. Export it again as plain SVG."
            )

    def _unknown_entity(self, name: str, _is_parameter: bool) -> None:  # noqa: FBT001
        raise Unusable(
            f'uses the entity "{name[:40]}" (line {self._line}), which it does not declare. '
            "Export it again as plain SVG."
        )

    def _check_root(self, vocabulary: str, name: str) -> None:
        # An SVG copied out of a web page's source has no xmlns, since HTML needs none.
        self._bare = not vocabulary
        if name != "svg" or vocabulary not in {"", _SVG}:
            raise Unusable(f"is not an SVG: it begins with <{name[:40]}>, not with <svg>.")

    def _is_svg(self, vocabulary: str) -> bool:
        return vocabulary == _SVG or (self._bare and not vocabulary)

    def _spend(self, size: int) -> None:
        self._room -= size
        if self._room < 0:
            raise Unusable(
                f"grows to many times its size while it is read (line {self._line}). "
                "Export it again as plain SVG."
            )

    @property
    def _line(self) -> int:
        return self._parser.CurrentLineNumber


def decoded(data: bytes) -> str:
    """Return the text of an SVG file, whichever of the usual encodings it is in.

    Raises:
        Unusable: it is in another one, or in none.
    """
    encoding = text_encoding(data) or _declared_encoding(data)
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise Unusable(
            f"cannot be read as text: line {line} is not in {encoding.upper()}. Export it again."
        ) from error


def _declared_encoding(data: bytes) -> str:
    found = _DECLARED.match(data)
    named = found[1].decode().lower() if found else "utf-8"
    # A file whose first line can be read byte by byte is not UTF-16, whatever that line says.
    if named.startswith("utf-16"):
        return "utf-8"
    if named not in _ENCODINGS:
        raise Unusable(f'is written in "{named}". Export it again in UTF-8.')
    return named
