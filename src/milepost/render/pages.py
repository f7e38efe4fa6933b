"""Which pages a site has."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any, Final

from milepost import addresses
from milepost.content import Content
from milepost.posts.post import Page, Post
from milepost.render.job import JobMaker, PageJob, newest
from milepost.render.lists import list_pages
from milepost.render.site import has_race_day
from milepost.render.sponsor_pages import sponsor_pages

NEWEST: Final = 5
"""How many posts the home page shows."""


def page_jobs(content: Content) -> list[PageJob]:
    """Return every page of the site, in a stable order."""
    maker = JobMaker(content)
    return [
        _home(maker),
        *_posts(maker),
        *list_pages(maker),
        *_own_pages(maker),
        *_race_day(maker),
        *sponsor_pages(maker),
        maker.standard_job(
            "contact",
            heading="Contact",
            wall="contact",
            description=f"How to reach {maker.name}.",
            section="contact",
        ),
        *_thanks(maker),
        _missing(maker),
        *_examples(maker),
    ]


def _home(maker: JobMaker) -> PageJob:
    race = maker.content.race
    name = race.name if race else maker.name
    posts = maker.content.posts.posts[:NEWEST]
    return maker.standard_job(
        "home",
        heading=name,
        wall="home",
        title=maker.name,
        description=maker.content.config.subtitle or f"{name}: news, course, contact.",
        names=lambda: {"posts": maker.shown.cards(posts)},
        changed=newest(posts),
    )


def _posts(maker: JobMaker) -> Iterator[PageJob]:
    for post in maker.content.standing:
        if isinstance(post, Post):
            yield maker.job(
                post.address,
                "post",
                template=_template(maker, post),
                heading=post.matter.title,
                section="blog",
                names=partial(_post_names, maker, post),
                wall="posts" if post.matter.wall == "current" else None,
                article=post,
            )


def _own_pages(maker: JobMaker) -> Iterator[PageJob]:
    for page in maker.content.standing:
        if not isinstance(page, Post) and page.slug not in addresses.STANDARD_PAGES:
            yield maker.job(
                page.address,
                "page",
                template=_template(maker, page),
                heading=page.matter.title,
                section=page.address,
                names=partial(_text_names, maker, page),
                article=page,
            )


def _post_names(maker: JobMaker, post: Post) -> Mapping[str, Any]:
    return {"post": maker.shown.post(post)}


def _text_names(maker: JobMaker, page: Page) -> Mapping[str, Any]:
    return {"text": maker.shown.text(page)}


def _template(maker: JobMaker, page: Page) -> str:
    """Return the template that a page asks for, or "" for the usual one.

    One that is not there is a problem already; an urgent notice is published in spite of it.
    """
    wanted = page.matter.template or ""
    return wanted if wanted in maker.content.templates else ""


def _race_day(maker: JobMaker) -> Iterator[PageJob]:
    if has_race_day(maker.content):
        yield maker.standard_job(
            "race-day",
            heading="Race day",
            description=f"{maker.name}: pickup, starts, parking, bag check.",
            section=addresses.RACE_DAY,
            wall=None,
        )


def _thanks(maker: JobMaker) -> Iterator[PageJob]:
    if maker.content.config.contact.form:
        yield maker.job(
            addresses.THANKS,
            "thanks",
            heading="Thank you",
            section="contact",
            noindex=True,
        )


def _examples(maker: JobMaker) -> Iterator[PageJob]:
    """Yield the page that shows every macro, for whoever changes the theme."""
    if not maker.content.config.final:
        yield maker.job(addresses.EXAMPLES, "examples", heading="Theme examples", noindex=True)


def _missing(maker: JobMaker) -> PageJob:
    return maker.job(
        addresses.NOT_FOUND,
        "missing",
        heading="This page is not here",
        noindex=True,
    )
