"""The text of a sponsor list with the places of everything in it, and edits that are proved."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

import yaml

from milepost.problems import Problem
from milepost.roster.load import FILE
from milepost.source import Scalar, Table, parse_yaml, plain

_BOM: Final = "\ufeff"
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_BREAK = re.compile("\r\n|[\n\r\x85\u2028\u2029]")


class EditFailed(ValueError):
    """A change that was not made; the text says why, and what to do instead."""


@dataclass(frozen=True, slots=True)
class Edit:
    """Characters `start` to `end` of the body, and what stands there afterwards."""

    start: int
    end: int
    new: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
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

    def end_of(self, node: yaml.Node) -> int:
        """Return where a node's last character ends; the parser's own mark may lie lines below."""
        if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
            last = node.value[-1]
            return self.end_of(last[1] if isinstance(last, tuple) else last)
        return len(self.body[: node.end_mark.index].rstrip())

    def inserted(self, at: int, lines: Iterable[str]) -> Edit:
        """Return the edit that puts whole lines where a line begins, or at the file's end."""
        open_line = at > 0 and not _BREAK.fullmatch(self.body[at - 1])
        end = self.end_of_line
        return Edit(at, at, (end if open_line else "") + "".join(line + end for line in lines))

    def edited(self, edits: Iterable[Edit], wanted: dict[str, Any]) -> str:
        """Return the whole text after the edits, which is read to prove that it says `wanted`.

        Raises:
            EditFailed: it says something else.
        """
        body = self.body
        for edit in sorted(edits, key=lambda edit: (edit.start, edit.end), reverse=True):
            body = body[: edit.start] + edit.new + body[edit.end :]
        values, problems = _read(body)
        if problems or values != wanted:
            raise EditFailed(
                f"{FILE} is written in a way that cannot be changed safely, so it was left as it "
                "is. Make the change by hand."
            )
        return self.bom + body


def read_document(text: str) -> Document:
    """Return a sponsor list to be edited.

    Raises:
        EditFailed: the list has a problem already.
    """
    bom = _BOM if text.startswith(_BOM) else ""
    body = text.removeprefix(_BOM)
    values, problems = _read(body)
    if problems:
        first = problems[0]
        where = f", line {first.line}" if first.line else ""
        raise EditFailed(f"{FILE}{where}: {first.message} Correct this first.")
    end = _BREAK.search(body)
    root = yaml.compose(body, Loader=_LOADER)
    return Document(
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
