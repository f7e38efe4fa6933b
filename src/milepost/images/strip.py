"""Taking out of a photo's file what tells of people, places and cameras, and nothing else.

Each format is a row of blocks. Those that the picture needs are copied byte for byte, so that no
quality is lost and animations stay; the rest, and whatever follows the end, is left behind.
"""

from __future__ import annotations

import re
import struct
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

_PNG_KEPT: Final = frozenset(
    b"IHDR PLTE IDAT IEND tRNS gAMA cHRM sRGB iCCP sBIT pHYs bKGD hIST sPLT "
    b"cICP mDCV cLLI acTL fcTL fdAT".split()
)
_WEBP_KEPT: Final = frozenset({b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"ICCP"})
_WEBP_HAS_EXIF_OR_XMP: Final = 0x08 | 0x04
_AVIF_KEPT: Final = frozenset({b"ftyp", b"meta", b"moov", b"mdat"})
_GIF_KEPT: Final = frozenset({b"NETSCAPE2.0", b"ANIMEXTS1.0", b"ICCRGBG1012"})
_GIF_IMAGE: Final = 0x2C
_GIF_EXTENSION: Final = 0x21
_GIF_END: Final = 0x3B
_GIF_TIMING: Final = 0xF9
_GIF_APPLICATION: Final = 0xFF
_JPEG_MARK: Final = 0xFF
_JPEG_APP: Final = range(0xE0, 0xF0)
_JPEG_COMMENT: Final = 0xFE
_JPEG_SCAN: Final = 0xDA
_JPEG_END: Final = 0xD9
_JPEG_KEPT: Final = (
    (0xE0, b"JFIF\x00"),
    (0xE2, b"ICC_PROFILE\x00"),
    (0xEE, b"Adobe"),
)
_JPEG_NEXT_MARKER: Final = re.compile(rb"\xff+[^\x00\xff\xd0-\xd7]")


class Damaged(ValueError):
    """A file whose blocks are cut short or make no sense."""


def stripped(data: bytes, kind: str) -> bytes:
    """Return a PNG, JPEG, WebP, AVIF or GIF without metadata: Exif, XMP, IPTC, comments, dates.

    Colour profiles, resolution and animations stay. An AVIF keeps what its `meta` box holds.

    Raises:
        Damaged: the file is cut short or its blocks make no sense.
    """
    return b"".join(_WALKERS[kind](data))


def _jpeg(data: bytes) -> Iterator[bytes]:
    yield data[:2]
    at = 2
    while True:
        while data[at : at + 2] == b"\xff\xff":
            at += 1
        marker = _byte(data, at + 1)
        if _byte(data, at) != _JPEG_MARK:
            raise Damaged
        if marker == _JPEG_END:
            yield data[at : at + 2]
            return
        end = at + 2 + _number(data, at + 2, ">H")
        if marker == _JPEG_SCAN:
            end = _jpeg_scan_end(data, end)
        segment = _part(data, at, end)
        if _keeps_jpeg_segment(marker, segment[4:]):
            yield segment
        at = end


def _keeps_jpeg_segment(marker: int, body: bytes) -> bool:
    if marker in _JPEG_APP:
        return any(marker == kept and body.startswith(start) for kept, start in _JPEG_KEPT)
    return marker != _JPEG_COMMENT


def _jpeg_scan_end(data: bytes, start: int) -> int:
    found = _JPEG_NEXT_MARKER.search(data, start)
    if not found:
        raise Damaged
    return found.end() - 2


def _png(data: bytes) -> Iterator[bytes]:
    yield data[:8]
    at, name = 8, b""
    while name != b"IEND":
        end = at + 12 + _number(data, at, ">I")
        chunk, name = _part(data, at, end), data[at + 4 : at + 8]
        if name in _PNG_KEPT:
            yield chunk
        at = end


def _webp(data: bytes) -> Iterator[bytes]:
    total = 8 + _number(data, 4, "<I")
    chunks = b"".join(_webp_chunks(_part(data, 0, total)))
    yield b"RIFF" + struct.pack("<I", len(chunks) + 4) + b"WEBP"
    yield chunks


def _webp_chunks(data: bytes) -> Iterator[bytes]:
    at = 12
    while at < len(data):
        length = _number(data, at + 4, "<I")
        name, body = data[at : at + 4], _part(data, at + 8, at + 8 + length)
        if name == b"VP8X":
            body = bytes([_byte(body, 0) & ~_WEBP_HAS_EXIF_OR_XMP]) + body[1:]
        if name in _WEBP_KEPT:
            yield data[at : at + 8] + body + bytes(length % 2)
        at += 8 + length + length % 2


def _avif(data: bytes) -> Iterator[bytes]:
    at = 0
    while at < len(data):
        length, head = _number(data, at, ">I"), 8
        if length == 1:
            length, head = _number(data, at + 8, ">Q"), 16
        end = at + length if length else len(data)
        if end < at + head:
            raise Damaged
        box, name = _part(data, at, end), data[at + 4 : at + 8]
        if name not in _AVIF_KEPT:
            # Emptied, not left out: places in the file are counted from its start.
            box = box[:4] + b"free" + box[8:head] + bytes(len(box) - head)
        yield box
        at = end


def _gif(data: bytes) -> Iterator[bytes]:
    at = 13 + _gif_table_size(_byte(data, 10))
    yield _part(data, 0, at)
    while _byte(data, at) != _GIF_END:
        kept, end = _gif_block(data, at)
        if kept:
            yield _part(data, at, end)
        at = end
    yield b";"


def _gif_block(data: bytes, at: int) -> tuple[bool, int]:
    kind = _byte(data, at)
    if kind == _GIF_IMAGE:
        image = at + 10 + _gif_table_size(_byte(data, at + 9)) + 1
        return True, _gif_chain_end(data, image)
    if kind != _GIF_EXTENSION:
        raise Damaged
    label = _byte(data, at + 1)
    is_loop = label == _GIF_APPLICATION and data[at + 3 : at + 14] in _GIF_KEPT
    return label == _GIF_TIMING or is_loop, _gif_chain_end(data, at + 2)


def _gif_chain_end(data: bytes, at: int) -> int:
    while length := _byte(data, at):
        at += 1 + length
    return at + 1


def _gif_table_size(flags: int) -> int:
    return 3 * 2 ** ((flags & 7) + 1) if flags & 0x80 else 0


def _byte(data: bytes, at: int) -> int:
    if at >= len(data):
        raise Damaged
    return data[at]


def _part(data: bytes, start: int, end: int) -> bytes:
    if end > len(data):
        raise Damaged
    return data[start:end]


def _number(data: bytes, at: int, form: str) -> int:
    try:
        (number,) = struct.unpack_from(form, data, at)
    except struct.error:
        raise Damaged from None
    return int(number)


_WALKERS: Final[Mapping[str, Callable[[bytes], Iterator[bytes]]]] = {
    "jpeg": _jpeg,
    "png": _png,
    "webp": _webp,
    "avif": _avif,
    "gif": _gif,
}
