"""Pelican's writer: renders our pages into the stage, and tells plugins of each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from jinja2 import Environment
from pelican.plugins import signals
from pelican.writers import Writer

from milepost import addresses
from milepost.config import Config
from milepost.posts.post import Page, Post
from milepost.render.fragments import Shared
from milepost.render.job import PageJob
from milepost.render.redirects import Redirect
from milepost.render.templates import TemplateFailed, render


class SiteWriter(Writer):
    """Writes pages as bytes that are the same on every platform.

    Plugins that write through Pelican's `write_file` write into the same stage.
    """

    def write_pages(
        self, jobs: list[PageJob], env: Environment, shared: Shared, context: Mapping[str, Any]
    ) -> None:
        """Render every page and send `content_written` for it, in the order given.

        `context` is Pelican's, for the plugins that listen.

        Raises:
            TemplateFailed: a template cannot be rendered.
        """
        for job in jobs:
            path = self.write_text(job.address, _rendered(job, env, shared))
            file = addresses.file_of(job.address)
            local = {**context, "output_file": file, **_article(job, context)}
            signals.content_written.send(str(path), context=local)

    def write_redirects(
        self, redirects: list[Redirect], env: Environment, shared: Shared, config: Config
    ) -> None:
        """Write a page at every old address; no plugin and no sitemap hears of it."""
        for redirect in redirects:
            names = {
                **shared.names,
                "target": config.base + redirect.new,
                "canonical": config.url + redirect.new,
            }
            self.write_text(redirect.old, render(env, "redirect", names))

    def write_text(self, address: str, text: str) -> Path:
        """Write UTF-8 with the same line ends everywhere; return the file."""
        path = Path(self.output_path) / addresses.file_of(address)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode("utf-8"))
        # Pelican's own `write_file`, which plugins use, refuses to write it a second time.
        self._written_files.add(str(path))
        return path


def _rendered(job: PageJob, env: Environment, shared: Shared) -> str:
    try:
        return render(env, job.template, shared.context(job))
    except TemplateFailed as failure:
        of = f" ({job.source})" if job.source else ""
        message = f"{failure.problem.message} That was for the page {job.address}{of}."
        raise TemplateFailed(replace(failure.problem, message=message)) from failure


def _article(job: PageJob, context: Mapping[str, Any]) -> dict[str, Any]:
    """Return Pelican's object for a page, under the name that plugins know."""
    page: Page | None = job.article
    if page is None:
        return {}
    source = page.file.partition("/")[2]
    found = context["generated_content"].get(source)
    return {"article" if isinstance(page, Post) else "page": found} if found else {}
