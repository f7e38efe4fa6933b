"""What a site says of its race from the first announcement to the results."""

from __future__ import annotations

from pathlib import Path

import pytest

from milepost.render.site import phone_href
from sites import SETTINGS, Built, build_site, post

RACE = (
    '"place": "Mill", "distances": [{"name": "10 km", "start": "8am"}], '
    '"registration": {"link": "https://tickets.example/run", "opens": "2027-02-01", '
    '"closes": "2027-04-15", "prices": [{"price": "$45", "until": "2027-03-01"}, '
    '{"price": "$55"}]}, "results": {2026: "{filename}/posts/results.md"}'
)
SETTINGS_OF_RACE = SETTINGS.replace('"place": "Riverside Park"', RACE)


def built_on(folder: Path, day: str, settings: str = SETTINGS_OF_RACE) -> Built:
    """Build a site with a race on 17 April 2027 and results of 2026."""
    results = post("Fast.", title="Results", date="2026-04-20")
    files = {"pelicanconf.py": settings, "content/posts/results.md": results}
    built = build_site(folder, files, as_of=day)
    assert built.code == 0, built.report
    return built


def start(built: Built) -> str:
    """Return the words of the first thing on the home page."""
    (found,) = built.page("/").css(".start")
    return " ".join(found.text().split())


@pytest.mark.parametrize(
    ("day", "says", "button"),
    [
        ("2027-01-31", "Registration opens on 1 February 2027. 10 km Start 8 am $45 until", False),
        ("2027-02-01", "Register Until 15 April 2027 10 km Start 8 am $45 until 1 March", True),
        ("2027-03-02", "Register Until 15 April 2027 10 km Start 8 am $55", True),
        ("2027-04-10", "Register Until 15 April 2027 $55", True),
        ("2027-04-15", "Register Until 15 April 2027 $55", True),
        ("2027-04-16", "Registration is closed.", False),
        ("2027-04-17", "It is race day.", False),
        ("2027-04-18", "The results will be here. Earlier: Results 2026", False),
    ],
)
def test_the_home_page_follows_the_calendar(
    tmp_path: Path,
    day: str,
    says: str,
    button: bool,  # noqa: FBT001
) -> None:
    """The button is there on every day on which one can sign up, in race week too."""
    built = built_on(tmp_path, day)

    assert says in start(built)
    links = [link.attributes["href"] for link in built.page("/").css("main a")]
    assert ("https://tickets.example/run" in links) is button


@pytest.mark.parametrize(("day", "first"), [("2027-04-09", False), ("2027-04-10", True)])
def test_race_day_comes_first_from_seven_days_before(
    tmp_path: Path,
    day: str,
    first: bool,  # noqa: FBT001
) -> None:
    """Where to be, and when, stands above the posts."""
    headings = [node.text() for node in built_on(tmp_path, day).page("/").css("main h2")]

    assert (headings[0] == "Race day") is first


def test_results_of_the_race_are_one_press_away(tmp_path: Path) -> None:
    """As soon as they are given, and those of other years below."""
    settings = SETTINGS_OF_RACE.replace("{2026:", '{2027: "https://results.example/27", 2026:')

    built = built_on(tmp_path, "2027-04-18", settings)

    (button,) = built.page("/").css(".joining .button")
    assert button.attributes["href"] == "https://results.example/27"
    assert "Earlier: Results 2026" in start(built)


def test_a_race_that_moved_says_from_when(tmp_path: Path) -> None:
    """Whoever has the old day in the calendar learns it."""
    status = '"status": "moved", "previous_dates": ["2027-03-20"], "place"'

    built = built_on(tmp_path, "2027-03-01", SETTINGS.replace('"place"', status))

    assert "New date. It was to be on 20 March 2027." in start(built)


@pytest.mark.parametrize("status", ["postponed", "cancelled"])
def test_nobody_signs_up_for_a_race_that_is_off(tmp_path: Path, status: str) -> None:
    """No page, and nothing for programs, leads to the tickets."""
    settings = SETTINGS_OF_RACE.replace('"place"', f'"status": "{status}", "place"', 1)

    built = built_on(tmp_path, "2027-03-01", settings)

    assert status.capitalize() in start(built)
    assert not [name for name, data in built.files.items() if b"tickets.example" in data]


def test_a_site_without_a_race_has_no_page_about_its_day(tmp_path: Path) -> None:
    """Unless somebody wrote one."""
    settings = "".join(line for line in SETTINGS.splitlines(keepends=True) if "RACE" not in line)
    words = "---\ntitle: Race day\nslug: race-day\n---\nCome.\n"

    without = build_site(tmp_path / "1", {"pelicanconf.py": settings})
    written = build_site(
        tmp_path / "2", {"pelicanconf.py": settings, "content/pages/day.md": words}
    )

    assert "race-day/index.html" not in without.files
    assert "Come." in written.text("race-day/index.html")


def test_one_s_own_words_stand_below_its_facts(tmp_path: Path) -> None:
    """A page of that slug adds to what the settings say."""
    words = "---\ntitle: Saturday\nslug: race-day\n---\nBring a smile.\n"

    built = build_site(tmp_path, {"content/pages/race-day.md": words})

    (main,) = built.page("/race-day/").css("main")
    text = " ".join(main.text().split())
    assert text.startswith("Saturday")
    assert text.index("Start") < text.index("Bring a smile.")


@pytest.mark.parametrize(
    ("written", "dialled"),
    [
        ("(417) 555-0142", "tel:4175550142"),
        ("+1 417.555.0142", "tel:+14175550142"),
        ("+44 (0)20 7946 0018", "tel:+442079460018"),
        ("911", "tel:911"),
        ("1-800-RUN-FAST", ""),
        ("(417) 555-0142 ext. 3", ""),
        ("(417) 555-0142 or (417) 555-0143", ""),
        ("417-555-0142 (6 am to 1 pm)", ""),
        ("ask at the desk", ""),
        ("", ""),
    ],
)
def test_a_phone_dials_only_what_is_certain(written: str, dialled: str) -> None:
    """A wrong number on race morning is worse than one to copy by hand."""
    assert phone_href(written) == dialled


@pytest.mark.parametrize(
    ("race", "says"),
    [
        ('"registration": "https://x.example"', 'write them between braces, as {"key": "value"}.'),
        ('"distances": [{"name": "10 km"}, {"name": "10 km"}]', 'that are called "10 km"'),
        ('"place": "A", "place": "B"', '"place" stands in it twice. Keep one.'),
        ('"presented_by": "acme"', 'line 5, "RACE": presented_by "acme" is not an id'),
        ('"status": "canceled"', 'Did you mean "cancelled"?'),
    ],
)
def test_a_mistake_in_the_race_is_clear(tmp_path: Path, race: str, says: str) -> None:
    """With what is allowed, and the line where there is one."""
    settings = SETTINGS.replace('"place": "Riverside Park"', race)

    built = build_site(tmp_path, {"pelicanconf.py": settings})

    assert built.code == 1
    assert says in built.report
