"""The sponsor list in a terminal: who shows on a day, who does not and why, and how it looks."""

from __future__ import annotations

import textwrap
from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from milepost.roster.edit import add_sponsors
from milepost.roster.load import Roster, read_roster
from milepost.roster.overview import overview
from milepost.roster.sponsor import Sponsor, Tier
from milepost.source import Table, parse_yaml

if TYPE_CHECKING:
    from collections.abc import Mapping

DAY = date(2026, 12, 1)


def roster_of(text: str) -> Roster:
    """Read a sponsor list, whatever is wrong with it."""
    node, _ = parse_yaml(text, "sponsors.yaml")
    assert isinstance(node, Table)
    return read_roster(node)[0]


def entries(*sponsors: Mapping[str, str]) -> Roster:
    """Return a list of sponsors of the two tiers that a list has by default."""
    return roster_of(add_sponsors("", sponsors))


def text(table: str) -> str:
    """Return a table as it stands in a test, without the test's indentation."""
    return textwrap.dedent(table).strip("\n").replace("|", "")


def test_every_sponsor_stands_in_its_tier_with_what_it_has() -> None:
    """Tiers stand in their order; each sponsor says whether it shows, its link, logo and id."""
    roster = roster_of("""\
tiers:
  - id: title
    heading: Title Sponsors
  - id: gold
  - id: local
sponsors:
  - {name: Bo's Gym, tier: [local, title], url: https://bo.example, until: 2027-08-31}
  - {name: Acme Running, tier: title, logo: acme.svg}
  - {name: Cy, tier: local, status: pending}
  - {name: Di, tier: local, status: removed, until: 2026-01-01}
  - {name: Ed, tier: local, from: 2027-01-01}
  - {name: Flo, tier: local, until: 2026-11-30}
""")

    assert overview(roster, DAY) == text("""
        |  Name          Shows                  Link  Logo  Id

        |Title Sponsors (title)
        |  Bo's Gym      until 2027-08-31       yes   no    bos-gym
        |  Acme Running  yes                    no    yes   acme-running

        |gold
        |  (nobody)

        |local
        |  Bo's Gym      until 2027-08-31       yes   no    bos-gym
        |  Cy            no: pending            no    no    cy
        |  Di            no: removed            no    no    di
        |  Ed            no: begins 2027-01-01  no    no    ed
        |  Flo           no: ended 2026-11-30   no    no    flo

        |6 sponsors: 2 shown on 2026-12-01, 1 pending, 1 removed, 1 to come, 1 ended. \
Next change on 2027-01-01: Ed joins.
    """)


@pytest.mark.parametrize(
    ("day", "shows"),
    [
        ("2026-08-31", "no: begins 2026-09-01"),
        ("2026-09-01", "until 2027-08-31"),
        ("2027-08-31", "until 2027-08-31"),
        ("2027-09-01", "no: ended 2027-08-31"),
    ],
)
def test_both_days_of_a_term_are_in_it(day: str, shows: str) -> None:
    """A sponsor shows on its first and its last day, and says why it does not before and after."""
    roster = entries({"name": "Bo", "tier": "title", "from": "2026-09-01", "until": "2027-08-31"})

    assert f"  Bo    {shows}" in overview(roster, date.fromisoformat(day))


def test_changes_on_one_day_are_told_together() -> None:
    """The last line tells all that changes on the next day on which anything does."""
    roster = entries(
        {"name": "Bo", "tier": "title", "until": "2026-12-31"},
        {"name": "Cy", "tier": "title", "from": "2027-01-01"},
        {"name": "Di", "tier": "title", "from": "2027-02-01"},
    )

    last = overview(roster, DAY).splitlines()[-1]

    assert last == (
        "3 sponsors: 1 shown on 2026-12-01, 2 to come. "
        "Next change on 2027-01-01: Bo leaves, Cy joins."
    )


def test_an_empty_list_says_so() -> None:
    """A list without sponsors shows its tiers, and that nothing is going to change."""
    assert overview(Roster(), DAY) == text("""
        |  Name  Shows  Link  Logo  Id

        |Title Sponsors (title)
        |  (nobody)

        |supporters
        |  (nobody)

        |0 sponsors: 0 shown on 2026-12-01. No change is due.
    """)


def test_sponsors_of_broken_tiers_are_listed_as_well() -> None:
    """A tier that the list does not have hides nobody, and entries that are not read are named."""
    roster = Roster(
        tiers=(Tier.model_construct(id="title"),),
        sponsors=tuple(
            Sponsor.model_construct(id=name.lower(), name=name, tier=(tier,), line=1)
            for name, tier in (("Acme", "title"), ("Bo", "glod"))
        ),
        broken=frozenset({"cy", ""}),
    )

    assert overview(roster, DAY) == text("""
        |  Name  Shows  Link  Logo  Id

        |title
        |  Acme  yes    no    no    acme

        |glod (no such tier)
        |  Bo    yes    no    no    bo

        |Could not be read: cy, one without a name.
        |2 sponsors: 2 shown on 2026-12-01. No change is due.
    """)


def test_one_long_name_does_not_push_the_others_apart() -> None:
    """A name too long for its column has a line of its own, and the lines stay within 80."""
    roster = entries(
        {"name": "Great Plains Financial Credit Union of the Four Rivers", "tier": "title"},
        {"name": "Bo", "tier": "title"},
        {"name": "Acme Running", "tier": "title"},
    )

    lines = overview(roster, DAY).splitlines()

    assert lines[3:7] == [
        "  Great Plains Financial Credit Union of the Four Rivers",
        "                yes    no    no    great-plains-financial-credit-union-of-the-four-rivers",
        "  Bo            yes    no    no    bo",
        "  Acme Running  yes    no    no    acme-running",
    ]


def test_wide_letters_and_accents_keep_the_columns_straight() -> None:
    """Letters of two columns and marks of none are counted as a terminal shows them."""
    roster = entries(
        {"name": "日本 Sports", "tier": "title"},
        {"name": "Cafe\u0301", "tier": "title"},
        {"name": "Run 🏃", "tier": "title"},
    )

    lines = overview(roster, DAY).splitlines()

    assert lines[3:6] == [
        "  日本 Sports  yes    no    no    ri-ben-sports",
        "  Cafe\u0301         yes    no    no    cafe",
        "  Run 🏃       yes    no    no    run",
    ]


@given(st.text(min_size=1), st.text(min_size=1))
def test_no_name_can_steer_the_terminal(name: str, heading: str) -> None:
    """Colour codes, line ends and other controls in a name or heading are never printed."""
    roster = Roster(
        tiers=(Tier.model_construct(id="title", heading=heading),),
        sponsors=(Sponsor.model_construct(id="a", name=name, tier=("title",), until=DAY, line=1),),
    )

    lines = overview(roster, DAY).split("\n")

    assert len(lines) <= 8
    assert all(char.isprintable() or char in "\u200c\u200d" for line in lines for char in line)
