"""Telling what a file is by its bytes."""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

THIS_MUCH_TELLS: Final = 65_536
"""So many bytes from the start of a file are enough for `kind_of`."""

MEDIA_TYPES: Final[Mapping[str, str]] = {
    "svg": "image/svg+xml",
    "png": "image/png",
    "jpeg": "image/jpeg",
    "webp": "image/webp",
    "avif": "image/avif",
    "gif": "image/gif",
}
"""The kinds that browsers show and Milepost publishes."""

SUFFIX_OF: Final[Mapping[str, str]] = {
    kind: ".jpg" if kind == "jpeg" else f".{kind}" for kind in MEDIA_TYPES
}

SUFFIXES: Final[Mapping[str, str]] = {
    ".jpeg": "jpeg",
    **{suffix: kind for kind, suffix in SUFFIX_OF.items()},
}
"""What a file must be whose name ends so; endings in lower case."""

WORDS: Final[Mapping[str, str]] = {
    "svg": "an SVG",
    "png": "a PNG",
    "jpeg": "a JPEG",
    "webp": "a WebP",
    "avif": "an AVIF",
    "gif": "a GIF",
    "ai": "an Illustrator file (AI)",
    "bmp": "a Windows bitmap (BMP)",
    "docx": "a Word document (DOCX)",
    "eps": "an EPS for printers",
    "gzip": "a compressed file (such as SVGZ)",
    "heic": "a HEIC photo, as iPhones take them",
    "html": "a web page",
    "ico": "an icon file (ICO)",
    "jxl": "a JPEG XL",
    "office": "an old Word, Excel or PowerPoint file",
    "pdf": "a PDF",
    "postscript": "a PostScript file for printers",
    "pptx": "a PowerPoint file (PPTX)",
    "psd": "a Photoshop file (PSD)",
    "rtf": "a text document (RTF)",
    "tiff": "a TIFF",
    "video": "a video",
    "xlsx": "an Excel file (XLSX)",
    "xml": "an XML file without a drawing",
    "zip": "a ZIP archive",
}

_STARTS: Final = (
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xff\xd8\xff", "jpeg"),
    (b"GIF87a", "gif"),
    (b"GIF89a", "gif"),
    (b"II*\x00", "tiff"),
    (b"MM\x00*", "tiff"),
    (b"II+\x00", "tiff"),
    (b"MM\x00+", "tiff"),
    (b"\x00\x00\x01\x00", "ico"),
    (b"8BPS", "psd"),
    (b"\x1f\x8b", "gzip"),
    (b"\xc5\xd0\xd3\xc6", "eps"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "office"),
    (b"{\\rtf", "rtf"),
    (b"\xff\x0a", "jxl"),
    (b"\x00\x00\x00\x0cJXL \r\n\x87\n", "jxl"),
)
_HEIC_BRANDS: Final = frozenset(
    {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}
)
_HTML_TAGS: Final = frozenset(
    {"html", "head", "body", "title", "meta", "link", "script", "style", "div", "p", "h1", "a"}
)
_COMMENT: Final = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_FIRST_TAG: Final = re.compile(r"<(?:[A-Za-z_][\w.-]*:)?([A-Za-z_][\w.-]*)")


def kind_of(data: bytes) -> str | None:
    """Return what a file is by its first bytes, or None when nothing here knows.

    The answer is a key of `WORDS`, or "empty". The first `THIS_MUCH_TELLS` bytes of the file are
    enough.
    """
    if not data:
        return "empty"
    for start, kind in _STARTS:
        if data.startswith(start):
            return kind
    return _kind_of_container(data) or _kind_of_document(data) or _kind_of_markup(data)


def text_encoding(data: bytes) -> str | None:
    """Return the encoding that the first bytes of a text show, or None when they show none."""
    if data.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if data.startswith(b"<\x00"):
        return "utf-16-le"
    return "utf-16-be" if data.startswith(b"\x00<") else None


def _kind_of_container(data: bytes) -> str | None:
    if data.startswith(b"RIFF"):
        return {b"WEBP": "webp", b"AVI ": "video"}.get(data[8:12])
    if data[4:8] == b"ftyp":
        return _kind_of_boxes(data)
    if data.startswith(b"BM") and data[6:10] == bytes(4):
        return "bmp"
    if data.startswith(b"PK\x03\x04"):
        parts = {b"word/": "docx", b"xl/": "xlsx", b"ppt/": "pptx"}
        return next((kind for part, kind in parts.items() if part in data), "zip")
    return None


def _kind_of_boxes(data: bytes) -> str:
    brands = data[8 : min(int.from_bytes(data[:4], "big"), 512)]
    known = {brands[start : start + 4] for start in range(0, len(brands), 4)}
    if known & {b"avif", b"avis"}:
        return "avif"
    return "heic" if known & _HEIC_BRANDS else "video"


def _kind_of_document(data: bytes) -> str | None:
    if b"%PDF-" in data[:1024]:
        return "ai" if b"/AIPrivateData" in data or b"/AIMetaData" in data else "pdf"
    if data.startswith(b"%!PS"):
        if b"EPSF" in data.splitlines()[0]:
            return "eps"
        return "ai" if b"Adobe Illustrator" in data[:1024] else "postscript"
    return None


def _kind_of_markup(data: bytes) -> str | None:
    head = data[:THIS_MUCH_TELLS]
    text = head.decode(text_encoding(head) or "utf-8", errors="replace").lstrip()
    if not text.startswith("<"):
        return None
    text = _COMMENT.sub("", text).lstrip()
    first = _FIRST_TAG.search(text)
    tag = first[1].lower() if first else ""
    if text[:14].lower() == "<!doctype html" or tag in _HTML_TAGS:
        return "html"
    if tag == "svg":
        return "svg"
    return "xml" if text.startswith("<?xml") else None
