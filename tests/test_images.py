"""What an image file really is, and what of it is published."""

from __future__ import annotations

import base64
import gzip
import io
import re
import struct
import zlib
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import pytest
from PIL import Image, ImageCms, ImageDraw, ImageOps, PngImagePlugin

from milepost.images import Picture, Unusable, kind_of, picture_of, read_picture

if TYPE_CHECKING:
    from pathlib import Path

XMLNS = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
LIMIT = 1024 * 1024
RED, BLUE, LIME = (255, 0, 0), (0, 0, 255), (0, 255, 0)
PROFILE = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
ORIENTATION, CAMERA, PLACE = 0x0112, 0x010F, 0x8825


def drawing(inside: str = "<rect/>", *, root: str = 'viewBox="0 0 20 10"') -> str:
    """Return an SVG with these elements, and these attributes on its root."""
    return f"<svg {XMLNS} {root}>{inside}</svg>"


def picture(width: int = 8, height: int = 4) -> Image.Image:
    """Return a picture whose upper left quarter is red, upper right blue, the rest lime."""
    image = Image.new("RGB", (width, height), LIME)
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, width // 2 - 1, height // 2 - 1), fill=RED)
    draw.rectangle((width // 2, 0, width - 1, height // 2 - 1), fill=BLUE)
    return image


def encoded(kind: str, image: Image.Image | None = None, **options: Any) -> bytes:
    """Return a picture as the bytes of a file; losses are kept small."""
    if kind != "gif":
        options = {"quality": 95, "lossless": kind == "webp", **options}
    file = io.BytesIO()
    (image or picture()).save(file, kind, **options)
    return file.getvalue()


def exif(orientation: int = 1) -> Image.Exif:
    """Return what a camera writes: its name, the place, which way is up."""
    data = Image.Exif()
    data[CAMERA] = "Pocketcam"
    data[ORIENTATION] = orientation
    data.get_ifd(PLACE)[1] = "N"
    return data


def lying(orientation: int) -> Image.Image:
    """Return the 80 by 40 picture as a camera stores it that was held this way."""
    image = picture(80, 40)
    image.getexif()[ORIENTATION] = {6: 8, 8: 6}.get(orientation, orientation)
    return ImageOps.exif_transpose(image)


def colour_at(image: Image.Image, at: tuple[int, int]) -> tuple[int, ...]:
    """Return which of the picture's three colours is there, small losses forgiven."""
    pixel = image.convert("RGB").getpixel(at)
    assert isinstance(pixel, tuple)
    return tuple(255 if value > 128 else 0 for value in pixel)


def chunk(name: bytes, body: bytes) -> bytes:
    """Return one block of a PNG."""
    check = struct.pack(">I", zlib.crc32(name + body))
    return struct.pack(">I", len(body)) + name + body + check


def tiny_png_of(width: int, height: int) -> bytes:
    """Return a PNG of 57 bytes that claims any size."""
    head = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    start = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head)
    return start + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")


def read(folder: Path, data: bytes | str, name: str, limit: int = LIMIT) -> Picture:
    """Write a file and read it as a picture."""
    path = folder / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return read_picture(path, name, limit=limit)


def refusal(folder: Path, data: bytes | str, name: str, limit: int = LIMIT) -> str:
    """Write a file and return why it is no picture."""
    with pytest.raises(Unusable) as caught:
        read(folder, data, name, limit)
    return str(caught.value)


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"", "empty"),
        (drawing().encode(), "svg"),
        (b"\xef\xbb\xbf\n<!-- <html> --><svg/>", "svg"),
        (b'<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY a "b">]><s:svg/>', "svg"),
        (drawing().encode("utf-16"), "svg"),
        (drawing().encode("utf-16-be"), "svg"),
        (gzip.compress(drawing().encode()), "gzip"),
        (encoded("png"), "png"),
        (encoded("jpeg"), "jpeg"),
        (encoded("webp"), "webp"),
        (encoded("avif"), "avif"),
        (encoded("gif"), "gif"),
        (encoded("tiff"), "tiff"),
        (encoded("bmp"), "bmp"),
        (encoded("ico"), "ico"),
        (b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic", "heic"),
        (b"\x00\x00\x00\x18ftypisom\x00\x00\x00\x00isommp42", "video"),
        (b"%PDF-1.7\n", "pdf"),
        (b"%PDF-1.6\n... /AIMetaData 3 0 R", "ai"),
        (b"%!PS-Adobe-3.0 EPSF-3.0\n%%Creator: Adobe Illustrator", "eps"),
        (b"\xc5\xd0\xd3\xc6\x1e\x00", "eps"),
        (b"%!PS-Adobe-3.0\n%%Creator: Adobe Illustrator", "ai"),
        (b"%!PS-Adobe-3.0\n", "postscript"),
        (b"8BPS\x00\x01", "psd"),
        (b"PK\x03\x04....word/document.xml", "docx"),
        (b"PK\x03\x04....logo.png", "zip"),
        (b"<!DOCTYPE html><svg></svg>", "html"),
        (b"\n<html lang=en>", "html"),
        (b'<?xml version="1.0"?><Error><Code>AccessDenied</Code></Error>', "xml"),
        (b"just words", None),
        (bytes(range(256)), None),
    ],
)
def test_kind_of(data: bytes, kind: str | None) -> None:
    """A file is what its bytes say, whatever it is called."""
    assert kind_of(data) == kind


@pytest.mark.parametrize(
    ("name", "data", "media_type", "suffix", "size"),
    [
        ("acme.svg", drawing().encode(), "image/svg+xml", ".svg", (20, 10)),
        ("acme.PNG", encoded("png"), "image/png", ".png", (8, 4)),
        ("acme.jpg", encoded("jpeg"), "image/jpeg", ".jpg", (8, 4)),
        ("acme.jpeg", encoded("jpeg"), "image/jpeg", ".jpg", (8, 4)),
        ("acme.webp", encoded("webp"), "image/webp", ".webp", (8, 4)),
        ("acme.avif", encoded("avif"), "image/avif", ".avif", (8, 4)),
        ("acme.gif", encoded("gif"), "image/gif", ".gif", (8, 4)),
    ],
)
def test_the_six_kinds_are_read(
    tmp_path: Path, *, name: str, data: bytes, media_type: str, suffix: str, size: tuple[int, int]
) -> None:
    """Each kind that browsers show is read, with its size and a digest of its bytes."""
    read_once = read(tmp_path, data, name)
    assert read_once.name == name
    assert (read_once.media_type, read_once.suffix) == (media_type, suffix)
    assert (read_once.width, read_once.height) == size
    assert len(read_once.digest) == 64
    assert read(tmp_path, data, name) == read_once


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("a.png", b"", "is empty (0 bytes). Save or copy it again."),
        ("a.png", b"<html></html>", "is really a web page, not a PNG."),
        (
            "a.png",
            encoded("jpeg"),
            'is really a JPEG, not a PNG. Rename it to "a.jpg", here too.',
        ),
        ("a.svg", encoded("png"), 'is really a PNG, not an SVG. Rename it to "a.png", here too.'),
        (
            "a",
            encoded("png"),
            'is a PNG, but its name does not end in .png. Rename it to "a.png", here too.',
        ),
        ("a.pdf", b"%PDF-1.7\n", "is a PDF, which web pages cannot show."),
        (
            "a.svgz",
            gzip.compress(drawing().encode()),
            "is a compressed file (such as SVGZ), which web pages cannot show.",
        ),
        (
            "a.svg",
            gzip.compress(drawing().encode()),
            "is really a compressed file (such as SVGZ), not an SVG.",
        ),
        ("a.gif", b"just words", "is not a GIF, nor anything else that browsers can show."),
        ("a.txt", b"just words", "is not a picture, nor anything else that browsers can show."),
    ],
)
def test_a_file_that_is_not_what_its_name_says(
    tmp_path: Path, name: str, data: bytes, message: str
) -> None:
    """A file of another kind is refused by what it really is, with what to do where one can."""
    assert refusal(tmp_path, data, name) == message


def test_a_file_over_the_limit(tmp_path: Path) -> None:
    """A file that is too large is refused with its size and the limit, one byte over too."""
    data = bytes(2 * 1024 * 1024 + 1)
    assert refusal(tmp_path, data, "a.png") == "is 2.1 MB large, but at most 1 MB is allowed."
    assert refusal(tmp_path, bytes(2049), "a.png", 2048) == (
        "is 3 kB large, but at most 2 kB is allowed."
    )


def test_a_folder_is_no_picture(tmp_path: Path) -> None:
    """A folder with the name of a picture is refused."""
    (tmp_path / "a.png").mkdir()
    with pytest.raises(Unusable, match="is not a file"):
        read_picture(tmp_path / "a.png", "a.png", limit=LIMIT)


HOSTILE = {
    "script": "<script>alert('bad')</script><rect/>",
    "script in CDATA": "<script><![CDATA[bad()]]></script><rect/>",
    "event handler": '<rect onclick="bad()" onload="bad()"/>',
    "foreignObject": (
        '<foreignObject><p xmlns="http://www.w3.org/1999/xhtml">bad</p></foreignObject><rect/>'
    ),
    "javascript link": '<a xlink:href="javascript:bad()"><rect/></a>',
    "link": '<a href="https://bad.example/"><rect/></a>',
    "picture elsewhere": '<image href="https://bad.example/x.png"/><rect/>',
    "picture beside it": '<image xlink:href="bad.png"/><rect/>',
    "use elsewhere": '<use href="https://bad.example/x.svg#a"/><rect/>',
    "@import": '<style>@import url("https://bad.example/a;b.css");</style><rect/>',
    "@import behind an element": "<style><g/>@import 'https://bad.example/';</style><rect/>",
    "@import cut by a comment": "<style>@imp/**/ort 'https://bad.example/';</style><rect/>",
    "url in style": "<style>rect{fill:url(https://bad.example/a.svg#b)}</style><rect/>",
    "url behind an element": "<style><g/>rect{fill:url(//bad.example/)}</style><rect/>",
    "image-set": '<style>svg{background:image-set("https://bad.example/" 1x)}</style><rect/>',
    "url in an attribute": '<rect fill="url(https://bad.example/a.svg#b)"/>',
    "url with an odd letter": '<rect style="fill:url\u017f(https://bad.example/)"/>',
    "hidden link": '<a data-follows="javascript:bad()"><rect/></a>',
    "set": '<rect><set attributeName="onbad" to="1"/></rect>',
    "other vocabulary": '<x:bad xmlns:x="urn:x"/><rect x:bad="1" xmlns:x="urn:x"/>',
}


@pytest.mark.parametrize("inside", HOSTILE.values(), ids=HOSTILE)
def test_what_is_unsafe_in_a_drawing_goes(tmp_path: Path, inside: str) -> None:
    """A drawing is published without what runs, loads or links; the rest of it stays."""
    clean = read(tmp_path, drawing(inside), "a.svg").data
    assert b"bad" not in clean
    assert b"<rect" in clean


def test_the_style_behind_an_import_stays(tmp_path: Path) -> None:
    """A drawing keeps its colours when the font that it would load is taken out."""
    style = '@import url("https://fonts.example/css?f=L:wght@4;7"); .a{fill:url("#g")}'
    clean = read(tmp_path, drawing(f"<style>{style}</style><rect/>"), "a.svg").data
    assert b"<style> .a{fill:url(#g)}</style>" in clean


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ("<svg><rect></svg>", "line 1 is broken (mismatched tag)"),
        (f"<svg {XMLNS}>\n<rect/>\n", "line 3 is broken (no element found)"),
        ("<svg>\n<text>&nbsp;</text></svg>", "line 2 is broken (undefined entity)"),
        (
            '<!DOCTYPE s [<!ENTITY a "aaaa">\n<!ENTITY b "&a;&a;&a;">]><svg>&b;</svg>',
            'declares the entity "b" (line 2)',
        ),
        (
            '<!DOCTYPE s [<!ENTITY x SYSTEM "file:///etc/passwd">]><svg>&x;</svg>',
            'declares the entity "x" (line 1)',
        ),
        (
            '<!DOCTYPE s [<!ENTITY % x SYSTEM "https://bad.example/"> %x;]><svg/>',
            'declares the entity "x" (line 1)',
        ),
        (
            f'<!DOCTYPE s [<!ENTITY a "{"a" * 1000}">]><svg><text>{"&a;" * 999}</text></svg>',
            "grows to many times its size",
        ),
        (drawing("<g>" * 999 + "</g>" * 999), "groups inside groups, more than 200 deep"),
        (drawing("<rect/>" * 100_001), "draws more than 100,000 shapes"),
        (
            drawing(
                '<g id="a0"><rect/></g>'
                + "".join(
                    f'<g id="a{level + 1}">{f"""<use href="#a{level}"/>""" * 10}</g>'
                    for level in range(9)
                )
            ),
            "draws more than 100,000 shapes, copies counted",
        ),
        (drawing('<image href="acme.png"/>'), "shows nothing once what is unsafe is taken away"),
        (drawing('<image href="data:image/png;base64,!"/>'), "has a damaged picture inside"),
        (
            drawing('<rect/>\n<image href="data:image/svg+xml;base64,PHN2Zy8+"/>'),
            "has another SVG inside, in line 2, which cannot be cleaned. Ask for the whole",
        ),
        (
            drawing('<rect/>\n<image xlink:href="data:image/bmp;base64,Qk0="/>'),
            'in line 2, that is no PNG, JPEG, WebP, GIF or AVIF ("data:image/bmp;base64")',
        ),
        (
            drawing('<image href="data:image/png;base64,PGh0bWw+"/>'),
            "has something inside, in line 1, that only claims to be a picture",
        ),
        (
            '<svg xmlns="http://www.example.org/"><rect/></svg>',
            "is not an SVG: it begins with <svg>",
        ),
        ('<?xml version="1.0" encoding="cp037"?><svg/>', 'is written in "cp037"'),
    ],
)
def test_a_drawing_that_cannot_be_cleaned(tmp_path: Path, data: str, message: str) -> None:
    """A drawing that is broken, or made to harm who reads it, is refused with its line."""
    assert message in refusal(tmp_path, data, "a.svg", 4 * LIMIT)


def test_a_drawing_that_is_not_in_its_encoding(tmp_path: Path) -> None:
    """Letters in another encoding are refused with their line."""
    data = drawing("\n<title>Caf\xe9</title>").encode("latin-1")
    assert "line 2 is not in UTF-8" in refusal(tmp_path, data, "a.svg")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_a_drawing_in_any_unicode(tmp_path: Path, encoding: str) -> None:
    """A drawing is published as UTF-8, whichever Unicode it was saved in."""
    data = drawing("<text>Caf\xe9</text>").encode(encoding)
    assert "Caf\xe9".encode() in read(tmp_path, data, "a.svg").data


def test_a_drawing_in_a_declared_encoding(tmp_path: Path) -> None:
    """A drawing in an older encoding is read when its first line names it."""
    head = '<?xml version="1.0" encoding="iso-8859-1"?>'
    data = (head + drawing("<text>Caf\xe9</text>")).encode("latin-1")
    assert "Caf\xe9".encode() in read(tmp_path, data, "a.svg").data


def test_a_drawing_from_illustrator(tmp_path: Path) -> None:
    """The short names that Illustrator declares for addresses and styles are put in."""
    data = (
        '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "svg11.dtd" ['
        '<!ENTITY ns_svg "http://www.w3.org/2000/svg"><!ENTITY st0 "fill:#0a0;">]>'
        '<svg xmlns="&ns_svg;" viewBox="0 0 2 1"><rect style="&st0;"/></svg>'
    )
    assert b'style="fill:#0a0;"' in read(tmp_path, data, "a.svg").data


@pytest.mark.parametrize(
    "data",
    [
        '<svg viewBox="0 0 2 1"><rect/></svg>',
        '<s:svg xmlns:s="http://www.w3.org/2000/svg" viewBox="0 0 2 1"><s:rect/></s:svg>',
    ],
    ids=["copied from a web page", "with prefixes"],
)
def test_a_drawing_says_that_it_is_svg(tmp_path: Path, data: str) -> None:
    """A drawing whose elements browsers would not know as SVG is published so that they do."""
    root = ET.fromstring(read(tmp_path, data, "a.svg").data)  # noqa: S314 - we wrote it
    assert [element.tag for element in root.iter()] == [
        "{http://www.w3.org/2000/svg}svg",
        "{http://www.w3.org/2000/svg}rect",
    ]


@pytest.mark.parametrize(
    ("text", "published"),
    [
        ("<tspan>RIVER</tspan><tspan>SIDE</tspan>", "<tspan>RIVER</tspan><tspan>SIDE</tspan>"),
        ("<tspan>A</tspan>\n  <tspan>B</tspan>", "<tspan>A</tspan> <tspan>B</tspan>"),
        ('<tspan xml:space="preserve">A  B</tspan>', "<tspan>A\xa0\xa0B</tspan>"),
    ],
)
def test_words_in_a_drawing_keep_their_spaces(tmp_path: Path, text: str, published: str) -> None:
    """Cleaning neither parts the letters of a word nor joins two words."""
    clean = read(tmp_path, drawing(f"<text>{text}</text>"), "a.svg").data.decode()
    assert f"<text>{published}</text>" in clean


def test_text_along_a_path(tmp_path: Path) -> None:
    """Text that runs along a path is still tied to it, and only to a path of the drawing."""
    text = '<path id="p"/><text><textPath xlink:href="{}">Acme</textPath></text>'
    clean = read(tmp_path, drawing(text.format("#p")), "a.svg").data
    assert b'<textPath href="#p">Acme</textPath>' in clean
    clean = read(tmp_path, drawing(text.format("https://bad.example/#p")), "a.svg").data
    assert b"<textPath>Acme</textPath>" in clean


def test_a_picture_inside_a_drawing(tmp_path: Path) -> None:
    """A photo embedded in a drawing stays, without what it tells about camera and place."""
    inside = base64.b64encode(encoded("jpeg", exif=exif())).decode()
    clean = read(
        tmp_path, drawing(f'<image xlink:href="data:image/jpg;base64,{inside}"/>'), "a.svg"
    ).data
    kept = base64.b64decode(clean.partition(b"data:image/jpeg;base64,")[2].partition(b'"')[0])
    assert kind_of(kept) == "jpeg"
    assert b"Pocketcam" not in kept


@pytest.mark.parametrize(
    ("kind", "kept"), [("webp", "webp"), ("gif", "gif"), ("avif", "png"), ("png", "png")]
)
def test_every_kind_of_pixels_inside_a_drawing(tmp_path: Path, kind: str, kept: str) -> None:
    """Whatever is shown by browsers alone is changed into what everybody can draw."""
    inside = base64.b64encode(encoded(kind)).decode()
    image = f'<image xlink:href="data:image/{kind};base64,{inside}"/>'

    clean = read(tmp_path, drawing(f"<rect/>{image}"), "a.svg").data.decode()

    kind_inside, _, rest = clean.partition("data:image/")[2].partition(";base64,")
    assert kind_inside == kept
    assert kind_of(base64.b64decode(rest.partition('"')[0])) == kept


def test_nothing_moves_inside_a_drawing(tmp_path: Path) -> None:
    """Of a picture that moves the first one stays."""
    moving = encoded("gif", save_all=True, append_images=[picture().rotate(180)])
    inside = base64.b64encode(moving).decode()
    image = f'<image xlink:href="data:image/gif;base64,{inside}"/>'

    clean = read(tmp_path, drawing(image), "a.svg").data.decode()

    still = base64.b64decode(clean.partition("base64,")[2].partition('"')[0])
    assert Image.open(io.BytesIO(still)).convert("RGB").tobytes() == picture().tobytes()


@pytest.mark.parametrize(
    ("root", "size", "view_box"),
    [
        ('viewBox="0 0 200 50"', (200, 50), "0 0 200 50"),
        ('viewBox="-10,-5 2e2 50.0"', (200, 50), "-10 -5 200 50"),
        ('width="120" height="60"', (120, 60), "0 0 120 60"),
        ('width="1in" height="72pt"', (96, 96), "0 0 96 96"),
        ('width="50.8mm" height="2.54cm"', (192, 96), "0 0 192 96"),
        ('width="6pc" height="+4.8e1px"', (96, 48), "0 0 96 48"),
        ('width="100%" height="100%" viewBox="0 0 30 10"', (30, 10), "0 0 30 10"),
        ('width="60" viewBox="0 0 30 10"', (60, 20), "0 0 30 10"),
        ('height="1em" viewBox="0 0 30 10"', (30, 10), "0 0 30 10"),
        ('width="200" height="100" viewBox="0 0 30 10"', (200, 100), "0 0 30 10"),
        ('viewBox="0 0 1 .3"', (10, 3), "0 0 1 0.3"),
        ('viewBox="0 0 12192000 6858000"', (10_000, 5625), "0 0 12192000 6858000"),
    ],
)
def test_the_size_of_a_drawing(
    tmp_path: Path, root: str, size: tuple[int, int], view_box: str
) -> None:
    """A drawing's size comes from what it says, and is always written in all three ways."""
    read_one = read(tmp_path, drawing(root=root), "a.svg")
    assert (read_one.width, read_one.height) == size
    attributes = ET.fromstring(read_one.data).attrib  # noqa: S314 - we wrote it
    assert attributes["viewBox"] == view_box
    assert (int(attributes["width"]), int(attributes["height"])) == size


@pytest.mark.parametrize(
    ("root", "message"),
    [
        ("", "does not say how large it is"),
        ('width="100%" height="100%"', "does not say how large it is"),
        ('width="100"', "does not say how large it is"),
        ('viewBox="0 0 0 10"', 'has viewBox="0 0 0 10", which leaves no room'),
        ('viewBox="0 0 10 -1"', "which leaves no room"),
        ('viewBox="0 0 1e999 1"', "which leaves no room"),
        ('viewBox="0 0 nan 1"', "which is not four numbers"),
        ('viewBox="0 0 10"', "which is not four numbers"),
        (f'viewBox="0 0 {"1" * 99} 1"', "which is not four numbers"),
        ('viewBox="1e300 0 10 10"', "which is too far off"),
        ('viewBox="0 0 1000 1"', "is more than 100 times as long as it is high"),
        ('width="0" height="10"', 'has width="0"; a width is more than 0'),
        ('width="10" height="-5mm"', 'has height="-5mm"; a height is more than 0'),
        ('width="1e9" height="10"', "at most 100,000 pixels"),
        ('width="NaN" height="10"', 'has width="NaN", which is not a size'),
        ('width="10furlong" height="10"', "which is not a size"),
    ],
)
def test_a_drawing_without_a_usable_size(tmp_path: Path, root: str, message: str) -> None:
    """A drawing that would be shown at no size, or at an absurd one, is refused."""
    assert message in refusal(tmp_path, drawing(root=root), "a.svg")


@pytest.mark.parametrize("kind", ["png", "jpeg", "webp", "avif", "gif"])
def test_a_picture_without_metadata_is_left_alone(tmp_path: Path, kind: str) -> None:
    """A picture that tells nothing is published byte for byte."""
    data = encoded(kind)
    assert read(tmp_path, data, f"a.{kind}").data == data


@pytest.mark.parametrize("kind", ["png", "jpeg", "webp", "avif"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_place_and_camera_go_and_the_photo_stands_upright(
    tmp_path: Path, kind: str, orientation: int
) -> None:
    """A photo is published without its place and camera, turned the way it was taken."""
    data = encoded(kind, lying(orientation), exif=exif(orientation), xmp=b"<xmp/>")
    published = read(tmp_path, data, f"a.{kind}")
    assert (published.width, published.height) == (80, 40)
    assert b"Pocketcam" not in published.data
    with Image.open(io.BytesIO(published.data)) as image:
        assert not {"exif", "xmp", "comment"} & set(image.info)
        assert [colour_at(image, at) for at in ((10, 5), (70, 5), (40, 35))] == [RED, BLUE, LIME]


def test_the_same_photo_gives_the_same_bytes(tmp_path: Path) -> None:
    """A photo that had to be saved anew is published as the same bytes every time."""
    for kind in ("png", "jpeg", "webp", "avif"):
        data = encoded(kind, exif=exif(6))
        assert read(tmp_path, data, f"a.{kind}") == read(tmp_path, data, f"a.{kind}")


def test_a_photo_that_stands_upright_loses_no_quality(tmp_path: Path) -> None:
    """What a camera writes beside a photo is cut out; the photo's own bytes stay."""
    plain = encoded("jpeg", icc_profile=b"profile")
    photo = encoded("jpeg", exif=exif(), icc_profile=b"profile", comment=b"by Jo", xmp=b"<xmp/>")
    assert read(tmp_path, photo, "a.jpg").data == plain


def test_what_hangs_on_behind_a_photo_goes(tmp_path: Path) -> None:
    """A second picture or a film behind a photo, as phones store it, is not published."""
    for kind in ("jpeg", "png", "webp", "gif"):
        plain = encoded(kind)
        assert read(tmp_path, plain + encoded("jpeg", exif=exif()), f"a.{kind}").data == plain


def test_colour_profiles_stay(tmp_path: Path) -> None:
    """A photo keeps its colours when it is turned: its profile is published with it."""
    for kind in ("jpeg", "png", "webp", "avif"):
        published = read(
            tmp_path, encoded(kind, exif=exif(6), icc_profile=PROFILE), f"a.{kind}"
        ).data
        with Image.open(io.BytesIO(published)) as image:
            assert image.info["icc_profile"] == PROFILE


def test_comments_in_a_png_go(tmp_path: Path) -> None:
    """A PNG is published without the texts and dates that programs write into it."""
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Author", "Jo Example")
    notes.add_itxt("XML:com.adobe.xmp", "<x>Jo Example</x>")
    notes.add(b"tIME", bytes(7))
    assert read(tmp_path, encoded("png", pnginfo=notes), "a.png").data == encoded("png")


def test_comments_in_a_gif_go(tmp_path: Path) -> None:
    """A GIF is published without its comment."""
    assert b"Jo Example" not in read(tmp_path, encoded("gif", comment=b"Jo Example"), "a.gif").data


@pytest.mark.parametrize("kind", ["gif", "webp", "png", "avif"])
def test_animations_keep_their_frames(tmp_path: Path, kind: str) -> None:
    """A moving picture still moves once its metadata is gone."""
    frames = [Image.new("RGB", (8, 8), colour) for colour in (RED, BLUE, LIME)]
    tells = {"comment": b"by Jo"} if kind == "gif" else {"exif": exif()}
    data = encoded(kind, frames[0], save_all=True, append_images=frames[1:], duration=200, **tells)
    published = read(tmp_path, data, f"a.{kind}").data
    assert b"by Jo" not in published
    assert b"Pocketcam" not in published
    with Image.open(io.BytesIO(published)) as image:
        assert getattr(image, "n_frames", 1) == 3


@pytest.mark.parametrize("kind", ["png", "jpeg", "webp", "avif", "gif"])
@pytest.mark.parametrize("part", [0.3, 0.6, 0.98])
def test_a_picture_that_is_cut_short(tmp_path: Path, kind: str, part: float) -> None:
    """A download that broke off is refused, however much of it arrived."""
    data = encoded(kind, picture(200, 200))
    message = refusal(tmp_path, data[: int(len(data) * part)], f"a.{kind}")
    assert message == "is damaged or cut short. Save, copy or download it again."


def test_a_picture_with_a_broken_block(tmp_path: Path) -> None:
    """A PNG whose bytes were changed on the way is refused."""
    data = bytearray(encoded("png", picture(200, 200)))
    data[60] ^= 0xFF
    assert "is damaged" in refusal(tmp_path, bytes(data), "a.png")


@pytest.mark.parametrize(
    ("size", "message"),
    [
        ((20_000, 1), "is 20,000 by 1 pixels; at most 12,000 on a side and 50 million in all"),
        ((1, 20_000), "is 1 by 20,000 pixels"),
        ((10_000, 8_000), "is 10,000 by 8,000 pixels"),
        ((60_000, 60_000), "has too many pixels; at most 12,000 on a side"),
    ],
)
def test_a_small_file_that_unpacks_into_a_huge_picture(
    tmp_path: Path, size: tuple[int, int], message: str
) -> None:
    """A picture with more pixels than any page needs is refused before it fills the memory."""
    assert message in refusal(tmp_path, tiny_png_of(*size), "a.png")


def test_a_drawing_that_is_stopped_keeps_what_is_written() -> None:
    """Only what moves is taken out, not the words around it."""
    body = '<text>River<animate attributeName="x"/>side<tspan>10</tspan><set to="1"/>K</text>'
    data = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">{body}</svg>'.encode()

    still = picture_of(data, "a.svg", still=True).data.decode()

    assert "".join(re.sub("<[^>]*>", "", still).split()) == "Riverside10K"
    assert "animate" not in still
