"""Everything that a post's HTML follows from, beside the post itself, as one digest."""

from __future__ import annotations

import hashlib
import sys
import sysconfig
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.metadata import distributions, version
from pathlib import Path
from types import FunctionType
from typing import Any, Final

import markdown

from milepost.keeping import key_of

PACKAGE: Final = Path(__file__).parents[1]
_OURS: Final = ("*.py", "posts/**/*.py", "roster/letters.py", "roster/names.py", "rules/names.py")
"""The files of Milepost's own that read and convert posts, and look for names in them."""

_MAKERS: Final = ("markdown", "pygments", "pydantic", "pyyaml", "unidecode")
_KNOWN: Final = frozenset({"markdown", "milepost"})
_PLAIN: Final = (str, bytes, int, float, bool, type(None))


class Unstable(ValueError):
    """Something in the settings cannot be told from another thing of its kind by a digest."""


def fingerprint(settings: Mapping[str, Any]) -> bytes:
    """Return the digest of Pelican's MARKDOWN and of all programs that it makes use of.

    With an extension or a function that is not Markdown's own, those are all packages that are
    installed, by their versions, and all files of code that are not installed, by their bytes:
    nobody knows what it uses.

    Raises:
        Unstable: the settings have something whose kind says nothing of what it does.
    """
    strangers: set[str] = set()
    said = repr(_said(dict(settings), strangers))
    for name in settings.get("extensions") or ():
        if isinstance(name, str):
            strangers.add(_owner(name))
    for name in settings.get("extension_configs") or ():
        strangers.add(_owner(str(name)))
    parts = [_code(), said.encode()]
    if strangers - _KNOWN:
        parts += _whole_environment()
    return key_of(*parts)


def reading_fingerprint() -> bytes:
    """Return the digest of the programs that read the lines above a text."""
    return _code()


@cache
def _code() -> bytes:
    versions = [sys.version, *(f"{name} {version(name)}" for name in _MAKERS)]
    files = sorted({path for pattern in _OURS for path in PACKAGE.glob(pattern)})
    return key_of("\n".join(versions).encode(), *(path.read_bytes() for path in files))


def _owner(name: str) -> str:
    """Return the package of an extension, which may be named in short, as `toc`."""
    if ":" not in name and "." not in name:
        registered = markdown.util.get_installed_extensions()
        name = next((one.value for one in registered if one.name == name), name)
    return name.partition(":")[0].partition(".")[0]


def _said(value: Any, strangers: set[str]) -> Any:
    """Return a value as plain data whose text is the same in each process."""
    if type(value) in _PLAIN:
        return value
    if isinstance(value, list | tuple):
        return [type(value).__name__, *(_said(one, strangers) for one in value)]
    if isinstance(value, set | frozenset):
        return ["set", *sorted(repr(_said(one, strangers)) for one in value)]
    if isinstance(value, Mapping):
        pairs = ((_said(key, strangers), _said(one, strangers)) for key, one in value.items())
        return ["mapping", *pairs]
    if isinstance(value, type | FunctionType):
        return _named(value, strangers)
    inside = getattr(value, "__dict__", None)
    if not isinstance(inside, dict):
        raise Unstable(f"nobody can tell one {type(value).__name__} in MARKDOWN from another")
    return [_named(type(value), strangers), _said(inside, strangers)]


def _named(thing: type | FunctionType, strangers: set[str]) -> str:
    """Return the name of a class or function that its module has, and nothing else has."""
    name = f"{thing.__module__}.{thing.__qualname__}"
    if "<" in name:
        raise Unstable(f"nobody can tell {thing.__qualname__} in MARKDOWN from another function")
    strangers.add(thing.__module__.partition(".")[0])
    return name


def _whole_environment() -> Iterator[bytes]:
    installed = sorted(f"{one.metadata['Name']} {one.version}" for one in distributions())
    yield "\n".join(installed).encode()
    for path in sorted(_files_of_code()):
        yield hashlib.sha256(path.read_bytes()).digest()


def _files_of_code() -> Iterator[Path]:
    """Yield the files of modules that are neither Python's nor installed: a site's own."""
    homes = [Path(sysconfig.get_path(name)) for name in ("stdlib", "purelib", "platlib")]
    for module in list(sys.modules.values()):
        file = getattr(module, "__file__", None)
        path = Path(file) if file else None
        if path and path.suffix == ".py" and not any(map(path.is_relative_to, (*homes, PACKAGE))):
            yield path
