"""A site with Pelican plugins of its own, and with files that are copied as they are."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import pytest

from sites import SETTINGS, Built, build_site, post, rebuild, tree, write_site

COURSE: Final = "content/posts/course.md"
PLUGGED: Final = SETTINGS + 'PLUGINS = ["own"]\nPLUGIN_PATHS = ["plugins"]\n'
CNAME: Final = (
    'STATIC_PATHS = ["extra"]\nEXTRA_PATH_METADATA = {"extra/CNAME": {"path": "CNAME"}}\n'
)
PAGE: Final = (
    '<!doctype html><html lang="en"><title>x</title><meta name="description" content="x"><h1>x</h1>'
)

Files = Mapping[str, str | bytes | None]


def plugged(code: str, files: Files | None = None) -> dict[str, str | bytes | None]:
    """Return the files of a site with a plugin of its own."""
    return {"pelicanconf.py": PLUGGED, "plugins/own.py": code, **(files or {})}


class TestFinishedPages:
    """A plugin that changes pages when they are written."""

    STAMP: Final = """\
from pelican import signals

def stamp(path, context):
    with open(path, encoding="utf-8") as page:
        html = page.read()
    about = context.get("article") or context.get("page")
    word = about.title if about else "list"
    with open(path, "w", encoding="utf-8") as page:
        page.write(html.replace("</main>", f"<p>{word}: {context['output_file']}</p></main>"))

def register():
    signals.content_written.connect(stamp)
"""

    @pytest.fixture(scope="class")
    @classmethod
    def site(cls, tmp_path_factory: pytest.TempPathFactory) -> Built:
        """Build a site with such a plugin."""
        built = build_site(
            tmp_path_factory.mktemp("stamped"),
            plugged(
                cls.STAMP,
                {
                    "content/posts/deep/other.md": post(title="Other", old_addresses="[/old/]"),
                    "content/posts/hidden.md": post(title="Hidden", status="hidden"),
                    "content/pages/about.md": "---\ntitle: About\n---\nWe run.\n",
                },
            ),
        )
        assert built.code == 0, built.report
        return built

    @pytest.mark.parametrize(
        ("name", "word"),
        [
            ("index.html", "list"),
            ("blog/index.html", "list"),
            ("blog/the-course/index.html", "The course"),
            ("blog/other/index.html", "Other"),
            ("blog/hidden/index.html", "Hidden"),
            ("about/index.html", "About"),
            ("404.html", "list"),
        ],
    )
    def test_is_respected_and_knows_what_each_is_about(
        self, name: str, word: str, site: Built
    ) -> None:
        """Its change is published, and it sees Pelican's own article or page."""
        assert f"<p>{word}: {name}</p></main>" in site.text(name)

    def test_is_not_asked_about_pages_that_only_send_readers_on(self, site: Built) -> None:
        """An old address is no page."""
        assert "list" not in site.text("old/index.html")

    def test_is_held_to_what_was_promised(self, tmp_path: Path) -> None:
        """A plugin that takes a sponsor off a page does not get published."""
        code = self.STAMP.replace('"</main>"', '"data-mark"')

        final = 'from pelicanconf import *\nOUTPUT_PATH = "public"\n'
        built = build_site(tmp_path, {**plugged(code), "publishconf.py": final}, final=True)

        assert built.code == 1
        assert "does not stand where shown_on of its tier promises it a place" in built.report
        assert not (tmp_path / "public").exists()


class TestTheContext:
    """A plugin that reads what Pelican knows."""

    LIST: Final = """\
import json
from pathlib import Path
from pelican import signals
from pelican.generators import Generator

class Lister(Generator):
    def generate_context(self):
        self.seen = [article.title for article in self.context["articles"]]

    def generate_output(self, writer):
        article = self.context["articles"][0]
        data = {
            "articles": self.seen,
            "hidden": [article.title for article in self.context["hidden_articles"]],
            "drafts": [article.title for article in self.context["drafts"]],
            "pages": [page.title for page in self.context["pages"]],
            "categories": [str(category) for category, _ in self.context["categories"]],
            "tags": sorted(str(tag) for tag, _ in self.context["tags"]),
            "authors": sorted(str(author) for author, _ in self.context["authors"]),
            "url": article.url,
            "save_as": article.save_as,
            "category": article.category.url,
            "tag": article.tags[0].url,
            "author": article.author.url,
            "date": article.date.isoformat(),
            "mood": article.mood,
            "content": article.content,
            "summary": article.summary,
            "site": self.settings["SITENAME"],
        }
        Path(self.output_path, "list.json").write_text(json.dumps(data))

def generator(pelican):
    return Lister

def register():
    signals.get_generators.connect(generator)
"""

    @pytest.fixture(scope="class")
    @classmethod
    def seen(cls, tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
        """Build a site with such a plugin; give what it saw."""
        files = plugged(
            cls.LIST,
            {
                COURSE: post(
                    "See [us]({filename}/pages/about.md).",
                    title="The course",
                    category="Race Day",
                    tags="[Hill Work]",
                    author="Ruth Amsel",
                    mood="sunny",
                    summary="In *short*.",
                ),
                "content/posts/draft.md": post(title="Draft", status="draft"),
                "content/posts/hidden.md": post(title="Hidden", status="hidden", mood="x"),
                "content/posts/later.md": post(title="Later", date="2027-03-02"),
                "content/posts/gone.md": post(title="Gone", expires="2027-02-28"),
                "content/pages/about.md": "---\ntitle: About\n---\nWe run.\n",
            },
        )
        files["pelicanconf.py"] = f'{PLUGGED}FRONT_MATTER_EXTRA = ["mood"]\n'
        built = build_site(tmp_path_factory.mktemp("listed"), files)
        assert built.code == 0, built.report
        found: dict[str, object] = json.loads(built.files["list.json"])
        return found

    def test_finds_the_posts_of_the_day(self, seen: Mapping[str, object]) -> None:
        """Drafts, later posts and expired ones are not there to be given away."""
        names = ("articles", "hidden", "drafts", "pages")

        assert [seen[name] for name in names] == [["The course"], ["Hidden"], [], ["About"]]

    def test_finds_their_groups(self, seen: Mapping[str, object]) -> None:
        """Categories, tags and authors are those of the public posts."""
        assert [seen[name] for name in ("categories", "tags", "authors")] == [
            *(["Race Day"], ["Hill Work"], ["Ruth Amsel"])
        ]

    def test_finds_the_addresses_of_the_site(self, seen: Mapping[str, object]) -> None:
        """What a plugin links to is where Milepost puts it."""
        assert [seen[name] for name in ("url", "save_as", "category", "tag", "author")] == [
            "blog/the-course/",
            "blog/the-course/index.html",
            "blog/topics/race-day/",
            "blog/tags/hill-work/",
            "blog/authors/ruth-amsel/",
        ]

    def test_finds_words_with_their_links_resolved(self, seen: Mapping[str, object]) -> None:
        """A plugin that searches or counts words has the finished HTML."""
        assert seen["content"] == '<p>See <a href="/about/">us</a>.</p>'
        assert seen["summary"] == "In <em>short</em>."

    def test_finds_the_keys_of_the_sites_own(self, seen: Mapping[str, object]) -> None:
        """A key that the settings name is there as Pelican gives it."""
        assert seen["mood"] == "sunny"
        assert seen["date"] == "2027-01-15T00:00:00-06:00"


class TestOtherWays:
    """More of what plugins do."""

    def test_a_generator_may_write_a_file_of_its_own(self, tmp_path: Path) -> None:
        """The file is published, and gone when the plugin is."""
        code = TestTheContext.LIST.replace("article.category.url", "1").replace(
            "article.tags[0].url", "1"
        )
        code = code.replace("article.author.url", "1").replace("article.mood", "1")
        built = build_site(tmp_path, plugged(code))
        assert built.code == 0, built.report
        assert json.loads(built.files["list.json"])["articles"] == ["The course"]
        (tmp_path / "pelicanconf.py").write_text(SETTINGS)

        after = rebuild(tmp_path)

        assert "list.json" not in after.files

    def test_a_generator_may_write_a_page_with_the_sites_templates(self, tmp_path: Path) -> None:
        """Pelican's own way to write a page works, and the page is in the sitemap."""
        code = """\
from pelican import signals
from pelican.generators import Generator

class Pager(Generator):
    def generate_output(self, writer):
        template = self.get_template("extra")
        writer.write_file("extra/index.html", template, self.context, url="extra/")

def generator(pelican):
    return Pager

def register():
    signals.get_generators.connect(generator)
"""
        template = (
            '<!doctype html><html lang="en"><title>{{ SITENAME|shout }}</title>'
            '<meta name="description" content="x"><h1>{{ articles[0].title }}</h1>'
        )
        filters = "JINJA_FILTERS = {'shout': str.upper}\n"

        built = build_site(
            tmp_path,
            plugged(code, {"theme/templates/extra.html": template})
            | {"pelicanconf.py": PLUGGED + filters},
        )

        assert built.code == 0, built.report
        assert "<title>RIVERSIDE 10K</title>" in built.text("extra/index.html")
        assert "https://riverside.example/extra/" in built.text("sitemap.xml")

    def test_template_pages_of_pelican_work(self, tmp_path: Path) -> None:
        """A page straight from the content may be a template."""
        built = build_site(
            tmp_path,
            {
                "content/map.html": f"{PAGE}<p>{{{{ articles|length }}}}</p>",
                "pelicanconf.py": SETTINGS + 'TEMPLATE_PAGES = {"map.html": "map/index.html"}\n',
            },
        )

        assert built.code == 0, built.report
        assert "<p>1</p>" in built.text("map/index.html")

    def test_a_filter_of_a_plugin_works_in_the_sites_own_templates(self, tmp_path: Path) -> None:
        """What a plugin adds to Jinja is there for the theme."""
        code = """\
from pelican import signals

def add(generator):
    generator.env.filters["twice"] = lambda words: words * 2

def register():
    signals.generator_init.connect(add)
"""
        template = (
            '{% extends "base.html" %}{% block main %}<h1>{{ "ab"|twice }}</h1>{% endblock %}'
        )

        built = build_site(tmp_path, plugged(code, {"theme/templates/missing.html": template}))

        assert built.code == 0, built.report
        assert "<h1>abab</h1>" in built.text("404.html")

    def test_a_plugin_may_be_given_as_a_module(self, tmp_path: Path) -> None:
        """Pelican takes modules as well as names."""
        settings = f"{SETTINGS}import own\nPLUGINS = [own]\n"

        built = build_site(
            tmp_path, {"pelicanconf.py": settings, "own.py": TestFinishedPages.STAMP}
        )

        assert built.code == 0, built.report
        assert "<p>list: index.html</p>" in built.text("index.html")

    def test_a_page_of_a_plugin_is_checked_like_any_other(self, tmp_path: Path) -> None:
        """A page that links nowhere is not published, whoever made it."""
        code = """\
from pathlib import Path
from pelican import signals

def write(pelican):
    Path(pelican.output_path, "extra.html").write_text('PAGE<a href="/nowhere/">x</a>')

def register():
    signals.finalized.connect(write)
""".replace("PAGE", PAGE)

        built = build_site(tmp_path, plugged(code))

        assert built.code == 1
        assert "the page /extra.html links to /nowhere/, which does not exist." in built.report


SIGNAL: Final = """\
from pelican import signals
def fail(sender):
    raise OSError("no disk")
"""


class TestAFaultOfAPlugin:
    """Plugins that fail."""

    @pytest.mark.parametrize(
        ("code", "said"),
        [
            ("1 / 0\n", "line 1: the plugin fails: ZeroDivisionError: division by zero."),
            ("def register():\n    1 / 0\n", "line 2: the plugin fails: ZeroDivisionError"),
            (
                f"{SIGNAL}def register(): signals.finalized.connect(fail)\n",
                "line 3: the plugin fails: OSError: no disk.",
            ),
            (
                f"{SIGNAL}def register(): signals.initialized.connect(fail)\n",
                "line 3: the plugin fails: OSError: no disk.",
            ),
            ("import nothing_of_that_name\n", "nothing_of_that_name"),
            ("x = 1\n", "has no attribute 'register'"),
        ],
        ids=["import", "register", "signal", "start", "missing module", "no register"],
    )
    def test_stops_the_build_and_is_named(self, code: str, said: str, tmp_path: Path) -> None:
        """A site is not published without what a plugin does for it."""
        built = build_site(tmp_path, plugged(code))

        assert built.code == 1
        assert said in built.report
        assert "Traceback" not in built.report
        assert not built.output.exists()

    def test_is_a_page_of_ours_that_it_writes_again(self, tmp_path: Path) -> None:
        """What Pelican forbids among plugins it forbids for Milepost's own pages."""
        code = """\
from pelican import signals
from pelican.generators import Generator

class Taker(Generator):
    def generate_output(self, writer):
        template = self.env.from_string("mine")
        writer.write_file("contact/index.html", template, self.context)

def generator(pelican):
    return Taker

def register():
    signals.get_generators.connect(generator)
"""

        built = build_site(tmp_path, plugged(code))

        assert built.code == 1
        assert "line 7: the plugin fails: FileOverwriteFailedError" in built.report

    def test_is_reported_with_all_other_problems(self, tmp_path: Path) -> None:
        """A plugin that is missing does not hide a mistake in a post."""
        built = build_site(
            tmp_path,
            {"pelicanconf.py": f'{SETTINGS}PLUGINS = ["no"]\n', COURSE: post(tag="x")},
        )

        assert f"{COURSE} has 1 problem." in built.report
        assert 'line 7, "PLUGINS": cannot load plugin "no"' in built.report
        assert "2 problems in 2 files." in built.report


class TestCopiedFiles:
    """STATIC_PATHS: files that must stand at a certain address."""

    def test_stand_where_the_settings_say(self, tmp_path: Path) -> None:
        """The file that tells a host the site's name is at the top."""
        built = build_site(
            tmp_path,
            {
                "content/extra/CNAME": "race.example\n",
                "content/extra/deep/a.bin": b"\x00\xff",
                "pelicanconf.py": SETTINGS + CNAME,
            },
        )

        assert built.code == 0, built.report
        assert built.files["CNAME"] == b"race.example\n"
        assert built.files["extra/deep/a.bin"] == b"\x00\xff"

    def test_are_taken_as_they_are(self, tmp_path: Path) -> None:
        """A search engine's proof of ownership is no page, and need not look like one."""
        built = build_site(
            tmp_path,
            {
                "content/extra/google123.html": "google-site-verification: google123.html",
                "pelicanconf.py": SETTINGS
                + 'STATIC_PATHS = ["extra"]\n'
                + 'EXTRA_PATH_METADATA = {"extra/google123.html": {"path": "google123.html"}}\n',
            },
        )

        assert built.code == 0, built.report
        assert built.text("google123.html").startswith("google-site-verification")
        assert "google123" not in built.text("sitemap.xml")

    @pytest.mark.parametrize(
        "place",
        [
            *("index.html", "contact/index.html", "BLOG/index.html", "blog", "./index.html"),
            *("feed.xml", "feed.json", "sitemap.xml", "robots.txt", "build.json", "sponsors.json"),
            "blog/the-course/index.html",
        ],
    )
    def test_cannot_stand_in_the_place_of_a_page(self, place: str, tmp_path: Path) -> None:
        """A file that is copied never replaces one of the site's own, on any disk."""
        built = build_site(
            tmp_path,
            {
                "content/extra/x": "mine",
                "pelicanconf.py": SETTINGS
                + 'STATIC_PATHS = ["extra"]\n'
                + f'EXTRA_PATH_METADATA = {{"extra/x": {{"path": "{place}"}}}}\n',
            },
        )

        assert built.code == 1
        assert "content/extra/x has 1 problem." in built.report
        assert not built.output.exists()

    @pytest.mark.parametrize("place", ["../up.txt", "../../up.txt", "/up.txt", "a/../../up.txt"])
    def test_cannot_leave_the_site(self, place: str, tmp_path: Path) -> None:
        """A slip in the settings writes no file elsewhere on the computer."""
        site = write_site(
            tmp_path / "site",
            {
                "content/extra/x": "mine",
                "pelicanconf.py": SETTINGS
                + 'STATIC_PATHS = ["extra"]\n'
                + f'EXTRA_PATH_METADATA = {{"extra/x": {{"path": "{place}"}}}}\n',
            },
        )
        before = tree(tmp_path)

        built = rebuild(site)

        assert built.code == 1
        assert "content/extra/x has 1 problem." in built.report
        assert {n for n in tree(tmp_path) if ".milepost" not in n} == set(before)

    def test_are_never_the_text_of_a_post(self, tmp_path: Path) -> None:
        """Who copies the folder of the posts for its pictures does not publish drafts."""
        built = build_site(
            tmp_path,
            {
                "content/posts/draft.md": post("SECRET", title="Draft", status="draft"),
                "content/posts/later.MD": post("SECRET", title="Later", date="2028-01-01"),
                "content/posts/a.bin": b"picture",
                "pelicanconf.py": f'{SETTINGS}STATIC_PATHS = ["posts"]\n',
            },
        )

        assert built.code == 0, built.report
        assert built.files["posts/a.bin"] == b"picture"
        assert not [name for name, data in built.files.items() if b"SECRET" in data]
        assert not [name for name in built.files if name.lower().endswith(".md")]

    def test_are_removed_when_they_are_no_longer_there(self, tmp_path: Path) -> None:
        """The record knows copied files as well as pages."""
        settings = {"pelicanconf.py": f'{SETTINGS}STATIC_PATHS = ["extra"]\n'}
        build_site(tmp_path, {**settings, "content/extra/a.txt": "a", "content/extra/b.txt": "b"})
        (tmp_path / "content/extra/a.txt").unlink()

        built = rebuild(tmp_path)

        assert "extra/a.txt" not in built.files
        assert "extra/b.txt" in built.files
