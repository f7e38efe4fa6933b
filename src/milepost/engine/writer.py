"""Pelican's writer: puts our pages among the finished files, and tells plugins of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import SimpleNamespace
from typing import Any

from pelican.plugins import signals
from pelican.writers import Writer

from milepost import addresses
from milepost.engine.finished import Finished, Put
from milepost.engine.forked import deal
from milepost.engine.known_facts import KnownFacts
from milepost.facts import PageFacts
from milepost.posts.post import Post
from milepost.render.fragments import Printer
from milepost.render.job import PageJob


class SiteWriter(Writer):
    """Writes pages as bytes that are the same on every platform.

    Plugins that write through Pelican's `write_file` write into the same stage.
    """

    def __init__(self, finished: Finished, settings: dict[str, Any]) -> None:
        super().__init__(str(finished.stage), settings=settings)
        self._finished = finished

    def write_pages(
        self, jobs: Sequence[PageJob], printer: Printer, known: KnownFacts, workers: int
    ) -> dict[str, PageFacts]:
        """Render every page in so many processes; return its facts by file.

        `content_written` is sent for each, in the order given, with what pelican-sitemap asks
        for: nobody else may be listening.
        """

        def make(number: int) -> tuple[Put, str | None]:
            job = jobs[number]
            html = printer.page(job)
            put = self._finished.put(addresses.file_of(job.address), html)
            return put, known.note(put.digest, html, printer.wall(job))

        pages: dict[str, PageFacts] = {}
        notes: dict[str, str | None] = {}
        for job, (put, note) in zip(jobs, deal(make, len(jobs), workers), strict=True):
            file = addresses.file_of(job.address)
            self._finished.know(file, put)
            self._sent(file, {_name(job): _stand_in(job)})
            pages[file] = known.facts(file, put.digest, note, printer.wall(job))
            notes[put.digest] = note
        known.keep(notes)
        return pages

    def write_watched(
        self,
        jobs: Sequence[PageJob],
        printer: Printer,
        context: Mapping[str, Any],
    ) -> None:
        """Render every page and send `content_written` for it with Pelican's whole context."""
        for job in jobs:
            file = addresses.file_of(job.address)
            self.put(file, printer.page(job))
            self._sent(file, {**context, "output_file": file, **_article(job, context)})

    def put(self, file: str, data: bytes) -> None:
        """Add a file, of which no plugin hears."""
        self._finished.put(file, data)
        # Pelican's own `write_file`, which plugins use, refuses to write it a second time.
        self._written_files.add(str(self._finished.stage / file))

    def _sent(self, file: str, context: Mapping[str, Any]) -> None:
        signals.content_written.send(str(self._finished.stage / file), context=context)


def _stand_in(job: PageJob) -> SimpleNamespace:
    """Return what pelican-sitemap looks at of Pelican's object for a post or page."""
    own: dict[str, Any] = {"url": job.address.lstrip("/"), "status": "published"}
    if job.article:
        own = {**job.article.extra, **own, "status": job.article.matter.status}
    return SimpleNamespace(**own)


def _article(job: PageJob, context: Mapping[str, Any]) -> dict[str, Any]:
    """Return Pelican's object for a page, under the name that plugins know."""
    if job.article is None:
        return {}
    source = job.article.file.partition("/")[2]
    found = context["generated_content"].get(source)
    return {_name(job): found} if found else {}


def _name(job: PageJob) -> str:
    return "article" if isinstance(job.article, Post) else "page"
