"""The parts of a page that every page shares, as views."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from milepost import addresses, race
from milepost.contact import FORM_NAME, NETLIFY, PRIVACY, Form
from milepost.content import Content
from milepost.posts.links import Target
from milepost.posts.post import Post
from milepost.render.views import (
    ContactView,
    DateView,
    DistanceView,
    FieldView,
    FormView,
    LinkView,
    RaceView,
    SiteView,
)
from milepost.roster import calendar
from milepost.roster.wall import wall, with_profile

MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemeFiles:
    """Where the theme's own files were published: addresses without the site's base."""

    stylesheets: tuple[str, ...]
    icon: str


def href(content: Content, address: str) -> str:
    """Return an address on the site as a page writes it."""
    return content.config.base + address


def target_href(content: Content, target: Target) -> str:
    """Return where a resolved link leads, as a page writes it."""
    return href(content, target.address) if target.internal else target.address


def date_view(day: date) -> DateView:
    """Return a day for machines and for readers. Its words do not depend on any locale."""
    words = f"{day.day} {MONTHS[day.month - 1]} {day.year}"
    return DateView(iso=day.isoformat(), words=words, year=day.year)


def site_view(content: Content, theme: ThemeFiles) -> SiteView:
    """Return what every template sees of the site."""
    config = content.config

    def to(label: str, address: str) -> LinkView:
        return LinkView(label=label, href=href(content, address))

    return SiteView(
        name=config.name,
        subtitle=config.subtitle,
        language=config.language,
        url=config.url,
        base=config.base,
        home=to(config.name, addresses.HOME),
        blog=to("Blog", addresses.BLOG),
        archive=to("Archive", addresses.ARCHIVE),
        sponsors=to("Sponsors", addresses.SPONSORS),
        contact=_contact_view(content),
        footer=_footer(content),
        feed=href(content, addresses.FEED),
        icon=href(content, theme.icon) if theme.icon else "",
        stylesheets=tuple(href(content, sheet) for sheet in theme.stylesheets),
    )


def race_view(content: Content) -> RaceView | None:
    """Return what every template sees of the race."""
    found = content.config.race
    if not found:
        return None
    state = race.registration_state(found, content.day)
    link = found.registration.link
    return RaceView(
        name=found.name,
        date=date_view(found.date),
        place=found.place or "",
        presented_by=_presenter(content),
        distances=tuple(
            DistanceView(name=distance.name, start=distance.start or "")
            for distance in found.distances
        ),
        registration=LinkView(label="Register", href=link) if link and state == "open" else None,
    )


def sponsor_places(content: Content) -> Mapping[str, str]:
    """Return where the site tells of each public sponsor, by id.

    That is its place on the sponsors page, else its own page, else "".
    """
    listed = {
        sponsor.id
        for group in wall(content.roster, content.day, "sponsors")
        for sponsor in group.sponsors
    }
    profiles = {sponsor.id for sponsor in with_profile(content.roster, content.day)}
    places = {}
    for sponsor in calendar.shown(content.roster.sponsors, content.day):
        if sponsor.id in listed:
            anchor = f"{addresses.SPONSORS}#{addresses.mark(sponsor.id)}"
            places[sponsor.id] = href(content, anchor)
        elif sponsor.id in profiles:
            places[sponsor.id] = href(content, addresses.sponsor(sponsor.id))
        else:
            places[sponsor.id] = ""
    return places


def navigation(content: Content, section: str) -> tuple[LinkView, ...]:
    """Return the menu as pages of a section show it: blog, sponsors, contact, or an address."""
    fixed: list[tuple[str, str | Target, str]] = [
        ("Blog", addresses.BLOG, "blog"),
        *((label, target, "") for label, target in content.menu),
        ("Sponsors", addresses.SPONSORS, "sponsors"),
        ("Contact", addresses.CONTACT, "contact"),
    ]
    return tuple(_menu_item(content, label, where, name, section) for label, where, name in fixed)


def sections(content: Content) -> Sequence[str]:
    """Return every section whose menu differs from the others'."""
    return ("", "blog", "sponsors", "contact", *(target.address for _, target in content.menu))


def _menu_item(
    content: Content, label: str, where: str | Target, name: str, section: str
) -> LinkView:
    target = where if isinstance(where, Target) else Target(address=where, internal=True)
    return LinkView(
        label=label,
        href=target_href(content, target),
        current=section in {name or target.address, target.address} and bool(section),
    )


def _contact_view(content: Content) -> ContactView:
    contact = content.config.contact
    digits = "".join(char for char in contact.phone or "" if char.isdigit() or char == "+")
    return ContactView(
        href=href(content, addresses.CONTACT),
        email=contact.email or "",
        phone=contact.phone or "",
        phone_href=f"tel:{digits}" if digits else "",
        address=contact.address or "",
        answers=contact.answers or "",
        form=_form_view(content, contact.form) if contact.form else None,
    )


def _form_view(content: Content, form: Form) -> FormView:
    thanks = href(content, addresses.THANKS)
    service = form.service
    return FormView(
        action=form.action or thanks,
        name=FORM_NAME,
        netlify=form.provider == NETLIFY,
        hidden=tuple(
            FieldView(name=name, value=value)
            for name, value in form.hidden(content.config.url + addresses.THANKS)
        ),
        honeypot=service.honeypot,
        honeypot_type=service.honeypot_type,
        provider=service.name,
        host=form.host,
        privacy=_privacy(content),
        thanks=thanks,
    )


def _privacy(content: Content) -> LinkView:
    page = content.pages.get(PRIVACY)
    label = page.matter.title if page else "Privacy"
    return LinkView(label=label, href=href(content, addresses.page(PRIVACY)))


def _footer(content: Content) -> tuple[LinkView, ...]:
    own = [
        page
        for page in content.pages.values()
        if page.matter.status == "published"
        and not isinstance(page, Post)
        and page.slug not in addresses.STANDARD_PAGES
    ]
    return tuple(
        LinkView(label=page.matter.title, href=href(content, page.address))
        for page in sorted(own, key=lambda page: page.slug)
    )


def _presenter(content: Content) -> LinkView | None:
    wanted = content.config.race.presented_by if content.config.race else None
    places = sponsor_places(content)
    for sponsor in calendar.shown(content.roster.sponsors, content.day):
        if sponsor.id == wanted:
            return LinkView(label=sponsor.name, href=places[sponsor.id])
    return None
