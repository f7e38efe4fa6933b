"""The words of posts and pages: converted from Markdown, their links resolved."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any, Final

from milepost.config import SETTINGS_FILE, Config
from milepost.keeping import Forgetful, Keeper, key_of
from milepost.media import Shelf
from milepost.posts.convert import Converter
from milepost.posts.converted import Converted, Markup, convert_all, markup_of, unpacked
from milepost.posts.fingerprint import Unstable, fingerprint
from milepost.posts.links import Hypertext, Target, forbidden
from milepost.posts.notice import Notice
from milepost.posts.post import Page, has_page, last_day
from milepost.posts.resolve import Resolver
from milepost.problems import Problem
from milepost.settings_file import line_of_setting
from milepost.sharing import Workers, alone
from milepost.source import find_line, read_text

_HEADING: Final = re.compile(r"<h[1-6]\b[^<>]*+>(.*?)</h[1-6]>", re.DOTALL)


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
    keeper: Keeper | None = None,
    workers: Workers = alone,
) -> tuple[Texts, list[Problem]]:
    """Convert and resolve what is public on the day, and what will be, for its problems.

    `pages` are all posts and pages by file, `broken` the files of those that cannot be read,
    `notice` the one that stands on the day. What the `keeper` has is not converted again; the
    `workers` convert the rest.
    """
    converter, settings, problems = _converter(config)
    resolver = Resolver(config.content.name, pages, broken, shelf, day)
    later = Resolver(config.content.name, pages, broken, Shelf(config.content, None), day)
    wanted = [
        page for page in pages.values() if page.matter.status != "draft" and last_day(page) >= day
    ]
    converted = _converted(wanted, settings, keeper or Forgetful(), workers)
    texts = {
        page.file: _text(page, text, resolver if has_page(page, day) else later)
        for page, text in zip(wanted, converted, strict=True)
    }
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
    return resolver.text(page, markup_of(_HEADING.sub(r"<p><strong>\1</strong></p>", html)))


def _converter(config: Config) -> tuple[Converter, Mapping[str, Any], list[Problem]]:
    """Return what converts, and its settings: none of the site's where these cannot be used."""
    try:
        return Converter(config.markdown), config.markdown, []
    except Exception as error:  # noqa: BLE001 - extensions are anybody's code
        problem = Problem(
            check="entry",
            file=SETTINGS_FILE,
            line=line_of_setting(config.folder, "MARKDOWN"),
            subject="MARKDOWN",
            message=f"Markdown cannot be read this way: {error}.",
        )
        return Converter({}), {}, [problem]


def _settings_line(config: Config, needle: str) -> int | None:
    text, _ = read_text(config.folder / SETTINGS_FILE, SETTINGS_FILE)
    return find_line(text or "", needle)


def _converted(
    pages: Sequence[Page], settings: Mapping[str, Any], keeper: Keeper, workers: Workers
) -> list[Converted]:
    """Return the texts of the pages, from the keeper where it has them."""
    texts = [(page.body, page.matter.summary or "") for page in pages]
    convert, likeness = partial(convert_all, settings), partial(fingerprint, settings)
    try:
        start = likeness()
    except Unstable as reason:
        keeper.renounce(f"posts are converted anew in every build: {reason}.")
        return [unpacked(data) for data in workers(convert, texts, likeness)]
    keys = [key_of(start, body.encode(), summary.encode()) for body, summary in texts]
    kept = keeper.recall(keys)
    missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in kept}
    made = workers(convert, list(missing.values()), likeness)
    new = dict(zip(missing, made, strict=True))
    keeper.keep(new)
    return [unpacked(new.get(key) or kept[key]) for key in keys]


def _text(page: Page, text: Converted, resolver: Resolver) -> Text:
    if text.is_too_deep:
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
    summary = text.summary
    return Text(
        body=resolver.text(page, text.body),
        summary=resolver.summary(page, summary) if text.is_own else Hypertext(_plain(summary)),
        plain_summary=text.plain_summary,
        button=resolver.button(page),
        image=resolver.image(page),
    )


def _plain(markup: Markup) -> tuple[str, ...]:
    return tuple(piece for piece in markup.pieces if isinstance(piece, str))
