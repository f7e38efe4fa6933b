"""A post or page as text that can be kept, and read again in a fraction of the time."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, time
from typing import Any, Final, TypeAlias

from milepost.posts.frontmatter import Button, PageMatter, PostMatter
from milepost.posts.post import Page, Post
from milepost.source import Listing, Node, Scalar, Table

_MOMENTS: Final = frozenset({"date", "modified"})
_LISTS: Final = frozenset(
    name for name, field in PostMatter.model_fields.items() if field.default == ()
)
_NO_POST: Final = PostMatter.model_construct(set(), title="", date=(date.min, None))
_NO_PAGE: Final = PageMatter.model_construct(set(), title="")
"""What the lines above a text say that say nothing."""

_Packed: TypeAlias = list[Any]


def packed(page: Page, text: str) -> str:
    """Return a page of a file's `text` as JSON, or "" if that would not give it back."""
    matter = page.matter
    said = {name: getattr(matter, name) for name in sorted(matter.model_fields_set)}
    data = json.dumps(
        [
            isinstance(page, Post),
            _packed_node(page.header),
            said,
            page.slug,
            len(text) - len(page.body),
            page.body_line,
            page.extra,
        ],
        ensure_ascii=False,
        separators=(",", ":"),
        default=_plain,
    )
    again = unpacked(data, page.file, text, page.digest)
    return data if again == page and again.header == page.header else ""


def unpacked(data: str, file: str, text: str, digest: bytes) -> Page:
    """Return the page of a file that was `packed` from this very text; `digest` is the file's."""
    is_post, header, said, slug, start, body_line, extra = json.loads(data)
    kind: Any = Post if is_post else Page
    nothing = _NO_POST if is_post else _NO_PAGE
    made: Page = kind(
        file=file,
        header=_table(header),
        matter=nothing.model_copy(update=_typed(said)),
        slug=slug,
        body=text[start:],
        body_line=body_line,
        extra=extra,
        digest=digest,
    )
    return made


def _plain(value: object) -> Any:
    if isinstance(value, Button):
        return {name: getattr(value, name) for name in value.model_fields_set}
    if isinstance(value, date | time):
        return value.isoformat()
    raise TypeError(type(value).__name__)


def _typed(said: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values of the lines above a text as the models have them."""
    typed = dict(said)
    for name, value in said.items():
        if value is None:
            continue
        if name in _MOMENTS:
            day, clock = value
            typed[name] = date.fromisoformat(day), time.fromisoformat(clock) if clock else None
        elif name in _LISTS:
            typed[name] = tuple(value)
        elif name == "expires":
            typed[name] = date.fromisoformat(value)
        elif name == "button":
            typed[name] = Button.model_construct(set(value), **value)
    return typed


def _packed_node(node: Node) -> _Packed:
    """Return a node as a list, whose kind is told by its length."""
    match node:
        case Scalar():
            return [node.text, node.line]
        case Listing():
            return [node.line, "", [_packed_node(item) for item in node.items]]
        case Table():
            pairs = [[key.text, key.line, _packed_node(value)] for key, value in node.entries]
            return [node.line, node.last_line, "", pairs]


def _node(node: _Packed) -> Node:
    if len(node) == len(("text", "line")):
        return Scalar(*node)
    if len(node) == len(("line", "", "items")):
        return Listing(tuple(_node(item) for item in node[2]), node[0])
    return _table(node)


def _table(node: _Packed) -> Table:
    line, last_line, _, pairs = node
    entries = tuple((Scalar(text, at), _node(value)) for text, at, value in pairs)
    return Table(entries, line, last_line)
