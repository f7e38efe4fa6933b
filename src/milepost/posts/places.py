"""Where the words of a text stand in its file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from milepost.posts.post import Page


class Places:
    """Where the words of one text stand in its file, found by the words themselves.

    A text may have one mistake twice: what has been counted twice is looked for twice.
    """

    def __init__(self, page: Page) -> None:
        self._body = page.body
        self._first_line = page.body_line
        self._counted: Counter[str] = Counter()
        self._found: dict[str, tuple[int, int]] = {}

    def count(self, words: str) -> None:
        """Take note that the text has these words once more."""
        self._counted[words] += 1

    def line(self, needles: Sequence[str]) -> int | None:
        """Return the line of the first of `needles` that the text has, or None.

        If the first of all was counted, it is the place where that stands for as many times.
        """
        number = self._counted[needles[0]] or self._found.get(needles[0], (0, 0))[0] + 1
        for needle in filter(None, needles):
            at = self._nth(needle, number)
            if at >= 0:
                return self._line_at(at)
        return None

    def line_without_words(self, written: str) -> int | None:
        """Return the line of a picture that has nothing between its brackets, if there is one."""
        at = self._body.find(f"![]({written}")
        return None if at < 0 else self._line_at(at)

    def _line_at(self, at: int) -> int:
        return self._first_line + self._body.count("\n", 0, at)

    def _nth(self, needle: str, number: int) -> int:
        """Return where `needle` stands for the `number`th time, else the last time, or -1."""
        seen, at = self._found.get(needle, (0, -1))
        while seen < number:
            further = self._body.find(needle, at + 1)
            if further < 0:
                break
            seen, at = seen + 1, further
        self._found[needle] = (seen, at)
        return at
