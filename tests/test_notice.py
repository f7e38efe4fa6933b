"""The notice: read from whatever a phone made of it, shown on every page."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from milepost.config import Config
from milepost.posts.notice import LEVELS, changes, read_notice
from sites import SETTINGS, Built, build_site, post, rebuild

OFF = "---\nlevel: cancelled\n---\nLightning. **The race is off.** Go home safely.\n"

BROKEN = {
    "content/posts/no-title.md": "---\ndate: 2027-01-15\n---\nWords.\n",
    "content/posts/link.md": post("[Here]({filename}/posts/gone.md)", title="A link"),
    "content/posts/template.md": post(title="A template", template="nothing"),
    "sponsors.yaml": "sponsors:\n  - name: Acme\n    tier: gold\n  - name: Mets\n"
    "    tier: title\n    logo: mets.svg\n",
}
"""Five mistakes that have nothing to do with the news: two of them in the sponsor list."""


def config_of(folder: Path) -> Config:
    """Return the settings of a site that has nothing but a folder for its content."""
    content = folder / "content"
    content.mkdir()
    return Config(folder=folder, content=content, name="Race", url="https://race.example")


def words(built: Built, address: str) -> str:
    """Return the words of the notice on a page."""
    (notice,) = built.page(address).css(".notice")
    return " ".join(notice.text().split())


class TestReading:
    """What is made of the file."""

    @pytest.mark.parametrize(
        ("text", "level", "until", "body"),
        [
            ("We start at nine.", "info", None, "We start at nine."),
            ("Update: we start at nine.", "info", None, "Update: we start at nine."),
            ("---\nlevel: warning\n---\nStorm.", "warning", None, "Storm."),
            ("level: Cancelled\nuntil: 2027-04-18\n\nOff.", "cancelled", date(2027, 4, 18), "Off."),
            ("\ufeff---\r\nlevel: canceled\r\n---\r\nOff.", "cancelled", None, "Off."),
            ("\u2014-\nlevel: cancelled\n\u2014-\nOff.", "cancelled", None, "Off."),
            ("- - -\nLevel : Off\n\u2013\u2013\nOff.", "cancelled", None, "Off."),
            ("**level: cancelled**\n\nOff.", "cancelled", None, "Off."),
            ("# Cancelled\n\nOff.", "cancelled", None, "Off."),
            ("level: cancelled until: 2027-04-18\nOff.", "cancelled", date(2027, 4, 18), "Off."),
            ("Cancelled? No, we run.", "info", None, "Cancelled? No, we run."),
            ('---\nlevel: "postponed"\n\nNot today.', "postponed", None, "Not today."),
            (
                "---\nlevel: info\nThere is no second fence.",
                "info",
                None,
                "There is no second fence.",
            ),
        ],
    )
    def test_text_comes_through_whatever_stands_above_it(
        self, tmp_path: Path, text: str, level: str, until: date | None, body: str
    ) -> None:
        """Lines above the text may stand between hyphens, without them, or not at all."""
        config = config_of(tmp_path)
        (config.content / "notice.md").write_text(text, encoding="utf-8", newline="")

        notice, problems = read_notice(config)

        assert notice is not None
        assert (notice.level, notice.until, notice.page.body.strip()) == (level, until, body)
        assert problems == []

    @pytest.mark.parametrize(
        ("line", "level", "says"),
        [
            (
                "level: cancelld",
                "cancelled",
                (
                    'level "cancelld" is not one of info, warning, postponed, cancelled. '
                    "It is taken for cancelled."
                ),
            ),
            (
                "level: red",
                "warning",
                (
                    'level "red" is not one of info, warning, postponed, cancelled. '
                    "It is taken for warning."
                ),
            ),
            (
                "until: Sunday",
                "info",
                (
                    'until "Sunday" is not a date as 2027-03-14: year, month, day. '
                    "The notice stands until you delete it."
                ),
            ),
            ("title: Off", "info", '"title" is not a known key of a notice. Known: level, until.'),
        ],
    )
    def test_a_slip_is_told_and_the_text_is_shown(
        self, tmp_path: Path, line: str, level: str, says: str
    ) -> None:
        """Nothing above the text keeps it from readers."""
        config = config_of(tmp_path)
        (config.content / "notice.md").write_text(f"---\n{line}\n---\nWords.\n", encoding="utf-8")

        notice, (problem,) = read_notice(config)

        assert notice is not None
        assert (notice.level, notice.page.body.strip()) == (level, "Words.")
        assert (problem.file, problem.line, problem.message) == ("content/notice.md", 2, says)
        assert problem.check == "notice"

    def test_bytes_of_another_encoding_are_read(self, tmp_path: Path) -> None:
        """A letter that cannot be read is no reason to be silent."""
        config = config_of(tmp_path)
        (config.content / "notice.md").write_bytes("Caf\xe9 zu.".encode("latin-1"))

        notice, _ = read_notice(config)

        assert notice is not None
        assert notice.page.body == "Caf\N{REPLACEMENT CHARACTER} zu."

    def test_an_empty_file_is_no_notice(self, tmp_path: Path) -> None:
        """A file that was emptied instead of deleted is mentioned."""
        config = config_of(tmp_path)
        (config.content / "notice.md").write_text("---\nlevel: info\n---\n", encoding="utf-8")

        notice, (problem,) = read_notice(config)

        assert notice is None
        assert problem.check == "empty"

    def test_its_last_day_is_a_day_of_change(self, tmp_path: Path) -> None:
        """The site is wrong the day after `until`."""
        config = config_of(tmp_path)
        (config.content / "notice.md").write_text("until: 2027-03-05\n\nWords.", encoding="utf-8")
        notice, _ = read_notice(config)

        assert list(changes(notice)) == [(date(2027, 3, 6), "the notice ends")]


class TestOnTheSite:
    """What readers see of it."""

    def test_it_stands_first_on_every_page(self, tmp_path: Path) -> None:
        """Above the site's own name, on every kind of page, and in every title."""
        built = build_site(tmp_path, {"content/notice.md": OFF})

        assert built.code == 0, built.report
        pages = [name for name in built.files if name.endswith(".html")]
        assert len(pages) > 5
        for name in pages:
            page = built.parse(built.text(name))
            (notice,) = page.css("body > .notice")
            assert notice.text().split()[0] == "Cancelled"
            following = [node.tag for node in page.css("body > header, body > aside")]
            assert following == ["aside", "header"]
            title = page.css_first("title")
            assert title is not None
            assert title.text().startswith("Cancelled: ")

    @pytest.mark.parametrize("level", LEVELS)
    def test_each_level_has_its_word(self, tmp_path: Path, level: str) -> None:
        """A reader need not see colours to know how serious it is."""
        label = {"info": "Notice", "warning": "Important"}.get(level, level.capitalize())
        text = f"---\nlevel: {level}\n---\nWords.\n"

        built = build_site(tmp_path, {"content/notice.md": text})

        assert words(built, "/") == f"{label} Words."
        assert built.page("/").css_first(f".notice--{level}") is not None

    def test_its_links_and_headings_suit_every_page(self, tmp_path: Path) -> None:
        """A link leads to its post from any page, and a heading becomes strong words."""
        text = "# It is off\n\n[Why]({filename}/posts/course.md)\n"

        built = build_site(tmp_path, {"content/notice.md": text})

        assert built.code == 0, built.report
        for address in ("/", "/blog/the-course/"):
            notice = built.page(address).css_first(".notice")
            assert notice is not None
            assert not notice.css("h1")
            assert [link.attributes["href"] for link in notice.css("a")] == ["/blog/the-course/"]

    def test_it_goes_by_itself(self, tmp_path: Path) -> None:
        """`until` is the last day on which it is shown."""
        text = "---\nlevel: cancelled\nuntil: 2027-03-01\n---\nOff.\n"
        shown = build_site(tmp_path, {"content/notice.md": text}, as_of="2027-03-01")

        gone = rebuild(tmp_path, as_of="2027-03-02")

        assert shown.page("/").css(".notice")
        assert not gone.page("/").css(".notice")

    def test_nobody_signs_up_for_what_is_called_off(self, tmp_path: Path) -> None:
        """The home page and the line above every page say so, without a button."""
        race = '"registration": {"link": "https://tickets.example/run"}, "place":'
        settings = SETTINGS.replace('"place":', race)
        files = {"pelicanconf.py": settings, "content/notice.md": OFF}

        built = build_site(tmp_path, files)

        assert "tickets.example" not in built.text("index.html")
        assert "There is no race on" in built.text("index.html")
        (line,) = built.page("/blog/").css(".raceline")
        assert "Cancelled:" in line.text()


class TestUrgency:
    """The news must get out."""

    def test_it_is_published_beside_five_mistakes(self, tmp_path: Path) -> None:
        """Every other mistake is printed and passed while the race is called off."""
        refused = build_site(tmp_path, BROKEN)
        before = refused.files

        built = build_site(tmp_path, {**BROKEN, "content/notice.md": OFF})

        assert (refused.code, before) == (1, {})
        assert refused.said == ""
        assert "5 problems in 4 files" in refused.report
        assert built.code == 0
        assert words(built, "/blog/the-course/").startswith("Cancelled Lightning.")
        assert built.report.count("warning: ") >= len(BROKEN)
        assert " problems would have stopped this." in built.report

    def test_a_broken_theme_does_not_stop_it(self, tmp_path: Path) -> None:
        """Where the site's own templates fail, Milepost's stand in for them."""
        files = {"theme/templates/base.html": "{% if %}", "content/notice.md": OFF}

        built = build_site(tmp_path, files)

        assert built.code == 0, built.report
        assert words(built, "/").startswith("Cancelled")
        assert "theme/templates/base.html has 1 warning." in built.report

    def test_settings_that_cannot_be_used_are_told(self, tmp_path: Path) -> None:
        """Without settings there is no site: one report, and no traceback."""
        settings = SETTINGS + "STATIC_PATHS = 5\n"

        built = build_site(tmp_path, {"pelicanconf.py": settings, "content/notice.md": OFF})

        assert built.code == 1
        assert "STATIC_PATHS must be a list" in built.report

    @pytest.mark.parametrize("level", ["info", "warning"])
    def test_other_news_can_wait(self, tmp_path: Path, level: str) -> None:
        """A notice that nobody's safety hangs on stops for a mistake as everything does."""
        notice = f"---\nlevel: {level}\n---\nWords.\n"

        built = build_site(tmp_path, {**BROKEN, "content/notice.md": notice})

        assert built.code == 1
        assert built.files == {}

    @pytest.mark.parametrize(
        "body",
        ["<script>alert(1)</script>", "[x](javascript:alert(1))"],
    )
    def test_what_keeps_people_safe_still_stops(self, tmp_path: Path, body: str) -> None:
        """A script in a post is published on no day."""
        files = {"content/posts/bad.md": post(body, title="Bad"), "content/notice.md": OFF}

        built = build_site(tmp_path, files)

        assert built.code == 1
        assert built.files == {}

    def test_a_notice_that_has_ended_is_not_urgent(self, tmp_path: Path) -> None:
        """Only while it stands."""
        ended = OFF.replace("level:", "until: 2027-02-01\nlevel:")

        built = build_site(tmp_path, {**BROKEN, "content/notice.md": ended})

        assert built.code == 1


class TestItsName:
    """What phones and editors make of the file's name."""

    @pytest.mark.parametrize("name", ["Notice.md", "notice.md.txt", "notice.txt", "NOTICE.MD"])
    def test_a_file_that_is_meant_is_read(self, tmp_path: Path, name: str) -> None:
        """News that nobody sees would be worse than a wrong name, which is told."""
        built = build_site(tmp_path, {f"content/{name}": OFF})

        assert words(built, "/").startswith("Cancelled")
        assert built.report == (
            f"content/{name} has 1 warning.\n\n"
            "  warning: it is shown, but it should be content/notice.md. Move or rename it.\n"
        )

    def test_a_file_beside_the_settings_is_read(self, tmp_path: Path) -> None:
        """Some begin at the top of what their host's editor shows."""
        built = build_site(tmp_path, {"notice.md": OFF})

        assert words(built, "/").startswith("Cancelled")
        assert "notice.md has 1 warning." in built.report

    def test_one_that_has_ended_is_mentioned(self, tmp_path: Path) -> None:
        """Whoever left an old day in it wonders why nothing shows."""
        old = OFF.replace("level:", "until: 2027-02-01\nlevel:")

        built = build_site(tmp_path, {"content/notice.md": old})

        assert not built.page("/").css(".notice")
        assert "it ended on 2027-02-01 and is not shown. Delete it, or mend the day." in (
            built.report
        )

    def test_html_in_it_is_words(self, tmp_path: Path) -> None:
        """What a page may not carry is shown as it was written, and the news gets out."""
        text = OFF + "<script>alert(1)</script> <b style='x'>at once</b>\n"

        built = build_site(tmp_path, {"content/notice.md": text})

        assert built.code == 0, built.report
        assert "<script>alert(1)</script>" in words(built, "/")
        assert "content/notice.md has 1 warning." in built.report

    def test_the_right_name_comes_first(self, tmp_path: Path) -> None:
        """A copy with another ending is left alone."""
        files = {"content/notice.md": "Right.", "content/notice.md.txt": "Old."}

        assert words(build_site(tmp_path, files), "/") == "Notice Right."
