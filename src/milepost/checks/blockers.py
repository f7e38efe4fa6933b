"""Whether readers with an ad blocker see every page whole.

What blockers hide on every site is in lists: EasyList, which most of them use, and others
for newsletters or buttons to share. They hide elements by class, id or the address of a link, and
block what a page loads by its address. Two things in them are left aside:

- Rules for addresses are about what pages load. A page itself is nothing that they block: Brave's
  engine passes `/blog/ad-banner/` as a document, whatever rule it meets. A post's slug is held
  against them all the same, because its address is blocked where it is framed or fetched ahead,
  and because Safari takes a rule without a kind for pages as well (developer.apple.com, "Creating
  a content blocker": `resource-type`).
- Pictures of posts need no report: `media.py` gives them a name without words.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Final, Literal
from urllib.parse import unquote, urljoin, urlsplit

from milepost.addresses import MEDIA, STANDARD_PAGES, address_of, mark, slugify
from milepost.checks import Right, on_pages, own_names, shown
from milepost.checks.blocking import (
    PAGE,
    AddressRule,
    BlockingRules,
    covers,
    kind_of,
    read_address_rule,
)
from milepost.checks.hiding import Element, HidingRules
from milepost.facts import PageFacts
from milepost.posts.post import Page
from milepost.problems import SITE, Problem, quote
from milepost.roster.load import FILE

_OWN: Final = Path(__file__).with_name("blocked.txt")
_ELEMENT_RULE = re.compile(r"(?P<domains>[^#\s]*)#(?P<excepted>@?)#(?P<selector>[^+^].*)")
_OTHER_RULE = re.compile(r"#[@?$%]{1,3}#|##[+^]")
_DIGEST = re.compile("-[0-9a-f]{12}$")
_OTHER_WORDS: Final[Mapping[str, str]] = {
    "ad": "notice",
    "ads": "notices",
    "advert": "notice",
    "adverts": "notices",
    "advertisement": "notice",
    "advertising": "telling",
    "advertise": "tell",
    "banner": "flag",
    "banners": "flags",
    "newsletter": "letter",
    "newsletters": "letters",
    "sponsor": "supporter",
    "sponsors": "supporters",
    "sponsored": "supported",
    "partner": "friend",
    "partners": "friends",
    "promo": "news",
    "affiliate": "friend",
    "popup": "stand",
    "affiliates": "friends",
    "popunder": "stand",
}
"""For words that blockers know, words that they do not."""

_NEUTRAL: Final[Mapping[str, str]] = {
    "image": "picture",
    "stylesheet": "look",
    "script": "page",
    "font": "letters",
}

_OURS: Final = (
    "The name is Milepost's own, and no file of yours can change it. Take the rule out of the "
    'list, or let the build pass: CHECKS = {"blockers": "warning"}.'
)


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockList:
    """The rules of a list that concern one site, and its exceptions to them."""

    hiding: HidingRules
    blocking: BlockingRules
    passing: BlockingRules

    def blocked(self, address: str, kind: str) -> str | None:
        """Return the rule that blocks a request for a whole address, or None."""
        rule = self.blocking.on_address(address, kind)
        return rule if rule and not self.passing.on_address(address, kind) else None


def read_list(text: str, host: str) -> BlockList:
    """Read a list in the syntax of EasyList for the pages of `host`.

    A rule that is for other sites, or that says more than we understand, is left out.
    """
    hidden: dict[str, None] = {}
    shown_anyway: set[str] = set()
    blocked: list[AddressRule] = []
    passed: list[AddressRule] = []
    for line in map(str.strip, text.splitlines()):
        rule = _ELEMENT_RULE.fullmatch(line)
        if rule:
            if covers(rule["domains"].lower().split(","), host):
                target = shown_anyway.add if rule["excepted"] else hidden.setdefault
                target(rule["selector"])
        elif line and not line.startswith(("!", "[")) and not _OTHER_RULE.search(line):
            found = read_address_rule(line.removeprefix("@@"), host)
            if found:
                (passed if line.startswith("@@") else blocked).append(found)
    return BlockList(
        hiding=HidingRules(selector for selector in hidden if selector not in shown_anyway),
        blocking=BlockingRules(blocked),
        passing=BlockingRules(passed),
    )


def own_list() -> str:
    """Return the text of the project's own short list."""
    return _OWN.read_text(encoding="utf-8")


def check_blockers(
    pages: Mapping[str, PageFacts],
    rules: BlockList,
    url: str,
    sources: Mapping[str, str],
    named_at: tuple[str, int | None] = (SITE, None),
) -> list[Problem]:
    """Return one problem for each thing that is hidden or blocked, on however many pages.

    `url` is the address of the site, `sources` maps output files to the files that an
    organiser edits, `named_at` is the file and line of the setting that names the rules. There
    is told what Milepost has named itself; what stands on pages without a source as well is a
    template's, and no fault of the first post that has it.
    """
    found: defaultdict[_Hit, list[str]] = defaultdict(list)
    seen: dict[object, _Hit | None] = {}
    right, right_ids = Right(), Right()
    for file in sorted(pages, key=address_of):
        for known, fact, things in _facts(pages[file], url, right, right_ids):
            faults = []
            for thing in things:
                if thing not in seen:
                    seen[thing] = _fault(thing, rules, urlsplit(url).path)
                if hit := seen[thing]:
                    faults.append(hit)
            for hit in faults:
                if found[hit][-1:] != [file]:
                    found[hit].append(file)
            if fact is not None and not faults:
                known.add(fact)
    return [_problem(hit, files, sources, named_at) for hit, files in found.items()]


def _problem(
    hit: _Hit,
    files: Sequence[str],
    sources: Mapping[str, str],
    named_at: tuple[str, int | None],
) -> Problem:
    places = sources if all(file in sources for file in files) else {}
    problem = on_pages("blockers", hit.says, files, places)
    match hit.whose:
        case "milepost":
            file, line = named_at
            return replace(problem, file=file, line=line, subject="BLOCK_LIST" if file else "")
        case "list":
            return replace(problem, file=FILE)
        case _:
            return problem


def check_slugs(pages: Iterable[Page], rules: BlockList, url: str) -> list[Problem]:
    """Return one problem for each post or page whose address blockers know, with another slug."""
    everything = list(pages)
    taken = {page.slug for page in everything}
    problems = []
    for page in everything:
        rule = None if page.slug in STANDARD_PAGES else rules.blocked(url + page.address, PAGE)
        if rule:
            problems.append(_slug_problem(page, rule, _other_slug(page, rules, url, taken)))
    return problems


@dataclass(frozen=True, slots=True, kw_only=True)
class _Hit:
    """What is said of a thing, and who has named it: Milepost, the sponsor list, or an author."""

    says: str
    whose: Literal["milepost", "list", "author"] = "author"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Load:
    """A whole address on the site that a page loads, and as it is written in the page."""

    address: str
    written: str


def _facts(
    page: PageFacts, url: str, right: Right, right_ids: Right
) -> Iterator[tuple[Right, object, Iterable[Element | _Load | str]]]:
    """Yield what blockers look at: elements, what is loaded from the site, links.

    With them comes the fact that has them and where to note that it is right, None where it is
    not alike on every page.
    """
    if right.others([page.classes]):
        elements = [Element(tag=tag, classes=classes) for tag, classes in page.classes]
        yield right, page.classes, elements
    headings = {heading.id: f"h{heading.level}" for heading in page.headings}
    for name, tag in headings.items():
        yield right_ids, None, [Element(tag=tag, id=name)] if name else []
    for name in right_ids.others(name for name in page.ids if name not in headings):
        yield right_ids, name, [Element(tag="", id=name)]
    for written in right.others(page.loads):
        fact = written if written.startswith("/") else None
        yield right, fact, _load(page, url, written)
    for link in right.others(page.links):
        yield right, link, [link.href]


def _load(page: PageFacts, url: str, written: str) -> Iterator[_Load]:
    """Yield the whole address of what a page loads, if it is on the site."""
    try:
        address = urljoin(f"{url}{address_of(page.file)}", written)
        if urlsplit(address).netloc == urlsplit(url).netloc:
            yield _Load(address=address, written=written)
    except ValueError:
        return


def _fault(thing: object, rules: BlockList, base: str) -> _Hit | None:
    match thing:
        case Element():
            rule = rules.hiding.on_element(thing)
            return _element_fault(thing, rule, rules) if rule else None
        case _Load():
            rule = rules.blocked(thing.address, kind_of(thing.address))
            return _load_fault(thing, rule, rules, base) if rule else None
        case str():
            rule = rules.hiding.on_link(thing)
            return _Hit(says=_link_fault(thing, rule)) if rule else None
        case _:
            return None


def _element_fault(element: Element, rule: str, rules: BlockList) -> _Hit:
    if element.classes:
        what = f'<{shown(element.tag)} class="{shown(element.classes)}">'
    else:
        what = f'<{element.tag or "…"} id="{shown(element.id)}">'
    says = f"has {what}, which ad blockers hide (rule ##{shown(rule)})."
    if _is_own(element, rules):
        return _Hit(says=f"{says} {_OURS}", whose="milepost")
    if element.id.startswith(mark("")):
        return _Hit(says=f"{says} Give the sponsor another id.", whose="list")
    if element.id and element.tag:
        advice = "Put other words into the heading, or give it a name: ## Heading {#name}."
    else:
        advice = "Call it something else; if it is none of yours, look in theme/templates/."
    return _Hit(says=f"{says} {advice}")


def _is_own(element: Element, rules: BlockList) -> bool:
    """Say whether an element would be hidden for nothing but names that Milepost gives."""
    if element.id.startswith(mark("")):
        other = replace(element, id=mark("x"))
    elif element.id:
        return own_names.is_own_id(element.id)
    else:
        other = replace(element, classes=own_names.own_classes(element.classes))
    return bool(other.id or other.classes) and rules.hiding.on_element(other) is not None


def _link_fault(href: str, rule: str) -> str:
    return (
        f"has a link to {shown(href)}, which ad blockers hide (rule ##{shown(rule)}). "
        "Link to an address without a detour."
    )


def _load_fault(load: _Load, rule: str, rules: BlockList, base: str) -> _Hit:
    path = unquote(urlsplit(load.address).path)
    says = f"loads {shown(load.written)}, which ad blockers block (rule {shown(rule)})."
    below = path.removeprefix(base)
    name = PurePosixPath(path)
    kind = kind_of(load.address)
    stem = _DIGEST.sub("", slugify(name.stem))
    others = (_reworded(stem), _NEUTRAL.get(kind, "file"))
    proposals = (urljoin(load.address, other + name.suffix) for other in others if other)
    better = next((one for one in proposals if not rules.blocked(one, kind)), None)
    # The folder, too, is one that nobody chooses.
    if own_names.is_own_file(below) or (below.startswith(MEDIA) and not better):
        return _Hit(says=f"{says} {_OURS}", whose="milepost")
    advice = f"Call it {PurePosixPath(better).name}." if better else "Put it into another folder."
    return _Hit(says=f"{says} {advice}")


def _slug_problem(page: Page, rule: str, better: str | None) -> Problem:
    key = "slug" if page.header.get("slug") else "title"
    advice = f"Write slug: {better}" if better else "Give it another slug."
    return Problem(
        check="blockers",
        file=page.file,
        line=page.header.line_of(key),
        subject=page.matter.title,
        message=f"the address {page.address} is one that ad blockers know (rule {shown(rule)}), so "
        f"slug {quote(page.slug)} may keep readers away. {advice}",
    )


def _other_slug(page: Page, rules: BlockList, url: str, taken: Collection[str]) -> str | None:
    """Return the first slug, of those near in meaning, that no rule knows and no page has."""
    title = slugify(page.matter.title)
    stem = page.address.removesuffix(f"{page.slug}/")
    proposals = (_reworded(page.slug), title, _reworded(title), f"about-{_reworded(page.slug)}")
    return next(
        (
            slug
            for slug in proposals
            if slug and slug not in taken and not rules.blocked(f"{url}{stem}{slug}/", PAGE)
        ),
        None,
    )


def _reworded(slug: str) -> str:
    return "-".join(_OTHER_WORDS.get(word, word) for word in slug.split("-"))
