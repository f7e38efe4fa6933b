"""`milepost new`: a starter file for a post or a page."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from milepost.addresses import RESERVED_PAGES, RESERVED_POSTS, slugify
from milepost.roster.written import written

STARTERS: Final = ("privacy", "accessibility", "photos")
"""The pages that begin with a text of ours, in which only the blanks are to be filled in."""

_TEXTS: Final = Path(__file__).parent / "pages"

_LONGEST: Final = 80
"""Characters of an address and of a file's name without its ending that every disk can keep."""

_WRITE: Final = "write below the second ---"
_FILL_IN: Final = "fill in what stands between [[ and ]]"


class NotMade(ValueError):
    """A post or page that was not made; the text says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A file that was made. `next_step` completes a sentence that begins with "Open it, and"."""

    path: Path
    next_step: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Name:
    """A title as it is written above a text, and the file's name that is made from it.

    `slug` is the address that the title alone would give.
    """

    title: str
    slug: str
    file: str


def new_post(content: Path, title: str, day: date) -> Made:
    """Make a post with a title and a date.

    Raises:
        NotMade: there is no such folder `content`, the title is no text or gives no file name
            or an address that the blog needs itself, or there is such a post already.
    """
    _needs(content)
    name = _name(title, RESERVED_POSTS, "blog")
    text = _header(name, f"date: {day.isoformat()}\n")
    path = _saved(content / "posts", name.file, text, "Give the post another title.")
    return Made(path=path, next_step=_WRITE)


def new_page(content: Path, title: str) -> Made:
    """Make a page: from the text that we have for one of the `STARTERS`, else with a title alone.

    Raises:
        NotMade: as for a post.
    """
    _needs(content)
    name = _name(title, RESERVED_PAGES, "site")
    has_text = name.slug in STARTERS
    text = _starter(name.slug) if has_text else _header(name)
    instead = "It was left as it is." if has_text else "Give the page another title."
    path = _saved(content / "pages", name.file, text, instead)
    return Made(path=path, next_step=_FILL_IN if has_text else _WRITE)


def _needs(content: Path) -> None:
    if not content.is_dir():
        raise NotMade(f"There is no folder {content}. Is this the folder of a site?")


def _name(title: str, reserved: Collection[str], owner: str) -> _Name:
    """Return a title with its file's name; `owner` is who needs the reserved words."""
    title = " ".join(title.split())
    try:
        above = written(title)
    except ValueError as reason:
        raise NotMade(f"This title cannot be used: {reason}") from None
    slug = slugify(title)
    if not slug:
        raise NotMade(f'No file name can be made from "{title}". Use some letters a to z.')
    if slug in reserved:
        message = f'"{slug}" is an address that the {owner} needs itself. Give it another title.'
        raise NotMade(message)
    return _Name(title=above, slug=slug, file=slug[:_LONGEST].rstrip("-"))


def _header(name: _Name, more: str = "") -> str:
    slug = f"slug: {name.file}\n" if name.file != name.slug else ""
    return f"---\ntitle: {name.title}\n{more}{slug}---\n\n"


def _starter(slug: str) -> str:
    return (_TEXTS / f"{slug}.md").read_text(encoding="utf-8")


def _saved(folder: Path, name: str, text: str, instead: str) -> Path:
    """Write a new file; `instead` is what to do when there is one already."""
    path = folder / f"{name}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError:
        raise NotMade(f"{path} exists already. {instead}") from None
    return path
