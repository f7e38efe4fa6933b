"""Pelican's generators: they fill its context for plugins; the writer writes our pages."""

from __future__ import annotations

from typing import Any

from pelican.generators import ArticlesGenerator, PagesGenerator, StaticGenerator
from pelican.plugins import signals

from milepost.addresses import AddressBook, Claim, address_of
from milepost.problems import Problem


class PostsGenerator(ArticlesGenerator):
    """Fills the context with the posts of the day; their pages are written by `SiteWriter`."""

    def generate_output(self, writer: Any) -> None:
        """Tell plugins that the posts are written."""
        signals.article_writer_finalized.send(self, writer=writer)


class OwnPagesGenerator(PagesGenerator):
    """Fills the context with the site's own pages; they are written by `SiteWriter`."""

    def generate_output(self, writer: Any) -> None:
        """Tell plugins that the pages are written."""
        signals.page_writer_finalized.send(self, writer=writer)


class CheckedStaticGenerator(StaticGenerator):
    """Copies the files of `STATIC_PATHS`, unless one would stand where a page does."""

    def generate_output(self, writer: Any) -> None:
        """Copy every file whose address is free; `problems` holds the others."""
        book: AddressBook = self.settings["ADDRESS_BOOK"]
        problems: list[Problem] = self.settings["STATIC_PROBLEMS"]
        for static in self.context["staticfiles"]:
            file = static.get_relative_source_path()
            problems += book.claim(
                Claim(address=address_of(static.save_as), file=f"content/{file}", what=file)
            )
        if not problems:
            super().generate_output(writer)
