"""Which sponsors stand on which wall, and in which order."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date

from milepost.addresses import slugify
from milepost.roster.calendar import shown
from milepost.roster.load import Roster
from milepost.roster.sponsor import Placement, Sponsor, Tier


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """The sponsors of one tier on one wall; never empty."""

    tier: Tier
    sponsors: tuple[Sponsor, ...]


def wall(roster: Roster, day: date, placement: Placement) -> tuple[Group, ...]:
    """Return the groups of one wall on a day, in the order of the tiers.

    A tier that has nobody to show, or that is not `shown_on` this placement, has no group. A
    sponsor of two tiers stands in both.
    """
    visible = _ordered(roster, shown(roster.sponsors, day))
    of_tier: dict[str, list[Sponsor]] = {tier.id: [] for tier in roster.tiers}
    for sponsor in visible:
        for tier_id in dict.fromkeys(sponsor.tier):
            of_tier[tier_id].append(sponsor)
    return tuple(
        Group(tier=tier, sponsors=tuple(of_tier[tier.id]))
        for tier in roster.tiers
        if placement in tier.shown_on and of_tier[tier.id]
    )


def with_profile(roster: Roster, day: date) -> tuple[Sponsor, ...]:
    """Return the sponsors that have a page of their own on a day, each once."""
    return tuple(
        {
            sponsor.id: sponsor
            for sponsor in shown(roster.sponsors, day)
            if has_page(roster, sponsor)
        }.values()
    )


def has_page(roster: Roster, sponsor: Sponsor) -> bool:
    """Say whether one of a sponsor's tiers promises it a page of its own."""
    return any(_has_profile(roster.tier(tier_id)) for tier_id in sponsor.tier)


def _has_profile(tier: Tier) -> bool:
    return tier.benefits.profile or tier.link == "profile"


def _ordered(roster: Roster, sponsors: list[Sponsor]) -> list[Sponsor]:
    match roster.order:
        case "name":
            return sorted(sponsors, key=lambda sponsor: (slugify(sponsor.name), sponsor.name))
        case "since":
            return sorted(sponsors, key=lambda sponsor: sponsor.since or math.inf)
        case _:
            return sponsors
