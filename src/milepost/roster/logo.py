"""Sponsors' logos: the file for the site, what is drawn in it, and the file for printers."""

from __future__ import annotations

import json
import re
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Final

from milepost.images import Picture, Unusable, daylight, draw, markup, picture_of
from milepost.images.active import active_parts, moving_parts
from milepost.images.files import checked_size, contents, head, located, subject
from milepost.images.ink import DARK, LIGHT, ink_of
from milepost.images.inside import pixels_across
from milepost.images.kinds import MEDIA_TYPES, THIS_MUCH_TELLS, WORDS, kind_of
from milepost.images.picture import TooLarge, WrongKind
from milepost.images.trim import trimmed
from milepost.images.unseen import unseen
from milepost.images.words import has_words
from milepost.roster.weight import Drawn

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

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


_OUTLINES: Final = (
    "is written in a font that readers may not have. Ask the sponsor for the logo with its text "
    "as outlines."
)
_BY_CSS: Final = (
    "is drawn in part by CSS in line {line} ({what}), which cannot be measured. Ask the sponsor "
    'for the logo as plain SVG, with "presentation attributes" instead of CSS.'
)
_SIDE: Final = 256
_AT_NIGHT: Final = re.compile(rb"prefers-color-scheme\s*:\s*dark", re.IGNORECASE)
_MEASURES: Final = ("cover", "contrast", "lost", "doubt", "pixels", "moving")


class NotForPages(Unusable):
    """A logo of a kind that web pages cannot show: its sponsor has to send another file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Logo:
    """A logo without the empty space round it, and what its weight follows from.

    `cover` is the part of its area that is inked on the ground it stands on, `contrast` how much
    it differs from that ground, and `lost` the part of what it paints that cannot be seen there,
    each from 0 to 1. `doubt` says why a drawing looks different in browsers, so that nothing of it
    is measured or cut off, or is ""; it completes a sentence that begins with the logo's name.
    `pixels` are how many it has from left to right, also when they are inside of a drawing, or
    None for what is sharp at every size. `moving` is what made it move, and the line, before that
    was taken away.
    """

    picture: Picture
    cover: float
    contrast: float
    lost: float = 0.0
    doubt: str = ""
    pixels: int | None = None
    moving: str = ""

    @property
    def adapts(self) -> bool:
        """Whether the drawing has other colours of its own for dark mode."""
        return self.picture.suffix == ".svg" and bool(_AT_NIGHT.search(self.picture.data))

    @property
    def drawn(self) -> Drawn:
        """What its box follows from."""
        return Drawn(ratio=self.picture.width / self.picture.height, cover=self.cover)


def logo_on(data: bytes, name: str, ground: tuple[int, int, int]) -> Logo:
    """Return the bytes of the logo `name` as a logo on a ground.

    Raises:
        Unusable: it cannot be published, takes too long to draw, or shows nothing unless it moves;
            as `read_logo` says it.
    """
    with _told_of(name):
        picture = _published(data, name)
        logo = _measured(picture, ground, data)
        moving = next(moving_parts(data), None) if picture.suffix == ".svg" else None
        if not moving:
            return logo
        line, what = moving
        if not logo.doubt and not any(ink_of(picture, each) for each in (LIGHT, DARK)):
            raise Unusable(
                f"moves ({what} in line {line}) and shows nothing at rest. Logos do not move here: "
                "ask the sponsor for one that stands still."
            )
        return replace(logo, moving=f"{what} in line {line}")


def _measured(picture: Picture, ground: tuple[int, int, int], source: bytes) -> Logo:
    doubt = _doubt(picture, source) if picture.suffix == ".svg" else ""
    if doubt:
        return Logo(picture=picture, cover=0.5, contrast=1.0, doubt=doubt)
    ink = ink_of(picture, ground)
    if ink is None:
        return Logo(picture=picture, cover=0.5, contrast=0.0)
    cut = trimmed(picture, ink)
    part = (ink.right - ink.left) * (ink.bottom - ink.top) if cut is picture else 1.0
    is_drawing = picture.suffix == ".svg"
    return Logo(
        picture=cut,
        cover=ink.cover * part,
        contrast=ink.contrast,
        lost=ink.lost,
        pixels=pixels_across(picture, ink, ground) if is_drawing else cut.width,
    )


def _doubt(picture: Picture, source: bytes) -> str:
    if has_words(markup.tree(picture.data)):
        return _OUTLINES
    found = unseen(markup.tree(source)) or _changed_by_day(source, picture.data)
    return _BY_CSS.format(line=found[0], what=found[1]) if found else ""


def _changed_by_day(source: bytes, clean: bytes) -> tuple[int, str] | None:
    text = markup.decoded(source)
    found = daylight.DAY.search(text)
    # Both on one square, however long the logo is: they are only compared.
    versions = (draw.drawn(each, _SIDE, _SIDE) for each in (clean, daylight.by_day(clean)))
    if not found or len({each.tobytes() for each in versions}) == 1:
        return None
    return text.count("\n", 0, found.start()) + 1, found[0]


def packed(logo: Logo) -> bytes:
    """Return a logo as bytes that `unpacked` reads: a line of JSON, and the picture's own."""
    facts = {
        **{name: getattr(logo, name) for name in _MEASURES},
        **{
            name: getattr(logo.picture, name)
            for name in ("name", "media_type", "suffix", "width", "height", "digest", "part")
        },
    }
    return json.dumps(facts).encode() + b"\n" + logo.picture.data


def unpacked(data: bytes) -> Logo:
    """Return the logo that `packed` made these bytes of."""
    line, _, picture = data.partition(b"\n")
    facts = json.loads(line)
    own = {name: facts.pop(name) for name in _MEASURES}
    facts["part"] = tuple(facts["part"]) if facts["part"] else None
    return Logo(picture=Picture(data=picture, **facts), **own)


def read_logo(folder: Path, name: str) -> Picture:
    """Return the logo `name` in `folder`, cleaned, as the site may publish it.

    `folder` is the site's content/logos. A drawing comes without what editors leave in it, and
    one that runs or loads something is refused; a picture comes without metadata.

    Raises:
        NotForPages: it is of a kind that web pages cannot show.
        Unusable: there is no such logo, or it cannot be published. The text is a whole sentence
            that begins with "logo" and the name.
    """
    data = logo_bytes(folder, name)
    with _told_of(name):
        return _published(data, name)


def logo_bytes(folder: Path, name: str) -> bytes:
    """Return the file of the logo `name` in `folder` as it is, at most 1 MB.

    Raises:
        Unusable: there is no such logo, or it is larger; as `read_logo` says it.
    """
    with _told_of(name):
        return contents(located(folder, name), _LIMIT)


def _published(data: bytes, name: str) -> Picture:
    """Return a logo cleaned. A drawing that moves is stopped.

    Beside others it would have all eyes, and some readers are made ill by it.
    """
    picture = picture_of(data, name, still=True)
    if picture.suffix == ".svg":
        _refuse_active(data)
    return picture


def _refuse_active(data: bytes) -> None:
    found = next(active_parts(data), None)
    if found:
        line, what = found
        raise Unusable(
            f"has {what} in line {line}, which no logo needs. Ask the sponsor for the drawing "
            "without it."
        )


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


@contextmanager
def _told_of(name: str) -> Iterator[None]:
    try:
        yield
    except Unusable as problem:
        raise _refusal(problem, f"{subject('logo', _FOLDER, name)} {problem}") from problem


def _refusal(problem: Unusable, sentence: str) -> Unusable:
    if isinstance(problem, TooLarge):
        advice = "Ask the sponsor for an SVG, or save the picture with fewer pixels."
        return Unusable(f"{sentence} {advice}")
    if isinstance(problem, WrongKind) and problem.kind not in MEDIA_TYPES:
        return NotForPages(f"{sentence} Ask the sponsor for the logo as SVG or PNG.")
    return Unusable(sentence)


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
