"""The text of a drawing that is drawn."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final
from xml.etree.ElementTree import Element

from milepost.images.style import without_comments

_KEPT: Final = frozenset({"defs", "symbol", "clipPath", "mask", "pattern", "marker"})
"""What is inside of these is drawn only where something uses it."""
_USED: Final = re.compile(r"url\(\s*[\"']?#([^\s\"')]+)")
_DISPLAY: Final = re.compile(r"(?<![\w-])(display|visibility)\s*:\s*([\w-]+)\s*(!?)", re.IGNORECASE)
_CLASS: Final = re.compile(r"\.[\w-]+")
_HIDDEN: Final = frozenset({"none", "hidden", "collapse"})

_Rules = Mapping[str, Mapping[str, str]]


def has_words(root: Element) -> bool:
    """Say whether a drawing shows text as text: neither hidden nor kept for a use that none has.

    Rules for anything but one class hide nothing here: others may go before them.
    """
    sheet = without_comments("\n".join(style.text or "" for style in root.iter("style")))
    used = set(_USED.findall(sheet))
    for element in root.iter():
        used.add(element.get("href", "").removeprefix("#"))
        for value in element.attrib.values():
            used.update(_USED.findall(value))
    return any(map(str.strip, _words(root, _rules(sheet), used - {""})))


def _words(
    element: Element,
    rules: _Rules,
    used: set[str],
    *,
    in_text: bool = False,
    is_kept: bool = False,
    is_hidden: bool = False,
) -> Iterator[str]:
    own = _own(element, rules)
    if own.get("display") == "none":
        return
    is_kept = (is_kept or element.tag in _KEPT) and element.get("id") not in used
    is_hidden = own["visibility"] in _HIDDEN if "visibility" in own else is_hidden
    in_text = in_text or element.tag == "text"
    is_shown = in_text and not is_hidden and not is_kept
    if is_shown:
        yield element.text or ""
    for child in element:
        yield from _words(child, rules, used, in_text=in_text, is_kept=is_kept, is_hidden=is_hidden)
        if is_shown:
            yield child.tail or ""


def _own(element: Element, rules: _Rules) -> dict[str, str]:
    by_class: dict[str, str] = {}
    for name in element.get("class", "").split():
        for key, value in rules.get(name, {}).items():
            # Of two classes that disagree the one that shows the text counts.
            if by_class.get(key, "none") in _HIDDEN:
                by_class[key] = value
    styled = _DISPLAY.findall(element.get("style", ""))
    found = {**element.attrib, **by_class, **{key.lower(): value for key, value, _ in styled}}
    return {key: found[key].strip().lower() for key in ("display", "visibility") if key in found}


def _rules(sheet: str) -> _Rules:
    """Return what each class says of being seen; nothing when a sheet says it in other ways."""
    made: dict[str, dict[str, str]] = {}
    for piece in sheet.split("}"):
        selectors, _, body = piece.rpartition("{")
        for key, value, important in _DISPLAY.findall(body):
            for selector in map(str.strip, selectors.split(",")):
                is_hiding = value.lower() in _HIDDEN
                if important or (not is_hiding and not _CLASS.fullmatch(selector)):
                    return {}
                if _CLASS.fullmatch(selector):
                    made.setdefault(selector[1:], {})[key.lower()] = value.lower()
    return {} if "@media" in sheet else made
