"""Finding a picture's file by the name an organiser wrote, and reading no more than allowed."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

from milepost import paths
from milepost.images.picture import TooLarge, Unusable
from milepost.problems import did_you_mean

_MEGABYTE = 1024 * 1024
_KILOBYTE = 1024


def subject(noun: str, folder: str, name: str) -> str:
    """Return how a message calls a file: 'logo content/logos/acme.svg'.

    `folder` is relative to the site. A name that is no path below it is quoted instead.
    """
    return f'{noun} "{name}"' if paths.objection(name) else f"{noun} {folder}/{name}"


def located(folder: Path, name: str) -> Path:
    """Return the file below `folder` that `name` means.

    Raises:
        Unusable: there is no such file, its case differs, or it is not inside the folder.
    """
    if "://" in name:
        raise Unusable("is a web address. Save the file in the site and write its name here.")
    reason = paths.objection(name)
    if reason:
        raise Unusable(reason if reason.endswith(".") else f"{reason}.")
    spelt = paths.exact_case(folder, name)
    if spelt is None:
        raise Unusable(f"does not exist.{_nearest(folder, name)}")
    if spelt != name:
        raise Unusable(f'is spelt "{spelt}" on disk; letters\' case matters on the web server.')
    return _inside(folder, name)


def contents(path: Path, limit: int) -> bytes:
    """Return the whole file, when it has at most `limit` bytes.

    Raises:
        TooLarge: it has more.
        Unusable: it is a folder, or cannot be read.
    """
    size = checked_size(path, limit)
    data = head(path, limit + 1)
    if len(data) > limit:
        raise TooLarge(_too_large(max(size, len(data)), limit))
    return data


def checked_size(path: Path, limit: int) -> int:
    """Return the size of a file in bytes, without opening it.

    Raises:
        TooLarge: it has more than `limit` bytes.
        Unusable: it is a folder, or gone.
    """
    try:
        size = path.stat().st_size
    except OSError as error:
        raise Unusable(_unreadable(error)) from error
    if not path.is_file():
        raise Unusable("is not a file.")
    if size > limit:
        raise TooLarge(_too_large(size, limit))
    return size


def head(path: Path, length: int) -> bytes:
    """Return the first `length` bytes of a file, or all when it has fewer.

    Raises:
        Unusable: it cannot be read.
    """
    try:
        with path.open("rb") as file:
            return file.read(length)
    except OSError as error:
        raise Unusable(_unreadable(error)) from error


def _inside(folder: Path, name: str) -> Path:
    try:
        return paths.inside(folder, name)
    except ValueError:
        raise Unusable(
            "is a symbolic link that leads out of its folder. Copy the file itself there."
        ) from None
    except (OSError, RuntimeError):
        raise Unusable("is a symbolic link that leads nowhere. Copy the file there.") from None


def _nearest(folder: Path, name: str) -> str:
    known = [file for file, _ in paths.walk(folder)]
    return did_you_mean(name, known) or did_you_mean(PurePosixPath(name).name, known)


def _too_large(size: int, limit: int) -> str:
    return f"is {_megabytes(size)} large, but at most {_megabytes(limit)} is allowed."


def _megabytes(size: int) -> str:
    # Rounded up, so that a file one byte over the limit does not seem to be within it.
    if size < _MEGABYTE:
        return f"{-(-size // _KILOBYTE):,} kB"
    return f"{-(-size * 10 // _MEGABYTE) / 10:,g} MB"


def _unreadable(error: OSError) -> str:
    return f"cannot be read ({error.strerror or error})."
