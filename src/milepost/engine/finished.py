"""The files of a site that is being finished: in the stage, or in the output already."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from stat import S_ISREG
from typing import Final

from milepost.engine.stage import staged_files
from milepost.paths import digest_of

_OWN: Final = ".milepost-files"
"""The folder of a stage that has our own files side by side, so that few folders are made."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Put:
    """A file that was put: its SHA-256 in hexadecimal, and whether the output lacks its bytes."""

    digest: str
    is_new: bool


class Finished:
    """What a build has made so far. Names are below the output, with forward slashes.

    A file of which the `output` has every byte already is compared and no more. Without an
    `output` all of it is staged, each file in its place, where plugins may change it; they may
    add files of their own to the `stage` either way.
    """

    def __init__(self, stage: Path, output: Path | None = None) -> None:
        self.stage = stage
        self._output = output
        self._put: dict[str, Put] = {}
        if output:
            (stage / _OWN).mkdir(parents=True, exist_ok=True)

    def put(self, name: str, data: bytes) -> Put:
        """Add a file with these bytes."""
        digest = hashlib.sha256(data).hexdigest()
        known = self._put.get(name)
        if known and known.digest == digest:
            return known
        is_new = not (self._output and _has_bytes(f"{self._output}/{name}", data))
        if is_new:
            self._write(name, data)
        self._put[name] = put = Put(digest=digest, is_new=is_new)
        return put

    def know(self, name: str, put: Put) -> None:
        """Note a file that another process has put."""
        self._put[name] = put

    def names(self) -> list[str]:
        """Return the name of every file of the site, sorted."""
        return sorted(self._put.keys() | self._others().keys())

    def staged(self) -> Mapping[str, Path]:
        """Return the files that lie in the stage, by name, sorted."""
        own = {name: self._path(name) for name, put in self._put.items() if put.is_new}
        return dict(sorted({**own, **self._others()}.items()))

    def digests(self) -> Mapping[str, str]:
        """Return the SHA-256 of every file of the site, by name, sorted."""
        own = {name: put.digest for name, put in self._put.items()}
        others = {name: digest_of(path) for name, path in self._others().items()}
        return dict(sorted({**own, **others}.items()))

    def stage_again(self, name: str) -> None:
        """Put a file that the output has into the stage as well."""
        put = self._put.get(name)
        if put and not put.is_new:
            self._write(name, self.read(name))
            self._put[name] = Put(digest=put.digest, is_new=True)

    def read(self, name: str) -> bytes:
        """Return the bytes of a file of the site.

        Raises:
            OSError: there is no such file.
        """
        put = self._put.get(name)
        if put and not put.is_new and self._output:
            return (self._output / name).read_bytes()
        return self.staged()[name].read_bytes()

    @property
    def is_compared(self) -> bool:
        """Whether what is staged is known to differ from what the output has."""
        return self._output is not None

    def _others(self) -> Mapping[str, Path]:
        """Return the files that lie in their place in the stage."""
        return {
            name: path
            for name, path in staged_files(self.stage).items()
            if not name.startswith(f"{_OWN}/")
        }

    def _path(self, name: str) -> Path:
        if not self.is_compared:
            return self.stage / name
        return self.stage / _OWN / hashlib.sha256(name.encode()).hexdigest()

    def _write(self, name: str, data: bytes) -> None:
        path = self._path(name)
        if not self.is_compared:
            path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def _has_bytes(path: str, data: bytes) -> bool:
    """Say whether there is a file with these bytes; what a link leads to does not count."""
    # Names and descriptors, not paths: it is asked for each page of each build.
    try:
        status = os.lstat(path)
        if not S_ISREG(status.st_mode) or status.st_size != len(data):
            return False
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
    except OSError:
        return False
    try:
        return os.read(descriptor, len(data) + 1) == data
    except OSError:
        return False
    finally:
        os.close(descriptor)
