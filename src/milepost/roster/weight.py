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
from functools import partial
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

WINDOWS: Final = ((0, 320, 0.82), (480, 480, 0.9), (768, 768, 1.0), (1024, 1024, 1.0))
"""(from this width of the window on, the width to fit into, the most that a wall is drawn at),
in CSS pixels: on a phone everything is a little smaller."""

SMALLEST: Final = 0.5
"""No wall is drawn smaller than this for the sake of one logo, unless its organiser says so."""

TILE: Final = 12
"""The padding of a logo's tile, on each side; at night both sides take room."""

REM: Final = 16
"""CSS pixels of one rem."""

TALLEST: Final = 320
"""The highest that a logo may be, in CSS pixels."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sized:
    """A logo in its box: width and height in CSS pixels, and the part that is inked."""

    width: float
    height: float
    cover: float

    def weight(self, window: int, scale: float) -> float:
        """Return what it weighs in a window, where nothing is wider than there is room."""
        across = min(scale, room(window) / self.width)
        return self.width * self.height * math.sqrt(self.cover) * across**2


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
    area = weight / math.sqrt(drawn.cover)
    width = math.sqrt(area * drawn.ratio)
    return width, width / drawn.ratio


def room(window: int) -> float:
    """Return how wide a logo may be in a window of a width (theme/static/css, `--edge`)."""
    edge = min(max(REM, 0.04 * window), 3 * REM)
    return window - 2 * edge - 2 * TILE


def has_room(width: float, height: float) -> bool:
    """Say whether a logo fits on a phone with the wall no smaller than `SMALLEST`."""
    _, narrowest, _ = WINDOWS[0]
    return fit([(width, height)], room(narrowest)) >= SMALLEST


def drawn_at(boxes: Iterable[tuple[float, float]], window: int, most: float) -> float:
    """Return the factor by which all marks of the walls are drawn in a window of a width."""
    return min(most, fit(boxes, room(window)))


def overtaken(tiers: Sequence[Sequence[Sized]]) -> tuple[Sized, Sized, int] | None:
    """Return (a logo, one of a lower tier that weighs no less, in which window), or None.

    `tiers` has all logos, from the highest tier on. What follows from how boxes are chosen is
    not believed here but reckoned anew: it is what sponsors pay for.
    """
    every = [(logo.width, logo.height) for tier in tiers for logo in tier]
    for _, window, most in WINDOWS:
        weigh = partial(Sized.weight, window=window, scale=drawn_at(every, window, most))
        for place, tier in enumerate(tiers):
            lightest = min(tier, key=weigh, default=None)
            below = max(
                (one for lower in tiers[place + 1 :] for one in lower), key=weigh, default=None
            )
            if lightest and below and weigh(lightest) <= weigh(below):
                return lightest, below, window
    return None


def fit(boxes: Iterable[tuple[float, float]], room: float) -> float:
    """Return the factor, at most 1, by which a wall shrinks so that each box fits into a width.

    All marks of a wall shrink alike, so that no weight changes places with another.
    """
    return min(
        (min(1.0, room / width, TALLEST / height) for width, height in boxes),
        default=1.0,
    )
