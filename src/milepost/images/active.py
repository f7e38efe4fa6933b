"""What a drawing may do beside being drawn: the parts that no logo needs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final
from xml.parsers import expat

from milepost.images.markup import decoded
from milepost.images.style import without_comments

_HANDLER: Final = re.compile(r"on[a-z]+", re.IGNORECASE)
_PROGRAM: Final = re.compile(r"(?:javascript|vbscript|data:text/html)", re.IGNORECASE)
_UNSEEN: Final = re.compile(r"[\x00-\x20]+")
"""What browsers leave out of an address before they look at it."""
_ESCAPE: Final = re.compile(r"\\(?:([0-9a-fA-F]{1,6})\s?|(.))", re.DOTALL)
_LOADED: Final = re.compile(
    r"@import\s*[\"'](?P<sheet>[^\"']+)|url\(\s*[\"']?(?P<file>(?!\#|data:)[^\"')\s]+)",
    re.IGNORECASE,
)
_SHEET: Final = re.compile(r"\bhref\s*=\s*[\"'](?!\#)([^\"']+)")
_LOADING: Final = frozenset(
    {"image", "use", "feimage", "textpath", "pattern", "lineargradient", "radialgradient", "mpath"}
)
_LEADING: Final = frozenset({"href", "to", "from", "by", "values"})
"""Attributes that lead elsewhere, or that animations write into such."""
_INSIDE: Final = re.compile(r"#|data:|\Z", re.IGNORECASE)
_LONGEST: Final = 60
_LAST: Final = 0x10FFFF
MOVING: Final = frozenset(
    {"animate", "animateColor", "animateMotion", "animateTransform", "discard", "set"}
)
"""The elements that make a drawing move or change by itself (SMIL; SVG 2, "Animation")."""


def active_parts(data: bytes) -> Iterator[tuple[int, str]]:
    """Yield (line in the file, what stands there) for what a drawing would run or load.

    The file is one that `markup.tree` reads. Illustrator keeps its own copy of a drawing in a
    foreignObject that only it reads (requiredExtensions); that one is nothing to browsers.
    """
    reader = _Reader()
    reader.read(decoded(data))
    yield from reader.found


def moving_parts(data: bytes) -> Iterator[tuple[int, str]]:
    """Yield (line in the file, element) for what makes a drawing move."""
    reader = _Reader()
    reader.read(decoded(data))
    yield from reader.moving


class _Reader:
    """Goes through a drawing as browsers do, with its encoding and its entities."""

    def __init__(self) -> None:
        self.found: list[tuple[int, str]] = []
        self.moving: list[tuple[int, str]] = []
        self._style: list[str] | None = None
        self._parser = expat.ParserCreate(namespace_separator="}")
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._text
        self._parser.ProcessingInstructionHandler = self._instruction

    def read(self, text: str) -> None:
        self._parser.Parse(text, True)  # noqa: FBT003 - expat takes no keyword

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        plain = [(key.rpartition("}")[2], value) for key, value in attributes.items()]
        own = tag.rpartition("}")[2]
        name = own.lower()
        line = self._parser.CurrentLineNumber
        if own in MOVING:
            self.moving.append((line, own))
        self.found += [(line, what) for what in _of_tag(name, plain)]
        self.found += [(line, what) for _, value in plain for _, what in _of_css(value)]
        if name == "style":
            self._style = []

    def _end(self, tag: str) -> None:
        if self._style is not None and tag.rpartition("}")[2].lower() == "style":
            text = "".join(self._style)
            first = self._parser.CurrentLineNumber - text.count("\n")
            self.found += [(first + rows, what) for rows, what in _of_css(text)]
            self._style = None

    def _text(self, text: str) -> None:
        if self._style is not None:
            self._style.append(text)

    def _instruction(self, target: str, data: str) -> None:
        sheet = _SHEET.search(data) if target == "xml-stylesheet" else None
        if sheet:
            self.found.append((self._parser.CurrentLineNumber, _other_file(sheet[1])))


def _of_tag(name: str, attributes: Sequence[tuple[str, str]]) -> Iterator[str]:
    if name == "script":
        yield "a script"
    if name == "foreignobject" and "requiredExtensions" not in dict(attributes):
        yield "a piece of a web page (foreignObject)"
    for key, value in attributes:
        called = value.rpartition(":")[2].strip() if key == "attributeName" else key
        if _HANDLER.fullmatch(called):
            yield f"a script ({called})"
        # Browsers run what follows "java\nscript:", too.
        address = _UNSEEN.sub("", value) if key in _LEADING else ""
        if any(map(_PROGRAM.match, address.split(";"))):
            yield f"a script ({_short(address)})"
        elif key == "href" and name in _LOADING and not _INSIDE.match(address):
            yield f"a picture that is not in it ({_short(address)})"


def _of_css(css: str) -> Iterator[tuple[int, str]]:
    """Yield (lines above it, the first thing that some CSS would load)."""
    text = _ESCAPE.sub(_unescaped, without_comments(css))
    found = _LOADED.search(text)
    if found:
        yield text.count("\n", 0, found.start()), _other_file(found["sheet"] or found["file"])


def _unescaped(found: re.Match[str]) -> str:
    if not found[1]:
        return found[2]
    number = int(found[1], 16)
    return chr(number) if number <= _LAST else ""


def _other_file(address: str) -> str:
    if "//" in address:
        return f"something from another site ({_short(address)})"
    return f"something from another file ({_short(address)})"


def _short(address: str) -> str:
    return address if len(address) <= _LONGEST else f"{address[: _LONGEST - 1]}…"
