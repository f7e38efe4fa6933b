"""Sponsors' logos: the file for the site, the file for printers, and the box a logo is shown in."""

from __future__ import annotations

import math
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Final, Protocol

from milepost.images import Picture, Unusable, read_picture
from milepost.images.files import checked_size, head, located, subject
from milepost.images.kinds import MEDIA_TYPES, THIS_MUCH_TELLS, WORDS, kind_of
from milepost.images.picture import TooLarge, WrongKind

if TYPE_CHECKING:
    from collections.abc import Mapping

_FOLDER: Final = "content/logos"
_LIMIT: Final = 1024 * 1024
_PRINT_LIMIT: Final = 50 * 1024 * 1024
_PRINT_KINDS: Final[Mapping[str, frozenset[str]]] = {
    ".eps": frozenset({"eps", "postscript", "ai"}),
    ".ai": frozenset({"ai", "pdf", "eps", "postscript"}),
    ".pdf": frozenset({"pdf", "ai"}),
    ".svg": frozenset({"svg"}),
    ".tif": frozenset({"tiff"}),
    ".tiff": frozenset({"tiff"}),
    ".png": frozenset({"png"}),
}
"""What a print logo may be, by its ending: Illustrator writes PDF and PostScript inside."""


class Sized(Protocol):
    """Anything with a natural size in CSS pixels, such as a `Picture`; both sides above 0."""

    @property
    def width(self) -> int:
        """The natural width."""

    @property
    def height(self) -> int:
        """The natural height."""


def read_logo(folder: Path, name: str) -> Picture:
    """Return the logo `name` in `folder`, cleaned, as the site may publish it.

    `folder` is the site's content/logos. An SVG comes without scripts and outside references; a
    picture without metadata.

    Raises:
        Unusable: there is no such logo, or it cannot be published. The text is a whole sentence
            that begins with "logo" and the name.
    """
    try:
        return read_picture(located(folder, name), name, limit=_LIMIT)
    except Unusable as problem:
        raise Unusable(f"{subject('logo', _FOLDER, name)} {problem}{_advice(problem)}") from problem


def check_print_logo(folder: Path, name: str) -> None:
    """Make sure that `name` in `folder` is a logo for printers, at most 50 MB large.

    Only the start of the file is read.

    Raises:
        Unusable: there is no such file, or it is of another kind. The text is a whole sentence
            that begins with "print logo" and the name.
    """
    try:
        path = located(folder, name)
        checked_size(path, _PRINT_LIMIT)
        _check_print_kind(kind_of(head(path, THIS_MUCH_TELLS)), PurePosixPath(name).suffix.lower())
    except Unusable as problem:
        raise Unusable(f"{subject('print logo', _FOLDER, name)} {problem}") from problem


def natural_box(picture: Sized, area: float, *, widest: int) -> tuple[int, int]:
    """Return the (width, height) in whole CSS pixels at which a picture covers about `area`.

    The picture keeps its ratio. The box is at most `widest` pixels wide and half as high, and
    never less than 1 by 1. `area` is in square pixels.
    """
    ratio = picture.width / picture.height
    width = min(math.sqrt(area * ratio), widest, widest / 2 * ratio)
    return max(1, round(width)), max(1, round(width / ratio))


def _advice(problem: Unusable) -> str:
    if isinstance(problem, TooLarge):
        return " Ask the sponsor for an SVG, or save the picture with fewer pixels."
    if isinstance(problem, WrongKind) and problem.kind not in MEDIA_TYPES:
        return " Ask the sponsor for the logo as SVG or PNG."
    return ""


def _check_print_kind(kind: str | None, suffix: str) -> None:
    if kind == "empty":
        raise Unusable("is empty (0 bytes). Save or copy it again.")
    allowed = _PRINT_KINDS.get(suffix)
    ask = "Ask the sponsor for the logo as EPS, AI, PDF, SVG, TIFF or PNG."
    if not allowed:
        raise Unusable(f"is not a kind of file that printers take. {ask}")
    if kind is None:
        raise Unusable(f"does not hold what a name ending in {suffix} says. {ask}")
    if kind not in allowed:
        raise Unusable(f"is really {WORDS[kind]}, though its name ends in {suffix}. {ask}")
