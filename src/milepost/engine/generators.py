"""Pelican's generators: they fill its context for plugins; the writer writes our pages."""

from __future__ import annotations

from typing import Any

from pelican.generators import ArticlesGenerator, PagesGenerator, StaticGenerator
from pelican.plugins import signals

from milepost.posts.documents import is_document


class PostsGenerator(ArticlesGenerator):
    """Fills the context with the posts of the day; their pages are written by `SiteWriter`."""

    def _build_period_archives(
        self, sorted_articles: list[Any], articles: list[Any], settings: dict[str, Any]
    ) -> Any:
        """Group posts by year, month and day.

        Pelican looks each post up in the list of each period, which takes time in proportion to
        the square of their number. Here every list has its own posts, in the order of `articles`.
        """
        place = {id(article): at for at, article in enumerate(articles)}
        found = super()._build_period_archives(sorted_articles, [], settings)
        for archives in found.values():
            for archive in archives:
                archive["articles"] = sorted(archive["dates"], key=lambda one: place[id(one)])
        return found

    def generate_output(self, writer: Any) -> None:
        """Tell plugins that the posts are written."""
        signals.article_writer_finalized.send(self, writer=writer)


class OwnPagesGenerator(PagesGenerator):
    """Fills the context with the site's own pages; they are written by `SiteWriter`."""

    def generate_output(self, writer: Any) -> None:
        """Tell plugins that the pages are written."""
        signals.page_writer_finalized.send(self, writer=writer)


class UnreadFilesGenerator(StaticGenerator):
    """Copies the files of `STATIC_PATHS`, but never the text of a post or page.

    Pelican knows such texts by their having been read, and drafts and later posts are not.
    """

    def generate_context(self) -> None:
        """List what is to be copied."""
        super().generate_context()
        self.staticfiles: list[Any] = [
            static
            for static in self.staticfiles
            if not is_document(static.get_relative_source_path())
        ]
        self._update_context(("staticfiles",))
