"""Names in running text: right ones, almost right ones, and plain words that are none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from milepost.roster.names import Names, core, plain

ALL: Final = (
    "Acme Running",
    "Acme",
    "Hill & Dale Shoes",
    "88.3 The Wind",
    "chick-fil-a",
    "Jimmy Johns",
    "US Bank",
    "Sign Designs",
    "AMi Radio",
    "The Running Store",
    "Café Olé",
    "WalMart",
    "Koam",
    "JVM",
    "Globe",
    "Cheddars",
    "Fox14",
    "Homewood",
    "Mill",
    "O'Neill's",
    "Yahoo!",
    "Café",
    "Acorn Bakery",
    "Acorn Bakerys",
)


def found(text: str, *names: str) -> list[tuple[str, str, int]]:
    """Return (name, how it is written, line) of the names in a text."""
    names = names or ALL
    return [(one.name, one.written, one.line) for one in Names(names, names).find(text)]


def said(text: str) -> list[str]:
    """Return "right: name" or "written -> name" for the names in a text."""
    return [
        f"right: {one.name}" if one.is_right else f"{one.written} -> {one.name}"
        for one in Names(ALL, ALL).find(text)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Thanks to Acme Running!", ["right: Acme Running"]),
        ("Thanks to Acme.", ["right: Acme"]),
        ("Acme Running's shoes", ["right: Acme Running"]),
        ("Acme\u2019s shoes", ["right: Acme"]),
        ("**Acme** Running and *Acme*", ["right: Acme Running", "right: Acme"]),
        ("_Acme Running_", ["right: Acme Running"]),
        ("[Acme Running](https://acme.example)", ["right: Acme Running"]),
        ("by Acme\nRunning", ["right: Acme Running"]),
        ("> by Acme\n> Running", ["right: Acme Running"]),
        ("Hill &amp; Dale Shoes", ["right: Hill & Dale Shoes"]),
        ("O\u2019Neill\u2019s", ["right: O'Neill's"]),
        ("O'Neill's", ["right: O'Neill's"]),
        ("on Yahoo now", ["right: Yahoo!"]),
        ("Cafe\u0301 Ole\u0301", ["right: Café Olé"]),
        ("88.3 The Wind", ["right: 88.3 The Wind"]),
        ("by Koam, Fox14 and Globe", ["right: Koam", "right: Fox14", "right: Globe"]),
        ("Acorn Bakerys", ["right: Acorn Bakerys"]),
    ],
)
def test_a_right_name_is_found(text: str, expected: list[str]) -> None:
    """Emphasis, line ends, other apostrophes and a genitive are no mistakes; the longest counts."""
    assert said(text) == expected


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("acme running", "Acme Running"),
        ("ACME RUNNING", "Acme Running"),
        ("acme Running", "Acme Running"),
        ("Acme-Running", "Acme Running"),
        ("AcmeRunning", "Acme Running"),
        ("Acme Runing", "Acme Running"),
        ("Acme Runnning", "Acme Running"),
        ("Acme Runnign", "Acme Running"),
        ("Acme Runming", "Acme Running"),
        ("Akme Running", "Acme Running"),
        ("Hill and Dale Shoes", "Hill & Dale Shoes"),
        ("Hill & Dale Shoe", "Hill & Dale Shoes"),
        ("88.3 the Wind", "88.3 The Wind"),
        ("883 The Wind", "88.3 The Wind"),
        ("Chick-Fil-A", "chick-fil-a"),
        ("chick fil a", "chick-fil-a"),
        ("Jimmy John's", "Jimmy Johns"),
        ("U.S. Bank", "US Bank"),
        ("Us Bank", "US Bank"),
        ("Ami Radio", "AMi Radio"),
        ("Cafe Ole", "Café Olé"),
        ("Walmart", "WalMart"),
        ("walmart", "WalMart"),
        ("Wal-Mart", "WalMart"),
        ("KOAM", "Koam"),
        ("Jvm", "JVM"),
        ("Fox 14", "Fox14"),
        ("FOX14", "Fox14"),
        ("Homewod", "Homewood"),
        ("The Runing Store", "The Running Store"),
    ],
)
def test_an_almost_right_name_is_found(text: str, name: str) -> None:
    """With other capitals, accents, spaces, hyphens, apostrophes, "and", or one wrong letter."""
    assert said(f"thanks to {text} for it") == [f"{plain(text)} -> {name}"]


@pytest.mark.parametrize(
    "text",
    [
        "all over the globe and the mill",
        "Globes, globe, GLobAl",
        "a cheddar, two cheddars, Cheddar",
        "the word jvm",
        "at the cafe, or Cafe",
        "let us bank on it",
        "US. Bank",
        "an AM radio",
        "the sign design",
        "Acmerun Running",
        "Acme, Ruby Running",
        "Acma",
        "a fox, 14 of them",
        "fox14",
        "Fox15",
        "Hill Dale Shoes",
        "Mill Bridge and the Old Mill",
        "homewoods",
        "Jimmy\n\nJohns",
        "- Jimmy\n- Johns",
        "Jimmy, Johns",
        "Chick-fil-a",
        "",
        "&",
    ],
)
def test_plain_words_are_no_name(text: str) -> None:
    """Words of the language, parts of longer names and words of two sentences are left alone."""
    assert [one for one in said(text) if not one.startswith("right: Acme")] == []


def test_the_running_store_may_have_a_small_article() -> None:
    """Inside a sentence many write "the" small."""
    assert said("at the Running Store") == []


def test_every_name_has_its_line() -> None:
    """Lines are counted from the first."""
    text = "Acme\n\nby\nAcme Runing, Acme"

    assert found(text, "Acme", "Acme Running") == [
        ("Acme", "Acme", 0),
        ("Acme Running", "Acme Runing", 3),
        ("Acme", "Acme", 3),
    ]


def test_names_may_be_looked_for_as_they_are_only() -> None:
    """What is nobody's name today is no measure for others."""
    names = Names(["Acme Running", "Bolt Shoes"], ["Acme Running"])

    written = [one.written for one in names.find("Acme Runing, Bolt Shoe, Bolt Shoes")]

    assert written == ["Acme Runing", "Bolt Shoes"]


@pytest.mark.parametrize("name", ["!!!", "", "x" * 100_000, "x " * 100_000])
def test_strange_names_are_no_names(name: str) -> None:
    """What has no letters is not looked for, and what is endless neither."""
    assert found("x x x !!!", name) == []


@pytest.mark.parametrize(
    "text",
    ["Acme " * 100_000, "a" * 500_000, "Acme" + " " * 500_000, "\n" * 500_000, "Acme-" * 100_000],
)
def test_hostile_texts_take_no_time(text: str) -> None:
    """Time grows with the length of a text alone."""
    assert len(found(text)) <= 100_000


class Everywhere(Names):
    """The simple way: every word of a text is looked at as the first of a name."""

    def _starts(self, chunks: Sequence[str]) -> Iterator[tuple[int, int]]:
        for at, chunk in enumerate(chunks):
            for first in range(len(self._chunks.read(chunk))):
                yield at, first


WORDS: Final = sorted(
    {word for name in ALL for word in (*name.split(), *name.lower().split(), name.replace(" ", ""))}
    | {"A", "a", "the", "of", "US", "us", "run", "—", "&amp;", "&", "'s", "\u2019s", "Ac", "Fox"}
    | {
        "Runing",
        "Acne",
        "Acorns",
        "Signs",
        "Desings",
        "Jhonny",
        "Cafe\u0301",
        "\uff9e",
        "\u037a",
        "#1",
        "Hil",
    }
)
GAPS: Final = (
    " ",
    " ",
    " ",
    "\n",
    "\n\n",
    "-",
    ".",
    ", ",
    "",
    "*",
    "'s ",
    "\u00a0",
    "\u2003",
    " — ",
)

texts = st.lists(st.tuples(st.sampled_from(WORDS) | st.text(max_size=4), st.sampled_from(GAPS)))
names_of_texts = st.lists(
    st.sampled_from(ALL) | st.lists(st.sampled_from(WORDS), min_size=1, max_size=4).map(" ".join),
    min_size=1,
    max_size=8,
)


@given(names_of_texts, st.lists(texts, min_size=1, max_size=4))
def test_passing_over_dull_words_changes_nothing(
    names: list[str], several: list[list[tuple[str, str]]]
) -> None:
    """What is skipped in a hurry, also by what earlier texts have shown, begins no name."""
    near = names[::2]
    quick = Names(names, near)

    # Twice, since the second time all of their words are known.
    for pairs in (*several, *several):
        text = "".join(word + gap for word, gap in pairs)
        assert list(quick.find(text)) == list(Everywhere(names, near).find(text))


def test_a_name_that_begins_wrongly_is_found_again() -> None:
    """Also when all of its words are known from texts before."""
    names = Names(["Acme Running"], ["Acme Running"])

    written = [[one.written for one in names.find("by Acne Running, of Iowa")] for _ in range(2)]

    assert written == [["Acne Running"], ["Acne Running"]]


def test_a_name_begins_and_ends_with_a_letter_or_digit() -> None:
    """Signs around it belong to the sentence."""
    assert [core(name) for name in ("Yahoo!", "(Acme) Run.", "!!!")] == ["Yahoo", "Acme) Run", ""]
