"""Sponsors' logos as organisers hand them in."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from milepost.images import Picture, Unusable
from milepost.roster.logo import check_print_logo, read_logo

if TYPE_CHECKING:
    from pathlib import Path

DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 10"><rect/></svg>'
EPS = b"%!PS-Adobe-3.0 EPSF-3.0\n"
PDF = b"%PDF-1.7\n"
ASK = " Ask the sponsor for the logo as EPS, AI, PDF, SVG, TIFF or PNG."


@pytest.fixture
def logos(tmp_path: Path) -> Path:
    """Return a folder of logos with one good drawing and one in a folder of its own."""
    folder = tmp_path / "content" / "logos"
    (folder / "2025").mkdir(parents=True)
    (folder / "acme.svg").write_text(DRAWING)
    (folder / "2025" / "acme-shoes.svg").write_text(DRAWING)
    return folder


def encoded(kind: str, size: tuple[int, int] = (8, 4)) -> bytes:
    """Return a one-coloured picture as the bytes of a file."""
    file = io.BytesIO()
    Image.new("RGB", size, "teal").save(file, kind)
    return file.getvalue()


def refusal(logos: Path, name: str) -> str:
    """Return why the site cannot have this logo."""
    with pytest.raises(Unusable) as caught:
        read_logo(logos, name)
    return str(caught.value)


def print_refusal(logos: Path, name: str) -> str:
    """Return why printers cannot have this logo."""
    with pytest.raises(Unusable) as caught:
        check_print_logo(logos, name)
    return str(caught.value)


def logo_of(width: int, height: int) -> Picture:
    """Return a logo of this size; nothing else about it matters here."""
    return Picture(
        name="a.svg",
        media_type="image/svg+xml",
        suffix=".svg",
        width=width,
        height=height,
        data=b"",
        digest="",
    )


@pytest.mark.parametrize("name", ["acme.svg", "2025/acme-shoes.svg"])
def test_a_good_logo(logos: Path, name: str) -> None:
    """A logo is found by its name, in a folder inside too."""
    logo = read_logo(logos, name)
    assert (logo.name, logo.width, logo.height) == (name, 40, 10)


def test_a_logo_is_cleaned(logos: Path) -> None:
    """A sponsor's drawing is published without what an editor left in it."""
    (logos / "acme.svg").write_text(DRAWING.replace("<rect/>", "<metadata>bad</metadata><rect/>"))
    assert b"bad" not in read_logo(logos, "acme.svg").data


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("riverside.svg", "logo content/logos/riverside.svg does not exist."),
        (
            "acne.svg",
            'logo content/logos/acne.svg does not exist. Did you mean "acme.svg"?',
        ),
        (
            "content/logos/acme.svg",
            'logo content/logos/content/logos/acme.svg does not exist. Did you mean "acme.svg"?',
        ),
        (
            "Acme.svg",
            (
                'logo content/logos/Acme.svg is spelt "acme.svg" on disk; '
                "letters' case matters on the web server."
            ),
        ),
        ("../pelicanconf.py", 'logo "../pelicanconf.py" must not leave its folder with ..'),
        ("/etc/passwd", 'logo "/etc/passwd" must be a name inside the folder, not a full path.'),
        (
            "https://acme.example/logo.svg",
            (
                'logo "https://acme.example/logo.svg" is a web address. '
                "Save the file in the site and write its name here."
            ),
        ),
        (
            "old\\acme.svg",
            (
                'logo "old\\acme.svg" has a character that file names cannot have '
                "everywhere (use / between folders)."
            ),
        ),
        ("2025", "logo content/logos/2025 is not a file."),
    ],
)
def test_a_name_that_means_no_logo(logos: Path, name: str, message: str) -> None:
    """A wrong name is refused with what is wrong about it and the nearest right one."""
    assert refusal(logos, name) == message


def test_no_folder_of_logos(tmp_path: Path) -> None:
    """A site without any logos has a plain answer too."""
    assert refusal(tmp_path / "logos", "acme.svg") == "logo content/logos/acme.svg does not exist."


def test_a_link_out_of_the_folder(logos: Path, tmp_path: Path) -> None:
    """A symbolic link to a file outside is not followed."""
    (tmp_path / "secret.svg").write_text(DRAWING)
    (logos / "link.svg").symlink_to(tmp_path / "secret.svg")
    assert "is a symbolic link that leads out of its folder" in refusal(logos, "link.svg")


def test_a_link_in_a_circle(logos: Path) -> None:
    """A symbolic link to itself is refused like any other bad file."""
    (logos / "link.svg").symlink_to(logos / "link.svg")
    assert refusal(logos, "link.svg").startswith("logo content/logos/link.svg ")


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        (
            "hill.png",
            b"<!DOCTYPE html><html></html>",
            "is really a web page, not a PNG. Ask the sponsor for the logo as SVG or PNG.",
        ),
        (
            "hill.png",
            encoded("jpeg"),
            'is really a JPEG, not a PNG. Rename it to "hill.jpg", here too.',
        ),
        (
            "hill.pdf",
            PDF,
            "is a PDF, which web pages cannot show. Ask the sponsor for the logo as SVG or PNG.",
        ),
        (
            "hill.ai",
            PDF + b"/AIPrivateData1",
            (
                "is an Illustrator file (AI), which web pages cannot show. Ask the sponsor for the "
                "logo as SVG or PNG."
            ),
        ),
        (
            "hill.eps",
            EPS,
            (
                "is an EPS for printers, which web pages cannot show. Ask the sponsor for the "
                "logo as SVG or PNG."
            ),
        ),
        (
            "hill.docx",
            b"PK\x03\x04..word/document.xml",
            (
                "is a Word document (DOCX), which web pages cannot show. Ask the sponsor for the "
                "logo as SVG or PNG."
            ),
        ),
        (
            "hill.png",
            bytes(3 * 1024 * 1024 + 200_000),
            (
                "is 3.2 MB large, but at most 1 MB is allowed. Ask the sponsor for an SVG, or "
                "save the picture with fewer pixels."
            ),
        ),
        ("hill.svg", b"", "is empty (0 bytes). Save or copy it again."),
    ],
)
def test_a_file_that_is_no_logo(logos: Path, name: str, data: bytes, message: str) -> None:
    """A file that cannot be shown is refused with what to ask the sponsor for."""
    (logos / name).write_bytes(data)
    assert refusal(logos, name) == f"logo content/logos/{name} {message}"


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.eps", EPS),
        ("a.eps", b"\xc5\xd0\xd3\xc6" + bytes(28)),
        ("a.ai", PDF),
        ("a.ai", b"%!PS-Adobe-3.0\n%%Creator: Adobe Illustrator"),
        ("a.PDF", PDF),
        ("a.svg", DRAWING.encode()),
        ("a.tif", encoded("tiff")),
        ("a.tiff", encoded("tiff")),
        ("a.png", encoded("png")),
        ("a.png", encoded("png") + bytes(2 * 1024 * 1024)),
    ],
)
def test_a_good_print_logo(logos: Path, name: str, data: bytes) -> None:
    """What printers take is allowed, and may be far larger than a logo for the site."""
    (logos / name).write_bytes(data)
    check_print_logo(logos, name)


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("a.eps", b"<html></html>", f"is really a web page, though its name ends in .eps.{ASK}"),
        ("a.eps", encoded("png"), f"is really a PNG, though its name ends in .eps.{ASK}"),
        ("a.ai", b"words", f"does not hold what a name ending in .ai says.{ASK}"),
        ("a.docx", b"PK\x03\x04word/", f"is not a kind of file that printers take.{ASK}"),
        ("a.eps", b"", "is empty (0 bytes). Save or copy it again."),
    ],
)
def test_a_file_that_is_no_print_logo(logos: Path, name: str, data: bytes, message: str) -> None:
    """A file that printers cannot use is refused by its bytes, with what to ask for."""
    (logos / name).write_bytes(data)
    assert print_refusal(logos, name) == f"print logo content/logos/{name} {message}"


def test_a_print_logo_over_the_limit(logos: Path) -> None:
    """A print logo of more than 50 MB is refused without being read."""
    with (logos / "a.eps").open("wb") as file:
        file.truncate(51 * 1024 * 1024)
    assert print_refusal(logos, "a.eps") == (
        "print logo content/logos/a.eps is 51 MB large, but at most 50 MB is allowed."
    )


def test_a_print_logo_in_another_case(logos: Path) -> None:
    """A print logo's name is held to its case as well."""
    assert 'is spelt "acme.svg" on disk' in print_refusal(logos, "ACME.svg")


DRAWN = '<rect width="9" height="9"/>'


def drawing(body: str) -> bytes:
    """Return an SVG with a second line of its own."""
    root = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
    return f'{root} viewBox="0 0 9 9">\n{body}\n{DRAWN}</svg>'.encode()


@pytest.mark.parametrize(
    ("body", "what"),
    [
        ("<script>alert(1)</script>", "a script"),
        ('<script href="https://x.example/a.js"/>', "a script"),
        ("<g onload='alert(1)'/>", "a script (onload)"),
        (f"<foreignObject><p>{DRAWN}</p></foreignObject>", "a piece of a web page (foreignObject)"),
        (
            '<image xlink:href="https://x.example/a.png"/>',
            "a picture that is not in it (https://x.example/a.png)",
        ),
        ('<image href="photo.png"/>', "a picture that is not in it (photo.png)"),
        ('<use href="other.svg#a"/>', "a picture that is not in it (other.svg#a)"),
        (
            "<style>@import 'https://x.example/a.css';</style>",
            "something from another site (https://x.example/a.css)",
        ),
        (
            '<rect fill="url(//x.example/a#b)"/>',
            "something from another site (//x.example/a#b)",
        ),
        ('<style>@import "more.css";</style>', "something from another file (more.css)"),
        ('<style>@\\69mport "more.css";</style>', "something from another file (more.css)"),
        ('<a xlink:href="javascript:alert(1)"/>', "a script (javascript:alert(1))"),
        ('<a href="java&#10;script:alert(1)"/>', "a script (javascript:alert(1))"),
        ('<set attributeName="onload" to="alert(1)"/>', "a script (onload)"),
        (
            '<animate attributeName="href" values="#a;javascript:alert(1)"/>',
            "a script (#a;javascript:alert(1))",
        ),
        ('<?xml-stylesheet href="more.css"?>', "something from another file (more.css)"),
    ],
)
def test_a_logo_that_runs_or_loads_something_is_refused(logos: Path, body: str, what: str) -> None:
    """With the line in the file, so that whoever drew it can find it."""
    (logos / "bad.svg").write_bytes(drawing(body))

    with pytest.raises(Unusable) as caught:
        read_logo(logos, "bad.svg")

    assert str(caught.value) == (
        f"logo content/logos/bad.svg has {what} in line 2, which no logo needs. Ask the sponsor "
        "for the drawing without it."
    )


def test_a_script_is_found_in_every_encoding(logos: Path) -> None:
    """A drawing in UTF-16 is read as browsers read it."""
    data = drawing("<script>alert(1)</script>").decode().encode("utf-16")
    (logos / "bad.svg").write_bytes(data)

    assert "has a script in line 2" in refusal(logos, "bad.svg")


def test_a_style_sheet_s_own_line_is_told(logos: Path) -> None:
    """Not the one on which the sheet begins."""
    (logos / "bad.svg").write_bytes(drawing("<style>\n/* a\nb */\n@import 'more.css';\n</style>"))

    assert "in line 5," in refusal(logos, "bad.svg")


def test_a_drawing_full_of_opened_comments_is_read_at_once(logos: Path) -> None:
    """What looks like markup inside of text is none, however often it begins."""
    (logos / "good.svg").write_bytes(drawing(f"<desc><![CDATA[{'<!--' * 100_000}]]></desc>"))

    assert read_logo(logos, "good.svg").width > 0


@pytest.mark.parametrize(
    "body",
    [
        "<!-- <script>alert(1)</script> -->",
        '<switch><foreignObject requiredExtensions="i"/><path d="M0 0h9v9z"/></switch>',
        '<defs><path id="a" d="M0 0h9v9z"/></defs><use xlink:href="#a"/>',
        "<style>rect { fill: url(#a) }</style>",
        '<a href="https://acme.example"><path d="M0 0h9v9z"/></a>',
        "<text>on load = never</text>",
    ],
)
def test_a_logo_with_an_editor_s_leavings_is_cleaned(logos: Path, body: str) -> None:
    """What runs and loads nothing is no reason to write to a sponsor."""
    (logos / "good.svg").write_bytes(drawing(body))

    assert read_logo(logos, "good.svg").width > 0
