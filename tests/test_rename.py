"""Another name for a sponsor: what of its entry changes, what stays, and what is refused."""

from __future__ import annotations

from datetime import date

import pytest

from milepost.roster.change import ListChange
from milepost.roster.edit import EditFailed
from milepost.roster.load import read_list
from milepost.roster.rename import NewName, rename

TODAY = date(2027, 3, 1)

PLAIN = "sponsors:\n  # our first\n  - name: Acme Running  # sic\n    tier: title\n"


def renamed(
    text: str,
    name: str = "Acme Outdoors",
    *,
    sponsor_id: str = "acme-running",
    on: str = "",
    logo: str | None = None,
) -> ListChange:
    """Return what a renaming does to a list without problems."""
    roster, problems = read_list(text)
    assert not problems
    day = date.fromisoformat(on) if on else None
    new = NewName(sponsor_id=sponsor_id, name=name, on=day, logo=logo)
    return rename(text, roster, new, TODAY)


class TestAtOnce:
    """A name that holds from now on."""

    def test_the_id_is_written_down(self) -> None:
        """The id that was made from the old name is that of the new one, and remarks stay."""
        assert renamed(PLAIN).after == (
            "sponsors:\n  # our first\n  - name: Acme Outdoors  # sic\n    id: acme-running\n"
            "    tier: title\n    formerly: [Acme Running]\n"
        )

    def test_an_id_that_is_there_stays(self) -> None:
        """Nothing is written twice."""
        text = "sponsors:\n  - {id: acme, name: Acme Running, tier: title}\n"

        assert renamed(text, sponsor_id="acme").after == (
            "sponsors:\n  - {id: acme, name: Acme Outdoors, tier: title, "
            "formerly: [Acme Running]}\n"
        )

    def test_the_past_keeps_the_old_name(self) -> None:
        """Years without a name of their own get the one that they were shown with."""
        text = f"{PLAIN}    years: {{2026: title, 2025: {{tier: title, name: Acme Shoes}}}}\n"

        assert (
            "    years: {2026: {tier: title, name: Acme Running}, "
            "2025: {tier: title, name: Acme Shoes}}\n"
        ) in renamed(text).after

    def test_the_past_keeps_the_old_logo(self) -> None:
        """A new logo does not stand in years in which nobody knew it."""
        text = f"{PLAIN}    logo: old.svg\n    years:\n      2026: title\n"

        after = renamed(text, logo="new.svg").after

        assert "    logo: new.svg\n" in after
        assert "      2026: {tier: title, name: Acme Running, logo: old.svg}\n" in after

    def test_an_approval_is_void(self) -> None:
        """It was for the old name; who it was from is told."""
        text = f"{PLAIN}    approved: {{on: 2026-10-02, by: Jo, code: 4f1c9a}}  # by phone\n"

        change = renamed(text)

        assert "approved" not in change.after
        assert "    # by phone\n" in change.after
        assert change.steps[0] == (
            "The approval by Jo of 2026-10-02 was for the old name and was taken out: ask for "
            "another."
        )

    def test_earlier_names_are_kept(self) -> None:
        """The old name comes behind those before it, and once."""
        text = f"{PLAIN}    formerly: [Acme Shoes]\n"

        once = renamed(text).after
        back = renamed(once, "Acme Running").after

        assert "formerly: [Acme Shoes, Acme Running]\n" in once
        assert "formerly: [Acme Shoes, Acme Outdoors]\n" in back

    def test_a_name_that_comes_back_is_no_earlier_one(self) -> None:
        """Back and forth, and from a day on, the name that holds is not among the earlier ones."""
        there = renamed(PLAIN).after
        back = renamed(there, "Acme Running").after
        again = renamed(back).after
        later = renamed(there, "Acme Running", on="2027-04-01").after
        block = PLAIN + "    formerly:\n      - Acme Outdoors  # once\n      - Acme Shoes\n"
        both = f"{PLAIN}    formerly: [Acme Running, Acme Outdoors]\n"

        assert "formerly: [Acme Outdoors]\n" in back
        assert "formerly: [Acme Running]\n" in again
        assert "name: Acme Running\n    tier: title\n    formerly: [Acme Outdoors]\n" in later
        assert "      - Acme Running  # once\n      - Acme Shoes\n" in renamed(block).after
        assert "formerly: [Acme Running]\n" in renamed(both).after

    def test_what_may_still_show_the_old_name_is_told(self) -> None:
        """Its logos and how it is said cannot be looked into."""
        text = f"{PLAIN}    logo: a.svg\n    logo_dark: b.svg\n    say: AK-mee\n"

        assert renamed(text).steps[0].startswith("The logo is a.svg as before.")
        assert [step.split(" as before")[0] for step in renamed(text, logo="c.svg").steps[:2]] == [
            "logo_dark is b.svg",
            'say is "AK-mee"',
        ]

    def test_of_two_entries_the_one_that_stands_is_meant(self) -> None:
        """A sponsor that was renamed before is renamed where it shows today."""
        text = (
            "sponsors:\n  - {id: acme, name: A, tier: title, until: 2027-02-28}\n"
            "  - {id: acme, name: B, tier: title, from: 2027-03-01}\n"
        )

        after = renamed(text, "C", sponsor_id="acme").after

        assert "name: A, tier: title, until: 2027-02-28}" in after
        assert "name: C, tier: title, from: 2027-03-01, formerly: [B]}" in after

    def test_what_was_changed_is_told_line_by_line(self) -> None:
        """Old lines have their old numbers, and new ones their new."""
        assert [*renamed(PLAIN).lines()] == [
            "line 3, was: - name: Acme Running # sic",
            "line 3, now: - name: Acme Outdoors # sic",
            "line 4, now: id: acme-running",
            "line 6, new: formerly: [Acme Running]",
        ]


class TestOnADay:
    """A name that holds from a day on."""

    def test_two_entries_meet_over_night(self) -> None:
        """The old one ends the day before, and the new one has all else of it."""
        text = (
            f"{PLAIN}    until: 2027-08-31\n    approved: {{on: 2026-10-02, by: Jo, code: x}}\n"
            "    perk: {text: Tea, until: 2027-06-01}\n  - name: Other\n    tier: title\n"
        )

        change = renamed(text, on="2027-04-01", logo="new.svg")

        assert change.after == (
            "sponsors:\n  # our first\n  - name: Acme Running  # sic\n    id: acme-running\n"
            "    tier: title\n    until: 2027-03-31\n"
            "    approved: {on: 2026-10-02, by: Jo, code: x}\n"
            "    perk: {text: Tea, until: 2027-06-01}\n"
            "  - id: acme-running\n    name: Acme Outdoors\n    tier: title\n"
            "    perk: {text: Tea, until: 2027-06-01}\n    formerly: [Acme Running]\n"
            "    logo: new.svg\n    from: 2027-04-01\n    until: 2027-08-31\n"
            "  - name: Other\n    tier: title\n"
        )
        assert "ask for one of the new name" in change.steps[0]

    def test_an_open_end_stays_open(self) -> None:
        """Only the old entry ends."""
        roster, problems = read_list(renamed(PLAIN, on="2027-04-01").after)

        assert not problems
        assert [(sponsor.name, *sponsor.term) for sponsor in roster.sponsors] == [
            ("Acme Running", date.min, date(2027, 3, 31)),
            ("Acme Outdoors", date(2027, 4, 1), date.max),
        ]
        assert {sponsor.id for sponsor in roster.sponsors} == {"acme-running"}

    def test_it_can_be_done_twice(self) -> None:
        """The entry that stands on the day is the one that ends."""
        once = renamed(PLAIN, on="2027-04-01").after

        roster, _ = read_list(renamed(once, "Acme Peak", on="2027-06-01").after)

        assert [(sponsor.name, *sponsor.term) for sponsor in roster.sponsors] == [
            ("Acme Running", date.min, date(2027, 3, 31)),
            ("Acme Outdoors", date(2027, 4, 1), date(2027, 5, 31)),
            ("Acme Peak", date(2027, 6, 1), date.max),
        ]


REFUSED = {
    "an id of nobody": (
        {"sponsor_id": "acme-runing"},
        '"acme-runing" is not the id of a sponsor in sponsors.yaml. Did you mean "acme-running"?',
    ),
    "the name instead of the id": (
        {"sponsor_id": "Gym & Co"},
        '"Gym & Co" is not the id of a sponsor in sponsors.yaml. Did you mean "gym"?',
    ),
    "the same name": (
        {"name": " Acme  Running "},
        '"Acme Running" has this name already (sponsors.yaml, line 2).',
    ),
    "no name": (
        {"name": " "},
        "There is no new name. Write it behind acme-running, in quotation marks.",
    ),
    "a name of somebody else": (
        {"name": "GYM & CO"},
        '"Gym & Co" is another sponsor already (sponsors.yaml, line 6, id gym).',
    ),
    "today": (
        {"on": "2027-03-01"},
        "2027-03-01 is not to come any more. Leave --on out: the next build shows the new name.",
    ),
    "the first day of the term": (
        {"on": "2027-03-10"},
        "An entry of acme-running begins on 2027-03-10 already. Change its name by hand.",
    ),
    "a day before the term": (
        {"on": "2027-03-05"},
        (
            '"Acme Running" (sponsors.yaml, line 2) begins on 2027-03-10, after 2027-03-05. '
            "Leave --on out."
        ),
    ),
    "a day after the term": (
        {"on": "2027-09-01"},
        '"Acme Running" (sponsors.yaml, line 2) ends on 2027-08-31, before 2027-09-01.',
    ),
    "an invisible character": (
        {"name": "Ac\x1bme"},
        '"Ac\ufffdme" has an invisible or broken character (U+001B). Type it anew.',
    ),
}


@pytest.mark.parametrize(("asked", "message"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_meant_is_refused(asked: dict[str, str], message: str) -> None:
    """The message says why, and what to do instead."""
    text = (
        "sponsors:\n  - name: Acme Running\n    tier: title\n    from: 2027-03-10\n"
        "    until: 2027-08-31\n  - {id: gym, name: Gym & Co, tier: title}\n"
    )

    with pytest.raises(EditFailed) as refusal:
        renamed(text, **asked)

    assert str(refusal.value) == message


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_the_form_of_the_file_stays(end: str, mark: str) -> None:
    """Ends of lines and the mark at the beginning are those of the organiser's editor."""
    text = mark + PLAIN.replace("\n", end)

    after = renamed(text, on="2027-04-01").after

    assert after.startswith(mark)
    assert after.count("\n") == after.count(end)
