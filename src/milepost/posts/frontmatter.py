"""The lines above a post's text: their two forms, and what they may say."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Annotated, Final, Literal

from pydantic import BeforeValidator

from milepost import schema
from milepost.problems import Problem
from milepost.schema import (
    CommaList,
    Day,
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
RENAMED: Final = {"aliases": "old_addresses"}
"""Keys of other generators that are read under our name."""

_HEADER_LINE = re.compile(r"^([A-Za-z][A-Za-z0-9_-]*):[ \t]*(.*)$")
_CONTINUED = re.compile(r"^(?: {4}|\t)[ \t]*(\S.*)$")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_OLD_ADDRESS = re.compile(r"/[^\x00-\x20?#\\]*")


def _old_address(value: object) -> str:
    written = schema.text(value)
    parts = written.split("/")
    if not _OLD_ADDRESS.fullmatch(written) or ".." in parts or "" in parts[1:-1] or written == "/":
        raise ValueError(f'"{written}" is not an address on this site as /2019/05/old-post.html')
    return written


def _language(value: object) -> str:
    written = schema.text(value)
    if not _LANGUAGE.fullmatch(written):
        raise ValueError(f'"{written}" is not the code of a language as en or pt-BR')
    return written


def _template(value: object) -> str:
    written = schema.text(value).removesuffix(".html")
    if not re.fullmatch(r"[a-z0-9_-]+", written):
        raise ValueError(f'"{written}" is not the name of a template as post')
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
    lang: Annotated[str, BeforeValidator(_language)] | None = None


class PostMatter(PageMatter):
    """What the lines above a post may say. `about` is the year of the race it is about."""

    date: Moment
    category: Text | None = None
    tags: CommaList[Text] = ()
    author: CommaList[Text] = ()
    authors: CommaList[Text] = ()
    wall: Annotated[Literal["current", "none"], choice("current", "none")] = "current"
    about: Year | None = None


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
    if lines[0].rstrip() == FENCE:
        return _fenced(lines, file)
    return _plain_header(lines, file)


def take_extra(
    header: Header, extra: Collection[str]
) -> tuple[Table, dict[str, Plain]]:
    """Return the header without the keys that a site added, and those keys with their values."""
    kept: list[tuple[Scalar, Node]] = []
    added: dict[str, Plain] = {}
    for key, value in header.node.entries:
        name = RENAMED.get(key.text, key.text)
        if name in extra:
            added[name] = plain(value)
        else:
            kept.append((Scalar(name, key.line), value))
    return Table(tuple(kept), header.node.line, header.node.last_line), added


def _fenced(lines: list[str], file: str) -> tuple[Header | None, list[Problem]]:
    end = next((at for at, line in enumerate(lines[1:], 1) if line.rstrip() == FENCE), None)
    if end is None:
        message = "the lines above the text begin with --- but no second --- ends them."
        return None, [Problem(check="file", file=file, line=1, message=message)]
    node, problems = parse_yaml("\n".join(lines[1:end]), file, first_line=2)
    if node is None and not problems:
        node = Table((), 1, 1)
    if node is not None and not isinstance(node, Table):
        message = "the lines between the two --- must be keys with values, as title: My post."
        problems.append(Problem(check="file", file=file, line=node.line, message=message))
    if not isinstance(node, Table):
        return None, problems
    body = "\n".join(lines[end + 1 :])
    return Header(node=node, body=body, body_line=end + 2), problems


def _plain_header(lines: list[str], file: str) -> tuple[Header | None, list[Problem]]:
    entries: dict[str, tuple[Scalar, Scalar]] = {}
    problems = []
    at = 0
    last = ""
    for at, line in enumerate(lines):  # noqa: B007 - where the header ends
        pair = _HEADER_LINE.match(line)
        more = _CONTINUED.match(line)
        if pair:
            last = pair[1].lower().replace("-", "_")
            if last in entries:
                message = f'"{pair[1]}" stands here a second time. Keep one.'
                problems.append(Problem(check="file", file=file, line=at + 1, message=message))
            elif pair[2].strip():
                entries[last] = Scalar(last, at + 1), Scalar(pair[2].strip(), at + 1)
        elif more and last in entries:
            key, value = entries[last]
            entries[last] = key, Scalar(f"{value.text} {more[1].strip()}", value.line)
        else:
            break
    if not entries:
        message = f"there is no title above the text. Begin with {FENCE}, title: …, date: …, {FENCE}."
        return None, [Problem(check="file", file=file, line=1, message=message)]
    node = Table(tuple(entries.values()), 1, at)
    return Header(node=node, body="\n".join(lines[at:]), body_line=at + 1), problems
