"""The lines above a post's text, in both forms, and what they may say."""

from __future__ import annotations

import pytest

from milepost import schema
from milepost.posts.frontmatter import PageMatter, PostMatter, split, take_extra
from milepost.problems import Problem
from milepost.source import plain

FILE = "content/posts/hills.md"
NO_TITLE = """\
there is no title above the text. Begin the file with lines like these:
---
title: Packet pickup
date: 2027-03-14
---"""


def said(problems: list[Problem]) -> list[tuple[int | None, str]]:
    """Return the line and the sentence of each problem."""
    return [(problem.line, problem.message) for problem in problems]


def matter_of(*lines: str) -> PostMatter:
    """Return what these lines say above a post, besides a title and a date."""
    header, _ = split("\n".join(["---", "title: A", "date: 2027-03-14", *lines, "---", ""]), FILE)
    assert header is not None
    matter, problems = schema.read(PostMatter, header.node, FILE, noun="post")
    assert matter is not None, problems
    return matter


def refused(*lines: str, model: type[PageMatter] = PostMatter) -> list[tuple[int | None, str]]:
    """Return what is said of these lines; the first of them stands on line 2."""
    header, problems = split("\n".join(["---", *lines, "---", ""]), FILE)
    assert header is not None
    noun = "post" if model is PostMatter else "page"
    _, faults = schema.read(model, header.node, FILE, noun=noun)
    return said([*problems, *faults])


SPLIT = {
    "fenced": ("---\ntitle: A\n---\nWords.\n", {"title": "A"}, "Words.\n", 4),
    "fenced, after empty lines": ("\n\n---\ntitle: A\n---\nWords.", {"title": "A"}, "Words.", 6),
    "fenced, blanks behind the hyphens": (
        "--- \ntitle: A\n---\t\nWords.",
        {"title": "A"},
        "Words.",
        4,
    ),
    "fenced, a list": ("---\ntags: [a, b]\n---\n", {"tags": ["a", "b"]}, "", 4),
    "fenced, nothing in it": ("---\n---\nWords.", {}, "Words.", 3),
    "fenced, a rule in the body": (
        "---\na: b\n---\nOne\n\n---\n\nTwo",
        {"a": "b"},
        "One\n\n---\n\nTwo",
        4,
    ),
    "fenced, a body like a header": (
        "---\na: b\n---\nUpdate: moved",
        {"a": "b"},
        "Update: moved",
        4,
    ),
    "plain": (
        "Title: A\nDate: 2027-03-14\n\nWords.",
        {"title": "A", "date": "2027-03-14"},
        "\nWords.",
        3,
    ),
    "plain, a body like a header": (
        "Title: A\n\nUpdate: moved",
        {"title": "A"},
        "\nUpdate: moved",
        2,
    ),
    "plain, small and large letters": ("TITLE: A", {"title": "A"}, "", 2),
    "plain, a hyphen for an underline": ("Image-Alt: A", {"image_alt": "A"}, "", 2),
    "plain, a colon in the value": ("Title: A: b", {"title": "A: b"}, "", 2),
    "plain, spaces go on": (
        "Title: A\nSummary: one\n    two\n",
        {"title": "A", "summary": "one two"},
        "",
        4,
    ),
    "plain, a tab goes on": ("Summary: one\n\ttwo\n\t  three", {"summary": "one two three"}, "", 4),
    "plain, goes on under nothing": ("Summary:\n    two", {"summary": "two"}, "", 3),
    "plain, three spaces do not go on": ("Title: A\n   two", {"title": "A"}, "   two", 2),
    "plain, no value": ("Title: A\nDate:\n", {"title": "A"}, "", 3),
}


@pytest.mark.parametrize(("text", "keys", "body", "line"), SPLIT.values(), ids=SPLIT)
def test_both_forms_are_split(text: str, keys: dict[str, object], body: str, line: int) -> None:
    """The keys, the text below them and the number of its first line are found in both forms."""
    header, problems = split(text, FILE)

    assert problems == []
    assert header is not None
    assert (plain(header.node), header.body, header.body_line) == (keys, body, line)


UNSPLIT = {
    "an empty file": ("", 1, NO_TITLE),
    "only empty lines": ("\n\n", 1, NO_TITLE),
    "no header": ("We moved the start.\n", 1, NO_TITLE),
    "no header, after an empty line": ("\nWe moved the start.\n", 2, NO_TITLE),
    "a list": ("- one\n- two\n", 1, NO_TITLE),
    "a web address": ("https//race.example", 1, NO_TITLE),
    "a first line that goes on": ("    Title: A\n", 1, NO_TITLE),
    "no second fence": (
        "---\ntitle: A\n",
        1,
        "the lines above the text begin with --- but no second --- ends them.",
    ),
    "an indented second fence": (
        "\n---\ntitle: A\n  ---\n",
        2,
        "the lines above the text begin with --- but no second --- ends them.",
    ),
    "four hyphens": (
        "----\ntitle: A\n----\n",
        1,
        "the first line must be --- (three hyphens, and nothing before them).",
    ),
    "a dash of a word processor": (
        "—\ntitle: A\n—\n",
        1,
        "the first line must be --- (three hyphens, and nothing before them).",
    ),
    "an indented first fence": (
        " ---\ntitle: A\n---\n",
        1,
        "the first line must be --- (three hyphens, and nothing before them).",
    ),
    "words between the fences": (
        "---\nPacket pickup\n---\n",
        2,
        "the lines between the two --- must be keys with values, as title: My post.",
    ),
    "a list between the fences": (
        "---\n- title\n---\n",
        2,
        "the lines between the two --- must be keys with values, as title: My post.",
    ),
}


@pytest.mark.parametrize(("text", "line", "message"), UNSPLIT.values(), ids=UNSPLIT)
def test_a_text_without_a_header_is_refused(text: str, line: int, message: str) -> None:
    """Whoever forgot the lines above the text, or half of them, reads how they look."""
    header, problems = split(text, FILE)

    assert header is None
    assert said(problems) == [(line, message)]


REPEATED = {
    "plain": (
        "Title: A\nTITLE: B\n",
        2,
        '"TITLE" stands here a second time, first on line 1. Keep one.',
    ),
    "fenced": (
        "---\ntitle: A\ntitle: B\n---\n",
        3,
        '"title" stands here a second time, first on line 2. Keep one.',
    ),
}


@pytest.mark.parametrize(("text", "line", "message"), REPEATED.values(), ids=REPEATED)
def test_a_key_stands_once(text: str, line: int, message: str) -> None:
    """A key that stands there twice is refused, with both lines."""
    _, problems = split(text, FILE)

    assert said(problems) == [(line, message)]


@pytest.mark.parametrize(
    "text", ["---\naliases: /a.html\n---\n", "Aliases: /a.html\n"], ids=["fenced", "plain"]
)
def test_aliases_are_old_addresses(text: str) -> None:
    """The word of other generators is read under ours."""
    header, problems = split(text, FILE)

    assert problems == []
    assert header is not None
    assert plain(header.node) == {"old_addresses": "/a.html"}


def test_aliases_beside_old_addresses_are_refused() -> None:
    """Nobody guesses which of two keys with one meaning counts."""
    _, problems = split("---\naliases: /a\nold_addresses: /b\n---\n", FILE)

    assert said(problems) == [
        (2, '"aliases" means the same as "old_addresses" on line 3. Keep one.')
    ]


def test_keys_that_a_site_added_are_taken_out() -> None:
    """What FRONT_MATTER_EXTRA names is given to the site's own templates as it stands there."""
    header, _ = split("---\ntitle: A\nmood: [glad, {of: it}]\n---\n", FILE)
    assert header is not None

    kept, added = take_extra(header, ("mood", "weather"))

    assert (plain(kept), added) == ({"title": "A"}, {"mood": ["glad", {"of": "it"}]})


def test_keys_of_our_own_cannot_be_taken_over() -> None:
    """FRONT_MATTER_EXTRA does not switch off the reading of a key that Milepost reads itself."""
    header, _ = split("---\ntitle: A\nslug: ../x\n---\n", FILE)
    assert header is not None

    kept, added = take_extra(header, ("title", "slug"))

    assert (plain(kept), added) == ({"title": "A", "slug": "../x"}, {})


LISTS = {
    "one": ("tags: hills", ("hills",)),
    "commas": ("tags: hills,  long runs ,", ("hills", "long runs")),
    "a list": ("tags: [hills, long runs]", ("hills", "long runs")),
    "a comma inside a list": ('tags: ["Boston, MA"]', ("Boston, MA",)),
    "semicolons, for names with commas": (
        "tags: Ray, Ruth; Hill, Ann;",
        ("Ray, Ruth", "Hill, Ann"),
    ),
}


@pytest.mark.parametrize(("line", "expected"), LISTS.values(), ids=LISTS)
def test_lists_are_written_with_commas_too(line: str, expected: tuple[str, ...]) -> None:
    """A list may be written as YAML does, or as people do."""
    assert matter_of(line).tags == expected


OLD = {
    "a file": ("/2019/05/old.html", "/2019/05/old.html"),
    "a folder": ("/old/", "/old/"),
    "neither": ("/old", "/old"),
    "upper case": ("/Old/Post.HTML", "/Old/Post.HTML"),
    "letters as browsers copy them": ("/caf%C3%A9.html", "/café.html"),
    "more slashes than needed": ("/old//", "/old/"),
    "a folder with a dot": ("/v1.2/", "/v1.2/"),
    "slashes in disguise": ("/%2F%2Frace.html", "/race.html"),
}


@pytest.mark.parametrize(("written", "expected"), OLD.values(), ids=OLD)
def test_old_addresses_are_taken(written: str, expected: str) -> None:
    """An old address is kept as the file that stood there was called."""
    assert matter_of(f"old_addresses: {written}").old_addresses == (expected,)


NOT_HERE = "is not an address on this site as /2019/05/old-post.html"
NOT_IN_FILES = "has a character that file names cannot have everywhere (use / between folders)"
HOSTILE_OLD = {
    "no slash in front": ("old.html", NOT_HERE),
    "another site": ("https://race.example/old", NOT_HERE),
    "another site without a scheme": ("//race.example/old", NOT_HERE),
    "the home page": ("/", NOT_HERE),
    "a drive": ("/C:/old", NOT_HERE),
    "a way out": ("/../old", "must not leave its folder with .."),
    "a way out further on": ("/a/../../old", "must not leave its folder with .."),
    "a file that is no page": ("/flyer.pdf", "cannot send readers on: only a page can"),
    "a way out in disguise": ("/%2e%2e/old", "must not leave its folder with .."),
    "a way out with slashes in disguise": (
        "/a%2F..%2F..%2Fold",
        "must not leave its folder with ..",
    ),
    "a backslash": ("/a\\b", NOT_IN_FILES),
    "a backslash in disguise": ("/a%5C..%5Cold", NOT_IN_FILES),
    "a zero byte": ("/a%00.html", NOT_IN_FILES),
    "a question": ("/?p=12", "has a ? or # in it, and no page can stand there"),
    "a heading": ("/old#top", "has a ? or # in it, and no page can stand there"),
    "a question in disguise": ("/old%3Fp", NOT_IN_FILES),
    "bytes that are no text": ("/%ff", "has a broken character in it"),
    "a hidden folder": ("/.git/config", "has a part that begins with a dot"),
    "a hidden file": ("/a/.htaccess", "has a part that begins with a dot"),
    "an empty part": ("/a//b", "has an empty part between two /"),
    "a name of Windows": ("/con.html", "has a name that Windows cannot keep"),
    "a name of Windows, as a folder": ("/a/NUL/b", "has a name that Windows cannot keep"),
    "a dot at the end": ("/old./b", "has a name that Windows cannot keep"),
    "a part that is too long": ("/a/" + "𝄞" * 64, "has a name of more than 255 bytes"),
}


@pytest.mark.parametrize(("written", "reason"), HOSTILE_OLD.values(), ids=HOSTILE_OLD)
def test_hostile_old_addresses_are_refused(written: str, reason: str) -> None:
    """No old address names a file outside the site, or one that some disk cannot have."""
    assert refused("title: A", "date: 2027-03-14", f"old_addresses: '{written}'") == [
        (4, f'old_addresses: "{written}" {reason}{"." * (not reason.endswith("."))}')
    ]


def test_an_old_address_has_an_end() -> None:
    """An old address that no disk could hold is refused, and cut in the report."""
    [(line, message)] = refused("title: A", "date: 2027-03-14", "old_addresses: /" + "x/" * 300)

    assert line == 4
    assert message.endswith('…" is longer than 500 characters.')


KNOWN_TO_PAGES = (
    "title, date, modified, summary, description, keywords, image, image_alt, slug, status, "
    "expires, old_addresses, sponsors, button, template, lang"
)
KNOWN_TO_POSTS = f"{KNOWN_TO_PAGES}, category, tags, author, authors, wall, about"
SLUG = "cannot be part of an address: use a to z, 0 to 9 and single hyphens."
WRONG = {
    "a slip of the keyboard": (
        "tgas: a",
        '"tgas" is not a known key of a post. Did you mean "tags"?',
    ),
    "another key": ("mood: glad", f'"mood" is not a known key of a post. Known: {KNOWN_TO_POSTS}.'),
    "upper case in a key": ("Tags: a", '"Tags" is not a known key of a post. Did you mean "tags"?'),
    "nothing but commas": ("tags: ', ,'", "tags has no value."),
    "a day of no month": (
        "modified: 2027-02-30",
        'modified "2027-02-30" is not a day in the calendar.',
    ),
    "a day as people write it": (
        "expires: 3/14/2027",
        'expires "3/14/2027" is not a date as 2027-03-14: year, month, day.',
    ),
    "a time where a day is wanted": (
        "expires: 2027-03-14 09:00",
        'expires "2027-03-14 09:00" is not a date as 2027-03-14: year, month, day.',
    ),
    "a time without its zero": (
        "modified: 2027-03-14 9:00",
        'modified "2027-03-14 9:00" is not a date and time as 2027-03-14 09:00.',
    ),
    "an hour of no day": (
        "modified: 2027-03-14 24:00",
        'modified "2027-03-14 24:00" is not a date and time as 2027-03-14 09:00.',
    ),
    "a year long ago": (
        "modified: 0027-03-14",
        'modified "0027-03-14" is not in the years 1900 to 2199.',
    ),
    "digits of another alphabet": (
        "modified: ٢٠٢٧-03-14",
        'modified "٢٠٢٧-03-14" is not a date as 2027-03-14: year, month, day.',
    ),
    "a status in upper case": (
        "status: Draft",
        'status "Draft" is not one of published, draft, hidden. Did you mean "draft"?',
    ),
    "a wall that there is none of": ("wall: x", 'wall "x" is not one of current, none.'),
    "a year that is none": ("about: '27'", 'about "27" is not a year as 2027.'),
    "a language that is none": (
        "lang: en!",
        'lang "en!" is not the code of a language as en or pt-BR.',
    ),
    "a template in a folder": (
        "template: ../x",
        'template "../x" is not the name of a template as post.',
    ),
    "a button without keys": (
        "button: Register",
        "button must have keys of its own: is there a space after each colon?",
    ),
    "half a button": ("button: {label: Register}", "button: url is missing."),
    "a list for a title": ("summary: [a]", "summary must be one value, not a list."),
    "a slug in upper case": ("slug: Hills", f'slug "Hills" {SLUG}'),
    "a slug that leads out": ("slug: ../hills", f'slug "../hills" {SLUG}'),
    "a slug in a folder": ("slug: a/b", f'slug "a/b" {SLUG}'),
    "a slug in disguise": ("slug: a%2Fb", f'slug "a%2Fb" {SLUG}'),
    "a slug with a dot": ("slug: hills.html", f'slug "hills.html" {SLUG}'),
    "a slug with two hyphens": ("slug: a--b", f'slug "a--b" {SLUG}'),
    "a slug with an accent": ("slug: café", f'slug "café" {SLUG}'),
    "a slug of Windows": ("slug: con", 'slug "con" is a name that Windows keeps for itself.'),
    "a slug with a port's name": (
        "slug: lpt1",
        'slug "lpt1" is a name that Windows keeps for itself.',
    ),
}


@pytest.mark.parametrize(("line", "message"), WRONG.values(), ids=WRONG)
def test_what_is_not_allowed_is_said(line: str, message: str) -> None:
    """Each fault is reported on its line, with what is allowed or meant."""
    assert refused("title: A", "date: 2027-03-14", line) == [(4, message)]


def test_a_slug_has_an_end() -> None:
    """A slug of 200 characters is the longest."""
    longest, longer = "a" * 200, "a" * 201

    assert matter_of(f"slug: {longest}").slug == longest
    assert refused("title: A", "date: 2027-03-14", f"slug: {longer}") == [
        (4, f'slug "{"a" * 79}…" is longer than 200 characters.')
    ]


def test_all_faults_come_in_one_report() -> None:
    """What is missing and what is wrong is all said at once."""
    assert refused("wall: x", "tgas: a") == [
        (2, "title is missing."),
        (2, "date is missing."),
        (2, 'wall "x" is not one of current, none.'),
        (3, '"tgas" is not a known key of a post. Did you mean "tags"?'),
    ]


def test_a_page_needs_no_date() -> None:
    """A page needs a title only."""
    assert refused("summary: A", model=PageMatter) == [(2, "title is missing.")]


def test_a_page_has_no_category() -> None:
    """What only a post may say is not known of a page."""
    assert refused("title: A", "category: Hills", model=PageMatter) == [
        (3, f'"category" is not a known key of a page. Known: {KNOWN_TO_PAGES}.')
    ]


def test_an_empty_value_is_reported_once() -> None:
    """A key without a value is one problem, not two."""
    assert refused("title: A", "date:") == [
        (3, "there is no value here. Write one, or delete the line.")
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Title: A\n" + "    a\n" * 100_000,
        "".join(f"k{number}: v\n" for number in range(5000)),
        "Title: A\n" * 20_000,
        "---\n" + "a\n" * 100_000,
        "\n" * 500_000,
        "-" * 500_000,
        "a" * 500_000 + ":",
    ],
    ids=["goes on", "keys", "one key", "no end", "empty lines", "hyphens", "a long word"],
)
def test_long_header_is_read_in_linear_time(text: str) -> None:
    """Each of these would take minutes if any part took time by the square of its length."""
    header, problems = split(text, FILE)

    assert header or problems
