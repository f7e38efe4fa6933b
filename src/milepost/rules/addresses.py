"""No address twice, and none that Milepost needs itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from milepost import addresses
from milepost.addresses import AddressBook, Claim
from milepost.posts.index import Index
from milepost.posts.post import Page, Post
from milepost.problems import Problem
from milepost.roster.load import FILE, Roster
from milepost.roster.sponsor import Sponsor
from milepost.roster.wall import with_profile


def check_addresses(
    book: AddressBook,
    standing: Iterable[Page],
    posts: Index,
    roster: Roster,
    day: date,
) -> list[Problem]:
    """Claim the address of everything the site will have on a day; report who comes second.

    `standing` are the posts and pages that have a page on that day.
    """
    standing = sorted(standing, key=lambda page: page.file)
    profiles = with_profile(roster, day)
    problems = [*_reserved(standing), *_reserved_sponsors(profiles), *_nameless(posts)]
    for claim in [
        *_own(),
        *_pages(standing),
        *_lists(posts),
        *_profiles(profiles),
        *_old(standing),
    ]:
        problems += book.claim(claim)
    return problems


def _reserved(pages: Iterable[Page]) -> Iterator[Problem]:
    for page in pages:
        words = (
            addresses.RESERVED_POSTS if isinstance(page, Post) else addresses.RESERVED_PAGES
        )
        if page.slug in words:
            yield Problem(
                check="address",
                file=page.file,
                line=page.header.line_of("slug" if page.matter.slug else "title"),
                subject=page.matter.title,
                message=f'"{page.slug}" is an address that the site needs itself. Give it another '
                "slug.",
            )


def _reserved_sponsors(sponsors: Iterable[Sponsor]) -> Iterator[Problem]:
    for sponsor in sponsors:
        if sponsor.id in addresses.RESERVED_SPONSORS:
            yield Problem(
                check="address",
                file=FILE,
                line=sponsor.line,
                subject=sponsor.name,
                message=f'id "{sponsor.id}" is an address that the site needs itself.',
            )


def _nameless(posts: Index) -> Iterator[Problem]:
    kinds = (("category", posts.topics), ("tags", posts.tags), ("author", posts.authors))
    for key, terms in kinds:
        for term in terms:
            if not term.slug:
                yield Problem(
                    check="address",
                    file=term.posts[-1].file,
                    line=term.posts[-1].header.line_of(key),
                    message=f'{key} "{term.name}" needs a letter or digit for its address.',
                )


def _own() -> Iterator[Claim]:
    for address in (
        addresses.HOME,
        addresses.BLOG,
        addresses.ARCHIVE,
        addresses.SPONSORS,
        addresses.CONTACT,
        addresses.NOT_FOUND,
        addresses.FEED,
        addresses.SITEMAP,
        addresses.ROBOTS,
        addresses.SPONSORS_JSON,
        addresses.BUILD_JSON,
    ):
        yield Claim(address=address, file="", what="the site itself")


def _pages(pages: Iterable[Page]) -> Iterator[Claim]:
    for page in pages:
        if isinstance(page, Post) or page.slug not in addresses.STANDARD_PAGES:
            yield Claim(
                address=page.address,
                file=page.file,
                line=page.header.line_of("slug" if page.matter.slug else "title"),
                what=page.matter.title,
            )


def _lists(posts: Index) -> Iterator[Claim]:
    for term in posts.topics:
        yield Claim(address=addresses.topic(term.slug), file="", what=term.name)
    for term in posts.tags:
        yield Claim(address=addresses.tag(term.slug), file="", what=term.name)
    for term in posts.authors:
        yield Claim(address=addresses.author(term.slug), file="", what=term.name)
    for year, _ in posts.years:
        yield Claim(address=addresses.archive(year), file="", what=str(year))


def _profiles(sponsors: Iterable[Sponsor]) -> Iterator[Claim]:
    for sponsor in sponsors:
        yield Claim(
            address=addresses.sponsor(sponsor.id), file=FILE, line=sponsor.line, what=sponsor.name
        )


def _old(pages: Iterable[Page]) -> Iterator[Claim]:
    for page in pages:
        for address in page.matter.old_addresses:
            yield Claim(
                address=addresses.old(address),
                file=page.file,
                line=page.header.line_of("old_addresses"),
                what=page.matter.title,
            )
