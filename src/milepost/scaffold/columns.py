"""The columns of a spreadsheet of sponsors: which field each holds, and which are left out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

HEADINGS: Final[Mapping[str, tuple[str, ...]]] = {
    "id": ("ID", "Sponsor ID"),
    "name": (
        *("Name", "Sponsor", "Sponsor name", "Company", "Company name", "Business"),
        *("Business name", "Organisation", "Organization", "Organisation name"),
        "Organization name",
    ),
    "tier": ("Tier", "Level", "Package", "Sponsor tier", "Sponsor level", "Sponsorship level"),
    "thanks_for": ("Thanks for", "Contribution"),
    "industry": ("Industry", "Sector"),
    "status": ("Status",),
    "from": ("From", "Start", "Starts", "Start date", "Valid from"),
    "until": (
        *("Until", "End", "Ends", "End date", "Expires", "Expires on", "Expiry", "Expiry date"),
        "Valid until",
    ),
    "since": ("Since", "Sponsor since"),
    "url": ("URL", "Website", "Web site", "Web", "Web address", "Link", "Homepage"),
    "logo": ("Logo", "Logo file"),
    "text": ("Text", "Description"),
    "note": ("Note", "Notes"),
}
"""The headings of each field, in the order in which the fields of an entry are written."""

_WORD = re.compile(r"[^\W_]+")
_PRIVATE = re.compile(
    r"\b(contacts?|e ?mails?|mails?|(tele)?phones?|tel|mobile|cell|fees?|amounts?|prices?|paid|"
    r"payments?|invoices?|costs?|owed|value)\b"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """The columns of one spreadsheet.

    `headings` are those of all columns, as written. `places` maps fields to the column of each,
    counted from 0. `faults` are sentences; with any, the columns are not to be relied on.
    """

    headings: Sequence[str]
    places: Mapping[str, int]
    faults: tuple[str, ...]

    @property
    def used(self) -> dict[str, str]:
        """The heading of each field that has a column."""
        return {key: self.headings[at] for key, at in self.places.items()}

    @property
    def private(self) -> tuple[str, ...]:
        """Headings of columns that are left out, since not everyone may see them."""
        return tuple(heading for heading in self._unused() if _is_private(heading))

    @property
    def ignored(self) -> tuple[str, ...]:
        """Headings of columns that are left out, since no field is meant by them."""
        return tuple(heading for heading in self._unused() if not _is_private(heading))

    def _unused(self) -> list[str]:
        return [heading for heading in self.headings if heading and not field_of(heading)]


def read_columns(headings: Sequence[str]) -> Columns:
    """Return what the headings in the first row of a spreadsheet say."""
    places: dict[str, list[int]] = {}
    for at, heading in enumerate(headings):
        if key := field_of(heading):
            places.setdefault(key, []).append(at)
    return Columns(
        headings=headings,
        places={key: several[0] for key, several in places.items()},
        faults=(*_rivals(headings, places), *_nameless(headings, places)),
    )


def field_of(heading: str) -> str | None:
    """Return the key of a sponsor's entry that a heading stands for, however it is written."""
    return _FIELDS.get(_words(heading).replace(" ", ""))


def _rivals(headings: Sequence[str], places: Mapping[str, Sequence[int]]) -> Iterator[str]:
    for key, several in places.items():
        if len(several) > 1:
            names = " and ".join(f'"{headings[at]}"' for at in several)
            yield (
                f"the columns {names} could each be the sponsor's {key}. Keep one, and give "
                "the others another heading."
            )


def _nameless(headings: Sequence[str], places: Mapping[str, Sequence[int]]) -> Iterator[str]:
    if "name" not in places:
        found = ", ".join(f'"{heading}"' for heading in headings if heading)
        yield (
            'no column has the names of the sponsors. Its heading must be "Name", '
            f'"Sponsor" or "Company". Found: {found or "no headings"}.'
        )


def _is_private(heading: str) -> bool:
    return bool(_PRIVATE.search(_words(heading)))


def _words(heading: str) -> str:
    """Return a heading in small letters, with nothing but single spaces between its words."""
    return " ".join(_WORD.findall(heading.casefold()))


_FIELDS: Final = {
    _words(heading).replace(" ", ""): key
    for key, headings in HEADINGS.items()
    for heading in headings
}
