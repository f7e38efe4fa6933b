"""Saving an organiser's file: the whole of it or, when something fails, nothing."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path


def whole_text(path: Path) -> str:
    """Return a file's text with its line ends and its byte-order mark."""
    return path.read_bytes().decode()


def replace_text(path: Path, text: str) -> None:
    """Put a text in the place of a file's, which keeps its permissions.

    Raises:
        OSError: the disk refuses; the file is as it was.
    """
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.stem}-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(text.encode())
            file.flush()
            os.fsync(file.fileno())
        shutil.copymode(path, temporary)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
