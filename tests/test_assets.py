"""The theme's own files on their way to the site."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from milepost.addresses import file_of
from milepost.engine.finished import Finished
from milepost.media import Shelf
from milepost.render.assets import publish_theme
from milepost.render.site import ThemeFiles
from milepost.render.templates import TemplateFailed

SAFE = "@layer base { a { color: red } }"


def published(folder: Path, files: dict[str, str | bytes]) -> ThemeFiles:
    """Publish a theme of these files into `folder`/stage."""
    for name, text in files.items():
        path = folder / "static" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return publish_theme([folder / "static"], "", Shelf(folder, Finished(folder / "stage").put))


def css(folder: Path, files: dict[str, str | bytes]) -> str:
    """Return the published stylesheet of a theme of these files."""
    (sheet,) = published(folder, files).stylesheets
    return (folder / "stage" / file_of(sheet)).read_text(encoding="utf-8")


def fault(folder: Path, files: dict[str, str | bytes]) -> tuple[str, str, int | None, str]:
    """Return (check, file, line, message) of what is wrong with a theme of these files."""
    with pytest.raises(TemplateFailed) as caught:
        published(folder, files)
    problem = caught.value.problem
    return problem.check, problem.file, problem.line, problem.message


def test_sheets_are_joined_in_the_order_of_their_names(tmp_path: Path) -> None:
    """The order of the layers comes first, whatever the disk's order is."""
    found = css(
        tmp_path,
        {
            "css/b.css": "b { color: red }",
            "css/a.css": "a { color: red }",
            "css/_first.css": "@layer x, y;",
            "css/note.txt": "no sheet",
        },
    )

    assert found == "@layer x,y;\na{color:red}\nb{color:red}\n"


def test_new_css_is_written_for_old_browsers(tmp_path: Path) -> None:
    """Nesting is newer than the oldest browser that gets the site's look."""
    assert css(tmp_path, {"css/a.css": "a { &:hover { color: red } }"}) == "a:hover{color:red}\n"


def test_what_a_sheet_names_is_published_beside_it(tmp_path: Path) -> None:
    """A font gets a name that changes with its bytes, and the sheet follows."""
    face = '@font-face { font-family: X; src: url("../fonts/x.woff2") format("woff2") }'

    first = css(tmp_path / "1", {"css/a.css": face, "fonts/x.woff2": b"one"})
    second = css(tmp_path / "2", {"css/a.css": face, "fonts/x.woff2": b"two"})

    (name,) = re.findall(r"url\(([^)]+)\)", first)
    assert re.fullmatch(r"x-[0-9a-f]{12}\.woff2", name)
    assert (tmp_path / "1" / "stage" / "media" / name).read_bytes() == b"one"
    assert first != second


def test_a_site_may_replace_one_file(tmp_path: Path) -> None:
    """A file of the site's own theme stands for its namesake; its additions are joined, too."""
    for folder, name, text in (
        ("own", "css/a.css", "a{color:blue}"),
        ("own", "css/z.css", "z{color:blue}"),
        ("ours", "css/a.css", "a{color:red}"),
        ("ours", "css/b.css", "b{color:red}"),
    ):
        path = tmp_path / folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    folders = [tmp_path / "own", tmp_path / "ours"]
    (sheet,) = publish_theme(
        folders, "", Shelf(tmp_path, Finished(tmp_path / "stage").put)
    ).stylesheets

    found = (tmp_path / "stage" / file_of(sheet)).read_text(encoding="utf-8")
    assert found == "a{color:#00f}\nb{color:red}\nz{color:#00f}\n"


def test_scripts_are_published_each_on_its_own(tmp_path: Path) -> None:
    """The bytes of a script are its author's."""
    files = published(tmp_path, {"css/a.css": SAFE, "js/b.js": "b()", "js/a.js": "a()"})

    texts = [(tmp_path / "stage" / file_of(at)).read_text(encoding="utf-8") for at in files.scripts]
    assert texts == ["a()", "b()"]


def test_css_that_is_none_is_told_with_its_line(tmp_path: Path) -> None:
    """A designer learns where to look."""
    broken = "a { color: red }\n\nb { color: { } }"

    assert fault(tmp_path, {"css/a.css": SAFE, "css/b.css": broken}) == (
        "file",
        "theme/static/css/b.css",
        3,
        "this is not CSS: Unexpected token CurlyBracketBlock.",
    )


def test_a_block_without_an_end_is_told(tmp_path: Path) -> None:
    """Browsers would close it, and lose everything behind it."""
    text = "/* { */\n@layer a {\n  b { color: red }\n\nc { content: '}' }"

    assert fault(tmp_path, {"css/a.css": text}) == (
        "file",
        "theme/static/css/a.css",
        2,
        "this { has no } of its own.",
    )


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    """A misspelt font would fall back in silence."""
    text = 'a { color: red }\nb { background: url("../images/hill.svg") }'

    assert fault(tmp_path, {"css/a.css": text}) == (
        "file",
        "theme/static/css/a.css",
        2,
        "../images/hill.svg is not there: theme/static/images/hill.svg does not exist.",
    )


@pytest.mark.parametrize("address", ["https://fonts.example/x.woff2", "//fonts.example/x.woff2"])
def test_nothing_comes_from_another_site(tmp_path: Path, address: str) -> None:
    """A reader's browser would tell a stranger which race its owner reads about."""
    check, _, line, message = fault(tmp_path, {"css/a.css": f"a {{ background: url({address}) }}"})

    assert (check, line) == ("third-party", 1)
    assert message == f"{address} would be loaded from another site. Put a copy into theme/static/."


@pytest.mark.parametrize("address", ["../../../etc/passwd", "/etc/passwd", "../../a.css"])
def test_no_address_leaves_the_folder(tmp_path: Path, address: str) -> None:
    """Only files of the theme are published."""
    (tmp_path / "a.css").write_text("secret", encoding="utf-8")

    check, *_ = fault(tmp_path, {"css/a.css": f"a {{ background: url({address}) }}"})

    assert check == "file"
