"""The feeds: Atom (RFC 4287) and JSON Feed 1.1."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Final

from feedgenerator import Atom1Feed

from milepost import addresses
from milepost.content import Content
from milepost.render.dates import moment
from milepost.render.entries import Entry, feed_title
from milepost.render.things import Json

JSON_FEED_VERSION: Final = "https://jsonfeed.org/version/1.1"


def atom(content: Content, entries: Sequence[Entry]) -> str:
    """Return the Atom feed as XML. It tells when posts were dated, never when it was built."""
    config = content.config
    feed = Atom1Feed(
        title=feed_title(content),
        link=config.url + addresses.HOME,
        feed_url=config.url + addresses.FEED,
        description=config.subtitle,
        subtitle=config.subtitle or None,
        language=config.language,
        feed_guid=config.url + addresses.HOME,
        author_name=config.name,
    )
    for entry in entries:
        _add(feed, entry)
    if not entries:
        # RFC 4287 wants a date even of a feed that has no entry; the library takes the clock.
        feed.latest_post_date = lambda: moment((content.day, None), config.zone)
    return str(feed.writeString("utf-8"))


def json_feed(content: Content, entries: Sequence[Entry], icon: str) -> str:
    """Return the JSON feed. `icon` is the address of the site's icon on the site, or ""."""
    config = content.config
    feed: Mapping[str, Json] = {
        "version": JSON_FEED_VERSION,
        "title": feed_title(content),
        "home_page_url": config.url + addresses.HOME,
        "feed_url": config.url + addresses.JSON_FEED,
        "description": config.subtitle,
        "icon": config.url + icon if icon else "",
        "language": config.language,
        "authors": [{"name": config.name, "url": config.url + addresses.HOME}],
    }
    given = {key: value for key, value in feed.items() if value}
    items = [_item(entry) for entry in entries]
    return json.dumps({**given, "items": items}, ensure_ascii=False, indent=2) + "\n"


def _add(feed: Atom1Feed, entry: Entry) -> None:
    feed.add_item(
        title=entry.title,
        link=entry.link,
        unique_id=entry.ident,
        description=entry.summary or None,
        content=entry.body,
        author_name=", ".join(entry.authors),
        categories=entry.terms,
        pubdate=entry.published,
        updateddate=entry.modified,
    )


def _item(entry: Entry) -> Mapping[str, Json]:
    """Return an entry as JSON Feed has it; the id and the text are there even when empty."""
    changed = entry.modified if entry.modified != entry.published else None
    more: Mapping[str, Json] = {
        "summary": entry.plain_summary,
        "image": entry.image,
        "date_published": entry.published.isoformat(),
        "date_modified": changed.isoformat() if changed else "",
        "authors": [{"name": name} for name in entry.authors],
        "tags": list(entry.terms),
        "language": entry.language,
    }
    return {
        "id": entry.ident,
        "url": entry.link,
        "title": entry.title,
        "content_html": entry.body,
        **{key: value for key, value in more.items() if value},
    }
