"""The stylesheet that gives every mark on the walls its size: a rule a name's tier, a rule a logo.

A stylesheet, since inline styles are dead under the pages' Content-Security-Policy.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from milepost.content import Content
from milepost.logos import Logos
from milepost.media import Shown
from milepost.render.walls import number_of
from milepost.roster.lettering import cap_height, falling
from milepost.roster.load import Roster
from milepost.roster.sponsor import PLACEMENTS, Sponsor, Tier
from milepost.roster.wall import wall
from milepost.roster.weight import STEP, fit, weights

_WINDOWS: Final = ((0, 320, 0.82), (480, 480, 0.9), (768, 768, 1.0), (1024, 1024, 1.0))
"""(from this width of the window on, the width to fit into, the most that a wall is drawn at),
in CSS pixels: on a phone everything is a little smaller."""

_REM: Final = 16
_TILE: Final = 12
"""The padding of a logo's tile on one side; the other hangs out of the column."""

_WALL: Final = "wall"

_LEAST: Final = 0.5
"""A wall does not shrink below this for the sake of one very long logo: that one shrinks."""


def sizes_css(content: Content) -> str:
    """Return the rules for the walls of a site, or "" where nobody stands on any."""
    groups = _groups(content)
    if not groups:
        return ""
    logos = {
        (tier.id, sponsor.id): content.logos[sponsor.line, tier.id]
        for tier, sponsors in groups
        for sponsor in sponsors
        if (sponsor.line, tier.id) in content.logos
    }
    rules = [*_scales(logos.values()), *_caps(content, groups)]
    for tier, _ in groups:
        rules += _logo_rules(content, tier, logos)
    return "@layer components {\n" + "\n".join(rules) + "\n}\n"


def classes_round(roster: Roster, tier: Tier) -> frozenset[str]:
    """Return the classes that the rules for a tier look for round each of its marks."""
    return frozenset({_WALL, _group_class(roster, tier)})


def _group_class(roster: Roster, tier: Tier) -> str:
    return f"wall__group--{number_of(roster, tier)}"


def _groups(content: Content) -> list[tuple[Tier, tuple[Sponsor, ...]]]:
    """Return the tiers that stand on any wall, with everybody in them, in their order."""
    found: dict[str, tuple[Tier, dict[int, Sponsor]]] = {}
    for placement in PLACEMENTS:
        for group in wall(content.roster, content.day, placement):
            _, sponsors = found.setdefault(group.tier.id, (group.tier, {}))
            sponsors.update({sponsor.line: sponsor for sponsor in group.sponsors})
    ordered = sorted(found.values(), key=lambda entry: content.roster.tiers.index(entry[0]))
    return [(tier, tuple(sponsors.values())) for tier, sponsors in ordered]


def _scales(logos: Iterable[Logos]) -> Iterator[str]:
    """Yield how large the walls are drawn in a window of each width."""
    boxes = [
        (shown.width, shown.height) for pair in logos for shown in (pair.light, pair.dark) if shown
    ]
    for least, width, most in _WINDOWS:
        edge = min(max(_REM, 0.04 * width), 3 * _REM)
        scale = max(_LEAST, min(most, fit(boxes, width - 2 * edge - _TILE)))
        rule = f".{_WALL} {{ --scale: {scale:.4g}; }}"
        yield f"@media (min-width: {least}px) {{ {rule} }}" if least else rule


def _caps(content: Content, groups: Sequence[tuple[Tier, Sequence[Sponsor]]]) -> Iterator[str]:
    """Yield the one cap height of each tier's names; it falls from tier to tier."""
    weight = weights(content.roster.tiers)
    heights = falling(
        (cap_height(_typed(content, tier, sponsors), weight[tier.id]) for tier, sponsors in groups),
        STEP**0.5,
    )
    for (tier, _), height in zip(groups, heights, strict=True):
        group = _group_class(content.roster, tier)
        yield f".{group} {{ --cap: {height / _REM:.4g}rem; }}"


def _typed(content: Content, tier: Tier, sponsors: Sequence[Sponsor]) -> list[str]:
    """Return the names that are set as type; where every one has a logo, all of them."""
    typed = [one.name for one in sponsors if (one.line, tier.id) not in content.logos]
    return typed or [one.name for one in sponsors]


def _logo_rules(
    content: Content, tier: Tier, logos: Mapping[tuple[str, str], Logos]
) -> Iterator[str]:
    for (tier_id, ident), pair in logos.items():
        if tier_id == tier.id:
            part = f'.{_group_class(content.roster, tier)} [data-mark="{ident}"] img'
            yield _rule(part, pair.light)
            if pair.dark:
                yield f"@media (prefers-color-scheme: dark) {{ {_rule(part, pair.dark)} }}"


def _rule(part: str, shown: Shown) -> str:
    return f"{part} {{ inline-size: calc({shown.width:.1f}px * var(--scale)); }}"
