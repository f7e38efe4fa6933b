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
from milepost.roster.lettering import CAP, ON_PAPER, READABLE, cap_height, falling, readable
from milepost.roster.load import Roster
from milepost.roster.sponsor import PLACEMENTS, Sponsor, Tier
from milepost.roster.wall import wall
from milepost.roster.weight import REM, STEP, WINDOWS, drawn_at, weights

_ON_PAPER: Final = 0.5
"""How large walls are in print: smaller, in the same proportions."""

_WALL: Final = "wall"


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
    rules = list(_windows(content, groups, logos.values()))
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


def _windows(
    content: Content, groups: Sequence[tuple[Tier, Sequence[Sponsor]]], logos: Iterable[Logos]
) -> Iterator[str]:
    """Yield how large the walls and their names are in a window of each width, and on paper."""
    boxes = [
        (shown.width, shown.height) for pair in logos for shown in (pair.light, pair.dark) if shown
    ]
    heights = _cap_heights(content, groups)
    names = [_group_class(content.roster, tier) for tier, _ in groups]
    scales = [(least, drawn_at(boxes, width, most)) for least, width, most in WINDOWS]
    for least, scale in scales:
        rules = _window(names, heights, scale, READABLE)
        yield f"@media (min-width: {least}px) {{ {rules} }}" if least else rules
    yield f"@media print {{ {_window(names, heights, _ON_PAPER, ON_PAPER)} }}"


def _window(groups: Sequence[str], heights: Sequence[float], scale: float, least: float) -> str:
    """Return the rules of one window: all logos shrink alike, and names stay readable."""
    caps = readable([height * scale for height in heights], CAP * least)
    rules = [f".{_WALL} {{ --scale: {scale:.4g}; }}"]
    rules += [
        f".{group} {{ --cap: {cap / REM:.4g}rem; }}"
        for group, cap in zip(groups, caps, strict=True)
    ]
    return " ".join(rules)


def _cap_heights(content: Content, groups: Sequence[tuple[Tier, Sequence[Sponsor]]]) -> list[float]:
    """Return the one cap height of each tier's names in CSS pixels; it falls from tier to tier."""
    weight = weights(content.roster.tiers)
    return falling(
        (cap_height(_typed(content, tier, sponsors), weight[tier.id]) for tier, sponsors in groups),
        STEP**0.5,
    )


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
