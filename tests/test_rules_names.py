"""Sponsors' names in authors' own words: hidden, misspelt, earlier, without a link."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Final

import pytest

from milepost import defaults
from milepost.config import read_config
from milepost.posts.convert import Converter
from milepost.posts.links import Hypertext, Target
from milepost.posts.post import Page, read_page, read_post
from milepost.posts.texts import Text
from milepost.problems import judged, report
from milepost.roster.load import Roster, load_roster
from milepost.roster.mentions import Wanted, mentions
from milepost.rules.names import check_names
from sites import SETTINGS, build_site, post

DAY: Final = date(2027, 3, 1)
FILE: Final = "content/posts/a.md"
LIST: Final = """\
tiers:
  - id: title
    benefits: {profile: true}
sponsors:
  - name: Acme Running
    tier: title
    url: https://www.acme.example/run
    formerly: [Acme Shoes, Acme Feet]
    links: {instagram: "https://pictures.example/acme"}
  - name: Globe
    tier: title
  - name: Pete's Pizza
    tier: title
    status: pending
  - name: Removed Rita
    tier: title
    status: removed
    formerly: Rita's Shoes
  - name: Quexal
    tier: title
    status: removed
  - name: Zimmer Radio Inc
    tier: title
  - name: Gone Glass, LLC
    tier: title
    status: pending
  - name: Former Fred
    tier: title
    until: 2027-02-28
  - name: Later Lara
    tier: title
    from: 2027-03-02
  - id: back-new
    name: Back Again
    tier: title
    status: pending
  - name: Back Again
    tier: title
    until: 2027-01-31
"""


def roster(folder: Path, text: str = LIST) -> Roster:
    """Return the sponsor list."""
    (folder / "sponsors.yaml").write_text(text, encoding="utf-8")
    found, problems = load_roster(folder)
    assert problems == []
    return found


def text(page: Page, links: tuple[str, ...] = (), button: str = "") -> Text:
    """Return a page's words, converted as a site does, with links to these addresses as well."""
    html = Converter(defaults.MARKDOWN).html(page.body)
    targets = tuple(Target(address=link, internal=link.startswith("/")) for link in links)
    return Text(
        body=Hypertext((html, *targets)),
        summary=Hypertext((page.matter.summary or "",)),
        plain_summary="",
        button=Target(address=button, internal=False) if button else None,
        image=None,
    )


def said(
    folder: Path, body: str, *links: str, leads_to: str = "", **header: str
) -> list[tuple[str, int | None, str]]:
    """Return (check, line, message) for a post whose text begins on its last line but one."""
    page, problems = read_post(post(body, **header), FILE)
    assert page is not None, problems
    texts = {FILE: text(page, links, leads_to)}
    found = judged(check_names([page], texts, roster(folder), DAY), {})
    assert {(one.file, one.severity) for one in found} <= {(FILE, "warning")}
    return [(one.check, one.line, one.message) for one in found]


HIDDEN: Final = (
    '"{}" is {} in sponsors.yaml and stands nowhere else on the site. Should this text name it?'
)
PETE: Final = HIDDEN.format("Pete's Pizza", "pending")


class TestHiddenNames:
    """Pending and removed sponsors in an author's own words."""

    @pytest.mark.parametrize(
        ("body", "line", "message"),
        [
            ("By Pete's Pizza.", 5, PETE),
            ("By\n\n**Pete\u2019s Pizza**.", 7, PETE),
            ("By Pete's\nPizza.", 5, PETE),
            ("![Pete's Pizza](a.png)", 5, PETE),
            ("Thanks, Removed Rita!", 5, HIDDEN.format("Removed Rita", "removed")),
        ],
    )
    def test_are_told_with_their_line(
        self, body: str, line: int, message: str, tmp_path: Path
    ) -> None:
        """Whoever wrote the name can decide whether it may stand there."""
        assert said(tmp_path, body) == [("hidden-name", line, message)]

    @pytest.mark.parametrize(
        ("body", "which"),
        [
            ("By PETE'S PIZZA.", '"PETE\'S PIZZA" is "Pete\'s Pizza", which is pending'),
            ("By petes pizza.", '"petes pizza" is "Pete\'s Pizza", which is pending'),
            ("By Removed-Rita.", '"Removed-Rita" is "Removed Rita", which is removed'),
            (
                "By Rita's Shoes.",
                '"Rita\'s Shoes" is an earlier name of "Removed Rita", which is removed',
            ),
            (
                "By RITA\u2019S SHOES.",
                '"RITA\'S SHOES" is an earlier name of "Removed Rita", which is removed',
            ),
        ],
    )
    def test_are_told_in_other_capitals_and_by_earlier_names(
        self, body: str, which: str, tmp_path: Path
    ) -> None:
        """The report says whose name it is."""
        rest = " in sponsors.yaml and stands nowhere else on the site. Should this text name it?"
        assert said(tmp_path, body) == [("hidden-name", 5, which + rest)]

    @pytest.mark.parametrize(
        ("header", "line"),
        [
            ({"category": "Pete's Pizza"}, 4),
            ({"tags": "[hills, Pete's Pizza]"}, 4),
            ({"tags": "\n  - hills\n  - Pete's Pizza"}, 6),
            ({"author": "Pete's Pizza"}, 4),
            ({"authors": "[Jo, Pete's Pizza]"}, 4),
            ({"title": "With Pete's Pizza"}, 2),
            ({"summary": "With Pete's Pizza"}, 4),
            ({"description": "With Pete's Pizza"}, 4),
            ({"button": "{label: Pete's Pizza, url: https://a.example}"}, 4),
            ({"button": "\n  label: More\n  url: https://a.example\n  text: Pete's Pizza"}, 7),
        ],
    )
    def test_are_told_above_the_text(
        self, header: dict[str, str], line: int, tmp_path: Path
    ) -> None:
        """Title, summary and button are public, too."""
        assert said(tmp_path, "Words.", **header) == [("hidden-name", line, PETE)]

    @pytest.mark.parametrize(
        "body",
        [
            "Former Fred ran, Later Lara may run, Back Again was back again.",
            "Pete's Pizzas, Peter's Pizza, xPete's Pizza",
            "`Pete's Pizza` in code",
            "<!-- Pete's Pizza -->Words.",
            "[a link](https://pete.example/Removed Rita)",
            "Rita was Removed. Rita came back.",
        ],
    )
    def test_past_ones_and_other_words_are_not_told(self, body: str, tmp_path: Path) -> None:
        """Whole names, letter by letter, and no history."""
        assert said(tmp_path, body) == []

    @pytest.mark.parametrize(
        "slug", ["removed-rita-wins", "a-day-with-ritas-shoes", "a-day-with-removed-rita", "quexal"]
    )
    def test_are_told_in_addresses(self, slug: str, tmp_path: Path) -> None:
        """Everybody can read the address of a post, and so can search engines."""
        found = said(tmp_path, "Words.", slug=slug)

        assert [one[:2] for one in found] == [("hidden-name", 4)]
        assert "which is removed" in found[0][2]

    def test_are_told_in_addresses_made_from_names_of_files(self, tmp_path: Path) -> None:
        """A title without a letter leaves the address to the file, line 2 is the title's."""
        page, _ = read_post(post("Words.", title='"!"'), "content/posts/removed-rita.md")
        assert page is not None

        found = check_names([page], {page.file: text(page)}, roster(tmp_path), DAY)

        assert [(one.check, one.line) for one in found] == [("hidden-name", 2)]

    def test_are_told_once_where_the_title_makes_the_address(self, tmp_path: Path) -> None:
        """One name in the title is one thing to mend."""
        assert len(said(tmp_path, "Words.", title="With Pete's Pizza")) == 1

    @pytest.mark.parametrize("slug", ["quexal-hill", "pete-and-pizza", "acme-runing", "globe"])
    def test_other_words_in_addresses_are_not_told(self, slug: str, tmp_path: Path) -> None:
        """A slug has no capitals that tell a name from a word, and nobody expects a link there."""
        assert said(tmp_path, "Words.", slug=slug) == []

    @pytest.mark.parametrize("tag", ["quexal", "removed rita", "removed-rita", "rita's shoes"])
    def test_are_told_as_tags_in_small_letters(self, tag: str, tmp_path: Path) -> None:
        """Tags are mostly written so; a whole one is a name, also where it could be a word."""
        assert [one[:2] for one in said(tmp_path, "A quexal.", tags=f"[hills, {tag}]")] == [
            ("hidden-name", 4)
        ]

    def test_tags_may_name_others_as_they_like(self, tmp_path: Path) -> None:
        """Almost right is right enough for a tag, and nobody expects a link there."""
        assert said(tmp_path, "Words.", tags="[acme running, globe, Acme Shoes]") == []

    def test_are_not_credited_and_may_stand_in_sponsors(self, tmp_path: Path) -> None:
        """An id above the text is no name in it."""
        assert said(tmp_path, "Words.", sponsors="[pete-s-pizza]") == []


ALMOST: Final = "is almost the name of a sponsor"


class TestSpellings:
    """Names that are almost right, and earlier ones."""

    @pytest.mark.parametrize(
        ("body", "line", "message"),
        [
            ("By Acme Runing.", 5, f'"Acme Runing" {ALMOST}, "Acme Running".'),
            ("A\n\n- by ACME\n  RUNNING", 7, f'"ACME RUNNING" {ALMOST}, "Acme Running".'),
            ("By Later-Lara.", 5, f'"Later-Lara" {ALMOST}, "Later Lara".'),
            ("By Acme Shoes.", 5, '"Acme Shoes" is an earlier name of "Acme Running".'),
            ("By Acme Feet's crew.", 5, '"Acme Feet" is an earlier name of "Acme Running".'),
        ],
    )
    def test_are_told_with_their_line(
        self, body: str, line: int, message: str, tmp_path: Path
    ) -> None:
        """With the name as the sponsor writes it."""
        assert said(tmp_path, body) == [("sponsor-name", line, message)]

    @pytest.mark.parametrize(
        ("body", "written"),
        [
            ("By Zimmer Radio, Inc.", "Zimmer Radio, Inc"),
            ("By ZIMMER RADIO INC", "ZIMMER RADIO INC"),
            ("Zimmer Radio plays.", "Zimmer Radio"),
            ("By Zimmer&nbsp;Radio's crew.", "Zimmer Radio"),
        ],
    )
    def test_with_and_without_what_a_company_is(
        self, body: str, written: str, tmp_path: Path
    ) -> None:
        """A sponsor that writes itself with Inc is to be written so."""
        assert said(tmp_path, body) == [
            ("sponsor-name", 5, f'"{written}" {ALMOST}, "Zimmer Radio Inc".')
        ]

    def test_a_larger_name_is_another(self, tmp_path: Path) -> None:
        """The name without Inc can be the beginning of somebody else's."""
        assert said(tmp_path, "By Zimmer Radio Group; zimmer radio.") == []

    def test_a_hidden_one_is_told_without_what_it_is(self, tmp_path: Path) -> None:
        """Nobody says Inc when talking."""
        which = '"Gone Glass" is "Gone Glass, LLC", which is pending'
        assert said(tmp_path, "By Gone Glass.")[0][2].startswith(which)

    @pytest.mark.parametrize("blank", ["\u00a0", "&nbsp;", "&#160;", "&#xA0;", "\u202f"])
    def test_blanks_of_any_kind_are_blanks(self, blank: str, tmp_path: Path) -> None:
        """Who keeps a name on one line writes it no worse."""
        body = f"By Acme{blank}Running and Removed{blank}Rita and Later{blank}Laura."

        assert [(check, message[:14]) for check, _, message in said(tmp_path, body)] == [
            ("unlinked-name", '"Acme Running"'),
            ("sponsor-name", '"Later Laura" '),
            ("hidden-name", '"Removed Rita"'),
        ]

    def test_are_told_above_the_text(self, tmp_path: Path) -> None:
        """A title is read most of all."""
        assert [one[:2] for one in said(tmp_path, "Words.", title="With AcmeRunning")] == [
            ("sponsor-name", 2)
        ]

    @pytest.mark.parametrize(
        "body",
        [
            "All over the globe.",
            "By Former-Fred.",
            "See <https://shop.example/Acme-Running> and #AcmeRunning, @AcmeRunning.",
            "Write to `AcmeRunning` or AcmeRunning@acme.example, www.AcmeRunning.example.",
            "[here](https://shop.example/Acme-Running)",
        ],
    )
    def test_words_and_addresses_are_not_told(self, body: str, tmp_path: Path) -> None:
        """Nor the names of those who are no longer there."""
        assert said(tmp_path, body) == []


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2027, 2, 28), []),
        (date(2027, 3, 1), ['"Acme Running" is an earlier name of "Apex Sports".']),
        (date(2027, 3, 2), ['"Acme Running" is an earlier name of "Apex Sports".']),
        (date(2027, 10, 1), []),
    ],
)
@pytest.mark.parametrize("formerly", ["", ", formerly: [Acme Running]"])
def test_a_name_is_an_earlier_one_from_the_day_of_the_next(
    day: date, expected: list[str], formerly: str, tmp_path: Path
) -> None:
    """Until then it is right, and once both are over it is history."""
    people = roster(
        tmp_path,
        "tiers: [{id: title}]\nsponsors:\n"
        "  - {id: acme-running, name: Acme Running, tier: title, until: 2027-02-28}\n"
        "  - {id: acme-running, name: Apex Sports, tier: title, from: 2027-03-01, "
        f"until: 2027-09-30{formerly}}}\n",
    )
    page, _ = read_post(post("By Acme Running.", sponsors="[acme-running]"), FILE)
    assert page is not None

    found = check_names([page], {FILE: text(page)}, people, day)

    assert [one.message for one in found] == expected


ODD: Final = """\
tiers: [{id: title}]
sponsors:
  - {name: "Bob's #1 Pizza", tier: title}
  - {name: Chess.com, tier: title}
  - {name: Booking.com, tier: title, status: pending}
  - {name: "#1 Auto", tier: title, status: pending}
"""


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("By Bob's #1 Pizza.", ["unlinked-name"]),
        ("By Bobs #1 Pizza.", ["sponsor-name"]),
        ("By Chess.com.", ["unlinked-name"]),
        ("By **Booking.com**, again", ["hidden-name"]),
        ("By #1 Auto.", ["hidden-name"]),
        ("By Chesss.com.", ["sponsor-name"]),
        ("See chess.com", []),
        ("See <https://www.Chess.com/a> and <https://shop.example/Booking.com>", []),
        ("See www.Booking.com, Booking.com/deals, news.Booking.com, jo@Booking.com", []),
        ("[here](https://Booking.com)", []),
    ],
)
def test_names_like_addresses_are_names(body: str, expected: list[str], tmp_path: Path) -> None:
    """The list knows better, except inside a whole address."""
    page, _ = read_post(post(body), FILE)
    assert page is not None

    found = check_names([page], {FILE: text(page)}, roster(tmp_path, ODD), DAY)

    assert [one.check for one in found] == expected


UNLINKED: Final = (
    '"Acme Running" is named without a link. Add acme-running to sponsors: above the text, or '
    "make the name a link."
)


class TestUnlinkedNames:
    """Right names of sponsors to which nothing in a post leads."""

    def test_are_told_once_with_the_first_line(self, tmp_path: Path) -> None:
        """One link is enough for a post, so one line is."""
        assert said(tmp_path, "Hello.\n\nBy Acme Running.\n\nAcme Running!") == [
            ("unlinked-name", 7, UNLINKED)
        ]

    @pytest.mark.parametrize(
        "link",
        [
            "https://www.acme.example/run",
            "https://acme.example/shoes?a=1",
            "https://pictures.example/acme",
            "/sponsors/acme-running/",
            "/sponsors/#mark-acme-running",
        ],
    )
    def test_a_link_anywhere_in_the_post_is_enough(self, link: str, tmp_path: Path) -> None:
        """To the sponsor's site, to its page or to its place on the sponsors page."""
        assert said(tmp_path, "By Acme Running.", link) == []
        assert said(tmp_path, "By Acme Running.", leads_to=link) == []

    def test_a_link_to_somebody_else_is_none(self, tmp_path: Path) -> None:
        """Nor does an address that nobody understands disturb."""
        assert said(tmp_path, "By Acme Running.", "https://globe.example", "https://[", "/") == [
            ("unlinked-name", 5, UNLINKED)
        ]

    def test_naming_it_above_the_text_is_enough(self, tmp_path: Path) -> None:
        """The thanks below the text link to it."""
        assert said(tmp_path, "By Acme Running.", sponsors="[acme-running]") == []

    @pytest.mark.parametrize("body", ["Later Lara", "Former Fred", "the Globe Theatre", "a globe"])
    def test_others_are_not_told(self, body: str, tmp_path: Path) -> None:
        """Only who shows on the day, and no words that are part of another name."""
        assert said(tmp_path, body) == []

    def test_pages_owe_no_link(self, tmp_path: Path) -> None:
        """A page about the race may name who it likes."""
        page, _ = read_page("---\ntitle: About\n---\nBy Acme Running.\n", "a.md")
        assert page is not None

        assert check_names([page], {"a.md": text(page)}, roster(tmp_path), DAY) == []


def test_a_page_without_a_text_is_not_looked_at(tmp_path: Path) -> None:
    """Drafts and what has expired are nobody's business."""
    page, _ = read_post(post("Pete's Pizza"), FILE)
    assert page is not None

    assert check_names([page], {}, roster(tmp_path), DAY) == []


def test_a_report_shows_names_on_one_line(tmp_path: Path) -> None:
    """A name over two lines is one name."""
    page, _ = read_post(post("Acme\nRuning"), FILE)
    assert page is not None

    lines = report(judged(check_names([page], {FILE: text(page)}, roster(tmp_path), DAY), {}))

    assert lines.splitlines()[2:] == [
        f'  warning: line 5, "A post": "Acme Runing" {ALMOST}, "Acme Running".'
    ]


class TestOnTheSite:
    """Builds of a site whose posts name sponsors."""

    FILES: Final = {
        "sponsors.yaml": LIST,
        "publishconf.py": 'from pelicanconf import *\nOUTPUT_PATH = "public"\n',
        "content/posts/a.md": post("Pete's Pizza, Acme Runing and Acme Running."),
        "content/posts/b.md": post("Pete's Pizza", title="Draft", status="draft"),
        "content/posts/c.md": post("Removed Rita", title="Later", date="2027-06-01"),
        "content/posts/d.md": post("[Acme Running](https://acme.example).", title="Right"),
    }

    def test_every_name_is_told_and_a_final_build_goes_on(self, tmp_path: Path) -> None:
        """Of what is public and of what is due, with file and line."""
        built = build_site(tmp_path, self.FILES, final=True)

        assert built.code == 0
        assert built.report == (
            "content/posts/a.md has 3 warnings.\n\n"
            f'  warning: line 5, "A post": "Acme Runing" {ALMOST}, "Acme Running".\n'
            f'  warning: line 5, "A post": {UNLINKED}\n'
            f'  warning: line 5, "A post": {PETE}\n\n'
            "content/posts/c.md has 1 warning.\n\n"
            f'  warning: line 5, "Later": {HIDDEN.format("Removed Rita", "removed")}\n'
        )

    def test_names_outside_of_posts_are_told(self, tmp_path: Path) -> None:
        """In the notice, the settings and the words of other sponsors, with file and line."""
        files = {
            "sponsors.yaml": LIST.replace("title\n", "title\n    heading: Pete's Pizza\n", 1)
            + "  - name: Bo\n    tier: title\n    text: A friend of Removed Rita and Bo.\n"
            "    links: {removed rita: 'https://rita.example'}\n"
            "    thanks_for: Acme Runing\n    perk: {text: Tea at Pete's Pizza}\n"
            "  - name: Cy\n    tier: title\n    text: We were Cyd.\n    formerly: [Cyd]\n",
            "content/notice.md": "level: info\n\nOff.\n\nPete's Pizza is closed.\n",
        }
        pages = build_site(tmp_path, files).report
        for where in (
            'line 5, "Notice": ' + PETE,
            'line 3, "heading of tier "title"": "Pete\'s Pizza" is pending',
            'links of "Bo"": "removed rita" is "Removed Rita", which is removed',
            'text of "Bo"": "Removed Rita" is removed',
            'thanks_for of "Bo"": "Acme Runing" ' + ALMOST,
            'perk of "Bo"": "Pete\'s Pizza" is pending',
        ):
            assert where in pages
        assert "Cyd" not in pages


def test_the_settings_are_looked_through(tmp_path: Path) -> None:
    """Each text of them on its own line, but neither ids nor links."""
    (tmp_path / "pelicanconf.py").write_text(
        'SITESUBTITLE = "With Pete\'s Pizza"\nRACE = {\n    "presented_by": "removed-rita",\n'
        '    "parking": [{\n        "place": "Behind Removed Rita"}],\n}\n'
        'CONTACT = {"answers": "Acme Runing answers"}\n'
        'MENUITEMS = (\n    ("Parking", "/removed-rita/"),\n    ("REMOVED RITA", "/"),\n)\n'
        'SITENAME = "Pete\'s Pizza Run"\n',
        encoding="utf-8",
    )
    settings: dict[str, object] = {"PATH": "content"}
    exec((tmp_path / "pelicanconf.py").read_text(encoding="utf-8"), settings)  # noqa: S102
    config, _ = read_config(settings, tmp_path, final=False)

    found = check_names([], {}, roster(tmp_path), DAY, words=config.words)

    assert [(one.file, one.line, one.subject, one.check) for one in found] == [
        ("pelicanconf.py", 12, "SITENAME", "hidden-name"),
        ("pelicanconf.py", 1, "SITESUBTITLE", "hidden-name"),
        ("pelicanconf.py", 5, "RACE", "hidden-name"),
        ("pelicanconf.py", 7, "CONTACT", "sponsor-name"),
        ("pelicanconf.py", 10, "MENUITEMS", "hidden-name"),
    ]


def test_own_templates_are_looked_through(tmp_path: Path) -> None:
    """What a template says stands on every page; its remarks, tags and addresses do not."""
    page = (
        "{# Quexal\n #}\n<p class='Quexal'><a href='/Pete's Pizza/'>Acme Runing</a>\n"
        "<b>Removed\n  Rita</b></p>\n"
    )
    files = {"sponsors.yaml": LIST, "theme/templates/fragments/foot.html": page}

    built = build_site(tmp_path, files)

    (where, what) = built.report.split("\n\n")
    assert where == "theme/templates/fragments/foot.html has 1 warning."
    assert what.startswith('  warning: line 4: "Removed Rita" is removed')


def test_hiding_tells_every_place_that_a_build_tells(tmp_path: Path) -> None:
    """Whoever hides a sponsor reads at once what the next build would say."""
    files = {
        "sponsors.yaml": "tiers:\n  - id: title\n    heading: Quexal\nsponsors:\n"
        "  - {name: Quexal Ltd, id: quexal, tier: title, formerly: Quexal, status: removed}\n"
        "  - {name: Bo, tier: title, text: By QUEXAL., links: {Quexal: 'https://b.example'}}\n",
        "content/posts/a.md": post(
            "QUEXAL\n\n**Quexal-Ltd**", tags="[quexal]", category="QUEXAL Ltd.", author="Quexal"
        ),
        "content/notice.md": "level: info\n\nQUEXAL is closed.\n",
        "theme/templates/fragments/foot.html": "<p>\nQuexal</p>",
        "pelicanconf.py": f'{SETTINGS}MENUITEMS = [\n  ("Quexal", "/")]\n',
    }
    built = build_site(tmp_path, files)
    listed, _ = load_roster(tmp_path)
    wanted = Wanted(sponsor_id="quexal", names=("Quexal Ltd", "Quexal"))

    hidden = {(one.file, one.line) for one in mentions(tmp_path, listed, wanted)}

    told, file = set(), ""
    for line in built.report.splitlines():
        if " has " in line and not line.startswith(" "):
            file = line.split(" has ")[0]
        elif found := re.match(r"  warning: line (\d+)", line):
            told.add((file, int(found[1])))
    assert told == hidden
    assert len(told) == 10
