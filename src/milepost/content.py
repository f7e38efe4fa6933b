"""Everything one build is made from: read, typed, judged, its links resolved."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from milepost import paths, race
from milepost.addresses import AddressBook
from milepost.config import SETTINGS_FILE, Config
from milepost.images import Unusable
from milepost.media import Asset, Shelf
from milepost.posts import post
from milepost.posts.convert import Converter, text_of
from milepost.posts.frontmatter import split
from milepost.posts.index import Index, index
from milepost.posts.links import Hypertext, Target
from milepost.posts.post import Page, Post, has_page, is_listed, read_page, read_post
from milepost.posts.resolve import Resolver
from milepost.problems import Problem
from milepost.roster import calendar
from milepost.roster.load import FILE as ROSTER_FILE
from milepost.roster.load import Roster, load_roster
from milepost.roster.logo import check_print_logo
from milepost.roster.sponsor import Sponsor
from milepost.rules.addresses import check_addresses
from milepost.rules.limits import check_limits
from milepost.rules.references import check_references
from milepost.source import find_line, read_text

SUFFIXES: Final = (".md", ".markdown")
"""How the names of posts and pages end."""

FOLDERS: Final = ("posts", "pages")
"""The folders of content/ in which they are."""

_PARAGRAPH: Final = re.compile(r"<p\b[^<>]*+>(.*?)(?:</p>|\Z)", re.DOTALL)
_NOTE: Final = re.compile(r'<sup id="fnref[^<>]*+><a [^<>]*+>[^<>]*+</a></sup>')

NOTICE: Final = "notice.md"
"""The name of a text that is kept for news on every page; it is not shown yet."""

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
    everything, broken, faults = _documents(config)
    problems += faults
    standing = tuple(page for page in everything.values() if has_page(page, day))
    posts = index(page for page in standing if isinstance(page, Post) and is_listed(page, day))
    book = AddressBook()
    problems += check_addresses(book, standing, posts, roster, day)
    problems += check_references(everything.values(), roster, config, templates)
    texts, menu, faults = _texts(config, everything, broken, shelf, day)
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


def is_document(name: str) -> bool:
    """Say whether a file is the text of a post or page, public or not, by its name in content/."""
    folder, _, rest = name.partition("/")
    return folder in FOLDERS and rest.lower().endswith(SUFFIXES)


def _documents(config: Config) -> tuple[dict[str, Page], frozenset[str], list[Problem]]:
    """Return the posts and pages by file, the files that cannot be read, and why."""
    found: dict[str, Page] = {}
    broken: set[str] = set()
    problems: list[Problem] = []
    for path, reason in _links_out(config.content):
        file = path.relative_to(config.folder).as_posix()
        problems.append(Problem(check="path", file=file, message=reason))
        if is_document(path.relative_to(config.content).as_posix()):
            broken.add(file)
    problems += _misplaced(config)
    for folder, read in (("posts", read_post), ("pages", read_page)):
        for name, path in paths.walk(config.content / folder):
            file = f"{config.content.name}/{folder}/{name}"
            if file in broken:
                continue
            if not path.is_file():
                problems += _no_file(config, path, file)
                continue
            page, faults = _document(path, file, read, config.extra_keys)
            problems += faults
            if page:
                found[file] = page
            else:
                broken.add(file)
    return found, frozenset(broken), problems


def _no_file(config: Config, path: Path, file: str) -> Iterable[Problem]:
    """Tell of links that are not followed; those out of the content are reported already."""
    if path.resolve().is_relative_to(config.content.resolve()):
        message = "this is not a file, and is not read. Put the file itself here."
        yield Problem(check="unused", file=file, message=message)


def _misplaced(config: Config) -> Iterable[Problem]:
    """Find posts that were put straight into content/."""
    folder = config.content.name
    for path in sorted(config.content.iterdir()):
        if path.name == NOTICE:
            message = "this release does not show notices yet. Write a post instead."
            yield Problem(check="unused", file=f"{folder}/{NOTICE}", message=message)
        elif path.name.endswith(SUFFIXES) and path.is_file():
            text, _ = read_text(path, path.name)
            if text and split(text, path.name)[0]:
                message = (
                    f"the file is not read: posts stand in {folder}/posts/, and the site's own "
                    f"pages in {folder}/pages/."
                )
                yield Problem(check="unused", file=f"{folder}/{path.name}", message=message)


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
    config: Config, pages: Mapping[str, Page], broken: frozenset[str], shelf: Shelf, day: date
) -> tuple[dict[str, Text], tuple[tuple[str, Target], ...], list[Problem]]:
    """Convert and resolve what is public on the day, and what will be, for its problems."""
    converter, problems = _converter(config)
    resolver = Resolver(config.content.name, pages, broken, shelf, day)
    later = Resolver(config.content.name, pages, broken, Shelf(config.content, None), day)
    texts = {}
    for page in pages.values():
        ended = page.matter.expires is not None and page.matter.expires < day
        if has_page(page, day):
            texts[page.file] = _text(page, converter, resolver)
        elif page.matter.status != "draft" and not ended:
            _text(page, converter, later)
    menu = tuple(
        (item.label, resolver.elsewhere(item.url, SETTINGS_FILE, _settings_line(config, item.url)))
        for item in config.menu
    )
    return texts, menu, [*problems, *resolver.problems, *later.problems]


def _converter(config: Config) -> tuple[Converter, list[Problem]]:
    try:
        return Converter(config.markdown), []
    except Exception as error:  # noqa: BLE001 - extensions are anybody's code
        problem = Problem(
            check="entry",
            file=SETTINGS_FILE,
            line=_settings_line(config, "MARKDOWN"),
            subject="MARKDOWN",
            message=f"Markdown cannot be read this way: {error}.",
        )
        return Converter({}), [problem]


def _settings_line(config: Config, needle: str) -> int | None:
    text, _ = read_text(config.folder / SETTINGS_FILE, SETTINGS_FILE)
    return find_line(text or "", needle)


def _text(page: Page, converter: Converter, resolver: Resolver) -> Text:
    body = summary = ""
    try:
        body = converter.html(page.body)
        summary = converter.inline(page.matter.summary or "")
    except RecursionError:
        message = "the text has lists or quotations in each other, too many to be read."
        resolver.problems.append(
            Problem(check="file", file=page.file, line=page.body_line, message=message)
        )
    if not page.body.strip():
        message = "there is no text below the second ---. It would be shown as it is."
        resolver.problems.append(
            Problem(
                check="empty",
                file=page.file,
                line=page.body_line,
                subject=page.matter.title,
                message=message,
            )
        )
    summary = summary or _first_paragraph(body)
    return Text(
        body=resolver.text(page, body),
        summary=resolver.summary(page, summary) if page.matter.summary else Hypertext((summary,)),
        plain_summary=text_of(summary),
        button=resolver.button(page),
        image=resolver.image(page),
    )


def _first_paragraph(html: str) -> str:
    """Return the words of the first paragraph that has any, escaped, without markup and notes."""
    paragraphs = (_NOTE.sub("", found[1]) for found in _PARAGRAPH.finditer(html))
    words = next(filter(None, map(text_of, paragraphs)), "")
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _logos(
    config: Config, roster: Roster, shelf: Shelf, day: date
) -> tuple[dict[int, Logos], list[Problem]]:
    """Publish the logos of who shows; only look at those of everybody else."""
    logos = {}
    problems: list[Problem] = []
    closed = Shelf(config.content, None)
    for sponsor in roster.sponsors:
        public = calendar.is_shown(sponsor, day) and sponsor.logo is not None
        found: dict[str, Asset] = {}
        for name in filter(None, (sponsor.logo, sponsor.logo_dark)):
            try:
                found[name] = (shelf if public else closed).logo(name)
            except Unusable as reason:
                problems.append(_logo_problem(config, sponsor, name, str(reason)))
        if public and sponsor.logo in found:
            dark = found.get(sponsor.logo_dark or "")
            logos[sponsor.line] = Logos(light=found[sponsor.logo], dark=dark)
        problems += _print_logo(config, sponsor)
    return logos, problems


def _print_logo(config: Config, sponsor: Sponsor) -> Iterable[Problem]:
    name = sponsor.logo_print
    try:
        if name:
            check_print_logo(config.content / "logos", name)
    except Unusable as reason:
        yield _logo_problem(config, sponsor, name or "", str(reason))


def _logo_problem(config: Config, sponsor: Sponsor, name: str, reason: str) -> Problem:
    text, _ = read_text(config.folder / ROSTER_FILE, ROSTER_FILE)
    entry = "\n".join((text or "").split("\n")[sponsor.line - 1 :])
    return Problem(
        check="logo",
        file=ROSTER_FILE,
        line=find_line(entry, name, sponsor.line) or sponsor.line,
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
