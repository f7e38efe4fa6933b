"""The one report: its order, its words, and what a site may switch off."""

from __future__ import annotations

import pytest

from milepost.problems import (
    CHECKS,
    Problem,
    Severity,
    count,
    did_you_mean,
    has_errors,
    judged,
    quote,
    report,
)

SEVERITIES: tuple[Severity, ...] = ("error", "warning", "off")


def problem(
    message: str = "It is wrong.",
    *,
    check: str = "entry",
    file: str = "sponsors.yaml",
    line: int | None = None,
    subject: str = "",
) -> Problem:
    """Return a problem, about nothing in particular unless told."""
    return Problem(check=check, message=message, file=file, line=line, subject=subject)


def test_report_says_where_what_and_how_many() -> None:
    """Each problem has its line and entry, each file a count, and the files follow each other."""
    problems = [
        problem('tier "glod" is not one of title, gold.', line=14, subject="Hill & Dale"),
        problem("logo a.svg does not exist.", line=22, subject="Dental", check="logo"),
        problem("title is missing.", file="content/posts/a.md", line=2),
        problem("url http://a.example starts with http.", check="plain-http", line=3),
        problem("pages have no sitemap.", file="", check="final"),
    ]

    text = report(judged(problems, {}))

    assert text == (
        "The site has 1 problem.\n"
        "\n"
        "  pages have no sitemap.\n"
        "\n"
        "content/posts/a.md has 1 problem.\n"
        "\n"
        "  line 2: title is missing.\n"
        "\n"
        "sponsors.yaml has 2 problems and 1 warning.\n"
        "\n"
        "  warning: line 3: url http://a.example starts with http.\n"
        '  line 14, "Hill & Dale": tier "glod" is not one of title, gold.\n'
        '  line 22, "Dental": logo a.svg does not exist.\n'
    )


def test_report_of_nothing_is_empty() -> None:
    """A site without problems prints nothing, not even an empty line."""
    text = report(judged([], {}))

    assert text == ""


def test_line_to_paste_stands_below_the_message() -> None:
    """A second line of a message is indented, so that it is seen as a line of its own."""
    problems = [problem("there is no colon. Write:\nname: Bob", line=1)]

    text = report(judged(problems, {}))

    assert text.splitlines()[2:] == ["  line 1: there is no colon. Write:", "    name: Bob"]


def test_report_cannot_give_orders_to_a_terminal() -> None:
    """Control characters in a file's name, an entry's name or a message are made visible."""
    hostile = [problem("a\x1b[2Jb\x9b", file="a\x1b.md", subject="c\x1b\x07")]

    text = report(judged(hostile, {}))

    assert text == (
        'a\N{REPLACEMENT CHARACTER}.md has 1 problem.\n\n  "c\N{REPLACEMENT CHARACTER}'
        '\N{REPLACEMENT CHARACTER}": a\N{REPLACEMENT CHARACTER}[2Jb\N{REPLACEMENT CHARACTER}\n'
    )


def test_half_a_character_can_be_reported() -> None:
    """A file's name that is not UTF-8 does not break the report."""
    problems = [problem(file="caf\udce9.md")]

    text = report(judged(problems, {}))

    assert text.encode().startswith(b"caf")


def test_long_name_is_cut() -> None:
    """The name of an entry takes no more than a line of the report, whatever it is."""
    problems = [problem(subject="x" * 5000)]

    text = report(judged(problems, {}))

    assert f'"{"x" * 79}…": It is wrong.' in text


def test_problem_is_said_once() -> None:
    """Two passes that find the same thing do not say it twice."""
    problems = [problem(line=3), problem(line=3)]

    kept = judged(problems, {})

    assert len(kept) == 1


def test_order_does_not_hang_on_chance() -> None:
    """Problems of one place are ordered by all they say, so that every run prints the same."""
    problems = [problem(check=check) for check in ("reference", "address", "logo", "entry")]

    kept = judged(problems, {})

    assert [one.check for one in kept] == ["address", "entry", "logo", "reference"]


def test_lines_are_in_the_order_of_the_file() -> None:
    """Line 9 comes before line 10, and what has no line comes first."""
    problems = [problem(line=10), problem(line=9), problem()]

    kept = judged(problems, {})

    assert [one.line for one in kept] == [None, 9, 10]


@pytest.mark.parametrize("wanted", SEVERITIES)
def test_site_sets_the_severity_of_a_check(wanted: Severity) -> None:
    """A check can be made an error or a warning, or be switched off."""
    kept = judged([problem(check="words")], {"words": wanted})

    assert [one.severity for one in kept] == ([] if wanted == "off" else [wanted])


@pytest.mark.parametrize("check", [check.name for check in CHECKS.values() if check.fixed])
def test_check_that_keeps_people_safe_stays_an_error(check: str) -> None:
    """No setting makes these milder."""
    kept = judged([problem(check=check)], {check: "off"})

    assert [one.severity for one in kept] == ["error"]


@pytest.mark.parametrize(("check", "stops"), [("entry", True), ("plain-http", False)])
def test_only_an_error_stops_a_build(check: str, *, stops: bool) -> None:
    """Warnings are printed and passed."""
    kept = judged([problem(check=check)], {})

    assert has_errors(kept) is stops


@pytest.mark.parametrize(
    ("number", "noun", "many", "words"),
    [
        (0, "problem", "", "0 problems"),
        (1, "problem", "", "1 problem"),
        (2, "problem", "", "2 problems"),
        (12000, "entry", "entries", "12,000 entries"),
    ],
)
def test_number_has_its_noun(number: int, noun: str, many: str, words: str) -> None:
    """One problem, two problems."""
    assert count(number, noun, many) == words


@pytest.mark.parametrize(
    ("word", "guess"),
    [
        ("glod", ' Did you mean "gold"?'),
        ("GOLD", ' Did you mean "gold"?'),
        ("Title", ' Did you mean "title"?'),
        ("platinum", ""),
        ("", ""),
        ("g" * 100_000, ""),
    ],
)
def test_guess_is_the_nearest_known_word(word: str, guess: str) -> None:
    """A slip or a capital letter is guessed; a word of its own is not."""
    assert did_you_mean(word, ["title", "gold", "local"]) == guess


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("gold", '"gold"'),
        ("two\n  lines\there", '"two lines here"'),
        ("x" * 80, f'"{"x" * 80}"'),
        ("x" * 81, f'"{"x" * 79}…"'),
    ],
)
def test_value_is_shown_on_one_line(value: str, shown: str) -> None:
    """A value in a message is between quotation marks, on one line, and never endless."""
    assert quote(value) == shown
