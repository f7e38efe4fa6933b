"""Changes to the text of `sponsors.yaml` that keep every comment, blank line and the order.

Text is put in at the marks of the parser's nodes. No library rewrites the file, since that moves
comments from one sponsor to another.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import yaml

from milepost.roster.document import Document, Edit, EditFailed, read_document
from milepost.roster.entry import changed, flow, value_of
from milepost.roster.load import FILE
from milepost.source import Plain

__all__ = ["EditFailed", "add_behind", "add_sponsor", "add_sponsors", "set_all", "set_fields"]

_COMMENT = re.compile("(?P<indent> *)#[^\n\r\x85\u2028\u2029]*")
_AFTER_DASH = re.compile(r"-( +)$")


def add_sponsor(text: str, fields: Mapping[str, Plain]) -> str:
    """Return the text of a sponsor list with one more entry at the end of `sponsors:`.

    `fields` are written in their order.

    Raises:
        EditFailed: the list has a problem already, or the result would not be what was meant.
    """
    return add_sponsors(text, [fields])


def add_sponsors(text: str, entries: Sequence[Mapping[str, Plain]]) -> str:
    """Return the text with these entries at the end of `sponsors:`, as `add_sponsor` does."""
    if not entries:
        return text
    document = read_document(text)
    edits = _additions(document, entries)
    before = document.values.get("sponsors") or []
    wanted = [*before, *(dict(fields) for fields in entries)]
    return document.edited(edits, document.values | {"sponsors": wanted})


def add_behind(text: str, sponsor_line: int, fields: Mapping[str, Plain]) -> str:
    """Return the text with one more entry right behind the one that begins on a line.

    Raises:
        EditFailed: as `set_fields` does.
    """
    document = read_document(text)
    index, _ = _entry(document, sponsor_line)
    _, listing = document.sponsors() or (None, None)
    if not isinstance(listing, yaml.SequenceNode):  # in which the entry was found
        raise TypeError(listing)
    place = _in_brackets if listing.flow_style else _behind
    edit = place(document, listing, [fields], index)
    wanted = list(document.values["sponsors"])
    wanted.insert(index + 1, dict(fields))
    return document.edited([edit], document.values | {"sponsors": wanted})


def set_fields(text: str, sponsor_line: int, fields: Mapping[str, Plain | None]) -> str:
    """Return the text with values of one entry changed, and new ones put after its last line.

    `sponsor_line` is where the entry begins, as in `Sponsor.line`. What is None is taken away. A
    list can grow at its end, and keys inside a value can change; an `id` is put below the name.

    Raises:
        EditFailed: no entry begins there, one of the values is a list or has keys of its own and
            the new one has not, the list has a problem already, or the result would not be what
            was meant.
    """
    return set_all(text, {sponsor_line: fields})


def set_all(text: str, changes: Mapping[int, Mapping[str, Plain | None]]) -> str:
    """Return the text with the values of several entries changed, as `set_fields` does."""
    if not changes:
        return text
    document = read_document(text)
    wanted = list(document.values.get("sponsors") or [])
    edits: list[Edit] = []
    for line, fields in changes.items():
        index, entry = _entry(document, line)
        edits += changed(document, entry, fields)
        values = wanted[index] | dict(fields)
        wanted[index] = {key: value for key, value in values.items() if value is not None}
    return document.edited(edits, document.values | {"sponsors": wanted})


def _additions(document: Document, entries: Sequence[Mapping[str, Plain]]) -> list[Edit]:
    found = document.sponsors()
    if found is None:
        return [_new_list(document, entries)]
    key, value = found
    if isinstance(value, yaml.SequenceNode):
        if not value.flow_style:
            return [_behind(document, value, entries, -1)]
        if value.value or document.body[value.start_mark.index : value.end_mark.index] != "[]":
            return [_in_brackets(document, value, entries, -1)]
    elif not isinstance(value, yaml.ScalarNode) or document.values["sponsors"]:
        raise EditFailed(
            f"{FILE}, line {value.start_mark.line + 1}: sponsors must be a list: each begins with "
            "`- name:`. Correct this first."
        )
    return _first_entries(document, key, value, entries)


def _new_list(document: Document, entries: Sequence[Mapping[str, Plain]]) -> Edit:
    indent = document.root.start_mark.column if document.root else 0
    lines = document.body.splitlines()
    gap = [""] if lines and lines[-1].strip() else []
    block = _block(entries, indent + 2, " ", blank_between=True)
    return document.inserted(len(document.body), [*gap, " " * indent + "sponsors:", *block])


def _first_entries(
    document: Document,
    key: yaml.Node,
    nothing: yaml.Node,
    entries: Sequence[Mapping[str, Plain]],
) -> list[Edit]:
    """Put entries where there is `[]`, `~` or no value at all; a remark stays beside the key."""
    start = len(document.body[: nothing.start_mark.index].rstrip(" "))
    block = _block(entries, key.start_mark.column + 2, " ", blank_between=True)
    at = document.line_after(max(start, nothing.end_mark.index))
    return [Edit(start, nothing.end_mark.index, ""), document.inserted(at, block)]


def _behind(
    document: Document,
    listing: yaml.SequenceNode,
    entries: Sequence[Mapping[str, Plain]],
    index: int,
) -> Edit:
    """Put entries below one of the list, its own remarks included, spaced as the last one is."""
    body, last, column = document.body, listing.value[-1], listing.start_mark.column
    dash = last.start_mark.index - last.start_mark.column
    after_dash = _AFTER_DASH.search(body[dash : last.start_mark.index])
    spaced = len(listing.value) == 1 or _blank_above(body[:dash])
    at = document.line_after(document.end_of(listing.value[index]))
    while (remark := _COMMENT.match(body, at)) and len(remark["indent"]) > column:
        at = document.line_after(remark.end())
    block = _block(entries, column, after_dash[1] if after_dash else " ", blank_between=spaced)
    return document.inserted(at, ["", *block] if spaced else block)


def _in_brackets(
    document: Document,
    listing: yaml.SequenceNode,
    entries: Sequence[Mapping[str, Plain]],
    index: int,
) -> Edit:
    new = ", ".join(flow(dict(fields)) for fields in entries)
    if listing.value:
        at = document.end_of(listing.value[index])
        return Edit(at, at, f", {new}")
    at = listing.end_mark.index - 1
    return Edit(at, at, new)


def _entry(document: Document, line: int) -> tuple[int, yaml.MappingNode]:
    found = document.sponsors()
    items = found[1].value if found and isinstance(found[1], yaml.SequenceNode) else []
    here = [
        (index, item)
        for index, item in enumerate(items)
        if item.start_mark.line + 1 == line and isinstance(item, yaml.MappingNode)
    ]
    if len(here) != 1:
        how_many = "more than one sponsor begins" if here else "no sponsor begins"
        raise EditFailed(f"{FILE}, line {line}: {how_many} on this line. Make the change by hand.")
    return here[0]


def _block(
    entries: Sequence[Mapping[str, Plain]], column: int, after_dash: str, *, blank_between: bool
) -> list[str]:
    lines: list[str] = []
    for fields in entries:
        lead = " " * column + "-" + after_dash
        lines += [""] if lines and blank_between else []
        for key, value in fields.items():
            lines.append(f"{lead}{key}: {value_of(value)}")
            lead = " " * len(lead)
    return lines


def _blank_above(text: str) -> bool:
    """Say whether a blank line is the first above that is no remark."""
    for line in reversed(text.splitlines()):
        if not line.lstrip().startswith("#"):
            return not line.strip()
    return False
