"""Walls and sponsors as views."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from milepost import addresses
from milepost.content import Content
from milepost.logos import Logos
from milepost.media import Shown
from milepost.render.dates import date_view
from milepost.render.site import href
from milepost.render.views import (
    ImageView,
    MarkView,
    PerkView,
    SourceView,
    WallGroupView,
    WallView,
)
from milepost.roster import calendar
from milepost.roster.load import Roster
from milepost.roster.sponsor import PLACEMENTS, Placement, Sponsor, Tier, Utm, rel_of
from milepost.roster.wall import Group, has_page, wall

_NIGHT: Final = "(prefers-color-scheme: dark)"


def walls(content: Content) -> Mapping[Placement, WallView]:
    """Return every wall of the site, one for each kind of page that carries one."""
    nobody = not calendar.shown(content.roster.sponsors, content.day)
    return {
        placement: WallView(
            placement=placement,
            groups=_groups(content, wall(content.roster, content.day, placement)),
            inviting=nobody,
        )
        for placement in PLACEMENTS
    }


def wall_ids(content: Content) -> Mapping[str, tuple[str, ...]]:
    """Return whom each wall owes a place, in order: what the finished pages are held against."""
    return {
        placement: tuple(
            sponsor.id
            for group in wall(content.roster, content.day, placement)
            for sponsor in group.sponsors
        )
        for placement in PLACEMENTS
    }


def mark_view(content: Content, sponsor: Sponsor, tier: Tier, anchor: str) -> MarkView:
    """Return one sponsor as a wall shows it among those of `tier`."""
    address = addresses.sponsor(sponsor.id)
    own_page = href(content, address) if has_page(content.roster, sponsor) else ""
    profile_first = tier.link == "profile" and own_page
    logos = content.logos.get((sponsor.line, tier.id))
    return MarkView(
        ident=sponsor.id,
        anchor=anchor,
        name=sponsor.name,
        href=own_page if profile_first else site_href(content.roster.utm, sponsor),
        rel="" if profile_first else rel_of(sponsor, tier),
        image=_image(content, sponsor, logos.light) if logos else None,
        dark=_image(content, sponsor, logos.dark) if logos and logos.dark else None,
        sources=tuple(_sources(content, logos)) if logos else (),
        thanks_for=sponsor.thanks_for or "",
        text=sponsor.text or "",
        perk=_perk(content, sponsor),
        profile=own_page,
    )


def site_href(utm: Utm | None, sponsor: Sponsor) -> str:
    """Return a sponsor's own link, with campaign parameters that it does not have itself."""
    if not sponsor.url or not utm:
        return sponsor.url or ""
    parts = urlsplit(sponsor.url)
    present = {name for name, _ in parse_qsl(parts.query, keep_blank_values=True)}
    wanted = {
        "utm_source": utm.source,
        "utm_medium": utm.medium,
        "utm_campaign": utm.campaign,
    }
    added = urlencode({k: v for k, v in wanted.items() if v and k not in present})
    query = "&".join(part for part in (parts.query, added) if part)
    return urlunsplit(parts._replace(query=query))


def _groups(content: Content, groups: tuple[Group, ...]) -> tuple[WallGroupView, ...]:
    seen: dict[str, int] = {}
    views = []
    for group in groups:
        marks = []
        for sponsor in group.sponsors:
            seen[sponsor.id] = seen.get(sponsor.id, 0) + 1
            anchor = addresses.mark(sponsor.id)
            # A sponsor of two tiers stands here twice; its first place keeps the plain id.
            anchor = anchor if seen[sponsor.id] == 1 else f"{anchor}-{seen[sponsor.id]}"
            marks.append(mark_view(content, sponsor, group.tier, anchor))
        views.append(
            WallGroupView(
                number=number_of(content.roster, group.tier),
                heading=group.tier.title,
                heading_shown=group.tier.heading is not None,
                is_drawn=any(mark.image for mark in marks),
                marks=tuple(marks),
            )
        )
    return tuple(views)


def number_of(roster: Roster, tier: Tier) -> int:
    """Return the place of a tier among all, from 1: what its classes are numbered by."""
    return roster.tiers.index(tier) + 1


def _image(content: Content, sponsor: Sponsor, shown: Shown) -> ImageView:
    return ImageView(
        src=href(content, shown.address),
        alt=sponsor.name,
        width=max(1, round(shown.width)),
        height=max(1, round(shown.height)),
    )


def _sources(content: Content, logos: Logos) -> Iterator[SourceView]:
    """Yield what a browser may choose from, the first that suits it: dark before light."""
    if logos.dark:
        yield from _formats(content, logos.dark, _NIGHT)
        yield _source(content, logos.dark, _NIGHT, "", (logos.dark.address,))
    yield from _formats(content, logos.light, "")


def _formats(content: Content, shown: Shown, media: str) -> Iterator[SourceView]:
    for source in shown.sources:
        yield _source(content, shown, media, source.media_type, source.addresses)


def _source(
    content: Content, shown: Shown, media: str, media_type: str, addresses: Sequence[str]
) -> SourceView:
    several = len(addresses) > 1
    return SourceView(
        media=media,
        media_type=media_type,
        srcset=", ".join(
            href(content, address) + (f" {times}x" if several else "")
            for times, address in enumerate(addresses, start=1)
        ),
        width=max(1, round(shown.width)),
        height=max(1, round(shown.height)),
    )


def _perk(content: Content, sponsor: Sponsor) -> PerkView | None:
    perk = sponsor.perk
    if not perk or (perk.until and perk.until < content.day):
        return None
    return PerkView(
        text=perk.text,
        code=perk.code or "",
        until=date_view(perk.until, content.config.language) if perk.until else None,
    )
