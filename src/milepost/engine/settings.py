"""Loading a site's settings, so that nothing of one site is left for the next."""

from __future__ import annotations

import copy
import sys
import traceback
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from pelican.settings import read_settings

from milepost.config import FINAL_FILE, SETTINGS_FILE
from milepost.problems import Problem

Settings = dict[str, Any]

AS_OF = "AS_OF"
"""The setting that carries `--as-of` to the build: a date, or nothing."""

FINAL = "FINAL_BUILD"
"""The setting that says whether a build is the one to publish."""

DRY = "DRY_RUN"
"""The setting that says that nothing is to be put into the output."""


QUIET = "QUIET"
"""The setting that says that only problems are to be printed."""


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
    name = FINAL_FILE if final else SETTINGS_FILE
    path = site.resolve() / name
    if not path.is_file():
        message = f"there is no {name} in {site}. Is this the folder of a site?"
        raise SettingsFailed(Problem(check="file", file=name, message=message))
    for module in ("pelicanconf", "publishconf"):
        sys.modules.pop(module, None)
    extra: Mapping[str, Any] = {AS_OF: as_of, FINAL: final, DRY: dry, QUIET: quiet}
    before = list(sys.path)
    wrote_bytecode, sys.dont_write_bytecode = sys.dont_write_bytecode, True
    sys.path.insert(0, str(path.parent))
    try:
        return copy.deepcopy(dict(read_settings(str(path), override=dict(extra))))
    except Exception as error:
        raise SettingsFailed(_problem(error, path)) from error
    finally:
        sys.path[:] = before
        sys.dont_write_bytecode = wrote_bytecode


def _problem(error: Exception, path: Path) -> Problem:
    if isinstance(error, SyntaxError):
        file = Path(error.filename or path).name
        message = f"this is not Python: {error.msg}. Is a quotation mark or comma missing?"
        return Problem(check="file", file=file, line=error.lineno, message=message)
    frame = next(
        (
            frame
            for frame in reversed(traceback.extract_tb(error.__traceback__))
            if Path(frame.filename).parent == path.parent
        ),
        None,
    )
    return Problem(
        check="file",
        file=Path(frame.filename).name if frame else path.name,
        line=frame.lineno if frame else None,
        message=f"the settings fail: {error}.",
    )
