"""Sponsors who are not public, on a whole site: no file that Milepost writes tells of them."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from PIL import Image

from sites import SETTINGS, Built, build_site, post, rebuild

LIST: Final = "sponsors.yaml"
NAMES: Final = ("Pending Pete", "Removed Rita", "Later Lara", "Former Fred")
COLOURS: Final = ((255, 0, 255), (0, 255, 255), (255, 255, 0), (0, 255, 0))
"""The colour that fills the logo of each, and nothing else."""

TIERS: Final = "tiers:\n  - id: title\n    benefits: {profile: yes}\n  - id: local\n"
PUBLIC: Final = "  - name: Acme Running\n    tier: title\n    url: https://acme.example\n"
TERMS: Final = ("status: pending", "status: removed", "from: 2027-03-02", "until: 2027-02-28")


def short(name: str) -> str:
    """Return the part of a name that stands in everything of that sponsor."""
    return name.split()[1].lower()


def ident(name: str) -> str:
    """Return the id that is made from a name."""
    return name.replace(" ", "-").lower()


def entry(name: str, term: str) -> str:
    """Return an entry with everything that could reach a page."""
    word = short(name)
    return (
        f"  - name: {name}\n    tier: [title, local]\n    {term}\n"
        f"    url: https://{word}.example/shop\n    logo: {word}.png\n    logo_dark: {word}.svg\n"
        f"    thanks_for: the {word} mile\n    text: All about {word}.\n    since: 2019\n"
        f"    perk: {{text: Free {word}, code: {word.upper()}10}}\n    industry: {word}\n"
        f"    links: {{{word}gram: https://pictures.example/{word}}}\n    say: {word}\n"
        f"    formerly: Old {word}\n    note: Ask {word}.\n"
    )


def png(colour: tuple[int, int, int]) -> bytes:
    """Return a picture of one colour."""
    file = io.BytesIO()
    Image.new("RGB", (400, 200), colour).save(file, "png")
    return file.getvalue()


def fill(colour: tuple[int, int, int]) -> str:
    """Return a colour as drawings write it."""
    return "#{:02x}{:02x}{:02x}".format(*colour)


def svg(colour: tuple[int, int, int]) -> bytes:
    """Return a drawing of one colour."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20">'
        f'<path fill="{fill(colour)}" d="M0 0h40v20H0z"/></svg>'
    ).encode()


POSTS: Final = {
    "content/posts/course.md": post(title="The course"),
    "content/posts/thanks.md": post(
        title="Thanks", sponsors=f"[acme-running, {', '.join(map(ident, NAMES))}]", tags="[hills]"
    ),
}
LOGOS: Final = {
    f"content/logos/{short(name)}.{kind}": draw(colour)
    for name, colour in zip(NAMES, COLOURS, strict=True)
    for kind, draw in (("png", png), ("svg", svg))
}
FILES: Final[dict[str, str | bytes | None]] = {
    **POSTS,
    **LOGOS,
    LIST: f"{TIERS}sponsors:\n{PUBLIC}" + "".join(map(entry, NAMES, TERMS)),
    "pelicanconf.py": f"{SETTINGS}JSON_FEED = True\n",
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Build a site with a sponsor of each kind that is not public."""
    built = build_site(tmp_path_factory.mktemp("hidden"), FILES)
    assert built.code == 0, built.report
    return built


def pictures(built: Built) -> Iterator[Image.Image]:
    """Yield every finished photo."""
    for name, data in built.files.items():
        if name.endswith((".png", ".jpg", ".webp", ".gif", ".avif")):
            yield Image.open(io.BytesIO(data)).convert("RGB")


def traces(built: Built, name: str) -> set[str]:
    """Return what of a sponsor is in the output: its word in names and bytes, its colour."""
    word, colour = short(name).encode(), COLOURS[NAMES.index(name)]
    files = built.files.items()
    found = {file for file, data in files if word in file.encode() + b"\n" + data.lower()}
    found |= {f"drawing {file}" for file, data in files if fill(colour).encode() in data}
    found |= {"photo" for image in pictures(built) if image.getpixel((1, 1)) == colour}
    return found


class TestWhoIsNotPublic:
    """Pending, removed, not yet and no longer."""

    @pytest.mark.parametrize("name", NAMES)
    def test_is_in_no_file_of_the_output(self, name: str, site: Built) -> None:
        """Walls, credits, data for programs, feeds, sitemap, pictures and their names."""
        assert {"feed.xml", "feed.json", "sitemap.xml", "sponsors.json", "build.json"} <= {
            *site.files
        }
        assert traces(site, name) == set()

    def test_does_not_change_a_byte_of_the_site(self, site: Built, tmp_path: Path) -> None:
        """Even sizes and numbers are as if these sponsors were not in the list.

        The next date of change is one of theirs, and is a date.
        """
        bare: dict[str, str | bytes | None] = {
            **FILES,
            LIST: f"{TIERS}sponsors:\n{PUBLIC}",
            "content/posts/thanks.md": post(
                title="Thanks", sponsors="[acme-running]", tags="[hills]"
            ),
        }

        without = build_site(tmp_path, bare)

        assert without.code == 0, without.report
        assert without.files.keys() == site.files.keys()
        changed = {name for name, data in site.files.items() if without.files[name] != data}
        assert changed == {"build.json"}

    def test_may_be_credited_by_a_post_and_is_not_seen(self, site: Built) -> None:
        """`sponsors:` above a text stays as it is, whatever becomes of the sponsor."""
        thanks = site.page("/blog/thanks/").css(".thanks a")

        assert [link.text() for link in thanks] == ["Acme Running"]

    @pytest.mark.parametrize("name", NAMES)
    def test_would_be_found_by_these_tests(self, name: str, tmp_path: Path) -> None:
        """Once it is public, a sponsor is seen in each of the ways that were looked for."""
        terms = ["status: confirmed" if one == name else TERMS[0] for one in NAMES]
        text = f"{TIERS}sponsors:\n{PUBLIC}" + "".join(map(entry, NAMES, terms))

        found = traces(build_site(tmp_path, {**FILES, LIST: text}), name)

        assert {"index.html", "sponsors.json", "sitemap.xml", "blog/thanks/index.html"} <= found
        assert {"photo", f"sponsors/{ident(name)}/index.html"} <= found
        assert any(trace.startswith("drawing ") for trace in found)


class TestTheLastDay:
    """An expired sponsor is gone the day after `until`, and shown on that day."""

    WHOLE: Final = ("index.html", "sponsors.json", "sitemap.xml", "blog/thanks/index.html")

    def test_is_a_day_like_the_others(self, tmp_path: Path) -> None:
        """Whoever has paid for the day is shown on it, everywhere."""
        built = build_site(tmp_path, FILES, as_of="2027-02-28")

        assert {*self.WHOLE} <= traces(built, NAMES[3])
        assert "Build it again on 2027-03-01: Former Fred leaves." in built.said

    def test_is_the_last(self, tmp_path: Path) -> None:
        """The build of the next day takes away what the one before had put there."""
        build_site(tmp_path, FILES, as_of="2027-02-28")

        after = rebuild(tmp_path, as_of="2027-03-01")

        assert traces(after, NAMES[3]) == set()

    def test_is_not_there_before_the_first(self, tmp_path: Path) -> None:
        """A sponsor to come is nowhere the day before, and everywhere on the day."""
        before = build_site(tmp_path, FILES, as_of="2027-03-01")
        on_the_day = rebuild(tmp_path, as_of="2027-03-02")

        assert traces(before, NAMES[2]) == set()
        assert {*self.WHOLE} <= traces(on_the_day, NAMES[2])
