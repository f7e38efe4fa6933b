"""Rules of block lists that hide elements, as EasyList writes them: `##.name`, `###name`."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True, kw_only=True)
class Element:
    """What blockers know an element by. A `tag` of "" is not known.

    Either its id is told or its classes are: a page has too many elements to keep each whole.
    """

    tag: str
    id: str = ""
    classes: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Test:
    """What a selector asks of one attribute: `[class^="ad-"]`."""

    attribute: str
    operator: str
    value: str
    ignore_case: bool

    def holds(self, written: str | None) -> bool:
        """Say whether an attribute with this value, None for none, is meant."""
        if written is None:
            return False
        if self.ignore_case:
            return _OPERATORS[self.operator](written.lower(), self.value.lower())
        return _OPERATORS[self.operator](written, self.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Selector:
    """One element's selector; a `tag` of "" is any, `but_not` are tags that it leaves alone."""

    tag: str
    ids: frozenset[str]
    classes: frozenset[str]
    tests: tuple[Test, ...]
    but_not: frozenset[str]

    def meets(self, element: Element) -> bool:
        """Say whether the selector is about an element, by its tag, id and classes."""
        return (
            (not self.tag or element.tag in {"", self.tag})
            and element.tag not in self.but_not
            and self.ids <= {element.id}
            and self.classes <= set(element.classes.split())
            and all(test.holds(_attribute(element, test.attribute)) for test in self.tests)
        )


_OPERATORS: Final[Mapping[str, Callable[[str, str], bool]]] = {
    "": lambda _written, _value: True,
    "=": lambda written, value: written == value,
    "^=": lambda written, value: bool(value) and written.startswith(value),
    "$=": lambda written, value: bool(value) and written.endswith(value),
    "*=": lambda written, value: bool(value) and value in written,
    "~=": lambda written, value: value in written.split(),
    "|=": lambda written, value: written == value or written.startswith(f"{value}-"),
}
_NAME: Final = r"(?:[\w-]|\\[^\n0-9a-fA-F])+"
_TAG = re.compile(r"\*|[a-zA-Z][\w-]*|")
_PART = re.compile(
    rf"\#(?P<id>{_NAME})|\.(?P<class>{_NAME})|:not\((?P<not>[a-zA-Z]+)\)"
    r"|\[(?P<attribute>[\w-]+)\s*(?:(?P<operator>[~^$*|]?=)\s*"
    r"(?:\"(?P<double>[^\"\\]*)\"|'(?P<single>[^'\\]*)'|(?P<bare>[\w-]+))\s*(?P<case>[iIsS])?\s*)?\]"
)
_SIMPLE = re.compile(r"([#.])([\w-]+)")
_ESCAPED = re.compile(r"\\(.)")


def read_selector(written: str) -> Selector | None:
    """Read the selector of one element, or None for one that says more than we understand.

    Understood are tags, ids, classes, attributes and `:not()` of a tag. What depends on other
    elements, and what only blockers know, is not.
    """
    start = _TAG.match(written)
    at = start.end() if start else 0
    tag = written[:at].removeprefix("*").lower()
    parts = []
    while at < len(written):
        part = _PART.match(written, at)
        if not part:
            return None
        parts.append(part)
        at = part.end()
    return Selector(
        tag=tag,
        ids=frozenset(_names(parts, "id")),
        classes=frozenset(_names(parts, "class")),
        tests=tuple(_test(part) for part in parts if part["attribute"]),
        but_not=frozenset(part["not"].lower() for part in parts if part["not"]),
    )


class HidingRules:
    """Selectors, found by the names that they ask for."""

    def __init__(self, selectors: Iterable[str]) -> None:
        """Take selectors as they are written; those that are not understood are left out."""
        self._names: set[str] = set()
        self._by_name: defaultdict[str, list[tuple[Selector, str]]] = defaultdict(list)
        self._by_test: defaultdict[str, list[tuple[Selector, str]]] = defaultdict(list)
        self._hrefs: list[tuple[Test, str]] = []
        for written in selectors:
            if _SIMPLE.fullmatch(written):
                self._names.add(written)
            elif selector := read_selector(written):
                self._take(selector, written)
        self._prefixes = tuple({test.value for test, _ in self._hrefs if _is_plain_prefix(test)})
        self._rare = [pair for pair in self._hrefs if not _is_plain_prefix(pair[0])]

    def _take(self, selector: Selector, written: str) -> None:
        asked = {test.attribute for test in selector.tests}
        names = [*(f"#{name}" for name in selector.ids), *(f".{n}" for n in selector.classes)]
        if asked <= {"class", "id"} and names:
            self._by_name[names[0]].append((selector, written))
        elif asked and asked <= {"class", "id"}:
            self._by_test[selector.tests[0].attribute].append((selector, written))
        elif asked == {"href"} and selector == _on_links(selector):
            self._hrefs.append((selector.tests[0], written))

    def on_element(self, element: Element) -> str | None:
        """Return the selector that hides an element, or None."""
        names = [f".{name}" for name in element.classes.split()]
        names += [f"#{element.id}"] if element.id else []
        simple = next((name for name in names if name in self._names), None)
        if simple:
            return simple
        rules = self._candidates(element, names)
        return next((written for selector, written in rules if selector.meets(element)), None)

    def on_link(self, href: str) -> str | None:
        """Return the selector that hides the links to an address, or None."""
        rules = self._hrefs if href.startswith(self._prefixes) else self._rare
        return next((written for test, written in rules if test.holds(href)), None)

    def _candidates(self, element: Element, names: Iterable[str]) -> Iterator[tuple[Selector, str]]:
        for name in names:
            yield from self._by_name.get(name, ())
        if element.classes:
            yield from self._by_test["class"]
        if element.id:
            yield from self._by_test["id"]


def _on_links(selector: Selector) -> Selector:
    """Return what is left of a selector when it asks for one thing of a link's address."""
    tag = selector.tag if selector.tag == "a" else ""
    nothing: frozenset[str] = frozenset()
    return Selector(
        tag=tag, ids=nothing, classes=nothing, tests=selector.tests[:1], but_not=nothing
    )


def _is_plain_prefix(test: Test) -> bool:
    return test.operator == "^=" and not test.ignore_case and bool(test.value)


def _attribute(element: Element, name: str) -> str | None:
    return (element.id if name == "id" else element.classes) or None


def _names(parts: Iterable[re.Match[str]], kind: str) -> Iterator[str]:
    return (_ESCAPED.sub(r"\1", part[kind]) for part in parts if part[kind])


def _test(part: re.Match[str]) -> Test:
    return Test(
        attribute=part["attribute"].lower(),
        operator=part["operator"] or "",
        value=part["double"] or part["single"] or part["bare"] or "",
        ignore_case=(part["case"] or "").lower() == "i",
    )
