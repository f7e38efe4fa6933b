"""What was made of pictures before, kept by what it was made from."""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import Final

VERSION: Final = "2"
"""Counts up whenever the same picture would be made into something else."""

MAKERS: Final = ("pillow", "py-svg-hush", "resvg-py")
"""The packages that clean, measure and save pictures: another version may do it otherwise."""


class Memory:
    """A folder of bytes, each under the digest of what they follow from.

    That is what they are made from, and the versions of the programs that make them.

    Without a folder nothing is kept. Whatever is wrong with the folder only costs time: what
    cannot be read is made again.
    """

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._used: set[str] = set()
        self._made_by = (VERSION, *map(version, MAKERS)) if folder else ()

    def recall(self, make: Callable[[], bytes], *parts: str) -> bytes:
        """Return what `make` makes, or what it made of the same `parts` before."""
        if self._folder is None:
            return make()
        key = hashlib.sha256("\0".join((*self._made_by, *parts)).encode()).hexdigest()
        self._used.add(key)
        path = self._folder / key
        with contextlib.suppress(OSError):
            data = path.read_bytes()
            if _digest(data[32:]) == data[:32]:
                return data[32:]
        made = make()
        self._keep(path, made)
        return made

    def forget_others(self) -> None:
        """Remove everything that was not asked for: the pictures it was made from are gone."""
        if self._folder is None:
            return
        with contextlib.suppress(OSError):
            for path in list(self._folder.iterdir()):
                if path.name not in self._used:
                    path.unlink()

    @staticmethod
    def _keep(path: Path, data: bytes) -> None:
        beside = path.with_suffix(f".{os.getpid()}")
        with contextlib.suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            beside.write_bytes(_digest(data) + data)
            beside.replace(path)


def _digest(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()
