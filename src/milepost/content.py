"""Everything one build is made from: read, typed, judged, its links resolved."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from milepost import paths, race
from milepost.addresses import AddressBook
from milepost.config import SETTINGS_FILE, Config
from milepost.engine.convert import Converter, text_of
from milepost.images import Unusable
from milepost.media import Asset, Shelf
from milepost.posts import post
from milepost.posts.index import Index, index
from milepost.posts.links import Hypertext, Target
from milepost.posts.post import Page, Post, has_page, is_listed, read_page, read_post
from milepost.posts.resolve import Resolver
from milepost.problems import Problem
from milepost.roster import calendar
from milepost.roster.load import FILE as ROSTER_FILE
from milepost.roster.load import Roster, load_roster
from milepost.roster.logo import check_print_logo, read_logo
from milepost.roster.sponsor import Sponsor
from milepost.rules.addresses import check_addresses
from milepost.rules.limits import check_limits
from milepost.rules.references import check_references
from milepost.source import read_text

SUFFIXES: Final = (".md", ".markdown")
"""How the names of posts and pages end."""

Reader = Callable[[str, str, Collection[str]], tuple[Page | None, list[Problem]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A post's or page's words with every link resolved. `plain_summary` has no markup."""

    body: Hypertext
    summary: Hypertext
    plain_summary: str
    button: Target | None
    image: Target | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Logos:
    """A sponsor's published pictures."""

    light: Asset
    dark: Asset | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """A site on one day. Nothing here is public later, earlier or never.

    `texts` has an entry for the file of every post and page that has a page; `logos` for the
    line of every sponsor that shows with a logo. `menu` leads where the
    settings' menu leads. `next_change` is the first later day on which the site would differ,
    and why.
    """

    config: Config
    day: date
    roster: Roster
    posts: Index
    standing: tuple[Page, ...]
    pages: Mapping[str, Page]
    texts: Mapping[str, Text]
    logos: Mapping[int, Logos]
    menu: tuple[tuple[str, Target], ...]
    addresses: AddressBook
    next_change: tuple[date, str] | None


def read_content(
    config: Config, day: date, shelf: Shelf, templates: Collection[str]
) -> tuple[Content, list[Problem]]:
    """Read the site's files, with every problem of every file.

    Pictures and downloads that the site uses are put on the `shelf`. `templates` are the names
    of templates that posts may ask for.
    """
    roster, problems = load_roster(config.folder)
    problems += check_limits(roster)
    everything, faults = _documents(config)
    problems += faults
    standing = tuple(page for page in everything.values() if has_page(page, day))
    posts = index(page for page in standing if isinstance(page, Post) and is_listed(page, day))
    book = AddressBook()
    problems += check_addresses(book, standing, posts, roster, day)
    problems += check_references(everything.values(), roster, config, templates)
    texts, menu, faults = _texts(config, everything, shelf, day)
    problems += faults
    logos, faults = _logos(config, roster, shelf, day)
    problems += faults
    content = Content(
        config=config,
        day=day,
        roster=roster,
        posts=posts,
        standing=standing,
        pages={page.slug: page for page in standing if not isinstance(page, Post)},
        texts=texts,
        logos=logos,
        menu=menu,
        addresses=book,
        next_change=_next_change(config, roster, everything.values(), day),
    )
    return content, problems


def _documents(config: Config) -> tuple[dict[str, Page], list[Problem]]:
    found: dict[str, Page] = {}
    problems: list[Problem] = []
    for path, reason in _links_out(config.content):
        file = path.relative_to(config.folder).as_posix()
        problems.append(Problem(check="path", file=file, message=reason))
    for folder, read in (("posts", read_post), ("pages", read_page)):
        for name, path in paths.walk(config.content / folder):
            file = f"{config.content.name}/{folder}/{name}"
            if path.is_symlink() and not path.is_file():
                continue
            page, faults = _document(path, file, read, config.extra_keys)
            problems += faults
            if page:
                found[file] = page
    return found, problems


def _document(
    path: Path, file: str, read: Reader, extra: Collection[str]
) -> tuple[Page | None, list[Problem]]:
    if path.suffix.lower() not in SUFFIXES:
        if path.suffix.lower() in {".txt", ".text", ".docx", ".odt", ".rst", ".html", ".htm"}:
            message = "the file is not read: the name of a post or page ends with .md."
            return None, [Problem(check="unused", file=file, message=message)]
        return None, []
    text, problems = read_text(path, file)
    return (None, problems) if text is None else read(text, file, extra)


def _links_out(content: Path) -> Iterable[tuple[Path, str]]:
    root = content.resolve()
    for _, path in paths.walk(content):
        if path.is_symlink() and not path.resolve().is_relative_to(root):
            yield path, "this is a symbolic link that leads out of the content folder. Delete it."


def _texts(
    config: Config, pages: Mapping[str, Page], shelf: Shelf, day: date
) -> tuple[dict[str, Text], tuple[tuple[str, Target], ...], list[Problem]]:
    """Convert and resolve what is public on the day, and what will be, for its problems."""
    converter = Converter(config.markdown)
    resolver = Resolver(config.content.name, pages, shelf, day)
    texts = {}
    for page in pages.values():
        ended = page.matter.expires is not None and page.matter.expires < day
        if page.matter.status != "draft" and not ended:
            text = _text(page, converter, resolver)
            if has_page(page, day):
                texts[page.file] = text
    menu = tuple(
        (item.label, resolver.elsewhere(item.url, SETTINGS_FILE, None)) for item in config.menu
    )
    return texts, menu, resolver.problems


def _text(page: Page, converter: Converter, resolver: Resolver) -> Text:
    body = converter.html(page.body)
    if page.matter.summary:
        summary = converter.inline(page.matter.summary)
    else:
        summary = _first_paragraph(body)
    return Text(
        body=resolver.text(page, body),
        summary=resolver.text(page, summary) if page.matter.summary else Hypertext((summary,)),
        plain_summary=text_of(summary),
        button=resolver.button(page),
        image=resolver.image(page),
    )


def _first_paragraph(html: str) -> str:
    """Return the words of the first paragraph, escaped, without links and other markup."""
    start = html.find("<p>")
    end = html.find("</p>", start)
    words = text_of(html[start:end]) if start >= 0 else ""
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _logos(
    config: Config, roster: Roster, shelf: Shelf, day: date
) -> tuple[dict[int, Logos], list[Problem]]:
    """Publish the logos of who shows; only look at those of everybody else."""
    logos = {}
    problems: list[Problem] = []
    folder = config.content / "logos"
    for sponsor in roster.sponsors:
        visible = calendar.is_shown(sponsor, day)
        try:
            if visible and sponsor.logo:
                dark = shelf.logo(sponsor.logo_dark) if sponsor.logo_dark else None
                logos[sponsor.line] = Logos(light=shelf.logo(sponsor.logo), dark=dark)
            else:
                for name in (sponsor.logo, sponsor.logo_dark):
                    if name:
                        read_logo(folder, name)
            if sponsor.logo_print:
                check_print_logo(folder, sponsor.logo_print)
        except Unusable as reason:
            problems.append(_logo_problem(sponsor, str(reason)))
    return logos, problems


def _logo_problem(sponsor: Sponsor, reason: str) -> Problem:
    return Problem(
        check="logo",
        file=ROSTER_FILE,
        line=sponsor.line,
        subject=sponsor.name,
        message=reason,
    )


def _next_change(
    config: Config, roster: Roster, pages: Iterable[Page], day: date
) -> tuple[date, str] | None:
    coming = calendar.changes(roster.sponsors)
    for page in pages:
        coming += post.changes(page)
    if config.race:
        coming += race.changes(config.race)
    return min((change for change in coming if change[0] > day), default=None)
