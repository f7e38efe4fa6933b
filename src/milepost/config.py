"""The settings that an organiser writes in `pelicanconf.py`, typed, with their lines."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from milepost import paths, schema
from milepost.contact import Contact
from milepost.problems import CHECKS, Problem, Severity, did_you_mean, quote
from milepost.race.race import Race
from milepost.schema import Model, Text
from milepost.source import Listing, Node, Scalar, Table
from milepost.words import Words

SETTINGS_FILE: Final = "pelicanconf.py"
FINAL_FILE: Final = "publishconf.py"

_SEVERITIES: Final = ("error", "warning", "off")
_DEFAULT_COUNTS: Final[Mapping[str, int]] = {"DEFAULT_PAGINATION": 10, "FEED_MAX_ITEMS": 20}
_WITH_WORDS: Final = ("SITENAME", "SITESUBTITLE", "RACE", "CONTACT", "MENUITEMS")
_NO_WORDS: Final = frozenset({"presented_by", "map", "link", "results", "email", "form"})
"""Keys below these settings with ids and addresses."""

_ABSENT: Final = (None, "")
_LOCAL: Final = frozenset({"localhost", "127.0.0.1", "::1", "0.0.0.0"})  # noqa: S104 - not bound to


class MenuItem(Model):
    """One entry of `MENUITEMS`: a label, and an address or `{filename}` link."""

    label: Text
    url: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """What the settings say.

    `folder` is the site's folder and `content` the content's. `url` has no slash at its end;
    `block_list` is the text of a list of ad blockers' rules that the organiser names, or "", and
    `block_list_at` the file and line that name it, if any does;
    `per_page` and `feed_items` are numbers of posts. `noindex` asks search engines to leave out
    every page. `words` are the texts of the settings that readers see, with their lines.
    """

    folder: Path
    content: Path
    name: str
    url: str
    subtitle: str = ""
    language: str = "en"
    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("UTC"))
    race: Race | None = None
    contact: Contact = field(default_factory=Contact)
    menu: tuple[MenuItem, ...] = ()
    per_page: int = 10
    feed_items: int = 20
    checks: Mapping[str, Severity] = field(default_factory=dict)
    block_list: str = ""
    block_list_at: tuple[str, int | None] = field(default=("", None), compare=False)
    extra_keys: tuple[str, ...] = ()
    markdown: Mapping[str, Any] = field(default_factory=dict)
    noindex: bool = False
    final: bool = False
    words: tuple[Words, ...] = field(default=(), compare=False)

    @property
    def links(self) -> tuple[str, ...]:
        """Every link in the settings that may lead to a post or page, as it is written."""
        results = self.race.results.values() if self.race else ()
        return tuple(dict.fromkeys((*(item.url for item in self.menu), *results)))

    @property
    def base(self) -> str:
        """The path that every address on the site begins with, without a slash at its end."""
        return urlsplit(self.url).path.rstrip("/")


def read_config(
    settings: Mapping[str, Any], folder: Path, *, final: bool
) -> tuple[Config, list[Problem]]:
    """Type Pelican's settings for the site in `folder`.

    What is wrong is reported with its line where the settings file states it literally, and
    replaced by a default, so that a build can go on to find further problems.
    """
    lines = _Lines(folder, files_read(final=final))
    problems: list[Problem] = []
    url = str(settings.get("SITEURL") or "").rstrip("/")
    race = _model(Race, "RACE", settings, lines, problems)
    contact = _model(Contact, "CONTACT", settings, lines, problems)
    config = Config(
        folder=folder,
        content=Path(settings["PATH"]),
        name=_name(settings, lines, problems),
        url=_url(url, lines, problems, final=final),
        subtitle=str(settings.get("SITESUBTITLE") or ""),
        language=_language(settings, lines, problems),
        zone=_zone(settings, lines, problems),
        race=race,
        contact=contact or Contact(),
        menu=_menu(settings, lines, problems),
        per_page=_count("DEFAULT_PAGINATION", settings, lines, problems),
        feed_items=_count("FEED_MAX_ITEMS", settings, lines, problems),
        checks=_checks(settings, lines, problems),
        block_list=_block_list(folder, settings, lines, problems),
        block_list_at=(lines.file("BLOCK_LIST"), lines.line("BLOCK_LIST")),
        extra_keys=_extra_keys(settings, lines, problems),
        markdown=_table("MARKDOWN", settings, lines, problems),
        noindex=_switch("NOINDEX", settings, lines, problems),
        final=final,
        words=tuple(_words(settings, lines)),
    )
    return config, problems


def files_read(*, final: bool) -> tuple[str, ...]:
    """Return the names of the settings files of a build, in the order they are read."""
    return (SETTINGS_FILE, FINAL_FILE) if final else (SETTINGS_FILE,)


def assignments(folder: Path, files: Sequence[str]) -> Iterator[tuple[str, str, int, ast.expr]]:
    """Yield (file, name, line, value) of every setting that the settings files give a value.

    A file that is missing or is not Python has none: its loading tells.
    """
    for file in files:
        try:
            statements = ast.parse((folder / file).read_bytes()).body
        except (OSError, SyntaxError, ValueError):
            continue
        for statement in statements:
            match statement:
                case ast.Assign(targets=[ast.Name(id=name)], value=value):
                    yield file, name, statement.lineno, value
                case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value):
                    yield file, name, statement.lineno, value
                case _:
                    pass


class _Lines:
    """Where the settings files assign each setting, for values that are written literally."""

    def __init__(self, folder: Path, files: Sequence[str]) -> None:
        self.places = {name: (file, value) for file, name, _, value in assignments(folder, files)}

    def file(self, name: str) -> str:
        return self.places[name][0] if name in self.places else SETTINGS_FILE

    def line(self, name: str) -> int | None:
        return self.places[name][1].lineno if name in self.places else None

    def expression(self, name: str) -> ast.expr | None:
        return self.places[name][1] if name in self.places else None

    def problem(self, name: str, message: str, check: str = "entry") -> Problem:
        return Problem(
            check=check, file=self.file(name), line=self.line(name), subject=name, message=message
        )


def node_of(value: Any, expression: ast.expr | None, line: int = 1) -> Node:
    """Return a Python value as a node, with the lines of the expression that wrote it.

    Numbers, days, times and yes/no become the text that a person would write. What is None or
    "" is left out.
    """
    line = expression.lineno if expression else line
    match value:
        case dict():
            parts = _dict_parts(expression)
            return Table(
                tuple(
                    (
                        Scalar(str(key), parts[key].lineno if key in parts else line),
                        node_of(below, parts.get(key), line),
                    )
                    for key, below in value.items()
                    if below not in _ABSENT
                ),
                line,
                line,
            )
        case list() | tuple():
            items = expression.elts if isinstance(expression, ast.List | ast.Tuple) else []
            matched = items if len(items) == len(value) else [None] * len(value)
            return Listing(
                tuple(
                    node_of(item, at, line)
                    for item, at in zip(value, matched, strict=True)
                    if item not in _ABSENT
                ),
                line,
            )
        case _:
            return Scalar(_written(value), line)


def _written(value: object) -> str:
    match value:
        case bool():
            return "yes" if value else "no"
        case datetime():
            return value.strftime("%Y-%m-%d %H:%M")
        case time():
            return value.strftime("%H:%M")
        case _:
            return str(value)


def _words(settings: Mapping[str, Any], lines: _Lines) -> Iterator[Words]:
    for name in _WITH_WORDS:
        if settings.get(name):
            node = node_of(settings[name], lines.expression(name), lines.line(name) or 1)
            for text in _labels(node) if name == "MENUITEMS" else _scalars(node):
                yield Words(file=lines.file(name), line=text.line, subject=name, text=text.text)


def _labels(node: Node) -> Iterator[Scalar]:
    """Yield the first of each pair; the second is an address."""
    for item in node.items if isinstance(node, Listing) else ():
        if isinstance(item, Listing) and item.items:
            yield from _scalars(item.items[0])


def _scalars(node: Node) -> Iterator[Scalar]:
    match node:
        case Scalar():
            yield node
        case Listing():
            for item in node.items:
                yield from _scalars(item)
        case Table():
            for key, value in node.entries:
                if key.text not in _NO_WORDS:
                    yield from _scalars(value)


def _dict_parts(expression: ast.expr | None) -> dict[object, ast.expr]:
    if not isinstance(expression, ast.Dict):
        return {}
    return {
        key.value: value
        for key, value in zip(expression.keys, expression.values, strict=True)
        if isinstance(key, ast.Constant)
    }


def _model(
    model: type[schema.M],
    name: str,
    settings: Mapping[str, Any],
    lines: _Lines,
    problems: list[Problem],
) -> schema.M | None:
    table = _table(name, settings, lines, problems)
    if not table:
        return None
    node = node_of(table, lines.expression(name), lines.line(name) or 1)
    found, faults = schema.read(model, node, lines.file(name), subject=name, noun=name)
    problems += faults
    return found


def _table(
    name: str, settings: Mapping[str, Any], lines: _Lines, problems: list[Problem]
) -> dict[str, Any]:
    value = settings.get(name) or {}
    if isinstance(value, dict):
        return value
    message = f'it must stand in braces, as {name} = {{"key": "value"}}.'
    problems.append(lines.problem(name, message))
    return {}


def _name(settings: Mapping[str, Any], lines: _Lines, problems: list[Problem]) -> str:
    name = str(settings.get("SITENAME") or "").strip()
    if not name or name == "A Pelican Blog":
        message = 'the site has no name: add a line such as SITENAME = "Riverside 10K".'
        problems.append(lines.problem("SITENAME", message))
    return name or "A race"


def _url(url: str, lines: _Lines, problems: list[Problem], *, final: bool) -> str:
    try:
        schema.web_link(url)
    except ValueError as error:
        hint = 'Write the address of the site, as SITEURL = "https://race.example".'
        problems.append(lines.problem("SITEURL", f"{error}. {hint}"))
        return "http://127.0.0.1:8000"
    parts = urlsplit(url)
    if "?" in url or "#" in url:
        problems.append(lines.problem("SITEURL", f"{quote(url)} must have no ? and no #."))
    if final and (parts.hostname in _LOCAL or parts.scheme != "https"):
        message = (
            f'"{url}" is not where readers find the site: write its https address in {FINAL_FILE}.'
        )
        problems.append(lines.problem("SITEURL", message, check="final"))
    return url


def _zone(settings: Mapping[str, Any], lines: _Lines, problems: list[Problem]) -> ZoneInfo:
    name = str(settings.get("TIMEZONE") or "UTC")
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        guess = did_you_mean(name, available_timezones())
        message = f"{quote(name)} is not a time zone as America/Chicago or Europe/Paris."
        message += guess
        problems.append(lines.problem("TIMEZONE", message))
        return ZoneInfo("UTC")


def _menu(
    settings: Mapping[str, Any], lines: _Lines, problems: list[Problem]
) -> tuple[MenuItem, ...]:
    entries = settings.get("MENUITEMS") or ()
    if not isinstance(entries, list | tuple):
        entries = (entries,)
    items = []
    for entry in entries:
        match entry:
            case (str(label), str(url)) if label.strip() and url.strip():
                items.append(MenuItem(label=label, url=url))
            case _:
                message = 'an entry is not a pair with a comma behind it: ("Label", "address"),'
                problems.append(lines.problem("MENUITEMS", message))
    return tuple(items)


def _language(settings: Mapping[str, Any], lines: _Lines, problems: list[Problem]) -> str:
    try:
        return schema.language(str(settings.get("DEFAULT_LANG") or "en"))
    except ValueError as error:
        problems.append(lines.problem("DEFAULT_LANG", f"{error}."))
        return "en"


def _extra_keys(
    settings: Mapping[str, Any], lines: _Lines, problems: list[Problem]
) -> tuple[str, ...]:
    written = settings.get("FRONT_MATTER_EXTRA") or ()
    names = (written,) if isinstance(written, str) else written
    if isinstance(names, list | tuple | set) and all(isinstance(name, str) for name in names):
        return tuple(names)
    message = 'it must be a list of names, as ["event", "bib"].'
    problems.append(lines.problem("FRONT_MATTER_EXTRA", message))
    return ()


def _count(name: str, settings: Mapping[str, Any], lines: _Lines, problems: list[Problem]) -> int:
    value = settings.get(name)
    if value is None or value is False:
        return _DEFAULT_COUNTS[name]
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        hint = " Leave out the quotation marks." if isinstance(value, str) else ""
        message = f"{quote(str(value))} is not a whole number above 0.{hint}"
        problems.append(lines.problem(name, message))
        return _DEFAULT_COUNTS[name]
    return value


def _switch(name: str, settings: Mapping[str, Any], lines: _Lines, problems: list[Problem]) -> bool:
    value = settings.get(name)
    if value is None or isinstance(value, bool):
        return bool(value)
    hint = " Leave out the quotation marks." if value in ("True", "False") else ""
    message = f"{quote(str(value))} is not one of True, False.{hint}"
    problems.append(lines.problem(name, message))
    return False


def _checks(
    settings: Mapping[str, Any], lines: _Lines, problems: list[Problem]
) -> dict[str, Severity]:
    wanted: dict[str, Severity] = {}
    settable = [check.name for check in CHECKS.values() if not check.fixed]
    for name, severity in _table("CHECKS", settings, lines, problems).items():
        if name not in CHECKS:
            message = f"{quote(str(name))} is not a check.{did_you_mean(str(name), settable)}"
        elif CHECKS[name].fixed:
            message = f'"{name}" keeps people safe and cannot be changed.'
        elif severity not in _SEVERITIES:
            guess = did_you_mean(str(severity), _SEVERITIES)
            allowed = ", ".join(_SEVERITIES)
            message = f"{name} {quote(str(severity))} is not one of {allowed}.{guess}"
        else:
            wanted[name] = severity
            continue
        problems.append(lines.problem("CHECKS", message))
    return wanted


def _block_list(
    folder: Path, settings: Mapping[str, Any], lines: _Lines, problems: list[Problem]
) -> str:
    name = str(settings.get("BLOCK_LIST") or "")
    if not name:
        return ""
    try:
        data = paths.inside(folder, name).read_bytes()
    except FileNotFoundError:
        message = f"{name} does not exist. Put the list beside {SETTINGS_FILE}."
    except OSError as error:
        message = f"{name} cannot be read: {error.strerror}."
    except ValueError as error:
        message = f"{error}."
    else:
        return data.decode("utf-8-sig", errors="replace")
    problems.append(lines.problem("BLOCK_LIST", message, check="reference"))
    return ""
