"""Files that are no pages: read, cleaned, given a neutral address, and put into the stage."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Final, TypeVar

from milepost import addresses, paths
from milepost.images import Picture, Unusable
from milepost.images.memory import Memory
from milepost.images.variants import FORMATS, Variants
from milepost.posts.pictures import read_post_picture
from milepost.roster.logo import Logo, logo_bytes, logo_on, packed, unpacked

DOWNLOADS: Final = frozenset(
    {".pdf", ".gpx", ".kml", ".csv", ".txt", ".ics", ".zip", ".docx", ".xlsx", ".odt", ".ods"}
    | {".mp3", ".mp4", ".m4a", ".webm"}
)
"""Kinds of file, beside pictures, that a post may offer for download."""

PICTURES: Final = frozenset({".svg", ".png", ".jpg", ".jpeg", ".webp", ".avif", ".gif"})
LARGEST_DOWNLOAD: Final = 100 * 1024 * 1024
"""In bytes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asset:
    """A published file; `width` and `height` are a picture's natural size in CSS pixels, or 0."""

    address: str
    width: int = 0
    height: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One format of a picture: its addresses, for screens of one pixel a CSS pixel and of two."""

    media_type: str
    addresses: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A published logo. `width` and `height` are its box in CSS pixels, where there is room.

    `cover` is the part of the box that is inked. `sources` are formats that are smaller than the
    one at `address`, which every browser shows.
    """

    address: str
    width: float
    height: float
    cover: float
    sources: tuple[Source, ...] = ()

    @property
    def addresses(self) -> frozenset[str]:
        """Every address of the logo, in whichever format and size."""
        return frozenset({self.address, *(one for of in self.sources for one in of.addresses)})


_Key = TypeVar("_Key")
_Read = TypeVar("_Read")


class Shelf:
    """The media of one build. A file is read once, however often pages use it.

    `publish` takes a name below the output and the file's bytes. Without it nothing is published:
    the files of what is not public yet are looked at.
    """

    def __init__(
        self,
        content: Path,
        publish: Callable[[str, bytes], object] | None,
        memory: Memory | None = None,
    ) -> None:
        self._content = content
        self._publish = publish
        self._memory = memory or Memory(None)
        self._logos: dict[tuple[str, tuple[int, int, int]], Logo | Unusable] = {}
        self._files: dict[str, Asset | Unusable] = {}
        self.used: set[str] = set()

    def file(self, name: str) -> Asset:
        """Publish a file below content/ that a page links to.

        Raises:
            Unusable: it is not there, or may not be published; the text says why.
        """
        return _once(self._files, name, lambda: self._read_file(name))

    def logo(self, name: str, ground: tuple[int, int, int]) -> Logo:
        """Return a logo of content/logos/, measured on the ground it stands on.

        Raises:
            Unusable: it is not there, or may not be published; the text says why.
        """
        self.used.add(f"logos/{name}")
        return _once(self._logos, (name, ground), lambda: self._read_logo(name, ground))

    def shown(self, logo: Logo, width: float, height: float) -> Shown:
        """Publish a logo for a box in CSS pixels, under a name that ad blockers do not know.

        A drawing is one file; a picture of pixels comes once and twice as large as its box, in
        each format that browsers choose from.
        """
        picture = logo.picture
        if picture.suffix == ".svg":
            address = self.put("mark", ".svg", picture.data)
            return Shown(address=address, width=width, height=height, cover=logo.cover)
        once = min(math.ceil(width), picture.width)
        twice = min(math.ceil(2 * width), picture.width)
        variants = Variants(picture)
        *better, (_, plain) = FORMATS
        return Shown(
            address=self._variant(variants, plain, twice),
            width=width,
            height=height,
            cover=logo.cover,
            sources=tuple(
                Source(
                    media_type=media_type,
                    addresses=tuple(
                        self._variant(variants, suffix, size)
                        for size in dict.fromkeys((once, twice))
                    ),
                )
                for media_type, suffix in better
            ),
        )

    def put(self, name: str, suffix: str, data: bytes) -> str:
        """Publish bytes under a name made from their digest; return the address."""
        address = addresses.media(name, hashlib.sha256(data).hexdigest(), suffix)
        if self._publish:
            self._publish(addresses.file_of(address), data)
        return address

    def _read_logo(self, name: str, ground: tuple[int, int, int]) -> Logo:
        data = logo_bytes(self._content / "logos", name)
        # Known by the file as it lies there: making sure that it is whole takes the most time.
        parts = ("logo", name, hashlib.sha256(data).hexdigest(), repr(ground))
        made = self._memory.recall(lambda: packed(logo_on(data, name, ground)), *parts)
        return unpacked(made)

    def _variant(self, variants: Variants, suffix: str, width: int) -> str:
        parts = ("variant", variants.picture.digest, suffix, str(width))
        data = self._memory.recall(lambda: variants.make(suffix, width), *parts)
        return self.put("mark", suffix, data)

    def _read_file(self, name: str) -> Asset:
        self.used.add(name)
        suffix = PurePosixPath(name).suffix.lower()
        if suffix in PICTURES:
            # What a picture is called, ad-banner or sponsors, is a reason for blockers to hide it.
            return self._picture("picture", self._read_picture(name))
        reason = paths.objection(name)
        if reason:
            raise Unusable(f"{name} {reason}.")
        spelt = paths.exact_case(self._content, name)
        if spelt is None:
            raise Unusable(f"{name} does not exist.")
        if spelt != name:
            raise Unusable(f"{name} is spelt {spelt} on disk; write it just so.")
        if suffix not in DOWNLOADS:
            allowed = " ".join(sorted(DOWNLOADS | PICTURES))
            raise Unusable(f"{name} is not a kind of file that a site offers: {allowed}")
        try:
            path = paths.inside(self._content, name)
        except ValueError as error:
            raise Unusable(f"{error}.") from None
        if path.stat().st_size > LARGEST_DOWNLOAD:
            raise Unusable(f"{name} is larger than {LARGEST_DOWNLOAD // 1024 // 1024} MiB.")
        return Asset(address=self.put(PurePosixPath(name).stem, suffix, path.read_bytes()))

    def _read_picture(self, name: str) -> Picture:
        folder, _, rest = name.partition("/")
        if folder == "images":
            return read_post_picture(self._content / "images", rest)
        try:
            return read_post_picture(self._content, name)
        except Unusable as reason:
            # The reader takes every picture for one of content/images/.
            message = str(reason).replace(f"content/images/{name}", f"content/{name}", 1)
            raise Unusable(message) from reason

    def _picture(self, name: str, picture: Picture) -> Asset:
        address = self.put(name, picture.suffix, picture.data)
        return Asset(address=address, width=picture.width, height=picture.height)


def _once(found: dict[_Key, _Read | Unusable], key: _Key, read: Callable[[], _Read]) -> _Read:
    """Read what is not in `found` yet; a reason for being unusable is remembered as well."""
    if key not in found:
        try:
            found[key] = read()
        except Unusable as reason:
            found[key] = reason
    what = found[key]
    if isinstance(what, Unusable):
        raise what
    return what
