"""Pelican's part of a build: generators, signals and plugins, working into the stage."""

from __future__ import annotations

import errno
import logging
import os
import traceback
import weakref
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any, Final

from blinker import Signal
from jinja2 import Environment
from pelican import Pelican
from pelican.generators import ArticlesGenerator, PagesGenerator, StaticGenerator
from pelican.plugins import signals
from pelican.plugins.sitemap import sitemap

from milepost import paths
from milepost.addresses import Claim, address_of
from milepost.config import SETTINGS_FILE
from milepost.content import Content
from milepost.engine.finished import Finished
from milepost.engine.generators import OwnPagesGenerator, PostsGenerator, UnreadFilesGenerator
from milepost.engine.known_facts import KnownFacts
from milepost.engine.reader import PostReader
from milepost.engine.state import reset_sitemap
from milepost.engine.writer import SiteWriter
from milepost.facts import PageFacts
from milepost.problems import Problem
from milepost.render.fragments import Printer
from milepost.render.job import PageJob
from milepost.settings_file import line_of_setting

_OURS = {
    ArticlesGenerator: PostsGenerator,
    PagesGenerator: OwnPagesGenerator,
    StaticGenerator: UnreadFilesGenerator,
}


_MILEPOST: Final = Path(os.path.realpath(paths.__file__)).parent


_OF_THE_DISK: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EIO})
"""Errors that are no plugin's fault, whichever of them writes when the disk is full."""


class PluginFailed(Exception):
    """A plugin of the site fails; `problem` says which, where and why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


class Press:
    """Pelican's generators of one build, with their output in the stage.

    Pelican's own posts and pages are for plugins: where none can look at them (see `is_watched`)
    they are not made.
    """

    def __init__(
        self, pelican: Pelican, finished: Finished, content: Content, env: Environment
    ) -> None:
        self._pelican = pelican
        self._settings: dict[str, Any] = pelican.settings
        self._content = content
        self._env = env
        self.writer = SiteWriter(finished, self._settings)
        self.context: dict[str, Any] = {}
        self._generators: list[Any] = []

    def fill_context(self) -> list[Problem]:
        """Run the generators up to their context, for plugins.

        Returns a problem for every file of STATIC_PATHS that is not there, or that would stand
        where a page does.
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
        return [*self._missing_static(), *self._static_collisions()]

    def write(
        self, jobs: Sequence[PageJob], printer: Printer, known: KnownFacts, workers: int
    ) -> dict[str, PageFacts]:
        """Write every page; return its facts by file, or nothing if plugins may yet change it."""
        if is_watched(self._pelican):
            self.writer.write_watched(jobs, printer, self.context)
            return {}
        return self.writer.write_pages(jobs, printer, known, workers)

    def finish(self) -> None:
        """Let the generators write what is theirs, and tell plugins that all is written."""
        for generator in self._generators:
            if hasattr(generator, "generate_output"):
                generator.generate_output(self.writer)
        signals.finalized.send(self._pelican)

    def copied(self) -> frozenset[str]:
        """Return the names of the files that come from STATIC_PATHS as they are."""
        return frozenset(_name(static) for static in self.context.get("staticfiles", ()))

    def _made(self) -> list[Any]:
        def use_our_environment(generator: Any) -> None:
            # What settings (JINJA_FILTERS …) and plugins have added to Pelican's is kept.
            for part in ("filters", "globals", "tests"):
                ours = getattr(self._env, part)
                ours.update({**getattr(generator.env, part), **ours})
            generator.env = self._env

        watched = is_watched(self._pelican)
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
                if watched or kind is StaticGenerator
            ]

    def _static_collisions(self) -> Iterator[Problem]:
        for static in self.context.get("staticfiles", ()):
            source, name = static.get_relative_source_path(), _name(static)
            file = f"{self._content.config.content.name}/{source}"
            if reason := paths.objection(name):
                message = f'its place in the site, "{name}", {reason}'
                yield Problem(check="path", file=file, message=message)
            else:
                claim = Claim(address=address_of(name), file=file, what=source)
                yield from self._content.addresses.claim(claim)

    def _missing_static(self) -> Iterator[Problem]:
        config = self._content.config
        for setting in ("STATIC_PATHS", "EXTRA_PATH_METADATA"):
            for name in self._settings[setting]:
                if not (config.content / name).exists():
                    yield Problem(
                        check="reference",
                        file=SETTINGS_FILE,
                        line=line_of_setting(config.folder, setting),
                        subject=setting,
                        message=f'there is no "{name}" in {config.content.name}/.',
                    )


def is_watched(pelican: Pelican) -> bool:
    """Say whether anything but pelican-sitemap may look at Pelican's posts, or change our pages.

    That is whatever listens to one of Pelican's signals, and generators of templates and sources.
    """
    listeners = [
        listener() if isinstance(listener, weakref.ref) else listener
        for signal in vars(signals).values()
        if isinstance(signal, Signal)
        for listener in signal.receivers.values()
    ]
    others = any(getattr(one, "__self__", None) is not sitemap.generator for one in listeners)
    return others or bool(
        pelican.settings.get("TEMPLATE_PAGES") or pelican.settings.get("OUTPUT_SOURCES")
    )


@contextmanager
def plugin_faults(pelican: Pelican, site: Path) -> Iterator[None]:
    """Turn whatever a plugin raises in the block into a problem of the site in the folder `site`.

    Raises:
        PluginFailed: a plugin failed.
    """
    try:
        yield
    except Exception as error:
        frame = _plugin_frame(error, pelican, site)
        if frame is None or getattr(error, "errno", None) in _OF_THE_DISK:
            raise
        raise PluginFailed(_plugin_problem(error, frame, site)) from error


@contextmanager
def plugin_complaints(pelican: Pelican, site: Path) -> Iterator[list[Problem]]:
    """Give a list that is filled with what Pelican logs as errors in the block.

    Pelican goes on without a plugin that it cannot load or register, and the site would be
    published without what the plugin does.
    """
    heard: list[Problem] = []
    handler = _Listener(lambda record: heard.append(_complaint(record, pelican, site)))
    logger = logging.getLogger("pelican")
    passes_on = logger.propagate
    logger.addHandler(handler)
    logger.propagate = False
    try:
        yield heard
    finally:
        logger.removeHandler(handler)
        logger.propagate = passes_on


class _Listener(logging.Handler):
    def __init__(self, hear: Callable[[logging.LogRecord], None]) -> None:
        super().__init__(logging.ERROR)
        self._hear = hear

    def emit(self, record: logging.LogRecord) -> None:
        self._hear(record)


def _plugin_frame(
    error: BaseException, pelican: Pelican, site: Path
) -> traceback.FrameSummary | None:
    """Return where in a plugin an error came from, or None when it did not come from one."""
    homes = [Path(folder) for folder in pelican.settings.get("PLUGIN_PATHS") or ()]
    files = [getattr(plugin, "__file__", None) for plugin in getattr(pelican, "plugins", ())]
    own = [Path(file) for file in files if file]
    homes += [file.parent if file.name == "__init__.py" else file for file in own]
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        file = Path(os.path.realpath(frame.filename))
        of_site = file.is_relative_to(os.path.realpath(site)) and "site-packages" not in file.parts
        of_plugin = any(file.is_relative_to(os.path.realpath(home)) for home in homes)
        if (of_site or of_plugin) and file.suffix == ".py" and not file.is_relative_to(_MILEPOST):
            return frame
    return None


def _plugin_problem(error: BaseException, frame: traceback.FrameSummary, site: Path) -> Problem:
    reason = f"{type(error).__name__}: {error}"
    file, home = Path(os.path.realpath(frame.filename)), Path(os.path.realpath(site))
    if file.is_relative_to(home) and "site-packages" not in file.parts:
        message = f"the plugin fails: {reason}."
        name = file.relative_to(home).as_posix()
        return Problem(check="file", file=name, line=frame.lineno, message=message)
    message = f"the plugin {file.parent.name}/{file.name} fails in line {frame.lineno}: {reason}."
    return _of_plugins(message, site)


def _complaint(record: logging.LogRecord, pelican: Pelican, site: Path) -> Problem:
    error = record.exc_info[1] if record.exc_info else None
    if error and (frame := _plugin_frame(error, pelican, site)):
        return _plugin_problem(error, frame, site)
    message = ": ".join(record.getMessage().replace("`", '"').splitlines())
    message += f": {error}" if error else ""
    return _of_plugins(f"{message[:1].lower()}{message[1:]}.", site)


def _of_plugins(message: str, site: Path) -> Problem:
    line = line_of_setting(site, "PLUGINS")
    return Problem(check="file", file=SETTINGS_FILE, line=line, subject="PLUGINS", message=message)


def _name(static: Any) -> str:
    """Return where a file of STATIC_PATHS is put, below the output."""
    return Path(os.path.normpath(static.save_as)).as_posix()


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
