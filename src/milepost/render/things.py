"""What pages say to programs: the types of schema.org that a race's site needs.

Each builder takes plain values and returns one thing as JSON-LD. What is not given is left out.
Where search engines ask for more than schema.org does, the page of theirs is named: they read
`Event`, `Article` and `Breadcrumb` (Google Search Central, "Structured data").
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

Json: TypeAlias = "str | int | float | bool | Sequence[Json] | Mapping[str, Json] | None"
Thing: TypeAlias = Mapping[str, Json]
"""One thing of https://schema.org as JSON-LD."""

SCHEMA: Final = "https://schema.org"

EventStatus = Literal["EventScheduled", "EventRescheduled", "EventPostponed", "EventCancelled"]
Availability = Literal["PreOrder", "InStock"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Organization:
    """Who is behind something. `ident` is the address that tells it apart everywhere."""

    name: str
    url: str = ""
    ident: str = ""
    email: str = ""
    telephone: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody who wrote something; `url` has what else they wrote."""

    name: str
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where something is; `map` is a link to a map of it."""

    name: str = ""
    address: str = ""
    map: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """An entry that is or was for sale; `price` is a number without its currency.

    `valid_from` and `valid_through` are the first and the last day of the sale.
    """

    name: str = ""
    price: str = ""
    currency: str = ""
    url: str = ""
    availability: Availability | None = None
    valid_from: str = ""
    valid_through: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """A sporting event; `start`, `end` and `previous` are days or moments as ISO 8601 has them."""

    name: str
    start: str
    status: EventStatus = "EventScheduled"
    end: str = ""
    previous: tuple[str, ...] = ()
    place: Place | None = None
    ident: str = ""
    url: str = ""
    description: str = ""
    image: str = ""
    sport: str = ""
    organizer: Organization | None = None
    sponsors: tuple[Organization, ...] = ()
    funders: tuple[Organization, ...] = ()
    offers: tuple[Offer, ...] = ()
    parts: tuple[Event, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Posting:
    """A post of a blog; `published` and `modified` are as ISO 8601 has them."""

    headline: str
    url: str
    published: str
    modified: str = ""
    description: str = ""
    image: str = ""
    language: str = ""
    section: str = ""
    keywords: tuple[str, ...] = ()
    authors: tuple[Person | Organization, ...] = ()
    publisher: Organization | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Crumb:
    """One step of the way from the home page to a page."""

    name: str
    url: str


def organization(given: Organization) -> Thing:
    """Return an Organization (schema.org/Organization)."""
    return _thing(
        "Organization",
        {
            "@id": given.ident,
            "name": given.name,
            "url": given.url,
            "email": given.email,
            "telephone": given.telephone,
            "address": given.address,
        },
    )


def person(given: Person) -> Thing:
    """Return a Person (schema.org/Person)."""
    return _thing("Person", {"name": given.name, "url": given.url})


def place(given: Place) -> Thing:
    """Return a Place (schema.org/Place); its address is the text that people write."""
    return _thing("Place", {"name": given.name, "address": given.address, "hasMap": given.map})


def offer(given: Offer) -> Thing:
    """Return an Offer (schema.org/Offer).

    Google's event page knows three values of `availability`: PreOrder, InStock and SoldOut. None
    of them is true of a sale that has ended, so such an offer has none; `validThrough` says so.
    """
    available = given.availability
    return _thing(
        "Offer",
        {
            "name": given.name,
            "price": given.price,
            "priceCurrency": given.currency,
            "url": given.url,
            "availability": f"{SCHEMA}/{available}" if available else "",
            "validFrom": given.valid_from,
            "validThrough": given.valid_through,
        },
    )


def sports_event(given: Event) -> Thing:
    """Return a SportsEvent (schema.org/SportsEvent).

    An event that is called off keeps its `startDate`, and only one with a new day has a
    `previousStartDate` (Google's event page, "eventStatus").
    """
    return _thing(
        "SportsEvent",
        {
            "@id": given.ident,
            "name": given.name,
            "startDate": given.start,
            "endDate": given.end,
            "previousStartDate": _one_or_many(given.previous) if _has_moved(given) else "",
            "eventStatus": f"{SCHEMA}/{given.status}",
            "eventAttendanceMode": f"{SCHEMA}/OfflineEventAttendanceMode",
            "location": place(given.place) if given.place else None,
            "description": given.description,
            "url": given.url,
            "image": given.image,
            "sport": given.sport,
            "organizer": organization(given.organizer) if given.organizer else None,
            "sponsor": [organization(each) for each in given.sponsors],
            "funder": [organization(each) for each in given.funders],
            "offers": [offer(each) for each in given.offers],
            "subEvent": [sports_event(each) for each in given.parts],
        },
    )


def blog_posting(given: Posting) -> Thing:
    """Return a BlogPosting (schema.org/BlogPosting), as Google's article page asks for it."""
    return _thing(
        "BlogPosting",
        {
            "headline": given.headline,
            "url": given.url,
            "mainEntityOfPage": given.url,
            "datePublished": given.published,
            "dateModified": given.modified,
            "description": given.description,
            "image": given.image,
            "inLanguage": given.language,
            "articleSection": given.section,
            "keywords": list(given.keywords),
            "author": [_author(each) for each in given.authors],
            "publisher": organization(given.publisher) if given.publisher else None,
        },
    )


def breadcrumbs(trail: Sequence[Crumb]) -> Thing:
    """Return a BreadcrumbList (schema.org/BreadcrumbList) from the home page to this page.

    The last step needs no address: it is the page itself (Google's breadcrumb page, "item").
    """
    steps = [
        _thing(
            "ListItem",
            {
                "position": number,
                "name": crumb.name,
                "item": crumb.url if number < len(trail) else "",
            },
        )
        for number, crumb in enumerate(trail, start=1)
    ]
    return _thing("BreadcrumbList", {"itemListElement": steps})


def whole(thing: Thing) -> Thing:
    """Return a thing as it stands alone in a page."""
    return {"@context": SCHEMA, **thing}


def _thing(kind: str, properties: Thing) -> Thing:
    return {"@type": kind, **{name: value for name, value in properties.items() if value}}


def _author(given: Person | Organization) -> Thing:
    return person(given) if isinstance(given, Person) else organization(given)


def _has_moved(given: Event) -> bool:
    return given.status == "EventRescheduled"


def _one_or_many(values: tuple[str, ...]) -> Json:
    return values[0] if len(values) == 1 else list(values)
