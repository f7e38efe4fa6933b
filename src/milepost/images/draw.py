"""A drawing as pixels, in no more than some seconds."""

from __future__ import annotations

import io
import re
import subprocess
import sys
from typing import Final

import resvg_py
from PIL import Image

from milepost.images import daylight
from milepost.images.picture import Unusable

SECONDS: Final = 15.0
"""How long a drawing may take. What is allowed takes less than one on a slow computer."""

_LABORIOUS: Final = re.compile(rb"<(?:filter|pattern|mask|marker|clipPath|image|use)\b|blur|dash")
_MUCH: Final = 64 * 1024
_PROGRAM: Final = """\
import signal, sys
signal.signal(signal.SIGINT, signal.SIG_DFL)
width, height, *sys.path = sys.argv[1:]
import resvg_py
png = resvg_py.svg_to_bytes(
    svg_string=sys.stdin.buffer.read().decode(),
    width=int(width),
    height=int(height),
    skip_system_fonts=True,
)
sys.stdout.buffer.write(bytes(png))
"""


def drawn(data: bytes, width: int, height: int, *, limit: float = SECONDS) -> Image.Image:
    """Return a clean drawing at a size in pixels, as RGBA; text that is no outline is left out.

    The reader's fonts are not this machine's. A drawing that could take long is drawn in a
    process of its own, which is ended after `limit` seconds: nothing else ends it, not even a
    user's Ctrl-C.

    Raises:
        Unusable: it takes longer, or cannot be drawn.
    """
    data = daylight.plain(data)
    if len(data) > _MUCH or _LABORIOUS.search(data):
        png = _apart(data, width, height, limit)
    else:
        png = _here(data, width, height)
    return Image.open(io.BytesIO(png)).convert("RGBA")


def _here(data: bytes, width: int, height: int) -> bytes:
    try:
        png = resvg_py.svg_to_bytes(
            svg_string=data.decode(), width=width, height=height, skip_system_fonts=True
        )
    except ValueError as error:
        raise Unusable("cannot be drawn. Export it again as plain SVG.") from error
    return bytes(png)


def _apart(data: bytes, width: int, height: int, limit: float) -> bytes:
    command = [sys.executable, "-c", _PROGRAM, str(width), str(height), *sys.path]
    try:
        done = subprocess.run(  # noqa: S603 - this very Python, with the program above
            command, input=data, capture_output=True, timeout=limit, check=True
        )
    except subprocess.TimeoutExpired as error:
        raise Unusable(
            f"takes more than {limit:g} seconds to draw, and phones would hang with it. Ask for "
            "it simplified, as plain SVG without filters and patterns, or use a PNG."
        ) from error
    except subprocess.CalledProcessError as error:
        raise Unusable("cannot be drawn. Export it again as plain SVG.") from error
    return done.stdout
