"""Where the links of posts and pages lead on a day, and which of them lead nowhere."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from datetime import date
from pathlib import PurePosixPath
from typing import Final
from urllib.parse import unquote, urlsplit

from milepost import addresses, weblinks
from milepost.images import Unusable
from milepost.media import DOWNLOADS, PICTURES, Shelf
from milepost.posts.links import Hypertext, Link, Target, forbidden, line_of, link, resolve
from milepost.posts.post import Page, absence, first_day
from milepost.problems import Problem, did_you_mean

_TERMS: Final = {
    "category": addresses.topic,
    "tag": addresses.tag,
    "author": addresses.author,
}


class _Broken(ValueError):
    """A link that leads nowhere or may not be followed; `check` names the kind of problem."""

    def __init__(self, check: str, message: str) -> None:
        super().__init__(message)
        self.check = check


class Resolver:
    """Resolves the links of every page against the site as it is on one day.

    `content` is the name of the content folder; `pages` are all posts and pages by file,
    published or not. `problems` collects what is wrong.
    """

    def __init__(self, content: str, pages: Mapping[str, Page], shelf: Shelf, day: date) -> None:
        self._content = content
        self._pages = pages
        self._shelf = shelf
        self._day = day
        self.problems: list[Problem] = []

    def text(self, page: Page, html: str) -> Hypertext:
        """Return a page's HTML with its links resolved; what is wrong becomes a problem."""
        for what in forbidden(html):
            message = f"the text has {what}, which pages of this site may not carry. Delete it."
            self._report(page, "markup", message, line_of(page, [what]))
        return resolve(html, lambda found: self._target(page, found, None))

    def button(self, page: Page) -> Target | None:
        """Return where a page's button leads."""
        button = page.matter.button
        return self._target(page, link(button.url), "button") if button else None

    def image(self, page: Page) -> Target | None:
        """Return the address and size of the picture in a page's header."""
        written = page.matter.image
        if not written:
            return None
        plain = not written.startswith(("{", "|"))
        found = link(f"{{static}}/images/{written}" if plain else written)
        return self._target(page, found, "image")

    def elsewhere(self, written: str, file: str, line: int | None) -> Target:
        """Return where a link in the settings leads, relative to the content folder."""
        found = link(written)
        try:
            return self._resolve(f"{self._content}/", self._day, found)
        except _Broken as reason:
            self.problems.append(
                Problem(check=reason.check, file=file, line=line, message=str(reason))
            )
            return Target(address="/", internal=True)

    def _target(self, page: Page, found: Link, key: str | None) -> Target:
        try:
            # A post that is due later may link to what is public by then.
            return self._resolve(page.file, max(self._day, first_day(page)), found)
        except _Broken as reason:
            line = (
                page.header.line_of(key)
                if key
                else line_of(page, [found.written, found.value, found.value.split("#")[0]])
            )
            self._report(page, reason.check, str(reason), line)
            return Target(address=found.value, internal=False)

    def _resolve(self, file: str, day: date, found: Link) -> Target:
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
                return self._written(file, found)

    def _source(self, file: str, day: date, found: Link) -> Target:
        path, mark, fragment = found.value.partition("#")
        path, _, _ = path.partition("?")
        for name in dict.fromkeys((path, unquote(path))):
            source = self._absolute(file, name)
            page = self._pages.get(source)
            if page:
                if reason := absence(page, day):
                    raise _Broken("broken-link", f"the link {found.written} leads to a post that "
                                  f"{reason}: {page.file}.")
                return Target(address=page.address + mark + fragment, internal=True)
        return self._media(source, found)

    def _absolute(self, file: str, name: str) -> str:
        """Return a linked file's name: below content/ after a /, else beside the linking file."""
        start = self._content if name.startswith("/") else posixpath.dirname(file)
        return posixpath.normpath(posixpath.join(start, name.lstrip("/")))

    def _media(self, source: str, found: Link) -> Target:
        inside = source.removeprefix(f"{self._content}/")
        suffix = PurePosixPath(source).suffix.lower()
        if inside == source:
            raise _Broken("path", f"the link {found.written} leads out of {self._content}/.")
        if suffix not in PICTURES | DOWNLOADS:
            known = [name.removeprefix(self._content) for name in self._pages]
            guess = did_you_mean(f"/{inside}", known)
            raise _Broken(
                "broken-link", f"the link {found.written} leads to no post, page or file.{guess}"
            )
        try:
            asset = self._shelf.file(inside)
        except Unusable as reason:
            check = "broken-link" if "does not exist" in str(reason) else "logo"
            raise _Broken(check, f"{found.written}: {reason}") from None
        return Target(
            address=asset.address, internal=True, width=asset.width, height=asset.height
        )

    def _written(self, file: str, found: Link) -> Target:
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
        path = value.partition("#")[0].partition("?")[0]
        source = self._absolute(file, unquote(path))
        if not path.startswith("/") and (
            source in self._pages or PurePosixPath(path).suffix.lower() in PICTURES | {".md"}
        ):
            brace = "filename" if path.lower().endswith(".md") else "static"
            raise _Broken(
                "broken-link", f'the link "{value}" must be written {{{brace}}}{value} here.'
            )
        return Target(address=value, internal=value.startswith("/"))

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
