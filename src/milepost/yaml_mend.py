"""What YAML misreads in a line that a person wrote, and the line to paste instead."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

import yaml

_CURLY: Final = str.maketrans({"“": '"', "”": '"', "„": '"', "«": '"', "»": '"'})
_SIGNS: Final = "*&!%@`"
_PAIR = re.compile(r"""^(?P<lead>\s*(?:- +)*[^\s:#"'\-][^:#"']*:[ \t]+)(?P<value>\S.*)$""")
_ITEM = re.compile(r"^(?P<lead>\s*(?:- +)+)(?P<value>\S.*)$")
_NO_SPACE = re.compile(r"^(?P<lead>\s*(?:- +)*[A-Za-z_]+):(?P<value>(?!//)\S.*)$")
_NO_COLON = re.compile(r"^(?P<lead>\s*(?:- +)*[a-z_]+)[ \t]+(?P<value>[^:]+)$")
_COMMENT_CUT = re.compile(r"^[ \t]+#(?=[^\s#])")


@dataclass(frozen=True, slots=True)
class Mend:
    """What is wrong with the line at index `at`, and the line that YAML can read.

    `line` is None when nobody can tell what was meant.
    """

    at: int
    message: str
    line: str | None = None


def mend(lines: list[str], at: int, start: int | None, problem: str) -> Mend:
    """Explain why YAML stopped at the line with index `at`.

    `start` is the index of the line where the construct in question began, `problem` the
    parser's own words.
    """
    at = min(at, len(lines) - 1)
    if "too deep" in problem:
        return Mend(at, "the brackets are nested too deep to be a list that a person wrote.")
    if (unclosed := _unclosed(lines, at, start, problem)) is not None:
        return unclosed
    for index in (at, at - 1):
        if index >= 0 and (found := _mend_line(lines[index], index)) is not None:
            return found
    return Mend(at, _explain(problem))


def misread(lines: list[str], event: yaml.ScalarEvent) -> str | None:
    """Say how YAML misreads a plain value that it accepts, or None when it does not."""
    start, end = event.start_mark, event.end_mark
    if start.line != end.line or start.line >= len(lines):
        return None
    line = lines[start.line]
    value = str(event.value)
    if value[:1] in "“”„«" and value[:1]:
        return "the quotation marks are curly ones of a word processor." + _paste(
            line[: start.column] + _quoted(value.translate(_CURLY).strip('"'))
        )
    if value and _COMMENT_CUT.match(line[end.column :]):
        whole = line[start.column :].rstrip()
        return (
            f'the value ends at "{value}": what follows # is a remark for YAML.'
            + _paste(line[: start.column] + _quoted(whole))
            + " If it is a remark, put a space after the #."
        )
    return None


def sign(lines: list[str], mark: yaml.Mark) -> str:
    """Say that a value begins with a sign that YAML keeps for itself: &, * or !."""
    line = lines[mark.line] if mark.line < len(lines) else ""
    value = line[mark.column :].rstrip()
    if not value or value[0] not in _SIGNS:
        return "the value has a label or type of YAML's own, which is not used here. Delete it."
    return _begins_with(value[0]) + _paste(line[: mark.column] + _quoted(value))


def _mend_line(line: str, at: int) -> Mend | None:
    if line.lstrip(" ").startswith("\t"):
        spaces = line.replace("\t", "  ")
        return Mend(at, "the line begins with a tab. Use spaces, two for each step.", spaces)
    if (pair := _PAIR.match(line) or _ITEM.match(line)) and (
        trouble := _trouble(pair["value"].rstrip())
    ):
        message, value = trouble
        mended = pair["lead"] + _quoted(value)
        return Mend(at, message + _paste(mended), mended)
    if pair := _NO_SPACE.match(line):
        mended = f"{pair['lead']}: {pair['value']}"
        return Mend(at, "there is no space after the colon." + _paste(mended), mended)
    if pair := _NO_COLON.match(line):
        mended = f"{pair['lead']}: {pair['value']}"
        return Mend(at, "there is no colon after the first word." + _paste(mended), mended)
    return None


def _trouble(value: str) -> tuple[str, str] | None:
    """Return what is wrong with a value and the text that was meant, or None."""
    if value[0] in "“”„«":
        return "the quotation marks are curly ones of a word processor.", value.translate(
            _CURLY
        ).strip('"')
    if value[0] in _SIGNS:
        return _begins_with(value[0]), value
    if value[0] in "\"'":
        whole = len(value) > 1 and value[0] == value[-1]
        inner = value[1:-1] if whole else value
        return "the value has quotation marks inside quotation marks, or text after them.", inner
    if ": " in value or value.endswith(":"):
        return "the value has a colon in it, which YAML takes for another key.", value
    return None


def _unclosed(lines: list[str], at: int, start: int | None, problem: str) -> Mend | None:
    if start is None or "end of stream" not in problem or start >= len(lines):
        return None
    line = lines[start]
    pair = _PAIR.match(line) or _ITEM.match(line)
    if not pair or pair["value"][0] not in "\"'":
        return None
    mended = pair["lead"] + _quoted(pair["value"].strip(pair["value"][0]))
    message = "the quotation mark has no partner." + _paste(mended)
    return Mend(start, message, mended if mended != line else None)


def _begins_with(character: str) -> str:
    return f"the value begins with {character}, a sign that YAML keeps for itself."


def _paste(line: str) -> str:
    return f" Write: {line.strip()}"


def _quoted(value: str) -> str:
    if '"' in value and "'" not in value:
        return f"'{value}'"
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _explain(problem: str) -> str:
    if "expected key" in problem or "indicator" in problem or "indentation" in problem:
        return (
            "the line does not stand under the lines above it. Lines that belong together begin at the "
            "same column, and every sponsor begins with a dash."
        )
    if "',' or ']'" in problem or "',' or '}'" in problem:
        return "a bracket is not closed, or a comma is missing inside brackets."
    return "this is not YAML: a line is `key: value`, and an entry of a list begins with `- `."
