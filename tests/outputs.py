"""Builder of a site's folder whose output is committed by tests."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from milepost.engine.commit import Changes, commit
from milepost.engine.finished import Finished
from milepost.engine.record import record_path

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

DAY = date(2027, 3, 14)
LONG_AGO = 1_000_000_000  # seconds since 1970

PAGES = {
    "index.html": "home",
    "blog/index.html": "blog",
    "blog/hills/index.html": "hills",
    "media/site-0a1b.css": "css",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A site's folder on disk, of which builds put pages into `output`."""

    home: Path
    output: Path

    @property
    def record(self) -> Path:
        """Where the record of the output lies."""
        return record_path(self.home, self.output)

    @property
    def stage(self) -> Path:
        """Where the pages of a build are staged."""
        return self.home / ".milepost" / "stage-test"

    def build(self, pages: Mapping[str, str]) -> Changes:
        """Stage the pages and commit them."""
        if self.stage.exists():
            shutil.rmtree(self.stage)
        put(self.stage, pages)
        return commit(Finished(self.stage), self.output, self.record, "final", DAY)

    def tree(self) -> dict[str, str]:
        """Return all that is in the output, by name."""
        return tree(self.output)


def new_site(folder: Path) -> Site:
    """Make a site below the folder, whose output has never been built."""
    home = folder / "site"
    for name in ("content", "theme", ".milepost"):
        (home / name).mkdir(parents=True)
    return Site(home=home, output=home / "output")


def put(folder: Path, pages: Mapping[str, str]) -> None:
    """Write the pages below the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in pages.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(text.encode())


def tree(folder: Path) -> dict[str, str]:
    """Return the text of every file below the folder; links by where they lead."""
    return {
        path.relative_to(folder).as_posix(): (
            f"-> {path.readlink()}" if path.is_symlink() else path.read_bytes().decode()
        )
        for path in folder.rglob("*")
        if path.is_symlink() or path.is_file()
    }


def make_old(folder: Path) -> None:
    """Date every file below the folder long ago."""
    for path in folder.rglob("*"):
        if path.is_file():
            os.utime(path, (LONG_AGO, LONG_AGO))


def touched(folder: Path) -> set[str]:
    """Return the names of the files that changed since `make_old`."""
    return {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and path.stat().st_mtime != LONG_AGO
    }
