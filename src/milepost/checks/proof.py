"""The finished site held against everything that was promised."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from milepost import addresses
from milepost.checks.feeds import check_feed, check_sitemap
from milepost.checks.links import check_links
from milepost.checks.markup import check_markup
from milepost.checks.promises import check_walls
from milepost.content import Content
from milepost.facts import PageFacts
from milepost.problems import Problem
from milepost.render.job import PageJob
from milepost.render.redirects import Redirect
from milepost.render.walls import wall_ids


def prove(
    stage: Path,
    *,
    files: Sequence[str],
    pages: Mapping[str, PageFacts],
    content: Content,
    jobs: Sequence[PageJob],
    old: Sequence[Redirect],
) -> list[Problem]:
    """Return what is wrong with the finished files of a stage.

    `files` are their names, `pages` the facts of those that are pages, `jobs` and `old` what
    Milepost meant to write.
    """
    url = content.config.url
    sources = {addresses.file_of(job.address): job.source for job in jobs if job.source}
    sources |= {addresses.file_of(redirect.old): redirect.source for redirect in old}
    kinds = {addresses.file_of(job.address): job.wall for job in jobs if job.wall}
    feed = addresses.file_of(addresses.FEED)
    sitemap = addresses.file_of(addresses.SITEMAP)
    problems = [
        *check_links(pages, files, url, sources),
        *check_markup(pages, sources),
        *check_walls(pages, wall_ids(content), kinds),
        *check_feed(feed, (stage / feed).read_bytes()),
    ]
    if sitemap in files:
        problems += check_sitemap(sitemap, (stage / sitemap).read_bytes(), pages, url)
    return problems
