"""Builders of the views that templates see: one a view, each field open to a test.

What a builder fills in by itself is the least that a page can have.
"""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from markupsafe import Markup

from milepost.render.views import (
    ButtonView,
    CardView,
    ContactView,
    DateView,
    DistanceView,
    FieldView,
    FormView,
    HoursView,
    ImageView,
    LinkView,
    MarkView,
    NoticeView,
    PageView,
    PaginationView,
    PerkView,
    PickupDayView,
    PickupView,
    PlaceView,
    PostCard,
    PostView,
    PriceView,
    ProfileView,
    RaceView,
    RegistrationView,
    SiteView,
    SourceView,
    TermView,
    TextView,
    WallGroupView,
    WallView,
)

if TYPE_CHECKING:
    from collections.abc import Callable

ADDRESSES: Final = frozenset(
    {"href", "src", "canonical", "feed", "icon", "phone_href", "profile", "target", "action"}
    | {"thanks"}
)
"""Fields that hold an address."""

TOKENS: Final = frozenset(
    {"iso", "ident", "anchor", "rel", "kind", "placement", "section", "language", "url", "base"}
    | {"honeypot_type"}
)
"""Fields whose values Milepost itself makes, or has checked."""


def link(label: str = "Course guide", href: str = "/race/blog/course/", **given: Any) -> LinkView:
    """Return a link."""
    return LinkView(label=label, href=href, **given)


def day(iso: str = "2027-03-14", words: str = "14 March 2027") -> DateView:
    """Return a day."""
    number, month = int(iso[8:]), words.split()[1][:3]
    return DateView(
        iso=iso, words=words, weekday="Sunday", number=number, month=month, year=int(iso[:4])
    )


def image(src: str = "/race/media/shoes-0a1b.svg", **given: Any) -> ImageView:
    """Return a picture."""
    return ImageView(**{"src": src, "alt": "Two soles", "width": 640, "height": 360, **given})


def button(**given: Any) -> ButtonView:
    """Return a button with words beside it."""
    values = {"label": "Get your copy", "href": "/race/guide/", "text": "The whole guide."}
    return ButtonView(**{**values, **given})


def contact(**given: Any) -> ContactView:
    """Return how to reach a race that gives nothing but its contact page."""
    blank = dict.fromkeys(("email", "phone", "phone_href", "address", "answers"), "")
    return ContactView(**{"href": "/race/contact/", **blank, "form": None, **given})


def form(**given: Any) -> FormView:
    """Return a form that goes to another site."""
    values = {
        "action": "https://forms.example/f/abc",
        "name": "contact",
        "netlify": False,
        "hidden": (),
        "honeypot": "_gotcha",
        "honeypot_type": "text",
        "provider": "Example Forms",
        "host": "forms.example",
        "privacy": link("Privacy", "/race/privacy/"),
        "thanks": "/race/contact/thanks/",
    }
    return FormView(**{**values, **given})


def hidden(name: str = "_next", value: str = "https://club.example/race/thanks/") -> FieldView:
    """Return a hidden field of a form."""
    return FieldView(name=name, value=value)


def site(**given: Any) -> SiteView:
    """Return a site below /race."""
    values = {
        "name": "Riverside Run",
        "subtitle": "",
        "language": "en",
        "url": "https://club.example/race",
        "base": "/race",
        "home": link("Riverside Run", "/race/"),
        "blog": link("Blog", "/race/blog/"),
        "archive": link("Archive", "/race/blog/archive/"),
        "sponsors": link("Sponsors", "/race/sponsors/"),
        "contact": contact(),
        "footer": (),
        "feed": "/race/feed.xml",
        "json_feed": "/race/feed.json",
        "icon": "",
        "stylesheets": ("/race/media/site-0a1b.css",),
        "scripts": ("/race/media/dates-0a1b.js",),
        "policy": "default-src 'self'",
    }
    return SiteView(**{**values, **given})


def race(**given: Any) -> RaceView:
    """Return a race of which nothing but name and day is known."""
    values = {
        "name": "Riverside Run",
        "state": "none",
        "is_near": False,
        "date": day("2027-04-17", "17 April 2027"),
        "previous_dates": (),
        "place": place(""),
        "presented_by": None,
        "distances": (),
        "registration": registration(),
        "pickup": None,
        "parking": (),
        "bag_check": None,
        "phone": "",
        "phone_href": "",
        "result": None,
        "results": (),
        "page": link("Race day", "/race/race-day/"),
    }
    return RaceView(**{**values, **given})


def place(name: str = "Mill Bend", **given: Any) -> PlaceView:
    """Return a place of which nothing but its name is known."""
    return PlaceView(**{"name": name, "map": "", "text": "", **given})


def registration(**given: Any) -> RegistrationView:
    """Return a registration of which nothing is known."""
    return RegistrationView(**{"link": None, "opens": None, "closes": None, "prices": (), **given})


def hours(**given: Any) -> HoursView:
    """Return hours in which packets are given out to everybody."""
    return HoursView(**{"opens": "12:00", "closes": "19:00", "group": "", **given})


def pickup_day(*spans: HoursView) -> PickupDayView:
    """Return a day on which packets are given out."""
    return PickupDayView(date=day("2027-04-16", "16 April 2027"), hours=spans or (hours(),))


def notice(level: str = "info", **given: Any) -> NoticeView:
    """Return a notice."""
    values = {"label": level.capitalize(), "body": Markup("<p>We start at nine.</p>")}
    return NoticeView(level=level, **{**values, **given})


def distance(name: str = "10 km", start: str = "08:00") -> DistanceView:
    """Return a distance of a race."""
    return DistanceView(name=name, start=start)


def page(kind: str = "page", **given: Any) -> PageView:
    """Return what the page itself is."""
    values = {
        "title": "Hills | Riverside Run",
        "heading": "Hills",
        "description": "",
        "language": "en",
        "canonical": "https://club.example/race/hills/",
        "noindex": False,
        "section": "",
        "card": sharing(),
        "data": (),
    }
    return PageView(**{"kind": kind, **values, **given})


def sharing(**given: Any) -> CardView:
    """Return what links to a page on other sites show."""
    blank = dict.fromkeys(("image", "image_alt", "published", "modified"), "")
    values = {"kind": "website", "title": "Hills", "width": 0, "height": 0}
    return CardView(**{**values, **blank, **given})


def full_sharing() -> CardView:
    """Return what links to a post with a picture show."""
    return sharing(
        kind="article",
        image="https://club.example/race/media/river-0a1b.jpg",
        image_alt="The river at dawn",
        width=1200,
        height=630,
        published="2027-03-14T09:00:00-05:00",
        modified="2027-03-20",
    )


def card(title: str = "Hills, and How to Like Them", **given: Any) -> PostCard:
    """Return a post as lists show it."""
    values = {
        "href": "/race/blog/hills/",
        "date": day(),
        "summary": Markup(),
        "category": None,
    }
    return PostCard(**{"title": title, **values, **given})


def text(body: str = "<p>Run up, run down.</p>", **given: Any) -> TextView:
    """Return the words of a page."""
    values = {"image": None, "button": None, "thanks": ()}
    return TextView(body=Markup(body), **{**values, **given})  # noqa: S704 - tests write HTML


def post(**given: Any) -> PostView:
    """Return a post that has nothing but a title, a day and a text."""
    values = {
        "card": card(),
        "text": text(),
        "modified": None,
        "authors": (),
        "tags": (),
        "about": None,
        "newer": None,
        "older": None,
        "related": (),
    }
    return PostView(**{**values, **given})


def term(label: str = "Training", number: int = 2) -> TermView:
    """Return a topic, tag, author or year."""
    return TermView(link=link(label, "/race/blog/topics/training/"), number=number)


def pagination(**given: Any) -> PaginationView:
    """Return where a list of one page stands."""
    return PaginationView(**{"number": 1, "total": 1, "newer": None, "older": None, **given})


def perk(**given: Any) -> PerkView:
    """Return what runners get from a sponsor."""
    return PerkView(**{"text": "10 % off with your bib", "code": "", "until": None, **given})


def mark(name: str = "Acme Running", **given: Any) -> MarkView:
    """Return a sponsor that gave nothing but its name."""
    ident = given.pop("ident", "acme")
    values = {
        "ident": ident,
        "anchor": f"mark-{ident}",
        "href": "",
        "rel": "",
        "image": None,
        "dark": None,
        "sources": (),
        "thanks_for": "",
        "text": "",
        "perk": None,
        "profile": "",
    }
    return MarkView(**{"name": name, **values, **given})


def group(*marks: MarkView, **given: Any) -> WallGroupView:
    """Return a tier of a wall."""
    drawn = any(mark.image for mark in marks)
    values = {"number": 1, "heading": "Title Sponsors", "heading_shown": True, "is_drawn": drawn}
    return WallGroupView(**{**values, "marks": marks or (mark(),), **given})


def wall(*groups: WallGroupView, **given: Any) -> WallView:
    """Return a wall."""
    return WallView(**{"placement": "posts", "groups": groups, "inviting": False, **given})


def profile(**given: Any) -> ProfileView:
    """Return a sponsor's own page, of which nothing but the name is known."""
    values = {
        "mark": mark(),
        "rel": "sponsored noopener",
        "tiers": (),
        "since": None,
        "links": (),
        "site": None,
        "posts": (),
    }
    return ProfileView(**{**values, **given})


def full_mark(**given: Any) -> MarkView:
    """Return a sponsor that gave everything."""
    values = {
        "href": "https://acme.example/?a=1&b=2",
        "rel": "sponsored noopener",
        "image": image("/race/media/acme-1a2b.svg", alt="Acme Running", width=160, height=60),
        "dark": image("/race/media/acme-3c4d.svg", alt="Acme Running", width=160, height=58),
        "sources": (
            SourceView(
                media="(prefers-color-scheme: dark)",
                media_type="",
                srcset="/race/media/acme-3c4d.svg",
                width=160,
                height=58,
            ),
        ),
        "thanks_for": "Finish line",
        "text": "Shoes for every river path.",
        "perk": perk(code="RIVER", until=day("2027-06-30", "30 June 2027")),
        "profile": "/race/sponsors/acme/",
    }
    return mark(**{**values, **given})


def full_text() -> TextView:
    """Return a text with a picture, a button and thanks."""
    thanks = (link("Acme", "/race/sponsors/#mark-acme"), link("Mets", ""), link("Koam", "/k/"))
    return text(image=image(), button=button(), thanks=thanks)


def full_card() -> PostCard:
    """Return a post with a summary and a topic."""
    return card(summary=Markup("Up <em>and</em> down."), category=link("Training", "/race/t/"))


def full_site() -> SiteView:
    """Return a site that has everything."""
    return site(
        subtitle="Along the river, every April",
        contact=contact(
            email="hello@club.example",
            phone="(417) 555-0142",
            phone_href="tel:4175550142",
            address="1 Depot Square",
            answers="June, within two days",
            form=form(netlify=True, hidden=(hidden(), hidden("key", "abc"))),
        ),
        footer=(link("About the race", "/race/about/"),),
        icon="/race/media/icon-0a1b.svg",
    )


def full_race() -> RaceView:
    """Return a race of which everything is known."""
    return race(
        name="The Riverside Run 2027",
        state="open",
        previous_dates=(day("2027-04-10", "10 April 2027"),),
        place=place(map="https://maps.example/mill-bend", text="1 Mill Lane"),
        presented_by=link("Acme Running", "/race/sponsors/#mark-acme"),
        distances=(distance(), distance("Kids' mile", "")),
        registration=registration(
            link=link("Register", "https://signup.example/riverside"),
            closes=day("2027-04-10", "10 April 2027"),
            prices=(PriceView(words="$45", distance="10 km", until=day()),),
        ),
        pickup=PickupView(
            place=place("Freight house", map="https://maps.example/freight-house"),
            days=(pickup_day(hours(), hours(group="10 km")),),
            bring=("A photo ID",),
            friend="Yes, with a picture of your ID.",
        ),
        parking=(place("Depot garage", text="Free until noon."), place("School")),
        bag_check=place("Beside the depot", text="Until 11:15."),
        phone="(417) 555-0199",
        phone_href="tel:4175550199",
        results=(link("Results 2026", "/race/blog/results/"),),
    )


def altered(value: Any, change: Callable[[str, str], str]) -> Any:
    """Return a view with `change(field, value)` for every text in it that is not HTML."""
    if isinstance(value, tuple):
        return tuple(altered(item, change) for item in value)
    if not is_dataclass(value) or isinstance(value, type):
        return value
    return replace(
        value, **{name.name: _altered_field(value, name.name, change) for name in fields(value)}
    )


def _altered_field(view: Any, name: str, change: Callable[[str, str], str]) -> Any:
    value = getattr(view, name)
    if isinstance(value, str):
        return value if isinstance(value, Markup) or not value else change(name, value)
    if name == "stylesheets" or (isinstance(value, tuple) and not value):
        return value
    if isinstance(value, tuple) and isinstance(value[0], str):
        return tuple(change(name, item) for item in value)
    return altered(value, change)
