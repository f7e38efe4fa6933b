"""How heavy a name is that is set as type, before anybody's browser sets it.

`letters.json` has what Archivo's letters (weight 750, width 100 %) take of an em: how far each
goes on, its ink in square ems, and how far it reaches above and below the line.
"""

from __future__ import annotations

import json
import math
import statistics
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib import resources
from typing import Final

CAP: Final = 0.686
"""Cap height of Archivo, in ems."""

LINE: Final = 1.14
"""From line to line, in ems, as the wall sets names."""

WIDEST: Final = 13.7
"""Ems after which a name goes on in a new line, where there is room for that many."""

READABLE: Final = 13.0
"""No name is set smaller than this, in CSS pixels an em."""

ON_PAPER: Final = 9.0
"""The same in print."""

_NEAREST: Final = 1.04
"""Names of two tiers are told apart when one is this much larger."""

_UNKNOWN: Final = (0.62, 0.24, 0.69, 0.0)
"""A letter of another alphabet: as wide and dark as most."""


def cap_height(names: Sequence[str], weight: float) -> float:
    """Return the cap height, in CSS pixels, at which the median of some names has a weight."""
    median = statistics.median(name_weight(name) for name in names)
    return CAP * math.sqrt(weight / median)


def name_weight(name: str) -> float:
    """Return the weight of a name set at one pixel an em: area times the root of its cover.

    The area is that of the box round the ink, over as many lines as the name needs.
    """
    letters = [_letters().get(letter, _UNKNOWN) for letter in name]
    length = sum(letter[0] for letter in letters) or 1.0
    ink = sum(letter[1] for letter in letters) or 1.0
    lines = math.ceil(length / WIDEST)
    above = max((letter[2] for letter in letters), default=0.0) or CAP
    below = max((letter[3] for letter in letters), default=0.0)
    area = length / lines * ((lines - 1) * LINE + above + below)
    return math.sqrt(area * ink)


def falling(heights: Iterable[float], step: float) -> list[float]:
    """Return the nearest heights of which each is at most `step` times the one before.

    Where a tier of short names would stand taller than the one above, both give way alike
    (isotonic regression of the logarithms by pooling adjacent violators; Barlow et al., 1972).
    """
    pools: list[tuple[float, int]] = []
    for place, height in enumerate(heights):
        pools.append((math.log(height) - place * math.log(step), 1))
        while len(pools) > 1 and pools[-2][0] < pools[-1][0]:
            (above, many), (below, few) = pools[-2:]
            pools[-2:] = [((above * many + below * few) / (many + few), many + few)]
    flat = [level for level, number in pools for _ in range(number)]
    return [math.exp(level + place * math.log(step)) for place, level in enumerate(flat)]


def readable(heights: Sequence[float], least: float) -> list[float]:
    """Return cap heights that fall as `heights` do, of which none is below the `least`.

    Where the lowest would be, all keep their places between it and the highest (linear in
    their logarithms), and that one grows if it must: a tier is never as small as the next.
    """
    if not heights or heights[-1] >= least:
        return list(heights)
    top = max(heights[0], least * _NEAREST ** (len(heights) - 1))
    whole = math.log(heights[0] / heights[-1]) or 1.0
    return [least * (top / least) ** (math.log(height / heights[-1]) / whole) for height in heights]


@cache
def _letters() -> Mapping[str, tuple[float, float, float, float]]:
    text = resources.files("milepost.roster").joinpath("letters.json").read_text("utf-8")
    return {letter: tuple(values) for letter, values in json.loads(text).items()}
