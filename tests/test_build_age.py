"""Whether a finished site is still right: read from its own file, told in one sentence."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from milepost import cli
from milepost.build_age import BuildAge, UnknownAge, read_age
from sites import DAY, SETTINGS, SPONSORS, rebuild, write_site

TODAY = date(2027, 3, 14)
BUILT = date(2027, 3, 1)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (None, "public was built for 2027-03-01, and nothing in it depends on the day."),
        (
            "2027-03-15",
            (
                "public was built for 2027-03-01, and is right until 2027-03-15, when it must be "
                "built again."
            ),
        ),
        (
            "2027-03-14",
            (
                "public was built for 2027-03-01, and has been out of date since today: build it "
                "again, and publish it."
            ),
        ),
        (
            "2027-03-13",
            (
                "public was built for 2027-03-01, and has been out of date for 1 day, since "
                "2027-03-13: build it again, and publish it."
            ),
        ),
    ],
)
def test_says_whether_a_site_is_still_right(change: str | None, words: str) -> None:
    """From the day of the change on it is not, and the sentence says what to do."""
    age = BuildAge(day=BUILT, next_change=date.fromisoformat(change) if change else None)

    assert age.words(TODAY, "public") == words
    assert age.is_over(TODAY) == ("out of date" in words)


@pytest.mark.parametrize(
    "damage",
    [
        b"",
        b"\xff",
        b"[]",
        b"{}",
        b"[" * 100_000,
        b'{"day": "2027-03-01"}',
        b'{"day": "2027-02-30", "next_change": null}',
        b'{"day": "2027-03-01", "next_change": "soon"}',
        b'{"day": "2027-03-01", "next_change": 20270314}',
        b'{"day": null, "next_change": "2027-03-14"}',
        b'{"day": "2027-03-01", "next_change": "2027-03-14"' + b" " * 100_000 + b"}",
    ],
)
def test_a_damaged_file_is_told(damage: bytes, tmp_path: Path) -> None:
    """Nobody takes a site for right of which nothing is known."""
    (tmp_path / "build.json").write_bytes(damage)

    with pytest.raises(UnknownAge) as caught:
        read_age(tmp_path, "public")

    assert str(caught.value) == "public/build.json is damaged, so build the site again."


def test_a_folder_that_is_no_site_is_told(tmp_path: Path) -> None:
    """A folder without the file, and a name without a folder, are told apart."""
    (tmp_path / "build.json").mkdir()

    with pytest.raises(UnknownAge, match=r"has no build\.json, so it is not a site"):
        read_age(tmp_path, "public")
    with pytest.raises(UnknownAge, match="public is not a folder; nothing was built there"):
        read_age(tmp_path / "public", "public")


class TestTheCommand:
    """`check --built`."""

    SPONSORS = SPONSORS.replace("tier: title", "tier: title\n    until: 2027-03-13")

    @pytest.fixture
    def site(self, tmp_path: Path) -> Path:
        """Build a site with a sponsor who leaves after 2027-03-13."""
        write_site(tmp_path, {"sponsors.yaml": self.SPONSORS})
        assert rebuild(tmp_path).code == 0
        return tmp_path

    @pytest.mark.parametrize(("day", "code"), [("2027-03-13", 0), ("2027-03-14", 1)])
    def test_is_good_until_the_day_before_the_change(
        self, day: str, code: int, site: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """A sponsor stands there rightly on the last day of its term, and not the day after."""
        done = cli.main(["--site", str(site), "check", "--built", "output", "--as-of", day])

        said, report = capsys.readouterr()
        assert done == code
        assert (report if code else said).startswith(f"output was built for {DAY}, and ")
        assert not (said if code else report)

    def test_needs_no_site_that_can_be_built(
        self, site: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """Broken settings are no reason not to know that a site is out of date."""
        (site / "pelicanconf.py").write_text(SETTINGS + "SITENAME = ")
        (site / "sponsors.yaml").unlink()

        done = cli.main(["--site", str(site), "check", "--built", str(site / "output")])

        assert done in {0, 1}
        assert "was built for" in "".join(capsys.readouterr())

    def test_asks_the_day_where_the_race_is(
        self, site: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """In Greenwich it is the 14th by half past four, and in Chicago the evening before."""
        half_past_four, noon = "1804998600", "1805025600"
        command = ["--site", str(site), "check", "--built", "output"]

        monkeypatch.setenv("SOURCE_DATE_EPOCH", half_past_four)
        assert cli.main(command) == 0
        monkeypatch.setenv("SOURCE_DATE_EPOCH", noon)
        assert cli.main(command) == 1
        assert "since today" in capsys.readouterr().err

    def test_says_nothing_good_when_it_is_to_be_quiet(
        self, site: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """A timer that asks every morning writes no letters until it has to."""
        command = ["--quiet", "--site", str(site), "check", "--built", "output", "--as-of"]

        assert cli.main([*command, DAY]) == 0
        assert capsys.readouterr() == ("", "")
        assert cli.main([*command, "2027-04-01"]) == 1
        assert capsys.readouterr().err

    def test_is_no_build(self, site: Path) -> None:
        """It goes with no other way to look at a site."""
        with pytest.raises(SystemExit) as caught:
            cli.main(["--site", str(site), "check", "--built", "output", "--final"])

        assert caught.value.code == 2

    def test_reads_what_a_build_writes(self, site: Path) -> None:
        """The two agree on the form of the file."""
        written = json.loads((site / "output/build.json").read_text())

        age = read_age(site / "output", "output")

        assert written == {
            "day": age.day.isoformat(),
            "next_change": str(age.next_change),
        }
