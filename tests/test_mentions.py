"""Where a sponsor stands in an organiser's own words: found by name, id and address."""

from __future__ import annotations

from pathlib import Path

import pytest

from milepost.roster.load import load_roster
from milepost.roster.mentions import Wanted, mentions, mentions_in
from sites import post, write_site

WANTED = Wanted(sponsor_id="acme", names=("Acme & Sons' Shoes", "Acme"))


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("Thanks to Acme!", [1]),
        ("ACME and acme", [1]),
        ("one\n\nAcme\nfour\n**Acme**", [3, 5]),
        ("Acme's tent", [1]),
        ("Acmeville, Placme", []),
        ("https://acme.example, ![](/logos/acme.svg), jo@acme.example, /acme/", []),
        ("the Acme-made shirt of Acme. The end", [1]),
        ("Acme &\n  Sons\N{RIGHT SINGLE QUOTATION MARK}\nShoes", [1]),
        ("Sons' Shoes, Acme &amp; Sons' Shoes", [1]),
        ("", []),
    ],
)
def test_names_are_found_as_whole_words(text: str, lines: list[int]) -> None:
    """Neither capitals nor the end of a line hide a name, and no longer word has it."""
    found = mentions_in(text, "content/posts/a.md", WANTED)

    assert [(mention.kind, mention.line) for mention in found] == [("name", at) for at in lines]


def test_a_longer_name_is_not_the_old_one() -> None:
    """Whoever was Acme and is Acme Running stands in the first line by its new name."""
    wanted = Wanted(sponsor_id="acme", names=("Acme",), unless="Acme Running")

    found = mentions_in("Acme Running, acme\nrunning\nAcme runs", "content/a.md", wanted)

    assert [mention.line for mention in found] == [3]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("[them](/sponsors/acme/)", True),
        ("[them](../sponsors/acme)", True),
        ("[them](/sponsors/#mark-acme)", True),
        ("[others](/sponsors/acme-2/)", False),
    ],
)
def test_links_to_its_page_are_found(text: str, *, found: bool) -> None:
    """A link breaks when the page goes."""
    wanted = Wanted(sponsor_id="acme", names=())

    assert [mention.kind for mention in mentions_in(text, "content/a.md", wanted)] == (
        ["page"] if found else []
    )


def test_a_whole_site_is_looked_through(tmp_path: Path) -> None:
    """Texts that are public or not, the notice, own templates, the settings and the list."""
    write_site(
        tmp_path,
        {
            "content/posts/course.md": post(status="draft", sponsors="[other, acme]"),
            "content/posts/old.md": "Title: Old\nDate: 2020-01-01\nSponsors: acme\n\nAcme.\n",
            "content/posts/broken.md": "---\ntitle: [\n---\nAcme.\n",
            "content/notice.md": "Acme has burnt down.",
            "content/logos/acme.svg": "<svg>Acme</svg>",
            "theme/templates/foot.html": "<p>\nAcme",
            "pelicanconf.py": 'RACE = {"presented_by": "acme"}\nMENU = [("Acme", "/")]',
            "sponsors.yaml": (
                "sponsors:\n  - {id: acme, name: Acme, tier: title, text: Acme runs.}\n"
                "  - {name: Bo, tier: title, text: A shop of Acme.}\n"
                "  - {name: Cy, tier: title, text: A foe of Acme., status: removed}\n"
            ),
        },
    )
    roster, _ = load_roster(tmp_path)

    found = mentions(tmp_path, roster, Wanted(sponsor_id="acme", names=("Acme",)))

    assert [(mention.kind, mention.text()) for mention in found] == [
        ("name", "content/notice.md, line 1: Acme has burnt down."),
        ("name", "content/posts/broken.md, line 4: Acme."),
        ("credit", "content/posts/course.md, line 5: sponsors: [other, acme]"),
        ("credit", "content/posts/old.md, line 3: Sponsors: acme"),
        ("name", "content/posts/old.md, line 5: Acme."),
        ("name", "theme/templates/foot.html, line 2: Acme"),
        ("presenter", 'pelicanconf.py, line 1: RACE = {"presented_by": "acme"}'),
        ("name", 'pelicanconf.py, line 2: MENU = [("Acme", "/")]'),
        ("name", 'sponsors.yaml, line 2: text of "Acme"'),
        ("name", 'sponsors.yaml, line 3: text of "Bo"'),
    ]
