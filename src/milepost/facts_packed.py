"""Facts of a page as one line of text, to be kept for the next build."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

from selectolax import __version__ as parser_version

from milepost import facts
from milepost.facts import Heading, Image, Link, Mark, OwnFacts, Shared, Stretch, shared
from milepost.keeping import key_of

MADE_BY: Final = key_of(
    parser_version.encode(),
    *(Path(file).read_bytes() for file in (facts.__file__, __file__)),
)
"""The digest of what facts follow from beside the page: the parser, and the code that reads."""


def packed(own: OwnFacts) -> str:
    """Return a page's own facts as text."""
    stretches = [_values(one) for one in (own.before, own.after) if one]
    return json.dumps([own.title, own.language, *stretches], separators=(",", ":"))


def unpacked(text: str) -> OwnFacts:
    """Return the facts of which the text was made.

    Raises:
        ValueError: it was made by somebody else.
    """
    try:
        title, language, before, *after = json.loads(text)
        stretches = [_stretch(*one) for one in (before, *after)]
        return OwnFacts(title, language, *stretches)
    except (TypeError, KeyError, AttributeError) as error:
        raise ValueError(str(error)) from error


def _values(stretch: Stretch) -> list[Any]:
    lists = (stretch.links, stretch.images, stretch.headings, stretch.marks)
    facts_of = [[[getattr(one, name) for name in one.__slots__] for one in some] for some in lists]
    return [stretch.texts, stretch.many, stretch.classes, *facts_of]


def _stretch(
    texts: dict[str, str],
    many: dict[str, list[str]],
    classes: list[list[str]],
    *lists: list[list[Any]],
) -> Stretch:
    links, images, headings, marks = lists
    return Stretch(
        texts=texts,
        many=many,
        links=_facts(Link, links),
        images=_facts(Image, images),
        headings=_facts(Heading, headings),
        classes=[(tag, names) for tag, names in classes],
        marks=_facts(Mark, map(_hashable, marks)),
    )


def _facts(kind: type[Shared], values: Iterable[Iterable[Any]]) -> list[Any]:
    return [shared(kind, *some) for some in values]  # type: ignore[arg-type]


def _hashable(values: Iterable[Any]) -> list[Any]:
    return [tuple(_hashable(value)) if type(value) is list else value for value in values]
