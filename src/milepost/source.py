"""Files that people write, read as text and as YAML values that know their line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import yaml

from milepost import yaml_mend
from milepost.problems import Problem, count

LIMIT: Final = 1024 * 1024
"""The largest text file that is read, in bytes."""

_DEEPEST: Final = 20
_MENDS: Final = 200
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Scalar:
    """One value as its author wrote it. `line` counts from 1."""

    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Listing:
    """A YAML list."""

    items: tuple[Node, ...]
    line: int


@dataclass(frozen=True, slots=True)
class Table:
    """A YAML mapping, in the order of the file. `last_line` is where its last value ends."""

    entries: tuple[tuple[Scalar, Node], ...]
    line: int
    last_line: int

    def get(self, key: str) -> Node | None:
        """Return the value of a key, or None."""
        return next((value for name, value in self.entries if name.text == key), None)

    def line_of(self, key: str) -> int:
        """Return the line of a key, or the table's own when it has no such key."""
        return next((name.line for name, _ in self.entries if name.text == key), self.line)


Node = Scalar | Listing | Table
Plain = str | list["Plain"] | dict[str, "Plain"]


def read_text(path: Path, file: str) -> tuple[str | None, list[Problem]]:
    """Read a UTF-8 text file whole, with its line ends made `\\n` and its byte-order mark gone.

    Returns the text, or None with the one problem that says why there is none. `file` is the
    name to report.
    """
    try:
        if (size := path.stat().st_size) > LIMIT:
            return None, [_unreadable(file, _too_large(size))]
        data = path.read_bytes()
    except OSError as error:
        return None, [_unreadable(file, f"the file cannot be read: {error.strerror}.")]
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return None, [_unreadable(file, "the file is saved as UTF-16. Save it again as UTF-8.", 1)]
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        message = "this is not UTF-8 text. Save the file again with the encoding UTF-8."
        return None, [_unreadable(file, message, line)]
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if control := _CONTROL.search(text):
        line = text.count("\n", 0, control.start()) + 1
        message = f"there is an invisible control character (U+{ord(control[0]):04X}). Delete it."
        return None, [_unreadable(file, message, line)]
    return text, []


def find_line(text: str, needle: str, first_line: int = 1) -> int | None:
    """Return the line of the first occurrence of `needle`, or None.

    `first_line` is the number of the text's first line in its file.
    """
    at = text.find(needle) if needle else -1
    return None if at < 0 else first_line + text.count("\n", 0, at)


def plain(node: Node) -> Plain:
    """Return the values of a node without their lines; every scalar stays text."""
    match node:
        case Scalar():
            return node.text
        case Listing():
            return [plain(item) for item in node.items]
        case Table():
            return {key.text: plain(value) for key, value in node.entries}


def parse_yaml(text: str, file: str, first_line: int = 1) -> tuple[Node | None, list[Problem]]:
    """Read YAML from its parser's events, with every problem of the text.

    Every scalar is kept as text. Anchors, aliases, tags, repeated keys and empty values are
    refused. A line that YAML would misread is reported with the line to paste and read as if it
    had been mended, so that problems after it are found as well. Returns None for a text
    without a value. `first_line` is the number of the text's first line in its file.
    """
    lines = text.split("\n")
    problems: list[Problem] = []
    for _ in range(_MENDS):
        try:
            reader = _Reader(lines, file, first_line)
            node = reader.document()
        except yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            start = getattr(error, "context_mark", None)
            mend = yaml_mend.mend(
                lines,
                mark.line if mark else 0,
                start.line if start else None,
                str(getattr(error, "problem", "")),
            )
            problems.append(
                Problem(check="file", file=file, line=first_line + mend.at, message=mend.message)
            )
            if mend.line is None:
                return None, problems
            lines[mend.at] = mend.line
        else:
            return node, problems + reader.problems
    return None, problems


class _Reader:
    """Makes nodes from the events of one text; `problems` holds what was refused on the way."""

    def __init__(self, lines: list[str], file: str, first_line: int) -> None:
        self.lines = lines
        self.file = file
        self.first_line = first_line
        self.problems: list[Problem] = []
        self.events: Iterator[yaml.Event] = yaml.parse("\n".join(lines), Loader=_LOADER)

    def document(self) -> Node | None:
        node = None
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent) and node is not None:
                self._refuse(event, "a line --- begins a second document. Delete that line.")
                break
            if isinstance(event, yaml.NodeEvent):
                node = self._node(event, 0)
        return node

    def _node(self, event: yaml.Event, depth: int) -> Node:
        if depth > _DEEPEST:
            raise yaml.MarkedYAMLError(problem="too deep", problem_mark=event.start_mark)
        line = self.first_line + event.start_mark.line
        if getattr(event, "anchor", None) or getattr(event, "tag", None):
            self._refuse(event, yaml_mend.sign(self.lines, event.start_mark))
        match event:
            case yaml.ScalarEvent():
                return self._scalar(event, line)
            case yaml.SequenceStartEvent():
                return self._listing(line, depth)
            case yaml.MappingStartEvent():
                return self._table(line, depth)
            case _:  # an alias
                return Scalar("*", line)

    def _scalar(self, event: yaml.ScalarEvent, line: int) -> Scalar:
        is_plain = event.style is None or event.style == ""
        if is_plain and (message := yaml_mend.misread(self.lines, event)):
            self._refuse(event, message)
        if not event.value or (is_plain and event.value in {"~", "null"}):
            self._refuse(event, "there is no value here. Write one, or delete the line.")
        return Scalar(event.value, line)

    def _listing(self, line: int, depth: int) -> Listing:
        items = []
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            items.append(self._node(event, depth + 1))
        return Listing(tuple(items), line)

    def _table(self, line: int, depth: int) -> Table:
        entries: dict[str, tuple[Scalar, Node]] = {}
        last = line
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            key = self._node(event, depth + 1)
            value_event = next(self.events)
            value = self._node(value_event, depth + 1)
            last = max(last, _last_line(value), self.first_line + value_event.end_mark.line)
            if not isinstance(key, Scalar):
                self._refuse(event, "the key is not a word.")
            elif key.text in entries:
                first = entries[key.text][0].line
                self._refuse(
                    event,
                    f'"{key.text}" stands here a second time, first on line {first}. Keep one.',
                )
            else:
                entries[key.text] = (key, value)
        return Table(tuple(entries.values()), line, last)

    def _refuse(self, event: yaml.Event, message: str) -> None:
        line = self.first_line + event.start_mark.line
        self.problems.append(Problem(check="file", file=self.file, line=line, message=message))


def _last_line(node: Node) -> int:
    match node:
        case Table():
            return node.last_line
        case Listing() if node.items:
            return _last_line(node.items[-1])
        case _:
            return node.line


def _too_large(size: int) -> str:
    mebibytes = size / 1024 / 1024
    limit = count(LIMIT // 1024 // 1024, "MiB", "MiB")
    return f"the file has {mebibytes:.1f} MiB; a text file may have {limit}."


def _unreadable(file: str, message: str, line: int | None = None) -> Problem:
    return Problem(check="file", file=file, line=line, message=message)
