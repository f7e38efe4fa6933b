"""Every address of a site, the file behind it, and the words that are taken."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from unidecode import unidecode

from milepost import paths
from milepost.problems import Problem, quote

HOME: Final = "/"
BLOG: Final = "/blog/"
ARCHIVE: Final = "/blog/archive/"
SPONSORS: Final = "/sponsors/"
CONTACT: Final = "/contact/"
RACE_DAY: Final = "/race-day/"
THANKS: Final = "/contact/thanks/"
NOT_FOUND: Final = "/404.html"
FEED: Final = "/feed.xml"
EXAMPLES: Final = "/theme-examples/"
JSON_FEED: Final = "/feed.json"
HEADERS: Final = "/_headers"
SITEMAP: Final = "/sitemap.xml"
ROBOTS: Final = "/robots.txt"
SPONSORS_JSON: Final = "/sponsors.json"
BUILD_JSON: Final = "/build.json"
MEDIA: Final = "/media/"

STANDARD_PAGES: Final = {
    "home": HOME,
    "blog": BLOG,
    "race-day": RACE_DAY,
    "sponsors": SPONSORS,
    "contact": CONTACT,
}
"""Pages that Milepost makes; a page of that slug in content/pages gives their words."""

RESERVED_PAGES: Final = frozenset(
    {
        "media",
        "search",
        "theme-examples",
        "feed",
        "sitemap",
        "robots",
        "404",
        "index",
        "build",
        "race",
    }
)
RESERVED_POSTS: Final = frozenset({"page", "topics", "tags", "authors", "archive", "index"})
RESERVED_SPONSORS: Final = frozenset({"editions", "index"})

LONGEST: Final = 200
"""Characters that one part of an address may have: files' names end at 255 bytes on every disk."""

_NOT_SLUG = re.compile(r"[^a-z0-9]+")
_APOSTROPHES = re.compile("['\N{RIGHT SINGLE QUOTATION MARK}`]")


@lru_cache(maxsize=4096)
def slugify(words: str) -> str:
    """Return words as the last part of an address, "" when none of them has a letter or digit.

    Letters of other alphabets are written in Latin ones.
    """
    return _NOT_SLUG.sub("-", _APOSTROPHES.sub("", unidecode(words)).lower()).strip("-")


def objection(slug: str) -> str | None:
    """Return why a slug cannot be the name of a folder everywhere, or None when it can.

    The reason completes a sentence that begins with the slug.
    """
    if len(slug) > LONGEST:
        return f"is longer than {LONGEST} characters"
    if slug in paths.WINDOWS_NAMES:
        return "is a name that Windows keeps for itself"
    return None


def post(slug: str) -> str:
    """Return the address of a post."""
    return f"/blog/{slug}/"


def page(slug: str) -> str:
    """Return the address of one of the site's own pages."""
    return STANDARD_PAGES.get(slug, f"/{slug}/")


def numbered(first: str, number: int) -> str:
    """Return the address of page `number` of the listing that begins at `first`."""
    return first if number == 1 else f"{first}page/{number}/"


def topic(slug: str) -> str:
    """Return the address of a category's posts."""
    return f"/blog/topics/{slug}/"


def tag(slug: str) -> str:
    """Return the address of a tag's posts."""
    return f"/blog/tags/{slug}/"


def author(slug: str) -> str:
    """Return the address of an author's posts."""
    return f"/blog/authors/{slug}/"


def archive(year: int) -> str:
    """Return the address of a year's posts."""
    return f"{ARCHIVE}{year}/"


def sponsor(sponsor_id: str) -> str:
    """Return the address of a sponsor's own page."""
    return f"{SPONSORS}{sponsor_id}/"


def old(written: str) -> str:
    """Return an old address as one that a file can stand at: without a suffix it is a folder."""
    last = written.rsplit("/", 1)[-1]
    return written if not last or "." in last else f"{written}/"


def mark(sponsor_id: str) -> str:
    """Return the id that a sponsor's place on a wall has in every page."""
    return f"mark-{sponsor_id}"


def media(name: str, digest: str, suffix: str) -> str:
    """Return the address of a file that is no page: neutral, and new whenever its bytes are.

    `digest` is the hexadecimal SHA-256 of the bytes, `suffix` begins with a dot.
    """
    return f"{MEDIA}{slugify(name) or 'file'}-{digest[:12]}{suffix}"


def file_of(address: str) -> str:
    """Return the file behind an address, relative to the output folder."""
    name = address.lstrip("/")
    return f"{name}index.html" if not name or name.endswith("/") else name


def address_of(file: str) -> str:
    """Return the address of an output file."""
    if file == "index.html" or file.endswith("/index.html"):
        return "/" + file.removesuffix("index.html")
    return "/" + file


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """Somebody who wants an address: the file and line to report, and what it is for."""

    address: str
    file: str
    what: str
    line: int | None = None


class AddressBook:
    """Who has which address. Two who want the same one, on any disk, are a problem."""

    def __init__(self) -> None:
        self._owners: dict[str, Claim] = {}
        self._folders: dict[str, Claim] = {}

    def claim(self, claim: Claim) -> list[Problem]:
        """Give an address to a claimant, or say who has it already.

        Case is ignored, as on the disks of Windows and macOS; a file may not stand where a
        folder must be.
        """
        name = _on_any_disk(file_of(claim.address))
        folders = [name[: at.start()] for at in re.finditer("/", name)]
        taken = self._owners.get(name) or self._folders.get(name)
        taken = taken or next((self._owners[at] for at in folders if at in self._owners), None)
        if taken:
            return [_collision(claim, taken)]
        self._owners[name] = claim
        for folder in folders:
            self._folders.setdefault(folder, claim)
        return []

    def files(self) -> frozenset[str]:
        """Return every file that has an owner, case-folded."""
        return frozenset(self._owners)


def _on_any_disk(file: str) -> str:
    return unicodedata.normalize("NFC", file).casefold()


def _collision(claim: Claim, taken: Claim) -> Problem:
    place = f"{taken.file}, line {taken.line}" if taken.line else taken.file
    if not taken.file:
        message = f"the address {claim.address} is one that the site needs for {taken.what}."
    elif (claim.file, claim.what) == (taken.file, taken.what):
        message = f"the address {claim.address} is this page's own already. Delete the old one."
    else:
        message = (
            f"the address {claim.address} is taken already by {quote(taken.what)} ({place}). "
            "Give one of them another address."
        )
    return Problem(
        check="address", file=claim.file, line=claim.line, subject=claim.what, message=message
    )
