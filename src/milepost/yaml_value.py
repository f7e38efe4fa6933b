"""A value as YAML reads it and as its author meant it, and how to write what was meant."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

_SIGNS: Final = frozenset("*&!%@`|>]},#")
_OPENING: Final = "“”„«‘‚‹"  # noqa: RUF001 - as word processors type them
CLOSING: Final = "”“»«’‘›"  # noqa: RUF001 - as word processors type them
_STRAIGHT: Final = "\"'"

# Quantifiers are possessive, so that hostile text costs linear time.
LEAD: Final = r"[ \t]*+(?:- ++)*+"
"""What may stand before a key: blanks, and the dashes of lists."""

_ESCAPE = r"""\\(?:["/\\ \t0abtnvfreN_LP]|x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8})"""
_QUOTED = rf"""(?:"(?:[^"\\]|{_ESCAPE})*+"|'(?:[^']|'')*+')"""
_KEY = rf"""(?:{_QUOTED}|[^\s:#"'\-*&!%@`|>?\[\]{{}},][^:#"']*+)"""
_PAIR = re.compile(rf"(?P<lead>{LEAD}{_KEY}:[ \t]++)(?P<value>[^ \t].*+)")
_ITEM = re.compile(r"(?P<lead>[ \t]*+(?:- ++)++)(?P<value>[^ \t].*+)")
_WELL_QUOTED = re.compile(_QUOTED)
_REMARK = re.compile(r"[ \t]++#(?=[\s#]|$)")
_CUT = re.compile(r"[ \t]++#(?=[^\s#])")
_BLOCK = re.compile(r"[|>][-+0-9]{0,2}")
_COLON = re.compile(r":(?=[ \t]|$)")
_KEY_IN_MAP = rf"""(?:{_QUOTED}|[^\s\[\]{{}},:"'][^\[\]{{}},:"']*+):[ \t]++"""
_IN_MAP = re.compile(rf"(?P<lead>{_KEY_IN_MAP})(?P<value>[^ \t].*)")
# Python 3.11.2, Debian's, loses its place after a possessive group that did not match.
_PIECE = re.compile(
    rf"[\[\]{{}},]|[ \t]*+(?:{_KEY_IN_MAP})?{_QUOTED}[ \t]*+(?=[\[\]{{}},]|$)|[^\[\]{{}},]++"
)

CURLY: Final = "the quotation marks are curly ones of a word processor."


@dataclass(frozen=True, slots=True)
class Meant:
    """Why YAML does not read a value as its author meant it, and the text that was meant."""

    message: str
    value: str


def parts_of(line: str) -> re.Match[str] | None:
    """Match a line as `lead`, its key or dashes, and the `value` behind it."""
    return _PAIR.match(line) or _ITEM.match(line)


def is_entry(line: str) -> bool:
    """Say whether a line looks like `key: value`, `key:` or `- value`."""
    return bool(parts_of(line)) or line.rstrip().endswith(":")


def is_block(value: str) -> bool:
    """Say whether a value is the `|` or `>` above a block of text."""
    return bool(_BLOCK.fullmatch(value))


def cut(text: str, at: int = 0) -> re.Match[str] | None:
    """Find the first # that begins a remark for YAML, but hardly for its author: ` #1`."""
    return _CUT.search(text, at)


def is_cut(line: str, at: int) -> bool:
    """Say whether such a # follows right at a column."""
    return bool(_CUT.match(line, at))


def quoted(value: str) -> str:
    """Return a value in the quotation marks that need the fewest changes inside."""
    if '"' in value and "'" not in value:
        return f"'{value}'"
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def safe(value: str) -> str:
    """Return a value in quotation marks if it needs them, also inside brackets."""
    meant = meant_by(value)
    if cut(value) or value[:1] == "?":
        return quoted(value)
    return quoted(meant.value) if meant else value


def meant_by(value: str) -> Meant | None:
    """Return what is wrong with a value that stands alone, if anything."""
    if not value:
        return None
    if inner := in_curly(value):
        return Meant(CURLY, inner)
    if value[0] in _STRAIGHT:
        return None if _WELL_QUOTED.fullmatch(value) else _badly_quoted(value)
    if _begins_with_sign(value):
        message = begins_with(value)
        if value[0] == "-":
            message += " For a list, begin each entry on a line of its own."
        return Meant(message, value)
    if value[0] not in "[{" and _COLON.search(value):
        return Meant("the value has a colon in it, which YAML takes for another key.", value)
    return None


def _begins_with_sign(value: str) -> bool:
    if value[0] in "[{":
        return value[-1] not in "]}" and ("]" in value or "}" in value)
    if value[0] in "-?":
        return value[1:2] in {"", " ", "\t"}
    return value[0] in _SIGNS and not is_block(value)


def _badly_quoted(value: str) -> Meant:
    is_whole = len(value) > 2 and value[0] == value[-1]  # noqa: PLR2004 - "x"
    inner = value[1:-1].strip() if is_whole else ""
    if inner and '"' not in inner and value[0] == '"':
        message = r"a \ between double quotation marks begins a special sign."
    else:
        message = "the value has quotation marks inside quotation marks, or text after them."
    return Meant(message, inner or value)


def in_curly(value: str) -> str | None:
    """Return what stands between curly quotation marks, if they surround the whole value."""
    if value[:1] not in _OPENING and value[-1:] not in CLOSING:
        return None
    if not value or value[0] not in _OPENING + _STRAIGHT or value[-1] not in CLOSING + _STRAIGHT:
        return None
    inner = value[1:-1].strip()
    return inner if inner and not set('“”„«»"') & set(inner) else None


@lru_cache(maxsize=4)
def in_brackets(line: str) -> str | None:
    """Return a line that ends in brackets, each value in them quoted if it needs that.

    Returns None when the line has no brackets, or has them inside each other, or they do not
    close on it.
    """
    pair = parts_of(line)
    closing = {"[": "]", "{": "}"}.get(pair["value"][0]) if pair else None
    if not pair or not closing:
        return None
    made = [pair["lead"], pair["value"][0]]
    for piece in _PIECE.finditer(pair["value"], 1):
        if piece[0] == closing:
            rest = pair["value"][piece.end() :]
            return "".join(made) + closing + rest if not without_remark(rest.rstrip())[0] else None
        written = _piece(piece[0], in_map=closing == "}")
        if written is None:
            return None
        made.append(written)
    return None


def _piece(written: str, *, in_map: bool) -> str | None:
    text = written.strip(" \t")
    if not text or text == ",":
        return written
    if text in "[]{}":
        return None
    pair = _IN_MAP.fullmatch(text) if in_map else None
    key, value = (pair["lead"], pair["value"]) if pair else ("", text)
    if without_remark(value)[1]:
        return None
    blank = written[: len(written) - len(written.lstrip(" \t"))]
    return blank + key + safe(value)


def without_remark(value: str) -> tuple[str, str]:
    """Split a value from the remark behind it; a # with text right behind it begins none."""
    whole = _WELL_QUOTED.match(value)
    remark = _REMARK.search(value, whole.end() if whole else 0)
    # Between quotation marks that have begun, a # is part of the text.
    if not remark or (not whole and value.count('"', 0, remark.start()) % 2):
        return value.rstrip(), ""
    return value[: remark.start()], value[remark.start() :]


def begins_with(value: str) -> str:
    """Say that a value begins with a sign of YAML's own."""
    return f"the value begins with {value[0]}, a sign that YAML keeps for itself."
