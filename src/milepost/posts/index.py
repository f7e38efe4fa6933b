"""Posts grouped the ways a reader looks for them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from milepost.addresses import slugify
from milepost.posts.post import Post


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A category, tag or author, and its posts, newest first."""

    name: str
    slug: str
    posts: tuple[Post, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Index:
    """The posts that lists name on a day, newest first, and their groups by name."""

    posts: tuple[Post, ...]
    years: tuple[tuple[int, tuple[Post, ...]], ...]
    topics: tuple[Term, ...]
    tags: tuple[Term, ...]
    authors: tuple[Term, ...]


def index(posts: Iterable[Post]) -> Index:
    """Group posts in time linear in their number and the number of their terms."""
    newest_first = tuple(sorted(posts, key=lambda post: post.order, reverse=True))
    return Index(
        posts=newest_first,
        years=tuple(
            (year, tuple(group))
            for year, group in groupby(newest_first, key=lambda post: post.day.year)
        ),
        topics=_terms(newest_first, _category),
        tags=_terms(newest_first, lambda post: post.matter.tags),
        authors=_terms(newest_first, lambda post: post.authors),
    )


def by_sponsor(posts: Iterable[Post]) -> Mapping[str, Sequence[Post]]:
    """Return, for each sponsor id that posts name, those posts in the order given."""
    found: dict[str, list[Post]] = {}
    for post in posts:
        for sponsor_id in dict.fromkeys(post.matter.sponsors):
            found.setdefault(sponsor_id, []).append(post)
    return found


def _category(post: Post) -> Sequence[str]:
    return (post.matter.category,) if post.matter.category else ()


def _terms(posts: Sequence[Post], names_of: Callable[[Post], Sequence[str]]) -> tuple[Term, ...]:
    """Names that give one address are one term, spelt as in its newest post."""
    names: dict[str, str] = {}
    found: dict[str, list[Post]] = {}
    for post in posts:
        for slug, name in {slugify(name): name for name in names_of(post)}.items():
            names.setdefault(slug, name)
            found.setdefault(slug, []).append(post)
    return tuple(
        Term(name=names[slug], slug=slug, posts=tuple(found[slug])) for slug in sorted(found)
    )
