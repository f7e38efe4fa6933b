"""Markdown to HTML, with what every page of ours needs."""

from __future__ import annotations

import copy
import re
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from html import unescape
from typing import Any, Final

import markdown
from markdown.extensions import Extension
from markdown.extensions.footnotes import FootnoteExtension
from markdown.extensions.toc import slugify
from markdown.treeprocessors import Treeprocessor

from milepost.posts.quick import Quick, is_own

_NOT_READ = re.compile(r"<!--.*?(?:-->|\Z)|<(pre|code)\b.*?(?:</\1>|\Z)", re.DOTALL | re.IGNORECASE)
_PRE = re.compile(r"<pre>")
_TAG = re.compile(r"<[^<>]*+>")
_TAG_IN_A_WORD = re.compile(
    r"</?(?:a|abbr|b|bdi|bdo|cite|code|del|dfn|em|i|ins|kbd|mark|q|s|samp|small|span|strong|sub"
    r"|sup|time|u|var)\b[^<>]*+>",
    re.IGNORECASE,
)
_ALIGN: Final = re.compile(r"text-align:\s*(left|center|right)")
_TOC: Final = "markdown.extensions.toc"
_DEEPEST: Final = 1000
"""Calls inside each other that a text may take, which is what Python starts with."""

_IDS_OF_PAGES: Final = re.compile(
    r"content|after-wall|top|mark-.*|form(?:-(?:heading|name|email|hint|message))?"
)
"""The ids that our templates give, which no heading of a text may have as well."""


class Converter:
    """Turns the Markdown of posts into HTML; one object serves a whole build.

    `settings` is Pelican's MARKDOWN: extensions, their configurations, the output format.
    """

    def __init__(self, settings: Mapping[str, Any]) -> None:
        self._options = _options(settings)
        self._markdown = self._new()
        self._lasts = _resets(self._markdown)

    def html(self, text: str) -> str:
        """Return the HTML of a post's text. The same text gives the same HTML every time.

        Raises:
            RecursionError: it has lists or quotations in each other, too many to be read.
        """
        if self._lasts:
            self._markdown.reset()
        else:
            self._markdown = self._new()
        with _same_depth():
            try:
                html = self._markdown.convert(text)
            except BaseException:
                # What it was doing is still on its mind.
                self._markdown = self._new()
                raise
        # A long line of code scrolls in its box, which the keyboard must be able to reach.
        return _PRE.sub('<pre tabindex="0">', html)

    def inline(self, text: str) -> str:
        """Return the HTML of one paragraph without its <p>, or of longer text as it is."""
        html = self.html(text)
        if html.count("<p>") == 1 and html.startswith("<p>") and html.endswith("</p>"):
            return html[3:-4]
        return html

    def _new(self) -> markdown.Markdown:
        options = dict(self._options)
        options["extensions"] = [
            one if isinstance(one, str) else _unused(one) for one in options["extensions"]
        ]
        return markdown.Markdown(**options)


def _options(settings: Mapping[str, Any]) -> dict[str, Any]:
    """Return what makes a parser: the settings, as Pelican reads them, and what is ours."""
    known = dict(settings)
    configs = dict(known.get("extension_configs") or {})
    named = list(known.get("extensions") or ())
    named += [name for name in configs if name not in named]
    if any(str(name).rpartition(".")[2] == "meta" for name in named):
        raise ValueError('the extension meta would eat a first line such as "Update: …"')
    if _TOC in named:
        configs[_TOC] = {"slugify": heading_id, **configs.get(_TOC, {})}
    known["extensions"] = [*named, _WideTables(), Quick()]
    known["extension_configs"] = configs
    return known


def _unused(extension: Extension) -> Extension:
    """Return an extension as the settings have made it, which a parser may change."""
    try:
        return copy.deepcopy(extension)
    except Exception:  # noqa: BLE001 - it is anybody's code
        return extension


def _resets(parser: markdown.Markdown) -> bool:
    """Say whether a parser, once reset, does what a new one does.

    Nobody knows that of what is not Python-Markdown's own: Pelican makes a new one for each post.
    """
    counts_on = any(
        isinstance(extension, FootnoteExtension) and extension.getConfig("UNIQUE_IDS")
        for extension in parser.registeredExtensions
    )
    return is_own(parser) and not counts_on


@contextmanager
def _same_depth() -> Iterator[None]:
    """Let a text nest as deeply as it may everywhere, however deep the caller is already."""
    before = sys.getrecursionlimit()
    depth, frame = 0, sys._getframe()  # noqa: SLF001 - there is no other way to ask
    while frame := frame.f_back:  # type: ignore[assignment]
        depth += 1
    sys.setrecursionlimit(depth + _DEEPEST)
    try:
        yield
    finally:
        sys.setrecursionlimit(before)


def heading_id(words: str, separator: str) -> str:
    """Return the id that a heading gets: one that no other part of our pages has."""
    made = str(slugify(words, separator))
    return f"text{separator}{made}" if _IDS_OF_PAGES.fullmatch(made) else made


class _WideTables(Extension):
    """Puts every table into a box that scrolls by itself, so that the page never does."""

    def extendMarkdown(self, md: markdown.Markdown) -> None:  # noqa: N802 - Markdown's name
        md.treeprocessors.register(_TableBoxes(md), "milepost_tables", 5)


class _TableBoxes(Treeprocessor):
    """Boxes tables; their columns are aligned by a class, as inline styles are forbidden."""

    def run(self, root: ET.Element) -> None:
        for cell in [*root.iter("th"), *root.iter("td")]:
            if found := _ALIGN.match(cell.attrib.pop("style", "")):
                cell.set("class", f"align-{found[1]}")
        if next(root.iter("table"), None) is None:
            return
        for parent in list(root.iter()):
            for at, child in enumerate(list(parent)):
                if child.tag == "table":
                    self._box(parent, at, child)

    def _box(self, parent: ET.Element, at: int, table: ET.Element) -> None:
        heads = [" ".join("".join(cell.itertext()).split()) for cell in table.iter("th")]
        label = ", ".join(head for head in heads if head) or "Table"
        box = ET.Element(
            "div", {"class": "scroll", "role": "region", "tabindex": "0", "aria-label": label}
        )
        box.tail, table.tail = table.tail, "\n"
        box.text = "\n"
        parent.remove(table)
        parent.insert(at, box)
        box.append(table)


def without_code(html: str) -> str:
    """Return a piece of HTML without its code and its comments."""
    return _NOT_READ.sub("", html)


def text_of(html: str) -> str:
    """Return the words of a piece of HTML on one line."""
    return " ".join(unescape(_TAG.sub(" ", _TAG_IN_A_WORD.sub("", html))).split())
