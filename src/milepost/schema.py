"""Typed reading: the field types of people's files, and their faults as problems."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from types import UnionType
from typing import Annotated, Any, Final, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError, WithJsonSchema
from pydantic_core import ErrorDetails

from milepost import addresses, weblinks
from milepost.problems import Problem, did_you_mean, quote
from milepost.source import Listing, Node, Scalar, Table, plain

EARLIEST: Final = 1900
LATEST: Final = 2199
"""The years a date may lie in; anything else is a slip of the keyboard."""

# Python's \d takes the digits of every alphabet.
_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_TIME = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])")
_TWO_PARTS = re.compile(r"(?<=[0-9])T(?=[0-9])|[ \t]+")
_YEAR = re.compile(r"[0-9]{4}")
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_WHOLE = re.compile(r"[1-9][0-9]{0,8}")
_NUMBER = re.compile(r"(?:0|[1-9][0-9]{0,5})(?:\.[0-9]{1,6})?")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_YES_NO: Final = {"yes": True, "true": True, "no": False, "false": False}


class Model(BaseModel):
    """A table in a file that people write: every key is known, every value is text."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=False)


M = TypeVar("M", bound=Model)


def text(value: object) -> str:
    """Take one value of text, without blanks round it."""
    if not isinstance(value, str):
        raise ValueError(_not_text(value))  # noqa: TRY004 - pydantic reports ValueErrors
    stripped = value.strip()
    if not stripped:
        raise ValueError("has no value")
    return stripped


def _not_text(value: object) -> str:
    match value:
        case dict() if len(value) == 1 and isinstance(inner := next(iter(value.values())), str):
            words = quote(f"{next(iter(value))}: {inner}")
            return f"must be one value. If it is {words}, put it in quotation marks"
        case dict():
            return "must be one value, without keys of its own"
        case _:
            return "must be one value, not a list"


def one_line(value: object) -> str:
    """Take text that stands on one line; runs of blanks become one space."""
    return " ".join(text(value).split())


def day(value: object) -> date:
    """Take a date as ISO 8601 writes it: 2027-03-14."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    written = text(value)
    found = _DAY.fullmatch(written)
    if not found:
        raise ValueError(f"{quote(written)} is not a date as 2027-03-14: year, month, day")
    year, month, day_of_month = (int(part) for part in found.groups())
    if not EARLIEST <= year <= LATEST:
        raise ValueError(f'"{written}" is not in the years {EARLIEST} to {LATEST}')
    try:
        return date(year, month, day_of_month)
    except ValueError:
        raise ValueError(f'"{written}" is not a day in the calendar') from None


def moment(value: object) -> tuple[date, time | None]:
    """Take a date with or without a time of day: 2027-03-14, or 2027-03-14 09:00."""
    written = text(value)
    if not _TWO_PARTS.search(written):
        return day(written), None
    first, second = _TWO_PARTS.split(written, maxsplit=1)
    found = _TIME.fullmatch(second)
    if not found:
        raise ValueError(f"{quote(written)} is not a date and time as 2027-03-14 09:00")
    return day(first), time(int(found[1]), int(found[2]))


def year(value: object) -> int:
    """Take a year of four digits."""
    written = text(value)
    if not _YEAR.fullmatch(written):
        raise ValueError(f"{quote(written)} is not a year as 2027")
    if not EARLIEST <= int(written) <= LATEST:
        raise ValueError(f'"{written}" is not in the years {EARLIEST} to {LATEST}')
    return int(written)


def slug(value: object) -> str:
    """Take the last part of an address: small letters, digits and hyphens."""
    written = text(value)
    if not _SLUG.fullmatch(written):
        raise ValueError(
            f"{quote(written)} cannot be part of an address: use a to z, 0 to 9 and single hyphens"
        )
    if reason := addresses.objection(written):
        raise ValueError(f"{quote(written)} {reason}")
    return written


def language(value: object) -> str:
    """Take the code of a language (BCP 47): en, pt-BR."""
    written = text(value)
    if not _LANGUAGE.fullmatch(written):
        raise ValueError(f"{quote(written)} is not the code of a language as en or pt-BR")
    return written


def web_link(value: object) -> str:
    """Take a link to a web site: https or http."""
    return _link(value, weblinks.WEB)


def any_link(value: object) -> str:
    """Take a link to a web site, a mail address or a phone number."""
    return _link(value, weblinks.ANY)


def _link(value: object, schemes: frozenset[str]) -> str:
    written = text(value)
    reason = weblinks.objection(written, schemes)
    if reason:
        raise ValueError(f"{quote(written)} {reason}")
    return written


def _whole(value: object) -> int:
    written = text(value)
    if not _WHOLE.fullmatch(written):
        raise ValueError(f"{quote(written)} is not a whole number above 0")
    return int(written)


def number(lowest: float, highest: float) -> Callable[[object], float]:
    """Make a reader of decimal numbers from `lowest` to `highest`, both included."""

    def read_number(value: object) -> float:
        written = text(value)
        if not _NUMBER.fullmatch(written) or not lowest <= float(written) <= highest:
            raise ValueError(f"{quote(written)} is not a number from {lowest:g} to {highest:g}")
        return float(written)

    return read_number


def _yes_no(value: object) -> bool:
    written = text(value)
    if written.lower() not in _YES_NO:
        raise ValueError(f"{quote(written)} is not yes or no")
    return _YES_NO[written.lower()]


def choice(*words: str) -> BeforeValidator:
    """Make a reader of one of a few words."""

    def read_word(value: object) -> str:
        written = text(value)
        if written not in words:
            allowed = ", ".join(words)
            guess = did_you_mean(written, words)
            raise ValueError(f"{quote(written)} is not one of {allowed}.{guess}")
        return written

    return BeforeValidator(read_word)


def one_or_many(value: object) -> object:
    """Take one value for a list of one."""
    return [value] if isinstance(value, str) else value


def comma_list(value: object) -> object:
    """Take `a, b` for the list of a and b, or `Last, First; …` for names with commas."""
    if not isinstance(value, str):
        return value
    separator = ";" if ";" in value else ","
    parts = [part for part in (part.strip() for part in value.split(separator)) if part]
    if not parts:
        raise ValueError("has no value")
    return parts


Text = Annotated[str, BeforeValidator(one_line)]
LongText = Annotated[str, BeforeValidator(text)]
Language = Annotated[str, BeforeValidator(language)]
Slug = Annotated[str, BeforeValidator(slug), WithJsonSchema({"type": "string"})]
Day = Annotated[date, BeforeValidator(day), WithJsonSchema({"type": "string", "format": "date"})]
Moment = Annotated[
    tuple[date, time | None], BeforeValidator(moment), WithJsonSchema({"type": "string"})
]
Year = Annotated[int, BeforeValidator(year)]
Whole = Annotated[int, BeforeValidator(_whole)]
YesNo = Annotated[bool, BeforeValidator(_yes_no)]
WebLink = Annotated[str, BeforeValidator(web_link), WithJsonSchema({"type": "string"})]
AnyLink = Annotated[str, BeforeValidator(any_link), WithJsonSchema({"type": "string"})]
T = TypeVar("T")
OneOrMany = Annotated[tuple[T, ...], BeforeValidator(one_or_many)]
CommaList = Annotated[tuple[T, ...], BeforeValidator(comma_list)]


def read(
    model: type[M],
    node: Node,
    file: str,
    *,
    subject: str = "",
    noun: str = "entry",
    also: tuple[str, ...] = (),
    instead: Mapping[str, str] | None = None,
) -> tuple[M | None, list[Problem]]:
    """Read a node as `model`.

    Returns the object, or None with a problem for every key and value that is not allowed.
    An empty value in a file is a problem of its reader's already, and none here. `noun` is what
    people call such a table: "sponsor", "post". `also` are keys beside it that somebody else reads,
    and `instead` tells what to write for keys that people bring from elsewhere.
    """
    try:
        return model.model_validate(plain(node)), []
    except ValidationError as error:
        return None, [
            Problem(
                check="entry",
                file=file,
                line=line,
                subject=subject,
                message=_foreign(fault, instead or {}) or _message(model, fault, noun, also),
            )
            for fault in error.errors(include_url=False)
            for line, is_empty in [_place_of(node, fault["loc"])]
            if not is_empty or fault["type"] == "extra_forbidden"
        ]


def keys(model: type[Model]) -> tuple[str, ...]:
    """Return the keys a table may have, as files write them."""
    return tuple(field.alias or name for name, field in model.model_fields.items())


def _foreign(fault: ErrorDetails, instead: Mapping[str, str]) -> str:
    key = str(fault["loc"][0]) if len(fault["loc"]) == 1 else ""
    if fault["type"] != "extra_forbidden" or key not in instead:
        return ""
    return f"{quote(key)} is a key of other programs. Write `{instead[key]}` instead."


def _message(model: type[Model], fault: ErrorDetails, noun: str, also: tuple[str, ...]) -> str:
    is_key = "[key]" in fault["loc"]
    *path, last = [part for part in fault["loc"] if part != "[key]"] or [noun]
    where = "".join(f"{part}: " for part in path if isinstance(part, str))
    match fault["type"]:
        case "extra_forbidden":
            known = keys(_model_at(model, path)) + (() if path else also)
            says = _unknown_key(str(last), known, "" if path else noun)
        case "missing":
            says = f"{last} is missing."
        case "value_error":
            name = f"{last} " if isinstance(last, str) and not is_key else ""
            says = name + _sentence(str(fault["ctx"]["error"]))
        case "model_type" | "model_attributes_type" | "dict_type":
            name = last if isinstance(last, str) else f"entry {last + 1}"
            how = (
                'write them between braces, as {"key": "value"}.'
                if noun.isupper()
                else "is there a space after each colon?"
            )
            says = f"{name} must have keys of its own: {how}"
        case "too_short":
            says = f"{last} has no value."
        case "tuple_type" | "list_type":
            says = f"{last} must be a list."
        case _:
            says = f"{last} is not allowed: {fault['msg']}."
    return where + says


def _sentence(words: str) -> str:
    return words if words.endswith(("?", ".")) else f"{words}."


def _unknown_key(key: str, known: tuple[str, ...], noun: str) -> str:
    article = "an" if noun[:1] in set("aeiou") else "a"
    owner = f" of {article} {noun}" if noun and not noun.isupper() else ""
    guess = did_you_mean(key, known)
    allowed = "" if guess else f" Known: {', '.join(known)}."
    return f"{quote(key)} is not a known key{owner}.{guess}{allowed}"


def _place_of(node: Node, loc: tuple[int | str, ...]) -> tuple[int, bool]:
    """Return the line of what a fault is about, and whether that is an empty value."""
    line = node.line
    for part in loc:
        if isinstance(node, Table) and isinstance(part, str):
            line = node.line_of(part)
            below = node.get(part)
        elif isinstance(node, Listing) and isinstance(part, int) and part < len(node.items):
            below = node.items[part]
            line = below.line
        else:
            below = None
        if below is None:
            break
        node = below
    else:
        line = node.line if isinstance(node, Scalar) else line
    return line, isinstance(node, Scalar) and not node.text


def _model_at(model: type[Model], path: list[int | str]) -> type[Model]:
    for part in path:
        if isinstance(part, str) and part in model.model_fields:
            model = _model_in(model.model_fields[part].annotation) or model
    return model


def _model_in(annotation: Any) -> type[Model] | None:
    if isinstance(annotation, type) and issubclass(annotation, Model):
        return annotation
    if get_origin(annotation) in {Union, UnionType, Annotated, tuple, list, dict, Mapping}:
        for inner in get_args(annotation):
            found = _model_in(inner)
            if found:
                return found
    return None
