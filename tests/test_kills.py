"""A build that is killed, or fails, while it puts a site in place."""

from __future__ import annotations

import errno
import os
import random
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import milepost
from milepost.engine.commit import Changes
from milepost.engine.record import Record, load_record, save_record
from milepost.engine.stage import BuildRefused
from outputs import DAY, PAGES, Site, make_old, new_site, put, touched

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

COMMIT = """
import sys
from datetime import date
from pathlib import Path
from milepost.engine.commit import commit
from milepost.engine.finished import Finished
stage, output, record = map(Path, sys.argv[1:])
print("go", flush=True)
commit(Finished(stage), output, record, "final", date(2027, 3, 14))
"""


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """Give a site whose output has never been built."""
    return new_site(tmp_path)


class TestKills:
    """A commit that ends before its time leaves whole files and is finished by the next."""

    def test_a_killed_commit_leaves_whole_files_and_is_finished(
        self, site: Site, pytestconfig: pytest.Config
    ) -> None:
        """Killed at random moments, no file is empty or half, and the next build finishes it."""
        names = [f"blog/{number % 20}/{number}.html" for number in range(300)] + ["index.html"]
        luck = random.Random(0)  # noqa: S311 - the same moments each time
        duration = seconds_of_commit(site, pages_of(names, "first"))
        unfinished = 0
        known = [pages_of(names, "first")]

        for moment in range(pytestconfig.getoption("kills")):
            pages = pages_of(names[moment % 50 * 5 :], f"site {moment}")
            known.append(pages)
            kill_commit(site, pages, after=luck.uniform(0, duration))

            for name, text in whole_files(site):
                assert any(version.get(name) == text for version in known[-2:]), name
            record = load_record(site.record)
            assert record is not None
            unfinished += not record.finished

            site.build(pages)
            assert site.tree() == pages

        assert unfinished

    def test_another_site_after_a_kill_leaves_nothing_stale(self, site: Site) -> None:
        """When the next build makes other pages, those of the killed one are removed."""
        names = [f"{number}.html" for number in range(300)]
        duration = seconds_of_commit(site, {"index.html": "x" * 50_000})
        for moment in range(5):
            kill_commit(site, pages_of(names, str(moment)), after=duration * (moment + 1))

        site.build(PAGES)

        assert site.tree() == PAGES

    def test_a_half_written_file_of_a_killed_commit_is_removed(self, site: Site) -> None:
        """What a killed commit was writing is cleaned away, and only that."""
        site.build(PAGES)
        record = load_record(site.record)
        assert record is not None
        save_record(
            site.record,
            Record(profile="final", day=DAY, files=record.files, finished=False),
        )
        half = ".milepost-0123456789abcdef.tmp"
        put(site.output, {f"blog/{half}": "ha", half: "h", ".milepost-notes.tmp": "mine"})

        changes = site.build(PAGES)

        assert site.tree() == PAGES | {".milepost-notes.tmp": "mine"}
        assert changes == Changes(written=0, unchanged=4, removed=0)

    def test_a_half_written_file_does_not_hold_a_folder(self, site: Site) -> None:
        """A folder with only a half-written file left in it still makes way for a page."""
        site.build({"feed/index.html": "x"})
        record = load_record(site.record)
        assert record is not None
        save_record(
            site.record,
            Record(profile="final", day=DAY, files=record.files, finished=False),
        )
        put(site.output, {"feed/.milepost-0123456789abcdef.tmp": "h"})

        site.build({"feed": "x"})

        assert site.tree() == {"feed": "x"}


class TestFullDisk:
    """A system that fails half way."""

    @pytest.fixture
    def full(self, monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
        """Let the disk be full from the third file on."""
        replace = os.replace
        count = 0

        def failing(source: Path, target: Path) -> None:
            nonlocal count
            count += 1
            if count > 3:  # the record is the first
                raise OSError(errno.ENOSPC, "No space left on device", str(source))
            replace(source, target)

        with monkeypatch.context() as patch:
            patch.setattr(os, "replace", failing)
            yield patch

    def test_the_message_says_what_is_there_and_what_to_do(
        self, site: Site, full: pytest.MonkeyPatch
    ) -> None:
        """An organiser hears that the site is partly new, whole file by file, and what next."""
        with pytest.raises(BuildRefused) as refused:
            site.build(PAGES)

        full.undo()
        text = str(refused.value)
        assert text.startswith("output/ is only partly new, though every file in it is whole (No")
        assert text.endswith("build again, which finishes it.")

    def test_files_are_whole_and_no_temporary_one_is_left(
        self, site: Site, full: pytest.MonkeyPatch
    ) -> None:
        """What could be written is whole, and nothing half stays behind."""
        with pytest.raises(BuildRefused):
            site.build(PAGES)

        full.undo()
        there = site.tree()
        assert len(there) == 2
        assert there.items() <= PAGES.items()

    def test_the_next_build_finishes(self, site: Site, full: pytest.MonkeyPatch) -> None:
        """When there is room again, the next build writes the rest."""
        with pytest.raises(BuildRefused):
            site.build(PAGES)
        full.undo()

        changes = site.build(PAGES)

        assert site.tree() == PAGES
        assert changes == Changes(written=2, unchanged=2, removed=0)

    def test_a_record_without_room_changes_nothing(
        self, site: Site, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """When not even the record can be saved, the output stays as it was."""
        site.build(PAGES)
        make_old(site.output)

        def failing(*_: object) -> None:
            raise OSError(errno.ENOSPC, "No space left on device")

        with monkeypatch.context() as patch:
            patch.setattr(os, "replace", failing)
            with pytest.raises(BuildRefused, match="nothing was changed"):
                site.build({"index.html": "new"})

        assert site.tree() == PAGES
        assert not touched(site.output)


def pages_of(names: list[str], version: str) -> dict[str, str]:
    """Return pages of some 3 kB, a few of 300 kB, each of which says throughout what it is."""
    return {
        name: f"{version} {name}\n" * (100 if number % 30 else 10_000)
        for number, name in enumerate(names)
    }


def start_commit(site: Site, pages: Mapping[str, str]) -> subprocess.Popen[str]:
    """Stage the pages and return a process of their commit that is about to begin it."""
    if site.stage.exists():
        shutil.rmtree(site.stage)
    put(site.stage, pages)
    process = subprocess.Popen(
        [sys.executable, "-c", COMMIT, str(site.stage), str(site.output), str(site.record)],
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": str(Path(milepost.__file__).parents[1])},
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "go\n"
    return process


def seconds_of_commit(site: Site, pages: Mapping[str, str]) -> float:
    """Commit the pages in a process and return how long that took."""
    process = start_commit(site, pages)
    began = time.monotonic()
    process.communicate()
    assert process.returncode == 0
    return time.monotonic() - began


def kill_commit(site: Site, pages: Mapping[str, str], *, after: float) -> None:
    """Begin to commit the pages and kill the process after so many seconds."""
    process = start_commit(site, pages)
    time.sleep(after)
    process.kill()
    process.communicate()


def whole_files(site: Site) -> Iterator[tuple[str, str]]:
    """Yield name and text of every file in the output but those being written at a kill."""
    for name, text in site.tree().items():
        if not Path(name).name.startswith(".milepost-"):
            yield name, text
