"""Posts grouped the ways a reader looks for them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from milepost.posts.index import Index, Term, index
from milepost.posts.post import Post, read_post


def post(slug: str, day: str, *lines: str) -> Post:
    """Return a post with these lines above its text."""
    text = "\n".join(["---", f"title: {slug}", f"slug: {slug}", f"date: {day}", *lines, "---", ""])
    found, problems = read_post(text, f"content/posts/{slug}.md")
    assert found is not None, problems
    return found


def slugs(posts: tuple[Post, ...]) -> list[str]:
    """Return what tells posts apart."""
    return [each.slug for each in posts]


def told(terms: tuple[Term, ...]) -> list[tuple[str, str, list[str]]]:
    """Return the name, address and posts of each term."""
    return [(term.name, term.slug, slugs(term.posts)) for term in terms]


def test_no_posts_give_no_groups() -> None:
    """A site without posts has empty lists."""
    assert index([]) == Index(posts=(), years=(), topics=(), tags=(), authors=())


def test_posts_stand_newest_first() -> None:
    """The newest post is first, by day, then by time."""
    found = index(
        [
            post("middle", "2027-03-14"),
            post("old", "2026-12-31 23:59"),
            post("new", "2027-03-14 09:00"),
        ]
    )

    assert slugs(found.posts) == ["new", "middle", "old"]


def test_years_stand_newest_first() -> None:
    """Each year has its posts, and a year without posts is not there."""
    found = index([post("a", "2024-01-01"), post("b", "2027-01-01"), post("c", "2024-12-31")])

    assert [(year, slugs(posts)) for year, posts in found.years] == [
        (2027, ["b"]),
        (2024, ["c", "a"]),
    ]


def test_terms_stand_in_the_order_of_their_addresses() -> None:
    """Topics, tags and authors are each in one order, and have their posts, newest first."""
    found = index(
        [
            post("a", "2027-01-01", "category: Training", "tags: [Zoo, éclair]", "author: Ruth"),
            post("b", "2027-01-02", "category: News", "tags: Zoo", "authors: [Ann, Ruth]"),
            post("c", "2027-01-03"),
        ]
    )

    assert told(found.topics) == [("News", "news", ["b"]), ("Training", "training", ["a"])]
    assert told(found.tags) == [("éclair", "eclair", ["a"]), ("Zoo", "zoo", ["b", "a"])]
    assert told(found.authors) == [("Ann", "ann", ["b"]), ("Ruth", "ruth", ["b", "a"])]


@pytest.mark.parametrize("older", ["long runs", "Long-Runs", "LONG RUNS!", "Lóng Runs"])
def test_names_with_one_address_are_one_term(older: str) -> None:
    """A term is spelt as in its newest post, however older posts spell it."""
    found = index(
        [
            post("old", "2027-01-01", f"tags: {older}"),
            post("new", "2027-01-02", "tags: Long Runs"),
        ]
    )

    assert told(found.tags) == [("Long Runs", "long-runs", ["new", "old"])]


def test_a_post_stands_once_in_a_term() -> None:
    """Two spellings in one post do not list it twice."""
    found = index([post("a", "2027-01-01", "tags: [hills, Hills]")])

    assert [slugs(term.posts) for term in found.tags] == [["a"]]


@given(
    st.lists(st.tuples(st.integers(1900, 2199), st.sampled_from(["a", "A", "b", "é"])), max_size=8)
)
def test_every_post_is_in_each_kind_of_group_once(written: list[tuple[int, str]]) -> None:
    """Grouping loses no post and invents none, in whatever order they come."""
    posts = [
        post(f"p{at}", f"{year}-01-01", f"category: {name}")
        for at, (year, name) in enumerate(written)
    ]

    found = index(posts)

    everyone = sorted(slugs(tuple(posts)))
    assert sorted(slugs(found.posts)) == everyone
    assert sorted(slug for _, group in found.years for slug in slugs(group)) == everyone
    assert sorted(slug for term in found.topics for slug in slugs(term.posts)) == everyone
    assert index(reversed(posts)) == found
