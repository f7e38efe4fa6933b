"""What sponsors were promised, held against what the finished pages have."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Final

import pytest

from milepost.checks.audit import Standing, audit
from milepost.checks.shortfalls import check_benefits, check_promises
from milepost.facts import Heading, Image, Link, Mark, PageFacts
from milepost.logos import Logos
from milepost.media import Shown, Source
from milepost.posts.post import Post, read_post
from milepost.problems import judged, report
from milepost.roster.load import Roster, load_roster
from milepost.roster.sponsor import Placement
from sites import SETTINGS, Built, build_site, post

DAY: Final = date(2027, 3, 1)
LOOK: Final = "If you changed a template in theme/templates/, look there."
LIST: Final = """\
utm: {source: riverside}
tiers:
  - id: title
    shown_on: [home, posts]
    link: profile
    benefits: {posts_about: 1, print_logo: yes}
  - id: local
    shown_on: [home, sponsors]
  - id: media
    shown_on: posts
sponsors:
  - name: Acme
    tier: title
    url: https://acme.example
    until: 2027-06-29
  - name: Dale
    tier: [local, media]
    url: https://dale.example
  - name: Hill
    tier: local
  - name: Later
    tier: title
    from: 2027-03-02
  - name: Rita
    tier: title
    status: removed
"""
KINDS: Final[Mapping[str, Placement]] = {
    "index.html": "home",
    "blog/a/index.html": "posts",
    "blog/b/index.html": "posts",
    "sponsors/index.html": "sponsors",
}
ROUND: Final = ("wall__group--1", "wall__group--2", "wall__group--3", "wall")
PROFILE: Final = Link(href="/race/sponsors/acme/")
DALE: Final = Link(href="https://dale.example?utm_source=riverside", rel="sponsored noopener")
OWN: Final = Link(href="https://acme.example?utm_source=riverside", rel="sponsored noopener")


def roster(folder: Path, text: str = LIST) -> Roster:
    """Return the sponsor list of a text."""
    (folder / "sponsors.yaml").write_text(text, encoding="utf-8")
    found, problems = load_roster(folder)
    assert problems == []
    return found


def page(file: str, *sponsors: str, links: tuple[Link, ...] = (PROFILE, DALE)) -> PageFacts:
    """Return a page with the marks of these sponsors, and links."""
    marks = tuple(Mark(ident=one, text=one.capitalize(), within=ROUND) for one in sponsors)
    return PageFacts(file=file, wall=KINDS[file], marks=marks, links=links)


RIGHT: Final = {
    one.file: one
    for one in (
        page("index.html", "acme", "dale", "hill"),
        page("blog/a/index.html", "acme", "dale"),
        page("blog/b/index.html", "acme", "dale"),
        page("sponsors/index.html", "dale", "hill"),
        PageFacts(
            file="sponsors/acme/index.html",
            headings=(Heading(level=1, text="Acme"),),
            links=(OWN,),
        ),
    )
}


def posts(*headers: Mapping[str, str]) -> list[Post]:
    """Return posts with these headers, of the slugs a, b and so on."""
    found = []
    for slug, header in zip("ab", headers, strict=False):
        one, problems = read_post(post(**{"slug": slug, **header}), f"{slug}.md")
        assert one is not None, problems
        found.append(one)
    return found


def standings(
    folder: Path,
    *changed: PageFacts,
    without: str = "",
    about: tuple[Mapping[str, str], ...] = (),
    text: str = LIST,
) -> tuple[Standing, ...]:
    """Return how the sponsors stand on pages that are right but for the changed ones."""
    pages = {**RIGHT, **{one.file: one for one in changed}}
    pages.pop(without, None)
    return audit(
        roster(folder, text), DAY, pages=pages, kinds=KINDS, posts=posts(*about), base="/race"
    )


def broken(found: tuple[Standing, ...]) -> list[tuple[str, str]]:
    """Return (sponsor, what is said) of every broken promise."""
    problems = check_promises(found, final=False)
    assert {(problem.check, problem.file) for problem in problems} <= {("promise", "sponsors.yaml")}
    return [(problem.subject, problem.message.removesuffix(f" {LOOK}")) for problem in problems]


def test_pages_as_promised_are_no_problem(tmp_path: Path) -> None:
    """Places, pages and links are all there."""
    assert broken(standings(tmp_path)) == []


def test_it_tells_what_each_sponsor_has(tmp_path: Path) -> None:
    """The numbers of pages of each kind, the own page, the posts: for who shows that day."""
    acme, dale, hill = standings(tmp_path)

    assert [one.sponsor.name for one in (acme, dale, hill)] == ["Acme", "Dale", "Hill"]
    assert [dict(one.shown_on) for one in (acme, dale, hill)] == [
        {"home": 1, "posts": 2},
        {"home": 1, "posts": 2, "sponsors": 1},
        {"home": 1, "sponsors": 1},
    ]
    assert [one.profile for one in (acme, dale, hill)] == ["sponsors/acme/index.html", "", ""]
    assert (acme.has_profile, acme.posts, acme.posts_due) == (True, (), 1)
    assert (acme.needs_print_logo, acme.has_print_logo) == (True, False)


PLACE: Final = "does not stand where shown_on of its tier promises it a place"
WRONG: Final[Mapping[str, tuple[PageFacts, list[tuple[str, str]]]]] = {
    "one is missing from one page": (
        page("blog/b/index.html", "acme"),
        [("Dale", f"{PLACE} (posts: /blog/b/).")],
    ),
    "a page shows nobody": (
        page("index.html", links=()),
        [(name, f"{PLACE} (home: /).") for name in ("Acme", "Dale", "Hill")],
    ),
    "one is shown without its link": (
        page("index.html", "acme", "dale", "hill", links=(PROFILE,)),
        [("Dale", "is shown without its promised link on /.")],
    ),
    "a link without the campaign": (
        page(
            "index.html",
            *("acme", "dale", "hill"),
            links=(PROFILE, Link(href="https://dale.example", rel="sponsored noopener")),
        ),
        [("Dale", "is shown without its promised link on /.")],
    ),
    "a link that hides the race": (
        page(
            "index.html",
            *("acme", "dale", "hill"),
            links=(PROFILE, Link(href=DALE.href, rel="sponsored noreferrer noopener")),
        ),
        [("Dale", "is shown without its promised link on /.")],
    ),
    "words of rel in another order": (
        page(
            "index.html",
            *("acme", "dale", "hill"),
            links=(PROFILE, Link(href=DALE.href, rel="noopener  sponsored")),
        ),
        [],
    ),
    "the site itself instead of the own page": (
        page("index.html", "acme", "dale", "hill", links=(OWN, DALE)),
        [("Acme", "is shown without its promised link on /.")],
    ),
    "an own page that does not name it": (
        PageFacts(
            file="sponsors/acme/index.html",
            headings=(Heading(level=1, text="Sponsors"),),
            links=(OWN,),
        ),
        [("Acme", "has no page /sponsors/acme/ with its name, as promised.")],
    ),
    "an own page that sends on": (
        PageFacts(
            file="sponsors/acme/index.html",
            headings=(Heading(level=1, text="Acme"),),
            links=(OWN,),
            redirect="/",
        ),
        [("Acme", "has no page /sponsors/acme/ with its name, as promised.")],
    ),
    "an own page with the name in its logo": (
        PageFacts(
            file="sponsors/acme/index.html",
            images=(Image(src="a.svg", alt="Acme", width=1, height=1),),
            links=(OWN,),
        ),
        [],
    ),
    "an own page without the link": (
        PageFacts(file="sponsors/acme/index.html", headings=(Heading(level=1, text="About Acme"),)),
        [("Acme", "is shown without its promised link on /sponsors/acme/.")],
    ),
}


@pytest.mark.parametrize(("changed", "expected"), WRONG.values(), ids=WRONG)
def test_a_broken_promise_names_the_sponsor(
    changed: PageFacts, expected: list[tuple[str, str]], tmp_path: Path
) -> None:
    """Each sponsor concerned has one sentence for what it is short of."""
    assert broken(standings(tmp_path, changed)) == expected


def test_missing_on_many_pages_is_one_problem(tmp_path: Path) -> None:
    """Each kind of page is named once, with the number of its pages."""
    nowhere = (page("index.html", links=()), *(page(f"blog/{slug}/index.html") for slug in "ab"))

    found = broken(standings(tmp_path, *nowhere))

    assert found[0] == ("Acme", f"{PLACE} (home: /; posts: /blog/a/ and 1 other).")


@pytest.mark.parametrize(
    ("file", "expected"),
    [
        ("index.html", ("Acme", f"{PLACE} (home: /).")),
        (
            "sponsors/acme/index.html",
            ("Acme", "has no page /sponsors/acme/ with its name, as promised."),
        ),
    ],
)
def test_a_page_that_was_not_made_breaks_its_promise(
    file: str, expected: tuple[str, str], tmp_path: Path
) -> None:
    """A page cannot be left out to escape."""
    assert expected in broken(standings(tmp_path, without=file))


def test_who_is_in_two_tiers_is_owed_two_places(tmp_path: Path) -> None:
    """Once is too little where two tiers promise a place on one page."""
    both = LIST.replace("shown_on: posts", "shown_on: home")

    found = standings(tmp_path, text=both)

    assert [one.sponsor.name for one in found if one.missing_on] == ["Dale"]


DAY_LOGO: Final = Shown(
    address="/media/day.png",
    width=90,
    height=40,
    cover=0.5,
    sources=(Source(media_type="image/webp", addresses=("/media/day.webp", "/media/day-2.webp")),),
)
NIGHT_LOGO: Final = Shown(address="/media/night.svg", width=90, height=40, cover=0.5)
LOGOS: Final = Logos(light=DAY_LOGO, dark=NIGHT_LOGO)


def mark(ident: str, *pictures: tuple[str, ...], alt: str = "", text: str = "") -> Mark:
    """Return a mark in its tier's group, with pictures of these addresses below /race."""
    below = tuple(tuple(f"/race/media/{name}" for name in names) for names in pictures)
    return Mark(ident=ident, text=text, alts=(alt,) * len(below), pictures=below, within=ROUND)


ACME: Final = mark("acme", ("day.png",), alt="Acme")
SEEN: Final[Mapping[str, tuple[Mark, bool, bool]]] = {
    "a logo": (ACME, True, True),
    "a logo without words beside the name": (
        mark("acme", ("day.png",), text="Acme"),
        True,
        True,
    ),
    "a logo in all its formats": (
        mark("acme", ("night.svg", "day.webp", "day-2.webp", "day.png"), alt="Acme"),
        True,
        True,
    ),
    "a logo beside another picture": (
        mark("acme", ("star.svg",), ("day.png",), alt="Acme"),
        True,
        True,
    ),
    "another picture": (mark("acme", ("dale.png",), alt="Acme"), True, False),
    "no address": (mark("acme", (), alt="Acme"), True, False),
    "another picture by night": (mark("acme", ("dale.svg", "day.png"), alt="Acme"), True, False),
    "the night's logo by day": (mark("acme", ("night.svg",), alt="Acme"), True, False),
    "the name": (mark("acme", text="Acme Shoes"), False, True),
    "the name in a picture": (ACME, False, True),
    "the name instead of the logo": (Mark(ident="acme", text="Acme"), True, False),
    "another's name for the logo": (mark("acme", ("day.png",), alt="Dale"), True, False),
    "another's name": (Mark(ident="acme", text="Dale"), False, False),
    "nothing": (Mark(ident="acme"), False, False),
}


@pytest.mark.parametrize(("seen", "is_drawn", "is_seen"), SEEN.values(), ids=SEEN)
def test_a_place_counts_that_shows_the_sponsor(
    seen: Mark, *, is_drawn: bool, is_seen: bool, tmp_path: Path
) -> None:
    """Its name in words or in a picture's words, and its own logo where it has one."""
    listed = roster(tmp_path)
    logos = {(sponsor.line, "title"): LOGOS for sponsor in listed.sponsors if is_drawn}
    marks = (seen, *page("blog/a/index.html", "dale").marks)
    pages = {"blog/a/index.html": PageFacts(file="blog/a/index.html", wall="posts", marks=marks)}

    found = audit(
        listed,
        DAY,
        pages=pages,
        kinds={"blog/a/index.html": "posts"},
        posts=(),
        logos=logos,
        base="/race",
    )

    assert [one.sponsor.name for one in found if one.missing_on] == ([] if is_seen else ["Acme"])


def test_one_logo_does_not_fill_two_places(tmp_path: Path) -> None:
    """Who has a logo in one of two tiers is owed a place with it and a place with its name."""
    listed = roster(tmp_path, LIST.replace("shown_on: posts", "shown_on: home"))
    logos = {(one.line, "local"): LOGOS for one in listed.sponsors if one.id == "dale"}
    acme, name, hill = page("index.html", "acme", "dale", "hill").marks
    logo = mark("dale", ("day.png",), alt="Dale")

    short = [
        [
            one.sponsor.name
            for one in audit(
                listed,
                DAY,
                pages={"index.html": PageFacts(file="index.html", wall="home", marks=marks)},
                kinds={"index.html": "home"},
                posts=(),
                logos=logos,
                base="/race",
            )
            if one.missing_on
        ]
        for marks in ((acme, logo, hill, name), (acme, name, hill, logo), (acme, name, hill, name))
    ]

    assert short == [[], [], ["Dale"]]


@pytest.mark.parametrize("lost", ["wall", "wall__group--1"])
def test_a_place_that_its_size_does_not_reach_is_told(lost: str, tmp_path: Path) -> None:
    """The rules of the sizes look for classes round a mark; who is not there has no size."""
    *others, dale = page("blog/a/index.html", "acme", "dale").marks
    acme = replace(others[0], within=tuple(one for one in ROUND if one != lost))
    changed = replace(RIGHT["blog/a/index.html"], marks=(acme, dale))

    says = (
        "stands on /blog/a/ where its size does not reach it: the classes wall and "
        "wall__group--{{ group.number }} of fragments/wall.html must be round its data-mark."
    )
    assert broken(standings(tmp_path, changed)) == [("Acme", says)]


TERM: Final = "120 days are left before its term ends."
NO_LOGO: Final = f"print_logo is promised, but the entry has no logo_print. {TERM}"
NO_POST: Final = (
    f"posts_about promises 1 post; so far none has its id in sponsors: and a link to it. {TERM}"
)
A_POST: Final = {"sponsors": "[acme]"}
CREDIT: Final = Link(href="/race/sponsors/acme/", text="Acme")


def owed(
    folder: Path, *changed: PageFacts, about: tuple[Mapping[str, str], ...], text: str = LIST
) -> list[str]:
    """Return what is said of Acme's benefits."""
    found = standings(folder, *changed, about=about, text=text)
    problems = check_benefits(found, DAY, date(2027, 4, 17))
    assert {problem.subject for problem in problems} <= {"Acme"}
    return [problem.message for problem in problems]


@pytest.mark.parametrize(
    ("header", "links", "counts"),
    [
        (A_POST, (PROFILE, DALE, CREDIT), True),
        (A_POST, (PROFILE, DALE, Link(href="https://acme.example")), True),
        (A_POST, (PROFILE, DALE, OWN), True),
        (A_POST, (PROFILE, DALE), False),
        ({}, (PROFILE, DALE, CREDIT), False),
        ({"sponsors": "[dale]"}, (PROFILE, DALE, CREDIT), False),
    ],
    ids=["credit", "own site", "with campaign", "the wall alone", "unnamed", "another"],
)
def test_a_post_counts_that_names_a_sponsor_and_links_to_it(
    header: Mapping[str, str], links: tuple[Link, ...], *, counts: bool, tmp_path: Path
) -> None:
    """The place on the wall, which every post has, is no link of its own."""
    changed = page("blog/a/index.html", "acme", "dale", links=links)

    assert owed(tmp_path, changed, about=(header,)) == ([] if counts else [NO_POST]) + [NO_LOGO]


def test_a_post_of_an_earlier_term_does_not_count(tmp_path: Path) -> None:
    """What was written before a contract began was not written for it."""
    text = LIST.replace("    until: 2027-06-29\n", "    from: 2027-02-01\n    until: 2027-06-29\n")
    changed = page("blog/a/index.html", "acme", "dale", links=(PROFILE, DALE, CREDIT))

    assert owed(tmp_path, changed, about=(A_POST,), text=text) == [NO_POST, NO_LOGO]


def test_several_posts_are_counted(tmp_path: Path) -> None:
    """The report tells how many there are."""
    text = LIST.replace("posts_about: 1, print_logo: yes", "posts_about: 3")
    links = (PROFILE, DALE, CREDIT)
    changed = [page(f"blog/{slug}/index.html", "acme", "dale", links=links) for slug in "ab"]

    assert owed(tmp_path, *changed, about=(A_POST, A_POST), text=text) == [
        f"posts_about promises 3 posts; so far 2 have its id in sponsors: and a link to it. {TERM}"
    ]


def test_a_sponsor_to_whom_nothing_leads_need_only_be_named(tmp_path: Path) -> None:
    """Without a link, an own page and a place on the sponsors page there is nothing to link."""
    text = (
        "tiers:\n  - id: shirt\n    shown_on: home\n    benefits: {posts_about: 1}\n"
        "sponsors:\n  - name: Acme\n    tier: shirt\n"
    )

    assert owed(tmp_path, page("blog/a/index.html"), about=(A_POST,), text=text) == []


@pytest.mark.parametrize(
    ("until", "race_day", "expected"),
    [
        ("    until: 2027-03-01\n", date(2027, 4, 17), " Its term ends today."),
        ("    until: 2027-03-02\n", None, " 1 day is left before its term ends."),
        ("", date(2027, 4, 17), " 47 days are left before the race."),
        ("", DAY, " The race is today."),
        ("", date(2027, 2, 28), ""),
        ("", None, ""),
    ],
)
def test_a_warning_tells_how_long_there_is_time(
    until: str, race_day: date | None, expected: str, tmp_path: Path
) -> None:
    """To the end of the term, else to the race, else nobody knows."""
    text = LIST.replace("    until: 2027-06-29\n", until)

    problems = check_benefits(standings(tmp_path, text=text), DAY, race_day)

    end = "print_logo is promised, but the entry has no logo_print."
    assert problems[1].message == end + expected


def test_a_strange_page_cannot_disturb_the_report(tmp_path: Path) -> None:
    """Whatever stands on pages and in their addresses is read as plain text."""
    file = "blog/\x1b[31m/index.html"
    found = audit(roster(tmp_path), DAY, pages={}, kinds={file: "posts"}, posts=())

    text = report(judged(check_promises(found, final=False), {}))

    assert "\x1b" not in text
    assert len(text.splitlines()) == 5


BARE: Final = (
    "shown_on of its tier promises it a place on posts, but every post has wall: none. Delete that "
    "line in a post, or leave posts out of shown_on."
)


class TestOnTheSite:
    """Builds of a site whose theme leaves the sponsors out of the home page."""

    HOME: Final = "{% extends 'base.html' %}{% block main %}<h1>Home</h1>{% endblock %}"
    NO_WALL: Final = HOME + "{% block after_main %}{% endblock %}"
    ROSTER: Final = (
        "tiers:\n  - id: title\n    benefits: {profile: true, posts_about: 1}\n"
        "sponsors:\n  - name: Acme Running\n    tier: title\n    url: https://acme.example\n"
        "  - name: Riverside Dental\n    tier: title\n    url: https://dental.example\n"
        "  - name: Later Lara\n    tier: title\n    from: 2027-03-02\n"
    )
    FILES: Final = {
        "sponsors.yaml": ROSTER,
        "theme/templates/home.html": NO_WALL,
        "publishconf.py": 'from pelicanconf import *\nOUTPUT_PATH = "public"\n',
        "content/posts/course.md": post(title="The course", sponsors="[acme-running]"),
    }
    SHORT: Final = f"{PLACE} (home: /). {LOOK}"

    def built(
        self, folder: Path, more: Mapping[str, str | None] | None = None, *, final: bool = False
    ) -> Built:
        """Build the site, with more files."""
        return build_site(folder, {**self.FILES, **(more or {})}, final=final)

    def test_a_build_warns_of_every_sponsor_that_is_short(self, tmp_path: Path) -> None:
        """A site that is being written may be short of its promises."""
        built = self.built(tmp_path)

        assert built.code == 0
        assert built.report == (
            "sponsors.yaml has 3 warnings.\n\n"
            f'  warning: line 5, "Acme Running": {self.SHORT}\n'
            f'  warning: line 8, "Riverside Dental": {self.SHORT}\n'
            '  warning: line 8, "Riverside Dental": posts_about promises 1 post; so far none has '
            "its id in sponsors: and a link to it. 47 days are left before the race.\n"
        )

    def test_a_final_build_does_not_go_live(self, tmp_path: Path) -> None:
        """What would break a promise is not published, and nothing is saved."""
        built = self.built(tmp_path, final=True)

        assert built.code == 1
        assert built.report.startswith("sponsors.yaml has 2 problems and 1 warning.\n\n")
        assert built.report.count(self.SHORT) == 2
        assert not (tmp_path / "public").exists()

    def test_an_urgent_notice_passes(self, tmp_path: Path) -> None:
        """The news that the race is off waits for no sponsor."""
        notice = {"content/notice.md": "---\nlevel: cancelled\n---\nOff.\n"}

        built = self.built(tmp_path, notice, final=True)

        assert built.code == 0, built.report
        assert built.report.count(self.SHORT) == 2
        assert (tmp_path / "public/index.html").exists()

    def test_a_benefit_alone_does_not_stop_a_final_build(self, tmp_path: Path) -> None:
        """A post that is not written yet is a warning, with the days that are left."""
        built = self.built(tmp_path, {"theme/templates/home.html": None}, final=True)

        assert built.code == 0, built.report
        assert "47 days are left before the race." in built.report

    def test_a_site_below_a_path_is_as_right(self, tmp_path: Path) -> None:
        """Every address of a site begins with its path."""
        settings = SETTINGS.replace("https://riverside.example", "https://me.example/race")
        roster = self.ROSTER.replace("posts_about: 1}", "posts_about: 1}\n    link: profile")

        built = build_site(
            tmp_path,
            {
                "pelicanconf.py": settings,
                "sponsors.yaml": roster,
                "content/posts/course.md": post(sponsors="[acme-running, riverside-dental]"),
            },
        )

        assert (built.code, built.report) == (0, "")

    @pytest.mark.parametrize(("final", "code"), [(False, 0), (True, 1)])
    def test_a_promise_of_posts_is_broken_when_none_has_a_wall(
        self, tmp_path: Path, *, final: bool, code: int
    ) -> None:
        """Switching the wall off post by post does not keep a promise."""
        bare = {
            "theme/templates/home.html": None,
            "content/posts/course.md": post(wall="none", sponsors="[acme-running]"),
            "content/posts/other.md": post(title="Other", wall="none"),
        }

        built = self.built(tmp_path, bare, final=final)

        assert built.code == code
        for line, sponsor in ((5, "Acme Running"), (8, "Riverside Dental")):
            assert f'line {line}, "{sponsor}": {BARE}' in built.report

    def test_a_single_post_may_leave_the_wall_out(self, tmp_path: Path) -> None:
        """One post with the wall keeps the promise for all."""
        bare = {
            "theme/templates/home.html": None,
            "content/posts/other.md": post(title="Other", wall="none"),
        }

        built = self.built(tmp_path, bare, final=True)

        assert (built.code, BARE in built.report) == (0, False)

    @pytest.mark.parametrize(
        ("shown_on", "warnings"),
        [("    shown_on: [home, posts]\n", 1), ("    shown_on: home\n", 0), ("", 0)],
    )
    def test_a_site_without_posts_is_told_once_what_it_promises(
        self, shown_on: str, warnings: int, tmp_path: Path
    ) -> None:
        """A site that begins is not stopped; a list that says nothing of posts promises none."""
        sponsors = "".join(f"  - name: {one}\n    tier: title\n" for one in ("Acme", "Dale"))
        files = {
            "sponsors.yaml": f"tiers:\n  - id: title\n{shown_on}sponsors:\n{sponsors}",
            "content/posts/course.md": None,
            "content/pages/parking.md": "---\ntitle: Parking\n---\nBehind the school.\n",
            "publishconf.py": self.FILES["publishconf.py"],
        }

        built = build_site(tmp_path, files, final=True)

        assert built.code == 0, built.report
        says = "warning: shown_on promises 2 sponsors a place on posts, but there is no post yet."
        assert built.report.count(says) == warnings

    def test_an_own_page_and_its_link_can_be_lost(self, tmp_path: Path) -> None:
        """A template of one's own must name the sponsor and lead to it."""
        profile = self.HOME.replace("Home", "Somebody")

        built = self.built(tmp_path, {"theme/templates/profile.html": profile})

        where = "/sponsors/acme-running/"
        assert f"has no page {where} with its name, as promised. {LOOK}" in built.report
        assert f"is shown without its promised link on {where}. {LOOK}" in built.report


LOGO: Final = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 40">{}</svg>'.format(
    '<path d="M0 0h90v40H0z" fill="#135"/>'
)
FACE: Final = '<img src="{{ mark.image.src }}" alt="{{ mark.name }}" width="9" height="9">'
NAME: Final = "{{ mark.name }}"
EMPTY: Final[Mapping[str, tuple[str, str]]] = {
    "no face at all": ("", ""),
    "no picture": ("<picture></picture>", f"<b>{NAME}</b>"),
    "a hidden picture": (FACE.replace("<img", "<img hidden"), NAME),
    "a hidden frame": (f"<span hidden>{FACE}</span>", f"<span hidden>{NAME}</span>"),
    "not for screen readers": (
        f'<i aria-hidden="true">{FACE}</i>',
        f'<i aria-hidden="true">{NAME}</i>',
    ),
    "another's logo": (FACE.replace("mark.image.src", "'/favicon.svg'"), f"<i hidden>{NAME}</i>"),
    "closed details": (
        f"<details><summary>Us</summary>{FACE}</details>",
        f"<details><summary>Us</summary>{NAME}</details>",
    ),
    "a template": (f"<template>{FACE}</template>", f"<template>{NAME}</template>"),
}


class TestSeenOnTheSite:
    """Builds of a site with a theme of its own, whose walls show a logo and a name or neither."""

    FILES: Final = {
        "sponsors.yaml": (
            "sponsors:\n  - name: Acme Running\n    tier: title\n    url: https://acme.example\n"
            "    logo: acme.svg\n"
            "  - name: Riverside Dental\n    tier: supporters\n    url: https://dental.example\n"
        ),
        "content/logos/acme.svg": LOGO,
        "publishconf.py": 'from pelicanconf import *\nOUTPUT_PATH = "public"\n',
    }

    def built(self, folder: Path, logo: str, name: str, *, final: bool = True) -> Built:
        """Build the site with these two kinds of faces."""
        own = Path(__file__).parents[1] / "theme/templates/macros/mark.html"
        whole = own.read_text(encoding="utf-8")
        start, end = "{% macro face(mark, lazy=true) %}", "{% endmacro %}"
        before, _, rest = whole.partition(start)
        face = f"{start}{{% if mark.image %}}{logo}{{% else %}}{name}{{% endif %}}{end}"
        files = {"theme/templates/macros/mark.html": before + face + rest.partition(end)[2]}
        return build_site(folder, {**self.FILES, **files}, final=final)

    def test_another_face_is_as_good(self, tmp_path: Path) -> None:
        """A theme of one's own may draw a mark as it likes, so long as it can be seen."""
        built = self.built(tmp_path, f"<em>{FACE}</em>", f"<strong>{NAME}</strong>")

        assert (built.code, built.report) == (0, "")

    @pytest.mark.parametrize(("logo", "name"), EMPTY.values(), ids=EMPTY)
    def test_an_empty_place_does_not_go_live(self, logo: str, name: str, tmp_path: Path) -> None:
        """A link round nothing is no place: the kinds of pages are named, nothing is saved."""
        built = self.built(tmp_path, logo, name)

        assert built.code == 1
        assert f'line 2, "Acme Running": {PLACE} (home: /; ' in built.report
        assert not (tmp_path / "public").exists()

    def test_a_site_in_the_making_is_warned(self, tmp_path: Path) -> None:
        """An empty place is a warning until the final build."""
        built = self.built(tmp_path, "", "", final=False)

        assert built.code == 0
        for line, sponsor in ((2, "Acme Running"), (6, "Riverside Dental")):
            assert f'warning: line {line}, "{sponsor}": {PLACE} (home: /; ' in built.report

    WALLS: Final = {
        "closed details": ("<section", "<details><summary>Us</summary><section", "does not stand"),
        "out of sight": ('<section class="', '<section class="visually-hidden ', "does not stand"),
        "a list out of sight": ('<ul class="', '<ul class="visually-hidden ', "does not stand"),
        "a group without its class": (" wall__group--{{ group.number }}", "", "stands on / and "),
        "a wall without its class": ('class="wall"', 'class="x"', "stands on / and "),
    }

    @pytest.mark.parametrize(("old", "new", "says"), WALLS.values(), ids=WALLS)
    def test_a_wall_that_is_not_seen_as_promised_does_not_go_live(
        self, old: str, new: str, says: str, tmp_path: Path
    ) -> None:
        """Each sponsor is told, and nothing is saved."""
        own = Path(__file__).parents[1] / "theme/templates/fragments/wall.html"
        wall = own.read_text(encoding="utf-8").replace(old, new)

        built = build_site(
            tmp_path, {**self.FILES, "theme/templates/fragments/wall.html": wall}, final=True
        )

        assert built.code == 1
        for sponsor in ("Acme Running", "Riverside Dental"):
            assert f'"{sponsor}": {says}' in built.report
        assert not (tmp_path / "public").exists()
