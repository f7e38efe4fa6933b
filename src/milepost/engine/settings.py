"""Loading a site's settings, so that nothing of one site is left for the next."""

from __future__ import annotations

import copy
import re
import sys
import traceback
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any, Final

# First, since it keeps Pelican's import from changing everybody's loggers.
import milepost.engine.state  # noqa: F401

# isort: split
from pelican.settings import get_settings_from_file, read_settings

from milepost import defaults
from milepost.config import FINAL_FILE, SETTINGS_FILE
from milepost.problems import SITE, Problem
from milepost.settings_file import line_of_setting, problem_of, wrong_settings

Settings = dict[str, Any]

AS_OF = "AS_OF"
"""The setting that carries `--as-of` to the build: a date, or nothing."""

FINAL = "FINAL_BUILD"
"""The setting that says whether a build is the one to publish."""

DRY = "DRY_RUN"
"""The setting that says that nothing is to be put into the output."""


QUIET = "QUIET"
"""The setting that says that only problems are to be printed."""

FINAL_OUTPUT: Final = "public"
"""The folder of a final build whose settings name none of its own."""


class SettingsFailed(Exception):
    """The settings cannot be read; `problem` says where and why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


def load_settings(
    site: Path,
    *,
    final: bool = False,
    as_of: date | None = None,
    dry: bool = False,
    quiet: bool = False,
) -> Settings:
    """Read `pelicanconf.py` of the folder `site`, or `publishconf.py` for a final build.

    Both are executed anew each time, with the site's folder first on `sys.path`; the values are
    copied, since Pelican changes lists in place.

    Raises:
        SettingsFailed: the file is missing or fails.
    """
    path = site.resolve() / (FINAL_FILE if final else SETTINGS_FILE)
    if not path.is_file():
        raise SettingsFailed(_missing(path, final=final))
    for module in ("pelicanconf", "publishconf"):
        sys.modules.pop(module, None)
    extra: Mapping[str, Any] = {AS_OF: as_of, FINAL: final, DRY: dry, QUIET: quiet}
    before = list(sys.path)
    sys.path.insert(0, str(path.parent))
    try:
        with no_bytecode(), _same_defaults():
            found = read_settings(str(path), override=dict(extra))
    except (Exception, SystemExit) as error:
        raise SettingsFailed(_problem(error, path)) from error
    finally:
        sys.path[:] = before
    if "FRONT_MATTER_EXTRA" not in found:
        message = "the first line must be: from milepost.defaults import *"
        raise SettingsFailed(Problem(check="file", file=SETTINGS_FILE, line=1, message=message))
    if final:
        found["OUTPUT_PATH"] = _final_output(path.parent, Path(found["OUTPUT_PATH"]))
    return {name: _copied(value) for name, value in found.items()}


def _final_output(site: Path, output: Path) -> str:
    """Return a folder that no development build uses: `public` where the settings name none."""
    shared = getattr(sys.modules.get("pelicanconf"), "OUTPUT_PATH", defaults.OUTPUT_PATH)
    return str(site / FINAL_OUTPUT if output == site / shared else output)


@contextmanager
def no_bytecode() -> Iterator[None]:
    """Import a site's own code without leaving __pycache__ in its folders."""
    before, sys.dont_write_bytecode = sys.dont_write_bytecode, True
    try:
        yield
    finally:
        sys.dont_write_bytecode = before


@contextmanager
def _same_defaults() -> Iterator[None]:
    """Let a site change the defaults that it has imported, as `MARKDOWN["extensions"]`, alone."""
    before = {name: _copied(value) for name, value in vars(defaults).items() if name.isupper()}
    try:
        yield
    finally:
        vars(defaults).update(before)


def _copied(value: Any) -> Any:
    try:
        return copy.deepcopy(value)
    except TypeError:  # a plugin that is given as a module, not as its name
        return list(value) if isinstance(value, list) else value


def _missing(path: Path, *, final: bool) -> Problem:
    message = f"there is no {path.name} in {path.parent}. Is this the folder of a site?"
    if final and path.with_name(SETTINGS_FILE).is_file():
        message = (
            f"there is no {path.name} beside {SETTINGS_FILE}. Make it with two lines: "
            'from pelicanconf import *, and SITEURL = "https://…", where readers find the site.'
        )
    return Problem(check="file", file=path.name, message=message)


def _problem(error: BaseException, path: Path) -> Problem:
    if isinstance(error, SyntaxError):
        return _not_python(error, path)
    frame = next(
        (
            frame
            for frame in reversed(traceback.extract_tb(error.__traceback__))
            if Path(frame.filename).parent == path.parent
        ),
        None,
    )
    if frame is None:
        return _refused_by_pelican(error, path)
    reason = str(error) or type(error).__name__
    if isinstance(error, SystemExit):
        reason = f"they end the program ({reason})"
    return Problem(
        check="file",
        file=Path(frame.filename).name,
        line=frame.lineno,
        message=f"the settings fail: {reason}.",
    )


_CURLY = re.compile("[\u2018-\u201f]")


def _not_python(error: SyntaxError, path: Path) -> Problem:
    message = f"this is not Python: {error.msg}. Is a quotation mark or comma missing?"
    if _CURLY.search(error.text or ""):
        message = "there is a curly quotation mark here. Write straight ones: \" or '."
    if "'utf-8' codec" in error.msg:
        message = "this is not UTF-8 text. Save the file again with the encoding UTF-8."
    file = Path(error.filename or path).name
    return Problem(check="file", file=file, line=error.lineno, message=message)


def _refused_by_pelican(error: BaseException, path: Path) -> Problem:
    """Say in our words what Pelican makes of values that the settings file gave without fault."""
    wrong = wrong_settings(path.parent, final=path.name == FINAL_FILE)
    if wrong:
        return wrong[0]
    values = get_settings_from_file(str(path))
    folder, theme = str(values.get("PATH")), str(values.get("THEME"))
    if not (path.parent / folder).is_dir():
        message = (
            f"there is no folder {folder}/ beside {SETTINGS_FILE}. Make it, with a folder posts/ "
            "for the posts in it."
        )
        return Problem(check="file", file=SITE, message=message)
    if theme in str(error):
        line = line_of_setting(path.parent, "THEME")
        return problem_of("THEME", f'THEME "{theme}" is not a folder.', SETTINGS_FILE, line)
    return Problem(check="file", file=path.name, message=f"the settings fail: {error}.")
