"""The theme's own files: stylesheets made ready for browsers, fonts, scripts and the icon."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import Final

import lightningcss

from milepost.media import PICTURES, Shelf
from milepost.problems import Problem
from milepost.render.site import ThemeFiles
from milepost.render.templates import TemplateFailed, read_utf8
from milepost.source import find_line

BROWSERS: Final = ("safari 15.4", "chrome 99", "firefox 97")
"""The oldest browsers that get the site's look: the first ones with `@layer`."""

_URL = re.compile(r"""url\(\s*(?P<quote>["']?)(?P<name>[^"')]*)(?P=quote)\s*\)""")
_BRACES = re.compile(r"""/\*.*?\*/|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|[{}]""", re.DOTALL)
_AT = re.compile(r"^(?P<says>.*) at .*?:(?P<line>\d+):\d+$", re.DOTALL)


def publish_theme(folders: Sequence[Path], sizes: str, shelf: Shelf) -> ThemeFiles:
    """Put the theme's files on the shelf; return their addresses.

    `folders` are `static` folders of themes, the site's own before ours; a file of an earlier
    one stands for its namesake in a later one. Stylesheets are joined in the order of their
    names, and what they name is published beside them. `sizes` is the generated stylesheet of
    the walls.

    Raises:
        TemplateFailed: a stylesheet is not UTF-8 or not CSS, or names a file that is not there.
    """
    found = _files(folders)
    sheets = [shelf.put("site", ".css", _joined(found, shelf).encode())]
    if sizes:
        sheets.append(shelf.put("sizes", ".css", _lowered(sizes, "sizes.css").encode()))
    icon = found.get("favicon.svg")
    return ThemeFiles(
        stylesheets=tuple(sheets),
        scripts=tuple(
            shelf.put(path.stem, ".js", path.read_bytes())
            for _, path in _of_kind(found, "js/", ".js")
        ),
        icon=shelf.put("icon", ".svg", icon.read_bytes()) if icon else "",
    )


def _files(folders: Sequence[Path]) -> dict[str, Path]:
    found: dict[str, Path] = {}
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.is_file() and not path.name.startswith("."):
                found.setdefault(path.relative_to(folder).as_posix(), path)
    return found


def _of_kind(found: Mapping[str, Path], folder: str, suffix: str) -> list[tuple[str, Path]]:
    return [
        (name, path)
        for name, path in sorted(found.items())
        if name.startswith(folder) and name.endswith(suffix)
    ]


def _joined(found: Mapping[str, Path], shelf: Shelf) -> str:
    sheets = []
    for name, path in _of_kind(found, "css/", ".css"):
        source = read_utf8(path, f"theme/static/{name}")

        def published(match: re.Match[str], sheet: str = name, text: str = source) -> str:
            return f"url({_published(match['name'], sheet, text, found, shelf)})"

        sheets.append(_URL.sub(published, _lowered(source, name)))
    return "\n".join(sheets) + "\n"


def _lowered(css: str, name: str) -> str:
    """Return CSS as short as it can be, for the oldest browsers that we serve."""
    if open_block := _open_block(css):
        # Browsers close at its end what a sheet leaves open, and lose what follows in silence.
        raise TemplateFailed(_problem(name, open_block, "this { has no } of its own."))
    try:
        return str(
            lightningcss.process_stylesheet(css, filename=name, browsers_list=list(BROWSERS))
        )
    except ValueError as error:
        says, at = str(error).removeprefix("Parsing stylesheet failed: "), _AT.match(str(error))
        if at:
            says = at["says"].removeprefix("Parsing stylesheet failed: ")
        # It counts lines from 0.
        line = int(at["line"]) + 1 if at else None
        raise TemplateFailed(_problem(name, line, f"this is not CSS: {says}.")) from None


def _open_block(css: str) -> int | None:
    """Return the line of the last { that no } ends, or None."""
    lines: list[int] = []
    for found in _BRACES.finditer(css):
        if found[0] == "{":
            lines.append(css.count("\n", 0, found.start()) + 1)
        elif found[0] == "}" and lines:
            lines.pop()
    return lines[-1] if lines else None


def _published(
    written: str, sheet: str, source: str, found: Mapping[str, Path], shelf: Shelf
) -> str:
    """Return the address of a file that a stylesheet names, as seen from the stylesheet."""
    if not written or written.startswith(("#", "data:")):
        return written
    line = find_line(source, written)
    if re.match(r"[a-z]+:|//", written, re.IGNORECASE):
        message = f"{written} would be loaded from another site. Put a copy into theme/static/."
        raise TemplateFailed(_problem(sheet, line, message, "third-party"))
    name = posixpath.normpath(posixpath.join(posixpath.dirname(sheet), written))
    if name not in found:
        message = f"{written} is not there: theme/static/{name} does not exist."
        raise TemplateFailed(_problem(sheet, line, message))
    path = PurePosixPath(name)
    stem = "picture" if path.suffix.lower() in PICTURES else path.stem
    return posixpath.basename(shelf.put(stem, path.suffix, found[name].read_bytes()))


def _problem(name: str, line: int | None, message: str, check: str = "file") -> Problem:
    return Problem(check=check, file=f"theme/static/{name}", line=line, message=message)
