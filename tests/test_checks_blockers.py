"""What ad blockers would hide or block: their rules, and the pages held against them."""

from __future__ import annotations

from pathlib import Path

import pytest

from milepost.checks.blockers import check_blockers, check_slugs, own_list, read_list
from milepost.checks.blocking import PAGE, kind_of
from milepost.checks.hiding import Element
from milepost.facts import read_facts
from milepost.posts.post import read_post
from sites import SETTINGS, Built, build_site, post

HOST = "race.example"
URL = f"https://{HOST}"
OWN = read_list(own_list(), HOST)


def hides(rules: str, tag: str = "div", ident: str = "", classes: str = "") -> bool:
    """Say whether a list hides such an element on our site."""
    element = Element(tag=tag, id=ident, classes=classes)
    return read_list(rules, HOST).hiding.on_element(element) is not None


def blocks(rules: str, address: str, kind: str = "image") -> bool:
    """Say whether a list blocks a request of our site."""
    return read_list(rules, HOST).blocked(URL + address, kind) is not None


@pytest.mark.parametrize(
    ("rules", "element"),
    [
        ("##.sponsor", ("div", "", "a sponsor b")),
        ("###sponsors", ("div", "sponsors", "")),
        ("##div.sponsor", ("div", "", "sponsor")),
        ("##.ad.box", ("div", "", "box large ad")),
        ("##.ad:not(body):not(html)", ("div", "", "ad")),
        ("##*.ad", ("div", "", "ad")),
        ('##[class^="ad-"]', ("div", "", "ad-left mine")),
        ('##div[id*="_ad_"]', ("div", "a_ad_b", "")),
        ('##[class$="-ad"]', ("p", "", "my left-ad")),
        ("##[class~='ad']", ("p", "", "my ad")),
        ("##[class|=ad]", ("p", "", "ad-x")),
        ('##[class*="sponsor" i]', ("p", "", "ourSponsors")),
        ("##div[id^=ad_]", ("", "ad_1", "")),
        ("##ins[class]", ("ins", "", "x")),
        (r"##.md\:ad", ("p", "", "md:ad")),
        ("race.example##.x", ("p", "", "x")),
        ("example##.x", ("p", "", "x")),
        ("other.example,race.example##.x", ("p", "", "x")),
        ("~other.example##.x", ("p", "", "x")),
    ],
)
def test_an_element_is_hidden(rules: str, element: tuple[str, str, str]) -> None:
    """Tags, ids, classes and attributes are understood, for all sites and for ours by name."""
    assert hides(rules, *element)


@pytest.mark.parametrize(
    ("rules", "element"),
    [
        ("##.sponsor", ("div", "", "sponsors")),
        ("##.sponsor", ("div", "sponsor", "Sponsor")),
        ("###sponsor", ("div", "", "sponsor")),
        ("##div.sponsor", ("p", "", "sponsor")),
        ("##.ad.box", ("div", "", "ad")),
        ("##div[id^=ad-]", ("h2", "ad-hoc", "")),
        ("##.ad:not(body)", ("body", "", "ad")),
        ('##[class^="ad-"]', ("div", "", "mine ad-left")),
        ('##[class^=""]', ("div", "", "x")),
        ("##[class]", ("div", "x", "")),
        ("other.example##.x", ("p", "", "x")),
        ("~race.example##.x", ("p", "", "x")),
        ("##.x\n#@#.x", ("p", "", "x")),
        ("##.x\nrace.example#@#.x", ("p", "", "x")),
        ("##.a > .x", ("p", "", "x")),
        ("##.x:has(a)", ("p", "", "x")),
        ("##.x:-abp-contains(a)", ("p", "", "x")),
        ("##+js(x)", ("p", "", "x")),
        ("#?#.x", ("p", "", "x")),
        ("#$#.x { color: red }", ("p", "", "x")),
        ("! ##.x", ("p", "", "x")),
        ("##", ("p", "", "x")),
        ("##.", ("p", "", "x")),
        ("##[", ("p", "", "x")),
        ("##[class", ("p", "", "x")),
        ("##]", ("p", "", "x")),
    ],
)
def test_an_element_is_not_hidden(rules: str, element: tuple[str, str, str]) -> None:
    """Other names, other sites, exceptions, and rules that say more than we understand."""
    assert not hides(rules, *element)


@pytest.mark.parametrize(
    ("rules", "address"),
    [
        ("/ads/*", "/ads/a.png"),
        ("/ads/*$image", "/x/ADS/a.png"),
        ("-banner.", "/our-banner.png"),
        ("_ad.$~script", "/our_ad.png"),
        ("/sponsors/*.png", "/img/sponsors/2027/acme.png"),
        ("/ad^", "/ad?x=1"),
        ("/ad^", "/ad"),
        ("/a.png|", "/x/a.png"),
        ("|https://race.example/a", "/a.png"),
        ("||race.example^", "/a.png"),
        ("||example/a", "/a.png"),
        ("banner", "/ourbannerhere.png"),
        ("/a*b*c", "/axxbyyc.png"),
        ("/Ads/*$match-case", "/Ads/a.png"),
        ("/ads/*$~third-party", "/ads/a.png"),
        ("/ads/*$domain=race.example|other.example", "/ads/a.png"),
        ("/ads/*$domain=~other.example", "/ads/a.png"),
        ("/ads/*$important,image", "/ads/a.png"),
    ],
)
def test_an_address_is_blocked(rules: str, address: str) -> None:
    """Shapes with signs, for all requests or for pictures, are understood."""
    assert blocks(rules, address)


@pytest.mark.parametrize(
    ("rules", "address"),
    [
        ("/ads/*", "/roads/a.png"),
        ("/ads/*$script", "/ads/a.png"),
        ("/ads/*$~image", "/ads/a.png"),
        ("/ads/*$third-party", "/ads/a.png"),
        ("/ads/*$popup", "/ads/a.png"),
        ("/ads/*$domain=other.example", "/ads/a.png"),
        ("/ads/*$domain=~race.example", "/ads/a.png"),
        ("/ads/*$whatever=1", "/ads/a.png"),
        ("/Ads/*$match-case", "/ads/a.png"),
        ("/ads/*\n@@/ads/a.png", "/ads/a.png"),
        ("||other.example^", "/a.png"),
        ("||ace.example^", "/a.png"),
        ("|/a.png", "/a.png"),
        ("/a|", "/a.png"),
        ("/ad^", "/ad-hoc.png"),
        ("/(a+)+$/", "/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.png"),
        ("127.0.0.1 race.example", "/a.png"),
        ("*", "/a.png"),
        ("^", "/a.png"),
        ("|", "/a.png"),
        ("@@", "/a.png"),
        ("$", "/a.png"),
        ("[Adblock Plus 2.0]", "/a.png"),
    ],
)
def test_an_address_is_not_blocked(rules: str, address: str) -> None:
    """Other kinds of request, other sites, exceptions, and what is no rule for us."""
    assert not blocks(rules, address)


@pytest.mark.parametrize("line", ["##" + "[" * 9999, "a*" * 999, "##" + "." * 9999, "\x00", "##\\"])
def test_no_line_can_stop_a_build(line: str) -> None:
    """Whatever stands in a list, it is read, and the rest of it is heeded."""
    assert hides(f"{line}\n##.x", classes="x")
    assert not blocks(f"{line}b", "/" + "a" * 2000)


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        ("/a/b.PNG?x=1", "image"),
        ("/a.css", "stylesheet"),
        ("/a.js#x", "script"),
        ("/a.woff2", "font"),
        ("/a.mp4", "media"),
        ("/a.json", "xmlhttprequest"),
        ("/a/", "subdocument"),
        ("/a.gpx", "other"),
    ],
)
def test_a_suffix_tells_what_is_loaded(address: str, kind: str) -> None:
    """Rules for pictures are held against pictures."""
    assert kind_of(URL + address) == kind


@pytest.mark.parametrize(
    "classes",
    [
        *("sponsor", "sponsor-logo", "home__sponsors", "SponsorBox", "ad", "ads", "ad-top"),
        *("left-ad", "left-ad wide", "page_ads", "banner", "top-banner", "partner-logos"),
        *("promo", "promo-box", "newsletter", "social-links", "advert", "share-buttons"),
    ],
)
def test_our_own_list_knows_the_words(classes: str) -> None:
    """The words that lists have in hundreds of forms are known in any of them."""
    assert OWN.hiding.on_element(Element(tag="div", id="", classes=classes))


@pytest.mark.parametrize(
    ("ident", "classes"),
    [
        ("", "head shadow download road-map loading badge adult gradient"),
        ("", "promontory wall mark mark__logo thanks"),
        ("what-sponsors-pay-for", ""),
        ("sponsors", ""),
        ("mark-acme", ""),
        ("ad-hoc-crew", ""),
        ("advertise-your-club-run", ""),
    ],
)
def test_our_own_list_leaves_other_words_alone(ident: str, classes: str) -> None:
    """Words that only look alike, and headings that speak of sponsors, are no hit."""
    assert OWN.hiding.on_element(Element(tag="h2", id=ident, classes=classes)) is None


@pytest.mark.parametrize(
    "address",
    [
        *("/sponsors/acme.png", "/ads/x.js", "/img/ad.png", "/img/our-banner.jpg"),
        *("/img/top_ad.gif", "/banners/a.png", "/sponsor-ad.png", "/newsletter.png"),
    ],
)
def test_our_own_list_knows_the_shapes_of_addresses(address: str) -> None:
    """Folders and files that lists block are known."""
    assert OWN.blocked(URL + address, kind_of(URL + address))


@pytest.mark.parametrize(
    "address",
    [
        *("/sponsors/", "/sponsors/acme/", "/blog/what-sponsors-pay-for/", "/blog/road-works/"),
        *("/blog/banner-elk-10k/", "/blog/ad-hoc-crew/", "/sponsors.json", "/blog/adopt-a-mile/"),
    ],
)
def test_our_own_list_lets_pages_be_called_what_they_are(address: str) -> None:
    """The sponsors' pages and posts about sponsors are no hit."""
    assert OWN.blocked(URL + address, PAGE) is None


def said(body: str, rules: str = "", file: str = "index.html") -> list[str]:
    """Return what is said of a page with this HTML."""
    page = read_facts(file, f"<!doctype html><body>{body}".encode())
    blocked = read_list(rules or own_list(), HOST)
    problems = check_blockers({file: page}, blocked, URL, {})
    assert {problem.check for problem in problems} <= {"blockers"}
    return [problem.message for problem in problems]


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (
            "<div class='sponsor-logo'>",
            (
                'has <div class="sponsor-logo">, which ad blockers hide '
                '(rule ##[class*="sponsor" i]). '
                "Call it something else; if it is none of yours, look in theme/templates/."
            ),
        ),
        (
            "<h2 id=newsletter-sign-up>Newsletter sign-up</h2>",
            (
                'has <h2 id="newsletter-sign-up">, which ad blockers hide (rule '
                "###newsletter-sign-up). "
                "Put other words into the heading, or give it a name: ## Heading {#name}."
            ),
        ),
        (
            "<div class=x id=sponsor-links>",
            (
                'has <… id="sponsor-links">, which ad blockers hide (rule ###sponsor-links). '
                "Call it something else; if it is none of yours, look in theme/templates/."
            ),
        ),
        (
            "<img src='/extra/our-banner.png'>",
            (
                "loads /extra/our-banner.png, which ad blockers block (rule -banner.$image). "
                "Call it our-flag.png."
            ),
        ),
        (
            "<img src='/ads/course.png'>",
            (
                "loads /ads/course.png, which ad blockers block (rule /ads/*). "
                "Put it into another folder."
            ),
        ),
        (
            "<video src='/media/newsletter-0123456789ab.mp4'>",
            (
                "loads /media/newsletter-0123456789ab.mp4, which ad blockers block (rule "
                "/newsletter-0123456789ab.). Call it letter.mp4."
            ),
        ),
        (
            "<a href='https://go.ads.example/?x'>Acme</a>",
            (
                "has a link to https://go.ads.example/?x, which ad blockers hide (rule "
                '##a[href^="https://go.ads.example"]). Link to an address without a detour.'
            ),
        ),
    ],
)
def test_a_hit_names_page_thing_and_rule(body: str, says: str) -> None:
    """The sentence says what is hidden, by which rule, and what to do."""
    more = '/newsletter-0123456789ab.\n##a[href^="https://go.ads.example"]'

    assert said(body, f"{own_list()}\n{more}") == [f"the page / {says}"]


def test_links_are_hidden_by_a_part_of_their_address() -> None:
    """Rules for the middle or the end of a link's address are held against it, too."""
    rules = (
        '##a[href*=".tracker.example/"]\n##[href$="/out.php"]\n##a[href^="/x" i]\n##b[href="/y"]'
    )

    hits = said("<a href=//a.tracker.example/1>1</a><a href=/out.php>2</a><a href=/Xx>3</a>", rules)

    assert len(hits) == 3
    assert said("<a href=/tracker.example/>1</a><a href=/y>2</a>", rules) == []


def test_what_others_serve_is_no_business_of_this_check() -> None:
    """Only what the site itself serves is looked at; the rest is a matter of third-party."""
    assert said("<img src='//other.example/ads/a.png'><img src='data:,/ads/'><img src='//['>") == []


def test_a_site_below_a_folder_is_seen_with_it() -> None:
    """The folder that a site lies in is a part of every address."""
    page = read_facts("index.html", b"<img src='/ads/media/a.png'>")

    problems = check_blockers({"index.html": page}, OWN, f"{URL}/ads", {})

    assert len(problems) == 1


def test_alike_hits_are_one_problem() -> None:
    """What a template does on every page is told once, with the number of pages."""
    pages = {
        name: read_facts(name, b"<p class=ad>")
        for name in ("index.html", "a/index.html", "b/index.html")
    }

    (problem,) = check_blockers(pages, OWN, URL, {name: f"{name}.md" for name in pages})

    assert problem.message.startswith('the page / (and 2 others) has <p class="ad">')
    assert problem.file == "index.html.md"


def test_what_a_template_does_is_no_posts_fault() -> None:
    """A thing that stands on pages without a file of their own, too, is told of such a page."""
    pages = {name: read_facts(name, b"<p class=ad>") for name in ("index.html", "b/index.html")}

    (problem,) = check_blockers(pages, OWN, URL, {"b/index.html": "content/pages/b.md"})

    assert problem.file == "index.html"


OURS = "The name is Milepost's own, and no file of yours can change it."


@pytest.mark.parametrize(
    ("body", "rules"),
    [
        ("<ul class='wall__marks mine'>", "##.wall__marks"),
        ("<div class='wall__group wall__group--3'>", '##[class*="group--3"]'),
        ("<div id=after-wall>", "###after-wall"),
        ("<li id=mark-acme>", '##[id^="mark-"]'),
        ("<img src=/media/mark-0123456789ab.svg>", "/media/mark-*$image"),
        ("<img src=/media/picture-0123456789ab.svg>", "/picture-*"),
        ("<link rel=stylesheet href=/media/sizes-0123456789ab.css>", "/sizes-*"),
        ("<script src=/media/dates-0123456789ab.js></script>", "/dates-*"),
        ("<video src=/media/course-0123456789ab.mp4>", "/media/*"),
    ],
)
def test_what_milepost_has_named_is_told_of_the_list(body: str, rules: str) -> None:
    """Nobody can rename it, so the line that names the list is told, and what can be done."""
    page = read_facts("a/index.html", body.encode())
    settings = ("pelicanconf.py", 9)

    (problem,) = check_blockers(
        {page.file: page}, read_list(rules, HOST), URL, {page.file: "a.md"}, settings
    )

    assert (problem.file, problem.line, problem.subject) == (*settings, "BLOCK_LIST")
    assert f"{OURS} Take the rule out of the list, or let the build pass: " in problem.message


@pytest.mark.parametrize(
    ("body", "rules", "file", "advice"),
    [
        ("<ul class='wall__marks mine'>", "##.mine", "a.md", "Call it something else"),
        ("<h2 id=the-hills>The hills</h2>", "###the-hills", "a.md", "Put other words into"),
        ("<li id=mark-ad-co>", "###mark-ad-co", "sponsors.yaml", "Give the sponsor another id."),
        ("<img src=/media/ad-0123456789ab.mp4>", "/ad-*", "a.md", "Call it notice.mp4."),
    ],
)
def test_what_an_organiser_has_named_is_told_where_it_is(
    body: str, rules: str, file: str, advice: str
) -> None:
    """Advice is given that can be followed."""
    page = read_facts("a/index.html", body.encode())

    (problem,) = check_blockers({page.file: page}, read_list(rules, HOST), URL, {page.file: "a.md"})

    assert (problem.file, advice in problem.message) == (file, True)


@pytest.mark.parametrize(
    ("slug", "title", "others", "says"),
    [
        ("ad-banner", "Painting", (), "notice-flag"),
        ("ad-banner", "Painting", ("notice-flag",), "painting"),
        ("advertising", "Advertising", (), "telling"),
        ("sponsored-content-and-us", "Us", (), "supported-content-and-us"),
    ],
)
def test_a_slug_that_blockers_know_gets_a_proposal(
    slug: str, title: str, others: tuple[str, ...], says: str
) -> None:
    """The line of the slug is named, and a free one that no rule knows is proposed."""
    texts = {name: post(title=title, slug=name) for name in (slug, *others)}
    posts = [read_post(text, f"content/posts/{name}.md")[0] for name, text in texts.items()]

    (problem,) = check_slugs([one for one in posts if one], OWN, URL)

    assert (problem.file, problem.line) == (f"content/posts/{slug}.md", 4)
    assert problem.message.endswith(f"Write slug: {says}")


MISSING = """\
{% extends "base.html" %}
{% block main %}<h1>{{ page.heading }}</h1><div class="sponsor-logo">x</div>{% endblock %}
"""
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 10"><path d="M0 0h20v10z"/></svg>'


def picture_site(folder: Path, name: str) -> Built:
    """Build a site with a post that has a picture of this name."""
    files = {
        f"content/images/{name}": SVG,
        "content/posts/a.md": post(f"![A map]({{static}}/images/{name})"),
    }
    return build_site(folder, files)


class TestASite:
    """The check in whole builds."""

    def test_a_class_of_an_own_template_stops_the_build(self, tmp_path: Path) -> None:
        """A theme's own file is held against the rules as ours are."""
        built = build_site(tmp_path, {"theme/templates/missing.html": MISSING})

        assert built.code == 1
        assert (
            'the page /404.html has <div class="sponsor-logo">, which ad blockers hide (rule '
            '##[class*="sponsor" i]).'
        ) in built.report
        assert not built.files

    def test_a_slug_stops_the_build(self, tmp_path: Path) -> None:
        """The report has the line and another slug."""
        built = build_site(tmp_path, {"content/posts/a.md": post(slug="ad-banner")})

        assert built.code == 1
        assert '  line 4, "A post": the address /blog/ad-banner/ is one' in built.report
        assert "Write slug: notice-flag\n" in built.report

    @pytest.mark.parametrize(("severity", "said"), [("off", False), ("warning", True)])
    def test_a_site_may_take_it_lightly(self, tmp_path: Path, severity: str, *, said: bool) -> None:
        """Another severity lets the build pass."""
        settings = f'{SETTINGS}CHECKS = {{"blockers": "{severity}"}}\n'
        files = {"pelicanconf.py": settings, "content/posts/a.md": post(slug="ad-banner")}

        built = build_site(tmp_path, files)

        assert built.code == 0
        assert ("ad-banner" in built.report) == said

    def test_pictures_may_be_called_anything(self, tmp_path: Path) -> None:
        """A picture is published under a name that says nothing."""
        built = picture_site(tmp_path, "sponsor-banner_300x250.ad.svg")

        assert (built.code, built.report) == (0, "")
        assert [name for name in built.files if name.startswith("media/picture-")]
        assert not [name for name in built.files if "banner" in name]

    def test_a_list_of_the_organisers_choice_stands_for_ours(self, tmp_path: Path) -> None:
        """The rules of the file are held against the pages, and ours are not."""
        files: dict[str, str | bytes | None] = {
            "pelicanconf.py": f'{SETTINGS}BLOCK_LIST = "lists/mine.txt"\n',
            "lists/mine.txt": b"\xef\xbb\xbf[Adblock Plus]\r\n! M\xfcll\r\n###the-hills\r\n",
            "content/posts/a.md": post("## The hills\n\nUp.", slug="ad-banner"),
        }

        built = build_site(tmp_path, files)

        assert built.code == 1
        assert 'has <h2 id="the-hills">, which ad blockers hide (rule ###the-hills)' in built.report
        assert "/blog/ad-banner/ is one" not in built.report

    def test_a_rule_against_the_wall_is_told_of_the_setting(self, tmp_path: Path) -> None:
        """No post is blamed for it."""
        files = {
            "pelicanconf.py": f'{SETTINGS}BLOCK_LIST = "mine.txt"\n',
            "mine.txt": "##.mark\n",
        }

        built = build_site(tmp_path, files)

        assert built.code == 1
        assert built.report.startswith(
            'pelicanconf.py has 1 problem.\n\n  line 7, "BLOCK_LIST": the page / (and '
        )
        assert OURS in built.report

    @pytest.mark.parametrize(
        ("name", "says"),
        [
            ("mine.txt", "mine.txt does not exist. Put the list beside pelicanconf.py."),
            ("content", "content cannot be read: "),
            ("../mine.txt", "../mine.txt must not leave its folder with .."),
        ],
    )
    def test_a_list_that_is_not_there_is_told(self, tmp_path: Path, name: str, says: str) -> None:
        """The line of the setting is named."""
        settings = f'{SETTINGS}BLOCK_LIST = "{name}"\n'

        built = build_site(tmp_path, {"pelicanconf.py": settings})

        assert built.code == 1
        assert f'  line 7, "BLOCK_LIST": {says}' in built.report
