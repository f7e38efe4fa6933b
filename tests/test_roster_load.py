"""Reading the sponsor list: what it becomes, and what its organiser is told."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from milepost.problems import judged, report
from milepost.roster.load import Roster, load_roster
from milepost.roster.sponsor import DEFAULT_TIERS, Sponsor

ACME = "sponsors:\n  - name: Acme\n    tier: title\n"
NO_LIST = "there is no list of sponsors. For a race without sponsors yet, write: sponsors: []"


def load(folder: Path, text: str) -> tuple[Roster, list[str]]:
    """Write a sponsor list, read it, and return it with the lines of its report."""
    (folder / "sponsors.yaml").write_text(text, encoding="utf-8")
    return loaded(folder)


def loaded(folder: Path) -> tuple[Roster, list[str]]:
    """Read a sponsor list and return it with the lines of its report."""
    roster, problems = load_roster(folder)
    lines = report(judged(problems, {})).splitlines()
    return roster, [line.removeprefix("  ") for line in lines[2:]]


def only_sponsor(folder: Path, entry: str) -> Sponsor:
    """Return the one sponsor of a list, whose entry has these lines as well."""
    roster, said = load(folder, ACME + entry)
    assert said == []
    (sponsor,) = roster.sponsors
    return sponsor


class TestFile:
    """The file itself: there, called right, and a list of sponsors."""

    def test_missing_file_is_told_with_its_remedy(self, tmp_path: Path) -> None:
        """A site without sponsors.yaml is told where it belongs and what to write."""
        roster, said = loaded(tmp_path)

        assert not roster.whole
        assert said == [
            (
                "there is no sponsors.yaml beside pelicanconf.py. For a race without sponsors yet, "
                "make it with one line: sponsors: []"
            )
        ]

    @pytest.mark.parametrize(
        "name",
        ["sponsors.yaml.txt", "sponsors.yml", "sponsor.yaml", "Sponsors.yaml", "sponsors.txt"],
    )
    def test_nearly_right_name_is_recognised(self, tmp_path: Path, name: str) -> None:
        """A list under a slightly wrong name is to be renamed, not written again."""
        (tmp_path / name).write_text(ACME, encoding="utf-8")

        _, said = loaded(tmp_path)

        assert said == [f"the sponsor list is called {name}. Rename it to sponsors.yaml."]

    def test_race_without_sponsors_says_so(self, tmp_path: Path) -> None:
        """`sponsors: []` is a good list of nobody, with the default tiers."""
        roster, said = load(tmp_path, "sponsors: []\n")

        assert said == []
        assert roster.whole
        assert roster.sponsors == ()
        assert roster.tiers == DEFAULT_TIERS

    @pytest.mark.parametrize("text", ["", "\n", "# nothing yet\n"])
    def test_empty_file_is_not_a_list_of_nobody(self, tmp_path: Path, text: str) -> None:
        """A file with nothing in it may have lost its sponsors, so it is an error."""
        roster, said = load(tmp_path, text)

        assert not roster.whole
        assert said == [f"line 1: {NO_LIST}"]

    def test_sponsors_without_a_value_is_said_once(self, tmp_path: Path) -> None:
        """`sponsors:` with nothing after it gets one line, not two."""
        _, said = load(tmp_path, "edition: 2027\nsponsors:\n")

        assert said == [f"line 2: {NO_LIST}"]

    def test_misspelt_sponsors_is_said_once(self, tmp_path: Path) -> None:
        """`sponsor:` is an unknown key, and no missing list as well."""
        _, said = load(tmp_path, ACME.replace("sponsors", "sponsor", 1))

        assert said == [
            'line 1: "sponsor" is not a known key of a sponsor list. Did you mean "sponsors"?'
        ]

    def test_list_without_its_key_is_told(self, tmp_path: Path) -> None:
        """A file that begins with `- name:` must begin with `sponsors:`."""
        _, said = load(tmp_path, "- name: Acme\n  tier: title\n")

        assert said == ["line 1: the file must begin with a key, such as `sponsors:`."]

    def test_one_sponsor_without_a_hyphen_is_told(self, tmp_path: Path) -> None:
        """Sponsors are a list, even one."""
        _, said = load(tmp_path, "sponsors:\n  name: Acme\n  tier: title\n")

        assert said == ["line 1: sponsors must be a list: each begins with `- name:`."]

    def test_all_problems_come_at_once(self, tmp_path: Path) -> None:
        """The faults of several entries stand in one report, in file order, with a count."""
        (tmp_path / "sponsors.yaml").write_text(
            "sponsors:\n"
            "  - name: Acme\n    tier: titel\n"
            "  - name: Bank\n    tier: supporters\n    scale: 2\n",
            encoding="utf-8",
        )

        _, problems = load_roster(tmp_path)

        assert report(judged(problems, {})) == (
            "sponsors.yaml has 2 problems.\n"
            "\n"
            '  line 3, "Acme": tier "titel" is not one of title, supporters. '
            'Did you mean "title"?\n'
            '  line 6, "Bank": scale "2" is not a number from 0.8 to 1.25.\n'
        )


class TestSponsor:
    """One entry: what it becomes."""

    def test_name_and_tier_are_enough(self, tmp_path: Path) -> None:
        """A sponsor of two lines is confirmed, for all days, with an id made from its name."""
        sponsor = only_sponsor(tmp_path, "")

        assert (sponsor.id, sponsor.name, sponsor.tier) == ("acme", "Acme", ("title",))
        assert sponsor.status == "confirmed"
        assert sponsor.term == (date.min, date.max)
        assert sponsor.line == 2

    @pytest.mark.parametrize(
        ("line", "key", "value"),
        [
            ("from: 2026-09-01", "from_", date(2026, 9, 1)),
            ('until: "2027-08-31"', "until", date(2027, 8, 31)),
            ("until: 2028-02-29", "until", date(2028, 2, 29)),
            ("from: 1900-01-01", "from_", date(1900, 1, 1)),
            ("until: 2199-12-31", "until", date(2199, 12, 31)),
            ("since: 2019", "since", 2019),
            ("logo_anyway: yes", "logo_anyway", True),
            ("logo_anyway: No", "logo_anyway", False),
            ("logo_anyway: TRUE", "logo_anyway", True),
            ("logo_anyway: false", "logo_anyway", False),
            ("scale: 0.8", "scale", 0.8),
            ("scale: 1.25", "scale", 1.25),
            ("status: pending", "status", "pending"),
            ("id: acme-2", "id", "acme-2"),
            ("industry: 12:30", "industry", "12:30"),
            ("formerly: Acme Shoes", "formerly", ("Acme Shoes",)),
            ("text: no", "text", "no"),
        ],
    )
    def test_value_is_read(self, tmp_path: Path, line: str, key: str, value: object) -> None:
        """What stands in the entry stands in the sponsor, typed."""
        sponsor = only_sponsor(tmp_path, f"    {line}\n")

        assert getattr(sponsor, key) == value

    @pytest.mark.parametrize(
        ("line", "message"),
        [
            ("teir: title", '"teir" is not a known key of a sponsor. Did you mean "tier"?'),
            (
                "status: confirm",
                (
                    'status "confirm" is not one of pending, confirmed, removed. '
                    'Did you mean "confirmed"?'
                ),
            ),
            ("until: 2027-02-30", 'until "2027-02-30" is not a day in the calendar.'),
            ("until: 2027-02-29", 'until "2027-02-29" is not a day in the calendar.'),
            ("until: 1899-12-31", 'until "1899-12-31" is not in the years 1900 to 2199.'),
            ("until: 2200-01-01", 'until "2200-01-01" is not in the years 1900 to 2199.'),
            ("until: 0000-01-01", 'until "0000-01-01" is not in the years 1900 to 2199.'),
            (
                "until: 31.8.2027",
                'until "31.8.2027" is not a date as 2027-03-14: year, month, day.',
            ),
            (
                "until: 2027-8-31",
                'until "2027-8-31" is not a date as 2027-03-14: year, month, day.',
            ),
            (
                "until: 1710000000",
                'until "1710000000" is not a date as 2027-03-14: year, month, day.',
            ),
            (
                "until: 2027-08-31 12:00",
                'until "2027-08-31 12:00" is not a date as 2027-03-14: year, month, day.',
            ),
            (
                "until: ٢٠٢٧-٠٨-٣١",
                'until "٢٠٢٧-٠٨-٣١" is not a date as 2027-03-14: year, month, day.',
            ),
            ("since: 19", 'since "19" is not a year as 2027.'),
            ("since: 2_019", 'since "2_019" is not a year as 2027.'),
            ("since: ٢٠١٩", 'since "٢٠١٩" is not a year as 2027.'),
            ("since: 1066", 'since "1066" is not in the years 1900 to 2199.'),
            ("logo_anyway: 1", 'logo_anyway "1" is not yes or no.'),
            ("logo_anyway: on", 'logo_anyway "on" is not yes or no.'),
            ("scale: 0.79", 'scale "0.79" is not a number from 0.8 to 1.25.'),
            ("scale: 1.26", 'scale "1.26" is not a number from 0.8 to 1.25.'),
            ("scale: nan", 'scale "nan" is not a number from 0.8 to 1.25.'),
            ("scale: 1e0", 'scale "1e0" is not a number from 0.8 to 1.25.'),
            ("scale: \u0661", 'scale "\u0661" is not a number from 0.8 to 1.25.'),
            ("scale: +1", 'scale "+1" is not a number from 0.8 to 1.25.'),
            ("scale: 01", 'scale "01" is not a number from 0.8 to 1.25.'),
            ('scale: "1,1"', 'scale "1,1" is not a number from 0.8 to 1.25.'),
            (
                "url: acme.example",
                (
                    'url "acme.example" is not a full address: begin it with '
                    "https:// (allowed: https, http)."
                ),
            ),
            ("name: [Acme]", "name must be one value, not a list."),
        ],
    )
    def test_wrong_value_is_told(self, tmp_path: Path, line: str, message: str) -> None:
        """A value that is not allowed is quoted with what is, and where it stands."""
        key = line.partition(":")[0]
        head = "" if key == "name" else "    name: Acme\n"
        text = f"sponsors:\n  - tier: title\n{head}    {line}\n"

        _, said = load(tmp_path, text)

        place = "line 3: " if key == "name" else 'line 4, "Acme": '
        assert said == [place + message]

    @pytest.mark.parametrize(
        ("key", "value"), [("name", ""), ("until", ""), ("tier", ""), ("scale", "~")]
    )
    def test_empty_value_is_told_once(self, tmp_path: Path, key: str, value: str) -> None:
        """A key without a value gets one line."""
        keys = {"name": "Acme", "tier": "title", "id": "acme"} | {key: value}
        text = "".join(f"    {name}: {words}\n" for name, words in keys.items())

        _, said = load(tmp_path, "sponsors:\n  -\n" + text)

        line = 3 + list(keys).index(key)
        assert len(said) == 1
        assert said[0].startswith(f"line {line}")
        assert said[0].endswith("there is no value here. Write one, or delete the line.")

    def test_name_without_letters_needs_an_id(self, tmp_path: Path) -> None:
        """A name that gives no address asks for an id, in its own line."""
        _, said = load(tmp_path, 'sponsors:\n  - tier: title\n    name: "!!!"\n')

        assert said == [
            (
                'line 3, "!!!": no address can be made from this name: add an `id:` of a to z, '
                "0 to 9 and -."
            )
        ]

    def test_missing_name_is_told_without_the_id(self, tmp_path: Path) -> None:
        """A nameless entry misses its name; nobody has to write an id."""
        _, said = load(tmp_path, "sponsors:\n  - tier: title\n")

        assert said == ["line 2: name is missing."]

    def test_broken_entry_is_known_by_its_id(self, tmp_path: Path) -> None:
        """Who refers to a sponsor whose entry is faulty is not told that it does not exist."""
        roster, _ = load(tmp_path, ACME + "    scale: 7\n  - name: Bank\n    tier: title\n")

        assert roster.broken == {"acme"}
        assert roster.ids == ("bank",)


class TestTerm:
    """`from` and `until` of one entry."""

    def test_term_of_one_day_is_fine(self, tmp_path: Path) -> None:
        """A sponsor may be one for a single day."""
        sponsor = only_sponsor(tmp_path, "    from: 2027-03-14\n    until: 2027-03-14\n")

        assert sponsor.term == (date(2027, 3, 14), date(2027, 3, 14))

    def test_until_before_from_is_told(self, tmp_path: Path) -> None:
        """A term that ends before it begins is named with both of its days."""
        _, said = load(tmp_path, ACME + "    from: 2027-03-14\n    until: 2027-03-13\n")

        assert said == ['line 5, "Acme": until 2027-03-13 is before from 2027-03-14.']

    def test_until_before_from_is_told_beside_another_fault(self, tmp_path: Path) -> None:
        """Another fault of the entry does not hide a backward term until the next build."""
        term = "    from: 2027-03-14\n    until: 2027-03-13\n"

        _, said = load(tmp_path, ACME + term + "    scale: 9\n")

        assert said == [
            'line 5, "Acme": until 2027-03-13 is before from 2027-03-14.',
            'line 6, "Acme": scale "9" is not a number from 0.8 to 1.25.',
        ]

    def test_day_that_is_none_is_not_compared(self, tmp_path: Path) -> None:
        """A `from` that is no day is told once, and not as later than `until`."""
        _, said = load(tmp_path, ACME + "    from: 2027-02-30\n    until: 2027-01-01\n")

        assert said == ['line 4, "Acme": from "2027-02-30" is not a day in the calendar.']


class TestTiers:
    """Tiers: the list's own, or the default."""

    def test_list_without_tiers_has_title_and_supporters(self, tmp_path: Path) -> None:
        """Who names no tiers has two, the first larger."""
        roster, _ = load(tmp_path, ACME)

        assert [(tier.id, tier.size) for tier in roster.tiers] == [("title", 3), ("supporters", 1)]

    def test_own_tiers_replace_the_default_ones(self, tmp_path: Path) -> None:
        """The tiers of the file are all there are, in its order."""
        tiers = "tiers:\n  - id: gold\n    size: 2\n  - id: local\n"

        roster, said = load(tmp_path, tiers + ACME)

        assert [tier.id for tier in roster.tiers] == ["gold", "local"]
        assert said == ['line 7, "Acme": tier "title" is not one of gold, local.']

    def test_sponsor_of_two_tiers_has_both(self, tmp_path: Path) -> None:
        """`tier` may be a list, and keeps its order."""
        text = ACME.replace("tier: title", "tier: [supporters, title]")

        roster, said = load(tmp_path, text)

        assert said == []
        assert roster.sponsors[0].tier == ("supporters", "title")

    def test_unknown_tier_of_two_is_told(self, tmp_path: Path) -> None:
        """In a list of tiers, only the wrong one is told; the sponsor keeps the other."""
        text = ACME.replace("tier: title", "tier: [title, suporters]")

        roster, said = load(tmp_path, text)

        assert roster.sponsors[0].tier == ("title",)
        assert said == [
            (
                'line 3, "Acme": tier "suporters" is not one of title, supporters. '
                'Did you mean "supporters"?'
            )
        ]

    def test_sponsor_has_a_tier(self, tmp_path: Path) -> None:
        """An empty list of tiers would put a sponsor on no page."""
        roster, said = load(tmp_path, ACME.replace("tier: title", "tier: []"))

        assert said == ['line 3, "Acme": tier has no value.']
        assert roster.sponsors == ()

    def test_sponsor_without_a_known_tier_is_not_placed(self, tmp_path: Path) -> None:
        """Later steps look tiers up, so nobody has one that is not there; the id stays known."""
        roster, _ = load(tmp_path, ACME.replace("tier: title", "tier: glod"))

        assert roster.sponsors == ()
        assert roster.broken == {"acme"}

    @pytest.mark.parametrize("tiers", ["[]", "gold", "{id: gold}"])
    def test_sponsors_are_not_blamed_for_tiers_that_are_no_list(
        self, tmp_path: Path, tiers: str
    ) -> None:
        """One slip is one line, not one a sponsor."""
        _, said = load(tmp_path, f"tiers: {tiers}\n{ACME}")

        assert said == ["line 1: tiers must be a list: each begins with `- id:`."]

    @pytest.mark.parametrize(
        ("line", "message"),
        [
            (
                "kind: in kind",
                (
                    'kind "in kind" is not one of paid, in-kind, media, charity, '
                    'government. Did you mean "in-kind"?'
                ),
            ),
            (
                "shown_on: [home, blogs]",
                (
                    'shown_on: "blogs" is not one of home, blog, posts, '
                    'contact, sponsors. Did you mean "blog"?'
                ),
            ),
            ("link: web", 'link "web" is not one of site, profile.'),
            ("sise: 3", '"sise" is not a known key of a tier. Did you mean "size"?'),
            ("size: 0.09", 'size "0.09" is not a number from 0.1 to 100.'),
            ("size: 101", 'size "101" is not a number from 0.1 to 100.'),
            ("size: 1e5", 'size "1e5" is not a number from 0.1 to 100.'),
            ("size: inf", 'size "inf" is not a number from 0.1 to 100.'),
            ("size: -1", 'size "-1" is not a number from 0.1 to 100.'),
            ("max: 1_000", 'max "1_000" is not a whole number above 0.'),
            ("max: 0", 'max "0" is not a whole number above 0.'),
            ("max: 2.0", 'max "2.0" is not a whole number above 0.'),
            ("max: 0x10", 'max "0x10" is not a whole number above 0.'),
            ("max: ٣", 'max "٣" is not a whole number above 0.'),
            ("words: many", 'words "many" is not a whole number above 0.'),
            ("exclusive: maybe", 'exclusive "maybe" is not yes or no.'),
            (
                "benefits: {profil: yes}",
                'benefits: "profil" is not a known key. Did you mean "profile"?',
            ),
        ],
    )
    def test_wrong_value_of_a_tier_is_told(self, tmp_path: Path, line: str, message: str) -> None:
        """A tier's fault is told with its id, and its sponsors are not told as well."""
        text = f"tiers:\n  - id: title\n    {line}\n"

        _, said = load(tmp_path, text + ACME)

        assert said == [f'line 3, "title": {message}']

    @pytest.mark.parametrize("size", ["0.1", "100", "2.5"])
    def test_size_may_be_from_a_tenth_to_a_hundred(self, tmp_path: Path, size: str) -> None:
        """Both ends of the range are allowed."""
        roster, said = load(tmp_path, f"tiers:\n  - id: title\n    size: {size}\n" + ACME)

        assert said == []
        assert roster.tiers[0].size == float(size)

    def test_size_may_not_grow_down_the_list(self, tmp_path: Path) -> None:
        """A tier larger than one above it is told, however far above."""
        tiers = "".join(
            f"  - id: {name}\n    size: {size}\n"
            for name, size in (("title", 2), ("gold", 1), ("local", 1.5), ("fan", 3))
        )

        _, said = load(tmp_path, f"tiers:\n{tiers}{ACME}")

        assert said == [
            'line 7, "local": size 1.5 is larger than the 1 of a tier above it in the list.',
            'line 9, "fan": size 3 is larger than the 1 of a tier above it in the list.',
        ]

    def test_tiers_may_be_of_one_size(self, tmp_path: Path) -> None:
        """Two tiers of equal size are fine."""
        _, said = load(tmp_path, "tiers:\n  - id: title\n  - id: gold\n" + ACME)

        assert said == []

    def test_tier_declared_twice_is_told(self, tmp_path: Path) -> None:
        """A tier stands in the list once."""
        _, said = load(tmp_path, "tiers:\n  - id: title\n  - id: title\n" + ACME)

        assert said == ['line 3: tier "title" stands here a second time.']


class TestTop:
    """What the list says about itself."""

    @pytest.mark.parametrize("order", ["listed", "since", "name"])
    def test_order_is_one_of_three(self, tmp_path: Path, order: str) -> None:
        """Inside a tier, sponsors may stand as listed, by year or by name."""
        roster, said = load(tmp_path, f"order: {order}\n{ACME}")

        assert said == []
        assert roster.order == order

    def test_edition_is_a_year(self, tmp_path: Path) -> None:
        """The edition is read as a year."""
        roster, _ = load(tmp_path, f"edition: 2027\n{ACME}")

        assert roster.edition == 2027

    @pytest.mark.parametrize(
        ("line", "message"),
        [
            (
                "order: names",
                'order "names" is not one of listed, since, name. Did you mean "name"?',
            ),
            ("version: 2", 'version "2" is not one of 1.'),
            (
                "editon: 2027",
                '"editon" is not a known key of a sponsor list. Did you mean "edition"?',
            ),
            ("utm: {medium: wall}", "utm: source is missing."),
        ],
    )
    def test_wrong_head_is_told(self, tmp_path: Path, line: str, message: str) -> None:
        """A fault at the top of the file has its line, and the sponsors are read all the same."""
        roster, said = load(tmp_path, f"{line}\n{ACME}")

        assert said == [f"line 1: {message}"]
        assert roster.ids == ("acme",)
