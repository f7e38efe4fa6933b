"""A value as it is written into YAML: so that every reader takes it for the same text."""

from __future__ import annotations

import re
from typing import Any, Final

import yaml

from milepost.problems import quote
from milepost.source import parse_yaml, plain

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_REFUSED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_UNPRINTABLE = re.compile(
    "[^\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)
_ESCAPES: Final = str.maketrans({"\\": r"\\", '"': r"\"", "\n": r"\n", "\t": r"\t"})
_SAFE_TYPED = re.compile(r"[1-9]\d{0,8}|\d{4}-\d{2}-\d{2}")
_TEXT_TAG: Final = "tag:yaml.org,2002:str"


class Unwritable(ValueError):
    """A value that no file of ours may have; the text says why, and what to do instead."""


def written(value: str, *, flow: bool = False) -> str:
    """Return a value as it stands after `key: ` in YAML, always on one line.

    It is written plainly when our reader and every other one read it back as the same text, and
    in double quotes otherwise. `flow` is for a place inside `{…}` or `[…]`.

    Raises:
        Unwritable: the value is empty, or has a control character or half a character.
    """
    if not value:
        raise Unwritable("there is no value to write. To take a value away, delete its line.")
    if refused := _REFUSED.search(value):
        raise Unwritable(
            f"{quote(_shown(value))} has an invisible or broken character "
            f"(U+{ord(refused[0]):04X}). Type it anew."
        )
    if _is_text_everywhere(value) and _reads_back(value, flow=flow):
        return value
    return '"' + _UNPRINTABLE.sub(_escape, value.translate(_ESCAPES)) + '"'


def _shown(value: str) -> str:
    return "".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in value)


def _is_text_everywhere(value: str) -> bool:
    """Say whether every reader of YAML takes a value, written plainly, for the same text.

    Others type what ours leaves alone: `no`, `12:30`, `1.10`.
    """
    if _UNPRINTABLE.search(value) or not any(character.isalnum() for character in value):
        return False
    resolver: Any = yaml.resolver.Resolver()
    tag = resolver.resolve(yaml.ScalarNode, value, (True, False))
    return tag == _TEXT_TAG or bool(_SAFE_TYPED.fullmatch(value))


def _reads_back(value: str, *, flow: bool) -> bool:
    text = f"{{k: {value}}}" if flow else f"k: {value}"
    try:
        for _ in yaml.parse(text, Loader=_LOADER):
            pass
    except (yaml.YAMLError, UnicodeError):
        return False
    node, problems = parse_yaml(text, "")
    return not problems and node is not None and plain(node) == {"k": value}


def _escape(found: re.Match[str]) -> str:
    return f"\\u{ord(found[0]):04x}"
