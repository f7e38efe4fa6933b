"""The passes over Markdown's whole text, left out where they would change nothing.

Each class replaces the one that it is made of. Its first lines say what the text must have for
that one to do anything.
"""

from __future__ import annotations

import re
from typing import Final

from markdown.extensions.fenced_code import FencedBlockPreprocessor
from markdown.extensions.md_in_html import HtmlBlockPreprocessor as MixedHtml
from markdown.extensions.md_in_html import MarkdownInHTMLPostprocessor
from markdown.postprocessors import RawHtmlPostprocessor
from markdown.preprocessors import HtmlBlockPreprocessor, NormalizeWhitespace
from markdown.util import ETX, STX

_BLANK_LINE: Final = re.compile(r"(?<=\n) +\n")


class QuickWhitespace(NormalizeWhitespace):
    """Ends lines alike, without a search for lines of blanks where no line begins with one."""

    def run(self, lines: list[str]) -> list[str]:
        source = "\n".join(lines)
        source = source.replace(STX, "").replace(ETX, "")
        source = source.replace("\r\n", "\n").replace("\r", "\n") + "\n\n"
        source = source.expandtabs(self.md.tab_length)
        if "\n " in source:
            source = _BLANK_LINE.sub("\n", source)
        return source.split("\n")


class QuickFences(FencedBlockPreprocessor):
    """Code between fences, which are three characters at least."""

    def run(self, lines: list[str]) -> list[str]:
        source = "\n".join(lines)
        if "```" in source or "~~~" in source:
            return super().run(lines)
        return source.split("\n")


class QuickHtml(HtmlBlockPreprocessor):
    """HTML in a text: its parser hands on as it is what has neither tag nor entity."""

    def run(self, lines: list[str]) -> list[str]:
        source = "\n".join(lines)
        if "<" in source or "&" in source:
            return super().run(lines)
        return source.split("\n")


class QuickMixedHtml(MixedHtml):
    """The same for HTML with Markdown in it."""

    def run(self, lines: list[str]) -> list[str]:
        source = "\n".join(lines)
        if "<" in source or "&" in source:
            return super().run(lines)
        return source.split("\n")


class QuickRawHtml(RawHtmlPostprocessor):
    """HTML put back where it stood; every such place begins with STX."""

    def run(self, text: str) -> str:
        return super().run(text) if STX in text else text


class QuickMixedRawHtml(MarkdownInHTMLPostprocessor):
    """The same for HTML with Markdown in it."""

    def run(self, text: str) -> str:
        return super().run(text) if STX in text else text
