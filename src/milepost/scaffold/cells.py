"""The cells of a spreadsheet of sponsors: each as the text to write into the sponsor list."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import PurePosixPath
from typing import Final

from milepost import paths, schema
from milepost.problems import did_you_mean, quote
from milepost.roster.sponsor import Tier

_STATUSES: Final = ("pending", "confirmed", "removed")
_LONGEST_SHOWN: Final = 60
_BLANK: Final = frozenset({"", "-", "\u2013", "\u2014", "n/a"})

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
_FORMULA = re.compile(r"=|#(REF!|NAME\?|VALUE!|DIV/0!|NUM!|NULL!|N/A|SPILL!)", re.IGNORECASE)
# Each begins only where a word can begin, so that a hostile cell costs linear time.
_MONEY = re.compile(
    r"([$£€]|\b(USD|EUR|GBP))\s?\d[\d.,]*+|(?<![\d.,])\d[\d.,]*+\s?([$£€]|(USD|EUR|GBP)\b)"
    r"|^\d[\d.,]*+$"
)
_PHONE = re.compile(r"(?<![\d-])\+?\(?(?:\d[\s().\-/]{0,2}){8,}\d")
_MAIL = re.compile(r"(?<![^\s@])[^\s@]++@[^\s@]+\.[^\s@]+")
_HOST = re.compile(r"[^\s@:/?#.]++(\.[^\s@:/?#.]++)++\.?([/?#]\S*)?")


def is_blank(cell: str) -> bool:
    """Say whether a cell holds nothing, or what people write for nothing."""
    return cell.strip().casefold() in _BLANK


def value_of(key: str, cell: str, tiers: Sequence[Tier]) -> str:
    """Return a cell as it is to be written into the sponsor list, as the value of `key`.

    Raises:
        ValueError: it cannot stand there. The text is a sentence.
    """
    try:
        return _value(key, cell.strip(), tiers)
    except ValueError as error:
        words = str(error)
        raise ValueError(words if words.endswith("?") else words.rstrip(".") + ".") from None


def shown(text: str) -> str:
    """Return somebody's text so that it fits into one line of a report."""
    line = " ".join(_CONTROL.sub(" ", text).split())
    return line if len(line) <= _LONGEST_SHOWN else line[: _LONGEST_SHOWN - 1] + "…"


def _value(key: str, cell: str, tiers: Sequence[Tier]) -> str:
    if control := _CONTROL.search(cell):
        raise ValueError(f"there is an invisible control character (U+{ord(control[0]):04X})")
    if _FORMULA.match(cell):
        raise ValueError(f"{quote(cell)} is a formula or its error. Write the value itself")
    return _tier(cell, tiers) if key == "tier" else _READERS.get(key, schema.one_line)(cell)


def _tier(cell: str, tiers: Sequence[Tier]) -> str:
    named = {tier.heading: tier.id for tier in tiers if tier.heading}
    named |= {tier.id: tier.id for tier in tiers}
    wanted = " ".join(cell.split())
    by_case = {name.casefold(): tier_id for name, tier_id in named.items()}
    if found := by_case.get(wanted.casefold()):
        return found
    allowed = ", ".join(tier.id for tier in tiers)
    raise ValueError(f"{quote(wanted)} is not one of {allowed}.{did_you_mean(wanted, named)}")


def _status(cell: str) -> str:
    if cell.casefold() in _STATUSES:
        return cell.casefold()
    allowed = ", ".join(_STATUSES)
    raise ValueError(f"{quote(cell)} is not one of {allowed}.{did_you_mean(cell, _STATUSES)}")


def _day(cell: str) -> str:
    try:
        return schema.day(cell).isoformat()
    except ValueError as error:
        raise ValueError(
            f'{error}. In the spreadsheet, give the column the format "Text" and write the date so'
        ) from None


def _year(cell: str) -> str:
    return str(schema.year(cell))


def _logo(cell: str) -> str:
    if reason := paths.objection(cell):
        raise ValueError(
            f"{quote(cell)} {reason}. Put the logo into content/logos/ and write its name"
        )
    if not PurePosixPath(cell).suffix:
        raise ValueError(f"{quote(cell)} is not the name of a file, such as acme.svg")
    return cell


def _url(cell: str) -> str:
    return schema.web_link(f"https://{cell}" if _HOST.fullmatch(cell) else cell)


def _text(cell: str) -> str:
    return schema.text(cell.replace("\r\n", "\n").replace("\r", "\n"))


def _note(cell: str) -> str:
    return _text(_public(cell))


def _thanks_for(cell: str) -> str:
    return schema.one_line(_public(cell))


def _public(cell: str) -> str:
    private = _MONEY.search(cell) or _MAIL.search(cell) or _PHONE.search(cell)
    if private:
        raise ValueError(
            f'"{private[0]}" looks like an amount, an e-mail address or a phone number, and anyone '
            "may see the sponsor list. Delete it, or give the column another heading, such as "
            '"Internal": then it is left out'
        )
    return cell


_READERS: Final[Mapping[str, Callable[[str], str]]] = {
    "id": schema.slug,
    "status": _status,
    "from": _day,
    "until": _day,
    "since": _year,
    "url": _url,
    "logo": _logo,
    "text": _text,
    "note": _note,
    "thanks_for": _thanks_for,
}
