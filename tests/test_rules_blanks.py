"""Blanks that are left in a text, and what only looks like one."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from milepost import defaults
from milepost.posts.convert import Converter
from milepost.posts.links import Hypertext
from milepost.posts.post import Page, read_page
from milepost.posts.texts import Text
from milepost.problems import judged, report
from milepost.rules.blanks import check_blanks
from sites import build_site, post


def page(body: str, summary: str = "A page.") -> Page:
    """Return a page whose text begins on line 5 of its file."""
    found, problems = read_page(f"---\ntitle: Privacy\nsummary: {summary}\n---\n{body}", "a.md")
    assert found is not None, problems
    return found


def text(of: Page) -> Text:
    """Return a page's text, converted as a site does."""
    converter = Converter(defaults.MARKDOWN)
    return Text(
        body=Hypertext((converter.html(of.body),)),
        summary=Hypertext((converter.inline(of.matter.summary or ""),)),
        plain_summary="",
        button=None,
        image=None,
    )


def said(body: str, summary: str = "A page.") -> list[str]:
    """Return the lines of the report on a page's blanks."""
    found = page(body, summary)
    problems = check_blanks([found], {found.file: text(found)}, final=False)
    start = '  warning: line {}, "Privacy": the blank '
    lines = report(judged(problems, {})).splitlines()[2:]
    for number in range(1, 30):
        lines = [line.replace(start.format(number), f"{number}: ") for line in lines]
    return [line.removesuffix(" is not filled in yet.") for line in lines]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("[[a name]]", ["5: [[a name]]"]),
        ("Write to [[a]] or\n\ncall [[b]], [[c]].", ["5: [[a]]", "7: [[b]]", "7: [[c]]"]),
        ("## [[a]]", ["5: [[a]]"]),
        ("- one\n\n    [[in a list]]", ["7: [[in a list]]"]),
        ("> a\n> [[over\n> two lines]]", ["6: [[over two lines]]"]),
        ("| [[a]] | b |\n| --- | --- |\n| c | [[d]] |", ["5: [[a]]", "7: [[d]]"]),
        ("[[the *very* name]]", ["5: [[the very name]]"]),
        ("[[name & <b>day</b>]]", ["5: [[name & day]]"]),
        ("[[Q&amp;A]]", ["5: [[Q&A]]"]),
        ("[[a]]\n\n[[a]]", ["5: [[a]]", "7: [[a]]"]),
        ("[[[a]]]", ["5: [[a]]"]),
        ("[[…]]", ["5: [[…]]"]),
        ("![The [[place]]](a.png)", ["5: [[place]]"]),
        ("<div>\n[[a]]\n</div>", ["6: [[a]]"]),
        ("A note[^1]\n\n[^1]: By [[whom]].", ["7: [[whom]]"]),
        ("[[" + "very " * 30 + "long]]", ["5: [[" + "very " * 15 + "very…]]"]),
    ],
)
def test_a_blank_is_told_with_its_line_and_words(body: str, expected: list[str]) -> None:
    """Wherever it stands, its author finds it."""
    assert said(body) == expected


@pytest.mark.parametrize(
    "body",
    [
        "Nothing to fill in.",
        "Write `[[a blank]]` like this.",
        "    [[indented]]",
        "```\n[[fenced]]\n```",
        "~~~ python\n[[1, 2], [3]]\n~~~",
        "- one\n\n        [[code in a list]]",
        "<pre>[[as it is]]</pre>",
        "<!-- [[later]] -->",
        "[[a word]](https://race.example)",
        "[[see](https://race.example)]",
        "[the [a] word][[see]",
        "[[^1]]\n\n[^1]: A note.",
        "[[]] and [[ ]]",
        "[[one] two]",
        "a[[0], [1]]",
        "[[open, and never closed",
    ],
)
def test_what_is_code_or_a_link_is_none(body: str) -> None:
    """Two brackets alone make no blank."""
    assert said(body) == []


def test_code_before_it_does_not_hide_a_blank() -> None:
    """Only the code itself is passed over."""
    assert said("`[[a]]` and `x`\n\n[[b]]") == ["7: [[b]]"]


def test_a_blank_in_the_summary_is_told_with_its_line() -> None:
    """Lists and search engines show the summary."""
    assert said("Words.", '"For [[whom]], not `[[code]]`"') == ["3: [[whom]]"]


def test_the_text_is_not_asked_twice_where_there_is_no_summary() -> None:
    """A summary that is taken from the text has no blanks of its own."""
    found, _ = read_page("---\ntitle: Privacy\n---\n[[a]]", "a.md")
    assert found

    problems = check_blanks([found], {found.file: text(found)}, final=False)

    assert [problem.line for problem in problems] == [4]


def test_a_page_without_a_text_is_not_looked_at() -> None:
    """Drafts and what has expired are nobody's business."""
    assert check_blanks([page("[[a]]")], {}, final=False) == []


def test_many_brackets_take_no_time() -> None:
    """A hostile text is read as fast as any other."""
    hostile = "[[" * 100_000 + "<code" * 100_000 + "<!--" * 100_000
    found = page(hostile)
    words = replace(text(page("")), body=Hypertext((hostile,)))

    assert check_blanks([found], {found.file: words}, final=False) == []


@pytest.mark.parametrize(
    ("header", "number"),
    [
        ({}, 1),
        ({"status": "hidden"}, 1),
        ({"date": "2027-06-01"}, 1),
        ({"status": "draft"}, 0),
        ({"expires": "2027-02-01"}, 0),
    ],
    ids=["public", "hidden", "due later", "draft", "expired"],
)
def test_blanks_are_told_of_what_readers_see_now_or_later(
    tmp_path: Path, header: dict[str, str], number: int
) -> None:
    """The site is built, with a warning for what is public or will be."""
    built = build_site(tmp_path, {"content/posts/a.md": post("[[when]]", **header)})

    assert built.code == 0
    assert built.report.count("the blank [[when]] is not filled in yet.") == number


def test_a_final_build_may_not_have_one(tmp_path: Path) -> None:
    """Nobody publishes a page that is half written."""
    settings = 'from pelicanconf import *\nOUTPUT_PATH = "public"\n'
    files = {"publishconf.py": settings, "content/posts/a.md": post("Words.\n\n[[when]]")}

    built = build_site(tmp_path, files, final=True)

    assert built.code == 1
    assert built.report.startswith(
        "content/posts/a.md has 1 problem.\n\n"
        '  line 7, "A post": the blank [[when]] is not filled in yet.\n'
    )
