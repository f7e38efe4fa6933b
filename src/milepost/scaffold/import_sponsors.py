"""`milepost import sponsors`: the rows of a spreadsheet, put into the sponsor list."""

from __future__ import annotations

import dataclasses
import re
import tempfile
from collections.abc import Callable
from pathlib import Path

from milepost.problems import Problem, has_errors, judged
from milepost.roster.edit import EditFailed, add_sponsors, set_all
from milepost.roster.load import FILE, Roster, load_roster
from milepost.rules.limits import check_limits
from milepost.scaffold.matching import alike, differences, match_rows
from milepost.scaffold.plan import Change, Plan
from milepost.scaffold.save import whole_text
from milepost.scaffold.spreadsheet import read_sheet, row_problem

_LINE = re.compile(r'(?<=") \(line \d+\)')


def import_sponsors(
    site: Path,
    file: Path,
    *,
    update: bool,
    yes: bool,
    ask: Callable[[str], bool],
    say: Callable[[str], None],
) -> int:
    """Bring the sponsors of a CSV file into the sponsor list; return the exit code.

    New sponsors are added. Those in the list change only with `update`. `ask` puts a question
    and says whether the answer was yes; with `yes` nobody is asked. `say` prints a text.
    """
    plan = plan_import(site, file, update=update)
    say(plan.words())
    if plan.problems:
        return 1
    if plan.after == plan.before:
        return 0
    if plan.asks and not yes and not ask("Change the sponsor list like this?"):
        say("Nothing was changed.")
        return 0
    return _saved(plan, say)


def plan_import(site: Path, file: Path, *, update: bool = False) -> Plan:
    """Return what a CSV file would change in the sponsor list, with every problem; change nothing.

    Sponsors are the same when their id is, or their name exactly. With `update`, entries of the
    list take over what the spreadsheet says; an empty cell never takes a value away.
    """
    roster, faults = load_roster(site)
    if faults and _only_lacks_sponsors(site, roster):
        faults = []
    sheet = read_sheet(file, roster.tiers)
    # Tiers that could not be read would make a problem of every row.
    unread = any(fault.check == "file" for fault in faults)
    problems = (*faults, *(() if unread else sheet.problems))
    plan = Plan(site=site, update=update, sheet=sheet, problems=problems)
    if problems:
        return plan
    matched = _matched(plan, file, roster)
    return matched if matched.problems else _edited(matched)


def _saved(plan: Plan, say: Callable[[str], None]) -> int:
    try:
        plan.apply()
    except EditFailed as error:
        say(str(error))
        return 1
    except OSError as error:
        say(f"{FILE} cannot be saved: {error.strerror}. Nothing was changed.")
        return 1
    say(f"Saved {FILE}.")
    return 0


def _only_lacks_sponsors(site: Path, roster: Roster) -> bool:
    """Say whether the list is right as soon as anybody stands in it."""
    somebody = {"name": "Somebody", "tier": roster.tiers[0].id}
    try:
        text = add_sponsors(whole_text(site / FILE), [somebody])
    except (OSError, ValueError):
        return False
    return not roster.sponsors and not _faults_of(text)


def _matched(plan: Plan, file: Path, roster: Roster) -> Plan:
    """Return the plan with each row put to its sponsor of the list, or among the new ones."""
    matches = match_rows(plan.sheet, roster)
    met = {sponsor.id for _, sponsor in matches.pairs}
    changes = tuple(
        Change(name=sponsor.name, line=sponsor.line, values=values)
        for row, sponsor in matches.pairs
        if (values := differences(row, sponsor))
    )
    changed = {change.line for change in changes}
    return dataclasses.replace(
        plan,
        new=matches.new,
        changes=changes,
        same=tuple(sponsor.name for _, sponsor in matches.pairs if sponsor.line not in changed),
        absent=tuple(sponsor.name for sponsor in roster.sponsors if sponsor.id not in met),
        alike=tuple(words for row in matches.new if (words := alike(row, roster.sponsors))),
        problems=tuple(row_problem(file, fault) for fault in matches.faults),
    )


def _edited(plan: Plan) -> Plan:
    """Return the plan with the text of the list before and after, which is read to prove it."""
    before = whole_text(plan.site / FILE)
    changes = {
        change.line: {key: after for key, (_, after) in change.values.items()}
        for change in plan.changes
        if plan.update
    }
    try:
        after = add_sponsors(set_all(before, changes), [row.fields for row in plan.new])
    except EditFailed as error:
        problem = Problem(check="entry", file=FILE, message=str(error))
        return dataclasses.replace(plan, problems=(problem,))
    return dataclasses.replace(plan, before=before, after=after, problems=_faults_of(after))


def _faults_of(text: str) -> tuple[Problem, ...]:
    """Read a list's text as the next build would; return what would stop that build.

    Its lines are nobody's yet, so none is named.
    """
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, FILE).write_bytes(text.encode())
        roster, problems = load_roster(Path(folder))
    limits = [problem for problem in judged(check_limits(roster), {}) if has_errors([problem])]
    return tuple(
        dataclasses.replace(problem, line=None, message=_LINE.sub("", problem.message))
        for problem in (*problems, *limits)
    )
