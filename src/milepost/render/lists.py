"""Pages that list posts: the blog, its topics, tags and authors, and the archive."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from milepost import addresses
from milepost.posts.index import Term
from milepost.posts.post import Post
from milepost.render.job import JobMaker, Names, PageJob, newest
from milepost.render.posts import term_view
from milepost.render.site import href
from milepost.render.views import LinkView, PaginationView, TermView


def list_pages(maker: JobMaker) -> Iterator[PageJob]:
    """Yield every page that lists posts."""
    index = maker.content.posts
    yield from _blog(maker)
    yield from _terms(maker, "topic", "Posts about {}", index.topics, addresses.topic)
    yield from _terms(maker, "tag", "Posts with the tag {}", index.tags, addresses.tag)
    yield from _terms(maker, "author", "Posts by {}", index.authors, addresses.author)
    yield _archive(maker)
    yield from _years(maker)


def _blog(maker: JobMaker) -> Iterator[PageJob]:
    own = maker.content.pages.get("blog")
    topics = _views(maker, maker.content.posts.topics, addresses.topic)
    for page in _numbered(
        maker,
        addresses.BLOG,
        "blog",
        heading=own.matter.title if own else "Blog",
        posts=maker.content.posts.posts,
    ):
        # The blog's own words stand on its first page.
        first = own if page["address"] == addresses.BLOG else None
        text = maker.shown.text(first) if first else None
        names = _more(page.pop("names"), topics=topics, text=text)
        yield maker.job(**page, names=names, article=first)


def _terms(
    maker: JobMaker,
    kind: str,
    heading: str,
    terms: Sequence[Term],
    address_of: Callable[[str], str],
) -> Iterator[PageJob]:
    for term in terms:
        view = term_view(maker.content, term.name, address_of(term.slug), len(term.posts))
        for page in _numbered(
            maker,
            address_of(term.slug),
            kind,
            heading=heading.format(term.name),
            posts=term.posts,
        ):
            names = _more(page.pop("names"), term=view)
            yield maker.job(**page, names=names)


def _archive(maker: JobMaker) -> PageJob:
    index = maker.content.posts
    return maker.job(
        addresses.ARCHIVE,
        "archive",
        heading="All posts",
        section="blog",
        names=lambda: {
            "years": tuple(_year(maker, year, len(posts)) for year, posts in index.years),
            "topics": _views(maker, index.topics, addresses.topic),
            "tags": _views(maker, index.tags, addresses.tag),
            "authors": _views(maker, index.authors, addresses.author),
        },
        wall="blog",
        changed=newest(index.posts),
    )


def _years(maker: JobMaker) -> Iterator[PageJob]:
    for year, posts in maker.content.posts.years:
        yield maker.job(
            addresses.archive(year),
            "year",
            heading=f"Posts of {year}",
            section="blog",
            names=_more(partial(_listed, maker, posts), term=_year(maker, year, len(posts))),
            wall="blog",
            changed=newest(posts),
        )


def _numbered(
    maker: JobMaker, first: str, kind: str, *, heading: str, posts: Sequence[Post]
) -> Iterator[dict[str, Any]]:
    """Yield what the pages of one list have, for `JobMaker.job`; an empty list has one page."""
    size = maker.content.config.per_page
    total = max(1, -(-len(posts) // size))
    for number in range(1, total + 1):
        some = posts[(number - 1) * size : number * size]
        ending = f", page {number}" if number > 1 else ""
        yield {
            "address": addresses.numbered(first, number),
            "kind": kind,
            "heading": heading,
            "title": f"{heading}{ending} – {maker.name}",
            "description": f"{heading}{ending}: {maker.name}.",
            "section": "blog",
            "names": _more(
                partial(_listed, maker, some),
                pagination=_pagination(maker, first, number, total),
            ),
            "wall": "blog",
            "changed": newest(some),
        }


def _listed(maker: JobMaker, posts: Sequence[Post]) -> Mapping[str, Any]:
    return {"posts": maker.shown.cards(posts)}


def _more(names: Names, **more: Any) -> Names:
    return lambda: {**names(), **more}


def _pagination(maker: JobMaker, first: str, number: int, total: int) -> PaginationView:
    def to(label: str, at: int) -> LinkView | None:
        if not 1 <= at <= total:
            return None
        return LinkView(label=label, href=href(maker.content, addresses.numbered(first, at)))

    return PaginationView(
        number=number,
        total=total,
        newer=to("Newer posts", number - 1),
        older=to("Older posts", number + 1),
    )


def _views(
    maker: JobMaker, terms: Sequence[Term], address_of: Callable[[str], str]
) -> tuple[TermView, ...]:
    return tuple(
        term_view(maker.content, term.name, address_of(term.slug), len(term.posts))
        for term in terms
    )


def _year(maker: JobMaker, year: int, number: int) -> TermView:
    return term_view(maker.content, str(year), addresses.archive(year), number)
