"""No address twice, and none that Milepost needs itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from milepost import addresses
from milepost.addresses import AddressBook, Claim
from milepost.posts.index import Index, Term
from milepost.posts.post import Page, Post, first_day, last_day
from milepost.problems import Problem, quote
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
    reserved = list(_reserved(standing))
    refused = {problem.file for problem in reserved}
    problems = [
        *reserved,
        *_same_words(standing),
        *_reserved_sponsors(profiles),
        *_nameless(posts),
        *_spellings(posts),
    ]
    for claim in [
        *_own(),
        *_pages(page for page in standing if page.file not in refused),
        *_lists(posts),
        *_profiles(profiles),
        *_old(standing),
    ]:
        problems += book.claim(claim)
    return problems


def check_coming(pages: Iterable[Page], day: date) -> list[Problem]:
    """Judge the addresses of posts that are due later, today: on their day nobody may be awake.

    `pages` are all posts and pages. Two of one address are a problem if they ever stand together.
    """
    alive = [page for page in pages if page.matter.status != "draft" and last_day(page) >= day]
    coming = [page for page in alive if first_day(page) > day]
    problems = list(_reserved(coming))
    at: dict[str, list[Page]] = {}
    for page in sorted(alive, key=lambda page: (first_day(page), page.file)):
        earlier = at.setdefault(page.address.casefold(), [])
        first = next((other for other in earlier if last_day(other) >= first_day(page)), None)
        if first and page in coming:
            message = (
                f"from {first_day(page)} on, the address {page.address} would be taken already by "
                f'"{first.matter.title}" ({first.file}). Give one of them a slug of its own.'
            )
            problems.append(_problem(page, message))
        earlier.append(page)
    return problems


def _reserved(pages: Iterable[Page]) -> Iterator[Problem]:
    for page in pages:
        words = addresses.RESERVED_POSTS if isinstance(page, Post) else addresses.RESERVED_PAGES
        if page.slug in words:
            message = (
                f'"{page.slug}" is an address that the site needs itself. Give it another slug.'
            )
            yield _problem(page, message)


def _same_words(pages: Iterable[Page]) -> Iterator[Problem]:
    found: dict[str, Page] = {}
    for page in pages:
        if _gives_words(page) and (first := found.setdefault(page.slug, page)) is not page:
            place = f"{first.file}, line {_line(first)}"
            message = f"the words of {page.address} stand in another file already ({place})."
            yield _problem(page, message)


def _problem(page: Page, message: str) -> Problem:
    return Problem(
        check="address",
        file=page.file,
        line=_line(page),
        subject=page.matter.title,
        message=message,
    )


def _reserved_sponsors(sponsors: Iterable[Sponsor]) -> Iterator[Problem]:
    for sponsor in sponsors:
        if sponsor.id in addresses.RESERVED_SPONSORS:
            yield Problem(
                check="address",
                file=FILE,
                line=sponsor.line,
                subject=sponsor.name,
                message=f'id "{sponsor.id}" is an address that the site needs itself. Give it '
                "another id.",
            )


def _nameless(posts: Index) -> Iterator[Problem]:
    kinds = (
        (("category",), posts.topics),
        (("tags",), posts.tags),
        (("author", "authors"), posts.authors),
    )
    for keys, terms in kinds:
        for term in terms:
            reason = addresses.objection(term.slug)
            if not term.slug:
                reason = "needs a letter or digit for its address"
            if reason:
                post = term.posts[-1]
                key = next((key for key in keys if post.header.get(key)), keys[0])
                yield Problem(
                    check="address",
                    file=post.file,
                    line=post.header.line_of(key),
                    subject=post.matter.title,
                    message=f"{key} {quote(term.name)} {reason}.",
                )


def _spellings(posts: Index) -> Iterator[Problem]:
    """Find names that give one address but are not one name: C and C++."""
    kinds = (("category", posts.topics), ("tags", posts.tags), ("author", posts.authors))
    for key, terms in kinds:
        for term in terms:
            for post in term.posts:
                names = _names(post, key)
                other = next((name for name in names if _is_other(name, term)), None)
                if other:
                    yield Problem(
                        check="spelling",
                        file=post.file,
                        line=post.header.line_of(key),
                        subject=post.matter.title,
                        message=f'{key} "{other}" is listed as "{term.name}", which has the same '
                        "address. Write one of them everywhere.",
                    )


def _names(post: Post, key: str) -> tuple[str, ...]:
    if key == "category":
        return (post.matter.category,) if post.matter.category else ()
    return post.matter.tags if key == "tags" else post.authors


def _is_other(name: str, term: Term) -> bool:
    return addresses.slugify(name) == term.slug and name.casefold() != term.name.casefold()


def _own() -> Iterator[Claim]:
    for address in (
        addresses.HOME,
        addresses.BLOG,
        addresses.RACE_DAY,
        addresses.ARCHIVE,
        addresses.SPONSORS,
        addresses.CONTACT,
        addresses.THANKS,
        addresses.NOT_FOUND,
        addresses.EXAMPLES,
        addresses.FEED,
        addresses.JSON_FEED,
        addresses.HEADERS,
        addresses.SITEMAP,
        addresses.ROBOTS,
        addresses.SPONSORS_JSON,
        addresses.BUILD_JSON,
    ):
        yield Claim(address=address, file="", what="the site itself")


def _pages(pages: Iterable[Page]) -> Iterator[Claim]:
    for page in pages:
        if not _gives_words(page):
            yield Claim(
                address=page.address, file=page.file, line=_line(page), what=page.matter.title
            )


def _gives_words(page: Page) -> bool:
    """Say whether a page has no address of its own, but gives a standard page its words."""
    return not isinstance(page, Post) and page.slug in addresses.STANDARD_PAGES


def _line(page: Page) -> int:
    return page.header.line_of("slug" if page.matter.slug else "title")


def _lists(posts: Index) -> Iterator[Claim]:
    for term in posts.topics:
        yield Claim(
            address=addresses.topic(term.slug), file="", what=f"the topic {quote(term.name)}"
        )
    for term in posts.tags:
        yield Claim(address=addresses.tag(term.slug), file="", what=f"the tag {quote(term.name)}")
    for term in posts.authors:
        yield Claim(
            address=addresses.author(term.slug), file="", what=f"the author {quote(term.name)}"
        )
    for year, _ in posts.years:
        yield Claim(address=addresses.archive(year), file="", what=f"the posts of {year}")


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
