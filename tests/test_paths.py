"""Names that stay inside their folder, on every disk."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from milepost.paths import exact_case, inside, objection, theme, walk

REFUSED = {
    "": "is empty or has spaces round it",
    " a": "is empty or has spaces round it",
    "a\n": "is empty or has spaces round it",
    "/a": "must be a name inside the folder, not a full path",
    "C:/a": "must be a name inside the folder, not a full path",
    "a:b": "must be a name inside the folder, not a full path",
    "a\\b": "has a character that file names cannot have everywhere (use / between folders)",
    "..\\a": "has a character that file names cannot have everywhere (use / between folders)",
    "a?b": "has a character that file names cannot have everywhere (use / between folders)",
    "a\x00b": "has a character that file names cannot have everywhere (use / between folders)",
    "../a": "must not leave its folder with ..",
    "a/..": "must not leave its folder with ..",
    "a/../../b": "must not leave its folder with ..",
    ".": "has an empty part between two /",
    "./a": "has an empty part between two /",
    "a//b": "has an empty part between two /",
    "a/": "has an empty part between two /",
    "a./b": "has a name that Windows cannot keep",
    "a /b": "has a name that Windows cannot keep",
    "...": "has a name that Windows cannot keep",
    "con": "has a name that Windows cannot keep",
    "a/NUL.md": "has a name that Windows cannot keep",
    "com1.tar.gz": "has a name that Windows cannot keep",
    "Aux .txt": "has a name that Windows cannot keep",
    "é" * 128: "has a name of more than 255 bytes",
}

ALLOWED = [
    "a",
    "a/b/c.png",
    "a b",
    "a..b",
    "..a",
    ".a",
    "é" * 127,
    "console",
    "com0",
    "con-a.md",
    "%2e%2e",
]


@pytest.mark.parametrize(
    ("name", "reason"), REFUSED.items(), ids=[ascii(name)[:20] for name in REFUSED]
)
def test_names_that_some_disk_cannot_have_are_refused(
    tmp_path: Path, name: str, reason: str
) -> None:
    """A name that leaves its folder, or that Windows cannot keep, is refused with its reason."""
    assert objection(name) == reason
    with pytest.raises(ValueError, match=r".") as refused:
        inside(tmp_path, name)
    assert str(refused.value) == f"{name} {reason}"


@pytest.mark.parametrize("name", ALLOWED)
def test_usual_names_are_allowed(tmp_path: Path, name: str) -> None:
    """A name that every disk can have is joined to its folder."""
    assert objection(name) is None
    assert inside(tmp_path, name) == tmp_path / name


@given(st.text(st.sampled_from("ab./\\: %~"), max_size=12))
def test_no_name_leaves_its_folder(name: str) -> None:
    """Whatever is allowed lies below the folder."""
    folder = Path("/site/content").absolute()

    allowed = objection(name) is None

    if allowed:
        path = inside(folder, name)
        assert folder in path.parents
        assert path.relative_to(folder).as_posix() == name


def linked(path: Path, target: Path) -> None:
    """Make a symbolic link, where the system lets us."""
    try:
        path.symlink_to(target)
    except OSError:
        pytest.skip("this system makes no symbolic links")


def test_a_symbolic_link_that_leads_out_is_refused(tmp_path: Path) -> None:
    """What a link hides outside its folder is not published."""
    folder = tmp_path / "content"
    folder.mkdir()
    linked(folder / "logos", tmp_path)

    with pytest.raises(
        ValueError, match=r"^logos/a.png is a symbolic link that leads out of its folder$"
    ):
        inside(folder, "logos/a.png")


def test_a_symbolic_link_that_stays_is_allowed(tmp_path: Path) -> None:
    """A link to another place of the same folder is as good as a file."""
    (tmp_path / "a.png").touch()
    linked(tmp_path / "b.png", tmp_path / "a.png")

    assert inside(tmp_path, "b.png") == tmp_path / "b.png"


def test_a_name_is_spelt_as_on_the_disk(tmp_path: Path) -> None:
    """A name in the wrong case is found on every machine, with the spelling that is right."""
    (tmp_path / "Logos").mkdir()
    (tmp_path / "Logos" / "Acme.PNG").touch()

    assert exact_case(tmp_path, "logos/acme.png") == "Logos/Acme.PNG"
    assert exact_case(tmp_path, "Logos/Acme.PNG") == "Logos/Acme.PNG"


@pytest.mark.parametrize("name", ["b", "a/b", "folder/b", "folder/b/c"])
def test_a_name_that_is_not_there_has_no_spelling(tmp_path: Path, name: str) -> None:
    """There is nothing to say of a file that does not exist."""
    (tmp_path / "a").touch()
    (tmp_path / "folder").mkdir()

    assert exact_case(tmp_path, name) is None


def test_a_walk_is_in_order_and_leaves_hidden_files_out(tmp_path: Path) -> None:
    """Every file comes with its name below the folder; what begins with a dot does not."""
    for name in ("b.md", "a/z.md", "a/b/c.md", ".git/config", ".hidden", "c/.d/e.md"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()

    found = list(walk(tmp_path))

    assert sorted(name for name, _ in found) == ["a/b/c.md", "a/z.md", "b.md"]
    assert all(path == tmp_path / name for name, path in found)


def test_a_walk_does_not_follow_links(tmp_path: Path) -> None:
    """A link to a folder is named, and what is behind it is not."""
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / "a.md").touch()
    linked(tmp_path / "link", tmp_path / "real")

    assert sorted(name for name, _ in walk(tmp_path)) == ["link", "real/a.md"]


def test_a_circle_of_links_is_refused(tmp_path: Path) -> None:
    """Links that lead to each other are a mistake of their author's, and no crash."""
    linked(tmp_path / "a.svg", tmp_path / "b.svg")
    linked(tmp_path / "b.svg", tmp_path / "a.svg")

    with pytest.raises(ValueError, match=r"^a\.svg is a symbolic link that leads round"):
        inside(tmp_path, "a.svg")


def test_the_theme_is_there() -> None:
    """Milepost finds its own templates."""
    assert (theme() / "templates" / "base.html").is_file()
