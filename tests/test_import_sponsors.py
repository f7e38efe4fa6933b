"""Importing sponsors: what is added and changed, what is left alone, and what a person is told."""

from __future__ import annotations

import csv
import os
import stat
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from milepost.roster.edit import EditFailed
from milepost.roster.load import load_roster
from milepost.scaffold.import_sponsors import import_sponsors, plan_import

if TYPE_CHECKING:
    from collections.abc import Callable

TIERS = "tiers:\n  - id: title\n    heading: Title Sponsors\n    size: 3\n  - id: local\n\n"
LIST = (
    TIERS
    + """\
# Keep the order.
sponsors:
  - id: acme
    name: Acme Running   # AK-mee
    tier: local
    url: https://acme.example

  # paid in May
  - name: Bo's Gym
    tier: [title, local]
    until: 2027-08-31
"""
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """An organiser's desk: a site's folder, a spreadsheet, and what was said and asked."""

    site: Path
    sheet: Path
    said: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    def run(self, *, update: bool = False, yes: bool = False, answer: bool = True) -> int:
        """Import the spreadsheet; return the exit code."""

        def ask(question: str) -> bool:
            self.asked.append(question)
            return answer

        return import_sponsors(
            self.site, self.sheet, update=update, yes=yes, ask=ask, say=self.said.append
        )

    @property
    def list(self) -> str:
        """The sponsor list as it is now, every byte of it."""
        return (self.site / "sponsors.yaml").read_bytes().decode()


@pytest.fixture
def desk(tmp_path: Path) -> Callable[[str, str], Desk]:
    """Return a function that lays a sponsor list and a spreadsheet on a desk."""

    def lay(sponsor_list: str, sheet: str) -> Desk:
        site = tmp_path / "site"
        site.mkdir()
        (site / "sponsors.yaml").write_bytes(sponsor_list.encode())
        path = tmp_path / "from-jo.csv"
        path.write_bytes(sheet.encode())
        return Desk(site=site, sheet=path)

    return lay


@pytest.mark.parametrize(
    "empty",
    ["sponsors: []\n", "sponsors:\n", "sponsors:   # none yet\n", ""],
    ids=["brackets", "nothing", "a remark", "no key"],
)
def test_a_first_import_fills_the_list(desk: Callable[[str, str], Desk], empty: str) -> None:
    """Everybody in the spreadsheet is added, in its order and without a question."""
    table = desk(TIERS + empty, "Sponsor;Level;Fee\nBo's #1 Gym;title sponsors;5\nCy;LOCAL;6\n")

    code = table.run()

    roster, problems = load_roster(table.site)
    assert (code, problems, table.asked) == (0, [], [])
    assert [(sponsor.name, sponsor.tier) for sponsor in roster.sponsors] == [
        ("Bo's #1 Gym", ("title",)),
        ("Cy", ("local",)),
    ]
    assert table.said == [
        (
            "Add 2 sponsors: Bo's #1 Gym (title), Cy (local).\n"
            "Left out, since anyone may see the sponsor list: Fee."
        ),
        "Saved sponsors.yaml.",
    ]


def test_new_sponsors_join_those_of_the_list(desk: Callable[[str, str], Desk]) -> None:
    """New entries stand last; nothing else in the list changes, its remarks included."""
    table = desk(LIST, "Name,Tier,Website,Booth\nCy,local,cy.example,7\n")

    code = table.run()

    assert code == 0
    assert table.list == LIST + ("\n  - name: Cy\n    tier: local\n    url: https://cy.example\n")
    assert table.said[0] == (
        "Add 1 sponsor: Cy (local).\n"
        "Not in the spreadsheet and left as they are: Acme Running, Bo's Gym.\n"
        "Columns that are not used: Booth.\n"
        "Row 2: cy.example is taken as https://cy.example."
    )


CHANGED = "Name,Tier,URL,Since\nAcme Running,Title,,2019\nBo's Gym,local,,\n"


def test_sponsors_of_the_list_change_only_when_asked_to(
    desk: Callable[[str, str], Desk],
) -> None:
    """Without --update the differences are told, and the list stays as it is."""
    table = desk(LIST, CHANGED)

    code = table.run()

    assert (code, table.list, table.asked) == (0, LIST, [])
    assert table.said == [
        (
            "In the sponsor list already; run this again with --update to change them:\n"
            "  Acme Running: tier local → title; since (none) → 2019\n"
            "Already as in the spreadsheet: Bo's Gym."
        )
    ]


def test_an_update_changes_values_in_place(desk: Callable[[str, str], Desk]) -> None:
    """With --update values change on their lines; an empty cell takes nothing away."""
    table = desk(LIST, CHANGED)

    code = table.run(update=True)

    assert (code, table.asked) == (0, ["Change the sponsor list like this?"])
    assert table.list == LIST.replace(
        "    tier: local\n    url: https://acme.example\n",
        "    tier: title\n    url: https://acme.example\n    since: 2019\n",
    )
    assert table.said[0].startswith(
        "Change 1 sponsor:\n  Acme Running: tier local → title; since (none) → 2019\n"
    )


def test_an_answer_of_no_changes_nothing(desk: Callable[[str, str], Desk]) -> None:
    """Who says no has done nothing wrong, and the list is as it was."""
    table = desk(LIST, CHANGED)

    code = table.run(update=True, answer=False)

    assert (code, table.list, table.said[-1]) == (0, LIST, "Nothing was changed.")


def test_yes_on_the_command_line_saves_the_question(desk: Callable[[str, str], Desk]) -> None:
    """With --yes nobody is asked."""
    table = desk(LIST, CHANGED)

    table.run(update=True, yes=True)

    assert (table.asked, table.said[-1]) == ([], "Saved sponsors.yaml.")


def test_a_second_import_finds_nothing_to_do(desk: Callable[[str, str], Desk]) -> None:
    """The same spreadsheet twice changes the list once."""
    table = desk(
        TIERS + "sponsors: []\n",
        "Name,Tier,From,Since,Status,Text,Note,Logo\n"
        'Bo: the gym,local,2027-01-01,2019,Pending,"One\nTwo",call,bo.svg\n',
    )
    table.run(update=True, yes=True)
    first = table.list

    code = table.run(update=True, yes=True)

    assert (code, table.list) == (0, first)
    assert table.said[-1] == (
        "There is nothing to change.\n"
        "Already as in the spreadsheet: Bo: the gym.\n"
        "Notes never show on the site, but anyone who sees the sponsor list sees them."
    )


def test_a_name_that_is_almost_in_the_list_is_asked_about(
    desk: Callable[[str, str], Desk],
) -> None:
    """A sponsor who may be there under another name is added only when a person says so."""
    table = desk(LIST, "Name,Tier\nAcme Running Shoes Ltd,local\n")

    table.run(answer=False)

    assert table.list == LIST
    assert table.said[0].splitlines()[:2] == [
        "Add 1 sponsor: Acme Running Shoes Ltd (local).",
        (
            'Row 2: "Acme Running Shoes Ltd" is new, but much like "Acme Running" in the sponsor '
            "list (line 9). Is it somebody else?"
        ),
    ]


def test_an_id_says_that_a_sponsor_is_renamed_or_new(desk: Callable[[str, str], Desk]) -> None:
    """An id in the spreadsheet settles who is meant, whatever the name looks like."""
    table = desk(LIST, "ID,Name,Tier\nacme,Acme Runners,local\nacme-2,Acme Running Two,local\n")

    table.run(update=True)

    assert table.said[0].startswith(
        "Add 1 sponsor: Acme Running Two (local).\n"
        "Change 1 sponsor:\n  Acme Running: name Acme Running → Acme Runners\n"
    )
    assert "name: Acme Runners   # AK-mee\n" in table.list
    assert table.list.endswith("\n  - id: acme-2\n    name: Acme Running Two\n    tier: local\n")


REFUSED = {
    "two spellings of a name": (
        LIST,
        "Name,Tier\nBOS GYM,local\n",
        (
            'row 2: "BOS GYM" is written "Bo\'s Gym" in the sponsor list (line 15). Write it the '
            "same in both. If it is another sponsor, give the row an id of its own, in a column "
            "with the heading ID."
        ),
    ),
    "another id for a name": (
        LIST,
        "ID,Name\nacme-2,Acme Running\n",
        (
            'row 2: "Acme Running" has the id acme in the sponsor list (line 9), not acme-2. An id '
            "is part of an address and stays: write acme."
        ),
    ),
    "a new sponsor without a tier": (
        LIST,
        "Name,Tier\nCy,\nDi,local\n",
        'row 2: "Cy" is new and has no tier: one of title, local.',
    ),
    "no column for the tiers": (
        LIST,
        "Name\nCy\nDi\n",
        (
            'no column has the tiers, and 2 sponsors are new. Its heading must be "Tier", "Level" '
            'or "Package"; the tiers are title, local.'
        ),
    ),
    "a name that gives no address": (
        LIST,
        "Name,Tier\n!!!,local\n",
        (
            'row 2: no address can be made from "!!!": give the row an id of its own, in a column '
            "with the heading ID."
        ),
    ),
    "a sponsor of two terms": (
        TIERS + "sponsors:\n- name: Bo\n  tier: local\n  until: 2026-08-31\n"
        "- name: Bo\n  tier: local\n  from: 2026-09-01\n",
        "Name,Tier\nBo,title\n",
        (
            'row 2: "Bo" stands in the sponsor list more than once (lines 8 and 11). Make the '
            "change there by hand, and take the row out."
        ),
    ),
    "a fault in a cell": (
        LIST,
        "Name,Tier\nCy,glod\n",
        'row 2, column "Tier": "glod" is not one of title, local.',
    ),
}


@pytest.mark.parametrize(("before", "sheet", "message"), REFUSED.values(), ids=REFUSED)
def test_a_row_that_is_not_clear_changes_nothing(
    desk: Callable[[str, str], Desk], before: str, sheet: str, message: str
) -> None:
    """One row with a problem keeps every row out of the list, and the report says what to do."""
    table = desk(before, sheet)

    code = table.run(update=True, yes=True)

    assert (code, table.list) == (1, before)
    assert table.said == [f"from-jo.csv has 1 problem.\n\n  {message}\n\nNothing was changed."]


def test_the_term_tells_two_entries_of_a_sponsor_apart(
    desk: Callable[[str, str], Desk],
) -> None:
    """A sponsor with two terms is changed in the one that begins on the row's first day."""
    table = desk(
        TIERS + "sponsors:\n- name: Bo\n  tier: local\n  until: 2026-08-31\n"
        "- name: Bo\n  tier: local\n  from: 2026-09-01\n",
        "Name,Tier,From\nBo,title,2026-09-01\n",
    )

    table.run(update=True, yes=True)

    assert table.list.endswith("- name: Bo\n  tier: title\n  from: 2026-09-01\n")


def test_several_tiers_are_changed_by_hand(desk: Callable[[str, str], Desk]) -> None:
    """A value that a spreadsheet cannot hold is never replaced by a single one."""
    before = LIST.replace("[title, local]", "[title, media]").replace(
        "- id: local\n", "- id: local\n  - id: media\n"
    )
    table = desk(before, "Name,Tier\nBo's Gym,local\n")

    code = table.run(update=True, yes=True)

    assert (code, table.list) == (1, before)
    assert 'tier is more than one value here. Change it to "local" by hand.' in table.said[0]


def test_a_list_with_problems_comes_first(desk: Callable[[str, str], Desk]) -> None:
    """Problems of the list and of the spreadsheet stand in one report; nothing is changed."""
    before = LIST.replace("tier: local", "teir: local")
    table = desk(before, "Name,Tier\nCy,glod\n")

    code = table.run()

    assert (code, table.list) == (1, before)
    assert "sponsors.yaml has " in table.said[0]
    assert "from-jo.csv has 1 problem." in table.said[0]


def test_a_result_that_no_build_could_read_is_not_saved(
    desk: Callable[[str, str], Desk],
) -> None:
    """What only shows once row and entry are put together is found before anything is saved."""
    table = desk(LIST, "Name,From\nBo's Gym,2028-01-01\n")

    code = table.run(update=True, yes=True)

    assert (code, table.list) == (1, LIST)
    assert table.said == [
        (
            "sponsors.yaml has 1 problem.\n\n"
            '  "Bo\'s Gym": until 2027-08-31 is before from 2028-01-01.\n\n'
            "Nothing was changed."
        )
    ]


FULL = (
    "tiers:\n  - id: title\n    max: 2\n  - id: local\n    exclusive: true\n\nsponsors:\n"
    "  - name: Acme Running\n    tier: title\n    url: https://acme.example\n"
    "  - name: Bo's Gym\n    tier: title\n  - name: Cy\n    tier: local\n    industry: shoes\n"
)

LIMITS = {
    "one sponsor too many": (
        "Name,Tier\nDi,title\n",
        '"Di": tier title may have 2 on one day, but it has 3: Acme Running, Bo\'s Gym, Di.',
    ),
    "a change of tier that makes one too many": (
        "Name,Tier\nCy,title\n",
        '"Cy": tier title may have 2 on one day, but it has 3: Acme Running, Bo\'s Gym, Cy.',
    ),
    "a rival in an exclusive tier": (
        "Name,Tier,Industry\nDi,local,Shoes\n",
        '"Di": tier local is exclusive, but "Cy" is of the same industry, Shoes.',
    ),
    "a link that is another sponsor's": (
        "Name,Tier,Website\nDi,local,www.acme.example\n",
        (
            '"Di": has the same link as "Acme Running". Two entries may share it only when their '
            "terms do not overlap."
        ),
    ),
}


@pytest.mark.parametrize(("sheet", "message"), LIMITS.values(), ids=LIMITS)
def test_an_import_keeps_to_what_tiers_allow(
    desk: Callable[[str, str], Desk], sheet: str, message: str
) -> None:
    """A list that would break a tier's limits is not saved, and the report says which."""
    table = desk(FULL, sheet)

    code = table.run(update=True, yes=True)

    assert (code, table.list) == (1, FULL)
    assert table.said == [f"sponsors.yaml has 1 problem.\n\n  {message}\n\nNothing was changed."]


def test_a_first_import_keeps_to_what_tiers_allow(desk: Callable[[str, str], Desk]) -> None:
    """Three sponsors of a tier for two are refused together, before the first is written."""
    before = "tiers:\n  - id: title\n    max: 2\nsponsors: []\n"
    table = desk(before, "Name,Tier\nAcme,title\nBo,title\nCy,title\n")

    code = table.run(yes=True)

    assert (code, table.list) == (1, before)
    assert "tier title may have 2 on one day, but it has 3: Acme, Bo, Cy." in table.said[0]


def test_who_follows_another_in_a_full_tier_is_added(desk: Callable[[str, str], Desk]) -> None:
    """A limit is about one day: a sponsor may take the place of one whose term has ended."""
    before = FULL.replace("Gym\n    tier: title\n", "Gym\n    tier: title\n    until: 2026-08-31\n")
    table = desk(before, "Name,Tier,From\nDi,title,2026-09-01\n")

    code = table.run()

    assert (code, table.said[-1]) == (0, "Saved sponsors.yaml.")


def test_what_only_warns_in_a_build_is_imported(desk: Callable[[str, str], Desk]) -> None:
    """A link with http, which a build publishes, keeps nobody out of the list."""
    table = desk(FULL, "Name,Tier,Website\nDi,local,http://di.example\n")

    code = table.run()

    assert (code, table.said[-1]) == (0, "Saved sponsors.yaml.")


def test_there_must_be_a_list(desk: Callable[[str, str], Desk]) -> None:
    """Without a sponsor list the report says how to begin one."""
    table = desk(LIST, "Name,Tier\nCy,local\n")
    (table.site / "sponsors.yaml").unlink()

    assert table.run() == 1
    assert "sponsors: []" in table.said[0]


def test_line_ends_and_byte_order_mark_are_kept(desk: Callable[[str, str], Desk]) -> None:
    """A list that was saved on Windows looks as it did, in every line."""
    before = "\ufeff" + LIST.replace("\n", "\r\n")
    table = desk(before, "Name,Tier\nCy,local\n")

    table.run()

    assert table.list == before + "\r\n  - name: Cy\r\n    tier: local\r\n"


def test_a_list_that_changed_meanwhile_is_not_overwritten(
    desk: Callable[[str, str], Desk],
) -> None:
    """What somebody saved between the question and the answer is not lost."""
    table = desk(LIST, CHANGED)
    plan = plan_import(table.site, table.sheet, update=True)
    (table.site / "sponsors.yaml").write_bytes(LIST.encode() + b"# mine\n")

    with pytest.raises(EditFailed):
        plan.apply()

    assert table.list == LIST + "# mine\n"


def test_a_plan_with_problems_cannot_be_carried_out(desk: Callable[[str, str], Desk]) -> None:
    """A report of problems is never followed by a change."""
    table = desk(LIST, "Name,Tier\nCy,glod\n")

    with pytest.raises(EditFailed):
        plan_import(table.site, table.sheet).apply()


def test_a_failed_save_leaves_the_list_whole(
    desk: Callable[[str, str], Desk], monkeypatch: pytest.MonkeyPatch
) -> None:
    """When the disk refuses, the old list is still there, and no other file is left behind."""
    table = desk(LIST, "Name,Tier\nCy,local\n")

    def refuse(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", refuse)

    assert table.run() == 1
    assert table.said[-1] == (
        "sponsors.yaml cannot be saved: No space left on device. Nothing was changed."
    )
    assert (table.list, len(list(table.site.iterdir()))) == (LIST, 1)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions")
def test_a_saved_list_keeps_its_permissions_and_its_link(
    desk: Callable[[str, str], Desk],
) -> None:
    """A list that is shared with others stays shared: same permissions, same link."""
    table = desk(LIST, "Name,Tier\nCy,local\n")
    path = table.site / "sponsors.yaml"
    shared = path.rename(table.site.parent / "shared.yaml")
    shared.chmod(0o664)
    path.symlink_to(shared)

    table.run()

    assert path.is_symlink()
    assert stat.S_IMODE(shared.stat().st_mode) == 0o664
    assert "name: Cy" in table.list


@given(st.lists(st.text(st.characters(codec="utf-8"), min_size=1), min_size=1, max_size=5))
def test_any_names_are_all_in_the_list_or_none_is(names: list[str]) -> None:
    """However sponsors are called, the list has exactly their names, or stays as it was."""
    with TemporaryDirectory() as folder:
        desk = Desk(site=Path(folder), sheet=Path(folder, "sponsors.csv"))
        (desk.site / "sponsors.yaml").write_text(LIST, encoding="utf-8")
        with desk.sheet.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([("Name", "Tier"), *((name, "local") for name in names)])

        code = desk.run(yes=True)

        listed = [sponsor.name for sponsor in load_roster(desk.site)[0].sponsors]
        whole = [" ".join(unicodedata.normalize("NFC", name).split()) for name in names]
        assert (listed == ["Acme Running", "Bo's Gym", *whole]) if code == 0 else desk.list == LIST
