"""Python-Markdown with the same HTML in less time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import markdown
from markdown.blockparser import BlockParser
from markdown.extensions import Extension
from markdown.extensions.attr_list import AttrListTreeprocessor
from markdown.extensions.fenced_code import FencedBlockPreprocessor
from markdown.extensions.md_in_html import HtmlBlockPreprocessor as MixedHtml
from markdown.extensions.md_in_html import MarkdownInHTMLPostprocessor
from markdown.extensions.toc import TocTreeprocessor
from markdown.postprocessors import RawHtmlPostprocessor
from markdown.preprocessors import HtmlBlockPreprocessor, NormalizeWhitespace
from markdown.treeprocessors import (
    InlineProcessor,
    PrettifyTreeprocessor,
    UnescapeTreeprocessor,
)

from milepost.posts.quick import serializer, text, tree
from milepost.posts.quick.blocks import QuickBlockParser
from milepost.posts.quick.inline import QuickInline

PROVED: Final = frozenset({"3.11.3"})
"""The versions of Python-Markdown whose code was read for this, and compared with it.

With any other one it does all its work itself, which takes longer and is never wrong.
"""

_QUICKER: Final[dict[type, type]] = {
    NormalizeWhitespace: text.QuickWhitespace,
    FencedBlockPreprocessor: text.QuickFences,
    HtmlBlockPreprocessor: text.QuickHtml,
    MixedHtml: text.QuickMixedHtml,
    BlockParser: QuickBlockParser,
    InlineProcessor: QuickInline,
    PrettifyTreeprocessor: tree.QuickPrettify,
    AttrListTreeprocessor: tree.QuickAttributes,
    UnescapeTreeprocessor: tree.QuickUnescape,
    RawHtmlPostprocessor: text.QuickRawHtml,
    MarkdownInHTMLPostprocessor: text.QuickMixedRawHtml,
}
"""Parts of Python-Markdown, and those of ours that give the same in less time."""


class Quick(Extension):
    """Makes a parser of Markdown quicker; to be the last of its extensions.

    Only parts of exactly the classes that were compared are replaced: what an extension has put
    in their place, or made of them, is used as it is.
    """

    def extendMarkdown(self, md: markdown.Markdown) -> None:  # noqa: N802 - Markdown's name
        if markdown.__version__ not in PROVED:
            return
        quicker = dict(_QUICKER)
        if is_own(md):
            # Nobody asks for the table of contents that this one leaves out.
            quicker[TocTreeprocessor] = tree.QuickToc
        for part in _parts(md):
            if type(part) in quicker:
                part.__class__ = quicker[type(part)]
        # A parser keeps these by name, so that another function takes their place.
        vars(md)["is_block_level"] = tree.BlockLevel(md.block_level_elements)
        md.output_formats = {**md.output_formats, **serializer.QUICK}


def is_own(md: markdown.Markdown) -> bool:
    """Say whether a parser has no parts but Python-Markdown's and Milepost's own."""
    packages = {type(part).__module__.partition(".")[0] for part in _parts(md)}
    return packages <= {"markdown", "milepost"}


def _parts(md: markdown.Markdown) -> Iterator[Any]:
    yield md.parser
    yield from md.registeredExtensions
    for registry in (
        md.preprocessors,
        md.parser.blockprocessors,
        md.inlinePatterns,
        md.treeprocessors,
        md.postprocessors,
    ):
        yield from registry
