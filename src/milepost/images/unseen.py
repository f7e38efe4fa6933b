"""What of a drawing's CSS browsers obey, and resvg, by which logos are measured, does not."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final
from xml.etree.ElementTree import Element

from milepost.images.daylight import DAY, SLASHED
from milepost.images.markup import line_of
from milepost.images.selectors import Meant, Names, meant
from milepost.images.style import is_paper, without_comments, without_layout

_NAMES: Final = """
    clip-path clip-rule color color-interpolation-filters display fill fill-opacity fill-rule
    filter flood-color flood-opacity image-rendering isolation lighting-color marker marker-end
    marker-mid marker-start mask mask-type mix-blend-mode opacity overflow paint-order
    shape-rendering stop-color stop-opacity stroke stroke-dasharray stroke-dashoffset
    stroke-linecap stroke-linejoin stroke-miterlimit stroke-opacity stroke-width visibility
"""
_MEASURED: Final = frozenset(_NAMES.split())
"""What resvg takes from CSS as browsers do."""
_COLOURS: Final = frozenset(
    [
        "color",
        "fill",
        "fill-opacity",
        "flood-color",
        "stop-color",
        "stop-opacity",
        "stroke",
        "stroke-opacity",
    ]
)
"""What may be another at night, and takes the same place."""
_NOTHING: Final = re.compile(
    r"--.*|-(?!(?:webkit|moz|ms|o)-(?:transform|animation|mask|filter|clip)).*"
    r"|font.*|text.*|letter-.*|word-.*|white-space.*|line-.*|block-progression|writing-mode"
    r"|glyph-.*|.*-baseline|baseline-.*|direction|unicode-bidi|kerning|hyphens|tab-size"
    r"|shape-(?:inside|outside|padding|margin|subtract)|solid-.*|gradient-.*|enable-background"
    r"|color-(?:interpolation|profile|rendering|adjust)|pointer-events|cursor|user-select"
    r"|transition.*|color-scheme|will-change|backface-visibility|clip|src|quotes|order"
)
"""What nothing of a drawing without text follows from."""
_NEUTRAL: Final = frozenset({"", "auto", "none", "normal", "initial", "unset"})
_COLOUR_FUNCTIONS: Final = frozenset({"rgb", "rgba", "hsl", "hsla"})
_FUNCTIONS: Final = _COLOUR_FUNCTIONS | {"url", "icc-color"}
_FUNCTION: Final = re.compile(r"(?<![A-Za-z-])([A-Za-z-]{1,40})\(")
_GEOMETRY: Final = frozenset(
    ["x", "y", "width", "height", "r", "rx", "ry", "cx", "cy", "x1", "x2", "y1", "y2"]
)

_STRING: Final = re.compile(r"\"[^\"]*(?:\"|\Z)|'[^']*(?:'|\Z)")
_MARK: Final = re.compile(r"([{};])")
_HARMLESS: Final = re.compile(r":(?:hover|focus|active|visited|link|root)\b")
_SELECTOR: Final = re.compile(r"[\w\s.#*>,+=\[\]\"^$|-]*")
_NIGHT: Final = re.compile(
    r"@media\s*(?:screen\s+and\s*)?\(\s*prefers-color-scheme\s*:\s*dark\s*\)", re.IGNORECASE
)
_CALM: Final = re.compile(
    r"@media\s*\(\s*prefers-reduced-motion\s*(?::\s*reduce\s*)?\)", re.IGNORECASE
)
_AT_TIMES: Final = ((_NIGHT, "in dark mode"), (DAY, "by day"), (_CALM, "for calm readers"))
_WIDE: Final = re.compile(r"color\(\s*display-p3\b[^()]*\)")
_TURNING: Final = frozenset({"transform-box", "transform-origin"})
_NEVER: Final = re.compile(r"@(?:font-face|page\b[^,]*|media\s+print\b[^,]*)", re.IGNORECASE)
_LONGEST: Final = 40


def unseen(root: Element) -> tuple[int, str] | None:
    """Return (line, what stands there) of the first thing that logos cannot be measured by.

    `root` is a drawing's as `markup.tree` reads it. A transform in CSS moves a word for browsers
    alone: the measured drawing is another one than readers see.
    """
    return next(_parts(root), None)


def _parts(root: Element) -> Iterator[tuple[int, str]]:
    names = Names(root)
    for element in root.iter():
        line = line_of(element)
        style = element.get("style", "")
        style = without_layout(style) if element is root else style
        block = _Block(meant(element, root), set(element.keys()))
        for declaration in _plain(style).split(";"):
            yield from ((line, what) for what in block.of_declaration(declaration))
        yield from ((line, what) for what in _of_attributes(element))
        if element.tag == "style":
            yield from ((line + below, what) for below, what in _of_sheet(element, names))


def _of_attributes(element: Element) -> Iterator[str]:
    for name, value in element.items():
        is_other = name == "vector-effect" or (
            name == "transform-box" and meant(element, element).turned
        )
        if name in _MEASURED:
            yield from _of_value(name, value)
        elif (name in _GEOMETRY and "(" in value) or (
            is_other and value not in _NEUTRAL | {"view-box"}
        ):
            yield _short(f'{name}="{value}"')


def _of_sheet(style: Element, names: Names) -> Iterator[tuple[int, str]]:
    media = style.get("media", "all").strip()
    if media.lower() not in {"", "all", "screen"}:
        yield 0, _short(f'a style sheet for "{media}"')
    inside: list[str] = []
    block = _Block(Meant(), set())
    line = 0
    pieces = [*_MARK.split(_plain(style.text)), ""]
    for piece, end in zip(pieces[::2], pieces[1::2], strict=True):
        part = piece.strip()
        first = line + piece[: len(piece) - len(piece.lstrip())].count("\n")
        line += piece.count("\n")
        if end == "{":
            block = _Block(names.meant(part), set())
        if not any(map(_NEVER.fullmatch, inside)):
            found = _of_prelude(part, inside, block) if end == "{" else block.of_rule(part, inside)
            yield from ((first, what) for what in found)
        if end == "{":
            inside.append(part)
        elif end == "}":
            del inside[-1:]


def _of_prelude(part: str, inside: Sequence[str], block: _Block) -> Iterator[str]:
    known = (_NEVER, *(pattern for pattern, _ in _AT_TIMES))
    if part.startswith("@"):
        if not any(pattern.fullmatch(part) for pattern in known):
            yield _short(part)
    elif inside and not inside[-1].startswith("@"):
        yield _short(f"a rule inside of a rule: {part}")
    elif block.meant.some and not _SELECTOR.fullmatch(_HARMLESS.sub("", part)):
        yield _short(f"the rule for {part}")


class _Block:
    """Declarations that follow each other, for the same elements of a drawing.

    `named` is what the elements have a value for already.
    """

    def __init__(self, elements: Meant, named: set[str]) -> None:
        self.meant = elements
        self._named = named

    def of_rule(self, part: str, inside: Sequence[str]) -> Iterator[str]:
        if not inside or not self.meant.some:
            return
        yield from self.of_declaration(part)
        name = part.partition(":")[0].strip()
        if ":root" in inside[-1] and name in _MEASURED:
            yield _short(f"the rule for {inside[-1]}")
        for pattern, when in _AT_TIMES:
            if any(map(pattern.fullmatch, inside)) and name in _MEASURED - _COLOURS:
                yield _short(f"{part} {when}")

    def of_declaration(self, text: str) -> Iterator[str]:
        name, colon, value = text.partition(":")
        name, value = name.strip(), value.partition("!")[0].strip()
        if not colon or _NOTHING.fullmatch(name.lower()) or self._is_idle(name, text):
            return
        if name in _MEASURED:
            has_other = name in self._named and _WIDE.fullmatch(value)
            yield from () if has_other else _of_value(name, value)
            self._named.add(name)
        elif value.lower() not in _NEUTRAL:
            yield _short(f"{name}: {value}")

    def _is_idle(self, name: str, text: str) -> bool:
        if name in {"background", "background-color"}:
            return is_paper(text) or not self.meant.root
        return name in _TURNING and not self.meant.turned


def _of_value(name: str, value: str) -> Iterator[str]:
    value = SLASHED.sub(r"\1(\2,\3,\4)", value)
    functions = set(_FUNCTION.findall(value))
    # resvg draws all functions of `filter`, and draws only plain numbers with a slash.
    is_unknown = name != "filter" and functions - _FUNCTIONS
    if is_unknown or (functions & _COLOUR_FUNCTIONS and "/" in value) or "var" in functions:
        yield _short(f"{name}: {value}")


def _plain(css: str | None) -> str:
    return _STRING.sub(_blank, without_comments(css or ""))


def _blank(found: re.Match[str]) -> str:
    return '"' + "\n" * found[0].count("\n") + '"'


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
