"""What a link to a page shows on other sites: its title, picture and days."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Final

from milepost.content import Content
from milepost.posts.links import Target
from milepost.posts.post import Page, Post
from milepost.render.dates import iso_moment
from milepost.render.site import full_address
from milepost.render.views import CardView

_PHOTOS: Final = frozenset({".png", ".jpg", ".jpeg", ".webp", ".avif", ".gif"})
"""Kinds of picture that other sites show in a link; they show no drawings (SVG)."""


def card(content: Content, kind: str, title: str, article: Page | None) -> CardView:
    """Return the card of a page of a `kind`; `article` is the post or page whose words it has."""
    image = photo(content, article)
    is_post = kind == "post" and isinstance(article, Post)
    return CardView(
        kind="article" if kind == "post" else "website",
        title=title,
        image=full_address(content, image) if image else "",
        image_alt=(article.matter.image_alt or "") if article and image else "",
        width=image.width if image else 0,
        height=image.height if image else 0,
        published=published(content, article) if is_post else "",
        modified=modified(content, article) if is_post else "",
    )


def photo(content: Content, article: Page | None) -> Target | None:
    """Return the picture of a post or page, if it is one that other sites show."""
    image = content.texts[article.file].image if article else None
    if image is None or PurePosixPath(image.address).suffix.lower() not in _PHOTOS:
        return None
    return image


def published(content: Content, page: Page | None) -> str:
    """Return the day of a post or page as ISO 8601 has it, or ""."""
    date = page.matter.date if page else None
    return iso_moment(date, content.config.zone) if date else ""


def modified(content: Content, page: Page | None) -> str:
    """Return the day on which a post or page was changed as ISO 8601 has it, or ""."""
    date = page.matter.modified if page else None
    return iso_moment(date, content.config.zone) if date else ""
