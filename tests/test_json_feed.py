"""The JSON feed, and the notice in both feeds."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final
from xml.etree import ElementTree as ET

import pytest

from sites import SETTINGS, Built, build_site, post, rebuild

ATOM: Final = "{http://www.w3.org/2005/Atom}"
SITE: Final = "https://me.example/race"
SVG: Final = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 10"><path d="M0 0h9v9z"/></svg>'
)
FILES: Final = {
    "pelicanconf.py": SETTINGS.replace("https://riverside.example", SITE)
    + 'SITESUBTITLE = "Ten kilometres."\n',
    "content/posts/course.md": post(
        "See [the other]({filename}other.md).",
        title="The course",
        date="2027-01-15 18:30",
        modified="2027-02-01 09:15",
        summary="Along *the* river & back.",
        category="Course",
        tags="[hills, water]",
        authors="[Ruth Amsel, Owen Prater]",
        image="a.svg",
        image_alt="A map",
        lang="es",
    ),
    "content/posts/other.md": post("Words.", title="Other", date="2026-07-31"),
    "content/posts/hidden.md": post(title="Hidden", status="hidden"),
    "content/posts/later.md": post(title="Later", date="2027-03-02"),
    "content/images/a.svg": SVG,
}
NOTICE: Final = """\
level: postponed

The river is over the course, so [nobody](/contact/) runs on Sunday; we will tell you the \
new day by Monday noon.
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Build a site below a path of its host."""
    made = build_site(tmp_path_factory.mktemp("site"), FILES)
    assert made.code == 0, made.report
    return made


@pytest.fixture(scope="module")
def warned(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Build the same site while a notice stands on it."""
    made = build_site(tmp_path_factory.mktemp("warned"), {**FILES, "content/notice.md": NOTICE})
    assert made.code == 0, made.report
    return made


def feed(built: Built) -> Any:
    """Return the JSON feed."""
    return json.loads(built.files["feed.json"])


def atom(built: Built) -> ET.Element:
    """Return the Atom feed, which is of our own making."""
    return ET.fromstring(built.files["feed.xml"])  # noqa: S314


class TestTheFeed:
    """What is in `feed.json`."""

    def test_says_of_which_site_it_is(self, built: Built) -> None:
        """All of the feed's own fields are there, with full addresses."""
        about = {key: value for key, value in feed(built).items() if key != "items"}

        icon = about.pop("icon")
        assert icon.startswith(f"{SITE}/media/")
        assert icon.removeprefix(f"{SITE}/") in built.files
        assert about == {
            "version": "https://jsonfeed.org/version/1.1",
            "title": "Riverside 10K",
            "home_page_url": f"{SITE}/",
            "feed_url": f"{SITE}/feed.json",
            "description": "Ten kilometres.",
            "language": "en",
            "authors": [{"name": "Riverside 10K", "url": f"{SITE}/"}],
        }

    def test_has_what_a_post_says_of_itself(self, built: Built) -> None:
        """A post's dates have the race's time zone, its summary has no markup."""
        item = feed(built)["items"][0]

        assert item.pop("image").startswith(f"{SITE}/media/picture-")
        assert item == {
            "id": "tag:me.example,2027-01-15:/race/blog/the-course/",
            "url": f"{SITE}/blog/the-course/",
            "title": "The course",
            "content_html": f'<p>See <a href="{SITE}/blog/other/">the other</a>.</p>',
            "summary": "Along the river & back.",
            "date_published": "2027-01-15T18:30:00-06:00",
            "date_modified": "2027-02-01T09:15:00-06:00",
            "authors": [{"name": "Ruth Amsel"}, {"name": "Owen Prater"}],
            "tags": ["Course", "hills", "water"],
            "language": "es",
        }

    def test_leaves_out_what_a_post_does_not_say(self, built: Built) -> None:
        """No field is empty; a post without an author is the site's."""
        item = feed(built)["items"][1]

        assert item == {
            "id": "tag:me.example,2026-07-31:/race/blog/other/",
            "url": f"{SITE}/blog/other/",
            "title": "Other",
            "content_html": "<p>Words.</p>",
            "summary": "Words.",
            "date_published": "2026-07-31T00:00:00-05:00",
            "authors": [{"name": "Riverside 10K"}],
            "language": "en",
        }

    @pytest.mark.parametrize("name", ["built", "warned"])
    def test_has_the_entries_of_the_other_feed(
        self, name: str, request: pytest.FixtureRequest
    ) -> None:
        """Both feeds know each entry by the same id, so a reader can change from one to another."""
        site: Built = request.getfixturevalue(name)
        entries = atom(site).findall(f"{ATOM}entry")

        assert [item["id"] for item in feed(site)["items"]] == [
            entry.findtext(f"{ATOM}id") for entry in entries
        ]

    def test_of_a_site_without_posts_is_a_feed(self, tmp_path: Path) -> None:
        """Whoever subscribes before the first post sees no error."""
        made = build_site(tmp_path, {"content/posts/course.md": post(status="draft")})

        assert made.code == 0, made.report
        assert feed(made)["items"] == []

    def test_is_found_from_a_page(self, built: Built) -> None:
        """A feed reader finds it from any address of the site."""
        link = built.page("/blog/the-course/").css("link[type='application/feed+json']")[0]

        assert link.attributes["href"] == "/race/feed.json"


class TestTheNotice:
    """How the feeds tell of a notice."""

    def test_stands_before_all_posts(self, warned: Built) -> None:
        """It is the first entry, from the day of the build, and leads to the home page."""
        item = feed(warned)["items"][0]

        assert item.pop("id").startswith("tag:me.example,2026:/race/notice/")
        assert item.pop("content_html").startswith(
            f'<p>The river is over the course, so <a href="{SITE}/contact/">nobody</a> runs'
        )
        assert item == {
            "url": f"{SITE}/",
            "title": (
                "Postponed: The river is over the course, so nobody runs on Sunday; we will tell…"
            ),
            "date_published": "2027-03-01T00:00:00-06:00",
            "authors": [{"name": "Riverside 10K"}],
            "language": "en",
        }

    def test_is_the_same_in_the_other_feed(self, warned: Built) -> None:
        """A reader of the Atom feed sees it first, too, and as new."""
        root = atom(warned)
        entry = root.findall(f"{ATOM}entry")[0]
        item = feed(warned)["items"][0]

        assert entry.findtext(f"{ATOM}title") == item["title"]
        assert entry.findtext(f"{ATOM}content") == item["content_html"]
        assert entry.findtext(f"{ATOM}updated") == item["date_published"]
        assert root.findtext(f"{ATOM}updated") == item["date_published"]

    def test_stands_in_the_titles_of_the_feeds(self, warned: Built) -> None:
        """A list of feeds shows it without opening one."""
        assert feed(warned)["title"] == "Postponed: Riverside 10K"
        assert atom(warned).findtext(f"{ATOM}title") == "Postponed: Riverside 10K"

    @pytest.mark.parametrize(
        ("changed", "is_same"),
        [
            (NOTICE, True),
            (NOTICE.replace("Monday", "Tuesday"), False),
            (NOTICE.replace("postponed", "cancelled"), False),
        ],
    )
    def test_is_news_when_its_words_change(
        self, warned: Built, tmp_path: Path, changed: str, *, is_same: bool
    ) -> None:
        """Another text or level is another entry; the same one stays, also on the next day."""
        made = build_site(tmp_path, {**FILES, "content/notice.md": changed}, as_of="2027-03-02")

        ids = [feed(site)["items"][0]["id"] for site in (warned, made)]
        assert (ids[0] == ids[1]) == is_same

    @pytest.mark.parametrize(
        ("words", "title"),
        [
            ("Now at nine.", "Notice: Now at nine."),
            ("# News\n\nNow at nine.", "Notice: News Now at nine."),
            ("w" * 90, f"Notice: {'w' * 70}…"),
            ("Q&A at <b>nine</b>", "Notice: Q&A at nine"),
        ],
    )
    def test_has_its_first_words_as_title(self, tmp_path: Path, words: str, title: str) -> None:
        """The title is text, and is cut between two words where there are any."""
        made = build_site(tmp_path, {"content/notice.md": words})

        assert feed(made)["items"][0]["title"] == title

    def test_goes_when_it_ends(self, tmp_path: Path) -> None:
        """After its last day nothing is left of it in the feeds."""
        made = build_site(tmp_path, {"content/notice.md": "until: 2027-03-01\n\nSlippery."})
        before = made.text("feed.json") + made.text("feed.xml")

        later = rebuild(tmp_path, as_of="2027-03-02")

        assert before.count("Slippery") == 4
        assert "Slippery" not in later.text("feed.json") + later.text("feed.xml")
