"""Edits of the values of one entry: changed, grown, added, or taken away with no remark lost."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

import yaml

from milepost.problems import quote
from milepost.roster.document import Document, Edit, EditFailed
from milepost.roster.load import FILE
from milepost.roster.written import Unwritable, written
from milepost.source import Plain

_REMARK = re.compile("[^\n\r\x85\u2028\u2029]*?(?P<remark>[ \t]+#[^\n\r\x85\u2028\u2029]*)")
_REMARKS = re.compile("(?:^|(?<=[ \t\n\r]))#[^\n\r\x85\u2028\u2029]*")
_BELOW: Final = {"id": "name"}
"""Which key a new one is put below; the others come last."""


def changed(
    document: Document, entry: yaml.MappingNode, fields: Mapping[str, Plain | None]
) -> list[Edit]:
    """Return the edits that give keys of a mapping these values; None takes a key away.

    Raises:
        EditFailed: that cannot be done without doubt.
    """
    edits: list[Edit] = []
    present = {key.value for key, _ in entry.value}
    for key, node in entry.value:
        if key.value in fields:
            wanted = fields[key.value]
            edits += (
                [_removal(document, entry, key)]
                if wanted is None
                else _change(document, key.value, node, wanted, flow_style=bool(entry.flow_style))
            )
    new = {key: value for key, value in fields.items() if key not in present and value is not None}
    return [*edits, *_additions(document, entry, new)]


def value_of(value: Plain, *, in_flow: bool = False) -> str:
    """Return a value as it is written behind `key: `; lists and keys of its own in brackets.

    Raises:
        EditFailed: no list may have such a value.
    """
    if not isinstance(value, str):
        return flow(value)
    try:
        return written(value, flow=in_flow)
    except Unwritable as reason:
        raise EditFailed(str(reason)) from None


def flow(value: Plain) -> str:
    """Return a value as it is written inside brackets."""
    match value:
        case str():
            return value_of(value, in_flow=True)
        case list():
            return f"[{', '.join(flow(item) for item in value)}]"
        case dict():
            return f"{{{_pairs(value)}}}"


def _pairs(fields: Mapping[str, Plain]) -> str:
    return ", ".join(f"{flow(key)}: {flow(value)}" for key, value in fields.items())


def _change(
    document: Document, key: str, node: yaml.Node, value: Plain, *, flow_style: bool
) -> list[Edit]:
    before = _plain(node)
    if before == value:
        return []
    match node, value:
        case yaml.ScalarNode(), _:
            return [_replacement(document, node, value_of(value, in_flow=flow_style))]
        case yaml.MappingNode(), dict():
            wanted = {name: value.get(name) for name in (*value, *_plain_keys(node))}
            return changed(document, node, wanted)
        case yaml.SequenceNode(), list() if len(value) >= len(node.value):
            return _items(document, key, node, value)
        case yaml.SequenceNode(flow_style=True), list() if value:
            start, end = node.start_mark.index, node.end_mark.index
            if not any(_remarks(document, (node,), start, end)):
                return [Edit(start, end, flow(value))]
    raise EditFailed(
        f"{FILE}, line {node.start_mark.line + 1}: {key} is more than one value here. "
        f"Change it to {quote(value if isinstance(value, str) else flow(value))} by hand."
    )


def _replacement(document: Document, node: yaml.ScalarNode, new: str) -> Edit:
    start, end = node.start_mark.index, document.end_of(node)
    # The remark behind a `|` is inside the value's marks.
    remark = _REMARK.match(document.body, start, end) if node.style in {"|", ">"} else None
    return Edit(start, end, new + (remark["remark"] if remark else ""))


def _items(document: Document, key: str, node: yaml.SequenceNode, value: list[Plain]) -> list[Edit]:
    """Change a list item by item, so that remarks stay beside those they are about."""
    edits: list[Edit] = []
    for item, wanted in zip(node.value, value, strict=False):
        edits += _change(document, key, item, wanted, flow_style=bool(node.flow_style))
    more = value[len(node.value) :]
    return [*edits, *(_growth(document, node, more) if more else ())]


def _growth(document: Document, node: yaml.SequenceNode, items: list[Plain]) -> list[Edit]:
    if not node.flow_style:
        lead = " " * node.start_mark.column + "- "
        at = document.line_after(document.end_of(node))
        return [document.inserted(at, [lead + flow(item) for item in items])]
    return [_in_brackets(document, node, ", ".join(flow(item) for item in items))]


def _additions(
    document: Document, entry: yaml.MappingNode, new: Mapping[str, Plain]
) -> Iterator[Edit]:
    if new and entry.flow_style:
        yield _in_brackets(document, entry, _pairs(new))
        return
    values = {key.value: value for key, value in entry.value}
    indent = " " * entry.start_mark.column
    lines: dict[int, list[str]] = {}
    for key, value in new.items():
        above = values.get(_BELOW.get(key, ""), entry.value[-1][1])
        at = document.line_after(document.end_of(above))
        lines.setdefault(at, []).append(f"{indent}{flow(key)}: {value_of(value)}")
    yield from (document.inserted(at, block) for at, block in lines.items())


def _in_brackets(document: Document, node: yaml.CollectionNode, new: str) -> Edit:
    if not node.value:
        at = node.end_mark.index - 1
        return Edit(at, at, new)
    last = node.value[-1]
    at = document.end_of(last[1] if isinstance(last, tuple) else last)
    return Edit(at, at, f", {new}")


def _removal(document: Document, entry: yaml.MappingNode, key: yaml.Node) -> Edit:
    """Take a key away with its value. A remark beside it stays, on a line of its own."""
    at = next(index for index, pair in enumerate(entry.value) if pair[0] is key)
    value = entry.value[at][1]
    if entry.flow_style:
        edit = _removal_in_brackets(document, entry, at)
        is_safe = not any(_remarks(document, (key, value), edit.start, edit.end))
    else:
        start = key.start_mark.index - key.start_mark.column
        end = document.line_after(document.end_of(value))
        indent, line_end = " " * key.start_mark.column, document.end_of_line
        remarks = _remarks(document, (key, value), start, end)
        edit = Edit(start, end, "".join(indent + remark + line_end for remark in remarks))
        is_safe = key.start_mark.line != entry.start_mark.line
    if not is_safe:
        raise EditFailed(
            f"{FILE}, line {key.start_mark.line + 1}: {key.value} cannot be taken away here "
            "without doubt. Delete it by hand."
        )
    return edit


def _removal_in_brackets(document: Document, entry: yaml.MappingNode, at: int) -> Edit:
    end = document.end_of(entry.value[at][1])
    if at > 0:
        return Edit(document.end_of(entry.value[at - 1][1]), end, "")
    start = entry.value[0][0].start_mark.index
    return Edit(start, entry.value[1][0].start_mark.index if len(entry.value) > 1 else end, "")


def _remarks(document: Document, nodes: Iterable[yaml.Node], start: int, end: int) -> Iterator[str]:
    """Yield the remarks between two places: what begins with # and is no part of a value."""
    text = document.body[start:end]
    for scalar in (scalar for node in nodes for scalar in _scalars(node)):
        first, last = scalar.start_mark.index - start, document.end_of(scalar) - start
        text = text[:first] + "x" * (last - first) + text[last:]
    yield from (remark[0] for remark in _REMARKS.finditer(text))


def _scalars(node: yaml.Node) -> Iterator[yaml.Node]:
    if not isinstance(node, yaml.CollectionNode):
        yield node
        return
    for item in node.value:
        for part in item if isinstance(item, tuple) else (item,):
            yield from _scalars(part)


def _plain(node: yaml.Node) -> Plain:
    match node:
        case yaml.MappingNode():
            return {key.value: _plain(value) for key, value in node.value}
        case yaml.SequenceNode():
            return [_plain(item) for item in node.value]
        case _:
            return str(node.value)


def _plain_keys(node: yaml.MappingNode) -> Iterator[str]:
    return (key.value for key, _ in node.value)
