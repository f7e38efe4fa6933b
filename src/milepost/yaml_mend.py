"""What YAML misreads in a line that a person wrote, and the line to paste instead."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import yaml

from milepost.problems import quote
from milepost.yaml_value import (
    CLOSING,
    CURLY,
    LEAD,
    Meant,
    begins_with,
    cut,
    in_brackets,
    in_curly,
    is_block,
    is_cut,
    is_entry,
    meant_by,
    parts_of,
    quoted,
    safe,
    without_remark,
)

_LONGEST_PASTE: Final = 200
_HALF_A_LINE: Final = 40
_REMARKS: Final = "what follows # is a remark for YAML"
_IF_NOT: Final = " If it is one, put a space after the #. If not, write:"
_MISPLACED: Final = ("expected key", "indicator", "indentation", "document")

# Quantifiers are possessive, so that hostile text costs linear time.
_NESTED = re.compile(r"""[\[\]{}#"']|(?:^|,)[ \t]*+,""")
_NO_SPACE = re.compile(rf"(?P<lead>{LEAD}[A-Za-z_]++):(?P<value>(?!//)[^ \t].*+)")
_NO_COLON = re.compile(rf"(?P<lead>{LEAD}[A-Za-z_]++)[ \t]++(?P<value>[^:\s][^:]*+)$")


@dataclass(frozen=True, slots=True)
class Mend:
    """What is wrong with the line at index `at`, and the line that YAML can read.

    `line` is None when nobody can tell what was meant.
    """

    at: int
    message: str
    line: str | None = None


def place(mark: Any) -> tuple[int, int]:
    """Return the line and the column of a parser's mark, both counted from 0."""
    return (mark.line, mark.column) if mark else (0, 0)


def mend(lines: Sequence[str], at: int, start: int | None, problem: str) -> Mend:
    """Explain why YAML stopped at the line with index `at`.

    `start` is the index of the line where the construct in question began, `problem` the
    parser's own words.
    """
    at = min(at, len(lines) - 1)
    at = at if lines[at].strip() else _above(lines, at)
    start = at if start is None else min(start, at)
    above = _above(lines, at)
    if "too deep" in problem:
        return Mend(at, "lists and keys stand inside each other more than 20 deep here.")
    if found := _unclosed(lines, at) or _cut_above(lines, at) or _cut_above(lines, start):
        return found
    for index in dict.fromkeys((at, start, above)):
        if found := _misread_line(lines[index], index):
            return found
    for words, index in (("expected ':'", start), ("mapping values", above)):
        if words in problem and (found := _without_colon(lines[index], index)):
            return found
    is_open = "node content" in problem and lines[start].rstrip().endswith(("[", "{", ","))
    if "',' or" in problem or is_open:
        return _open_bracket(lines[start], start)
    return Mend(at, _explain(lines, at, problem))


def misread(lines: Sequence[str], event: yaml.ScalarEvent, *, flow: bool) -> Meant | None:
    """Say how YAML misreads a plain value that it accepts, or None when it does not.

    `flow` says that the value stands in brackets.
    """
    first, column = place(event.start_mark)
    last, end = place(event.end_mark)
    if last >= len(lines):
        return None
    line, value = lines[last], str(event.value)
    at_cut = not flow and is_cut(line, end)
    if first != last:
        message = (
            f"the text ends at {_end_of(value)}: {_REMARKS}. Put all of it in quotation marks."
        )
        return Meant(message, value) if at_cut else None
    if at_cut:
        whole, remark = without_remark(line[column:].strip())
        mended = _with_value(line, column, quoted(whole) + remark)
        return Meant(_about_cut(value) + _paste(mended, _IF_NOT), whole)
    if inner := in_curly(value):
        mended = _with_value(line, column, quoted(inner) + line[end:], flow=flow)
        return Meant(CURLY + _paste(mended), inner)
    return None


def sign(lines: Sequence[str], event: yaml.NodeEvent, *, flow: bool) -> Meant | None:
    """Say that a value begins with a sign that YAML keeps for itself: &, * or !.

    Returns None where nobody can tell which text was meant.
    """
    first, column = place(event.start_mark)
    last, end = place(event.end_mark)
    line = lines[first] if first < len(lines) else ""
    if flow:
        value, remark = (line[column:end].strip() if first == last else ""), ""
    else:
        value, remark = without_remark(line[column:].rstrip())
    if value[:1] not in {"&", "*", "!"}:
        return None
    mended = _with_value(line, column, quoted(value) + remark, flow=flow)
    return Meant(begins_with(value) + _paste(mended), value)


def _with_value(line: str, column: int, value: str, *, flow: bool = False) -> str | None:
    """Return a line with another value, if its key is a plain one that may stay."""
    if flow:
        return in_brackets(line)
    parts = parts_of(line)
    is_plain = parts is not None and parts["lead"].rstrip() == line[:column].rstrip()
    return f"{line[:column].rstrip()} {value}" if is_plain else None


def _misread_line(line: str, at: int) -> Mend | None:
    """Find a fault that the line has by itself."""
    text = line.lstrip(" \t")
    if "\t" in line[: len(line) - len(text)]:
        spaces = line[: len(line) - len(text)].replace("\t", "  ")
        return Mend(at, "the line begins with a tab. Use spaces, two for each step.", spaces + text)
    if text[:2] in {"– ", "— "}:
        mended = f"{line[: len(line) - len(text)]}- {text[2:]}"
        return Mend(
            at, "the line begins with the dash of a word processor." + _paste(mended), mended
        )
    if (pair := parts_of(line)) and (found := _misread_value(pair, at)):
        return found
    if pair := _NO_SPACE.match(line):
        return _missing("there is no space after the colon.", pair, at)
    return None


def _misread_value(pair: re.Match[str], at: int) -> Mend | None:
    whole = in_brackets(pair[0])
    if whole and whole != pair[0]:
        message = "a value inside the brackets needs quotation marks."
        return Mend(at, message + _paste(whole), whole)
    value, remark = without_remark(pair["value"].rstrip())
    meant = meant_by(value)
    if not meant:
        return None
    mended = pair["lead"] + quoted(meant.value) + remark
    return Mend(at, meant.message + _paste(mended), mended)


def _without_colon(line: str, at: int) -> Mend | None:
    pair = _NO_COLON.match(line)
    return _missing("there is no colon after the first word.", pair, at) if pair else None


def _missing(message: str, pair: re.Match[str], at: int) -> Mend | None:
    value, remark = without_remark(pair["value"].strip())
    if not value:
        return None
    mended = f"{pair['lead']}: {safe(value)}{remark}"
    return Mend(at, message + _paste(mended), mended)


def _unclosed(lines: Sequence[str], at: int) -> Mend | None:
    """Find the first value whose quotation mark closes below the next key, or nowhere."""
    index = 0
    while index <= at:
        pair = parts_of(lines[index])
        index += 1
        if not pair:
            continue
        if is_block(without_remark(pair["value"])[0]):
            index = _below_block(lines, index)
        elif pair["value"][0] in "\"'" and pair["value"][0] not in pair["value"][1:]:
            start, mark = index - 1, pair["value"][0]
            while index < len(lines) and mark not in lines[index] and not is_entry(lines[index]):
                index += 1
            if index == len(lines) or is_entry(lines[index]):
                return _no_partner(pair, start)
    return None


def _below_block(lines: Sequence[str], index: int) -> int:
    """Return the index of the first line below a block of text that begins at `index`."""
    indent = _indent(lines[index - 1])
    while index < len(lines) and (not lines[index].strip() or _indent(lines[index]) > indent):
        index += 1
    return index


def _no_partner(pair: re.Match[str], at: int) -> Mend:
    value = pair["value"].rstrip()
    inner = value[1:].rstrip(CLOSING + value[0]).strip() or value
    mended = pair["lead"] + quoted(inner)
    message = "the quotation mark has no partner." + _paste(mended)
    if value[0] == "'" and inner != value:
        message += _paste(pair["lead"] + quoted(value), "\nOr, if the mark is part of the text:")
    return Mend(at, message, mended)


def _cut_above(lines: Sequence[str], at: int) -> Mend | None:
    """Find a text that goes on at the line `at`, though a # has cut it on the line above."""
    above = _above(lines, at)
    pair = parts_of(lines[above])
    found = cut(pair["value"]) if pair and pair["value"][0] not in "\"'[{|>" else None
    if not pair or not found or is_entry(lines[at]) or _indent(lines[at]) <= _indent(lines[above]):
        return None
    text = pair["value"][: found.start()]
    message = f"the text ends at {_end_of(text)}: {_REMARKS}. Put all of it in quotation marks."
    return Mend(above, message, f"{pair['lead']}{text} {pair['value'][found.end() :]}")


def _open_bracket(line: str, at: int) -> Mend:
    pair = parts_of(line)
    value = pair["value"].rstrip() if pair else ""
    is_list = value[:1] == "[" and len(value) > 1 and not _NESTED.search(value[1:])
    mended = in_brackets(f"{line.rstrip()}]") if is_list else None
    message = "a bracket is not closed, or a comma is missing inside brackets."
    return Mend(at, message + (_paste(mended) if mended else ""), mended)


def _above(lines: Sequence[str], at: int) -> int:
    """Return the index of the nearest line above that says something, or `at`."""
    written = (
        index
        for index in range(at - 1, -1, -1)
        if lines[index].strip() and not lines[index].lstrip().startswith("#")
    )
    return next(written, at)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _about_cut(value: str) -> str:
    return f"the value {f'ends at {_end_of(value)}' if value else 'is empty'}: {_REMARKS}."


def _end_of(value: str) -> str:
    return quote(value if len(value) <= _HALF_A_LINE else "…" + value[-_HALF_A_LINE:])


def _paste(line: str | None, lead: str = " Write:") -> str:
    if line is None or len(line) > _LONGEST_PASTE:
        return " Put the value in quotation marks."
    return f"{lead}\n{line.strip()}"


def _explain(lines: Sequence[str], at: int, problem: str) -> str:
    if "',' or" in problem:
        return "a bracket is not closed, or a comma is missing inside brackets."
    if lines[at].lstrip(" -").startswith(":"):
        return "there is no key before the colon."
    if "document" in problem and any(line.rstrip() in {"---", "..."} for line in lines[:at]):
        return "a line above with --- or ... ends the list before this line. Delete that line."
    is_alone = "mapping values" in problem and is_entry(lines[at])
    if is_alone or any(word in problem for word in _MISPLACED):
        return (
            "the line does not stand under the lines above it. Lines that belong together begin "
            "at the same column, and each entry of a list begins with a dash."
        )
    return "this is not YAML: a line is `key: value`, and an entry of a list begins with `- `."
