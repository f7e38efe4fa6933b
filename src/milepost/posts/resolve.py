"""Where the links of posts and pages lead on a day, and which of them lead nowhere."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from pathlib import PurePosixPath
from typing import Final
from urllib.parse import unquote, urljoin, urlsplit

from milepost import addresses, weblinks
from milepost.images import Unusable
from milepost.media import DOWNLOADS, PICTURES, Shelf
from milepost.posts.converted import Markup
from milepost.posts.links import Hypertext, Link, Target, link, resolve
from milepost.posts.places import Places
from milepost.posts.post import Page, absence, first_day
from milepost.problems import Problem, nearest
from milepost.source import Table

_TERMS: Final = {
    "category": addresses.topic,
    "tag": addresses.tag,
    "author": addresses.author,
}


MOST_GUESSES: Final = 20
"""Links for which the nearest name is looked for, among those of all posts each time."""


class _Broken(ValueError):
    """A link that leads nowhere or may not be followed; `check` names the kind of problem."""

    def __init__(self, check: str, message: str) -> None:
        super().__init__(message)
        self.check = check


class Resolver:
    """Resolves the links of every page against the site as it is on one day.

    `content` is the name of the content folder; `pages` are all posts and pages by file,
    published or not, and `broken` the files of those that cannot be read, which are reported
    already. `problems` collects what is wrong.
    """

    def __init__(
        self,
        content: str,
        pages: Mapping[str, Page],
        broken: Collection[str],
        shelf: Shelf,
        day: date,
    ) -> None:
        self._content = content
        self._pages = pages
        self._broken = broken
        self._shelf = shelf
        self._day = day
        self._guesses: dict[str, str] = {}
        self.problems: list[Problem] = []

    def text(self, page: Page, text: Markup) -> Hypertext:
        """Return a page's text with its links resolved; what is wrong becomes a problem."""
        places = Places(page)
        self._judge(page, text, places.line)

        def target_of(found: Link) -> Target:
            places.count(found.written)
            if found.tag == "img":
                self._judge_picture(page, found, places)
            return self._target(page, found, lambda: places.line(_needles(found)))

        return resolve(text.pieces, target_of)

    def summary(self, page: Page, text: Markup) -> Hypertext:
        """Return the HTML of the summary in a page's header, with its links resolved.

        Lists show it on other pages, so a link into the page itself becomes a link to the page.
        """
        line = page.header.line_of("summary")
        self._judge(page, text, lambda _: line)

        def target_of(found: Link) -> Target:
            target = self._target(page, found, lambda: line)
            if target.address.startswith("#"):
                return Target(address=page.address + target.address, internal=True)
            return target

        return resolve(text.pieces, target_of)

    def button(self, page: Page) -> Target | None:
        """Return where a page's button leads."""
        button = page.matter.button
        if not button:
            return None
        node = page.header.get("button")
        line = node.line_of("url") if isinstance(node, Table) else page.header.line_of("button")
        return self._target(page, link(button.url), lambda: line)

    def image(self, page: Page) -> Target | None:
        """Return the address and size of the picture in a page's header."""
        written = page.matter.image
        if not written:
            return None
        plain = not written.startswith(("{", "|"))
        found = link(f"{{static}}/images/{written}" if plain else written)
        return self._target(page, found, lambda: page.header.line_of("image"))

    def elsewhere(self, written: str, file: str, line: int | None) -> Target:
        """Return where a link in the settings leads, relative to the content folder."""
        found = link(written)
        try:
            return self._resolve(f"{self._content}/", addresses.HOME, self._day, found)
        except _Broken as reason:
            self.problems.append(
                Problem(check=reason.check, file=file, line=line, message=str(reason))
            )
            return Target(address="/", internal=True)

    def _judge(
        self, page: Page, text: Markup, line_of: Callable[[Sequence[str]], int | None]
    ) -> None:
        """Report what the HTML of a text may not have. `line_of` finds one of some words."""
        for what in text.unsafe:
            message = f"the text has {what}, which pages of this site may not carry. Delete it."
            self._report(page, "unsafe", message, line_of([what]))
        for words in text.headings:
            message = (
                f'the heading "{words}" is a main one, which the title is already. '
                "Begin it with ## and not with #."
            )
            needles = [f"# {words}", words, f"# {words.partition(' ')[0]}", "<h1"]
            self._report(page, "markup", message, line_of(needles))

    def _judge_picture(self, page: Page, found: Link, places: Places) -> None:
        if line := places.line_without_words(found.written):
            message = (
                f"the picture {found.written} has no words for those who cannot see it. Write "
                "them between the brackets, as ![The start](…)."
            )
            self._report(page, "markup", message, line)

    def _target(self, page: Page, found: Link, line: Callable[[], int | None]) -> Target:
        try:
            # A post that is due later may link to what is public by then.
            day = max(self._day, first_day(page))
            return self._resolve(page.file, page.address, day, found)
        except _Broken as reason:
            self._report(page, reason.check, str(reason), line())
            return Target(address=found.value, internal=False)

    def _resolve(self, file: str, address: str, day: date, found: Link) -> Target:
        match found.what:
            case "filename" | "static" | "attach":
                return self._source(file, day, found)
            case "category" | "tag" | "author":
                return Target(
                    address=_TERMS[found.what](addresses.slugify(found.value)), internal=True
                )
            case "index":
                return Target(address=addresses.HOME, internal=True)
            case _:
                return self._written(file, address, found)

    def _source(self, file: str, day: date, found: Link) -> Target:
        path, mark, fragment = found.value.partition("#")
        path, _, _ = path.partition("?")
        names = dict.fromkeys((path, unquote(path)))
        *_, source = sources = [self._absolute(file, name) for name in names]
        for name in sources:
            if page := self._pages.get(name):
                if reason := absence(page, day):
                    raise _Broken(
                        "broken-link",
                        f"the link {found.written} leads to what {reason}: {page.file}.",
                    )
                return Target(address=page.address + mark + fragment, internal=True)
            if name in self._broken:
                return Target(address=addresses.HOME, internal=True)
        return self._media(file, source, found)

    def _absolute(self, file: str, name: str) -> str:
        """Return a linked file's name: below content/ after a /, else beside the linking file."""
        start = self._content if name.startswith("/") else posixpath.dirname(file)
        return posixpath.normpath(posixpath.join(start, name.lstrip("/")))

    def _media(self, file: str, source: str, found: Link) -> Target:
        inside = source.removeprefix(f"{self._content}/")
        suffix = PurePosixPath(source).suffix.lower()
        if inside == source:
            raise _Broken("path", f"the link {found.written} leads out of {self._content}/.")
        if suffix not in PICTURES | DOWNLOADS:
            guess = self._guess(file, inside)
            raise _Broken(
                "broken-link", f"the link {found.written} leads to no post, page or file.{guess}"
            )
        try:
            asset = self._shelf.file(inside)
        except Unusable as reason:
            check = "broken-link" if "does not exist" in str(reason) else "logo"
            raise _Broken(check, f"{found.written}: {reason}") from None
        return Target(address=asset.address, internal=True, width=asset.width, height=asset.height)

    def _guess(self, file: str, inside: str) -> str:
        """Return the nearest post or page as a link to write; never the one that is linking."""
        key = f"{file} {inside}"
        if key not in self._guesses and len(self._guesses) < MOST_GUESSES:
            # By the names alone: folders and endings are alike in all of them.
            names = {PurePosixPath(name).stem: name for name in self._pages if name != file}
            near = nearest(PurePosixPath(inside).stem, names)
            link = "{filename}" + names[near].removeprefix(self._content) if near else ""
            self._guesses[key] = f' Did you mean "{link}"?' if near else ""
        return self._guesses.get(key, "")

    def _written(self, file: str, address: str, found: Link) -> Target:
        """Take a link without braces: a full one, an address on the site, or part of the page."""
        value = found.value
        if weblinks.scheme_of(value) or value.startswith("//"):
            schemes = weblinks.WEB if found.loads else weblinks.ANY
            if reason := weblinks.objection(value, schemes):
                raise _Broken("link-scheme", f'the link "{value}" {reason}.')
            if found.loads:
                raise _Broken(
                    "third-party",
                    f"{value} would be loaded from {urlsplit(value).hostname} by every reader. Put "
                    f"a copy into {self._content}/images/ and link that.",
                )
            return Target(address=value, internal=False)
        if value.startswith("#"):
            return Target(address=value, internal=False)
        if not value:
            raise _Broken("broken-link", "there is a link without an address.")
        path = value.partition("#")[0].partition("?")[0]
        self._refuse_unlike(path, value)
        if brace := self._brace(file, path):
            raise _Broken(
                "broken-link", f'the link "{value}" must be written {{{brace}}}{value} here.'
            )
        return Target(address=urljoin(address, value), internal=True)

    @staticmethod
    def _refuse_unlike(path: str, value: str) -> None:
        """Refuse what is meant to lead to another site or to somebody's mail."""
        if path.lower().startswith("www."):
            raise _Broken("broken-link", f'the link "{value}" must begin with https:// here.')
        if "@" in path and "/" not in path:
            raise _Broken("broken-link", f'the link "{value}" must begin with mailto: here.')

    def _brace(self, file: str, path: str) -> str:
        """Return the word in braces that a link to a file of content/ lacks, or ""."""
        suffix = PurePosixPath(path).suffix.lower()
        if path.startswith("/"):
            return ""
        if suffix == ".md" or self._absolute(file, unquote(path)) in self._pages:
            return "filename"
        return "static" if suffix in PICTURES else ""

    def _report(self, page: Page, check: str, message: str, line: int | None) -> None:
        self.problems.append(
            Problem(
                check=check,
                file=page.file,
                line=line,
                subject=page.matter.title,
                message=message,
            )
        )


def _needles(found: Link) -> Sequence[str]:
    """Return what a link may look like in its file, the likeliest first."""
    # Markdown makes spaces of tabs, so the last word may be all that the file has too.
    ending = found.value.split()[-1:] or ["]()"]
    return [found.written, found.raw, found.value, found.value.split("#")[0], *ending]
