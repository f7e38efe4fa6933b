"""Pictures: what an image file really is, and whether it may be published."""

from __future__ import annotations

import hashlib
from pathlib import Path, PurePosixPath

from milepost.images import raster, svg
from milepost.images.files import contents
from milepost.images.kinds import MEDIA_TYPES, SUFFIX_OF, SUFFIXES, WORDS, kind_of
from milepost.images.picture import Picture, Unusable, WrongKind

__all__ = ["Picture", "Unusable", "kind_of", "picture_of", "read_picture"]


def read_picture(path: Path, name: str, *, limit: int) -> Picture:
    """Return the file at `path` as what may be published of it.

    `name` is what the organiser calls the file; its ending has to agree with the bytes. `limit`
    is in bytes, and nothing beyond it is read. A drawing is cleaned; a photo loses what it tells
    about place, person and camera, and is turned upright.

    Raises:
        Unusable: the file is too large, damaged, unsafe, or not what its name says.
    """
    return picture_of(contents(path, limit), name)


def picture_of(data: bytes, name: str, *, still: bool = False) -> Picture:
    """Return the bytes of a file as what may be published of it; see `read_picture`.

    Of a drawing that moves, `still` takes that away.

    Raises:
        Unusable: they are damaged, unsafe, or not what the file's name says.
    """
    kind = _agreed_kind(data, name)
    if kind == "svg":
        data, width, height = svg.cleaned(data, still=still)
    else:
        data, width, height = raster.cleaned(data, kind)
    return Picture(
        name=name,
        media_type=MEDIA_TYPES[kind],
        suffix=SUFFIX_OF[kind],
        width=width,
        height=height,
        data=data,
        digest=hashlib.sha256(data).hexdigest(),
    )


def _agreed_kind(data: bytes, name: str) -> str:
    path = PurePosixPath(name)
    kind = kind_of(data)
    claimed = SUFFIXES.get(path.suffix.lower())
    if kind is None:
        known = WORDS[claimed] if claimed else "a picture"
        raise WrongKind(f"is not {known}, nor anything else that browsers can show.", kind=kind)
    if kind == "empty":
        raise Unusable("is empty (0 bytes). Save or copy it again.")
    if kind in MEDIA_TYPES:
        if claimed != kind:
            raise WrongKind(_misnamed(kind, claimed, path.stem), kind=kind)
        return kind
    if claimed:
        raise WrongKind(f"is really {WORDS[kind]}, not {WORDS[claimed]}.", kind=kind)
    raise WrongKind(f"is {WORDS[kind]}, which web pages cannot show.", kind=kind)


def _misnamed(kind: str, claimed: str | None, stem: str) -> str:
    rename = f'Rename it to "{stem}{SUFFIX_OF[kind]}", here too.'
    if claimed:
        return f"is really {WORDS[kind]}, not {WORDS[claimed]}. {rename}"
    return f"is {WORDS[kind]}, but its name does not end in {SUFFIX_OF[kind]}. {rename}"
