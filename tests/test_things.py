"""The things of schema.org that pages tell programs, built from plain values."""

from __future__ import annotations

import pytest

from milepost.render import things
from milepost.render.things import (
    Crumb,
    Event,
    Offer,
    Organization,
    Person,
    Place,
    Posting,
    Thing,
)

RUN = Event(name="River Run", start="2027-04-17")
PLAIN = {
    "@type": "SportsEvent",
    "name": "River Run",
    "startDate": "2027-04-17",
    "eventStatus": "https://schema.org/EventScheduled",
    "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode",
}
POST = Posting(headline="Hills", url="https://race.example/blog/hills/", published="2027-01-15")
PLAIN_POST = {
    "@type": "BlogPosting",
    "headline": "Hills",
    "url": "https://race.example/blog/hills/",
    "mainEntityOfPage": "https://race.example/blog/hills/",
    "datePublished": "2027-01-15",
}
ACME = Organization(name="Acme", url="https://acme.example")


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        (
            things.organization(Organization(name="River Run Club")),
            {"@type": "Organization", "name": "River Run Club"},
        ),
        (
            things.organization(
                Organization(
                    name="Club",
                    url="https://race.example/",
                    ident="https://race.example/#organization",
                    email="hello@race.example",
                    telephone="(417) 555-0142",
                    address="1 Mill Lane",
                )
            ),
            {
                "@type": "Organization",
                "@id": "https://race.example/#organization",
                "name": "Club",
                "url": "https://race.example/",
                "email": "hello@race.example",
                "telephone": "(417) 555-0142",
                "address": "1 Mill Lane",
            },
        ),
        (things.person(Person(name="Ruth Amsel")), {"@type": "Person", "name": "Ruth Amsel"}),
        (
            things.place(
                Place(name="Mill", address="1 Mill Lane", map="https://maps.example/mill")
            ),
            {
                "@type": "Place",
                "name": "Mill",
                "address": "1 Mill Lane",
                "hasMap": "https://maps.example/mill",
            },
        ),
        (things.place(Place(address="1 Mill Lane")), {"@type": "Place", "address": "1 Mill Lane"}),
        (things.offer(Offer()), {"@type": "Offer"}),
        (
            things.offer(
                Offer(
                    name="10 km",
                    price="45.50",
                    currency="EUR",
                    url="https://signup.example/",
                    availability="PreOrder",
                    valid_from="2027-01-01",
                    valid_through="2027-04-10",
                )
            ),
            {
                "@type": "Offer",
                "name": "10 km",
                "price": "45.50",
                "priceCurrency": "EUR",
                "url": "https://signup.example/",
                "availability": "https://schema.org/PreOrder",
                "validFrom": "2027-01-01",
                "validThrough": "2027-04-10",
            },
        ),
        (things.offer(Offer(price="0")), {"@type": "Offer", "price": "0"}),
    ],
)
def test_small_things(made: Thing, expected: Thing) -> None:
    """Each thing says its type and what is given, and nothing that is not."""
    assert made == expected


@pytest.mark.parametrize(
    ("given", "more"),
    [
        ({}, {}),
        ({"end": "2027-04-18", "sport": "Running"}, {"endDate": "2027-04-18", "sport": "Running"}),
        (
            {"ident": "https://race.example/#race", "url": "https://race.example/"},
            {"@id": "https://race.example/#race", "url": "https://race.example/"},
        ),
        ({"place": Place(name="Mill")}, {"location": {"@type": "Place", "name": "Mill"}}),
        (
            {"status": "EventRescheduled", "previous": ("2027-04-10",)},
            {
                "eventStatus": "https://schema.org/EventRescheduled",
                "previousStartDate": "2027-04-10",
            },
        ),
        (
            {"status": "EventRescheduled", "previous": ("2027-03-10", "2027-04-10")},
            {
                "eventStatus": "https://schema.org/EventRescheduled",
                "previousStartDate": ["2027-03-10", "2027-04-10"],
            },
        ),
        (
            {"status": "EventPostponed", "previous": ("2027-04-10",)},
            {"eventStatus": "https://schema.org/EventPostponed"},
        ),
        ({"organizer": ACME}, {"organizer": things.organization(ACME)}),
        ({"sponsors": (ACME,)}, {"sponsor": [things.organization(ACME)]}),
        ({"funders": (ACME,)}, {"funder": [things.organization(ACME)]}),
        ({"offers": (Offer(price="45"),)}, {"offers": [{"@type": "Offer", "price": "45"}]}),
        ({"parts": (RUN,)}, {"subEvent": [PLAIN]}),
        (
            {"description": "By the river.", "image": "https://race.example/a.jpg"},
            {"description": "By the river.", "image": "https://race.example/a.jpg"},
        ),
    ],
)
def test_an_event(given: dict[str, object], more: Thing) -> None:
    """An event is scheduled, on one spot, and says besides only what is given."""
    event = Event(**{"name": "River Run", "start": "2027-04-17", **given})  # type: ignore[arg-type]

    assert things.sports_event(event) == {**PLAIN, **more}


@pytest.mark.parametrize(
    ("given", "more"),
    [
        ({}, {}),
        (
            {"authors": (Person(name="Ruth"), ACME), "publisher": ACME},
            {
                "author": [{"@type": "Person", "name": "Ruth"}, things.organization(ACME)],
                "publisher": things.organization(ACME),
            },
        ),
        (
            {"modified": "2027-02-01", "language": "es", "section": "Course", "keywords": ("a",)},
            {
                "dateModified": "2027-02-01",
                "inLanguage": "es",
                "articleSection": "Course",
                "keywords": ["a"],
            },
        ),
    ],
)
def test_a_posting(given: dict[str, object], more: Thing) -> None:
    """A post says its title, address and day, and besides only what is given."""
    values = {"headline": POST.headline, "url": POST.url, "published": POST.published}
    posting = Posting(**{**values, **given})  # type: ignore[arg-type]

    assert things.blog_posting(posting) == {**PLAIN_POST, **more}


def test_a_trail() -> None:
    """Steps are counted from one, and the last is the page itself."""
    trail = (Crumb(name="Home", url="https://race.example/"), Crumb(name="Blog", url=""))

    assert things.breadcrumbs(trail) == {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {
                "@type": "ListItem",
                "position": 1,
                "name": "Home",
                "item": "https://race.example/",
            },
            {"@type": "ListItem", "position": 2, "name": "Blog"},
        ],
    }
