"""The stage: the folder in which a site is finished before any of it is put into its output."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import threading
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from milepost.paths import FOLDER

if TYPE_CHECKING:
    from collections.abc import Iterator

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

_PREFIX: Final = "stage-"

# A lock on a file keeps other processes out, but not this one. Pelican keeps its state in the
# process, so one build at a time is right whichever sites they are of.
_THIS_PROCESS: Final = threading.Lock()


class BuildRefused(Exception):
    """A build that will not be begun or finished; its text says what, where and what to do."""


@contextmanager
def or_refuse(what: str, then: str) -> Iterator[None]:
    """Turn an `OSError` of the block into a refusal: `what`, the system's reason, then `then`.

    Raises:
        BuildRefused: the system did not allow something.
    """
    try:
        yield
    except OSError as error:
        place = f": {error.filename}" if error.filename else ""
        reason = f"{error.strerror or error}{place}"
        raise BuildRefused(f"{what} ({reason}); {then}") from error


@contextmanager
def new_stage(site: Path) -> Iterator[Path]:
    """Give an empty folder below `site/.milepost`, and the site to this build alone.

    The folder is on the site's disk and is removed at the end, whatever happens; what killed
    builds left behind is removed at the start. Until the end no other build of the site begins,
    so the files are to be put in place inside the block too.

    Raises:
        BuildRefused: another build of this site is running, or `.milepost` cannot be written.
    """
    home = site.absolute() / FOLDER
    with _alone(home):
        with _home_writable():
            _remove_leftovers(home)
            stage = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=home))
        try:
            yield stage
        finally:
            _remove(stage)


def _remove(stage: Path) -> None:
    """Remove a stage, also when somebody presses Ctrl-C in the middle of that."""
    try:
        shutil.rmtree(stage, ignore_errors=True)
    except KeyboardInterrupt:
        shutil.rmtree(stage, ignore_errors=True)
        raise


def staged_files(stage: Path) -> dict[str, Path]:
    """Return every file below the stage, hidden ones too, by its name with forward slashes.

    The names are sorted.

    Raises:
        BuildRefused: something in the stage is neither a folder nor a file, such as a link.
    """
    with or_refuse("The finished pages cannot be read", "build again"):
        return dict(sorted(_files(stage, "")))


def _files(folder: Path, prefix: str) -> Iterator[tuple[str, Path]]:
    with os.scandir(folder) as entries:
        for entry in entries:
            name = prefix + entry.name
            if entry.is_dir(follow_symlinks=False):
                yield from _files(Path(entry.path), f"{name}/")
            elif entry.is_file(follow_symlinks=False):
                yield name, Path(entry.path)
            else:
                raise BuildRefused(
                    f"{name} would be a link or a device in the finished site, which may hold "
                    "nothing but files; put a copy of the file in its place and build again."
                )


@contextmanager
def _alone(home: Path) -> Iterator[None]:
    """Hold the site for this build: the system lets go of it even when the process is killed."""
    if not _THIS_PROCESS.acquire(blocking=False):
        raise _another_build()
    try:
        with _home_writable():
            home.mkdir(exist_ok=True)
            file = (home / "build.lock").open("ab")
        with file:
            _lock(file.fileno())
            yield
    finally:
        _THIS_PROCESS.release()


def _lock(descriptor: int) -> None:
    """Take the lock, which closing the file gives back.

    It is `lockf` rather than `flock`, because forked workers would inherit the latter and keep
    it when the build is killed and they are not.
    """
    try:
        if sys.platform == "win32":
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            fcntl.lockf(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError) as error:
        raise _another_build() from error
    except OSError as error:
        raise BuildRefused(
            f"The disk of the site cannot be locked for one build ({error.strerror or error}); "
            "move the site's folder to a disk of this computer."
        ) from error


def _another_build() -> BuildRefused:
    return BuildRefused(
        "Another build of this site is running; wait until it is done, or stop it, and try again."
    )


@contextmanager
def _home_writable() -> Iterator[None]:
    with or_refuse(
        f"Milepost cannot write in the site's folder {FOLDER}",
        "make sure that it is a folder that you may change, and that the disk is not full.",
    ):
        yield


def _remove_leftovers(home: Path) -> None:
    for path in home.glob(f"{_PREFIX}*"):
        shutil.rmtree(path, ignore_errors=True)
