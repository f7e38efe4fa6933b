"""Settings that are not a site's to change, and where a final build goes."""

from __future__ import annotations

from pathlib import Path

import pytest

from milepost import defaults
from milepost.settings_file import DECIDED
from sites import SETTINGS, build_site, rebuild

FINAL = 'from pelicanconf import *\nSITEURL = "https://riverside.example"\n'


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("RELATIVE_URLS = True", "RELATIVE_URLS is decided by Milepost. Delete this line."),
        ("LOCALE: list[str] = []", "LOCALE is decided by Milepost. Delete this line."),
        ('ARTICLE_URL = "{slug}.html"', "ARTICLE_URL is decided by Milepost. Delete this line."),
        ("TYPOGRIFY = not False", "TYPOGRIFY is decided by Milepost. Delete this line."),
        (
            "IGNORE_FILES = []",
            'IGNORE_FILES must have ".*" in it: hidden files, such as .env, are',
        ),
    ],
)
def test_a_decided_setting_is_refused_with_its_line(
    tmp_path: Path, line: str, message: str
) -> None:
    """Whoever sets what Milepost has decided is told where, and nothing is saved."""
    built = build_site(tmp_path, {"pelicanconf.py": f"{SETTINGS}{line}\n"})

    number = SETTINGS.count("\n") + 1
    assert built.code == 1
    name = line.partition(" ")[0].rstrip(":")
    assert f'  line {number}, "{name}": {message}' in built.report
    assert not built.output.exists()


@pytest.mark.parametrize("line", ["RELATIVE_URLS = False", 'IGNORE_FILES = [".*", "*.bak"]'])
def test_a_decided_setting_may_say_what_is_decided(tmp_path: Path, line: str) -> None:
    """Settings copied from the defaults do no harm, and more files may be ignored."""
    built = build_site(tmp_path, {"pelicanconf.py": f"{SETTINGS}{line}\n"})

    assert (built.code, built.report) == (0, "")


def test_every_decided_setting_has_a_value() -> None:
    """What a site may not set is set in the defaults."""
    assert [name for name in DECIDED if not hasattr(defaults, name)] == []


def test_the_extension_that_eats_first_lines_is_refused(tmp_path: Path) -> None:
    """A text that begins with "Update: …" keeps its first line."""
    line = 'MARKDOWN = {"extensions": ["markdown.extensions.meta"]}\n'

    built = build_site(tmp_path, {"pelicanconf.py": SETTINGS + line})

    assert built.code == 1
    assert 'the extension meta would eat a first line such as "Update: …"' in built.report


def test_a_final_build_has_a_folder_of_its_own(tmp_path: Path) -> None:
    """A publishconf.py that names no folder never puts the published site over the other."""
    built = build_site(tmp_path, {"publishconf.py": FINAL})

    final = rebuild(tmp_path, final=True)

    assert (built.code, final.code) == (0, 0)
    assert (tmp_path / "public/index.html").is_file()
    assert b"https://riverside.example" in (tmp_path / "public/robots.txt").read_bytes()


def test_a_final_build_goes_where_the_settings_say(tmp_path: Path) -> None:
    """The folder that publishconf.py names is the one."""
    text = f'{FINAL}OUTPUT_PATH = "live"\n'

    final = build_site(tmp_path, {"publishconf.py": text}, final=True)

    assert final.code == 0
    assert (tmp_path / "live/index.html").is_file()
    assert not (tmp_path / "public").exists()


def test_what_a_site_adds_to_the_defaults_is_its_own(tmp_path: Path) -> None:
    """Neither the next build of the site nor another site finds it there already."""
    line = (
        'assert "smarty" not in MARKDOWN["extensions"]\nMARKDOWN["extensions"].append("smarty")\n'
    )
    post = {"content/posts/a.md": "Title: A\nDate: 2027-01-15\n\n'Words' -- more"}

    built = build_site(tmp_path, {"pelicanconf.py": SETTINGS + line, **post})
    again = rebuild(tmp_path)

    assert (built.code, again.code) == (0, 0), again.report
    assert "&ndash; more" in again.text("blog/a/index.html")
