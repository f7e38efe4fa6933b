"""The settings: typed, with the line of what is wrong, and never a traceback."""

from __future__ import annotations

import contextlib
import datetime as dt
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from milepost import defaults
from milepost.config import Config, MenuItem, node_of, read_config
from milepost.contact import Contact
from milepost.source import plain
from sites import SETTINGS, build_site

NAME = 'SITENAME = "River Run"\n'
BRACES = 'it must stand in braces, as {name} = {{"key": "value"}}.'
PAIR = 'an entry is not a pair with a comma behind it: ("Label", "address"),'
HINT = 'Write the address of the site, as SITEURL = "https://race.example".'
NO_ZONE = "is not a time zone as America/Chicago or Europe/Paris."
NO_NAME = 'the site has no name: add a line such as SITENAME = "Riverside 10K".'


def read(
    folder: Path, settings: str, published: str | None = None, *, name: str = NAME
) -> tuple[Config, list[tuple[str, int | None, str, str]]]:
    """Read settings, and for a final build what `publishconf.py` says beside them."""
    values: dict[str, Any] = {
        key: value for key, value in vars(defaults).items() if key.isupper()
    } | {"PATH": str(folder / "content")}
    final = published is not None
    for file, text in (("pelicanconf.py", name + settings), ("publishconf.py", published)):
        if text is not None:
            (folder / file).write_text(text, encoding="utf-8")
            with contextlib.suppress(SyntaxError):
                exec(text, values)  # noqa: S102 - as Pelican does
    config, problems = read_config(values, folder, final=final)
    return config, [(one.file, one.line, one.subject, one.message) for one in problems]


def said(folder: Path, settings: str) -> list[tuple[int | None, str, str]]:
    """Return the line, setting and message of every problem of a `pelicanconf.py`."""
    return [(line, subject, message) for _, line, subject, message in read(folder, settings)[1]]


def test_small_site_is_read(tmp_path: Path) -> None:
    """What an organiser writes becomes what the code works with."""
    settings = (
        'SITEURL = "https://race.example/run/"\n'
        'SITESUBTITLE = "By the river"\n'
        'TIMEZONE = "America/Chicago"\n'
        'DEFAULT_LANG = "es"\n'
        'RACE = {"name": "River Run", "date": "2027-04-17"}\n'
        'CONTACT = {"email": "mailto:hello@race.example", "phone": ""}\n'
        'MENUITEMS = (("About", "{filename}/pages/about.md"),)\n'
        'CHECKS = {"words": "off"}\n'
        'FRONT_MATTER_EXTRA = ["event"]\n'
        "NOINDEX = True\n"
    )

    config, problems = read(tmp_path, settings)

    assert problems == []
    assert config.race is not None
    assert config == Config(
        folder=tmp_path,
        content=tmp_path / "content",
        name="River Run",
        url="https://race.example/run",
        subtitle="By the river",
        language="es",
        zone=ZoneInfo("America/Chicago"),
        race=config.race,
        contact=Contact(email="hello@race.example"),
        menu=(MenuItem(label="About", url="{filename}/pages/about.md"),),
        per_page=10,
        feed_items=20,
        checks={"words": "off"},
        extra_keys=("event",),
        markdown=defaults.MARKDOWN,
        noindex=True,
    )
    assert config.base == "/run"


@pytest.mark.parametrize(
    ("settings", "subject", "message"),
    [
        (
            'SITEURL = "race.example"',
            "SITEURL",
            '"race.example" is not a full address: begin it with https:// (allowed: https, http). '
            + HINT,
        ),
        ('SITEURL = ""', "SITEURL", f"has no value. {HINT}"),
        (
            'SITEURL = "https://jo:secret@race.example"',
            "SITEURL",
            f'"https://jo:secret@race.example" has a name or password before the @. {HINT}',
        ),
        (
            'SITEURL = "https://race.example/?a=1"',
            "SITEURL",
            '"https://race.example/?a=1" must have no ? and no #.',
        ),
        (
            'SITEURL = "https://race.example/#"',
            "SITEURL",
            '"https://race.example/#" must have no ? and no #.',
        ),
        (
            'TIMEZONE = "America/Chicgo"',
            "TIMEZONE",
            f'"America/Chicgo" {NO_ZONE} Did you mean "America/Chicago"?',
        ),
        (
            'TIMEZONE = "../../etc/passwd"',
            "TIMEZONE",
            f'"../../etc/passwd" {NO_ZONE}',
        ),
        (
            "TIMEZONE = 5",
            "TIMEZONE",
            f'"5" {NO_ZONE}',
        ),
        (
            'DEFAULT_LANG = "english"',
            "DEFAULT_LANG",
            '"english" is not the code of a language as en or pt-BR.',
        ),
        ('RACE = "x"', "RACE", BRACES.format(name="RACE")),
        ("RACE = [1]", "RACE", BRACES.format(name="RACE")),
        ('RACE = {"name": "x"}', "RACE", "date is missing."),
        ('RACE = dict(name="x")', "RACE", "date is missing."),
        ('CONTACT = "jo"', "CONTACT", BRACES.format(name="CONTACT")),
        (
            'CONTACT = {"emial": "a@b.example"}',
            "CONTACT",
            '"emial" is not a known key. Did you mean "email"?',
        ),
        (
            'NOINDEX = "False"',
            "NOINDEX",
            '"False" is not one of True, False. Leave out the quotation marks.',
        ),
        ("NOINDEX = 1", "NOINDEX", '"1" is not one of True, False.'),
        ("NOINDEX = []", "NOINDEX", '"[]" is not one of True, False.'),
        ('MENUITEMS = (("", "/a/"),)', "MENUITEMS", PAIR),
        ("MENUITEMS = 5", "MENUITEMS", PAIR),
        ('MENUITEMS = "About"', "MENUITEMS", PAIR),
        ('MENUITEMS = {"About": "/a/"}', "MENUITEMS", PAIR),
        ('MENUITEMS = [("About", "/a/", "x")]', "MENUITEMS", PAIR),
        ('MENUITEMS = [("About", 5)]', "MENUITEMS", PAIR),
        ("DEFAULT_PAGINATION = 0", "DEFAULT_PAGINATION", '"0" is not a whole number above 0.'),
        ("DEFAULT_PAGINATION = 1.5", "DEFAULT_PAGINATION", '"1.5" is not a whole number above 0.'),
        (
            "DEFAULT_PAGINATION = True",
            "DEFAULT_PAGINATION",
            '"True" is not a whole number above 0.',
        ),
        (
            'FEED_MAX_ITEMS = "10"',
            "FEED_MAX_ITEMS",
            '"10" is not a whole number above 0. Leave out the quotation marks.',
        ),
        ('CHECKS = ["words"]', "CHECKS", BRACES.format(name="CHECKS")),
        (
            'CHECKS = {"plain-htp": "error"}',
            "CHECKS",
            '"plain-htp" is not a check. Did you mean "plain-http"?',
        ),
        (
            'CHECKS = {"link-scheme": "off"}',
            "CHECKS",
            '"link-scheme" keeps people safe and cannot be changed.',
        ),
        (
            'CHECKS = {"words": "eror"}',
            "CHECKS",
            'words "eror" is not one of error, warning, off. Did you mean "error"?',
        ),
        (
            'CHECKS = {"words": ["off"]}',
            "CHECKS",
            'words "[\'off\']" is not one of error, warning, off. Did you mean "off"?',
        ),
        (
            'FRONT_MATTER_EXTRA = ["event", 5]',
            "FRONT_MATTER_EXTRA",
            'it must be a list of names, as ["event", "bib"].',
        ),
        ("MARKDOWN = 5", "MARKDOWN", BRACES.format(name="MARKDOWN")),
    ],
)
def test_wrong_setting_is_explained(
    tmp_path: Path, settings: str, subject: str, message: str
) -> None:
    """The report names the setting and its line, whatever stands there."""
    assert said(tmp_path, f"\n{settings}\n") == [(3, subject, message)]


@pytest.mark.parametrize(
    "name", ['SITENAME = ""\n', 'SITENAME = " "\n', 'SITENAME = "A Pelican Blog"\n']
)
def test_site_needs_a_name(tmp_path: Path, name: str) -> None:
    """Pelican's own stand-in is no name."""
    _, problems = read(tmp_path, "", name=name)

    assert problems == [("pelicanconf.py", 1, "SITENAME", NO_NAME)]


@pytest.mark.parametrize(
    "email", ["jo", "jo@race", "@race.example", "jo@", "a@b@race.example", "jo@race.example?cc=x",
              "jo smith@race.example", "<jo@race.example>", "jo@race..example"],
)  # fmt: skip
def test_mail_address_is_one(tmp_path: Path, email: str) -> None:
    """What is put behind `mailto:` on every page has only an address in it."""
    assert said(tmp_path, f'CONTACT = {{"email": "{email}"}}\n') == [
        (2, "CONTACT", f'email "{email}" is not a mail address as hello@race.example.')
    ]


def test_values_inside_a_setting_have_their_own_lines(tmp_path: Path) -> None:
    """Twenty lines of RACE are not one place."""
    settings = (
        "RACE = {\n"
        '    "name": "River Run",\n'
        '    "date": "2027-02-30",\n'
        '    "distances": [\n'
        '        {"name": "10 km", "start": "7:60"},\n'
        '        {"start": "8:00"},\n'
        "    ],\n"
        '    "registraton": {},\n'
        "}\n"
    )

    assert [line for line, _, _ in said(tmp_path, settings)] == [4, 6, 7, 9]


def test_line_of_a_value_that_is_computed_is_that_of_its_setting(tmp_path: Path) -> None:
    """What Python makes has no line of its own."""
    settings = 'day = "soon"\nRACE = {"name": "x", **{"date": day}}\n'

    assert [line for line, _, _ in said(tmp_path, settings)] == [3]


def test_words_without_inner_parentheses_are_no_menu(tmp_path: Path) -> None:
    """The comma that Python wants behind a single pair is often forgotten."""
    assert said(tmp_path, 'MENUITEMS = ("About", "/about/")\n') == [(2, "MENUITEMS", PAIR)] * 2


@pytest.mark.parametrize(
    ("settings", "per_page", "feed_items"),
    [
        ("", 10, 20),
        ("DEFAULT_PAGINATION = False\nFEED_MAX_ITEMS = None", 10, 20),
        ("DEFAULT_PAGINATION = 3\nFEED_MAX_ITEMS = 7", 3, 7),
    ],
)
def test_lists_have_a_length(tmp_path: Path, settings: str, per_page: int, feed_items: int) -> None:
    """Pelican's own "no pages" leaves Milepost's number as it is."""
    config, _ = read(tmp_path, settings)

    assert (config.per_page, config.feed_items) == (per_page, feed_items)


def test_one_key_need_not_stand_in_a_list(tmp_path: Path) -> None:
    """A forgotten comma does not make a key of every letter."""
    config, _ = read(tmp_path, 'FRONT_MATTER_EXTRA = ("event")\n')

    assert config.extra_keys == ("event",)


class TestFinal:
    """What is published has its own address."""

    @pytest.mark.parametrize(
        "url",
        [
            "http://race.example",
            "https://localhost",
            "https://127.0.0.1:8000",
            "https://[::1]",
            "https://0.0.0.0",
        ],
    )
    def test_address_is_where_readers_are(self, tmp_path: Path, url: str) -> None:
        """A site is not published under the address of its maker's own machine."""
        _, problems = read(tmp_path, "", f'\nSITEURL = "{url}"\n')

        says = "is not where readers find the site: write its https address in publishconf.py."
        assert problems == [("publishconf.py", 2, "SITEURL", f'"{url}" {says}')]

    def test_address_that_nobody_set_is_asked_for(self, tmp_path: Path) -> None:
        """The default has no line in any file."""
        _, problems = read(tmp_path, "", "")

        assert [(line, subject) for _, line, subject, _ in problems] == [(None, "SITEURL")]

    def test_other_builds_do_not_look_at_the_published_settings(self, tmp_path: Path) -> None:
        """A fault in pelicanconf.py is not shown in the file that was not read."""
        (tmp_path / "publishconf.py").write_text('\n\nSITEURL = "https://race.example"\n')

        _, problems = read(tmp_path, 'SITEURL = "x"\n')

        assert [(file, line) for file, line, _, _ in problems] == [("pelicanconf.py", 2)]

    def test_settings_that_are_no_python_do_not_stop_the_report(self, tmp_path: Path) -> None:
        """Lines are looked for as far as they can be."""
        _, problems = read(tmp_path, "", "SITEURL = (\n")

        assert [file for file, _, _, _ in problems] == ["pelicanconf.py"]


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (True, "yes"),
        (False, "no"),
        (5, "5"),
        (1.5, "1.5"),
        (dt.date(2027, 4, 17), "2027-04-17"),
        (dt.datetime(2027, 4, 17, 7, 30), "2027-04-17 07:30"),  # noqa: DTZ001 - as written
        (dt.time(7, 30), "07:30"),
        ({"a": None, "b": "", "c": 0}, {"c": "0"}),
        (("a", "", None, "b"), ["a", "b"]),
        ({2026: "gold"}, {"2026": "gold"}),
    ],
)
def test_python_is_read_as_people_write(value: object, written: object) -> None:
    """Dates, times and yes/no may be Python's own, and what is empty is not there."""
    assert plain(node_of(value, None)) == written


@pytest.mark.parametrize(
    ("name", "guess"), [("CONTCT", "CONTACT"), ("SITESUBTITEL", "SITESUBTITLE"), ("RACES", "RACE")]
)
def test_a_misspelt_setting_is_mentioned(tmp_path: Path, name: str, guess: str) -> None:
    """Nothing else would tell that it does nothing."""
    built = build_site(tmp_path, {"pelicanconf.py": f'{SETTINGS}{name} = "x"\n'})

    assert built.code == 0
    assert f'"{name}": nothing reads a setting of this name. Did you mean "{guess}"?' in (
        built.report
    )


@pytest.mark.parametrize("name", ["PHOTO_SIZE", "MY_PLUGIN", "race", "SITEMAP"])
def test_settings_of_plugins_are_nobodys_business(tmp_path: Path, name: str) -> None:
    """Only what looks like a slip is mentioned."""
    built = build_site(tmp_path, {"pelicanconf.py": f"{SETTINGS}{name} = {{}}\n"})

    assert built.report == ""


def test_curly_quotation_marks_are_named(tmp_path: Path) -> None:
    """A word processor makes them, and Python does not know them."""
    settings = SETTINGS.replace('"Riverside 10K"', "\u201cRiverside 10K\u201d", 1)

    built = build_site(tmp_path, {"pelicanconf.py": settings})

    assert "line 2: there is a curly quotation mark here. Write straight ones: \" or '." in (
        built.report
    )
