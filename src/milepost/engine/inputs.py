"""What a build is made from, as the disk and the system know it: to tell whether it is the same."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final

from milepost import __version__, paths

_PACKAGE: Final = Path(os.path.realpath(__file__)).parents[1]
_OF_A_SHELL: Final = frozenset({"_", "PWD", "OLDPWD", "SHLVL", "COLUMNS", "LINES", "TERM"})
"""Variables that say how a command was typed, and nothing to a build."""

State = tuple[int, int, str]
"""Of a file: bytes, its time in nanoseconds, where it leads if it is a link."""


def look_at(files: Iterable[Path], folders: Iterable[Path]) -> dict[str, State]:
    """Return the state of each file, and of all files in the folders, by full name.

    A file that is not there is left out, so that its coming is noticed. Names that begin with a
    dot are no part of a site, as for `paths.walk`.

    Raises:
        OSError: a folder cannot be read.
    """
    found = dict(_below(folders))
    for file in files:
        with contextlib.suppress(OSError):
            if not file.is_dir():
                found[str(file)] = _state(str(file), is_link=file.is_symlink())
    return found


def digest_of(file: str) -> str:
    """Return the SHA-256 of a file in hexadecimal, "" for one that cannot be read."""
    try:
        return paths.digest_of(Path(file))
    except OSError:
        return ""


def surroundings() -> str:
    """Return a digest of all beside files that may change a site.

    That is the environment, for settings may ask it, the Python that runs, the packages beside it
    and Milepost's own code.
    """
    environment = {key: text for key, text in os.environ.items() if key not in _OF_A_SHELL}
    about = [sys.version, __version__, sorted(environment.items()), _installed(), sorted(_code())]
    return hashlib.sha256(json.dumps(about).encode()).hexdigest()


def _below(folders: Iterable[Path]) -> Iterator[tuple[str, State]]:
    left = [str(folder) for folder in folders]
    while left:
        folder = left.pop()
        try:
            entries = list(os.scandir(folder))
        except FileNotFoundError:
            continue
        for entry in entries:
            if entry.name.startswith("."):
                continue
            if entry.is_dir(follow_symlinks=False):
                left.append(entry.path)
            elif entry.is_symlink():
                yield entry.path, _state(entry.path, is_link=True)
            else:
                status = entry.stat()
                yield entry.path, (status.st_size, status.st_mtime_ns, "")


def _state(file: str, *, is_link: bool) -> State:
    target = os.readlink(file) if is_link else ""  # noqa: PTH115 - a name, many times
    try:
        status = os.stat(file)  # noqa: PTH116 - the same
    except OSError:
        if is_link:
            return 0, 0, target
        raise
    return status.st_size, status.st_mtime_ns, target


def _installed() -> list[str]:
    """Return the names of all installed packages, which have their versions in them."""
    return sorted(
        name
        for folder in sys.path
        if folder.endswith("-packages") and os.path.isdir(folder)  # noqa: PTH112
        for name in os.listdir(folder)  # noqa: PTH208 - hundreds of names
        if name.endswith("-info")
    )


def _code() -> Iterator[tuple[str, State]]:
    for name, state in _below([_PACKAGE]):
        if name.endswith((".py", ".txt", ".html", ".css", ".js")):
            yield name, state


def same(before: Mapping[str, list[object]], now: Mapping[str, State], since: int) -> bool:
    """Say whether files are as they were.

    `before` has their states and then their digests. One whose time alone is another is looked
    into, and so is one that was changed after `since`, in nanoseconds: a second change within
    the disk's resolution would not show in its time.
    """
    if before.keys() != now.keys():
        return False
    for name, (size, time, target) in now.items():
        old_size, old_time, old_target, digest = before[name]
        if size != old_size or target != old_target:
            return False
        if (time != old_time or time >= since) and digest_of(name) != digest:
            return False
    return True
