"""Checks over finished pages, and the one way in which they name the pages concerned."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeVar

from milepost.addresses import address_of
from milepost.problems import Problem, count

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

Fact = TypeVar("Fact")

LONGEST_SHOWN: Final = 80
"""Characters of somebody's text that are shown in a message."""


class Right:
    """Facts that were found right once, and need no second look on the next page.

    Facts that pages have in common, such as the links of a menu, are one object in all of them.
    All but texts are known by their place in memory, so they must live as long as this does; an
    equal fact that is another object is looked at again, which costs time and nothing else.
    """

    def __init__(self) -> None:
        self._known: set[object] = set()

    def others(self, facts: Iterable[Fact]) -> list[Fact]:
        """Return those of a page's facts that are not known to be right."""
        known = self._known
        return [fact for fact in facts if (fact if type(fact) is str else id(fact)) not in known]

    def add(self, fact: object) -> None:
        """Note that a fact is right wherever it stands."""
        self._known.add(fact if type(fact) is str else id(fact))


def shown(text: str) -> str:
    """Return a text from a page so that it fits into one line of a report, on any terminal."""
    line = " ".join("".join(char if char.isprintable() else " " for char in text).split())
    return line if len(line) <= LONGEST_SHOWN else line[: LONGEST_SHOWN - 1] + "…"


def on_pages(
    check: str,
    says: str,
    files: Sequence[str],
    sources: Mapping[str, str],
    *,
    subject: str = "",
) -> Problem:
    """Return one problem for something that is alike on all of these output files.

    `says` completes a sentence that begins with "the page /blog/x/". `sources` maps output
    files to the files that an organiser edits; the first page that has one is named.
    `subject` is the entry of that file that it is about.
    """
    named = next((file for file in files if file in sources), files[0])
    more = len(files) - 1
    others = f" (and {count(more, 'other')})" if more else ""
    return Problem(
        check=check,
        file=sources.get(named, named),
        subject=subject,
        message=f"the page {shown(address_of(named))}{others} {says}",
    )
