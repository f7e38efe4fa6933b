"""What templates see. Every field is always there; nothing here is Pelican's.

Addresses in views are ready to be written into a page: they begin with the path under which the
site stands. `Markup` is HTML; everything else is text that the template escapes.
"""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from milepost.render.things import Thing


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkView:
    """A link with its label. `current` says that it leads to the section one is in."""

    label: str
    href: str
    current: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DateView:
    """A day: `iso` for machines (2027-03-14), `words` for readers (14 March 2027).

    `month` is short (Mar) and `number` the day in it, for a sign with little room.
    """

    iso: str
    words: str
    weekday: str
    number: int
    month: str
    year: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ImageView:
    """A picture; `width` and `height` in CSS pixels."""

    src: str
    alt: str
    width: int
    height: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceView:
    """Another form of a picture; `media` and `media_type` may be "". In CSS pixels."""

    media: str
    media_type: str
    srcset: str
    width: int
    height: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ButtonView:
    """A button below a text, with the words beside it or ""."""

    label: str
    href: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldView:
    """A hidden field of a form."""

    name: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FormView:
    """A form that posts to `action`. `netlify` says that Netlify is to find it by its `name`.

    `honeypot` names the field that nobody but a robot fills in, `honeypot_type` its kind: text
    or checkbox. `provider` is who delivers what readers write, and `host` the site it goes to,
    or "" for the race's own. `thanks` is the page that readers see afterwards.
    """

    action: str
    name: str
    netlify: bool
    hidden: tuple[FieldView, ...]
    honeypot: str
    honeypot_type: str
    provider: str
    host: str
    privacy: LinkView
    thanks: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactView:
    """How readers reach the race; each "" when it is not given, and `form` is None."""

    href: str
    email: str
    phone: str
    phone_href: str
    address: str
    answers: str
    form: FormView | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteView:
    """The site as a whole. `url` and `base` end without a slash; `base` may be "".

    `policy` is what browsers may load and run on every page (Content-Security-Policy).
    """

    name: str
    subtitle: str
    language: str
    url: str
    base: str
    home: LinkView
    blog: LinkView
    archive: LinkView
    sponsors: LinkView
    contact: ContactView
    footer: tuple[LinkView, ...]
    feed: str
    json_feed: str
    icon: str
    stylesheets: tuple[str, ...]
    scripts: tuple[str, ...]
    policy: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DistanceView:
    """One distance of the race; `start` is its time of day or ""."""

    name: str
    start: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceView:
    """A place that runners look for; `map` leads to a map of it. What is not given is ""."""

    name: str
    map: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceView:
    """What an entry costs now: for one distance or, with "", for all of them."""

    words: str
    distance: str
    until: DateView | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RegistrationView:
    """Signing up. `link` is there while it is open; `opens` before that, `closes` during it."""

    link: LinkView | None
    opens: DateView | None
    closes: DateView | None
    prices: tuple[PriceView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HoursView:
    """From when to when; `group` says who is meant, or is ""."""

    opens: str
    closes: str
    group: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PickupDayView:
    """One day on which packets are given out, with its hours."""

    date: DateView
    hours: tuple[HoursView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PickupView:
    """Where, when and with what runners get their packets; `friend` may be ""."""

    place: PlaceView | None
    days: tuple[PickupDayView, ...]
    bring: tuple[str, ...]
    friend: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RaceView:
    """The race on the day of the build.

    `state` is none (nobody can sign up on the web), before, open, closed, day, over, postponed or
    cancelled. `is_near` says that race day is at most seven days off. `previous_dates` are there
    when it has moved. `place` has the address as its text. `result` leads to its own results,
    `results` to those of other years. `page` is the one about race day.
    """

    name: str
    state: str
    is_near: bool
    date: DateView
    previous_dates: tuple[DateView, ...]
    place: PlaceView
    presented_by: LinkView | None
    distances: tuple[DistanceView, ...]
    registration: RegistrationView
    pickup: PickupView | None
    parking: tuple[PlaceView, ...]
    bag_check: PlaceView | None
    phone: str
    phone_href: str
    result: LinkView | None
    results: tuple[LinkView, ...]
    page: LinkView


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeView:
    """What every reader must know first. `level` is info, warning, postponed or cancelled."""

    level: str
    label: str
    body: Markup


@dataclass(frozen=True, slots=True, kw_only=True)
class CardView:
    """What links to the page on other sites show (Open Graph); `image` is a full address or "".

    `kind` is website or article; an article tells the days of its text, as ISO 8601, or "".
    `width` and `height` are the image's, in pixels.
    """

    kind: str
    title: str
    image: str
    image_alt: str
    width: int
    height: int
    published: str
    modified: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PageView:
    """The page being rendered. `heading` is its one h1; `title` is for the browser's tab.

    `kind` is one of home, blog, topic, tag, author, archive, year, post, page, race-day,
    sponsors, profile, contact, thanks, examples, missing. `data` is what the page says to programs
    (JSON-LD).
    """

    kind: str
    title: str
    heading: str
    description: str
    language: str
    canonical: str
    noindex: bool
    section: str
    card: CardView
    data: tuple[Thing, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PostCard:
    """A post in a list."""

    title: str
    href: str
    date: DateView
    summary: Markup
    category: LinkView | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TextView:
    """The words of a page from content/: its body, picture and button."""

    body: Markup
    image: ImageView | None
    button: ButtonView | None
    thanks: tuple[LinkView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PostView:
    """A post on its own page. `thanks` are the sponsors it names; a href may be ""."""

    card: PostCard
    text: TextView
    modified: DateView | None
    authors: tuple[LinkView, ...]
    tags: tuple[LinkView, ...]
    about: int | None
    newer: LinkView | None
    older: LinkView | None
    related: tuple[PostCard, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TermView:
    """A category, tag, author or year with the number of its posts."""

    link: LinkView
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PaginationView:
    """Where a numbered list stands; `newer` and `older` are None at its ends."""

    number: int
    total: int
    newer: LinkView | None
    older: LinkView | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PerkView:
    """What a runner gets from a sponsor; `code` may be ""."""

    text: str
    code: str
    until: DateView | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkView:
    """One sponsor on a wall. Without an `image` the name is set as type.

    `anchor` is the element's id, `ident` the value of `data-mark`. `href` may be "", and then
    `rel` is of no use. `dark` is shown instead of `image` in dark mode. `sources` are what a
    browser may choose from instead of `image`, in this order.
    """

    ident: str
    anchor: str
    name: str
    href: str
    rel: str
    image: ImageView | None
    dark: ImageView | None
    sources: tuple[SourceView, ...]
    thanks_for: str
    text: str
    perk: PerkView | None
    profile: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WallGroupView:
    """One tier on a wall. `number` counts tiers from 1; a heading is hidden if nobody wrote it.

    `is_drawn` says that at least one of its marks is a logo.
    """

    number: int
    heading: str
    heading_shown: bool
    is_drawn: bool
    marks: tuple[MarkView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WallView:
    """A wall. Without groups and with `inviting`, it asks for the first sponsor."""

    placement: str
    groups: tuple[WallGroupView, ...]
    inviting: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileView:
    """A sponsor's own page. `rel` is for every link to the sponsor's own sites."""

    mark: MarkView
    rel: str
    tiers: tuple[str, ...]
    since: int | None
    links: tuple[LinkView, ...]
    site: LinkView | None
    posts: tuple[PostCard, ...]
