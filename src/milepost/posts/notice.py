"""The notice: one text that stands first on every page while its file is there.

It is written on a phone at five in the morning, so whatever is wrong above its text is reported
and the text is shown all the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final, Literal, TypeAlias, cast

from milepost import schema
from milepost.config import Config
from milepost.posts.frontmatter import PageMatter
from milepost.posts.post import Page
from milepost.problems import Problem, did_you_mean, quote
from milepost.source import Table

NAME: Final = "notice.md"
"""The file, in content/."""

Level = Literal["info", "warning", "postponed", "cancelled"]

LEVELS: Final = ("info", "warning", "postponed", "cancelled")
URGENT: Final = frozenset({"postponed", "cancelled"})
"""Levels at which the news must get out, whatever else is wrong with the site."""

_NAMES: Final = frozenset({NAME, "notice.md.txt", "notice.txt", "notice.markdown", "notice"})
_SPELLINGS: Final = {
    **dict.fromkeys(("canceled", "off", "called off"), "cancelled"),
    **dict.fromkeys(("delayed", "moved"), "postponed"),
    **dict.fromkeys(("important", "urgent", "alert"), "warning"),
}
_DECORATION: Final = "*_#>`"
_FENCE = re.compile("[ \t]*[-\u2010-\u2015\u2212](?:[ \t]*[-\u2010-\u2015\u2212])*[ \t]*")
"""A row of dashes: phones make one long dash of three hyphens."""
_LINE = re.compile(r"([A-Za-z][\w-]*)[ \t]*:[ \t]*(.*)")
_Faults: TypeAlias = list[tuple[int | None, str]]

KEYS: Final = ("level", "until")
"""What the lines above a notice may say."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """What every reader must know first. `until` is the last day on which it is shown.

    `page` has its text; it stands at no address of its own.
    """

    level: Level
    until: date | None
    page: Page

    @property
    def is_urgent(self) -> bool:
        """Whether the race does not take place as announced."""
        return self.level in URGENT

    def stands_on(self, day: date) -> bool:
        """Say whether readers see it on a day."""
        return self.until is None or day <= self.until


def read_notice(config: Config) -> tuple[Notice | None, list[Problem]]:
    """Return the notice, whatever its day, or None when there is no such file or no text in it."""
    path, misplaced = _find(config)
    if path is None:
        return None, []
    file = path.relative_to(config.folder).as_posix()
    text = path.read_bytes().decode("utf-8-sig", "replace").replace("\r\n", "\n")
    header, body_line = _split(text.split("\n"))
    body = "\n".join(text.split("\n")[body_line - 1 :])
    if not body.strip():
        message = "there is no text in it, so no page shows a notice. Write some, or delete it."
        return None, [Problem(check="empty", file=file, line=body_line, message=message)]
    level, until, faults = _typed(header)
    faults += [(None, misplaced)] if misplaced else []
    problems = [
        Problem(check="notice", file=file, line=line, message=message) for line, message in faults
    ]
    page = Page(
        file=file,
        header=Table((), 1, 1),
        matter=PageMatter(title="Notice"),
        slug="home",  # its links are seen from the home page
        body=body,
        body_line=body_line,
        extra={},
    )
    return Notice(level=level, until=until, page=page), problems


def is_notice(name: str) -> bool:
    """Say whether a file in content/ is meant to be the notice, by its name.

    Some editors add an ending of their own, and phones begin with a capital.
    """
    return name.lower() in _NAMES


def _find(config: Config) -> tuple[Path | None, str]:
    """Return the file, and what is wrong with its place or name, or ""."""
    for folder in (config.content, config.folder):
        named = [path for path in sorted(folder.iterdir()) if is_notice(path.name)]
        files = [path for path in named if path.is_file() and not path.is_symlink()]
        right = next((path for path in files if path.name == NAME), None)
        if right and folder == config.content:
            return right, ""
        if files:
            place = f"{config.content.name}/{NAME}"
            return right or files[0], f"it is shown, but it should be {place}. Move or rename it."
    return None, ""


def _split(lines: list[str]) -> tuple[list[tuple[int, str, str]], int]:
    """Return (line, key, value) of the lines above the text, and the line where that begins.

    They may stand between two rows of dashes, or without; then only what a notice can say above
    its text is none of its words, which may well begin with "Update: the course has changed".
    """
    at = next((at for at, line in enumerate(lines) if line.strip()), 0)
    is_fenced = bool(_FENCE.fullmatch(lines[at]))
    at += is_fenced
    header: list[tuple[int, str, str]] = []
    while at < len(lines):
        if is_fenced and _FENCE.fullmatch(lines[at]):
            return header, at + 2
        found = _said(lines[at], is_fenced=is_fenced)
        if not found and lines[at].strip():
            break
        header += [(at + 1, key, value) for key, value in found]
        at += 1
    return header, at + 1


def _said(line: str, *, is_fenced: bool) -> list[tuple[str, str]]:
    """Return the (key, value) pairs of one line: `level: cancelled`, or only `Cancelled`."""
    words = line.strip().strip(_DECORATION).strip()
    if words.lower() in {*LEVELS, "canceled"}:
        return [("level", words)]
    found = _LINE.fullmatch(words)
    if not found or not (is_fenced or found[1].lower() in KEYS):
        return []
    value, _, until = found[2].partition("until:")
    pairs = [(found[1].lower(), value), *([("until", until)] if until else [])]
    return [(key, value.strip(_DECORATION + "\"' \t,;")) for key, value in pairs]


def _typed(header: list[tuple[int, str, str]]) -> tuple[Level, date | None, _Faults]:
    """Return what the lines say, and (line, what is wrong with it)."""
    level, until = "info", None
    faults: _Faults = []
    for line, key, value in header:
        if key not in KEYS:
            known = ", ".join(KEYS)
            faults.append((line, f"{quote(key)} is not a known key of a notice. Known: {known}."))
        elif key == "level":
            level, fault = _level(value)
            faults += [(line, fault)] if fault else []
        else:
            try:
                until = schema.day(value)
            except ValueError as reason:
                faults.append((line, f"until {reason}. The notice stands until you delete it."))
    return cast("Level", level), until, faults


def _level(written: str) -> tuple[str, str]:
    """Return a level, and what is wrong with the word for it, or ""."""
    word = _SPELLINGS.get(written.lower(), written.lower())
    if word in LEVELS:
        return word, ""
    near = next((level for level in LEVELS if did_you_mean(written, [level])), "warning")
    allowed = ", ".join(LEVELS)
    return near, f"level {quote(written)} is not one of {allowed}. It is taken for {near}."


def ended(notice: Notice | None, day: date) -> list[Problem]:
    """Return a problem when the notice is still there after its last day."""
    if notice is None or notice.stands_on(day):
        return []
    message = f"it ended on {notice.until} and is not shown. Delete it, or mend the day."
    return [Problem(check="notice", file=notice.page.file, message=message)]


def changes(notice: Notice | None) -> Iterator[tuple[date, str]]:
    """Yield the day on which the notice goes by itself, and the words for it."""
    if notice and notice.until and notice.until < date.max:
        yield date.fromordinal(notice.until.toordinal() + 1), "the notice ends"
