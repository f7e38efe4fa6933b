"""Which files a piece of code opens: settings are a program, and may read what they like."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

_BEYOND: Final = frozenset(
    {"subprocess.Popen", "os.system", "os.posix_spawn", "os.exec", "os.fork", "os.startfile"}
    | {"socket.connect", "socket.getaddrinfo", "sqlite3.connect", "ctypes.dlopen"}
)
"""Events of Python's audit (PEP 578) after which a value may come from anywhere."""


@dataclass(slots=True)
class LookedAt:
    """The files that were opened, and whether something was asked that no file tells."""

    files: set[str] = field(default_factory=set)
    is_beyond: bool = False


_listening: list[LookedAt] = []
_is_installed = False


@contextmanager
def looked_at() -> Iterator[LookedAt]:
    """Note the files that are opened in the block, but for those of Python and its packages."""
    global _is_installed  # noqa: PLW0603 - such a hook can never be taken away again
    if not _is_installed:
        sys.addaudithook(_heard)
        _is_installed = True
    seen = LookedAt()
    _listening.append(seen)
    try:
        yield seen
    finally:
        _listening.remove(seen)


def _heard(event: str, arguments: tuple[Any, ...]) -> None:
    if not _listening:
        return
    if event == "open" and isinstance(arguments[0], str | bytes | os.PathLike):
        file = os.path.abspath(os.fsdecode(arguments[0]))  # noqa: PTH100 - of any type of path
        if not file.startswith(_OWN) and not file.startswith("/proc/"):
            for seen in _listening:
                seen.files.add(file)
    elif event in _BEYOND:
        for seen in _listening:
            seen.is_beyond = True


_OWN: Final = tuple(
    {
        str(folder) + os.sep
        for prefix in (sys.prefix, sys.base_prefix, Path(os.path.realpath(__file__)).parents[1])
        for folder in (prefix, os.path.realpath(prefix))
    }
)
