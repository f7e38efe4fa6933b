"""Every address of a site, the file behind it, and who has it."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from milepost import addresses
from milepost.addresses import AddressBook, Claim, address_of, file_of, slugify

SLUGS = {
    "capitals": ("Packet Pickup", "packet-pickup"),
    "accents": ("Zürich Löwenbräu", "zurich-lowenbrau"),
    "a sharp s": ("Straße", "strasse"),
    "Cyrillic": ("Москва", "moskva"),
    "Greek": ("Ελλάδα", "ellada"),
    "Japanese": ("マラソン", "marason"),
    "an apostrophe": ("Runner's World", "runners-world"),
    "a typesetter's apostrophe": ("Runner\N{RIGHT SINGLE QUOTATION MARK}s World", "runners-world"),
    "signs": ("AC/DC & 100%", "ac-dc-100"),
    "signs at the ends": ("--- Hills! ---", "hills"),
    "a way out": ("../../etc", "etc"),
    "an emoji among words": ("Run 😀 on", "run-on"),
    "an emoji alone": ("😀", ""),
    "signs alone": ("!?", ""),
    "nothing": ("", ""),
}


@pytest.mark.parametrize(("words", "expected"), SLUGS.values(), ids=SLUGS)
def test_words_become_part_of_an_address(words: str, expected: str) -> None:
    """Words of any alphabet become small Latin letters, digits and hyphens."""
    assert slugify(words) == expected


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_a_slug_is_safe_and_final(words: str) -> None:
    """Whatever the words are, the slug is one part of an address, and its own slug."""
    slug = slugify(words)

    assert re.fullmatch(r"(?:[a-z0-9]+(?:-[a-z0-9]+)*)?", slug)
    assert slugify(slug) == slug


FILES = {
    "/": "index.html",
    "/blog/": "blog/index.html",
    "/blog/page/2/": "blog/page/2/index.html",
    "/404.html": "404.html",
    "/feed.xml": "feed.xml",
    "/café/": "café/index.html",
}


@pytest.mark.parametrize(("address", "file"), FILES.items())
def test_an_address_has_a_file(address: str, file: str) -> None:
    """A folder's address is its index, and every other address a file of its own."""
    assert file_of(address) == file
    assert address_of(file) == address


parts = st.text("ab.-é", min_size=1, max_size=6).filter(lambda part: part != "index.html")


@given(st.lists(parts, max_size=4), st.booleans())
def test_files_and_addresses_are_inverses(names: list[str], folder: bool) -> None:  # noqa: FBT001 - given
    """Going from an address to its file and back leads to where one began."""
    address = "/" + "/".join(names) + ("/" if folder and names else "")

    assert address_of(file_of(address)) == address


MADE = {
    "a post": (addresses.post("hills"), "/blog/hills/"),
    "a page": (addresses.page("about"), "/about/"),
    "the home page": (addresses.page("home"), "/"),
    "the first page of a list": (addresses.numbered("/blog/", 1), "/blog/"),
    "the second page of a list": (addresses.numbered("/blog/", 2), "/blog/page/2/"),
    "a topic": (addresses.topic("news"), "/blog/topics/news/"),
    "a tag": (addresses.tag("hills"), "/blog/tags/hills/"),
    "an author": (addresses.author("ruth"), "/blog/authors/ruth/"),
    "a year": (addresses.archive(2027), "/blog/archive/2027/"),
    "a sponsor": (addresses.sponsor("acme"), "/sponsors/acme/"),
    "an old folder": (addresses.old("/2019/old"), "/2019/old/"),
    "an old folder with its slash": (addresses.old("/2019/old/"), "/2019/old/"),
    "an old file": (addresses.old("/2019/old.html"), "/2019/old.html"),
    "an old folder with a dot above it": (addresses.old("/v1.2/old"), "/v1.2/old/"),
}


@pytest.mark.parametrize(("address", "expected"), MADE.values(), ids=MADE)
def test_addresses_are_as_documented(address: str, expected: str) -> None:
    """An address, once published, stays."""
    assert address == expected


DIGEST = "0123456789abcdef" * 4


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Hill & Dale", "/media/hill-dale-0123456789ab.png"),
        ("../x", "/media/x-0123456789ab.png"),
        ("😀", "/media/file-0123456789ab.png"),
    ],
)
def test_media_are_named_by_their_bytes(name: str, expected: str) -> None:
    """A file gets a new address when its bytes change, and never leaves its folder."""
    assert addresses.media(name, DIGEST, ".png") == expected


@pytest.mark.parametrize(
    ("slug", "reason"),
    [
        ("con", "is a name that Windows keeps for itself"),
        ("com9", "is a name that Windows keeps for itself"),
        ("a" * 201, "is longer than 200 characters"),
        ("a" * 200, None),
        ("con-1", None),
        ("hills", None),
    ],
)
def test_a_slug_may_be_no_folder_somewhere(slug: str, reason: str | None) -> None:
    """A slug that some disk cannot have is told from others."""
    assert addresses.objection(slug) == reason


def claim(address: str, what: str = "Second", *, file: str = "b.md", line: int = 2) -> Claim:
    """Return the claim of a post."""
    return Claim(address=address, file=file, what=what, line=line)


def taken(first: str, second: str) -> bool:
    """Say whether the second of two claims is refused."""
    book = AddressBook()
    book.claim(claim(first, "First", file="a.md"))
    return bool(book.claim(claim(second)))


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("/a/", "/a/"),
        ("/a/", "/A/"),
        ("/a/", "/a/index.html"),
        ("/straße/", "/STRASSE/"),
        ("/caf\N{LATIN SMALL LETTER E WITH ACUTE}/", "/cafe\N{COMBINING ACUTE ACCENT}/"),
        ("/a", "/a/"),
        ("/a/", "/a"),
        ("/a/b/c/", "/a/b"),
        ("/a/b", "/A/B/c/"),
        ("/", "/index.html"),
    ],
)
def test_two_cannot_have_one_address(first: str, second: str) -> None:
    """Two who would write one file, or a file where a folder is, on any disk, collide."""
    assert taken(first, second)


@pytest.mark.parametrize(
    ("first", "second"), [("/a/", "/b/"), ("/a/", "/a/b/"), ("/a/b/", "/a/"), ("/a.html", "/a/")]
)
def test_neighbours_do_not_collide(first: str, second: str) -> None:
    """Pages beside and below each other stand at once."""
    assert not taken(first, second)


COLLISIONS = {
    "another page": (
        Claim(address="/a/", file="a.md", what="First", line=3),
        (
            'the address /a/ is taken already by "First" (a.md, line 3). '
            "Give one of them another address."
        ),
    ),
    "a file without lines": (
        Claim(address="/a/", file="a.md", what="First"),
        'the address /a/ is taken already by "First" (a.md). Give one of them another address.',
    ),
    "the site": (
        Claim(address="/a/", file="", what="the site itself"),
        "the address /a/ is one that the site needs for the site itself.",
    ),
    "itself": (
        Claim(address="/a/", file="b.md", what="Second", line=4),
        "the address /a/ is this page's own already. Delete the old one.",
    ),
}


@pytest.mark.parametrize(("first", "message"), COLLISIONS.values(), ids=COLLISIONS)
def test_whoever_comes_second_is_told(first: Claim, message: str) -> None:
    """The second claimant is reported where it stands, with who has the address."""
    book = AddressBook()
    nothing = book.claim(first)

    [problem] = book.claim(claim("/a/"))

    assert nothing == []
    assert (problem.file, problem.line, problem.subject) == ("b.md", 2, "Second")
    assert problem.message == message


def test_a_refused_claim_leaves_nothing_behind() -> None:
    """Only files of those who got their address are owned."""
    book = AddressBook()
    book.claim(claim("/Blog/"))
    book.claim(claim("/blog/index.html/x/"))

    free = book.claim(claim("/x/"))

    assert free == []
    assert book.files() == {"blog/index.html", "x/index.html"}
