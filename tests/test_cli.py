"""The `milepost` command: every task, where its site is, what it says, and its exit codes."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pytest

from milepost import __version__, cli
from milepost.engine.stage import new_stage
from milepost.paths import FOLDER
from milepost.scaffold import new_document
from milepost.scaffold.new_document import STARTERS
from sites import DAY, SETTINGS, SPONSORS, build_site, post, rebuild, tree, write_site

COURSE: Final = "content/posts/course.md"
FINAL: Final = (
    'from pelicanconf import *\nSITEURL = "https://riverside.example"\nOUTPUT_PATH = "public"\n'
)


@dataclass(frozen=True)
class Done:
    """What a command left: its exit code, and what it printed."""

    code: int
    said: str
    report: str


Command = Callable[..., Done]


@pytest.fixture
def milepost(capfd: pytest.CaptureFixture[str]) -> Command:
    """Give the command, to be called with its words."""

    def run(*words: str | Path) -> Done:
        capfd.readouterr()
        try:
            code = cli.main([str(word) for word in words])
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else 1
        said, report = capfd.readouterr()
        return Done(code, said, report)

    return run


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Write the small site, with the settings of its final builds."""
    return write_site(tmp_path / "site", {"publishconf.py": FINAL})


@pytest.fixture
def here(site: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Go into the folder of the small site."""
    monkeypatch.chdir(site)
    return site


class TestWhereTheSiteIs:
    """A command works here, or on the folder that it is told."""

    def test_here(self, milepost: Command, here: Path) -> None:
        """Without a word about it the site is the folder one is in."""
        done = milepost("build", "--as-of", DAY)

        assert done.code == 0
        assert done.said.startswith("Saved in output/: 9 pages, ")
        assert (here / "output/index.html").is_file()

    @pytest.mark.parametrize("before", [True, False])
    def test_elsewhere(self, milepost: Command, site: Path, *, before: bool) -> None:
        """`--site` may stand before the task or after it."""
        where = ("--site", site)

        done = milepost(*where, "build") if before else milepost("build", *where)

        assert done.code == 0
        assert (site / "output/index.html").is_file()

    @pytest.mark.parametrize(
        "words",
        [
            ("--site", "{}", "new", "post", "Parking"),
            ("new", "--site", "{}", "post", "Parking"),
            ("new", "post", "--site", "{}", "Parking"),
            ("new", "post", "Parking", "--site", "{}"),
        ],
    )
    def test_between_any_two_words(
        self, words: tuple[str, ...], milepost: Command, site: Path
    ) -> None:
        """Nobody remembers where an option belongs."""
        done = milepost(*(word.format(site) for word in words))

        assert done.code == 0
        assert (site / "content/posts/parking.md").is_file()

    def test_by_a_way_with_a_tilde(
        self, milepost: Command, site: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The home folder may be written as ~, also where no shell resolves it."""
        monkeypatch.setenv("HOME", str(site.parent))
        monkeypatch.setenv("USERPROFILE", str(site.parent))

        assert milepost("build", "--site", "~/site").code == 0

    def test_a_folder_that_is_none(self, milepost: Command, tmp_path: Path) -> None:
        """The folder is named, and the command was used wrongly."""
        done = milepost("build", "--site", tmp_path / "nowhere")

        assert done.code == 2
        assert f"{tmp_path / 'nowhere'} is not a folder" in done.report

    @pytest.mark.parametrize("task", ["build", "check"])
    def test_a_folder_that_is_no_site(self, task: str, milepost: Command, tmp_path: Path) -> None:
        """The missing file is named, and nothing is made there."""
        done = milepost(task, "--site", tmp_path)

        assert done.code == 1
        assert "there is no pelicanconf.py in" in done.report
        assert not [*tmp_path.iterdir()]

    def test_a_folder_that_is_no_site_gets_no_post(self, milepost: Command, tmp_path: Path) -> None:
        """A post is not put where no site would find it."""
        done = milepost("new", "post", "Parking", "--site", tmp_path)

        assert done.code == 1
        assert "Is this the folder of a site?" in done.report
        assert not [*tmp_path.iterdir()]


class TestWrongUse:
    """Words that mean nothing give 2, and a line that helps."""

    @pytest.mark.parametrize(
        ("words", "said"),
        [
            ((), "TASK"),
            (("bild",), "invalid choice: 'bild'"),
            (("build", "now"), "now"),
            (("build", "--fast"), "--fast"),
            (("build", "--as-of", "tomorrow"), '"tomorrow" is not a date as 2027-03-14'),
            (("build", "--as-of", "2027-02-30"), '"2027-02-30" is not a date'),
            (("build", "--as-of"), "--as-of"),
            (("serve", "--port", "99999"), '"99999" is not a number from 0 to 65535'),
            (("serve", "--port", "-1"), "--port"),
            (("new",), "WHAT"),
            (("new", "post"), "title"),
            (("new", "home", "x"), "invalid choice: 'home'"),
            (("sponsors",), "WHAT"),
            (("import", "sponsors"), "file"),
        ],
    )
    def test_is_told_from_problems_of_the_site(
        self, words: tuple[str, ...], said: str, milepost: Command, here: Path
    ) -> None:
        """Nothing is done, nothing is printed as if it had been."""
        before = tree(here)

        done = milepost(*words)

        assert done.code == 2
        assert said in done.report
        assert not done.said
        assert tree(here) == before

    def test_help_is_no_mistake(self, milepost: Command) -> None:
        """Every task is named with what it does."""
        done = milepost("--help")

        assert done.code == 0
        organisers = ("serve", "build", "check", "new", "sponsors", "import", "clean")
        tasks = (*organisers, "test", "lint", "bench")
        assert all(f"\n    {task} " in done.said for task in tasks)

    @pytest.mark.parametrize("task", ["serve", "build", "check", "new", "sponsors", "clean"])
    def test_every_task_has_its_help(self, task: str, milepost: Command) -> None:
        """A task says what it does and which options it has."""
        done = milepost(task, "--help")

        assert done.code == 0
        assert "--site DIR" in done.said

    def test_the_version_is_told(self, milepost: Command) -> None:
        """Whoever asks for help can say which version it is."""
        assert milepost("--version") == Done(0, f"Milepost {__version__}\n", "")


class TestBuildAndCheck:
    """What `build` and `check` do."""

    def test_a_mistake_gives_one(self, milepost: Command, here: Path) -> None:
        """The report goes where errors go, so that a script can tell."""
        (here / COURSE).write_text(post(tag="x"))

        for task in ("build", "check"):
            done = milepost(task)
            assert done.code == 1
            assert not done.said
            assert done.report.startswith(f"{COURSE} has 1 problem.")

    def test_a_check_saves_nothing(self, milepost: Command, here: Path) -> None:
        """The site is looked at, and that is all."""
        done = milepost("check", "--as-of", DAY)

        assert done.code == 0
        assert done.said.startswith("No problems: 9 pages, ")
        assert not (here / "output").exists()

    def test_another_day_is_built(self, milepost: Command, here: Path) -> None:
        """`--as-of` shows the site of that day."""
        (here / COURSE).write_text(post(title="Late", date="2027-06-01"))

        milepost("build", "--as-of", "2027-06-01")

        assert (here / "output/blog/late/index.html").is_file()

    @pytest.mark.parametrize("task", ["build", "check"])
    def test_final_takes_the_final_settings(self, task: str, milepost: Command, here: Path) -> None:
        """The finished site goes into its own folder."""
        done = milepost(task, "--final", "--as-of", DAY)

        assert done.code == 0
        assert not (here / "output").exists()
        assert (here / "public/index.html").is_file() == (task == "build")

    @pytest.mark.parametrize("before", [True, False])
    def test_quiet_prints_nothing_of_a_good_site(
        self, milepost: Command, here: Path, *, before: bool
    ) -> None:
        """A timer that runs every night writes no letters."""
        done = milepost("--quiet", "build") if before else milepost("build", "--quiet")

        assert done == Done(0, "", "")
        assert (here / "output/index.html").is_file()

    def test_quiet_prints_problems_and_warnings(self, milepost: Command, here: Path) -> None:
        """Silence means that all is well."""
        (here / "sponsors.yaml").write_text(SPONSORS.replace("https://acme", "http://acme"))

        done = milepost("build", "--quiet")

        assert done.code == 0
        assert "warning" in done.report


class TestNewPost:
    """What `new post` does."""

    def test_makes_a_post_that_is_ready_to_be_written(self, milepost: Command, here: Path) -> None:
        """It has its title and a day, and the site with it can be built."""
        done = milepost("new", "post", "Packet pickup & parking")

        assert done == Done(
            0,
            f"Made content{os.sep}posts{os.sep}packet-pickup-parking.md. "
            "Open it, and write below the second ---.\n",
            "",
        )
        text = (here / "content/posts/packet-pickup-parking.md").read_text()
        assert text.startswith("---\ntitle: Packet pickup & parking\ndate: 20")
        assert milepost("build").code == 0

    @pytest.mark.parametrize(
        "title",
        [
            'The "course": what is new?',
            "# 1 of 10",
            "Bob's #1 run",
            "- a list",
            "--- three",
            "{curly} [square] *star* &and %percent @at `tick`",
            "yes",
            "no: 12:30",
            "2027-03-01",
            "12:30",
            "<script>alert(1)</script>",
            "Ča' já € 10K 🏃 x",
            "Žluťoučký kůň",
            "Σπαρταθλον",
            "日本のマラソン",
            "  many \t blanks \n and lines  ",
            "x" * 500,
            "../../etc/passwd x",
            "a\u202etxt",
            "{{ 7 * 7 }} %s {0}",
            "\\ back \\n slash",
        ],
    )
    def test_takes_any_title(self, title: str, milepost: Command, here: Path) -> None:
        """What one typed is what stands on the page, whatever YAML makes of it."""
        before = {path.name for path in (here / "content/posts").iterdir()}

        done = milepost("new", "post", title)

        assert done.code == 0, done.report
        made = [p for p in (here / "content/posts").iterdir() if p.name not in before]
        assert len(made) == 1
        assert made[0].name.isascii()
        built = rebuild(here, as_of="2099-01-01")
        assert built.code == 0, built.report
        titles = {node.text() for node in built.page("/blog/").css(".entry__title")}
        assert titles == {"The course", " ".join(title.split())}

    @pytest.mark.parametrize(
        ("title", "said"),
        [
            ("", "cannot be used"),
            ("   ", "cannot be used"),
            ("?!", 'No file name can be made from "?!"'),
            ("🏃", "No file name can be made"),
            ("a\x00b", "U+0000"),
            ("a\x1bb", "U+001B"),
            ("caf\udce9", "U+DCE9"),
            ("Archive", '"archive" is an address that the blog needs itself'),
            ("The course!", "exists already"),
        ],
    )
    def test_refuses_a_title_that_gives_no_post(
        self, title: str, said: str, milepost: Command, here: Path
    ) -> None:
        """The message says why, and no file is made or changed."""
        (here / "content/posts/the-course.md").write_text("mine")
        before = tree(here)

        done = milepost("new", "post", title)

        assert done.code == 1
        assert said in done.report
        assert tree(here) == before

    def test_makes_the_folder_of_the_posts(self, milepost: Command, here: Path) -> None:
        """The first post of a site has nowhere to go yet."""
        (here / COURSE).unlink()
        (here / "content/posts").rmdir()

        assert milepost("new", "post", "First").code == 0
        assert (here / "content/posts/first.md").is_file()

    def test_works_while_the_settings_are_broken(self, milepost: Command, here: Path) -> None:
        """A slip in the settings does not keep anybody from writing."""
        (here / "pelicanconf.py").write_text("SITENAME = ")

        assert milepost("new", "post", "First").code == 0

    def test_takes_the_day_of_the_race(
        self, milepost: Command, here: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Late in the evening in Chicago it is not tomorrow yet."""
        monkeypatch.setenv("SOURCE_DATE_EPOCH", "1803949200")  # 05:00 the next day in London

        milepost("new", "post", "Late")

        assert "date: 2027-03-01\n" in (here / "content/posts/late.md").read_text()

    def test_does_not_mind_a_clock_that_is_none(
        self, milepost: Command, here: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A wrong SOURCE_DATE_EPOCH is for builds to report."""
        monkeypatch.setenv("SOURCE_DATE_EPOCH", "tomorrow")

        assert milepost("new", "post", "Late").code == 0
        assert (here / "content/posts/late.md").is_file()


class TestNewPage:
    """What `new page` does."""

    def test_makes_a_page_that_is_ready_to_be_written(self, milepost: Command, here: Path) -> None:
        """It has its title, and the site with it can be built."""
        done = milepost("new", "page", "Parking & buses")

        path = here / "content/pages/parking-buses.md"
        assert done == Done(
            0,
            f"Made content{os.sep}pages{os.sep}parking-buses.md. "
            "Open it, and write below the second ---.\n",
            "",
        )
        assert path.read_text() == "---\ntitle: Parking & buses\n---\n\n"
        assert milepost("build").code == 0

    @pytest.mark.parametrize("name", STARTERS)
    def test_begins_some_pages_with_a_text(self, name: str, milepost: Command, here: Path) -> None:
        """The page stands at the address of its name, and can be built as it is."""
        done = milepost("new", "page", name)

        assert done == Done(
            0,
            f"Made content{os.sep}pages{os.sep}{name}.md. "
            "Open it, and fill in what stands between [[ and ]].\n",
            "",
        )
        assert milepost("build").code == 0
        assert (here / f"output/{name}/index.html").is_file()

    @pytest.mark.parametrize("name", STARTERS)
    def test_the_blanks_of_such_a_text_are_told(
        self, name: str, milepost: Command, here: Path
    ) -> None:
        """Every one is known by its line, and nothing else is wrong with the text."""
        milepost("new", "page", name)
        lines = (here / f"content/pages/{name}.md").read_text().splitlines()

        done = milepost("check")

        warnings = re.findall(r"warning: line (\d+), .* is not filled in yet\.", done.report)
        blanks = [at for at, line in enumerate(lines, start=1) for _ in range(line.count("[["))]
        assert [int(line) for line in warnings] == blanks
        assert done.report.count("warning: ") == len(blanks)

    def test_takes_such_a_name_for_a_title_as_well(self, milepost: Command, here: Path) -> None:
        """Whoever writes it with a capital gets the same text."""
        milepost("new", "page", "Privacy")

        assert "## Who is responsible" in (here / "content/pages/privacy.md").read_text()

    @pytest.mark.parametrize(
        ("title", "said"),
        [
            ("", "cannot be used"),
            ("?!", 'No file name can be made from "?!"'),
            ("Search", '"search" is an address that the site needs itself'),
            ("Parking!", "parking.md exists already. Give the page another title."),
            ("privacy", "privacy.md exists already. It was left as it is."),
        ],
    )
    def test_refuses_a_title_that_gives_no_page(
        self, title: str, said: str, milepost: Command, here: Path
    ) -> None:
        """The message says why, and no file is made or changed."""
        (here / "content/pages").mkdir()
        for name in ("parking", "privacy"):
            (here / f"content/pages/{name}.md").write_text("mine")
        before = tree(here)

        done = milepost("new", "page", title)

        assert done.code == 1
        assert said in done.report
        assert tree(here) == before

    def test_makes_no_page_where_there_is_no_site(self, milepost: Command, tmp_path: Path) -> None:
        """A page is not put where no site would find it."""
        done = milepost("new", "page", "privacy", "--site", tmp_path)

        assert done.code == 1
        assert "Is this the folder of a site?" in done.report
        assert not [*tmp_path.iterdir()]

    def test_every_text_of_ours_is_for_a_page_of_its_name(self) -> None:
        """What the package carries is what can be asked for."""
        texts = Path(new_document.__file__).with_name("pages").iterdir()

        assert sorted(path.name for path in texts) == sorted(f"{name}.md" for name in STARTERS)


class TestClean:
    """What `clean` does."""

    def test_removes_what_builds_made_and_nothing_else(self, milepost: Command, here: Path) -> None:
        """Preview and final site are gone, and every file of the site itself is there."""
        before = tree(here)
        milepost("build")
        milepost("build", "--final")

        done = milepost("clean")

        assert done == Done(0, "Removed output/, public/.\n", "")
        assert tree(here) == before
        assert not (here / FOLDER).exists()

    def test_leaves_what_somebody_put_beside_it(self, milepost: Command, here: Path) -> None:
        """Files and folders that no build made stay, also empty ones."""
        milepost("build")
        (here / "output/own.txt").write_text("mine")
        (here / "output/empty").mkdir()
        (here / "output/blog/own.txt").write_text("mine")

        milepost("clean")

        assert tree(here / "output") == {"own.txt": b"mine", "blog/own.txt": b"mine"}
        assert (here / "output/empty").is_dir()

    def test_does_nothing_where_nothing_was_built(self, milepost: Command, here: Path) -> None:
        """A folder called output that no build made is not touched."""
        (here / "output").mkdir()
        (here / "output/thesis.doc").write_text("mine")

        done = milepost("clean")

        assert done == Done(0, "There was nothing to remove.\n", "")
        assert tree(here / "output") == {"thesis.doc": b"mine"}
        assert not (here / FOLDER).exists()

    def test_says_nothing_when_it_is_to_be_quiet(self, milepost: Command, here: Path) -> None:
        """--quiet is for every task."""
        milepost("build", "--quiet")

        assert milepost("clean", "--quiet") == Done(0, "", "")
        assert not (here / "output").exists()

    @pytest.mark.parametrize("place", ["../elsewhere", "deep/er/output"])
    def test_finds_an_output_that_is_not_beside_the_content(
        self, place: str, milepost: Command, here: Path
    ) -> None:
        """An output on another disk is cleaned, and what lies beside it is not."""
        (here / "pelicanconf.py").write_text(f'{SETTINGS}OUTPUT_PATH = "{place}"\n')
        assert milepost("build").code == 0
        output = here / place
        (output / "own.txt").write_text("mine")

        done = milepost("clean")

        assert done.code == 0
        assert tree(output) == {"own.txt": b"mine"}
        assert not (here / FOLDER).exists()

    def test_keeps_the_list_of_an_output_that_the_settings_no_longer_name(
        self, milepost: Command, here: Path
    ) -> None:
        """Without its list that folder could never be built or cleaned again."""
        (here / "pelicanconf.py").write_text(f'{SETTINGS}OUTPUT_PATH = "../elsewhere"\n')
        milepost("build")
        made = tree(here.parent / "elsewhere")
        (here / "pelicanconf.py").write_text(SETTINGS)
        milepost("build")

        done = milepost("clean")

        assert done.code == 1
        assert done.said == "Removed output/.\n"
        assert done.report.startswith(f"{FOLDER}/elsewhere.")
        assert tree(here.parent / "elsewhere") == made
        (here / "pelicanconf.py").write_text(f'{SETTINGS}OUTPUT_PATH = "../elsewhere"\n')
        assert milepost("clean").code == 0
        assert not (here.parent / "elsewhere").exists()

    def test_removes_nothing_for_a_list_that_is_damaged(
        self, milepost: Command, here: Path
    ) -> None:
        """Who knows whose files these are?"""
        milepost("build")
        made = tree(here / "output")
        record = here / FOLDER / "output.json"
        record.write_text(record.read_text()[:-20])

        done = milepost("clean")

        assert done.code == 1
        assert f"{FOLDER}/output.json" in done.report
        assert tree(here / "output") == made

    @pytest.mark.skipif(os.name == "nt", reason="links need a privilege on Windows")
    def test_follows_no_link_that_somebody_made(
        self, milepost: Command, here: Path, tmp_path: Path
    ) -> None:
        """A folder of the output that was replaced by a link is not emptied elsewhere."""
        milepost("build")
        elsewhere = tmp_path / "elsewhere"
        (here / "output/contact").rename(elsewhere)
        (here / "output/contact").symlink_to(elsewhere)

        done = milepost("clean")

        assert done.code == 0
        assert (elsewhere / "index.html").is_file()

    def test_works_while_the_settings_are_broken(self, milepost: Command, here: Path) -> None:
        """The usual output is found without them."""
        milepost("build")
        (here / "pelicanconf.py").write_text("SITENAME = ")

        assert milepost("clean").said == "Removed output/.\n"
        assert not (here / "output").exists()

    def test_waits_for_no_build(self, milepost: Command, here: Path) -> None:
        """What a running build is making is not taken away from under it."""
        milepost("build")
        made = tree(here / "output")

        with new_stage(here):
            done = milepost("clean")

        assert done.code == 1
        assert done.report.startswith("Another build of this site is running;")
        assert tree(here / "output") == made

    def test_can_be_followed_by_a_build(self, milepost: Command, here: Path) -> None:
        """The next build is a first one."""
        milepost("build", "--as-of", DAY)
        made = tree(here / "output")
        milepost("clean")

        assert milepost("build", "--as-of", DAY).code == 0
        assert tree(here / "output") == made


class TestSponsors:
    """What `sponsors list` and `import sponsors` do."""

    def test_lists_who_shows(self, milepost: Command, here: Path) -> None:
        """The list is printed, whatever day it is asked for."""
        done = milepost("sponsors", "list", "--as-of", DAY)

        assert done.code == 0
        assert "Acme Running" in done.said
        assert "2 shown on 2027-03-01" in done.said
        assert not (here / "output").exists()

    def test_reports_what_is_wrong_with_the_list(self, milepost: Command, here: Path) -> None:
        """What can be read is listed, and the rest is reported."""
        (here / "sponsors.yaml").write_text(f"{SPONSORS}    teir: x\n")

        done = milepost("sponsors", "list")

        assert done.code == 1
        assert "Acme Running" in done.said
        assert 'line 8, "Riverside Dental": "teir" is not a known key' in done.report

    def test_brings_sponsors_in_from_a_spreadsheet(self, milepost: Command, here: Path) -> None:
        """A new sponsor of the spreadsheet is in the list afterwards, and can be built."""
        (here / "new.csv").write_text("Name,Tier\nAcorn Street Bakery,supporters\n")

        done = milepost("import", "sponsors", here / "new.csv", "--yes")

        assert done.code == 0, done.report
        assert "Acorn Street Bakery" in (here / "sponsors.yaml").read_text()
        assert milepost("check").code == 0

    def test_reports_a_spreadsheet_that_is_not_there(self, milepost: Command, here: Path) -> None:
        """The file is named, and the list stays as it is."""
        done = milepost("import", "sponsors", here / "no.csv", "--yes")

        assert done.code in {1, 2}
        assert "no.csv" in done.said + done.report
        assert (here / "sponsors.yaml").read_text() == SPONSORS


class TestTasksForDevelopers:
    """They hand their words on."""

    def test_words_for_pytest_reach_it(self, milepost: Command) -> None:
        """Options of pytest are not taken for Milepost's."""
        done = milepost("test", "--collect-only", "-q", "tests/test_cli.py::TestTasksForDevelopers")

        assert done.code == 0
        assert "test_words_for_pytest_reach_it" in done.said

    def test_its_exit_code_is_pytests(self, milepost: Command) -> None:
        """A failed test fails the task."""
        assert milepost("test", "-q", "tests/no_such_file.py").code == 4

    def test_words_for_the_measuring_reach_it(self, milepost: Command) -> None:
        """`bench` has options of its own, such as how many rounds there are."""
        done = milepost("bench", "--rounds", "x", "--sizes", "12")

        assert done.code == 2
        assert "--rounds: invalid int value: 'x'" in done.report


@pytest.mark.parametrize("encoding", ["ascii", "cp1252"])
def test_a_terminal_that_lacks_letters_shows_the_rest(encoding: str, tmp_path: Path) -> None:
    """A sponsor's name in another alphabet does not break a build on an old terminal."""
    site = write_site(
        tmp_path,
        {"sponsors.yaml": "sponsors: [{name: Čeněk 日本, tier: title, from: 2027-03-09}]\n"},
    )
    command = [sys.executable, "-m", "milepost", "--site", str(site), "build", "--as-of", DAY]

    done = subprocess.run(
        command,
        env={**os.environ, "PYTHONIOENCODING": encoding},
        capture_output=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    assert b"2027-03-09: ?en?k ?? joins." in done.stdout


def test_importing_the_command_imports_neither_pelican_nor_pydantic() -> None:
    """`--help` does not wait for what it does not need."""
    code = (
        "import sys; from milepost import cli;"
        "sys.exit(bool({'pelican', 'pydantic', 'yaml', 'PIL'} & set(sys.modules)))"
    )

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_site_in_a_folder_with_a_strange_name_is_built(tmp_path: Path) -> None:
    """Blanks, quotes, percent signs and letters of any alphabet may stand in a path."""
    built = build_site(tmp_path / "it's a % {race} “Čeněk” #1 & more")

    assert built.code == 0, built.report
    assert built.files == build_site(tmp_path / "plain").files


@pytest.mark.parametrize(
    ("typed", "guess"), [(["bulid"], "build"), (["new", "pst", "A"], "post"), (["sever"], "serve")]
)
def test_a_misspelt_task_is_guessed(
    typed: list[str], guess: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whoever types quickly is told what was meant."""
    with pytest.raises(SystemExit) as caught:
        cli.main(typed)

    assert caught.value.code == 2
    assert f'Did you mean "{guess}"?' in capsys.readouterr().err


def test_a_title_needs_no_quotation_marks(tmp_path: Path) -> None:
    """Words after `new post` are its title."""
    write_site(tmp_path)

    assert cli.main(["--site", str(tmp_path), "new", "post", "We", "Need", "Helpers"]) == 0

    made = (tmp_path / "content" / "posts" / "we-need-helpers.md").read_text(encoding="utf-8")
    assert "title: We Need Helpers\n" in made
