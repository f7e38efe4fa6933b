"""What a build made, in numbers and in words."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from milepost.problems import Problem, count


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What a build made: pages, posts listed, sponsors shown, files `written` and `removed`.

    `saved` is false when nothing was to be put into the output. `next_change` is the next day on
    which the site will be wrong if nobody builds it again, and why.
    """

    pages: int
    posts: int
    sponsors: int
    day: date
    next_change: tuple[date, str] | None
    output: Path
    saved: bool
    written: int = 0
    removed: int = 0

    def text(self) -> str:
        """Return the summary as a command prints it, without a line end."""
        made = ", ".join(
            (
                count(self.pages, "page"),
                count(self.posts, "post"),
                f"{count(self.sponsors, 'sponsor')} shown",
            )
        )
        return f"{self._outcome(made)}\n{self._outlook()}"

    def _outcome(self, made: str) -> str:
        if not self.saved:
            return f"No problems: {made}. Nothing was saved."
        changed = f"{count(self.written, 'file')} new or changed" if self.written else "no change"
        removed = f", {self.removed:,} removed" if self.removed else ""
        return f"Saved in {_shown(self.output)}: {made} ({changed}{removed})."

    def _outlook(self) -> str:
        if self.next_change is None:
            return "Nothing in it depends on the day."
        day, reason = self.next_change
        return f"Build it again on {day}: {reason}."


def failure(problems: Iterable[Problem], output: str = "") -> str:
    """Return the line after a report that stopped a build: how much is wrong, and what was done.

    `problems` are judged. `output` is what messages call an output folder that is there already.
    """
    files = [problem.file for problem in problems if problem.severity == "error"]
    kept = f"; {output}/ is as it was" if output else ""
    number = f"{count(len(files), 'problem')} in {count(len(set(files)), 'file')}"
    return f"\n{number}. Nothing was saved{kept}."


def passed(errors: int) -> str:
    """Return the line after a report of problems that an urgent notice has let through."""
    number = count(errors, "problem")
    return (
        f"\n{number} would have stopped this. The site is made all the same, because the notice "
        "says\nthat the race does not take place. Mend the rest when there is time.\n"
    )


def _shown(path: Path) -> str:
    """Return a folder as seen from the current one, unless that is longer."""
    try:
        relative = os.path.relpath(path)
    except ValueError:  # another drive
        return str(path)
    return f"{min(relative, str(path), key=len)}{os.sep}"
