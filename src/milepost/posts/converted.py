"""What a post's text and summary are as HTML, before anybody knows where their links lead."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import unescape
from typing import Any, Final

from milepost.posts.convert import Converter, text_of
from milepost.posts.links import Link, forbidden, split_links

_PARAGRAPH: Final = re.compile(r"<p\b[^<>]*+>(.*?)(?:</p>|\Z)", re.DOTALL)
_NOTE: Final = re.compile(r'<sup id="fnref[^<>]*+><a [^<>]*+>[^<>]*+</a></sup>')
_MAIN_HEADING: Final = re.compile(r"<h1\b[^<>]*+>", re.IGNORECASE)
_TAG: Final = re.compile(r"<[^<>]*+>")
_LONGEST_HEADING: Final = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Markup:
    """HTML as pieces: text as it is, and between it the addresses.

    `unsafe` are elements and attributes that no page may carry, `headings` the words of its main
    headings.
    """

    pieces: tuple[str | Link, ...]
    unsafe: tuple[str, ...] = ()
    headings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Converted:
    """A text and its summary. `plain_summary` has no markup.

    Without a summary of its own a text has that of its first words, `is_own` false. One that
    `is_too_deep` has lists or quotations in each other, too many to be read, and is empty.
    """

    body: Markup
    summary: Markup
    plain_summary: str
    is_own: bool
    is_too_deep: bool = False


def markup_of(html: str) -> Markup:
    """Return some HTML with its addresses found."""
    return Markup(
        pieces=tuple(split_links(html)),
        unsafe=tuple(forbidden(html)),
        headings=tuple(_main_headings(html)),
    )


def convert_all(settings: Mapping[str, Any], texts: Sequence[tuple[str, str]]) -> list[str]:
    """Convert texts and their summaries, or "", from Markdown; return each `packed`.

    `settings` is Pelican's MARKDOWN. Workers call this: what goes in and out is plain, and what
    comes out follows from what goes in.
    """
    converter = Converter(settings)
    return [packed(_converted(converter, body, summary)) for body, summary in texts]


def packed(text: Converted) -> str:
    """Return a text as JSON."""
    rows = [_packed(text.body), _packed(text.summary)]
    return json.dumps(
        [*rows, text.plain_summary, text.is_own, text.is_too_deep],
        ensure_ascii=False,
        separators=(",", ":"),
    )


def unpacked(data: str) -> Converted:
    """Return a text that was `packed`."""
    body, summary, plain_summary, is_own, is_too_deep = json.loads(data)
    return Converted(
        body=_unpacked(*body),
        summary=_unpacked(*summary),
        plain_summary=plain_summary,
        is_own=is_own,
        is_too_deep=is_too_deep,
    )


def _converted(converter: Converter, body: str, summary: str) -> Converted:
    html, words = "", ""
    is_too_deep = False
    try:
        html = converter.html(body)
        words = converter.inline(summary) if summary else ""
    except RecursionError:
        is_too_deep = True
    first = words or _first_paragraph(html)
    return Converted(
        body=markup_of(html),
        summary=markup_of(words) if words else Markup(pieces=(first,)),
        plain_summary=text_of(first),
        is_own=bool(words),
        is_too_deep=is_too_deep,
    )


def _packed(markup: Markup) -> list[Any]:
    pieces = [piece if isinstance(piece, str) else _packed_link(piece) for piece in markup.pieces]
    return [pieces, markup.unsafe, markup.headings]


def _packed_link(link: Link) -> list[Any]:
    names = sorted(link.attributes)
    return [link.tag, link.attribute, link.what, link.value, link.raw, names]


def _unpacked(pieces: list[Any], unsafe: list[str], headings: list[str]) -> Markup:
    return Markup(
        pieces=tuple(
            piece if isinstance(piece, str) else _unpacked_link(piece) for piece in pieces
        ),
        unsafe=tuple(unsafe),
        headings=tuple(headings),
    )


def _unpacked_link(link: list[Any]) -> Link:
    tag, attribute, what, value, raw, names = link
    return Link(
        tag=tag,
        attribute=attribute,
        what=what,
        value=value,
        raw=raw,
        attributes=frozenset(names),
    )


def _first_paragraph(html: str) -> str:
    """Return the words of the first paragraph that has any, escaped, without markup and notes."""
    paragraphs = (_NOTE.sub("", found[1]) for found in _PARAGRAPH.finditer(html))
    words = next(filter(None, map(text_of, paragraphs)), "")
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _main_headings(html: str) -> Iterator[str]:
    for heading in _MAIN_HEADING.finditer(html):
        start = heading.end()
        end = html.find("</h1", start, start + _LONGEST_HEADING)
        yield unescape(_TAG.sub("", html[start : end if end >= 0 else start])).strip()
