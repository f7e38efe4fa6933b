"""Whether the documentation says what the code does: names, options, links and examples."""

from __future__ import annotations

import argparse
import ast
import dataclasses
import re
import shlex
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from milepost import addresses, cli, config, contact, defaults
from milepost.content import read_content
from milepost.media import Shelf
from milepost.posts import notice
from milepost.posts.frontmatter import Button, PageMatter, PostMatter
from milepost.posts.post import read_page, read_post
from milepost.problems import CHECKS
from milepost.race import race
from milepost.render import views
from milepost.render.pages import page_jobs
from milepost.roster import private, sponsor
from milepost.roster.load import Roster, read_roster
from milepost.rules.limits import check_limits
from milepost.scaffold.spreadsheet import HEADINGS
from milepost.schema import Model, keys
from milepost.source import Table, parse_yaml
from sites import DAY, SITE, build_site, post, write_site

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from milepost.problems import Problem

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "src" / "milepost"
TEMPLATES = ROOT / "theme" / "templates"
PAGES = {
    path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8")
    for path in (*sorted(ROOT.glob("[A-Z]*.md")), *sorted((ROOT / "docs").rglob("*.md")))
}

FENCE = re.compile(r"^```(?P<language>\w*)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
HEADING = re.compile(r"^#+ (.*)$", re.MULTILINE)
TABLE = re.compile(r"(?:^\|.*\n)+", re.MULTILINE)
CODE = re.compile(r"`([^`]+)`")
LINK = re.compile(r"\]\(([^)\s]+)\)")
COMMAND = re.compile(r"^    python3 run\.py(.*)$|`(?:python3|py) run\.py([^`]*)`", re.MULTILINE)
BLOCK = re.compile(r"{%-? block (\w+)")


def reference(name: str) -> str:
    """Return the text of a page of the reference."""
    return PAGES[f"docs/reference/{name}.md"]


def section(text: str, heading: str) -> str:
    """Return what stands between a heading and the next one, without its examples."""
    parts = HEADING.split(FENCE.sub("", text))
    found = dict(zip(parts[1::2], parts[2::2], strict=True))
    assert heading in found, f"there is no heading {heading!r}"
    return found[heading]


def rows(text: str) -> list[list[str]]:
    """Return the cells of every table's rows below the names of the columns."""
    return [
        [cell.strip() for cell in line[1:-1].split(" | ")]
        for table in TABLE.findall(text)
        for line in table.splitlines()[2:]
    ]


def names(text: str) -> list[str]:
    """Return what the rows of the tables are about, sorted, repeats kept."""
    return sorted(CODE.findall(row[0])[0] for row in rows(text))


def examples(language: str) -> list[object]:
    """Return every example in a language, to be known by its page and line."""
    return [
        pytest.param(found["text"], id=f"{name}:{text.count(chr(10), 0, found.start()) + 1}")
        for name, text in PAGES.items()
        for found in FENCE.finditer(text)
        if found["language"] == language
    ]


def said(problems: list[Problem]) -> list[str]:
    """Return what a reader is told."""
    return [problem.message for problem in problems]


KEYS: Mapping[tuple[str, str], tuple[type[Model], tuple[str, ...]]] = {
    ("sponsors-file", "The top of the file"): (
        sponsor.RosterFile,
        (*keys(sponsor.RosterFile), "tiers", "sponsors"),
    ),
    ("sponsors-file", "Tiers"): (sponsor.Tier, keys(sponsor.Tier)),
    ("sponsors-file", "Benefits"): (sponsor.Benefits, keys(sponsor.Benefits)),
    ("sponsors-file", "Sponsors"): (sponsor.SponsorEntry, keys(sponsor.SponsorEntry)),
    ("sponsors-file", "Perk"): (sponsor.Perk, keys(sponsor.Perk)),
    ("sponsors-file", "Approved"): (sponsor.Approval, keys(sponsor.Approval)),
    ("sponsors-file", "Earlier years"): (sponsor.PastYear, keys(sponsor.PastYear)),
    ("sponsors-file", "Marks in links"): (sponsor.Utm, keys(sponsor.Utm)),
    ("sponsors-file", "Private notes"): (private.PrivateNotes, keys(private.PrivateNotes)),
    ("sponsors-file", "Contacts"): (private.Person, keys(private.Person)),
    ("front-matter", "Posts and pages"): (PageMatter, keys(PageMatter)),
    ("front-matter", "Posts only"): (
        PostMatter,
        tuple(key for key in keys(PostMatter) if key not in keys(PageMatter)),
    ),
    ("front-matter", "The button"): (Button, keys(Button)),
    ("settings", "The race"): (race.Race, keys(race.Race)),
    ("settings", "Distances"): (race.Distance, keys(race.Distance)),
    ("settings", "Registration"): (race.Registration, keys(race.Registration)),
    ("settings", "Prices"): (race.Price, keys(race.Price)),
    ("settings", "Pickup"): (race.Pickup, keys(race.Pickup)),
    ("settings", "Hours of pickup"): (race.PickupHours, keys(race.PickupHours)),
    ("settings", "Places"): (race.Spot, keys(race.Spot)),
    ("settings", "Contact"): (contact.Contact, keys(contact.Contact)),
    ("settings", "The form"): (contact.Form, keys(contact.Form)),
}
"""Where the reference has the keys of each model, and which they are."""


@pytest.mark.parametrize(("page", "heading"), KEYS)
def test_every_key_has_a_row(page: str, heading: str) -> None:
    """The table has each key that a file may have, once, and no other."""
    _, allowed = KEYS[page, heading]

    assert names(section(reference(page), heading)) == sorted(allowed)


def test_no_table_of_keys_is_missing() -> None:
    """Everything that people's files are read into is in the reference."""
    # A sponsor has the keys of its entry, and an entry of the menu is written as a pair.
    elsewhere = {sponsor.Sponsor, config.MenuItem}

    assert set(models(Model)) == {model for model, _ in KEYS.values()} | elsewhere


def models(base: type[Model]) -> Iterator[type[Model]]:
    """Yield every model of ours below `base`."""
    for model in base.__subclasses__():
        if model.__module__.startswith("milepost."):
            yield model
        yield from models(model)


SETTINGS = ("What you set", "Where things are", "What is decided", "Set by a command")


def test_every_setting_has_a_row() -> None:
    """The settings that a site starts from are all explained, each once."""
    page = reference("settings")
    explained = [name for heading in SETTINGS for name in names(section(page, heading))]

    assert sorted(explained) == sorted(name for name in vars(defaults) if name.isupper())


@pytest.mark.parametrize("heading", ["What is decided", "Set by a command"])
def test_settings_are_shown_with_their_values(heading: str) -> None:
    """The value in the table is the one that a build starts with."""
    shown = {
        CODE.findall(row[0])[0]: ast.literal_eval(CODE.findall(row[1])[0])
        for row in rows(section(reference("settings"), heading))
        if row[1] != "none"
    }

    assert shown == {name: getattr(defaults, name) for name in shown}


def test_every_check_has_a_row() -> None:
    """Each check stands there with its severity, and with whether a site may change it."""
    found = [[CODE.findall(row[0])[0], *row[1:3]] for row in rows(reference("checks"))]

    assert found == [
        [check.name, check.severity, "no" if check.fixed else "yes"] for check in CHECKS.values()
    ]


def test_the_notice_has_its_keys() -> None:
    """The lines above a notice, and its levels."""
    text = reference("notice")

    assert names(text) == sorted(notice.KEYS)
    (allowed,) = [row[1] for row in rows(text) if row[0] == "`level`"]
    assert tuple(CODE.findall(allowed)) == notice.LEVELS


def tasks(
    parser: argparse.ArgumentParser, words: tuple[str, ...] = ()
) -> Iterator[tuple[str, argparse.ArgumentParser]]:
    """Yield every task with its words, such as "new post"."""
    below = [each for each in parser._actions if isinstance(each, argparse._SubParsersAction)]
    if not below:
        yield " ".join(words), parser
    for choices in below:
        for word, chosen in choices.choices.items():
            yield from tasks(chosen, (*words, word))


def options(parser: argparse.ArgumentParser) -> set[str]:
    """Return what a task takes: the long names of its options, and its other words."""
    return {
        action.option_strings[-1] if action.option_strings else action.dest
        for action in parser._actions
        if action.help != argparse.SUPPRESS and not isinstance(action, argparse._SubParsersAction)
    }


def test_the_columns_of_a_spreadsheet_have_a_row() -> None:
    """Each heading that a spreadsheet of sponsors may have is named."""
    page = section(reference("commands"), "The columns of the spreadsheet")

    shown = {CODE.findall(row[0])[0]: tuple(CODE.findall(row[1])) for row in rows(page)}

    assert shown == HEADINGS


COMMON = ["--help", "--quiet", "--site", "--version"]
TASKS = dict(tasks(cli._parser()))


def test_every_task_is_in_the_list() -> None:
    """The list of tasks has each task that there is, and no other."""
    page = section(reference("commands"), "Commands")

    assert names(page) == sorted(TASKS)


@pytest.mark.parametrize("task", TASKS)
def test_every_option_of_a_task_has_a_row(task: str) -> None:
    """What a task takes is explained under its name."""
    own = sorted(options(TASKS[task]) - set(COMMON))

    assert names(section(reference("commands"), task)) == own


def test_the_options_of_every_task_have_a_row() -> None:
    """What all tasks take is explained once."""
    page = section(reference("commands"), "Options of every task")

    assert names(page) == COMMON == sorted(options(cli._parser()))


WRITTEN = sorted(
    {
        (line or code).strip()
        for text in PAGES.values()
        for line, code in COMMAND.findall(text)
        if "TASK" not in line + code
    }
)


@pytest.mark.parametrize("command", WRITTEN)
def test_the_commands_in_the_documentation_exist(command: str) -> None:
    """Whoever types what the documentation says is understood."""
    words = shlex.split(command) or ["serve"]

    options, rest = cli._parser().parse_known_args(words)

    assert not rest or options.task in {"test", "lint", "bench"}


def test_the_readme_has_the_two_commands() -> None:
    """The README shows how to start the site and how to run the tests."""
    shown = {line.strip() for line, _ in COMMAND.findall(PAGES["README.md"])}

    assert {"", "test"} <= shown


def test_every_template_has_a_row() -> None:
    """The templates of the theme are all named, each once."""
    there = sorted(path.relative_to(TEMPLATES).as_posix() for path in TEMPLATES.rglob("*.html"))

    assert names(section(reference("theme"), "Templates")) == there


def test_every_block_has_a_row() -> None:
    """The blocks that templates may fill are all named, with their file."""
    defined = [
        (block, name)
        for name in ("base.html", "layouts/listing.html")
        for block in BLOCK.findall((TEMPLATES / name).read_text(encoding="utf-8"))
        if name == "base.html" or block != "main"
    ]
    shown = [
        tuple(CODE.findall(" ".join(row[:2])))
        for row in rows(section(reference("theme"), "Blocks"))
    ]

    assert sorted(shown) == sorted(defined)


def test_every_view_has_a_row() -> None:
    """What templates see is listed with all its fields, in the order of the code."""
    shown = {
        CODE.findall(row[0])[0]: CODE.findall(row[2])
        for row in rows(section(reference("theme"), "What templates see"))
    }
    there = {
        name: [field.name for field in dataclasses.fields(view)]
        for name, view in vars(views).items()
        if isinstance(view, type) and dataclasses.is_dataclass(view)
    }

    assert shown == there


TOKENS = (ROOT / "theme/static/css/tokens.css").read_text(encoding="utf-8")
RAW = re.compile(r"--(?:paint|asphalt-\d+|signal-\d+)")
"""The names of the ramp: colours that the roles are played by."""


def test_every_role_has_a_row() -> None:
    """The custom properties that a stylesheet may use are all named, each once."""
    declared = set(re.findall(r"^ +(--[\w-]+):", TOKENS, re.MULTILINE))
    roles = section(reference("theme"), "Roles")

    assert names(roles) == sorted(name for name in declared if not RAW.fullmatch(name))


def test_the_five_roles_of_a_race_come_first() -> None:
    """The first table has the roles that the stylesheet marks as a race's own, in its order."""
    _, _, marked = TOKENS.partition("A race's own")
    first = TABLE.findall(section(reference("theme"), "Roles"))[0]

    five = re.findall(r"(--[\w-]+):", marked.split("\n\n")[0])
    assert [CODE.findall(row[0])[0] for row in rows(first)] == five
    assert len(five) == 5


def test_every_layer_has_a_row() -> None:
    """The layers are named in the order in which they win."""
    order = (ROOT / "theme/static/css/_layers.css").read_text(encoding="utf-8")
    (declared,) = re.findall(r"@layer ([\w, ]+);", order)

    shown = [CODE.findall(row[0])[0] for row in rows(section(reference("theme"), "Layers"))]
    assert shown == declared.split(", ")


def test_every_font_has_a_row() -> None:
    """The families that the stylesheets bring are all named."""
    sheet = (ROOT / "theme/static/css/fonts.css").read_text(encoding="utf-8")
    families = set(re.findall(r'font-family: "?([\w ]+)"?;', sheet))

    assert names(section(reference("theme"), "Fonts")) == sorted(families)


MACROS = {
    (path.relative_to(TEMPLATES).as_posix(), macro)
    for path in (TEMPLATES / "macros").glob("*.html")
    for macro in re.findall(r"{%-? macro (.+?) -?%}", path.read_text(encoding="utf-8"))
}
"""The file of each macro, and the macro with its arguments."""


def test_every_macro_has_a_row() -> None:
    """The macros are all named, each once, with their file and their arguments."""
    shown = [
        (CODE.findall(row[0])[0], CODE.findall(row[1])[0])
        for row in rows(section(reference("theme"), "Macros"))
    ]

    assert sorted(shown) == sorted(MACROS)


def test_every_macro_has_an_example() -> None:
    """The page of examples calls each macro."""
    examples_page = (TEMPLATES / "examples.html").read_text(encoding="utf-8")

    called = set(re.findall(r"{{ (\w+)\(", examples_page))

    assert {macro.partition("(")[0] for _, macro in MACROS} - called == set()


SPONSOR_WITH_A_PAGE = """\
tiers:
  - {id: title, link: profile}
sponsors:
  - {name: Acme, tier: title}
"""


def test_templates_see_what_the_documentation_says(tmp_path: Path) -> None:
    """Beside what every page sees, each template has the names of its row."""
    write_site(
        tmp_path,
        {
            "sponsors.yaml": SPONSOR_WITH_A_PAGE,
            "content/posts/hills.md": post(category="Training", tags="hills", author="Ruth"),
            "content/pages/about.md": "---\ntitle: About\n---\nWords.\n",
        },
    )
    content = tmp_path / "content"
    site = config.Config(
        folder=tmp_path,
        content=content,
        name="Race",
        url="https://race.example",
        contact=contact.Contact(form=contact.Form(provider="netlify")),
        race=race.Race(name="Race", date=date(2027, 4, 17)),
    )
    read, _ = read_content(site, date.fromisoformat(DAY), Shelf(content, None), ())

    seen = {f"{job.template}.html": sorted(job.names()) for job in page_jobs(read)}

    of_pages, _ = TABLE.findall(section(reference("theme"), "Templates"))
    shown = {CODE.findall(row[0])[0]: sorted(CODE.findall(row[2])) for row in rows(of_pages)}
    assert shown == seen


def test_every_address_has_a_row() -> None:
    """The table has each address of a site, as the code makes it."""
    fixed = [
        value
        for name, value in vars(addresses).items()
        if name.isupper() and isinstance(value, str)
    ]
    made = [
        addresses.numbered(addresses.BLOG, 2),
        addresses.post("<post>"),
        addresses.page("<page>"),
        addresses.topic("<topic>"),
        addresses.tag("<tag>"),
        addresses.author("<author>"),
        addresses.archive(2027),
        addresses.sponsor("<sponsor>"),
    ]

    assert names(section(reference("addresses"), "Addresses")) == sorted([*fixed, *made])


def test_every_reserved_word_is_named() -> None:
    """Whoever looks for a name finds all those that are taken."""
    shown = {
        row[0]: set(CODE.findall(row[1]))
        for row in rows(section(reference("addresses"), "Reserved words"))
    }

    assert shown == {
        "posts": addresses.RESERVED_POSTS,
        "pages": addresses.RESERVED_PAGES,
        "sponsors": addresses.RESERVED_SPONSORS,
    }


LINKS = [
    (name, target)
    for name, text in PAGES.items()
    for target in LINK.findall(CODE.sub("", FENCE.sub("", text)))
    if "://" not in target
]


@pytest.mark.parametrize(("name", "target"), LINKS)
def test_links_lead_to_a_file_and_a_heading(name: str, target: str) -> None:
    """A reader who follows a link of the documentation arrives."""
    path, _, place = target.partition("#")
    file = (ROOT / name).parent / path if path else ROOT / name

    assert file.exists()
    if place:
        found = HEADING.findall(FENCE.sub("", file.read_text(encoding="utf-8")))
        assert place in {anchor(heading) for heading in found}


def anchor(heading: str) -> str:
    """Return the name that web sites with Markdown give to a heading."""
    return re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-")


def modules() -> list[str]:
    """Return the modules that have more to say than their first sentence, sorted."""
    return sorted(
        path.relative_to(PACKAGE).as_posix()
        for path in PACKAGE.rglob("*.py")
        if len(ast.parse(path.read_bytes()).body) > 1
    )


def test_every_module_is_in_the_table() -> None:
    """Whoever looks for a behaviour finds the name of its file."""
    assert names(section(PAGES["CONTRIBUTING.md"], "Where to look")) == modules()


def test_the_phases_name_files_that_exist() -> None:
    """Each phase of a build has a file to look into."""
    phases = rows(section(PAGES["CONTRIBUTING.md"], "A build, in six phases"))

    owners = {CODE.findall(row[2])[0] for row in phases}

    assert len(phases) == 6
    assert owners <= set(modules())


def test_nobody_knows_those_below() -> None:
    """Each file imports from its own line of the order, and from the lines above it."""
    text = section(PAGES["CONTRIBUTING.md"], "Who may know whom")
    lines = [line.strip().split(", ") for line in text.split("\n") if line.startswith("    ")]
    rank = {name: at for at, line in enumerate(lines) for name in line}
    wrong = [
        f"{file} imports {imported}"
        for file in modules()
        for imported in imports(file)
        if (first := part(file)) in rank and rank[first] < rank[part(imported)]
    ]

    assert wrong == []
    assert {part(file) for file in modules()} - set(rank) == {"__init__", "__main__"}


def imports(file: str) -> set[str]:
    """Return what a file imports of ours, such as "roster/load"."""
    found = set()
    for node in ast.walk(ast.parse((PACKAGE / file).read_bytes())):
        if isinstance(node, ast.ImportFrom) and node.module == "milepost":
            found |= {alias.name for alias in node.names if alias.name != "__version__"}
        elif isinstance(node, ast.ImportFrom) and str(node.module).startswith("milepost."):
            found.add(str(node.module).removeprefix("milepost.").replace(".", "/"))
    return found


def part(name: str) -> str:
    """Return the folder of a file, or the file's own name when it is in none."""
    return name.split("/", maxsplit=1)[0].removesuffix(".py")


PRIVATE = "private:"
"""What only an example of the private file has."""


@pytest.mark.parametrize("text", [text for text in examples("yaml") if PRIVATE not in str(text)])
def test_examples_of_sponsor_lists_are_right(text: str) -> None:
    """Whoever copies an example of a sponsor list gets no complaint about it."""
    node, problems = parse_yaml(text, "sponsors.yaml")
    assert isinstance(node, Table)
    roster, more = read_roster(node)

    assert said([*problems, *more, *check_limits(roster)]) == []


@pytest.mark.parametrize("text", [text for text in examples("yaml") if PRIVATE in str(text)])
def test_examples_of_private_files_are_right(tmp_path: Path, text: str) -> None:
    """Whoever copies an example of the private file gets no complaint about it."""
    (tmp_path / private.FILE).write_text(text, encoding="utf-8")

    _, problems = private.load_private(tmp_path, Roster())

    assert said(problems) == []


def read_as_notice(text: str, folder: Path) -> tuple[notice.Notice | None, list[Problem]]:
    """Return the notice that a site has with this text in its file."""
    (folder / notice.NAME).write_text(text, encoding="utf-8")
    return notice.read_notice(
        config.Config(folder=folder, content=folder, name="Race", url="https://race.example")
    )


@pytest.mark.parametrize("text", examples("markdown"))
def test_examples_of_posts_are_right(tmp_path: Path, text: str) -> None:
    """Whoever copies an example of a post, a page or a notice gets no complaint about it."""
    found: object
    read = read_post if "date:" in text.lower() else read_page

    if "level:" in text:
        found, problems = read_as_notice(text, tmp_path)
    else:
        found, problems = read(text, "example.md")

    assert said(problems) == []
    assert found


@pytest.mark.parametrize("text", examples("python"))
def test_examples_of_settings_are_right(tmp_path: Path, text: str) -> None:
    """Whoever copies an example of settings, or some lines of them, gets no complaint."""
    files = {
        "pelicanconf.py": text if "import *" in text else SITE["pelicanconf.py"] + text,
        "content/extra/CNAME": "riverside.example\n",
        "easylist.txt": "##.x-y\n",
        "content/pages/privacy.md": "---\ntitle: Privacy\n---\nWords.\n",
    }

    built = build_site(tmp_path, files, dry=True)

    # Some lines of a settings file need not have all that a site has.
    said = [line for line in built.report.splitlines() if line.startswith("  ")]
    assert built.code == 0, built.report
    assert [line for line in said if "nobody can reach you" not in line] == []


DRAWING = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 10"><path d="M0 0h20v10z"/></svg>
"""


def test_the_links_that_are_shown_lead_somewhere(tmp_path: Path) -> None:
    """Each link of the table works in a post, where there is something to link to."""
    links = [CODE.findall(row[0])[0] for row in rows(section(reference("front-matter"), "Links"))]
    words = "\n\n".join([*links, "## Pacing", "Bored at mile five."])

    built = build_site(
        tmp_path,
        {
            "content/posts/course.md": post("## Mile 8\n\nThe hill.", title="The course"),
            "content/posts/links.md": post(
                words, title="Links", category="Training", tags="hill work", author="Ruth Amsel"
            ),
            "content/images/map.svg": DRAWING,
            "content/downloads/map.pdf": "%PDF-1.7",
        },
    )

    assert (built.code, built.report) == (0, "")
    assert len(links) > 10


def test_all_examples_are_looked_at() -> None:
    """No example is in a language that nobody checks, here or in test_own_look.py."""
    languages = {found["language"] for text in PAGES.values() for found in FENCE.finditer(text)}

    assert languages == {"yaml", "markdown", "python", "css", "html"}


TRAPS = rows(section(reference("sponsors-file"), "What YAML trips over"))


@pytest.mark.parametrize("row", TRAPS, ids=lambda row: row[0])
def test_the_lines_that_yaml_misreads_are_mended_as_shown(row: list[str]) -> None:
    """Milepost gives the very line to write that the table gives."""
    wrong, right = (CODE.fullmatch(cell) for cell in row[:2])
    assert wrong
    assert right

    _, problems = parse_yaml(f"sponsors:\n  - id: acme\n    {wrong[1]}\n", "sponsors.yaml")
    _, mended = parse_yaml(f"sponsors:\n  - id: acme\n    {right[1]}\n", "sponsors.yaml")

    told = [" ".join(message.split()) for message in said(problems)]
    assert any(f"rite: {right[1]}" in message for message in told)
    assert said(mended) == []


def test_the_report_in_the_readme_is_a_real_one(tmp_path: Path) -> None:
    """The three slips that the README tells of give the report that it shows."""
    fences = {found["language"]: found["text"] for found in FENCE.finditer(PAGES["README.md"])}
    sponsors = fences["yaml"].replace("supporters", "suporters").replace("https://", "")
    words = fences["markdown"].replace("2027-03-14", "14/03/2027")

    build_site(tmp_path)
    built = build_site(
        tmp_path,
        {"sponsors.yaml": sponsors, "content/posts/parking-on-race-day.md": words},
    )

    shown = "".join(f"    {line}".rstrip() + "\n" for line in built.report.splitlines())
    assert built.code == 1
    assert shown in PAGES["README.md"]


def test_every_page_is_in_the_list() -> None:
    """The list of the documentation leads to each page of it, once."""
    listed = [target for target in LINK.findall(PAGES["docs/README.md"]) if "../" not in target]

    there = [name.removeprefix("docs/") for name in PAGES if name.startswith("docs/")]
    assert sorted(listed) == sorted(set(there) - {"README.md"})
