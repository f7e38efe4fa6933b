"""Names that Milepost gives to its own things, which no file of an organiser can change."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import Final

from milepost import addresses, paths

_WRITTEN = re.compile(r'\b(class|id)="([^"]*)"')
_TAG = re.compile(r"{%.*?%}")
_VALUE = re.compile(r"{{.*?}}")
_NAMED = re.compile("(?P<stem>.+)-[0-9a-f]{12}")
_MADE: Final = frozenset({"mark", "picture", "site", "sizes", "icon"})
"""What files are called in the output, whatever they were called before."""


def own_classes(classes: str) -> str:
    """Return those of an element's classes that Milepost's own templates give."""
    return " ".join(name for name in classes.split() if _is_known("class", name))


def is_own_id(name: str) -> bool:
    """Say whether Milepost's own templates give an id; that of a sponsor's place is one."""
    return _is_known("id", name) or name.startswith(addresses.mark(""))


def is_own_file(path: str) -> bool:
    """Say whether a file of the output has its name from Milepost, by its path below the site."""
    found = _NAMED.fullmatch(PurePosixPath(path).stem)
    is_media = path.startswith(addresses.MEDIA)
    return found is not None and is_media and found["stem"] in _MADE | _stems()


def _is_known(attribute: str, name: str) -> bool:
    return any(known.fullmatch(name) for known in _names(paths.theme() / "templates", attribute))


@lru_cache(maxsize=4)
def _names(templates: Path, attribute: str) -> frozenset[re.Pattern[str]]:
    return frozenset(
        re.compile(r"[\w-]+".join(map(re.escape, name.split("\0"))))
        for template in templates.rglob("*.html")
        for name in _written(template.read_text(encoding="utf-8"), attribute)
    )


def _written(template: str, attribute: str) -> Iterator[str]:
    for found in _WRITTEN.finditer(template):
        if found[1] == attribute:
            names = _VALUE.sub("\0", _TAG.sub(" ", found[2])).split(" ")
            yield from (name for name in names if name.strip("\0"))


def _stems() -> frozenset[str]:
    return frozenset(path.stem for path in (paths.theme() / "static").rglob("*.*"))
