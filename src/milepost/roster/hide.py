"""Taking a sponsor off the site, while the sponsor list keeps what is known of it."""

from __future__ import annotations

from milepost.problems import quote
from milepost.roster.change import ListChange, entries_of
from milepost.roster.edit import set_all
from milepost.roster.load import Roster


def hide(text: str, roster: Roster, sponsor_id: str) -> ListChange:
    """Return the text of a sponsor list in which every entry of a sponsor is `removed`.

    `roster` is what the text says. For a sponsor that is hidden already the text stays.

    Raises:
        EditFailed: there is no such sponsor, or the text cannot be changed safely.
    """
    entries = entries_of(roster, sponsor_id)
    lines = [entry.line for entry in entries if entry.status != "removed"]
    after = set_all(text, {line: {"status": "removed"} for line in lines})
    names = dict.fromkeys(name for entry in entries for name in (entry.name, *entry.formerly))
    return ListChange(
        before=text,
        after=after,
        outcome=_outcome(entries[-1].name, is_hidden=not lines),
        sponsor_id=sponsor_id,
        names=tuple(names),
        steps=("Build the site, and publish it: until then everybody sees it as it was.",),
    )


def _outcome(name: str, *, is_hidden: bool) -> str:
    if is_hidden:
        return f"{quote(name)} is hidden already."
    return (
        f"{quote(name)} is hidden. The next build takes it out of everything that Milepost "
        "writes: walls, its page, thanks below posts, feeds, and the files for programs."
    )
