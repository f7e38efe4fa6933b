"""`milepost sponsors rename` and `hide`: one sponsor of the list changed, saved and told."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Final

from milepost.images import Unusable
from milepost.problems import Problem, has_errors, judged, report
from milepost.roster.change import ListChange
from milepost.roster.edit import EditFailed
from milepost.roster.load import FILE, Roster, load_roster, read_list
from milepost.roster.logo import read_logo
from milepost.roster.mentions import Kind, Mention, Wanted, mentions
from milepost.rules.limits import check_limits
from milepost.scaffold.save import replace_text, whole_text

Make = Callable[[str, Roster], ListChange]
"""Makes the change from the text of the list, and from what that says."""

_HEADS: Final[dict[Kind, str]] = {
    "name": "The name stands in words of your own, which no build changes:",
    "page": "These lead to its page, which goes, so the next build stops until they are changed:",
    "credit": "These thank it by its id, and may stay: nobody sees it while it is hidden:",
    "presenter": "The settings let it present the race, and may stay: nobody sees it:",
}


def change_sponsor(
    site: Path, make: Make, *, kinds: Iterable[Kind], say: Callable[[str], None]
) -> tuple[int, str]:
    """Change one sponsor of the site's list; return the exit code, and a report or "".

    `make` makes the change, `say` prints what was done. Mentions of the sponsor are told when
    they are of these `kinds`.
    """
    roster, problems = load_roster(site)
    if problems:
        return 1, f"{report(judged(problems, {}))}\nCorrect this first. Nothing was changed."
    path = (site / FILE).resolve()
    try:
        change = make(whole_text(path), roster)
        after = _proved(change, roster)
        _save(path, change)
    except EditFailed as reason:
        return 1, f"{reason} Nothing was changed."
    except OSError as error:
        return 1, f"{FILE} cannot be saved: {error.strerror}. Nothing was changed."
    wanted = Wanted(sponsor_id=change.sponsor_id, names=change.names, unless=change.unless)
    say("\n".join(_words(change, mentions(site, after, wanted), kinds)))
    return 0, ""


def logo_of(site: Path, file: str) -> str:
    """Return a logo's name in content/logos/, in which the file must be.

    Raises:
        EditFailed: it is not there, or is no picture that a site may show.
    """
    name = file.replace("\\", "/").removeprefix("./").removeprefix("content/logos/")
    try:
        read_logo(site / "content" / "logos", name)
    except Unusable as reason:
        raise EditFailed(str(reason)) from None
    return name


def _proved(change: ListChange, before: Roster) -> Roster:
    """Return what the changed list says, which has no problem that it did not have.

    Raises:
        EditFailed: it would stop the next build.
    """
    roster, problems = read_list(change.after)
    known = {problem.check for problem in _limits(before)}
    new = [*problems, *(problem for problem in _limits(roster) if problem.check not in known)]
    if new:
        raise EditFailed(f"With this change the list would be wrong: {new[0].message}")
    return roster


def _limits(roster: Roster) -> list[Problem]:
    return [found for found in judged(check_limits(roster), {}) if has_errors([found])]


def _save(path: Path, change: ListChange) -> None:
    if whole_text(path) != change.before:
        raise EditFailed(f"{FILE} was changed in the meantime. Run this again.")
    if change.after != change.before:
        replace_text(path, change.after)


def _words(change: ListChange, found: list[Mention], kinds: Iterable[Kind]) -> Iterator[str]:
    if change.after != change.before:
        yield f"Changed in {FILE}:"
        yield from (f"  {line}" for line in change.lines())
        yield ""
    yield change.outcome
    for kind in kinds:
        of_kind = [mention for mention in found if mention.kind == kind]
        if of_kind:
            yield f"\n{_HEADS[kind]}"
            yield from (f"  {mention.text()}" for mention in of_kind)
    yield "\nNext:"
    yield from (f"- {step}" for step in change.steps)
