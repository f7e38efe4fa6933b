"""Which page says what to programs (JSON-LD)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from milepost import addresses
from milepost.content import Content
from milepost.posts.post import Page, Post
from milepost.render import things
from milepost.render.card import modified, photo, published
from milepost.render.event import event, organizer
from milepost.render.site import full_address
from milepost.render.things import Crumb, Organization, Person, Posting, Thing

_BLOG: Final = ("Blog", addresses.BLOG)
_PARENTS: Final[Mapping[str, tuple[tuple[str, str], ...]]] = {
    **dict.fromkeys(("post", "topic", "tag", "author", "archive"), (_BLOG,)),
    "year": (_BLOG, ("All posts", addresses.ARCHIVE)),
    "profile": (("Sponsors", addresses.SPONSORS),),
}
"""The pages between the home page and a page of each kind."""


def page_data(
    content: Content, kind: str, *, heading: str, description: str, article: Page | None
) -> tuple[Thing, ...]:
    """Return the things of one page; the page for what is missing has none."""
    if kind == "missing":
        return ()
    found = _things(content, kind, heading, description, article)
    return tuple(things.whole(thing) for thing in found)


def _things(
    content: Content, kind: str, heading: str, description: str, article: Page | None
) -> Iterator[Thing]:
    if kind in {"home", "race-day"} and content.race:
        yield things.sports_event(event(content, content.race))
    if kind in {"home", "contact"}:
        yield things.organization(organizer(content))
    if isinstance(article, Post):
        yield things.blog_posting(_posting(content, article, description))
    if kind != "home":
        yield things.breadcrumbs(_trail(content, kind, heading))


def _trail(content: Content, kind: str, heading: str) -> tuple[Crumb, ...]:
    steps = (("Home", addresses.HOME), *_PARENTS.get(kind, ()))
    above = tuple(Crumb(name=name, url=content.config.url + address) for name, address in steps)
    return (*above, Crumb(name=heading, url=""))


def _posting(content: Content, post: Post, description: str) -> Posting:
    image = photo(content, post)
    return Posting(
        headline=post.matter.title,
        url=content.config.url + post.address,
        published=published(content, post),
        modified=modified(content, post),
        description=description,
        image=full_address(content, image) if image else "",
        language=post.matter.lang or content.config.language,
        section=post.matter.category or "",
        keywords=tuple(dict.fromkeys(post.matter.tags)),
        authors=_authors(content, post),
        publisher=_publisher(content),
    )


def _authors(content: Content, post: Post) -> tuple[Person | Organization, ...]:
    """Return who wrote a post: people with the address of what else they wrote, else the site.

    A hidden post's authors may have no such page.
    """
    if not post.authors:
        return (_publisher(content),)
    has_page = post.matter.status == "published"
    pages = {name: addresses.author(addresses.slugify(name)) for name in post.authors}
    return tuple(
        Person(name=name, url=content.config.url + address if has_page else "")
        for name, address in pages.items()
    )


def _publisher(content: Content) -> Organization:
    """Return who is behind the site, without how to reach them, which the home page says."""
    whole = organizer(content)
    return Organization(name=whole.name, url=whole.url, ident=whole.ident)
