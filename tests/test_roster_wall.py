"""Who stands on which wall, and in which order."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from milepost.roster.load import Roster
from milepost.roster.sponsor import PLACEMENTS, Placement, Sponsor, Tier
from milepost.roster.wall import Group, wall, with_profile

DAY = date(2027, 3, 14)


def tier(ident: str, **given: Any) -> Tier:
    """Return a tier, on every wall unless told."""
    return Tier.model_validate({"id": ident} | given)


def sponsor(name: str, *tiers: str, **given: Any) -> Sponsor:
    """Return a sponsor: of tier gold, confirmed and for all days, unless told."""
    values = {"id": name.lower(), "name": name, "tier": tiers or ("gold",), "line": 1}
    return Sponsor.model_validate(values | given)


def roster(*sponsors: Sponsor, tiers: tuple[Tier, ...] = (), order: str = "listed") -> Roster:
    """Return a list of sponsors, with tiers gold and local unless told."""
    return Roster(
        sponsors=sponsors, tiers=tiers or (tier("gold", size="2"), tier("local")), order=order
    )


def names(groups: tuple[Group, ...]) -> dict[str, list[str]]:
    """Return the names of each group by its tier, in order."""
    return {group.tier.id: [one.name for one in group.sponsors] for group in groups}


def test_groups_stand_in_the_order_of_tiers() -> None:
    """The order of tiers in the file is their order on the page, whoever is listed first."""
    sponsors = roster(sponsor("Cup", "local"), sponsor("Acme", "gold"))

    groups = wall(sponsors, DAY, "home")

    assert list(names(groups).items()) == [("gold", ["Acme"]), ("local", ["Cup"])]


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("listed", ["Zinc", "Émile", "Acme", "fern"]),
        ("name", ["Acme", "Émile", "fern", "Zinc"]),
        ("since", ["fern", "Zinc", "Acme", "Émile"]),
    ],
)
def test_order_inside_a_tier_is_the_lists(order: str, expected: list[str]) -> None:
    """As listed, by name whatever its case and accents, or by year with no year last."""
    sponsors = roster(
        sponsor("Zinc", since="2019"),
        sponsor("Émile", id="emile"),
        sponsor("Acme", since="2019"),
        sponsor("fern", since="2012"),
        order=order,
    )

    groups = wall(sponsors, DAY, "home")

    assert names(groups) == {"gold": expected}


def test_sponsor_of_two_tiers_stands_in_both() -> None:
    """Who pays for two tiers is thanked in two."""
    groups = wall(roster(sponsor("Acme", "local", "gold")), DAY, "home")

    assert names(groups) == {"gold": ["Acme"], "local": ["Acme"]}


def test_tier_written_twice_shows_once() -> None:
    """A sponsor with one tier written twice stands there once."""
    groups = wall(roster(sponsor("Acme", "gold", "gold")), DAY, "home")

    assert names(groups) == {"gold": ["Acme"]}


@pytest.mark.parametrize(
    "hidden",
    [
        {"status": "pending"},
        {"status": "removed"},
        {"until": "2027-03-13"},
        {"from": "2027-03-15"},
    ],
    ids=["pending", "removed", "past", "to come"],
)
def test_tier_without_a_visible_sponsor_has_no_group(hidden: dict[str, str]) -> None:
    """A heading with nobody under it is not shown."""
    sponsors = roster(sponsor("Acme", "gold", **hidden), sponsor("Cup", "local"))

    assert names(wall(sponsors, DAY, "home")) == {"local": ["Cup"]}


@pytest.mark.parametrize("day", ["2027-03-14", "2027-03-15"])
def test_renamed_sponsor_stands_once_on_every_day(day: str) -> None:
    """Two entries with one id whose terms follow each other are one sponsor at a time."""
    sponsors = roster(
        sponsor("Old", id="acme", until="2027-03-14"),
        sponsor("New", id="acme", **{"from": "2027-03-15"}),
    )

    groups = wall(sponsors, date.fromisoformat(day), "home")

    assert names(groups) == {"gold": ["Old" if day == "2027-03-14" else "New"]}


def test_wall_of_nobody_is_empty() -> None:
    """A race without sponsors has no wall."""
    assert wall(roster(), DAY, "home") == ()


@pytest.mark.parametrize("placement", PLACEMENTS)
def test_tier_stands_where_it_is_shown_on(placement: Placement) -> None:
    """A tier is on the walls that it names, and on no other."""
    tiers = (tier("gold"), tier("local", shown_on=["home", "sponsors"]))
    sponsors = roster(sponsor("Acme", "gold"), sponsor("Cup", "local"), tiers=tiers)

    found = names(wall(sponsors, DAY, placement))

    assert found["gold"] == ["Acme"]
    assert ("local" in found) is (placement in {"home", "sponsors"})


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({}, []),
        ({"link": "profile"}, ["Acme"]),
        ({"benefits": {"profile": "yes"}}, ["Acme"]),
        ({"benefits": {"profile": "yes"}, "shown_on": "home"}, ["Acme"]),
    ],
)
def test_profile_comes_with_the_tier(given: dict[str, Any], expected: list[str]) -> None:
    """A tier that promises profiles, or links to them, gives its sponsors a page."""
    sponsors = roster(sponsor("Acme"), tiers=(tier("gold", **given),))

    assert [one.name for one in with_profile(sponsors, DAY)] == expected


def test_sponsor_of_two_tiers_has_one_profile() -> None:
    """Who has a profile by two tiers has one page."""
    tiers = (tier("gold", link="profile"), tier("local", link="profile"))
    sponsors = roster(sponsor("Acme", "gold", "local"), tiers=tiers)

    assert [one.name for one in with_profile(sponsors, DAY)] == ["Acme"]


def test_hidden_sponsor_has_no_profile() -> None:
    """A page of its own begins and ends with the sponsor's term."""
    past = sponsor("Acme", until="2027-03-13")

    assert with_profile(roster(past, tiers=(tier("gold", link="profile"),)), DAY) == ()
