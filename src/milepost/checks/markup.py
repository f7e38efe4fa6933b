"""Whether finished pages are built so that everybody, and every browser, can read them."""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING

from milepost.addresses import address_of
from milepost.checks import Right, on_pages, shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from milepost.facts import Image, PageFacts
    from milepost.problems import Problem


def check_markup(pages: Mapping[str, PageFacts], sources: Mapping[str, str]) -> list[Problem]:
    """Return one problem for each thing that is wrong alike, on however many pages.

    `sources` maps output files to the files that an organiser edits. A page that only sends its
    readers on needs no heading and no description; a page that search engines leave out needs
    no description.
    """
    found: defaultdict[str, list[str]] = defaultdict(list)
    right = Right()
    for file in sorted(pages, key=address_of):
        for says in dict.fromkeys(_faults(pages[file], right, has_source=file in sources)):
            found[says].append(file)
    return [on_pages("markup", says, files, sources) for says, files in found.items()]


def _faults(page: PageFacts, right: Right, *, has_source: bool) -> Iterator[str]:
    yield from _head_faults(page, has_source=has_source)
    yield from _heading_faults(page)
    yield from _id_faults(page)
    for image in right.others(page.images):
        faults = list(_image_faults(image))
        yield from faults
        if not faults:
            right.add(image)
    for piece in page.inline:
        yield (
            f"has {piece} in its HTML, which this site's safety rules switch off. "
            "Put it into a file in theme/static/."
        )


def _head_faults(page: PageFacts, *, has_source: bool) -> Iterator[str]:
    if not page.language:
        yield "does not say which language it is in. Write it into the template: <html lang=…>."
    if not page.title:
        yield "has no title."
    if page.has_base:
        yield "has a <base> element, which changes where its links lead. Take it out."
    if not page.description and not page.noindex and page.redirect is None:
        line = " Add a line with summary: between the two --- of its file." if has_source else ""
        yield f"has no description for search engines.{line}"


def _heading_faults(page: PageFacts) -> Iterator[str]:
    main = [f'"{shown(heading.text)}"' for heading in page.headings if heading.level == 1]
    if not main and page.redirect is None:
        yield "has no main heading (h1)."
    if len(main) > 1:
        yield (
            f"has {len(main)} main headings (h1): {', '.join(main)}. "
            "Keep the title; in a text, begin headings with ## and not with #."
        )
    for above, below in pairwise(page.headings):
        if below.level > above.level + 1:
            yield (
                f'goes from heading "{shown(above.text)}" (level {above.level}) to '
                f'"{shown(below.text)}" (level {below.level}). Make that one level '
                f"{above.level + 1}: {'#' * (above.level + 1)}."
            )


def _id_faults(page: PageFacts) -> Iterator[str]:
    if len(set(page.ids)) == len(page.ids) and all(map(str.strip, page.ids)):
        return
    for name, times in Counter(page.ids).items():
        if not name.strip():
            yield "has an empty id."
        elif times > 1:
            yield f'has the id "{shown(name)}" {times} times. Every id may stand once on a page.'


def _image_faults(image: Image) -> Iterator[str]:
    name = f"the picture {shown(image.src)}" if image.src else "a picture without an address"
    if image.alt is None:
        yield f'has {name} without words for those who cannot see it. Add alt="…".'
    lacking = [
        word for word, size in (("width", image.width), ("height", image.height)) if size is None
    ]
    if lacking:
        yield f"has {name} without its {' and '.join(lacking)} in pixels."
