"""Sponsors on a finished site: who stands where, with what, and who is never named."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Final

import pytest
from selectolax.lexbor import LexborNode

from sites import SETTINGS, Built, build_site, post, rebuild

COURSE: Final = "content/posts/course.md"
LIST: Final = "sponsors.yaml"
WALLS: Final = {
    "home": ("/",),
    "blog": ("/blog/", "/blog/archive/", "/blog/archive/2027/", "/blog/tags/hills/"),
    "posts": ("/blog/the-course/", "/blog/other/"),
    "contact": ("/contact/",),
    "sponsors": ("/sponsors/",),
}


def svg(width: int, height: int) -> str:
    """Return a drawing of a size."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}">'
        f'<path d="M0 0h{width}v{height}H0z"/></svg>'
    )


ROSTER: Final = """\
edition: 2027
utm: {source: riverside, medium: wall, campaign: spring}
tiers:
  - id: title
    heading: Title Sponsors
    size: 3
    link: profile
    benefits: {profile: true}
  - id: media
    heading: On air
    size: 2
    kind: media
    shown_on: [home, sponsors]
  - id: good
    size: 1
    kind: charity
    shown_on: contact
  - id: city
    kind: government
    shown_on: contact
  - id: gifts
    kind: in-kind
    shown_on: contact
sponsors:
  - id: acme
    name: Acme Running
    tier: [title, media]
    url: https://acme.example/run?utm_source=own&size=9#top
    logo: acme.svg
    logo_dark: white.svg
    thanks_for: Finish line
    text: Shoes for every river path.
    perk: {text: Ten percent off, code: RUN27, until: 2027-06-30}
    links: {instagram: "https://pictures.example/acme"}
    since: 2019
    note: SECRET note
    say: SECRET say
    industry: SECRET industry
    formerly: [SECRET former]
    approved: {on: 2026-10-02, by: SECRET Jo, code: SECRET, uses: [site]}
    years: {2026: {tier: SECRET, name: SECRET, logo: SECRET.png}}
  - name: Radio One
    tier: media
    url: https://radio.example
  - name: Food Bank
    tier: good
    url: https://food.example
  - name: Riverside
    tier: city
    url: https://city.example
  - name: Pretzels
    tier: gifts
    url: https://pretzels.example
  - name: No Follow
    tier: gifts
    url: https://nofollow.example
    rel: nofollow
  - name: No Mark
    tier: gifts
    url: https://nomark.example
    rel: none
  - name: No Link
    tier: gifts
  - name: Pending Pete
    tier: title
    status: pending
    url: https://pete.example
    logo: pete.svg
  - name: Removed Rita
    tier: title
    status: removed
    url: https://rita.example
    logo: rita.svg
  - name: Later Lara
    tier: title
    from: 2027-03-02
    url: https://lara.example
    logo: lara.svg
  - name: Former Fred
    tier: title
    until: 2027-02-28
    url: https://fred.example
    logo: fred.svg
"""
HIDDEN: Final = ("pete", "rita", "lara", "fred")
FILES: Final[dict[str, str | bytes | None]] = {
    LIST: ROSTER,
    COURSE: post(
        title="The course",
        tags="[hills]",
        sponsors="[acme, pending-pete, removed-rita, later-lara, former-fred]",
    ),
    "content/posts/other.md": post(title="Other", date="2027-01-16"),
    "content/logos/acme.svg": svg(200, 100),
    "content/logos/white.svg": svg(200, 101).replace("<path", '<path fill="#fff"'),
    **{f"content/logos/{name}.svg": svg(100, 60 + at) for at, name in enumerate(HIDDEN)},
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Build a site with sponsors of every kind, status and term."""
    built = build_site(tmp_path_factory.mktemp("sponsors"), FILES)
    assert built.code == 0, built.report
    return built


def marks(built: Built, address: str) -> list[tuple[str, str]]:
    """Return (id in the list, id on the page) of the sponsors on a page."""
    return [
        (node.attributes["data-mark"] or "", node.attributes["id"] or "")
        for node in built.page(address).css("[data-mark]")
    ]


def wall(built: Built, address: str) -> LexborNode:
    """Return the wall of a page."""
    return built.page(address).css("[data-wall]")[0]


def link(built: Built, address: str, sponsor: str) -> dict[str, str | None]:
    """Return the attributes of a sponsor's link on a page."""
    return built.page(address).css(f"[data-mark={sponsor}] a")[0].attributes


def naming(built: Built, words: str) -> set[str]:
    """Return the files that have some words in them."""
    return {name for name, data in built.files.items() if words.encode() in data}


class TestWhoStandsWhere:
    """Each kind of page shows the tiers that its list says."""

    @pytest.mark.parametrize(
        ("kind", "expected"),
        [
            ("home", ["mark-acme", "mark-acme-2", "mark-radio-one"]),
            ("blog", ["mark-acme"]),
            ("posts", ["mark-acme"]),
            ("sponsors", ["mark-acme", "mark-acme-2", "mark-radio-one"]),
            (
                "contact",
                [
                    *("mark-acme", "mark-food-bank", "mark-riverside"),
                    *("mark-pretzels", "mark-no-follow", "mark-no-mark", "mark-no-link"),
                ],
            ),
        ],
    )
    def test_in_the_order_of_the_list(self, kind: str, expected: list[str], site: Built) -> None:
        """Tiers stand in their order, sponsors in theirs; who has two tiers stands in both."""
        for address in WALLS[kind]:
            assert [place for _, place in marks(site, address)] == expected
            assert wall(site, address).attributes["data-wall"] == kind

    @pytest.mark.parametrize("kind", WALLS)
    def test_alike_on_every_page_of_a_kind(self, kind: str, site: Built) -> None:
        """No sponsor is worse off on one post than on another."""
        walls = {wall(site, address).html for address in WALLS[kind]}

        assert len(walls) == 1

    @pytest.mark.parametrize("address", ["/404.html", "/sponsors/acme/"])
    def test_and_nobody_where_no_tier_is_promised_a_place(self, address: str, site: Built) -> None:
        """The page for mistakes has no wall, and a sponsor's own page only itself."""
        assert not site.page(address).css("[data-wall], [data-mark]")

    def test_under_the_heading_of_its_tier(self, site: Built) -> None:
        """A heading that nobody wrote is there for those who cannot see the design."""
        headings = [
            (node.text(), "visually-hidden" in (node.attributes["class"] or ""))
            for node in wall(site, "/contact/").css("h2")
        ]

        assert headings == [
            ("Title Sponsors", False),
            ("Good", True),
            ("City", True),
            ("Gifts", True),
        ]

    def test_and_no_heading_stands_above_nobody(self, tmp_path: Path) -> None:
        """A tier whose only sponsor is gone has no heading."""
        built = build_site(
            tmp_path,
            {LIST: "sponsors:\n  - name: A\n    tier: title\n    until: 2027-02-28\n"
             "  - name: B\n    tier: supporters\n"},
        )  # fmt: skip

        assert "Title Sponsors" not in wall(built, "/").text()

    def test_sorted_by_name_or_by_year_where_the_list_asks_for_it(self, tmp_path: Path) -> None:
        """The order of the file is not the only one."""
        entries = "".join(
            f"  - name: {name}\n    tier: title\n{since}"
            for name, since in (("b", ""), ("A", "    since: 2020\n"), ("C", "    since: 2010\n"))
        )

        orders = {
            order: [
                mark
                for mark, _ in marks(
                    build_site(tmp_path / order, {LIST: f"order: {order}\nsponsors:\n{entries}"}),
                    "/",
                )
            ]
            for order in ("listed", "name", "since")
        }

        assert orders == {
            "listed": ["b", "a", "c"],
            "name": ["a", "b", "c"],
            "since": ["c", "a", "b"],
        }


class TestLinks:
    """Where sponsors' links lead, and what they tell search engines."""

    @pytest.mark.parametrize(
        ("address", "sponsor", "rel"),
        [
            ("/", "radio-one", "sponsored noopener"),
            ("/contact/", "pretzels", "sponsored noopener"),
            ("/contact/", "food-bank", "noopener"),
            ("/contact/", "riverside", "noopener"),
            ("/contact/", "no-follow", "nofollow noopener"),
            ("/contact/", "no-mark", "noopener"),
        ],
    )
    def test_are_marked_as_their_kind_asks(
        self, address: str, sponsor: str, rel: str, site: Built
    ) -> None:
        """Paid links are marked, gifts to the town are not, and the list can say otherwise."""
        assert link(site, address, sponsor)["rel"] == rel

    def test_are_marked_on_a_sponsors_own_page_too(self, site: Built) -> None:
        """A paid link stays one where the wall leads to the page first."""
        links = site.page("/sponsors/acme/").css(".places a")

        assert [a.attributes["rel"] for a in links] == ["sponsored noopener"] * 2

    def test_never_hide_where_a_reader_came_from(self, site: Built) -> None:
        """The sponsor's statistics show the race."""
        assert not naming(site, "noreferrer")

    def test_lead_to_the_sponsors_own_page_first_where_the_tier_says_so(self, site: Built) -> None:
        """A link inside the site needs no mark."""
        attributes = link(site, "/", "acme")

        assert attributes["href"] == "/sponsors/acme/"
        assert "rel" not in attributes

    def test_have_the_campaign_of_the_race(self, site: Built) -> None:
        """The sponsor can count who came from the race."""
        href = link(site, "/", "radio-one")["href"]

        assert href == (
            "https://radio.example?utm_source=riverside&utm_medium=wall&utm_campaign=spring"
        )

    def test_keep_what_the_sponsor_wrote(self, site: Built) -> None:
        """A parameter that the sponsor's own link has is never replaced."""
        second = site.page("/").css("#mark-acme-2 a")[0]

        assert second.attributes["href"] == (
            "https://acme.example/run?utm_source=own&size=9&utm_medium=wall&utm_campaign=spring#top"
        )

    def test_are_left_out_where_there_is_none(self, site: Built) -> None:
        """A sponsor without a site is named without a link."""
        mark = site.page("/contact/").css("[data-mark=no-link]")[0]

        assert mark.text().strip() == "No Link"
        assert not mark.css("a")

    def test_open_no_new_window(self, site: Built) -> None:
        """The way back is the reader's own."""
        assert not naming(site, "target=")


class TestProfiles:
    """A sponsor's own page."""

    def test_only_those_have_one_whose_tier_does(self, site: Built) -> None:
        """A page of one's own is a benefit of a tier."""
        assert {n for n in site.files if re.match("sponsors/.", n)} == {
            "sponsors/index.html",
            "sponsors/acme/index.html",
        }

    def test_has_what_the_sponsor_says_of_itself(self, site: Built) -> None:
        """Name, tier, years, text, perk and links are there."""
        words = " ".join(site.page("/sponsors/acme/").css("main")[0].text().split())

        for one in (
            "Acme Running",
            "Title Sponsors",
            "With the race since 2019",
            "Finish line",
            "Shoes for every river path.",
            "Ten percent off Code RUN27 Until 30 June 2027",
            "Instagram",
        ):
            assert one in words

    def test_lists_the_posts_that_name_the_sponsor(self, site: Built) -> None:
        """What the race wrote about the sponsor is one link away."""
        titles = [node.text() for node in site.page("/sponsors/acme/").css(".entry__title")]

        assert titles == ["The course"]

    def test_shows_no_perk_that_is_over(self, tmp_path: Path) -> None:
        """The last day of a perk is included."""
        files = {LIST: ROSTER.replace("until: 2027-06-30}", "until: 2027-03-01}")}

        before = naming(build_site(tmp_path, {**FILES, **files}), "RUN27")
        after = naming(rebuild(tmp_path, as_of="2027-03-02"), "RUN27")

        assert before == {"sponsors/acme/index.html", "sponsors/index.html"}
        assert not after


class TestLogos:
    """Pictures of sponsors."""

    def test_have_names_that_ad_blockers_do_not_know(self, site: Built) -> None:
        """No asset is called after a sponsor, and none is a sponsor's or an ad's."""
        assets = [name for name in site.files if name.startswith("media/")]

        assert len([name for name in assets if name.startswith("media/mark-")]) == 2
        assert not [n for n in assets if re.search(r"acme|white|sponsor|ad-|logo|banner", n)]

    def test_have_their_size_and_the_name_as_their_words(self, site: Built) -> None:
        """Nothing jumps, and who cannot see the logo hears the name."""
        pictures = site.page("/").css("[data-mark=acme] img")

        assert {picture.attributes["alt"] for picture in pictures} == {"Acme Running"}
        for picture in pictures:
            width = int(picture.attributes["width"] or 0)
            height = int(picture.attributes["height"] or 0)
            assert width > height > 0
            assert width / height == pytest.approx(2, rel=0.05)

    def test_are_larger_in_a_higher_tier(self, site: Built) -> None:
        """The order of the tiers can be seen."""
        title, media = (
            site.page("/").css(f"#{place} img")[0].attributes
            for place in ("mark-acme", "mark-acme-2")
        )

        assert int(title["width"] or 0) > int(media["width"] or 0)

    def test_have_their_twin_for_the_night(self, site: Built) -> None:
        """In dark mode the logo made for it is shown."""
        source = site.page("/").css("#mark-acme source")[0].attributes

        assert source["media"] == "(prefers-color-scheme: dark)"
        assert (source["srcset"] or "").removeprefix("/") in site.files

    def test_are_told_apart_by_their_bytes_alone(self, tmp_path: Path) -> None:
        """Two files with the same drawing are published once."""
        built = build_site(
            tmp_path,
            {
                LIST: "sponsors:\n  - name: A\n    tier: title\n    logo: a.svg\n"
                "  - name: B\n    tier: title\n    logo: b.svg\n",
                "content/logos/a.svg": svg(20, 10),
                "content/logos/b.svg": svg(20, 10),
            },
        )

        assert len([name for name in built.files if name.startswith("media/mark-")]) == 1


class TestWhoIsNotPublic:
    """Pending, removed, later and former sponsors are on no page and in no file."""

    @pytest.mark.parametrize("name", HIDDEN)
    def test_is_named_nowhere(self, name: str, site: Built) -> None:
        """Neither the name nor the address of the site stands anywhere."""
        assert not naming(site, name)
        assert not naming(site, name.capitalize())

    @pytest.mark.parametrize("name", HIDDEN)
    def test_has_no_logo_in_the_output(self, name: str, site: Built) -> None:
        """A logo that may not be shown yet cannot be fetched either."""
        size = f'viewBox="0 0 100 {60 + HIDDEN.index(name)}"'

        assert size in str(FILES[f"content/logos/{name}.svg"])
        assert not naming(site, size)

    def test_what_the_list_keeps_to_itself_is_nowhere(self, site: Built) -> None:
        """Notes, approvals, industries and former names are for the organiser."""
        assert not naming(site, "SECRET")

    def test_is_not_thanked_below_a_post(self, site: Built) -> None:
        """A post may name a sponsor before its term begins."""
        thanks = site.page("/blog/the-course/").css(".thanks a")

        assert [a.text() for a in thanks] == ["Acme Running"]

    def test_does_not_present_the_race(self, tmp_path: Path) -> None:
        """Who presents the race does so within its term."""
        settings = f'{SETTINGS}RACE["presented_by"] = "later-lara"\n'

        before = build_site(tmp_path, {**FILES, "pelicanconf.py": settings}).text("index.html")
        after = rebuild(tmp_path, as_of="2027-03-02").text("index.html")

        assert "Presented by" not in before
        assert "Presented by" in after

    @pytest.mark.parametrize(
        ("day", "shown"),
        [
            ("2027-02-28", ["former-fred"]),
            ("2027-03-01", []),
            ("2027-03-02", ["later-lara"]),
        ],
    )
    def test_comes_and_goes_on_the_days_of_the_list(
        self, day: str, shown: list[str], tmp_path: Path
    ) -> None:
        """Both days of a term are included."""
        built = build_site(tmp_path, FILES, as_of=day)

        assert [mark for mark, _ in marks(built, "/blog/")] == ["acme", *shown]

    def test_is_gone_with_every_trace_the_day_after(self, tmp_path: Path) -> None:
        """Page, logo and name of a sponsor leave the output."""
        before = build_site(tmp_path, FILES, as_of="2027-02-28").files
        traces = ("Fred", "fred", 'viewBox="0 0 100 63"')
        assert "sponsors/former-fred/index.html" in before

        after = rebuild(tmp_path, as_of="2027-03-01")

        assert all(any(trace.encode() in data for data in before.values()) for trace in traces)
        assert not [trace for trace in traces if naming(after, trace)]
        assert "sponsors/former-fred/index.html" not in after.files

    def test_a_change_of_the_private_file_changes_nothing(self, tmp_path: Path) -> None:
        """Contacts and fees live beside the site, and it is the same with and without them."""
        private = "sponsors:\n  - id: acme\n    contact: SECRET\n    fee: 5000\n"

        built = build_site(tmp_path / "with", {**FILES, "sponsors.private.yaml": private})

        assert built.files == build_site(tmp_path / "without", FILES).files


class TestTheFileForPrograms:
    """What `sponsors.json` tells."""

    def test_has_who_stands_on_a_wall_tier_by_tier(self, site: Built) -> None:
        """Everybody who is shown anywhere is in it, under the tier's id, heading and kind."""
        found = json.loads(site.files["sponsors.json"])

        assert (found["race"], found["edition"]) == ("Riverside 10K", 2027)
        assert [
            (tier["tier"], tier["heading"], tier["kind"], [s["id"] for s in tier["sponsors"]])
            for tier in found["tiers"]
        ] == [
            ("title", "Title Sponsors", "paid", ["acme"]),
            ("media", "On air", "media", ["acme", "radio-one"]),
            ("good", "Good", "charity", ["food-bank"]),
            ("city", "City", "government", ["riverside"]),
            ("gifts", "Gifts", "in-kind", ["pretzels", "no-follow", "no-mark", "no-link"]),
        ]

    def test_has_the_public_fields_and_no_other(self, site: Built) -> None:
        """A sponsor's own link is in it as the sponsor wrote it, and addresses are full."""
        tiers = json.loads(site.files["sponsors.json"])["tiers"]
        acme = tiers[0]["sponsors"][0]

        logo = acme.pop("logo")
        assert acme == {
            "id": "acme",
            "name": "Acme Running",
            "url": "https://acme.example/run?utm_source=own&size=9#top",
            "page": "https://riverside.example/sponsors/acme/",
            "thanks_for": "Finish line",
            "text": "Shoes for every river path.",
        }
        assert re.fullmatch(r"https://riverside\.example/media/mark-[0-9a-f]{12}\.svg", logo)
        assert tiers[1]["sponsors"][1].keys() == {"id", "name", "url"}

    def test_has_full_addresses_below_a_path(self, tmp_path: Path) -> None:
        """A site below a path is where its file says."""
        settings = SETTINGS.replace("https://riverside.example", "https://me.example/race")

        built = build_site(tmp_path, {**FILES, "pelicanconf.py": settings})

        acme = json.loads(built.files["sponsors.json"])["tiers"][0]["sponsors"][0]
        assert acme["page"] == "https://me.example/race/sponsors/acme/"
        assert acme["logo"].startswith("https://me.example/race/media/mark-")


class TestAWall:
    """The wall as a whole."""

    @pytest.mark.parametrize(
        "roster",
        [
            "sponsors: []\n",
            "sponsors:\n  - name: Pete\n    tier: title\n    status: pending\n",
            "sponsors:\n  - name: Fred\n    tier: title\n    until: 2027-02-28\n",
        ],
    )
    def test_without_sponsors_invites_the_first(self, roster: str, tmp_path: Path) -> None:
        """An empty wall is an offer, with the way to take it."""
        built = build_site(tmp_path, {LIST: roster})

        for addresses in WALLS.values():
            shown = wall(built, addresses[0].replace("other", "the-course"))
            assert "room for its first sponsor" in shown.text()
            assert shown.css("a[href='/contact/']")

    def test_of_a_page_that_no_tier_is_shown_on_is_left_out(self, tmp_path: Path) -> None:
        """A race with sponsors does not ask for its first one."""
        roster = "tiers:\n  - id: a\n    shown_on: contact\nsponsors:\n  - name: A\n    tier: a\n"

        built = build_site(tmp_path, {LIST: roster})

        assert not built.page("/").css("[data-wall]")
        assert marks(built, "/contact/") == [("a", "mark-a")]

    def test_is_a_region_that_can_be_passed(self, site: Built) -> None:
        """Who uses a keyboard need not go through all sponsors."""
        shown = wall(site, "/")

        assert shown.tag == "section"
        assert shown.attributes["aria-label"] == "Sponsors"
        assert shown.css("a")[0].attributes["href"] == "#after-wall"
        assert site.page("/").css("#after-wall")

    def test_may_have_two_hundred_sponsors(self, tmp_path: Path) -> None:
        """Nothing but the length of the wall grows."""
        roster = "sponsors:\n" + "".join(
            f"  - name: Sponsor {n}\n    tier: supporters\n    url: https://s{n}.example\n"
            for n in range(200)
        )

        built = build_site(tmp_path, {LIST: roster})

        assert built.code == 0, built.report
        for addresses in WALLS.values():
            place = addresses[0].replace("other", "the-course")
            assert [mark for mark, _ in marks(built, place)] == [f"sponsor-{n}" for n in range(200)]

    def test_has_no_word_that_ad_blockers_look_for(self, site: Built) -> None:
        """No class, id or asset's path says sponsor, ad, banner, partner or promo."""
        for node in wall(site, "/").css("*"):
            for name in ("class", "id", "src", "srcset"):
                value = node.attributes.get(name) or ""
                assert not re.search(r"sponsor|\bads?\b|banner|partner|promo|social", value)

    def test_takes_its_sizes_from_a_stylesheet(self, site: Built) -> None:
        """Inline styles are dead under the pages' security policy."""
        sheets = [n.attributes["href"] or "" for n in site.page("/").css("link[rel=stylesheet]")]
        sizes = next(site.text(s.lstrip("/")) for s in sheets if "/sizes-" in s)

        tiers = re.findall(r"\.wall__group--(\d)\{--cap", sizes.partition("@media")[0])
        assert tiers == ["1", "2", "3", "4", "5"]
        assert not site.page("/").css("[style]")


class TestOneSponsorUnderTwoNames:
    """A sponsor that was renamed has two entries with one id."""

    ROSTER: Final = (
        "sponsors:\n  - id: acme\n    name: Acme Shoes\n    tier: title\n    until: 2027-03-01\n"
        "    url: https://acme.example\n  - id: acme\n    name: Acme Running\n    tier: title\n"
        "    from: 2027-03-02\n    url: https://acme.example\n"
    )

    @pytest.mark.parametrize(
        ("day", "name"), [("2027-03-01", "Acme Shoes"), ("2027-03-02", "Acme Running")]
    )
    def test_has_on_each_day_the_name_of_that_day(
        self, day: str, name: str, tmp_path: Path
    ) -> None:
        """The place and its id stay, and the name changes over night."""
        built = build_site(
            tmp_path, {LIST: self.ROSTER, COURSE: post(sponsors="[acme]")}, as_of=day
        )

        assert built.code == 0, built.report
        assert marks(built, "/") == [("acme", "mark-acme")]
        assert wall(built, "/").css(".mark__name")[0].text() == name
        assert built.page("/blog/a-post/").css(".thanks a")[0].text() == name
