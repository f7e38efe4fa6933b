"""Rules of block lists that block addresses, as EasyList writes them: `/ads/*$image`."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import PurePosixPath
from typing import Final
from urllib.parse import urlsplit

PAGE: Final = "document"
"""The kind of an address that a reader opens; all other kinds are what a page loads."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AddressRule:
    """A shape of addresses, and the kinds of request that it is about; no `only` means all.

    `needle` is the longest piece, in lower case, that every such address has.
    """

    written: str
    pattern: str
    only: frozenset[str]
    but_not: frozenset[str]
    match_case: bool
    needle: str

    def is_about(self, kind: str) -> bool:
        """Say whether requests of a kind are concerned. A rule without kinds means each."""
        return kind not in self.but_not and (not self.only or kind in self.only)

    def meets(self, address: str) -> bool:
        """Say whether a whole address has the shape."""
        if self.needle not in address.lower():
            return False
        return _compiled(self.pattern, match_case=self.match_case).search(address) is not None


_KINDS: Final[Mapping[str, str]] = {
    **{
        kind: kind
        for kind in ("image", "stylesheet", "script", "font", "media", "object", "ping", "other")
    },
    **{kind: kind for kind in ("websocket", "popup", "subdocument", "xmlhttprequest")},
    "css": "stylesheet",
    "frame": "subdocument",
    "xhr": "xmlhttprequest",
    "document": PAGE,
    "doc": PAGE,
    "beacon": "ping",
    "popunder": "popup",
}
"""What the options of a rule call the kinds of request, and what we call them."""

_SUFFIXES: Final[Mapping[str, str]] = {
    **dict.fromkeys((".png", ".jpg", ".jpeg", ".webp", ".avif", ".gif", ".svg", ".ico"), "image"),
    **dict.fromkeys((".js", ".mjs"), "script"),
    **dict.fromkeys((".woff2", ".woff", ".ttf", ".otf"), "font"),
    **dict.fromkeys((".mp4", ".webm", ".mp3", ".m4a", ".ogg"), "media"),
    **dict.fromkeys(("", ".html", ".htm"), "subdocument"),
    ".css": "stylesheet",
    ".json": "xmlhttprequest",
}
_OURS: Final = frozenset({"~third-party", "first-party", "~3p", "1p", "important", "all"})
_OPTIONS = re.compile(r"(?P<pattern>.*)\$(?P<options>~?[\w-]+(?:=[^,]*)?(?:,~?[\w-]+(?:=[^,]*)?)*)")
_WHOLE_WORD = re.compile(r"(?<=[^a-z0-9%*])[a-z0-9%]{2,}(?=[^a-z0-9%*])")
_WORD = re.compile(r"[a-z0-9%]{2,}")
_BETWEEN_SIGNS = re.compile(r"[^*^|]+")
_SEPARATOR: Final = r"(?:[^\w.%-]|\Z)"
_ANY_HOST: Final = r"\A[a-z][a-z0-9+.-]*://(?:[^/?#]*\.)?"


def kind_of(address: str) -> str:
    """Return what a browser most likely loads from an address, by its suffix."""
    return _SUFFIXES.get(PurePosixPath(urlsplit(address).path).suffix.lower(), "other")


def covers(domains: Sequence[str], host: str) -> bool:
    """Say whether a rule for these domains, `~` before those left out, is one for `host`."""
    wanted = [name for name in domains if name and not name.startswith("~")]
    if any(_belongs(host, name[1:]) for name in domains if name.startswith("~")):
        return False
    return not wanted or any(_belongs(host, name) for name in wanted)


def read_address_rule(written: str, host: str) -> AddressRule | None:
    """Read a rule, or None for one that is nothing to the pages of `host`.

    Left out are rules for other sites only, rules with options that we do not understand, and
    regular expressions: a stranger's could run for ever.
    """
    found = _OPTIONS.fullmatch(written)
    pattern, options = (found["pattern"], found["options"]) if found else (written, "")
    if (len(pattern) > 1 and pattern[0] == pattern[-1] == "/") or re.search(r"\s", pattern):
        return None
    only: set[str] = set()
    but_not: set[str] = set()
    match_case = False
    for option in filter(None, options.split(",")):
        name, _, value = option.partition("=")
        if name in {"domain", "from"}:
            if not covers(value.lower().split("|"), host):
                return None
        elif name == "match-case":
            match_case = True
        elif option.removeprefix("~") in _KINDS:
            kinds = but_not if option.startswith("~") else only
            kinds.add(_KINDS[option.removeprefix("~")])
        elif option not in _OURS:
            return None
    pieces = _BETWEEN_SIGNS.findall(pattern.lower())
    if not pieces:
        return None
    return AddressRule(
        written=written,
        pattern=pattern,
        only=frozenset(only),
        but_not=frozenset(but_not),
        match_case=match_case,
        needle=max(pieces, key=len),
    )


class BlockingRules:
    """Rules for addresses, found by a word that an address must have."""

    def __init__(self, rules: Iterable[AddressRule]) -> None:
        """Take the rules of one list."""
        self._by_word: defaultdict[str, list[AddressRule]] = defaultdict(list)
        for rule in rules:
            words = _WHOLE_WORD.findall(rule.pattern.lower())
            self._by_word[max(words, key=len, default="")].append(rule)

    def on_address(self, address: str, kind: str) -> str | None:
        """Return the rule that blocks a request of a kind for a whole address, or None."""
        for rule in self._candidates(address):
            if rule.is_about(kind) and rule.meets(address):
                return rule.written
        return None

    def _candidates(self, address: str) -> Iterator[AddressRule]:
        for word in ("", *dict.fromkeys(_WORD.findall(address.lower()))):
            yield from self._by_word.get(word, ())


@lru_cache(maxsize=1 << 10)
def _compiled(pattern: str, *, match_case: bool) -> re.Pattern[str]:
    """Return a rule's pattern as a regular expression that never goes back over what it read."""
    start, body = "", pattern
    if body.startswith("||"):
        start, body = _ANY_HOST, body[2:]
    elif body.startswith("|"):
        start, body = r"\A", body[1:]
    end = r"\Z" if body.endswith("|") else ""
    first, *rest = body.removesuffix("|").split("*")
    pieces = [re.escape(piece).replace(r"\^", _SEPARATOR) for piece in (first, *rest)]
    pieces[-1] += end
    further = "".join(f"(?>.*?{piece})" for piece in pieces[1:])
    return re.compile(start + pieces[0] + further, 0 if match_case else re.IGNORECASE)


def _belongs(host: str, domain: str) -> bool:
    return host == domain or host.endswith(f".{domain}")
