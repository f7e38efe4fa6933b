"""Posts and pages as views."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from markupsafe import Markup

from milepost import addresses
from milepost.content import Content
from milepost.posts.index import by_sponsor
from milepost.posts.post import Page, Post
from milepost.posts.related import Related
from milepost.render.dates import date_view
from milepost.render.site import href, sponsor_places, target_href
from milepost.render.views import (
    ButtonView,
    ImageView,
    LinkView,
    PostCard,
    PostView,
    TermView,
    TextView,
)
from milepost.roster import calendar


class Shown:
    """The posts and pages of one build as views; each is made once."""

    def __init__(self, content: Content) -> None:
        self._content = content
        self._public = {
            sponsor.id: sponsor for sponsor in calendar.shown(content.roster.sponsors, content.day)
        }
        self._places = sponsor_places(content)
        listed = content.posts.posts
        self._newer = {older.file: newer for newer, older in pairwise(listed)}
        self._older = {newer.file: older for newer, older in pairwise(listed)}
        self._cards: dict[str, PostCard] = {}
        self._topics = {term.slug: term.name for term in content.posts.topics}
        self._mentions = by_sponsor(listed)
        self._related = Related(content.posts)

    def card(self, post: Post) -> PostCard:
        """Return a post as lists show it."""
        if post.file not in self._cards:
            text = self._content.texts[post.file]
            self._cards[post.file] = PostCard(
                title=post.matter.title,
                href=href(self._content, post.address),
                date=date_view(post.day, self._content.config.language),
                summary=Markup(text.summary.html(self._content.config.base)),  # noqa: S704 - Markdown
                category=self._category(post),
            )
        return self._cards[post.file]

    def cards(self, posts: Iterable[Post]) -> tuple[PostCard, ...]:
        """Return posts as lists show them."""
        return tuple(self.card(post) for post in posts)

    def mentions(self, sponsor_id: str) -> tuple[PostCard, ...]:
        """Return the listed posts that name a sponsor in the lines above their text."""
        return self.cards(self._mentions.get(sponsor_id, ()))

    def post(self, post: Post) -> PostView:
        """Return a post as its own page shows it; one that no list names leads to no other."""
        modified = post.matter.modified
        return PostView(
            card=self.card(post),
            text=self.text(post),
            modified=date_view(modified[0], self._content.config.language) if modified else None,
            authors=tuple(
                self._term(name, addresses.author(addresses.slugify(name)), post)
                for name in post.authors
            ),
            tags=tuple(
                self._term(name, addresses.tag(addresses.slugify(name)), post)
                for name in dict.fromkeys(post.matter.tags)
            ),
            about=post.matter.about,
            newer=self._neighbour(self._newer.get(post.file)),
            older=self._neighbour(self._older.get(post.file)),
            related=self.cards(self._related.to(post.file)),
        )

    def text(self, page: Page) -> TextView:
        """Return the words of a post or page."""
        text = self._content.texts[page.file]
        button = page.matter.button
        return TextView(
            body=Markup(text.body.html(self._content.config.base)),  # noqa: S704 - Markdown
            image=ImageView(
                src=target_href(self._content, text.image),
                alt=page.matter.image_alt or "",
                width=text.image.width,
                height=text.image.height,
            )
            if text.image
            else None,
            button=ButtonView(
                label=button.label,
                href=target_href(self._content, text.button),
                text=button.text or "",
            )
            if button and text.button
            else None,
            thanks=self._thanks(page),
        )

    def _thanks(self, page: Page) -> tuple[LinkView, ...]:
        """Credit the public ones of the sponsors that a page names; the others stay unnamed."""
        return tuple(
            LinkView(
                label=self._public[sponsor_id].name,
                href=self._places[sponsor_id],
            )
            for sponsor_id in dict.fromkeys(page.matter.sponsors)
            if sponsor_id in self._public
        )

    def _category(self, post: Post) -> LinkView | None:
        if not post.matter.category:
            return None
        slug = addresses.slugify(post.matter.category)
        name = self._topics.get(slug, post.matter.category)
        return self._term(name, addresses.topic(slug), post)

    def _term(self, name: str, address: str, post: Post) -> LinkView:
        """Link to a term's posts; a hidden post's terms may have no page, so it links nowhere."""
        listed = post.matter.status == "published"
        return LinkView(label=name, href=href(self._content, address) if listed else "")

    def _neighbour(self, post: Post | None) -> LinkView | None:
        if post is None:
            return None
        return LinkView(label=post.matter.title, href=href(self._content, post.address))


def term_view(content: Content, name: str, address: str, number: int) -> TermView:
    """Return a group of posts for a list of groups."""
    return TermView(link=LinkView(label=name, href=href(content, address)), number=number)
