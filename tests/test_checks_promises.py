"""The walls of finished pages: nobody too many, and in order."""

from __future__ import annotations

import pytest

from milepost.checks.promises import check_walls
from milepost.facts import Mark, PageFacts, read_facts

EXPECTED = {"home": ("acme",), "posts": ("acme", "dale", "hill"), "contact": ()}
LOOK = "If you changed a template in theme/templates/, look there."


def page(file: str, *sponsors: str, wall: str | None = "posts") -> PageFacts:
    """Return a page with the marks of these sponsors on its wall."""
    return PageFacts(file=file, wall=wall, marks=tuple(Mark(ident=one) for one in sponsors))


def check(*pages: PageFacts, kind: str = "posts") -> list[tuple[str, str]]:
    """Return (sponsor, what is said) of pages that must all have the same wall."""
    kinds = {one.file: kind for one in pages} if kind else {}
    problems = check_walls({one.file: one for one in pages}, EXPECTED, kinds)
    assert {(problem.check, problem.file) for problem in problems} <= {("wall", "sponsors.yaml")}
    return [(problem.subject, problem.message) for problem in problems]


def test_a_wall_as_promised_is_no_problem() -> None:
    """Every sponsor once and in order gives no report."""
    assert check(page("blog/a/index.html", "acme", "dale", "hill")) == []


def test_a_page_that_no_tier_is_shown_on_may_be_without_sponsors() -> None:
    """A placement that nobody bought needs no wall."""
    assert check(page("contact/index.html", wall=None), kind="contact") == []


def test_a_placement_that_no_sponsor_has_may_be_left_out() -> None:
    """A placement that the list does not mention is an empty one."""
    assert check(page("sponsors/index.html", wall=None), kind="sponsors") == []


WRONG: dict[str, tuple[tuple[str, ...], list[tuple[str, str]]]] = {
    "one too many": (
        ("acme", "dale", "vale", "hill"),
        [("vale", 'shows this sponsor, which has no place on "posts" pages today.')],
    ),
    "one twice": (
        ("acme", "dale", "dale", "hill"),
        [("dale", "shows this sponsor 2 times instead of 1.")],
    ),
    "another order": (
        ("acme", "hill", "dale"),
        [("hill", 'shows this sponsor before "dale", which should come first.')],
    ),
    "everything at once": (
        ("vale", "hill", "acme"),
        [
            ("vale", 'shows this sponsor, which has no place on "posts" pages today.'),
            ("hill", 'shows this sponsor before "acme", which should come first.'),
        ],
    ),
}


@pytest.mark.parametrize(("sponsors", "expected"), WRONG.values(), ids=WRONG)
def test_a_wall_that_breaks_a_promise_names_the_sponsor(
    sponsors: tuple[str, ...], expected: list[tuple[str, str]]
) -> None:
    """Each sponsor concerned has one sentence, with the page and what is wrong."""
    assert check(page("blog/a/index.html", *sponsors)) == [
        (sponsor, f"the page /blog/a/ {says} {LOOK}") for sponsor, says in expected
    ]


@pytest.mark.parametrize("sponsors", [("acme", "hill"), ("hill",), ()])
def test_who_is_missing_is_told_elsewhere(sponsors: tuple[str, ...]) -> None:
    """Those who are there stand in order, which is all that is asked here."""
    assert check(page("blog/a/index.html", *sponsors)) == []


def test_one_sponsor_too_many_on_many_pages_is_one_problem() -> None:
    """What a template does on every page is told once, with the number of pages."""
    pages = [page(f"blog/{number}/index.html", "vale") for number in range(10_000)]
    assert check(*pages) == [
        (
            "vale",
            (
                "the page /blog/0/ (and 9,999 others) shows this sponsor, which has no place on "
                f'"posts" pages today. {LOOK}'
            ),
        )
    ]


def test_the_wall_of_another_placement_is_noticed() -> None:
    """A page must say which wall it carries, even if the sponsors happen to be the same."""
    assert check(page("blog/a/index.html", "acme", "dale", "hill", wall="home")) == [
        (
            "",
            (
                'the page /blog/a/ needs data-wall="posts" round its sponsors, and has "home" '
                f"there. {LOOK}"
            ),
        )
    ]


def test_marks_outside_any_wall_are_noticed() -> None:
    """Sponsors must stand inside the one labelled region."""
    assert check(page("blog/a/index.html", "acme", "dale", "hill", wall=None)) == [
        (
            "",
            (
                'the page /blog/a/ needs data-wall="posts" round its sponsors, and has no value '
                f"there. {LOOK}"
            ),
        )
    ]


def test_a_sponsor_on_a_page_without_a_wall_is_noticed() -> None:
    """A page that promises nobody a place shows nobody."""
    assert check(page("search/index.html", "acme", wall=None), kind="") == [
        (
            "acme",
            "the page /search/ shows this sponsor, but has no place for sponsors. " + LOOK,
        )
    ]


def test_a_sponsor_in_two_tiers_may_stand_twice() -> None:
    """A wall is compared with the promise, and a promise can name somebody twice."""
    pages = {"index.html": page("index.html", "acme", "dale", "acme", wall="home")}
    expected = {"home": ("acme", "dale", "acme")}
    assert check_walls(pages, expected, {"index.html": "home"}) == []


def test_a_strange_id_cannot_disturb_the_report() -> None:
    """Whatever stands in a page's marks is read as plain text."""
    html = b'<section data-wall="\x1b[31m"><i data-mark="&lt;script&gt;"></i></section>'
    facts = read_facts("index.html", html)
    problems = check_walls({"index.html": facts}, {"home": ()}, {"index.html": "home"})
    assert all(problem.message.isprintable() for problem in problems)
