"""Words as their letters, and words that are one letter apart."""

from __future__ import annotations

import unicodedata
from typing import Final

_SHORTEST: Final = 4
_LONGEST: Final = 40


def fold(word: str) -> str:
    """Return a word's letters and digits, small and without accents."""
    if word == "&":
        return "and"
    if word.isascii() and word.isalnum():
        return word.lower()
    letters = unicodedata.normalize("NFKD", word)
    return "".join(char for char in letters if char.isalnum()).casefold()


def shorter(word: str) -> frozenset[str]:
    """Return a word, and what it is without each of its letters.

    Two words that are one letter apart have one of these in common (SymSpell's "symmetric
    delete"), so that the words near to one are looked up and not searched for.
    """
    if not _SHORTEST - 1 <= len(word) <= _LONGEST:
        return frozenset({word})
    return frozenset({word, *(word[:at] + word[at + 1 :] for at in range(len(word)))})


def is_plural(one: str, other: str) -> bool:
    """Say whether two words differ by an s at the end."""
    return other == f"{one}s" or one == f"{other}s"


def is_one_letter_off(one: str, other: str) -> bool:
    """Say whether a letter added, left out or changed, or two changed about, makes them one."""
    less, more = sorted((one, other), key=len)
    if len(more) < _SHORTEST or not (one + other).isalpha():
        return False
    same = _same_letters(less, more)
    if len(less) < len(more):
        return less[same:] == more[same + 1 :]
    if less[same + 1 :] == more[same + 1 :]:
        return True
    swapped = more[:same] + more[same : same + 2][::-1] + more[same + 2 :]
    return less == swapped


def _same_letters(one: str, other: str) -> int:
    """Return how many letters two words have in common at their beginning."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))
