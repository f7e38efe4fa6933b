"""Files that people write, read as text and as YAML values that know their line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from stat import S_ISREG
from typing import Any, Final

import yaml

from milepost import yaml_mend
from milepost.problems import Problem, count, quote

LIMIT: Final = 1024 * 1024
"""The largest text file that is read, in bytes."""

_DEEPEST: Final = 20
_MENDS: Final = 200
_LEAST_MENDS: Final = 4
_WORK: Final = 1024 * 1024
"""Characters after which no further fault is looked for in one text."""

_MOST_CONTROLS: Final = 20
_NOTHING: Final = frozenset({"~", "null", "Null", "NULL"})
_LABEL: Final = "there is a label or type of YAML's own here, which is not used. Delete it."
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_UNSEEN = re.compile(f"{_CONTROL.pattern}|[\u2028\u2029]")
_BREAK = re.compile("[\n\x85\u2028\u2029]")
"""Where the parser's lines end."""

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
    _by_key: dict[str, tuple[Scalar, Node]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        by_key = {name.text: (name, value) for name, value in self.entries}
        object.__setattr__(self, "_by_key", by_key)

    def get(self, key: str) -> Node | None:
        """Return the value of a key, or None."""
        return self._by_key[key][1] if key in self._by_key else None

    def line_of(self, key: str) -> int:
        """Return the line of a key, or the table's own when it has no such key."""
        return self._by_key[key][0].line if key in self._by_key else self.line


Node = Scalar | Listing | Table
Plain = str | list["Plain"] | dict[str, "Plain"]


def read_text(path: Path, file: str) -> tuple[str | None, list[Problem]]:
    """Read a UTF-8 text file whole, its lines ended as Unix does, without a byte-order mark.

    Returns the text, or None with the problems that say why there is none. `file` is the name
    to report.
    """
    data, problems = read_data(path, file)
    return (None, problems) if data is None else text_of_data(data, file)


def read_data(path: Path, file: str) -> tuple[bytes | None, list[Problem]]:
    """Read a text file whole, as it is; return None with the problems that say why not."""
    try:
        status = path.stat()
        if not S_ISREG(status.st_mode):
            return None, [_unreadable(file, "this is not a file.")]
        if status.st_size > LIMIT:
            return None, [_unreadable(file, _too_large(status.st_size))]
        data = path.read_bytes()
    except OSError as error:
        return None, [_unreadable(file, f"the file cannot be read: {error.strerror}.")]
    return data, []


def text_of_data(data: bytes, file: str) -> tuple[str | None, list[Problem]]:
    """Return the text that a file's bytes are, as `read_text` does."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in data[:2]:
        return None, [_unreadable(file, "the file is saved as UTF-16. Save it again as UTF-8.", 1)]
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        message = "this is not UTF-8 text. Save the file again with the encoding UTF-8."
        return None, [_unreadable(file, message, line)]
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    problems = _controls(text, file)
    return (None, problems) if problems else (text, [])


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
    refused; an empty value is read as "". A line that YAML would misread is reported with the
    line to paste and read as if it had been mended, so that problems after it are found as well.
    Returns None for a text without a value. `first_line` is the number of the text's first line
    in its file.
    """
    lines = _BREAK.split(text)
    problems: list[Problem] = []
    mended: set[int] = set()
    for _ in range(max(_LEAST_MENDS, min(_MENDS, _WORK // (len(text) + 1)))):
        reader = _Reader(lines, file, first_line)
        try:
            node = reader.document()
        except yaml.YAMLError as error:
            mend = _mend(lines, error)
            if mend.at in mended:
                break
            line = first_line + mend.at
            problems.append(Problem(check="file", file=file, line=line, message=mend.message))
            if mend.line is None:
                break
            mended.add(mend.at)
            lines[mend.at] = mend.line
        else:
            return node, problems + reader.problems
    return None, problems


def _mend(lines: list[str], error: yaml.YAMLError) -> yaml_mend.Mend:
    start = getattr(error, "context_mark", None)
    return yaml_mend.mend(
        lines,
        yaml_mend.place(getattr(error, "problem_mark", None))[0],
        yaml_mend.place(start)[0] if start else None,
        str(getattr(error, "problem", "")),
    )


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

    def _node(
        self, event: yaml.Event, depth: int, *, flow: bool = False, key: bool = False
    ) -> Node:
        if depth > _DEEPEST:
            raise yaml.MarkedYAMLError(problem="too deep", problem_mark=_any(event.start_mark))
        line = self._line(event)
        labelled = bool(getattr(event, "anchor", None) or getattr(event, "tag", None))
        match event:
            case yaml.ScalarEvent() if not labelled:
                return self._scalar(event, flow=flow)
            case yaml.ScalarEvent() | yaml.AliasEvent():
                return self._labelled(event, flow=flow, key=key)
            case yaml.CollectionStartEvent() if labelled:
                self._refuse(event, _LABEL)
        is_flow = bool(getattr(event, "flow_style", False))
        if isinstance(event, yaml.SequenceStartEvent):
            return self._listing(line, depth, flow=is_flow)
        return self._table(line, depth, flow=is_flow)

    def _labelled(self, event: yaml.NodeEvent, *, flow: bool, key: bool) -> Scalar:
        """Read a value with an anchor, alias or tag as the text that it looks like."""
        is_plain = isinstance(event, yaml.AliasEvent) or not getattr(event, "style", None)
        meant = yaml_mend.sign(self.lines, event, flow=flow) if is_plain and not key else None
        self._refuse(event, meant.message if meant else _LABEL)
        text = meant.value if meant else str(getattr(event, "value", ""))
        return Scalar(text, self._line(event))

    def _scalar(self, event: yaml.ScalarEvent, *, flow: bool) -> Scalar:
        text = str(event.value)
        is_plain = not event.style
        if is_plain and (meant := yaml_mend.misread(self.lines, event, flow=flow)):
            self._refuse(event, meant.message)
            text = meant.value
        if is_plain and text in _NOTHING:
            text = ""
        if not text:
            self._refuse(event, "there is no value here. Write one, or delete the line.")
        elif control := _CONTROL.search(text):
            self._refuse(event, _invisible(control[0]))
        return Scalar(text, self._line(event))

    def _listing(self, line: int, depth: int, *, flow: bool) -> Listing:
        items = []
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            items.append(self._node(event, depth + 1, flow=flow))
        return Listing(tuple(items), line)

    def _table(self, line: int, depth: int, *, flow: bool) -> Table:
        entries: dict[str, tuple[Scalar, Node]] = {}
        last = line
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            key = self._key(event, depth + 1, flow=flow)
            value_event = next(self.events)
            value = self._node(value_event, depth + 1, flow=flow)
            end = yaml_mend.place(value_event.end_mark)[0]
            last = max(last, _last_line(value), self.first_line + end)
            if key is None:
                continue
            if key.text in entries:
                first = entries[key.text][0].line
                self._refuse(
                    event,
                    f"{quote(key.text)} stands here a second time, first on line {first}. "
                    "Keep one.",
                )
            else:
                entries[key.text] = (key, value)
        return Table(tuple(entries.values()), line, last)

    def _key(self, event: yaml.Event, depth: int, *, flow: bool) -> Scalar | None:
        key = self._node(event, depth, flow=flow, key=True)
        if not isinstance(key, Scalar):
            self._refuse(event, "the key is not a word.")
            return None
        text = key.text.strip()
        if text != key.text:
            self._refuse(
                event,
                f"there is a special blank beside {quote(text)}, as web pages and word processors "
                "have them. Type the line anew.",
            )
        return Scalar(text, key.line)

    def _line(self, event: yaml.Event) -> int:
        return self.first_line + yaml_mend.place(event.start_mark)[0]

    def _refuse(self, event: yaml.Event, message: str) -> None:
        problem = Problem(check="file", file=self.file, line=self._line(event), message=message)
        # Several values in one pair of brackets give one line to paste.
        if self.problems[-1:] != [problem]:
            self.problems.append(problem)


def _any(mark: Any) -> Any:
    """Pass a mark on; the types of PyYAML's two parsers do not fit each other's errors."""
    return mark


def _last_line(node: Node) -> int:
    match node:
        case Table():
            return node.last_line
        case Listing() if node.items:
            return _last_line(node.items[-1])
        case _:
            return node.line


def _controls(text: str, file: str) -> list[Problem]:
    if not _UNSEEN.search(text):
        return []
    found = (
        _unreadable(file, _invisible(control[0]), number)
        for number, line in enumerate(text.split("\n"), 1)
        if (control := _UNSEEN.search(line))
    )
    return list(islice(found, _MOST_CONTROLS))


def _invisible(character: str) -> str:
    return f"there is an invisible control character (U+{ord(character):04X}). Delete it."


def _too_large(size: int) -> str:
    mebibytes = size / 1024 / 1024
    limit = count(LIMIT // 1024 // 1024, "MiB", "MiB")
    return f"the file has {mebibytes:.1f} MiB; a text file may have {limit}."


def _unreadable(file: str, message: str, line: int | None = None) -> Problem:
    return Problem(check="file", file=file, line=line, message=message)
