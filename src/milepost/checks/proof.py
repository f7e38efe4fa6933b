"""The finished site held against everything that was promised."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import TypeAlias
from urllib.parse import urlsplit

from milepost import addresses
from milepost.checks.audit import audit
from milepost.checks.blockers import check_blockers, check_slugs, own_list, read_list
from milepost.checks.feeds import check_feed, check_json_feed, check_sitemap
from milepost.checks.links import check_links
from milepost.checks.markup import check_markup
from milepost.checks.promises import check_walls
from milepost.checks.shortfalls import check_benefits, check_first_post, check_promises
from milepost.content import Content
from milepost.facts import PageFacts
from milepost.problems import SITE, Problem
from milepost.render.job import PageJob
from milepost.render.redirects import Redirect
from milepost.render.walls import wall_ids
from milepost.source import find_line

DoAll: TypeAlias = Callable[[Sequence[Callable[[], list[Problem]]], int], list[list[Problem]]]


def one_by_one(checks: Sequence[Callable[[], list[Problem]]], _pages: int) -> list[list[Problem]]:
    """Do one check after the other."""
    return [check() for check in checks]


def prove(
    *,
    files: Collection[str],
    read: Callable[[str], bytes],
    pages: Mapping[str, PageFacts],
    content: Content,
    jobs: Sequence[PageJob],
    old: Sequence[Redirect],
    do_all: DoAll = one_by_one,
) -> list[Problem]:
    """Return what is wrong with the finished files of a site.

    `files` are their names, `read` gives the bytes of one, `pages` the facts of those that are
    pages, `jobs` and `old` what Milepost meant to write. `do_all` calls each of some functions and
    returns what they return, in order; it may do so at the same time, and is told how many
    pages each looks at.
    """
    url = content.config.url
    sources = {addresses.file_of(job.address): job.source for job in jobs if job.source}
    sources |= {addresses.file_of(redirect.old): redirect.source for redirect in old}
    kinds = {addresses.file_of(job.address): job.wall for job in jobs if job.wall}
    feed = addresses.file_of(addresses.FEED)
    json_feed = addresses.file_of(addresses.JSON_FEED)
    sitemap = addresses.file_of(addresses.SITEMAP)
    race_day = content.race.date if content.race else None

    def about_sponsors() -> list[Problem]:
        standings = audit(
            content.roster,
            content.day,
            pages=pages,
            kinds=kinds,
            posts=content.posts.posts,
            logos=content.logos,
            base=content.config.base,
        )
        return [
            *check_promises(standings, final=content.config.final),
            *check_benefits(standings, content.day, race_day),
            *(check_first_post(standings, content.roster.tiers) if not content.posts.posts else ()),
        ]

    def about_programs() -> list[Problem]:
        found = [*check_feed(feed, read(feed)), *check_json_feed(json_feed, read(json_feed))]
        if sitemap in files:
            found += check_sitemap(sitemap, read(sitemap), pages, url)
        return found

    checks: list[Callable[[], list[Problem]]] = [
        lambda: check_links(pages, files, url, sources, _Lines(content).line),
        lambda: check_markup(pages, sources),
        lambda: check_walls(pages, wall_ids(content), kinds),
        lambda: _seen(pages, content, sources),
        about_sponsors,
        about_programs,
    ]
    found = do_all(checks, len(pages))
    return [problem for problems in found for problem in problems]


def _seen(
    pages: Mapping[str, PageFacts], content: Content, sources: Mapping[str, str]
) -> list[Problem]:
    """Return what readers with an ad blocker would not see."""
    config = content.config
    if config.checks.get("blockers") == "off":
        return []
    named_at = config.block_list_at if config.block_list else (SITE, None)
    rules = read_list(config.block_list or own_list(), urlsplit(config.url).hostname or "")
    return [
        *check_blockers(pages, rules, config.url, sources, named_at),
        *check_slugs(content.standing, rules, config.url),
    ]


class _Lines:
    """Where words stand in the files that an organiser edits."""

    def __init__(self, content: Content) -> None:
        self._pages = {page.file: page for page in content.standing}
        self._base = content.config.base

    def line(self, file: str, words: Sequence[str]) -> int | None:
        """Return the line of the first of `words` in the text of a post or page."""
        page = self._pages.get(file)
        if page is None:
            return None
        found = (
            find_line(page.body, word, page.body_line)
            for written in words
            for word in (written, written.removeprefix(self._base))
        )
        return next((line for line in found if line), None)
