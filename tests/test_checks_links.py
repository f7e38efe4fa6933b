"""Links and loads of finished pages: each wrong one is one sentence that says what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from milepost.checks.links import MOST_GUESSES, check_links
from milepost.facts import Link, PageFacts, read_facts

if TYPE_CHECKING:
    from milepost.problems import Problem

SITE = "https://race.example"
FILES = (
    "index.html",
    "404.html",
    "blog/index.html",
    "blog/course/index.html",
    "blog/café/index.html",
    "blog/map/index.html",
    "contact/index.html",
    "feed.xml",
    "media/a.svg",
    "media/two words.pdf",
)


def page(file: str, html: str) -> PageFacts:
    """Return a page with this HTML in its body."""
    return read_facts(file, f"<!doctype html><html lang=en><body>{html}</body>".encode())


def check(
    html: str, *, file: str = "blog/course/index.html", site: str = SITE, **others: str
) -> list[Problem]:
    """Return the problems of a site with one page of this HTML; `others` are by slug."""
    pages = {name: page(name, "") for name in FILES if name.endswith(".html")}
    pages |= {f"blog/{slug}/index.html": page(slug, text) for slug, text in others.items()}
    pages[file] = page(file, html)
    return check_links(pages, {*FILES, *pages}, site, {})


def said(problems: list[Problem]) -> list[tuple[str, str]]:
    """Return what the problems say, by the names of their checks."""
    return [(problem.check, problem.message) for problem in problems]


@pytest.mark.parametrize(
    "html",
    [
        "<a href='/'>x</a>",
        "<a href='/blog/course/'>x</a>",
        "<a href='/blog/course/index.html'>x</a>",
        "<a href='/404.html'>x</a>",
        "<a href='/feed.xml?v=2#x'>x</a>",
        "<a href='/blog/?a=/nowhere/&amp;b=..'>x</a>",
        "<a href='/blog/caf%C3%A9/'>x</a>",
        "<a href='/blog/café/'>x</a>",
        "<a href='/media/two%20words.pdf'>x</a>",
        "<a href='/blog/./map/../map/'>x</a>",
        "<a href='/blog/%2e%2e/contact/'>x</a>",
        "<a href=' /contact/\n'>x</a>",
        "<a href='/con\ntact/'>x</a>",
        "<a href='\\contact\\'>x</a>",
        "<a href='../map/'>x</a>",
        "<a href='..'>x</a>",
        "<a href='.'>x</a>",
        "<a href=''>x</a>",
        "<a href>x</a>",
        "<a href='?page=2'>x</a>",
        "<a href='#'>x</a>",
        "<a href='#top'>x</a>",
        "<a href='#TOP'>x</a>",
        "<a href='#a'>x</a><p id=a>",
        "<a href='#%C3%A9'>x</a><p id=é>",
        "<a href='#100%'>x</a><p id=100%>",
        "<a href='#a'>x</a><a name=a></a>",
        "<a href='#:~:text=river'>x</a>",
        "<a href='/media/a.svg#layer'>x</a>",
        "<a href='https://race.example'>x</a>",
        "<a href='HTTPS://RACE.example:443/contact/'>x</a>",
        "<a href='http://race.example/contact/'>x</a>",
        "<a href='https://race.example:8443/x/'>x</a>",
        "<a href='https://elsewhere.example/no/such/page#x'>x</a>",
        "<a href='https://race.example.elsewhere.example/x/'>x</a>",
        "<a href='mailto:jo@race.example?subject=Hi'>x</a>",
        "<a href='tel:+441234'>x</a>",
        "<img src='/media/a.svg'>",
        "<img src='https://race.example/media/a.svg'>",
        "<svg><symbol id=a /><use href='#a' /></svg>",
        "<form action='https://forms.example/1'></form>",
        "<meta http-equiv=refresh content='0; url=/blog/'>",
        "<meta http-equiv=refresh content='0; url=https://new.example/'>",
        "<link rel=canonical href='https://race.example/blog/course/'>",
    ],
)
def test_a_right_address_is_no_problem(html: str) -> None:
    """What leads somewhere in a browser is accepted, however it is written."""
    assert check(html) == []


BROKEN = {
    "<a href='/blog/curse/'>x</a>": (
        'links to /blog/curse/, which does not exist. Did you mean "/blog/course/"?'
    ),
    "<a href='/blog/Course/'>x</a>": (
        'links to /blog/Course/, which does not exist. Did you mean "/blog/course/"?'
    ),
    "<a href='/course/'>x</a>": (
        'links to /course/, which does not exist. Did you mean "/blog/course/"?'
    ),
    "<a href='https://race.example/blog/curse/#x'>x</a>": (
        'links to /blog/curse/, which does not exist. Did you mean "/blog/course/"?'
    ),
    "<a href='http://race.example/zzzzzz/'>x</a>": "links to /zzzzzz/, which does not exist.",
    "<a href='/zzzzzz/'>x</a>": "links to /zzzzzz/, which does not exist.",
    "<a href='zzzzzz'>x</a>": "links to /blog/course/zzzzzz, which does not exist.",
    "<a href='/blog/caf%E9/'>x</a>": (
        'links to /blog/caf\ufffd/, which does not exist. Did you mean "/blog/café/"?'
    ),
    "<a href='/media/'>x</a>": "links to /media/, which does not exist.",
    "<a href='/..//contact/'>x</a>": (
        'links to //contact/, which does not exist. Did you mean "/contact/"?'
    ),
    "<a href='/contact'>x</a>": (
        'links to /contact without the slash at its end. Write "/contact/".'
    ),
    "<a href='../map#a'>x</a>": (
        'links to /blog/map without the slash at its end. Write "/blog/map/".'
    ),
    "<a href='//cdn.example/a'>x</a>": (
        "links to //cdn.example/a, which does not say https: at its start."
    ),
    "<a href='\\\\cdn.example/a'>x</a>": (
        "links to //cdn.example/a, which does not say https: at its start."
    ),
    "<a href='https:contact/'>x</a>": (
        "links to https:contact/, which is not an address that browsers understand."
    ),
    "<a href='https://[x/'>x</a>": (
        "links to https://[x/, which is not an address that browsers understand."
    ),
    "<a href='https://x.example:port/'>x</a>": (
        "links to https://x.example:port/, which is not an address that browsers understand."
    ),
    "<a href='#finsh'>x</a><p id=finish>": (
        'links to #finsh, but no heading or other part of the page has the id "finsh". '
        'Did you mean "finish"?'
    ),
    "<a href='/blog/map/#km-5'>x</a>": (
        'links to /blog/map/#km-5, but no heading or other part of the page has the id "km-5".'
    ),
    "<img src='/media/b.svg'>": (
        'loads /media/b.svg, which does not exist. Did you mean "/media/a.svg"?'
    ),
    "<img src=''>": "loads something that has no address.",
    "<meta http-equiv=refresh content='0; url=/blog/curse/'>": (
        'sends its readers on to /blog/curse/, which does not exist. Did you mean "/blog/course/"?'
    ),
    "<link rel=canonical href='https://race.example/zzzzzz/'>": (
        "gives as its own address /zzzzzz/, which does not exist."
    ),
    "<meta property=og:image content='https://race.example/zzzzzz.png'>": (
        "has for its picture /zzzzzz.png, which does not exist."
    ),
}


@pytest.mark.parametrize(("html", "says"), BROKEN.items())
def test_a_broken_address_is_explained(html: str, says: str) -> None:
    """What leads nowhere is one sentence, with the page, the address and the nearest right one."""
    assert said(check(html)) == [("broken-link", f"the page /blog/course/ {says}")]


UNSAFE = {
    "<a href='javascript:alert(1)'>x</a>": (
        "link-scheme",
        (
            "links to javascript:alert(1), which begins with javascript: "
            "(allowed: https, http, mailto, tel)."
        ),
    ),
    "<a href=' JAVA\tscript:x'>x</a>": (
        "link-scheme",
        "links to JAVAscript:x, which begins with javascript: (allowed: https, http, mailto, tel).",
    ),
    "<form action='vbscript:x'></form>": (
        "link-scheme",
        "links to vbscript:x, which begins with vbscript: (allowed: https, http, mailto, tel).",
    ),
    "<a href='file:///etc/passwd'>x</a>": (
        "link-scheme",
        "links to file:///etc/passwd, which begins with file: (allowed: https, http, mailto, tel).",
    ),
    "<meta http-equiv=refresh content='0; url=data:text/html,x'>": (
        "link-scheme",
        (
            "sends its readers on to data:text/html,x, which begins with data: "
            "(allowed: https, http, mailto, tel)."
        ),
    ),
    f"<img src='data:image/png;base64,{'A' * 99_999}'>": (
        "link-scheme",
        f"loads data:image/png;base64,{'A' * 57}…, which begins with data: (allowed: https, http).",
    ),
    "<img src='mailto:jo@race.example'>": (
        "link-scheme",
        "loads mailto:jo@race.example, which begins with mailto: (allowed: https, http).",
    ),
    "<script src='https://cdn.example/a.js'></script>": (
        "third-party",
        (
            "loads https://cdn.example/a.js, which is on another site. "
            "Save a copy of it in content/ and use that."
        ),
    ),
    "<link rel=preconnect href='https://fonts.example'>": (
        "third-party",
        (
            "loads https://fonts.example, which is on another site. "
            "Save a copy of it in content/ and use that."
        ),
    ),
    "<img src='https://race.example@cdn.example/a.png'>": (
        "third-party",
        (
            "loads https://race.example@cdn.example/a.png, which is on another site. "
            "Save a copy of it in content/ and use that."
        ),
    ),
    "<img src='https://cdn.example\\@race.example/a.png'>": (
        "third-party",
        (
            "loads https://cdn.example/@race.example/a.png, which is on another site. "
            "Save a copy of it in content/ and use that."
        ),
    ),
    "<iframe src='//maps.example/'></iframe>": (
        "third-party",
        "loads //maps.example/, which does not say https: at its start.",
    ),
}


@pytest.mark.parametrize(("html", "expected"), UNSAFE.items())
def test_an_unsafe_address_is_explained(html: str, expected: tuple[str, str]) -> None:
    """What would run code, or tell another site of the reader's visit, is one sentence."""
    name, says = expected
    assert said(check(html)) == [(name, f"the page /blog/course/ {says}")]


def test_a_page_outside_any_folder_resolves_its_links() -> None:
    """Links of the page for missing addresses are relative to the top of the site."""
    assert check("<a href='contact/'>x</a>", file="404.html") == []


def test_a_name_cannot_disturb_the_report() -> None:
    """Line ends and control characters of an address do not reach the terminal."""
    (problem,) = check("<a href='/a%0A%1B[31m%E2%80%AEb/'>x</a>")
    assert problem.message == "the page /blog/course/ links to /a [31m b/, which does not exist."


def test_one_address_on_many_pages_is_one_problem() -> None:
    """A broken link of the navigation is told once, with the number of pages."""
    link = "<a href='/zzzzzz/'>x</a>" * 2
    problems = check(link, a=link, b=link + "<a href='https://race.example/zzzzzz/'>x</a>")
    assert said(problems) == [
        ("broken-link", "the page /blog/a/ (and 2 others) links to /zzzzzz/, which does not exist.")
    ]


def test_one_missing_place_on_many_pages_is_one_problem() -> None:
    """A broken skip link of the template is told once."""
    problems = check("<a href='#after'>x</a>", a="<a href='#after'>x</a>")
    assert said(problems) == [
        (
            "broken-link",
            (
                "the page /blog/a/ (and 1 other) links to #after, but no heading or other part of "
                'the page has the id "after".'
            ),
        )
    ]


def test_a_problem_stands_under_the_file_that_an_organiser_edits() -> None:
    """The source of a page is named, before listings that repeat the page's words."""
    html = "<a href='/zzzzzz/'>x</a>"
    files = ("blog/index.html", "blog/course/index.html")
    pages = {file: page(file, html) for file in files}
    sources = {"blog/course/index.html": "content/posts/course.md"}
    (problem,) = check_links(pages, files, SITE, sources)
    assert (problem.file, problem.message) == (
        "content/posts/course.md",
        "the page /blog/course/ (and 1 other) links to /zzzzzz/, which does not exist.",
    )


def test_a_page_without_a_source_goes_by_its_own_name() -> None:
    """A page that nobody wrote by hand is named as it stands in the output."""
    (problem,) = check("<a href='/zzzzzz/'>x</a>")
    assert problem.file == "blog/course/index.html"


def test_a_missing_place_on_another_page_is_guessed_from_that_page() -> None:
    """The nearest id is looked for on the page that the link leads to."""
    (problem,) = check("<p id=finnish><a href='/blog/a/#finsh'>x</a>", a="<p id=finish>")
    assert problem.message.endswith(' has the id "finsh". Did you mean "finish"?')


@pytest.mark.parametrize(
    ("html", "messages"),
    [
        ("<a href='/race/contact/'>x</a>", []),
        ("<a href='https://me.example/race/contact/'>x</a>", []),
        ("<a href='../map/'>x</a>", []),
        (
            "<a href='/contact/'>x</a>",
            [
                (
                    "the page /blog/course/ links to /contact/, which is not below /race/, "
                    "where this site is."
                )
            ],
        ),
        (
            "<a href='/race'>x</a>",
            ['the page /blog/course/ links to /race without the slash at its end. Write "/race/".'],
        ),
        (
            "<a href='/race/blog/curse/'>x</a>",
            [
                (
                    "the page /blog/course/ links to /race/blog/curse/, which does not exist. "
                    'Did you mean "/race/blog/course/"?'
                )
            ],
        ),
        (
            "<a href='/races/'>x</a>",
            [
                (
                    "the page /blog/course/ links to /races/, which is not below /race/, "
                    "where this site is."
                )
            ],
        ),
    ],
)
def test_a_site_in_a_folder_of_its_host_is_understood(html: str, messages: list[str]) -> None:
    """A site that lives below a folder has that folder in its links."""
    problems = check(html, site="https://me.example/race/")
    assert [problem.message for problem in problems] == messages


def test_a_site_without_an_address_has_no_full_links_of_its_own() -> None:
    """Without a site address every full one leads elsewhere, and the others are still checked."""
    problems = check("<a href='https://race.example/zzzzzz/'>x</a><a href='/zzzzzz/'>", site="")
    assert len(problems) == 1


def test_ten_thousand_links_on_a_thousand_pages_are_one_report() -> None:
    """A large site with everything broken is looked through once, with guesses for a few."""
    names = [f"blog/post-{number}/index.html" for number in range(1_000)]
    links = tuple(Link(href=f"/blog/pots-{number}/") for number in range(10_000))
    pages = {name: PageFacts(file=name, links=links[:100]) for name in names}
    pages[names[0]] = PageFacts(file=names[0], links=links)
    problems = check_links(pages, names, SITE, {})
    guessed = [problem for problem in problems if "Did you mean" in problem.message]
    assert (len(problems), len(guessed)) == (10_000, MOST_GUESSES)


def test_the_order_of_the_pages_does_not_matter() -> None:
    """Pages that come from workers in another order give the same report."""
    html = "<a href='/zzzzzz/'>x</a><a href='/contact'>y</a>"
    pages = {file: page(file, html) for file in FILES if file.endswith(".html")}
    backwards = dict(reversed(pages.items()))
    assert check_links(pages, FILES, SITE, {}) == check_links(backwards, FILES, SITE, {})
