"""Everything one build is made from: read, typed, judged, its links resolved."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from milepost.addresses import AddressBook
from milepost.config import Config
from milepost.keeping import Keeper
from milepost.logos import Logos, read_logos
from milepost.media import Shelf
from milepost.posts import notice as notices
from milepost.posts import post
from milepost.posts.documents import read_documents
from milepost.posts.index import Index, index
from milepost.posts.links import Hypertext, Target
from milepost.posts.notice import Level, Notice
from milepost.posts.post import Page, Post, has_page, is_listed
from milepost.posts.texts import Text, read_texts
from milepost.problems import Problem
from milepost.race import calendar as race_calendar
from milepost.race.race import Race
from milepost.roster import calendar
from milepost.roster.load import Roster, load_roster
from milepost.roster.mentions import template_words
from milepost.rules.addresses import check_addresses, check_coming
from milepost.rules.blanks import check_blanks
from milepost.rules.limits import check_limits, check_texts
from milepost.rules.names import check_names
from milepost.rules.references import check_contact, check_privacy, check_references
from milepost.sharing import Workers, alone


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """A site on one day. Nothing here is public later, earlier or never.

    `texts` has an entry for the file of every post and page that has a page; `logos` for the
    line and tier of every sponsor that shows with a logo. `links` has where the settings' links
    lead, as they are written there. `race` is the one of the settings, or what a notice has made
    of it. `notice` is its level and its words, while it stands. `templates` are the names of
    those that posts may ask for. `next_change` is the first later day on which the site would
    differ, and why.
    """

    config: Config
    day: date
    roster: Roster
    posts: Index
    standing: tuple[Page, ...]
    pages: Mapping[str, Page]
    texts: Mapping[str, Text]
    logos: Mapping[tuple[int, str], Logos]
    links: Mapping[str, Target]
    race: Race | None
    notice: tuple[Level, Hypertext] | None
    addresses: AddressBook
    templates: frozenset[str]
    next_change: tuple[date, str] | None

    @property
    def menu(self) -> tuple[tuple[str, Target], ...]:
        """The settings' entries of the menu, and where they lead."""
        return tuple((item.label, self.links[item.url]) for item in self.config.menu)


def read_content(
    config: Config,
    day: date,
    shelf: Shelf,
    templates: Collection[str],
    notice: Notice | None = None,
    *,
    keeper: Keeper | None = None,
    workers: Workers = alone,
) -> tuple[Content, list[Problem]]:
    """Read the site's files, with every problem of every file.

    Pictures and downloads that the site uses are put on the `shelf`. `templates` are the names
    of templates that posts may ask for. The `keeper` has what earlier builds found out about the
    same posts, and the `workers` convert those that it has not; the content is the same with
    and without them.
    """
    roster, problems = load_roster(config.folder)
    standing_notice = notice if notice and notice.stands_on(day) else None
    problems += notices.ended(notice, day)
    problems += check_limits(roster)
    problems += check_texts(roster, day, config.race.date if config.race else None)
    everything, broken, faults = read_documents(config, keeper)
    problems += faults
    standing = tuple(page for page in everything.values() if has_page(page, day))
    posts = index(page for page in standing if isinstance(page, Post) and is_listed(page, day))
    book = AddressBook()
    problems += check_addresses(book, standing, posts, roster, day)
    problems += check_coming(everything.values(), day)
    problems += check_references(everything.values(), roster, config, templates)
    problems += check_contact(everything.values(), config)
    problems += check_privacy(everything.values(), broken, config, day)
    texts, faults = read_texts(
        config,
        everything,
        broken,
        shelf,
        day,
        notice=standing_notice,
        keeper=keeper,
        workers=workers,
    )
    problems += faults
    problems += check_blanks(everything.values(), texts.texts, final=config.final)
    news = (standing_notice.page, texts.notice) if standing_notice and texts.notice else None
    problems += check_names(
        everything.values(),
        texts.texts,
        roster,
        day,
        notice=news,
        words=(*config.words, *template_words(config.folder)),
        keeper=keeper,
        workers=workers,
    )
    race = _race(config, standing_notice)
    logos, faults = read_logos(config, roster, shelf, day)
    problems += faults
    content = Content(
        config=config,
        day=day,
        roster=roster,
        posts=posts,
        standing=standing,
        pages={page.slug: page for page in standing if not isinstance(page, Post)},
        texts={page.file: texts.texts[page.file] for page in standing},
        logos=logos,
        links=texts.links,
        race=race,
        notice=(standing_notice.level, texts.notice) if standing_notice and texts.notice else None,
        addresses=book,
        templates=frozenset(templates),
        next_change=_next_change(race, roster, everything.values(), notice, day),
    )
    return content, problems


def _race(config: Config, notice: Notice | None) -> Race | None:
    """Return the race, of which nobody can sign up for what a notice has called off."""
    if config.race and notice and notice.is_urgent:
        return config.race.model_copy(update={"status": notice.level})
    return config.race


def _next_change(
    race: Race | None,
    roster: Roster,
    pages: Iterable[Page],
    notice: Notice | None,
    day: date,
) -> tuple[date, str] | None:
    coming = [*calendar.changes(roster.sponsors), *notices.changes(notice)]
    for page in pages:
        coming += post.changes(page)
    if race:
        coming += race_calendar.changes(race)
    return min((change for change in coming if change[0] > day), default=None)
