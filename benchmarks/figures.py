"""What measured costs say: medians, ratios, growth, and the targets they are held against."""

from __future__ import annotations

import math
import statistics
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from measure import Cost

COLD: Final = "Milepost, cold"
EDITED: Final = "Milepost, one post edited"
UNCHANGED: Final = "Milepost, nothing changed"
PELICAN: Final = "Pelican, cold"
HUGO: Final = "Hugo, cold"
MILEPOST: Final = (COLD, EDITED, UNCHANGED)
MEGABYTE: Final = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """Work on a site of some posts: its cost in every round, and the pages that it made."""

    posts: int
    work: str
    pages: int
    costs: Sequence[Cost]

    @property
    def seconds(self) -> list[float]:
        """Return the seconds of every round."""
        return [cost.seconds for cost in self.costs]

    @property
    def memory(self) -> list[float]:
        """Return the bytes of every round; nothing where the system does not tell them."""
        return [cost.memory for cost in self.costs if cost.memory is not None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A ratio that is wished for.

    `limits` has, by number of posts, what it must reach and what it aims at. It is one of memory,
    the most of all works `over`, or one of time.
    """

    name: str
    over: Sequence[str]
    under: str
    limits: Mapping[int, tuple[float, float | None]]
    at_least: bool = False
    of_memory: bool = False

    def ratios(self, runs: Mapping[str, Run]) -> list[float]:
        """Return the ratio of every round; nothing if a part of it was not measured."""
        if not {*self.over, self.under} <= runs.keys():
            return []
        tops = zip(*(self._values(runs[work]) for work in self.over), strict=True)
        bottoms = self._values(runs[self.under])
        return [max(top) / bottom for top, bottom in zip(tops, bottoms, strict=True)]

    def is_reached(self, ratio: float, limit: float) -> bool:
        """Tell whether a ratio is on the right side of a limit."""
        return ratio >= limit if self.at_least else ratio <= limit

    def _values(self, run: Run) -> list[float]:
        return run.memory if self.of_memory else run.seconds


TARGETS: Final = (
    Target(
        name="stock Pelican's time, as so many of a cold build",
        over=(PELICAN,),
        under=COLD,
        limits={1_000: (3, None), 10_000: (4, 6)},
        at_least=True,
    ),
    Target(
        name="cold, against Hugo",
        over=(COLD,),
        under=HUGO,
        limits={1_000: (3, 2), 10_000: (1.6, 1)},
    ),
    Target(
        name="one post edited, against Hugo",
        over=(EDITED,),
        under=HUGO,
        limits={1_000: (1.8, 1), 10_000: (0.6, 0.4)},
    ),
    Target(
        name="nothing changed, against Hugo",
        over=(UNCHANGED,),
        under=HUGO,
        limits={1_000: (0.3, None), 10_000: (0.1, None)},
    ),
    Target(
        name="most memory of the three, against Hugo",
        over=MILEPOST,
        under=HUGO,
        limits={1_000: (1, None), 10_000: (0.5, None)},
        of_memory=True,
    ),
)
"""What is wished for on two cores; Hugo always builds the whole site."""


def growth(small: float, large: float, times: float) -> float:
    """Return the exponent e by which `large` is `small` times `times` to the power of e.

    It is 1 where cost grows as the site does, and 2 where ten times the posts cost a hundred times
    as much.
    """
    return math.log(large / small) / math.log(times)


def markdown(runs: Sequence[Run]) -> str:
    """Return all tables: the costs by size, the ratios, the growth."""
    sizes = {posts: {run.work: run for run in runs if run.posts == posts} for posts in _sizes(runs)}
    tables = [_costs(posts, list(some.values())) for posts, some in sizes.items()]
    ratios = [line for posts, some in sizes.items() for line in _ratios(posts, some)]
    if ratios:
        head = ["| Ratio | Posts | Median | Lowest to highest | Target | Aim |", _rule(6)]
        tables.append("\n".join(head + ratios))
    exponents = [
        line
        for (small, few), (large, many) in pairwise(sizes.items())
        for line in _exponents(large / small, few, many)
    ]
    if exponents:
        head = ["| Growth | Posts | Exponent of time | Exponent of memory |", _rule(4)]
        tables.append("\n".join(head + exponents))
    return "\n\n".join(tables) + "\n"


def _sizes(runs: Sequence[Run]) -> list[int]:
    return sorted({run.posts for run in runs})


def _rule(columns: int) -> str:
    return "|" + " --- |" * columns


def _costs(posts: int, runs: Sequence[Run]) -> str:
    head = f"| {posts:,} posts | Pages | Seconds | Fastest to slowest | Memory in MB | From, to |"
    lines = [
        f"| {run.work} | {run.pages:,} | {_spread(run.seconds, 1, 2)} "
        f"| {_spread(run.memory, MEGABYTE, 0)} |"
        for run in runs
    ]
    return "\n".join([head, _rule(6), *lines])


def _spread(values: Sequence[float], unit: float, digits: int) -> str:
    """Return two cells: the median, and the range."""
    if not values:
        return "not known | not known"
    middle, low, high = (
        f"{value / unit:,.{digits}f}"
        for value in (statistics.median(values), min(values), max(values))
    )
    return f"{middle} | {low} to {high}"


def _ratios(posts: int, runs: Mapping[str, Run]) -> Iterator[str]:
    for target in TARGETS:
        ratios = target.ratios(runs)
        if not ratios:
            continue
        limit, aim = target.limits.get(posts, (None, None))
        # Each round has its own ratio, because what slows a machine down slows its neighbours too.
        middle = statistics.median(ratios)
        yield (
            f"| {target.name} | {posts:,} | {_spread(ratios, 1, 2)} "
            f"| {_verdict(target, middle, limit)} | {_verdict(target, middle, aim)} |"
        )


def _verdict(target: Target, ratio: float, limit: float | None) -> str:
    if limit is None:
        return "none"
    word = "at least" if target.at_least else "at most"
    return f"{word} {limit:g}: {'reached' if target.is_reached(ratio, limit) else '**missed**'}"


def _exponents(times: float, few: Mapping[str, Run], many: Mapping[str, Run]) -> Iterator[str]:
    for work, large in many.items():
        if small := few.get(work):
            yield (
                f"| {work} | {small.posts:,} to {large.posts:,} "
                f"| {_exponent(small.seconds, large.seconds, times)} "
                f"| {_exponent(small.memory, large.memory, times)} |"
            )


def _exponent(small: Sequence[float], large: Sequence[float], times: float) -> str:
    if not (small and large):
        return "not known"
    return f"{growth(statistics.median(small), statistics.median(large), times):.2f}"
