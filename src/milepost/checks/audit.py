"""What each sponsor of a day has on the finished pages, beside what its tiers promise it."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from milepost import addresses
from milepost.posts.index import by_sponsor
from milepost.render.sizes import classes_round
from milepost.render.walls import site_href
from milepost.roster import calendar
from milepost.roster.sponsor import rel_of
from milepost.roster.wall import has_page, wall

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from milepost.facts import Mark, PageFacts
    from milepost.logos import Logos
    from milepost.posts.post import Post
    from milepost.roster.load import Roster
    from milepost.roster.sponsor import Placement, Sponsor, Tier


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What one sponsor that shows on a day has, and what it was promised.

    `shown_on` has the number of pages of each kind on which it is seen as often as promised, and
    `missing_on` the output files on which it is not, kind by kind. `unlinked` are files that show
    it without the link it was promised, and `unsized` those that show it where the stylesheet of
    sizes does not reach it. `has_no_posts` says that it is promised a place on posts, of which
    there are some, all without a wall. `profile` is its page's file, "" when no tier promises one;
    `has_profile` says whether that page is there and names it. `posts` are the files of the posts
    of its term that name it and link to it, of which its tiers promise `posts_due`.
    """

    sponsor: Sponsor
    shown_on: Mapping[Placement, int]
    missing_on: Mapping[Placement, tuple[str, ...]]
    unlinked: tuple[str, ...]
    unsized: tuple[str, ...]
    has_no_posts: bool
    profile: str
    has_profile: bool
    posts: tuple[str, ...]
    posts_due: int
    needs_print_logo: bool

    @property
    def has_print_logo(self) -> bool:
        """Whether the list names a logo for printers; a file that is not there is an error."""
        return self.sponsor.logo_print is not None


def audit(
    roster: Roster,
    day: date,
    *,
    pages: Mapping[str, PageFacts],
    kinds: Mapping[str, Placement],
    posts: Iterable[Post],
    logos: Mapping[tuple[int, str], Logos] | None = None,
    base: str = "",
) -> tuple[Standing, ...]:
    """Return how each sponsor of the day stands, in the order of the list.

    `pages` are the facts of all finished pages by file, `kinds` the placement of every file
    that must have a wall, `posts` those that lists name, `logos` what was published for each
    sponsor by its line and tier, `base` what precedes every address of the site. Takes time in
    proportion to the places on all walls.
    """
    links = _Links(roster, base)
    faces = {key: _Face.of(pair, base) for key, pair in (logos or {}).items()}
    walls = _Walls(roster, day, links, faces)
    walls.look(pages, kinds)
    listed = tuple(posts)
    about = by_sponsor(listed)
    bare = bool(listed) and not any(addresses.file_of(post.address) in kinds for post in listed)
    return tuple(
        _standing(sponsor, roster, walls, links, pages=pages, about=about, bare=bare)
        for sponsor in calendar.shown(roster.sponsors, day)
    )


class _Links:
    """Where links to sponsors lead, and how they are marked."""

    def __init__(self, roster: Roster, base: str) -> None:
        self._utm = roster.utm
        self._roster = roster
        self._base = base

    def profile(self, sponsor: Sponsor) -> str:
        """Return the address of a sponsor's own page, "" when no tier promises one."""
        promised = has_page(self._roster, sponsor)
        return self._base + addresses.sponsor(sponsor.id) if promised else ""

    def site(self, sponsor: Sponsor) -> str:
        """Return a sponsor's link with its campaign parameters, "" when it has none."""
        return site_href(self._utm, sponsor)

    def due(self, sponsor: Sponsor, tier: Tier) -> tuple[str, str] | None:
        """Return the address and `rel` of the link that a tier promises, if there can be one."""
        if tier.link == "profile":
            return self.profile(sponsor), ""
        return (self.site(sponsor), rel_of(sponsor, tier)) if sponsor.url else None

    def to(self, sponsor: Sponsor) -> frozenset[str]:
        """Return every address that tells of a sponsor."""
        listed = any("sponsors" in self._roster.tier(tier).shown_on for tier in sponsor.tier)
        mark = f"{self._base}{addresses.SPONSORS}#{addresses.mark(sponsor.id)}"
        own = (self.site(sponsor), sponsor.url or "", self.profile(sponsor))
        return frozenset(filter(None, (*own, mark if listed else "")))


class _Walls:
    """Who is missing from which pages, and who stands on them without its link."""

    def __init__(
        self, roster: Roster, day: date, links: _Links, faces: Mapping[tuple[int, str], _Face]
    ) -> None:
        self._roster = roster
        self._day = day
        self._links = links
        self._faces = faces
        self.pages: Counter[Placement] = Counter()
        self.missing: dict[str, dict[Placement, list[str]]] = {}
        self.unlinked: dict[str, list[str]] = {}
        self.unsized: dict[str, list[str]] = {}
        self.due: dict[str, set[Placement]] = {}

    def look(self, pages: Mapping[str, PageFacts], kinds: Mapping[str, Placement]) -> None:
        """Hold every wall against what the list promises for it."""
        promised = {kind: _Promised(self._places(kind)) for kind in set(kinds.values())}
        for kind, places in promised.items():
            for sponsor_id in places.numbers:
                self.due.setdefault(sponsor_id, set()).add(kind)
        for file in sorted(kinds, key=addresses.address_of):
            kind = kinds[file]
            self.pages[kind] += 1
            self._look_at(file, pages.get(file), kind, promised[kind])

    def _look_at(
        self, file: str, page: PageFacts | None, kind: Placement, promised: _Promised
    ) -> None:
        missing, unsized = promised.short(page)
        for sponsor_id in unsized:
            self.unsized.setdefault(sponsor_id, []).append(file)
        for sponsor_id in missing:
            self.missing.setdefault(sponsor_id, {}).setdefault(kind, []).append(file)
        for sponsor_id in promised.unlinked(page):
            if sponsor_id not in missing:
                self.unlinked.setdefault(sponsor_id, []).append(file)

    def _places(self, kind: Placement) -> Iterator[_Place]:
        for group in wall(self._roster, self._day, kind):
            classes = classes_round(self._roster, group.tier)
            for sponsor in group.sponsors:
                yield _Place(
                    ident=sponsor.id,
                    name=" ".join(sponsor.name.split()),
                    face=self._faces.get((sponsor.line, group.tier.id)),
                    classes=classes,
                    link=self._links.due(sponsor, group.tier),
                )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Face:
    """The addresses at which a sponsor's logo was published: by day, and at all."""

    light: frozenset[str]
    every: frozenset[str]

    @classmethod
    def of(cls, logos: Logos, base: str) -> _Face:
        """Return the addresses as pages write them."""
        light = frozenset(base + address for address in logos.light.addresses)
        dark = logos.dark.addresses if logos.dark else ()
        return cls(light=light, every=light.union(base + address for address in dark))

    def is_in(self, mark: Mark) -> bool:
        """Say whether a picture of a mark shows the logo by day, and nothing else at any time."""
        return any(
            self.every.issuperset(addresses) and not self.light.isdisjoint(addresses)
            for addresses in mark.pictures
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """What one sponsor is owed on a wall: its name, its logo if it has one, its size, its link."""

    ident: str
    name: str
    face: _Face | None
    classes: frozenset[str]
    link: tuple[str, str] | None

    def is_seen(self, mark: Mark) -> bool:
        """Say whether a mark shows the sponsor by name, and its logo if it has one."""
        has_name = self.name in mark.alts or self.name in mark.text
        is_here = mark.ident == self.ident and has_name
        return is_here and (self.face is None or self.face.is_in(mark))

    def is_right(self, mark: Mark) -> bool:
        """Say whether a mark shows the sponsor, where its size reaches it."""
        return self.is_seen(mark) and self.classes.issubset(mark.within)


class _Promised:
    """What pages of one kind owe: how often each sponsor by id, and which links."""

    def __init__(self, places: Iterable[_Place]) -> None:
        self._places = tuple(places)
        self.numbers = Counter(place.ident for place in self._places)
        self._links = [(place.ident, place.link) for place in self._places if place.link]
        self._all = frozenset(link for _, link in self._links)
        self._right: tuple[Mark, ...] | None = None

    def short(self, page: PageFacts | None) -> tuple[Sequence[str], Sequence[str]]:
        """Return the sponsors that the page shows less often than promised, or without size."""
        # Most walls of a kind are right and the same, and their marks the same objects.
        marks = page.marks if page else ()
        if marks == self._right:
            return (), ()
        if len(marks) == len(self._places) and all(map(_Place.is_right, self._places, marks)):
            self._right = marks
            return (), ()
        missing, unsized = self._compared(marks)
        return [one for one in self.numbers if one in missing], [
            one for one in self.numbers if one in unsized - missing
        ]

    def _compared(self, marks: Iterable[Mark]) -> tuple[set[str], set[str]]:
        left: defaultdict[str, list[Mark]] = defaultdict(list)
        for mark in marks:
            left[mark.ident].append(mark)
        missing, unsized = set(), set()
        # A place with a logo asks for more than one without, so it chooses first.
        for place in sorted(self._places, key=lambda place: place.face is None):
            seen = list(filter(place.is_seen, left[place.ident]))
            mark_of = next(filter(place.is_right, seen), seen[0] if seen else None)
            if not mark_of:
                missing.add(place.ident)
                continue
            left[place.ident].remove(mark_of)
            if not place.is_right(mark_of):
                unsized.add(place.ident)
        return missing, unsized

    def unlinked(self, page: PageFacts | None) -> Sequence[str]:
        """Return the sponsors to whom the page does not lead as promised."""
        # Most walls are right: a set of plain pairs tells so without a look at each sponsor.
        seen = {(link.href, link.rel) for link in page.links} if page else set()
        if self._all <= seen:
            return ()
        marked = {(href, frozenset(rel.split())) for href, rel in seen}
        return list(
            dict.fromkeys(
                sponsor_id
                for sponsor_id, (href, rel) in self._links
                if (href, frozenset(rel.split())) not in marked
            )
        )


def _standing(
    sponsor: Sponsor,
    roster: Roster,
    walls: _Walls,
    links: _Links,
    *,
    pages: Mapping[str, PageFacts],
    about: Mapping[str, Sequence[Post]],
    bare: bool,
) -> Standing:
    tiers = [roster.tier(tier) for tier in sponsor.tier]
    benefits = [tier.benefits for tier in tiers]
    missing = walls.missing.get(sponsor.id, {})
    profile = addresses.file_of(addresses.sponsor(sponsor.id)) if links.profile(sponsor) else ""
    page = pages.get(profile)
    unlinked = list(walls.unlinked.get(sponsor.id, ()))
    if page and sponsor.url and links.site(sponsor) not in {link.href for link in page.links}:
        unlinked.append(profile)
    return Standing(
        sponsor=sponsor,
        shown_on={
            kind: walls.pages[kind] - len(missing.get(kind, ()))
            for kind in sorted(walls.due.get(sponsor.id, ()))
        },
        missing_on={kind: tuple(files) for kind, files in missing.items()},
        unlinked=tuple(unlinked),
        unsized=tuple(walls.unsized.get(sponsor.id, ())),
        has_no_posts=bare and any("posts" in tier.shown_on for tier in tiers),
        profile=profile,
        has_profile=page is not None and _is_about(page, sponsor),
        posts=tuple(_linking(about.get(sponsor.id, ()), pages, sponsor, links.to(sponsor))),
        posts_due=max((benefit.posts_about or 0 for benefit in benefits), default=0),
        needs_print_logo=any(benefit.print_logo for benefit in benefits),
    )


def _is_about(page: PageFacts, sponsor: Sponsor) -> bool:
    """Say whether a page names a sponsor in a heading, or in the words of its logo."""
    if page.redirect is not None:
        return False
    words = [*(heading.text for heading in page.headings), *(image.alt for image in page.images)]
    return any(sponsor.name in word for word in words if word)


def _linking(
    posts: Iterable[Post],
    pages: Mapping[str, PageFacts],
    sponsor: Sponsor,
    addresses_of: frozenset[str],
) -> Iterator[str]:
    """Yield the files of the posts of a sponsor's term that link to it beside their wall."""
    first, last = sponsor.term
    for post in posts:
        file = addresses.file_of(post.address)
        page = pages.get(file)
        if page and first <= post.day <= last:
            links = sum(link.href in addresses_of for link in page.links)
            # A place on the wall is a link of its own, which says nothing of the post; and who
            # has no place to lead to cannot be linked.
            if not addresses_of or links > page.placements.count(sponsor.id):
                yield file
