"""The parts of a page that every page shares, as views."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from milepost import addresses
from milepost.contact import FORM_NAME, NETLIFY, PRIVACY, Form
from milepost.content import Content
from milepost.posts.links import Target
from milepost.posts.notice import Level
from milepost.posts.post import Post
from milepost.render.headers import policy
from milepost.render.views import (
    ContactView,
    FieldView,
    FormView,
    LinkView,
    NoticeView,
    SiteView,
)
from milepost.roster import calendar
from milepost.roster.wall import wall, with_profile


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemeFiles:
    """Where the theme's own files were published: addresses without the site's base."""

    stylesheets: tuple[str, ...]
    scripts: tuple[str, ...]
    icon: str


_PHONE = re.compile(r"\+?[0-9 ().\-/\u00a0\u2010-\u2013]+")
_FEWEST: Final = 3
_MOST: Final = 15
"""Digits of a number: from 911 to the longest that ITU-T E.164 knows."""

_LEVELS: Final[Mapping[Level, str]] = {
    "info": "Notice",
    "warning": "Important",
    "postponed": "Postponed",
    "cancelled": "Cancelled",
}


def notice_label(content: Content) -> str:
    """Return the one word for the notice that stands on the site, or ""."""
    return _LEVELS[content.notice[0]] if content.notice else ""


def notice_view(content: Content) -> NoticeView | None:
    """Return the notice as every page shows it."""
    if not content.notice:
        return None
    level, words = content.notice
    body = Markup(words.html(content.config.base))  # noqa: S704 - Markdown
    return NoticeView(level=level, label=notice_label(content), body=body)


def has_race_day(content: Content) -> bool:
    """Say whether there is a page about race day: its facts or an organiser's words."""
    return content.race is not None or "race-day" in content.pages


def href(content: Content, address: str) -> str:
    """Return an address on the site as a page writes it."""
    return content.config.base + address


def target_href(content: Content, target: Target) -> str:
    """Return where a resolved link leads, as a page writes it."""
    return href(content, target.address) if target.internal else target.address


def full_address(content: Content, target: Target) -> str:
    """Return where a resolved link leads, as other sites and programs read it."""
    return (content.config.url if target.internal else "") + target.address


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
        json_feed=href(content, addresses.JSON_FEED),
        icon=href(content, theme.icon) if theme.icon else "",
        stylesheets=tuple(href(content, sheet) for sheet in theme.stylesheets),
        scripts=tuple(href(content, script) for script in theme.scripts),
        policy=policy(config.contact.form_host),
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


def phone_href(written: str) -> str:
    """Return what a phone dials for a number (RFC 3966), or "" where that is not certain.

    What is more than one plain number, as with an extension or letters, is for people to read.
    """
    plain = written.replace("(0)", "")
    digits = "".join(char for char in plain if char.isdecimal())
    if not _PHONE.fullmatch(plain.strip()) or not _FEWEST <= len(digits) <= _MOST:
        return ""
    return f"tel:{'+' if plain.strip().startswith('+') else ''}{digits}"


def navigation(content: Content, section: str) -> tuple[LinkView, ...]:
    """Return the menu as pages of a section show it: blog, sponsors, contact, or an address."""
    race_day = [("Race day", addresses.RACE_DAY, "")] if has_race_day(content) else []
    fixed: list[tuple[str, str | Target, str]] = [
        ("Blog", addresses.BLOG, "blog"),
        *race_day,
        *((label, target, "") for label, target in content.menu),
        ("Sponsors", addresses.SPONSORS, "sponsors"),
        ("Contact", addresses.CONTACT, "contact"),
    ]
    return tuple(_menu_item(content, label, where, name, section) for label, where, name in fixed)


def sections(content: Content) -> Sequence[str]:
    """Return every section whose menu differs from the others'."""
    named = ("", "blog", addresses.RACE_DAY, "sponsors", "contact")
    return (*named, *(target.address for _, target in content.menu))


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
    return ContactView(
        href=href(content, addresses.CONTACT),
        email=contact.email or "",
        phone=contact.phone or "",
        phone_href=phone_href(contact.phone or ""),
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
