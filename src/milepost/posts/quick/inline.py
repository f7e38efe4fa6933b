"""The links, emphasis and code inside of a Markdown text, looked for only where they may be."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections import deque
from typing import Any, Final, TypeAlias

from markdown import inlinepatterns
from markdown.extensions.footnotes import FootnoteInlineProcessor
from markdown.inlinepatterns import DelimiterProcessor, Pattern
from markdown.treeprocessors import InlineProcessor
from markdown.util import STX, AtomicString

_SIGNS: Final = {
    inlinepatterns.BACKTICK_RE: "`",
    inlinepatterns.ESCAPE_RE: "\\",
    inlinepatterns.LINK_RE: "[",
    inlinepatterns.IMAGE_LINK_RE: "![",
    inlinepatterns.AUTOLINK_RE: "<",
    inlinepatterns.AUTOMAIL_RE: "<",
    inlinepatterns.LINE_BREAK_RE: "  \n",
    inlinepatterns.HTML_RE: "<",
    inlinepatterns.ENTITY_RE: "&",
    r"\[\^([^\]]*)\]": "[^",
}
"""Regular expressions, and characters without which a text has none of what they look for."""

_REFERENCES: Final = frozenset(
    {
        inlinepatterns.ReferenceInlineProcessor,
        inlinepatterns.ShortReferenceInlineProcessor,
        inlinepatterns.ImageReferenceInlineProcessor,
        inlinepatterns.ShortImageReferenceInlineProcessor,
    }
)
"""Kinds that find nothing in a text that defines no reference."""

_Tried: TypeAlias = tuple[Pattern, str, str]


class QuickInline(InlineProcessor):
    """Tries a pattern only on text that has its signs; one without known signs, on every text."""

    _tried: list[_Tried]
    _anything: re.Pattern[str]

    def run(self, tree: ET.Element, ancestors: list[str] | None = None) -> ET.Element:
        """Apply the patterns to a tree, whose references and patterns are known from here on."""
        self._tried = [
            (pattern, *_signs(pattern))
            for pattern in self.inlinePatterns
            if not self._is_idle(pattern)
        ]
        signs = {sign for _, *both in self._tried for sign in both}
        self._anything = re.compile("|".join(map(re.escape, sorted({STX, *signs}))))
        return self._walked(tree, [] if ancestors is None else ancestors[:])

    def _is_idle(self, pattern: Pattern) -> bool:
        if type(pattern) is FootnoteInlineProcessor:
            return not pattern.footnotes.footnotes
        return type(pattern) in _REFERENCES and not self.md.references

    def _walked(self, tree: ET.Element, parents: list[str]) -> ET.Element:
        """Go through the tree as `InlineProcessor.run` does, past texts without any sign."""
        anything = self._anything.search
        self.stashed_nodes: dict[str, ET.Element | str] = {}
        self.parent_map = {child: parent for parent in tree.iter() for child in parent}
        parents.append(tree.tag.lower())
        stack = deque([(tree, parents)])
        while stack:
            element, self.ancestors = stack.popleft()
            if element is not tree:
                self.ancestors.append(element.tag.lower())
            found = []
            for child in element:
                text, tail = child.text, child.tail
                if text and not isinstance(text, AtomicString) and anything(text):
                    made = self._text(child, text)
                    stack.extend(made)
                    found.append((child, made))
                if tail and anything(tail):
                    self._tail(element, child, tail)
                if len(child):
                    self.parent_map[child] = element
                    stack.append((child, self.ancestors[:]))
            for child, made in found:
                for at, (new, _) in enumerate(made):
                    child.insert(at, new)
        return tree

    def _text(self, child: ET.Element, text: str) -> list[tuple[ET.Element, list[str]]]:
        self.ancestors.append(child.tag.lower())
        child.text = None
        made = self._made(self._marked(text), child)
        for new, _ in made:
            self.parent_map[new] = child
        self.ancestors.pop()
        return made

    def _tail(self, element: ET.Element, child: ET.Element, tail: str) -> None:
        marked = self._marked(tail)
        holder = ET.Element("d")
        child.tail = None
        made = self._made(marked, holder, is_text=False)
        if holder.tail:
            child.tail = holder.tail
        at = list(element).index(child) + 1
        for new, _ in reversed(made):
            self.parent_map[new] = element
            element.insert(at, new)

    def _marked(self, text: str, first: int = 0) -> str:
        """Return a text with a placeholder for whatever a pattern, from the `first` on, found."""
        if isinstance(text, AtomicString) or not self._anything.search(text):
            return text
        tried = self._tried
        start = 0
        while first < len(tried):
            pattern, one, other = tried[first]
            if one not in text and other not in text:
                first, start = first + 1, 0
                continue
            text, is_found, start = self._InlineProcessor__applyPattern(pattern, text, first, start)
            first += not is_found
        return text

    def _made(
        self, text: str, parent: ET.Element, *, is_text: bool = True
    ) -> list[tuple[ET.Element, list[str]]]:
        made: Any = self._InlineProcessor__processPlaceholders(text, parent, is_text)
        return list(made)

    # Markdown's own steps call each other by this name.
    _InlineProcessor__handleInline = _marked


def _signs(pattern: Pattern) -> tuple[str, str]:
    """Return two signs of which a text must have one, or ("", ""), which every text has."""
    if type(pattern) is DelimiterProcessor and len(pattern.tokens) in {1, 2}:
        return pattern.tokens[0], pattern.tokens[-1]
    if type(pattern).getCompiledRegExp is not Pattern.getCompiledRegExp:
        return "", ""
    sign = _SIGNS.get(pattern.getCompiledRegExp().pattern, "")
    return sign, sign
