"""A race's own look, with the very lines that the documentation gives."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from sites import Built, build_site
from test_contrast import DECLARATION, PAIRS, blocks, contrast, value

PAGE = Path(__file__).parents[1] / "docs" / "how-to" / "make-it-look-like-your-race.md"
EXAMPLES = re.findall(
    r"^```(\w+)\n(.*?)^```$", PAGE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL
)
COLOURS, SYSTEM_FONTS, OWN_FONT = (text for kind, text in EXAMPLES if kind == "css")
(TEMPLATE,) = (text for kind, text in EXAMPLES if kind == "html")
(TEXT,) = (text for kind, text in EXAMPLES if kind == "markdown")
SHEET = "theme/static/css/zz-race.css"


def own_roles() -> tuple[dict[str, str], dict[str, str]]:
    """Return all roles by day and by night, as a site with the example has them."""
    light, _, dark = COLOURS.partition("@media")
    own_day, own_night = dict(DECLARATION.findall(light)), dict(DECLARATION.findall(dark))
    day, night = blocks()
    return {**day, **own_day}, {**night, **own_day, **own_night}


def stylesheet(built: Built) -> str:
    """Return the stylesheet that a site publishes."""
    (name,) = (name for name in built.files if re.fullmatch(r"media/site-\w+\.css", name))
    return built.text(name)


@pytest.mark.parametrize("layered", [False, True])
def test_the_five_colours_are_published_last(tmp_path: Path, *, layered: bool) -> None:
    """With and without a layer, the example's colours come after those of the theme."""
    sheet = f"@layer tokens {{\n{COLOURS}}}\n" if layered else COLOURS

    built = build_site(tmp_path, {SHEET: sheet})

    assert (built.code, built.report) == (0, "")
    css = re.sub(r"\s", "", stylesheet(built))
    for name, colour in DECLARATION.findall(COLOURS):
        assert css.rindex(f"{name}:{colour}") > css.rindex(f"{name}:var(")


@pytest.mark.parametrize("when", ["day", "night"])
@pytest.mark.parametrize(("seen", "on", "least"), PAIRS)
def test_the_five_colours_can_be_told_apart(when: str, seen: str, on: str, least: float) -> None:
    """The example passes where the theme itself has to."""
    roles = own_roles()[when == "night"]

    assert contrast(value(seen, roles), value(on, roles)) >= least


def test_the_partners_of_the_colours_are_the_theme_s() -> None:
    """The colours to check against are those of the theme, by day and at night."""
    roles = {colour for each in blocks() for name in each if (colour := value(name[2:], each))}
    text = PAGE.read_text(encoding="utf-8")
    _, _, table = text.partition("| This | on this |")

    assert set(re.findall(r"#[0-9a-f]{6}", table.split("\n\n", maxsplit=1)[0])) <= roles


def test_other_fonts_are_published(tmp_path: Path) -> None:
    """Fonts of the device need no file; one of the site's own lies in its folder."""
    files = {SHEET: SYSTEM_FONTS + OWN_FONT, "theme/static/fonts/race-sign.woff2": b"wOF2"}

    built = build_site(tmp_path, files)

    assert (built.code, built.report) == (0, "")
    assert any(re.fullmatch(r"media/race-sign-\w+\.woff2", name) for name in built.files)
    assert "Race Sign" in stylesheet(built)


def test_a_page_has_a_template_of_its_own(tmp_path: Path) -> None:
    """What stood in the block stays, and the new words come below it."""
    files = {"theme/templates/with-help.html": TEMPLATE, "content/pages/here.md": TEXT}

    built = build_site(tmp_path, files)

    assert (built.code, built.report) == (0, "")
    main = built.page("/getting-here/").css_first("main")
    assert main
    assert " ".join(main.text().split()) == (
        "Getting Here The 7:12 train stops behind the start. Anything unclear? Ask us."
    )
