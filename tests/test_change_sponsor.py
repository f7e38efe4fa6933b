"""`sponsors rename` and `sponsors hide`: what they say, what they save, and what then is built."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

import pytest

from milepost import cli
from milepost.roster.hide import hide
from milepost.roster.load import read_list
from milepost.scaffold import change_sponsor
from sites import post, rebuild, tree, write_site

LIST: Final = "sponsors.yaml"
SPONSORS: Final = """\
tiers:
  - id: title
    benefits: {profile: yes}
    max: 1
  - id: supporters
sponsors:
  # our first
  - name: Acme Running
    tier: title
    logo: acme.svg

  - name: Riverside Dental  # in braces of their own
    tier: supporters
"""
SVG: Final = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {} 10"><path d="M0 0h9"/></svg>'
FILES: Final[dict[str, str | bytes | None]] = {
    LIST: SPONSORS,
    "content/logos/acme.svg": SVG.format(20),
    "content/logos/outdoors.svg": SVG.format(30),
    "content/posts/course.md": post(
        "Acme Running marks it.\n", title="The course", sponsors="[acme-running]"
    ),
}

Command = Callable[..., tuple[int, str, str]]


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Write a small site with two sponsors; today is 2027-03-01."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1803918000")
    return write_site(tmp_path, FILES)


@pytest.fixture
def sponsors(site: Path, capsys: pytest.CaptureFixture[str]) -> Command:
    """Give `sponsors`, to be called with the words behind it."""

    def run(*words: str) -> tuple[int, str, str]:
        code = cli.main(["--site", str(site), "sponsors", *words])
        return code, *capsys.readouterr()

    return run


class TestRename:
    """`sponsors rename`."""

    def test_says_what_it_did_and_what_is_left(self, sponsors: Command) -> None:
        """Each changed line, the lines with the old name, and what to do next."""
        code, said, report = sponsors("rename", "acme-running", "Acme", "Outdoors")

        assert (code, report) == (0, "")
        assert said == (
            "Changed in sponsors.yaml:\n"
            "  line 8, was: - name: Acme Running\n"
            "  line 8, now: - name: Acme Outdoors\n"
            "  line 9, now: id: acme-running\n"
            "  line 12, new: formerly: [Acme Running]\n"
            "\n"
            '"Acme Running" is now "Acme Outdoors". '
            "Its id is acme-running as before, so all links to it stay.\n"
            "\n"
            "The name stands in words of your own, which no build changes:\n"
            "  content/posts/course.md, line 6: Acme Running marks it.\n"
            "\n"
            "Next:\n"
            "- The logo is acme.svg as before. "
            "If it has the old name in it, say --logo as well.\n"
            "- Build the site: python3 run.py build\n"
        )

    def test_keeps_the_address_of_its_page(self, sponsors: Command, site: Path) -> None:
        """Links from mails and other sites lead to the page with the new name."""
        before = rebuild(site)

        sponsors("rename", "acme-running", "Acme Outdoors", "--logo", "outdoors.svg")

        after = rebuild(site)
        address = "sponsors/acme-running/index.html"
        assert "Acme Running</h1>" in before.text(address)
        assert "Acme Outdoors</h1>" in after.text(address)
        assert "Acme Outdoors" in after.page("/blog/the-course/").css(".thanks")[0].text()
        named = {name for name in before.files if name.endswith("index.html")}
        assert named == {name for name in after.files if name.endswith("index.html")}

    def test_shows_the_new_name_from_its_day_on(self, sponsors: Command, site: Path) -> None:
        """The tier is never too full, and each day has one name."""
        code, _, report = sponsors("rename", "acme-running", "Acme Outdoors", "--on", "2027-04-01")
        assert (code, report) == (0, "")

        names = [
            rebuild(site, as_of=day).page("/sponsors/acme-running/").css("h1")[0].text()
            for day in ("2027-03-31", "2027-04-01")
        ]

        assert names == ["Acme Running", "Acme Outdoors"]
        assert "Build it again on 2027-04-01" in rebuild(site).said

    @pytest.mark.parametrize("file", ["outdoors.svg", "content/logos/outdoors.svg"])
    def test_takes_a_logo_as_it_is_seen_from_here(
        self, file: str, sponsors: Command, site: Path
    ) -> None:
        """The folder of logos may be written or left out."""
        assert sponsors("rename", "acme-running", "Acme Outdoors", "--logo", file)[0] == 0

        assert "    logo: outdoors.svg\n" in (site / LIST).read_text()

    @pytest.mark.parametrize(
        ("words", "said"),
        [
            (("acme-runing", "A"), 'Did you mean "acme-running"? Nothing was changed.\n'),
            (("acme-running", "Acme Running"), "has this name already"),
            (("acme-running", "riverside dental"), "is another sponsor already"),
            (("acme-running", "A", "--on", "2027-03-01"), "is not to come any more"),
            (("acme-running", "A", "--logo", "outdors.svg"), 'Did you mean "outdoors.svg"?'),
            (("acme-running", "A", "--logo", "../pelicanconf.py"), "Nothing was changed."),
        ],
    )
    def test_refuses_what_cannot_be_meant(
        self, words: tuple[str, ...], said: str, sponsors: Command, site: Path
    ) -> None:
        """Every file is as it was, and the exit code is 1."""
        before = tree(site)

        code, done, report = sponsors("rename", *words)

        assert (code, done) == (1, "")
        assert said in report
        assert tree(site) == before


class TestHide:
    """`sponsors hide`."""

    def test_says_where_the_name_still_stands(self, sponsors: Command, site: Path) -> None:
        """Words of the organiser, links to its page, credits and the settings."""
        course = post("[Acme Running](/sponsors/acme-running/)", sponsors="[acme-running]")
        (site / "content/posts/course.md").write_text(course)
        with (site / "pelicanconf.py").open("a") as settings:
            settings.write('RACE["presented_by"] = "acme-running"\n')

        code, said, report = sponsors("hide", "acme-running")

        assert (code, report) == (0, "")
        assert said == (
            "Changed in sponsors.yaml:\n"
            "  line 11, new: status: removed\n"
            "\n"
            '"Acme Running" is hidden. The next build takes it out of everything that Milepost '
            "writes: walls, its page, thanks below posts, feeds, and the files for programs.\n"
            "\n"
            "The name stands in words of your own, which no build changes:\n"
            "  content/posts/course.md, line 6: [Acme Running](/sponsors/acme-running/)\n"
            "\n"
            "These lead to its page, which goes, so the next build stops until they are changed:\n"
            "  content/posts/course.md, line 6: [Acme Running](/sponsors/acme-running/)\n"
            "\n"
            "These thank it by its id, and may stay: nobody sees it while it is hidden:\n"
            "  content/posts/course.md, line 4: sponsors: [acme-running]\n"
            "\n"
            "The settings let it present the race, and may stay: nobody sees it:\n"
            '  pelicanconf.py, line 7: RACE["presented_by"] = "acme-running"\n'
            "\n"
            "Next:\n"
            "- Build the site, and publish it: until then everybody sees it as it was.\n"
        )

    def test_takes_it_out_of_the_next_build(self, sponsors: Command, site: Path) -> None:
        """Page, logo, credit and name go, and only the author's own words stay."""
        before = rebuild(site)
        assert sponsors("hide", "acme-running")[0] == 0

        after = rebuild(site)

        assert after.code == 0, after.report
        assert "sponsors/acme-running/index.html" in before.files
        naming = [name for name, data in after.files.items() if b"acme-running" in data]
        assert not naming
        assert not [name for name in after.files if "acme" in name]
        assert b"Acme Running" not in after.files["sponsors.json"]

    def test_can_be_said_twice(self, sponsors: Command, site: Path) -> None:
        """The second time there is nothing to change."""
        sponsors("hide", "riverside-dental")
        once = (site / LIST).read_text()

        code, said, _ = sponsors("hide", "riverside-dental")

        assert code == 0
        assert said.startswith('"Riverside Dental" is hidden already.\n')
        assert (site / LIST).read_text() == once

    def test_helps_where_a_tier_is_too_full(self, sponsors: Command, site: Path) -> None:
        """A list that stops the build for its days can be mended with it."""
        text = SPONSORS.replace("tier: supporters", "tier: title")
        (site / LIST).write_text(text)

        code, _, report = sponsors("hide", "riverside-dental")

        assert (code, report) == (0, "")
        assert rebuild(site).code == 0

    def test_hides_every_entry_and_knows_every_name(self) -> None:
        """A sponsor that was renamed goes with both of its names."""
        text = (
            "sponsors:\n  - {id: acme, name: A, tier: title, until: 2027-02-28, status: pending}\n"
            "  - {id: acme, name: B, tier: title, from: 2027-03-01, formerly: [A, Z]}\n"
        )

        change = hide(text, read_list(text)[0], "acme")

        assert change.after.count("status: removed") == 2
        assert change.names == ("A", "B", "Z")


@pytest.mark.parametrize("words", [("rename", "acme-running", "A"), ("hide", "acme-running")])
class TestCare:
    """What both do so that no list is ever damaged."""

    def test_a_list_with_problems_is_left(
        self, words: tuple[str, ...], sponsors: Command, site: Path
    ) -> None:
        """The report comes first; whoever has mended all of it can go on."""
        (site / LIST).write_text(SPONSORS + "    teir: x\n    url: acme\n")
        before = tree(site)

        code, said, report = sponsors(*words)

        assert (code, said) == (1, "")
        assert report.startswith("sponsors.yaml has 2 problems.\n")
        assert report.endswith("\nCorrect this first. Nothing was changed.\n")
        assert tree(site) == before

    def test_a_missing_list_is_told(
        self, words: tuple[str, ...], sponsors: Command, site: Path
    ) -> None:
        """There is nothing to change."""
        (site / LIST).unlink()

        code, said, report = sponsors(*words)

        assert (code, said) == (1, "")
        assert "there is no sponsors.yaml" in report

    def test_a_disk_that_refuses_leaves_the_list(
        self,
        words: tuple[str, ...],
        sponsors: Command,
        site: Path,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        """The file is saved whole or not at all."""
        before = tree(site)

        def full(*_: object) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(change_sponsor, "replace_text", full)
        code, said, report = sponsors(*words)

        assert (code, said) == (1, "")
        assert report == (
            "sponsors.yaml cannot be saved: No space left on device. Nothing was changed.\n"
        )
        assert tree(site) == before

    def test_remarks_and_other_sponsors_stay(
        self, words: tuple[str, ...], sponsors: Command, site: Path
    ) -> None:
        """Every line but the one with the old name is there, in its order."""
        assert sponsors(*words)[0] == 0

        after = iter((site / LIST).read_text().splitlines())
        kept = [line for line in SPONSORS.splitlines() if "name: Acme" not in line]
        assert all(line in after for line in kept)


DOCS: Final = Path(__file__).parents[1] / "docs"
PAGES: Final = ("reference/commands.md", "how-to/add-change-rename-hide-a-sponsor.md")


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize(
    "words",
    [
        ("sponsors", "rename", "acme-running", "Acme Outdoors"),
        ("sponsors", "hide", "riverside-dental"),
    ],
)
def test_what_the_documentation_shows_is_real(
    words: tuple[str, ...], page: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whoever does what a page says reads what it shows."""
    text = (DOCS / PAGES[1]).read_text(encoding="utf-8")
    listed = text.split("```yaml\n")[1].split("```")[0]
    course = post("Acme Running marks every mile.", title="The course")
    water = post("Riverside Dental hands out water at mile 4.", sponsors="[riverside-dental]")
    write_site(
        tmp_path,
        {LIST: listed, "content/posts/course.md": course, "content/posts/water.md": water},
    )

    assert cli.main(["--site", str(tmp_path), *words]) == 0

    said = "".join(f"    {line}".rstrip() + "\n" for line in capsys.readouterr().out.splitlines())
    assert said in (DOCS / page).read_text(encoding="utf-8")
