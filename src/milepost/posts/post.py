"""A post or page as its author wrote it, and the days on which it is public."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from pathlib import PurePosixPath
from typing import TypeVar

from milepost import schema
from milepost.addresses import objection, slugify
from milepost.addresses import page as page_address
from milepost.addresses import post as post_address
from milepost.posts.frontmatter import FOREIGN, PageMatter, PostMatter, split, take_extra
from milepost.problems import Problem, quote
from milepost.source import Plain, Scalar, Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One of the site's own pages. `file` is relative to the site's folder.

    `body` is Markdown, and `body_line` the number of its first line in the file. `digest` is that
    of the whole file, for what is kept about it, or empty.
    """

    file: str
    header: Table = field(compare=False)
    matter: PageMatter
    slug: str
    body: str
    body_line: int
    extra: Mapping[str, Plain]
    digest: bytes = field(default=b"", compare=False, repr=False)

    @property
    def address(self) -> str:
        """Where the page stands on the site."""
        return page_address(self.slug)

    @property
    def changed(self) -> date | None:
        """The day of its last change that the author tells, or None."""
        moment = self.matter.modified or self.matter.date
        return moment[0] if moment else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Post(Page):
    """One post of the blog."""

    matter: PostMatter

    @property
    def address(self) -> str:
        """Where the post stands on the site."""
        return post_address(self.slug)

    @property
    def day(self) -> date:
        """The day from which the post is public."""
        return self.matter.date[0]

    @property
    def authors(self) -> tuple[str, ...]:
        """Who wrote it, as `author` or `authors` says."""
        return tuple(dict.fromkeys((*self.matter.author, *self.matter.authors)))

    @property
    def order(self) -> tuple[date, time, str]:
        """A key that sorts posts from old to new; the time orders the posts of one day."""
        day, moment = self.matter.date
        return day, moment or time.min, self.slug


P = TypeVar("P", bound=Page)


def first_day(page: Page) -> date:
    """Return the day from which a page is public if it is published."""
    return page.day if isinstance(page, Post) else date.min


def last_day(page: Page) -> date:
    """Return the last day on which a page is public if it is published."""
    return page.matter.expires or date.max


def has_page(page: Page, day: date) -> bool:
    """Say whether a post or page is at its address on a day: published or hidden, and due."""
    return page.matter.status != "draft" and first_day(page) <= day <= last_day(page)


def is_listed(page: Page, day: date) -> bool:
    """Say whether lists, feeds and the sitemap name a post or page on a day."""
    return has_page(page, day) and page.matter.status == "published"


def absence(page: Page, day: date) -> str | None:
    """Return why a post or page is not on the site on a day, or None when it is."""
    if page.matter.status == "draft":
        return "is a draft"
    if first_day(page) > day:
        return f"is not public before {first_day(page)}"
    if page.matter.expires and page.matter.expires < day:
        return f"was public until {page.matter.expires}"
    return None


def changes(page: Page) -> list[tuple[date, str]]:
    """Return (day, what happens then) for the days on which a page comes or goes."""
    if page.matter.status == "draft":
        return []
    found = [(first_day(page), f'"{page.matter.title}" is due')]
    if page.matter.expires:
        found.append((page.matter.expires + timedelta(days=1), f'"{page.matter.title}" expires'))
    return found


def read_post(
    text: str, file: str, extra: Collection[str] = ()
) -> tuple[Post | None, list[Problem]]:
    """Read the text of a post. Returns the post, or None with the reasons."""
    return _read(Post, PostMatter, text, file, extra=extra)


def read_page(
    text: str, file: str, extra: Collection[str] = ()
) -> tuple[Page | None, list[Problem]]:
    """Read the text of a page. Returns the page, or None with the reasons."""
    return _read(Page, PageMatter, text, file, extra=extra)


def _read(
    kind: type[P],
    model: type[PageMatter],
    text: str,
    file: str,
    *,
    extra: Collection[str],
) -> tuple[P | None, list[Problem]]:
    header, problems = split(text, file)
    if header is None:
        return None, problems
    node, added = take_extra(header, extra)
    matter, faults = schema.read(model, node, file, noun=kind.__name__.lower(), instead=FOREIGN)
    problems += [*faults, *(_backward(node, file) if kind is Post else ())]
    if matter is None:
        return None, problems
    slug = matter.slug or slugify(matter.title) or slugify(PurePosixPath(file).stem)
    if reason := _no_slug(slug):
        line = node.line_of("title")
        return None, [*problems, Problem(check="entry", file=file, line=line, message=reason)]
    made = kind(
        file=file,
        header=node,
        matter=matter,
        slug=slug,
        body=header.body,
        body_line=header.body_line,
        extra=added,
    )
    return made, problems


def _no_slug(slug: str) -> str | None:
    rest = "add a `slug:` of a to z, 0 to 9 and -."
    if not slug:
        return f"no address can be made from this title: {rest}"
    reason = objection(slug)
    return f"the address made from this title, {quote(slug)}, {reason}: {rest}" if reason else None


def _backward(node: Table, file: str) -> list[Problem]:
    """Compare as text: the days of a header that has other faults are compared as well."""
    first, last = node.get("date"), node.get("expires")
    if not isinstance(first, Scalar) or not isinstance(last, Scalar):
        return []
    try:
        backward = schema.day(last.text) < schema.moment(first.text)[0]
    except ValueError:
        return []
    if not backward:
        return []
    message = f"expires {last.text} is before date {first.text}, so it would never be public."
    return [Problem(check="entry", file=file, line=node.line_of("expires"), message=message)]
