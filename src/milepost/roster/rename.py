"""Giving a sponsor another name, so that its id, its page and its past stay what they are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from milepost.problems import quote
from milepost.roster.change import ListChange, entries_of
from milepost.roster.document import EditFailed, read_document
from milepost.roster.edit import add_behind, set_fields
from milepost.roster.load import FILE, Roster
from milepost.roster.sponsor import Sponsor
from milepost.source import Plain


@dataclass(frozen=True, slots=True, kw_only=True)
class NewName:
    """What a sponsor is called, and with `logo` looks like, from now on or from the day `on`."""

    sponsor_id: str
    name: str
    on: date | None = None
    logo: str | None = None


def rename(text: str, roster: Roster, new: NewName, today: date) -> ListChange:
    """Return the text of a sponsor list in which a sponsor has another name.

    `roster` is what the text says. The id is written down where it was made from the old name,
    which goes into `formerly`, and into each of the `years` that has no name of its own. What was
    approved was the old name, so `approved` is taken away. With `on` the old entry ends the day
    before, and a second one with the same id begins.

    Raises:
        EditFailed: there is no such sponsor, the name is no new one or somebody else's, `on` is
            not to come or not within the term, or the text cannot be changed safely.
    """
    entries = entries_of(roster, new.sponsor_id)
    old = _standing(entries, new.on or today)
    new = NewName(
        sponsor_id=old.id, name=" ".join(new.name.split()), on=new.on, logo=new.logo or None
    )
    _refuse_name(old, new, roster)
    if new.on:
        _refuse_day(entries, old, new.on, today)
        after = _renamed_later(text, old, new, new.on)
    else:
        after = set_fields(text, old.line, _renamed(text, old, new))
    return ListChange(
        before=text,
        after=after,
        outcome=_outcome(old, new),
        sponsor_id=old.id,
        names=(old.name,),
        unless=new.name,
        steps=tuple(_steps(old, new)),
    )


def _standing(entries: Sequence[Sponsor], day: date) -> Sponsor:
    """Return the entry of a sponsor that stands on a day, else the next one, else the last."""
    coming = [entry for entry in entries if entry.term[1] >= day]
    if coming:
        return min(coming, key=lambda entry: entry.term[0])
    return max(entries, key=lambda entry: entry.term[1])


def _refuse_name(old: Sponsor, new: NewName, roster: Roster) -> None:
    if not new.name:
        raise EditFailed(f"There is no new name. Write it behind {old.id}, in quotation marks.")
    if new.name == old.name:
        raise EditFailed(f"{quote(old.name)} has this name already ({FILE}, line {old.line}).")
    for other in roster.sponsors:
        if other.id != old.id and other.name.casefold() == new.name.casefold():
            raise EditFailed(
                f"{quote(other.name)} is another sponsor already ({FILE}, line {other.line}, id "
                f"{other.id})."
            )


def _refuse_day(entries: Sequence[Sponsor], old: Sponsor, on: date, today: date) -> None:
    first, last = old.term
    where = f"{quote(old.name)} ({FILE}, line {old.line})"
    if on <= today:
        raise EditFailed(
            f"{on} is not to come any more. Leave --on out: the next build shows the new name."
        )
    if any(entry.from_ == on for entry in entries):
        raise EditFailed(f"An entry of {old.id} begins on {on} already. Change its name by hand.")
    if last < on:
        raise EditFailed(f"{where} ends on {last}, before {on}.")
    if first >= on:
        raise EditFailed(f"{where} begins on {first}, after {on}. Leave --on out.")


def _renamed(text: str, old: Sponsor, new: NewName) -> dict[str, Plain | None]:
    """Return what is to change in an entry that has the new name from now on."""
    values = _values(text, old)
    fields: dict[str, Plain | None] = {"name": new.name}
    if old.has_made_id:
        fields["id"] = old.id
    fields |= _past(values, old, new)
    if new.logo:
        fields["logo"] = new.logo
    if "approved" in values:
        fields["approved"] = None
    return fields


def _renamed_later(text: str, old: Sponsor, new: NewName, on: date) -> str:
    """Return the list with the old entry ended, and the new one behind it."""
    values = _values(text, old)
    fields = _renamed(text, old, new) | {"from": on.isoformat()}
    merged = {key: value for key, value in (values | fields).items() if value is not None}
    entry = {"id": old.id, **{key: value for key, value in merged.items() if key != "id"}}
    if "until" in entry:
        entry["until"] = entry.pop("until")  # behind `from`
    last: dict[str, Plain | None] = {"until": (on - timedelta(days=1)).isoformat()}
    if old.has_made_id:
        last["id"] = old.id
    return add_behind(set_fields(text, old.line, last), old.line, entry)


def _past(values: Mapping[str, Plain], old: Sponsor, new: NewName) -> dict[str, Plain]:
    """Return the earlier names and years, in which the sponsor keeps what it was shown with."""
    found: dict[str, Plain] = {}
    before, earlier = _earlier(values, old, new)
    if earlier != before:
        found["formerly"] = earlier
    years = values.get("years")
    if isinstance(years, dict):
        kept: dict[str, Plain] = {"name": old.name}
        if new.logo and old.logo:
            kept["logo"] = old.logo
        found["years"] = {
            year: ({"tier": was} if isinstance(was, str) else {})
            | (dict(was) if isinstance(was, dict) else {})
            | {key: value for key, value in kept.items() if not _has(was, key)}
            for year, was in years.items()
        }
    return found


def _earlier(
    values: Mapping[str, Plain], old: Sponsor, new: NewName
) -> tuple[list[Plain], list[Plain]]:
    """Return `formerly` as it is and as it is to be: with the old name and without the new one.

    Where the new name stood, it had been the sponsor's before: there the old one goes.
    """
    written = values.get("formerly", [])
    before: list[Plain] = [written] if isinstance(written, str) else list(written)
    swapped = [old.name if name == new.name else name for name in before]
    return before, list({str(name): name for name in (*swapped, old.name)}.values())


def _has(value: Plain, key: str) -> bool:
    return isinstance(value, dict) and key in value


def _values(text: str, sponsor: Sponsor) -> dict[str, Plain]:
    """Return the values of a sponsor's entry as they are written."""
    document = read_document(text)
    _, listing = document.sponsors() or (None, None)
    for node, values in zip(
        listing.value if listing else (), document.values.get("sponsors") or (), strict=True
    ):
        if node.start_mark.line + 1 == sponsor.line:
            return dict(values)
    raise EditFailed(f"{FILE}, line {sponsor.line}: no sponsor begins on this line.")


def _outcome(old: Sponsor, new: NewName) -> str:
    when = f"is {quote(new.name)} from {new.on} on" if new.on else f"is now {quote(new.name)}"
    return f"{quote(old.name)} {when}. Its id is {old.id} as before, so all links to it stay."


def _steps(old: Sponsor, new: NewName) -> Iterator[str]:
    if old.approved:
        approval = f"The approval by {old.approved.by} of {old.approved.on}"
        if new.on:
            yield f"{approval} is for the old name: ask for one of the new name."
        else:
            yield f"{approval} was for the old name and was taken out: ask for another."
    if old.logo and not new.logo:
        yield f"The logo is {old.logo} as before. If it has the old name in it, say --logo as well."
    if new.logo:
        for key, file in (("logo_dark", old.logo_dark), ("logo_print", old.logo_print)):
            if file:
                yield f"{key} is {file} as before. Give it the new logo, or delete its line."
    if old.say:
        yield f"say is {quote(old.say)} as before. Is it said like that still?"
    yield (
        f"Look at the site as it will be: python3 run.py serve --as-of {new.on}"
        if new.on
        else "Build the site: python3 run.py build"
    )
