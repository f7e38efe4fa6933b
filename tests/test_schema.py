"""The types of people's values, and what is said about a value that is none of them."""

from __future__ import annotations

from datetime import date, time

import pytest

from milepost.schema import (
    AnyLink,
    CommaList,
    Day,
    Language,
    LongText,
    Model,
    Moment,
    OneOrMany,
    Slug,
    Text,
    WebLink,
    Whole,
    Year,
    YesNo,
    keys,
    read,
)
from milepost.source import parse_yaml

ARABIC = "\u0662\u0660\u0662\u0667-\u0660\u0663-\u0661\u0664"
"""2027-03-14 in Arabic-Indic digits, which Python takes for digits too."""

WEB_LINK = "(allowed: https, http)"
ANY_LINK = "which is not allowed here (allowed: https, http, mailto, tel)"


class Inner(Model):
    """A table inside a table."""

    size: Whole
    words: OneOrMany[Text] = ()


class Entry(Model):
    """One field of every type."""

    text: Text | None = None
    long: LongText | None = None
    day: Day | None = None
    moment: Moment | None = None
    year: Year | None = None
    whole: Whole | None = None
    yes: YesNo | None = None
    slug: Slug | None = None
    language: Language | None = None
    web: WebLink | None = None
    link: AnyLink | None = None
    many: OneOrMany[Text] = ()
    commas: CommaList[Text] = ()
    inner: Inner | None = None
    inners: tuple[Inner, ...] = ()
    links: dict[Text, WebLink] = {}  # noqa: RUF012 - pydantic copies it
    years: dict[Year, Inner] = {}  # noqa: RUF012 - pydantic copies it


def value_of(written: str, key: str) -> object:
    """Return what a key's value is read as."""
    node, _ = parse_yaml(f"{key}: {written}\n", "a.yaml")
    assert node is not None
    entry, problems = read(Entry, node, "a.yaml")
    assert entry is not None, problems
    return getattr(entry, key)


def said(text: str) -> list[tuple[int | None, str]]:
    """Return the line and the message of every problem of an entry."""
    node, _ = parse_yaml(text, "a.yaml")
    assert node is not None
    _, problems = read(Entry, node, "a.yaml", noun="entry")
    return [(problem.line, problem.message) for problem in problems]


@pytest.mark.parametrize(
    ("key", "written", "value"),
    [
        ("text", '"  two \\n words "', "two words"),
        ("text", "no", "no"),
        ("text", "12:30", "12:30"),
        ("text", "1.10", "1.10"),
        ("long", "|\n  a\n  b\n", "a\nb"),
        ("day", "2027-03-14", date(2027, 3, 14)),
        ("day", "2028-02-29", date(2028, 2, 29)),
        ("day", "1900-01-01", date(1900, 1, 1)),
        ("day", "2199-12-31", date(2199, 12, 31)),
        ("moment", "2027-03-14", (date(2027, 3, 14), None)),
        ("moment", "2027-03-14 09:00", (date(2027, 3, 14), time(9, 0))),
        ("moment", "2027-03-14T23:59", (date(2027, 3, 14), time(23, 59))),
        ("moment", "2027-03-14  00:00", (date(2027, 3, 14), time(0, 0))),
        ("year", "2027", 2027),
        ("whole", "1", 1),
        ("whole", "999999999", 999_999_999),
        ("yes", "yes", True),
        ("yes", "True", True),
        ("yes", "NO", False),
        ("yes", "false", False),
        ("slug", "hill-work-2", "hill-work-2"),
        ("language", "en", "en"),
        ("language", "pt-BR", "pt-BR"),
        ("web", "https://a.example", "https://a.example"),
        ("link", "mailto:a@b.example", "mailto:a@b.example"),
        ("many", "a, b", ("a, b",)),
        ("many", "[a, b]", ("a", "b")),
        ("commas", "a, b", ("a", "b")),
        ("commas", "[a, b]", ("a", "b")),
        ("commas", "Amsel, Ruth; Prater, Owen", ("Amsel, Ruth", "Prater, Owen")),
        ("commas", "a,, b,", ("a", "b")),
        ("inner", "{size: 3}", Inner(size="3")),
        ("links", "{a: https://a.example}", {"a": "https://a.example"}),
    ],
)
def test_value_is_typed(key: str, written: str, value: object) -> None:
    """What an organiser writes becomes what the code works with."""
    assert value_of(written, key) == value


@pytest.mark.parametrize(
    ("key", "written", "message"),
    [
        ("day", "14 March 2027", '"14 March 2027" is not a date as 2027-03-14: year, month, day.'),
        ("day", "2027-3-4", '"2027-3-4" is not a date as 2027-03-14: year, month, day.'),
        ("day", "20270314", '"20270314" is not a date as 2027-03-14: year, month, day.'),
        ("day", "1710000000", '"1710000000" is not a date as 2027-03-14: year, month, day.'),
        (
            "day",
            "2027-03-14 09:00",
            '"2027-03-14 09:00" is not a date as 2027-03-14: year, month, day.',
        ),
        (
            "day",
            ARABIC,
            f'"{ARABIC}" is not a date as 2027-03-14: year, month, day.',
        ),
        ("day", "2027-02-30", '"2027-02-30" is not a day in the calendar.'),
        ("day", "2027-02-29", '"2027-02-29" is not a day in the calendar.'),
        ("day", "2027-13-01", '"2027-13-01" is not a day in the calendar.'),
        ("day", "2027-00-10", '"2027-00-10" is not a day in the calendar.'),
        ("day", "1899-12-31", '"1899-12-31" is not in the years 1900 to 2199.'),
        ("day", "2200-01-01", '"2200-01-01" is not in the years 1900 to 2199.'),
        ("day", "0000-01-01", '"0000-01-01" is not in the years 1900 to 2199.'),
        (
            "moment",
            "2027-03-14 9:00",
            '"2027-03-14 9:00" is not a date and time as 2027-03-14 09:00.',
        ),
        (
            "moment",
            "2027-03-14 24:00",
            '"2027-03-14 24:00" is not a date and time as 2027-03-14 09:00.',
        ),
        (
            "moment",
            "2027-03-14 09:00:00",
            '"2027-03-14 09:00:00" is not a date and time as 2027-03-14 09:00.',
        ),
        (
            "moment",
            "2027-03-14T09:00Z",
            '"2027-03-14T09:00Z" is not a date and time as 2027-03-14 09:00.',
        ),
        ("moment", "2027-02-30 09:00", '"2027-02-30" is not a day in the calendar.'),
        ("moment", "Tuesday", '"Tuesday" is not a date as 2027-03-14: year, month, day.'),
        ("year", "27", '"27" is not a year as 2027.'),
        ("year", "1850", '"1850" is not in the years 1900 to 2199.'),
        ("year", "\u0662\u0660\u0662\u0667", '"\u0662\u0660\u0662\u0667" is not a year as 2027.'),
        ("whole", "0", '"0" is not a whole number above 0.'),
        ("whole", "-1", '"-1" is not a whole number above 0.'),
        ("whole", "+1", '"+1" is not a whole number above 0.'),
        ("whole", "1_000", '"1_000" is not a whole number above 0.'),
        ("whole", "1,000", '"1,000" is not a whole number above 0.'),
        ("whole", "010", '"010" is not a whole number above 0.'),
        ("whole", "0x10", '"0x10" is not a whole number above 0.'),
        ("whole", "1e5", '"1e5" is not a whole number above 0.'),
        ("whole", "12:30", '"12:30" is not a whole number above 0.'),
        ("whole", "2.0", '"2.0" is not a whole number above 0.'),
        ("whole", "nan", '"nan" is not a whole number above 0.'),
        ("whole", "inf", '"inf" is not a whole number above 0.'),
        ("whole", "\u0665", '"\u0665" is not a whole number above 0.'),
        ("whole", "1234567890", '"1234567890" is not a whole number above 0.'),
        ("yes", "on", '"on" is not yes or no.'),
        ("yes", "y", '"y" is not yes or no.'),
        ("yes", "1", '"1" is not yes or no.'),
        (
            "slug",
            "Acme",
            '"Acme" cannot be part of an address: use a to z, 0 to 9 and single hyphens.',
        ),
        (
            "slug",
            "../etc",
            '"../etc" cannot be part of an address: use a to z, 0 to 9 and single hyphens.',
        ),
        (
            "slug",
            "a/b",
            '"a/b" cannot be part of an address: use a to z, 0 to 9 and single hyphens.',
        ),
        (
            "slug",
            "a%2fb",
            '"a%2fb" cannot be part of an address: use a to z, 0 to 9 and single hyphens.',
        ),
        (
            "slug",
            "a--b",
            '"a--b" cannot be part of an address: use a to z, 0 to 9 and single hyphens.',
        ),
        ("slug", "con", '"con" is a name that Windows keeps for itself.'),
        ("slug", "lpt1", '"lpt1" is a name that Windows keeps for itself.'),
        ("slug", "a" * 201, f'"{"a" * 79}…" is longer than 200 characters.'),
        ("language", "english", '"english" is not the code of a language as en or pt-BR.'),
        ("language", 'en"x', '"en"x" is not the code of a language as en or pt-BR.'),
        (
            "link",
            "javascript:x",
            f'"javascript:x" begins with javascript:, {ANY_LINK}.',
        ),
        ("text", "[a]", "must be one value, not a list."),
        ("text", "{a: b, c: d}", "must be one value, without keys of its own."),
        (
            "text",
            "{Run: the race}",
            'must be one value. If it is "Run: the race", put it in quotation marks.',
        ),
        ("text", '" "', "has no value."),
        ("commas", '","', "has no value."),
    ],
)
def test_wrong_value_is_explained(key: str, written: str, message: str) -> None:
    """The message names the key, shows the value and says what is allowed."""
    assert said(f"{key}: {written}\n") == [(1, f"{key} {message}")]


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("txet: a\n", 1, '"txet" is not a known key of an entry. Did you mean "text"?'),
        (
            "inner:\n  size: 1\n  wrods: a\n",
            3,
            'inner: "wrods" is not a known key. Did you mean "words"?',
        ),
        ("inner:\n  x: 1\n  size: 1\n", 2, 'inner: "x" is not a known key. Known: size, words.'),
        ("inner:\n  words: a\n", 2, "inner: size is missing."),
        ("inner: a\n", 1, "inner must have keys of its own: is there a space after each colon?"),
        (
            "inners:\n  - size: 1\n  - size: 0\n",
            3,
            'inners: size "0" is not a whole number above 0.',
        ),
        (
            "inners:\n  - size: 1\n  - a\n",
            3,
            "inners: entry 2 must have keys of its own: is there a space after each colon?",
        ),
        ("inners: a\n", 1, "inners must be a list."),
        ("inners: {a: b}\n", 1, "inners must be a list."),
        ("many: {a: b, c: d}\n", 1, "many must be a list."),
        (
            "many:\n  - a\n  - Run: the race\n",
            3,
            'many: must be one value. If it is "Run: the race", put it in quotation marks.',
        ),
        ("links: [a]\n", 1, "links must have keys of its own: is there a space after each colon?"),
        (
            "links:\n  a: https://a.example\n  b: a.example\n",
            3,
            f'links: b "a.example" is not a full address: begin it with https:// {WEB_LINK}.',
        ),
        ("years:\n  2026: {size: 1}\n  20x: {size: 1}\n", 3, 'years: "20x" is not a year as 2027.'),
        ("years:\n  2026: {size: 0}\n", 2, 'years: 2026: size "0" is not a whole number above 0.'),
        (
            "years:\n  2026: {sise: 1}\n",
            2,
            'years: 2026: "sise" is not a known key. Did you mean "size"?',
        ),
    ],
)
def test_fault_is_placed_in_its_table(text: str, line: int, message: str) -> None:
    """A fault inside a table or a list is shown with the way to it, on its own line."""
    assert (line, message) in said(text)


def test_all_faults_are_reported() -> None:
    """One look at the file is enough to correct all of it."""
    text = "day: soon\nwhole: 0\nyes: on\nx: y\n"

    assert [line for line, _ in said(text)] == [1, 2, 3, 4]


@pytest.mark.parametrize(
    "text",
    [
        "text:\n",
        'text: ""\n',
        "text: ~\n",
        "whole:\n",
        "many: [a, null]\n",
        "inner:\n",
        "inners:\n  -\n",
    ],
)
def test_empty_value_is_not_reported_twice(text: str) -> None:
    """The reader of the file has reported it, with its line."""
    node, problems = parse_yaml(text, "a.yaml")
    assert node is not None

    _, again = read(Entry, node, "a.yaml")

    assert (len(problems), again) == (1, [])


def test_long_value_is_cut_in_the_message() -> None:
    """A page of text in the wrong place does not fill the report."""
    assert said(f"day: {'soon ' * 500}\n") == [
        (1, f'day "{("soon " * 500)[:79]}…" is not a date as 2027-03-14: year, month, day.')
    ]


def test_keys_that_somebody_else_reads_are_known() -> None:
    """A slip in a key of the file's other part is guessed as well."""
    node, _ = parse_yaml("sponsers: a\n", "a.yaml")
    assert node is not None

    _, problems = read(Entry, node, "a.yaml", noun="list", also=("sponsors",))

    assert [problem.message for problem in problems] == [
        '"sponsers" is not a known key of a list. Did you mean "sponsors"?'
    ]


def test_many_unknown_keys_take_linear_time() -> None:
    """Looking up lines does not take time by the square of the table's length."""
    text = "".join(f"k{number}: v\n" for number in range(5000))

    assert len(said(text)) == 5000


def test_keys_are_those_of_the_file() -> None:
    """The reference of the keys is compared with these."""
    assert keys(Inner) == ("size", "words")
