"""What a build says of logos, and what it remembers of them."""

from __future__ import annotations

import io
import os
import threading
import warnings
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageStat

from hostile_logos import LOGOS, svg
from milepost.images import picture_of
from milepost.images.memory import Memory
from milepost.images.variants import FORMATS, Variants
from sites import SETTINGS, build_site, rebuild

DRAWING = svg('<rect width="100" height="100" fill="#063"/>')


def dot(side: int, colour: str = "white") -> bytes:
    """Return a square of pixels, all of one colour."""
    file = io.BytesIO()
    Image.new("RGB", (side, side), colour).save(file, "PNG")
    return file.getvalue()


def listed(keys: str) -> str:
    """Return a list of one sponsor with some more keys."""
    return f"sponsors:\n  - {{name: Acme, tier: supporters, {keys}}}\n"


@pytest.mark.parametrize(
    ("keys", "instead"),
    [
        ("logo: small.png", "The name is shown as type instead."),
        (
            "logo: good.svg, logo_dark: pale.png",
            "At night `logo` is shown on a light tile instead.",
        ),
    ],
)
def test_a_logo_of_too_few_pixels_is_told_with_what_is_shown(
    tmp_path: Path, keys: str, instead: str
) -> None:
    """By day it is the name, at night the logo of the day."""
    files: dict[str, str | bytes] = {
        "content/logos/good.svg": DRAWING,
        "content/logos/small.png": dot(40, "black"),
        "content/logos/pale.png": dot(40),
    }
    built = build_site(
        tmp_path,
        {
            **files,
            "sponsors.yaml": listed(keys),
            "pelicanconf.py": SETTINGS + 'CHECKS = {"unused": "off"}\n',
        },
    )

    assert built.code == 0
    assert "has 40 pixels from left to right where something is drawn" in built.report
    assert instead in built.report


def test_a_logo_that_changes_is_read_anew(tmp_path: Path) -> None:
    """What was made of a file before counts only as long as the file is the same."""
    build_site(tmp_path, {"content/logos/a.svg": DRAWING, "sponsors.yaml": listed("logo: a.svg")})
    (tmp_path / "content/logos/a.svg").write_text(DRAWING.replace("#063", "#a00"))

    built = rebuild(tmp_path)

    (published,) = [data for name, data in built.files.items() if name.startswith("media/mark-")]
    assert b"#a00" in published


def test_reading_logos_leaves_no_thread_behind(tmp_path: Path) -> None:
    """Nor another idea of which warnings count: threads share it."""
    entries = [f"  - {{name: Sponsor {at}, tier: supporters, logo: {at}.png}}\n" for at in range(9)]
    files = {f"content/logos/{at}.png": dot(400 + at, "black") for at in range(9)}
    before, threads = list(warnings.filters), threading.active_count()

    built = build_site(tmp_path, {**files, "sponsors.yaml": f"sponsors:\n{''.join(entries)}"})

    assert built.report == ""
    assert threading.active_count() == threads
    assert warnings.filters == before


@pytest.fixture
def noise() -> bytes:
    """Return a picture that is large enough to be cut into tiles."""
    file = io.BytesIO()
    Image.effect_noise((900, 600), 60).convert("RGB").save(file, "PNG")
    return file.getvalue()


@pytest.fixture
def one_processor() -> Iterator[None]:
    """Let the test see one processor of the machine."""
    if not hasattr(os, "sched_setaffinity"):
        pytest.skip("this system does not tell how many processors a program may use")
    allowed = os.sched_getaffinity(0)
    yield
    os.sched_setaffinity(0, allowed)


@pytest.mark.usefixtures("one_processor")
@pytest.mark.parametrize("suffix", [suffix for _, suffix in FORMATS])
def test_pictures_are_the_same_on_any_machine(noise: bytes, suffix: str) -> None:
    """However many processors it has."""
    on_all = Variants(picture_of(noise, "a.png")).make(suffix, 900)
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})

    on_one = Variants(picture_of(noise, "a.png")).make(suffix, 900)

    assert on_one == on_all


def test_a_much_larger_picture_is_made_smaller_finely() -> None:
    """What is done at once and what is done in two steps look the same."""
    data = LOGOS["photo.png"]
    assert isinstance(data, bytes)
    whole = Image.open(io.BytesIO(data)).convert("RGBA")

    made = Image.open(io.BytesIO(Variants(picture_of(data, "a.png")).make(".png", 150)))

    best = whole.resize(made.size, Image.Resampling.LANCZOS)
    apart = ImageChops.difference(made.convert("RGBa"), best.convert("RGBa"))
    assert max(ImageStat.Stat(apart).extrema)[1] < 16
    assert max(ImageStat.Stat(apart).mean) < 0.5


def recalled(file: Path, data: bytes) -> bytes:
    """Return what a memory has under one name, or what it takes for it."""
    memory = Memory(file)
    found = memory.recall(lambda: data, "a")
    memory.close()
    return found


class TestMemory:
    """What was made of pictures before."""

    def test_makes_a_thing_once(self, tmp_path: Path) -> None:
        """The second time it is there."""
        assert recalled(tmp_path / "m.db", b"made") == b"made"

        assert recalled(tmp_path / "m.db", b"again") == b"made"

    def test_makes_what_is_damaged_again(self, tmp_path: Path) -> None:
        """A disk that changes bytes costs time, and no picture."""
        recalled(tmp_path / "m.db", b"the bytes of a picture")
        file = tmp_path / "m.db"
        file.write_bytes(file.read_bytes().replace(b"the bytes", b"the wrong"))

        assert recalled(tmp_path / "m.db", b"again") == b"again"

    @pytest.mark.parametrize("damage", [b"", b"damaged", b"SQLite format 3\0" + b"x" * 5000])
    def test_begins_anew_in_a_file_that_is_none_of_ours(
        self, tmp_path: Path, damage: bytes
    ) -> None:
        """Whatever has become of it."""
        (tmp_path / "m.db").write_bytes(damage)

        found = [recalled(tmp_path / "m.db", data) for data in (b"one", b"two", b"three")]

        assert found[0] == b"one"
        assert found[1] == found[2]

    def test_can_be_asked_by_several_threads(self, tmp_path: Path) -> None:
        """Each gets what it asks for, and all of it is kept."""
        memory = Memory(tmp_path / "m.db")
        names = [str(at) for at in range(200)]
        with ThreadPoolExecutor(8) as pool:
            made = list(pool.map(lambda name: memory.recall(name.encode, name), names))
        kept = [memory.recall(lambda: b"again", name) for name in names]
        memory.close()

        assert made == kept == [name.encode() for name in names]

    def test_forgets_what_nothing_asks_for(self, tmp_path: Path) -> None:
        """A sponsor's logo does not stay on the disk for good."""
        recalled(tmp_path / "m.db", b"made")
        memory = Memory(tmp_path / "m.db")

        memory.forget_others()
        memory.close()

        assert recalled(tmp_path / "m.db", b"again") == b"again"
