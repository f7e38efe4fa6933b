"""Names in running text: found as their owners write them, and almost so.

Almost is: other capitals, accents, spaces, hyphens, apostrophes, "and" for "&", or one letter
too many, too few or wrong. What a text means cannot be known, so what may be plain words counts
as such: see `_is_slip` and `_Name.is_near`.
"""

from __future__ import annotations

import hashlib
import re
import string
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Container, Iterable, Iterator, Sequence
from dataclasses import astuple, dataclass, replace
from functools import cached_property, lru_cache
from itertools import islice, pairwise
from typing import Final, TypeAlias

from milepost.roster.letters import fold, is_one_letter_off, is_plural, shorter

SHORTEST: Final = 6
"""Letters that a name of several words must have, for one wrong letter to be looked for."""

SHORTEST_WORD: Final = 8
"""The same for a name of one word, or for one that is written all in small letters."""

_MOST_KEPT: Final = 200_000
"""So many words of texts are remembered, some 50 MB; then it begins anew."""

_APOSTROPHES: Final = frozenset("'\u2018\u2019")
_LONGEST: Final = 200
_ARTICLES: Final = frozenset({"the", "a", "an"})
FORMS: Final = frozenset(
    {"inc", "incorporated", "corp", "llc", "llp", "plc", "pllc", "ltd", "limited", "gmbh"}
)
"""What companies are in law, at the end of their names."""

_BLANK = re.compile(r"&(?:nbsp|#160|#[xX]0*[aA]0);")
_WORD = re.compile("[^\\W_]+(?:['\u2018\u2019][^\\W_]+)*|&")
_CHUNK = re.compile(r"\S+")
_SIMPLE: Final = frozenset(string.ascii_letters + string.digits)
_MARKUP = re.compile(r"[*_\\]")
_LINE_END = re.compile(r"\n[ \t>]*")
_BLANK_LINE = re.compile(r"\n[ \t>]*\n")
_SPACE = re.compile(r"\s{2,}|[^\S ]")
_GAP = re.compile(r" ?|[-/.']|(?<=\b\w)\. ")
_SAME: Final = str.maketrans("\u2018\u2019\u2010\u2011\u2013", "''---")
_LARGER_BEFORE = re.compile(r"[\w,;] [^\W\d_a-z]\w* \Z")
_LARGER_AFTER = re.compile(r" [^\W_a-z]")
_LONGEST_BEFORE: Final = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A name in a text: `core` is its own as `core` has it, `written` how it stands there.

    `line` counts from 0.
    """

    name: str
    core: str
    written: str
    line: int

    @property
    def is_right(self) -> bool:
        """Whether it is written as its owner writes it."""
        return self.written == self.core

    @property
    def has_its_letters(self) -> bool:
        """Whether it is written so but for capitals, accents, spaces and other signs."""
        return letters(self.written) == letters(self.core)


def plain(text: str) -> str:
    """Return a text on one line, without Markdown's emphasis, with one kind of apostrophe."""
    normal = unicodedata.normalize("NFC", text)
    normal = normal if normal.isascii() else normal.translate(_SAME)
    return _SPACE.sub(" ", _MARKUP.sub("", _LINE_END.sub(" ", normal)))


def core(name: str) -> str:
    """Return a name from its first letter or digit to its last, as `plain` has it."""
    words = [word.span() for word in _WORD.finditer(plain(name))]
    return plain(name)[words[0][0] : words[-1][1]] if words else ""


def letters(name: str) -> str:
    """Return the letters and digits of a name, small, without accents and anything between."""
    return "".join(map(fold, _WORD.findall(name)))


def short(name: str) -> str:
    """Return a name of several words without what its company is in law, or "" if it has none."""
    *words, form = core(name).split() or [""]
    own = [word for word in words if fold(word) not in _ARTICLES]
    return core(" ".join(words)) if fold(form) in FORMS and len(own) > 1 else ""


def with_blanks(text: str) -> str:
    """Return a text in which what HTML calls a blank is one."""
    return _BLANK.sub(" ", text) if "&" in text else text


Row: TypeAlias = tuple[str, str, str, int]
"""A `Found` name as plain data: the name, how it is written, and on which line."""


def find_in_all(
    right: tuple[str, ...],
    near: tuple[str, ...],
    parts: tuple[str, ...],
    texts: Sequence[Sequence[str]],
) -> list[list[list[Row]]]:
    """Return the names in texts of several pieces each, as plain data. Workers call this.

    `right`, `near` and `parts` are those of a `Names`.
    """
    names = names_of(right, near, parts)
    return [[[astuple(one) for one in names.find(piece)] for piece in text] for text in texts]


@lru_cache(maxsize=1)
def names_of(right: tuple[str, ...], near: tuple[str, ...], parts: tuple[str, ...] = ()) -> Names:
    """Return names that can be looked for; the last ones are remembered, with their words."""
    return Names(right, near, parts)


class Names:
    """Names that can be looked for in many texts, each in time in proportion to its length.

    `right` are all names, `near` those of them that are found when almost written right. `parts`
    are more that are found when written right, and not a part of a larger name.
    """

    def __init__(
        self, right: Iterable[str], near: Iterable[str], parts: Iterable[str] = ()
    ) -> None:
        self.right, self.near, self.parts = tuple(right), tuple(near), tuple(parts)
        wanted, added = frozenset(self.near), frozenset(self.parts)
        every = tuple(dict.fromkeys((*self.right, *self.near, *self.parts)))
        said = (sorted(every), sorted(wanted), sorted(added))
        self.digest = hashlib.sha256(repr(said).encode()).digest()
        """Tells these names from others."""
        self._by_key: dict[str, list[_Name]] = defaultdict(list)
        self._by_words: dict[tuple[str, ...], list[_Name]] = defaultdict(list)
        self._beginnings: set[str] = set()
        for text in every:
            name = _Name(text, core(text), near=text in wanted, is_part=text in added)
            if not name.words or len(name.key) > _LONGEST:
                continue
            self._by_key[name.key].append(name)
            self._beginnings |= {name.key[:end] for end in range(1, len(name.key) + 1)}
            if name.near:
                self._by_words[name.words[:2]].append(name)
        words = _Words(self._by_words.keys(), self._by_key.keys(), self._beginnings)
        self._chunks = _Chunks(words, self._beginnings)

    def find(self, text: str) -> Iterator[Found]:
        """Yield the names in a text in its order, none inside another: the longest counts."""
        text = with_blanks(unicodedata.normalize("NFC", text)).replace("&amp;", "&")
        chunks = text.split()
        places = _Places(text)
        done = line = counted = 0
        for at, first in self._starts(chunks):
            words, ends = self._ends(self._after(chunks, at, first))
            if not ends:
                continue
            spans = places.of_words(at, first, max(end for end, _ in ends))
            start = spans[0][0]
            if start < done:
                continue
            counting = [
                (end, one)
                for end, name in ends
                if (one := self._found(text, start, (spans[end - 1][1], words[end - 1]), name))
            ]
            if counting:
                end, best = max(counting, key=lambda one: (one[0], one[1].is_right))
                done = spans[end - 1][1]
                line += text.count("\n", counted, start)
                counted = start
                yield replace(best, line=line)

    def _starts(self, chunks: Sequence[str]) -> Iterator[tuple[int, int]]:
        """Yield (chunk, word in it) with which a name may begin; of most texts, few.

        This is what looking for names takes its time for, since hardly a chunk begins any.
        """
        dull, last = self._chunks.dull, len(chunks) - 1
        for at in [at for at, chunk in enumerate(chunks) if chunk not in dull]:
            chunk = self._chunks[chunks[at]]
            if not chunk.words:
                continue
            if at == last:
                yield from ((at, first) for first in self._firsts(chunks, at))
                continue
            following = chunks[at + 1]
            if following[0] in chunk.not_before and following in dull:
                continue
            pair = f"{chunks[at]} {following}"
            if pair not in dull:
                firsts = self._firsts(chunks, at)
                yield from ((at, first) for first in firsts)
                if not firsts and self._chunks.read(following):
                    self._chunks.add_dull(pair)

    def _firsts(self, chunks: Sequence[str], at: int) -> list[int]:
        """Return the words of a chunk with which a name may begin."""
        words = self._chunks[chunks[at]].words
        following = (*words[1:], next(self._after(chunks, at + 1, 0), _NONE))
        return [
            first
            for first, (word, after) in enumerate(zip(words, following, strict=False))
            if word.is_whole or (not word.is_dull and self._may_begin(word, after))
        ]

    def _after(self, chunks: Sequence[str], at: int, first: int) -> Iterator[_Word]:
        """Yield the words from one of a chunk on."""
        for place in range(at, len(chunks)):
            own = self._chunks.read(chunks[place])
            yield from (own[word] for word in range(first, len(own)))
            first = 0

    def _may_begin(self, word: _Word, after: _Word) -> bool:
        return (word.begins and self._goes_on(word, after)) or bool(
            word.near and after.near and self._is_near_pair(word, after)
        )

    def _goes_on(self, word: _Word, after: _Word) -> bool:
        return any(word.folded + form in self._beginnings for form in after.forms)

    def _is_near_pair(self, word: _Word, after: _Word) -> bool:
        return any(pair in self._by_words for pair in _pairs(word, after))

    def _ends(self, following: Iterator[_Word]) -> tuple[list[_Word], list[tuple[int, _Name]]]:
        """Return words, and (how many words it has here, name) for all that may begin them."""
        words: list[_Word] = []
        ends: list[tuple[int, _Name]] = []
        joined = ""
        for word in following:
            words.append(word)
            names = (name for form in word.forms for name in self._by_key.get(joined + form, ()))
            ends += ((len(words), name) for name in names)
            joined += word.folded
            if joined not in self._beginnings:
                break
        words += islice(following, max(0, 2 - len(words)))
        for pair in _pairs(words[0], words[1] if len(words) > 1 else _NONE):
            for name in self._by_words.get(pair, ()):
                words += islice(following, max(0, len(name.words) - len(words)))
                if name.is_near(words[: len(name.words)]):
                    ends.append((len(name.words), name))
        return words, ends

    @staticmethod
    def _found(text: str, start: int, last: tuple[int, _Word], name: _Name) -> Found | None:
        """Return a name from `start` to its `last` word, if what stands there counts as it.

        Its line is still to be counted.
        """
        end, word = last
        if len(word.forms) > 1 and not name.key.endswith(word.folded):
            end -= len("'s")
        raw = text[start:end]
        if _BLANK_LINE.search(raw):
            return None
        written = plain(raw)
        if written == name.core:
            may_be_part = len(name.words) > 1 and not name.is_part
            counts = may_be_part or not _is_part_of_larger(text, start, end)
        else:
            counts = name.near and _holds_together(written, name) and _is_slip(written, name)
        return Found(name=name.text, core=name.core, written=written, line=0) if counts else None


class _Places:
    """Where words of a text stand, asked for in their order."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._chunks = _CHUNK.finditer(text)
        self._at, self._first, self._start = -1, 0, 0

    def of_words(self, at: int, first: int, number: int) -> list[tuple[int, int]]:
        """Return (start, end) of so many words, from the `first` of a chunk on."""
        if self._at < at:
            chunk = next(islice(self._chunks, at - self._at - 1, None))
            self._at, self._first, self._start = at, 0, chunk.start()
        words = islice(_WORD.finditer(self._text, self._start), first - self._first, None)
        spans = [word.span() for word in islice(words, number)]
        self._first, self._start = first, spans[0][0]
        return spans


@dataclass(frozen=True, slots=True)
class _Word:
    """A word of a text: `forms` are its letters and digits, the second without an 's.

    `near` are the first and second words of names that it is, or may be with one letter wrong.
    `begins` says whether the letters of any name begin with its own, `is_whole` whether they are
    all of a name, or all but one letter.
    """

    written: str
    forms: tuple[str, ...]
    near: tuple[str, ...] = ()
    begins: bool = False
    is_whole: bool = False

    @property
    def folded(self) -> str:
        return self.forms[0]

    @property
    def is_dull(self) -> bool:
        return not (self.is_whole or self.begins or self.near)


_NONE: Final = _Word("", ("",))


def _pairs(word: _Word, after: _Word) -> Iterator[tuple[str, ...]]:
    """Yield all that two words of a text may be at the beginning of a name, and the first alone."""
    for first in word.near:
        yield (first,)
        for second in after.near:
            yield first, second


@dataclass(frozen=True, slots=True)
class _Chunk:
    """What stands between two blanks.

    `not_before` are the letters that no name has next. Where the following chunk begins with one,
    and is dull, no name begins in this one.
    """

    words: tuple[_Word, ...]
    not_before: frozenset[str]


class _Chunks(dict[str, _Chunk]):
    """The chunks of all texts in which a name may begin, each looked at once.

    Those in which none does, as most, are `dull`, whatever follows; nothing else is kept of them.
    So are pairs of chunks, with a blank between them, if none begins in the first.
    """

    def __init__(self, words: _Words, beginnings: Container[str]) -> None:
        super().__init__()
        self._words = words
        self._beginnings = beginnings
        self.dull: set[str] = set()

    def __missing__(self, written: str) -> _Chunk:
        words = self.read(written)
        if all(word.is_dull for word in words):
            self.add_dull(written)
            return _Chunk((), _SIMPLE)
        if len(self) >= _MOST_KEPT:
            self.clear()
        self[written] = found = _Chunk(words, self._not_before(words))
        return found

    def add_dull(self, written: str) -> None:
        """Take note that no name begins in a chunk, or in the first of two."""
        if len(self.dull) >= _MOST_KEPT:
            self.dull.clear()
        self.dull.add(written)

    def read(self, written: str) -> tuple[_Word, ...]:
        """Return the words of a chunk."""
        known = self.get(written)
        return known.words if known else tuple(map(self._words.__getitem__, _WORD.findall(written)))

    def _not_before(self, words: Sequence[_Word]) -> frozenset[str]:
        *others, last = words
        if last.is_whole or not all(word.is_dull for word in others):
            return frozenset()
        beginnings = self._beginnings
        return frozenset(
            letter for letter in _SIMPLE if last.folded + letter.lower() not in beginnings
        )


class _Words(dict[str, _Word]):
    """The words of all texts, each looked at once.

    `firsts` are the first two words of names, or the only one, `keys` the letters of whole names,
    and `beginnings` how these may begin.
    """

    def __init__(
        self,
        firsts: Collection[tuple[str, ...]],
        keys: Container[str],
        beginnings: Container[str],
    ) -> None:
        super().__init__()
        self._firsts = firsts
        self._keys = keys
        self._beginnings = beginnings
        self._by_spelling: dict[str, list[str]] = defaultdict(list)
        for word in sorted({word for words in firsts for word in words}):
            for spelling in shorter(word):
                self._by_spelling[spelling].append(word)

    def __missing__(self, written: str) -> _Word:
        folded, whole = fold(written), written[:-2]
        is_genitive = written[-2:-1] in _APOSTROPHES and written[-1] in "sS"
        forms = (folded, fold(whole)) if whole and is_genitive else (folded,)
        near = {
            word
            for form in forms
            for spelling in self._by_spelling.keys() & shorter(form)
            for word in self._by_spelling[spelling]
        }
        found = _Word(
            written=written,
            forms=forms,
            near=tuple(sorted(near)),
            begins=folded in self._beginnings,
            is_whole=any(form in self._keys for form in forms)
            or any((word,) in self._firsts for word in near),
        )
        if len(self) >= _MOST_KEPT:
            self.clear()
        self[written] = found
        return found


@dataclass(frozen=True)
class _Name:
    text: str
    core: str
    near: bool
    is_part: bool = False

    @cached_property
    def written(self) -> tuple[str, ...]:
        return tuple(_WORD.findall(self.core))

    @cached_property
    def words(self) -> tuple[str, ...]:
        return tuple(fold(word) for word in self.written)

    @cached_property
    def key(self) -> str:
        return "".join(self.words)

    @cached_property
    def gaps(self) -> frozenset[str]:
        """What stands between its words."""
        ends = [word.span() for word in _WORD.finditer(self.core)]
        return frozenset(self.core[end:start] for (_, end), (start, _) in pairwise(ends))

    def is_near(self, found: Sequence[_Word]) -> bool:
        """Say whether words of a text are those of the name but for one letter.

        Only in words of at least four letters, since short words are near to many; and only if
        the word begins as large or small as in the name, so that "sign design" is no sign of
        "Sign Designs". A name of one word may miss or have an s, as its plural would.
        """
        shortest = SHORTEST if len(self.words) > 1 else SHORTEST_WORD
        if len(found) != len(self.words) or len(self.key) < shortest:
            return False
        pairs = zip(found, self.words, self.written, strict=True)
        wrong = [(word, own, written) for word, own, written in pairs if own not in word.forms]
        if len(wrong) != 1:
            return False
        word, own, written = wrong[0]
        if word.written[0].isupper() != written[0].isupper():
            return False
        if len(found) == 1 and any(is_plural(form, own) for form in word.forms):
            return False
        return any(is_one_letter_off(form, own) for form in word.forms)


def _is_slip(written: str, name: _Name) -> bool:
    """Say whether a name with all its letters is written wrongly, and is not just plain words.

    A name of one word can be a word of the language (Globe), so only capitals inside it count,
    and small letters only if the name has capitals inside (WalMart).
    """
    own = name.core
    is_one_word = len(name.words) == 1
    if written[1:] == own[1:]:
        # A small name at the beginning of a sentence, or "the" inside one.
        return not is_one_word and own[0].isupper() and name.words[0] not in _ARTICLES
    if written.islower() and not own.islower():
        if is_one_word:
            return not own.isupper() and not own[1:].islower()
        return len(name.key) >= SHORTEST_WORD
    if is_one_word and len(name.key) < SHORTEST_WORD and len(_WORD.findall(written)) == 1:
        return written.casefold() == own.casefold()
    return True


def _holds_together(written: str, name: _Name) -> bool:
    """Say whether only a space, hyphen or the like is between words: no comma, no full stop.

    What stands between the words of the name itself may do so here, too: `Bob's #1 Pizza`; and a
    comma before Inc.
    """
    ends = [word.span() for word in _WORD.finditer(written)]
    if len(ends) > 1 and name.words[-1] in FORMS and written[ends[-2][1] : ends[-1][0]] == ", ":
        ends.pop()
    return all(
        _GAP.fullmatch(written, end, start) or written[end:start] in name.gaps
        for (_, end), (start, _) in pairwise(ends)
    )


def _is_part_of_larger(text: str, start: int, end: int) -> bool:
    """Say whether a word is one of a longer name, as that of a sponsor Mill in "Mill Bridge"."""
    before = text[max(0, start - _LONGEST_BEFORE) : start]
    return bool(_LARGER_AFTER.match(text, end) or _LARGER_BEFORE.search(before))
