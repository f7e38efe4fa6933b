"""Slips of people who have never seen YAML, and the line that they are given to paste."""

from __future__ import annotations

import pytest

from milepost.posts.post import read_post
from milepost.source import parse_yaml

HEAD = "sponsors:\n"

SLIPS = {
    "no space in the first line of an entry": (
        "  - name:Acme\n    tier: title\n",
        (2, "there is no space after the colon. Write:\n- name: Acme"),
    ),
    "a dash of a word processor": (
        "  – name: Acme\n    tier: title\n",
        (2, "the line begins with the dash of a word processor. Write:\n- name: Acme"),
    ),
    "a # between quotation marks inside a value": (
        '  - name: Acme, Inc: "The # One"\n    tier: title\n',
        (
            2,
            (
                "the value has a colon in it, which YAML takes for another key. Write:\n"
                "- name: 'Acme, Inc: \"The # One\"'"
            ),
        ),
    ),
}


@pytest.mark.parametrize(("text", "expected"), SLIPS.values(), ids=SLIPS)
def test_a_slip_is_explained_with_the_line_to_paste(text: str, expected: tuple[int, str]) -> None:
    """The one problem names the line in which the slip is, and loses nothing of it."""
    _, problems = parse_yaml(HEAD + text, "sponsors.yaml")

    assert [(problem.line, problem.message) for problem in problems] == [expected]


def test_an_open_bracket_at_the_end_is_told_on_its_own_line() -> None:
    """A file that ends in a bracket is reported on its last line, not below it."""
    _, problems = parse_yaml("sponsors: [\n", "sponsors.yaml")

    message = "a bracket is not closed, or a comma is missing inside brackets."
    assert [(problem.line, problem.message) for problem in problems] == [(1, message)]


@pytest.mark.parametrize(
    ("key", "instead"), [("draft: true", "status: draft"), ("layout: wide", "template:")]
)
def test_keys_of_other_programs_are_translated(key: str, instead: str) -> None:
    """Who comes from another program reads what to write here."""
    _, problems = read_post(f"---\ntitle: A\ndate: 2027-01-15\n{key}\n---\n", "content/posts/a.md")

    name = key.partition(":")[0]
    message = f'"{name}" is a key of other programs. Write `{instead}` instead.'
    assert [(problem.line, problem.message) for problem in problems] == [(4, message)]
