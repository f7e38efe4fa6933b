"""The build of finished pages: headings, ids, pictures, and no code in the page itself."""

from __future__ import annotations

import pytest

from milepost.checks.markup import check_markup
from milepost.facts import PageFacts, read_facts

HEAD = '<title>Course</title><meta name="description" content="Where it goes.">'
SOURCES = {"blog/course/index.html": "content/posts/course.md"}


def check(
    body: str = "<h1>Course</h1>", head: str = HEAD, language: str = "en", name: str = "course"
) -> list[str]:
    """Return what is said of one page, each without the words "the page /blog/course/"."""
    html = f"<!doctype html><html lang='{language}'><head>{head}</head><body>{body}</body>"
    file = f"blog/{name}/index.html"
    problems = check_markup({file: read_facts(file, html.encode())}, SOURCES)
    assert {problem.check for problem in problems} <= {"markup"}
    return [problem.message.removeprefix(f"the page /blog/{name}/ ") for problem in problems]


@pytest.mark.parametrize(
    "body",
    [
        "<h1>A</h1>",
        "<h2>Notice</h2><h1>A</h1><h2>B</h2><h3>C</h3><h2>D</h2>",
        "<h1>A</h1><h2>B</h2><h3>C</h3><h4>D</h4><h2>E</h2>",
        "<h1>A</h1><img src=/a.jpg alt='' width=1 height=1>",
        "<h1 id=a>A</h1><p id=b>B</p>",
        "<h1>A</h1><template><p style=x id=a><p id=a></template>",
    ],
)
def test_a_sound_page_is_no_problem(body: str) -> None:
    """A page that is built as it should be gives no report."""
    assert check(body) == []


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ("", "has no main heading (h1)."),
        (
            "<h1>A</h1><h1>B <em>c</em></h1>",
            (
                'has 2 main headings (h1): "A", "B c". Keep the title; in a text, begin headings '
                "with ## and not with #."
            ),
        ),
        (
            "<h1>A</h1><h2>B</h2><h4>&lt;script></h4>",
            'goes from heading "B" (level 2) to "<script>" (level 4). Make that one level 3: ###.',
        ),
        (
            "<h1>A</h1><h3>B</h3>",
            'goes from heading "A" (level 1) to "B" (level 3). Make that one level 2: ##.',
        ),
        (
            "<h1 id=a>A</h1><p id=a><p id=a>",
            'has the id "a" 3 times. Every id may stand once on a page.',
        ),
        ("<h1 id>A</h1>", "has an empty id."),
        (
            "<h1>A</h1><img src=/a.jpg width=1 height=1>",
            'has the picture /a.jpg without words for those who cannot see it. Add alt="…".',
        ),
        (
            "<h1>A</h1><img src=/a.jpg alt=A>",
            "has the picture /a.jpg without its width and height in pixels.",
        ),
        (
            "<h1>A</h1><img alt=A width=1 height=auto>",
            "has a picture without an address without its height in pixels.",
        ),
        (
            "<h1>A</h1><p onclick=x>",
            (
                'has onclick="…" on <p> in its HTML, which this site\'s safety rules switch off. '
                "Put it into a file in theme/static/."
            ),
        ),
        (
            "<h1>A</h1><style>p {}</style><style>p {}</style>",
            (
                "has <style> in its HTML, which this site's safety rules switch off. "
                "Put it into a file in theme/static/."
            ),
        ),
    ],
)
def test_a_fault_in_the_page_is_explained(body: str, says: str) -> None:
    """Each fault is one sentence that says what to change."""
    assert check(body) == [says]


@pytest.mark.parametrize(
    ("head", "says"),
    [
        ('<meta name="description" content="x">', "has no title."),
        ('<title> </title><meta name="description" content="x">', "has no title."),
        (
            "<title>A</title>",
            (
                "has no description for search engines. "
                "Add a line with summary: between the two --- of its file."
            ),
        ),
        (
            HEAD + "<base href=/elsewhere/>",
            "has a <base> element, which changes where its links lead. Take it out.",
        ),
    ],
)
def test_a_fault_in_the_head_is_explained(head: str, says: str) -> None:
    """What search engines and tabs need is asked for."""
    assert check(head=head) == [says]


def test_a_page_says_its_language() -> None:
    """Screen readers choose their voice by the page's language."""
    assert check(language="") == [
        "does not say which language it is in. Write it into the template: <html lang=…>."
    ]


def test_a_page_that_nobody_wrote_gets_no_advice_about_its_file() -> None:
    """A listing without a description has no --- lines to write it between."""
    assert check(head="<title>A</title>", name="tags") == ["has no description for search engines."]


def test_a_page_hidden_from_search_engines_needs_no_description() -> None:
    """The page for missing addresses, for one, is never listed."""
    assert check(head="<title>A</title><meta name=robots content=noindex>") == []


def test_a_page_that_sends_its_readers_on_needs_little() -> None:
    """A redirect has a title and a language, and no heading or description."""
    assert check("", head="<title>A</title><meta http-equiv=refresh content='0; url=/'>") == []


def test_one_fault_on_many_pages_is_one_problem() -> None:
    """A fault of the template is told once, under the first page with a source."""
    files = ["index.html", "blog/course/index.html", "blog/map/index.html"]
    pages = {file: PageFacts(file=file, title="A", language="en", noindex=True) for file in files}
    (problem,) = check_markup(pages, SOURCES)
    assert (problem.file, problem.message) == (
        "content/posts/course.md",
        "the page /blog/course/ (and 2 others) has no main heading (h1).",
    )


def test_many_faults_of_many_pages_are_all_told() -> None:
    """Nothing waits for the next build, and a page with thousands of faults is looked through."""
    body = "".join(f"<p id=a{number}><p id=a{number}>" for number in range(5_000))
    assert len(check(f"<h1>A</h1>{body}")) == 5_000
