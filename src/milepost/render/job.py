"""One page to render, and what is the same in making every one of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any, TypeAlias

from milepost import addresses
from milepost.content import Content
from milepost.posts.post import Page, Post
from milepost.render.card import card
from milepost.render.jsonld import page_data
from milepost.render.posts import Shown
from milepost.render.site import notice_label
from milepost.render.views import PageView
from milepost.roster.sponsor import Placement

Names: TypeAlias = Callable[[], Mapping[str, Any]]
"""Makes what the template of one page sees beside the shared; called where the page is rendered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageJob:
    """One page to render: its address, template, and how to make what the template sees.

    `page` and `names` make views. A job itself is small, so that a site's jobs can be dealt to
    workers, which make the views of their own pages. `source` is the file an organiser edits to
    change the page, or "". `changed` is the day of its last change where one is known. `article`
    is the post or page whose words it shows.
    """

    address: str
    template: str
    page: Callable[[], PageView]
    names: Names
    wall: Placement | None = None
    source: str = ""
    changed: date | None = None
    article: Page | None = None


class JobMaker:
    """Makes the jobs of one build; `shown` has its posts as views."""

    def __init__(self, content: Content) -> None:
        self.content = content
        self.shown = Shown(content)
        self.name = content.config.name
        label = notice_label(content)
        self._prefix = f"{label}: " if label else ""

    def job(
        self,
        address: str,
        kind: str,
        *,
        heading: str,
        names: Names = dict,
        template: str = "",
        title: str = "",
        description: str = "",
        section: str = "",
        article: Page | None = None,
        wall: Placement | None = None,
        source: str = "",
        changed: date | None = None,
        noindex: bool = False,
    ) -> PageJob:
        """Return a page of a `kind`, which is also the name of its template unless one is given.

        The description is the article's own where it has words, then `description`. The page for
        what is missing stands at every wrong address and has none of its own.
        """
        return PageJob(
            address=address,
            template=template or kind,
            page=partial(
                self._page,
                address,
                kind,
                heading=heading,
                title=title,
                description=description,
                section=section,
                article=article,
                noindex=noindex,
            ),
            names=names,
            wall=wall,
            source=article.file if article else source,
            changed=(article.changed if article else None) or changed,
            article=article,
        )

    def standard_job(
        self,
        slug: str,
        *,
        heading: str,
        wall: Placement | None,
        names: Names = dict,
        **more: Any,
    ) -> PageJob:
        """Return a page of Milepost's own; a page of that slug in content/ gives its words."""
        own = self.content.pages.get(slug)
        return self.job(
            addresses.STANDARD_PAGES[slug],
            slug,
            heading=own.matter.title if own else heading,
            names=lambda: {**names(), "text": self.shown.text(own) if own else None},
            article=own,
            wall=wall,
            **more,
        )

    def _page(
        self,
        address: str,
        kind: str,
        *,
        heading: str,
        title: str,
        description: str,
        section: str,
        article: Page | None,
        noindex: bool,
    ) -> PageView:
        words = self._description(article) or description or f"{heading}: {self.name}."
        return PageView(
            kind=kind,
            title=f"{self._prefix}{title or f'{heading} – {self.name}'}",
            heading=heading,
            description=words,
            language=(article.matter.lang if article else None) or self.content.config.language,
            canonical="" if kind == "missing" else self.content.config.url + address,
            noindex=noindex or self._is_kept_out(article),
            section=section,
            card=card(self.content, kind, f"{self._prefix}{heading}", article),
            data=page_data(self.content, kind, heading=heading, description=words, article=article),
        )

    def _is_kept_out(self, article: Page | None) -> bool:
        is_hidden = article is not None and article.matter.status == "hidden"
        return is_hidden or self.content.config.noindex

    def _description(self, page: Page | None) -> str:
        if page is None:
            return ""
        return page.matter.description or self.content.texts[page.file].plain_summary


def newest(posts: Sequence[Post]) -> date | None:
    """Return the day on which the last of some posts changed."""
    return max((post.changed or post.day for post in posts), default=None)
