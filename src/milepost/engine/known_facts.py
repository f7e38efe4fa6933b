"""Facts of pages that earlier builds have read: a page of the same bytes says the same."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from milepost.facts import PageFacts, own_facts, whole
from milepost.facts_packed import MADE_BY, packed, unpacked
from milepost.keeping import Keeper, key_of

_NO_PART: Final = "\n"


class KnownFacts:
    """The facts of the pages of an earlier build, by the digests of these; new ones are kept."""

    def __init__(self, keeper: Keeper, digests: Iterable[str]) -> None:
        self._keeper = keeper
        keys = {_key(digest): digest for digest in digests}
        self._texts = {keys[key]: text for key, text in keeper.recall(keys.keys()).items()}

    def note(self, digest: str, html: bytes, part: bytes) -> str | None:
        """Return the facts of a page as text, or None where they are known.

        `part` is what the page has in common with others.
        """
        known = self._texts.get(digest)
        # The part is named, for its facts are not in the text.
        if known and known.startswith((_NO_PART, _name(part))):
            return None
        own = own_facts(html, part)
        return (_name(part) if own.after else _NO_PART) + packed(own)

    def facts(self, file: str, digest: str, note: str | None, part: bytes) -> PageFacts:
        """Return the facts of a page, of which `note` said this."""
        text = note or self._texts[digest]
        return whole(file, unpacked(text.partition("\n")[2]), part)

    def keep(self, notes: Mapping[str, str | None]) -> None:
        """Keep what was noted of all pages, by their digests, and nothing of others."""
        self._keeper.release([_key(digest) for digest in self._texts.keys() - notes.keys()])
        self._texts = {}
        self._keeper.keep({_key(digest): note for digest, note in notes.items() if note})


def _key(digest: str) -> bytes:
    return key_of(b"facts", MADE_BY, digest.encode())


def _name(part: bytes) -> str:
    return f"{key_of(part).hex()}\n"
