"""Whatever was edited since, a build leaves what a first build of the same files would make."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from milepost import cli
from sites import SETTINGS, post, tree

MOST: Final = 8
"""Edits in one history."""

FIRST_DAY: Final = date(2027, 3, 1)

LOGO: Final = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 10">'
    '<path fill="#135" d="M0 0h{0}v9H0z"/></svg>'
)
LIST: Final = """\
tiers:
  - id: title
    shown_on: [home, blog, posts, contact, sponsors]
  - id: friends
    benefits: {profile: true}
sponsors:
  - name: Acme Running
    tier: title
    url: https://acme.example
    logo: acme.svg
  - name: Riverside Dental
    tier: friends
    until: 2027-03-04
"""
Files = Mapping[str, str]
START: Final[Files] = {
    "pelicanconf.py": SETTINGS + "DEFAULT_PAGINATION = 2\n",
    "sponsors.yaml": LIST,
    "content/logos/acme.svg": LOGO.format(9),
    "content/pages/about.md": "---\ntitle: About\n---\nWe run.\n",
    **{
        f"content/posts/{n}.md": post(
            f"## Part\n\nAlong the river {n}. [About]({{filename}}/pages/about.md)",
            title=f"Post {n}",
            date=f"2027-0{n % 2 + 1}-0{n + 1}",
            tags="[hills, shoes]" if n % 2 else "[hills]",
            category="Training" if n else "News",
        )
        for n in range(4)
    },
    "content/posts/coming.md": post(title="Coming", date="2027-03-03", expires="2027-03-05"),
}


def posts_of(files: Files) -> Sequence[str]:
    """Return the names of the posts."""
    return sorted(name for name in files if name.startswith("content/posts/"))


def changed(files: Files, number: int, old: str, new: str) -> Files:
    """Return the files with words changed in one of the posts, where it has them."""
    if not posts_of(files):
        return files
    name = posts_of(files)[number % len(posts_of(files))]
    return {**files, name: files[name].replace(old, new)}


def line_changed(files: Files, number: int, key: str, value: str) -> Files:
    """Return the files with another value of a key in one of the posts."""
    if not posts_of(files):
        return files
    name = posts_of(files)[number % len(posts_of(files))]
    lines = [line for line in files[name].split("\n") if not line.startswith(f"{key}:")]
    return {**files, name: "\n".join([lines[0], f"{key}: {value}", *lines[1:]])}


def deleted(files: Files, number: int) -> Files:
    """Return the files without one of the posts."""
    gone = posts_of(files)[number % len(posts_of(files))] if posts_of(files) else ""
    return {name: text for name, text in files.items() if name != gone}


def renamed(files: Files, number: int) -> Files:
    """Return the files with another name for one of the posts, whose address is its title's."""
    if not posts_of(files):
        return files
    name = posts_of(files)[number % len(posts_of(files))]
    new = f"content/posts/deep/{number}-{Path(name).name}"
    return {(new if one == name else one): text for one, text in files.items()}


EDITS: Final[Mapping[str, Callable[[Files, int], Files]]] = {
    "add": lambda files, n: {
        **files,
        f"content/posts/new{n}.md": post("New.", title=f"New {n}", date="2027-02-20"),
    },
    "delete": deleted,
    "rename": renamed,
    "edit": lambda files, n: changed(files, n, "Along", f"All {n} along"),
    "same length": lambda files, n: changed(files, n, "river", "levee"),
    "retitle": lambda files, n: line_changed(files, n, "title", f"Called {n}"),
    "retag": lambda files, n: line_changed(files, n, "tags", f"[hills, t{n}]"),
    "recategorise": lambda files, n: line_changed(files, n, "category", f"C{n}"),
    "to the past": lambda files, n: line_changed(files, n, "date", f"2025-01-{n + 10}"),
    "to the future": lambda files, n: line_changed(files, n, "date", f"2027-03-0{n % 9 + 1}"),
    "draft": lambda files, n: line_changed(files, n, "status", "draft"),
    "page": lambda files, n: {
        **files,
        "content/pages/about.md": f"---\ntitle: About\n---\nWe run {n}.\n",
    },
    "template": lambda files, n: {
        **files,
        "theme/templates/missing.html": (
            f'{{% extends "base.html" %}}{{% block main %}}<h1>Lost {n}</h1>{{% endblock %}}'
        ),
    },
    "style": lambda files, n: {**files, "theme/static/css/90-own.css": f"h1 {{ margin: {n}px; }}"},
    "setting": lambda files, n: {
        **files,
        "pelicanconf.py": f"{START['pelicanconf.py']}SITENAME = 'River {n}'\n",
    },
    "imported setting": lambda files, n: {
        **files,
        "names.py": f"NAME = 'Run {n}'\n",
        "pelicanconf.py": f"{START['pelicanconf.py']}from names import NAME as SITENAME\n",
    },
    "sponsor": lambda files, n: {
        **files,
        "sponsors.yaml": f"{LIST}  - name: Newcomer {n}\n    tier: friends\n",
    },
    "link of a sponsor": lambda files, n: {
        **files,
        "sponsors.yaml": LIST.replace("acme.example", f"acme{n}.example"),
    },
    "logo": lambda files, n: {**files, "content/logos/acme.svg": LOGO.format(n + 3)},
    "notice": lambda files, n: {
        **files,
        "content/notice.md": f"---\nlevel: info\nuntil: 2027-03-0{n % 9 + 1}\n---\nIce.\n",
    },
    "touch": lambda files, _: dict(files),
    "revert": lambda files, _: files,
    "next day": lambda files, _: files,
    "nothing": lambda files, _: files,
}


class Site:
    """A site that is edited and built, again and again, in one folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "site"
        self._elsewhere = folder / "elsewhere"
        self.day = FIRST_DAY
        self._files: Files = {}
        self._before: list[Files] = []
        self.become(START)

    def become(self, files: Files) -> None:
        """Change what is different, and nothing else."""
        for name in self._files.keys() - files.keys():
            (self.folder / name).unlink()
        for name, text in files.items():
            if self._files.get(name) != text:
                path = self.folder / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, encoding="utf-8")
        self._before.append(self._files)
        self._files = files

    def edit(self, what: str, number: int) -> None:
        """Edit the site in one way."""
        if what == "next day":
            self.day += timedelta(days=number % 4 + 1)
        elif what == "revert":
            earlier = [START, *filter(None, self._before)]
            self.become(earlier[-1 - number % len(earlier)])
        elif what == "touch":
            for name in self._files:
                os.utime(self.folder / name)
        else:
            self.become(EDITS[what](self._files, number))

    def built(self) -> tuple[int, Mapping[str, bytes]]:
        """Build it where it is; return the exit code and the finished files."""
        return self._built(self.folder)

    def built_anew(self) -> tuple[int, Mapping[str, bytes]]:
        """Build the same files in another folder, as a first build."""
        shutil.rmtree(self._elsewhere, ignore_errors=True)
        skip = shutil.ignore_patterns("output", ".milepost")
        shutil.copytree(self.folder, self._elsewhere, ignore=skip)
        return self._built(self._elsewhere)

    def _built(self, folder: Path) -> tuple[int, Mapping[str, bytes]]:
        task = ["--site", str(folder), "--quiet", "build", "--as-of", self.day.isoformat()]
        return cli.main(task), tree(folder / "output")


histories = st.lists(
    st.tuples(st.sampled_from(sorted(EDITS)), st.integers(0, 5)), min_size=1, max_size=MOST
)


def test_a_history_of_edits_leaves_no_trace(
    pytestconfig: pytest.Config, capfd: pytest.CaptureFixture[str]
) -> None:
    """After each edit the output is that of a first build, byte for byte."""

    @settings(
        deadline=None,
        max_examples=pytestconfig.getoption("histories"),
        suppress_health_check=list(HealthCheck),
        print_blob=True,
    )
    @given(histories)
    def lives(history: list[tuple[str, int]]) -> None:
        with TemporaryDirectory() as folder:
            site = Site(Path(folder))
            assert site.built()[0] == 0
            for what, number in history:
                site.edit(what, number)
                last = tree(site.folder / "output")
                (code, files), (right_code, right) = site.built(), site.built_anew()
                assert code == right_code
                # A site with a mistake is not saved, and what was there stays.
                expected = right if code == 0 else last
                assert files.keys() == expected.keys(), (what, number)
                assert [name for name in files if files[name] != expected[name]] == []
            capfd.readouterr()

    lives()


@pytest.mark.parametrize("what", sorted(EDITS))
def test_every_kind_of_edit_is_one(what: str, tmp_path: Path) -> None:
    """An edit of each kind by itself, and its taking back, leave what a first build makes."""
    site = Site(tmp_path)
    site.built()

    for step in ((what, 1), ("revert", 1), (what, 2), ("nothing", 0)):
        site.edit(*step)
        assert site.built() == site.built_anew(), step
