"""`milepost new post`: a starter file for a post."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Final

from milepost.addresses import RESERVED_POSTS, slugify
from milepost.roster.written import written

_STARTER: Final = """\
---
title: {title}
date: {day}
{more}---

"""


_LONGEST: Final = 80
"""Characters of an address and of a file's name without its ending that every disk can keep."""


class NotMade(ValueError):
    """A post that was not made; the text says why."""


def new_post(content: Path, title: str, day: date) -> Path:
    """Make a post with a title and today's date; return its file.

    Raises:
        NotMade: there is no such folder `content`, the title is no text or gives no file name
            or an address that the blog needs itself, or there is such a post already.
    """
    if not content.is_dir():
        raise NotMade(f"There is no folder {content}. Is this the folder of a site?")
    title = " ".join(title.split())
    try:
        header = written(title)
    except ValueError as reason:
        raise NotMade(f"This title cannot be used: {reason}") from None
    slug = slugify(title)
    if not slug:
        raise NotMade(f'No file name can be made from "{title}". Use some letters a to z.')
    if slug in RESERVED_POSTS:
        raise NotMade(f'"{slug}" is an address that the blog needs itself. Give it another title.')
    name = slug[:_LONGEST].rstrip("-")
    more = f"slug: {name}\n" if name != slug else ""
    text = _STARTER.format(title=header, day=day.isoformat(), more=more)
    path = content / "posts" / f"{name}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError:
        raise NotMade(f"{path} exists already. Give the post another title.") from None
    return path
