"""Files that are no pages: read, cleaned, given a neutral address, and put into the stage."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Final

from milepost import addresses, paths
from milepost.images import Picture, Unusable
from milepost.posts.pictures import read_post_picture
from milepost.roster.logo import read_logo

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


class Shelf:
    """The media of one build. A file is read once, however often pages use it.

    Without a `stage` nothing is published: the files of what is not public yet are looked at.
    """

    def __init__(self, content: Path, stage: Path | None) -> None:
        self._content = content
        self._stage = stage
        self._found: dict[tuple[str, str], Asset | Unusable] = {}
        self.used: set[str] = set()

    def file(self, name: str) -> Asset:
        """Publish a file below content/ that a page links to.

        Raises:
            Unusable: it is not there, or may not be published; the text says why.
        """
        return self._once("file", name, self._read_file)

    def logo(self, name: str) -> Asset:
        """Publish a logo of content/logos/ under a name that ad blockers do not know.

        Raises:
            Unusable: it is not there, or may not be published; the text says why.
        """
        return self._once("logo", name, self._read_logo)

    def put(self, name: str, suffix: str, data: bytes) -> str:
        """Publish bytes under a name made from their digest; return the address."""
        address = addresses.media(name, hashlib.sha256(data).hexdigest(), suffix)
        if self._stage is None:
            return address
        target = self._stage / addresses.file_of(address)
        if not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
        return address

    def _once(self, kind: str, name: str, read: object) -> Asset:
        key = (kind, name)
        if key not in self._found:
            try:
                self._found[key] = read(name)  # type: ignore[operator]
            except Unusable as reason:
                self._found[key] = reason
        found = self._found[key]
        if isinstance(found, Unusable):
            raise found
        return found

    def _read_logo(self, name: str) -> Asset:
        self.used.add(f"logos/{name}")
        return self._picture("mark", read_logo(self._content / "logos", name))

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
