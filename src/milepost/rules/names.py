"""Sponsors' names in authors' own words: hidden ones, misspelt ones, ones without a link."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Final
from urllib.parse import urlsplit

from milepost import addresses
from milepost.addresses import slugify
from milepost.keeping import Forgetful, Keeper, key_of
from milepost.posts.convert import text_of, without_code
from milepost.posts.fingerprint import reading_fingerprint
from milepost.posts.links import Hypertext
from milepost.posts.post import Page, Post
from milepost.posts.texts import Text
from milepost.problems import Problem, quote
from milepost.roster import calendar
from milepost.roster.load import FILE, Roster
from milepost.roster.mentions import words_of
from milepost.roster.names import (
    Found,
    Names,
    Row,
    core,
    find_in_all,
    letters,
    names_of,
    plain,
    short,
    with_blanks,
)
from milepost.roster.sponsor import Sponsor
from milepost.sharing import Workers, alone
from milepost.source import Listing, Table
from milepost.words import Words

_KEYS: Final = ("title", "summary", "description", "image_alt")
_TERMS: Final = ("category", "tags", "author", "authors")
_PICTURE_WORDS = re.compile(r"""<img\b[^<>]*?\salt="([^"<>]*)"[^<>]*>""")
_ADDRESS = re.compile(r"://|www\.|@|#\w|\w\.[a-z]{2,}")
_HOST_BEFORE = re.compile(r"\w\.\Z")
_PATH_AFTER = re.compile(r"[/?:]\w")
_NO_LETTER = re.compile(r"\W")
_AROUND: Final = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class _Passage:
    """A piece of an author's words: `written` begins on `line`, readers see the words of `seen`.

    A term, such as a tag, may be a name as a whole, in small letters as well, and need not be
    written as its owner writes it.
    """

    written: str
    line: int
    seen: Callable[[], str]
    is_body: bool = False
    is_term: bool = False


def check_names(
    pages: Iterable[Page],
    texts: Mapping[str, Text],
    roster: Roster,
    day: date,
    *,
    notice: tuple[Page, Hypertext] | None = None,
    words: Iterable[Words] = (),
    keeper: Keeper | None = None,
    workers: Workers = alone,
) -> list[Problem]:
    """Check the names of sponsors in everything that is public on the day, or will be.

    `texts` are the words of those pages by file; a page without an entry is not looked at. The
    `notice` is the one that stands on the day, and `words` are those of the settings and of the
    site's own templates; what the list says of tiers and sponsors is looked at as well. The name
    of a sponsor that is pending or removed, or was its own before, is told wherever it stands, in
    whichever capitals; one that is past or yet to come may be named. Almost right names and
    earlier ones are told of who is not past, and in posts names without a link of who shows on
    the day. Takes time in proportion to the texts; the `keeper` knows what was found in them
    before, and the `workers` look through the rest.
    """
    people = _People(roster, day)
    wanted = [page for page in pages if page.file in texts]
    passages = [list(_passages(page, texts[page.file])) for page in wanted]
    found = _found(wanted, passages, people.names, keeper or Forgetful(), workers)
    problems = [
        problem
        for page, parts, rows in zip(wanted, passages, found, strict=True)
        for problem in _of_page(page, texts[page.file], list(zip(parts, rows, strict=True)), people)
    ]
    if notice:
        problems += _of_notice(notice[0], notice[1].html(""), people)
    for one in (*words, *words_of(roster, people.coming(roster))):
        problems += _of_words(one, people)
    return problems


def _found(
    pages: Sequence[Page],
    passages: Sequence[Sequence[_Passage]],
    names: Names,
    keeper: Keeper,
    workers: Workers,
) -> list[list[list[Row]]]:
    """Return the names in each passage of each page. They are kept in one piece for all pages."""
    key = key_of(b"names", reading_fingerprint(), names.digest)
    known: dict[str, list[list[Row]]] = json.loads(keeper.recall([key]).get(key, "{}"))
    written = {
        _key(page): [passage.written for passage in parts]
        for page, parts in zip(pages, passages, strict=True)
    }
    # What was not read from a file has no digest: nothing is kept about it.
    unread = {_key(page) for page in pages if not page.digest}
    missing = [name for name in written if name not in known]
    find = partial(find_in_all, names.right, names.near, names.parts)
    parts = [written[name] for name in missing]
    made = workers(find, parts, reading_fingerprint) if parts else []
    rows = {**known, **dict(zip(missing, made, strict=True))}
    kept = {name: rows[name] for name in written if name not in unread}
    if kept.keys() != known.keys():
        keeper.keep({key: json.dumps(kept, ensure_ascii=False)})
    return [rows[_key(page)] for page in pages]


def _key(page: Page) -> str:
    """Return what tells a page's words from others: also its slug, which its file may name."""
    return f"{page.digest.hex() or page.file} {page.slug}"


class _People:
    """Who has which name, and what that means on a day."""

    def __init__(self, roster: Roster, day: date) -> None:
        self._by_name: dict[str, list[Sponsor]] = defaultdict(list)
        self._by_old: dict[str, Sponsor] = {}
        self._hidden_by_old: dict[str, Sponsor] = {}
        self._day = day
        self._by_id = {sponsor.id: sponsor for sponsor in calendar.shown(roster.sponsors, day)}
        self._ids: dict[str, set[str]] = defaultdict(set)
        near: list[str] = []
        hidden: list[str] = []
        for sponsor in roster.sponsors:
            for name in (sponsor.name, *sponsor.formerly):
                self._ids[core(name)].add(sponsor.id)
            if heir := self._heir(sponsor):
                self._by_old.setdefault(core(sponsor.name), heir)
                continue
            self._by_name[core(sponsor.name)].append(sponsor)
            if sponsor.status == "confirmed" and sponsor.term[1] >= day:
                near.append(sponsor.name)
                for old in sponsor.formerly:
                    self._by_old.setdefault(core(old), sponsor)
            elif sponsor.status != "confirmed":
                hidden += (sponsor.name, *sponsor.formerly)
                for old in sponsor.formerly:
                    self._hidden_by_old.setdefault(core(old), sponsor)
        self._near = frozenset(map(core, near))
        self._hidden = {letters(name): name for name in hidden}
        right = dict.fromkeys((*(one.name for one in roster.sponsors), *self._old(roster)))
        known = frozenset(map(core, right))
        self._whole = {
            part: name for name in (*hidden, *near) if (part := short(name)) and part not in known
        }
        self.names = names_of(tuple(right), (*near, *hidden), tuple(self._whole))

    def _heir(self, sponsor: Sponsor) -> Sponsor | None:
        """Return the entry of the day that has given a sponsor another name than this one's."""
        heir = self._by_id.get(sponsor.id)
        is_over = sponsor.status == "confirmed" and sponsor.term[1] < self._day
        return heir if heir and is_over and core(heir.name) != core(sponsor.name) else None

    @staticmethod
    def _old(roster: Roster) -> Iterator[str]:
        for sponsor in roster.sponsors:
            yield from sponsor.formerly

    def coming(self, roster: Roster) -> Iterator[Sponsor]:
        """Yield the sponsors that are public on the day or later."""
        for sponsor in roster.sponsors:
            if sponsor.status == "confirmed" and sponsor.term[1] >= self._day:
                yield sponsor

    def whole(self, term: str) -> Found | None:
        """Return the hidden name that a term is, in whichever capitals and with whichever signs."""
        name = self._hidden.get(letters(term), "")
        return Found(name=name, core=core(name), written=plain(term), line=0) if name else None

    def told(self, found: Found, besides: str = "") -> tuple[str, str] | None:
        """Return (check, message) for a name that should not stand there so.

        What the entries of the sponsor `besides` say of its own names is its own business.
        """
        if name := self._whole.get(found.core):
            found = replace(found, name=name, core=core(name))
        if besides and besides in self._ids.get(found.core, ()):
            return None
        if sponsor := self.hidden(found):
            return "hidden-name", _hidden(found, sponsor)
        if sponsor := self.renamed(found):
            message = f"{quote(found.written)} is an earlier name of {quote(sponsor.name)}."
            return "sponsor-name", message
        if not found.is_right and found.core in self._near:
            message = f"{quote(found.written)} is almost the name of a sponsor, "
            return "sponsor-name", f"{message}{quote(found.name)}."
        return None

    def hidden(self, found: Found) -> Sponsor | None:
        """Return the sponsor whose name is not to be told: no entry of the name is confirmed."""
        if not found.has_its_letters and short(found.name) != found.written:
            return None
        bearers = self._by_name.get(found.core, ())
        if any(sponsor.status == "confirmed" for sponsor in bearers) or found.core in self._by_old:
            return None
        return bearers[0] if bearers else self._hidden_by_old.get(found.core)

    def shown(self, found: Found) -> Sponsor | None:
        """Return the sponsor of the day whose name it is."""
        bearers = calendar.shown(self._by_name.get(found.written, ()), self._day)
        return bearers[0] if bearers else None

    def renamed(self, found: Found) -> Sponsor | None:
        """Return the sponsor whose name it was, if it is nobody's today."""
        return None if found.written in self._by_name else self._by_old.get(found.written)


def _of_page(
    page: Page, text: Text, passages: Sequence[tuple[_Passage, list[Row]]], people: _People
) -> Iterator[Problem]:
    unlinked: dict[str, tuple[Sponsor, Found, int]] = {}
    for passage, rows in passages:
        names = [Found(name=a, core=b, written=c, line=d) for a, b, c, d in rows]
        whole = people.whole(passage.written) if passage.is_term else None
        for found, line in [(whole, passage.line)] if whole else _seen(passage, names):
            if told := people.told(found):
                if told[0] == "hidden-name" or not passage.is_term:
                    yield _problem(told[0], page, line, told[1])
            elif passage.is_body and (sponsor := people.shown(found)):
                unlinked.setdefault(sponsor.id, (sponsor, found, line))
    if isinstance(page, Post):
        yield from _unlinked(page, text, unlinked.values())


def _of_notice(page: Page, html: str, people: _People) -> Iterator[Problem]:
    passage = _Passage(written=page.body, line=page.body_line, seen=lambda: html, is_body=True)
    for found, line in _seen(passage, list(people.names.find(passage.written))):
        if told := people.told(found):
            yield _problem(told[0], page, line, told[1])


def _of_words(words: Words, people: _People) -> Iterator[Problem]:
    passage = _Passage(
        written=words.text,
        line=words.line,
        seen=lambda: words.text,
        is_body=words.is_template,
    )
    for found, line in _seen(passage, list(people.names.find(passage.written))):
        told = people.told(found, besides=words.sponsor_id)
        if told and (told[0] == "hidden-name" or not words.is_template):
            yield Problem(
                check=told[0], file=words.file, line=line, subject=words.subject, message=told[1]
            )


def _unlinked(
    page: Post, text: Text, named: Iterable[tuple[Sponsor, Found, int]]
) -> Iterator[Problem]:
    links = None
    for sponsor, found, line in named:
        if sponsor.id in page.matter.sponsors:
            continue
        links = links if links is not None else _links(text)
        if not links & _places(sponsor):
            message = (
                f"{quote(found.written)} is named without a link. Add {sponsor.id} to sponsors: "
                "above the text, or make the name a link."
            )
            yield _problem("unlinked-name", page, line, message)


def _passages(page: Page, text: Text) -> Iterator[_Passage]:
    for key in _KEYS:
        if words := getattr(page.matter, key):
            yield _shown(words, page.header.line_of(key))
    if page.matter.button:
        node = page.header.get("button")
        for key, words in (("label", page.matter.button.label), ("text", page.matter.button.text)):
            line = node.line_of(key) if isinstance(node, Table) else page.header.line_of("button")
            if words:
                yield _shown(words, line)
    if page.matter.slug or not slugify(page.matter.title):
        line = page.header.line_of("slug" if page.matter.slug else "title")
        yield replace(_shown(page.slug, line), is_term=True)
    for key in _TERMS:
        for term, line in _terms(page, key):
            yield replace(_shown(term, line), is_term=True)
    yield _Passage(
        written=page.body, line=page.body_line, seen=lambda: text.body.html(""), is_body=True
    )


def _terms(page: Page, key: str) -> Iterator[tuple[str, int]]:
    """Yield (text, line) of what stands behind a key, each on its own line where it has one."""
    value = getattr(page.matter, key, None)
    node, line = page.header.get(key), page.header.line_of(key)
    terms = (value,) if isinstance(value, str) else value or ()
    items = node.items if isinstance(node, Listing) and len(node.items) == len(terms) else ()
    lines = [item.line for item in items] or [line] * len(terms)
    yield from zip(terms, lines, strict=True)


def _shown(words: str, line: int) -> _Passage:
    """Return words that readers see as they are written."""
    return _Passage(written=words, line=line, seen=lambda: words)


def _seen(passage: _Passage, found: Sequence[Found]) -> Sequence[tuple[Found, int]]:
    """Return (name, line) of what readers see as words of `found`: not in code or addresses.

    They are looked for in the file, which has lines, and again where Markdown has been at work.
    """
    if not found:
        return ()
    seen = passage.seen()
    if passage.is_body:
        seen = text_of(_PICTURE_WORDS.sub(r" \1 ", without_code(seen)))
    words = plain(with_blanks(seen))
    written = {(one.name, one.written): one for one in found}
    seen_as_words = {key for key, one in written.items() if _is_word(one, words)}
    return [
        (one, passage.line + (one.line if passage.is_body else 0))
        for one in found
        if (one.name, one.written) in seen_as_words
    ]


def _is_word(found: Found, words: str) -> bool:
    """Say whether a name stands in a text, and not only as a part of addresses.

    A name such as "Booking.com" or "Bob's #1 Pizza" is no address by itself. Written all in small
    letters, as its owner does not, it is one.
    """
    name, own = found.written, found.core
    is_like_address = bool(_ADDRESS.search(own))
    counts_whole = found.is_right or (is_like_address and not name.islower())
    middle = _NO_LETTER.sub("", name) if counts_whole else name
    sign = plain(found.name).partition(own)[0]
    at = words.find(name)
    while at >= 0:
        end = at + len(name)
        before = words[max(0, at - _AROUND) : at].rpartition(" ")[2].removesuffix(sign)
        after = words[end : end + _AROUND].partition(" ")[0]
        goes_on = is_like_address and (_HOST_BEFORE.search(before) or _PATH_AFTER.match(after))
        if not goes_on and not _ADDRESS.search(f"{before}{middle}{after}"):
            return True
        at = words.find(name, end)
    return False


def _links(text: Text) -> frozenset[str]:
    """Return where the links of a text lead, and on which sites."""
    targets = [part.address for part in text.body.parts if not isinstance(part, str)]
    targets += [text.button.address] if text.button else []
    return frozenset({*targets, *map(_host, targets)} - {""})


def _places(sponsor: Sponsor) -> frozenset[str]:
    """Return what tells of a sponsor: its site, its other links, its page and its place on ours."""
    own = addresses.sponsor(sponsor.id)
    mark = f"{addresses.SPONSORS}#{addresses.mark(sponsor.id)}"
    return frozenset({own, mark, *sponsor.links.values(), _host(sponsor.url or "")} - {""})


def _host(address: str) -> str:
    try:
        return (urlsplit(address).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def _hidden(found: Found, sponsor: Sponsor) -> str:
    which = ""
    if found.written != core(sponsor.name):
        earlier = "" if found.core == core(sponsor.name) else "an earlier name of "
        which = f"{earlier}{quote(sponsor.name)}, which is "
    return (
        f"{quote(found.written)} is {which}{sponsor.status} in {FILE} and stands nowhere else on "
        "the site. Should this text name it?"
    )


def _problem(check: str, page: Page, line: int, message: str) -> Problem:
    return Problem(
        check=check, file=page.file, line=line, subject=page.matter.title, message=message
    )
