"""Values as they are written into YAML: plainly where that is safe, quoted elsewhere."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from milepost.roster.written import Unwritable, written
from milepost.source import parse_yaml, plain

texts = st.text(
    st.characters(exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff")
    | st.sampled_from("\n\t\r :#-'\"\\[]{},&*~"),
    min_size=1,
)

WRITTEN = {
    "a name": ("Acme Running", "Acme Running"),
    "letters of any alphabet": ("Zürich Löwenbräu 日本 😀", "Zürich Löwenbräu 日本 😀"),
    "a comma": ("Smith, Jones & Co", "Smith, Jones & Co"),
    "a web address": ("https://acme.example/run?a=1#top", "https://acme.example/run?a=1#top"),
    "a date": ("2027-03-14", "2027-03-14"),
    "a year": ("2019", "2019"),
    "a sign of a remark": ("Bob's #1 Pizza", '"Bob\'s #1 Pizza"'),
    "a colon": ("Acme: the shop", '"Acme: the shop"'),
    "a colon at the end": ("Acme:", '"Acme:"'),
    "an ampersand in front": ("& Sons", '"& Sons"'),
    "an asterisk in front": ("*Star* Gym", '"*Star* Gym"'),
    "an exclamation mark in front": ("!Viva", '"!Viva"'),
    "a percent sign in front": ("% Off", '"% Off"'),
    "a dash in front": ("- Acme", '"- Acme"'),
    "brackets": ("[Acme]", '"[Acme]"'),
    "quotation marks": ('"Best" Bakery', '"\\"Best\\" Bakery"'),
    "curly quotation marks": ("“Best Bakery”", '"“Best Bakery”"'),
    "a backslash": ("a\\b: c", '"a\\\\b: c"'),
    "blanks round it": (" Acme ", '" Acme "'),
    "several lines": ("One\nTwo\tThree", '"One\\nTwo\\tThree"'),
    "a line end of another kind": ("One\u2028Two", '"One\\u2028Two"'),
    "a blank of no width": ("Ac\ufeffme", '"Ac\\ufeffme"'),
    "nothing, to YAML": ("~", '"~"'),
    "null": ("null", '"null"'),
    "no, which YAML may type": ("no", '"no"'),
    "a time, which YAML may type": ("12:30", '"12:30"'),
    "a number, which YAML may type": ("88.3", '"88.3"'),
    "a number with a zero in front": ("007", '"007"'),
}

REFUSED = {
    "a control character": ("\x1b", "U+001B"),
    "a line end of mainframes": ("\x85", "U+0085"),
    "half a character": ("\ud800", "U+D800"),
    "no character": ("\uffff", "U+FFFF"),
}


@pytest.mark.parametrize(("value", "expected"), WRITTEN.values(), ids=WRITTEN)
def test_a_value_is_written_as_a_person_would(value: str, expected: str) -> None:
    """Quotation marks stand round a value only where YAML would misread it without them."""
    assert written(value) == expected


@pytest.mark.parametrize("shape", ["a:\n  k: {}\n  z: y\n", "a: {{k: {}, z: y}}\n"])
@given(texts)
def test_any_text_is_read_back_as_it_was(shape: str, value: str) -> None:
    """Whatever a sponsor is called, the list holds exactly that name, on one line."""
    source = written(value, flow="{{" in shape)

    node, problems = parse_yaml(shape.format(source), "sponsors.yaml")

    assert node is not None
    assert (plain(node), problems) == ({"a": {"k": value, "z": "y"}}, [])
    assert len(source.splitlines()) == 1


@pytest.mark.parametrize(("character", "name"), REFUSED.values(), ids=REFUSED)
def test_a_character_that_no_file_may_have_is_refused(character: str, name: str) -> None:
    """What could not be read again is refused by name, in a report that a terminal can show."""
    with pytest.raises(Unwritable) as refusal:
        written(f"Ac{character}me")

    assert str(refusal.value) == (
        f'"Ac\N{REPLACEMENT CHARACTER}me" has an invisible or broken character ({name}). '
        "Type it anew."
    )


def test_nothing_is_no_value() -> None:
    """An empty value is refused, with what to do to take a value away."""
    with pytest.raises(Unwritable) as refusal:
        written("")

    assert str(refusal.value) == (
        "there is no value to write. To take a value away, delete its line."
    )
