"""The theme's own files: its stylesheets joined into one, and its icon."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from milepost.media import Shelf
from milepost.render.site import ThemeFiles
from milepost.render.templates import read_utf8


def publish_theme(folders: Sequence[Path], sizes: str, shelf: Shelf) -> ThemeFiles:
    """Put the theme's files on the shelf; return their addresses.

    `folders` are `static` folders of themes, the site's own before ours; a file of an earlier
    one stands for its namesake in a later one. Stylesheets are joined in the order of their
    names. `sizes` is the generated stylesheet of the walls.

    Raises:
        TemplateFailed: a stylesheet is not UTF-8.
    """
    found = _files(folders)
    css = "\n".join(
        read_utf8(path, f"theme/static/{name}")
        for name, path in sorted(found.items())
        if name.startswith("css/") and name.endswith(".css")
    )
    sheets = [shelf.put("site", ".css", css.encode())]
    if sizes:
        sheets.append(shelf.put("sizes", ".css", sizes.encode()))
    icon = found.get("favicon.svg")
    return ThemeFiles(
        stylesheets=tuple(sheets),
        icon=shelf.put("icon", ".svg", icon.read_bytes()) if icon else "",
    )


def _files(folders: Sequence[Path]) -> dict[str, Path]:
    found: dict[str, Path] = {}
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.is_file() and not path.name.startswith("."):
                found.setdefault(path.relative_to(folder).as_posix(), path)
    return found
