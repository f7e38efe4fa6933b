"""Pelican's part of a build: generators, signals and plugins, working into the stage."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from jinja2 import Environment
from pelican import Pelican
from pelican.generators import ArticlesGenerator, PagesGenerator
from pelican.plugins import signals

from milepost.addresses import Claim, address_of
from milepost.content import Content
from milepost.engine.generators import OwnPagesGenerator, PostsGenerator
from milepost.engine.reader import PostReader
from milepost.engine.state import reset_sitemap
from milepost.engine.writer import SiteWriter
from milepost.problems import Problem

_OURS = {ArticlesGenerator: PostsGenerator, PagesGenerator: OwnPagesGenerator}


class Press:
    """Pelican's generators of one build, with their output in the stage."""

    def __init__(self, pelican: Pelican, stage: Path, content: Content, env: Environment) -> None:
        self._pelican = pelican
        self._settings: dict[str, Any] = pelican.settings
        self._content = content
        self._env = env
        self.writer = SiteWriter(str(stage), settings=self._settings)
        self.context: dict[str, Any] = {}
        self._generators: list[Any] = []

    def fill_context(self) -> list[Problem]:
        """Run the generators up to their context, for plugins.

        Returns a problem for every file of STATIC_PATHS that would stand where a page does.
        """
        reset_sitemap()
        self.context = {
            **self._settings,
            "generated_content": {},
            "static_links": set(),
            "static_content": {},
            "localsiteurl": self._settings["SITEURL"],
        }
        self._generators = self._made()
        for generator in self._generators:
            if hasattr(generator, "generate_context"):
                generator.generate_context()
        signals.all_generators_finalized.send(self._generators)
        return self._static_collisions()

    def finish(self) -> None:
        """Let the generators write what is theirs, and tell plugins that all is written."""
        for generator in self._generators:
            if hasattr(generator, "generate_output"):
                generator.generate_output(self.writer)
        signals.finalized.send(self._pelican)

    def _made(self) -> list[Any]:
        def use_our_environment(generator: Any) -> None:
            generator.env = self._env

        with signals.generator_init.connected_to(use_our_environment):
            return [
                _OURS.get(kind, kind)(
                    context=self.context,
                    settings=self._settings,
                    path=self._pelican.path,
                    theme=self._pelican.theme,
                    output_path=self._pelican.output_path,
                )
                for kind in self._pelican._get_generator_classes()  # noqa: SLF001 - its seam
            ]

    def _static_collisions(self) -> list[Problem]:
        problems: list[Problem] = []
        for static in self.context.get("staticfiles", ()):
            source = static.get_relative_source_path()
            file = f"{self._content.config.content.name}/{source}"
            claim = Claim(address=address_of(static.save_as), file=file, what=source)
            problems += self._content.addresses.claim(claim)
        return problems


@contextmanager
def working_in(stage: Path, pelican: Pelican, content: Content) -> Iterator[None]:
    """Point Pelican at the stage and at what was read, and back again at the end."""
    settings = pelican.settings
    before = {"OUTPUT_PATH": settings["OUTPUT_PATH"], "READERS": settings["READERS"]}
    reader = partial(PostReader, content=content)
    disabled: Sequence[str] = ("rst", "html", "htm", "asc", "adoc", "asciidoc")
    settings["OUTPUT_PATH"] = pelican.output_path = str(stage)
    settings["READERS"] = {
        **dict.fromkeys(disabled),
        **before["READERS"],
        **dict.fromkeys(("md", "markdown"), reader),
    }
    try:
        yield
    finally:
        settings.update(before)
        pelican.output_path = before["OUTPUT_PATH"]
