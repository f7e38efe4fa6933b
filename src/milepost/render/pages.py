"""Which pages a site has, and what each of them shows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from milepost import addresses
from milepost.content import Content
from milepost.posts.post import Page, Post
from milepost.render.posts import Shown, term_view
from milepost.render.site import href
from milepost.render.views import LinkView, PageView, PaginationView, ProfileView
from milepost.render.walls import mark_view, site_href
from milepost.roster.load import FILE as ROSTER_FILE
from milepost.roster.sponsor import Placement, Sponsor, rel_of
from milepost.roster.wall import LOGO_AREA, with_profile

NEWEST: Final = 5
"""How many posts the home page shows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageJob:
    """One page to render: its address, template, and what the template sees beside the shared.

    `source` is the file an organiser edits to change it, or "". `changed` is the day of its last
    change where one is known. `article` is the post or page it is for.
    """

    address: str
    template: str
    page: PageView
    names: Mapping[str, Any]
    wall: Placement | None = None
    source: str = ""
    changed: date | None = None
    article: Page | None = None


def page_jobs(content: Content) -> list[PageJob]:
    """Return every page of the site, in a stable order."""
    maker = _Pages(content)
    return [
        *maker.home(),
        *maker.posts(),
        *maker.blog(),
        *maker.terms(),
        *maker.archive(),
        *maker.own_pages(),
        *maker.sponsors(),
        *maker.contact(),
        *maker.missing(),
    ]


class _Pages:
    def __init__(self, content: Content) -> None:
        self._content = content
        self._shown = Shown(content)
        self._config = content.config

    def home(self) -> Iterator[PageJob]:
        own = self._content.pages.get("home")
        race = self._config.race
        name = race.name if race else self._config.name
        newest = self._content.posts.posts[:NEWEST]
        yield self._job(
            addresses.HOME,
            "home",
            "home",
            heading=own.matter.title if own else name,
            title=self._config.name,
            description=self._config.subtitle or f"{name}: news, course, contact.",
            names={"posts": self._shown.cards(newest)},
            own=own,
            wall="home",
            changed=_newest(newest),
        )

    def posts(self) -> Iterator[PageJob]:
        for page in self._content.standing:
            if isinstance(page, Post):
                yield self._job(
                    page.address,
                    page.matter.template or "post",
                    "post",
                    heading=page.matter.title,
                    section="blog",
                    names={"post": self._shown.post(page)},
                    wall="posts" if page.matter.wall == "current" else None,
                    source=page,
                )

    def blog(self) -> Iterator[PageJob]:
        topics = [
            term_view(self._content, term.name, addresses.topic(term.slug), len(term.posts))
            for term in self._content.posts.topics
        ]
        yield from self._numbered(
            addresses.BLOG,
            "blog",
            "blog",
            "Blog",
            self._content.posts.posts,
            {"topics": tuple(topics)},
            own=self._content.pages.get("blog"),
        )

    def terms(self) -> Iterator[PageJob]:
        index = self._content.posts
        kinds: tuple[tuple[str, Sequence[Any], Callable[[str], str], str], ...] = (
            ("topic", index.topics, addresses.topic, "Posts about {}"),
            ("tag", index.tags, addresses.tag, "Posts with the tag {}"),
            ("author", index.authors, addresses.author, "Posts by {}"),
        )
        for kind, terms, address_of, heading in kinds:
            for term in terms:
                address = address_of(term.slug)
                view = term_view(self._content, term.name, address, len(term.posts))
                yield from self._numbered(
                    address, kind, kind, heading.format(term.name), term.posts, {"term": view}
                )

    def archive(self) -> Iterator[PageJob]:
        index = self._content.posts

        def views(terms: Sequence[Any], address_of: Callable[[str], str]) -> tuple[Any, ...]:
            return tuple(
                term_view(self._content, term.name, address_of(term.slug), len(term.posts))
                for term in terms
            )

        years = {
            year: term_view(self._content, str(year), addresses.archive(year), len(posts))
            for year, posts in index.years
        }
        yield self._job(
            addresses.ARCHIVE,
            "archive",
            "archive",
            heading="All posts",
            section="blog",
            names={
                "years": tuple(years.values()),
                "topics": views(index.topics, addresses.topic),
                "tags": views(index.tags, addresses.tag),
                "authors": views(index.authors, addresses.author),
            },
            wall="blog",
            changed=_newest(index.posts),
        )
        for year, posts in index.years:
            yield self._job(
                addresses.archive(year),
                "year",
                "year",
                heading=f"Posts of {year}",
                section="blog",
                names={"term": years[year], "posts": self._shown.cards(posts)},
                wall="blog",
                changed=_newest(posts),
            )

    def own_pages(self) -> Iterator[PageJob]:
        for page in self._content.standing:
            if not isinstance(page, Post) and page.slug not in addresses.STANDARD_PAGES:
                yield self._job(
                    page.address,
                    page.matter.template or "page",
                    "page",
                    heading=page.matter.title,
                    section=page.address,
                    names={"text": self._shown.text(page)},
                    source=page,
                )

    def sponsors(self) -> Iterator[PageJob]:
        own = self._content.pages.get("sponsors")
        yield self._job(
            addresses.SPONSORS,
            "sponsors",
            "sponsors",
            heading=own.matter.title if own else "Sponsors",
            description=f"The sponsors of {self._config.name}.",
            section="sponsors",
            names={},
            own=own,
            wall="sponsors",
        )
        for sponsor in with_profile(self._content.roster, self._content.day):
            yield self._profile(sponsor)

    def contact(self) -> Iterator[PageJob]:
        own = self._content.pages.get("contact")
        yield self._job(
            addresses.CONTACT,
            "contact",
            "contact",
            heading=own.matter.title if own else "Contact",
            description=f"How to reach {self._config.name}.",
            section="contact",
            names={},
            own=own,
            wall="contact",
        )

    def missing(self) -> Iterator[PageJob]:
        yield self._job(
            addresses.NOT_FOUND,
            "missing",
            "missing",
            heading="This page is not here",
            names={},
            noindex=True,
        )

    def _profile(self, sponsor: Sponsor) -> PageJob:
        roster = self._content.roster
        tiers = [roster.tier(tier_id) for tier_id in sponsor.tier]
        mark = mark_view(
            self._content, sponsor, tiers[0], LOGO_AREA, addresses.mark(sponsor.id)
        )
        link = site_href(roster.utm, sponsor)
        view = ProfileView(
            mark=mark,
            rel=rel_of(sponsor, tiers[0]),
            tiers=tuple(tier.heading or "" for tier in tiers if tier.heading),
            since=sponsor.since,
            links=tuple(
                LinkView(label=label.capitalize(), href=address)
                for label, address in sponsor.links.items()
            ),
            site=LinkView(label=sponsor.name, href=link) if link else None,
            posts=self._shown.mentions(sponsor.id),
        )
        return self._job(
            addresses.sponsor(sponsor.id),
            "profile",
            "profile",
            heading=sponsor.name,
            description=sponsor.text or f"{sponsor.name}, sponsor of {self._config.name}.",
            section="sponsors",
            names={"profile": view},
            source=ROSTER_FILE,
        )

    def _numbered(
        self,
        first: str,
        template: str,
        kind: str,
        heading: str,
        posts: Sequence[Post],
        names: Mapping[str, Any],
        own: Page | None = None,
    ) -> Iterator[PageJob]:
        size = self._config.per_page
        total = max(1, -(-len(posts) // size))
        heading = own.matter.title if own else heading
        for number in range(1, total + 1):
            some = posts[(number - 1) * size : number * size]
            ending = f", page {number}" if number > 1 else ""
            yield self._job(
                addresses.numbered(first, number),
                template,
                kind,
                heading=heading,
                title=f"{heading}{ending} – {self._config.name}",
                description=f"{heading}{ending}: {self._config.name}." if ending else "",
                section="blog",
                names={
                    **names,
                    "posts": self._shown.cards(some),
                    "pagination": self._pagination(first, number, total),
                },
                own=own if number == 1 else None,
                with_text=kind == "blog",
                wall="blog",
                changed=_newest(some),
            )

    def _pagination(self, first: str, number: int, total: int) -> PaginationView:
        def to(label: str, at: int) -> LinkView | None:
            if not 1 <= at <= total:
                return None
            return LinkView(label=label, href=href(self._content, addresses.numbered(first, at)))

        return PaginationView(
            number=number,
            total=total,
            newer=to("Newer posts", number - 1),
            older=to("Older posts", number + 1),
        )

    def _job(
        self,
        address: str,
        template: str,
        kind: str,
        *,
        heading: str,
        names: Mapping[str, Any],
        title: str = "",
        description: str = "",
        section: str = "",
        own: Page | None = None,
        with_text: bool | None = None,
        wall: Placement | None = None,
        source: Page | str = "",
        changed: date | None = None,
        noindex: bool = False,
    ) -> PageJob:
        article = source if isinstance(source, Page) else own
        if with_text or (with_text is None and kind in addresses.STANDARD_PAGES):
            names = {**names, "text": self._shown.text(own) if own else None}
        return PageJob(
            address=address,
            template=template,
            page=PageView(
                kind=kind,
                title=title or f"{heading} – {self._config.name}",
                heading=heading,
                description=self._description(article) or description or f"{heading}: {self._config.name}.",
                language=(article.matter.lang if article else None) or self._config.language,
                canonical=self._config.url + address,
                noindex=noindex or bool(article and article.matter.status == "hidden"),
                section=section,
            ),
            names=names,
            wall=wall,
            source=article.file if article else str(source),
            changed=(article.changed if article else None) or changed,
            article=article,
        )

    def _description(self, page: Page | None) -> str:
        if page is None:
            return ""
        return page.matter.description or self._content.texts[page.file].plain_summary


def _newest(posts: Sequence[Post]) -> date | None:
    return max((post.changed or post.day for post in posts), default=None)


