"""What the pages of a whole site tell programs (JSON-LD)."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import pytest
from PIL import Image
from selectolax.lexbor import LexborHTMLParser

from sites import Built, build_site, post, rebuild

HOSTILE: Final = "</script><script>alert(\"1\")</script> <!-- & 'x'"
SITE: Final = "https://me.example/race"

RACE: Final[Mapping[str, Any]] = {
    "name": "River Run",
    "date": "2027-04-17",
    "place": "Depot Square",
    "address": "1 Depot Square, Milltown",
    "map": "https://maps.example/depot-square",
    "distances": [
        {"name": "10 km", "start": "8:00 am"},
        {"name": "Half marathon", "start": "7:30 am"},
        {"name": "Kids' mile"},
    ],
    "registration": {
        "link": "https://signup.example/river",
        "opens": "2027-01-01",
        "closes": "2027-04-10",
        "currency": "USD",
        "prices": [
            {"price": "$65", "distance": "Half marathon", "until": "2027-03-01"},
            {"price": "$75", "distance": "Half marathon"},
            {"price": "As you like", "distance": "10 km"},
            {"price": "Free", "distance": "Kids' mile"},
        ],
    },
}

SPONSORS: Final = """\
utm: {source: run}
tiers:
  - {id: title, link: profile}
  - {id: city, kind: government}
  - {id: causes, kind: charity}
  - {id: goods, kind: in-kind}
  - {id: papers, kind: media}
sponsors:
  - {name: Daily Mill, tier: papers, url: https://mill.example}
  - {name: Acme & Sons, tier: title, url: https://acme.example/run}
  - {name: Milltown, tier: city, url: https://milltown.example}
  - {name: Food Bank, tier: causes, url: https://food.example}
  - {name: Bakery, tier: [goods, papers]}
  - {name: Maybe, tier: title, status: pending}
  - {name: Gone, tier: title, status: removed}
  - {name: Past, tier: title, until: 2027-02-28}
  - {name: Soon, tier: title, from: 2027-03-02}
"""


def photo() -> bytes:
    """Return a picture of 64 by 32 pixels."""
    file = io.BytesIO()
    Image.new("RGB", (64, 32), "teal").save(file, "jpeg")
    return file.getvalue()


def settings(**race: Any) -> str:
    """Return the settings of a site with this race instead of or beside the usual facts."""
    return f"""\
from milepost.defaults import *
SITENAME = "River Run Club"
SITEURL = "{SITE}"
SITESUBTITLE = "Along the river."
TIMEZONE = "America/Chicago"
RACE = { ({**RACE, **race})!r}
CONTACT = {{"email": "hello@me.example", "phone": "(417) 555-0142"}}
"""


FILES: Final[dict[str, str | bytes | None]] = {
    "pelicanconf.py": settings(),
    "sponsors.yaml": SPONSORS,
    "content/posts/course.md": post(
        title="The course",
        date="2027-01-15 18:30",
        modified="2027-02-01",
        summary="Along *the* river.",
        category="Course",
        tags="[hills, water]",
        authors="[Ruth Amsel, Owen Prater]",
        image="river.jpg",
        image_alt="The river",
    ),
    "content/posts/plain.md": post(title="Plain", date="2026-07-31", lang="es"),
    "content/posts/hidden.md": post(title="Hid", status="hidden", author="Nobody Else"),
    "content/posts/hostile.md": post(title=json.dumps(HOSTILE), slug="hostile"),
    "content/pages/about.md": "---\ntitle: About\n---\nWe run.\n",
    "content/images/river.jpg": photo(),
}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Build a site that has something of every kind."""
    made = build_site(tmp_path_factory.mktemp("site"), FILES)
    assert made.code == 0, made.report
    return made


def things(html: str) -> list[dict[str, Any]]:
    """Return what a page tells programs."""
    scripts = LexborHTMLParser(html).css("script[type='application/ld+json']")
    return [json.loads(script.text()) for script in scripts]


def told(built: Built, address: str) -> dict[str, dict[str, Any]]:
    """Return the things of a page by their types."""
    found = things(built.page(address).html or "")
    assert all(thing.pop("@context") == "https://schema.org" for thing in found)
    return {thing.pop("@type"): thing for thing in found}


def event(folder: Path, *, as_of: str = "2027-03-01", notice: str = "", **race: Any) -> Any:
    """Return the event of a site that is built for a day, with this race."""
    files: dict[str, str | bytes | None] = {"pelicanconf.py": settings(**race)}
    if notice:
        files["content/notice.md"] = notice
    made = build_site(folder, files, as_of=as_of)
    assert made.code == 0, made.report
    return told(made, "/")["SportsEvent"]


REQUIRED: Final = {
    "SportsEvent": {"name", "startDate", "location", "eventStatus"},
    "BlogPosting": {"headline", "datePublished", "author"},
    "BreadcrumbList": {"itemListElement"},
    "ListItem": {"position", "name"},
    "Organization": {"name"},
    "Person": {"name"},
    "Place": {"name", "address"},
    "Offer": {"url"},
}
"""What search engines need of each type (Google Search Central, "Structured data")."""


def checked(value: Any) -> None:
    """Assert that a value and all in it have a type and what that needs, and nothing empty."""
    assert value not in ("", None, [], {})
    if isinstance(value, list):
        for each in value:
            checked(each)
    elif isinstance(value, dict):
        assert REQUIRED[value["@type"]] <= {*value}, value
        for each in value.values():
            checked(each)


class TestEveryPage:
    """What holds for whatever a page tells."""

    def test_is_json_with_what_its_type_needs(self, built: Built) -> None:
        """Each thing stands alone, says where its words are from, and is whole."""
        number = 0
        for name, data in built.files.items():
            for thing in things(data.decode()) if name.endswith(".html") else ():
                assert thing["@context"] == "https://schema.org"
                checked(thing)
                number += 1
        assert number > 20

    def test_has_full_addresses_of_pages_that_exist(self, built: Built) -> None:
        """A program that has only the data finds its way."""
        text = "".join(data.decode() for name, data in built.files.items() if ".html" in name)
        for thing in things(text):
            for address in _addresses(thing):
                path = address.removeprefix(SITE).partition("#")[0].lstrip("/")
                assert address.startswith(f"{SITE}/")
                assert {path, f"{path}index.html"} & {*built.files}, address

    @pytest.mark.parametrize(
        ("address", "types"),
        [
            ("/", ["SportsEvent", "Organization"]),
            ("/race-day/", ["SportsEvent", "BreadcrumbList"]),
            ("/contact/", ["Organization", "BreadcrumbList"]),
            ("/blog/plain/", ["BlogPosting", "BreadcrumbList"]),
            ("/blog/", ["BreadcrumbList"]),
            ("/about/", ["BreadcrumbList"]),
            ("/404.html", []),
        ],
    )
    def test_tells_what_it_is_about(self, built: Built, address: str, types: list[str]) -> None:
        """The race stands where it is told of, who is behind it where one writes to them."""
        assert list(told(built, address)) == types

    def test_does_not_tell_the_day_of_the_build(self, tmp_path: Path) -> None:
        """On the next day pages tell the same, if nothing happens on it."""
        made = build_site(tmp_path, FILES, as_of="2027-03-20")

        later = rebuild(tmp_path, as_of="2027-03-21")

        for name, data in made.files.items():
            if name.endswith(".html"):
                assert things(later.text(name)) == things(data.decode())

    def test_hostile_words_are_words(self, built: Built) -> None:
        """A title that closes the script gets nowhere, and comes out as it was written."""
        html = built.text("blog/hostile/index.html")
        tree = LexborHTMLParser(html)

        assert told(built, "/blog/hostile/")["BlogPosting"]["headline"] == HOSTILE
        assert "<script>alert" not in html
        scripts = [node.attributes.get("type") for node in tree.css("script:not([src])")]
        assert scripts == ["application/ld+json"] * 2

    def test_without_a_race_no_event_is_told(self, tmp_path: Path) -> None:
        """A club that has no race yet has a site all the same."""
        plain = settings().replace("RACE =", "NO_RACE =")

        made = build_site(tmp_path, {"pelicanconf.py": plain})

        assert made.code == 0, made.report
        assert list(told(made, "/")) == ["Organization"]


def _addresses(value: Any) -> list[str]:
    """Return the addresses of the site in a thing."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        return [address for each in value for address in _addresses(each)]
    return [value] if str(value).startswith(SITE) else []


class TestTrails:
    """The way from the home page to each page."""

    @pytest.mark.parametrize(
        ("address", "trail"),
        [
            ("/blog/", [("Blog", None)]),
            ("/blog/the-course/", [("Blog", "/blog/"), ("The course", None)]),
            ("/blog/tags/hills/", [("Blog", "/blog/"), ("Posts with the tag hills", None)]),
            ("/blog/topics/course/", [("Blog", "/blog/"), ("Posts about Course", None)]),
            ("/blog/authors/ruth-amsel/", [("Blog", "/blog/"), ("Posts by Ruth Amsel", None)]),
            ("/blog/archive/", [("Blog", "/blog/"), ("All posts", None)]),
            (
                "/blog/archive/2026/",
                [("Blog", "/blog/"), ("All posts", "/blog/archive/"), ("Posts of 2026", None)],
            ),
            ("/about/", [("About", None)]),
            ("/sponsors/", [("Sponsors", None)]),
            ("/sponsors/acme-sons/", [("Sponsors", "/sponsors/"), ("Acme & Sons", None)]),
            ("/contact/", [("Contact", None)]),
            ("/race-day/", [("Race day", None)]),
        ],
    )
    def test_lead_from_the_home_page(
        self, built: Built, address: str, trail: list[tuple[str, str | None]]
    ) -> None:
        """Each step has a name and an address, the page itself a name."""
        steps = told(built, address)["BreadcrumbList"]["itemListElement"]

        assert [step["position"] for step in steps] == list(range(1, len(trail) + 2))
        assert [(step["name"], step.get("item")) for step in steps] == [
            ("Home", f"{SITE}/"),
            *((name, SITE + place if place else None) for name, place in trail),
        ]


class TestPosts:
    """What a post tells of itself."""

    CLUB: Final = {
        "@type": "Organization",
        "@id": f"{SITE}/#organization",
        "name": "River Run Club",
        "url": f"{SITE}/",
    }

    def test_tell_who_wrote_them_and_when(self, built: Built) -> None:
        """Everything that the lines above the text say is there."""
        posting = told(built, "/blog/the-course/")["BlogPosting"]

        assert posting.pop("image").startswith(f"{SITE}/media/picture-")
        assert posting == {
            "headline": "The course",
            "url": f"{SITE}/blog/the-course/",
            "mainEntityOfPage": f"{SITE}/blog/the-course/",
            "datePublished": "2027-01-15T18:30:00-06:00",
            "dateModified": "2027-02-01",
            "description": "Along the river.",
            "inLanguage": "en",
            "articleSection": "Course",
            "keywords": ["hills", "water"],
            "author": [
                {
                    "@type": "Person",
                    "name": "Ruth Amsel",
                    "url": f"{SITE}/blog/authors/ruth-amsel/",
                },
                {
                    "@type": "Person",
                    "name": "Owen Prater",
                    "url": f"{SITE}/blog/authors/owen-prater/",
                },
            ],
            "publisher": self.CLUB,
        }

    def test_without_an_author_are_the_clubs(self, built: Built) -> None:
        """What a post does not say is not made up, except who answers for it."""
        assert told(built, "/blog/plain/")["BlogPosting"] == {
            "headline": "Plain",
            "url": f"{SITE}/blog/plain/",
            "mainEntityOfPage": f"{SITE}/blog/plain/",
            "datePublished": "2026-07-31",
            "description": "Words.",
            "inLanguage": "es",
            "author": [self.CLUB],
            "publisher": self.CLUB,
        }

    def test_that_are_hidden_lead_to_no_page_of_their_author(self, built: Built) -> None:
        """There may be none."""
        author = told(built, "/blog/hid/")["BlogPosting"]["author"]

        assert author == [{"@type": "Person", "name": "Nobody Else"}]


class TestTheClub:
    """Who is behind the site."""

    @pytest.mark.parametrize("address", ["/", "/contact/"])
    def test_can_be_reached(self, built: Built, address: str) -> None:
        """Mail and phone are those of the settings."""
        assert told(built, address)["Organization"] == {
            "@id": f"{SITE}/#organization",
            "name": "River Run Club",
            "url": f"{SITE}/",
            "email": "hello@me.example",
            "telephone": "(417) 555-0142",
        }


class TestTheRace:
    """The race as an event."""

    def test_is_told_alike_on_both_pages(self, built: Built) -> None:
        """Programs know it as one."""
        assert told(built, "/")["SportsEvent"] == told(built, "/race-day/")["SportsEvent"]

    def test_says_when_and_where(self, built: Built) -> None:
        """It begins with the first start, in the race's time zone."""
        found = told(built, "/")["SportsEvent"]

        for name in ("offers", "sponsor", "funder", "subEvent", "organizer"):
            found.pop(name)
        assert found == {
            "@id": f"{SITE}/#race",
            "name": "River Run",
            "startDate": "2027-04-17T07:30:00-05:00",
            "endDate": "2027-04-17",
            "eventStatus": "https://schema.org/EventScheduled",
            "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode",
            "location": {
                "@type": "Place",
                "name": "Depot Square",
                "address": "1 Depot Square, Milltown",
                "hasMap": "https://maps.example/depot-square",
            },
            "description": "Along the river.",
            "url": f"{SITE}/",
            "sport": "Running",
        }

    def test_has_its_distances_as_parts(self, built: Built) -> None:
        """Each has its own start, or the day where none is given."""
        parts = told(built, "/")["SportsEvent"]["subEvent"]

        assert [(part["name"], part["startDate"]) for part in parts] == [
            ("10 km", "2027-04-17T08:00:00-05:00"),
            ("Half marathon", "2027-04-17T07:30:00-05:00"),
            ("Kids' mile", "2027-04-17"),
        ]

    def test_without_times_has_its_day(self, tmp_path: Path) -> None:
        """No hour is made up."""
        found = event(tmp_path, distances=[{"name": "10 km"}], registration={})

        assert found["startDate"] == "2027-04-17"

    def test_has_a_picture_where_the_home_page_has(self, tmp_path: Path) -> None:
        """The picture of the home page is the race's."""
        home = "---\ntitle: Home\nimage: river.jpg\nimage_alt: The river\n---\nRun.\n"
        made = build_site(tmp_path, {**FILES, "content/pages/home.md": home})

        found = told(made, "/race-day/")["SportsEvent"]

        assert found["image"].startswith(f"{SITE}/media/picture-")

    def test_says_who_organises_it(self, built: Built) -> None:
        """That is the club, with all that reaches it."""
        club = {"@type": "Organization", **told(built, "/")["Organization"]}

        assert told(built, "/")["SportsEvent"]["organizer"] == club


class TestItsStatus:
    """What became of the race's day."""

    @pytest.mark.parametrize(
        ("race", "status", "previous"),
        [
            ({"status": "on"}, "EventScheduled", None),
            (
                {"status": "moved", "previous_dates": "2027-04-10"},
                "EventRescheduled",
                "2027-04-10",
            ),
            (
                {"status": "moved", "previous_dates": ["2027-04-03", "2027-04-10"]},
                "EventRescheduled",
                ["2027-04-03", "2027-04-10"],
            ),
            ({"status": "postponed"}, "EventPostponed", None),
            ({"status": "cancelled", "previous_dates": "2027-04-10"}, "EventCancelled", None),
        ],
    )
    def test_is_the_one_of_the_settings(
        self, tmp_path: Path, race: dict[str, Any], status: str, previous: object
    ) -> None:
        """The day stays where it was until there is a new one."""
        found = event(tmp_path, **race)

        for each in (found, *found["subEvent"]):
            assert each["eventStatus"] == f"https://schema.org/{status}"
            assert each.get("previousStartDate") == previous
            assert each["startDate"].startswith("2027-04-17")

    @pytest.mark.parametrize(
        ("level", "status"),
        [
            ("info", "EventScheduled"),
            ("postponed", "EventPostponed"),
            ("cancelled", "EventCancelled"),
        ],
    )
    def test_follows_the_notice(self, tmp_path: Path, level: str, status: str) -> None:
        """Whoever calls off the race in a notice need not change the settings."""
        found = event(tmp_path, notice=f"level: {level}\n\nThe river is high.")

        assert found["eventStatus"] == f"https://schema.org/{status}"
        assert ("offers" in found) == (level == "info")


class TestItsPrices:
    """What an entry costs."""

    def test_are_those_of_the_day(self, built: Built) -> None:
        """Each distance has one; what is no number is not made one."""
        offers = told(built, "/")["SportsEvent"]["offers"]

        common = {
            "@type": "Offer",
            "url": "https://signup.example/river",
            "availability": "https://schema.org/InStock",
            "validFrom": "2027-01-01",
        }
        assert offers == [
            {
                **common,
                "name": "Half marathon",
                "price": "65",
                "priceCurrency": "USD",
                "validThrough": "2027-03-01",
            },
            {**common, "name": "10 km", "validThrough": "2027-04-10"},
            {
                **common,
                "name": "Kids' mile",
                "price": "0",
                "priceCurrency": "USD",
                "validThrough": "2027-04-10",
            },
        ]

    @pytest.mark.parametrize(
        ("as_of", "availability", "price"),
        [
            ("2026-12-31", "https://schema.org/PreOrder", "65"),
            ("2027-01-01", "https://schema.org/InStock", "65"),
            ("2027-04-10", "https://schema.org/InStock", "75"),
            ("2027-04-11", None, "75"),
            ("2027-04-17", None, "75"),
        ],
    )
    def test_say_whether_they_can_be_had(
        self, tmp_path: Path, as_of: str, availability: str | None, price: str
    ) -> None:
        """Before, while and after runners sign up; afterwards the last day of it says it all."""
        offer = event(tmp_path, as_of=as_of)["offers"][0]

        assert offer.get("availability") == availability
        assert offer["price"] == price

    def test_end_with_the_race(self, tmp_path: Path) -> None:
        """Nobody can enter a race that is over."""
        assert "offers" not in event(tmp_path, as_of="2027-04-18")

    @pytest.mark.parametrize(
        ("registration", "expected"),
        [
            ({}, None),
            (
                {"link": "https://signup.example/river"},
                [
                    {
                        "@type": "Offer",
                        "url": "https://signup.example/river",
                        "availability": "https://schema.org/InStock",
                        "validThrough": "2027-04-17",
                    }
                ],
            ),
            (
                {"prices": [{"price": "$45"}]},
                [{"@type": "Offer", "validThrough": "2027-04-17"}],
            ),
            (
                {"prices": [{"price": "Free"}]},
                [{"@type": "Offer", "price": "0", "validThrough": "2027-04-17"}],
            ),
        ],
    )
    def test_have_no_number_without_a_currency(
        self, tmp_path: Path, registration: dict[str, Any], expected: object
    ) -> None:
        """A dollar sign may stand for twenty currencies; nothing is nothing in all of them."""
        assert event(tmp_path, registration=registration).get("offers") == expected


class TestItsSponsors:
    """Who makes the race possible."""

    def test_are_named_as_they_stand_in_the_list(self, built: Built) -> None:
        """Those who pay, give goods or report, tier by tier, with their own plain links."""
        found = told(built, "/")["SportsEvent"]["sponsor"]

        assert found == [
            {
                "@type": "Organization",
                "name": "Acme & Sons",
                "url": "https://acme.example/run",
            },
            {"@type": "Organization", "name": "Bakery"},
            {"@type": "Organization", "name": "Daily Mill", "url": "https://mill.example"},
        ]

    def test_that_are_public_bodies_fund_it(self, built: Built) -> None:
        """A city is no sponsor, and a good cause that the race supports is neither."""
        found = told(built, "/")["SportsEvent"]

        assert found["funder"] == [
            {"@type": "Organization", "name": "Milltown", "url": "https://milltown.example"}
        ]
        assert "Food Bank" not in json.dumps(found)

    def test_that_are_not_public_stand_nowhere(self, built: Built) -> None:
        """Neither who has not signed, nor who has gone, nor who is to come."""
        text = json.dumps([*told(built, "/").values(), *told(built, "/race-day/").values()])

        for name in ("Maybe", "Gone", "Past", "Soon"):
            assert name not in text
