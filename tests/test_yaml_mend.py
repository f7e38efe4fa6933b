"""Lines that YAML misreads: what is said, and that the line to paste is read as it was meant."""

from __future__ import annotations

import re

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from milepost.source import Plain, parse_yaml, plain

LEFT, RIGHT = "\N{LEFT DOUBLE QUOTATION MARK}", "\N{RIGHT DOUBLE QUOTATION MARK}"
CURLY = "the quotation marks are curly ones of a word processor."
COLON = "the value has a colon in it, which YAML takes for another key."
NO_COLON = "there is no colon after the first word."
NO_SPACE = "there is no space after the colon."
INSIDE = "the value has quotation marks inside quotation marks, or text after them."
NO_PARTNER = "the quotation mark has no partner."
IN_BRACKETS = "a value inside the brackets needs quotation marks."
OPEN = "a bracket is not closed, or a comma is missing inside brackets."
TAB = "the line begins with a tab. Use spaces, two for each step."
BLANK_VALUE = "there is no value here. Write one, or delete the line."
INDENT = (
    "the line does not stand under the lines above it. Lines that belong together begin at the "
    "same column, and each entry of a list begins with a dash."
)
NO_YAML = "this is not YAML: a line is `key: value`, and an entry of a list begins with `- `."


def read(text: str) -> tuple[Plain | None, list[tuple[int | None, str]]]:
    """Return the values of a text, and the line and message of every problem."""
    node, problems = parse_yaml(text, "sponsors.yaml")
    values = None if node is None else plain(node)
    return values, [(problem.line, problem.message) for problem in problems]


def pasted(message: str) -> str | None:
    """Return the line that a message gives to paste."""
    return message.split("\n")[1] if "\n" in message else None


def begins(sign: str) -> str:
    """Return what is said of a value that begins with a sign."""
    return f"the value begins with {sign}, a sign that YAML keeps for itself."


def ends(value: str) -> str:
    """Return what is said of a value that a # has cut."""
    return (
        f'the value ends at "{value}": what follows # is a remark for YAML. If it is one, put a '
        "space after the #. If not,"
    )


class TestOneValue:
    """A value with a sign in it that YAML does not leave alone."""

    @pytest.mark.parametrize(
        ("written", "message", "line"),
        [
            ("Bob's #1 Pizza", ends("Bob's"), 'name: "Bob\'s #1 Pizza"'),
            (
                'The "#1" #1 Shop',
                ends('The "#1"'),
                "name: 'The \"#1\" #1 Shop'",
            ),
            ("*star*", begins("*"), 'name: "*star*"'),
            ("* star", begins("*"), 'name: "* star"'),
            ("@home", begins("@"), 'name: "@home"'),
            ("&and sons", begins("&"), 'name: "&and sons"'),
            ("& sons", begins("&"), 'name: "& sons"'),
            ("%off", begins("%"), 'name: "%off"'),
            ("`tick`", begins("`"), 'name: "`tick`"'),
            ("!bang", begins("!"), 'name: "!bang"'),
            ("!bang bang", begins("!"), 'name: "!bang bang"'),
            ("! bang", begins("!"), 'name: "! bang"'),
            ("| pipe", begins("|"), 'name: "| pipe"'),
            ("> more", begins(">"), 'name: "> more"'),
            ("], x", begins("]"), 'name: "], x"'),
            ("}", begins("}"), 'name: "}"'),
            (", and", begins(","), 'name: ", and"'),
            ("? who", begins("?"), 'name: "? who"'),
            ("[Sold out] 10 km", begins("["), 'name: "[Sold out] 10 km"'),
            ("Run: the race", COLON, 'name: "Run: the race"'),
            ("Run: the: race", COLON, 'name: "Run: the: race"'),
            ("Ends with:", COLON, 'name: "Ends with:"'),
            ('He said "hi": ok', COLON, "name: 'He said \"hi\": ok'"),
            (r"C:\dir: x", COLON, r'name: "C:\\dir: x"'),
            (f"{LEFT}Acme Running{RIGHT}", CURLY, 'name: "Acme Running"'),
            (f"{LEFT}Run: the race{RIGHT}", CURLY, 'name: "Run: the race"'),
            (f'{LEFT}Acme Running"', CURLY, 'name: "Acme Running"'),
            ("\u2018Acme Running\u2019", CURLY, 'name: "Acme Running"'),
            ("\u201eAcme Running\u201c", CURLY, 'name: "Acme Running"'),
            ("\u00abAcme Running\u00bb", CURLY, 'name: "Acme Running"'),
            ('"Run" the race', INSIDE, "name: '\"Run\" the race'"),
            ('"the "Run" race"', INSIDE, "name: 'the \"Run\" race'"),
            ("'it's on'", INSIDE, 'name: "it\'s on"'),
            ('"Run"!', INSIDE, "name: '\"Run\"!'"),
            (
                r'"C:\dir"',
                r"a \ between double quotation marks begins a special sign.",
                r'name: "C:\\dir"',
            ),
            ('"Run the race', NO_PARTNER, 'name: "Run the race"'),
            (f'"Run the race{RIGHT}', NO_PARTNER, 'name: "Run the race"'),
        ],
    )
    def test_message_gives_the_line_to_paste(self, written: str, message: str, line: str) -> None:
        """The line between two others is reported, and nothing else is."""
        _, problems = read(f"url: a\nname: {written}\ntier: gold\n")

        assert problems == [
            (2, f"{message} {'write' if message.endswith('not,') else 'Write'}:\n{line}")
        ]

    @pytest.mark.parametrize(
        ("written", "value"),
        [
            ("Bob's #1 Pizza", "Bob's #1 Pizza"),
            ("Bob's #1 # best", "Bob's #1"),
            ("*star", "*star"),
            ("&and", "&and"),
            ("!bang", "!bang"),
            ("@home # best", "@home"),
            ("Run: the race", "Run: the race"),
            (f"{LEFT}Acme{RIGHT}", "Acme"),
            ('"Run" the race', '"Run" the race'),
            ("'tis", "tis"),
        ],
    )
    def test_value_is_read_as_it_was_meant(self, written: str, value: str) -> None:
        """What comes later is judged as if the line had been mended: no report in a report."""
        values, _ = read(f"url: a\nname: {written}\ntier: gold\n")

        assert values == {"url": "a", "name": value, "tier": "gold"}

    @pytest.mark.parametrize(
        "written",
        [
            f"{LEFT}Acme{RIGHT} Running",
            f"Acme {LEFT}the{RIGHT} Runner",
            "Bob\u2019s",
            "\u2019Tis the season",
            f"{LEFT}Acme{RIGHT} and {LEFT}Dale{RIGHT}",
        ],
    )
    def test_curly_marks_inside_a_name_stay(self, written: str) -> None:
        """Only marks round the whole value are taken for the quotation marks of YAML."""
        assert read(f"name: {written}") == ({"name": written}, [])

    def test_remark_stays_a_remark(self) -> None:
        """The line to paste keeps the remark behind the value."""
        _, problems = read("name: @home # since 2019\n")

        assert pasted(problems[0][1]) == 'name: "@home" # since 2019'

    def test_name_that_begins_with_a_number_sign_is_not_lost(self) -> None:
        """For YAML the whole value is a remark, and there is none."""
        values, problems = read("name: #1 Nails\ntier: gold\n")

        assert values == {"name": "#1 Nails", "tier": "gold"}
        message = (
            "the value is empty: what follows # is a remark for YAML. If it is one, put a space "
            'after the #. If not, write:\nname: "#1 Nails"'
        )
        assert problems == [(1, message)]

    def test_apostrophe_has_two_readings(self) -> None:
        """A lone ' is a mark without its partner, or the first letter of a word."""
        _, problems = read("name: 'Tis the Season\ntier: gold\n")

        message = (
            f'{NO_PARTNER} Write:\nname: "Tis the Season"\n'
            'Or, if the mark is part of the text:\nname: "\'Tis the Season"'
        )
        assert problems == [(1, message)]

    def test_mark_that_closes_far_below_is_found_where_it_opened(self) -> None:
        """YAML stops at the next mark, entries later; the report names the line that is wrong."""
        text = '- name: "Acme\n  tier: gold\n- name: Dale\n  text: "hello"\n'

        assert read(text) == (
            [{"name": "Acme", "tier": "gold"}, {"name": "Dale", "text": "hello"}],
            [(1, f'{NO_PARTNER} Write:\n- name: "Acme"')],
        )

    def test_text_over_two_lines_may_be_quoted(self) -> None:
        """A fault further down is not blamed on quotation marks that close on the next line."""
        text = 'text: "hello\n  world"\nname: @home\n'

        assert [line for line, _ in read(text)[1]] == [3]

    def test_block_of_text_may_hold_anything(self) -> None:
        """A fault further down is not blamed on the words of a block."""
        text = 'text: |\n  He said: "hello\n  name: @home\nname: @home\n'

        assert [line for line, _ in read(text)[1]] == [4]

    def test_very_long_line_is_not_repeated(self) -> None:
        """A page of text in a message helps nobody."""
        _, problems = read(f"text: @{'x' * 500}\n")

        assert problems == [(1, f"{begins('@')} Put the value in quotation marks.")]

    @pytest.mark.parametrize(
        "text",
        ["text: We are\n  the #1 store\ntier: gold\n", "text: We are #1\n  in town\ntier: a\n"],
    )
    def test_text_over_two_lines_can_be_cut(self, text: str) -> None:
        """There is no one line to paste, so the report says what to do with all of them."""
        _, problems = read(text)

        assert [message.partition(": ")[2] for _, message in problems] == [
            "what follows # is a remark for YAML. Put all of it in quotation marks."
        ]


class TestBrackets:
    """Lists and keys inside brackets."""

    @pytest.mark.parametrize(
        ("written", "line"),
        [
            ("[Bob's #1, b]", 'tags: ["Bob\'s #1", b]'),
            ("[@a, b, %c]", 'tags: ["@a", b, "%c"]'),
            ("[a, `b`] # remark", 'tags: [a, "`b`"] # remark'),
            ("[#1, b]", 'tags: ["#1", b]'),
            ('["a, b", @c]', 'tags: ["a, b", "@c"]'),
            ("['a', \"b\"c]", "tags: ['a', '\"b\"c']"),
            ("{label: Get: it, url: x}", 'tags: {label: "Get: it", url: x}'),
            ('{"label": @a, url: "b, c"}', 'tags: {"label": "@a", url: "b, c"}'),
        ],
    )
    def test_each_value_that_needs_it_is_quoted(self, written: str, line: str) -> None:
        """The line to paste is the whole one, with all its values."""
        _, problems = read(f"tags: {written}\n")

        assert problems == [(1, f"{IN_BRACKETS} Write:\n{line}")]

    @pytest.mark.parametrize(
        ("written", "message", "line"),
        [
            ("[*a, *b]", begins("*"), 'tags: ["*a", "*b"]'),
            ("[!a b, c]", begins("!"), 'tags: ["!a b", c]'),
            (f"[{LEFT}a{RIGHT}, {LEFT}b{RIGHT}]", CURLY, 'tags: ["a", "b"]'),
            (f"{{a: {LEFT}b{RIGHT}}}", CURLY, 'tags: {a: "b"}'),
        ],
    )
    def test_one_line_is_reported_once(self, written: str, message: str, line: str) -> None:
        """Two values of one kind of fault give one report, with both mended."""
        _, problems = read(f"tags: {written}\n")

        assert problems == [(1, f"{message} Write:\n{line}")]

    def test_open_bracket_is_found_where_it_opened(self) -> None:
        """YAML stops a line later; the report names the line with the bracket."""
        assert read("tags: [a, b\ntier: gold\n") == (
            {"tags": ["a", "b"], "tier": "gold"},
            [(1, f"{OPEN} Write:\ntags: [a, b]")],
        )

    @pytest.mark.parametrize(
        "text",
        [
            "a: {b: c\nd: e\n",
            "a: [b, [c\nd: e\n",
            "a: [,\nd: e\n",
            "a: [b,,\nd: e\n",
            "a: [\n  b\nc: d\n",
        ],
    )
    def test_open_bracket_that_nobody_can_close_is_reported(self, text: str) -> None:
        """Where several lines are possible, none is offered."""
        assert read(text) == (None, [(1, OPEN)])

    def test_brackets_inside_brackets_are_not_guessed_at(self) -> None:
        """The report has no line to paste rather than a wrong one."""
        assert [pasted(message) for _, message in read("a: [b, [@c]]\n")[1]] == [None]


class TestLines:
    """Lines that are no `key: value` at all."""

    @pytest.mark.parametrize(
        ("text", "line", "message"),
        [
            ("name Bob\ntier: gold\n", 1, f"{NO_COLON} Write:\nname: Bob"),
            ("tier: gold\nname Bob\n", 2, f"{NO_COLON} Write:\nname: Bob"),
            ("- name Bob\n  tier: gold\n", 1, f"{NO_COLON} Write:\n- name: Bob"),
            ("tier: gold\nname Bob's #1\n", 2, f'{NO_COLON} Write:\nname: "Bob\'s #1"'),
            ("name:Bob\ntier: gold\n", 1, f"{NO_SPACE} Write:\nname: Bob"),
            ("- tier: gold\n  name:Bob\n", 2, f"{NO_SPACE} Write:\nname: Bob"),
            ("tier: a\nname:@home\n", 2, f'{NO_SPACE} Write:\nname: "@home"'),
            ("tier: a\nname:\u00a0Bob\n", 2, f"{NO_SPACE} Write:\nname: Bob"),
            ("sponsors:\n\t- name: A\n", 2, TAB),
            ("sponsors:\n  - name: A\n\ttier: gold\n", 3, TAB),
            ("sponsors:\n  - name: A\n   tier: gold\n", 3, INDENT),
            ("sponsors:\n  - name: A\n      tier: gold\n", 3, INDENT),
            ("sponsors:\n- name: A\n  tier: b\n - name: B\n", 4, INDENT),
            ("  name: A\n tier: b\n", 2, INDENT),
            ("name: A\n\n  tier: b\n", 3, INDENT),
            (": gold\n", 1, "there is no key before the colon."),
            (
                "tags: - a\n",
                1,
                begins("-")
                + ' For a list, begin each entry on a line of its own. Write:\ntags: "- a"',
            ),
            ("...\n", 1, NO_YAML),
            ("]\n", 1, NO_YAML),
        ],
    )
    def test_line_is_explained(self, text: str, line: int, message: str) -> None:
        """One fault is one report, on its own line, in words that say what to do."""
        assert read(text)[1] == [(line, message)]

    def test_faults_of_many_lines_are_found_together(self) -> None:
        """After each one the rest is read as if the line had been mended."""
        text = (
            "sponsors:\n"
            "  - name: Acme\n"
            "    tier gold\n"
            "  - name: 'Dale\n"
            "    text: Shoes: all\n"
            "    url: @home\n"
        )

        _, problems = read(text)

        assert sorted(line or 0 for line, _ in problems) == [3, 4, 5, 6]

    def test_line_is_not_blamed_twice(self) -> None:
        """A tab that also stands in the wrong column is one fault for its author."""
        assert len(read("sponsors:\n  - name: A\n\ttier: gold\n\turl: x\n")[1]) == 1


PIECES = st.sampled_from(
    [
        *("Bob", "a", "'s", " #1", "#", ": ", ":", " ", '"', "'", LEFT, RIGHT, "\u2018", "\u2019"),
        *"*&!%@`[]{},?|>\\~=_.$/()\u00ab\u00bb\u00e9\N{RUNNER}\N{NO-BREAK SPACE}",
        *("- ", "-", "---", "...", " # x", "null", "<<", "\t", "https://x.example", "12:30"),
    ]
)
VALUES = st.one_of(
    st.lists(PIECES, min_size=1, max_size=7).map("".join),
    st.text(
        st.characters(
            exclude_categories=("Cs", "Cc"), exclude_characters="\u2028\u2029\ufffe\uffff"
        ),
        min_size=1,
        max_size=12,
    ),
).map(str.strip)
PLACES = st.sampled_from(
    [
        "name: {}\n",
        "name: {}\ntier: gold\n",
        "tier: gold\nname: {}\n",
        "a:\n  - name: {}\n    b: c\n",
    ]
)


def in_place(text: str, number: int, line: str) -> str:
    """Return a text with one line replaced, indented as it was."""
    lines = text.split("\n")
    indent = re.match(" *", lines[number - 1])
    lines[number - 1] = (indent[0] if indent else "") + line
    return "\n".join(lines)


@settings(max_examples=400, derandomize=True, database=None, deadline=None)
@given(VALUES.filter(bool), PLACES)
def test_pasted_line_is_read_without_a_problem(written: str, place: str) -> None:
    """Whatever value is written, pasting the line of the report in its place mends it."""
    text = place.format(written)
    _, problems = read(text)

    for number, message in problems:
        line = pasted(message)
        if line is not None and number is not None:
            again = read(in_place(text, number, line))[1]
            assert [one for one in again if one[1] != BLANK_VALUE] == []


@settings(max_examples=400, derandomize=True, database=None, deadline=None)
@given(VALUES.filter(bool))
def test_value_is_what_was_typed(written: str) -> None:
    """Whatever begins with no quotation mark or bracket is read as just the text it is."""
    assume(written[0] not in f"\"'[{{|>#{LEFT}{RIGHT}\u2018\u00ab\u00bb")
    assume(not re.search(r"[ \t]#", written) and written.lower() not in {"~", "null"})
    assume(written[-1] not in f"{LEFT}{RIGHT}\u2018\u2019\u00ab\u00bb")
    assume(not (written[0] in "!&" and re.search(r"\s[\"'|>\[{]|[\"'\[{]", written)))
    assume("\ufeff" not in written and "\u00a0" not in written)

    values, _ = read(f"name: {written}\n")

    assert values == {"name": written}


@settings(max_examples=400, derandomize=True, database=None, deadline=None)
@given(st.lists(st.one_of(PIECES, st.sampled_from(["\n", "\n  ", "\n- ", "name: "])), max_size=40))
def test_any_text_is_answered(pieces: list[str]) -> None:
    """Nothing crashes the reader, and what it cannot read it explains."""
    values, problems = read("".join(pieces))

    assert values is not None or problems or not "".join(pieces).partition("#")[0].strip(" \t\n.-")
