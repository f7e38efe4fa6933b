"""Everything that a post or the settings name must exist."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from milepost.config import Config
from milepost.posts.post import Post, read_post
from milepost.problems import judged, report
from milepost.race.race import Race
from milepost.roster.load import Roster, read_roster
from milepost.rules.references import check_references
from milepost.source import Table, parse_yaml

SPONSORS = """\
sponsors:
  - {name: Acme, tier: title}
  - {name: Bank, tier: title, status: removed}
  - {name: Cafe, tier: title, url: nowhere}
"""


def post(*lines: str) -> Post:
    """Return a post with these lines above its text."""
    text = "\n".join(["---", "title: Hills", "date: 2027-03-01", *lines, "---", ""])
    found, problems = read_post(text, "posts/hills.md")
    assert found is not None, problems
    return found


def roster() -> Roster:
    """Return a list with a sponsor, one who has left, and one whose entry is broken."""
    node, _ = parse_yaml(SPONSORS, "sponsors.yaml")
    assert isinstance(node, Table)
    return read_roster(node)[0]


def config(presented_by: str | None = None) -> Config:
    """Return the settings of a race that somebody presents."""
    race = Race.model_construct(name="10K", date=date(2027, 5, 1), presented_by=presented_by)
    site = Path("site")
    return Config(folder=site, content=site, name="10K", url="https://race.example", race=race)


def said(*pages: Post, of: Roster | None = None, settings: Config | None = None) -> str:
    """Return the report on what these posts and the settings name."""
    names = ("post", "page", "landing")
    problems = check_references(pages, of or roster(), settings or config(), names)
    return report(judged(problems, {}))


KNOWN = [
    "wall: none",
    "sponsors: acme",
    "sponsors: [acme, bank]",
    "sponsors: cafe",
    "template: landing",
]


@pytest.mark.parametrize("line", [*KNOWN, "template: landing.html"])
def test_what_is_there_may_be_named(line: str) -> None:
    """Sponsors who have left or whose entry is broken are known all the same."""
    assert said(post(line)) == ""


UNKNOWN = {
    "a sponsor": ("sponsors: zoo", 'sponsors: "zoo" is not an id in sponsors.yaml.'),
    "a sponsor, misspelt": (
        "sponsors: [bank, acmee]",
        'sponsors: "acmee" is not an id in sponsors.yaml. Did you mean "acme"?',
    ),
    "a sponsor by its name": (
        "sponsors: Acme",
        'sponsors: "Acme" is not an id in sponsors.yaml. Did you mean "acme"?',
    ),
    "a template": ("template: zoo", "template zoo: there is no theme/templates/zoo.html."),
    "a template, misspelt": (
        "template: landng",
        'template landng: there is no theme/templates/landng.html. Did you mean "landing"?',
    ),
    "a picture without words": (
        "image: a.png",
        "image needs image_alt: what a reader who cannot see it should know.",
    ),
}


@pytest.mark.parametrize(("line", "message"), UNKNOWN.values(), ids=UNKNOWN)
def test_what_is_not_there_is_reported(line: str, message: str) -> None:
    """What a post names, and what is not there, is reported on its line, with a guess."""
    assert said(post(line)) == f'posts/hills.md has 1 problem.\n\n  line 4, "Hills": {message}\n'


def test_a_picture_with_words_is_fine() -> None:
    """A picture that is described is all right."""
    assert said(post("image: a.png", "image_alt: Two runners")) == ""


def test_who_presents_the_race_is_on_the_list() -> None:
    """A presenter who is no sponsor is reported in the settings."""
    assert said(settings=config("acme")) == ""
    assert said(settings=config("acmee")) == (
        'pelicanconf.py has 1 problem.\n\n  "RACE": presented_by "acmee" is not an id in '
        'sponsors.yaml. Did you mean "acme"?\n'
    )


def test_a_list_that_cannot_be_read_is_one_problem() -> None:
    """Nobody hears of every sponsor when it is the list that is broken."""
    broken = Roster(whole=False)

    assert said(post("sponsors: acme"), of=broken, settings=config("acme")) == ""
