"""Posts that a reader of another one may want to read next."""

from __future__ import annotations

from collections.abc import Mapping
from heapq import nsmallest
from math import isqrt
from typing import Final, TypeAlias

from milepost.posts.index import Index
from milepost.posts.post import Post

MOST: Final = 3
"""How many posts are related to one."""

WINDOW: Final = 6
"""How many posts of a term are looked at on either side of a post."""

_UNIT: Final = 10**12

_Numbers: TypeAlias = list[int]
"""Posts by their places in the list of all, newest first."""


class Related:
    """For each listed post those that share the most with it, the best first.

    What two posts share are tags and the category; a term of few posts says more of them. Ties
    go to the nearest in time, then to the newer. Asking takes the same time however many posts
    there are, because of each term only the posts next to one are looked at.
    """

    def __init__(self, index: Index) -> None:
        self._posts = index.posts
        self._numbers = {post.file: number for number, post in enumerate(index.posts)}
        self._places: list[list[tuple[int, _Numbers, int]]] = [[] for _ in index.posts]
        for term in (*index.topics, *index.tags):
            numbers = [self._numbers[post.file] for post in term.posts]
            weight = _weight(len(numbers))
            for at, number in enumerate(numbers):
                self._places[number].append((weight, numbers, at))

    def to(self, file: str) -> tuple[Post, ...]:
        """Return the posts that are related to the one in a file; a hidden one has none."""
        number = self._numbers.get(file)
        if number is None:
            return ()
        scores: dict[int, int] = {}
        for weight, numbers, at in self._places[number]:
            for other in _around(numbers, at):
                scores[other] = scores.get(other, 0) + weight
        return tuple(self._posts[other] for other in self._best(number, scores))

    def _best(self, number: int, scores: Mapping[int, int]) -> list[int]:
        here = _minutes(self._posts[number])
        ranks = (
            (-score, abs(_minutes(self._posts[other]) - here), other)
            for other, score in scores.items()
        )
        return [other for _, _, other in nsmallest(MOST, ranks)]


def _weight(posts: int) -> int:
    """Return 1 over the square root of a term's number of posts, in whole millionths.

    Sums of whole numbers are the same on every machine, and so are ties.
    """
    return isqrt(_UNIT // posts)


def _around(numbers: _Numbers, at: int) -> _Numbers:
    return [*numbers[max(0, at - WINDOW) : at], *numbers[at + 1 : at + 1 + WINDOW]]


def _minutes(post: Post) -> int:
    day, clock = post.matter.date
    return day.toordinal() * 24 * 60 + (clock.hour * 60 + clock.minute if clock else 0)
