"""The paragraphs, lists and headings of a Markdown text, each tried only where it may be one."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Callable
from typing import Final, TypeAlias

from markdown.blockparser import BlockParser
from markdown.blockprocessors import (
    BlockProcessor,
    BlockQuoteProcessor,
    CodeBlockProcessor,
    HashHeaderProcessor,
    HRProcessor,
    ListIndentProcessor,
    ReferenceProcessor,
    SetextHeaderProcessor,
)
from markdown.extensions.abbr import AbbrBlockprocessor
from markdown.extensions.def_list import DefListIndentProcessor, DefListProcessor
from markdown.extensions.footnotes import FootnoteBlockProcessor
from markdown.extensions.md_in_html import MarkdownInHtmlProcessor
from markdown.extensions.tables import TableProcessor
from markdown.util import STX

_NEEDS: Final[dict[type, tuple[str, str]]] = {
    MarkdownInHtmlProcessor: (STX, STX),
    HashHeaderProcessor: ("#", "#"),
    TableProcessor: ("|", "|"),
    SetextHeaderProcessor: ("\n=", "\n-"),
    DefListProcessor: (": ", ": "),
    BlockQuoteProcessor: (">", ">"),
    FootnoteBlockProcessor: ("[^", "[^"),
    AbbrBlockprocessor: ("*[", "*["),
    ReferenceProcessor: ("]:", "]:"),
}
"""What a block has one of, for a kind of block to be in it: its regular expression says so."""

_INDENTED: Final = frozenset({ListIndentProcessor, DefListIndentProcessor, CodeBlockProcessor})
"""Kinds that begin with as many spaces as a tab has."""

_RULE: Final = 3
"""The least number of hyphens, underscores or asterisks that make a rule."""

_Test: TypeAlias = Callable[[ET.Element, str], bool]
_Tried: TypeAlias = tuple[str, str, _Test, BlockProcessor]


class QuickBlockParser(BlockParser):
    """Finds out what each block is. A kind without known needs is tried on every block."""

    _tried: list[_Tried] | None = None

    def parseDocument(self, lines: list[str]) -> ET.ElementTree:  # noqa: N802 - Markdown's name
        """Parse a text, whose kinds of block are known from here on."""
        self._tried = self._kinds()
        return super().parseDocument(lines)

    def parseBlocks(self, parent: ET.Element, blocks: list[str]) -> None:  # noqa: N802
        """Put each block below the parent; this is Markdown's own loop with a look before it."""
        tried = self._kinds() if self._tried is None else self._tried
        while blocks:
            block = blocks[0]
            for one, other, test, processor in tried:
                if one not in block and other not in block:
                    continue
                if test(parent, block):
                    if processor.run(parent, blocks) is not False:
                        break
                    block = blocks[0]

    def _kinds(self) -> list[_Tried]:
        tab = " " * self.md.tab_length
        kinds: list[_Tried] = []
        for processor in self.blockprocessors:
            kind = type(processor)
            one, other = (tab, tab) if kind in _INDENTED else _NEEDS.get(kind, ("", ""))
            test = _rule_test(processor) if kind is HRProcessor else processor.test
            kinds.append((one, other, test, processor))
        return kinds


def _rule_test(rule: BlockProcessor) -> _Test:
    def test(parent: ET.Element, block: str) -> bool:
        enough = block.count("-") >= _RULE or block.count("*") >= _RULE or block.count("_") >= _RULE
        return enough and rule.test(parent, block)

    return test
