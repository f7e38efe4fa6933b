"""What was made of pictures before, kept by what it was made from."""

from __future__ import annotations

import contextlib
import hashlib
import sqlite3
import threading
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import Final

VERSION: Final = "9"
"""Counts up whenever the same picture would be made into something else."""

MAKERS: Final = ("pillow", "py-svg-hush", "resvg-py")
"""The packages that clean, measure and save pictures: another version may do it otherwise."""

_TABLE: Final = "CREATE TABLE IF NOT EXISTS made (key BLOB PRIMARY KEY, digest BLOB, data BLOB)"


class Memory:
    """A file of bytes, each under the digest of what they follow from.

    That is what they are made from, and the versions of the programs that make them.

    Without a file nothing is kept. Whatever is wrong with the file only costs time: what cannot
    be read is made again, and a file that is none of ours any more begins anew. Several threads
    may ask at a time.
    """

    def __init__(self, file: Path | None) -> None:
        self._file = file
        self._base: sqlite3.Connection | None = None
        self._one_at_a_time = threading.RLock()
        self._used: set[bytes] = set()
        self._made_by = (VERSION, *map(version, MAKERS)) if file else ()

    def recall(self, make: Callable[[], bytes], *parts: str) -> bytes:
        """Return what `make` makes, or what it made of the same `parts` before."""
        if self._file is None:
            return make()
        key = _digest("\0".join((*self._made_by, *parts)).encode())
        self._used.add(key)
        found = self._rows("SELECT digest, data FROM made WHERE key = ?", key)
        if found and _digest(found[0][1]) == found[0][0]:
            return bytes(found[0][1])
        made = make()
        self._rows("INSERT OR REPLACE INTO made VALUES (?, ?, ?)", key, _digest(made), made)
        return made

    def forget_others(self) -> None:
        """Remove everything that was not asked for: the pictures it was made from are gone."""
        if self._file is None or not self._file.is_file():
            return
        for (key,) in self._rows("SELECT key FROM made"):
            if key not in self._used:
                self._rows("DELETE FROM made WHERE key = ?", key)

    def close(self) -> None:
        """Let go of the file."""
        with self._one_at_a_time:
            if self._base:
                self._base.close()
                self._base = None

    def _rows(self, statement: str, *values: bytes) -> list[tuple[bytes, ...]]:
        with self._one_at_a_time:
            try:
                base = self._base or self._opened()
                return base.execute(statement, values).fetchall()
            except (sqlite3.Error, OSError):
                self.close()
                if self._file:
                    with contextlib.suppress(OSError):
                        self._file.unlink()
                return []

    def _opened(self) -> sqlite3.Connection:
        assert self._file is not None  # noqa: S101 - asked before
        self._file.parent.mkdir(parents=True, exist_ok=True)
        self._base = sqlite3.connect(self._file, isolation_level=None, check_same_thread=False)
        # A machine that goes off in the middle costs the memory, and nothing else.
        for statement in ("PRAGMA journal_mode = OFF", "PRAGMA synchronous = OFF", _TABLE):
            self._base.execute(statement)
        return self._base


def _digest(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()
