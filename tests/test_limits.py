"""What a tier allows on any day, and what two sponsors may not have in common."""

from __future__ import annotations

from datetime import date
from typing import Final

import pytest

from milepost.problems import judged, report
from milepost.roster.load import Roster, read_roster
from milepost.rules.limits import check_limits, check_texts
from milepost.source import Table, parse_yaml

DAY: Final = date(2027, 3, 1)
SHARED = "Two entries may share it only when their terms do not overlap."


def said(*sponsors: str, tier: str = "") -> list[str]:
    """Return the report on sponsors of tier gold, unless told, one a line from line 4 on."""
    roster = listed(*sponsors, tier=tier)
    lines = report(judged([*check_limits(roster), *check_texts(roster, DAY)], {})).splitlines()
    return [line.removeprefix("  ") for line in lines[2:]]


def listed(*sponsors: str, tier: str = "") -> Roster:
    """Return the list of these sponsors, of tier gold unless told."""
    entries = (one if "tier:" in one else f"tier: gold, {one}" for one in sponsors)
    rows = "".join(f"  - {{{entry}}}\n" for entry in entries)
    text = f"tiers:\n  - {{id: gold{tier}}}\nsponsors:\n{rows}"
    node, problems = parse_yaml(text, "sponsors.yaml")
    assert isinstance(node, Table)
    roster, more = read_roster(node)
    assert problems + more == []
    return roster


class TestMax:
    """`max` counts those who are public on one day."""

    def test_one_too_many_is_told_with_all_names(self) -> None:
        """Sponsors without days are too many on every day, so no day is named."""
        lines = said("name: Acme", "name: Bank", "name: Cup", tier=", max: 2")

        assert lines == [
            'line 6, "Cup": tier gold may have 2 on one day, but it has 3: Acme, Bank, Cup.'
        ]

    def test_first_crowded_day_is_named(self) -> None:
        """Terms that share a single day are too many on that day."""
        lines = said(
            "name: Acme, until: 2027-03-14", "name: Bank, from: 2027-03-14", tier=", max: 1"
        )

        assert lines == [
            (
                'line 5, "Bank": tier gold may have 1 on one day, but from 2027-03-14 on it has 2: '
                "Acme, Bank."
            )
        ]

    @pytest.mark.parametrize(
        ("first", "second"),
        [
            ("name: Acme", "name: Bank, status: pending"),
            ("name: Acme, status: removed", "name: Bank"),
            ("name: Acme, until: 2027-03-14", "name: Bank, from: 2027-03-15"),
            ("name: Acme, from: 2027-03-15", "name: Bank, until: 2027-03-14"),
        ],
        ids=["pending", "removed", "successor", "successor listed first"],
    )
    def test_who_is_not_there_that_day_is_not_counted(self, first: str, second: str) -> None:
        """Pending and removed sponsors take no place, nor does a successor from the day after."""
        assert said(first, second, tier=", max: 1") == []

    def test_tier_without_max_holds_any_number(self) -> None:
        """No limit is no limit."""
        assert said(*(f"name: Shop {number}" for number in range(50))) == []


class TestExclusive:
    """Beside a sponsor of an exclusive tier, nobody is of its industry on any day."""

    def test_rival_is_told_with_the_other(self) -> None:
        """The later entry is told whom it meets, where, and from when."""
        lines = said(
            "name: Acme, industry: Shoes, until: 2027-12-31",
            "name: Bolt, industry: shoes, from: 2027-03-14",
            tier=", exclusive: yes",
        )

        assert lines == [
            (
                'line 5, "Bolt": tier gold is exclusive, but from 2027-03-14 on "Acme" (line 4) is '
                "of the same industry, shoes."
            )
        ]

    @pytest.mark.parametrize(
        ("rival", "tier"),
        [
            ("industry: bank", ", exclusive: yes"),
            ("industry: shoes, status: pending", ", exclusive: yes"),
            ("industry: shoes, from: 2028-01-01", ", exclusive: yes"),
            ("thanks_for: shoes", ", exclusive: yes"),
            ("industry: shoes", ""),
        ],
        ids=["another industry", "pending", "successor", "no industry", "not exclusive"],
    )
    def test_no_rival_is_no_fault(self, rival: str, tier: str) -> None:
        """Only one industry, on one day, in an exclusive tier is a breach."""
        acme = "name: Acme, industry: shoes, until: 2027-12-31"

        assert said(acme, f"name: Bolt, {rival}", tier=tier) == []

    def test_every_later_rival_is_told(self) -> None:
        """Of three rivals, the two that came later are both told, and the first is not."""
        rivals = (f"name: {name}, industry: shoes" for name in ("Acme", "Bolt", "Cup"))

        lines = said(*rivals, tier=", exclusive: yes")

        assert {line.partition(":")[0] for line in lines} == {'line 5, "Bolt"', 'line 6, "Cup"'}

    TWO: Final = ", exclusive: yes}\n  - {id: local"

    @pytest.mark.parametrize(
        ("first", "second", "expected"),
        [
            (
                "name: Acme, industry: Banking",
                "name: Bolt, tier: local, industry: banking",
                (
                    'line 6, "Bolt": tier gold is exclusive, but "Acme" (line 5), which is in it, '
                    "is of the same industry, banking."
                ),
            ),
            (
                "name: Acme, tier: local, industry: banking, until: 2027-12-31",
                "name: Bolt, industry: banking, from: 2027-03-14",
                (
                    'line 5, "Acme": tier gold is exclusive, but from 2027-03-14 on "Bolt" '
                    "(line 6), which is in it, is of the same industry, banking."
                ),
            ),
        ],
        ids=["listed after it", "listed before it"],
    )
    def test_rival_in_another_tier_is_told(self, first: str, second: str, expected: str) -> None:
        """What an exclusive tier promises holds against the sponsors of every tier."""
        assert said(first, second, tier=self.TWO) == [expected]

    @pytest.mark.parametrize(
        "rival",
        [
            "name: Bolt, industry: bank",
            "name: Bolt, industry: shoes, status: pending",
            "name: Bolt, industry: shoes, from: 2028-01-01",
        ],
        ids=["another industry", "pending", "successor"],
    )
    def test_another_tier_may_have_anyone_else(self, rival: str) -> None:
        """Only one industry, on one day, is a breach."""
        acme = "name: Acme, industry: shoes, until: 2027-12-31"

        assert said(acme, f"tier: local, {rival}", tier=self.TWO) == []

    def test_rivals_of_two_other_tiers_are_no_breach(self) -> None:
        """An exclusive tier without a sponsor of the industry rules out nobody."""
        bolt, cup = (f"name: {name}, tier: local, industry: shoes" for name in ("Bolt", "Cup"))

        assert said("name: Acme, industry: bank", bolt, cup, tier=self.TWO) == []

    def test_all_rivals_in_other_tiers_are_told(self) -> None:
        """Each is held against the sponsors of the tier, whoever lasts longest."""
        rivals = [f"name: {name}, tier: local, industry: shoes" for name in ("B", "C", "D")]
        members = [
            "name: Early, industry: shoes, until: 2026-12-31",
            "name: Late, industry: shoes, from: 2027-01-01",
        ]

        lines = said(*rivals, *members, tier=self.TWO)

        assert [line.partition(":")[0] for line in lines] == [
            'line 5, "B"',
            'line 6, "C"',
            'line 7, "D"',
        ]

    def test_two_exclusive_tiers_tell_of_a_pair_once(self) -> None:
        """One pair is one mistake, though both tiers rule it out."""
        lines = said(
            "name: Acme, industry: shoes",
            "name: Bolt, tier: local, industry: shoes",
            tier=self.TWO + ", exclusive: yes",
        )

        assert [line.partition(":")[0] for line in lines] == ['line 6, "Bolt"']


class TestShared:
    """A link, a logo, a name and an id are one sponsor's on any day."""

    @pytest.mark.parametrize(
        ("what", "first", "second"),
        [
            ("link", "url: https://acme.example/run", "url: https://acme.example/run"),
            ("link", "url: https://acme.example/run", "url: https://www.ACME.example/run/"),
            ("link", "url: https://acme.example/#a", "url: https://acme.example#b"),
            ("logo", "logo: acme.svg", "logo: acme.svg"),
        ],
    )
    def test_two_sponsors_with_one_on_one_day_are_told(
        self, what: str, first: str, second: str
    ) -> None:
        """Two of different ids may not share it, however it is written."""
        lines = said(f"name: Acme, {first}", f"name: Bank, {second}")

        assert lines == [f'line 5, "Bank": has the same {what} as "Acme" (line 4). {SHARED}']

    def test_plain_http_is_the_same_link(self) -> None:
        """An address leads to the same place with http and with https."""
        lines = said("name: Acme, url: 'http://a.example'", "name: Bank, url: 'https://a.example'")

        assert f'line 5, "Bank": has the same link as "Acme" (line 4). {SHARED}' in lines

    def test_one_name_is_told(self) -> None:
        """Two entries with one name, in any case, are told even with ids of their own."""
        lines = said("name: Acme, id: one", "name: ACME, id: two")

        assert lines == [f'line 5, "ACME": has the same name as "Acme" (line 4). {SHARED}']

    def test_one_id_is_told_once(self) -> None:
        """An entry that stands twice is one problem, not one for each thing it shares."""
        entry = "name: Acme, url: 'https://acme.example', logo: acme.svg"

        lines = said(entry, entry)

        assert lines == [f'line 5, "Acme": has the same id as "Acme" (line 4). {SHARED}']

    def test_first_common_day_is_told(self) -> None:
        """Terms that share days are told the first of them."""
        lines = said(
            "name: Acme, id: acme, until: 2027-03-14", "name: Bolt, id: acme, from: 2027-03-14"
        )

        assert lines == [
            'line 5, "Bolt": has the same id as "Acme" (line 4) from 2027-03-14 on. ' + SHARED
        ]

    @pytest.mark.parametrize(
        ("first", "second"),
        [
            ("name: Acme, id: acme", "name: Bolt, id: acme"),
            ("name: Acme, id: one", "name: Acme, id: two"),
            ("name: Acme, logo: a.svg", "name: Bolt, logo: a.svg"),
            ("name: Acme, url: 'https://a.example'", "name: Bolt, url: 'https://a.example'"),
        ],
        ids=["id", "name", "logo", "link"],
    )
    def test_what_is_shared_on_different_days_is_fine(self, first: str, second: str) -> None:
        """A sponsor renamed, or a successor, takes over on the day after."""
        assert said(f"{first}, until: 2027-03-14", f"{second}, from: 2027-03-15") == []

    @pytest.mark.parametrize("status", ["pending", "removed"])
    def test_who_is_not_public_shares_nothing(self, status: str) -> None:
        """An entry that is never public may repeat another."""
        assert said("name: Acme", f"name: Acme, status: {status}") == []

    def test_pending_entries_hide_no_clash(self) -> None:
        """Two pending entries with longer terms do not keep two public ones from being told."""
        lines = said(
            "name: Acme, logo: a.svg, status: pending",
            "name: Bank, logo: a.svg, status: pending",
            "name: Cup, logo: a.svg, until: 2027-12-31",
            "name: Dew, logo: a.svg, from: 2027-03-14",
        )

        assert lines == [
            'line 7, "Dew": has the same logo as "Cup" (line 6) from 2027-03-14 on. ' + SHARED
        ]

    def test_short_term_between_hides_no_clash(self) -> None:
        """A long term is held against all that begin within it, not only against the next."""
        lines = said(
            "name: Acme, logo: a.svg",
            "name: Bank, logo: a.svg, from: 2027-01-01, until: 2027-01-31",
            "name: Cup, logo: a.svg, from: 2027-03-01, until: 2027-03-31",
        )

        assert lines == [
            'line 5, "Bank": has the same logo as "Acme" (line 4) from 2027-01-01 on. ' + SHARED,
            'line 6, "Cup": has the same logo as "Acme" (line 4) from 2027-03-01 on. ' + SHARED,
        ]

    def test_own_earlier_entry_hides_no_clash(self) -> None:
        """An entry that meets one of its own id and one of another is told of both."""
        lines = said(
            "name: Acme, id: acme, logo: a.svg",
            "name: Bank, id: bank, logo: a.svg, until: 2027-12-31",
            "name: Acme Shoes, id: acme, logo: a.svg, from: 2027-03-14",
        )

        assert lines == [
            f'line 5, "Bank": has the same logo as "Acme" (line 4). {SHARED}',
            'line 6, "Acme Shoes": has the same id as "Acme" (line 4) from 2027-03-14 on. '
            + SHARED,
            'line 6, "Acme Shoes": has the same logo as "Bank" (line 5) from 2027-03-14 on. '
            + SHARED,
        ]

    @pytest.mark.parametrize(
        "other",
        [
            "https://acme.example/shop",
            "https://acme.example?shop=2",
            "https://shop.acme.example",
            "https://acme.example:8080",
        ],
    )
    def test_two_pages_of_one_site_are_two_links(self, other: str) -> None:
        """Another path, query, host or port is another place."""
        assert said("name: Acme, url: 'https://acme.example'", f"name: Bank, url: '{other}'") == []


class TestWords:
    """`words` is the limit of a sponsor's text; going over it is a warning."""

    @pytest.mark.parametrize(
        ("text", "tier", "expected"),
        [
            ("one two", ", words: 2", []),
            ("one  two", ", words: 2", []),
            ("one two three", "", []),
            (
                "one two three",
                ", words: 2",
                ['warning: line 4, "Acme": text has 3 words; tier gold allows 2 words.'],
            ),
            (
                "one two",
                ", words: 1",
                ['warning: line 4, "Acme": text has 2 words; tier gold allows 1 word.'],
            ),
        ],
    )
    def test_long_text_is_a_warning(self, text: str, tier: str, expected: list[str]) -> None:
        """A text of as many words as allowed is fine; one more is counted aloud."""
        assert said(f"name: Acme, text: {text}", tier=tier) == expected

    def test_removed_sponsor_may_have_a_long_text(self) -> None:
        """Nobody has to shorten what is never shown."""
        assert said("name: Acme, text: one two, status: removed", tier=", words: 1") == []

    def test_a_long_text_of_the_past_is_left_alone(self) -> None:
        """What was shown cannot be shortened any more."""
        past = "name: Acme, text: one two, from: 2026-01-01, until: 2027-02-28"

        assert said(past, tier=", words: 1") == []

    @pytest.mark.parametrize(
        ("term", "race_day", "left"),
        [
            ("", date(2027, 4, 17), " 47 days are left before the race."),
            (", until: 2027-06-29", date(2027, 4, 17), " 120 days are left before its term ends."),
            (", until: 2027-03-01", None, " Its term ends today."),
            ("", None, ""),
        ],
    )
    def test_it_tells_how_long_there_is_time(
        self, term: str, race_day: date | None, left: str
    ) -> None:
        """To the end of the term, else to the race, as every other benefit does."""
        roster = listed(f"name: Acme, text: one two{term}", tier=", words: 1")

        messages = [problem.message for problem in check_texts(roster, DAY, race_day)]

        assert messages == [f"text has 2 words; tier gold allows 1 word.{left}"]

    def test_widest_of_two_tiers_counts(self) -> None:
        """A sponsor of two tiers may write what the more generous allows."""
        tiers = ", words: 1}\n  - {id: local, words: 3"

        lines = said("name: Acme, text: a b c d, tier: [gold, local]", tier=tiers)

        assert lines == ['warning: line 5, "Acme": text has 4 words; tier local allows 3 words.']

    def test_one_of_two_tiers_without_a_limit_is_no_limit(self) -> None:
        """A sponsor of two tiers, one of which sets no limit, may write any length."""
        tiers = ", words: 1}\n  - {id: local"

        assert said("name: Acme, text: a b c d, tier: [gold, local]", tier=tiers) == []


NEAR = ", size: 3}\n  - {id: local, size: 2.75"
MUCH = "with scale 1.25 the logo could outweigh one of tier gold. In tier local 1.12 is the most"
LITTLE = (
    "with scale 0.8 the logo could be outweighed by one of tier local. In tier gold 0.89 is the "
    "least"
)
DRAWN = "that fits, and it is drawn with that."


class TestScale:
    """A scale ends where a logo could come past one of the next tier."""

    @pytest.mark.parametrize(
        ("sponsor", "expected"),
        [
            ("tier: local, scale: 1.12", []),
            ("tier: local, scale: 0.8", []),
            ("tier: gold, scale: 1.25", []),
            ("tier: gold, scale: 0.89", []),
            ("tier: local, scale: 1.25", [f'warning: line 5, "Acme": {MUCH} {DRAWN}']),
            ("tier: gold, scale: 0.8", [f'warning: line 5, "Acme": {LITTLE} {DRAWN}']),
            ("tier: [gold, local], scale: 0.8", [f'warning: line 5, "Acme": {LITTLE} {DRAWN}']),
            ("tier: local, scale: 1.25, status: pending", []),
        ],
    )
    def test_too_much_or_too_little_is_a_warning(self, sponsor: str, expected: list[str]) -> None:
        """It says how far the scale goes; names set as type and hidden logos have none."""
        assert said(f"name: Acme, logo: a.svg, {sponsor}", tier=NEAR) == expected
        assert said(f"name: Acme, {sponsor}", tier=NEAR) == []

    def test_its_own_line_is_named(self) -> None:
        """Not the one where the entry begins."""
        lines = said("name: Acme, tier: local, logo: a.svg,\n     scale: 1.25", tier=NEAR)

        assert lines == [f'warning: line 6, "Acme": {MUCH} {DRAWN}']

    def test_tiers_far_apart_leave_it_alone(self) -> None:
        """There is nobody to come past."""
        far = ", size: 3}\n  - {id: local, size: 1"

        assert said("name: Acme, tier: local, logo: a.svg, scale: 1.25", tier=far) == []


class TestPlainHttp:
    """A link that starts with http is a warning."""

    @pytest.mark.parametrize(
        ("sponsor", "expected"),
        [
            ("url: 'https://acme.example'", []),
            (
                "url: 'http://acme.example'",
                [
                    (
                        'warning: line 4, "Acme": url http://acme.example starts with http. '
                        "Try it with https."
                    )
                ],
            ),
            (
                "url: 'HTTP://acme.example', status: pending",
                [
                    (
                        'warning: line 4, "Acme": url HTTP://acme.example starts with http. '
                        "Try it with https."
                    )
                ],
            ),
            ("url: 'http://acme.example', status: removed", []),
        ],
    )
    def test_plain_http_is_a_warning(self, sponsor: str, expected: list[str]) -> None:
        """Whoever is or may become public is better linked with https."""
        assert said(f"name: Acme, {sponsor}") == expected
