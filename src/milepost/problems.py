"""What can be wrong with a site, and the one report that says so."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final, Literal

Severity = Literal["error", "warning", "off"]

SITE: Final = ""
"""The `file` of a problem that belongs to no single file."""


_LONGEST_QUOTE: Final = 80
_UNPRINTABLE = re.compile("[\x00-\x08\x0a-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """A kind of problem a site can have.

    `name` is what `CHECKS` in the settings calls it. A check that keeps people safe, or without
    which no page could be made, is `fixed`: its severity cannot be set. One that keeps people
    safe stops even the news that the race is cancelled.
    """

    name: str
    severity: Severity
    fixed: bool
    about: str
    keeps_safe: bool = False


def _fixed(name: str, about: str) -> Check:
    return Check(name=name, severity="error", fixed=True, about=about)


def _safety(name: str, about: str) -> Check:
    return Check(name=name, severity="error", fixed=True, about=about, keeps_safe=True)


def _error(name: str, about: str) -> Check:
    return Check(name=name, severity="error", fixed=False, about=about)


def _warning(name: str, about: str) -> Check:
    return Check(name=name, severity="warning", fixed=False, about=about)


CHECKS: Final[Mapping[str, Check]] = {
    check.name: check
    for check in (
        _fixed("file", "a file that cannot be read: not UTF-8, too large, not YAML"),
        _fixed("entry", "a key or value that is not allowed where it stands"),
        _safety("link-scheme", "a link that is not https, http, mailto or tel"),
        _safety("unsafe", "a script, a frame, a style or the like in somebody's text"),
        _safety("path", "a path that leaves its folder, or a symbolic link"),
        _fixed("address", "two pages with one address, or a reserved word as an address"),
        _fixed("logo", "a logo or picture that is missing, unsafe or not what its name says"),
        _error("tier-limit", "more sponsors in a tier on one day than `max` allows"),
        _error("exclusive", "a second sponsor of an industry beside one of an exclusive tier"),
        _error("one-link", "two sponsors with one link or one logo on the same day"),
        _error("reference", "a sponsor, template or page that is named but does not exist"),
        _error("broken-link", "a link to a page, file or heading that is not there"),
        _error("third-party", "something that a page would load from another site"),
        _error("markup", "a finished page without its one heading, or with an id twice"),
        _error("wall", "a sponsor in the wrong order, twice, or where it has no place"),
        _error("blockers", "something that ad blockers hide or block"),
        _error("final", "what a final build needs, or may not have: a setting, a blank, a promise"),
        _warning("promise", "a sponsor without the places, the page or the link of its tier"),
        _warning("benefit", "a post or print logo that a tier promises and that is not there yet"),
        _warning("hidden-name", "the name of a pending or removed sponsor in somebody's text"),
        _warning("sponsor-name", "a sponsor's name that is almost right, or an earlier one"),
        _warning("unlinked-name", "a post that names a sponsor and does not link to it"),
        _warning("plain-http", "a link that starts with http instead of https"),
        _warning("words", "a text that is longer than its tier allows"),
        _warning("contact", "a site that does not say how to reach the race"),
        _warning("setting", "a setting that nothing reads, and whose name is almost that of one"),
        _warning("notice", "a line above the notice that says nothing we know"),
        _warning("empty", "a post or page that has a title but no text"),
        _warning("logo-look", "a logo that cannot be seen, or is too small to be sharp"),
        _warning("scale", "a `scale` that could bring a logo past one of the next tier"),
        _warning("blank", "a blank, such as [[your mail address]], that is not filled in"),
        _warning("spelling", "two spellings of one category, tag or author"),
        _warning(
            "changed-id", "an id that was made from a name, and is published, may have changed"
        ),
        _warning("cache", "a file that saves time and cannot be used, or settings that forbid it"),
        _warning("workers", "work that was to be done elsewhere, and was done here"),
        _warning("unused", "a file that nothing reads or shows"),
    )
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing that is wrong, where it is, and what would be right.

    `file` is relative to the site's folder, with forward slashes. `line` counts from 1.
    `subject` is the entry's name as its author wrote it. `message` is a sentence.
    """

    check: str
    message: str
    file: str = SITE
    line: int | None = None
    subject: str = ""
    severity: Severity = "error"


def judged(
    problems: Iterable[Problem], wanted: Mapping[str, Severity], *, urgent: bool = False
) -> list[Problem]:
    """Return the problems in file order, each with the severity that the site asks for.

    Repeats are dropped, and so is what the site has switched off. `wanted` maps names of checks
    to severities; a fixed check keeps its own. In an `urgent` build, whose notice says that the
    race does not take place, only what keeps people safe is an error.
    """
    kept = []
    for problem in sorted(set(problems), key=_place):
        check = CHECKS[problem.check]
        severity = check.severity if check.fixed else wanted.get(check.name, check.severity)
        if urgent and severity == "error" and not check.keeps_safe:
            severity = "warning"
        if severity != "off":
            kept.append(
                Problem(
                    check=problem.check,
                    message=problem.message,
                    file=problem.file,
                    line=problem.line,
                    subject=problem.subject,
                    severity=severity,
                )
            )
    return kept


def has_errors(problems: Iterable[Problem]) -> bool:
    """Say whether any of the judged problems stops a build."""
    return any(problem.severity == "error" for problem in problems)


def report(problems: Sequence[Problem]) -> str:
    """Return the judged problems as one text, file by file, in the order they were given.

    The text ends with a newline; it is empty when there are no problems.
    """
    blocks = [
        _block(file, list(of_file))
        for file, of_file in groupby(problems, key=lambda problem: problem.file)
    ]
    return "\n".join(blocks)


def count(number: int, one: str, many: str = "") -> str:
    """Return a number with its noun: "1 problem", "3 problems"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def quote(value: str) -> str:
    """Return a value between quotation marks on one line, as a message shows it, cut if long."""
    return f'"{shortened(value)}"'


def shortened(value: str) -> str:
    """Return a value on one line, cut if long."""
    line = " ".join(value.split())
    return line if len(line) <= _LONGEST_QUOTE else line[: _LONGEST_QUOTE - 1] + "…"


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return ' Did you mean "…"?' for the known word nearest to `word`, or nothing."""
    near = nearest(word, known)
    return f' Did you mean "{near}"?' if near else ""


def nearest(word: str, known: Iterable[str], least: float = 0.6) -> str:
    """Return the known word nearest to `word`, or "". `least` is from 0, anything, to 1, alike."""
    by_case = {name.casefold(): name for name in known}
    near = difflib.get_close_matches(word.casefold(), by_case, n=1, cutoff=least)
    return by_case[near[0]] if near else ""


def _place(problem: Problem) -> tuple[str, int, str, str, str]:
    return (problem.file, problem.line or 0, problem.subject, problem.message, problem.check)


def _block(file: str, problems: list[Problem]) -> str:
    errors = sum(problem.severity == "error" for problem in problems)
    warnings = len(problems) - errors
    parts = [count(errors, "problem")] if errors else []
    if warnings:
        parts.append(count(warnings, "warning"))
    lines = [f"{_printable(file) or 'The site'} has {' and '.join(parts)}.", ""]
    return "\n".join(lines + [_line(problem) for problem in problems]) + "\n"


def _line(problem: Problem) -> str:
    places = [f"line {problem.line}"] if problem.line else []
    if problem.subject:
        places.append(quote(_printable(problem.subject)))
    where = ", ".join(places) + ": " if places else ""
    mark = "warning: " if problem.severity == "warning" else ""
    lines = [_printable(line) for line in problem.message.split("\n")]
    message = "\n".join([lines[0], *(f"    {line}".rstrip() for line in lines[1:])])
    return f"  {mark}{where}{message}"


def _printable(text: str) -> str:
    """Return text that a terminal shows and does not obey."""
    return _UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", text)
