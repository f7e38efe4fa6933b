"""One build of a site: what it makes, what it leaves alone, and what it says."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

from milepost.engine.record import load_record
from milepost.engine.stage import new_stage
from milepost.paths import FOLDER
from sites import POST, SETTINGS, SPONSORS, Built, build_site, post, rebuild, tree, write_site

COURSE: Final = "content/posts/course.md"
LIST: Final = "sponsors.yaml"
FINAL: Final = (
    'from pelicanconf import *\nSITEURL = "https://riverside.example"\nOUTPUT_PATH = "public"\n'
)


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Build the small site, once."""
    return build_site(tmp_path_factory.mktemp("good"))


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Write the small site."""
    return write_site(tmp_path / "site")


def moments(folder: Path) -> dict[str, int]:
    """Return when each file of a folder was changed, in nanoseconds."""
    return {name: (folder / name).stat().st_mtime_ns for name in tree(folder)}


def make_old(folder: Path) -> None:
    """Give every file of a folder a time long past, so that a touch shows."""
    for name in tree(folder):
        os.utime(folder / name, (1_000_000_000, 1_000_000_000))


class TestWhatABuildMakes:
    """The files of a small site."""

    def test_every_page_that_a_site_always_has(self, good: Built) -> None:
        """A reader finds home, blog, post, archive, sponsors, contact and a page for mistakes."""
        pages = {name for name in good.files if name.endswith(".html")}

        assert pages == {
            "index.html",
            "404.html",
            "blog/index.html",
            "blog/the-course/index.html",
            "blog/archive/index.html",
            "blog/archive/2027/index.html",
            "sponsors/index.html",
            "contact/index.html",
            "race-day/index.html",
            "theme-examples/index.html",
        }

    def test_examples_of_the_theme_are_not_published(self, tmp_path: Path) -> None:
        """Whoever changes the theme sees every macro; readers of the site do not."""
        settings = {"publishconf.py": "from pelicanconf import *\nFINAL_BUILD = True\n"}

        built = build_site(tmp_path, settings, final=True)

        pages = tree(built.folder / "public")
        assert "index.html" in pages
        assert "theme-examples/index.html" not in pages

    def test_every_file_for_programs(self, good: Built) -> None:
        """Feed readers, search engines and other programs find their files."""
        others = {name for name in good.files if not name.endswith(".html")}

        assert others - {name for name in others if name.startswith("media/")} == {
            "feed.json",
            "feed.xml",
            "sitemap.xml",
            "robots.txt",
            "sponsors.json",
            "build.json",
            "_headers",
        }

    def test_nothing_but_media_beside_them(self, good: Built) -> None:
        """What the theme needs stands in /media/ under names that tell their digest."""
        media = [name for name in good.files if name.startswith("media/")]

        assert sorted(Path(name).suffix for name in media) == [
            *(".css", ".css", ".js", ".svg"),
            *[".woff2"] * 6,
        ]
        assert all(len(Path(name).stem.rpartition("-")[2]) == 12 for name in media)

    def test_no_trace_of_the_machine(self, good: Built) -> None:
        """No file names the folder that it was made in."""
        place = str(good.folder).encode()

        assert not [name for name, data in good.files.items() if place in data]

    def test_a_record_of_it(self, good: Built) -> None:
        """The record beside the site names every file, the day and the kind of build."""
        record = load_record(good.folder / FOLDER / "output.json")

        assert record is not None
        assert set(record.files) == set(good.files)
        assert record.profile == "development"
        assert record.finished

    def test_a_race_without_a_date_or_any_post(self, tmp_path: Path) -> None:
        """A site may begin with nothing but a name."""
        built = build_site(
            tmp_path,
            {
                COURSE: None,
                "content/posts/.keep": "",
                LIST: "sponsors: []\n",
                "pelicanconf.py": 'from milepost.defaults import *\nSITENAME = "Riverside"\n',
            },
        )

        assert built.code == 0, built.report
        assert "Nothing here yet." in built.page("/blog/").css("main")[0].text()
        assert "Nothing in it depends on the day." in built.said


class TestBuildingAgain:
    """What a second build does to the first one's files."""

    def test_touches_nothing_when_nothing_has_changed(self, site: Path) -> None:
        """Whoever sends changed files to a host sends none."""
        pages = rebuild(site).files
        make_old(site / "output")
        before = moments(site / "output")

        second = rebuild(site)

        assert second.files == pages
        assert moments(second.output) == before
        assert "(no change)" in second.said

    def test_replaces_only_what_has_changed(self, site: Path) -> None:
        """A word in a post changes its page, the pages that quote it, and no other."""
        pages = rebuild(site).files
        make_old(site / "output")
        before = moments(site / "output")
        write_site(site, {COURSE: POST.replace("Along", "All along")})

        second = rebuild(site)

        now = moments(second.output)
        changed = {name for name in now if now[name] != before[name]}
        assert changed == {name for name in pages if pages[name] != second.files[name]}
        assert "blog/the-course/index.html" in changed
        assert "contact/index.html" not in changed
        assert f"({len(changed)} files new or changed)" in second.said

    def test_removes_what_the_site_no_longer_has(self, site: Path) -> None:
        """A post that was deleted is gone, with its folder."""
        write_site(site, {"content/posts/other.md": post(title="Other")})
        rebuild(site)
        (site / "content/posts/other.md").unlink()

        built = rebuild(site)

        assert not (built.output / "blog/other").exists()
        assert "1 removed" in built.said

    def test_leaves_files_alone_that_no_build_made(self, site: Path) -> None:
        """What somebody put into the output by hand stays there."""
        rebuild(site)
        own = site / "output/own/notes.txt"
        own.parent.mkdir()
        own.write_text("mine")

        built = rebuild(site)

        assert built.code == 0
        assert own.read_text() == "mine"

    def test_puts_back_what_was_lost_or_changed(self, site: Path) -> None:
        """A page that somebody edited in the output is as it was."""
        pages = rebuild(site).files
        (site / "output/index.html").write_text("oh")
        (site / "output/feed.xml").unlink()

        second = rebuild(site)

        assert second.files == pages

    def test_is_the_same_as_a_first_build(self, site: Path, tmp_path: Path) -> None:
        """A site that has been built a dozen times is the one that a fresh copy gives."""
        rebuild(site)
        changed = {COURSE: post(title="Other", tags="[a, b]", category="C"), LIST: "sponsors: []\n"}
        write_site(site, {**changed, "content/posts/more.md": post(title="More")})

        again = rebuild(site)

        fresh = build_site(
            tmp_path / "fresh", {**changed, "content/posts/more.md": post(title="More")}
        )
        assert again.files == fresh.files


class TestARefusedBuild:
    """Builds that do not begin, and what they say instead."""

    def test_an_output_full_of_somebodys_files(self, site: Path) -> None:
        """Nobody's files are taken for a site's, and nobody waits for pages that cannot be kept."""
        (site / "output").mkdir()
        (site / "output/thesis.doc").write_text("x")
        (site / COURSE).write_text("no header, which reading would report")

        built = rebuild(site)

        assert built.code == 1
        assert built.report.startswith(
            "output/ holds files that Milepost did not make (thesis.doc)"
        )
        assert built.report.count("\n") == 1
        assert tree(built.output) == {"thesis.doc": b"x"}
        assert not (site / FOLDER).exists()

    @pytest.mark.parametrize("place", ["content", "content/posts", ".", "theme", "/"])
    def test_an_output_among_the_sites_own_files(self, place: str, site: Path) -> None:
        """A slip in OUTPUT_PATH does not cost anybody a post."""
        (site / "pelicanconf.py").write_text(f'{SETTINGS}OUTPUT_PATH = "{place}"\n')
        before = tree(site)

        built = rebuild(site)

        assert built.code == 1
        assert "cannot be the output folder" in built.report or "did not make" in built.report
        assert tree(site) == before

    def test_while_another_build_is_running(self, site: Path) -> None:
        """Two builds at once do not mix."""
        with new_stage(site):
            built = rebuild(site)

        assert built.code == 1
        assert built.report.startswith("Another build of this site is running;")

    @pytest.mark.parametrize("dry", [True, False])
    def test_with_a_clock_that_is_none(
        self, site: Path, monkeypatch: pytest.MonkeyPatch, *, dry: bool
    ) -> None:
        """A wrong SOURCE_DATE_EPOCH is named, and nothing else is printed."""
        monkeypatch.setenv("SOURCE_DATE_EPOCH", "tomorrow")

        built = _today(site, dry=dry)

        assert built.returncode == 1
        assert built.stderr.startswith('SOURCE_DATE_EPOCH is "tomorrow", not a number of seconds')
        assert built.stderr.count("\n") == 1

    @pytest.mark.skipif(os.name == "nt", reason="Windows limits no file's size")
    def test_on_a_full_disk(self, site: Path) -> None:
        """When pages cannot be written the message says so, and no program's insides."""
        pages = rebuild(site).files
        (site / "content/posts/course.md").write_text(post("Other words."))
        command = (
            "import resource, signal, sys; from milepost import cli;"
            "signal.signal(signal.SIGXFSZ, signal.SIG_IGN);"
            "resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000));"
            "sys.exit(cli.main(sys.argv[1:]))"
        )

        done = subprocess.run(
            [sys.executable, "-c", command, "--site", site, "build", "--as-of", "2027-03-01"],
            capture_output=True,
            text=True,
            check=False,
        )

        assert done.returncode == 1
        assert done.stderr.startswith("The site cannot be made (File too large")
        assert tree(site / "output") == pages


def _today(site: Path, *, dry: bool) -> subprocess.CompletedProcess[str]:
    task = "check" if dry else "build"
    command = [sys.executable, "-m", "milepost", "--site", str(site), task]
    return subprocess.run(command, capture_output=True, text=True, check=False)


class TestTheStage:
    """Pages are made where nobody sees them."""

    def test_nothing_of_it_is_left(self, good: Built) -> None:
        """After a build only lists, the lock and the cache stay in Milepost's own folder."""
        assert {path.name for path in (good.folder / FOLDER).iterdir()} == {
            "output.json",
            "build.lock",
            "posts.db",
            "development.inputs",
        }

    def test_a_fault_of_a_plugin_while_pages_are_made(self, site: Path) -> None:
        """A program that fails half way leaves the finished site as it was."""
        pages = rebuild(site).files
        write_site(
            site,
            {
                COURSE: POST.replace("Along", "All along"),
                "pelicanconf.py": f'{SETTINGS}PLUGINS = ["fails"]\nPLUGIN_PATHS = ["plugins"]\n',
                "plugins/fails.py": (
                    "from pelican import signals\n"
                    "def fail(path, context):\n"
                    "    if 'sponsors' in path: 1 / 0\n"
                    "def register(): signals.content_written.connect(fail)\n"
                ),
            },
        )

        second = rebuild(site)

        assert second.code == 1
        assert "plugins/fails.py has 1 problem." in second.report
        assert "line 3: the plugin fails: ZeroDivisionError: division by zero." in second.report
        assert second.files == pages
        assert {path.name for path in (site / FOLDER).iterdir()} == {
            "output.json",
            "build.lock",
            "posts.db",
        }

    def test_what_a_killed_build_left_is_removed(self, site: Path) -> None:
        """Old stages do not fill the disk."""
        (site / FOLDER / "stage-old").mkdir(parents=True)
        (site / FOLDER / "stage-old/index.html").write_text("x")

        rebuild(site)

        assert not (site / FOLDER / "stage-old").exists()


class TestADryRun:
    """`check` is a build that saves nothing."""

    def test_finds_what_a_build_would_find(self, site: Path) -> None:
        """Its report is the same, but for the word about the output."""
        write_site(site, {COURSE: post("[a](/nowhere/)"), LIST: f"{SPONSORS}    x: y\n"})

        checked = rebuild(site, dry=True)

        assert checked.code == 1
        assert checked.report == rebuild(site).report
        assert checked.report.endswith("\n1 problem in 1 file. Nothing was saved.\n")

    def test_saves_nothing(self, site: Path) -> None:
        """Neither an output nor a record is there afterwards."""
        checked = rebuild(site, dry=True)

        assert checked.code == 0
        assert not checked.output.exists()
        assert {path.name for path in (site / FOLDER).iterdir()} == {"build.lock", "posts.db"}
        assert checked.said.startswith(
            "No problems: 9 pages, 1 post, 2 sponsors shown. Nothing was saved.\n"
        )

    def test_leaves_an_output_as_it_is(self, site: Path) -> None:
        """A check between two builds changes nothing of the first."""
        pages = rebuild(site).files
        make_old(site / "output")
        before = moments(site / "output")
        write_site(site, {COURSE: POST.replace("Along", "All along")})

        rebuild(site, dry=True)

        assert tree(site / "output") == pages
        assert moments(site / "output") == before


class TestAFinalBuild:
    """`--final` builds what may be published, apart from the preview."""

    @pytest.fixture(scope="class")
    @classmethod
    def final(cls, tmp_path_factory: pytest.TempPathFactory) -> Built:
        """Build a site for its preview and then for its readers."""
        folder = tmp_path_factory.mktemp("final")
        local = SETTINGS.replace("https://riverside.example", "http://127.0.0.1:8000")
        preview = build_site(folder, {"pelicanconf.py": local, "publishconf.py": FINAL})
        assert preview.files
        assert rebuild(folder, final=True).code == 0
        return preview

    def test_goes_into_a_folder_of_its_own(self, final: Built) -> None:
        """The preview's output is not touched."""
        assert (final.folder / "public/index.html").is_file()
        assert tree(final.output) == final.files

    def test_is_recorded_as_final(self, final: Built) -> None:
        """Only such an output will be sent to a host."""
        records = {
            name: load_record(final.folder / FOLDER / f"{name}.json")
            for name in ("public", "output")
        }

        profiles = {name: record and record.profile for name, record in records.items()}
        assert profiles == {"public": "final", "output": "development"}

    def test_has_the_public_address(self, final: Built) -> None:
        """The feed of the final site leads to the site and not to the organiser's computer."""
        feed = (final.folder / "public/feed.xml").read_text()

        assert 'href="https://riverside.example/blog/the-course/"' in feed
        assert "127.0.0.1" not in feed
        assert "127.0.0.1" in final.text("feed.xml")

    @pytest.mark.parametrize("url", ["http://127.0.0.1:8000", "http://riverside.example"])
    def test_refuses_an_address_that_is_not_public(self, url: str, tmp_path: Path) -> None:
        """A site that would lead its readers to themselves is not published."""
        built = build_site(
            tmp_path,
            {"publishconf.py": f'from pelicanconf import *\n\nSITEURL = "{url}"\n'},
            final=True,
        )

        assert built.code == 1
        assert 'publishconf.py has 1 problem.\n\n  line 3, "SITEURL":' in built.report


class TestTheSummary:
    """What a build says when it is done."""

    def test_counts_what_was_made(self, good: Built) -> None:
        """Pages, posts, sponsors and files are counted, and the folder is named."""
        where = os.path.relpath(good.output)
        where = min(where, str(good.output), key=len)

        assert good.said.startswith(
            f"Saved in {where}{os.sep}: 9 pages, 1 post, 2 sponsors shown "
            "(27 files new or changed).\n"
        )

    def test_counts_only_what_readers_see(self, tmp_path: Path) -> None:
        """Drafts, later posts, pending sponsors and redirects are not counted."""
        built = build_site(
            tmp_path,
            {
                COURSE: post(old_addresses="[/old/]"),
                "content/posts/draft.md": post(title="Draft", status="draft"),
                "content/posts/later.md": post(title="Later", date="2027-06-01"),
                "content/posts/hidden.md": post(title="Hidden", status="hidden"),
                LIST: f"{SPONSORS}  - name: Pete\n    tier: title\n    status: pending\n",
            },
        )

        assert ": 10 pages, 1 post, 2 sponsors shown (" in built.said

    def test_counts_a_sponsor_of_two_tiers_once(self, tmp_path: Path) -> None:
        """A sponsor is one sponsor, wherever it stands."""
        built = build_site(
            tmp_path, {LIST: "sponsors:\n  - name: Acme\n    tier: [title, supporters]\n"}
        )

        assert "1 sponsor shown" in built.said


class TestTheNextDay:
    """Every build says when the site will be wrong if nobody builds it again."""

    @pytest.mark.parametrize(
        ("files", "expected"),
        [
            ({}, "2027-04-10: race day comes first on the home page"),
            ({COURSE: post(date="2027-03-02")}, '2027-03-02: "A post" is due'),
            ({COURSE: post(expires="2027-03-05")}, '2027-03-06: "A post" expires'),
            (
                {COURSE: post(date="2027-03-02", status="draft")},
                "2027-04-10: race day comes first on the home page",
            ),
            (
                {LIST: f"{SPONSORS}    until: 2027-03-09\n"},
                "2027-03-10: Riverside Dental leaves",
            ),
            ({LIST: f"{SPONSORS}    from: 2027-03-09\n"}, "2027-03-09: Riverside Dental joins"),
            (
                {LIST: f"{SPONSORS}    from: 2027-03-09\n    status: pending\n"},
                "2027-04-10: race day comes first on the home page",
            ),
            (
                {LIST: f"{SPONSORS}    perk: {{text: Ten, until: 2027-03-11}}\n"},
                "2027-03-12: the perk of Riverside Dental ends",
            ),
        ],
    )
    def test_is_the_first_on_which_something_changes(
        self, files: dict[str, str], expected: str, tmp_path: Path
    ) -> None:
        """A post is due, expires; a sponsor joins or leaves; a perk ends; the race is over."""
        built = build_site(tmp_path, files)

        assert built.said.endswith(f"\nBuild it again on {expected}.\n")
        assert json.loads(built.files["build.json"])["next_change"] == expected[:10]

    def test_is_right(self, tmp_path: Path) -> None:
        """Until that day the pages stay the same, and on it they do not."""
        pages = build_site(tmp_path, {LIST: f"{SPONSORS}    until: 2027-03-09\n"}).files

        before = rebuild(tmp_path, as_of="2027-03-09").files
        after = rebuild(tmp_path, as_of="2027-03-10").files

        assert {name for name in pages if pages[name] != before[name]} == {"build.json"}
        assert after["index.html"] != pages["index.html"]

    def test_may_be_none(self, tmp_path: Path) -> None:
        """When the race is over, nothing more happens by itself."""
        built = build_site(tmp_path, as_of="2027-05-01")

        assert built.said.endswith("\nNothing in it depends on the day.\n")
        assert json.loads(built.files["build.json"])["next_change"] is None

    def test_goes_by_the_races_own_day(self, tmp_path: Path) -> None:
        """A build late in the evening in Chicago is not for the morning after in London."""
        folder = write_site(tmp_path / "site", {COURSE: post(date="2027-03-02")})
        moment = "1803949200"  # 2027-03-01 23:00 in Chicago, 2027-03-02 05:00 in London
        environment = {**os.environ, "SOURCE_DATE_EPOCH": moment}

        done = subprocess.run(
            [sys.executable, "-m", "milepost", "--site", folder, "build"],
            env=environment,
            capture_output=True,
            text=True,
            check=True,
        )

        assert 'Build it again on 2027-03-02: "A post" is due.' in done.stdout


def test_a_content_folder_may_lie_elsewhere_and_be_linked(tmp_path: Path) -> None:
    """An organiser who keeps posts in a synchronised folder links it into the site."""
    elsewhere = write_site(tmp_path / "elsewhere")
    site = write_site(tmp_path / "site", {COURSE: None})
    (site / "content").symlink_to(elsewhere / "content")

    built = rebuild(site)

    assert built.code == 0, built.report
    assert "blog/the-course/index.html" in built.files
    assert not (elsewhere / FOLDER).exists()
