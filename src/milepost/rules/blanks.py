"""No blank is left in a text, such as [[the name of your web host]]."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from milepost.posts.convert import text_of, without_code
from milepost.posts.post import Page
from milepost.posts.texts import Text
from milepost.problems import Problem, shortened

_BEGIN: Final = "[["
_BLANK = re.compile(r"\[\[([^\[\]]*+)\]\]")
_WORD = re.compile(r"[^\W_]+")


def check_blanks(pages: Iterable[Page], texts: Mapping[str, Text], *, final: bool) -> list[Problem]:
    """Check that no blank is left in what readers see, now or later.

    `texts` are the words of those pages by file; a page without an entry is not looked at. The
    words are looked for where Markdown has been at work already: it knows what is code and what
    is a link. What readers may still be shown while a site is being written, a `final` build
    may not have.
    """
    check = "final" if final else "blank"
    return [
        _problem(check, page, line, words)
        for page in pages
        if page.file in texts
        for words, line in _blanks(page, texts[page.file])
    ]


def _blanks(page: Page, text: Text) -> Iterator[tuple[str, int | None]]:
    """Yield the words and the line of every blank."""
    if _BEGIN in (page.matter.summary or ""):
        line = page.header.line_of("summary")
        yield from ((words, line) for words in _words(text.summary.html("")))
    if _BEGIN in page.body:
        lines = _lines(page)
        seen: Counter[str] = Counter()
        for words in _words(text.body.html("")):
            key = _key(words)
            found = lines.get(key)
            yield words, found[min(seen[key], len(found) - 1)] if found else None
            seen[key] += 1


def _words(html: str) -> Iterator[str]:
    """Yield the words of the blanks in a text that is shown as text."""
    found = (text_of(blank[1]) for blank in _BLANK.finditer(without_code(html)))
    return filter(None, found)


def _lines(page: Page) -> Mapping[str, list[int]]:
    """Return the lines of everything in the file that may be a blank, by the key of its words."""
    lines = defaultdict(list)
    line, done = page.body_line, 0
    for blank in _BLANK.finditer(page.body):
        line += page.body.count("\n", done, blank.start())
        done = blank.start()
        lines[_key(text_of(blank[1]))].append(line)
    return lines


def _key(words: str) -> str:
    """Return what words have in common in Markdown and on the page."""
    return " ".join(_WORD.findall(words))


def _problem(check: str, page: Page, line: int | None, words: str) -> Problem:
    return Problem(
        check=check,
        file=page.file,
        line=line,
        subject=page.matter.title,
        message=f"the blank [[{shortened(words)}]] is not filled in yet.",
    )
