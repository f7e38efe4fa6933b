"""What sponsors' logos cost a build: cold, warm, and against the import of Pelican.

It makes a site with 200 made-up logos in four tiers, and builds it with and without what was kept
of earlier builds, each time in a process of its own. It takes a few minutes.
"""

from __future__ import annotations

import io
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from PIL import Image, ImageDraw

ROUNDS: Final = 5
NUMBER: Final = 200
SEED: Final = 10_000
TIERS: Final = ("title", "gold", "silver", "local")

SETTINGS: Final = """\
from milepost.defaults import *
SITENAME = "Riverside 10K"
SITEURL = "https://riverside.example"
CONTACT = {"email": "hello@race.example"}
"""

READ_LOGOS: Final = """\
import sys, time
from datetime import date
from pathlib import Path
from milepost import build, content, logos

took = []

def timed(*arguments):
    began = time.perf_counter()
    found = logos.read_logos(*arguments)
    took.append(time.perf_counter() - began)
    shown, problems = found
    assert len(shown) == int(sys.argv[2]) and not problems, (len(shown), problems[:3])
    return found

content.read_logos = timed
build.build(Path(sys.argv[1]), as_of=date(2027, 3, 1), quiet=True)
print(*took)
"""
"""Builds a site, and prints how long its logos took."""

IMPORT_PELICAN: Final = """\
import time
began = time.perf_counter()
import pelican
print(time.perf_counter() - began)
"""


def main() -> None:
    """Measure everything in turns, and print the medians as a Markdown table."""
    with tempfile.TemporaryDirectory() as folder:
        site = Path(folder) / "site"
        _write(site)
        rounds = [_round(site) for _ in range(ROUNDS)]
    print(table({what: [each[what] for each in rounds] for what in rounds[0]}))


def table(measured: Mapping[str, Sequence[float]]) -> str:
    """Return the medians, and how they compare with that of the last row."""
    medians = {what: statistics.median(times) for what, times in measured.items()}
    *_, unit = medians.values()
    head = f"| Median of {ROUNDS} | Seconds | Fastest to slowest | Ratio |"
    lines = [head, "| --- | --- | --- | --- |"]
    lines += [
        f"| {what} | {medians[what]:.3f} | {min(times):.3f} to {max(times):.3f} "
        f"| {medians[what] / unit:.2f} |"
        for what, times in measured.items()
    ]
    return "\n".join(lines)


def _round(site: Path) -> dict[str, float]:
    for made in (".milepost", "output"):
        shutil.rmtree(site / made, ignore_errors=True)
    return {
        f"{NUMBER} logos, cold": _seconds(READ_LOGOS, site, NUMBER),
        f"{NUMBER} logos, warm": _seconds(READ_LOGOS, site, NUMBER),
        "`import pelican`": _seconds(IMPORT_PELICAN),
    }


def _seconds(program: str, *arguments: object) -> float:
    """Return the number that a Python program prints last, run in a process of its own."""
    command = [sys.executable, "-c", program, *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(done.stdout + done.stderr)
    return float(done.stdout.split()[-1])


def _write(site: Path) -> None:
    logos = site / "content" / "logos"
    logos.mkdir(parents=True)
    (site / "content" / "posts").mkdir()
    (site / "pelicanconf.py").write_text(SETTINGS, encoding="utf-8")
    sizes = "".join(f"  - {{id: {tier}, size: {4 - at}}}\n" for at, tier in enumerate(TIERS))
    entries = ""
    for at, (name, data) in enumerate(_drawings(random.Random(SEED))):
        (logos / name).write_bytes(data)
        tier = TIERS[at * len(TIERS) // NUMBER]
        entries += f"  - {{name: Sponsor {at}, tier: {tier}, logo: {name}}}\n"
    (site / "sponsors.yaml").write_text(f"tiers:\n{sizes}sponsors:\n{entries}", encoding="utf-8")


def _drawings(chance: random.Random) -> Iterator[tuple[str, bytes]]:
    """Yield names and bytes of logos: every second one is of pixels."""
    for at in range(NUMBER):
        ratio = chance.uniform(0.6, 6)
        marks = [_mark(chance) for _ in range(chance.randint(5, 60))]
        if at % 2:
            yield f"logo-{at}.png", _png(ratio, marks)
        else:
            yield f"logo-{at}.svg", _svg(ratio, marks)


def _mark(chance: random.Random) -> tuple[list[float], str]:
    """Return a shape as parts of the logo's width and height, and its dark colour."""
    left, top = chance.uniform(0.05, 0.8), chance.uniform(0.05, 0.7)
    box = [left, top, left + chance.uniform(0.02, 0.15), top + chance.uniform(0.1, 0.25)]
    return box, "#" + "".join(f"{chance.randrange(120):02x}" for _ in range(3))


def _svg(ratio: float, marks: Sequence[tuple[list[float], str]]) -> bytes:
    shapes = "".join(
        f'<path fill="{colour}" d="M{left * 100 * ratio:.2f} {top * 100:.2f} '
        f"C{right * 100 * ratio:.2f} {top * 100:.2f} {right * 100 * ratio:.2f} {bottom * 100:.2f} "
        f'{left * 100 * ratio:.2f} {bottom * 100:.2f}z"/>'
        for (left, top, right, bottom), colour in marks
    )
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {100 * ratio:.1f} 100">'
    return f"{head}{shapes}</svg>".encode()


def _png(ratio: float, marks: Sequence[tuple[list[float], str]]) -> bytes:
    width, height = round(2400 * min(1, ratio)), round(2400 * min(1, 1 / ratio))
    image = Image.new("RGBA", (width, height), (0, 0, 0, 0))
    draw = ImageDraw.Draw(image)
    for (left, top, right, bottom), colour in marks:
        draw.ellipse((left * width, top * height, right * width, bottom * height), colour)
    file = io.BytesIO()
    image.save(file, format="PNG")
    return file.getvalue()


if __name__ == "__main__":
    main()
