"""What stands in the feeds, whatever their format: the notice, then the newest posts."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from urllib.parse import urlsplit

from feedgenerator import get_tag_uri

from milepost import addresses
from milepost.content import Content
from milepost.posts.convert import text_of
from milepost.posts.post import Post
from milepost.render.dates import moment
from milepost.render.site import full_address, notice_label

_TITLE: Final = 70
"""Characters of a notice that stand in its title."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry of a feed. All addresses are full ones.

    `ident` stays the same when a text changes (RFC 4151). `summary` and `body` are HTML,
    `plain_summary` is not. `image` and the summaries may be "".
    """

    ident: str
    link: str
    title: str
    summary: str
    plain_summary: str
    body: str
    image: str
    published: datetime
    modified: datetime
    authors: tuple[str, ...]
    terms: tuple[str, ...]
    language: str


def feed_title(content: Content) -> str:
    """Return the name of the feeds, which says that there is a notice."""
    label = notice_label(content)
    return f"{label}: {content.config.name}" if label else content.config.name


def entries(content: Content) -> tuple[Entry, ...]:
    """Return the entries of every feed: the notice while it stands, then the newest posts."""
    posts = content.posts.posts[: content.config.feed_items]
    return (*_notice(content), *(_post(content, post) for post in posts))


def _notice(content: Content) -> Iterator[Entry]:
    """Yield the notice as new on each day, so that no reader of feeds has it below the posts.

    Another text is another entry: who has read the one is told of the other.
    """
    if not content.notice:
        return
    level, words = content.notice
    config = content.config
    body = words.html(config.url)
    day = moment((content.day, None), config.zone)
    yield Entry(
        ident=_notice_id(config.url + addresses.HOME, f"{level}\n{words.html('')}"),
        link=config.url + addresses.HOME,
        title=_notice_title(notice_label(content), text_of(body)),
        summary="",
        plain_summary="",
        body=body,
        image="",
        published=day,
        modified=day,
        authors=(config.name,),
        terms=(),
        language=config.language,
    )


def _notice_id(home: str, words: str) -> str:
    # A tag: URI has a date on which its name was in use, and an id must not change: any will do.
    digest = hashlib.sha256(words.encode()).hexdigest()[:16]
    place = urlsplit(home)
    return f"tag:{place.hostname},2026:{place.path}notice/{digest}"


def _notice_title(label: str, words: str) -> str:
    if len(words) > _TITLE:
        words = words[: _TITLE + 1].rpartition(" ")[0] or words[:_TITLE]
        words = f"{words.rstrip(' .,;:!?')}…"
    return f"{label}: {words}" if words else label


def _post(content: Content, post: Post) -> Entry:
    config, text = content.config, content.texts[post.file]
    link = config.url + post.address
    published = moment(post.matter.date, config.zone)
    return Entry(
        ident=get_tag_uri(link, published),
        link=link,
        title=post.matter.title,
        summary=text.summary.html(config.url),
        plain_summary=text.plain_summary,
        body=text.body.html(config.url),
        image=full_address(content, text.image) if text.image else "",
        published=published,
        modified=moment(post.matter.modified, config.zone) if post.matter.modified else published,
        authors=post.authors or (config.name,),
        terms=(*filter(None, (post.matter.category,)), *post.matter.tags),
        language=post.matter.lang or config.language,
    )
