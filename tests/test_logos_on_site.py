"""Logos on their way to a site: what is published of them, and what is said of bad ones."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from PIL import Image

from hostile_logos import LOGOS, svg
from sites import Built, build_site, rebuild

SOLID = svg('<rect width="100" height="40" fill="#135"/>', "0 0 100 40")


def picture(
    width: int, height: int, colour: str = "#135", kind: str = "PNG", mode: str = "RGB"
) -> bytes:
    """Return a picture of one colour."""
    file = io.BytesIO()
    Image.new("RGB", (width, height), colour).convert(mode).save(file, format=kind)
    return file.getvalue()


def with_logo(folder: Path, name: str, data: str | bytes, more: str = "") -> Built:
    """Build a site whose only sponsor has a logo."""
    entry = f"sponsors:\n  - name: Acme\n    tier: title\n    logo: {name}\n{more}"
    return build_site(folder, {"sponsors.yaml": entry, f"content/logos/{name}": data})


def marks(built: Built) -> list[str]:
    """Return the published files of logos."""
    return sorted(name for name in built.files if name.startswith("media/mark-"))


def test_a_drawing_is_published_once_and_trimmed(tmp_path: Path) -> None:
    """Half of the file may be empty; the page shows the other half."""
    built = with_logo(tmp_path, "padded.svg", LOGOS["padded.svg"])

    (name,) = marks(built)
    assert 'viewBox="50 50 100 100"' in re.sub(r"(\d)\.\d+", r"\1", built.text(name))


def test_pixels_come_in_the_formats_and_sizes_of_screens(tmp_path: Path) -> None:
    """AVIF and WebP, once and twice as large as the box, and PNG for all others."""
    built = with_logo(tmp_path, "photo.png", LOGOS["photo.png"])

    kinds = [name.rpartition(".")[2] for name in marks(built)]
    assert sorted(kinds) == ["avif", "avif", "png", "png", "webp", "webp"]
    types = [node.attributes["type"] for node in built.page("/").css("[data-mark] source")]
    assert types == ["image/avif", "image/webp"]
    for source in built.page("/").css("[data-mark] source"):
        assert re.fullmatch(r"\S+ 1x, \S+ 2x", source.attributes["srcset"] or "")


def test_what_was_measured_is_remembered(tmp_path: Path) -> None:
    """The second build makes the same bytes, and a damaged memory is made anew."""
    first = with_logo(tmp_path, "photo.png", LOGOS["photo.png"])
    kept = sorted((tmp_path / ".milepost" / "pictures").iterdir())
    kept[0].write_bytes(b"damaged")

    second = rebuild(tmp_path)

    assert len(kept) >= 7
    assert second.files == first.files
    assert kept[0].read_bytes() != b"damaged"


def test_what_is_gone_is_forgotten(tmp_path: Path) -> None:
    """The memory holds no more than the logos of today."""
    with_logo(tmp_path, "photo.png", LOGOS["photo.png"])

    with_logo(tmp_path, "photo.svg", SOLID)

    assert len(list((tmp_path / ".milepost" / "pictures").iterdir())) == 1


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        (
            "white.svg",
            svg('<rect width="9" height="4" fill="#fdfdfd"/>', "0 0 9 4"),
            "almost white",
        ),
        ("small.png", picture(60, 30), "60 pixels from left to right"),
        ("text.svg", svg("<text>ACME</text>"), "a font that readers may not have"),
    ],
)
def test_a_logo_that_would_look_wrong_is_told(
    tmp_path: Path, name: str, data: str | bytes, says: str
) -> None:
    """With its line in the list; the site is made."""
    built = with_logo(tmp_path, name, data)

    assert built.code == 0
    assert 'warning: line 4, "Acme": logo ' in built.report
    assert says in built.report


def test_a_small_picture_gives_way_to_the_name(tmp_path: Path) -> None:
    """Blurred marks serve nobody; who wants it anyway says so."""
    name = with_logo(tmp_path / "1", "small.png", picture(60, 30))
    anyway = with_logo(tmp_path / "2", "small.png", picture(60, 30), "    logo_anyway: true\n")

    assert not name.page("/").css("[data-mark] img")
    assert name.page("/").css(".mark__name")
    assert anyway.page("/").css("[data-mark] img")
    assert anyway.report == ""


def test_a_dark_logo_that_is_black_is_told(tmp_path: Path) -> None:
    """It would stand on a dark page."""
    entry = "sponsors:\n  - {name: Acme, tier: title, logo: a.svg, logo_dark: b.svg}\n"
    black = svg('<rect width="9" height="4" fill="#101418"/>', "0 0 9 4")
    files = {"sponsors.yaml": entry, "content/logos/a.svg": SOLID, "content/logos/b.svg": black}

    built = build_site(tmp_path, files)

    assert "logo b.svg is almost black and cannot be seen at night." in built.report


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("a.svg", svg("<script>alert(1)</script><path d='M0 0h9v9z'/>"), "has a script in line 1"),
        ("a.png", "<!doctype html><p>Not found</p>", "is really a web page"),
        ("a.png", picture(20_000, 2), "20,000 by 2 pixels"),
        ("../a.svg", SOLID, "must not leave its folder"),
        ("a.pdf", "%PDF-1.7\n", "is a PDF"),
    ],
)
def test_a_bad_logo_is_a_clear_problem(
    tmp_path: Path, name: str, data: str | bytes, says: str
) -> None:
    """With its line in the list, and nothing is written."""
    built = with_logo(tmp_path, name, data)

    assert built.code == 1
    assert 'line 4, "Acme": logo ' in built.report
    assert says in built.report
    assert built.files == {}


def test_a_link_out_of_the_folder_is_refused(tmp_path: Path) -> None:
    """Nobody publishes a file of the machine by accident."""
    (tmp_path / "secret.svg").write_text(SOLID, encoding="utf-8")
    logos = tmp_path / "site" / "content" / "logos"
    logos.mkdir(parents=True)
    (logos / "a.svg").symlink_to(tmp_path / "secret.svg")

    entry = "sponsors:\n  - name: Acme\n    tier: title\n    logo: a.svg\n"
    built = build_site(tmp_path / "site", {"sponsors.yaml": entry})

    assert built.code == 1
    assert built.files == {}


@pytest.mark.parametrize(
    ("kind", "mode", "name"),
    [
        ("JPEG", "CMYK", "a.jpg"),
        ("JPEG", "L", "a.jpg"),
        ("PNG", "P", "a.png"),
        ("GIF", "P", "a.gif"),
    ],
)
def test_every_kind_of_pixels_is_read(tmp_path: Path, kind: str, mode: str, name: str) -> None:
    """As sponsors' designers save them."""
    built = with_logo(tmp_path, name, picture(900, 400, kind=kind, mode=mode))

    assert built.code == 0, built.report
    assert built.page("/").css("[data-mark] img")


def test_a_sponsor_of_two_tiers_has_two_sizes(tmp_path: Path) -> None:
    """Each place has the weight of its tier."""
    entry = "sponsors:\n  - {name: Acme, tier: [title, supporters], logo: a.svg}\n"

    built = build_site(tmp_path, {"sponsors.yaml": entry, "content/logos/a.svg": SOLID})

    first, second = (
        int(image.attributes["width"] or 0) for image in built.page("/").css("[data-mark] img")
    )
    assert first > second
