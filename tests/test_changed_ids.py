"""Ids that were made from names: missed when a published one has changed, with no false alarm."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Final

import pytest

from milepost.engine.record import last_published, load_record
from milepost.problems import judged, report
from milepost.roster.load import Roster, read_list
from milepost.roster.published import published
from milepost.rules.changed_ids import check_changed_ids
from sites import SETTINGS, build_site, rebuild

DAY: Final = date(2027, 3, 1)
BO: Final = "- {name: Bo, tier: title}"
CY: Final = "- {name: Cy, tier: title}"


def roster(*entries: str) -> Roster:
    """Return a list without problems."""
    found, problems = read_list("\n".join(["sponsors:", *entries]))
    assert not problems
    return found


def said(before: tuple[str, ...], after: tuple[str, ...]) -> list[tuple[int | None, str]]:
    """Return the line and the name of each sponsor that is reported."""
    last = published(roster(*before), DAY)
    problems = check_changed_ids(roster(*after), last)
    return [(problem.line, problem.subject) for problem in problems]


CHANGED = {
    "the same link": (
        (BO, "- {name: Acme, tier: title, url: https://acme.example}"),
        ("- {name: Peak, tier: supporters, url: https://www.acme.example/}", BO),
        (2, "Peak"),
    ),
    "the same logo": (
        (BO, "- {name: Acme, tier: title, logo: a.svg, url: https://acme.example}"),
        (BO, "- {name: Peak, tier: title, logo: a.svg, url: https://www.acme.example/us}"),
        (3, "Peak"),
    ),
    "another id that was written down": (
        ("- {name: Acme Running, tier: title, logo: a.svg}",),
        ("- {id: acme, name: Acme Running, tier: title, logo: a.svg}",),
        (2, "Acme Running"),
    ),
    "a name that was corrected": (
        (BO, "- {name: Acme Runing, tier: title}", CY),
        (BO, "- {name: Acme Running, tier: title}", CY),
        (3, "Acme Running"),
    ),
    "a word more": ((BO, CY), (BO, "- {name: Cy Ltd, tier: title}"), (3, "Cy Ltd")),
    "almost the name, and a link now": (
        (BO, CY),
        (BO, "- {name: Cy Ltd, tier: title, url: https://cy.example}"),
        (3, "Cy Ltd"),
    ),
    "a small word less": (
        (BO, "- {name: The Rotary Club of Joplin, tier: title}"),
        ("- {name: Rotary Club Joplin, tier: title}", BO, CY),
        (2, "Rotary Club Joplin"),
    ),
    "accents and spaces": (
        (BO, "- {name: Cafe Rosebud, tier: title}"),
        ("- {name: Café Rose Bud, tier: title}", BO, CY),
        (2, "Café Rose Bud"),
    ),
    "a shorter name with the same link": (
        (BO, "- {name: Freeman Health System, tier: title, url: https://f.example}"),
        ("- {name: Freeman, tier: title, url: https://f.example}", BO, CY),
        (2, "Freeman"),
    ),
    "a shorter name at its place": (
        (BO, "- {name: Freeman Health System, tier: title}"),
        (BO, "- {name: Freeman, tier: title}"),
        (3, "Freeman"),
    ),
    "almost the name elsewhere": (
        (BO, CY),
        ("- {name: Cy Ltd, tier: title}", BO),
        (2, "Cy Ltd"),
    ),
    "almost the name in another tier": (
        (BO, "- {name: Acme Runing, tier: title}"),
        ("- {name: Acme Running, tier: supporters}", BO),
        (2, "Acme Running"),
    ),
    "somebody new at the end": (
        (BO, "- {name: Acme Runing, tier: title}"),
        (BO, "- {name: Acme Running, tier: title}", CY),
        (3, "Acme Running"),
    ),
    "somebody left": (
        (BO, CY, "- {name: Acme Runing, tier: title}"),
        (CY, "- {name: Acme Running, tier: title}"),
        (3, "Acme Running"),
    ),
    "like the name at its place": (
        (BO, "- {name: First Bank, tier: title}", CY),
        (BO, "- {name: First Bancorp, tier: title}", CY),
        (3, "First Bancorp"),
    ),
    "one that does not show yet": (
        ("- {name: Acme, tier: title, logo: a.svg}",),
        ("- {name: Peak, tier: title, logo: a.svg, from: 2027-04-01}",),
        (2, "Peak"),
    ),
}


@pytest.mark.parametrize(("before", "after", "found"), CHANGED.values(), ids=CHANGED)
def test_a_changed_id_is_missed(
    before: tuple[str, ...], after: tuple[str, ...], found: tuple[int, str]
) -> None:
    """A link, a logo or almost the name tells who it may be, or its place if nobody else came."""
    assert said(before, after) == [found]


RIGHT = {
    "nothing has changed": ((BO, CY), (BO, CY)),
    "the order": ((BO, CY), (CY, BO)),
    "somebody left": ((BO, CY), (CY,)),
    "somebody came": ((BO,), ("- {name: Bob, tier: title}", BO)),
    "somebody else in the place": ((BO, CY), (BO, "- {name: Zoe, tier: title}")),
    "names of one town": (
        ("- {name: Riverside Dental, tier: title}",),
        ("- {name: Riverside Books, tier: title}",),
    ),
    "a short name in another tier": (
        (BO, CY),
        (BO, "- {name: Cyd, tier: supporters}"),
    ),
    "somebody left and somebody else came": ((BO, CY), ("- {name: Zoe, tier: title}", CY)),
    "like the name elsewhere": (
        (BO, "- {name: North Bank, tier: title}", CY),
        (BO, CY, "- {name: South Bank, tier: title}"),
    ),
    "like the name with another link": (
        ("- {name: North Bank, tier: title, url: https://north.example}",),
        ("- {name: South Bank, tier: title, url: https://south.example}",),
    ),
    "a name with another's in it, and another link": (
        ("- {name: Freeman, tier: title, url: https://freeman.example}",),
        ("- {name: Freeman Orthodontics, tier: title, url: https://fo.example}",),
    ),
    "a name with another's in it, when others came": (
        (BO, "- {name: Freeman, tier: title}"),
        (BO, "- {name: Freeman Orthodontics, tier: title}", CY),
    ),
    "two clubs, with other links": (
        ("- {name: Rotary Club of North Joplin, tier: title, url: https://n.example}",),
        ("- {name: Rotary Club of South Joplin, tier: title, url: https://s.example}",),
    ),
    "one name, and another link": (
        ("- {name: Mercy Hospital, tier: title, url: https://m.example}",),
        ("- {name: Mercy Hospitals, tier: title, url: https://mm.example}",),
    ),
    "one logo, and another link": (
        ("- {name: Acme, tier: title, logo: a.svg, url: https://acme.example}",),
        ("- {name: Peak, tier: title, logo: a.svg, url: https://peak.example}",),
    ),
    "two banks, when others came": (
        (BO, "- {name: First National Bank, tier: title}"),
        (BO, "- {name: First State Bank, tier: title}", CY),
    ),
    "another first letter, when others came": (
        (BO, "- {name: Joplin Dental, tier: title}"),
        (BO, "- {name: Joplin Rental, tier: title}", CY),
    ),
    "another number": (
        (BO, "- {name: Class of 2026, tier: title}"),
        (BO, "- {name: Class of 2027, tier: title}"),
    ),
    "two with almost the name": (
        (BO, "- {name: Acme, tier: title}"),
        (BO, "- {name: Acme Shoes, tier: title}", "- {name: Acme Books, tier: title}"),
    ),
    "an id that was written down before": (
        ("- {id: acme, name: Acme, tier: title, logo: a.svg}",),
        ("- {id: peak, name: Peak, tier: title, logo: a.svg}",),
    ),
    "the old id stands": (
        ("- {name: Acme, tier: title, logo: a.svg}",),
        ("- {id: acme, name: Peak, tier: title, logo: a.svg}",),
    ),
    "hidden, and its logo with somebody else": (
        ("- {name: Acme, tier: title, logo: a.svg}",),
        (
            "- {name: Acme, tier: title, logo: a.svg, status: removed}",
            "- {name: Peak, tier: title, logo: a.svg}",
        ),
    ),
    "not agreed on yet": (
        ("- {name: Acme, tier: title, logo: a.svg}",),
        ("- {name: Peak, tier: title, logo: a.svg, status: pending}",),
    ),
    "two who could be it": (
        ("- {name: Acme, tier: title, logo: a.svg, url: https://acme.example}",),
        (
            "- {name: Peak, tier: title, logo: a.svg}",
            "- {name: Hill, tier: title, url: https://acme.example}",
        ),
    ),
}


@pytest.mark.parametrize(("before", "after"), RIGHT.values(), ids=RIGHT)
def test_there_is_no_false_alarm(before: tuple[str, ...], after: tuple[str, ...]) -> None:
    """Sponsors come, go, move and are replaced."""
    assert said(before, after) == []


def test_several_changed_ids_are_missed() -> None:
    """Whoever goes through the list and corrects it is told of each, in the order of the list."""
    before = (
        BO,
        "- {name: Acme Runing, tier: title}",
        "- {name: Hill & Dale Shoe, tier: title}",
        "- {name: Riverside Dental, tier: supporters}",
        CY,
    )
    after = (
        "- {name: Riverside Dental LLC, tier: supporters, url: https://dental.example}",
        BO,
        "- {name: Acme Running, tier: title}",
        "- {name: Hill and Dale Shoes, tier: title}",
        "- {name: Zoe, tier: title}",
    )

    assert said(before, after) == [
        (2, "Riverside Dental LLC"),
        (4, "Acme Running"),
        (5, "Hill and Dale Shoes"),
    ]


def test_one_who_could_be_two_is_neither() -> None:
    """A sponsor that has the link of one and the logo of another is guessed to be nobody."""
    before = (
        "- {name: A, tier: title, url: https://x.example}",
        "- {name: B, tier: title, logo: b.svg}",
    )

    assert said(before, ("- {name: C, tier: title, logo: b.svg, url: https://x.example}",)) == []


def test_without_a_published_site_nothing_is_missed() -> None:
    """A first site has no past."""
    assert check_changed_ids(roster(BO), ()) == []


def test_a_list_that_cannot_be_read_misses_nobody() -> None:
    """That is a problem of its own, and enough."""
    last = published(roster(BO), DAY)

    assert check_changed_ids(Roster(whole=False), last) == []


class TestOnASite:
    """From one final build to the next."""

    FINAL: Final = 'from pelicanconf import *\nOUTPUT_PATH = "public"\n'
    LIST: Final = "sponsors.yaml"
    BEFORE: Final = (
        "sponsors:\n  - {name: Acme Runing, tier: title, url: https://acme.example}\n"
        "  - {name: Later, tier: title, from: 2027-06-01}\n"
    )
    AFTER: Final = BEFORE.replace("Runing", "Running")

    @pytest.fixture
    def site(self, tmp_path: Path) -> Path:
        """Publish a site, and correct a name afterwards."""
        files = {self.LIST: self.BEFORE, "publishconf.py": self.FINAL}
        assert build_site(tmp_path, files, final=True).code == 0
        (tmp_path / self.LIST).write_text(self.AFTER)
        return tmp_path

    def test_the_report_says_what_to_write(self, site: Path) -> None:
        """The build goes on, and the line to paste is there."""
        built = rebuild(site)

        assert built.code == 0
        assert built.report == (
            "sponsors.yaml has 1 warning.\n\n"
            '  warning: line 2, "Acme Running": has the id acme-running, made from the name. The '
            'site published last had the id acme-runing, for "Acme Runing", and no entry has it '
            "now. If this is the same sponsor, write `id: acme-runing` below the name, so that its "
            "page and links to it stay; another time, use `sponsors rename`. If it is another one, "
            "nothing needs doing.\n"
        )

    def test_it_is_told_until_it_is_published(self, site: Path) -> None:
        """A check tells it, the final build tells it, and then it is how the site is."""
        reports = [rebuild(site, dry=True).report, rebuild(site, final=True).report]

        assert all("acme-runing" in text for text in reports)
        assert rebuild(site).report == ""

    def test_an_id_makes_it_right(self, site: Path) -> None:
        """What the report asks for is enough."""
        text = self.AFTER.replace("Acme Running,", "Acme Running, id: acme-runing,")
        (site / self.LIST).write_text(text)

        assert rebuild(site).report == ""

    def test_it_can_be_switched_off(self, site: Path) -> None:
        """Who wants the new address may have it in peace, or be stopped."""
        settings = site / "pelicanconf.py"

        settings.write_text(f'{SETTINGS}CHECKS = {{"changed-id": "off"}}\n')
        assert rebuild(site).report == ""
        settings.write_text(f'{SETTINGS}CHECKS = {{"changed-id": "error"}}\n')
        assert rebuild(site).code == 1

    def test_only_what_is_public_is_kept_of_a_final_build(self, site: Path) -> None:
        """The record knows who was shown; the one of the preview knows nobody."""
        rebuild(site)

        assert [sponsor.id for sponsor in last_published(site)] == ["acme-runing"]
        preview = load_record(site / ".milepost/output.json")
        assert preview
        assert preview.sponsors == ()

    def test_a_damaged_record_is_no_reason_to_stop(self, site: Path) -> None:
        """The preview goes on without it."""
        (site / ".milepost/public.json").write_text("{")

        assert last_published(site) == ()
        assert rebuild(site).report == ""


def test_the_report_is_a_warning() -> None:
    """It would publish rightly, and looks unintended."""
    last = published(roster("- {name: Acme, tier: title, logo: a.svg}"), DAY)
    problems = check_changed_ids(roster("- {name: Peak, tier: title, logo: a.svg}"), last)

    assert "1 warning" in report(judged(problems, {}))
