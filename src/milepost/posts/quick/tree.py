"""The passes over the tree of a Markdown text, left out where they would change nothing.

Each class replaces the one that it is made of.
"""

from __future__ import annotations

import html
import xml.etree.ElementTree as ET
from collections.abc import Sequence
from typing import Any

from markdown.extensions.attr_list import AttrListTreeprocessor
from markdown.extensions.toc import (
    TocTreeprocessor,
    remove_fnrefs,
    render_inner_html,
    strip_tags,
    unique,
)
from markdown.treeprocessors import PrettifyTreeprocessor, UnescapeTreeprocessor
from markdown.util import STX


class BlockLevel:
    """Says whether an element stands for a block, as `Markdown.is_block_level` does.

    Each name is looked for once. Extensions may add to the `names` at any time.
    """

    def __init__(self, names: Sequence[str]) -> None:
        self._names = names
        self._known: dict[str, bool] = {}
        self._count = len(names)

    def __call__(self, tag: Any) -> bool:
        """Say so of an element's tag, which need not be text."""
        if not isinstance(tag, str):
            return False
        if len(self._names) != self._count:
            self._count = len(self._names)
            self._known.clear()
        known = self._known.get(tag)
        if known is None:
            known = self._known[tag] = tag.lower().rstrip("/") in self._names
        return known


class QuickPrettify(PrettifyTreeprocessor):
    """Ends lines behind blocks."""

    def _prettifyETree(self, elem: ET.Element) -> None:  # noqa: N802 - Markdown's name
        is_block = self.md.is_block_level
        if is_block(elem.tag) and elem.tag not in {"code", "pre"}:
            text = elem.text
            if (not text or text.isspace()) and len(elem) and is_block(elem[0].tag):
                elem.text = "\n"
            for child in elem:
                if is_block(child.tag):
                    self._prettifyETree(child)
        tail = elem.tail
        if not tail or tail.isspace():
            elem.tail = "\n"


class QuickAttributes(AttrListTreeprocessor):
    """Attributes in braces, without which none of the words has any."""

    def run(self, doc: ET.Element) -> None:
        if "{" in "".join(doc.itertext()):
            super().run(doc)


class QuickUnescape(UnescapeTreeprocessor):
    """Characters behind a backslash; until now they were numbers that begin with STX."""

    def run(self, root: ET.Element) -> None:
        for element in root.iter():
            text, tail = element.text, element.tail
            if text and STX in text and element.tag != "code":
                element.text = self.unescape(text)
            if tail and STX in tail:
                element.tail = self.unescape(tail)
            for key, value in element.items():
                if value is not None and STX in value:
                    element.set(key, self.unescape(value))


class QuickToc(TocTreeprocessor):
    """Ids of headings, without the table of contents that no text asks for."""

    def run(self, doc: ET.Element) -> None:
        is_plain = not self.use_anchors and self.use_permalinks in {False, None}
        if not is_plain or (self.marker and self.marker in "".join(doc.itertext())):
            super().run(doc)
            return
        used = {element.attrib["id"] for element in doc.iter() if element.get("id") is not None}
        counters: dict[str, int] = {}
        for element in doc.iter():
            if isinstance(element.tag, str) and self.header_rgx.match(element.tag):
                self._name(element, used, counters)

    def _name(self, heading: ET.Element, used: set[str], counters: dict[str, int]) -> None:
        self.set_level(heading)
        if heading.get("id") is None:
            words = strip_tags(render_inner_html(remove_fnrefs(heading), self.md))
            made = self.slugify(html.unescape(words), self.sep)
            heading.set("id", unique(made, used, counters))
        heading.attrib.pop("data-toc-label", None)
