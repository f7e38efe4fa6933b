"""Many sites in one process: none leaves anything behind for the next."""

from __future__ import annotations

import locale
import logging
import subprocess
import sys
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import pytest
from pelican import contents, log
from pelican.plugins import signals
from pelican.plugins.sitemap import sitemap

from milepost.build import output_folder, output_folders, today
from sites import DAY, SETTINGS, SPONSORS, build_site, post, rebuild, tree, write_site

COURSE: Final = "content/posts/course.md"
STAMP: Final = """\
from pelican import signals

def stamp(path, context):
    with open(path, "a", encoding="utf-8") as page:
        page.write("<!-- {word} -->")

def register():
    signals.content_written.connect(stamp)
"""
STAMPED: Final = SETTINGS + 'PLUGINS = ["stamp"]\nPLUGIN_PATHS = ["plugins"]\n'


def process() -> dict[str, Any]:
    """Return what a build could leave in the process."""
    kinds = {name: kind for name, kind in vars(signals).items() if hasattr(kind, "receivers")}
    return {
        "path": list(sys.path),
        "modules": set(sys.modules),
        "locale": locale.setlocale(locale.LC_ALL),
        "receivers": {name: dict(kind.receivers) for name, kind in kinds.items()},
        "handlers": list(logging.getLogger().handlers),
        "level": logging.getLogger("pelican").level,
        "propagates": logging.getLogger("pelican").propagate,
        "listeners": list(logging.getLogger("pelican").handlers),
        "heard": (set(log.LimitFilter._raised_messages), set(log.LimitFilter._ignore)),
        "threads": set(threading.enumerate()),
        "queue": list(sitemap.generator.page_queue),
        "bytecode": sys.dont_write_bytecode,
    }


def site_of(number: int) -> Mapping[str, str | bytes | None]:
    """Return the files of one of many sites, with settings that differ in all that is kept."""
    plugged = {"plugins/stamp.py": STAMP.format(word=f"site {number}")} if number % 3 == 0 else {}
    settings = (STAMPED if plugged else SETTINGS) + f'SITENAME = "Race {number}"\n'
    return {
        COURSE: post(f"Race {number}.", tags=f"[t{number}]", date=f"2026-01-{number % 28 + 1:02}"),
        "sponsors.yaml": SPONSORS.replace("Acme", f"Acme {number}"),
        "pelicanconf.py": settings
        + f'SITEURL = "https://race{number}.example/{number}"\n'
        + f'MENUITEMS = [("M{number}", "/contact/")]\n'
        + f'TIMEZONE = "{("Asia/Tokyo", "America/Chicago", "Europe/Paris")[number % 3]}"\n'
        + ("import helper\nSITESUBTITLE = helper.WORDS\n" if number % 2 else ""),
        "helper.py": f'WORDS = "Helped {number}"\n',
        **plugged,
    }


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> dict[int, dict[str, bytes]]:
    """Build three of the many sites in processes of their own."""
    found = {}
    for number in (97, 98, 99):
        site = write_site(tmp_path_factory.mktemp(f"fresh{number}"), site_of(number))
        command = [sys.executable, "-m", "milepost", "--site", str(site), "build", "--as-of", DAY]
        subprocess.run(command, check=True, capture_output=True)
        found[number] = tree(site / "output")
    return found


def test_a_hundred_sites_in_one_process_are_as_if_each_were_the_first(
    tmp_path: Path, fresh: Mapping[int, Mapping[str, bytes]]
) -> None:
    """Settings, plugins, helpers, time zones and sitemaps of other sites leave no trace."""
    for number in range(97):
        if number % 10:  # Most sites fail, some with a fault in the middle of the pages.
            broken = {**site_of(number), "theme/templates/contact.html": "{{ nobody.name }}"}
            assert build_site(tmp_path / str(number), broken).code == 1
        else:
            assert build_site(tmp_path / str(number), site_of(number)).code == 0

    built = {n: build_site(tmp_path / str(n), site_of(n)) for n in fresh}

    assert {number: one.code for number, one in built.items()} == dict.fromkeys(fresh, 0)
    assert {number: one.files for number, one in built.items()} == fresh


class TestWhatABuildLeaves:
    """The process before and after a build."""

    @pytest.mark.parametrize(
        "files",
        [
            site_of(1),
            site_of(3),
            {COURSE: post("[a]({filename}no.md)")},
            {"pelicanconf.py": "1 / 0"},
            {"pelicanconf.py": f'{SETTINGS}PLUGINS = ["no"]\n'},
            {"theme/templates/base.html": "{% if %}"},
            {"pelicanconf.py": STAMPED, "plugins/stamp.py": STAMP.replace("page.write", "1 / 0 #")},
        ],
        ids=["good", "plugin", "report", "settings", "no plugin", "template", "bad plugin"],
    )
    def test_is_nothing(self, files: Mapping[str, str | bytes | None], tmp_path: Path) -> None:
        """Whether a build succeeds or fails, the process is as it was."""
        build_site(tmp_path / "warm")  # Imports that any build makes, and that stay.
        before = process()

        build_site(tmp_path / "site", files)

        after = process()
        assert {name: after[name] for name in after if after[name] != before[name]} == {}

    def test_is_nothing_after_a_final_build(self, tmp_path: Path) -> None:
        """Neither settings file stays imported."""
        write_site(tmp_path, {"publishconf.py": "from pelicanconf import *\n"})
        rebuild(tmp_path)
        before = process()

        assert rebuild(tmp_path, final=True).code == 0

        assert process() == before
        assert not {"pelicanconf", "publishconf"} & set(sys.modules)

    def test_is_nothing_after_asking_for_folders_and_the_day(self, tmp_path: Path) -> None:
        """What commands ask of the settings leaves no trace either."""
        site = write_site(tmp_path, site_of(1))
        before = process()

        assert output_folder(site) == site / "output"
        assert output_folders(site) == [site / "output"]
        assert today(site).year > 2000

        assert process() == before

    def test_is_no_article(self, tmp_path: Path) -> None:
        """Pelican's memory of texts does not grow with every build of a preview."""
        build_site(tmp_path)

        for name in ("get_content", "get_summary"):
            assert not getattr(getattr(contents.Content, name, None), "cache", None)

    def test_is_no_file_beside_the_sites_own(self, tmp_path: Path) -> None:
        """Importing settings and plugins writes no bytecode into somebody's folder."""
        files = site_of(3)
        build_site(tmp_path, files)

        names = {path.name for path in tmp_path.iterdir()}

        assert names == {Path(name).parts[0] for name in files} | {"content", "output", ".milepost"}
        assert not [*tmp_path.rglob("__pycache__")]


class TestAfterAFailure:
    """A build that failed, and the next one."""

    def test_a_good_build_is_as_good_as_ever(self, tmp_path: Path) -> None:
        """The report of the last build is not in the next one, and neither are its pages."""
        write_site(tmp_path, {"content/posts/bad.md": post("[a](/no/)", title="Bad")})
        assert rebuild(tmp_path).code == 1
        (tmp_path / "content/posts/bad.md").unlink()

        built = rebuild(tmp_path)

        assert built.code == 0
        assert built.report == ""
        assert "bad" not in built.text("sitemap.xml")

    def test_the_sitemap_has_every_page_once(self, tmp_path: Path) -> None:
        """Pages that a failed build had queued are not listed a second time."""
        expected = build_site(tmp_path / "fresh").text("sitemap.xml")
        site = write_site(tmp_path / "site", {COURSE: post("[a](/no/)")})
        for _ in range(3):
            assert rebuild(site).code == 1

        built = build_site(site)

        assert built.text("sitemap.xml") == expected

    def test_an_edit_of_a_helper_is_noticed(self, tmp_path: Path) -> None:
        """A preview goes on with what the files say now."""
        files = site_of(1)
        build_site(tmp_path, files)
        (tmp_path / "helper.py").write_text('WORDS = "Helped anew"\n')

        built = rebuild(tmp_path)

        assert "Helped anew" in built.text("index.html")

    def test_an_edit_of_a_plugin_is_noticed(self, tmp_path: Path) -> None:
        """The same for a plugin of the site's own."""
        files = site_of(3)
        build_site(tmp_path, files)
        (tmp_path / "plugins/stamp.py").write_text(STAMP.format(word="anew"))

        built = rebuild(tmp_path)

        assert built.text("index.html").endswith("<!-- anew -->")


def test_importing_milepost_leaves_everybodys_loggers_alone() -> None:
    """Pelican's import would make all loggers of a program swallow repeated messages."""
    code = (
        "import logging; before = logging.getLoggerClass(), type(logging.getLogger());"
        "import milepost.build;"
        "assert before == (logging.getLoggerClass(), type(logging.getLogger())), 'changed'"
    )

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr


def test_pelicans_advice_to_programmers_is_not_printed(tmp_path: Path) -> None:
    """An organiser reads Milepost's words, and no others."""
    built = build_site(
        tmp_path,
        {"pelicanconf.py": f'{SETTINGS}SITEURL = "https://riverside.example/"\nFEED_ATOM = "a"\n'},
    )

    assert built.code == 0
    assert built.report == ""
