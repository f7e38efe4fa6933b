"""Files that only programs read."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from milepost import addresses
from milepost.content import Content
from milepost.render.views import MarkView, WallView
from milepost.roster import calendar
from milepost.roster.sponsor import Placement


def sponsors_json(content: Content, walls: Mapping[Placement, WallView]) -> str:
    """Return the public fields of the sponsors that stand on any wall, tier by tier.

    `url` is a sponsor's own link as the sponsor list has it, without campaign parameters.
    """
    origin = content.config.url.removesuffix(content.config.base)
    tiers = content.roster.tiers
    links = {
        sponsor.id: sponsor.url for sponsor in calendar.shown(content.roster.sponsors, content.day)
    }
    shown = {group.number: group for view in walls.values() for group in view.groups}
    groups = [
        {
            "tier": tiers[number - 1].id,
            "heading": group.heading,
            "kind": tiers[number - 1].kind,
            "sponsors": [_sponsor(mark, links[mark.ident], origin) for mark in group.marks],
        }
        for number, group in sorted(shown.items())
    ]
    return _json(
        {
            "race": content.config.name,
            "edition": content.roster.edition or _race_year(content),
            "tiers": groups,
        }
    )


def build_json(content: Content) -> str:
    """Return the day the site is for, and the next day on which it will be wrong."""
    change = content.next_change
    return _json(
        {
            "day": content.day.isoformat(),
            "next_change": change[0].isoformat() if change else None,
        }
    )


def robots_txt(content: Content, *, has_sitemap: bool) -> str:
    """Return the rules for crawlers: everything is open, and where the sitemap is."""
    sitemap = f"Sitemap: {content.config.url}{addresses.SITEMAP}\n" if has_sitemap else ""
    return f"User-agent: *\nDisallow:\n{sitemap}"


def _sponsor(mark: MarkView, link: str | None, origin: str) -> dict[str, Any]:
    found: dict[str, Any] = {"id": mark.ident, "name": mark.name}
    if link:
        found["url"] = link
    if mark.profile:
        found["page"] = origin + mark.profile
    if mark.image:
        found["logo"] = origin + mark.image.src
    if mark.thanks_for:
        found["thanks_for"] = mark.thanks_for
    if mark.text:
        found["text"] = mark.text
    return found


def _race_year(content: Content) -> int:
    return content.race.date.year if content.race else content.day.year


def _json(value: Mapping[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"
