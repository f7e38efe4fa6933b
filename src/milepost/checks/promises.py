"""Whether walls show nobody else than they should, and in the promised order.

Who is missing from a wall is told by the audit.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Final

from milepost.addresses import address_of
from milepost.checks import on_pages, shown
from milepost.checks.shortfalls import TEMPLATES
from milepost.problems import count

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from milepost.facts import PageFacts
    from milepost.problems import Problem

SPONSOR_LIST: Final = "sponsors.yaml"


def check_walls(
    pages: Mapping[str, PageFacts],
    expected: Mapping[str, Sequence[str]],
    kinds: Mapping[str, str],
) -> list[Problem]:
    """Return one problem for each sponsor and placement that is wrong, on however many pages.

    `expected` has the ids of the sponsors of a placement (home, blog, posts, contact, sponsors),
    in their order. `kinds` has the placement of every output file that must have a wall; a
    page that is not in it may show no sponsor's mark.
    """
    promised = {kind: tuple(sponsors) for kind, sponsors in expected.items()}
    found: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for file in sorted(pages, key=address_of):
        kind = kinds.get(file, "")
        for sponsor, says in _faults(pages[file], kind, promised.get(kind, ())):
            found[sponsor, says].append(file)
    return [
        on_pages("wall", says, files, dict.fromkeys(files, SPONSOR_LIST), subject=sponsor)
        for (sponsor, says), files in found.items()
    ]


def _faults(page: PageFacts, kind: str, promised: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Yield (sponsor's id or "", what the page does wrong)."""
    if page.placements != promised or (promised and page.wall != kind):
        for sponsor, says in _wall_faults(page, kind, promised):
            yield sponsor, f"{says} {TEMPLATES}"


def _wall_faults(
    page: PageFacts, kind: str, promised: tuple[str, ...]
) -> Iterator[tuple[str, str]]:
    if kind and page.placements and page.wall != kind:
        has = f'"{shown(page.wall)}"' if page.wall else "no value"
        yield "", f'needs data-wall="{kind}" round its sponsors, and has {has} there.'
    due, seen = Counter(promised), Counter(page.placements)
    for sponsor in due | seen:
        if seen[sponsor] > due[sponsor]:
            yield sponsor, _number_fault(seen[sponsor], due[sponsor], kind)
    right = [sponsor for sponsor in promised if seen[sponsor] == due[sponsor]]
    there = [sponsor for sponsor in page.placements if seen[sponsor] == due[sponsor]]
    early = next(
        ((one, other) for one, other in zip(there, right, strict=True) if one != other), None
    )
    if early:
        yield early[0], f'shows this sponsor before "{early[1]}", which should come first.'


def _number_fault(seen: int, due: int, kind: str) -> str:
    if due:
        return f"shows this sponsor {count(seen, 'time')} instead of {due}."
    if kind:
        return f'shows this sponsor, which has no place on "{kind}" pages today.'
    return "shows this sponsor, but has no place for sponsors."
