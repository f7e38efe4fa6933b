"""How heavy marks look: the boxes of logos and the sizes of names."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from milepost.roster.lettering import cap_height, falling, name_weight, readable
from milepost.roster.sponsor import SCALES, Tier
from milepost.roster.weight import (
    BASE,
    NEAREST,
    STEP,
    WINDOWS,
    Drawn,
    Sized,
    box,
    drawn_at,
    fit,
    has_room,
    held,
    overtaken,
    room,
    scales,
    weights,
)

RATIOS = st.floats(0.1, 12)
COVERS = st.floats(0.001, 1)


def tiers(*sizes: float) -> tuple[Tier, ...]:
    """Return tiers of these sizes, from the top."""
    return tuple(
        Tier.model_validate({"id": f"t{at}", "size": str(size)}) for at, size in enumerate(sizes)
    )


class TestWeights:
    """What the marks of each tier weigh."""

    @pytest.mark.parametrize(
        ("sizes", "times"),
        [
            ((1,), (1,)),
            ((3, 1), (3, 1)),
            ((100, 1), (4, 1)),
            ((2, 2), (2, 1.5)),
            ((4, 3.9, 1), (4, 3, 1)),
        ],
    )
    def test_follow_the_sizes_and_fall(self, sizes: Any, times: Any) -> None:
        """A tier is never as heavy as the one above it, whatever the list says."""
        found = weights(tiers(*sizes))

        assert list(found.values()) == pytest.approx([BASE * each for each in times])
        assert all(below <= STEP * above for above, below in pairwise(found.values()))


class TestScales:
    """How far a sponsor's `scale` goes."""

    @pytest.mark.parametrize(
        ("sizes", "ends"),
        [
            ((1,), (SCALES,)),
            ((3, 1), (SCALES, SCALES)),
            ((3, 2.75), ((0.89, 1.25), (0.8, 1.12))),
            ((3, 2, 1.9), ((0.84, 1.25), (0.89, 1.19), (0.8, 1.12))),
        ],
    )
    def test_ends_between_near_tiers(self, sizes: Any, ends: Any) -> None:
        """Where tiers are far apart it does all that may be written."""
        assert tuple(scales(tiers(*sizes)).values()) == ends

    @given(
        st.lists(st.floats(0.1, 100), min_size=2, max_size=6),
        st.lists(st.floats(*SCALES), min_size=12, max_size=12),
    )
    def test_never_brings_a_logo_past_one_of_another_tier(
        self, sizes: list[float], written: list[float]
    ) -> None:
        """Whatever the sizes of tiers, and whatever two sponsors of each have as their scale."""
        own = tiers(*sorted((round(size, 2) for size in sizes), reverse=True))

        found = [
            [weight * held(scale, scales(own)[tier]) for scale in (*pair, *SCALES)]
            for (tier, weight), pair in zip(
                weights(own).items(), zip(written[::2], written[1::2], strict=True), strict=False
            )
        ]

        assert all(max(below) <= NEAREST * min(above) for above, below in pairwise(found))

    @given(st.lists(st.floats(0.1, 100), min_size=1, max_size=6))
    def test_leaves_room_both_ways(self, sizes: list[float]) -> None:
        """A logo can always be made a tenth heavier or lighter."""
        own = tiers(*sorted((round(size, 2) for size in sizes), reverse=True))

        for least, most in scales(own).values():
            assert SCALES[0] <= least <= 0.9
            assert 1.1 <= most <= SCALES[1]


class TestBoxes:
    """The boxes of logos."""

    @given(RATIOS, COVERS, st.floats(500, 20_000))
    def test_have_the_weight_that_is_asked_for(
        self, ratio: float, cover: float, weight: float
    ) -> None:
        """Area times the root of the cover, in the logo's own ratio."""
        width, height = box(Drawn(ratio=ratio, cover=cover), weight)

        assert width * height * math.sqrt(cover) == pytest.approx(weight)
        assert width / height == pytest.approx(ratio)

    @pytest.mark.parametrize(
        ("drawn", "weight", "fits"),
        [
            (Drawn(ratio=1, cover=0.5), 4 * BASE, True),
            (Drawn(ratio=10, cover=0.6), 3 * BASE, True),
            (Drawn(ratio=1, cover=0.0001), BASE, False),
            (Drawn(ratio=11, cover=0.2), 4 * BASE, False),
            (Drawn(ratio=1 / 90, cover=0.5), BASE, False),
        ],
    )
    def test_may_have_no_room(self, drawn: Drawn, weight: float, *, fits: bool) -> None:
        """What is too thin, too wide or too high would make the whole wall tiny."""
        assert has_room(*box(drawn, weight)) is fits

    @given(st.lists(st.tuples(st.floats(10, 900), st.floats(5, 900)), max_size=9))
    def test_fit_together(self, boxes: list[tuple[float, float]]) -> None:
        """All shrink alike, until the widest has room; none ever grows."""
        scale = fit(boxes, 260)

        assert 0 < scale <= 1
        assert all(scale * width <= 260.001 for width, _ in boxes)


def sized(drawn: Drawn, weight: float) -> Sized:
    """Return a logo in its box."""
    width, height = box(drawn, weight)
    return Sized(width=width, height=height, cover=drawn.cover)


class TestOrder:
    """Whether every logo of a tier is heavier than every one of the tiers below."""

    @given(
        st.lists(st.floats(0.1, 100), min_size=2, max_size=5),
        st.lists(st.tuples(st.floats(0.02, 50), COVERS), min_size=10, max_size=10),
    )
    def test_is_kept_by_whatever_logos(
        self, sizes: list[float], drawn: list[tuple[float, float]]
    ) -> None:
        """However thin, long or high, with room or without: the whole wall gives way."""
        found = weights(tiers(*sorted((round(size, 2) for size in sizes), reverse=True)))
        logos = iter(Drawn(ratio=ratio, cover=cover) for ratio, cover in drawn)

        wall = [[sized(next(logos), weight) for _ in range(2)] for weight in found.values()]

        assert overtaken(wall) is None

    def test_is_reckoned_from_what_is_drawn(self) -> None:
        """A logo that stays behind its tier's weight is found with the one that overtakes it."""
        above = Sized(width=100, height=50, cover=0.1)
        below = Sized(width=60, height=50, cover=0.5)

        assert overtaken([[above], [], [below]]) == (above, below, 320)
        assert overtaken([[below], [above]]) is None

    def test_no_logo_is_wider_than_its_room(self) -> None:
        """By day and with both sides of its tile at night."""
        long = sized(Drawn(ratio=60, cover=0.5), 4 * BASE)

        for _, window, most in WINDOWS:
            scale = drawn_at([(long.width, long.height)], window, most)
            assert scale * long.width <= room(window) <= window - 2 * 16 - 2 * 12


class TestNames:
    """Names set as type."""

    def test_longer_names_weigh_more(self) -> None:
        """At one size."""
        assert name_weight("Mets") < name_weight("US Bank") < name_weight("Crossland Construction")

    def test_letters_of_any_alphabet_weigh_something(self) -> None:
        """What our font does not have is taken for a letter like others."""
        assert name_weight("Зодчий") == pytest.approx(name_weight("Зодчие"))
        assert name_weight(" ") > 0

    @given(st.lists(st.text(min_size=1, max_size=40), min_size=1, max_size=9))
    def test_the_median_weighs_what_its_tier_does(self, names: list[str]) -> None:
        """The tier's cap height makes it so."""
        em = cap_height(names, 4000) / 0.686
        found = sorted(name_weight(name) * em**2 for name in names)

        assert found[0] <= 4000.1
        assert found[-1] >= 3999.9

    def test_heights_fall(self) -> None:
        """Short names in a low tier do not grow past the tier above; both give way alike."""
        assert falling([20, 10], 0.9) == pytest.approx([20, 10])
        found = falling([20, 30, 10], 0.9)
        assert found[1] == pytest.approx(0.9 * found[0])
        assert found[0] / 20 == pytest.approx(30 / found[1])
        assert found[2] == pytest.approx(10)

    def test_readable_heights_are_left_alone(self) -> None:
        """Who has room needs no help."""
        assert readable([20, 12, 9], 9) == [20, 12, 9]
        assert readable([], 9) == []

    @given(st.lists(st.floats(0.3, 0.86), min_size=1, max_size=11), st.floats(2, 40))
    def test_no_height_is_too_small_to_read(self, steps: list[float], top: float) -> None:
        """On a phone, too, every tier has smaller names than the one above."""
        heights = [top]
        for step in steps:
            heights.append(heights[-1] * step)

        found = readable(heights, 9)

        assert found[-1] >= 8.999
        assert all(below < above for above, below in pairwise(found))
        assert found[0] == pytest.approx(max(top, found[0]))
