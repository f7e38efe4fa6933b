"""Posts that a reader of another one may want to read next."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, time, timedelta
from heapq import nsmallest
from math import isqrt
from typing import Final, TypeAlias

from milepost.posts.index import Index, Term
from milepost.posts.post import Post

MOST: Final = 3
"""How many posts are related to one."""

WINDOW: Final = 8
"""How many posts of a term are looked at on either side of a post."""

_UNIT: Final = 10**12

_Places: TypeAlias = Sequence[tuple[Term, int]]
"""A post's terms, each with the post's place among the term's posts."""


def related(index: Index) -> Mapping[str, tuple[Post, ...]]:
    """Return for the file of each listed post those that share the most with it, the best first.

    What two posts share are tags and the category; a term of few posts says more of them. Ties
    go to the nearest in time, then to the newer. Takes time in proportion to the number of posts
    and of their terms, because of each term only the posts next to one are looked at.
    """
    places: dict[str, list[tuple[Term, int]]] = {}
    for term in (*index.topics, *index.tags):
        for at, post in enumerate(term.posts):
            places.setdefault(post.file, []).append((term, at))
    return {post.file: _best(post, places.get(post.file, ())) for post in index.posts}


def _best(post: Post, places: _Places) -> tuple[Post, ...]:
    scores: dict[str, int] = {}
    found: dict[str, Post] = {}
    for term, at in places:
        weight = _weight(term)
        for other in _around(term.posts, at):
            scores[other.file] = scores.get(other.file, 0) + weight
            found[other.file] = other

    def rank(other: Post) -> tuple[int, timedelta]:
        return -scores[other.file], abs(_moment(other) - _moment(post))

    return tuple(nsmallest(MOST, _newest_first(found.values()), key=rank))


def _weight(term: Term) -> int:
    """Return 1 over the square root of the number of posts, in whole millionths.

    Sums of whole numbers are the same on every machine, and so are ties.
    """
    return isqrt(_UNIT // len(term.posts))


def _around(posts: Sequence[Post], at: int) -> Iterator[Post]:
    yield from posts[max(0, at - WINDOW) : at]
    yield from posts[at + 1 : at + 1 + WINDOW]


def _newest_first(posts: Iterable[Post]) -> list[Post]:
    return sorted(posts, key=lambda post: post.order, reverse=True)


def _moment(post: Post) -> datetime:
    day, moment = post.matter.date
    return datetime.combine(day, moment or time.min)
