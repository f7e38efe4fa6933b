"""One build of a site, from its files to its output: six phases, in order."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Final, NoReturn

from jinja2 import Environment
from pelican import Pelican

from milepost import addresses, schema
from milepost.checks.proof import prove
from milepost.clock import WrongClock, build_day
from milepost.config import Config, read_config
from milepost.content import Content, read_content
from milepost.engine.cache import FILE as CACHE_FILE
from milepost.engine.cache import Cache
from milepost.engine.commit import commit
from milepost.engine.finished import Finished
from milepost.engine.forked import deal
from milepost.engine.garbage import uncollected
from milepost.engine.known_facts import KnownFacts
from milepost.engine.obstacles import output_label, refuse_output
from milepost.engine.press import (
    PluginFailed,
    Press,
    is_watched,
    plugin_complaints,
    plugin_faults,
    working_in,
)
from milepost.engine.record import Profile, last_published, load_record, record_path
from milepost.engine.settings import AS_OF, DRY, FINAL, QUIET, no_bytecode
from milepost.engine.sitemap import take_sitemap
from milepost.engine.stage import BuildRefused, new_stage, or_refuse
from milepost.engine.workers import Workers, WrongWorkers, workers_of
from milepost.engine.writer import SiteWriter
from milepost.facts import PageFacts, read_facts
from milepost.images.memory import Memory
from milepost.keeping import Forgetful
from milepost.media import Shelf
from milepost.paths import FOLDER
from milepost.posts.notice import read_notice
from milepost.problems import Problem, has_errors, judged, report
from milepost.render import machine
from milepost.render.assets import publish_theme
from milepost.render.entries import entries
from milepost.render.feeds import atom, json_feed
from milepost.render.fragments import Printer, shared
from milepost.render.headers import headers_file, origin_css
from milepost.render.job import PageJob
from milepost.render.pages import page_jobs
from milepost.render.redirects import redirect_page, redirects
from milepost.render.site import ThemeFiles
from milepost.render.sizes import sizes_css
from milepost.render.templates import TemplateFailed, environment, template_names
from milepost.render.views import WallView
from milepost.render.walls import walls
from milepost.roster import calendar
from milepost.roster.published import published
from milepost.roster.sponsor import Placement
from milepost.rules.changed_ids import check_changed_ids
from milepost.settings_file import strange_settings, wrong_settings
from milepost.summary import Summary, failure, passed

MANY_PAGES: Final = 2000
"""So many finished pages are worth checking in several processes."""


class BuildFailed(SystemExit):
    """A build that went no further; its report is printed already. The exit code is 1."""

    def __init__(self) -> None:
        super().__init__(1)


class Site(Pelican):
    """Pelican in phases: nothing reaches the output before all of it is proved.

    `summary` tells what the last build made, `files` the names of all of it, and `warnings` what
    was printed before. `zone` is the race's time zone, `themes` are the folders of its look.
    `is_repeatable` says that the next build finds the same as long as no file changes.
    """

    def __init__(self, settings: dict[str, Any]) -> None:
        plugins = list(settings.get("PLUGINS") or ())
        if not {"sitemap", "pelican.plugins.sitemap"} & set(map(str, plugins)):
            settings["PLUGINS"] = ["sitemap", *plugins]
        if isinstance(settings.get("SITEMAP"), dict):
            # Another format could not be mended: it would list what is for nobody to find.
            settings["SITEMAP"] = {**settings["SITEMAP"], "format": "xml"}
        self.settings = settings
        self.folder = Path(settings["PATH"]).parent
        self.output = Path(settings["OUTPUT_PATH"])
        self.summary: Summary | None = None
        self.files: list[str] = []
        self.warnings = ""
        self.zone = "UTC"
        self.is_repeatable = False
        self._severities: Mapping[str, Any] = {}
        self._urgent = False
        self._memory = Memory(None)
        self._cache: Cache | None = None
        self._problems: list[Problem] = []
        self._copied: frozenset[str] = frozenset()
        with plugin_complaints(self, self.folder) as self._complaints:
            try:
                with plugin_faults(self, self.folder), no_bytecode():
                    super().__init__(settings)
            except PluginFailed as reason:
                self._complaints.append(reason.problem)
        self.themes = self._theme_folders()

    def run(self) -> Summary:
        """Build the site: stage, report, facts, prove, commit, record.

        Raises:
            BuildFailed: there are problems, or the build was refused. The report is printed and
                the output is as it was.
        """
        self._problems = list(self._complaints)
        try:
            self.summary = self._built()
        except PluginFailed as reason:
            self._stop(reason.problem)
        except BuildRefused as reason:
            print(reason, file=sys.stderr)
            raise BuildFailed from None
        finally:
            self._memory.close()
            if self._cache:
                self._cache.close()
        if not self.settings.get(QUIET):
            print(self.summary.text(), flush=True)
        return self.summary

    def _built(self) -> Summary:
        if not self.settings.get(DRY):
            refuse_output(self.output, record_path(self.folder, self.output))
        with (
            uncollected(),
            new_stage(self.folder) as stage,
            or_refuse("The site cannot be made", "nothing was changed; mend that, and try again."),
        ):
            # A plugin that changes finished pages must have all of them before it.
            return self._phases(Finished(stage, None if is_watched(self) else self.output))

    def _phases(self, finished: Finished) -> Summary:
        content = self._read(finished)
        with (
            working_in(finished.stage, self, content),
            plugin_faults(self, self.folder),
            plugin_complaints(self, self.folder) as complaints,
        ):
            jobs, pages = self._render(finished, content)
        self._report(complaints)
        pages = pages or self._facts(finished)
        self._write_sitemap(finished, content, jobs, pages)
        self._prove(finished, content, jobs, pages)
        return self._commit(finished, content, pages)

    def _read(self, finished: Finished) -> Content:
        final = bool(self.settings.get(FINAL))
        config, problems = read_config(self.settings, self.folder, final=final)
        self._severities = config.checks
        day = self._day(config)
        notice, more = read_notice(config)
        self._urgent = bool(notice and notice.is_urgent and notice.stands_on(day))
        if wrong := wrong_settings(self.folder, final=final):
            self._stop(*wrong)
        self.zone = config.zone.key
        templates = template_names([folder / "templates" for folder in self.themes])
        self._memory = Memory(self.folder / FOLDER / "pictures.db")
        self._shelf = Shelf(config.content, finished.put, self._memory)
        self._cache = Cache(self.folder / FOLDER / CACHE_FILE, "final" if final else "development")
        self._workers = self._wanted_workers()
        content, found = read_content(
            config,
            day,
            self._shelf,
            templates,
            notice,
            keeper=self._cache,
            workers=self._workers,
        )
        strange = strange_settings(self.folder, final=final)
        changed = check_changed_ids(content.roster, last_published(self.folder))
        own = [*self._cache.problems, *self._workers.problems]
        # What is said once, of an id that has changed or a damaged cache, is not said again.
        self.is_repeatable = not changed and not own and not is_watched(self)
        self._report([*problems, *strange, *more, *found, *changed, *own])
        return content

    def _render(
        self, finished: Finished, content: Content
    ) -> tuple[list[PageJob], dict[str, PageFacts]]:
        """Make every file of the site; return its pages' jobs and, unless watched, their facts."""
        options = self.settings["JINJA_ENVIRONMENT"]
        env = environment([folder / "templates" for folder in self.themes], options)
        press = Press(self, finished, content, env)
        self._report(press.fill_context())
        self._copied = press.copied()
        jobs = page_jobs(content)
        try:
            pages = self._write(press, env, content, jobs, self.themes)
        except TemplateFailed as failure:
            pages = self._write_anyway(press, content, jobs, failure.problem)
        press.finish()
        return jobs, pages

    def _write(
        self,
        press: Press,
        env: Environment,
        content: Content,
        jobs: list[PageJob],
        themes: Sequence[Path],
    ) -> dict[str, PageFacts]:
        all_walls = walls(content)
        static = [folder / "static" for folder in themes]
        theme = publish_theme(static, origin_css(content) + sizes_css(content), self._shelf)
        parts = shared(env, content, theme, all_walls)
        pages = press.write(jobs, Printer(env, parts), self._known_facts(), self._workers.count)
        for redirect in redirects(content):
            file = addresses.file_of(redirect.old)
            html = redirect_page(redirect, env, parts, content.config)
            press.writer.put(file, html)
            if pages:
                pages[file] = read_facts(file, html)
        _write_for_programs(press.writer, content, all_walls, theme)
        return pages

    def _write_anyway(
        self, press: Press, content: Content, jobs: list[PageJob], problem: Problem
    ) -> dict[str, PageFacts]:
        """Write the pages with Milepost's own theme, if an urgent notice has to get out."""
        own = self.themes[-1:]
        if not self._urgent or own == self.themes:
            self._stop(problem)
        self._report([problem])
        try:
            env = environment([folder / "templates" for folder in own])
            return self._write(press, env, content, jobs, own)
        except TemplateFailed as failure:
            self._stop(failure.problem)

    def _facts(self, finished: Finished) -> dict[str, PageFacts]:
        """Read the pages that plugins have left, or have added."""
        return {
            name: read_facts(name, path.read_bytes())
            for name, path in finished.staged().items()
            if name.endswith(".html") and name not in self._copied
        }

    def _write_sitemap(
        self,
        finished: Finished,
        content: Content,
        jobs: Iterable[PageJob],
        pages: Mapping[str, PageFacts],
    ) -> None:
        changed = {job.address: job.changed for job in jobs if job.changed}
        sitemap = take_sitemap(finished.stage, pages, changed, content.config.url)
        if sitemap:
            finished.put(addresses.file_of(addresses.SITEMAP), sitemap)
        robots = machine.robots_txt(content, has_sitemap=sitemap is not None)
        finished.put(addresses.file_of(addresses.ROBOTS), robots.encode())

    def _prove(
        self,
        finished: Finished,
        content: Content,
        jobs: list[PageJob],
        pages: Mapping[str, PageFacts],
    ) -> None:
        found = prove(
            files=finished.names(),
            read=finished.read,
            pages=pages,
            content=content,
            jobs=jobs,
            old=redirects(content),
            do_all=self._do_all,
        )
        self._report(found)
        warnings = report(judged(self._problems, self._severities, urgent=self._urgent))
        self.warnings = warnings + self._passed()
        print(self.warnings, end="", file=sys.stderr)

    def _commit(
        self, finished: Finished, content: Content, pages: Mapping[str, PageFacts]
    ) -> Summary:
        changes = None
        if not self.settings.get(DRY):
            record = record_path(self.folder, self.output)
            profile: Profile = "final" if content.config.final else "development"
            public = published(content.roster, content.day) if content.config.final else ()
            self._memory.forget_others()
            if self._cache:
                self._cache.forget_others()
            changes = commit(finished, self.output, record, profile, content.day, sponsors=public)
        self.files = finished.names()
        shown = calendar.shown(content.roster.sponsors, content.day)
        return Summary(
            pages=sum(
                not page.redirect and page.file != addresses.file_of(addresses.EXAMPLES)
                for page in pages.values()
            ),
            posts=len(content.posts.posts),
            sponsors=len({sponsor.id for sponsor in shown}),
            day=content.day,
            next_change=content.next_change,
            output=self.output,
            saved=changes is not None,
            written=changes.written if changes else 0,
            removed=changes.removed if changes else 0,
        )

    def _report(self, problems: Iterable[Problem]) -> None:
        """Keep the problems; print them all and stop when one of them is an error."""
        self._problems += problems
        found = judged(self._problems, self._severities, urgent=self._urgent)
        if has_errors(found):
            kept = output_label(self.output, self.folder) if self.output.is_dir() else ""
            print(report(found) + failure(found, kept), file=sys.stderr)
            raise BuildFailed

    def _stop(self, *problems: Problem) -> NoReturn:
        """Print everything and stop: without what has failed no page can be made."""
        self._urgent = False
        self._report(problems)
        raise BuildFailed

    def _passed(self) -> str:
        """Return the line for what an urgent notice has let through, or ""."""
        found = judged(self._problems, self._severities)
        errors = sum(problem.severity == "error" for problem in found)
        return passed(errors) if self._urgent and errors else ""

    def _theme_folders(self) -> list[Path]:
        """Return the site's own theme, where it has one, before the theme of its settings."""
        folders = (self.folder / "theme", Path(self.theme).resolve())
        return [folder for folder in dict.fromkeys(folders) if folder.is_dir()]

    def _known_facts(self) -> KnownFacts:
        """Return what is known of the pages that lie in the output."""
        record = load_record(record_path(self.folder, self.output))
        files = record.files if record else {}
        digests = [digest for name, digest in files.items() if name.endswith(".html")]
        return KnownFacts(self._cache or Forgetful(), digests)

    def _do_all(
        self, checks: Sequence[Callable[[], list[Problem]]], pages: int
    ) -> list[list[Problem]]:
        """Do checks side by side, where there are so many pages that it saves time."""
        least = len(checks) if pages >= MANY_PAGES else len(checks) + 1
        return deal(lambda at: checks[at](), len(checks), self._workers.count, chunk=1, least=least)

    def _wanted_workers(self) -> Workers:
        try:
            return workers_of(os.environ)
        except WrongWorkers as error:
            raise BuildRefused(str(error)) from None

    def _day(self, config: Config) -> date:
        as_of = self.settings.get(AS_OF)
        try:
            return build_day(config.zone, schema.day(as_of) if as_of else None, os.environ)
        except (WrongClock, ValueError) as error:
            raise BuildRefused(str(error)) from None


def _write_for_programs(
    writer: SiteWriter, content: Content, all_walls: Mapping[Placement, WallView], theme: ThemeFiles
) -> None:
    news = entries(content)
    texts = {
        addresses.FEED: atom(content, news),
        addresses.JSON_FEED: json_feed(content, news, theme.icon),
        addresses.HEADERS: headers_file(content),
        addresses.SPONSORS_JSON: machine.sponsors_json(content, all_walls),
        addresses.BUILD_JSON: machine.build_json(content),
    }
    for address, text in texts.items():
        writer.put(addresses.file_of(address), text.encode())
