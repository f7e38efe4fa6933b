"""Every mistake an organiser makes is reported once, where it is, and changes nothing."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pytest

from milepost.paths import FOLDER
from sites import POST, SETTINGS, SPONSORS, Built, build_site, post, rebuild, tree, write_site

COURSE: Final = "content/posts/course.md"
LIST: Final = "sponsors.yaml"
SETTINGS_FILE: Final = "pelicanconf.py"
TEMPLATES: Final = "theme/templates"
SVG: Final = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 10"><path d="M0 0h9v9z"/></svg>'
)
KEPT: Final = {"build.lock", "output.json"}
"""What a build leaves in Milepost's own folder."""
MEMORIES: Final = {"pictures.db", "posts.db", "development.inputs"}
"""What was made of logos and posts before, which also a build that fails may add to."""

INSIDES: Final = re.compile(r"Traceback|<class|object at 0x|src/milepost|Error\b")
"""What a report shows when a program speaks instead of us."""

links = pytest.mark.skipif(os.name == "nt", reason="links need a privilege on Windows")

Files = Mapping[str, str | bytes | None]
Expected = tuple[str, int | None, str]


@dataclass(frozen=True)
class Mistake:
    """A site with mistakes, and what its report must name: file, line, and words of the message."""

    files: Files
    reported: tuple[Expected, ...]


def mistake(files: Files, *reported: Expected) -> Mistake:
    """Describe a mistake."""
    return Mistake(files, reported)


def in_list(more: str, *reported: tuple[int, str]) -> Mistake:
    """Describe a mistake in lines 4 and on of a list whose first sponsor begins at line 2."""
    text = f"sponsors:\n  - name: Acme Running\n    tier: title\n{more}"
    return Mistake({LIST: text}, tuple((LIST, *one) for one in reported))


def in_post(body: str, *reported: tuple[int | None, str], **header: str) -> Mistake:
    """Describe a mistake in a post; without a `header` its text begins at line 5."""
    return Mistake({COURSE: post(body, **header)}, tuple((COURSE, *one) for one in reported))


def in_settings(more: str, *reported: tuple[int | None, str]) -> Mistake:
    """Describe a mistake in lines 7 and on of the settings."""
    return Mistake(
        {SETTINGS_FILE: SETTINGS + more}, tuple((SETTINGS_FILE, *one) for one in reported)
    )


def in_template(text: str | bytes, *reported: tuple[int, str]) -> Mistake:
    """Describe a mistake in a site's own template for posts."""
    name = f"{TEMPLATES}/post.html"
    return Mistake({name: text}, tuple((name, *one) for one in reported))


LISTED: Final = {
    "an unknown key": in_list("    uurl: https://a.example\n", (4, 'Did you mean "url"?')),
    "an unknown tier": mistake(
        {LIST: "sponsors:\n  - name: Acme\n    tier: titel\n"},
        (LIST, 3, '"titel" is not one of title, supporters. Did you mean "title"?'),
    ),
    "an unknown kind of tier": mistake(
        {LIST: "tiers:\n  - id: gold\n    kind: pay\nsponsors: []\n"},
        (LIST, 3, '"pay" is not one of paid, in-kind'),
    ),
    "a key that stands twice": in_list("    name: Acme\n", (4, "first on line 2")),
    "a link that runs a script": in_list("    url: javascript:alert(1)\n", (4, "javascript:")),
    "a link to a file": in_list("    url: file:///etc/passwd\n", (4, "file:")),
    "a link without a scheme": in_list("    url: www.acme.example\n", (4, "https://")),
    "a term that ends before it begins": in_list(
        "    from: 2027-03-02\n    until: 2027-03-01\n", (5, "is before from 2027-03-02")
    ),
    "a day written the other way round": in_list("    from: 3/2/2027\n", (4, "as 2027-03-14")),
    "a day that no calendar has": in_list("    until: 2027-02-30\n", (4, "not a day in the cal")),
    "a missing logo": in_list("    logo: acme.svg\n", (4, "content/logos/acme.svg does not exist")),
    "a logo spelt otherwise": mistake(
        {LIST: f"{SPONSORS}    logo: dental.svg\n", "content/logos/Dental.svg": SVG},
        (LIST, 8, "Dental.svg"),
    ),
    "a logo of two megabytes": mistake(
        {LIST: f"{SPONSORS}    logo: big.svg\n", "content/logos/big.svg": SVG + " " * 2**21},
        (LIST, 8, "is 2.1 MB large"),
    ),
    "three logos that are missing": in_list(
        "    logo: a.svg\n    logo_dark: b.svg\n    logo_print: c.eps\n",
        (4, "content/logos/a.svg"),
        (5, "content/logos/b.svg"),
        (6, "content/logos/c.eps"),
    ),
    "a logo outside its folder": in_list("    logo: ../../secret.svg\n", (4, "..")),
    "a logo that is a web page": mistake(
        {LIST: f"{SPONSORS}    logo: a.png\n", "content/logos/a.png": "<!doctype html><p>x"},
        (LIST, 8, "really a web page"),
    ),
    "a line that begins with a tab": in_list("\turl: https://a.example\n", (4, "tab")),
    "a curly quotation mark": in_list("    thanks_for: “Finish line”\n", (4, "curly")),
    "a value cut at #": in_list("    thanks_for: Bib #1 to #9\n", (4, "#")),
    "a name that begins with *": mistake(
        {LIST: "sponsors:\n  - name: *Star*\n    tier: title\n"}, (LIST, 2, "begins with *")
    ),
    "a name that begins with @": mistake(
        {LIST: "sponsors:\n  - name: @home\n    tier: title\n"}, (LIST, 2, "begins with @")
    ),
    "a name that begins with %": mistake(
        {LIST: "sponsors:\n  - name: %off\n    tier: title\n"}, (LIST, 2, "begins with %")
    ),
    "a colon in a value": in_list("    thanks_for: Today: shoes\n", (4, "colon")),
    "a bracket that is not closed": in_list("    links: {a: https://a.example\n", (4, "bracket")),
    "an anchor": in_list("    note: &a x\n", (4, "&")),
    "a tag of a programming language": in_list(
        "    note: !!python/object/apply:os.system [x]\n", (4, ""), (4, "")
    ),
    "a file that is no list": mistake({LIST: "Acme Running\n"}, (LIST, 1, "")),
    "two megabytes of text": mistake({LIST: SPONSORS + "#" * 2**21}, (LIST, None, "1 MiB")),
    "text that is not UTF-8": mistake(
        {LIST: SPONSORS.encode() + b"    text: caf\xe9\n"}, (LIST, 8, "UTF-8")
    ),
    "a list that is called .txt": mistake(
        {LIST: None, "sponsors.yaml.txt": SPONSORS}, (LIST, None, "Rename it to sponsors.yaml")
    ),
    "no list at all": mistake({LIST: None}, (LIST, None, "sponsors: []")),
}

POSTED: Final = {
    "no title": mistake({COURSE: "---\ndate: 2027-01-01\n---\n"}, (COURSE, 2, "title is missing")),
    "no date": mistake({COURSE: "---\ntitle: Hi\n---\nHi.\n"}, (COURSE, 2, "date is missing")),
    "nothing at all": mistake({COURSE: ""}, (COURSE, 1, "there is no title")),
    "a header without an end": mistake({COURSE: "---\ntitle: Hi\n"}, (COURSE, 1, "second ---")),
    "an unknown key": in_post("Hi.", (4, 'Did you mean "tags"?'), tag="x"),
    "an unknown key of the old header": mistake(
        {COURSE: "Title: Hi\nDate: 2027-01-01\nTagz: x\n\nHi.\n"}, (COURSE, 3, '"tags"')
    ),
    "a day written the other way round": in_post("Hi.", (3, "as 2027-03-14"), date="1/15/2027"),
    "a slug that leaves its folder": in_post("Hi.", (4, "../x"), slug="../x"),
    "a slug that the blog needs": in_post("Hi.", (4, "the site needs itself"), slug="page"),
    "a page's slug that the site needs": mistake(
        {"content/pages/a.md": "---\ntitle: Media\n---\nHi.\n"},
        ("content/pages/a.md", 2, '"media" is an address that the site needs itself'),
    ),
    "two posts with one address": mistake(
        {"content/posts/later.md": POST},
        ("content/posts/later.md", 2, f'taken already by "The course" ({COURSE}, line 2)'),
    ),
    "two posts whose files differ in case": mistake(
        {"content/posts/Course.md": POST}, (COURSE, 2, "(content/posts/Course.md, line 2)")
    ),
    "a sponsor who is not in the list": in_post(
        "Hi.", (4, 'Did you mean "acme-running"?'), sponsors="[acme-runing]"
    ),
    "a picture in the header without words": mistake(
        {COURSE: post(image="a.svg"), "content/images/a.svg": SVG}, (COURSE, 4, "image_alt")
    ),
    "a template that is not there": in_post("Hi.", (4, "pots.html"), template="pots"),
    "an old address that is in use": in_post("Hi.", (4, "/contact/"), old_addresses="[/contact/]"),
    "a tab in the header": mistake(
        {COURSE: "---\ntitle: Hi\ndate: 2027-01-15\ntags:\n\t- x\n---\nHi.\n"}, (COURSE, 5, "tab")
    ),
    "text that is not UTF-8": mistake(
        {COURSE: POST.encode() + b"\ncaf\xe9\n"}, (COURSE, 7, "UTF-8")
    ),
    "two megabytes of text": mistake({COURSE: POST + " " * 2**21}, (COURSE, None, "1 MiB")),
}

LINKED: Final = {
    "a post that is not there": mistake(
        {"content/posts/b.md": post("One.\n\n[a]({filename}corse.md)", title="B")},
        ("content/posts/b.md", 7, 'Did you mean "{filename}/posts/course.md"?'),
    ),
    "a post, below lines that end as on Windows": mistake(
        {COURSE: ("\ufeff" + post("One.\n\n[a]({filename}no.md)").replace("\n", "\r\n")).encode()},
        (COURSE, 7, "{filename}no.md leads to no post"),
    ),
    "one post that is not there, from two lines": in_post(
        "[a]({filename}no.md)\n[b]({filename}no.md)\n", (5, "no.md"), (6, "no.md")
    ),
    "a draft": mistake(
        {
            COURSE: post("One.\n[a]({filename}draft.md)"),
            "content/posts/draft.md": post(title="Draft", status="draft"),
        },
        (COURSE, 6, "is a draft"),
    ),
    "a post that is not due": mistake(
        {
            COURSE: post("One.\n[a]({filename}later.md)"),
            "content/posts/later.md": post(title="Later", date="2027-03-02"),
        },
        (COURSE, 6, "is not public before 2027-03-02"),
    ),
    "a post that has expired": mistake(
        {
            COURSE: post("One.\n[a]({filename}old.md)"),
            "content/posts/old.md": post(title="Old", expires="2027-02-28"),
        },
        (COURSE, 6, "was public until 2027-02-28"),
    ),
    "nothing, from a summary": in_post(
        "One.", (4, "{filename}no.md"), summary="'[a]({filename}no.md)'"
    ),
    "nothing, from a button": in_post(
        "One.", (6, "{filename}no.md"), button='\n  label: Go\n  url: "{filename}no.md"'
    ),
    "nothing, from a button on one line": in_post(
        "One.", (4, "{filename}no.md"), button='{label: Go, url: "{filename}no.md"}'
    ),
    "nothing, from the menu": in_settings(
        'MENUITEMS = [\n    ("A", "/contact/"),\n    ("B", "{filename}/pages/no.md"),\n]\n',
        (9, "{filename}/pages/no.md leads to no post"),
    ),
    "a script, from a text": in_post("One.\n\n[a](javascript:alert(1))", (7, "javascript:")),
    "a script that hides in a tab": in_post(
        "One.\n\n<a href='java\tscript:alert(1)'>a</a>", (7, "javascript:")
    ),
    "a script that hides in entities": in_post(
        "One.\n\n<a href='&#106;avascript:alert(1)'>a</a>", (7, "javascript:")
    ),
    "a script, from a summary": in_post(
        "One.", (4, "javascript:"), summary="'[a](javascript:alert(1))'"
    ),
    "a script, from a button": in_post(
        "One.", (4, "javascript:"), button='{label: Go, url: "javascript:alert(1)"}'
    ),
    "a script, from the menu": in_settings(
        'MENUITEMS = [("A", "javascript:alert(1)")]\n', (7, "javascript:")
    ),
    "data, from a text": in_post("[a](data:text/html,x)", (5, "data:")),
    "a site without https:": in_post("One.\n[a](www.town.example)", (6, "https://")),
    "a mail address without mailto:": in_post("One.\n[a](hello@race.example)", (6, "mailto:")),
    "nowhere": in_post("[a]()", (5, "a link without an address")),
    "a post by its file's name": in_post("One.\n[a](course.md)", (6, "{filename}course.md")),
    "an address that no page has": in_post("[a](/blog/nothing/)", (5, "/blog/nothing/")),
    "a heading that no page has": in_post("[a](#nothing)", (5, "#nothing")),
}

SHOWN: Final = {
    "a picture that is not there": in_post(
        "One.\n\n![a]({static}/images/no.svg)", (7, "content/images/no.svg does not exist")
    ),
    "a picture beside the post that is not there": in_post(
        "![a]({static}no.svg)", (5, "picture content/posts/no.svg does not exist")
    ),
    "a picture spelt otherwise": mistake(
        {COURSE: post("![a]({static}/images/Map.svg)"), "content/images/map.svg": SVG},
        (COURSE, 5, 'content/images/Map.svg is spelt "map.svg"'),
    ),
    "a picture that is a web page": mistake(
        {COURSE: post("![a]({static}/images/a.png)"), "content/images/a.png": "<!doctype html><p>"},
        (COURSE, 5, "really a web page"),
    ),
    "a picture outside the content": mistake(
        {COURSE: post("![a]({static}../../secret.svg)"), "secret.svg": SVG},
        (COURSE, 5, "leads out of content/"),
    ),
    "a picture of another site": in_post(
        "One.\n\n![a](https://x.example/a.png)", (7, "would be loaded from x.example")
    ),
    "a picture without words": mistake(
        {COURSE: post("One.\n\n![]({static}/images/a.svg)"), "content/images/a.svg": SVG},
        (COURSE, 7, "has no words"),
    ),
    "a main heading": in_post("One.\n\n# Two & *three*\n", (7, 'the heading "Two & three"')),
    "a main heading underlined": in_post("One.\n\nTwo\n===\n", (7, 'the heading "Two"')),
    "a script": in_post("One.\n\n<script>alert(1)</script>", (7, "<script")),
    "something that runs on a click": in_post('One.\n\n<p onclick="x">Two</p>', (7, "onclick=")),
    "a style, twice": in_post(
        '<p style="x">One</p>\n\n<p style="y">Two</p>', (5, "style="), (7, "style=")
    ),
    "a page within the page": in_post('One.\n\n<iframe src="/x/"></iframe>', (7, "<iframe")),
    "lists in lists without end": in_post(
        "\n".join("    " * depth + "- x" for depth in range(300)), (5, "too many to be read")
    ),
    "a style in Markdown's own notation": in_post("One.\n{: style='x' }", (6, "style=")),
    "a script in a summary": in_post("One.", (4, "<script"), summary="'<script>x</script>'"),
}

SET: Final = {
    "a time zone": in_settings('TIMEZONE = "Mars/Base"\n', (7, "America/Chicago")),
    "an address": in_settings('SITEURL = "riverside"\n', (7, "https://")),
    "a check that does not exist": in_settings(
        'CHECKS = {"borken-link": "off"}\n', (7, 'Did you mean "broken-link"?')
    ),
    "a check that keeps people safe": in_settings('CHECKS = {"path": "off"}\n', (7, "safe")),
    "a severity": in_settings('CHECKS = {"words": "loud"}\n', (7, "error, warning, off")),
    "keys and values of the race": in_settings(
        'RACE = {\n    "name": "R",\n    "dat": "x",\n    "date": "17.4.2027",\n'
        '    "distances": [\n        {"name": "10K", "start": "25:00"},\n    ],\n}\n',
        (9, 'Did you mean "date"?'),
        (10, '"17.4.2027"'),
        (12, '"25:00"'),
    ),
    "an entry of the menu": in_settings('MENUITEMS = [("A",)]\n', (7, "is not a pair")),
    "a number of posts": in_settings("DEFAULT_PAGINATION = 0.5\n", (7, "whole number")),
    "a mail address": in_settings('CONTACT = {"email": "hello"}\n', (7, "mail address")),
    "a folder instead of a list of folders": in_settings(
        'STATIC_PATHS = "extra"\n', (7, "STATIC_PATHS must be a list")
    ),
    "a word instead of checks": in_settings('CHECKS = "off"\n', (7, "CHECKS must be keys")),
    "nothing where an address must be": in_settings(
        "SITEURL = None\n", (7, "SITEURL must be text")
    ),
    "files that are not there": in_settings(
        'STATIC_PATHS = ["extra"]\nEXTRA_PATH_METADATA = {"extra/CNAME": {"path": "CNAME"}}\n',
        (7, 'no "extra" in content/'),
        (8, 'no "extra/CNAME" in content/'),
    ),
    "a theme that is not there": in_settings('THEME = "nowhere"\n', (7, '"nowhere"')),
    "a Markdown extension that is not there": in_settings(
        'MARKDOWN = {"extensions": ["nowhere"]}\n', (7, "nowhere")
    ),
    "a plugin that is not there": in_settings('PLUGINS = ["nowhere"]\n', (7, '"nowhere"')),
    "a bracket that is not closed": in_settings("A = [1,\nB = 2\n", (7, "never closed")),
    "a program that fails": in_settings("A = 1\nB = 1 / 0\n", (8, "division by zero")),
    "a program that ends": in_settings('import sys\nsys.exit("bye")\n', (8, "bye")),
    "text that is not UTF-8": mistake(
        {SETTINGS_FILE: SETTINGS.encode() + b'A = "caf\xe9"\n'}, (SETTINGS_FILE, 7, "UTF-8")
    ),
    "no first line": mistake(
        {SETTINGS_FILE: 'SITENAME = "R"\n'},
        (SETTINGS_FILE, 1, "from milepost.defaults import *"),
    ),
    "no settings at all": mistake(
        {SETTINGS_FILE: None}, (SETTINGS_FILE, None, "Is this the folder")
    ),
}

EXTENDS: Final = '{% extends "base.html" %}\n{% block main %}\n'
TEMPLATED: Final = {
    "a tag that is not closed": in_template(f"{EXTENDS}{{% if %}}\n{{% endblock %}}", (3, "Jinja")),
    "a name that does not exist": in_template(
        f"{EXTENDS}<h1>x</h1>\n{{{{ nobody.name }}}}\n{{% endblock %}}",
        (4, "'nobody' is undefined"),
    ),
    "a field that does not exist": in_template(
        f"{EXTENDS}{{{{ page.nothing }}}}{{% endblock %}}", (3, "nothing")
    ),
    "a filter that does not exist": in_template(
        f"{EXTENDS}{{{{ 1|nothing }}}}{{% endblock %}}", (3, "No filter named 'nothing'.")
    ),
    "a template to extend that is not there": in_template(
        '{% extends "bse.html" %}', (1, "bse.html does not exist")
    ),
    "a template to include that is not there": in_template(
        f'{EXTENDS}\n{{% include "no.html" %}}{{% endblock %}}', (4, "no.html does not exist")
    ),
    "nothing of what a post's page has": mistake(
        {
            COURSE: post(template="own"),
            f"{TEMPLATES}/own.html": f"{EXTENDS}{{{{ pagination.number }}}}{{% endblock %}}",
        },
        (f"{TEMPLATES}/own.html", 3, f"That was for the page /blog/a-post/ ({COURSE})."),
    ),
    "itself": in_template('{% include "post.html" %}', (1, "recursion")),
    "bytes that are not UTF-8": in_template(b"One.\n\ncaf\xe9", (3, "UTF-8")),
    "a stylesheet that is not UTF-8": mistake(
        {"theme/static/css/own.css": b"/* */\n/* caf\xe9 */"},
        ("theme/static/css/own.css", 2, "UTF-8"),
    ),
    "a link to a page that is not there": mistake(
        {f"{TEMPLATES}/missing.html": f'{EXTENDS}<h1>x</h1><a href="/nope/">x</a>{{% endblock %}}'},
        ("404.html", None, "the page /404.html links to /nope/, which does not exist"),
    ),
    "a sponsor without a place": mistake(
        {f"{TEMPLATES}/contact.html": f'{EXTENDS}<h1>x</h1><p data-mark="x"></p>{{% endblock %}}'},
        (LIST, None, "/contact/"),
    ),
}


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Build a site without problems, once."""
    return build_site(tmp_path_factory.mktemp("good") / "site")


@pytest.fixture
def site(good: Built, tmp_path: Path) -> Path:
    """Give a copy of the good site with its output."""
    return Path(shutil.copytree(good.folder, tmp_path / "site"))


def spoilt(site: Path, files: Files) -> Built:
    """Put `files` into a finished site (None takes one away), and build it again."""
    for name, text in files.items():
        if text is None:
            (site / name).unlink()
        else:
            write_site(site, {**dict.fromkeys((COURSE, LIST, SETTINGS_FILE)), name: text})
    return rebuild(site)


def reported(built: Built) -> list[tuple[str, int | None, str]]:
    """Return what a report names: file, line, and the rest of each problem's line."""
    found: list[tuple[str, int | None, str]] = []
    file = ""
    for line in built.report.splitlines():
        if heading := re.fullmatch(r"(\S.*?) has [\d,]+ (?:problem|warning).*\.", line):
            file = heading[1]
        elif problem := re.fullmatch(r"  (?! )(?:line (\d+)(?:, |: ))?(.*)", line):
            found.append((file, int(problem[1]) if problem[1] else None, problem[2]))
    return found


def assert_named(built: Built, expected: tuple[Expected, ...]) -> None:
    """Hold a report against what it must name, in order and without anything else."""
    found = reported(built)
    assert [place[:2] for place in found] == [place[:2] for place in expected], built.report
    for (_, _, text), (_, _, words) in zip(found, expected, strict=True):
        assert words in text


def assert_unchanged(built: Built, good: Built) -> None:
    """Hold a site after a failed build against the site before it."""
    assert built.code == 1
    assert built.files == good.files
    assert {path.name for path in (built.folder / FOLDER).iterdir()} - MEMORIES == KEPT
    record = f"{FOLDER}/output.json"
    assert (built.folder / record).read_bytes() == (good.folder / record).read_bytes()


ALL: Final = {
    f"{where}: {what}": one
    for where, mistakes in (
        ("the list has", LISTED),
        ("a post has", POSTED),
        ("a link leads to", LINKED),
        ("a text has", SHOWN),
        ("the settings have", SET),
        ("a template has", TEMPLATED),
    )
    for what, one in mistakes.items()
}


@pytest.mark.parametrize("wrong", ALL.values(), ids=ALL)
def test_a_mistake_is_reported_where_it_is_and_nothing_is_saved(
    wrong: Mistake, site: Path, good: Built
) -> None:
    """The report names file and line, and the finished site stays byte for byte as it was."""
    built = spoilt(site, wrong.files)

    assert_named(built, wrong.reported)
    assert not INSIDES.search(built.report)
    assert_unchanged(built, good)
    assert not built.said


class TestTheReport:
    """One report has everything."""

    def test_names_all_problems_of_all_files(self, site: Path, good: Built) -> None:
        """Whoever mends what one report says need not build to find the next mistake."""
        built = spoilt(
            site,
            {
                LIST: f"{SPONSORS}    teir: gold\n    logo: no.svg\n",
                COURSE: post("[a]({filename}no.md)\n[b](javascript:x)", slug="PAGE", tagz="x"),
                "content/posts/other.md": post("[a]({filename}no.md)\n# Two\n", title="Other"),
                "content/pages/media.md": "---\ntitle: Media\n---\nHi.\n",
                SETTINGS_FILE: SETTINGS + 'TIMEZONE = "Mars"\nCHECKS = {"path": "off"}\n',
            },
        )

        assert_named(
            built,
            (
                ("content/pages/media.md", 2, "the site needs itself"),
                (COURSE, 4, "PAGE"),
                (COURSE, 5, "tagz"),
                ("content/posts/other.md", 5, "{filename}no.md"),
                ("content/posts/other.md", 6, '"Two"'),
                (SETTINGS_FILE, 7, "Mars"),
                (SETTINGS_FILE, 8, "path"),
                (LIST, 8, "teir"),
            ),
        )
        assert_unchanged(built, good)

    def test_ends_by_saying_how_much_is_wrong_and_that_nothing_was_saved(self, site: Path) -> None:
        """Nobody wonders whether half of the site was published."""
        built = spoilt(site, {LIST: f"{SPONSORS}    a: x\n    b: x\n", COURSE: post(c="x")})

        assert built.report.endswith(
            "\n\n3 problems in 2 files. Nothing was saved; output/ is as it was.\n"
        )

    def test_does_not_speak_of_an_output_that_is_not_there(self, tmp_path: Path) -> None:
        """The first build of a site has nothing to leave as it was."""
        built = build_site(tmp_path, {COURSE: post(c="x")})

        assert built.report.endswith("\n\n1 problem in 1 file. Nothing was saved.\n")
        assert not built.output.exists()
        assert {path.name for path in (tmp_path / FOLDER).iterdir()} - MEMORIES == {"build.lock"}

    def test_counts_warnings_apart(self, site: Path) -> None:
        """A warning stands beside the problems, but is none."""
        built = spoilt(site, {"content/posts/notes.txt": "x", COURSE: post(c="x")})

        assert "content/posts/notes.txt has 1 warning." in built.report
        assert "1 problem in 1 file." in built.report

    def test_has_warnings_of_a_site_that_is_saved(self, site: Path) -> None:
        """A warning stops nothing."""
        built = spoilt(site, {LIST: SPONSORS.replace("https://acme", "http://acme")})

        assert built.code == 0
        assert_named(built, ((LIST, None, "warning: line 2"),))
        assert "Saved in" in built.said

    def test_says_nothing_of_a_good_site(self, good: Built) -> None:
        """No news is good news."""
        assert good.code == 0
        assert good.report == ""


A_PDF: Final = """\
sponsors.yaml has 2 problems.

  line 8, "Riverside Dental": logo content/logos/a.pdf is a PDF, which web pages cannot show. \
Ask the sponsor for the logo as SVG or PNG. You could write:

        Hello Riverside Dental,

        thank you for supporting Riverside 10K! For our web site we need your logo
        in another form, because the file that we have cannot be shown there:

        - as SVG, with all text turned into outlines,
        - or as PNG, at least 1000 pixels wide, with a transparent background.

        Please send the version for light backgrounds and, if there is one, the
        version for dark backgrounds.

        Thank you!
  line 9, "Riverside Dental": logo content/logos/b.svg does not exist.

2 problems in 1 file. Nothing was saved; output/ is as it was.
"""


def test_a_logo_that_pages_cannot_show_comes_with_a_mail(site: Path) -> None:
    """The organiser copies it, with the sponsor's name and the race's in it."""
    more = "    logo: a.pdf\n    logo_dark: b.svg\n"

    built = spoilt(site, {LIST: SPONSORS + more, "content/logos/a.pdf": "%PDF-1.7\n"})

    assert built.report == A_PDF


@links
def test_a_link_out_of_the_content_is_refused(site: Path, good: Built, tmp_path: Path) -> None:
    """A symbolic link cannot bring a file of the computer into the site."""
    secret = tmp_path / "secret.svg"
    secret.write_text(SVG)
    (site / "content/images").mkdir()
    (site / "content/images/link.svg").symlink_to(secret)

    built = spoilt(site, {COURSE: post("![a]({static}/images/link.svg)")})

    assert_named(
        built,
        (
            ("content/images/link.svg", None, "symbolic link"),
            (COURSE, 5, "symbolic link"),
        ),
    )
    assert_unchanged(built, good)


@links
def test_a_link_of_a_folder_out_of_the_content_is_refused(site: Path, tmp_path: Path) -> None:
    """Posts of another folder cannot come in through a link."""
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere/a.md").write_text(POST)
    (site / "content/posts/more").symlink_to(tmp_path / "elsewhere")

    built = rebuild(site)

    assert_named(built, (("content/posts/more", None, "symbolic link"),))


@links
def test_a_link_to_a_folder_is_noticed(site: Path) -> None:
    """Posts that are there only through a link are not left out in silence."""
    (site / "content/drafts").mkdir()
    (site / "content/posts/more").symlink_to(site / "content/drafts")
    (site / "content/posts/gone.md").symlink_to(site / "content/nothing.md")

    built = rebuild(site)

    assert built.code == 0
    assert_named(
        built,
        (
            ("content/posts/gone.md", None, "warning: this is not a file"),
            ("content/posts/more", None, "warning: this is not a file"),
        ),
    )


def test_a_site_without_a_content_folder_is_told_what_to_make(site: Path) -> None:
    """The message names the folder, not a setting of Pelican."""
    shutil.rmtree(site / "content")

    built = rebuild(site)

    assert_named(built, (("The site", None, "there is no folder content/"),))


def test_a_final_build_needs_its_own_settings(good: Built) -> None:
    """Without publishconf.py the report says what to write into it."""
    built = rebuild(good.folder, final=True)

    assert_named(built, (("publishconf.py", None, "from pelicanconf import *"),))


def test_the_error_may_be_in_the_final_settings(site: Path) -> None:
    """A mistake of publishconf.py is reported there and not in pelicanconf.py."""
    (site / "publishconf.py").write_text(
        "from pelicanconf import *\n\nSITEURL = 'http://x.example'\n"
    )

    built = rebuild(site, final=True)

    assert_named(built, (("publishconf.py", 3, "its https address"),))


def test_a_post_that_is_not_in_the_folder_of_the_posts_is_noticed(site: Path) -> None:
    """A post saved straight into content/ is not left out in silence."""
    built = spoilt(site, {"content/new.md": POST})

    assert built.code == 0
    assert_named(built, (("content/new.md", None, "posts stand in content/posts/"),))


def test_a_post_with_the_wrong_ending_is_noticed(site: Path) -> None:
    """A post that an editor saved as .txt is not left out in silence."""
    built = spoilt(site, {"content/posts/new.md.txt": POST})

    assert built.code == 0
    assert_named(built, (("content/posts/new.md.txt", None, "ends with .md"),))


def test_a_thousand_wrong_links_are_reported_at_once(site: Path) -> None:
    """The report is as long as the mistakes, and looking for names does not take for ever."""
    links = "\n".join(f"[a]({{filename}}no-{number}.md)" for number in range(1000))

    built = spoilt(site, {COURSE: post(links)})

    assert [line for _, line, _ in reported(built)] == list(range(5, 1005))


@pytest.mark.parametrize("name", [".env", "posts/.env", "extra/.env", "extra/.git/config"])
def test_hidden_files_are_never_published(name: str, tmp_path: Path) -> None:
    """Passwords that lie in the content stay there, also beside files that are copied."""
    built = build_site(
        tmp_path,
        {
            f"content/{name}": "SECRET=1",
            "content/extra/CNAME": "race.example",
            SETTINGS_FILE: SETTINGS + 'STATIC_PATHS = ["extra"]\n',
        },
    )

    assert built.code == 0
    assert not [file for file, data in built.files.items() if b"SECRET" in data]
    assert "extra/CNAME" in tree(built.output)
