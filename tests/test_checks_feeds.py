"""The feed and the sitemap: what a feed reader or a search engine would stumble over."""

from __future__ import annotations

import json

import pytest

from milepost.checks.feeds import check_feed, check_json_feed, check_sitemap
from milepost.facts import PageFacts

SITE = "https://race.example"
ENTRY = """<entry><id>https://race.example/blog/course/</id><title>Course &lt;map&gt;</title>
<updated>2027-03-14T09:00:00+01:00</updated><published>2027-03-14T09:00:00Z</published>
<link rel="alternate" href="https://race.example/blog/course/"/>
<content type="html">&lt;p&gt;&lt;a href="https://race.example/contact/"&gt;Ask&lt;/a&gt;</content>
</entry>"""
FEED = f"""<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom"><id>https://race.example/</id><title>River Run</title>
<updated>2027-03-14T09:00:00.5Z</updated><author><name>Jo</name></author>
<link rel="self" href="https://race.example/feed.xml"/>
{ENTRY}</feed>"""


def feed_says(xml: str | bytes) -> list[tuple[str, str]]:
    """Return (entry, what is said) of a feed."""
    problems = check_feed("feed.xml", xml.encode() if isinstance(xml, str) else xml)
    assert {(problem.check, problem.file) for problem in problems} <= {("markup", "feed.xml")}
    return [(problem.subject, problem.message) for problem in problems]


def test_a_sound_feed_is_no_problem() -> None:
    """A feed that follows RFC 4287 gives no report."""
    assert feed_says(FEED) == []


POST = "Course <map>"
WRITE = "Write it as 2027-03-14T09:00:00Z."


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("<id>https://race.example/</id>", "", ("", "the feed has no id.")),
        ("<title>River Run</title>", "<title> </title>", ("", "the feed has no title.")),
        (
            "<title>River Run</title>",
            "<title>A</title><title>B</title>",
            ("", "the feed has 2 of title, and may have one."),
        ),
        (
            "<author><name>Jo</name></author>",
            "",
            ("", "the feed does not say who writes it (author)."),
        ),
        (
            "2027-03-14T09:00:00.5Z",
            "Sun, 14 Mar 2027",
            ("", f'the feed has the date "Sun, 14 Mar 2027" (updated). {WRITE}'),
        ),
        (
            "2027-03-14T09:00:00+01:00",
            "2027-02-30T09:00:00Z",
            (POST, f'the post has the date "2027-02-30T09:00:00Z" (updated). {WRITE}'),
        ),
        (
            "<published>2027-03-14T09:00:00Z",
            "<published>2027-03-14",
            (POST, f'the post has the date "2027-03-14" (published). {WRITE}'),
        ),
        (
            "<id>https://race.example/blog/course/</id>",
            "<id>course</id>",
            (POST, 'the post has the id "course", which is not a full address.'),
        ),
        (
            'rel="alternate" href="https://race.example/blog/course/"',
            'rel="alternate" href="/blog/course/"',
            (
                POST,
                (
                    'the post links to "/blog/course/", which is not a full address: begin it with '
                    "https:// (allowed: https, http, mailto, tel)."
                ),
            ),
        ),
        (
            'a href="https://race.example/contact/"',
            'a href="/contact/"',
            (
                POST,
                (
                    'the post\'s text has the address "/contact/", which works on the site alone. '
                    "In a feed it must be a full one that begins with https://."
                ),
            ),
        ),
        (
            "<title>Course &lt;map&gt;</title>",
            "",
            ("entry 1", "the post has no title."),
        ),
    ],
)
def test_a_fault_in_a_feed_is_explained(old: str, new: str, expected: tuple[str, str]) -> None:
    """Each fault is one sentence under the title of its post."""
    assert FEED.count(old) == 1
    assert feed_says(FEED.replace(old, new)) == [expected]


def test_two_posts_with_one_id_are_noticed() -> None:
    """A feed reader would show only one of them."""
    says = 'the post has the id "https://race.example/blog/course/", which 2 posts have.'
    twin = ENTRY.replace("Course", "Twin")
    assert feed_says(FEED.replace(ENTRY, ENTRY + twin)) == [(POST, says), ("Twin <map>", says)]


def test_a_post_needs_a_text_or_a_link() -> None:
    """An entry that leads nowhere is of no use to a reader."""
    bare = ENTRY[: ENTRY.index("<link")] + "</entry>"
    says = "the post has neither its text nor a link to its page."
    assert feed_says(FEED.replace(ENTRY, bare)) == [(POST, says)]


def test_authors_of_every_post_are_enough() -> None:
    """A feed whose posts all say who wrote them needs no author of its own."""
    author = "<author><name>Jo</name></author>"
    xml = FEED.replace(author, "").replace("</entry>", f"{author}</entry>")
    assert feed_says(xml) == []


UNREADABLE = {
    "nothing": (b"", 1, "no element found: line 1, column 0"),
    "cut short": (b"<feed>\n<entry>", 2, "no element found: line 2, column 7"),
    "an HTML page": (b"<html></html>", None, "it begins with <html>"),
    "a DOCTYPE": (b"<!DOCTYPE feed><feed/>", None, "it has a DOCTYPE"),
    "a DOCTYPE in UTF-16": ("<!DOCTYPE feed><feed/>".encode("utf-16"), None, "it has a DOCTYPE"),
    "entities that grow": (
        b'<!DOCTYPE f [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><f>&b;</f>',
        None,
        "it has a DOCTYPE",
    ),
    "a file of the machine": (
        b'<!DOCTYPE f [<!ENTITY a SYSTEM "file:///etc/passwd">]><f>&a;</f>',
        None,
        "it has a DOCTYPE",
    ),
    "an HTML entity": (b"<f>&nbsp;</f>", 1, "undefined entity: line 1, column 3"),
    "an unknown encoding": (b'<?xml version="1.0" encoding="x"?><f/>', None, "unknown encoding: x"),
    "a control character": (b"<f>\x0b</f>", 1, "not well-formed (invalid token): line 1, column 3"),
}


@pytest.mark.parametrize(("xml", "line", "reason"), UNREADABLE.values(), ids=UNREADABLE)
def test_what_is_not_a_feed_is_refused(xml: bytes, line: int | None, reason: str) -> None:
    """A file that feed readers cannot read, or should not, is one problem with its line."""
    (problem,) = check_feed("feed.xml", xml)
    assert (problem.line, problem.message) == (
        line,
        f"no feed reader or search engine can read this file: {reason}.",
    )


PAGES = {
    "index.html": PageFacts(file="index.html"),
    "blog/café/index.html": PageFacts(file="blog/café/index.html"),
    "404.html": PageFacts(file="404.html", noindex=True),
    "old/index.html": PageFacts(file="old/index.html", redirect="/"),
}


def sitemap_says(*urls: str, site: str = SITE) -> list[str]:
    """Return what is said of a sitemap with the contents of these `url` elements."""
    body = "".join(f"<url>{url}</url>" for url in urls)
    xml = f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{body}</urlset>'
    problems = check_sitemap("sitemap.xml", xml.encode(), PAGES, site)
    assert {(problem.check, problem.file) for problem in problems} <= {("markup", "sitemap.xml")}
    return [problem.message for problem in problems]


@pytest.mark.parametrize(
    "day",
    ["2027", "2027-03", "2027-03-14", "2027-03-14T09:00Z", "2027-03-14T09:00:00.5+01:00"],
)
def test_a_sound_sitemap_is_no_problem(day: str) -> None:
    """Pages of the site with dates as the W3C writes them give no report."""
    cafe = "<loc>https://race.example/blog/caf%C3%A9/</loc>"
    home = f"<loc> https://race.example/ </loc><lastmod>{day}</lastmod>"
    assert sitemap_says(home, cafe) == []


@pytest.mark.parametrize(
    ("loc", "says"),
    [
        ("", "an empty address, which does not begin with the site's own address, {site}."),
        ("/blog/", "/blog/, which does not begin with the site's own address, {site}."),
        (
            "https://race.example.evil.example/",
            (
                "https://race.example.evil.example/, which does not begin with the site's own "
                "address, {site}."
            ),
        ),
        ("https://race.example/x/", "https://race.example/x/, which is not a page of the site."),
        (
            "https://race.example/404.html",
            "https://race.example/404.html, a page that search engines are asked to leave out.",
        ),
        (
            "https://race.example/old/",
            "https://race.example/old/, which only sends its readers on to another page.",
        ),
    ],
)
def test_an_address_that_does_not_belong_in_a_sitemap_is_explained(loc: str, says: str) -> None:
    """Search engines are sent to pages of this site, and to none that asks them to stay away."""
    expected = says.replace("{site}", "https://race.example/")
    assert sitemap_says(f"<loc>{loc}</loc>") == [f"the sitemap lists {expected}"]


def test_an_address_is_listed_once() -> None:
    """The same page twice is told once."""
    home = "<loc>https://race.example/</loc>"
    assert sitemap_says(home, home, home) == ["the sitemap lists https://race.example/ 3 times."]


@pytest.mark.parametrize("day", ["", "14 March 2027", "2027-13-01", "2027-03-14T09:00", "٢٠٢٧"])
def test_a_date_that_search_engines_cannot_read_is_explained(day: str) -> None:
    """A date is one that exists, as the W3C writes it."""
    url = f"<loc>https://race.example/</loc><lastmod>{day}</lastmod>"
    assert sitemap_says(url) == [f'the sitemap has the date "{day}". Write it as 2027-03-14.']


def test_a_sitemap_of_ten_thousand_pages_is_read() -> None:
    """Every address of a large sitemap is looked at once."""
    urls = [f"<loc>https://race.example/{number}/</loc>" for number in range(10_000)]
    assert len(sitemap_says(*urls)) == 10_000


def test_a_sitemap_with_a_doctype_is_refused() -> None:
    """Nothing that a sitemap declares is ever expanded."""
    (problem,) = check_sitemap("sitemap.xml", b"<!DOCTYPE urlset><urlset/>", PAGES, SITE)
    assert problem.message.endswith(": it has a DOCTYPE.")


ITEM = {
    "id": "tag:race.example,2027:/course/",
    "url": "https://race.example/blog/course/",
    "title": "Course",
    "content_html": '<a href="https://race.example/contact/">Ask</a>',
    "image": "https://race.example/media/a.png",
    "date_published": "2027-03-14T09:00:00+01:00",
}
JSON = {
    "version": "https://jsonfeed.org/version/1.1",
    "title": "River Run",
    "home_page_url": "https://race.example/",
    "feed_url": "https://race.example/feed.json",
    "items": [ITEM],
}


def json_says(data: object) -> list[tuple[str, str]]:
    """Return (entry, what is said) of a JSON feed."""
    problems = check_json_feed("feed.json", json.dumps(data).encode())
    assert {(problem.check, problem.file) for problem in problems} <= {("markup", "feed.json")}
    return [(problem.subject, problem.message) for problem in problems]


def test_a_sound_json_feed_is_no_problem() -> None:
    """A feed that follows JSON Feed 1.1 gives no report."""
    assert json_says(JSON) == []


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        (
            {"version": "https://jsonfeed.org/version/1"},
            "the feed does not say that its version is https://jsonfeed.org/version/1.1.",
        ),
        ({"title": " "}, "the feed has no title."),
        (
            {"feed_url": "/feed.json"},
            (
                'the feed has "/feed.json" as its feed_url, which is not a full address: begin it '
                "with https:// (allowed: https, http)."
            ),
        ),
        ({"items": None}, "no feed reader can read this file: it has no list of posts (items)."),
    ],
)
def test_what_a_json_feed_lacks_is_said(changed: dict[str, object], expected: str) -> None:
    """Each rule of the format for the feed itself has a sentence."""
    assert json_says({**JSON, **changed}) == [("", expected)]


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"id": ""}, "the post has no id."),
        ({"id": 7}, "the post has no id."),
        (
            {"date_published": "2027-03-14"},
            f'the post has the date "2027-03-14" (date_published). {WRITE}',
        ),
        (
            {"image": "/media/a.png"},
            (
                'the post has "/media/a.png" as its image, which is not a full address: begin it '
                "with https:// (allowed: https, http)."
            ),
        ),
        (
            {"content_html": '<img src="/media/a.png">'},
            (
                'the post\'s text has the address "/media/a.png", which works on the site alone. '
                "In a feed it must be a full one that begins with https://."
            ),
        ),
    ],
)
def test_what_an_item_lacks_is_said(changed: dict[str, object], expected: str) -> None:
    """Each rule of the format for one post has a sentence, with the post's title."""
    assert json_says({**JSON, "items": [{**ITEM, **changed}]}) == [("Course", expected)]


def test_items_have_ids_of_their_own_and_a_text() -> None:
    """Two posts with one id are taken for one, and one without a text for a mistake."""
    bare = {"id": ITEM["id"]}

    assert json_says({**JSON, "items": [ITEM, bare]}) == [
        ("Course", f'the post has the id "{ITEM["id"]}", which 2 posts have.'),
        ("entry 2", f'the post has the id "{ITEM["id"]}", which 2 posts have.'),
        ("entry 2", "the post has no text (content_html)."),
    ]


@pytest.mark.parametrize("data", [b"", b"{", b"\xff", b"[]", b"null"])
def test_what_is_no_json_feed_is_one_problem(data: bytes) -> None:
    """A file that cannot be read is reported once, whatever stands in it."""
    (problem,) = check_json_feed("feed.json", data)

    assert problem.message.startswith("no feed reader can read this file: ")
