"""The tutorial, followed step by step from the site of this repository."""

from __future__ import annotations

import re
import shutil
from datetime import date
from pathlib import Path

import pytest

from milepost.scaffold.new_document import new_post
from sites import Built, rebuild

ROOT = Path(__file__).parents[1]
TUTORIAL = (ROOT / "docs" / "tutorials" / "your-race-online.md").read_text(encoding="utf-8")
FENCES = re.findall(r"^```(\w+)\n(.*?)^```$", TUTORIAL, re.MULTILINE | re.DOTALL)
(POST,) = (text for kind, text in FENCES if kind == "markdown")
(SPONSORS,) = (text for kind, text in FENCES if kind == "yaml")
SETTINGS, RACE_DAY = (text for kind, text in FENCES if kind == "python")
INDENTED = re.findall(r"(?:^    .*\n|^\n(?=    ))+", TUTORIAL, re.MULTILINE)

EVENING = "2026-11-22"
"""The day on which the tutorial was written, and the outputs in it were printed."""


def lines_with(words: str) -> str:
    """Return the indented lines of the tutorial that have these words, as one writes them."""
    (found,) = (block for block in INDENTED if words in block)
    return "".join(
        line.removeprefix("    ") for line in found.lstrip("\n").splitlines(keepends=True)
    )


def is_shown(output: str) -> bool:
    """Say whether the tutorial shows an output; how many files a build changed is no matter."""

    def plain(text: str) -> str:
        return re.sub(r" \(\d+ files? .*\)", "", text)

    shown = "".join(f"    {line}".rstrip() + "\n" for line in output.splitlines())
    return plain(shown) in plain(TUTORIAL)


class Evening:
    """A copy of this site, changed by one step of the tutorial after the other."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        shutil.copytree(ROOT / "content", folder / "content")
        for name in ("sponsors.yaml", "pelicanconf.py", "publishconf.py"):
            shutil.copy(ROOT / name, folder / name)

    def build(self, *, final: bool = False) -> Built:
        """Build it as it is now."""
        return rebuild(self.folder, as_of=EVENING, final=final)

    def write(self, name: str, text: str) -> None:
        """Save a file."""
        (self.folder / name).write_text(text, encoding="utf-8")

    def read(self, name: str) -> str:
        """Return what a file says."""
        return (self.folder / name).read_text(encoding="utf-8")

    def first_post(self) -> Path:
        """Make the post, and write its text; return its file."""
        made = new_post(self.folder / "content", "We Need Twenty Helpers", date(2026, 11, 22))
        made.path.write_text(POST, encoding="utf-8")
        return made.path

    def own_race(self) -> None:
        """Give it the race's own settings, and take the example away."""
        self.write("pelicanconf.py", SETTINGS)
        post = self.first_post()
        for folder in ("posts", "pages", "images"):
            for path in (self.folder / "content" / folder).iterdir():
                if path != post:
                    path.unlink()
        self.write("sponsors.yaml", SPONSORS)


@pytest.fixture
def evening(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Evening:
    """Return the example as it is downloaded, with a terminal open in its folder."""
    monkeypatch.chdir(tmp_path)
    return Evening(tmp_path)


def test_the_example_is_built(evening: Evening) -> None:
    """The first start says what the tutorial shows."""
    built = evening.build()

    assert (built.code, built.report) == (0, "")
    assert is_shown(built.said)


def test_the_post_keeps_its_header(evening: Evening) -> None:
    """The new file begins as the text to write does, and its folder is the one named."""
    made = new_post(evening.folder / "content", "We Need Twenty Helpers", date(2026, 11, 22))

    header = made.path.read_text(encoding="utf-8").splitlines()
    assert header[:3] == POST.splitlines()[:3]
    assert len([line for line in header if line]) == 4
    assert f"Made content/posts/{made.path.name}. Open it, and {made.next_step}." in TUTORIAL


def test_the_post_and_the_sponsor_are_shown(evening: Evening) -> None:
    """The post is the first of the blog, and the sponsor stands below it."""
    evening.first_post()
    evening.write("sponsors.yaml", evening.read("sponsors.yaml") + "\n" + lines_with("- name: "))

    built = evening.build()

    assert (built.code, built.report) == (0, "")
    entry = built.page("/blog/").css_first(".entry__link")
    assert entry
    assert entry.text() == "We Need Twenty Helpers"
    assert built.page("/blog/we-need-twenty-helpers/").css("[data-mark=acorn-street-bakery]")


def test_the_mistake_gives_the_report(evening: Evening) -> None:
    """The two slips are reported in the very words, and the site stays as it was."""
    evening.build()
    good = evening.read("sponsors.yaml") + "\n" + lines_with("- name: ")
    slips = lines_with("tier: suporters\n        url")
    evening.write("sponsors.yaml", "".join(good.splitlines(keepends=True)[:-2]) + slips)

    built = evening.build()

    assert built.code == 1
    assert is_shown(built.report)


def test_the_race_is_one_s_own(evening: Evening) -> None:
    """With the example gone, nothing of it is left, and nothing is wrong."""
    evening.own_race()

    built = evening.build()

    assert (built.code, built.report) == (0, "")
    assert is_shown(built.said)
    assert not any(b"Milepost Run" in data for data in built.files.values())


def test_the_site_to_publish(evening: Evening) -> None:
    """With its own address and the page about race day it can go online."""
    evening.own_race()
    settings, _, rest = SETTINGS.partition("RACE = {")
    evening.write("pelicanconf.py", settings + RACE_DAY + rest.partition("\n}\n")[2])
    address = evening.read("publishconf.py").replace("milepostrun.example", "riverside.example")
    evening.write("publishconf.py", address)

    built = evening.build(final=True)

    assert (built.code, built.report) == (0, "")
    assert is_shown(built.said)
    day = (evening.folder / "public/race-day/index.html").read_text(encoding="utf-8")
    assert "The fairground, free all morning" in day
