"""The files of a site that programs read: feed, sitemap, robots.txt, build.json."""

from __future__ import annotations

import json
import re
from datetime import datetime
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

import pytest
from selectolax.lexbor import LexborHTMLParser

from sites import SETTINGS, SPONSORS, Built, build_site, post, rebuild

COURSE: Final = "content/posts/course.md"
ATOM: Final = "{http://www.w3.org/2005/Atom}"
SITEMAP: Final = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
SVG: Final = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 10"><path d="M0 0h9v9z"/></svg>'
)

FILES: Final[dict[str, str | bytes | None]] = {
    COURSE: post(
        "See [the other]({filename}other.md), [us](/contact/), ![a map]({static}/images/a.svg).",
        title="The course",
        date="2027-01-15 18:30",
        modified="2027-02-01 09:15",
        summary="'Along [the river]({filename}other.md).'",
        category="Course",
        tags="[hills, water]",
        author="Ruth Amsel",
        old_addresses="[/old/]",
    ),
    "content/posts/other.md": post("Words & <b>bold</b> ones.", title="Other", date="2026-12-31"),
    "content/posts/hidden.md": post(title="Hidden", status="hidden"),
    "content/posts/draft.md": post(title="Draft", status="draft"),
    "content/posts/later.md": post(title="Later", date="2027-03-02"),
    "content/images/a.svg": SVG,
    "content/pages/about.md": "---\ntitle: About\n---\nWe run.\n",
    "content/pages/thanks.md": "---\ntitle: Thanks\nstatus: hidden\ndate: 2027-01-01\n---\nHi.\n",
}
PATHS: Final = ("", "/race")


def settings(path: str) -> str:
    """Return the settings of a site that stands below a path of its host."""
    return SETTINGS.replace("https://riverside.example", f"https://me.example{path}")


@pytest.fixture(scope="module", params=PATHS)
def site(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Built, str]:
    """Build a site at the top of a host, and below a path; give it with its full address."""
    built = build_site(
        tmp_path_factory.mktemp("site"), {**FILES, "pelicanconf.py": settings(request.param)}
    )
    assert built.code == 0, built.report
    return built, f"https://me.example{request.param}"


@pytest.fixture(scope="module")
def kept_out(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Build a site that search engines are to leave out."""
    folder = tmp_path_factory.mktemp("noindex")
    built = build_site(folder, {"pelicanconf.py": f"{SETTINGS}NOINDEX = True\n"})
    assert (built.code, built.report) == (0, "")
    return built


def parsed(xml: bytes) -> ET.Element:
    """Return the root of an XML file of our own making."""
    return ET.fromstring(xml)  # noqa: S314


def entries(built: Built) -> list[ET.Element]:
    """Return the entries of a feed."""
    return parsed(built.files["feed.xml"]).findall(f"{ATOM}entry")


def ids(built: Built) -> list[str]:
    """Return the ids of a feed's entries."""
    return [entry.findtext(f"{ATOM}id", "") for entry in entries(built)]


def places(built: Built) -> dict[str, str | None]:
    """Return the addresses of a sitemap, each with the day of its last change."""
    urls = parsed(built.files["sitemap.xml"]).findall(f"{SITEMAP}url")
    found = {url.findtext(f"{SITEMAP}loc", ""): url.findtext(f"{SITEMAP}lastmod") for url in urls}
    assert len(found) == len(urls)
    return found


class TestTheFeed:
    """What is in `feed.xml`."""

    def test_has_the_public_posts_with_the_newest_first(self, site: tuple[Built, str]) -> None:
        """Hidden posts, drafts and later posts are not in it."""
        built, _ = site

        titles = [entry.findtext(f"{ATOM}title") for entry in entries(built)]

        assert titles == ["The course", "Other"]

    def test_says_of_which_site_it_is(self, site: tuple[Built, str]) -> None:
        """A reader gets from the feed to the site and back."""
        built, url = site
        feed = parsed(built.files["feed.xml"])

        links = {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")}

        assert links == {"alternate": f"{url}/", "self": f"{url}/feed.xml"}
        assert feed.findtext(f"{ATOM}id") == f"{url}/"
        assert feed.findtext(f"{ATOM}title") == "Riverside 10K"

    def test_has_what_a_post_says_of_itself(self, site: tuple[Built, str]) -> None:
        """Dates have the race's time zone; author and terms are there."""
        built, url = site
        entry = entries(built)[0]

        assert entry.findtext(f"{ATOM}published") == "2027-01-15T18:30:00-06:00"
        assert entry.findtext(f"{ATOM}updated") == "2027-02-01T09:15:00-06:00"
        assert entry.findtext(f"{ATOM}author/{ATOM}name") == "Ruth Amsel"
        assert [c.get("term") for c in entry.findall(f"{ATOM}category")] == [
            *("Course", "hills", "water")
        ]
        link = entry.find(f"{ATOM}link")
        assert link is not None
        assert link.get("href") == f"{url}/blog/the-course/"

    def test_has_full_addresses_everywhere(self, site: tuple[Built, str]) -> None:
        """Links and pictures of a text work in any feed reader, also for a site below a path."""
        built, url = site
        entry = entries(built)[0]

        texts = [entry.findtext(f"{ATOM}{part}", "") for part in ("content", "summary")]
        nodes = [node for text in texts for node in LexborHTMLParser(text).css("a, img")]
        found = [node.attributes.get("href") or node.attributes.get("src") or "" for node in nodes]
        picture = found.pop(2)
        assert found == [f"{url}/blog/other/", f"{url}/contact/", f"{url}/blog/other/"]
        assert re.fullmatch(rf"{url}/media/picture-[0-9a-f]{{12}}\.svg", picture)

    def test_has_the_whole_text(self, site: tuple[Built, str]) -> None:
        """A text is read in the feed as on the page."""
        built, _ = site

        content = entries(built)[1].findtext(f"{ATOM}content", "")

        assert content == "<p>Words &amp; <b>bold</b> ones.</p>"

    def test_keeps_a_posts_id_when_its_words_change(self, tmp_path: Path) -> None:
        """A feed reader does not show a mended post as a new one."""
        before = ids(build_site(tmp_path, {COURSE: post("One.", slug="a")}))
        changed = post("Two.", slug="a", title="New title", modified="2027-02-01", tags="[x]")

        after = build_site(tmp_path, {COURSE: changed})

        assert ids(after) == before
        assert "Two." in after.text("feed.xml")

    def test_has_ids_of_its_own_for_every_post(self, site: tuple[Built, str]) -> None:
        """No two posts are taken for one."""
        built, _ = site

        assert len(set(ids(built))) == 2
        assert all(name.startswith("tag:me.example,") for name in ids(built))

    def test_has_as_many_posts_as_the_settings_say(self, tmp_path: Path) -> None:
        """A long blog has a short feed."""
        many = {
            f"content/posts/{n}.md": post(title=f"Post {n}", date=f"2027-01-{n:02}")
            for n in range(1, 6)
        }

        built = build_site(tmp_path, {**many, "pelicanconf.py": f"{SETTINGS}FEED_MAX_ITEMS = 2\n"})

        assert [e.findtext(f"{ATOM}title") for e in entries(built)] == ["The course", "Post 5"]

    def test_of_a_site_without_posts_is_a_feed(self, tmp_path: Path) -> None:
        """Whoever subscribes before the first post sees no error."""
        built = build_site(tmp_path, {COURSE: post(status="draft")})

        feed = parsed(built.files["feed.xml"])

        assert not feed.findall(f"{ATOM}entry")
        assert feed.findtext(f"{ATOM}updated") == "2027-03-01T00:00:00-06:00"

    def test_is_found_from_every_page(self, site: tuple[Built, str]) -> None:
        """A feed reader finds it from any address of the site."""
        built, url = site
        base = urlsplit(url).path

        for name, data in built.files.items():
            if name.endswith(".html") and not name.startswith("old"):
                link = LexborHTMLParser(data.decode()).css("link[type='application/atom+xml']")[0]
                assert link.attributes["href"] == f"{base}/feed.xml"


class TestTheSitemap:
    """What is in `sitemap.xml`."""

    def test_has_every_page_that_may_be_found(self, site: tuple[Built, str]) -> None:
        """No draft, no hidden or later page, no old address and no page for mistakes."""
        built, url = site

        assert sorted(places(built)) == sorted(
            url + address
            for address in (
                "/",
                "/about/",
                "/blog/",
                "/blog/archive/",
                "/blog/archive/2026/",
                "/blog/archive/2027/",
                "/blog/authors/ruth-amsel/",
                "/blog/other/",
                "/blog/tags/hills/",
                "/blog/tags/water/",
                "/blog/the-course/",
                "/blog/topics/course/",
                "/contact/",
                "/race-day/",
                "/sponsors/",
            )
        )

    def test_has_the_day_of_the_last_change_and_no_moment(self, site: tuple[Built, str]) -> None:
        """Lists changed when their newest post did; who knows no day says none."""
        built, url = site

        days = {place.removeprefix(url): day for place, day in places(built).items()}

        assert days["/blog/the-course/"] == days["/blog/"] == days["/"] == "2027-02-01"
        assert days["/blog/other/"] == days["/blog/archive/2026/"] == "2026-12-31"
        assert days["/contact/"] is None

    def test_does_not_tell_when_it_was_made(self, tmp_path: Path) -> None:
        """A build of the next day has the same sitemap."""
        before = build_site(tmp_path, FILES, as_of="2027-02-10").files["sitemap.xml"]

        after = rebuild(tmp_path, as_of="2027-02-11").files["sitemap.xml"]

        assert after == before

    def test_is_whole_whatever_the_name_of_a_plugins_page(self, tmp_path: Path) -> None:
        """An address with &, blanks and letters of any alphabet is written as XML and URLs ask."""
        plugin = """\
from pathlib import Path
from pelican import signals

PAGE = '<!doctype html><html lang="en"><title>x</title><meta name="description" content="x"><h1>x'

def write(generators):
    for generator in generators[:1]:
        for name in ("Q&A/index.html", "two words/index.html", "caf\\u00e9.html", "secret.html"):
            path = Path(generator.output_path, name)
            path.parent.mkdir(exist_ok=True)
            more = '<meta name="robots" content="noindex">' if "secret" in name else ""
            path.write_text(PAGE + more, encoding="utf-8")
            signals.content_written.send(str(path), context=generator.context)

def register():
    signals.all_generators_finalized.connect(write)
"""

        built = build_site(
            tmp_path,
            {
                "plugins/more_pages.py": plugin,
                "pelicanconf.py": SETTINGS
                + 'PLUGINS = ["more_pages"]\nPLUGIN_PATHS = ["plugins"]\n',
            },
        )

        assert built.code == 0, built.report
        home = "https://riverside.example"
        assert {f"{home}/Q&A/", f"{home}/two%20words/", f"{home}/caf%C3%A9.html"} < {*places(built)}
        assert "Q&amp;A" in built.text("sitemap.xml")
        assert "secret" not in built.text("sitemap.xml")

    def test_leaves_out_what_the_settings_say(self, tmp_path: Path) -> None:
        """The plugin's own settings work, except that the file stays XML."""
        built = build_site(
            tmp_path,
            {"pelicanconf.py": SETTINGS + 'SITEMAP = {"format": "txt", "exclude": ["contact"]}\n'},
        )

        assert "https://riverside.example/contact/" not in places(built)
        assert "https://riverside.example/sponsors/" in places(built)
        assert "sitemap.txt" not in built.files

    def test_is_there_whatever_other_plugins_a_site_has(self, tmp_path: Path) -> None:
        """A site that names its plugins need not name this one."""
        built = build_site(tmp_path, {"pelicanconf.py": f"{SETTINGS}PLUGINS = []\n"})

        assert "https://riverside.example/" in places(built)


class TestRobots:
    """What is in `robots.txt`."""

    def test_leads_to_the_sitemap(self, site: tuple[Built, str]) -> None:
        """Everything may be read, and the list of it is named with its full address."""
        built, url = site

        assert built.text("robots.txt") == (
            f"User-agent: *\nDisallow:\nSitemap: {url}/sitemap.xml\n"
        )


class TestNoindex:
    """What `NOINDEX = True` changes."""

    def test_every_page_asks_to_be_left_out(self, kept_out: Built) -> None:
        """Search engines find the same line on each of them."""
        pages = [name for name in kept_out.files if name.endswith(".html")]

        asking = [
            name
            for name in pages
            if Built.parse(kept_out.text(name)).css("meta[name=robots][content=noindex]")
        ]

        assert asking == pages

    def test_there_is_no_sitemap_and_nothing_is_closed(self, kept_out: Built) -> None:
        """A crawler that may not read a page would not see what it asks."""
        assert "sitemap.xml" not in kept_out.files
        assert kept_out.text("robots.txt") == "User-agent: *\nDisallow:\n"

    def test_the_feed_stays(self, kept_out: Built) -> None:
        """Readers who know the site still hear of new posts."""
        assert len(entries(kept_out)) == 1


class TestPages:
    """What pages tell programs."""

    def test_say_what_their_own_address_is(self, site: tuple[Built, str]) -> None:
        """Each page names its full address, so that copies are known as copies."""
        built, url = site

        for address in ("/", "/blog/", "/blog/the-course/", "/about/", "/contact/"):
            link = built.page(address).css("link[rel=canonical]")[0]
            assert link.attributes["href"] == url + address

    def test_have_nothing_that_is_loaded_from_elsewhere(self, site: tuple[Built, str]) -> None:
        """A reader's browser asks nobody but the site."""
        built, url = site
        base = urlsplit(url).path

        for name, data in built.files.items():
            if name.endswith(".html"):
                page = LexborHTMLParser(data.decode())
                for node in page.css("[src], link[rel=stylesheet], link[rel=icon]"):
                    place = node.attributes.get("src") or node.attributes.get("href") or ""
                    assert place.startswith(f"{base}/media/")
                    assert place.removeprefix(f"{base}/") in built.files


class TestBuildJson:
    """What is in `build.json`."""

    def test_has_the_day_of_the_site_and_the_day_of_the_next(self, site: tuple[Built, str]) -> None:
        """A machine that is to build again knows when."""
        built, _ = site

        assert json.loads(built.files["build.json"]) == {
            "day": "2027-03-01",
            "next_change": "2027-03-02",
        }

    def test_has_no_moment(self, tmp_path: Path) -> None:
        """No file of a site has the year of this very build, unless the site speaks of it."""
        built = build_site(tmp_path, {"sponsors.yaml": SPONSORS})
        now = datetime.now().astimezone().strftime("%Y-%m-%d")

        assert not [name for name, data in built.files.items() if now.encode() in data]
