"""The one Jinja environment, and its faults in an organiser's words."""

from __future__ import annotations

import traceback
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from jinja2 import (
    Environment,
    FileSystemLoader,
    StrictUndefined,
    TemplateNotFound,
    TemplateSyntaxError,
)

from milepost.problems import Problem


class TemplateFailed(Exception):
    """A template cannot be rendered; `problem` says where and why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


def environment(folders: Sequence[Path], options: Mapping[str, Any] | None = None) -> Environment:
    """Return the environment that renders every page.

    `folders` are searched in order, so that a site's own theme overrides ours file by file.
    Text is escaped and a missing name is an error, whatever `options` (Pelican's
    JINJA_ENVIRONMENT) say.
    """
    wanted = {
        "trim_blocks": True,
        "lstrip_blocks": True,
        "keep_trailing_newline": True,
        **(options or {}),
        "autoescape": True,
        "undefined": StrictUndefined,
        "loader": FileSystemLoader(list(folders)),
    }
    return Environment(**wanted)  # noqa: S701 - autoescape is on


def template_names(folders: Sequence[Path]) -> frozenset[str]:
    """Return the names, without .html, of the templates that a post may ask for."""
    return frozenset(path.stem for folder in folders for path in folder.glob("*.html"))


def render(env: Environment, name: str, names: Mapping[str, Any]) -> str:
    """Render the template `name` (without .html).

    Raises:
        TemplateFailed: the template is not there, not Jinja, or asks for what there is not.
    """
    try:
        return env.get_template(f"{name}.html").render(names)
    except TemplateNotFound as error:
        message = f"the template {error.name} does not exist."
        raise TemplateFailed(_problem(f"{name}.html", None, message)) from None
    except TemplateSyntaxError as error:
        message = f"this is not a Jinja template: {error.message}."
        raise TemplateFailed(_problem(error.name or name, error.lineno, message)) from None
    except Exception as error:
        frame = next(
            (
                frame
                for frame in reversed(traceback.extract_tb(error.__traceback__))
                if frame.filename.endswith(".html")
            ),
            None,
        )
        if frame is None:
            raise
        place = Path(frame.filename)
        message = f"the template fails: {error}."
        raise TemplateFailed(_problem(_name(place, env), frame.lineno, message)) from error


def _name(path: Path, env: Environment) -> str:
    loader = env.loader
    folders = loader.searchpath if isinstance(loader, FileSystemLoader) else []
    for folder in folders:
        if path.is_relative_to(folder):
            return path.relative_to(folder).as_posix()
    return path.name


def _problem(name: str, line: int | None, message: str) -> Problem:
    return Problem(check="file", file=f"theme/templates/{name}", line=line, message=message)
