"""How old a finished site is: whether what it shows is still right on a day."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from milepost.problems import count

NAME: Final = "build.json"
"""The file of a finished site that tells its days."""

_LIMIT: Final = 64 * 1024


class UnknownAge(ValueError):
    """A folder that does not tell its days; the text says why, and what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildAge:
    """The days of a finished site: the one it was built for, and the first on which it is wrong.

    `next_change` is None when nothing in the site depends on the day.
    """

    day: date
    next_change: date | None

    def is_over(self, today: date) -> bool:
        """Say whether the site is wrong on a day. On the day of its change it is."""
        return self.next_change is not None and self.next_change <= today

    def words(self, today: date, label: str) -> str:
        """Return in one sentence whether the site in the folder `label` is right on a day."""
        built = f"{label} was built for {self.day}"
        if self.next_change is None:
            return f"{built}, and nothing in it depends on the day."
        if not self.is_over(today):
            return f"{built}, and is right until {self.next_change}, when it must be built again."
        days = (today - self.next_change).days
        since = f"for {count(days, 'day')}, since {self.next_change}" if days else "since today"
        return f"{built}, and has been out of date {since}: build it again, and publish it."


def read_age(folder: Path, label: str) -> BuildAge:
    """Return the days of the finished site in a folder, which messages call `label`.

    Raises:
        UnknownAge: there is no such folder or no finished site in it, or its file is damaged.
    """
    if not folder.is_dir():
        raise UnknownAge(f"{label} is not a folder; nothing was built there.")
    if not (folder / NAME).is_file():
        raise UnknownAge(f"{label} has no {NAME}, so it is not a site that was built.")
    try:
        age = _age(_read(folder / NAME))
    except (OSError, ValueError, RecursionError):  # RecursionError: thousands of brackets
        age = None
    if age is None:
        raise UnknownAge(f"{label}/{NAME} is damaged, so build the site again.")
    return age


def _read(path: Path) -> Any:
    with path.open("rb") as file:
        return json.loads(file.read(_LIMIT))


def _age(value: Any) -> BuildAge | None:
    match value:
        case {"day": str(day), "next_change": None}:
            return BuildAge(day=date.fromisoformat(day), next_change=None)
        case {"day": str(day), "next_change": str(change)}:
            return BuildAge(day=date.fromisoformat(day), next_change=date.fromisoformat(change))
        case _:
            return None
