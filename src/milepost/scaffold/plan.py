"""What an import of sponsors would change in the sponsor list, and the same in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from milepost.problems import Problem, count, report
from milepost.roster.edit import EditFailed
from milepost.roster.load import FILE
from milepost.scaffold.save import replace_text, whole_text
from milepost.scaffold.spreadsheet import Row, Sheet

_MOST_NAMES: Final = 12
_LONGEST_VALUE: Final = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What the spreadsheet says otherwise than one entry of the list: key → (before, after)."""

    name: str
    line: int
    values: Mapping[str, tuple[str, str]]

    def words(self) -> str:
        """Return the change on one line: "Acme Running: tier local → gold"."""
        values = (
            f"{key} {_short(before) or '(none)'} → {_short(after)}"
            for key, (before, after) in self.values.items()
        )
        return f"{self.name}: {'; '.join(values)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a spreadsheet would change in the sponsor list of the folder `site`.

    `before` and `after` are the text of the list. `same` and `absent` name sponsors of the list
    who stay as they are: nobody is ever removed. `alike` are remarks on new sponsors whose names
    are almost in the list. Where there is a problem, nothing is changed.
    """

    site: Path
    update: bool
    sheet: Sheet
    before: str = ""
    after: str = ""
    new: tuple[Row, ...] = ()
    changes: tuple[Change, ...] = ()
    same: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    alike: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def asks(self) -> bool:
        """Whether a person must agree first: it does more than add who is plainly new."""
        return bool(self.alike or (self.changes and self.update))

    def words(self) -> str:
        """Return in words what would change and what would not, or every problem."""
        if self.problems:
            return f"{report(self.problems)}\nNothing was changed."
        to_do = [*self._added(), *self._changed()]
        return "\n".join([*(to_do or ["There is nothing to change."]), *self._left()])

    def apply(self) -> None:
        """Save the sponsor list: the whole of it or, when something fails, nothing.

        Raises:
            EditFailed: there are problems, or the list was changed since the plan was made.
            OSError: the disk refuses.
        """
        if self.problems:
            raise EditFailed(f"{FILE} has to stay as it is: there are problems.")
        path = (self.site / FILE).resolve()
        if whole_text(path) != self.before:
            raise EditFailed(f"{FILE} was changed in the meantime. Run this again.")
        if self.after != self.before:
            replace_text(path, self.after)

    def _added(self) -> list[str]:
        if not self.new:
            return []
        names = ", ".join(f"{row.name} ({row.fields['tier']})" for row in self.new)
        return [f"Add {count(len(self.new), 'sponsor')}: {names}.", *self.alike]

    def _changed(self) -> list[str]:
        if not self.changes:
            return []
        head = f"Change {count(len(self.changes), 'sponsor')}:"
        if not self.update:
            head = "In the sponsor list already; run this again with --update to change them:"
        return [head, *(f"  {change.words()}" for change in self.changes)]

    def _left(self) -> Iterator[str]:
        """Yield what stays as it is, what was left out, and what was read otherwise."""
        if self.same:
            yield f"Already as in the spreadsheet: {_names(self.same)}."
        if self.absent:
            yield f"Not in the spreadsheet and left as they are: {_names(self.absent)}."
        if self.sheet.private:
            columns = _names(self.sheet.private)
            yield f"Left out, since anyone may see the sponsor list: {columns}."
        if self.sheet.ignored:
            yield f"Columns that are not used: {_names(self.sheet.ignored)}."
        if "note" in self.sheet.columns:
            yield "Notes never show on the site, but anyone who sees the sponsor list sees them."
        yield from self.sheet.remarks


def _names(names: Iterable[str]) -> str:
    several = list(dict.fromkeys(names))
    more = len(several) - _MOST_NAMES
    return ", ".join(several[:_MOST_NAMES]) + (f" and {more} more" if more > 0 else "")


def _short(value: str) -> str:
    line = " ".join(value.split())
    return line if len(line) <= _LONGEST_VALUE else line[: _LONGEST_VALUE - 1] + "…"
