"""One change to the sponsor list: its text before and after, and the same in words."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from dataclasses import dataclass

from milepost.addresses import slugify
from milepost.problems import did_you_mean, quote, shortened
from milepost.roster.document import EditFailed
from milepost.roster.load import FILE, Roster
from milepost.roster.sponsor import Sponsor


@dataclass(frozen=True, slots=True, kw_only=True)
class ListChange:
    """A change to the text of the sponsor list that concerns one sponsor.

    `outcome` says what it comes to. `names` are those of the sponsor that other files may still
    have; a longer name, `unless`, is none of them. `steps` are what to do next.
    """

    before: str
    after: str
    outcome: str
    sponsor_id: str
    names: tuple[str, ...]
    unless: str = ""
    steps: tuple[str, ...] = ()

    def lines(self) -> Iterator[str]:
        """Yield what was changed, line by line: numbers of the old text, then of the new one."""
        old, new = self.before.splitlines(), self.after.splitlines()
        matcher = difflib.SequenceMatcher(a=old, b=new, autojunk=False)
        for tag, first, last, new_first, new_last in matcher.get_opcodes():
            if tag == "equal":
                continue
            gone, come = ("was", "now") if tag == "replace" else ("gone", "new")
            yield from (_line(at, gone, old[at]) for at in range(first, last))
            yield from (_line(at, come, new[at]) for at in range(new_first, new_last))


def entries_of(roster: Roster, sponsor_id: str) -> list[Sponsor]:
    """Return the entries of a sponsor, in the order of the file.

    Raises:
        EditFailed: there is none; the text has the nearest guess.
    """
    found = [sponsor for sponsor in roster.sponsors if sponsor.id == sponsor_id]
    if not found:
        by_name = {sponsor.name.casefold(): sponsor.id for sponsor in roster.sponsors}
        near = by_name.get(sponsor_id.casefold())
        guess = f' Did you mean "{near}"?' if near else did_you_mean(sponsor_id, roster.ids)
        guess = guess or did_you_mean(slugify(sponsor_id), roster.ids)
        raise EditFailed(f"{quote(sponsor_id)} is not the id of a sponsor in {FILE}.{guess}")
    return found


def _line(at: int, what: str, text: str) -> str:
    return f"line {at + 1}, {what}: {shortened(text.strip()) or '(blank)'}"
