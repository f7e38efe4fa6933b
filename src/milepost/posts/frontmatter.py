"""The lines above a post's text: their two forms, and what they may say."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import Annotated, Final, Literal
from urllib.parse import unquote

from pydantic import BeforeValidator

from milepost import paths, schema
from milepost.problems import Problem, quote
from milepost.schema import (
    CommaList,
    Day,
    Language,
    LongText,
    Model,
    Moment,
    Slug,
    Text,
    Year,
    choice,
)
from milepost.source import Node, Plain, Scalar, Table, parse_yaml, plain

FENCE: Final = "---"
FOREIGN: Final = {
    "draft": "status: draft",
    "published": "status: published",
    "categories": "category:",
    "layout": "template:",
    "permalink": "slug:",
    "url": "slug:",
}
"""Keys of other generators, and what is written here instead."""

RENAMED: Final = {"aliases": "old_addresses"}
"""Keys of other generators that are read under our name."""

_HEADER_LINE = re.compile(r"^([A-Za-z][A-Za-z0-9_-]*):[ \t]*(.*)$")
_CONTINUED = re.compile(r"^(?: {4}|\t)[ \t]*(\S.*)$")
_DASHES = re.compile(r"[-\u2010-\u2015\u2212]{1,6}")
_LIKE: Final = f"\n{FENCE}\ntitle: Packet pickup\ndate: 2027-03-14\n{FENCE}"
_LONGEST_ADDRESS: Final = 500


def _old_address(value: object) -> str:
    """Take an address that a file can stand at; browsers' %C3%A9 is written é."""
    written = schema.text(value)
    if "?" in written or "#" in written:
        raise ValueError(f"{quote(written)} has a ? or # in it, and no page can stand there")
    decoded = unquote(written)
    name = decoded.strip("/")
    if not written.startswith("/") or written.startswith("//") or not name or ":" in name:
        message = "is not an address on this site as /2019/05/old-post.html"
        raise ValueError(f"{quote(written)} {message}")
    if reason := _no_file(name):
        raise ValueError(f"{quote(written)} {reason}")
    is_page = decoded.endswith("/") or PurePosixPath(name).suffix.lower() in {"", ".html", ".htm"}
    if not is_page:
        raise ValueError(f"{quote(written)} cannot send readers on: only a page can")
    return f"/{name}/" if decoded.endswith("/") else f"/{name}"


def _no_file(name: str) -> str | None:
    if len(name) > _LONGEST_ADDRESS:
        return f"is longer than {_LONGEST_ADDRESS} characters"
    if "\N{REPLACEMENT CHARACTER}" in name:
        return "has a broken character in it"
    if any(part.startswith(".") and part != ".." for part in name.split("/")):
        return "has a part that begins with a dot"
    return paths.objection(name)


def _template(value: object) -> str:
    written = schema.text(value).removesuffix(".html")
    if not re.fullmatch(r"[a-z0-9_-]+", written):
        raise ValueError(f"{quote(written)} is not the name of a template as post")
    return written


class Button(Model):
    """A button below the text. `url` may be a link to a post or page: {filename}/pages/a.md."""

    label: Text
    url: Text
    text: Text | None = None


class PageMatter(Model):
    """What the lines above a page may say."""

    title: Text
    date: Moment | None = None
    modified: Moment | None = None
    summary: LongText | None = None
    description: Text | None = None
    keywords: CommaList[Text] = ()
    image: Text | None = None
    image_alt: Text | None = None
    slug: Slug | None = None
    status: Annotated[
        Literal["published", "draft", "hidden"], choice("published", "draft", "hidden")
    ] = "published"
    expires: Day | None = None
    old_addresses: CommaList[Annotated[str, BeforeValidator(_old_address)]] = ()
    sponsors: CommaList[Text] = ()
    button: Button | None = None
    template: Annotated[str, BeforeValidator(_template)] | None = None
    lang: Language | None = None


class PostMatter(PageMatter):
    """What the lines above a post may say. `about` is the year of the race it is about."""

    date: Moment
    category: Text | None = None
    tags: CommaList[Text] = ()
    author: CommaList[Text] = ()
    authors: CommaList[Text] = ()
    wall: Annotated[Literal["current", "none"], choice("current", "none")] = "current"
    about: Year | None = None


_OWN_KEYS: Final = frozenset(schema.keys(PostMatter))


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """The lines above the text as nodes, and the text below them.

    `body_line` is the number of the text's first line in its file.
    """

    node: Table
    body: str
    body_line: int


def split(text: str, file: str) -> tuple[Header | None, list[Problem]]:
    """Split a post's text into its header, in either form, and its body."""
    lines = text.split("\n")
    first = next((at for at, line in enumerate(lines) if line.strip()), 0)
    if lines[first].rstrip() == FENCE:
        header, problems = _fenced(lines, first, file)
    elif _DASHES.fullmatch(lines[first].strip()):
        message = "the first line must be --- (three hyphens, and nothing before them)."
        return None, [Problem(check="file", file=file, line=first + 1, message=message)]
    else:
        header, problems = _plain_header(lines, first, file)
    if header is None:
        return None, problems
    return replace(header, node=_renamed(header.node, file, problems)), problems


def take_extra(header: Header, extra: Collection[str]) -> tuple[Table, dict[str, Plain]]:
    """Return the header without the keys that a site added, and those keys with their values.

    A key that Milepost reads itself stays in the header.
    """
    kept: list[tuple[Scalar, Node]] = []
    added: dict[str, Plain] = {}
    for key, value in header.node.entries:
        if key.text in extra and key.text not in _OWN_KEYS:
            added[key.text] = plain(value)
        else:
            kept.append((key, value))
    return Table(tuple(kept), header.node.line, header.node.last_line), added


def _renamed(node: Table, file: str, problems: list[Problem]) -> Table:
    entries = []
    for key, value in node.entries:
        name = RENAMED.get(key.text, key.text)
        if name != key.text and node.get(name):
            message = (
                f'"{key.text}" means the same as "{name}" on line {node.line_of(name)}. Keep one.'
            )
            problems.append(Problem(check="entry", file=file, line=key.line, message=message))
        else:
            entries.append((Scalar(name, key.line), value))
    return Table(tuple(entries), node.line, node.last_line)


def _fenced(lines: list[str], first: int, file: str) -> tuple[Header | None, list[Problem]]:
    below = range(first + 1, len(lines))
    end = next((at for at in below if lines[at].rstrip() == FENCE), None)
    if end is None:
        message = "the lines above the text begin with --- but no second --- ends them."
        return None, [Problem(check="file", file=file, line=first + 1, message=message)]
    node, problems = parse_yaml("\n".join(lines[first + 1 : end]), file, first_line=first + 2)
    if node is None and not problems:
        node = Table((), first + 1, first + 1)
    if node is not None and not isinstance(node, Table):
        message = "the lines between the two --- must be keys with values, as title: My post."
        problems.append(Problem(check="file", file=file, line=node.line, message=message))
    if not isinstance(node, Table):
        return None, problems
    body = "\n".join(lines[end + 1 :])
    return Header(node=node, body=body, body_line=end + 2), problems


def _plain_header(lines: list[str], first: int, file: str) -> tuple[Header | None, list[Problem]]:
    found: dict[str, tuple[int, list[str]]] = {}
    problems: list[Problem] = []
    parts: list[str] | None = None
    end = first
    while end < len(lines):
        pair, more = _HEADER_LINE.match(lines[end]), _CONTINUED.match(lines[end])
        end += 1
        if pair:
            key, parts = pair[1].lower().replace("-", "_"), [pair[2].strip()]
            if key in found:
                message = (
                    f"{quote(pair[1])} stands here a second time, first on line {found[key][0]}. "
                    "Keep one."
                )
                problems.append(Problem(check="file", file=file, line=end, message=message))
            else:
                found[key] = end, parts
        elif more and parts is not None:
            parts.append(more[1].strip())
        else:
            end -= 1
            break
    if not found:
        message = "there is no title above the text. Begin the file with lines like these:" + _LIKE
        return None, [Problem(check="file", file=file, line=first + 1, message=message)]
    entries = tuple(
        (Scalar(key, line), Scalar(" ".join(words).strip(), line))
        for key, (line, words) in found.items()
        if any(words)
    )
    node = Table(entries, first + 1, end)
    return Header(node=node, body="\n".join(lines[end:]), body_line=end + 1), problems
