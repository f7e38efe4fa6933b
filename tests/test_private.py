"""The private file beside the sponsor list."""

from __future__ import annotations

from pathlib import Path

import pytest

from milepost.problems import judged, report
from milepost.roster.load import load_roster
from milepost.roster.private import PrivateList, load_private
from sites import build_site, write_site

PRIVATE = """\
sponsors:
  - name: Hill & Dale Shoes
    tier: title
    status: pending
private:
  acme-running:
    contacts: [{name: Jo Park, email: jo@acme.example, role: logo}]
    fee: $5,000
    ticks: [Logo on the shirt]
  hill-dale-shoes:
    note: Ask again in May.
"""


def read(folder: Path, text: str) -> tuple[PrivateList, str]:
    """Read a private file of the small site; return it with the report."""
    write_site(folder, {"sponsors.private.yaml": text})
    roster, _ = load_roster(folder)
    private, problems = load_private(folder, roster)
    return private, report(judged(problems, {}))


def test_a_site_needs_no_private_file(tmp_path: Path) -> None:
    """Without the file there is nothing private and no problem."""
    roster, _ = load_roster(write_site(tmp_path))

    assert load_private(tmp_path, roster) == (PrivateList(), [])


def test_pending_sponsors_and_notes_are_read(tmp_path: Path) -> None:
    """Sponsors that are not agreed on, contacts, fees and ticks may stand in the file."""
    private, problems = read(tmp_path, PRIVATE)

    assert problems == ""
    assert [sponsor.name for sponsor in private.pending] == ["Hill & Dale Shoes"]
    assert private.notes["acme-running"].contacts[0].email == "jo@acme.example"
    assert private.notes["acme-running"].ticks == ("Logo on the shirt",)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (
            "sponsors:\n  - name: Acorn\n    tier: title\n",
            'line 2, "Acorn": no build reads this file: only what has `status: pending` may stand here.',  # noqa: E501 - it is one line
        ),
        (
            "sponsors:\n  - {name: Acorn, tier: titel, status: pending}\n",
            'line 2, "Acorn": tier "titel" is not one of title, supporters. Did you mean "title"?',
        ),
        (
            "private:\n  acme-runing: {fee: 5}\n",
            'line 2: "acme-runing" is not the id of a sponsor. Did you mean "acme-running"?',
        ),
        (
            "privat:\n  acme-running: {fee: 5}\n",
            'line 1: "privat" is not a known key of this file. Did you mean "private"?',
        ),
        ("- a\n", "line 1: the file must begin with `sponsors:`."),
        ("sponsors: x\n", "line 1: sponsors must be a list: each begins with `- name:`."),
        ("private: x\n", "line 1: private must have the ids of sponsors as its keys."),
    ],
)
def test_mistakes_are_told_with_their_line(tmp_path: Path, text: str, line: str) -> None:
    """The private file is read as strictly as the public one."""
    _, problems = read(tmp_path, text)

    assert problems == f"sponsors.private.yaml has 1 problem.\n\n  {line}\n"


def test_the_site_is_the_same_without_the_private_file(tmp_path: Path) -> None:
    """No byte of the output comes from the private file."""
    (tmp_path / "with").mkdir()
    (tmp_path / "without").mkdir()

    with_it = build_site(tmp_path / "with", {"sponsors.private.yaml": PRIVATE})
    without = build_site(tmp_path / "without")

    assert with_it.files == without.files
