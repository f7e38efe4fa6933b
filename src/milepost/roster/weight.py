"""How heavy the marks of each tier look, and the boxes that make them so.

The weight of a mark is its area times the square root of how much of that area is inked. Area
alone would make a hairline drawing vanish beside a solid square, and ink alone would make it
fill the page; their geometric mean is what logo strips are tuned to by eye (sanity-labs/logo-soup,
"visual weight"; pythondotorg, `ideal_size`).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from milepost.roster.sponsor import SCALES, Tier

BASE: Final = 4200.0
"""Weight of a mark in a tier of size 1: a logo of 120 by 50 pixels, half of it inked."""

STEP: Final = 0.75
"""A tier weighs at most this part of the tier above it, whatever their sizes say."""

LARGEST: Final = 4.0
"""A size above this one is taken for it: the page has an end."""

NEAREST: Final = 0.95
"""The heaviest logo of a tier weighs at most this part of the lightest of the tier above it."""

FAINTEST: Final = 0.04
"""Less ink than this part of the area makes a logo no larger."""

TALLEST: Final = 320
"""The highest that a logo may be, in CSS pixels."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """What a logo's box follows from: width by height, and the part of its area that is inked."""

    ratio: float
    cover: float


def weights(tiers: Sequence[Tier]) -> Mapping[str, float]:
    """Return the weight of each tier's marks, in square CSS pixels; it falls from tier to tier."""
    found: dict[str, float] = {}
    above = math.inf
    for tier in tiers:
        above = min(BASE * min(tier.size, LARGEST), above * STEP)
        found[tier.id] = above
    return found


def scales(tiers: Sequence[Tier]) -> Mapping[str, tuple[float, float]]:
    """Return the least and the most by which a `scale` changes the weight of each tier's logos.

    Two neighbours meet in the middle between their weights, each with half of the room there is:
    nobody's size depends on what other sponsors have as their scale. Both have two decimals.
    """
    weight = weights(tiers)
    least = {tier.id: SCALES[0] for tier in tiers}
    most = {tier.id: SCALES[1] for tier in tiers}
    for above, below in pairwise(weight):
        part = weight[below] / weight[above]
        least[above] = max(SCALES[0], math.ceil(100 * math.sqrt(part / NEAREST)) / 100)
        most[below] = min(SCALES[1], math.floor(100 * math.sqrt(NEAREST / part)) / 100)
    return {tier.id: (least[tier.id], most[tier.id]) for tier in tiers}


def held(scale: float, ends: tuple[float, float]) -> float:
    """Return a `scale` that goes no further than the least and the most that fit."""
    least, most = ends
    return min(max(scale, least), most)


def box(drawn: Drawn, weight: float) -> tuple[float, float]:
    """Return the (width, height) in CSS pixels at which a logo has a weight."""
    area = weight / math.sqrt(max(drawn.cover, FAINTEST))
    width = math.sqrt(area * drawn.ratio)
    return width, width / drawn.ratio


def fit(boxes: Iterable[tuple[float, float]], room: float) -> float:
    """Return the factor, at most 1, by which a wall shrinks so that each box fits into a width.

    All marks of a wall shrink alike, so that no weight changes places with another.
    """
    return min(
        (min(1.0, room / width, TALLEST / height) for width, height in boxes),
        default=1.0,
    )
