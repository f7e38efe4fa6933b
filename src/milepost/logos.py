"""The sponsors' logos on a day: published in their boxes, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from milepost.config import Config
from milepost.images import Unusable
from milepost.images.ink import DARK, LIGHT
from milepost.media import Shelf, Shown
from milepost.problems import Problem
from milepost.roster import calendar
from milepost.roster.load import FILE, Roster
from milepost.roster.logo import Logo, NotForPages, check_print_logo
from milepost.roster.request import logo_request
from milepost.roster.sponsor import Sponsor
from milepost.roster.weight import box, held, scales, weights
from milepost.source import find_line, read_text

SHARP: Final = 2
"""Pixels that a picture needs for each CSS pixel of its box: what phones' screens have."""

WIDEST: Final = 12
"""How many times as wide as high a logo may be before the phones' walls suffer from it."""

PALE: Final = 0.2
"""A logo that differs less than this from its ground cannot be seen on it."""

_OUTLINES: Final = (
    "is written in a font that readers may not have. Ask the sponsor for the logo with its text "
    "as outlines."
)
_PALE: Final = (
    "is almost white or empty and cannot be seen on a white page. Ask the sponsor for the one for "
    "light grounds; this one may be its `logo_dark`."
)
_BLACK: Final = (
    "is almost black or empty and cannot be seen on a dark page. Ask the sponsor for the one for "
    "dark grounds."
)
_TWO_LINES: Final = (
    "on a phone the whole wall is smaller for it. Ask the sponsor for one in two lines."
)
_NAME: Final = "The name is shown as type instead."
_TILE: Final = "At night `logo` is shown on a light tile instead."


@dataclass(frozen=True, slots=True, kw_only=True)
class Logos:
    """A sponsor's published logo in one tier, and the one for dark mode if there is one."""

    light: Shown
    dark: Shown | None


def read_logos(
    config: Config, roster: Roster, shelf: Shelf, day: date
) -> tuple[Mapping[tuple[int, str], Logos], list[Problem]]:
    """Publish the logos of who shows, by the sponsor's line and tier; look at everybody's."""
    reader = _Reader(config, roster, shelf, day)
    found = {
        (sponsor.line, tier): logos
        for sponsor in roster.sponsors
        for tier, logos in reader.read(sponsor)
    }
    return found, reader.problems


class _Reader:
    def __init__(self, config: Config, roster: Roster, shelf: Shelf, day: date) -> None:
        self._config = config
        self._race = config.race.name if config.race else config.name
        self._day = day
        self._shelf = shelf
        self._closed = Shelf(config.content, None)
        self._weights = weights(roster.tiers)
        self._scales = scales(roster.tiers)
        self._text, _ = read_text(config.folder / FILE, FILE)
        self.problems: list[Problem] = []

    def read(self, sponsor: Sponsor) -> Iterator[tuple[str, Logos]]:
        """Yield (tier, what is shown there) of one sponsor; report what is wrong."""
        self._check_print(sponsor)
        is_public = calendar.is_shown(sponsor, self._day)
        shelf = self._shelf if is_public else self._closed
        light = self._logo(shelf, sponsor, sponsor.logo, LIGHT)
        dark = self._logo(shelf, sponsor, sponsor.logo_dark, DARK)
        if light and is_public:
            for tier in dict.fromkeys(sponsor.tier):
                shown = self._shown(sponsor, tier, light)
                if shown:
                    night = self._shown(sponsor, tier, dark, _TILE) if dark else None
                    # A drawing that knows the night itself needs no tile.
                    night = night or (shown if light.adapts else None)
                    yield tier, Logos(light=shown, dark=night)

    def _logo(
        self, shelf: Shelf, sponsor: Sponsor, name: str | None, ground: tuple[int, int, int]
    ) -> Logo | None:
        if not name:
            return None
        try:
            logo = shelf.logo(name, ground)
        except NotForPages as reason:
            mail = logo_request(sponsor.name, self._race)
            self._report("logo", sponsor, name, f"{reason} You could write:\n\n{mail}")
            return None
        except Unusable as reason:
            self._report("logo", sponsor, name, str(reason))
            return None
        says, looks_lost = _look(logo, ground)
        is_lost = looks_lost and not sponsor.logo_anyway
        if says:
            rest = f" {_NAME if ground == LIGHT else _TILE}" if is_lost else ""
            self._report("logo-look", sponsor, name, f"logo {name} {says}{rest}")
        return None if is_lost else logo

    def _shown(self, sponsor: Sponsor, tier: str, logo: Logo, instead: str = _NAME) -> Shown | None:
        # `scale` comes after everything was made equal: it is a last correction by eye.
        scale = held(sponsor.scale, self._scales[tier])
        width, height = box(logo.drawn, self._weights[tier] * scale)
        needed = SHARP * width
        if logo.picture.suffix != ".svg" and logo.picture.width < needed - 1:
            says = (
                f"logo {logo.picture.name} has {logo.picture.width} pixels from left to right "
                f"where something is drawn; to be sharp in tier {tier} it needs {needed:.0f}."
            )
            if not sponsor.logo_anyway:
                rest = f" {instead} Ask the sponsor for an SVG, or write `logo_anyway: true`."
                self._report("logo-look", sponsor, logo.picture.name, says + rest)
                return None
        return self._shelf.shown(logo, width, height)

    def _check_print(self, sponsor: Sponsor) -> None:
        name = sponsor.logo_print
        try:
            if name:
                check_print_logo(self._config.content / "logos", name)
        except Unusable as reason:
            self._report("logo", sponsor, name or "", str(reason))

    def _report(self, check: str, sponsor: Sponsor, name: str, message: str) -> None:
        if check == "logo-look" and sponsor.status != "confirmed":
            return
        entry = "\n".join((self._text or "").split("\n")[sponsor.line - 1 :])
        line = find_line(entry, name, sponsor.line) or sponsor.line
        self.problems.append(
            Problem(check=check, file=FILE, line=line, subject=sponsor.name, message=message)
        )


def _look(logo: Logo, ground: tuple[int, int, int]) -> tuple[str, bool]:
    """Return what is wrong with a logo on its ground, or "", and whether it is of no use there."""
    if logo.is_text:
        return _OUTLINES, True
    if logo.contrast < PALE:
        return (_PALE if ground == LIGHT else _BLACK), True
    if logo.drawn.ratio > WIDEST:
        times = f"is {logo.drawn.ratio:.0f} times as wide as it is high, and "
        return times + _TWO_LINES, False
    return "", False
