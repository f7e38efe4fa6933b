"""The files of a site that is being finished: in the stage, or in the output already."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path
from stat import S_ISREG

from milepost.engine.stage import staged_files


class Finished:
    """What a build has made so far. Names are below the output, with forward slashes.

    A file of which the `output` has every byte already is compared and no more; without an
    `output` all of it is staged. Programs of others may write into `stage` as well.
    """

    def __init__(self, stage: Path, output: Path | None = None) -> None:
        self.stage = stage
        self._output = output
        self._digests: dict[str, str] = {}
        self._folders: set[Path] = set()

    def put(self, name: str, data: bytes) -> str:
        """Add a file with these bytes; return their SHA-256 in hexadecimal."""
        digest = hashlib.sha256(data).hexdigest()
        if self._digests.get(name) != digest:
            self._digests[name] = digest
            if not (self._output and _has_bytes(self._output / name, data)):
                self._write(name, data)
        return digest

    def know(self, name: str, digest: str) -> None:
        """Note a file that another process has put."""
        self._digests[name] = digest

    def names(self) -> list[str]:
        """Return the name of every file of the site, sorted."""
        return sorted(self._digests.keys() | self.staged().keys())

    def staged(self) -> Mapping[str, Path]:
        """Return the files that lie in the stage, by name, sorted."""
        return staged_files(self.stage)

    def digests(self) -> Mapping[str, str]:
        """Return the SHA-256 of every file of the site, by name, sorted."""
        # Without an output it is others who have the last word on what is staged.
        sure = self._digests if self.is_compared else {}
        found = {name: sure.get(name) or digest_of(path) for name, path in self.staged().items()}
        return dict(sorted({**self._digests, **found}.items()))

    def stage_again(self, name: str) -> None:
        """Put a file that the output has into the stage as well."""
        if self._output and not (self.stage / name).exists():
            self._write(name, self.read(name))

    def read(self, name: str) -> bytes:
        """Return the bytes of a file of the site.

        Raises:
            OSError: there is no such file.
        """
        staged = self.stage / name
        if self._output and not staged.exists():
            return (self._output / name).read_bytes()
        return staged.read_bytes()

    @property
    def is_compared(self) -> bool:
        """Whether what is staged is known to differ from what the output has."""
        return self._output is not None

    def _write(self, name: str, data: bytes) -> None:
        path = self.stage / name
        if path.parent not in self._folders:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._folders.add(path.parent)
        path.write_bytes(data)


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _has_bytes(path: Path, data: bytes) -> bool:
    """Say whether there is a file with these bytes; what a link leads to does not count."""
    try:
        status = path.lstat()
        is_like = S_ISREG(status.st_mode) and status.st_size == len(data)
        return is_like and path.read_bytes() == data
    except OSError:
        return False
