"""Reading people's files: what is text, what is YAML, and on which line everything stands."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from milepost.source import (
    LIMIT,
    Listing,
    Plain,
    Scalar,
    Table,
    find_line,
    parse_yaml,
    plain,
    read_text,
)

NO_VALUE = "there is no value here. Write one, or delete the line."
LABEL = "there is a label or type of YAML's own here, which is not used. Delete it."
SIGN = "the value begins with &, a sign that YAML keeps for itself."
TOO_DEEP = "lists and keys stand inside each other more than 20 deep here."


def said(text: str, first_line: int = 1) -> list[tuple[int | None, str]]:
    """Return the line and the message of every problem of a YAML text."""
    _, problems = parse_yaml(text, "sponsors.yaml", first_line)
    return [(problem.line, problem.message) for problem in problems]


def values(text: str) -> Plain | None:
    """Return the plain values of a YAML text."""
    node, _ = parse_yaml(text, "sponsors.yaml")
    return None if node is None else plain(node)


def read(tmp_path: Path, data: bytes) -> tuple[str | None, list[tuple[int | None, str]]]:
    """Write bytes into a file and read it."""
    path = tmp_path / "sponsors.yaml"
    path.write_bytes(data)
    text, problems = read_text(path, "sponsors.yaml")
    return text, [(problem.line, problem.message) for problem in problems]


class TestText:
    """What is in a file is text, whatever wrote it."""

    @pytest.mark.parametrize(
        "data",
        [
            b"a: 1\nb: 2\n",
            b"\xef\xbb\xbfa: 1\nb: 2\n",
            b"a: 1\r\nb: 2\r\n",
            b"a: 1\rb: 2\r",
            b"\xef\xbb\xbfa: 1\r\nb: 2\n",
        ],
        ids=["Unix", "byte-order mark", "Windows", "old Mac", "mark and mixed"],
    )
    def test_every_editor_writes_the_same_text(self, tmp_path: Path, data: bytes) -> None:
        """Byte-order marks and all kinds of line ends read fine."""
        assert read(tmp_path, data) == ("a: 1\nb: 2\n", [])

    @pytest.mark.parametrize(
        ("data", "line", "message"),
        [
            (
                b"a: 1\nb: caf\xe9\n",
                2,
                "this is not UTF-8 text. Save the file again with the encoding UTF-8.",
            ),
            (
                "a: 1\n".encode("utf-16"),
                1,
                "the file is saved as UTF-16. Save it again as UTF-8.",
            ),
            (
                "a: 1\n".encode("utf-16-be"),
                1,
                "the file is saved as UTF-16. Save it again as UTF-8.",
            ),
            (
                "a: 1\n".encode("utf-16-le"),
                1,
                "the file is saved as UTF-16. Save it again as UTF-8.",
            ),
            (
                b"a: 1\r\nb: \x00\r\n",
                2,
                "there is an invisible control character (U+0000). Delete it.",
            ),
            (
                b"a: \x1b[2J\n",
                1,
                "there is an invisible control character (U+001B). Delete it.",
            ),
            (
                b"a: x\x0by\n",
                1,
                "there is an invisible control character (U+000B). Delete it.",
            ),
            (
                "a: x\x92y\n".encode(),
                1,
                "there is an invisible control character (U+0092). Delete it.",
            ),
            (
                "a: 1\nb: x\u2028y\n".encode(),
                2,
                "there is an invisible control character (U+2028). Delete it.",
            ),
        ],
    )
    def test_what_is_no_text_is_refused(
        self, tmp_path: Path, data: bytes, line: int, message: str
    ) -> None:
        """The report says on which line the first wrong byte is, and what to do."""
        assert read(tmp_path, data) == (None, [(line, message)])

    def test_every_invisible_character_has_its_line(self, tmp_path: Path) -> None:
        """Nobody has to find them one at a time."""
        _, problems = read(tmp_path, b"a: \x01\nb: 2\nc: \x02\n")

        assert [line for line, _ in problems] == [1, 3]

    def test_file_full_of_control_characters_is_reported_in_short(self, tmp_path: Path) -> None:
        """A picture that was renamed does not fill the screen."""
        _, problems = read(tmp_path, b"\n\x01" * 5000)

        assert len(problems) == 20

    def test_large_file_is_not_read(self, tmp_path: Path) -> None:
        """Two mebibytes are no sponsor list."""
        text, problems = read(tmp_path, b"#" * 2 * LIMIT)

        assert (text, problems) == (
            None,
            [(None, "the file has 2.0 MiB; a text file may have 1 MiB.")],
        )

    def test_file_of_the_largest_size_is_read(self, tmp_path: Path) -> None:
        """The limit itself is allowed."""
        text, problems = read(tmp_path, b"#" * LIMIT)

        assert (len(text or ""), problems) == (LIMIT, [])

    def test_file_that_is_gone_is_reported(self, tmp_path: Path) -> None:
        """A file that somebody deletes meanwhile is a problem, and no crash."""
        _, problems = read_text(tmp_path / "a.md", "content/posts/a.md")

        assert [problem.message for problem in problems] == [
            "the file cannot be read: No such file or directory."
        ]

    @pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such files")
    def test_pipe_is_not_waited_for(self, tmp_path: Path) -> None:
        """What is no file is not opened: reading a pipe would never end."""
        pipe = tmp_path / "a.md"
        os.mkfifo(pipe)

        text, problems = read_text(pipe, "content/posts/a.md")

        assert (text, [problem.message for problem in problems]) == (None, ["this is not a file."])

    @pytest.mark.parametrize(
        ("needle", "first_line", "line"),
        [("b", 1, 2), ("b", 10, 11), ("x", 1, None), ("", 1, None), ("a", 5, 5)],
    )
    def test_words_are_found_by_line(self, needle: str, first_line: int, line: int | None) -> None:
        """A word is found on its first line, counted as the file counts."""
        assert find_line("a\nb\nb\n", needle, first_line) == line


class TestValues:
    """Every value is the text that was written."""

    @pytest.mark.parametrize(
        "written",
        [
            "no",
            "yes",
            "on",
            "true",
            "1_000",
            "12:30",
            "010",
            "0x10",
            "1e5",
            ".inf",
            ".nan",
            "2027-03-14",
            "-1",
            "=",
            "<<",
            "a]",
            "Bob's",
            'say "hi"',
            "http://a.example:80/?b#c",
            "C#",
            "#1"[::-1],
            "a - b",
            "50% off",
            "R&D",
            "you!",
            "\N{RUNNER}",
        ],
    )
    def test_plain_value_is_not_typed(self, written: str) -> None:
        """YAML alone would make false, 750, 8 and infinity of some of these."""
        assert (values(f"name: {written}"), said(f"name: {written}")) == ({"name": written}, [])

    @pytest.mark.parametrize(
        ("written", "value"),
        [
            ("'it''s'", "it's"),
            (r'"a \"b\" \u00e9"', 'a "b" é'),
            ('"#1 * & : "', "#1 * & : "),
            ("|\n  a\n  b", "a\nb\n"),
            (">\n  a\n  b # c", "a b # c\n"),
            ("a\n  b", "a b"),
            ("a # remark", "a"),
            ("a #", "a"),
            ("a ## b", "a"),
            ('"a" # remark', "a"),
        ],
    )
    def test_yaml_has_many_ways_to_write(self, written: str, value: str) -> None:
        """Quotation marks, blocks of text and remarks read as YAML means them."""
        assert (values(f"name: {written}\n"), said(f"name: {written}\n")) == ({"name": value}, [])

    def test_lists_and_keys_know_their_lines(self) -> None:
        """A problem found later can be shown on its own line."""
        node, _ = parse_yaml("# top\na: 1\nb:\n  - x\n  - c: y\n", "sponsors.yaml", first_line=10)

        assert node == Table(
            (
                (Scalar("a", 11), Scalar("1", 11)),
                (
                    Scalar("b", 12),
                    Listing(
                        (Scalar("x", 13), Table(((Scalar("c", 14), Scalar("y", 14)),), 14, 14)),
                        13,
                    ),
                ),
            ),
            11,
            14,
        )

    def test_table_ends_where_its_last_value_ends(self) -> None:
        """A block of text of three lines ends on its third."""
        node, _ = parse_yaml("a: 1\nb: |\n  x\n  y\n", "sponsors.yaml")

        assert isinstance(node, Table)
        assert node.last_line >= 4

    @pytest.mark.parametrize("text", ["", "\n\n", "# a remark\n", "---\n# a remark\n...\n"[4:15]])
    def test_text_without_a_value_is_none(self, text: str) -> None:
        """An empty file is no fault of the reader; whoever needs a value says so."""
        assert (values(text), said(text)) == (None, [])

    def test_table_is_looked_up_by_key(self) -> None:
        """A key that is not there has no value, and the line of its table."""
        node, _ = parse_yaml("a: 1\nb: 2\n", "sponsors.yaml", first_line=5)

        assert isinstance(node, Table)
        assert (node.get("b"), node.get("c")) == (Scalar("2", 6), None)
        assert (node.line_of("b"), node.line_of("c")) == (6, 5)


class TestRefused:
    """What YAML allows and no organiser means."""

    @pytest.mark.parametrize(
        "written", ["", " ", "~", "null", "Null", "NULL", '""', "''", "# later", "|", ">-"]
    )
    def test_empty_value_is_refused(self, written: str) -> None:
        """Nobody can tell whether a value was forgotten."""
        text = f"a: 1\nname: {written}\nb: 2\n"

        assert (said(text), values(text)) == ([(2, NO_VALUE)], {"a": "1", "name": "", "b": "2"})

    def test_empty_entry_of_a_list_is_refused(self) -> None:
        """A dash alone is reported on its own line."""
        assert said("tags:\n  - a\n  -\n  - b\n") == [(3, NO_VALUE)]

    def test_repeated_key_is_refused(self) -> None:
        """YAML alone would let the last one win in silence; the first is kept, and both named."""
        text = "name: A\ntier: gold\nname: B\n"

        assert said(text) == [(3, '"name" stands here a second time, first on line 1. Keep one.')]
        assert values(text) == {"name": "A", "tier": "gold"}

    @pytest.mark.parametrize(
        "text",
        [
            "tiers: &all\n  - a\n",
            "tiers: !!set\n  a: b\n",
            "tiers: !!str\n  - a\n",
            '&a name: "B"\n',
            'name: !!str "B"\n',
            "name: &a |\n  B\n",
            "- !!python/object/apply:os.system [ls]\n",
        ],
    )
    def test_label_or_type_is_refused(self, text: str) -> None:
        """Anchors and tags are the ways in which YAML has hurt people; none is needed here."""
        assert said(text) == [(1, LABEL)]

    def test_alias_is_no_copy(self) -> None:
        """A "billion laughs" file is text that begins with a sign, and stays as small as it is."""
        text = "a: &a x\nb: [*a, *a]\n"

        assert values(text) == {"a": "&a x", "b": ["*a", "*a"]}
        assert said(text) == [
            (1, f'{SIGN} Write:\na: "&a x"'),
            (2, f'{SIGN.replace("&", "*")} Write:\nb: ["*a", "*a"]'),
        ]

    def test_second_document_is_refused(self) -> None:
        """A line --- in the middle would hide everything below it."""
        text = "name: A\n---\nname: B\n"

        assert said(text) == [(2, "a line --- begins a second document. Delete that line.")]
        assert values(text) == {"name": "A"}

    def test_text_below_the_end_of_a_document_is_refused(self) -> None:
        """So would a line of three dots."""
        assert said("name: A\n...\nname: B\n") == [
            (3, "a line above with --- or ... ends the list before this line. Delete that line.")
        ]

    @pytest.mark.parametrize("text", ["[a]: 1\n", "{a: b}: 1\n", "? - a\n: 1\n"])
    def test_key_is_a_word(self, text: str) -> None:
        """A list as a key is a slip of the brackets."""
        assert said(text) == [(1, "the key is not a word.")]

    def test_special_blank_beside_a_key_is_refused(self) -> None:
        """A no-break space copied from a web page looks like any other."""
        text = "a: 1\n\N{NO-BREAK SPACE}tier: gold\n"

        message = (
            'there is a special blank beside "tier", as web pages and word processors have them. '
            "Type the line anew."
        )
        assert said(text) == [(2, message)]
        assert values(text) == {"a": "1", "tier": "gold"}

    @pytest.mark.parametrize(
        ("written", "code"),
        [(r'"a\x07b"', "0007"), (r'"\0"', "0000"), (r'"\e[2J"', "001B"), (r'"\x9b2J"', "009B")],
    )
    def test_control_character_cannot_come_in_by_its_code(self, written: str, code: str) -> None:
        """A feed with a control character in it is read by no feed reader."""
        assert said(f"name: {written}") == [
            (1, f"there is an invisible control character (U+{code}). Delete it.")
        ]


class TestHostile:
    """Input that is made to break a reader is answered in one line."""

    @pytest.mark.parametrize(
        "text",
        [
            "a: " + "[" * 5000,
            "a: " + "[" * 5000 + "]" * 5000,
            "a: " + "{" * 5000,
            "a: " + "{a: " * 5000,
            "- " * 5000 + "a",
            "".join(" " * depth + "a:\n" for depth in range(1000)),
            "? " * 5000,
        ],
    )
    def test_nesting_has_an_end(self, text: str) -> None:
        """No recursion error: lists inside lists are refused before they are that deep."""
        assert [message for _, message in said(text)] == [TOO_DEEP]

    def test_nesting_of_twenty_is_read(self) -> None:
        """The limit is far above what any entry needs."""
        assert said("a: " + "[" * 19 + "b" + "]" * 19) == []

    @pytest.mark.parametrize(
        "text",
        [
            "a" + " " * 300_000 + ":" + " " * 300_000 + "b",
            "a " * 300_000 + ": @",
            "a: x" + " #b" * 200_000,
            "a: " + '"' * 600_000,
            'a: "b' + ' "' * 300_000,
            "\t" * 600_000,
            ": " * 300_000,
            "a:" * 300_000,
            "a: [" + "\N{LEFT DOUBLE QUOTATION MARK}b\N{RIGHT DOUBLE QUOTATION MARK}," * 60_000,
            "a: [" + "*b," * 60_000 + "]",
            "a: [" + "b" * 600_000 + "[",
            "a: {" + "b: !c d, " * 60_000 + "}",
            "".join(f"k{number}: *v\n" for number in range(30_000)),
            "".join(f"k{number}: a #b\n" for number in range(30_000)),
            "".join(f"k{number}: a: b\n" for number in range(30_000)),
            "a: 1\n" * 20_000 + "b: a: b\n" * 300,
            "---\n" * 150_000,
            'a: "\n' * 100_000,
        ],
        ids=lambda text: text[:12],
    )
    def test_long_text_is_read_in_linear_time(self, text: str) -> None:
        """Each of these would take minutes if any part took time by the square of its length."""
        _, problems = parse_yaml(text, "sponsors.yaml")

        assert problems

    def test_wide_table_is_looked_up_at_once(self) -> None:
        """A table of 100,000 keys answers 100,000 questions."""
        node, _ = parse_yaml("".join(f"k{n}: v\n" for n in range(30_000)), "sponsors.yaml")

        assert isinstance(node, Table)
        assert sum(node.line_of(f"k{number}") for number in range(30_000)) == 450_015_000

    def test_many_faults_are_reported_together(self) -> None:
        """A list with a fault in each of twenty entries is reported in one go."""
        text = "sponsors:\n" + "".join(f"  - name: @{n}\n    tier: gold\n" for n in range(20))

        assert [line for line, _ in said(text)] == [2 * n + 2 for n in range(20)]

    def test_line_separators_inside_a_text_do_no_harm(self) -> None:
        """The parser ends a line at these and an editor does not; nothing is looked up beyond."""
        assert parse_yaml("a: x\x85\u2028b: @\u2029", "sponsors.yaml")[1]
