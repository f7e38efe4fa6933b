"""An output folder as it lies before a commit: what is where, and who put it there."""

from __future__ import annotations

import re
import stat
import unicodedata
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

Kind = Literal["nothing", "file", "folder", "link", "other"]

TEMPORARY: Final = re.compile(r"\.milepost-[0-9a-f]{16}\.tmp")
"""The name of a file that a commit is writing; one that is there before was left by a kill."""

# Windows marks its links and junctions, but not files kept in a cloud, with this bit.
_NAME_SURROGATE: Final = 0x20000000


# Without slots, because these would leave no room for the cached properties.
@dataclass(frozen=True, kw_only=True)
class Ground:
    """An output folder, what builds made in it before, and what this one makes.

    `folder` has its links followed, `label` is what messages call it. `new` are the names that
    this build makes, `old` those that the record says builds made before: relative, with forward
    slashes.
    """

    folder: Path
    label: str
    new: frozenset[str]
    old: frozenset[str]

    @cached_property
    def stale(self) -> frozenset[str]:
        """The names that builds made before and this one does not make."""
        return self.old - self.new

    @cached_property
    def stale_folders(self) -> frozenset[str]:
        """The folders on the way to the stale names."""
        return frozenset(parent for name in self.stale for parent in parents(name))

    @cached_property
    def new_folders(self) -> frozenset[str]:
        """The folders on the way to the new names."""
        return frozenset(parent for name in self.new for parent in parents(name))

    def at(self, name: str) -> Path:
        """Return the path of `name` in the output."""
        return self.folder / name

    def is_ours(self, name: str) -> bool:
        """Say whether a build made the file there, also when only the name's case changed."""
        if name in self.old:
            return True
        twin = self._old_by_case.get(without_case(name))
        return twin is not None and is_same(self.at(twin), self.at(name))

    @cached_property
    def _old_by_case(self) -> dict[str, str]:
        return {without_case(name): name for name in self.old}


def kind(path: Path) -> Kind:
    """Return what is at `path`, without following a link there.

    Raises:
        OSError: it cannot be looked at.
    """
    try:
        status = path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return "nothing"
    if stat.S_ISLNK(status.st_mode) or getattr(status, "st_reparse_tag", 0) & _NAME_SURROGATE:
        return "link"
    if stat.S_ISDIR(status.st_mode):
        return "folder"
    return "file" if stat.S_ISREG(status.st_mode) else "other"


def without_case(name: str) -> str:
    """Return the one name under which a disk that ignores case would keep `name`."""
    return unicodedata.normalize("NFC", name).casefold()


def parents(name: str) -> Iterator[str]:
    """Yield the folders on the way to `name`, outermost first."""
    return accumulate(name.split("/")[:-1], "{}/{}".format)


def is_same(one: Path, other: Path) -> bool:
    """Say whether two paths lead to one file or folder, however the disk spells them."""
    try:
        return one.samefile(other)
    except (FileNotFoundError, NotADirectoryError):
        return False
