"""Posts that a reader of another one may want to read next."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
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


def related(index: Index) -> Mapping[str, tuple[Post, ...]]:
    """Return for the file of each listed post those that share the most with it, the best first.

    What two posts share are tags and the category; a term of few posts says more of them. Ties
    go to the nearest in time, then to the newer. Takes time in proportion to the number of posts
    and of their terms, because of each term only the posts next to one are looked at.
    """
    posts = index.posts
    moments = [_minutes(post) for post in posts]
    return {
        posts[number].file: tuple(posts[other] for other in _best(number, scores, moments))
        for number, scores in enumerate(_scores(index))
    }


def _scores(index: Index) -> Iterator[Mapping[int, int]]:
    """Yield for each post how much those around it share with it."""
    number_of = {post.file: number for number, post in enumerate(index.posts)}
    places: list[list[tuple[int, _Numbers, int]]] = [[] for _ in index.posts]
    for term in (*index.topics, *index.tags):
        numbers = [number_of[post.file] for post in term.posts]
        for at, number in enumerate(numbers):
            places[number].append((_weight(len(numbers)), numbers, at))
    for found in places:
        scores: dict[int, int] = {}
        for weight, numbers, at in found:
            for other in _around(numbers, at):
                scores[other] = scores.get(other, 0) + weight
        yield scores


def _best(number: int, scores: Mapping[int, int], moments: Sequence[int]) -> list[int]:
    here = moments[number]
    ranks = ((-score, abs(moments[other] - here), other) for other, score in scores.items())
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
