"""The tree of a Markdown text as HTML, written in one pass."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Callable, Mapping
from typing import Final

from markdown.serializers import (
    BOOLEAN_ATTRIBUTES,
    _escape_attrib_html,
    _escape_cdata,
    to_html_string,
    to_xhtml_string,
)

_VOID: Final = frozenset(ET.HTML_EMPTY)
_RAW: Final = frozenset({"script", "style"})
_BOOLEAN: Final = BOOLEAN_ATTRIBUTES["html"]


class _UnusualError(Exception):
    """Something in the tree that Markdown's own serialiser knows about, and this one does not."""


def quick_html(element: ET.Element) -> str:
    """Return what `to_html_string` returns."""
    return _written(element, is_html=True) or to_html_string(element)


def quick_xhtml(element: ET.Element) -> str:
    """Return what `to_xhtml_string` returns."""
    return _written(element, is_html=False) or to_xhtml_string(element)


QUICK: Final[Mapping[str, Callable[[ET.Element], str]]] = {
    "html": quick_html,
    "xhtml": quick_xhtml,
}
"""Serialisers by the name of their format."""


def _written(element: ET.Element, *, is_html: bool) -> str:
    """Return the HTML, or "" for a tree that has comments in it, or is too deep."""
    pieces: list[str] = []
    try:
        _write(element, pieces.append, is_html=is_html)
    except (_UnusualError, RecursionError):
        return ""
    return "".join(pieces)


def _write(element: ET.Element, write: Callable[[str], None], *, is_html: bool) -> None:
    tag, text, tail = element.tag, element.text, element.tail
    if not isinstance(tag, str):
        raise _UnusualError
    items = element.items()
    write(f"<{tag}{_attributes(items, is_html=is_html)}" if items else f"<{tag}")
    lower = tag if tag.islower() else tag.lower()
    is_void = lower in _VOID
    if is_void and not is_html:
        write(" />")
    else:
        write(">")
        if text:
            is_special = "&" in text or "<" in text or ">" in text
            write(_escape_cdata(text) if is_special and lower not in _RAW else text)
        for child in element:
            _write(child, write, is_html=is_html)
        if not is_void:
            write(f"</{tag}>")
    if tail:
        is_special = "&" in tail or "<" in tail or ">" in tail
        write(_escape_cdata(tail) if is_special else tail)


def _attributes(items: list[tuple[str, str]], *, is_html: bool) -> str:
    written = []
    for name, value in sorted(items):
        if value is None:
            written.append(f" {name}")
            continue
        if not isinstance(name, str) or not isinstance(value, str):
            raise _UnusualError
        escaped = _escape_attrib_html(value)
        is_boolean = is_html and name == escaped and name in _BOOLEAN
        written.append(f" {name}" if is_boolean else f' {name}="{escaped}"')
    return "".join(written)
