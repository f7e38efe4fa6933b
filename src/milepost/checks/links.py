"""Whether everything that a finished page links to or loads is there, and may be."""

from __future__ import annotations

import difflib
import re
from collections import defaultdict
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote, urlsplit

from milepost.addresses import address_of, file_of
from milepost.checks import Right, on_pages, shown
from milepost.problems import did_you_mean
from milepost.weblinks import ANY, WEB, named, scheme_of

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
    from urllib.parse import SplitResult

    from milepost.facts import PageFacts
    from milepost.problems import Problem

MOST_GUESSES: Final = 10
"""Wrong addresses for which the nearest right one is looked for, among a whole folder each."""

_ALIKE: Final = 0.75
"""How alike (difflib) a guess must be. 0.6 takes five times as long, half a second a guess."""

_LOADS: Final = "loads"
_PORTS: Final = {"http": 80, "https": 443}
_DROPPED = re.compile(r"^[\x00-\x20]+|[\x00-\x20]+$|[\t\n\r]")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Fault:
    """What is wrong with an address; `says` follows it in a sentence.

    `missing` is the file that is not there. `place` is the id that is not on the page `file`,
    or not on the page that has the link when there is no `file`.
    """

    target: str
    says: str
    check: str = "broken-link"
    missing: str = ""
    place: str = ""
    file: str = ""


def check_links(
    pages: Mapping[str, PageFacts],
    files: Collection[str],
    site_url: str,
    sources: Mapping[str, str],
    line_of: Callable[[str, Sequence[str]], int | None] = lambda _file, _words: None,
) -> list[Problem]:
    """Return one problem for each address that is wrong, on however many pages it stands.

    `files` are all files of the output and `pages` those that are pages, by file; `site_url` is
    the site's own full address, "" if it has none; `sources` maps output files to the files
    that an organiser edits, in which `line_of` finds the first of some words. Takes time in
    proportion to the number of links.
    """
    site = _Site(pages, frozenset(files), site_url)
    faults: defaultdict[tuple[str, _Fault], dict[str, None]] = defaultdict(dict)
    right = Right()
    for file in sorted(pages, key=address_of):
        for verb, href, thing in _uses(pages[file], right):
            fault = site.fault(file, href, loads=verb == _LOADS)
            if fault:
                faults[verb, fault][file] = None
            elif thing is not None and site.is_alike_everywhere(href):
                right.add(thing)
    problems = []
    for number, ((verb, fault), on) in enumerate(faults.items()):
        guess = site.guess(fault, next(iter(on))) if number < MOST_GUESSES else ""
        says = f"{verb} {shown(fault.target)}{fault.says}{guess}"
        problem = on_pages(fault.check, says, list(on), sources)
        words = [fault.target, f"#{fault.place}"] if fault.place else [fault.target]
        problems.append(replace(problem, line=line_of(problem.file, words)))
    return problems


def _uses(page: PageFacts, right: Right) -> Iterator[tuple[str, str, object]]:
    """Yield (verb, address, the fact that has it) of what is not known to be right.

    What few pages have in common comes without its fact, and is looked at on each.
    """
    for link in right.others(page.links):
        yield "links to", link.href, link
    for address in right.others(page.loads):
        yield _LOADS, address, address
    if page.redirect is not None:
        yield "sends its readers on to", page.redirect, None
    if page.canonical:
        yield "gives as its own address", page.canonical, None
    if page.card:
        yield "has for its picture", page.card, None


class _Site:
    """The finished site, as something in which addresses are looked up."""

    def __init__(
        self, pages: Mapping[str, PageFacts], files: frozenset[str], site_url: str
    ) -> None:
        self._pages = pages
        self._files = files
        self._home = urlsplit(site_url)
        self._folder = self._home.path.rstrip("/")
        self._places: dict[str, frozenset[str]] = {}
        self._judged: dict[tuple[str, bool], _Fault | None] = {}

    def fault(self, file: str, href: str, *, loads: bool) -> _Fault | None:
        """Return what is wrong with an address on the page `file`, if anything.

        `loads` says that a browser fetches it unasked. What means the same on every page is
        judged once.
        """
        if (href, loads) in self._judged:
            return self._judged[href, loads]
        link = _as_browsers_read(href)
        scheme = scheme_of(link)
        if not scheme and not link.startswith("/"):
            return self._relative(file, link, loads=loads)
        if scheme or link.startswith("//"):
            fault = self._full(link, scheme, loads=loads)
        else:
            fault = self._inside(*_path_and_place(link))
        self._judged[href, loads] = fault
        return fault

    def is_alike_everywhere(self, href: str) -> bool:
        """Say whether an address that was judged means the same on every page."""
        return (href, False) in self._judged or (href, True) in self._judged

    def guess(self, fault: _Fault, file: str) -> str:
        """Return ' Did you mean "…"?' with the nearest right address or place, or nothing."""
        if fault.place:
            places = self._places_on(fault.file or file)
            return did_you_mean(fault.place, sorted(map(shown, places)))
        near = self._nearest(fault.missing) if fault.missing else None
        return f' Did you mean "{self._folder}{near}"?' if near else ""

    def _full(self, link: str, scheme: str, *, loads: bool) -> _Fault | None:
        fault = _scheme_fault(link, scheme, loads=loads)
        if fault or scheme not in WEB:
            return fault
        parts = _split(link)
        if not parts:
            return _Fault(target=link, says=", which is not an address that browsers understand.")
        if self._home.netloc and _host(parts) == _host(self._home):
            return self._inside(parts.path or "/", parts.fragment)
        if loads:
            says = ", which is on another site. Save a copy of it in content/ and use that."
            return _Fault(check="third-party", target=link, says=says)
        return None

    def _relative(self, file: str, link: str, *, loads: bool) -> _Fault | None:
        if loads and not link:
            return _Fault(target="something", says=" that has no address.")
        path, place = _path_and_place(link)
        if not path:
            return self._place(file, place)
        here = self._folder + address_of(file)
        return self._inside(f"{here[: here.rindex('/')]}/{path}", place)

    def _inside(self, path: str, place: str) -> _Fault | None:
        path = _without_dots(unquote(path))
        if not f"{path}/".startswith(f"{self._folder}/"):
            says = f", which is not below {self._folder}/, where this site is."
            return _Fault(target=path, says=says)
        address = path.removeprefix(self._folder)
        if "//" in address:
            return _Fault(target=path, says=", which does not exist.", missing=address)
        if address and file_of(address) in self._files:
            return self._place(file_of(address), place, path)
        if file_of(f"{address}/") in self._files:
            return _Fault(target=path, says=f' without the slash at its end. Write "{path}/".')
        return _Fault(target=path, says=", which does not exist.", missing=address)

    def _place(self, file: str, fragment: str, path: str = "") -> _Fault | None:
        written = fragment.partition(":~:")[0]
        place = unquote(written)
        if place.lower() in {"", "top"} or file not in self._pages:
            return None
        if not {written, place}.isdisjoint(self._places_on(file)):
            return None
        says = f', but no heading or other part of the page has the id "{shown(place)}".'
        target, file = f"{path}#{place}", file if path else ""
        return _Fault(target=target, says=says, place=place, file=file)

    def _places_on(self, file: str) -> frozenset[str]:
        if file not in self._places:
            page = self._pages[file]
            self._places[file] = frozenset(page.ids + page.anchors)
        return self._places[file]

    def _nearest(self, address: str) -> str | None:
        folder, name = _folder_and_name(address)
        beside = self._by_folder.get(folder, {})
        near = difflib.get_close_matches(name, beside, n=1, cutoff=_ALIKE)
        return beside[near[0]] if near else self._by_name.get(name)

    @cached_property
    def _by_folder(self) -> Mapping[str, Mapping[str, str]]:
        found: defaultdict[str, dict[str, str]] = defaultdict(dict)
        for address in sorted(map(address_of, self._files)):
            folder, name = _folder_and_name(address)
            found[folder].setdefault(name, address)
        return found

    @cached_property
    def _by_name(self) -> Mapping[str, str]:
        names: dict[str, str] = {}
        for folder in self._by_folder.values():
            for name, address in folder.items():
                names.setdefault(name, address)
        return names


def _scheme_fault(link: str, scheme: str, *, loads: bool) -> _Fault | None:
    allowed = WEB if loads else ANY
    if not scheme:
        check = "third-party" if loads else "broken-link"
        return _Fault(check=check, target=link, says=", which does not say https: at its start.")
    if scheme not in allowed:
        words = named(allowed)
        says = f", which begins with {scheme}: (allowed: {words})."
        return _Fault(check="link-scheme", target=link, says=says)
    return None


def _as_browsers_read(href: str) -> str:
    r"""Return an address without what browsers drop from it, and with / for \.

    See WHATWG URL, "basic URL parser".
    """
    link = _DROPPED.sub("", href)
    path = re.split(r"[?#]", link, maxsplit=1)[0]
    return path.replace("\\", "/") + link[len(path) :]


def _path_and_place(link: str) -> tuple[str, str]:
    before, _, fragment = link.partition("#")
    return before.partition("?")[0], fragment


def _without_dots(path: str) -> str:
    if "/." not in path:
        return path
    parts = path.split("/")[1:]
    kept: list[str] = []
    for part in parts:
        if part == "..":
            del kept[-1:]
        elif part != ".":
            kept.append(part)
    return "/" + "/".join(kept + [""] * (parts[-1] in {".", ".."}))


def _split(link: str) -> SplitResult | None:
    try:
        parts = urlsplit(link)
        return parts if _host(parts)[0] else None
    except ValueError:
        return None


def _host(parts: SplitResult) -> tuple[str, int | None]:
    """Return the host and port of an address, None for the usual port of its scheme.

    Raises ValueError where there can be none.
    """
    port = parts.port
    return parts.hostname or "", None if port == _PORTS.get(parts.scheme) else port


def _folder_and_name(address: str) -> tuple[str, str]:
    folder, _, name = address.rstrip("/").casefold().rpartition("/")
    return folder, name
