"""Pictures in posts and pages: files in content/images."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from milepost.images import Picture, Unusable, read_picture
from milepost.images.files import located, subject
from milepost.images.kinds import MEDIA_TYPES
from milepost.images.picture import TooLarge, WrongKind

if TYPE_CHECKING:
    from pathlib import Path

_FOLDER: Final = "content/images"
_LIMIT: Final = 12 * 1024 * 1024


def read_post_picture(folder: Path, name: str) -> Picture:
    """Return the picture `name` in `folder` as the site may publish it.

    `folder` is the site's content/images. A photo comes upright, and without what it tells about
    place, person and camera.

    Raises:
        Unusable: there is no such picture, or it cannot be published. The text is a whole
            sentence that begins with "picture" and the name.
    """
    try:
        return read_picture(located(folder, name), name, limit=_LIMIT)
    except Unusable as problem:
        named = subject("picture", _FOLDER, name)
        raise Unusable(f"{named} {problem}{_advice(problem)}") from problem


def _advice(problem: Unusable) -> str:
    if isinstance(problem, TooLarge):
        return " Save it smaller: 2,400 pixels on the longer side are plenty."
    if not isinstance(problem, WrongKind) or problem.kind in MEDIA_TYPES:
        return ""
    if problem.kind == "heic":
        return (
            " Export it as JPEG: in Photos on a Mac with File > Export, in Photos on Windows with "
            "Save as. To have an iPhone take JPEGs: Settings > Camera > Formats > Most Compatible."
        )
    return " Save or export it as JPEG or PNG."
