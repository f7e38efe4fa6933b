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
from milepost.roster.names import Names
from milepost.roster.sponsor import Sponsor
from milepost.source import Listing, Scalar, read_text
from milepost.words import Words

Kind = Literal["name", "credit", "page", "presenter"]

_SETTINGS: Final = ("pelicanconf.py", "publishconf.py")
_TEMPLATE_REMARK = re.compile(r"{#.*?#}", re.DOTALL)
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
    yield from _below(site, "content", _TEXTS)
    yield from _templates(site)
    for name in _SETTINGS:
        if (site / name).is_file():
            yield name, site / name


def _templates(site: Path) -> Iterator[tuple[str, Path]]:
    return _below(site, "theme", (".html",))


def _below(site: Path, folder: str, endings: tuple[str, ...]) -> Iterator[tuple[str, Path]]:
    for name, path in paths.walk(site / folder):
        if name.lower().endswith(endings) and path.is_file():
            yield f"{folder}/{name}", path


def _names(text: str, wanted: Wanted) -> Iterator[int]:
    longer = [found.span() for found in _pattern([wanted.unless]).finditer(text)]
    # As a build has it, which tells of hidden names in whichever capitals and with other signs.
    near = Names(wanted.names, wanted.names).find(text)
    spelt = (found.written for found in near if found.has_its_letters)
    for found in _pattern([*wanted.names, *spelt]).finditer(text):
        if not any(first <= found.start() and found.end() <= last for first, last in longer):
            yield found.start()


def _pattern(names: Iterable[str]) -> re.Pattern[str]:
    """Return what matches the names as whole words, also over the end of a line.

    What stands in an address or in the name of a file is no word.
    """
    spelt = (
        r"(?:\s|&nbsp;|&#160;)+".join(
            "".join(_LETTERS.get(sign, re.escape(sign)) for sign in word) for word in words
        )
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


def words_of(roster: Roster, sponsors: Iterable[Sponsor]) -> Iterator[Words]:
    """Yield what the list says in its author's own words: of its tiers, and of these sponsors.

    What it says of removed ones is nobody's business.
    """
    for tier in roster.tiers:
        if tier.id in roster.tier_lines:
            line, subject = roster.tier_lines[tier.id], f"heading of tier {quote(tier.id)}"
            yield Words(file=FILE, line=line, subject=subject, text=tier.title)
    for sponsor in sponsors:
        for key, text in _said(sponsor) if sponsor.status != "removed" else ():
            yield Words(
                file=FILE,
                line=sponsor.line,
                subject=f"{key} of {quote(sponsor.name)}",
                text=text,
                sponsor_id=sponsor.id,
            )


def _said(sponsor: Sponsor) -> Iterator[tuple[str, str]]:
    for key, text in (
        ("text", sponsor.text),
        ("thanks_for", sponsor.thanks_for),
        ("perk", sponsor.perk.text if sponsor.perk else None),
        *(("links", label) for label in sponsor.links),
    ):
        if text:
            yield key, text


def template_words(site: Path) -> Iterator[Words]:
    """Yield the site's own templates, as the words that they put into pages."""
    for name, path in _templates(site):
        text, _ = read_text(path, name)
        if text:
            seen = _TEMPLATE_REMARK.sub(lambda found: "\n" * found[0].count("\n"), text)
            yield Words(file=name, line=1, subject="", text=seen, is_template=True)


def _in_list(roster: Roster, wanted: Wanted) -> Iterator[Mention]:
    """Yield what the list says of sponsors with the name in it."""
    for words in words_of(roster, roster.sponsors):
        if [*_names(words.text, wanted)]:
            yield Mention(kind="name", file=words.file, line=words.line, words=words.subject)
