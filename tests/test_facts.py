"""What is read from a finished page: as a browser would, whatever the page looks like."""

from __future__ import annotations

import pickle

import pytest

from milepost.facts import Heading, Image, Link, Mark, PageFacts, read_facts

PAGE = """<!doctype html>
<html lang="en">
<head>
<title>Course &amp; map,
  River Run</title>
<meta name="description" content=" Where it goes. ">
<meta property="og:image" content="https://race.example/media/card.png">
<link rel="canonical" href="https://race.example/blog/course/">
<link rel="stylesheet" href="/media/site.css">
<link rel="alternate" href="/feed.xml">
<script type="application/ld+json">{"@type": "Event"}</script>
<script src="/media/site.js" defer></script>
</head>
<body>
<a href="#main">Skip</a>
<main id="main">
<h1>Course <em>map</em></h1>
<p><a href="/contact/?a=1&amp;b=2" rel="NoOpener Sponsored">Ask
us</a> <a name="old"></a></p>
<img src="/media/a.jpg" alt="" width="960" height="640"
  srcset="/media/b.jpg 480w, /media/c.jpg 960w">
<section data-wall="posts"><h2 id="wall">Sponsors</h2>
<ul><li id="mark-acme" data-mark="acme">Acme</li><li id="mark-dale" data-mark="dale">Dale</li></ul>
</section>
</main>
</body>
</html>
"""


def read(html: str) -> PageFacts:
    """Return the facts of a page whose whole HTML is given."""
    return read_facts("index.html", html.encode())


def test_a_page_is_read_whole() -> None:
    """Everything that the checks look at is found, decoded and in page order."""
    assert read_facts("blog/course/index.html", PAGE.encode()) == PageFacts(
        file="blog/course/index.html",
        title="Course & map, River Run",
        language="en",
        canonical="https://race.example/blog/course/",
        description="Where it goes.",
        card="https://race.example/media/card.png",
        wall="posts",
        marks=(Mark(ident="acme", text="Acme"), Mark(ident="dale", text="Dale")),
        ids=("main", "wall", "mark-acme", "mark-dale"),
        anchors=("old",),
        links=(
            Link(href="/feed.xml", rel="alternate"),
            Link(href="#main", text="Skip"),
            Link(href="/contact/?a=1&b=2", rel="noopener sponsored", text="Ask us"),
        ),
        loads=(
            "/media/site.css",
            "/media/site.js",
            "/media/a.jpg",
            "/media/b.jpg",
            "/media/c.jpg",
        ),
        images=(Image(src="/media/a.jpg", alt="", width=960, height=640),),
        headings=(
            Heading(level=1, text="Course map"),
            Heading(level=2, text="Sponsors", id="wall"),
        ),
    )


def test_classes_are_told_once() -> None:
    """However many elements of one tag have the same classes, they are told once."""
    html = "<p class='a b'>1<p class='a b'>2<i class=b>3</i><p>4<p class='a b' id=c>5<b class>6"

    assert read(html).classes == (("p", "a b"), ("i", "b"), ("b", ""))


def test_facts_survive_the_way_between_processes() -> None:
    """What a worker sends home is what it read."""
    facts = read(PAGE)
    assert pickle.loads(pickle.dumps(facts)) == facts  # noqa: S301 - pickled on the line itself


def test_the_links_of_the_wall_are_kept_once() -> None:
    """A large site's facts stay small: a link that many pages have is one object."""
    one, other = read(PAGE), pickle.loads(pickle.dumps(read(PAGE)))  # noqa: S301 - as above
    assert all(a is b for a, b in zip(one.links, other.links, strict=True))


@pytest.mark.parametrize(
    ("html", "loads"),
    [
        ("<img src=/a.jpg>", ["/a.jpg"]),
        ("<img src>", [""]),
        ("<img src=/a.jpg><img src=/a.jpg>", ["/a.jpg"]),
        ("<img srcset='/a.jpg, /b.jpg 2x'>", ["/a.jpg", "/b.jpg"]),
        ("<img srcset='/a.jpg 1x,/b.jpg 2x,'>", ["/a.jpg", "/b.jpg"]),
        ("<img srcset='/a,b.jpg 1x, , /c.jpg'>", ["/a,b.jpg", "/c.jpg"]),
        ("<img srcset='data:image/png;base64,AA== 1x'>", ["data:image/png;base64,AA=="]),
        ("<img srcset='/a.jpg foo(1,2), /b.jpg'>", ["/a.jpg", "/b.jpg"]),
        ("<picture><source srcset='/a.avif 1x'></picture>", ["/a.avif"]),
        ("<video src=/a.mp4 poster=/a.jpg></video>", ["/a.mp4", "/a.jpg"]),
        ("<video><track src=/a.vtt></video>", ["/a.vtt"]),
        ("<audio><source src=/a.mp3></audio>", ["/a.mp3"]),
        ("<iframe src=//maps.example/></iframe>", ["//maps.example/"]),
        ("<object data=/a.pdf></object><embed src=/b.pdf>", ["/a.pdf", "/b.pdf"]),
        ("<input type=image src=/go.png>", ["/go.png"]),
        ("<svg><image xlink:href=/a.png /><use href=/b.svg#c /></svg>", ["/a.png", "/b.svg#c"]),
        ("<table background=/a.png></table>", ["/a.png"]),
        ("<link rel='preload' as=image imagesrcset='/a.jpg 1x'>", ["/a.jpg"]),
        ("<link rel='alternate STYLESHEET' href=/b.css>", ["/b.css"]),
        ("<link rel=preconnect href=https://fonts.example>", ["https://fonts.example"]),
        ("<noscript><img src=/a.jpg></noscript>", ["/a.jpg"]),
        ("<template><img src=/a.jpg></template>", []),
        ("<form action=https://forms.example/1></form>", []),
        ("<a href=/a.jpg>A</a>", []),
    ],
)
def test_everything_that_a_browser_fetches_is_found(html: str, loads: list[str]) -> None:
    """Each address that a page makes a browser fetch is listed once, and no other."""
    assert read(html).loads == tuple(loads)


@pytest.mark.parametrize(
    ("html", "hrefs"),
    [
        ("<a href>x</a>", [""]),
        ("<a>x</a>", []),
        ("<map><area href=/a/></map>", ["/a/"]),
        ("<a href=' java\nscript:x'>x</a>", [" java\nscript:x"]),
        ("<svg><a xlink:href=/a/></a></svg>", ["/a/"]),
        ("<form action=/a/><button formaction=/b/>Go</button></form>", ["/a/", "/b/"]),
        ("<a href=/a/><a href=/b/>", ["/a/", "/b/"]),
        ("<!-- <a href=/a/>x</a> -->", []),
    ],
)
def test_everything_that_a_reader_can_follow_is_found(html: str, hrefs: list[str]) -> None:
    """Each address that a reader can follow is listed as it stands."""
    assert [link.href for link in read(html).links] == hrefs


@pytest.mark.parametrize(
    ("html", "inline"),
    [
        ("<script>alert(1)</script>", ("<script>",)),
        ("<script type=module>x</script><script>y</script>", ("<script>",)),
        ("<script src=/a.js> </script>", ()),
        ('<script type="application/LD+json">{}</script>', ()),
        ("<style>p {}</style>", ("<style>",)),
        ("<p style='color: red'>x</p>", ('style="…" on <p>',)),
        ("<p STYLE>x</p>", ('style="…" on <p>',)),
        ("<svg onload=x></svg>", ('onload="…" on <svg>',)),
        ("<a href='x'onclick=y>x</a>", ('onclick="…" on <a>',)),
        ("<iframe srcdoc='<p>'></iframe>", ('srcdoc="…" on <iframe>',)),
        ("<title><script>alert(1)</script></title>", ()),
        ("<p>An onclick=x in words</p>", ()),
    ],
)
def test_scripts_and_styles_written_into_a_page_are_found(
    html: str, inline: tuple[str, ...]
) -> None:
    """Code in the page itself is listed once a kind; data for search engines is not code."""
    assert read(html).inline == inline


@pytest.mark.parametrize(
    ("content", "redirect"),
    [
        ("0; url=/blog/", "/blog/"),
        ("0;URL='/blog/'", "/blog/"),
        ("0, /blog/", "/blog/"),
        ("0.5;url = https://x.example/?a=1;b", "https://x.example/?a=1;b"),
        ("30", None),
        ("", None),
    ],
)
def test_a_redirect_is_read(content: str, redirect: str | None) -> None:
    """A page that sends its readers on says where to; one that only reloads does not."""
    assert read(f'<meta http-equiv="Refresh" content="{content}">').redirect == redirect


@pytest.mark.parametrize(
    ("content", "noindex"),
    [("noindex", True), ("NOINDEX, follow", True), ("none", True), ("index,follow", False)],
)
def test_a_page_can_keep_search_engines_away(content: str, noindex: bool) -> None:  # noqa: FBT001
    """The robots line of a page is understood in its usual spellings."""
    assert read(f'<meta name="robots" content="{content}">').noindex is noindex


@pytest.mark.parametrize(
    ("attributes", "image"),
    [
        ("", Image(src="", alt=None, width=None, height=None)),
        ("alt", Image(src="", alt="", width=None, height=None)),
        ("alt=' A '", Image(src="", alt="A", width=None, height=None)),
        ("width=100% height=40px", Image(src="", alt=None, width=None, height=None)),
        ("width=² height=-1", Image(src="", alt=None, width=None, height=None)),
        (f"width={'9' * 9999} height=0", Image(src="", alt=None, width=None, height=0)),
        ("alt='<script>' src=a src=b", Image(src="a", alt="<script>", width=None, height=None)),
    ],
)
def test_a_picture_is_read_as_it_is_written(attributes: str, image: Image) -> None:
    """An alt that is empty differs from none, and a size is a whole number or nothing."""
    assert read(f"<img {attributes}>").images == (image,)


@pytest.mark.parametrize(
    ("html", "title"),
    [
        ("<title>&lt;b> <script>x</script></title>", "<b> <script>x</script>"),
        ("<body><svg><title>A logo</title></svg>", ""),
        ("<title>Zürich, Łódź 🏃</title>", "Zürich, Łódź 🏃"),
        ("\ufeff<title>Marked</title>", "Marked"),
        ("<title>Unclosed", "Unclosed"),
    ],
)
def test_a_title_is_the_words_of_the_page(html: str, title: str) -> None:
    """A title is decoded, is never markup, and is not that of a drawing in the page."""
    assert read(html).title == title


@pytest.mark.parametrize(
    "html",
    [
        b"",
        b"\x00",
        b"\xff\xfe<p id=\xff>",
        b"\xed\xa0\x80<a href=\xed\xa0\x80>",
        b"<",
        b"<a href='",
        b"</p></div><p",
        b"<frameset><frame></frameset>",
        b"<table><a href=x><tr><td></table>",
        b"<svg><![CDATA[<p id=x>]]>",
        b"<b><i></b></i>" * 500,
        b"<img srcset='" + b"," * 50_000 + b"'>",
        b"<img srcset='" + b"(" * 50_000 + b" a'>",
        b"<meta http-equiv=refresh content='" + b" " * 50_000 + b"'>",
    ],
)
def test_any_bytes_are_read(html: bytes) -> None:
    """Broken HTML and bytes that are not UTF-8 are read and never an error."""
    assert read_facts("index.html", html).file == "index.html"


def test_a_page_of_ten_thousand_links_is_read() -> None:
    """No page is too long."""
    facts = read("".join(f'<a id="a{n}" href="/p{n}/">{n}</a>' for n in range(10_000)))
    assert (len(facts.links), len(facts.ids)) == (10_000, 10_000)


@pytest.mark.parametrize(
    ("html", "text", "alts"),
    [
        ("<p data-mark=a><a href=/><img alt=' A  B '></a> A\nB </p>", "A B", ("A B",)),
        ("<p data-mark=a><picture><source><img alt=A></picture><img>", "", ("A", "")),
        ("<img data-mark=a alt=A>", "", ("A",)),
        ("<p data-mark=a><a href=/></a></p><img alt=A>A", "", ()),
        ("<p data-mark=a hidden>A<img alt=A>", "", ()),
        ("<p hidden data-mark=a>A<img alt=A>", "", ()),
        ("<div hidden><p>x<p data-mark=a>A<img alt=A></div>", "", ()),
        ("<p data-mark=a>A<img alt=A hidden><img hidden=until-found alt=B>", "A", ()),
        ("<p data-mark=a>A <b hidden>B <i>C <img alt=A></i></b> D", "A D", ()),
        ("<p data-mark=a><b aria-hidden=true>A<img alt=A></b>B", "B", ()),
        ("<p data-mark=a><b aria-hidden=false>A<img alt=A></b>", "A", ("A",)),
        ("<p data-mark=a><template>A<img alt=A></template>B", "B", ()),
        ("<p data-mark=a><script>A</script><style>A</style>B", "B", ()),
        ("<p hidden>x</p><p data-mark=a>A<img alt=A>", "A", ("A",)),
        ("<div inert><p data-mark=a>A<img alt=A></div>", "", ()),
        ("<div popover><p data-mark=a>A<img alt=A></div>", "", ()),
        ("<dialog><p data-mark=a>A<img alt=A></dialog>", "", ()),
        ("<dialog open><p data-mark=a>A<img alt=A></dialog>", "A", ("A",)),
        ("<details><summary>x</summary><p data-mark=a>A<img alt=A></details>", "", ()),
        ("<details open><summary>x</summary><p data-mark=a>A</details>", "A", ()),
        ("<details><summary><b data-mark=a>A<img alt=A></b></summary>x</details>", "A", ("A",)),
        ("<p data-mark=a>A<details><summary>B</summary>C</details>", "A", ()),
        ("<div data-mark=a>A<details><summary>B</summary>C<img></details></div>", "AB", ()),
        ("<div class='a visually-hidden'><p data-mark=a>A<img alt=A></div>", "", ()),
        ("<p class=visually-hidden data-mark=a>A<img alt=A>", "", ()),
        ("<p data-mark=a class=visually-hidden>A<img alt=A>", "", ()),
        ("<p data-mark=a><b class=visually-hidden>A<img alt=B></b><img alt=A>", "A", ("A",)),
        ("<div class=not-visually-hidden><p data-mark=a>A</div>", "A", ()),
        ("<p data-mark=a><object>A<img alt=A></object>B", "B", ()),
        ("<object><p>x</object><p data-mark=a>A<img alt=A>", "A", ("A",)),
    ],
)
def test_of_a_mark_what_can_be_seen_is_read(html: str, text: str, alts: tuple[str, ...]) -> None:
    """Words and pictures inside it, none of which is hidden or inside something hidden."""
    assert [(mark.text, mark.alts) for mark in read(html).marks] == [(text, alts)]


@pytest.mark.parametrize(
    "tag",
    ["noscript", "canvas", "video", "audio", "object", "select", "datalist", "meter", "progress"],
)
def test_what_stands_in_for_another_thing_is_not_seen(tag: str) -> None:
    """A browser with scripts, sound and pictures does not show it, but its links are read."""
    facts = read(f"x<{tag}><div><p data-mark=a><a href=/a>A<img alt=A></a></div></{tag}>")

    assert [(mark.text, mark.alts) for mark in facts.marks] == [("", ())]
    assert [link.href for link in facts.links] == ["/a"]


def test_what_an_iframe_holds_is_no_mark() -> None:
    """Its contents are plain text to a browser."""
    assert read("<iframe><p data-mark=a>A</iframe>").marks == ()


def test_of_a_mark_its_pictures_addresses_are_read() -> None:
    """All from which a browser chooses: other formats, dark ones, sharper ones, the plain one."""
    html = (
        "<p data-mark=a><picture><source media=dark srcset=/d.svg>"
        "<source srcset='/a.avif, /b.avif 2x'><img src=/a.png srcset='/b.png 2x'>"
        "</picture><img hidden src=/x.png><img src=/c.png>"
    )

    assert read(html).marks[0].pictures == (
        ("/d.svg", "/a.avif", "/b.avif", "/b.png", "/a.png"),
        ("/c.png",),
    )


@pytest.mark.parametrize(
    ("html", "within"),
    [
        (
            "<div class=x><div data-wall=w class='a b'><ul class=c><li data-mark=a></ul></div>",
            "cab",
        ),
        ("<div data-wall=w class=a><p class='b a' data-mark=a></p></div>", "a"),
        ("<div class=a><p data-mark=a></p></div>", ""),
        ("<p data-wall=w></p><p class=a data-mark=a></p>", ""),
    ],
)
def test_of_a_mark_the_classes_round_it_are_read(html: str, within: str) -> None:
    """Those of the elements in which it stands, as far as the wall."""
    assert read(html).marks[0].within == tuple(within)
