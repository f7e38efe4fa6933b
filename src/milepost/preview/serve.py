"""`milepost serve`: build, show, and build again whenever a file changes."""

from __future__ import annotations

import os
import sys
import webbrowser
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final

from watchfiles import watch

from milepost.preview.server import serving

WATCHED: Final = ("content", "theme", "sponsors.yaml", "pelicanconf.py", "publishconf.py")
"""What a site is made from, below its folder."""


_PAUSE: Final = 200
"""In milliseconds: after so long without a change the watching says so, and goes on."""


def serve(
    site: Path,
    output: Path,
    build: Callable[[], bool],
    *,
    port: int,
    with_browser: bool,
    say: Callable[[str], None],
) -> None:
    """Build the site and serve `output` until interrupted; build again after every change.

    `build` prints what is wrong itself and says whether it succeeded; after a failure the last
    good site is served on.
    """
    changes = watch(
        site,
        watch_filter=lambda _, path: is_watched(site, Path(path)),
        rust_timeout=_PAUSE,
        yield_on_timeout=True,
    )
    next(changes)  # From here on a change is noticed, also one that comes while the site is built.
    with serving(output, port) as address:
        build()
        say(f"\nYour site is at {address}  (Ctrl-C ends this)")
        if with_browser and _has_display():
            webbrowser.open(address)
        for changed in filter(None, changes):
            say(f"\n{_named(site, (path for _, path in changed))} changed; building again …")
            build()


def is_watched(site: Path, path: Path) -> bool:
    """Say whether a change of `path` changes the site of the folder `site`."""
    try:
        parts = path.relative_to(site).parts
    except ValueError:
        return False
    return bool(parts) and parts[0] in WATCHED and not any(_is_scrap(part) for part in parts)


def _is_scrap(name: str) -> bool:
    """Say whether an editor made a file for itself."""
    return name.startswith(".") or name.endswith(("~", ".swp", ".tmp")) or name == "__pycache__"


def _named(site: Path, changed: Iterable[str]) -> str:
    names = sorted(Path(path).relative_to(site).as_posix() for path in changed)
    more = f" and {len(names) - 1} more" if len(names) > 1 else ""
    return f"{names[0]}{more}"


def _has_display() -> bool:
    """Say whether a browser can open a window; a text browser would take the terminal."""
    if sys.platform in {"win32", "darwin"}:
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
