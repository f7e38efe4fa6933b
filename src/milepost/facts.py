"""What the checks need to know of a finished page, read from its HTML once.

The parser builds the tree that a browser builds (WHATWG HTML), so broken markup is read as a
reader's browser reads it. What stands inside a `<template>` is on no page and is not read.
"""

from __future__ import annotations

import re
from codecs import BOM_UTF8
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Final, TypeAlias

from selectolax.lexbor import LexborHTMLParser, LexborNode


class Shared:
    """A dataclass of which equal ones are one object, also after the way between processes.

    Most links and pictures of a page are those of its navigation and its wall: without this,
    the facts of 10,000 pages with 31 sponsors need 370 MB instead of 150.
    """

    __slots__: tuple[str, ...] = ()

    def __reduce__(self) -> tuple[Callable[..., object], tuple[object, ...]]:
        return shared, (type(self), *[getattr(self, name) for name in self.__slots__])


@lru_cache(maxsize=1 << 14)
def shared(kind: type[Shared], *values: object) -> Any:
    """Return the one object of a kind that has these values, in the order of its fields."""
    return kind(**dict(zip(kind.__slots__, values, strict=True)))


@lru_cache(maxsize=1 << 10)
def _same(classes: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    """Return these classes as the one object that pages of a kind have in common."""
    return classes


@dataclass(frozen=True, slots=True, kw_only=True)
class Link(Shared):
    """An address that a reader can follow: of an `a`, an `area`, a form or a `<link>`.

    `rel` is in lower case. `text` is the words of the link, without those of its pictures.
    """

    href: str
    rel: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Image(Shared):
    """An `<img>`: its width and height in CSS pixels, None for what it does not say."""

    src: str
    alt: str | None
    width: int | None
    height: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark(Shared):
    """A sponsor's place, an element with `data-mark`: the sponsor's id and what is seen there.

    `text` is its words and `alts` the words for each of its pictures, "" for one without any.
    `pictures` has for each of them the addresses from which a browser chooses. What is `hidden`,
    `inert`, a `popover`, `aria-hidden`, a script or a style is not seen, nor what stands inside
    it or in closed `<details>`, nor a mark or picture in an element that is `visually-hidden`,
    nor what a browser shows only in the stead of another thing, as `<noscript>` and `<canvas>` do.
    `within` has the classes of the elements round it, as far as the one with `data-wall`.
    """

    ident: str
    text: str = ""
    alts: tuple[str, ...] = ()
    pictures: tuple[tuple[str, ...], ...] = ()
    within: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading(Shared):
    """A heading, from level 1 to level 6; an `id` that it does not have is ""."""

    level: int
    text: str
    id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageFacts:
    """A finished page, as plain data. A text that the page does not have is "".

    `file` is its name in the output, with forward slashes. `ids` keeps repeats; `anchors` are
    the names of `<a name>`. `loads` is every address that a browser fetches or connects to by
    itself. `card` is the picture for links to the page on other sites. `wall` names the
    placement of its wall and `marks` has the places of its sponsors. `classes` has each tag with
    a `class` as it is written, once. `inline` has a few words for each script or style that is
    written into the page. All of them are in page order.
    """

    file: str
    title: str = ""
    language: str = ""
    canonical: str = ""
    description: str = ""
    card: str = ""
    noindex: bool = False
    has_base: bool = False
    redirect: str | None = None
    wall: str | None = None
    marks: tuple[Mark, ...] = ()
    ids: tuple[str, ...] = ()
    classes: tuple[tuple[str, str], ...] = ()
    anchors: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()
    loads: tuple[str, ...] = ()
    images: tuple[Image, ...] = ()
    headings: tuple[Heading, ...] = ()
    inline: tuple[str, ...] = ()

    @property
    def placements(self) -> tuple[str, ...]:
        """The ids of the sponsors that have a place, whatever is seen there."""
        return tuple([mark.ident for mark in self.marks])


_Attributes: TypeAlias = Mapping[str, str | None]

_FETCHED_RELS: Final = frozenset(
    {"stylesheet", "icon", "apple-touch-icon", "apple-touch-icon-precomposed", "mask-icon"}
    | {"manifest", "preload", "modulepreload", "prefetch", "prerender"}
    | {"preconnect", "dns-prefetch"}
)
_HREFS: Final = ("href", "xlink:href")
_LOADING: Final[Mapping[str, tuple[str, ...]]] = {
    **dict.fromkeys(("img", "source", "audio", "track", "embed", "input"), ("src",)),
    **dict.fromkeys(("iframe", "frame"), ("src",)),
    **dict.fromkeys(("image", "use", "feimage"), _HREFS),
    "script": ("src", *_HREFS),
    "video": ("src", "poster"),
    "object": ("data",),
}
_WRITTEN_IN: Final = frozenset({"style", "srcdoc"})
_SENDING: Final = frozenset({"action", "formaction"})
_HIDING: Final = frozenset({"hidden", "inert", "popover"})
_INSTEAD: Final = frozenset(
    {"noscript", "canvas", "video", "audio", "object", "iframe", "meter", "progress"}
    | {"select", "datalist"}
)
"""Elements whose contents are for browsers that cannot show them, or are choices in a form."""
_OUT_OF_SIGHT: Final = "visually-hidden"
_RARE: Final = _WRITTEN_IN | _SENDING | _HIDING | {"aria-hidden", "data-wall", "background"}
_SRCSET_URL = re.compile(r"[\s,]*(\S+)")
_SRCSET_REST = re.compile(r"(?:[^,(]|\([^)]*\)?)*")
_REFRESH = re.compile(r"\s*[\d.]+\s*[;,\s]\s*(?:url\s*=\s*)?(.+)", re.IGNORECASE | re.DOTALL)
_NOINDEX = re.compile(r"\b(?:noindex|none)\b", re.IGNORECASE)
_PIXELS = re.compile(r"[0-9]{1,6}")


@dataclass(slots=True)
class _Found:
    """What has been read so far of a page: the first of each text, all of the others.

    `marks` are the elements with `data-mark`, `pictures` the words for each of their pictures and
    its addresses. `veiled` is everything that is not seen, `partly` the marks that have such
    inside. All of them are known by `mem_id`, and an element is read before those inside it.
    """

    texts: dict[str, str] = field(default_factory=dict)
    many: defaultdict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    links: list[Link] = field(default_factory=list)
    images: list[Image] = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)
    classes: list[tuple[str, str]] = field(default_factory=list)
    marks: dict[int, tuple[str, LexborNode]] = field(default_factory=dict)
    pictures: dict[int, list[tuple[str, tuple[str, ...]]]] = field(default_factory=dict)
    veiled: set[int] = field(default_factory=set)
    partly: set[int] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Stretch:
    """What stands in a stretch of a page: the first of each text, all of the others, in order."""

    texts: Mapping[str, str]
    many: Mapping[str, Sequence[str]]
    links: Sequence[Link]
    images: Sequence[Image]
    headings: Sequence[Heading]
    classes: Sequence[tuple[str, str]]
    marks: Sequence[Mark]


@dataclass(frozen=True, slots=True)
class OwnFacts:
    """What stands in a page beside the part that it has in common with others.

    `before` and `after` are the stretches round that part; without one there is no `after`.
    """

    title: str
    language: str
    before: Stretch
    after: Stretch | None = None


def read_facts(file: str, html: bytes, part: bytes = b"") -> PageFacts:
    """Return what stands in a page: `html` is its bytes in UTF-8, `file` its name in the output.

    Any bytes are read; those that are not UTF-8 become U+FFFD. `part` is HTML that many pages
    have in common, such as their wall: it is read once, which changes no fact.
    """
    return whole(file, own_facts(html, part), part)


def own_facts(html: bytes, part: bytes = b"") -> OwnFacts:
    """Return what stands in a page beside a part, or all of it if the part cannot be left out."""
    known = _part(part) if part and html.count(part) == 1 else None
    if known:
        tree = LexborHTMLParser(html.replace(part, known.stand_in).removeprefix(BOM_UTF8))
        place = tree.css_first(f"[{_PLACE}]")
        if place and _is_open(place):
            return _own(tree)
    return _own(LexborHTMLParser(html.removeprefix(BOM_UTF8)))


def whole(file: str, own: OwnFacts, part: bytes = b"") -> PageFacts:
    """Return the facts of the page `file`, with those of the part that was left out."""
    known = _part(part) if own.after else None
    between = (known.stretch, own.after) if known and own.after else ()
    stretches = (own.before, *between)
    texts = {name: text for one in reversed(stretches) for name, text in one.texts.items()}

    def every(name: str) -> tuple[str, ...]:
        return tuple([text for one in stretches for text in one.many.get(name, ())])

    return PageFacts(
        file=file,
        title=own.title,
        language=own.language,
        canonical=texts.get("canonical", ""),
        description=texts.get("description", ""),
        card=texts.get("og:image", ""),
        noindex="noindex" in texts,
        has_base="base" in texts,
        redirect=texts.get("refresh"),
        wall=texts.get("data-wall"),
        marks=tuple([mark for one in stretches for mark in one.marks]),
        ids=every("id"),
        classes=_same(tuple(dict.fromkeys(pair for one in stretches for pair in one.classes))),
        anchors=every("anchor"),
        links=tuple([link for one in stretches for link in one.links]),
        loads=tuple(dict.fromkeys(every("load"))),
        images=tuple([image for one in stretches for image in one.images]),
        headings=tuple([heading for one in stretches for heading in one.headings]),
        inline=tuple(dict.fromkeys(every("inline"))),
    )


def _own(tree: LexborHTMLParser) -> OwnFacts:
    root, title = tree.root, tree.css_first("head title")
    before, *after = _stretches(tree.css("*"))
    return OwnFacts(
        title=_words(title) if title else "",
        language=_text(root.attributes, "lang") if root else "",
        before=before,
        after=after[0] if after else None,
    )


def _stretches(nodes: Iterable[LexborNode]) -> list[Stretch]:
    """Read the elements up to the place of a part, and those after it."""
    done: list[Stretch] = []
    found = _Found()
    for node in nodes:
        tag, attributes = node.tag or "", node.attributes
        if _PLACE in attributes:
            done.append(_stretch(found))
            found = _Found()
        elif attributes:
            _read_any(found, node, tag, attributes)
        read = _READERS.get(tag)
        if read:
            read(found, node, attributes)
    return [*done, _stretch(found)]


def _stretch(found: _Found) -> Stretch:
    return Stretch(
        texts=found.texts,
        many=dict(found.many),
        links=found.links,
        images=found.images,
        headings=found.headings,
        classes=list(dict.fromkeys(found.classes)),
        marks=_seen_marks(found),
    )


_PLACE: Final = "data-milepost-place"
_END: Final = "data-milepost-end"
_BLOCKS: Final = frozenset({"section", "div", "nav", "aside"})
_ROUND: Final = ("main", "article", "header", "footer", "aside", "section", "div")
"""Elements that say nothing of how a browser reads what stands in them."""


@dataclass(frozen=True, slots=True)
class _Part:
    """What stands in a part of many pages, and the empty element that is read in its stead."""

    stand_in: bytes
    stretch: Stretch


@lru_cache(maxsize=16)
def _part(html: bytes) -> _Part | None:
    """Return the facts of a part, or None when a browser might read it otherwise in its page.

    It may be read by itself if it is made of blocks that end where it ends: then nothing in it
    reaches out of it, and `_is_open` tells whether something round it reaches in.
    """
    opened = "".join(f"<{tag}>" for tag in _ROUND)
    page = f"<!doctype html><html><body>{opened}".encode() + html + f"<i {_END}></i>".encode()
    tree = LexborHTMLParser(page)
    home = tree.css_first(" > ".join(("html", "body", *_ROUND)))
    end = tree.css_first(f"[{_END}]")
    roots = list(home.iter(include_text=True)) if home else []
    plain = not (tree.root and tree.root.attributes) and not (tree.body and tree.body.attributes)
    if not roots or not end or end.parent != home or roots[-1] != end or not plain:
        return None
    blocks = [root for root in roots[:-1] if root.tag != "-text" or root.text().strip()]
    if not html.startswith(b"<") or not blocks or any(root.tag not in _BLOCKS for root in blocks):
        return None
    [stretch] = _stretches(node for block in blocks for node in block.css("*"))
    tag = blocks[0].tag
    stand_in = f"<{tag} {_PLACE}><i {_END}></i></{tag}>".encode()
    return _Part(stand_in=stand_in, stretch=stretch)


def _is_open(place: LexborNode) -> bool:
    """Say whether nothing round a place changes how a browser reads what is put there.

    An element that is open still, as an <a> without its end, would be opened anew inside: the one
    that stands in the place tells, because it would no longer be the first child there.
    """
    inner = [node.attributes for node in place.iter()]
    if place.tag not in _BLOCKS or list(place.attributes) != [_PLACE]:
        return False  # it is an unfinished tag before it that has the attribute
    at = place.parent
    while at and at.tag in _ROUND and not _reaches_in(at.attributes):
        at = at.parent
    is_in_body = at is not None and at.tag == "body" and not _reaches_in(at.attributes)
    return is_in_body and len(inner) == 1 and _END in inner[0]


def _reaches_in(attributes: _Attributes) -> bool:
    """Say whether an element changes what is known of the marks that stand in it."""
    is_part = "data-mark" in attributes or "data-wall" in attributes
    return is_part or _hides(attributes) or _OUT_OF_SIGHT in (attributes.get("class") or "")


def _hides(attributes: _Attributes) -> bool:
    return not _HIDING.isdisjoint(attributes) or attributes.get("aria-hidden") == "true"


def _seen_marks(found: _Found) -> list[Mark]:
    veiled, partly = found.veiled, found.partly
    marks: list[Mark] = []
    rounds: dict[int, tuple[str, ...]] = {}
    for number, (ident, node) in found.marks.items():
        if number in veiled:
            marks.append(shared(Mark, ident, "", (), (), ()))
            continue
        words = _seen_words(found, node) if number in partly else _words(node)
        pictures = found.pictures.get(number, ())
        alts = tuple([alt for alt, _ in pictures])
        parent = node.parent.mem_id if node.parent else 0
        if parent not in rounds:
            rounds[parent] = _classes_round(node)
        addresses = tuple([addresses for _, addresses in pictures])
        marks.append(shared(Mark, ident, words, alts, addresses, rounds[parent]))
    return marks


def _classes_round(node: LexborNode) -> tuple[str, ...]:
    """Return the classes of the elements round one, as far as its wall, if it has one."""
    classes: list[str] = []
    at = node.parent
    while at and at.tag != "-undef":
        classes += (at.attributes.get("class") or "").split()
        if "data-wall" in at.attributes:
            return tuple(dict.fromkeys(classes))
        at = at.parent
    return ()


def _seen_words(found: _Found, node: LexborNode) -> str:
    inner = node.traverse(include_text=True)
    texts = (one for one in inner if one.tag == "-text" and one.mem_id not in found.veiled)
    return " ".join("".join(text.text(deep=False) for text in texts).split())


def _veil(found: _Found, node: LexborNode) -> None:
    if node.mem_id not in found.veiled:
        found.partly.add(_mark_round(found, node))
        found.veiled.update([inner.mem_id for inner in node.traverse(include_text=True)])


def _mark_round(found: _Found, node: LexborNode) -> int:
    """Return the mark in which an element stands, 0 when there is none."""
    at = node if found.marks else None
    while at and at.mem_id not in found.marks:
        at = at.parent
    return at.mem_id if at else 0


def _read_any(found: _Found, node: LexborNode, tag: str, attributes: _Attributes) -> None:
    for name, value in attributes.items():
        if name == "class":
            found.classes.append((tag, value or ""))
            if value and _OUT_OF_SIGHT in value and _OUT_OF_SIGHT in value.split():
                _take_out_of_sight(found, node)
        elif name == "id":
            found.many[name].append(value or "")
        elif name == "data-mark":
            found.marks[node.mem_id] = (value or "", node)
        elif name in _RARE:
            _read_rare(found, node, name, value or "")
        elif name[:2] == "on":
            found.many["inline"].append(f'{name}="…" on <{tag}>')


def _read_rare(found: _Found, node: LexborNode, name: str, value: str) -> None:
    if name in _WRITTEN_IN:
        found.many["inline"].append(f'{name}="…" on <{node.tag}>')
    elif name in _HIDING or (name, value) == ("aria-hidden", "true"):
        _veil(found, node)
    elif name == "data-wall" and value:
        found.texts.setdefault(name, value)
    elif name == "background" and value:
        found.many["load"].append(value)
    elif name in _SENDING and value:
        found.links.append(shared(Link, value, "", ""))


def _take_out_of_sight(found: _Found, node: LexborNode) -> None:
    """Veil what is there for those who listen: in a mark its pictures, not its words."""
    if _mark_round(found, node) in {0, node.mem_id}:
        _veil(found, node)
    else:
        found.veiled.update([image.mem_id for image in node.css("img")])


def _read_closed(found: _Found, node: LexborNode, attributes: _Attributes) -> None:
    """Veil what a reader has to open first; the summary of details is seen."""
    if "open" not in attributes:
        inner = list(node.iter(include_text=True))
        summary = next((one for one in inner if one.tag == "summary"), None)
        for one in inner:
            if node.tag == "dialog" or one != summary:
                _veil(found, one)


def _read_instead(found: _Found, node: LexborNode, attributes: _Attributes) -> None:
    """Veil what stands in for an element; its links are read, for they may be followed."""
    if node.tag in _LOADING:
        _read_loading(found, node, attributes)
    for inner in node.iter(include_text=True):
        _veil(found, inner)


def _read_anchor(found: _Found, node: LexborNode, attributes: _Attributes) -> None:
    for name in _HREFS:
        if name in attributes:
            rel = (attributes.get("rel") or "").lower()
            found.links.append(shared(Link, attributes[name] or "", rel, _words(node)))
    if attributes.get("name"):
        found.many["anchor"].append(_text(attributes, "name"))


def _read_link(found: _Found, _node: LexborNode, attributes: _Attributes) -> None:
    rel, href = _text(attributes, "rel").lower(), attributes.get("href")
    rels = rel.split()
    if not _FETCHED_RELS.isdisjoint(rels):
        found.many["load"].extend([href] if href is not None else [])
        found.many["load"].extend(_candidates(_text(attributes, "imagesrcset")))
    elif "canonical" in rels:
        found.texts.setdefault("canonical", href or "")
    elif href is not None:
        found.links.append(shared(Link, href, rel, ""))


def _read_meta(found: _Found, _node: LexborNode, attributes: _Attributes) -> None:
    name = _text(attributes, "name") or _text(attributes, "property")
    name, content = name.lower(), _text(attributes, "content")
    if name in {"description", "og:image"}:
        found.texts.setdefault(name, content)
    elif name == "robots" and _NOINDEX.search(content):
        found.texts["noindex"] = ""
    elif _text(attributes, "http-equiv").lower() == "refresh":
        target = _REFRESH.fullmatch(content)
        if target:
            found.texts.setdefault("refresh", target[1].strip().strip("\"'"))


def _read_base(found: _Found, _node: LexborNode, _attributes: _Attributes) -> None:
    found.texts["base"] = ""


def _read_style(found: _Found, node: LexborNode, _attributes: _Attributes) -> None:
    if found.marks:
        _veil(found, node)
    found.many["inline"].append("<style>")


def _read_script(found: _Found, node: LexborNode, attributes: _Attributes) -> None:
    _read_loading(found, node, attributes)
    if found.marks:
        _veil(found, node)
    is_data = _text(attributes, "type").lower() == "application/ld+json"
    if not is_data and node.text().strip():
        found.many["inline"].append("<script>")


def _read_image(found: _Found, node: LexborNode, attributes: _Attributes) -> None:
    _read_loading(found, node, attributes)
    alt = _text(attributes, "alt") if "alt" in attributes else None
    width, height = _pixels(attributes, "width"), _pixels(attributes, "height")
    found.images.append(shared(Image, _text(attributes, "src"), alt, width, height))
    if node.mem_id not in found.veiled:
        mark = _mark_round(found, node)
        words = " ".join((alt or "").split())
        if mark:
            found.pictures.setdefault(mark, []).append((words, tuple(_choices(node, attributes))))


def _choices(node: LexborNode, attributes: _Attributes) -> Iterator[str]:
    """Yield the addresses from which a browser chooses what an <img> shows."""
    parent = node.parent
    for one in parent.iter() if parent and parent.tag == "picture" else ():
        if one.tag == "source":
            yield from _candidates(_text(one.attributes, "srcset"))
    yield from _candidates(_text(attributes, "srcset"))
    yield _text(attributes, "src")


def _read_loading(found: _Found, node: LexborNode, attributes: _Attributes) -> None:
    for name in _LOADING[node.tag or ""]:
        if name in attributes:
            found.many["load"].append(attributes[name] or "")
    if "srcset" in attributes:
        found.many["load"].extend(_candidates(_text(attributes, "srcset")))


def _read_heading(found: _Found, node: LexborNode, attributes: _Attributes) -> None:
    level, name = int((node.tag or "h0")[1]), attributes.get("id") or ""
    found.headings.append(Heading(level=level, text=_words(node), id=name))


_Reader: TypeAlias = Callable[[_Found, LexborNode, _Attributes], None]

_READERS: Final[Mapping[str, _Reader]] = {
    **dict.fromkeys(_LOADING, _read_loading),
    **dict.fromkeys(_INSTEAD, _read_instead),
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), _read_heading),
    "a": _read_anchor,
    "area": _read_anchor,
    "base": _read_base,
    "link": _read_link,
    "meta": _read_meta,
    "style": _read_style,
    "script": _read_script,
    "img": _read_image,
    "details": _read_closed,
    "dialog": _read_closed,
}


def _candidates(srcset: str) -> Iterator[str]:
    """Yield the addresses in a srcset (WHATWG HTML, "parse a srcset attribute").

    An address may have commas inside, as `data:` has, but not at its end.
    """
    at = 0
    while found := _SRCSET_URL.match(srcset, at):
        at = found.end()
        url = found[1].rstrip(",")
        if url == found[1]:
            rest = _SRCSET_REST.match(srcset, at)
            at = rest.end() if rest else at
        if url:
            yield url


def _text(attributes: _Attributes, name: str) -> str:
    return (attributes.get(name) or "").strip()


def _words(node: LexborNode) -> str:
    return " ".join(node.text().split())


def _pixels(attributes: _Attributes, name: str) -> int | None:
    value = _text(attributes, name)
    return int(value) if _PIXELS.fullmatch(value) else None
