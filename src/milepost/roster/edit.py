"""Changes to the text of `sponsors.yaml` that keep every comment, blank line and the order.

Text is put in at the marks of the parser's nodes. No library rewrites the file, since that moves
comments from one sponsor to another.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import yaml

from milepost.problems import Problem
from milepost.roster.load import FILE
from milepost.source import Scalar, Table, parse_yaml, plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_BOM: Final = "\ufeff"
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_BREAK = re.compile("\r\n|[\n\r\x85\u2028\u2029]")
_COMMENT = re.compile("(?P<indent> *)#[^\n\r\x85\u2028\u2029]*")
_REMARK = re.compile("[^\n\r\x85\u2028\u2029]*?(?P<remark>[ \t]+#[^\n\r\x85\u2028\u2029]*)")
_AFTER_DASH = re.compile(r"-( +)$")
_UNPRINTABLE = re.compile(
    "[^\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)
_ESCAPES: Final = str.maketrans({"\\": r"\\", '"': r"\"", "\n": r"\n", "\t": r"\t"})
_SAFE_TYPED = re.compile(r"[1-9]\d{0,8}|\d{4}-\d{2}-\d{2}")
_TEXT_TAG: Final = "tag:yaml.org,2002:str"


class EditFailed(ValueError):  # noqa: N818 - the list is as it was; its text says what to do
    """A change that was not made; the text says why, and what to do instead."""


def written(value: str, *, flow: bool = False) -> str:
    """Return a value as it stands after `key: ` in YAML, always on one line.

    It is written plainly when our reader and every other one read it back as the same text, and
    in double quotes otherwise. `flow` is for a place inside `{…}` or `[…]`.

    Raises:
        EditFailed: the value is empty, or has half a character in it.
    """
    if not value:
        raise EditFailed("there is no value to write. To take a value away, delete its line.")
    if _is_text_everywhere(value) and _reads_back(value, value, flow=flow):
        return value
    quoted = '"' + _UNPRINTABLE.sub(_escape, value.translate(_ESCAPES)) + '"'
    if not _reads_back(quoted, value, flow=flow):
        shown = value.encode("utf-8", "replace").decode()
        raise EditFailed(f'"{shown}" has a broken character in it. Type the text anew.')
    return quoted


def add_sponsor(text: str, fields: Mapping[str, str]) -> str:
    """Return the text of a sponsor list with one more entry at the end of `sponsors:`.

    `fields` are written in their order.

    Raises:
        EditFailed: the list has a problem already, or the result would not be what was meant.
    """
    return add_sponsors(text, [fields])


def add_sponsors(text: str, entries: Sequence[Mapping[str, str]]) -> str:
    """Return the text with these entries at the end of `sponsors:`, as `add_sponsor` does."""
    if not entries:
        return text
    document = _document(text)
    edits = _additions(document, entries)
    before = document.values.get("sponsors") or []
    wanted = [*before, *(dict(fields) for fields in entries)]
    return _proved(document, edits, document.values | {"sponsors": wanted})


def set_fields(text: str, sponsor_line: int, fields: Mapping[str, str]) -> str:
    """Return the text with values of one entry changed, and new ones put after its last line.

    `sponsor_line` is where the entry begins, as in `Sponsor.line`.

    Raises:
        EditFailed: no entry begins there, one of the values is a list or has keys of its own, the
            list has a problem already, or the result would not be what was meant.
    """
    return set_all(text, {sponsor_line: fields})


def set_all(text: str, changes: Mapping[int, Mapping[str, str]]) -> str:
    """Return the text with the values of several entries changed, as `set_fields` does."""
    if not changes:
        return text
    document = _document(text)
    wanted = list(document.values.get("sponsors") or [])
    edits: list[_Edit] = []
    for line, fields in changes.items():
        index, entry = _entry(document, line)
        edits += _settings(document, entry, fields)
        wanted[index] = wanted[index] | dict(fields)
    return _proved(document, edits, document.values | {"sponsors": wanted})


@dataclass(frozen=True, slots=True)
class _Edit:
    """Characters `start` to `end` of the body, and what stands there afterwards."""

    start: int
    end: int
    new: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Document:
    """A sponsor list: its text without the byte-order mark, its nodes, and its plain values."""

    bom: str
    body: str
    end_of_line: str
    root: yaml.MappingNode | None
    values: dict[str, Any]

    def sponsors(self) -> tuple[yaml.Node, yaml.Node] | None:
        """Return the nodes of the key `sponsors` and of its value."""
        pairs = self.root.value if self.root else []
        return next((pair for pair in pairs if pair[0].value == "sponsors"), None)

    def line_after(self, at: int) -> int:
        """Return where the line that follows the character `at` begins."""
        found = _BREAK.search(self.body, at)
        return found.end() if found else len(self.body)

    def inserted(self, at: int, lines: Iterable[str]) -> _Edit:
        """Return the edit that puts whole lines where a line begins, or at the file's end."""
        open_line = at > 0 and not _BREAK.fullmatch(self.body[at - 1])
        end = self.end_of_line
        return _Edit(at, at, (end if open_line else "") + "".join(line + end for line in lines))


def _document(text: str) -> _Document:
    bom = _BOM if text.startswith(_BOM) else ""
    body = text.removeprefix(_BOM)
    values, problems = _read(body)
    if problems:
        first = problems[0]
        where = f", line {first.line}" if first.line else ""
        raise EditFailed(f"{FILE}{where}: {first.message} Correct this first.")
    end = _BREAK.search(body)
    root = yaml.compose(body, Loader=_LOADER)
    return _Document(
        bom=bom,
        body=body,
        end_of_line=end[0] if end and end[0] in {"\r\n", "\r"} else "\n",
        root=root if isinstance(root, yaml.MappingNode) else None,
        values=values,
    )


def _read(body: str) -> tuple[dict[str, Any], list[Problem]]:
    """Return the values, and the problems other than a `sponsors:` with nothing after it."""
    text = body.replace("\r\n", "\n").replace("\r", "\n")
    # A last line without an end reads differently in a block of text.
    node, problems = parse_yaml(text if text.endswith("\n") else text + "\n", FILE)
    if node is None:
        return {}, problems
    if not isinstance(node, Table):
        message = "the file must begin with a key, such as `sponsors:`."
        return {}, [*problems, Problem(check="entry", file=FILE, line=node.line, message=message)]
    sponsors = node.get("sponsors")
    blank = sponsors.line if isinstance(sponsors, Scalar) and not sponsors.text else None
    values = {key.text: plain(value) for key, value in node.entries}
    return values, [problem for problem in problems if problem.line != blank]


def _proved(document: _Document, edits: Iterable[_Edit], wanted: dict[str, Any]) -> str:
    body = document.body
    for edit in sorted(edits, key=lambda edit: (edit.start, edit.end), reverse=True):
        body = body[: edit.start] + edit.new + body[edit.end :]
    values, problems = _read(body)
    if problems or values != wanted:
        raise EditFailed(
            f"{FILE} is written in a way that cannot be changed safely, so it was left as it is. "
            "Make the change by hand."
        )
    return document.bom + body


def _additions(document: _Document, entries: Sequence[Mapping[str, str]]) -> list[_Edit]:
    found = document.sponsors()
    if found is None:
        return [_new_list(document, entries)]
    key, value = found
    if isinstance(value, yaml.SequenceNode):
        if not value.flow_style:
            return [_after_last(document, value, entries)]
        if value.value or document.body[value.start_mark.index : value.end_mark.index] != "[]":
            return [_in_brackets(document, value, entries)]
        blanks = len(document.body[: value.start_mark.index].rstrip(" "))
        return [
            _Edit(blanks, value.end_mark.index, ""),
            _first_entries(document, key, value.end_mark.index, entries),
        ]
    if value.value:
        raise EditFailed(
            f"{FILE}, line {value.start_mark.line + 1}: sponsors must be a list: each begins with "
            "`- name:`. Correct this first."
        )
    return [_first_entries(document, key, key.end_mark.index, entries)]


def _new_list(document: _Document, entries: Sequence[Mapping[str, str]]) -> _Edit:
    indent = document.root.start_mark.column if document.root else 0
    lines = document.body.splitlines()
    gap = [""] if lines and lines[-1].strip() else []
    block = _block(entries, indent + 2, " ", blank_between=True)
    return document.inserted(len(document.body), [*gap, " " * indent + "sponsors:", *block])


def _first_entries(
    document: _Document, key: yaml.Node, at: int, entries: Sequence[Mapping[str, str]]
) -> _Edit:
    block = _block(entries, key.start_mark.column + 2, " ", blank_between=True)
    return document.inserted(document.line_after(at), block)


def _after_last(
    document: _Document, listing: yaml.SequenceNode, entries: Sequence[Mapping[str, str]]
) -> _Edit:
    """Put entries below the last one, its own remarks included, spaced and indented as it is."""
    body, last, column = document.body, listing.value[-1], listing.start_mark.column
    dash = last.start_mark.index - last.start_mark.column
    after_dash = _AFTER_DASH.search(body[dash : last.start_mark.index])
    spaced = len(listing.value) == 1 or _blank_above(body[:dash])
    at = document.line_after(_end(body, last))
    while (remark := _COMMENT.match(body, at)) and len(remark["indent"]) > column:
        at = document.line_after(remark.end())
    block = _block(entries, column, after_dash[1] if after_dash else " ", blank_between=spaced)
    return document.inserted(at, ["", *block] if spaced else block)


def _in_brackets(
    document: _Document, listing: yaml.SequenceNode, entries: Sequence[Mapping[str, str]]
) -> _Edit:
    new = ", ".join(f"{{{_in_flow(fields)}}}" for fields in entries)
    if listing.value:
        at = _end(document.body, listing.value[-1])
        return _Edit(at, at, f", {new}")
    at = listing.end_mark.index - 1
    return _Edit(at, at, new)


def _entry(document: _Document, line: int) -> tuple[int, yaml.MappingNode]:
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


def _settings(
    document: _Document, entry: yaml.MappingNode, fields: Mapping[str, str]
) -> list[_Edit]:
    present = {key.value: value for key, value in entry.value}
    edits = [
        _replacement(document.body, key, present[key], value, flow=bool(entry.flow_style))
        for key, value in fields.items()
        if key in present
    ]
    new = {key: value for key, value in fields.items() if key not in present}
    end = _end(document.body, entry.value[-1][1])
    if new and entry.flow_style:
        edits.append(_Edit(end, end, f", {_in_flow(new)}"))
    elif new:
        indent = " " * entry.start_mark.column
        lines = [f"{indent}{key}: {written(value)}" for key, value in new.items()]
        edits.append(document.inserted(document.line_after(end), lines))
    return edits


def _replacement(body: str, key: str, node: yaml.Node, value: str, *, flow: bool) -> _Edit:
    if not isinstance(node, yaml.ScalarNode):
        raise EditFailed(
            f"{FILE}, line {node.start_mark.line + 1}: {key} is more than one value here. "
            f'Change it to "{value}" by hand.'
        )
    start, end = node.start_mark.index, _end(body, node)
    # The remark behind a `|` is inside the value's marks.
    remark = _REMARK.match(body, start, end) if node.style in {"|", ">"} else None
    return _Edit(start, end, written(value, flow=flow) + (remark["remark"] if remark else ""))


def _block(
    entries: Sequence[Mapping[str, str]], column: int, after_dash: str, *, blank_between: bool
) -> list[str]:
    lines: list[str] = []
    for fields in entries:
        lead = " " * column + "-" + after_dash
        lines += [""] if lines and blank_between else []
        for key, value in fields.items():
            lines.append(f"{lead}{key}: {written(value)}")
            lead = " " * len(lead)
    return lines


def _in_flow(fields: Mapping[str, str]) -> str:
    return ", ".join(f"{key}: {written(value, flow=True)}" for key, value in fields.items())


def _blank_above(text: str) -> bool:
    """Say whether a blank line is the first above that is no remark."""
    for line in reversed(text.splitlines()):
        if not line.lstrip().startswith("#"):
            return not line.strip()
    return False


def _end(body: str, node: yaml.Node) -> int:
    """Return where a node's last character ends; the parser's own mark may lie lines below."""
    if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        return _end(body, last[1] if isinstance(last, tuple) else last)
    return len(body[: node.end_mark.index].rstrip())


def _is_text_everywhere(value: str) -> bool:
    """Say whether every reader of YAML takes a value, written plainly, for the same text.

    Others type what ours leaves alone: `no`, `12:30`, `1.10`.
    """
    if _UNPRINTABLE.search(value) or not any(character.isalnum() for character in value):
        return False
    resolver: Any = yaml.resolver.Resolver()
    tag = resolver.resolve(yaml.ScalarNode, value, (True, False))
    return tag == _TEXT_TAG or bool(_SAFE_TYPED.fullmatch(value))


def _reads_back(source: str, value: str, *, flow: bool) -> bool:
    text = f"{{k: {source}}}" if flow else f"k: {source}"
    try:
        for _ in yaml.parse(text, Loader=_LOADER):
            pass
    except (yaml.YAMLError, UnicodeError):
        return False
    node, problems = parse_yaml(text, FILE)
    return not problems and node is not None and plain(node) == {"k": value}


def _escape(found: re.Match[str]) -> str:
    return f"\\u{ord(found[0]):04x}"
