"""The answer to a build for which nothing has changed, given without Pelican and the settings.

A build that was saved leaves a list of all it was made from. While each of these is as it was, on
the same day, and the output is as it was left, another build would find and make the same.
"""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from milepost.clock import WrongClock, build_day
from milepost.engine.inputs import State, digest_of, look_at, same, surroundings
from milepost.paths import FOLDER
from milepost.summary import Summary

VERSION: Final = 1
"""Counts up whenever the file's form changes."""

_HERE: Final = "."

_RACY: Final = 2_000_000_000
"""Nanoseconds: the coarsest clock of a disk (FAT) has two seconds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a build would print: its warnings, for stderr, and its summary."""

    warnings: str
    summary: Summary


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """Where the inputs of a build are: single files, and folders with all that is in them."""

    files: tuple[Path, ...]
    folders: tuple[Path, ...]

    def look(self) -> dict[str, State]:
        """Return the state of every input."""
        return look_at(self.files, self.folders)


def answer(site: Path, *, final: bool, as_of: date | None) -> Answer | None:
    """Return what a build of `site` would say if nothing has changed since the last, else None."""
    try:
        kept = json.loads(_file(site, final=final).read_bytes())
        return _answer(site, kept, as_of) if kept["version"] == VERSION else None
    except (OSError, ValueError, TypeError, KeyError, AttributeError, WrongClock, RecursionError):
        return None


def _answer(site: Path, kept: Mapping[str, Any], as_of: date | None) -> Answer | None:
    day = build_day(ZoneInfo(kept["zone"]), as_of, os.environ)
    if day.isoformat() != kept["day"] or kept["surroundings"] != surroundings():
        return None
    sources = Sources(
        files=tuple(Path(_full(site, name)) for name in kept["files"]),
        folders=tuple(Path(_full(site, name)) for name in kept["folders"]),
    )
    before = {_full(site, name): state for name, state in kept["inputs"].items()}
    if not same(before, sources.look(), kept["since"]):
        return None
    output = Path(_full(site, kept["output"]))
    if not all(_is_there(output, *entry) for entry in kept["made"].items()):
        return None
    about = kept["summary"]
    change = about.pop("next_change")
    return Answer(
        warnings=kept["warnings"],
        summary=Summary(
            **about,
            day=day,
            next_change=(date.fromisoformat(change[0]), change[1]) if change else None,
            output=output,
            saved=True,
        ),
    )


class Watch:
    """The inputs of one build, from before it reads them until it has saved.

    `began` is when it did, in nanoseconds since 1970. From then on there is no list: the output is
    about to be another.
    """

    def __init__(self, site: Path, *, final: bool, began: int, sources: Sources) -> None:
        self._site = site
        self._file = _file(site, final=final)
        self._began = began
        self._sources = sources
        self._before: Mapping[str, State] = {}
        with contextlib.suppress(OSError):  # the build itself tells what cannot be read
            self._before = sources.look()
        self._known = _digests(site, self._file)
        # What a final build makes public is compared with by every later build.
        for profile in {final, False}:
            with contextlib.suppress(OSError):
                _file(site, final=profile).unlink()

    def remember(self, *, zone: str, warnings: str, summary: Summary, made: Iterable[str]) -> None:
        """Keep the list of what the build was made from, and of what it has `made`.

        Nothing is kept if an input was changed meanwhile. A list that cannot be written is no
        misfortune.
        """
        with contextlib.suppress(OSError):
            if self._sources.look() != self._before:
                return
            if any(time >= self._began for _, time, _ in self._before.values()):
                return
            kept = {
                "version": VERSION,
                "zone": zone,
                "surroundings": surroundings(),
                "warnings": warnings,
                "made": {name: _stat(summary.output, name) for name in made},
                **self._inputs(),
                **_told(summary, self._site),
            }
            temporary = self._file.with_name(f"{self._file.name}.tmp")
            temporary.write_text(json.dumps(kept), encoding="utf-8", errors="surrogatepass")
            temporary.replace(self._file)

    def _inputs(self) -> dict[str, Any]:
        site, known = self._site, self._known
        return {
            "since": self._began - _RACY,
            "files": [_short(site, str(file)) for file in self._sources.files],
            "folders": [_short(site, str(folder)) for folder in self._sources.folders],
            "inputs": {
                _short(site, name): [*state, known.get((name, *state)) or digest_of(name)]
                for name, state in self._before.items()
            },
        }


def _told(summary: Summary, site: Path) -> dict[str, Any]:
    """Return what a summary tells, but for the changes: there are none the next time."""
    change = summary.next_change
    return {
        "day": summary.day.isoformat(),
        "output": _short(site, str(summary.output)),
        "summary": {
            "pages": summary.pages,
            "posts": summary.posts,
            "sponsors": summary.sponsors,
            "next_change": [change[0].isoformat(), change[1]] if change else None,
        },
    }


def _short(site: Path, name: str) -> str:
    """Return a full name as seen from the site, if it is below: the site may be moved or copied."""
    return _HERE + name[len(str(site)) :] if name.startswith(f"{site}{os.sep}") else name


def _full(site: Path, name: str) -> str:
    return f"{site}{name[len(_HERE) :]}" if name.startswith(_HERE) else name


def _digests(site: Path, file: Path) -> Mapping[tuple[str, int, int, str], str]:
    """Return the digests that an earlier list has of files that were not new then."""
    with contextlib.suppress(OSError, ValueError, TypeError, KeyError, AttributeError):
        kept = json.loads(file.read_bytes())
        if kept["version"] == VERSION:
            return {
                (_full(site, name), size, time, target): digest
                for name, (size, time, target, digest) in kept["inputs"].items()
                if time < kept["since"]
            }
    return {}


def _file(site: Path, *, final: bool) -> Path:
    return site / FOLDER / ("final.inputs" if final else "development.inputs")


def _stat(output: Path, name: str) -> list[int]:
    status = os.stat(f"{output}/{name}", follow_symlinks=False)  # noqa: PTH116 - thousands
    return [status.st_size, status.st_mtime_ns, status.st_mode]


def _is_there(output: Path, name: str, state: list[int]) -> bool:
    return _stat(output, name) == state
