"""Pelican's reader of posts and pages: hands it what was read and judged already."""

from __future__ import annotations

from datetime import datetime, time
from pathlib import Path
from typing import Any, Final

from pelican.contents import Author, Category, Tag
from pelican.readers import MarkdownReader

from milepost import addresses
from milepost.content import Content
from milepost.posts.post import Page, Post

_SKIP: Final = {"title": "", "status": "skip"}


class PostReader(MarkdownReader):
    """Gives Pelican the HTML and metadata of a post that has a page today, and nothing else.

    `content` is the site as it was read; a file that is not on it is skipped, so that a draft
    or a later post never enters Pelican's context.
    """

    def __init__(self, settings: dict[str, Any], content: Content) -> None:
        super().__init__(settings)
        self._content = content
        self._standing = {page.file: page for page in content.standing}
        self._known: dict[tuple[type, str], Any] = {}

    def read(self, source_path: str) -> tuple[str, dict[str, Any]]:
        """Return the HTML and the metadata of a file, as Pelican's own readers do."""
        file = Path(source_path).relative_to(self._content.config.folder).as_posix()
        page = self._standing.get(file)
        if page is None:
            return "", dict(_SKIP)
        text = self._content.texts[file]
        metadata = self._metadata(page)
        metadata["summary"] = text.summary.html(self._content.config.base)
        return text.body.html(self._content.config.base), metadata

    def _metadata(self, page: Page) -> dict[str, Any]:
        matter = page.matter
        address = page.address.lstrip("/")
        metadata: dict[str, Any] = {
            **page.extra,
            "title": matter.title,
            "slug": page.slug,
            "status": matter.status,
            "url": address,
            "save_as": addresses.file_of(page.address),
        }
        for name, written in (("date", matter.date), ("modified", matter.modified)):
            if written:
                metadata[name] = datetime.combine(written[0], written[1] or time.min)
        if isinstance(page, Post):
            metadata |= self._terms(page)
        return metadata

    def _terms(self, post: Post) -> dict[str, Any]:
        terms: dict[str, Any] = {
            "tags": [self._term(Tag, name) for name in post.matter.tags],
            "authors": [self._term(Author, name) for name in post.authors],
        }
        if post.matter.category:
            terms["category"] = self._term(Category, post.matter.category)
        return {name: value for name, value in terms.items() if value}

    def _term(self, kind: type, name: str) -> Any:
        """Return the one object of a name, which knows its slug: Pelican works it out anew."""
        if (kind, name) not in self._known:
            term = kind(name, self.settings)
            term.slug = addresses.slugify(name)
            self._known[kind, name] = term
        return self._known[kind, name]
