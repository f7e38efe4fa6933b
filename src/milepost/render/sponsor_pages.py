"""The sponsors page, and the pages of sponsors whose tier promises one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from milepost import addresses
from milepost.render.job import JobMaker, PageJob
from milepost.render.views import LinkView, ProfileView
from milepost.render.walls import mark_view, site_href
from milepost.roster.load import FILE
from milepost.roster.sponsor import Sponsor, rel_of
from milepost.roster.wall import with_profile


def sponsor_pages(maker: JobMaker) -> Iterator[PageJob]:
    """Yield the sponsors page and every profile."""
    yield maker.standard_job(
        "sponsors",
        heading="Sponsors",
        wall="sponsors",
        description=f"The sponsors of {maker.name}.",
        section="sponsors",
    )
    for sponsor in with_profile(maker.content.roster, maker.content.day):
        yield maker.job(
            addresses.sponsor(sponsor.id),
            "profile",
            heading=sponsor.name,
            description=sponsor.text or f"{sponsor.name}, sponsor of {maker.name}.",
            section="sponsors",
            names=partial(_profile_names, maker, sponsor),
            source=FILE,
        )


def _profile_names(maker: JobMaker, sponsor: Sponsor) -> Mapping[str, Any]:
    return {"profile": _profile(maker, sponsor)}


def _profile(maker: JobMaker, sponsor: Sponsor) -> ProfileView:
    roster = maker.content.roster
    tiers = [roster.tier(tier_id) for tier_id in sponsor.tier]
    anchor = addresses.mark(sponsor.id)
    link = site_href(roster.utm, sponsor)
    return ProfileView(
        mark=mark_view(maker.content, sponsor, tiers[0], anchor),
        rel=rel_of(sponsor, tiers[0]),
        tiers=tuple(tier.heading for tier in tiers if tier.heading),
        since=sponsor.since,
        links=tuple(
            LinkView(label=label.capitalize(), href=address)
            for label, address in sponsor.links.items()
        ),
        site=LinkView(label=sponsor.name, href=link) if link else None,
        posts=maker.shown.mentions(sponsor.id),
    )
