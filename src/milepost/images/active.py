"""What a drawing may do beside being drawn: the parts that no logo needs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from milepost.images.markup import decoded

_TAG = re.compile(r"<(?P<name>[A-Za-z][\w:.-]*)(?P<rest>(?:[^<>\"']|\"[^\"]*\"|'[^']*')*)>")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_HANDLER = re.compile(r"\s(?P<name>on[a-z]+)\s*=", re.IGNORECASE)
_LOADED = re.compile(
    r"\s(?:xlink:)?href\s*=\s*[\"']\s*(?P<address>(?!\#|data:image/)[^\"'\s][^\"']*)",
    re.IGNORECASE,
)
_STYLE = re.compile(
    r"(?:@import\s+[\"']?|url\(\s*[\"']?)(?P<address>(?:[a-z]+:)?//[^\"')\s;]+)", re.IGNORECASE
)
_LOADING: Final = frozenset({"image", "use", "feimage", "script", "textpath", "pattern"})
_LONGEST: Final = 60
MOVING: Final = frozenset(
    {"animate", "animateColor", "animateMotion", "animateTransform", "discard", "set"}
)
"""The elements that make a drawing move or change by itself (SMIL; SVG 2, "Animation")."""


def active_parts(data: bytes) -> Iterator[tuple[int, str]]:
    """Yield (line in the file, what stands there) for what a drawing would run or load.

    Illustrator keeps its own copy of a drawing in a foreignObject that only it reads
    (requiredExtensions); that one is nothing to browsers.
    """
    text = _text(data)
    for tag in _TAG.finditer(text):
        line = text.count("\n", 0, tag.start()) + 1
        yield from ((line, what) for what in _of_tag(tag["name"].lower(), tag["rest"]))
    for found in _STYLE.finditer(text):
        line = text.count("\n", 0, found.start()) + 1
        yield line, f"something from another site ({_short(found['address'])})"


def moving_parts(data: bytes) -> Iterator[tuple[int, str]]:
    """Yield (line in the file, element) for what makes a drawing move."""
    text = _text(data)
    for tag in _TAG.finditer(text):
        name = tag["name"].rpartition(":")[2]
        if name in MOVING:
            yield text.count("\n", 0, tag.start()) + 1, name


def _text(data: bytes) -> str:
    return _COMMENT.sub(lambda found: "\n" * found[0].count("\n"), decoded(data))


def _of_tag(name: str, rest: str) -> Iterator[str]:
    name = name.rpartition(":")[2]
    if name == "script":
        yield "a script"
    if name == "foreignobject" and "requiredExtensions" not in rest:
        yield "a piece of a web page (foreignObject)"
    for handler in _HANDLER.finditer(rest):
        yield f"a script ({handler['name']})"
    loaded = _LOADED.search(rest) if name in _LOADING else None
    if loaded and name != "script":
        yield f"a picture that is not in it ({_short(loaded['address'])})"


def _short(address: str) -> str:
    return address if len(address) <= _LONGEST else f"{address[: _LONGEST - 1]}…"
