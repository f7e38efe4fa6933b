"""Putting a finished site into its output folder, file by whole file."""

from __future__ import annotations

import errno
import os
import secrets
import shutil
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Final

from milepost.engine.finished import Finished
from milepost.engine.ground import TEMPORARY, Ground, kind, parents, without_case
from milepost.engine.obstacles import (
    output_label,
    refuse_obstacles,
    refuse_output,
    refuse_read_only,
)
from milepost.engine.record import Profile, Record, load_record, save_record
from milepost.engine.stage import or_refuse
from milepost.paths import digest_of
from milepost.roster.published import PublishedSponsor

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

_PAGES: Final = frozenset({".html", ".htm"})
_ABOUT_PAGES: Final = frozenset({".xml", ".json", ".txt", ".ics"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What a commit did to the output, in numbers of files."""

    written: int
    unchanged: int
    removed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Work:
    """What a commit has to do: which staged files to write, in order, and which names to end."""

    ground: Ground
    staged: Mapping[str, Path]
    changed: list[str]
    record: Record
    before: Record | None


def commit(
    finished: Finished,
    output: Path,
    record_file: Path,
    profile: Profile,
    day: date,
    *,
    sponsors: tuple[PublishedSponsor, ...] = (),
) -> Changes:
    """Make the output hold the finished files, and none that an earlier build made besides.

    Each changed file is replaced whole; a file with the right bytes keeps its modification time.
    What no build made is not touched. A commit that is killed leaves every file whole, and the
    next one finishes it. `record_file` lies in `.milepost` of the site's folder; the site must
    be held by `new_stage` meanwhile. `sponsors` are kept in the record as public.

    Raises:
        BuildRefused: something forbids it, and nothing was changed; or the system failed half
            way, which the message then says.
    """
    refuse_output(output, record_file)
    label = output_label(output, record_file.parent.parent)
    with or_refuse(
        f"The site cannot be saved in {label}/",
        "nothing was changed; mend that, and build again.",
    ):
        record = Record(profile=profile, day=day, files=finished.digests(), sponsors=sponsors)
        before = load_record(record_file)
        work = _planned(finished, _ground(output, label, record.files, before), record, before)
        if _is_done(work):
            return Changes(written=0, unchanged=len(record.files), removed=0)
        save_record(record_file, _intent(work))
    with or_refuse(
        f"{label}/ is only partly new, though every file in it is whole",
        "mend that (is the disk full?) and build again, which finishes it.",
    ):
        removed = _carried_out(work)
        save_record(record_file, work.record)
    written = len(work.changed)
    return Changes(written=written, unchanged=len(record.files) - written, removed=removed)


def _ground(output: Path, label: str, new: Iterable[str], before: Record | None) -> Ground:
    return Ground(
        folder=Path(os.path.realpath(output)),
        label=label,
        new=frozenset(new),
        old=frozenset(before.files if before else ()),
    )


def _planned(finished: Finished, ground: Ground, record: Record, before: Record | None) -> _Work:
    # On a disk that ignores case, removing the old spelling removes the file itself.
    respelt = {without_case(name) for name in ground.stale}
    for name in record.files if respelt else ():
        if without_case(name) in respelt:
            finished.stage_again(name)
    staged = finished.staged()
    # What is only compared is a file with the right bytes, and stands in nobody's way.
    refuse_obstacles(ground, staged.keys() | (ground.new - ground.old))
    there = {name for name in staged if kind(ground.at(name)) == "file"}
    changed = [
        name
        for name in staged
        if finished.is_compared
        or name not in there
        or without_case(name) in respelt
        or digest_of(ground.at(name)) != record.files[name]
    ]
    changed.sort(key=lambda name: _turn(name, is_new=name not in there))
    refuse_read_only(ground, [*changed, *ground.stale])
    return _Work(ground=ground, staged=staged, changed=changed, record=record, before=before)


def _turn(name: str, *, is_new: bool) -> tuple[int, int, str]:
    """Return the sort key that puts a file after what it names or needs.

    Assets, then pages that nothing links to yet, then the pages that are replaced, listings
    (nearer to the top) after what they list; feeds, sitemap and the like last, `build.json` as
    the very last.
    """
    path = PurePosixPath(name)
    if name == "build.json":
        return (4, 0, name)
    if path.suffix in _ABOUT_PAGES:
        return (3, 0, name)
    if path.suffix not in _PAGES:
        return (0, 0, name)
    return (1 if is_new else 2, -len(path.parts), name)


def _is_done(work: _Work) -> bool:
    return not work.changed and work.before == work.record


def _intent(work: _Work) -> Record:
    before = work.before.files if work.before else {}
    # Until all of it is there, the sponsors that readers know are those from before.
    return replace(
        work.record,
        files={**before, **work.record.files},
        finished=False,
        sponsors=work.before.sponsors if work.before else (),
    )


def _carried_out(work: _Work) -> int:
    """Change the output; return how many stale files were removed."""
    ground = work.ground
    if work.before is None or not work.before.finished:
        _remove_temporaries(ground)
    early = _in_the_way(ground)
    removed = _remove(ground.folder, early)
    for name in work.changed:
        _put(work.staged[name], ground.at(name))
    return removed + _remove(ground.folder, ground.stale - early)


def _in_the_way(ground: Ground) -> frozenset[str]:
    """Return the stale names that must go before the new files can come.

    These are files where a folder must be, all in a folder where a file must be, and files
    whose name is kept but for its case.
    """
    files = {without_case(name) for name in ground.new}
    folders = {without_case(parent) for parent in ground.new_folders}
    return frozenset(
        name
        for name in ground.stale
        if without_case(name) in files | folders
        or any(without_case(parent) in files for parent in parents(name))
    )


def _put(source: Path, target: Path) -> None:
    """Replace `target` by `source` in one step, on whichever disk it is."""
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        source.replace(target)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        _put_copy(source, target)


def _put_copy(source: Path, target: Path) -> None:
    temporary = target.with_name(f".milepost-{secrets.token_hex(8)}.tmp")
    try:
        shutil.copyfile(source, temporary)
        temporary.replace(target)
    except BaseException:
        with suppress(OSError):
            temporary.unlink()
        raise


def _remove(folder: Path, names: Iterable[str]) -> int:
    """Remove the files and the folders that this empties; return the number of files."""
    removed = 0
    emptied: set[str] = set()
    for name in sorted(names):
        emptied.update(parents(name))
        if kind(folder / name) == "file":
            (folder / name).unlink()
            removed += 1
    for name in sorted(emptied, key=len, reverse=True):
        with suppress(OSError):
            (folder / name).rmdir()
    return removed


def _remove_temporaries(ground: Ground) -> None:
    """Remove what a killed commit was writing when it ended."""
    names = ground.new | ground.old
    for folder in {ground.folder, *(ground.at(name).parent for name in names)}:
        for path in folder.iterdir() if folder.is_dir() else ():
            if TEMPORARY.fullmatch(path.name) and kind(path) == "file":
                path.unlink()
