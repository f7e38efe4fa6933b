"""A spreadsheet of sponsors, saved as CSV, read into rows of sponsor fields."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from milepost.addresses import slugify
from milepost.problems import Problem, quote
from milepost.roster.sponsor import Tier
from milepost.scaffold.cells import is_blank, shown, value_of
from milepost.scaffold.columns import HEADINGS, Columns, read_columns
from milepost.scaffold.records import Record, Records, read_records

__all__ = ["HEADINGS", "Row", "Sheet", "read_sheet", "row_problem"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One sponsor of a spreadsheet.

    `number` is the spreadsheet's own; its headings are row 1. `fields` maps keys of a sponsor's
    entry to the text to write there; what was empty is not in it.
    """

    number: int
    fields: Mapping[str, str]

    @property
    def name(self) -> str:
        """The sponsor's name."""
        return self.fields["name"]

    @property
    def id(self) -> str:
        """The sponsor's id: its own, or the one that its name gives, or ""."""
        return self.fields.get("id") or slugify(self.name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """What a spreadsheet says about sponsors; with problems it is not to be relied on.

    `columns` maps fields to their headings as written. `private` and `ignored` are headings of
    columns that were left out. `remarks` are sentences on what was read otherwise than written.
    """

    rows: tuple[Row, ...] = ()
    columns: Mapping[str, str] = field(default_factory=dict)
    private: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


def read_sheet(path: Path, tiers: Sequence[Tier]) -> Sheet:
    """Read a CSV file of sponsors, whose tiers are among `tiers`, with every problem in it."""
    try:
        records = read_records(path)
    except ValueError as error:
        return Sheet(problems=(row_problem(path, str(error)),))
    return _sheet(path, records, tiers)


def row_problem(path: Path, message: str) -> Problem:
    """Return a problem of the spreadsheet; its message begins with the row, where there is one."""
    return Problem(check="entry", file=path.name, message=message)


def _sheet(path: Path, records: Records, tiers: Sequence[Tier]) -> Sheet:
    columns = read_columns([shown(cell) for record in records.rows[:1] for cell in record.cells])
    faults = list(columns.faults)
    remarks = list(records.remarks)
    rows: tuple[Row, ...] = ()
    if not faults:
        reading = _Reading(columns=columns, tiers=tiers, faults=faults, remarks=remarks)
        rows = tuple(reading.rows(records.rows[1:]))
        faults += _repeats(rows)
    return Sheet(
        rows=rows,
        columns=columns.used,
        private=columns.private,
        ignored=columns.ignored,
        remarks=tuple(remarks),
        problems=tuple(row_problem(path, fault) for fault in faults),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reading:
    """The reading of rows, which adds to `faults` and `remarks` what it comes across."""

    columns: Columns
    tiers: Sequence[Tier]
    faults: list[str]
    remarks: list[str]

    def rows(self, records: Iterable[Record]) -> Iterator[Row]:
        """Yield the sponsors of the rows below the headings."""
        for record in records:
            self.faults.extend(_strays(record, self.columns.headings))
            filled = _filled(record, self.columns.places)
            fields = self._fields(record.number, filled)
            self._look_over(record.number, filled, fields)
            if "name" in fields:
                yield Row(number=record.number, fields=fields)

    def _fields(self, number: int, filled: Mapping[str, str]) -> dict[str, str]:
        fields = {}
        for key, cell in filled.items():
            try:
                fields[key] = value_of(key, cell, self.tiers)
            except ValueError as reason:
                heading = self.columns.headings[self.columns.places[key]]
                self.faults.append(f'row {number}, column "{heading}": {reason}')
        return fields

    def _look_over(self, number: int, filled: Mapping[str, str], fields: Mapping[str, str]) -> None:
        """Say what only the row as a whole shows."""
        if not filled:
            self.remarks.append(f"Row {number} names no sponsor and was passed over.")
        elif "name" not in filled:
            self.faults.append(f"row {number}: the name of the sponsor is missing.")
        if "from" in fields and fields.get("until", "9999") < fields["from"]:
            self.faults.append(
                f"row {number}: the end, {fields['until']}, is before the start, {fields['from']}."
            )
        if "url" in fields and fields["url"] != filled["url"]:
            self.remarks.append(f"Row {number}: {filled['url']} is taken as {fields['url']}.")


def _strays(record: Record, headings: Sequence[str]) -> Iterator[str]:
    for at, cell in enumerate(record.cells):
        if cell.strip() and not (at < len(headings) and headings[at]):
            yield (
                f"row {record.number}: {quote(shown(cell))} stands under no heading. Delete it, "
                "or give the column a heading."
            )


def _filled(record: Record, places: Mapping[str, int]) -> dict[str, str]:
    """Return the cells that say something, in the order in which an entry is written."""
    cells = {
        key: record.cells[places[key]].strip()
        for key in HEADINGS
        if key in places and places[key] < len(record.cells)
    }
    return {key: cell for key, cell in cells.items() if not is_blank(cell)}


def _repeats(rows: Iterable[Row]) -> Iterator[str]:
    names: dict[str, Row] = {}
    ids: dict[str, Row] = {}
    for row in rows:
        if first := names.get(row.name.casefold()):
            yield (
                f"row {row.number}: {quote(row.name)} stands in row {first.number} already. "
                "Keep one."
            )
        elif first := ids.get(row.id):
            yield (
                f"row {row.number}: {quote(row.name)} has the same id, {row.id}, as "
                f"{quote(first.name)} in row {first.number}. Give each an id of its own, in a "
                "column with the heading ID."
            )
        names.setdefault(row.name.casefold(), row)
        if row.id:
            ids.setdefault(row.id, row)
