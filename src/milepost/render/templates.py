"""The one Jinja environment, and its faults in an organiser's words."""

from __future__ import annotations

import re
import traceback
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import is_dataclass
from pathlib import Path
from typing import Any, Final

from jinja2 import (
    BytecodeCache,
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    StrictUndefined,
    Template,
    TemplateNotFound,
    TemplateSyntaxError,
    pass_eval_context,
)
from jinja2.bccache import Bucket
from jinja2.nodes import EvalContext
from jinja2.runtime import Macro
from markupsafe import Markup, escape

from milepost.problems import Problem
from milepost.render import views

_MISSING_FIELD = re.compile(r"'milepost\.render\.views\.(\w+) object' has no attribute '(\w+)'")


_SPECIAL = re.compile("[&<>'\"]")


def _escaped(value: object) -> str:
    """Return what `escape` returns, without making a `Markup` of each word that needs none."""
    if type(value) is Markup or (type(value) is str and not _SPECIAL.search(value)):
        return value
    return escape(value)


_NEVER_CHANGE: Final = frozenset(
    {str, Markup, int, bool, type(None)}
    | {kind for kind in vars(views).values() if is_dataclass(kind) and isinstance(kind, type)}
)


class _Macro(Macro):
    """A macro that remembers what it has made of values that never change, such as views.

    A macro sees its arguments and what is the same for all pages; one that is imported with
    context, or stands in the template of a page, is another object for each page. So the same
    arguments give the same words. Most are asked for again and again: each post stands in a
    list of its topic, of each of its tags, of its author.
    """

    def __init__(self, *arguments: Any, **more: Any) -> None:
        super().__init__(*arguments, **more)
        self._made: dict[object, Any] = {}

    @pass_eval_context
    def __call__(self, context: EvalContext, *arguments: Any, **more: Any) -> Any:
        values = (*arguments, *more.values())
        types = tuple(map(type, values))
        if not _NEVER_CHANGE.issuperset(types):
            return super().__call__(context, *arguments, **more)
        key = (values, types, tuple(more))
        try:
            made = self._made.get(key)
        except TypeError:  # a view with a dict in it
            return super().__call__(context, *arguments, **more)
        if made is None:
            made = self._made[key] = super().__call__(context, *arguments, **more)
        return made


class _Template(Template):
    """A template whose code calls our macros, and escapes quickly.

    What it writes is joined, so that plain text will do.
    """

    @classmethod
    def from_code(cls, *arguments: Any, **more: Any) -> Template:
        made = super().from_code(*arguments, **more)
        made.root_render_func.__globals__.update(escape=_escaped, Macro=_Macro)
        return made


class _Compiled(BytecodeCache):
    """What templates were compiled to in this process: `serve` builds the same ones again."""

    def __init__(self) -> None:
        self._codes: dict[tuple[str, str], Any] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self._codes.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._codes[bucket.key, bucket.checksum] = bucket.code


_compiled: defaultdict[str, _Compiled] = defaultdict(_Compiled)
"""By the options of Jinja, which decide what a template becomes."""


class TemplateFailed(Exception):
    """A file of the theme cannot be used; `problem` says where and why."""

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
        # The files of a theme are read once a build; to look again for each page takes long.
        "auto_reload": False,
        "bytecode_cache": _compiled[repr(sorted((options or {}).items()))],
        # Pelican's TEMPLATE_PAGES put loaders of their own before ours.
        "loader": ChoiceLoader([FileSystemLoader(list(folders))]),
    }
    made = Environment(**wanted)  # noqa: S701 - autoescape is on
    made.template_class = _Template
    return made


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
    except TemplateSyntaxError as error:
        message = f"this is not a Jinja template: {_sentence(error.message)}"
        raise TemplateFailed(
            _problem(error.name or f"{name}.html", error.lineno, message)
        ) from None
    except UnicodeDecodeError:
        raise _not_utf8(env) from None
    except Exception as error:
        frame = _frame(error)
        if frame is None and not isinstance(error, TemplateNotFound):
            raise
        message = f"the template fails: {_sentence(str(error))}"
        if isinstance(error, TemplateNotFound):
            message = f"the template {error.name} does not exist."
        file = _name(Path(frame.filename), env) if frame else f"{name}.html"
        raise TemplateFailed(_problem(file, frame and frame.lineno, message)) from error


def read_utf8(path: Path, file: str) -> str:
    """Return the text of a file of the theme; `file` is the name to report.

    Raises:
        TemplateFailed: it is not UTF-8.
    """
    data = path.read_bytes()
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        message = "this is not UTF-8 text. Save the file again with the encoding UTF-8."
        raise TemplateFailed(Problem(check="file", file=file, line=line, message=message)) from None


def _frame(error: Exception) -> traceback.FrameSummary | None:
    """Return the innermost place in a template that an error passed through."""
    frames = reversed(traceback.extract_tb(error.__traceback__))
    return next((frame for frame in frames if frame.filename.endswith(".html")), None)


def _sentence(words: str | None) -> str:
    plainly = _MISSING_FIELD.sub(r'\1 has no field "\2"', words or "nobody knows why")
    return f"{plainly.rstrip('.')}."


def _not_utf8(env: Environment) -> TemplateFailed:
    """Find the template that could not be decoded: the error itself does not know its file."""
    for folder in _folders(env):
        for path in sorted(Path(folder).rglob("*.html")):
            try:
                read_utf8(path, f"theme/templates/{path.relative_to(folder).as_posix()}")
            except TemplateFailed as failure:
                return failure
    message = "a template is not UTF-8 text. Save it again with the encoding UTF-8."
    return TemplateFailed(Problem(check="file", message=message))


def _folders(env: Environment) -> list[str]:
    loaders = env.loader.loaders if isinstance(env.loader, ChoiceLoader) else ()
    return [
        folder
        for loader in loaders
        if isinstance(loader, FileSystemLoader)
        for folder in loader.searchpath
    ]


def _name(path: Path, env: Environment) -> str:
    for folder in _folders(env):
        if path.is_relative_to(folder):
            return path.relative_to(folder).as_posix()
    return path.name


def _problem(name: str, line: int | None, message: str) -> Problem:
    return Problem(check="file", file=f"theme/templates/{name}", line=line, message=message)
