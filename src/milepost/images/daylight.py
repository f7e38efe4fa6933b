"""A drawing as resvg has to be given it, to draw what browsers show by day."""

from __future__ import annotations

import re
from typing import Final

_WIDE: Final = re.compile(
    r"(?<![\w-])(?:fill|stroke|(?:stop-|flood-|lighting-)?color)\s*:\s*color\([^()]*\)"
    r"\s*(?:!\s*important\s*)?;?"
)
_NUMBER: Final = r"([-+]?[\d.]+%?)"
SLASHED: Final = re.compile(
    rf"\b(rgb|hsl)a?\(\s*{_NUMBER}\s+{_NUMBER}\s+{_NUMBER}\s*/\s*([\d.]+)(%?)\s*\)"
)
"""A colour of which a part can be seen through, as CSS Color 4 writes it."""
DAY: Final = re.compile(
    r"@media\s*(?:screen\s+and\s*)?\(\s*prefers-color-scheme\s*:\s*light\s*\)", re.IGNORECASE
)
_DAY_RULES: Final = re.compile(DAY.pattern + r"\s*\{((?:[^{}]*\{[^{}]*\})*)\s*\}", re.IGNORECASE)


def plain(data: bytes) -> bytes:
    """Return a drawing with the colours that resvg knows: of a wide colour, what stands before it.

    resvg draws black instead of `color(display-p3 …)`, and of `rgb(0 40 90 / 80%)`.
    """
    return SLASHED.sub(_with_commas, _WIDE.sub("", data.decode())).encode()


def by_day(data: bytes) -> bytes:
    """Return a drawing in which the rules for the day are rules for ever."""
    return _DAY_RULES.sub(r"\1", data.decode()).encode()


def _with_commas(found: re.Match[str]) -> str:
    name, *channels, alpha, percent = found.groups()
    part = float(alpha) / 100 if percent else float(alpha)
    return f"{name}a({','.join(channels)},{part:g})"
