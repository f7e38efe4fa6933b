"""What one tier and one sponsor of the sponsor list say."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Final, Literal

from pydantic import BeforeValidator, Field, WithJsonSchema

from milepost.schema import (
    Day,
    LongText,
    Model,
    OneOrMany,
    Slug,
    Text,
    WebLink,
    Whole,
    Year,
    YesNo,
    choice,
    number,
)

Placement = Literal["home", "blog", "posts", "contact", "sponsors"]
Kind = Literal["paid", "in-kind", "media", "charity", "government"]

PLACEMENTS: Final[tuple[Placement, ...]] = ("home", "blog", "posts", "contact", "sponsors")
"""The kinds of page that carry a wall."""

SCALES: Final = (0.8, 1.25)
"""The least and the most that a `scale` may say."""

_REL_OF_KIND: Final[dict[Kind, str]] = {
    "paid": "sponsored noopener",
    "in-kind": "sponsored noopener",
    "media": "sponsored noopener",
    "charity": "noopener",
    "government": "noopener",
}
_REL_WRITTEN: Final = {
    "sponsored": "sponsored noopener",
    "nofollow": "nofollow noopener",
    "none": "noopener",
}


def _tier_alone(value: object) -> object:
    return {"tier": value} if isinstance(value, str) else value


class Benefits(Model):
    """What a tier's contract says, in words that a build can prove; `also` it cannot."""

    profile: YesNo = False
    posts_about: Whole | None = None
    print_logo: YesNo = False
    also: OneOrMany[Text] = ()


class Tier(Model):
    """One tier. The order of tiers in the file is their order on the page.

    `size` is a relative visual area, `words` the limit of a sponsor's `text`.
    """

    id: Slug
    heading: Text | None = None
    size: Annotated[float, BeforeValidator(number(0.1, 100))] = 1.0
    max: Whole | None = None
    words: Whole | None = None
    kind: Annotated[Kind, choice("paid", "in-kind", "media", "charity", "government")] = "paid"
    exclusive: YesNo = False
    price: Text | None = None
    shown_on: OneOrMany[Annotated[Placement, choice(*PLACEMENTS)]] = PLACEMENTS
    link: Annotated[Literal["site", "profile"], choice("site", "profile")] = "site"
    benefits: Benefits = Benefits()

    @property
    def title(self) -> str:
        """What stands above its sponsors: its heading, else words made from its id."""
        return self.heading or self.id.replace("-", " ").capitalize()


class Perk(Model):
    """Something a runner gets from a sponsor, up to and including the day `until`."""

    text: Text
    code: Text | None = None
    until: Day | None = None


class Approval(Model):
    """Who approved a listing, and the code of what was approved. Written by the tool."""

    on: Day
    by: Text
    code: Text
    uses: OneOrMany[Text] = ()


class PastYear(Model):
    """What a sponsor was in an earlier edition, and how it was shown then."""

    tier: Text
    name: Text | None = None
    logo: Text | None = None
    url: WebLink | None = None


class Utm(Model):
    """Campaign parameters for links to sponsors."""

    source: Text
    medium: Text | None = None
    campaign: Text | None = None


class SponsorEntry(Model):
    """One entry of `sponsors:` as it stands in the file. `from` and `until` are included."""

    id: Slug
    name: Text
    tier: Annotated[OneOrMany[Text], Field(min_length=1)]
    thanks_for: Text | None = None
    industry: Text | None = None
    status: Annotated[
        Literal["pending", "confirmed", "removed"], choice("pending", "confirmed", "removed")
    ] = "confirmed"
    from_: Annotated[Day | None, Field(alias="from")] = None
    until: Day | None = None
    since: Year | None = None
    url: WebLink | None = None
    logo: Text | None = None
    logo_dark: Text | None = None
    logo_print: Text | None = None
    logo_anyway: YesNo = False
    scale: Annotated[float, BeforeValidator(number(*SCALES))] = 1.0
    text: LongText | None = None
    perk: Perk | None = None
    links: dict[Text, WebLink] = Field(default_factory=dict)
    say: Text | None = None
    rel: (
        Annotated[Literal["sponsored", "nofollow", "none"], choice("sponsored", "nofollow", "none")]
        | None
    ) = None
    approved: Approval | None = None
    formerly: OneOrMany[Text] = ()
    years: dict[
        Year,
        Annotated[
            PastYear,
            BeforeValidator(_tier_alone),
            WithJsonSchema({"anyOf": [{"type": "string"}, {"$ref": "#/$defs/PastYear"}]}),
        ],
    ] = Field(default_factory=dict)
    note: LongText | None = None


class Sponsor(SponsorEntry):
    """A sponsor of the list, with the line where its entry begins.

    `scale_line` is that of its `scale`. `has_made_id` says that the entry has no `id`, so that it
    was made from the name.
    """

    line: int
    scale_line: int = 0
    has_made_id: bool = False

    @property
    def term(self) -> tuple[date, date]:
        """The first and the last day of the term; open ends are the ends of the calendar."""
        return self.from_ or date.min, self.until or date.max


class RosterFile(Model):
    """The top of `sponsors.yaml`, without the entries."""

    version: Annotated[Literal["1"], choice("1")] = "1"
    edition: Year | None = None
    order: Annotated[Literal["listed", "since", "name"], choice("listed", "since", "name")] = (
        "listed"
    )
    utm: Utm | None = None


DEFAULT_TIERS: Final = (
    Tier.model_construct(id="title", heading="Title Sponsors", size=3.0),
    Tier.model_construct(id="supporters", size=1.0),
)
"""The tiers of a list that names none."""


def rel_of(sponsor: SponsorEntry, tier: Tier) -> str:
    """Return the `rel` of a link to a sponsor.

    Paid links are marked `sponsored` (Google Search Central, "Qualify your outbound links");
    never `noreferrer`, so that the sponsor's own statistics show the race.
    """
    return _REL_WRITTEN[sponsor.rel] if sponsor.rel else _REL_OF_KIND[tier.kind]
