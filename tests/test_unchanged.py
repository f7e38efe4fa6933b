"""A build for which nothing has changed is answered at once; one for which something has is not."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Final

import pytest

from milepost import cli
from milepost.engine import unchanged
from milepost.engine.unchanged import answer
from sites import DAY, SETTINGS, write_site

COURSE: Final = "content/posts/course.md"
WARNED: Final = "---\ntitle: Empty\ndate: 2027-01-16\n---\n"
LONG_AGO: Final = 1_000_000_000
HELPED: Final = SETTINGS + (
    "from pathlib import Path\n"
    "from helper import NAME as SITESUBTITLE\n"
    'PAGE = Path("FILE").read_text(encoding="utf-8")\n'
)


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build a site with settings that import and read files, and with a warning."""
    folder = tmp_path_factory.mktemp("original") / "site"
    told = folder.parent / "told.txt"
    told.write_text("told")
    files = {
        "pelicanconf.py": HELPED.replace("FILE", told.as_posix()),
        "publishconf.py": "from pelicanconf import *\n",
        "helper.py": 'NAME = "A race"\n',
        "content/posts/empty.md": WARNED,
    }
    write_site(folder, files)
    for path in folder.rglob("*"):
        os.utime(path, (LONG_AGO, LONG_AGO))
    assert build(folder) == 0
    return folder


def build(folder: Path, *options: str) -> int:
    """Build a site as the command does."""
    os.environ.pop("PYTEST_CURRENT_TEST", None)  # it changes while a test runs
    return cli.main(["--site", str(folder), "build", "--as-of", DAY, *options])


def is_known(folder: Path, *, day: str = DAY, final: bool = False) -> bool:
    """Say whether a build would be answered without being done."""
    os.environ.pop("PYTEST_CURRENT_TEST", None)
    return answer(folder, final=final, as_of=date.fromisoformat(day)) is not None


@pytest.fixture
def site(original: Path, tmp_path: Path) -> Path:
    """Give a copy of the site that was built where it is."""
    folder = shutil.copytree(original, tmp_path / "site")
    os.utime(folder / "helper.py", (LONG_AGO, LONG_AGO))
    assert build(folder) == 0
    return folder


def test_the_same_is_said_again(site: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """The warnings and the summary are those of a build, which writes nothing."""
    capfd.readouterr()
    (site / ".milepost/development.inputs").rename(site / "aside")
    build(site)
    real = capfd.readouterr()
    assert is_known(site)

    build(site)

    assert capfd.readouterr() == real
    assert "no text below" in real.err
    assert "(no change)" in real.out


def test_neither_pelican_nor_the_settings_are_asked(site: Path) -> None:
    """The answer comes before Pelican, pydantic and Markdown are imported."""
    code = (
        "import sys; from milepost import cli; cli.main(sys.argv[1:]);"
        'sys.exit(any(name in sys.modules for name in ("pelican", "pydantic", "markdown")))'
    )
    command = [sys.executable, "-c", code, "--site", str(site), "build", "--as-of", DAY]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    subprocess.run(command, check=False, capture_output=True, env=environment)

    done = subprocess.run(command, check=False, capture_output=True, env=environment)

    assert done.returncode == 0, done.stderr


def edited(folder: Path) -> None:
    """Change a word for another of the same length, and keep the time of the file."""
    path = folder / COURSE
    before = path.stat()
    path.write_text(path.read_text().replace("river", "levee"))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns + 1))


def linked(folder: Path) -> None:
    """Put a link in the place of a page."""
    (folder / "output/404.html").rename(folder / "away.html")
    (folder / "output/404.html").symlink_to(folder / "away.html")


CHANGES: Final[dict[str, Callable[[Path], object]]] = {
    "an edit of the same length": edited,
    "a new post": lambda folder: (folder / "content/posts/new.md").write_text(WARNED),
    "a deleted post": lambda folder: (folder / "content/posts/empty.md").unlink(),
    "a renamed post": lambda folder: (folder / COURSE).rename(folder / "content/posts/b.md"),
    "the sponsor list": lambda folder: (folder / "sponsors.yaml").write_text("sponsors: []\n"),
    "a private list that comes": lambda folder: (folder / "sponsors.private.yaml").write_text(
        "sponsors: []\n"
    ),
    "the settings": lambda folder: (folder / "pelicanconf.py").write_text(SETTINGS),
    "a module of theirs": lambda folder: (folder / "helper.py").write_text('NAME = "B race"\n'),
    "a theme that comes": lambda folder: write_site(
        folder, {"theme/static/css/own.css": "h1 { margin: 0; }"}
    ),
    "a page of the output": lambda folder: (folder / "output/index.html").write_text("x"),
    "a lost page": lambda folder: (folder / "output/404.html").unlink(),
    "a lost output": lambda folder: shutil.rmtree(folder / "output"),
    "a page that is a link now": linked,
    "a damaged list": lambda folder: (folder / ".milepost/development.inputs").write_text("{"),
    "a list of other things": lambda folder: (folder / ".milepost/development.inputs").write_text(
        "[1]"
    ),
}


@pytest.mark.parametrize("what", CHANGES)
def test_a_change_is_noticed(what: str, site: Path) -> None:
    """Then the site is built."""
    assert is_known(site)

    CHANGES[what](site)

    assert not is_known(site)


def test_a_file_that_the_settings_read_is_noticed(site: Path) -> None:
    """Settings may open what they like."""
    told = Path((site / "pelicanconf.py").read_text().split('Path("')[1].split('"')[0])
    assert is_known(site)
    told.write_text("TOLD")
    try:
        assert not is_known(site)
    finally:
        told.write_text("told")


def test_a_file_that_was_only_touched_is_no_change(site: Path) -> None:
    """A checkout by git gives every file another time."""
    for path in (site / "content").rglob("*.md"):
        os.utime(path)

    assert is_known(site)


def test_a_copy_of_the_site_looks_at_itself(site: Path, tmp_path: Path) -> None:
    """A site that was copied or moved knows its own files, and not those where it was."""
    other = shutil.copytree(site, tmp_path / "other")
    assert is_known(other)

    edited(other)

    assert is_known(site)
    assert not is_known(other)


def test_another_day_is_a_change(site: Path) -> None:
    """A page says other things on another day."""
    assert not is_known(site, day="2027-03-02")


def test_a_variable_of_the_environment_is_one(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Settings may ask for any."""
    monkeypatch.setenv("SITE_NAME", "x")

    assert not is_known(site)


def test_a_final_build_is_another(site: Path) -> None:
    """Each kind of build knows its own output; what a final one makes public is news to both."""
    assert not is_known(site, final=True)

    assert build(site, "--final") == 0

    assert is_known(site, final=True)
    assert not is_known(site)


def test_a_failed_build_is_never_known(site: Path) -> None:
    """A site with a mistake is looked at each time."""
    (site / COURSE).write_text("title\n")

    assert build(site) == build(site) == 1
    assert not is_known(site)


@pytest.mark.skipif(os.name == "nt", reason="links need a right on Windows")
def test_what_cannot_be_looked_at_is_told_by_the_build(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """A theme that is a link to itself ends in a sentence, not in a program's insides."""
    (write_site(tmp_path) / "theme").symlink_to(tmp_path / "theme")

    assert build(tmp_path) == 1
    assert capfd.readouterr().err.startswith("output/ cannot be looked at (")


def test_digests_are_used_again(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of the files that have not changed since the last list none is read for the next."""
    read: list[str] = []

    def digest(name: str) -> str:
        read.append(Path(name).name)
        return ""

    monkeypatch.setattr(unchanged, "digest_of", digest)
    (site / COURSE).write_text("---\ntitle: New\ndate: 2027-01-15\n---\nWords.\n")

    assert build(site) == 0

    assert "course.md" in read
    assert "empty.md" not in read


def test_a_dry_run_leaves_the_answer(site: Path) -> None:
    """Looking for problems changes nothing."""
    assert cli.main(["--site", str(site), "check", "--as-of", DAY]) == 0

    assert is_known(site)


def test_a_file_changed_while_it_was_read_is_read_again(tmp_path: Path) -> None:
    """What was edited while the build ran is not taken for what it was made from."""
    late = (
        SETTINGS + "import os, time\n"
        f'os.utime("{(tmp_path / COURSE).as_posix()}", (time.time() + 9, time.time() + 9))\n'
    )
    write_site(tmp_path, {"pelicanconf.py": late})
    assert build(tmp_path) == 0

    assert not is_known(tmp_path)


def test_two_edits_within_the_disks_resolution_are_two(tmp_path: Path) -> None:
    """A file of the same size and time as before is looked into if it was new then."""
    write_site(tmp_path)
    time.sleep(0.01)
    assert build(tmp_path) == 0
    before = (tmp_path / COURSE).stat()
    (tmp_path / COURSE).write_text((tmp_path / COURSE).read_text().replace("river", "levee"))
    os.utime(tmp_path / COURSE, ns=(before.st_atime_ns, before.st_mtime_ns))

    assert not is_known(tmp_path)


def test_a_site_with_a_plugin_is_always_built(tmp_path: Path) -> None:
    """A plugin may ask anything of anybody."""
    plugin = (
        "from pelican import signals\ndef hear(path, context): pass\n"
        "def register(): signals.content_written.connect(hear)\n"
    )
    settings = SETTINGS + 'PLUGINS = ["own"]\nPLUGIN_PATHS = ["plugins"]\n'
    write_site(tmp_path, {"pelicanconf.py": settings, "plugins/own.py": plugin})
    assert build(tmp_path) == 0

    assert not is_known(tmp_path)


@pytest.mark.parametrize(
    "ask", ["import os; os.system('exit')", "import subprocess; subprocess.run(['true'])"]
)
def test_settings_that_ask_a_program_are_always_run(ask: str, tmp_path: Path) -> None:
    """What it says is in no file."""
    write_site(tmp_path, {"pelicanconf.py": f"{SETTINGS}{ask}\n"})
    assert build(tmp_path) == 0

    assert not is_known(tmp_path)
