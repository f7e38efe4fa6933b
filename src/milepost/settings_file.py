"""The settings files as they are written: what is wrong in them, found without running them."""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from milepost import defaults
from milepost.config import SETTINGS_FILE, assignments, files_read
from milepost.problems import Problem, nearest

_KINDS: Final[Mapping[str, tuple[type, str]]] = {
    **dict.fromkeys(
        ("SITENAME", "SITESUBTITLE", "SITEURL", "DEFAULT_LANG", "TIMEZONE", "BLOCK_LIST"),
        (str, "text between quotation marks"),
    ),
    **dict.fromkeys(("PATH", "OUTPUT_PATH", "THEME"), (str, "a folder between quotation marks")),
    **dict.fromkeys(
        ("MENUITEMS", "FRONT_MATTER_EXTRA", "PLUGINS", "PLUGIN_PATHS", "STATIC_PATHS"),
        (list, "a list between [ and ]"),
    ),
    **dict.fromkeys(
        ("RACE", "CONTACT", "CHECKS", "MARKDOWN", "SITEMAP", "EXTRA_PATH_METADATA"),
        (dict, "keys with values between { and }"),
    ),
}
"""Settings that Pelican and we take for what they should be, and what that is called."""


DECIDED: Final = (
    *("ARTICLE_PATHS", "PAGE_PATHS", "USE_FOLDER_AS_CATEGORY", "FILENAME_METADATA", "LOCALE"),
    *("WITH_FUTURE_DATES", "RELATIVE_URLS", "DELETE_OUTPUT_DIRECTORY", "TYPOGRIFY"),
    *("ARTICLE_TRANSLATION_ID", "PAGE_TRANSLATION_ID", "CACHE_CONTENT", "LOAD_CONTENT_CACHE"),
    *("DIRECT_TEMPLATES", "PAGINATED_TEMPLATES", "DEFAULT_CATEGORY", "ARTICLE_URL"),
    *("ARTICLE_SAVE_AS", "PAGE_URL", "PAGE_SAVE_AS", "CATEGORY_URL", "CATEGORY_SAVE_AS"),
    *("TAG_URL", "TAG_SAVE_AS", "AUTHOR_URL", "AUTHOR_SAVE_AS", "FEED_ALL_ATOM"),
    *("CATEGORY_FEED_ATOM", "AUTHOR_FEED_ATOM", "AUTHOR_FEED_RSS", "TRANSLATION_FEED_ATOM"),
)
"""Settings of Pelican's that Milepost has decided: a site that gives them another value is told."""


_ALMOST: Final = 0.85
"""How alike two names of settings are when one is a slip of the other."""


def wrong_settings(site: Path, *, final: bool) -> list[Problem]:
    """Return a problem for every setting that is plainly written as another kind of value.

    Pelican falls back to its own default for some of these, and fails for others. So it is with
    settings that are not a site's to change.
    """
    return [
        problem_of(name, message, file, line)
        for file, name, line, value in assignments(site, files_read(final=final))
        if (message := _fault(name, value))
    ]


def strange_settings(site: Path, *, final: bool) -> list[Problem]:
    """Return a problem for every name that is almost that of a setting: CONTCT.

    Another name may belong to a plugin, and is nobody's business.
    """
    known = {name for name in vars(defaults) if name.isupper()}
    return [
        Problem(
            check="setting",
            file=file,
            line=line,
            subject=name,
            message=f'nothing reads a setting of this name. Did you mean "{near}"?',
        )
        for file, name, line, _ in assignments(site, files_read(final=final))
        if name.isupper() and name not in known and (near := nearest(name, known, _ALMOST))
    ]


def _fault(name: str, value: ast.expr) -> str | None:
    if name in DECIDED and not _is_default(name, value):
        return f"{name} is decided by Milepost. Delete this line."
    if name == "IGNORE_FILES" and "'.*'" not in ast.unparse(value):
        return (
            'IGNORE_FILES must have ".*" in it: hidden files, such as .env, are nobody else\'s '
            "business."
        )
    if name == "EXTRA_PATH_METADATA" and any(
        not isinstance(below, ast.Dict) for below in getattr(value, "values", ())
    ):
        return 'EXTRA_PATH_METADATA must say it so: {"extra/CNAME": {"path": "CNAME"}}.'
    if twice := _twice(value):
        return f'"{twice}" stands in it twice. Keep one.'
    kind, words = _KINDS.get(name, (None, ""))
    if kind and _kind_of(value) not in {kind, None}:
        return f"{name} must be {words}, not {ast.unparse(value)}."
    return None


def _twice(value: ast.expr) -> str:
    """Return a key that a table, or one inside it, has twice: Python takes the last in silence."""
    for table in ast.walk(value):
        if isinstance(table, ast.Dict):
            keys = [key.value for key in table.keys if isinstance(key, ast.Constant)]
            again = next((key for at, key in enumerate(keys) if key in keys[:at]), None)
            if again is not None:
                return str(again)
    return ""


def _is_default(name: str, value: ast.expr) -> bool:
    try:
        return bool(ast.literal_eval(value) == getattr(defaults, name))
    except ValueError:
        return False


def _kind_of(value: ast.expr) -> type | None:
    match value:
        case ast.Constant(value=constant):
            return type(constant)
        case ast.List() | ast.Tuple():
            return list
        case ast.Dict():
            return dict
        case _:
            return None


def line_of_setting(site: Path, name: str, file: str = SETTINGS_FILE) -> int | None:
    """Return the line of a settings file that first gives `name` a value, or None."""
    try:
        text = (site / file).read_text(encoding="utf-8")
    except (OSError, ValueError):
        return None
    found = re.search(rf"^{re.escape(name)}\b\s*[+:=]", text, re.MULTILINE)
    return text.count("\n", 0, found.start()) + 1 if found else None


def problem_of(name: str, message: str, file: str, line: int | None) -> Problem:
    """Return what is wrong with one setting."""
    return Problem(check="entry", file=file, line=line, subject=name, message=message)
