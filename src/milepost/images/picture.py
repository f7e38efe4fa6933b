"""A picture that may be published, and the reasons why a file is none."""

from __future__ import annotations

from dataclasses import dataclass


class Unusable(ValueError):
    """A file that must not be published as a picture.

    The text completes a sentence for an organiser that begins with the file's name: "… is really
    a web page, not a PNG." It ends with a full stop.
    """


class TooLarge(Unusable):
    """A file with more bytes than its use allows."""


class WrongKind(Unusable):
    """A file that is no picture for web pages, or not the one that its name says.

    `kind` is what it is, as `kind_of` tells.
    """

    def __init__(self, message: str, *, kind: str | None) -> None:
        super().__init__(message)
        self.kind = kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """What may be published of one image file.

    `name` is the source's name. `suffix` begins with a dot and follows from the bytes. `width`
    and `height` are the natural size in CSS pixels, never below 1. `digest` is the SHA-256 of
    `data`, in hex. Of a logo of pixels only a `part` may be meant, from (left, top) up to
    (right, bottom): then the size is that of the part, and the digest tells parts apart.
    """

    name: str
    media_type: str
    suffix: str
    width: int
    height: int
    data: bytes
    digest: str
    part: tuple[int, int, int, int] | None = None
