"""Where a sponsor stands in the words of a site's authors, which no build changes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from milepost import paths
from milepost.addresses import mark
from milepost.posts.frontmatter import split
from milepost.problems import quote, shortened
from milepost.roster.load import FILE, Roster
from milepost.roster.sponsor import Sponsor
from milepost.source import Listing, Scalar, read_text
from milepost.words import Words

Kind = Literal["name", "credit", "page", "presenter"]

_SETTINGS: Final = ("pelicanconf.py", "publishconf.py")
_TEXTS: Final = (".md", ".markdown", ".txt")
_APOSTROPHES: Final = "['\N{RIGHT SINGLE QUOTATION MARK}]"
_LETTERS: Final = {
    "'": _APOSTROPHES,
    "\N{RIGHT SINGLE QUOTATION MARK}": _APOSTROPHES,
    "&": "(?:&amp;|&)",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """One line of an author that names a sponsor, credits it, or leads to its page."""

    kind: Kind
    file: str
    line: int
    words: str

    def text(self) -> str:
        """Return the place and the words, on one line."""
        return f"{self.file}, line {self.line}: {self.words}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """The sponsor that is looked for: its id, its names, and a longer name that is none of them."""

    sponsor_id: str
    names: Sequence[str]
    unless: str = ""


def mentions(site: Path, roster: Roster, wanted: Wanted) -> list[Mention]:
    """Return where a sponsor still stands, file by file.

    Looked through are texts, public or not, the notice, the site's own templates, the settings,
    and what the list says of other sponsors. Files that cannot be read are passed over: a build
    reports them.
    """
    found: list[Mention] = []
    for name, path in _files(site):
        text, _ = read_text(path, name)
        found += mentions_in(text, name, wanted) if text else ()
    return [*found, *_in_list(roster, wanted)]


def mentions_in(text: str, file: str, wanted: Wanted) -> list[Mention]:
    """Return where a sponsor stands in one text, each line once a kind, in the order of lines."""
    places: dict[tuple[int, Kind], None] = {}
    for kind, at in (
        *(("name", at) for at in _names(text, wanted)),
        *_addresses(text, wanted.sponsor_id),
        *_presenters(text, file, wanted.sponsor_id),
    ):
        places[text.count("\n", 0, at) + 1, kind] = None
    for line in _credits(text, file, wanted.sponsor_id):
        places[line, "credit"] = None
    lines = text.split("\n")
    by_id = {line for line, kind in places if kind in {"credit", "presenter"}}
    return [
        Mention(kind=kind, file=file, line=line, words=shortened(lines[line - 1].strip()))
        for line, kind in sorted(places)
        # An id is often the name in small letters.
        if kind != "name" or line not in by_id
    ]


def _files(site: Path) -> Iterator[tuple[str, Path]]:
    for folder, endings in (("content", _TEXTS), ("theme", (".html",))):
        for name, path in paths.walk(site / folder):
            if name.lower().endswith(endings) and path.is_file():
                yield f"{folder}/{name}", path
    for name in _SETTINGS:
        if (site / name).is_file():
            yield name, site / name


def _names(text: str, wanted: Wanted) -> Iterator[int]:
    longer = [found.span() for found in _pattern([wanted.unless]).finditer(text)]
    for found in _pattern(wanted.names).finditer(text):
        if not any(first <= found.start() and found.end() <= last for first, last in longer):
            yield found.start()


def _pattern(names: Iterable[str]) -> re.Pattern[str]:
    """Return what matches the names as whole words, also over the end of a line.

    What stands in an address or in the name of a file is no word.
    """
    spelt = (
        r"\s+".join("".join(_LETTERS.get(sign, re.escape(sign)) for sign in word) for word in words)
        for words in sorted((name.split() for name in names if name.strip()), reverse=True)
    )
    return re.compile(
        rf"(?<![\w/@#.-])(?:{'|'.join(spelt) or '(?!)'})(?![\w/@]|\.\w)", re.IGNORECASE
    )


def _addresses(text: str, sponsor_id: str) -> Iterator[tuple[Kind, int]]:
    spelt = rf"sponsors/{re.escape(sponsor_id)}|#{re.escape(mark(sponsor_id))}"
    for found in re.finditer(rf"(?:{spelt})(?![\w-])", text):
        yield "page", found.start()


def _presenters(text: str, file: str, sponsor_id: str) -> Iterator[tuple[Kind, int]]:
    if file in _SETTINGS:
        spelt = rf"presented_by\W{{1,12}}{re.escape(sponsor_id)}(?![\w-])"
        for found in re.finditer(spelt, text):
            yield "presenter", found.start()


def _credits(text: str, file: str, sponsor_id: str) -> Iterator[int]:
    """Yield the line of `sponsors:` above a text that names the sponsor."""
    header, _ = split(text, file) if file.startswith("content/") else (None, [])
    value = header.node.get("sponsors") if header else None
    items = value.items if isinstance(value, Listing) else (value,)
    written = (item for item in items if isinstance(item, Scalar))
    for item in written:
        if sponsor_id in re.split(r"[\s,]+", item.text.strip()):
            yield item.line


def words_of(sponsors: Iterable[Sponsor]) -> Iterator[Words]:
    """Yield what their entries say of these sponsors in sentences, but for removed ones."""
    for sponsor in sponsors:
        perk = sponsor.perk.text if sponsor.perk else None
        own = {"text": sponsor.text, "thanks_for": sponsor.thanks_for, "perk": perk}
        for key, text in own.items():
            if text and sponsor.status != "removed":
                yield Words(
                    file=FILE,
                    line=sponsor.line,
                    subject=f"{key} of {quote(sponsor.name)}",
                    text=text,
                    sponsor_id=sponsor.id,
                )


def _in_list(roster: Roster, wanted: Wanted) -> Iterator[Mention]:
    """Yield what the list says of sponsors with the name in it."""
    for words in words_of(roster.sponsors):
        if [*_names(words.text, wanted)]:
            yield Mention(kind="name", file=words.file, line=words.line, words=words.subject)
