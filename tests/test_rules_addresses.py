"""No address twice, and none that the site needs itself."""

from __future__ import annotations

from datetime import date

import pytest

from milepost import addresses
from milepost.addresses import AddressBook
from milepost.posts.index import index
from milepost.posts.post import Page, Post, read_page, read_post
from milepost.problems import judged, report
from milepost.roster.load import Roster, read_roster
from milepost.rules.addresses import check_addresses
from milepost.source import Table, parse_yaml

TODAY = date(2027, 3, 14)
NO_SPONSORS = Roster()


def post(*lines: str, title: str = "Hills", name: str = "hills") -> Post:
    """Return a post with these lines above its text."""
    text = "\n".join(["---", f"title: {title}", "date: 2027-03-01", *lines, "---", ""])
    found, problems = read_post(text, f"posts/{name}.md")
    assert found is not None, problems
    return found


def page(*lines: str, title: str = "About", name: str = "about") -> Page:
    """Return a page with these lines above its text."""
    text = "\n".join(["---", f"title: {title}", *lines, "---", ""])
    found, problems = read_page(text, f"pages/{name}.md")
    assert found is not None, problems
    return found


def sponsors(text: str) -> Roster:
    """Return a sponsor list whose title sponsors have a page of their own."""
    node, _ = parse_yaml(f"tiers:\n  - {{id: title, link: profile}}\nsponsors:\n{text}", "x")
    assert isinstance(node, Table)
    roster, problems = read_roster(node)
    assert problems == []
    return roster


def said(*pages: Page, roster: Roster = NO_SPONSORS) -> str:
    """Return the report on the addresses of a site with these posts and pages."""
    posts = index(each for each in pages if isinstance(each, Post))
    problems = check_addresses(AddressBook(), pages, posts, roster, TODAY)
    return report(judged(problems, {}))


def test_a_usual_site_has_nothing_to_report() -> None:
    """Posts, pages, words for standard pages, lists and old addresses stand side by side."""
    found = said(
        post(
            "category: News", "tags: [hills, runs]", "author: Ruth", "old_addresses: /2019/a.html"
        ),
        post(title="Runs", name="runs"),
        page(),
        page("slug: contact", name="contact"),
        roster=sponsors("  - {name: Acme, tier: title}\n"),
    )

    assert found == ""


@pytest.mark.parametrize("word", sorted(addresses.RESERVED_PAGES))
def test_pages_cannot_have_reserved_words(word: str) -> None:
    """A page is refused the words that the site needs, now or later."""
    found = said(page(f"slug: {word}"))

    message = f'"{word}" is an address that the site needs itself. Give it another slug.'
    assert found == f'pages/about.md has 1 problem.\n\n  line 3, "About": {message}\n'


@pytest.mark.parametrize("word", sorted(addresses.RESERVED_POSTS - {"archive"}))
def test_posts_cannot_have_reserved_words(word: str) -> None:
    """A post is refused the words of the blog's own lists."""
    found = said(post(title=word))

    message = f'"{word}" is an address that the site needs itself. Give it another slug.'
    assert found == f'posts/hills.md has 1 problem.\n\n  line 2, "{word}": {message}\n'


@pytest.mark.parametrize("word", sorted(addresses.RESERVED_SPONSORS))
def test_sponsors_cannot_have_reserved_words(word: str) -> None:
    """A sponsor with a page of its own is refused the words of the sponsors' pages."""
    found = said(roster=sponsors(f"  - {{name: Acme, id: {word}, tier: title}}\n"))

    message = f'id "{word}" is an address that the site needs itself. Give it another id.'
    assert found == f'sponsors.yaml has 1 problem.\n\n  line 4, "Acme": {message}\n'


def test_words_of_one_kind_are_free_for_another() -> None:
    """A post may be called as a page may not."""
    assert said(post("slug: media"), page("slug: tags")) == ""


@pytest.mark.parametrize("slug", ["blog", "sponsors"])
def test_words_for_a_standard_page_stand_once(slug: str) -> None:
    """Two files with the words of one page are a problem of the second."""
    found = said(page(f"slug: {slug}", name="a"), page(f"slug: {slug}", name="b"))

    message = f"the words of /{slug}/ stand in another file already (pages/a.md, line 3)."
    assert found == f'pages/b.md has 1 problem.\n\n  line 3, "About": {message}\n'


def test_the_file_that_comes_second_is_reported() -> None:
    """Files claim in the order of their names, however they are given."""
    found = said(post(name="b", title="Hills!"), post(name="a"))

    assert found == (
        'posts/b.md has 1 problem.\n\n  line 2, "Hills!": the address /blog/hills/ is taken '
        'already by "Hills" (posts/a.md, line 2). Give one of them another address.\n'
    )


OLD = {
    "its own": (
        "/blog/hills",
        "the address /blog/hills/ is this page's own already. Delete the old one.",
    ),
    "the home page's file": (
        "/index.html",
        "the address /index.html is one that the site needs for the site itself.",
    ),
    "a file of the site, in capitals": (
        "/404.HTML",
        "the address /404.HTML is one that the site needs for the site itself.",
    ),
    "a list's": (
        "/blog/tags/runs/",
        'the address /blog/tags/runs/ is one that the site needs for the tag "runs".',
    ),
    "a year's": (
        "/blog/archive/2027/",
        "the address /blog/archive/2027/ is one that the site needs for the posts of 2027.",
    ),
    "a page's": (
        "/About",
        (
            'the address /About/ is taken already by "About" (pages/about.md, line 2). '
            "Give one of them another address."
        ),
    ),
    "a sponsor's": (
        "/sponsors/acme/",
        (
            'the address /sponsors/acme/ is taken already by "Acme" (sponsors.yaml, line 4). '
            "Give one of them another address."
        ),
    ),
    "a folder of the site": (
        "/blog/hills/index.html/a.html",
        "the address /blog/hills/index.html/a.html is this page's own already. Delete the old one.",
    ),
}


@pytest.mark.parametrize(("old", "message"), OLD.values(), ids=OLD)
def test_an_old_address_takes_nobody_elses(old: str, message: str) -> None:
    """What stands on the site comes before what stood there once."""
    acme = sponsors("  - {name: Acme, tier: title}\n")

    found = said(post("tags: runs", f"old_addresses: {old}"), page(), roster=acme)

    assert found == f'posts/hills.md has 1 problem.\n\n  line 5, "Hills": {message}\n'


NAMELESS = {
    "a category": ("category: '!'", 'category "!" needs a letter or digit for its address.'),
    "a tag": ("tags: [runs, 😀]", 'tags "😀" needs a letter or digit for its address.'),
    "an author": ("authors: '?'", 'authors "?" needs a letter or digit for its address.'),
    "one author": ("author: '?'", 'author "?" needs a letter or digit for its address.'),
    "a name of Windows": ("tags: Con", 'tags "Con" is a name that Windows keeps for itself.'),
}


@pytest.mark.parametrize(("line", "message"), NAMELESS.values(), ids=NAMELESS)
def test_a_term_needs_an_address(line: str, message: str) -> None:
    """A category, tag or author from which no address can be made is reported on its line."""
    found = said(post(line))

    assert found == f'posts/hills.md has 1 problem.\n\n  line 4, "Hills": {message}\n'
