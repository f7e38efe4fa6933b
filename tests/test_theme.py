"""The theme: what readers, sponsors and their browsers find in every page it makes."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest
from jinja2 import meta, nodes
from markupsafe import Markup
from selectolax.lexbor import LexborHTMLParser, LexborNode

import views
from milepost.render.templates import environment
from milepost.render.views import MarkView, WallView

if TYPE_CHECKING:
    from collections.abc import Mapping

THEME: Final = Path(__file__).resolve().parents[1] / "theme"
TEMPLATES: Final = THEME / "templates"
STYLES: Final = THEME / "static" / "css"
ENV: Final = environment([TEMPLATES])

SHARED: Final = frozenset({"site", "race", "notice", "page", "wall", "navigation"})
OWN: Final[Mapping[str, frozenset[str]]] = {
    "archive": frozenset({"years", "topics", "tags", "authors"}),
    "author": frozenset({"term", "posts", "pagination"}),
    "blog": frozenset({"posts", "pagination", "topics", "text"}),
    "contact": frozenset({"text"}),
    "examples": frozenset(),
    "home": frozenset({"posts", "text"}),
    "missing": frozenset(),
    "page": frozenset({"text"}),
    "post": frozenset({"post"}),
    "profile": frozenset({"profile"}),
    "race-day": frozenset({"text"}),
    "redirect": frozenset({"target", "canonical"}),
    "sponsors": frozenset({"text"}),
    "tag": frozenset({"term", "posts", "pagination"}),
    "thanks": frozenset(),
    "topic": frozenset({"term", "posts", "pagination"}),
    "year": frozenset({"term", "posts"}),
}
"""What each page's template sees beside the shared names."""

HOSTILE: Final = (
    "<script>alert(\"x\")</script> & 'it' {{ 7 }} \N{RUNNER} \u202e\u05e9\u05dc\u05d5\u05dd"
)
NASTY: Final = "?a=1&b=\"><b onclick='x'>"

FORBIDDEN: Final = re.compile(
    r"sponsor|banner|partner|promo|newsletter|social|(?:^|[-_])ads?(?:[-_]|$)", re.IGNORECASE
)
"""Words that ad blockers hide by, wherever a class, an id or a file has them."""

FROM_MARKDOWN: Final = frozenset(
    {"scroll", "align-left", "align-center", "align-right", "footnote"}
)
"""Classes that stand in texts from content/ and in no template."""


def minimal() -> dict[str, Any]:
    """Return every name that any page's template sees, with the least in each."""
    return {
        "site": views.site(feed="", icon="/race/media/icon-0a1b.svg"),
        "race": None,
        "notice": None,
        "page": views.page(),
        "wall": None,
        "items": (),
        "posts": (),
        "text": None,
        "pagination": views.pagination(),
        "term": views.term(number=0),
        "topics": (),
        "years": (),
        "tags": (),
        "authors": (),
        "post": views.post(),
        "profile": views.profile(),
        "target": "/race/hills/",
        "canonical": "https://club.example/race/hills/",
    }


def full() -> dict[str, Any]:
    """Return every name that any page's template sees, with all there can be in each."""
    terms = (views.term(), views.term("News", 1))
    cards = (views.full_card(), views.card())
    lone = views.full_mark(name="Wide Works", ident="wide", dark=None, perk=views.perk())
    return {
        "site": views.full_site(),
        "race": views.full_race(),
        "notice": views.notice("warning"),
        "page": views.page(
            description="About hills.", noindex=True, language="es", card=views.full_sharing()
        ),
        "wall": views.wall(
            views.group(views.full_mark(), views.mark("Mets", ident="mets")),
            views.group(
                lone,
                views.full_mark(anchor="mark-acme-2"),
                number=2,
                heading="Supporters",
                heading_shown=False,
            ),
            placement="sponsors",
        ),
        "items": (views.link("Blog", "/race/blog/", current=True), views.link()),
        "posts": cards,
        "text": views.full_text(),
        "pagination": views.pagination(
            number=2, total=3, newer=views.link("Newer posts"), older=views.link("Older posts")
        ),
        "term": views.term(),
        "topics": terms,
        "years": terms,
        "tags": terms,
        "authors": terms,
        "post": views.post(
            card=views.full_card(),
            text=views.full_text(),
            modified=views.day("2027-03-20", "20 March 2027"),
            authors=(views.link("Ruth Amsel"), views.link("Owen Prater", "")),
            tags=(views.link("strength"), views.link("injury prevention")),
            about=2026,
            newer=views.link("Newer post"),
            older=views.link("Older post"),
            related=cards,
        ),
        "profile": views.profile(
            mark=views.full_mark(),
            tiers=("Title Sponsors",),
            since=2019,
            links=(views.link("Instagram", "https://pictures.example/acme"),),
            site=views.link("Acme Running", "https://acme.example/"),
            posts=cards,
        ),
        "target": "/race/hills/",
        "canonical": "https://club.example/race/hills/",
    }


def hostile() -> dict[str, Any]:
    """Return all there can be, where no text and no address is what it should be."""

    def change(field: str, value: str) -> str:
        if field in views.TOKENS:
            return value
        return value + (NASTY if field in views.ADDRESSES else HOSTILE)

    values = {name: views.altered(value, change) for name, value in full().items()}
    moved = {name: change(name, values[name]) for name in ("target", "canonical")}
    return {**values, **moved}


SITUATIONS: Final = {"minimal": minimal, "full": full, "hostile": hostile}
PAGES: Final = [(situation, template) for situation in SITUATIONS for template in OWN]
DOCUMENTS: Final = [(situation, name) for situation, name in PAGES if name != "redirect"]

every_page = pytest.mark.parametrize(("situation", "template"), PAGES)
every_document = pytest.mark.parametrize(("situation", "template"), DOCUMENTS)


def rendered(template: str, names: Mapping[str, Any]) -> LexborHTMLParser:
    """Render a page with nothing but the names that its template may see."""
    site = {"site": names["site"], "race": names["race"], "notice": names["notice"]}
    wall = names["wall"]
    shared = {
        **site,
        "page": names["page"],
        "wall": wall and fragment("wall", wall=wall, **site),
        "navigation": fragment("navigation", items=names["items"], **site),
    }
    own = {name: names[name] for name in OWN[template]}
    return LexborHTMLParser(ENV.get_template(f"{template}.html").render({**shared, **own}))


def fragment(name: str, **names: Any) -> Markup:
    """Render a part of pages that is the same on many of them."""
    html = ENV.get_template(f"fragments/{name}.html").render(names)
    return Markup(html)  # noqa: S704 - a template's output


def seen(situation: str, template: str) -> LexborHTMLParser:
    """Return the page that a template makes in a situation."""
    return rendered(template, SITUATIONS[situation]())


def seen_wall(*marks: MarkView, placement: str = "posts", **given: Any) -> LexborHTMLParser:
    """Return a wall of one group."""
    return parsed_wall(views.wall(views.group(*marks, **given), placement=placement))


def parsed_wall(view: WallView) -> LexborHTMLParser:
    """Return a wall as it stands in pages."""
    return LexborHTMLParser(fragment("wall", wall=view, site=views.site(), race=None))


def first(tree: LexborHTMLParser | LexborNode, selector: str) -> LexborNode:
    """Return the one element that a selector finds."""
    found = tree.css(selector)
    assert len(found) == 1, f"{selector} finds {len(found)} elements"
    return found[0]


def words(node: LexborNode) -> str:
    """Return an element's text with single spaces."""
    return " ".join(node.text().split())


def pieces(tree: LexborHTMLParser) -> str:
    """Return all text and all attributes' values of a page, as its reader's browser has them."""
    values = [value or "" for node in tree.css("*") for value in node.attributes.values() if value]
    root = tree.root
    assert root
    return "\n".join([root.text(), *values])


class TestEveryPage:
    """What holds for each template, whatever it is given."""

    @every_document
    def test_a_page_has_one_main_heading(self, situation: str, template: str) -> None:
        """Every page has one h1, and it says what the page is."""
        names = SITUATIONS[situation]()
        tree = rendered(template, names)
        heading = first(tree, "h1").text()
        assert heading.strip() == names["page"].heading
        assert first(tree, "main").css("h1")

    @every_document
    def test_headings_do_not_jump(self, situation: str, template: str) -> None:
        """Who reads by headings never meets a level without the one above it."""
        levels = [
            int((node.tag or "")[1]) for node in seen(situation, template).css("h1,h2,h3,h4,h5,h6")
        ]
        assert all(below <= above + 1 for above, below in pairwise([0, *levels]))

    @every_page
    def test_ids_are_unique(self, situation: str, template: str) -> None:
        """An id stands once on a page, so that every link into it has one goal."""
        ids = Counter(node.attributes["id"] for node in seen(situation, template).css("[id]"))
        assert [name for name, number in ids.items() if number > 1] == []

    @every_page
    def test_nothing_is_written_inline(self, situation: str, template: str) -> None:
        """No page carries a script or a style of its own."""
        tree = seen(situation, template)
        attributes = {name for node in tree.css("*") for name in node.attributes}
        assert not tree.css("script:not([src]):not([type='application/ld+json']), style")
        assert not {name for name in attributes if name == "style" or name.startswith("on")}

    @every_page
    def test_no_name_calls_an_ad_blocker(self, situation: str, template: str) -> None:
        """No class, id or file's name has a word that ad blockers hide by."""
        tree = seen(situation, template)
        names = [
            name
            for node in tree.css("[class], [id]")
            for key in ("class", "id")
            for name in (node.attributes.get(key) or "").split()
        ]
        assert [name for name in names if FORBIDDEN.search(name)] == []

    @every_document
    def test_the_first_link_skips_to_the_content(self, situation: str, template: str) -> None:
        """With the keyboard, the first link of a page leads past its top."""
        tree = seen(situation, template)
        link = tree.css("body a")[0]
        assert link.attributes["href"] == "#content"
        assert first(tree, "#content").tag == "main"

    @every_document
    def test_regions_have_names_of_their_own(self, situation: str, template: str) -> None:
        """Menus and regions are told apart by their names."""
        tree = seen(situation, template)
        named = tree.css("nav, section[aria-label]")
        labels = [node.attributes.get("aria-label") for node in named]
        assert all(labels)
        assert len(set(labels)) == len(labels)

    @every_page
    def test_links_lead_somewhere_in_the_same_tab(self, situation: str, template: str) -> None:
        """Every link has an address and words, and opens where the reader is."""
        for link in seen(situation, template).css("a"):
            assert link.attributes.get("href")
            assert "target" not in link.attributes
            assert words(link) or link.css("img[alt]")

    @every_page
    def test_pictures_say_size_and_content(self, situation: str, template: str) -> None:
        """A picture keeps its place while it loads, and has words for those who cannot see it."""
        for picture in seen(situation, template).css("img"):
            assert all(picture.attributes.get(key) for key in ("src", "alt", "width", "height"))

    @every_page
    def test_list_items_stand_in_lists(self, situation: str, template: str) -> None:
        """Lists are lists, with nothing between their items."""
        for items in seen(situation, template).css("ul, ol"):
            assert {child.tag for child in items.iter()} <= {"li"}

    @every_document
    def test_the_page_says_its_language(self, situation: str, template: str) -> None:
        """A page says its own language, and where the site's words around it have another."""
        names = SITUATIONS[situation]()
        tree = rendered(template, names)
        own = names["page"].language
        around = None if own == "en" else "en"
        assert first(tree, "html").attributes["lang"] == own
        assert first(tree, "body > header").attributes.get("lang") == around
        assert first(tree, "body > footer").attributes.get("lang") == around


class TestHostileText:
    """What becomes of text that would like to be more than text."""

    @pytest.mark.parametrize("template", OWN)
    def test_text_stays_text(self, template: str) -> None:
        """Whatever people write comes out as they wrote it, and as nothing but words."""
        tree = seen("hostile", template)
        found = pieces(tree)
        assert not tree.css("script:not([src]):not([type='application/ld+json']), b, [onclick]")
        assert found.count("alert(") == found.count(HOSTILE)
        assert found.count("onclick") == found.count(NASTY)
        assert HOSTILE in found or template == "redirect"
        assert NASTY in found

    @pytest.mark.parametrize("template", OWN)
    def test_text_is_escaped_once(self, template: str) -> None:
        """Nobody reads &amp;amp; where an & was written."""
        assert not re.search(r"&(?:amp|lt|gt|quot|#\d+);", pieces(seen("hostile", template)))


class TestWhatTemplatesKnow:
    """Which names templates may use."""

    @pytest.mark.parametrize("template", OWN)
    def test_a_page_uses_the_promised_names_only(self, template: str) -> None:
        """A template asks for nothing that its page does not promise."""
        assert _asked(f"{template}.html") <= SHARED | OWN[template]

    def test_the_whole_document_uses_what_every_page_has(self) -> None:
        """What stands round every page asks for nothing that only some of them have."""
        assert _asked("base.html") <= SHARED

    @pytest.mark.parametrize("path", sorted((TEMPLATES / "macros").glob("*.html")), ids=str)
    def test_macros_see_their_arguments_only(self, path: Path) -> None:
        """A macro depends on nothing that its caller did not hand to it."""
        assert _asked(f"macros/{path.name}") == set()

    def test_every_page_has_its_template(self) -> None:
        """The theme has a template for each page of a site, and the document round them."""
        assert {path.stem for path in TEMPLATES.glob("*.html")} == {*OWN, "base"}


class TestTheHead:
    """What browsers and search engines read first."""

    def test_the_head_says_what_the_page_is(self) -> None:
        """Title, description, address, icon, feed and styles are there when they are known."""
        tree = seen("full", "page")
        assert first(tree, "title").text() == "Hills | Riverside Run"
        assert first(tree, "meta[name=description]").attributes["content"] == "About hills."
        assert first(tree, "link[rel=canonical]").attributes["href"] == (
            "https://club.example/race/hills/"
        )
        assert first(tree, "link[rel=icon]").attributes["href"] == "/race/media/icon-0a1b.svg"
        assert [link.attributes["href"] for link in tree.css("link[rel=alternate]")] == [
            *("/race/feed.xml", "/race/feed.json")
        ]
        assert first(tree, "link[rel=stylesheet]").attributes["href"] == (
            "/race/media/site-0a1b.css"
        )

    def test_the_head_says_what_a_link_to_it_shows(self) -> None:
        """What other sites show of a post has its picture, with size and words, and its days."""
        said = {
            node.attributes["property"]: node.attributes["content"]
            for node in seen("full", "page").css("meta[property]")
        }
        assert said == {
            "og:type": "article",
            "og:title": "Hills",
            "og:description": "About hills.",
            "og:url": "https://club.example/race/hills/",
            "og:site_name": "Riverside Run",
            "og:image": "https://club.example/race/media/river-0a1b.jpg",
            "og:image:width": "1200",
            "og:image:height": "630",
            "og:image:alt": "The river at dawn",
            "article:published_time": "2027-03-14T09:00:00-05:00",
            "article:modified_time": "2027-03-20",
        }

    def test_what_is_not_known_is_left_out(self) -> None:
        """No empty description, icon or feed stands in a page's head."""
        tree = seen("minimal", "page")
        assert not tree.css("meta[name=description], link[rel=alternate]")

    def test_a_theme_without_an_icon_names_none(self) -> None:
        """A site's own theme may have no icon."""
        tree = rendered("page", {**minimal(), "site": views.site(icon="")})
        assert not tree.css("link[rel=icon]")

    @pytest.mark.parametrize(("situation", "number"), [("full", 1), ("minimal", 0)])
    def test_a_page_can_stay_out_of_search(self, situation: str, number: int) -> None:
        """Search engines are asked to leave out the pages that are not for them, only."""
        assert len(seen(situation, "page").css("meta[name=robots][content=noindex]")) == number

    def test_an_old_address_sends_its_readers_on(self) -> None:
        """A page at an old address leads to the new one: by itself, by a link, and for search."""
        tree = seen("full", "redirect")
        refresh = first(tree, "meta[http-equiv=refresh]")
        assert refresh.attributes["content"] == "0; url=/race/hills/"
        assert first(tree, "a").attributes["href"] == "/race/hills/"
        assert first(tree, "link[rel=canonical]").attributes["href"] == (
            "https://club.example/race/hills/"
        )
        assert first(tree, "meta[name=robots]").attributes["content"] == "noindex"


class TestTheTop:
    """The menu and the race's line."""

    def test_the_menu_marks_where_the_reader_is(self) -> None:
        """The menu's entry of the page's section is marked, and no other."""
        tree = seen("full", "page")
        marked = first(tree, "nav[aria-label=Main] [aria-current=true]")
        assert marked.text() == "Blog"

    def test_every_page_says_when_the_race_is(self) -> None:
        """The race's name, day, place and registration stand on top of every page."""
        line = first(seen("full", "missing"), ".raceline")
        assert words(line) == "The Riverside Run 2027, 17 April 2027, Mill Bend Register"
        assert first(line, "time").attributes["datetime"] == "2027-04-17"

    def test_the_name_stands_there_once(self) -> None:
        """A race of the site's own name is not named twice on top of each other."""
        tree = rendered("missing", {**full(), "race": views.race()})
        assert words(first(tree, ".raceline")) == "17 April 2027"

    def test_the_home_page_says_it_larger(self) -> None:
        """The home page has the race's facts in its middle, and not on top, too."""
        tree = seen("full", "home")
        assert not tree.css(".raceline")
        start = words(first(tree, ".start"))
        assert start == (
            "Hills Presented by Acme Running Sunday, 17 April 2027 Mill Bend New date. It was to "
            "be on 10 April 2027. Register Until 10 April 2027 10 km Start 08:00 Kids' mile "
            "10 km $45 until 14 March 2027"
        )


class TestRace:
    """What readers are told of the race, whatever became of its day."""

    def home(self, **given: Any) -> LexborHTMLParser:
        """Return the home page of a race of which this is known."""
        return rendered("home", {**minimal(), "race": views.race(**given)})

    @pytest.mark.parametrize(
        ("given", "says"),
        [
            ({"state": "none"}, ""),
            (
                {"state": "before", "registration": views.registration(opens=views.day())},
                "Registration opens on 14 March 2027.",
            ),
            ({"state": "closed"}, "Registration is closed."),
            ({"state": "day"}, "It is race day."),
            ({"state": "over"}, "That was 2027. Thank you for running. The results will be here."),
            (
                {"state": "over", "result": views.link("Results 2027")},
                "That was 2027. Thank you for running. Results 2027",
            ),
            (
                {"state": "over", "results": (views.link("Results 2026"),)},
                (
                    "That was 2027. Thank you for running. The results will be here. "
                    "Earlier: Results 2026"
                ),
            ),
            (
                {"state": "cancelled"},
                "Cancelled. There is no race on 17 April 2027.",
            ),
            (
                {"state": "postponed"},
                (
                    "Postponed. The race will not be on 17 April 2027. "
                    "The new date will stand here first."
                ),
            ),
            (
                {"state": "none", "previous_dates": (views.day(), views.day("2027-03-21"))},
                "New date. It was to be on 14 March 2027, then on 14 March 2027.",
            ),
        ],
    )
    def test_each_state_has_its_sentence(self, given: dict[str, Any], says: str) -> None:
        """A reader learns from the first screen what to expect."""
        date = "" if given["state"] in {"cancelled", "postponed"} else "Sunday, 17 April 2027"
        assert words(first(self.home(**given), ".start")) == " ".join(
            part for part in ("Hills", date, says) if part
        )

    def test_race_week_begins_with_race_day(self) -> None:
        """Seven days before it, nobody has to look for parking."""
        near = replace(views.full_race(), is_near=True)
        tree = rendered("home", {**full(), "race": near})
        assert next(words(node) for node in tree.css("main h2")) == "Race day"
        assert not tree.css(".bibs")
        assert _place(tree, "#race-day") < _place(tree, ".entries")

    def test_race_day_answers_every_question(self) -> None:
        """Start, pickup, parking, bag check and a number to call, in the order of the morning."""
        tree = seen("full", "race-day")
        assert [words(node) for node in tree.css("main h2")] == [
            *("Start", "Packet pickup", "Parking", "Bag check", "Phone on the day")
        ]
        main = words(first(tree, "main"))
        assert "Freight house Map of Freight house" in main
        assert "12:00 to 19:00 Everybody" in main
        assert "Bring: A photo ID Yes, with a picture of your ID." in main
        assert "Depot garage Free until noon. School" in main
        assert first(tree, ".briefing__phone a").attributes["href"] == "tel:4175550199"

    @pytest.mark.parametrize("state", ["postponed", "cancelled"])
    def test_nobody_is_sent_to_a_race_that_is_off(self, state: str) -> None:
        """The page about race day says so, and has no times."""
        tree = rendered("race-day", {**full(), "race": replace(views.full_race(), state=state)})
        assert not tree.css(".briefing")
        assert state.capitalize() in words(first(tree, "main"))

    def test_a_race_of_which_little_is_known_has_no_empty_parts(self) -> None:
        """What is not given leaves no heading behind; the day is always known."""
        tree = rendered("race-day", {**minimal(), "race": views.race()})
        assert [words(node) for node in tree.css("main h2")] == ["Start"]
        assert words(first(tree, ".briefing__facts")) == "Sunday, 17 April 2027"

    def test_the_line_above_every_page_says_when_it_is_off(self) -> None:
        """A reader who comes for a post learns it as well."""
        tree = rendered("page", {**minimal(), "race": views.race(state="cancelled")})
        assert words(first(tree, ".raceline")).endswith("Cancelled: 17 April 2027")


class TestNotice:
    """What every reader must know first."""

    @every_document
    def test_it_stands_above_everything(self, situation: str, template: str) -> None:
        """Before the site's own name, on every page."""
        names = {**SITUATIONS[situation](), "notice": views.notice("cancelled")}
        tree = rendered(template, names)
        assert words(first(tree, "aside.notice")) == "Cancelled We start at nine."
        assert _place(tree, ".notice") < _place(tree, "body > header")


class TestPosts:
    """A post's page and the lists of posts."""

    def test_a_post_page_has_its_parts_in_order(self) -> None:
        """A reader meets title, date, picture, text, thanks, button, back, wall, questions."""
        tree = seen("full", "post")
        parts = {
            "title": "h1",
            "date": "main time[datetime='2027-03-14']",
            "picture": "main img",
            "text": ".prose",
            "thanks": ".thanks",
            "button": ".bib .button",
            "back": ".onward a",
            "wall": "[data-wall]",
            "after the wall": "#after-wall",
            "questions": ".asking h2",
            "contact": ".asking a",
        }
        places = [_place(tree, selector) for selector in parts.values()]
        assert places == sorted(places)
        assert words(first(tree, ".onward a")) == "Back to blog"
        assert words(first(tree, ".asking")) == "Still have questions? Contact us"
        assert first(tree, ".asking a").attributes["href"] == "/race/contact/"

    def test_thanks_read_as_a_sentence(self) -> None:
        """Sponsors that a post names are thanked in one sentence; one without a link, too."""
        thanks = first(seen("full", "post"), ".thanks")
        assert words(thanks) == "With thanks to Acme, Mets and Koam"
        assert [link.text() for link in thanks.css("a")] == ["Acme", "Koam"]

    def test_a_post_says_who_when_and_what_about(self) -> None:
        """Date, change, authors, topic and the race it is about stand beside a post."""
        assert words(first(seen("full", "post"), ".meta")) == (
            "Mar 14 2027 Updated 20 March 2027 By Ruth Amsel and Owen Prater "
            "In Training About the race of 2026"
        )

    def test_a_post_leads_on(self) -> None:
        """A post without relatives leads to its neighbours, newer and older."""
        names = full()
        tree = rendered("post", {**names, "post": replace(names["post"], related=())})
        found = words(first(tree, ".neighbours"))
        assert found == "Newer: Newer post Older: Older post"

    def test_a_post_shows_what_to_read_next(self) -> None:
        """Other posts stand below the text, under a heading of their own."""
        section = first(seen("full", "post"), ".reading")
        assert words(first(section, "h2")) == "Read next"
        assert len(section.css("h3 a")) == 2

    def test_a_bare_post_has_no_empty_parts(self) -> None:
        """A post of nothing but a title, a day and a text shows nothing else."""
        tree = seen("minimal", "post")
        assert not tree.css(".thanks, .bib, .neighbours, .ending__tags, main img, [data-wall]")
        assert words(first(tree, "main")) == "Hills Mar 14 2027 Run up, run down. Back to blog"

    @pytest.mark.parametrize(
        ("template", "level"),
        [("blog", 2), ("topic", 2), ("tag", 2), ("author", 2), ("year", 2), ("home", 3)],
    )
    def test_lists_show_each_post(self, template: str, level: int) -> None:
        """A list shows every post with its linked title, its day, topic and summary."""
        tree = seen("full", template)
        entries = tree.css("ol > li article")
        assert [words(entry.css(f"h{level} a")[0]) for entry in entries] == [
            "Hills, and How to Like Them"
        ] * 2
        assert [len(entry.css("time")) for entry in entries] == [1, 1]
        assert words(first(entries[0], ".entry__topic a")) == "Training"
        assert first(entries[0], ".entry__summary").css("em")

    @pytest.mark.parametrize("template", ["blog", "topic", "tag", "author"])
    def test_long_lists_have_pages(self, template: str) -> None:
        """A list of many pages says where the reader is and leads to the next ones."""
        paging = first(seen("full", template), "nav[aria-label='Pages of this list']")
        assert words(paging) == "Newer posts Page 2 of 3 Older posts"

    def test_short_lists_have_none(self) -> None:
        """A list of one page says nothing of pages, and an empty one says that it is empty."""
        tree = seen("minimal", "blog")
        assert not tree.css(".paging")
        assert "Nothing here yet." in words(first(tree, "main"))

    def test_the_archive_counts(self) -> None:
        """The archive leads to years, topics, tags and authors with the number of their posts."""
        tree = seen("full", "archive")
        assert [words(node) for node in tree.css("main h2")] == [
            "Years",
            "Topics",
            "Tags",
            "Authors",
        ]
        assert words(tree.css(".terms")[0]) == "Training 2 posts News 1 post"


class TestContact:
    """How readers reach the race."""

    def test_the_contact_page_has_links(self) -> None:
        """Mail and phone can be pressed; address and hours can be read."""
        tree = seen("full", "contact")
        links = [link.attributes["href"] for link in tree.css(".reach a")]
        assert links == ["mailto:hello@club.example", "tel:4175550142", "#form"]
        assert words(first(tree, ".reach")) == (
            "Mail hello@club.example Phone (417) 555-0142 Address 1 Depot Square "
            "Form Write to us here Who answers June, within two days"
        )

    def test_a_phone_that_cannot_be_dialled_is_text(self) -> None:
        """A phone number without digits is shown and not linked."""
        bare = views.site(contact=views.contact(phone="ask June"))
        tree = rendered("contact", {**minimal(), "site": bare})
        assert words(first(tree, ".reach")) == "Phone ask June"
        assert not tree.css("[href^=tel]")

    def test_a_site_without_words_says_something(self) -> None:
        """A contact page without words of its own invites a question if there is a way to ask."""
        reachable = views.site(contact=views.contact(phone="417 555 0142"))
        asked = rendered("contact", {**minimal(), "site": reachable})
        assert "Ask us" in words(first(asked, "main"))
        assert "will stand here" in words(first(seen("minimal", "contact"), "main"))

    def test_a_site_without_a_form_has_none(self) -> None:
        """Nothing on the page promises a form that is not there."""
        tree = seen("minimal", "contact")
        assert not tree.css("form, input, textarea, [href='#form']")

    def test_the_page_of_thanks_leads_on(self) -> None:
        """Whoever has written knows who answers, and has somewhere to go."""
        tree = seen("full", "thanks")
        assert "June, within two days" in words(first(tree, "main"))
        links = [link.attributes["href"] for link in tree.css("main a")]
        assert links == ["mailto:hello@club.example", "/race/", "/race/blog/"]


def seen_form(**given: Any) -> LexborHTMLParser:
    """Return the contact page of a site whose form is like this."""
    site = views.site(contact=views.contact(form=views.form(**given)))
    return rendered("contact", {**minimal(), "site": site})


class TestForm:
    """The form on the contact page, which works without script."""

    def test_every_field_has_a_label(self) -> None:
        """What is to be written where stands above each field, and pressing it goes there."""
        tree = seen_form()
        labels = {
            str(label.attributes["for"]): words(label)
            for label in tree.css("label")
            if "for" in label.attributes
        }
        assert labels == {
            "form-name": "Your name (optional)",
            "form-email": "Your e-mail address",
            "form-message": "Your message",
        }
        assert all(tree.css(f"#{ident}.form__field") for ident in labels)

    def test_a_browser_can_fill_it_in(self) -> None:
        """Browsers and phones know what is asked, and send nothing without mail and message."""
        tree = seen_form()
        fields = {
            str(field.attributes["name"]): (
                field.attributes.get("type"),
                field.attributes.get("autocomplete"),
                "required" in field.attributes,
            )
            for field in tree.css(".form__field")
        }
        assert fields == {
            "name": ("text", "name", False),
            "email": ("email", "email", True),
            "message": (None, None, True),
        }
        assert first(tree, "textarea").attributes["maxlength"] == "5000"

    @pytest.mark.parametrize("kind", ["text", "checkbox"])
    def test_nobody_but_a_robot_finds_the_honeypot(self, kind: str) -> None:
        """It is out of reach for eyes, ears, keys and browsers, and not simply hidden."""
        tree = seen_form(honeypot="botcheck", honeypot_type=kind)
        trap = first(tree, "[aria-hidden=true] input")
        assert trap.attributes == {
            "type": kind,
            "name": "botcheck",
            "tabindex": "-1",
            "autocomplete": "off",
        }
        assert "display" not in _rules(STYLES / "form.css").split(".form__decoy")[1]

    def test_it_posts_what_the_provider_needs(self) -> None:
        """The address and the hidden fields are those of the provider."""
        tree = seen_form(hidden=(views.hidden("access_key", 'a"b'), views.hidden()))
        form = first(tree, "form")
        assert form.attributes == {
            "class": "form__sheet",
            "name": "contact",
            "action": "https://forms.example/f/abc",
            "method": "post",
        }
        fields = [
            (field.attributes["name"], field.attributes["value"])
            for field in tree.css("[type=hidden]")
        ]
        assert fields == [
            ("access_key", 'a"b'),
            ("_next", "https://club.example/race/thanks/"),
        ]

    def test_netlify_finds_it(self) -> None:
        """Netlify looks for two attributes in the finished page."""
        form = first(seen_form(netlify=True, honeypot="bot-field"), "form")
        assert form.attributes["data-netlify"] == "true"
        assert form.attributes["netlify-honeypot"] == "bot-field"

    @pytest.mark.parametrize(
        ("host", "says"),
        [
            ("forms.example", "Your message goes to us through Post (forms.example). Privacy"),
            ("", "Your message goes to us through Post. Privacy"),
        ],
    )
    def test_readers_learn_who_delivers_it(self, host: str, says: str) -> None:
        """The provider and the page about privacy stand beside the button."""
        tree = seen_form(provider="Post", host=host)
        assert words(first(tree, ".form__end")) == f"Send message {says}"
        assert first(tree, ".form__end a").attributes["href"] == "/race/privacy/"

    def test_it_speaks_the_language_of_the_site(self) -> None:
        """On a page in another language the form says which language it is in."""
        assert first(seen("full", "contact"), "#form").attributes["lang"] == "en"


class TestWall:
    """The wall of sponsors, which the finished pages are held to."""

    def test_the_wall_is_a_named_region(self) -> None:
        """The wall is one region with a name, and says which wall it is."""
        region = first(seen_wall(views.mark()), "section")
        assert region.attributes["aria-label"]
        assert region.attributes["data-wall"] == "posts"

    def test_the_wall_can_be_skipped(self) -> None:
        """The first link of the wall leads right behind it."""
        tree = seen_wall(views.full_mark())
        link = tree.css("section a")[0]
        goal = first(tree, "section + #after-wall")
        assert link.attributes["href"] == "#after-wall"
        assert goal.attributes["tabindex"] == "-1"

    @pytest.mark.parametrize("template", [name for name in OWN if name != "redirect"])
    def test_each_page_shows_the_wall_it_is_given_once(self, template: str) -> None:
        """Every page can carry a wall, and carries it once."""
        tree = seen("full", template)
        assert len(tree.css("[data-wall]")) == 1
        assert len(tree.css("#after-wall")) == 1

    @pytest.mark.parametrize("template", [name for name in OWN if name != "redirect"])
    def test_a_page_without_a_wall_shows_no_sponsor(self, template: str) -> None:
        """A page that is to carry no wall has no sponsor's mark on it."""
        assert not seen("minimal", template).css("[data-wall], [data-mark], #after-wall")

    def test_on_their_own_page_sponsors_are_the_content(self) -> None:
        """The sponsors' page has the wall in its main part."""
        assert len(seen("full", "sponsors").css("main [data-wall]")) == 1

    def test_groups_are_headed_lists(self) -> None:
        """Every tier has a heading and a list; a heading that nobody wrote is heard only."""
        tree = parsed_wall(
            views.wall(
                views.group(views.mark()),
                views.group(
                    views.mark("Mets", ident="mets"),
                    number=3,
                    heading="Supporters",
                    heading_shown=False,
                ),
            )
        )
        shown, hidden = tree.css("h2")
        assert words(shown) == "Title Sponsors"
        assert "visually-hidden" not in (shown.attributes["class"] or "")
        assert words(hidden) == "Supporters"
        assert "visually-hidden" in (hidden.attributes["class"] or "")
        assert len(tree.css(".wall__group--1 ul > li")) == 1
        assert len(tree.css(".wall__group--3 ul > li")) == 1

    def test_each_sponsor_can_be_found(self) -> None:
        """A sponsor's place has an id to link to and the sponsor's own id, in the list's order."""
        tree = seen_wall(
            views.mark(),
            views.mark("Mets", ident="mets"),
            views.mark(anchor="mark-acme-2"),
        )
        places = [(node.attributes["id"], node.attributes["data-mark"]) for node in tree.css("li")]
        assert places == [
            ("mark-acme", "acme"),
            ("mark-mets", "mets"),
            ("mark-acme-2", "acme"),
        ]

    def test_a_name_is_set_as_type(self) -> None:
        """A sponsor without a logo stands there by its name, exactly as it writes it."""
        tree = seen_wall(views.mark("chick-fil-a"))
        assert first(tree, ".mark__name").text() == "chick-fil-a"
        assert not tree.css("img")

    def test_a_logo_has_its_size_and_the_name(self) -> None:
        """A logo keeps its place while it loads and is called by the sponsor's name."""
        logo = first(seen_wall(views.full_mark(dark=None, sources=())), "li img")
        assert logo.attributes == {
            "src": "/race/media/acme-1a2b.svg",
            "alt": "Acme Running",
            "width": "160",
            "height": "60",
            "loading": "lazy",
        }

    def test_a_logo_has_a_dark_twin_or_a_light_tile(self) -> None:
        """At night a logo is replaced by its dark twin, or else keeps a light ground."""
        twin = seen_wall(views.full_mark())
        alone = seen_wall(views.full_mark(dark=None, sources=()))
        source = first(twin, "picture > source")
        assert source.attributes["media"] == "(prefers-color-scheme: dark)"
        assert source.attributes["srcset"] == "/race/media/acme-3c4d.svg"
        assert not twin.css(".mark__logo--tile")
        assert not alone.css("picture")
        assert len(alone.css(".mark__logo--tile")) == 1

    def test_a_link_says_what_it_is(self) -> None:
        """A sponsor's link has the address and the rel that its tier asks for."""
        link = first(seen_wall(views.full_mark()), "li a")
        assert link.attributes["href"] == "https://acme.example/?a=1&b=2"
        assert link.attributes["rel"] == "sponsored noopener"

    def test_no_address_means_no_link(self) -> None:
        """A sponsor without a link is text, and a link without a rel has none."""
        unlinked = seen_wall(views.full_mark(href=""))
        plain = seen_wall(views.full_mark(rel=""))
        assert not unlinked.css("li a")
        assert "rel" not in first(plain, "li a").attributes

    def test_details_stand_on_the_sponsors_page_only(self) -> None:
        """What a sponsor says, paid for and offers is on the sponsors' page, short elsewhere."""
        there = first(seen_wall(views.full_mark(), placement="sponsors"), "li")
        elsewhere = first(seen_wall(views.full_mark()), "li")
        assert words(there) == (
            "Finish line Shoes for every river path. For runners: 10 % off with your bib "
            "Code RIVER Until 30 June 2027 More about Acme Running"
        )
        assert words(elsewhere) == ""

    def test_a_link_to_the_profile_is_not_repeated(self) -> None:
        """Where the mark itself leads to the sponsor's page, no second link does."""
        own = views.full_mark(href="/race/sponsors/acme/", rel="")
        assert len(seen_wall(own, placement="sponsors").css("li a")) == 1

    def test_an_empty_wall_invites(self) -> None:
        """A race without sponsors asks for its first one and says where to write."""
        tree = parsed_wall(views.wall(inviting=True))
        invitation = first(tree, ".wall__invite")
        assert words(invitation) == "This race has room for its first sponsor. Write to us."
        assert first(invitation, "a").attributes["href"] == "/race/contact/"
        assert not tree.css("li, h2")

    def test_a_wall_of_nobody_is_nothing(self) -> None:
        """A wall that has nobody to show on this kind of page leaves no empty region."""
        assert fragment("wall", wall=views.wall(), site=views.site(), race=None).strip() == ""


class TestProfile:
    """A sponsor's own page."""

    def test_a_profile_shows_all_there_is(self) -> None:
        """Logo, tier, years, words, offer, links and posts of a sponsor stand on its page."""
        tree = seen("full", "profile")
        main = words(first(tree, "main"))
        assert "Title Sponsors With the race since 2019" in main
        assert "Finish line Shoes for every river path. For runners: 10 % off" in main
        assert len(tree.css("main img[alt='Acme Running']")) == 1
        assert [words(node) for node in tree.css("main h2, main h3")] == [
            "On the blog",
            "Hills, and How to Like Them",
            "Hills, and How to Like Them",
        ]

    def test_a_profile_is_no_place_on_a_wall(self) -> None:
        """A profile does not count as a place that a tier promises."""
        tree = rendered("profile", {**full(), "wall": None})
        assert not tree.css("[data-mark], [data-wall]")

    def test_its_links_say_what_they_are(self) -> None:
        """Links to a sponsor's own places have the rel that its tier asks for."""
        links = seen("full", "profile").css(".places a")
        assert [link.attributes["rel"] for link in links] == ["sponsored noopener"] * 2


class TestStyles:
    """The style sheets, which a build joins in the order of their names."""

    def test_the_layers_come_first(self) -> None:
        """The first sheet names the layers in their order, so that a site's own rules win."""
        sheets = sorted(path.name for path in STYLES.glob("*.css"))
        assert sheets[0] == "_layers.css"
        assert _rules(STYLES / "_layers.css") == (
            "@layer reset, tokens, base, layout, components, utilities;"
        )

    @pytest.mark.parametrize("sheet", sorted(STYLES.glob("[!_]*.css")), ids=lambda path: path.name)
    def test_every_rule_is_in_a_layer(self, sheet: Path) -> None:
        """No rule of ours stands outside the layers, where a site's own rules are."""
        depth = 0
        for char, before in _depths(_rules(sheet)):
            if char == "{" and depth == 0:
                assert re.search(r"@layer [a-z]+\s*$", before)
            depth += {"{": 1, "}": -1}[char]
        assert depth == 0

    @pytest.mark.parametrize("sheet", sorted(STYLES.glob("*.css")), ids=lambda path: path.name)
    def test_sheets_load_nothing_and_suit_old_browsers(self, sheet: Path) -> None:
        """A sheet loads nothing but fonts, and asks nothing of a browser that it cannot do."""
        rules = re.sub(r'url\("\.\./fonts/[\w-]+\.woff2"\)', "", _rules(sheet))
        assert not re.search(r"@import|url\(|light-dark\(|:has\(|@container|color-mix\(", rules)

    def test_every_class_with_a_rule_is_used(self) -> None:
        """Every class that the sheets style stands in a template or comes from Markdown."""
        styled = set().union(*(_classes(sheet) for sheet in STYLES.glob("*.css")))
        templates = "\n".join(path.read_text("utf-8") for path in TEMPLATES.rglob("*.html"))
        used = set(re.findall(r"[\w-]+", templates)) | FROM_MARKDOWN
        assert styled - used - {"wall__group--1", "notice--info"} == set()

    def test_no_name_calls_an_ad_blocker(self) -> None:
        """No class or file of the theme has a word that ad blockers hide by."""
        classes = set().union(*(_classes(sheet) for sheet in STYLES.glob("*.css")))
        files = {path.stem for path in (THEME / "static").rglob("*") if path.is_file()}
        assert [name for name in classes | files if FORBIDDEN.search(name)] == []


def _asked(template: str) -> set[str]:
    loader = ENV.loader
    assert loader
    source, _, _ = loader.get_source(ENV, template)
    tree = ENV.parse(source)
    # Blocks see what their template imports or defines, which Jinja's own search does not know.
    imported = {
        name if isinstance(name, str) else name[1]
        for found in tree.find_all(nodes.FromImport)
        for name in found.names
    }
    defined = {found.name for found in tree.find_all(nodes.Macro)}
    made = {
        found.target.name
        for found in tree.find_all(nodes.Assign)
        if isinstance(found.target, nodes.Name)
    }
    known = imported | defined | made | {"super", "namespace", "caller"}
    return meta.find_undeclared_variables(tree) - known


def _place(tree: LexborHTMLParser, selector: str) -> int:
    """Return how many elements begin before the first that a selector finds."""
    target = tree.css_first(selector)
    assert target, f"{selector} finds nothing"
    return next(at for at, node in enumerate(tree.css("*")) if node.mem_id == target.mem_id)


def _rules(sheet: Path) -> str:
    return re.sub(r"/\*.*?\*/", "", sheet.read_text("utf-8"), flags=re.DOTALL).strip()


def _depths(rules: str) -> list[tuple[str, str]]:
    """Return every brace with the text before it."""
    return [(found[0], rules[: found.start()]) for found in re.finditer(r"[{}]", rules)]


def _classes(sheet: Path) -> set[str]:
    return set(re.findall(r"\.([a-zA-Z][\w-]*)(?=[^{}]*\{)", _rules(sheet)))
