"""Logos on their way to a site: what is published of them, and what is said of bad ones."""

from __future__ import annotations

import base64
import io
import re
from pathlib import Path

import pytest
from PIL import Image

from hostile_logos import LOGOS, svg
from milepost.images.draw import drawn
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


def test_a_scale_stops_before_the_next_tier(tmp_path: Path) -> None:
    """In whichever order sponsors are listed, the drawn sizes are the same, and so is the rule."""
    head = "tiers: [{id: gold, size: 3}, {id: local, size: 2.75}]\nsponsors:\n"
    entries = [
        "  - {name: Large, tier: local, logo: large.svg, scale: 1.25}\n",
        "  - {name: Small, tier: gold, logo: small.svg, scale: 0.8}\n",
    ]
    logos = {
        "content/logos/large.svg": SOLID,
        "content/logos/small.svg": SOLID.replace("#135", "#136"),
    }

    widths = []
    for place, order in enumerate((entries, entries[::-1])):
        files = {**logos, "sponsors.yaml": head + "".join(order)}
        built = build_site(tmp_path / str(place), files)
        assert built.report.count("and it is drawn with that.") == 2
        (name,) = [name for name in built.files if name.startswith("media/sizes-")]
        found = dict(re.findall(r"\[data-mark=(\w+)] img.*?calc\(([\d.]+)px", built.text(name)))
        widths.append({name: float(width) for name, width in found.items()})

    assert widths[0] == widths[1]
    assert widths[0]["small"] > widths[0]["large"]


def test_pixels_come_in_the_formats_and_sizes_of_screens(tmp_path: Path) -> None:
    """AVIF and WebP, once and twice as large as the box, and PNG for all others."""
    built = with_logo(tmp_path, "photo.png", LOGOS["photo.png"])

    kinds = [name.rpartition(".")[2] for name in marks(built)]
    assert sorted(kinds) == ["avif", "avif", "png", "webp", "webp"]
    types = [node.attributes["type"] for node in built.page("/").css("[data-mark] source")]
    assert types == ["image/avif", "image/webp"]
    for source in built.page("/").css("[data-mark] source"):
        assert re.fullmatch(r"\S+ 1x, \S+ 2x", source.attributes["srcset"] or "")


def test_what_was_measured_is_remembered(tmp_path: Path) -> None:
    """The second build makes the same bytes, also of a memory that is damaged."""
    first = with_logo(tmp_path, "photo.png", LOGOS["photo.png"])

    second = rebuild(tmp_path)
    (tmp_path / ".milepost" / "pictures.db").write_bytes(b"damaged")
    third = rebuild(tmp_path)

    assert third.code == 0, third.report
    assert first.files == second.files == third.files


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        (
            "white.svg",
            svg('<rect width="9" height="4" fill="#fdfdfd"/>', "0 0 9 4"),
            "almost white",
        ),
        ("small.png", picture(60, 30), "60 pixels from left to right"),
        ("tiny.png", picture(1, 1), "has 1 pixel from left to right"),
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

    assert "logo b.svg is almost black or empty and cannot be seen on a dark page." in built.report


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


@pytest.mark.parametrize(
    "moving",
    [
        '<animate attributeName="opacity" values="1;0" dur="1s" repeatCount="indefinite"/>',
        '<set attributeName="fill" to="#f00" begin="1s"/>',
        '<animateTransform attributeName="transform" type="rotate" to="360" dur="2s"/>',
        '<animateMotion path="M0 0h9" dur="1s"><mpath href="#a"/></animateMotion>',
        '<discard begin="2s"/>',
    ],
)
def test_a_logo_that_moves_is_shown_at_rest(tmp_path: Path, moving: str) -> None:
    """It would have all eyes, beside others who paid the same; some readers are ill of it."""
    body = f'\n<path id="a" fill="#135" d="M0 0h90v40h-90z">\n{moving}</path>'

    built = with_logo(tmp_path, "a.svg", svg(body, "0 0 90 40"))

    name = moving[1:].split(maxsplit=1)[0]
    assert f'warning: line 4, "Acme": logo a.svg moves ({name} in line 3). ' in built.report
    (mark,) = marks(built)
    assert f"<{name}" not in built.text(mark)
    assert 'd="M0 0h90v40h-90z"' in built.text(mark)
    assert rebuild(tmp_path).report == built.report


def test_a_logo_that_only_shows_while_it_moves_is_refused(tmp_path: Path) -> None:
    """Nothing would be left of it."""
    body = '<path opacity="0" d="M0 0h90v40z">\n<animate attributeName="opacity" to="1"/></path>'

    built = with_logo(tmp_path, "a.svg", svg(body, "0 0 90 40"))

    assert built.code == 1
    assert "a.svg moves (animate in line 2) and shows nothing at rest." in built.report
    assert built.files == {}


def test_a_black_logo_for_the_night_that_moves_is_not_called_empty(tmp_path: Path) -> None:
    """It shows something, if not there."""
    entry = "sponsors:\n  - {name: Acme, tier: title, logo: a.svg, logo_dark: b.svg}\n"
    black = svg('<rect width="9" height="4"><set attributeName="x" to="1"/></rect>', "0 0 9 4")
    black = black.replace("<rect ", '<rect fill="#121a22" ')
    files = {"sponsors.yaml": entry, "content/logos/a.svg": SOLID, "content/logos/b.svg": black}

    built = build_site(tmp_path, files)

    assert built.code == 0
    assert "logo b.svg is almost black or empty" in built.report
    assert "logo b.svg moves (set in line 1)." in built.report


def test_a_sponsor_of_two_tiers_has_two_sizes(tmp_path: Path) -> None:
    """Each place has the weight of its tier."""
    entry = "sponsors:\n  - {name: Acme, tier: [title, supporters], logo: a.svg}\n"

    built = build_site(tmp_path, {"sponsors.yaml": entry, "content/logos/a.svg": SOLID})

    first, second = (
        int(image.attributes["width"] or 0) for image in built.page("/").css("[data-mark] img")
    )
    assert first > second


def nested(tag: str, levels: int) -> str:
    """Return a drawing whose last rectangle needs ten of each level below it."""
    fill = "mask" if tag == "mask" else "fill"
    parts = ['<pattern id="p0" width="1" height="1"><rect width="1" height="1"/></pattern>']
    for level in range(1, levels):
        rects = f'<rect width="9" height="9" {fill}="url(#p{level - 1})"/>' * 10
        parts.append(f'<{tag} id="p{level}" width="2" height="2">{rects}</{tag}>')
    return svg("".join(parts) + f'<rect width="99" height="99" {fill}="url(#p{levels - 1})"/>')


@pytest.mark.parametrize(
    "data",
    [
        nested("pattern", 9),
        nested("mask", 9),
        svg('<filter id="f">' + '<feMorphology radius="1"/>' * 300 + "</filter><rect width='9'/>"),
        svg(
            '<filter id="f">' + '<feTurbulence numOctaves="9"/>' * 9 + "</filter><rect width='9'/>"
        ),
    ],
)
def test_a_drawing_that_takes_minutes_is_refused(tmp_path: Path, data: str) -> None:
    """A phone would hang as this computer would."""
    built = with_logo(tmp_path, "knot.svg", data)

    assert built.code == 1
    assert "which take minutes to draw" in built.report


@pytest.mark.parametrize("status", ["confirmed", "pending"])
@pytest.mark.parametrize(
    ("part", "says"),
    [
        ('<feTurbulence numOctaves="2000000000"/>', 'numOctaves="2000000000" in line 2'),
        ('<feTurbulence numOctaves="20000"/>', "at most 10 is allowed"),
        ('<feMorphology operator="dilate" radius="400"/>', "at most 2 is allowed"),
        ('<feMorphology radius="1 400"/>', 'radius="1 400" in line 2'),
        ('<feConvolveMatrix order="100"/>', 'order="100" in line 2'),
        ('<feConvolveMatrix order="100,"/>', 'order="100," in line 2'),
    ],
)
def test_a_filter_that_takes_minutes_is_told_with_its_line(
    tmp_path: Path, part: str, says: str, status: str
) -> None:
    """Nobody waits for it, whoever the sponsor is."""
    data = svg(f'<filter id="f">\n{part}</filter><rect filter="url(#f)" width="9" height="9"/>')

    built = with_logo(tmp_path, "slow.svg", data, f"    status: {status}\n")

    assert built.code == 1
    assert says in built.report


MARK = '<path d="M10 10h60v20h-60z" fill="#013"/>'


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("par.svg", svg(MARK, "0 0 100 40", ' preserveAspectRatio="xMidYMid meet"')),
        ("par.svg", svg(MARK, "0 0 100 40", ' width="200" height="80" preserveAspectRatio="none"')),
    ],
)
def test_a_drawing_that_says_how_it_fits_is_trimmed(tmp_path: Path, name: str, data: str) -> None:
    """As tracing programs write it."""
    built = with_logo(tmp_path, name, data)

    (mark,) = marks(built)
    assert re.search(r'viewBox="(9\.\d+|10) (9\.\d+|10) (60|59\.\d+|60\.\d+) ', built.text(mark))


HALF = '<rect x="10" y="10" width="80" height="80" fill="#013"/>'
WIDE = ' width="300" height="100" preserveAspectRatio="{}"'


@pytest.mark.parametrize(
    ("fits", "ratio"),
    [
        ("xMinYMin", 1),
        ("xMaxYMid meet", 1),
        ("xMidYMid", 1),
        ("none", 3),
        ("xMidYMid slice", 2.4),
    ],
)
def test_how_a_drawing_fits_its_frame_costs_nothing(
    tmp_path: Path, fits: str, ratio: float
) -> None:
    """Its padding goes; what is stretched stays stretched, and what is cut stays cut."""
    built = with_logo(tmp_path, "a.svg", svg(HALF, more=WIDE.format(fits)))

    assert built.report == ""
    (image,) = built.page("/").css("[data-mark] img")
    found = int(image.attributes["width"] or 0) / int(image.attributes["height"] or 1)
    assert found == pytest.approx(ratio, rel=0.03)
    (mark,) = marks(built)
    alpha = drawn(built.files[mark], 90, round(90 / ratio)).getchannel("A")
    assert sum(alpha.histogram()[128:]) > 0.97 * alpha.width * alpha.height


def test_lengths_in_percent_stay_what_they_are(tmp_path: Path) -> None:
    """They are parts of the frame as the sponsor drew it, not of what is left of it."""
    disc = svg('<circle cx="50%" cy="50%" r="20%" fill="#013"/>', "0 0 200 200")

    built = with_logo(tmp_path, "a.svg", disc)

    (mark,) = marks(built)
    alpha = drawn(built.files[mark], 100, 100).getchannel("A")
    assert alpha.getbbox() == (0, 0, 100, 100)
    assert sum(alpha.histogram()[128:]) == pytest.approx(7854, rel=0.03)


def scan(paper: tuple[int, int, int], kind: str = "JPEG", mode: str = "RGB") -> bytes:
    """Return a dark mark in the middle of a lot of paper."""
    image = Image.new("RGB", (1200, 900), paper)
    image.paste((1, 20, 60), (300, 300, 900, 600))
    file = io.BytesIO()
    image.convert(mode).save(file, format=kind)
    return file.getvalue()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.jpg", scan((255, 255, 255))),
        ("a.jpg", scan((236, 234, 228))),
        ("a.jpg", scan((255, 255, 255), mode="CMYK")),
        ("a.png", scan((255, 255, 255), "PNG", "L")),
        ("a.gif", scan((255, 255, 255), "GIF", "P")),
    ],
)
def test_paper_is_no_logo(tmp_path: Path, name: str, data: bytes) -> None:
    """What is scanned with its paper is trimmed to what is drawn, and nobody calls it white."""
    built = with_logo(tmp_path, name, data)

    assert built.report == ""
    (image,) = built.page("/").css("[data-mark] img")
    ratio = int(image.attributes["width"] or 0) / int(image.attributes["height"] or 1)
    assert ratio == pytest.approx(2, rel=0.05)


BARS = "".join(f'<path d="M{at} 30h4v20h-4z"/>' for at in range(40, 160, 25))
PLATE = '<rect width="200" height="80" rx="8" fill="{}"/><g fill="{}">' + BARS + "</g>"
BADGE = """
    <circle cx="50" cy="50" r="50" fill="#dfeee0"/>
    <path d="M20 50h60M30 40h40" stroke="{}" stroke-width="3"/>
"""


def letters(paper: tuple[int, int, int], ink: tuple[int, int, int]) -> bytes:
    """Return a scan of some small letters on a lot of paper."""
    image = Image.new("RGB", (1600, 800), paper)
    for left in range(160, 1400, 110):
        image.paste(ink, (left, 250, left + 20, 350))
        image.paste(ink, (left, 450, left + 20, 550))
    file = io.BytesIO()
    image.save(file, format="PNG")
    return file.getvalue()


@pytest.mark.parametrize(
    ("keys", "data"),
    [
        ("logo: b.svg", svg(PLATE.format("#e8f0fa", "#024"), "0 0 200 80")),
        ("logo: b.svg", svg(BADGE.format("#060"))),
        ("logo: b.png", letters((245, 240, 224), (20, 20, 20))),
        ("logo: b.png", letters((230, 238, 248), (0, 40, 90))),
        ("logo: a.svg, logo_dark: b.svg", svg(PLATE.format("#24384c", "#fff"), "0 0 200 80")),
    ],
)
def test_letters_on_a_plate_near_the_ground_are_seen(
    tmp_path: Path, keys: str, data: str | bytes
) -> None:
    """What can be read is a logo, however much of it is plate."""
    entry = f"sponsors:\n  - {{name: Acme, tier: title, {keys}}}\n"
    name = "b.svg" if isinstance(data, str) else "b.png"
    files: dict[str, str | bytes] = {f"content/logos/{name}": data, "sponsors.yaml": entry}
    if "a.svg" in keys:
        files["content/logos/a.svg"] = SOLID

    built = build_site(tmp_path, files)

    assert built.report == ""


@pytest.mark.parametrize(
    "data",
    [
        svg(PLATE.format("#fff", "#f4f4f4"), "0 0 200 80"),
        svg(PLATE.format("#e8f0fa", "#dce4ee"), "0 0 200 80"),
        svg(BADGE.format("#fff")),
        letters((255, 255, 255), (225, 225, 225)),
    ],
)
def test_pale_letters_on_a_pale_plate_are_told(tmp_path: Path, data: str | bytes) -> None:
    """Nothing of it stands out."""
    name = "a.svg" if isinstance(data, str) else "a.png"

    built = with_logo(tmp_path, name, data)

    assert "is almost white or empty" in built.report


def test_sixteen_bits_are_scaled(tmp_path: Path) -> None:
    """Grey stays grey."""
    image = Image.new("I;16", (900, 400), 65535)
    image.paste(9000, (100, 100, 800, 300))
    file = io.BytesIO()
    image.save(file, format="PNG")

    built = with_logo(tmp_path, "deep.png", file.getvalue())

    assert built.report == ""
    png = next(name for name in marks(built) if name.endswith(".png"))
    low, high = Image.open(io.BytesIO(built.files[png])).convert("L").getextrema()
    assert isinstance(low, int)
    assert low < 60
    assert high <= 255


@pytest.mark.parametrize(
    "data",
    [
        picture(900, 400, "#ffffff"),
        svg('<rect width="9" height="9" fill="#fff"/>'),
        svg('<circle r="5"/><text x="9" y="9">Bank of Text</text>'),
    ],
)
def test_what_cannot_be_seen_gives_way_to_the_name(tmp_path: Path, data: str | bytes) -> None:
    """Nobody pays for an empty place."""
    name = "a.svg" if isinstance(data, str) else "a.png"

    built = with_logo(tmp_path, name, data)

    assert "The name is shown as type instead." in built.report
    assert built.page("/").css(".mark__name")


EMBLEM = '<circle cx="50" cy="50" r="40" fill="{}"/>'
LETTERS = '<path d="M110 30h20v40h-20zM160 30h20v40h-20zM260 30h30v40h-30z" fill="{}"/>'


@pytest.mark.parametrize(
    ("keys", "letters", "says"),
    [
        ("logo: part.svg", "#fff", "part.svg is in part almost white: "),
        ("logo: a.svg, logo_dark: part.svg", "#111", "part.svg is in part almost black: "),
    ],
)
def test_letters_that_vanish_beside_an_emblem_are_told(
    tmp_path: Path, keys: str, letters: str, says: str
) -> None:
    """The emblem alone is not the logo; who shows it anyway shows the whole file."""
    part = svg(EMBLEM.format("#e60") + LETTERS.format(letters), "0 0 300 100")
    files = {"content/logos/part.svg": part, "content/logos/a.svg": SOLID}
    head = f"sponsors:\n  - {{name: Acme, tier: title, {keys}"

    built = build_site(tmp_path / "1", {**files, "sponsors.yaml": f"{head}}}\n"})
    anyway = build_site(
        tmp_path / "2", {**files, "sponsors.yaml": f"{head}, logo_anyway: true}}\n"}
    )

    assert says in built.report
    assert not any(letters in built.text(name) for name in marks(built))
    (whole,) = [anyway.text(name) for name in marks(anyway) if letters in anyway.text(name)]
    _, _, width, height = re.findall(r"[\d.]+", re.findall('viewBox="(.*?)"', whole)[0])
    assert float(width) / float(height) > 3


@pytest.mark.parametrize(
    "body",
    [
        EMBLEM.format("#e60") + '<path d="M40 40h20v20h-20z" fill="#fff"/>',
        '<rect width="300" height="99" rx="20" fill="#fff"/>' + LETTERS.format("#123"),
        EMBLEM.format('#e60" stroke="#fff" stroke-width="9'),
        EMBLEM.format("#e60") + '<path d="M110 50h5v5h-5z" fill="#fff"/>',
    ],
)
def test_white_that_belongs_to_what_is_seen_is_not_told(tmp_path: Path, body: str) -> None:
    """Inside an emblem, under a logo, round it, or a gleam."""
    built = with_logo(tmp_path, "a.svg", svg(body, "0 0 300 100"))

    assert built.report == ""
    assert built.page("/").css("[data-mark] img")


RING = svg('<circle cx="50" cy="50" r="49" fill="none" stroke="#115" stroke-width=".08"/>')
LONG = svg("".join(f'<path d="M{at} 0h5v100h-5z"/>' for at in range(0, 1100, 25)), "0 0 1100 100")


@pytest.mark.parametrize("data", [RING, LONG])
def test_a_logo_for_which_a_phone_has_no_room_is_told(tmp_path: Path, data: str) -> None:
    """The name stands there, or all logos are smaller, and none is lighter than it should be."""
    tier = "tiers: [{id: title, size: 4}, {id: gold, size: 3}]\n"
    entry = f"{tier}sponsors:\n  - {{name: Gold, tier: gold, logo: g.svg}}\n"
    entry += "  - {name: Acme, tier: title, logo: a.svg"
    files = {"content/logos/a.svg": data, "content/logos/g.svg": SOLID}

    built = build_site(tmp_path / "1", {**files, "sponsors.yaml": f"{entry}}}\n"})
    anyway = build_site(
        tmp_path / "2", {**files, "sponsors.yaml": f"{entry}, logo_anyway: true}}\n"}
    )

    assert 'warning: line 4, "Acme": logo a.svg is so long or so thin' in built.report
    assert built.page("/").css("#sponsor-acme .mark__name, [data-mark=acme] .mark__name")
    assert anyway.report == ""
    assert anyway.page("/").css("[data-mark=acme] img")
    (sheet,) = [name for name in anyway.files if name.startswith("media/sizes-")]
    assert float(re.findall(r"--scale: ?([\d.]+)", anyway.text(sheet))[0]) < 0.5


@pytest.mark.parametrize("empty", ["<text> </text>", "<text><tspan>\n</tspan></text>"])
def test_a_text_without_letters_costs_no_logo(tmp_path: Path, empty: str) -> None:
    """Editors leave such behind."""
    built = with_logo(tmp_path, "a.svg", svg(f'{empty}<path d="M0 0h90v40h-90z"/>'))

    assert built.report == ""
    assert built.page("/").css("[data-mark] img")


HIDING = "<style>.st0{display:none} .st1{display:inline}</style>"
DRAFT = '<text class="st1" x="1" y="9">Draft</text>'


@pytest.mark.parametrize(
    ("body", "is_drawn"),
    [
        ('<text display="none">Draft</text>', False),
        (f'<g style="display:none">{DRAFT}</g>', False),
        (f'{HIDING}<g class="st0">{DRAFT}</g>', False),
        ('<text visibility="hidden">Draft</text>', False),
        (f"<defs>{DRAFT}</defs>", False),
        (f'<symbol id="s">{DRAFT}</symbol>', False),
        (f'<symbol id="s">{DRAFT}</symbol><use href="#s"/>', True),
        ('<defs><g id="s"><text>Draft</text></g></defs><use href="#s"/>', True),
        ('<text visibility="hidden"><tspan visibility="visible">Draft</tspan></text>', True),
        (f'{HIDING}<g class="st0 st1">{DRAFT}</g>', True),
        (f'{HIDING}<g class="st0" style="display:inline">{DRAFT}</g>', True),
        ("<style>.a{display:none} text{display:inline!important}</style>" + DRAFT, True),
    ],
)
def test_only_text_that_is_drawn_costs_a_logo(tmp_path: Path, body: str, *, is_drawn: bool) -> None:
    """Editors keep drafts and notes in layers that nobody sees."""
    built = with_logo(tmp_path, "a.svg", svg(f'{body}<path d="M0 0h90v40h-90z"/>'))

    assert ("a font that readers may not have" in built.report) == is_drawn
    assert bool(built.page("/").css("[data-mark] img")) != is_drawn


def test_a_picture_inside_a_drawing_is_seen(tmp_path: Path) -> None:
    """Whatever its kind; a drawing of which a part vanishes is no logo."""
    inside = base64.b64encode(picture(900, 300, kind="WEBP")).decode()
    image = f'<image width="60" height="20" href="data:image/webp;base64,{inside}"/>'

    built = with_logo(tmp_path, "a.svg", svg(f'{image}<rect y="90" width="9" height="9"/>'))

    assert built.report == ""
    (mark,) = marks(built)
    assert "data:image/webp;base64," in built.text(mark)


def wrapped(width: int, height: int, more: str = "") -> str:
    """Return a drawing that is nothing but pixels, 400 wide in its own units."""
    inside = base64.b64encode(picture(width, height)).decode()
    image = f'<image width="400" height="160" href="data:image/png;base64,{inside}"/>'
    return svg(image + more, "-100 0 600 160")


FRAME = '<path d="M0 0h400v160h-400z" fill="none" stroke="#123" stroke-width="2"/>'


@pytest.mark.parametrize("more", ["", FRAME])
def test_pixels_in_a_drawing_are_counted(tmp_path: Path, more: str) -> None:
    """A small photo does not become sharp in a wrapper, whatever stands beside it."""
    small = with_logo(tmp_path / "1", "a.svg", wrapped(40, 16, more))
    large = with_logo(tmp_path / "2", "a.svg", wrapped(1000, 400, more))

    assert re.search(r"a\.svg has (39|4\d) pixels from left to right", small.report)
    assert not small.page("/").css("[data-mark] img")
    assert large.report == ""


def test_a_drawing_with_a_few_pixels_in_it_is_sharp(tmp_path: Path) -> None:
    """What is drawn makes it up."""
    built = with_logo(
        tmp_path, "a.svg", wrapped(40, 16, '<path d="M0 0h400v150h-400z" fill="#a00"/>')
    )

    assert built.report == ""


def test_a_drawing_with_a_night_of_its_own_needs_no_tile(tmp_path: Path) -> None:
    """It would be white on white."""
    style = "<style>@media (prefers-color-scheme: dark) { path { fill: #fff } }</style>"

    built = with_logo(tmp_path, "a.svg", svg(f"{style}<path d='M0 0h90v40h-90z'/>"))

    assert built.page("/").css("[data-mark] img")
    assert not built.page("/").css(".mark__logo--tile")
