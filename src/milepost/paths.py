"""Joining paths so that nothing leaves its folder, and finding Milepost's own files."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Final

FOLDER: Final = ".milepost"
"""Milepost's own folder, below the site's."""

WINDOWS_NAMES: Final = frozenset(
    {"con", "prn", "aux", "nul"}
    | {port + number for port in ("com", "lpt") for number in "123456789"}
)
"""Names, in small letters, that no file on Windows can have, whatever its ending."""

_LONGEST: Final = 255
_NOT_IN_NAMES = re.compile(r'[\x00-\x1f\x7f\\<>"|?*]')


def theme() -> Path:
    """Return the folder of Milepost's own theme, in a checkout or in an installed wheel."""
    here = Path(__file__).parent
    packed = here / "theme"
    return packed if packed.is_dir() else here.parents[1] / "theme"


def objection(name: str) -> str | None:
    """Return why `name` may not be used as a path below a folder, or None when it may.

    `name` is a relative path with forward slashes, as an organiser writes it. The reason
    completes the sentence 'logo "…" …'.
    """
    if not name or name != name.strip():
        return "is empty or has spaces round it"
    if name.startswith("/") or ":" in name:
        return "must be a name inside the folder, not a full path"
    if _NOT_IN_NAMES.search(name):
        return "has a character that file names cannot have everywhere (use / between folders)"
    return next(filter(None, map(_part_objection, name.split("/"))), None)


def _part_objection(part: str) -> str | None:
    if part == "..":
        return "must not leave its folder with .."
    if part in {"", "."}:
        return "has an empty part between two /"
    if (
        part.endswith((".", " "))
        or part.split(".", maxsplit=1)[0].rstrip().casefold() in WINDOWS_NAMES
    ):
        return "has a name that Windows cannot keep"
    if len(part.encode("utf-8", "surrogatepass")) > _LONGEST:
        return f"has a name of more than {_LONGEST} bytes"
    return None


def inside(folder: Path, name: str) -> Path:
    """Return `folder / name` for a name to which there is no `objection`.

    Raises:
        ValueError: the name is refused, or a symbolic link on the way leads out of the folder.
    """
    reason = objection(name)
    if reason:
        raise ValueError(f"{name} {reason}")
    path = folder.joinpath(*PurePosixPath(name).parts)
    try:
        stays = path.resolve().is_relative_to(folder.resolve())
    except (OSError, RuntimeError):
        raise ValueError(f"{name} is a symbolic link that leads round in a circle") from None
    if not stays:
        raise ValueError(f"{name} is a symbolic link that leads out of its folder")
    return path


def exact_case(folder: Path, name: str) -> str | None:
    """Return `name` as the disk spells it, or None when there is no such file.

    Case is compared part by part, so that a name that works only on a disk that ignores case
    is noticed on every machine.
    """
    found: list[str] = []
    here = folder
    for part in PurePosixPath(name).parts:
        try:
            entries = os.listdir(here)  # noqa: PTH208 - five times as quick, and asked for each logo
        except OSError:
            return None
        if part in entries:
            spelt = part
        else:
            alike = sorted(entry for entry in entries if entry.casefold() == part.casefold())
            if not alike:
                return None
            spelt = alike[0]
        found.append(spelt)
        here /= spelt
    return "/".join(found)


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file in hexadecimal.

    Raises:
        OSError: it cannot be read.
    """
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def leads_out(path: Path, folder: Path) -> bool:
    """Say whether a path, its links followed, is outside a folder; a circle of links is."""
    try:
        return not path.resolve().is_relative_to(folder.resolve())
    except (OSError, RuntimeError):
        return True


def walk(folder: Path) -> Iterator[tuple[str, Path]]:
    """Yield (name below `folder`, path) of every file, sorted by name, hidden ones left out.

    Names that begin with a dot, folders included, are skipped. Symbolic links are yielded as
    they are and never followed into a folder. A folder that is not there has no files.

    Raises:
        OSError: a folder cannot be read; its files are not to be taken for gone.
    """
    for here, folders, files in os.walk(folder, onerror=_unless_missing):
        linked = [name for name in folders if Path(here, name).is_symlink()]
        folders[:] = sorted(
            name for name in folders if not name.startswith(".") and name not in linked
        )
        inside = Path(here).relative_to(folder).as_posix()
        start = "" if inside == "." else f"{inside}/"
        for name in sorted(files + linked):
            if not name.startswith("."):
                yield start + name, Path(here, name)


def _unless_missing(error: OSError) -> None:
    if not isinstance(error, FileNotFoundError):
        raise error
