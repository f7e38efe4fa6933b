"""Keeping the spaces in a drawing's text through svg-hush, which drops some and adds others."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_SPACES: Final = re.compile(r"[ \t\r\n]+")
_LINE_END_OR_TAB: Final = re.compile(r"[\t\r\n]")
_FRAGILE_SPACES: Final = re.compile(r"\A +| +\Z| {2,}")
_NO_BREAK_SPACE: Final = "\N{NO-BREAK SPACE}"


def settle(root: Element) -> None:
    """Write the spaces of all text so that they mean the same without `xml:space`.

    svg-hush drops that attribute. It counts from `<text>` inwards, as in Chromium. No line end is
    left in any text afterwards.
    """
    for text in root.iter("text"):
        _settle(text, preserve=False)


def drop_indents(root: Element) -> None:
    """Take out the indentation that svg-hush has put into settled text.

    There it would be drawn: "RIVER" and "SIDE", set as two parts of one word, come apart.
    """
    for text in root.iter("text"):
        for element in text.iter():
            element.text = _without_indent(element.text)
            if element is not text:
                element.tail = _without_indent(element.tail)


def _settle(element: Element, *, preserve: bool) -> None:
    preserve = element.attrib.pop("xml:space", "preserve" if preserve else "") == "preserve"
    element.text = _settled(element.text, preserve=preserve)
    for child in element:
        _settle(child, preserve=preserve)
        child.tail = _settled(child.tail, preserve=preserve)


def _settled(text: str | None, *, preserve: bool) -> str:
    if not preserve:
        return _SPACES.sub(" ", text or "")
    flat = _LINE_END_OR_TAB.sub(" ", text or "")
    return _FRAGILE_SPACES.sub(lambda found: _NO_BREAK_SPACE * len(found[0]), flat)


def _without_indent(text: str | None) -> str | None:
    return None if text and "\n" in text and not text.strip() else text
