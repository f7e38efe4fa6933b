"""What builds found out about posts, in one file of a site, for development and final builds."""

from __future__ import annotations

import contextlib
import hashlib
import sqlite3
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Final, Literal, TypeVar

from milepost.config import SETTINGS_FILE
from milepost.problems import Problem

FILE: Final = "posts.db"
"""The name of the file, in the site's .milepost/."""

VERSION: Final = 1
"""Counts up whenever the table changes."""

_USERS: Final = {"development": 1, "final": 2}
_MANY: Final = 500
"""Keys in one question; SQLite takes at least 999."""

_TABLE: Final = "CREATE TABLE kept (key BLOB PRIMARY KEY, proof BLOB, users INTEGER, data TEXT)"
_DAMAGE: Final = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR})
_SHORT: Final = sqlite3.SQLITE_IOERR_SHORT_READ
_Made = TypeVar("_Made")
_Row = tuple[bytes, bytes, int, str]


class Cache:
    """A file of texts, each under the digest of everything that it follows from.

    Each has a proof, the digest of its key and itself, so that a damaged one is not believed.
    Each knows whether development and final builds use it, and goes when neither does. Whatever
    is wrong with the file costs time and is one of the `problems`: what cannot be read begins
    anew, and what cannot be written stays as it is.
    """

    def __init__(self, file: Path, profile: Literal["development", "final"]) -> None:
        self.problems: list[Problem] = []
        self._file = file
        self._user = _USERS[profile]
        self._base: sqlite3.Connection | None = None
        self._is_off = self._is_full = False
        self._used: dict[bytes, int] = {}

    def recall(self, keys: Collection[bytes]) -> Mapping[bytes, str]:
        """Return what is kept under any of the keys."""
        found: dict[bytes, str] = {}
        for some in _batches(sorted(keys)):
            nothing: list[_Row] = []
            for key, proof, users, data in self._tried(partial(_rows, keys=some), nothing):
                if _proof(key, data) == proof:
                    found[key] = data
                    self._used[key] = users
                else:
                    self._tell("is damaged in places, which are made anew")
        return found

    def keep(self, made: Mapping[bytes, str]) -> None:
        """Keep more: all of it, or nothing."""
        rows = [(key, _proof(key, data), self._user, data) for key, data in made.items()]
        if rows and not self._is_full:
            statement = "INSERT OR REPLACE INTO kept VALUES (?, ?, ?, ?)"
            self._tried(lambda base: _changed(base, [(statement, rows)]), None)
            self._used |= dict.fromkeys(made, self._user)

    def release(self, keys: Collection[bytes]) -> None:
        """Take note that this build has no use for some of what it recalled."""
        for key in keys:
            self._used.pop(key, None)

    def renounce(self, reason: str) -> None:
        """Take note of a reason for which something cannot be kept: a whole sentence."""
        self.problems.append(Problem(check="cache", file=SETTINGS_FILE, message=reason))

    def forget_others(self) -> None:
        """Remove what this build did not ask for, unless builds of the other profile use it."""
        if not self._is_full and (self._base or self._file.is_file()):
            self._tried(self._forget, None)

    def close(self) -> None:
        """Let go of the file."""
        if self._base:
            self._base.close()
            self._base = None

    def _forget(self, base: sqlite3.Connection) -> None:
        everything = dict(base.execute("SELECT key, users FROM kept"))
        mine = self._user
        users = {
            key: before | mine if key in self._used else before & ~mine
            for key, before in everything.items()
        }
        new = [(after, key) for key, after in users.items() if after and after != everything[key]]
        gone = [(key,) for key, after in users.items() if not after]
        if new or gone:
            update = ("UPDATE kept SET users = ? WHERE key = ?", new)
            _changed(base, [update, ("DELETE FROM kept WHERE key = ?", gone)])

    def _tried(self, action: Callable[[sqlite3.Connection], _Made], otherwise: _Made) -> _Made:
        """Do something with the file, once more with a new one if this is damaged."""
        for _ in range(2):
            if self._is_off:
                break
            try:
                return action(self._base or self._opened())
            except sqlite3.Error as error:
                self._mend(error)
            except OSError as error:
                self._tell(f"cannot be used: {error.strerror}")
                self._is_off = True
            if self._is_full:
                break
        return otherwise

    def _mend(self, error: sqlite3.Error) -> None:
        code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR)
        self.close()
        if code & 0xFF in _DAMAGE or code == _SHORT:
            self._tell("cannot be read, and is made anew")
            self._begin_anew()
        elif code & 0xFF == sqlite3.SQLITE_CANTOPEN:
            self._tell("cannot be opened")
            self._is_off = True
        else:
            self._tell(f"cannot be written ({error})")
            self._is_full = True

    def _opened(self) -> sqlite3.Connection:
        self._file.parent.mkdir(parents=True, exist_ok=True)
        self._base = base = sqlite3.connect(self._file, isolation_level=None, timeout=0.2)
        # A machine that goes off in the middle costs the cache, and nothing else.
        base.execute("PRAGMA synchronous = OFF")
        tables = [name for (name,) in base.execute("SELECT name FROM sqlite_master")]
        [(version,)] = base.execute("PRAGMA user_version")
        if tables and version != VERSION:
            self._tell("is of another version of Milepost, and is made anew")
            self.close()
            self._begin_anew()
            return self._opened()
        if not tables:
            _changed(base, [(_TABLE, [()]), (f"PRAGMA user_version = {VERSION}", [()])])
        return base

    def _begin_anew(self) -> None:
        self._used.clear()
        for file in (self._file, self._file.with_name(f"{self._file.name}-journal")):
            try:
                file.unlink(missing_ok=True)
            except OSError:
                self._is_off = True

    def _tell(self, what: str) -> None:
        """Say it once: one sentence is enough for a file that nobody has written."""
        if not any(problem.file != SETTINGS_FILE for problem in self.problems):
            file = f"{self._file.parent.name}/{self._file.name}"
            message = f"the file {what}. It only saves time; the site is the same without it."
            self.problems.append(Problem(check="cache", file=file, message=message))


def _rows(base: sqlite3.Connection, keys: Sequence[bytes]) -> list[_Row]:
    marks = ",".join("?" * len(keys))
    question = f"SELECT key, proof, users, data FROM kept WHERE key IN ({marks})"  # noqa: S608 - marks
    return base.execute(question, keys).fetchall()


def _changed(
    base: sqlite3.Connection, steps: Sequence[tuple[str, Sequence[Sequence[object]]]]
) -> None:
    """Do all steps, each with all its rows, or none."""
    base.execute("BEGIN IMMEDIATE")
    try:
        for statement, rows in steps:
            base.executemany(statement, rows) if rows != [()] else base.execute(statement)
        base.execute("COMMIT")
    except sqlite3.Error:
        with contextlib.suppress(sqlite3.Error):
            base.execute("ROLLBACK")
        raise


def _batches(keys: Sequence[bytes]) -> Iterator[Sequence[bytes]]:
    for start in range(0, len(keys), _MANY):
        yield keys[start : start + _MANY]


def _proof(key: bytes, data: str) -> bytes:
    return hashlib.sha256(key + data.encode("utf-8", "surrogatepass")).digest()
