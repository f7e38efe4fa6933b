"""The rows of a CSV file, however a spreadsheet program saved it."""

from __future__ import annotations

import codecs
import csv
import io
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from stat import S_ISREG
from typing import Final

from milepost.scaffold.columns import field_of
from milepost.source import LIMIT

_DELIMITERS: Final = ",;\t|"
_OTHER_FILES: Final = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF", b"{\\rtf")
_BOMS: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_SEPARATOR_LINE = re.compile(r"sep=(.)(\r\n|\r|\n)", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A row that is not empty: its number in the spreadsheet, from 1, and its cells as written."""

    number: int
    cells: list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Records:
    """The rows of a CSV file, and sentences on what of it was guessed."""

    rows: list[Record]
    remarks: tuple[str, ...]


def read_records(path: Path) -> Records:
    """Read a CSV file in any usual encoding, with any usual character between its cells.

    Raises:
        ValueError: it cannot be read. The text is a sentence.
    """
    data = _bytes(path)
    _refuse_other_files(data)
    text, remarks = _decoded(data)
    if "\ufffd" in text or "\0" in text:
        raise ValueError('some of its letters cannot be read. Save it again as "CSV UTF-8".')
    return Records(rows=_rows(unicodedata.normalize("NFC", text)), remarks=remarks)


def _bytes(path: Path) -> bytes:
    try:
        status = path.stat()
        if not S_ISREG(status.st_mode):
            raise ValueError("this is not a file.")
        data = path.read_bytes() if status.st_size <= LIMIT else b""
    except OSError as error:
        raise ValueError(f"the file cannot be read: {error.strerror}.") from None
    if status.st_size > LIMIT:
        raise ValueError(
            f"the file has {status.st_size / LIMIT:.1f} MB, and 1 MB is the most. "
            "Keep only the sponsors."
        )
    return data


def _refuse_other_files(data: bytes) -> None:
    if data.startswith(_OTHER_FILES) or (b"\0" in data and not data.startswith(_BOMS)):
        raise ValueError(
            "this is no CSV file. Open it in your spreadsheet program and save it as CSV: "
            '"CSV UTF-8" where there is a choice.'
        )


def _decoded(data: bytes) -> tuple[str, tuple[str, ...]]:
    """Return the text, and a remark where its encoding was guessed."""
    encoding = "utf-16" if data.startswith(_BOMS) else "utf-8-sig"
    try:
        return data.decode(encoding), ()
    except UnicodeDecodeError:
        remark = "The file is not UTF-8 and was read as Windows-1252: look at letters with accents."
        return data.decode("cp1252", "replace"), (remark,)


def _rows(text: str) -> list[Record]:
    if hint := _SEPARATOR_LINE.match(text):
        text = text[hint.end() :]
    delimiter = hint[1] if hint else max(_DELIMITERS, key=lambda sign: _fitness(text, sign))
    rows = []
    number = 0
    try:
        for number, cells in enumerate(_reader(text, delimiter), start=1):
            if any(cell.strip() for cell in cells):
                rows.append(Record(number=number, cells=cells))
    except csv.Error:
        raise ValueError(
            f"row {number + 1} cannot be read: a quotation mark has no partner, or a cell is far "
            "too long."
        ) from None
    return rows


def _fitness(text: str, delimiter: str) -> tuple[int, int]:
    """Judge a delimiter by the headings: how many of them are known, and how many there are."""
    try:
        cells = next(_reader(text.lstrip("\r\n"), delimiter), [])
    except csv.Error:
        return 0, 0
    return sum(bool(field_of(cell)) for cell in cells), len(cells)


def _reader(text: str, delimiter: str) -> Iterator[list[str]]:
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
