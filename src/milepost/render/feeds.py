"""The Atom feed (RFC 4287) of the newest posts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time

from feedgenerator import Atom1Feed, get_tag_uri

from milepost import addresses
from milepost.content import Content
from milepost.posts.post import Post


def atom(content: Content) -> str:
    """Return the feed as XML. It tells when posts were dated and changed, never when it was built.

    Texts have full addresses; the ids of entries (RFC 4151) stay the same when a text changes.
    """
    config = content.config
    feed = Atom1Feed(
        title=config.name,
        link=config.url + addresses.HOME,
        feed_url=config.url + addresses.FEED,
        description=config.subtitle,
        subtitle=config.subtitle or None,
        language=config.language,
        feed_guid=config.url + addresses.HOME,
        author_name=config.name,
    )
    for post in content.posts.posts[: config.feed_items]:
        _add(feed, content, post)
    if not content.posts.posts:
        # RFC 4287 wants a date even of a feed that has no entry; the library takes the clock.
        feed.latest_post_date = lambda: datetime.combine(content.day, time.min, config.zone)
    return str(feed.writeString("utf-8"))


def _add(feed: Atom1Feed, content: Content, post: Post) -> None:
    config = content.config
    text = content.texts[post.file]
    link = config.url + post.address
    published = _moment(content, post.matter.date)
    changed = _moment(content, post.matter.modified) if post.matter.modified else published
    feed.add_item(
        title=post.matter.title,
        link=link,
        unique_id=get_tag_uri(link, published),
        description=text.summary.html(config.url),
        content=text.body.html(config.url),
        author_name=", ".join(post.authors) or config.name,
        categories=_categories(post),
        pubdate=published,
        updateddate=changed,
    )


def _categories(post: Post) -> Sequence[str]:
    return (*((post.matter.category,) if post.matter.category else ()), *post.matter.tags)


def _moment(content: Content, written: tuple[object, object]) -> datetime:
    day, moment = written
    return datetime.combine(day, moment or time.min, content.config.zone)  # type: ignore[arg-type]
