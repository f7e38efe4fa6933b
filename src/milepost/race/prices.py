"""What an entry costs, as a number."""

from __future__ import annotations

import re
from typing import Final

_MARK: Final = r"[.,'\u2019\u00a0\u202f ]"
_NUMBER = re.compile(rf"[0-9]+(?:{_MARK}[0-9]+)*")
_GROUPED = re.compile(rf"([0-9]{{1,3}}({_MARK})[0-9]{{3}}(?:\2[0-9]{{3}})*)(?:[.,]([0-9]{{2}}))?")
_PLAIN = re.compile(r"([0-9]+)()(?:[.,]([0-9]{2}))?")
_VAGUE = re.compile(r"[%+~<>]|\b(?:from|about|up to|at least)\b")
_FREE: Final = frozenset({"free", "free of charge", "free entry"})


def amount(words: str) -> str | None:
    """Return the one number in an organiser's words for a price, or None where it is not plain.

    Its decimal sign is a point: $1,250 is 1250, 45,50 EUR is 45.50, and Free is 0. Nothing is
    read from two numbers, as in "2 for $50", or from words that leave the price open.
    """
    words = words.lower()
    if words.strip(" .!") in _FREE:
        return "0"
    found = _NUMBER.findall(words)
    if len(found) != 1 or _VAGUE.search(words):
        return None
    number = _GROUPED.fullmatch(found[0]) or _PLAIN.fullmatch(found[0])
    if not number:
        return None
    units = re.sub("[^0-9]", "", number[1]).lstrip("0") or "0"
    return f"{units}.{number[3]}" if number[3] else units
