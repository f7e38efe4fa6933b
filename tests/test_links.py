"""Links in a post's HTML, found as browsers find them."""

from __future__ import annotations

import pytest

from milepost.posts.links import Hypertext, Link, Target, forbidden, link, resolve, split_links


def addresses(html: str) -> list[tuple[str, str, str, str]]:
    """Return the tag, attribute, word in braces and value of every link in a text."""
    return [
        (piece.tag, piece.attribute, piece.what, piece.value)
        for piece in split_links(html)
        if isinstance(piece, Link)
    ]


def picture(_: Link) -> Target:
    """Return the picture to which every link of these tests leads."""
    return Target(address="/media/hills.png", internal=True, width=8, height=4)


def elsewhere(found: Link) -> Target:
    """Return the address that stands there, on another site."""
    return Target(address=found.value, internal=False)


FOUND = {
    "double quotes": ('<a href="x">y</a>', [("a", "href", "", "x")]),
    "single quotes": ("<a href='x'>y</a>", [("a", "href", "", "x")]),
    "no quotes": ("<a href=x>y</a>", [("a", "href", "", "x")]),
    "no quotes, a slash at the end": ("<a href=x/>y</a>", [("a", "href", "", "x/")]),
    "upper case": ('<A HREF="X">y</A>', [("a", "href", "", "X")]),
    "a slash for a blank": ('<a/href="x">', [("a", "href", "", "x")]),
    "several lines": ('<a\n  href\n=\n"x">', [("a", "href", "", "x")]),
    "a > in an attribute before": ('<a title="1>2" href="x">', [("a", "href", "", "x")]),
    "a > in the address": ('<a href="x>y">', [("a", "href", "", "x>y")]),
    "the other quotes inside": ("<a href='x\"y'>", [("a", "href", "", 'x"y')]),
    "no blank between attributes": (
        '<a href="x"ping="y">',
        [("a", "href", "", "x"), ("a", "ping", "", "y")],
    ),
    "an unclosed tag": ('<a href="x"', [("a", "href", "", "x")]),
    "an unclosed value": ('<a href="x', [("a", "href", "", "x")]),
    "an unclosed tag before another": ('<b <a href="x">', [("b", "href", "", "x")]),
    "a lone quotation mark": ('<img "a" src=//b>', [("img", "src", "", "//b")]),
    "a lone equals sign": ("<img =a src=//b>", [("img", "src", "", "//b")]),
    "after what XML calls data": ('<![CDATA[ a > <a href="x">', [("a", "href", "", "x")]),
    "a slash and a backslash": ('<img src="/\\b/c.png">', [("img", "src", "", "//b/c.png")]),
    "a tab between slashes": ('<img src="/\t/b/c.png">', [("img", "src", "", "//b/c.png")]),
    "an attribute that is there twice": (
        '<a href="x" href="y">',
        [("a", "href", "", "x"), ("a", "href", "", "y")],
    ),
    "after a comment": ('<!-- a --><a href="x">', [("a", "href", "", "x")]),
    "after the shortest comment": ('<!--> <a href="x">', [("a", "href", "", "x")]),
    "after a comment with a mark": ('<!-- a --!><a href="x">', [("a", "href", "", "x")]),
    "a post": ('<a href="{filename}/posts/a.md#b">', [("a", "href", "filename", "/posts/a.md#b")]),
    "a file, as Pelican wrote it once": (
        '<img src="|static|/a.png">',
        [("img", "src", "static", "/a.png")],
    ),
    "a word that is none of ours": ('<a href="{race}/a">', [("a", "href", "", "{race}/a")]),
    "a film": (
        '<video poster="p" src="v">',
        [("video", "poster", "", "p"), ("video", "src", "", "v")],
    ),
    "a quotation": ('<q cite="x">', [("q", "cite", "", "x")]),
    "a form": (
        '<form action="x"><b formaction="y">',
        [("form", "action", "", "x"), ("b", "formaction", "", "y")],
    ),
    "a scheme in numbers": ('<a href="java&#115;cript:x">', [("a", "href", "", "javascript:x")]),
    "a scheme in numbers without end": (
        '<a href="java&#115cript:x">',
        [("a", "href", "", "javascript:x")],
    ),
    "a scheme in other numbers": (
        '<a href="&#x6A;avascript:x">',
        [("a", "href", "", "javascript:x")],
    ),
    "a scheme with a tab's name": (
        '<a href="java&Tab;script:x">',
        [("a", "href", "", "javascript:x")],
    ),
    "a scheme with a line end": ('<a href="java\nscript:x">', [("a", "href", "", "javascript:x")]),
    "a scheme with a named colon": (
        '<a href="javascript&colon;x">',
        [("a", "href", "", "javascript:x")],
    ),
    "backslashes for slashes": (
        '<a href=" \\\\race.example/x">',
        [("a", "href", "", "//race.example/x")],
    ),
    "an ampersand": ('<a href="?a=1&amp;b=2">', [("a", "href", "", "?a=1&b=2")]),
    "a key like an entity": ('<a href="?a=1&copy=2&reg">', [("a", "href", "", "?a=1&copy=2®")]),
    "a quotation mark's name": ('<a href="&quot;x">', [("a", "href", "", '"x')]),
}

NONE = {
    "text": "Words, and no link.",
    "a comment": '<!-- <a href="x"> -->',
    "an unclosed comment": '<!-- <a href="x">',
    "an attribute's value": '<p title="<a href=x>">',
    "an end tag": '</a href="x">',
    "a declaration": "<!DOCTYPE <a href=x>",
    "an escaped tag": '&lt;a href="x">',
    "a blank in front": '< a href="x">',
    "no value": "<a href>",
    "an empty value without quotes": "<a href=>",
    "another attribute": '<a data-href="x" xhref="y">',
}


@pytest.mark.parametrize(("html", "expected"), FOUND.values(), ids=FOUND)
def test_every_link_is_found(html: str, expected: list[tuple[str, str, str, str]]) -> None:
    """Whatever a browser follows or loads is found, with the address as a browser reads it."""
    assert addresses(html) == expected


@pytest.mark.parametrize("html", NONE.values(), ids=NONE)
def test_what_is_no_link_is_left_alone(html: str) -> None:
    """What a browser takes for text, or for nothing, stays as it is."""
    assert split_links(html) == [html]


QUOTED = {
    "double quotes": ('<a href="x">y</a>', '<a href="x">y</a>'),
    "single quotes": ("<a class='c' href='x' id='d'>y", "<a class='c' href=\"x\" id='d'>y"),
    "no quotes": ("<a href=x class=c>y", '<a href="x" class=c>y'),
    "a quotation mark inside": ("<a href='x\"y'>", '<a href="x&quot;y">'),
    "a quotation mark's number": (
        '<a href="x&#34; onclick=&#34;y">',
        '<a href="x&quot; onclick=&quot;y">',
    ),
    "an angle bracket": ('<a href="x<y>">', '<a href="x&lt;y&gt;">'),
    "two links": ("<a href=x><a href=y>", '<a href="x"><a href="y">'),
    "an ampersand": ('<a href="?a=1&b=2">', '<a href="?a=1&amp;b=2">'),
}


@pytest.mark.parametrize(("html", "expected"), QUOTED.values(), ids=QUOTED)
def test_an_address_never_leaves_its_quotation_marks(html: str, expected: str) -> None:
    """However an address was quoted, it is written between double ones, and escaped."""
    assert resolve(split_links(html), elsewhere).html("/race") == expected


HOSTILE = {
    "links without an end": '<a href="',
    "links without quotes": "<a href=x ",
    "opened tags": "<a",
    "angle brackets": "<",
    "opened comments": "<!--",
    "attributes": "<a b c",
    "equals signs": "<a = ",
    "ampersands": '<a href="&&#',
    "blanks": "<a \t\n",
    "both quotes": "<a b='\"",
}


@pytest.mark.parametrize("part", HOSTILE.values(), ids=HOSTILE)
def test_hostile_text_comes_to_an_end(part: str) -> None:
    """A hundred thousand characters of tags without an end are read, and none of them is lost."""
    html = part * (100_000 // len(part))

    pieces = split_links(html)
    found = list(forbidden(html))

    assert pieces
    assert found == []


def test_a_prefix_stands_before_internal_addresses_only() -> None:
    """A page and a feed get the same text with prefixes of their own."""
    text = Hypertext(
        (
            '<a href="',
            Target(address="/blog/a/", internal=True),
            '"><a href="',
            Target(address="https://acme.example/?a&b", internal=False),
            '">',
        )
    )

    assert text.html("/race") == '<a href="/race/blog/a/"><a href="https://acme.example/?a&amp;b">'
    assert text.html("https://race.example").startswith('<a href="https://race.example/blog/a/">')


SRC = '<img src="/race/media/hills.png"'
PICTURES = {
    "nothing said": ('<img src="a">', f'{SRC} width="8" height="4" loading="lazy">'),
    "an alternative text": (
        "<img alt='>' src='a'/>",
        f'<img alt=\'>\' {SRC[5:]} width="8" height="4" loading="lazy"/>',
    ),
    "a width": ("<img src=a width=5>", f'{SRC} loading="lazy" width=5>'),
    "a height": ("<img src=a HEIGHT=5>", f'{SRC} loading="lazy" HEIGHT=5>'),
    "loading": ('<img src="a" loading="eager">', f'{SRC} width="8" height="4" loading="eager">'),
    "everything": (
        "<img src=a width=1 height=1 loading=eager>",
        f"{SRC} width=1 height=1 loading=eager>",
    ),
    "no picture": ('<a href="a">', '<a href="/race/media/hills.png">'),
    "another element": ('<source src="a">', '<source src="/race/media/hills.png">'),
}


@pytest.mark.parametrize(("html", "expected"), PICTURES.values(), ids=PICTURES)
def test_a_picture_says_its_size_once(html: str, expected: str) -> None:
    """A picture gets its size and loads lazily, unless its author says otherwise."""
    assert resolve(split_links(html), picture).html("/race") == expected


def test_a_picture_of_unknown_size_says_none() -> None:
    """A picture on another site gets nothing."""
    assert resolve(['<img src="a">'], elsewhere).html("") == '<img src="a">'


FORBIDDEN = {
    "an element": ("<script>", ["<script"]),
    "an element in upper case": ("<SCRIPT src=x>", ["<SCRIPT"]),
    "an element without an end": ("<iframe", ["<iframe"]),
    "an element behind a quotation mark": ("<p '><style>", ["<style"]),
    "an element and its attribute": ("<svg/onload=x>", ["<svg", "onload="]),
    "an attribute": ('<p style="x">', ["style="]),
    "an attribute in upper case": ("<p OnClick=x>", ["OnClick="]),
    "an attribute without a value": ("<p onclick>", ["onclick="]),
    "an attribute after a slash": ("<p/onclick=x>", ["onclick="]),
    "an attribute after a value": ('<a href="x"onclick="y">', ["onclick="]),
    "an attribute in a tag without an end": ('<a onclick="y', ["onclick="]),
    "an attribute behind a lone quotation mark": ('<img "a" src=x onerror=y>', ["onerror="]),
    "an attribute behind a lone equals sign": ("<img =a src=x onerror=y>", ["onerror="]),
    "a stylesheet": ('<link rel="stylesheet" href="x">', ["<link"]),
    "a drawing": ('<svg><use href="x"/></svg>', ["<svg"]),
    "formulas": ("<math>", ["<math"]),
    "text that is read by other rules": (
        "<textarea><!-- </textarea><xmp><noscript>",
        ["<textarea"],
    ),
    "several pictures": ('<img srcset="a 2x">', ["srcset="]),
    "after a comment's early end": ("<!--><script>", ["<script"]),
}

ALLOWED = {
    "a comment": "<!-- <script> -->",
    "a value": '<p title="<script onclick=x>">',
    "a longer name": "<scripture>",
    "a name with a hyphen": "<p data-style=x data-on=x>",
    "text": "&lt;script> < script>",
    "usual words": '<h2 id="a">A <em class="b">b</em></h2><img src="a" alt="">',
}


@pytest.mark.parametrize(("html", "expected"), FORBIDDEN.values(), ids=FORBIDDEN)
def test_what_a_page_may_not_carry_is_found(html: str, expected: list[str]) -> None:
    """Elements and attributes that run or load something are named as their author wrote them."""
    assert list(forbidden(html)) == expected


@pytest.mark.parametrize("html", ALLOWED.values(), ids=ALLOWED)
def test_what_only_looks_forbidden_is_allowed(html: str) -> None:
    """What a browser takes for text, or for another element, may stand there."""
    assert list(forbidden(html)) == []


LOADS = {
    "a link": ('<a href="x">', False),
    "a picture": ('<img src="x">', True),
    "a film's first picture": ('<video poster="x">', True),
    "a source": ('<p cite="x">', False),
    "a link with a picture's attribute": ('<a src="x">', False),
}


@pytest.mark.parametrize(("html", "expected"), LOADS.values(), ids=LOADS)
def test_loading_is_not_linking(html: str, *, expected: bool) -> None:
    """What a browser fetches without being asked is told from what a reader follows."""
    [found] = [piece for piece in split_links(html) if isinstance(piece, Link)]

    assert found.loads is expected


@pytest.mark.parametrize(
    "written", ["{filename}/pages/a.md", "https://acme.example/?a=1&b=2", 'a"b']
)
def test_a_link_alone_is_told_as_it_was_written(written: str) -> None:
    """A button's link is reported as it stands in the file."""
    assert link(written).written == written
