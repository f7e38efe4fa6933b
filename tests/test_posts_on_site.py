"""Posts and pages on a finished site: where they stand, who names them, where they lead."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Final
from xml.etree import ElementTree as ET

import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode

from sites import POST, SETTINGS, SPONSORS, Built, build_site, post, rebuild

COURSE: Final = "content/posts/course.md"
SVG: Final = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 10"><path d="M0 0h9v9z"/></svg>'
)
ATOM: Final = "{http://www.w3.org/2005/Atom}"

BLOG: Final[dict[str, str | bytes | None]] = {
    COURSE: None,
    "pelicanconf.py": f"{SETTINGS}DEFAULT_PAGINATION = 3\n",
    "content/posts/one.md": post(
        "One.", title="One", date="2025-05-01", category="Training", tags="[hills, rest]"
    ),
    "content/posts/two.md": post(
        "Two.", title="Two", date="2026-01-02 09:00", category="training", author="Ruth Amsel"
    ),
    "content/posts/three.md": post(
        "Three.", title="Three", date="2026-01-02 10:00", tags="[Hills]"
    ),
    "content/posts/four.md": post("Four.", title="Four", date="2026-02-03"),
    "content/posts/five.md": post(
        "Five.", title="Five", date="2027-01-05", authors="[Ruth Amsel, B]"
    ),
    "content/posts/six.md": post("Six.", title="Six", date="2027-02-06"),
    "content/posts/deep/seven.md": post("Seven.", title="Seven", date="2027-02-07"),
    "content/posts/draft.md": post("DRAFT", title="Draft", status="draft", tags="[drafted]"),
    "content/posts/hidden.md": post(
        "HIDDEN", title="Hidden", status="hidden", tags="[hidden-tag]", category="Secret"
    ),
    "content/posts/later.md": post("LATER", title="Later", date="2027-03-02", tags="[due]"),
    "content/posts/today.md": post("TODAY", title="Today", date="2027-03-01", expires="2027-03-01"),
    "content/posts/gone.md": post("GONE", title="Gone", expires="2027-02-28", tags="[gone]"),
    "content/pages/about.md": "---\ntitle: About us\nslug: about\n---\nWe run.\n",
    "content/pages/thanks.md": "---\ntitle: Thanks\nstatus: hidden\n---\nThanks!\n",
}


@pytest.fixture(scope="module")
def blog(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Build a site with posts of every status and day."""
    built = build_site(tmp_path_factory.mktemp("blog"), BLOG)
    assert built.code == 0, built.report
    return built


def first(page: LexborHTMLParser, selector: str) -> LexborNode:
    """Return the first of some elements, of which there must be one."""
    return page.css(selector)[0]


def parsed(xml: bytes) -> ET.Element:
    """Return the root of an XML file of our own making."""
    return ET.fromstring(xml)  # noqa: S314


def titles(built: Built, address: str) -> list[str]:
    """Return the titles of the posts in a page's list."""
    return [node.text() for node in built.page(address).css(".entries .entry__title")]


def naming(built: Built, words: str) -> set[str]:
    """Return the files that have some words in them."""
    return {name for name, data in built.files.items() if words.encode() in data}


class TestStatus:
    """Who finds a post, and where."""

    @pytest.mark.parametrize("words", ["DRAFT", "Draft", "drafted"])
    def test_a_draft_is_nowhere(self, words: str, blog: Built) -> None:
        """No file of the site names a draft, its words or its tags."""
        assert not naming(blog, words)

    @pytest.mark.parametrize("words", ["LATER", "Later", ">due<"])
    def test_a_later_post_is_nowhere_yet(self, words: str, blog: Built) -> None:
        """No file of the site names a post before its day."""
        assert not naming(blog, words)

    @pytest.mark.parametrize("words", ["GONE", ">Gone<", "/gone/"])
    def test_an_expired_post_is_nowhere_any_more(self, words: str, blog: Built) -> None:
        """No file of the site names a post after its last day."""
        assert not naming(blog, words)

    def test_a_hidden_post_has_nothing_but_its_page(self, blog: Built) -> None:
        """Only who knows the address of a hidden post finds it, and no search engine."""
        page = blog.page("/blog/hidden/")

        assert naming(blog, "HIDDEN") == naming(blog, "Hidden") == {"blog/hidden/index.html"}
        assert first(page, "meta[name=robots]").attributes["content"] == "noindex"

    def test_a_hidden_posts_terms_have_no_pages(self, blog: Built) -> None:
        """A topic with nothing but a hidden post does not give it away."""
        assert naming(blog, "hidden-tag") == naming(blog, "Secret") == {"blog/hidden/index.html"}
        assert not blog.page("/blog/hidden/").css("a[href*=secret], a[href*=hidden-tag]")

    def test_a_hidden_page_is_not_in_the_footer(self, blog: Built) -> None:
        """The footer names the site's own pages, but not those that are hidden."""
        assert naming(blog, "Thanks") == {"thanks/index.html"}
        assert "about/index.html" in naming(blog, ">About us</a>")

    def test_a_post_that_expires_today_is_public(self, blog: Built) -> None:
        """The last day is included, and so is the first."""
        assert "Today" in titles(blog, "/blog/")

    @pytest.mark.parametrize(
        ("day", "public"),
        [
            ("2027-02-28", ["Gone"]),
            ("2027-03-01", ["Today"]),
            ("2027-03-02", ["Later"]),
        ],
    )
    def test_changes_on_the_day_that_the_header_says(
        self, day: str, public: list[str], tmp_path: Path
    ) -> None:
        """A post comes on its date and goes on the day after it expires."""
        built = build_site(tmp_path, BLOG, as_of=day)

        shown = {Path(name).parts[1] for name in built.files if re.match(r"blog/\w+/index", name)}
        assert [one for one in ("Gone", "Today", "Later") if one.lower() in shown] == public

    def test_a_pages_date_does_not_hold_it_back(self, tmp_path: Path) -> None:
        """A page has no first day, only one on which it changed."""
        built = build_site(
            tmp_path, {"content/pages/a.md": "---\ntitle: A\ndate: 2028-01-01\n---\nHi.\n"}
        )

        assert "a/index.html" in built.files

    def test_a_later_posts_picture_is_not_published_before_it(self, tmp_path: Path) -> None:
        """The picture of a surprise is not on the web before the surprise."""
        files = {
            COURSE: post("![a]({static}/images/a.svg)", date="2027-03-02"),
            "content/images/a.svg": SVG,
        }

        before = build_site(tmp_path, files).files
        after = rebuild(tmp_path, as_of="2027-03-02").files

        assert not [name for name in before if name.startswith("media/picture-")]
        assert len([name for name in after if name.startswith("media/picture-")]) == 1


class TestLists:
    """The lists that lead to posts."""

    def test_the_blog_has_the_newest_posts_first(self, blog: Built) -> None:
        """The time of day orders the posts of one day."""
        assert titles(blog, "/blog/") == ["Today", "Seven", "Six"]
        assert titles(blog, "/blog/page/2/") == ["Five", "Four", "Three"]
        assert titles(blog, "/blog/page/3/") == ["Two", "One"]
        assert "blog/page/4/index.html" not in blog.files

    def test_pages_of_a_list_lead_to_each_other(self, blog: Built) -> None:
        """Newer and older pages are one link away, and the ends have only one such link."""
        ways = {
            number: [(a.attributes["rel"], a.attributes["href"]) for a in page.css(".paging a")]
            for number, page in (
                (1, blog.page("/blog/")),
                (2, blog.page("/blog/page/2/")),
                (3, blog.page("/blog/page/3/")),
            )
        }

        assert ways == {
            1: [("next", "/blog/page/2/")],
            2: [("prev", "/blog/"), ("next", "/blog/page/3/")],
            3: [("prev", "/blog/page/2/")],
        }

    def test_every_page_of_a_list_has_a_title_of_its_own(self, blog: Built) -> None:
        """Search results of one list can be told apart."""
        second = blog.page("/blog/page/2/")

        assert first(second, "title").text() == "Blog, page 2 \N{EN DASH} Riverside 10K"
        assert first(second, "h1").text() == "Blog"
        assert first(second, "meta[name=description]").attributes["content"]

    def test_home_shows_the_newest_five(self, blog: Built) -> None:
        """A reader sees on the first page what is new."""
        assert titles(blog, "/") == ["Today", "Seven", "Six", "Five", "Four"]

    def test_a_topic_is_one_however_it_is_spelt(self, blog: Built) -> None:
        """Posts in Training and training are about one topic, spelt as in the newer one."""
        page = blog.page("/blog/topics/training/")

        assert titles(blog, "/blog/topics/training/") == ["Two", "One"]
        assert first(page, "h1").text() == "Posts about training"
        assert {a.text() for a in blog.page("/blog/one/").css(".meta a")} == {"training"}

    def test_a_tag_is_one_however_it_is_spelt(self, blog: Built) -> None:
        """Posts with the tags hills and Hills are in one list."""
        assert titles(blog, "/blog/tags/hills/") == ["Three", "One"]
        assert titles(blog, "/blog/tags/rest/") == ["One"]

    def test_authors_have_lists_whichever_key_named_them(self, blog: Built) -> None:
        """`author` and `authors` mean the same."""
        assert titles(blog, "/blog/authors/ruth-amsel/") == ["Five", "Two"]
        assert titles(blog, "/blog/authors/b/") == ["Five"]

    def test_every_year_has_its_list(self, blog: Built) -> None:
        """A year's list has all its posts on one page."""
        assert titles(blog, "/blog/archive/2027/") == ["Today", "Seven", "Six", "Five"]
        assert titles(blog, "/blog/archive/2026/") == ["Four", "Three", "Two"]
        assert titles(blog, "/blog/archive/2025/") == ["One"]

    def test_the_archive_names_every_list_with_its_number(self, blog: Built) -> None:
        """Years, topics, tags and authors are listed with how many posts they have."""
        page = blog.page("/blog/archive/")

        items = [" ".join(item.text().split()) for item in page.css(".terms__item")]
        assert items == [
            *("2027 4 posts", "2026 3 posts", "2025 1 post"),
            "training 2 posts",
            *("Hills 2 posts", "rest 1 post"),
            *("B 1 post", "Ruth Amsel 2 posts"),
        ]

    def test_neighbours_are_those_of_the_lists(self, blog: Built) -> None:
        """A post leads to the one before and after it, past those that are not public."""
        links = blog.page("/blog/five/").css(".neighbours a")

        assert [(a.attributes["rel"], a.attributes["href"]) for a in links] == [
            ("next", "/blog/six/"),
            ("prev", "/blog/four/"),
        ]

    def test_the_first_and_the_last_post_have_one_neighbour(self, blog: Built) -> None:
        """There is nothing newer than the newest post, and nothing older than the oldest."""
        newest, oldest = blog.page("/blog/today/"), blog.page("/blog/one/")

        assert [a.attributes["rel"] for a in newest.css(".neighbours a")] == ["prev"]
        # One that has relatives leads to those instead.
        assert oldest.css(".reading")
        assert not oldest.css(".neighbours")

    def test_a_hidden_post_has_no_neighbours(self, blog: Built) -> None:
        """A hidden post is in no row."""
        assert not blog.page("/blog/hidden/").css(".neighbours")


class TestSummaries:
    """The words of a post in lists, in the feed and for search engines."""

    @pytest.mark.parametrize(
        ("body", "words"),
        [
            ("One & <b>two</b>.\n\nThree.", "One & two."),
            ("![A map]({static}/images/a.svg)\n\nThe words.", "The words."),
            ("A note[^1] here.\n\n[^1]: Below.", "A note here."),
            ("## Heading\n\n> Quoted *words*.\n\nMore.", "Quoted words."),
            ("[A link]({filename}course.md) and `<code>`.", "A link and <code>."),
            ("Centred.\n{: .wide }\n", "Centred."),
            ("- a list\n- only\n", ""),
        ],
    )
    def test_are_the_first_paragraph_with_words(
        self, body: str, words: str, tmp_path: Path
    ) -> None:
        """Pictures, notes and markup are not read out."""
        built = build_site(tmp_path, {COURSE: post(body), "content/images/a.svg": SVG})

        assert built.code == 0, built.report
        summaries = [node.text().strip() for node in built.page("/blog/").css(".entry__summary")]
        assert summaries == ([words] if words else [])
        described = first(built.page("/blog/a-post/"), "meta[name=description]")
        assert described.attributes["content"] == (words or "A post: Riverside 10K.")

    def test_are_the_authors_own_where_there_are_any(self, tmp_path: Path) -> None:
        """A summary may be Markdown, and is plain text for search engines."""
        built = build_site(tmp_path, {COURSE: post("Long.", summary="In *short* & sweet.")})

        assert first(built.page("/blog/"), ".entry__summary em").text() == "short"
        described = first(built.page("/blog/a-post/"), "meta[name=description]")
        assert described.attributes["content"] == "In short & sweet."


class TestHeaders:
    """The two kinds of header give the same pages."""

    def test_the_old_one_gives_the_same_site(self, tmp_path: Path) -> None:
        """A post of an older blog need not be rewritten."""
        old = (
            "Title: A post\nDate: 2027-01-15\nTags: hills, rest\nCategory: T\nAuthor: B\n\nWords.\n"
        )
        new = post(tags="[hills, rest]", category="T", author="B")

        built = build_site(tmp_path / "old", {COURSE: old})

        assert built.code == 0, built.report
        assert built.files == build_site(tmp_path / "new", {COURSE: new}).files

    def test_line_ends_and_a_mark_of_windows_change_nothing(self, tmp_path: Path) -> None:
        """A post that was saved on Windows gives the same bytes."""
        windows = {
            name: ("\ufeff" + text.replace("\n", "\r\n")).encode()
            for name, text in ((COURSE, POST), ("sponsors.yaml", SPONSORS))
        }

        built = build_site(tmp_path / "windows", windows)

        assert built.code == 0, built.report
        assert built.files == build_site(tmp_path / "unix").files

    def test_a_first_line_with_a_colon_is_text(self, tmp_path: Path) -> None:
        """`Update: …` above a text is no key of Markdown's own."""
        built = build_site(tmp_path, {COURSE: post("Update: the course has changed.")})

        text = first(built.page("/blog/a-post/"), ".prose").text()
        assert text.strip() == "Update: the course has changed."

    def test_a_key_of_the_sites_own_is_for_its_plugins(self, tmp_path: Path) -> None:
        """A key that the settings name is no mistake."""
        built = build_site(
            tmp_path,
            {
                COURSE: post(mood="sunny"),
                "pelicanconf.py": f'{SETTINGS}FRONT_MATTER_EXTRA = ["mood"]\n',
            },
        )

        assert built.code == 0, built.report


class TestAPostPage:
    """What a post page has, and in which order."""

    FILES: Final[dict[str, str | bytes | None]] = {
        COURSE: post(
            "Along the river.",
            title="The course",
            modified="2027-02-01",
            image="map.svg",
            image_alt="A map",
            sponsors="[acme-running]",
            button='{label: Get it, url: "{filename}/pages/about.md", text: Our guide.}',
        ),
        "content/images/map.svg": SVG,
        "content/pages/about.md": "---\ntitle: About us\nslug: about\n---\nWe run.\n",
    }

    @pytest.fixture(scope="class")
    @classmethod
    def page(cls, tmp_path_factory: pytest.TempPathFactory) -> LexborHTMLParser:
        """Build a site whose post has everything."""
        built = build_site(tmp_path_factory.mktemp("full"), cls.FILES)
        assert built.code == 0, built.report
        return built.page("/blog/the-course/")

    def test_goes_from_the_title_to_the_question(self, page: LexborHTMLParser) -> None:
        """Title, date, text, button, way back, sponsors and contact follow each other."""
        words = " ".join(first(page, "body").text().split())

        order = [
            "The course",
            "Jan 15 2027",
            "Along the river.",
            "Get it",
            "Back to blog",
            "Title Sponsors Acme Running",
            "Riverside Dental",
            "Still have questions?",
            "Contact us",
        ]
        places = [words.index(one, words.index("The course", 60)) for one in order[1:]]
        assert places == sorted(places)

    def test_has_its_dates_for_machines_too(self, page: LexborHTMLParser) -> None:
        """The day it was written and the day it was changed can be read by programs."""
        times = [time.attributes["datetime"] for time in page.css(".meta time")]

        assert times == ["2027-01-15", "2027-02-01"]

    def test_has_a_button_that_leads_to_a_page(self, page: LexborHTMLParser) -> None:
        """A link to a file becomes a link to its page, in a button as in a text."""
        button = first(page, ".bib a")

        assert button.attributes["href"] == "/about/"
        assert "Our guide." in first(page, ".bib").text()

    def test_has_its_picture_with_its_size(self, page: LexborHTMLParser) -> None:
        """Nothing jumps when the picture comes."""
        picture = first(page, "figure img").attributes

        assert picture["alt"] == "A map"
        assert (picture["width"], picture["height"]) == ("20", "10")
        assert re.fullmatch(r"/media/picture-[0-9a-f]{12}\.svg", picture["src"] or "")

    def test_thanks_the_sponsors_it_names(self, page: LexborHTMLParser) -> None:
        """The thanks lead to the sponsor's place."""
        thanks = first(page, ".thanks a")

        assert thanks.text() == "Acme Running"
        assert thanks.attributes["href"] == "/sponsors/#mark-acme-running"

    def test_may_leave_the_sponsors_out(self, tmp_path: Path) -> None:
        """A post about a death or an accident stands without sponsors."""
        built = build_site(tmp_path, {COURSE: post(wall="none")})

        assert not built.page("/blog/a-post/").css("[data-mark], .wall")
        assert built.page("/blog/").css("[data-mark]")

    def test_may_be_in_another_language(self, tmp_path: Path) -> None:
        """A screen reader speaks a Spanish post in Spanish, and the menu in English."""
        page = build_site(tmp_path, {COURSE: post("Hola.", lang="es")}).page("/blog/a-post/")

        assert first(page, "html").attributes["lang"] == "es"
        assert first(page, "header").attributes["lang"] == "en"
        assert first(page, ".wall").attributes["lang"] == "en"

    def test_may_have_any_heading(self, tmp_path: Path) -> None:
        """No heading gets an id that another part of the page has."""
        built = build_site(
            tmp_path,
            {
                COURSE: post(
                    "[TOC]\n\n## Content\n\n## After wall\n\n## Mark Acme Running\n\n## Map\n"
                )
            },
        )

        assert built.code == 0, built.report
        page = built.page("/blog/a-post/")
        headings = [h.attributes["id"] for h in page.css(".prose h2")]
        assert headings == ["text-content", "text-after-wall", "text-mark-acme-running", "map"]
        assert [a.attributes["href"] for a in page.css(".toc a")] == [f"#{h}" for h in headings]

    def test_has_a_template_of_the_sites_own(self, tmp_path: Path) -> None:
        """A post may ask for another look."""
        template = '{% extends "post.html" %}{% block title %}Special: {{ super() }}{% endblock %}'

        built = build_site(
            tmp_path, {COURSE: post(template="special"), "theme/templates/special.html": template}
        )

        title = first(built.page("/blog/a-post/"), "title").text()
        assert title == "Special: A post \N{EN DASH} Riverside 10K"


class TestLinks:
    """Where links of texts lead."""

    TEXT: Final = (
        "[course]({filename}course.md#mile-8) [about]({filename}../pages/about.md) "
        "[about]({filename}/pages/about.md) [old](|filename|course.md) [topic]({category}Training) "
        "[tag]({tag}Hill Work) [who]({author}Ruth Amsel) [home]({index}) "
        "[way]({static}/files/way.gpx) [sponsors](/sponsors/#mark-acme-running) "
        "[town](https://town.example/a?b=1&c=2) [mail](mailto:a@b.example) "
        "[call](tel:+14175550142) [up](../course/) [here](#place)\n\n## Place\n"
    )
    FILES: Final[dict[str, str | bytes | None]] = {
        COURSE: post("## Mile 8\n", title="Course"),
        "content/posts/links.md": post(
            TEXT,
            title="Links",
            category="Training",
            tags="[Hill Work]",
            author="Ruth Amsel",
            summary="'[course]({filename}course.md) [up](../course/) [place](#place)'",
            button="{label: Go, url: '{filename}course.md#mile-8'}",
        ),
        "content/pages/about.md": "---\ntitle: About us\nslug: about\n---\nWe run.\n",
        "content/files/way.gpx": "<gpx/>",
    }

    @pytest.fixture(scope="class", params=["", "/race"])
    @classmethod
    def site(
        cls, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
    ) -> tuple[Built, str]:
        """Build the site at the top of a host, and below a path; give it with that path."""
        settings = SETTINGS.replace("riverside.example", f"riverside.example{request.param}", 1)
        built = build_site(
            tmp_path_factory.mktemp("links"), {**cls.FILES, "pelicanconf.py": settings}
        )
        assert built.code == 0, built.report
        return built, request.param

    def test_of_a_text(self, site: tuple[Built, str]) -> None:
        """Every way to write a link leads where it says, wherever the site stands."""
        built, base = site

        links = first(built.page("/blog/links/"), ".prose").css("a")

        hrefs = [link.attributes["href"] or "" for link in links]
        assert hrefs.pop(8).startswith(f"{base}/media/way-")
        assert hrefs == [
            f"{base}/blog/course/#mile-8",
            f"{base}/about/",
            f"{base}/about/",
            f"{base}/blog/course/",
            f"{base}/blog/topics/training/",
            f"{base}/blog/tags/hill-work/",
            f"{base}/blog/authors/ruth-amsel/",
            f"{base}/",
            f"{base}/sponsors/#mark-acme-running",
            "https://town.example/a?b=1&c=2",
            "mailto:a@b.example",
            "tel:+14175550142",
            f"{base}/blog/course/",
            "#place",
        ]

    @pytest.mark.parametrize("address", ["/", "/blog/", "/blog/topics/training/"])
    def test_of_a_summary_on_another_page(self, address: str, site: tuple[Built, str]) -> None:
        """What a summary links to is the same in every list."""
        built, base = site

        links = built.page(address).css(".entry__summary a")

        assert [link.attributes["href"] for link in links] == [
            f"{base}/blog/course/",
            f"{base}/blog/course/",
            f"{base}/blog/links/#place",
        ]

    def test_of_a_button(self, site: tuple[Built, str]) -> None:
        """A button leads to a heading of another post."""
        built, base = site

        button = first(built.page("/blog/links/"), ".bib a")

        assert button.attributes["href"] == f"{base}/blog/course/#mile-8"

    def test_of_a_feed_are_full(self, site: tuple[Built, str]) -> None:
        """A feed reader shows the text elsewhere, so every link has its host."""
        built, base = site

        feed = parsed(built.files["feed.xml"])
        entry = next(e for e in feed.iter(f"{ATOM}entry") if e.findtext(f"{ATOM}title") == "Links")
        content = LexborHTMLParser(entry.findtext(f"{ATOM}content", ""))

        hrefs = [a.attributes["href"] or "" for a in content.css("a")]
        home = f"https://riverside.example{base}/"
        assert hrefs[0] == f"{home}blog/course/#mile-8"
        assert all(re.match(r"https:|mailto:|tel:|#", href) for href in hrefs)


class TestOldAddresses:
    """Readers who come to where a post was."""

    @pytest.fixture(scope="class", params=["", "/race"])
    @classmethod
    def site(
        cls, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
    ) -> tuple[Built, str]:
        """Build a site whose post has moved twice; give it with the path it stands below."""
        built = build_site(
            tmp_path_factory.mktemp("old"),
            {
                COURSE: post(old_addresses="[/2019/05/old-post.html, /training/old/, /older]"),
                "pelicanconf.py": SETTINGS.replace("e.example", f"e.example{request.param}", 1),
            },
        )
        assert built.code == 0, built.report
        return built, request.param

    @pytest.mark.parametrize(
        "file", ["2019/05/old-post.html", "training/old/index.html", "older/index.html"]
    )
    def test_are_sent_on(self, file: str, site: tuple[Built, str]) -> None:
        """A small page at each old address leads to the new one, with and without a script."""
        built, base = site

        page = LexborHTMLParser(built.text(file))

        refresh = first(page, "meta[http-equiv=refresh]").attributes["content"]
        assert refresh == f"0; url={base}/blog/a-post/"
        assert first(page, "a").attributes["href"] == f"{base}/blog/a-post/"

    def test_are_not_for_search_engines(self, site: tuple[Built, str]) -> None:
        """Neither the sitemap nor an index has an old address."""
        built, _ = site

        page = LexborHTMLParser(built.text("older/index.html"))

        assert first(page, "meta[name=robots]").attributes["content"] == "noindex"
        assert "old" not in built.text("sitemap.xml")

    def test_of_a_post_that_is_not_public_lead_nowhere(self, tmp_path: Path) -> None:
        """The old address of a draft does not give it away."""
        built = build_site(
            tmp_path, {COURSE: post(old_addresses="[/old/]", status="draft", title="Draft")}
        )

        assert not naming(built, "/old/")
        assert "old/index.html" not in built.files

    def test_also_work_by_the_name_of_other_generators(self, tmp_path: Path) -> None:
        """`aliases` means the same."""
        built = build_site(tmp_path, {COURSE: post(aliases="[/old/]")})

        assert "old/index.html" in built.files


class TestStandardPages:
    """A page of the right slug gives a standard page its words."""

    @pytest.mark.parametrize(
        ("slug", "address"),
        [("home", "/"), ("blog", "/blog/"), ("sponsors", "/sponsors/"), ("contact", "/contact/")],
    )
    @pytest.mark.parametrize("how", ["slug", "title"])
    def test_has_the_words_of_the_page(
        self, slug: str, address: str, how: str, tmp_path: Path
    ) -> None:
        """Title and text are the organiser's, and everything else stays."""
        name = slug.capitalize() if how == "title" else "Our own title"
        line = "" if how == "title" else f"slug: {slug}\n"
        text = f"---\ntitle: {name}\n{line}summary: In short.\n---\nOur own words.\n"

        built = build_site(tmp_path, {"content/pages/own.md": text})

        assert built.code == 0, built.report
        page = built.page(address)
        assert first(page, "h1").text() == name
        assert first(page, ".prose").text().strip() == "Our own words."
        assert first(page, "meta[name=description]").attributes["content"] == "In short."
        assert page.css("[data-mark]")
        assert len(page.css(f"footer a[href='{address}']")) == 1

    def test_as_a_draft_gives_nothing(self, tmp_path: Path) -> None:
        """A draft of the contact page leaves the standard words."""
        text = "---\ntitle: Write to us\nslug: contact\nstatus: draft\n---\nOwn words.\n"

        built = build_site(tmp_path, {"content/pages/contact.md": text})

        assert built.code == 0
        assert not naming(built, "Own words.")
        assert first(built.page("/contact/"), "h1").text() == "Contact"


HOSTILE: Final = (
    """</title><script>alert(1)</script> & "quoted" 'x' ]]> --> {{ 7 * 7 }} {% raw %} “é” 🏃"""
)


class TestAHostileTitle:
    """A title with everything that HTML, XML, JSON and Jinja keep for themselves."""

    @pytest.fixture(scope="class")
    @classmethod
    def site(cls, tmp_path_factory: pytest.TempPathFactory) -> Built:
        """Build a site in which every name is hostile."""
        title = "'" + HOSTILE.replace("'", "''") + "'"
        built = build_site(
            tmp_path_factory.mktemp("hostile"),
            {
                COURSE: post(
                    title=title, category=title, tags=f"[{title}]", author=f"[{title}]",
                    description=title,
                    button=f"{{label: {title}, url: /contact/, text: {title}}}",
                    sponsors="[acme]", slug="hostile", image="a.svg", image_alt=title,
                ),
                "content/posts/other.md": post(title="Other", slug="other", date="2027-01-16"),
                "content/images/a.svg": SVG,
                "content/pages/about.md": f"---\ntitle: {title}\nslug: about\n---\nHi.\n",
                "sponsors.yaml": (
                    f"tiers:\n  - id: title\n    heading: {title}\n"
                    "    benefits: {profile: true}\n"
                    f"sponsors:\n  - id: acme\n    name: {title}\n    tier: title\n"
                    f"    logo: a.svg\n    thanks_for: {title}\n    text: {title}\n"
                    f"    perk: {{text: {title}, code: {title}}}\n"
                ),
                "content/logos/a.svg": SVG,
                "pelicanconf.py": f"{SETTINGS}SITENAME = SITESUBTITLE = {HOSTILE!r}\n"
                f'RACE["name"] = RACE["place"] = {HOSTILE!r}\n'
                f'MENUITEMS = [({HOSTILE!r}, "/about/")]\nCONTACT["answers"] = {HOSTILE!r}\n',
            },
        )  # fmt: skip
        assert built.code == 0, built.report
        return built

    def test_runs_nothing_on_any_page(self, site: Built) -> None:
        """No page gets a script that is not ours, and every page has all its parts."""
        for name, data in site.files.items():
            if name.endswith(".html"):
                page = LexborHTMLParser(data.decode())
                for script in page.css("script:not([type='application/ld+json'])"):
                    assert (script.attributes.get("src") or "").startswith("/media/")
                    assert not script.text()
                assert len(page.css("h1")) == 1
                assert page.css("main")

    @pytest.mark.parametrize("selector", ["title", "h1", ".button", ".thanks a", ".meta a"])
    def test_stands_on_its_page_as_it_was_written(self, selector: str, site: Built) -> None:
        """Readers see the very signs that the author typed."""
        texts = [node.text() for node in site.page("/blog/hostile/").css(selector)]

        assert any(HOSTILE in text for text in texts)

    @pytest.mark.parametrize("attribute", ["alt", "content"])
    def test_stands_in_attributes_as_it_was_written(self, attribute: str, site: Built) -> None:
        """The words for pictures and for search engines are the author's, too."""
        nodes = site.page("/blog/hostile/").css(f"[{attribute}]")

        assert HOSTILE in {node.attributes[attribute] for node in nodes}

    @pytest.mark.parametrize(
        "address",
        [
            "/",
            "/blog/",
            "/blog/archive/",
            "/sponsors/",
            "/sponsors/acme/",
            "/contact/",
            "/blog/other/",
            "/about/",
            "/404.html",
        ],
    )
    def test_stands_in_lists_and_on_walls_as_it_was_written(
        self, address: str, site: Built
    ) -> None:
        """Whatever names it names it rightly."""
        assert HOSTILE in first(site.page(address), "body").text()

    def test_stands_in_the_feed_as_it_was_written(self, site: Built) -> None:
        """The feed is whole, and its titles are the posts' own."""
        feed = parsed(site.files["feed.xml"])

        assert feed.findtext(f"{ATOM}title") == HOSTILE
        assert HOSTILE in [entry.findtext(f"{ATOM}title") for entry in feed.iter(f"{ATOM}entry")]

    def test_stands_in_json_as_it_was_written(self, site: Built) -> None:
        """The sponsors' file has the name for programs."""
        tiers = json.loads(site.files["sponsors.json"])["tiers"]

        assert tiers[0]["heading"] == tiers[0]["sponsors"][0]["name"] == HOSTILE

    def test_leaves_the_sitemap_whole(self, site: Built) -> None:
        """The addresses are made of letters and digits only."""
        sitemap = parsed(site.files["sitemap.xml"])

        places = [loc.text or "" for loc in sitemap.iter() if loc.tag.endswith("loc")]
        assert places
        assert all(re.fullmatch(r"[a-z0-9:/.-]+", place) for place in places)
