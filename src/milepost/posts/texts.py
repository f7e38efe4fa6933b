"""The words of posts and pages: converted from Markdown, their links resolved."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from milepost.config import SETTINGS_FILE, Config
from milepost.media import Shelf
from milepost.posts.convert import Converter, text_of
from milepost.posts.links import Hypertext, Target, forbidden
from milepost.posts.notice import Notice
from milepost.posts.post import Page, has_page, last_day
from milepost.posts.resolve import Resolver
from milepost.problems import Problem
from milepost.settings_file import line_of_setting
from milepost.source import find_line, read_text

_PARAGRAPH: Final = re.compile(r"<p\b[^<>]*+>(.*?)(?:</p>|\Z)", re.DOTALL)
_HEADING: Final = re.compile(r"<h[1-6]\b[^<>]*+>(.*?)</h[1-6]>", re.DOTALL)
_NOTE: Final = re.compile(r'<sup id="fnref[^<>]*+><a [^<>]*+>[^<>]*+</a></sup>')


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A post's or page's words with every link resolved. `plain_summary` has no markup."""

    body: Hypertext
    summary: Hypertext
    plain_summary: str
    button: Target | None
    image: Target | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Texts:
    """The texts of what has a page, today or later, by file; the settings' links; the notice.

    `links` has an entry for every link, as the settings write it.
    """

    texts: Mapping[str, Text]
    links: Mapping[str, Target]
    notice: Hypertext | None


def read_texts(
    config: Config,
    pages: Mapping[str, Page],
    broken: frozenset[str],
    shelf: Shelf,
    day: date,
    *,
    notice: Notice | None = None,
) -> tuple[Texts, list[Problem]]:
    """Convert and resolve what is public on the day, and what will be, for its problems.

    `pages` are all posts and pages by file, `broken` the files of those that cannot be read,
    `notice` the one that stands on the day.
    """
    converter, problems = _converter(config)
    resolver = Resolver(config.content.name, pages, broken, shelf, day)
    later = Resolver(config.content.name, pages, broken, Shelf(config.content, None), day)
    texts = {}
    for page in pages.values():
        if has_page(page, day):
            texts[page.file] = _text(page, converter, resolver)
        elif page.matter.status != "draft" and last_day(page) >= day:
            texts[page.file] = _text(page, converter, later)
    links = {
        written: resolver.elsewhere(written, SETTINGS_FILE, _settings_line(config, written))
        for written in config.links
    }
    news = _notice(notice.page, converter, resolver) if notice else None
    found = Texts(texts=texts, links=links, notice=news)
    return found, [*problems, *resolver.problems, *later.problems]


def _notice(page: Page, converter: Converter, resolver: Resolver) -> Hypertext:
    """Return the notice's words. It stands above every page's heading and may have none itself."""
    html = converter.html(page.body)
    if any(forbidden(html)):
        # The news must get out: what no page may carry is shown as words.
        html = converter.html(page.body.replace("<", "&lt;"))
        message = "a notice may have no HTML; it is shown as it was written."
        resolver.problems.append(Problem(check="notice", file=page.file, message=message))
    return resolver.text(page, _HEADING.sub(r"<p><strong>\1</strong></p>", html))


def _converter(config: Config) -> tuple[Converter, list[Problem]]:
    try:
        return Converter(config.markdown), []
    except Exception as error:  # noqa: BLE001 - extensions are anybody's code
        problem = Problem(
            check="entry",
            file=SETTINGS_FILE,
            line=line_of_setting(config.folder, "MARKDOWN"),
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
