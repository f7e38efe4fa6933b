"""The sponsors' logos on a day: published in their boxes, and what is wrong with them."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from milepost.config import Config
from milepost.images import Unusable
from milepost.images.ink import DARK, LIGHT
from milepost.media import Shelf, Shown
from milepost.problems import Problem, count
from milepost.roster import calendar
from milepost.roster.load import FILE, Roster
from milepost.roster.logo import Logo, NotForPages, check_print_logo
from milepost.roster.request import logo_request
from milepost.roster.sponsor import Sponsor
from milepost.roster.weight import Sized, box, has_room, held, overtaken, scales, weights
from milepost.source import find_line, read_text

SHARP: Final = 2
"""Pixels that a picture needs for each CSS pixel of its box: what phones' screens have."""

WIDEST: Final = 12
"""How many times as wide as high a logo may be before the phones' walls suffer from it."""

PALE: Final = 0.2
"""A logo that differs less than this from its ground cannot be seen on it."""

LOST: Final = 0.05
"""A logo may lose this part of what it paints on its ground: a gleam, but no letter."""

_AT_ONCE: Final = 4
"""Logos that are read at a time: each may need 200 MB for its pixels."""

_PALE: Final = (
    "is almost white or empty and cannot be seen on a white page. Ask the sponsor for the one for "
    "light grounds; this one may be its `logo_dark`."
)
_BLACK: Final = (
    "is almost black or empty and cannot be seen on a dark page. Ask the sponsor for the one for "
    "dark grounds."
)
_PALE_PART: Final = (
    "is in part almost white: {part:.0%} of what it paints cannot be seen on a white page. Ask the "
    "sponsor for the one for light grounds; this one may be its `logo_dark`."
)
_BLACK_PART: Final = (
    "is in part almost black: {part:.0%} of what it paints cannot be seen on a dark page. Ask the "
    "sponsor for the one for dark grounds."
)
_TWO_LINES: Final = (
    "on a phone the whole wall is smaller for it. Ask the sponsor for one in two lines."
)
_STILL: Final = (
    "It is shown at rest, as fair beside the others. Look whether that is how the sponsor wants it."
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
    """Publish the logos of who shows, by the sponsor's line and tier; look at everybody's.

    Several are read at a time, in threads that are gone at the end.
    """
    text, _ = read_text(config.folder / FILE, FILE)
    site = _Site(
        race=config.race.name if config.race else config.name,
        day=day,
        shelf=shelf,
        closed=Shelf(config.content, None),
        folder=config.content / "logos",
        weights=weights(roster.tiers),
        scales=scales(roster.tiers),
        lines=tuple((text or "").split("\n")),
    )
    readers = [_Reader(site, sponsor) for sponsor in roster.sponsors]
    # Threads share the filters of warnings, and reading pictures changes them: here, and not in
    # whichever thread comes last, they are put back.
    with warnings.catch_warnings(action="ignore"), ThreadPoolExecutor(_AT_ONCE) as pool:
        every = list(pool.map(_Reader.read, readers))
    found = {
        (reader.sponsor.line, tier): logos
        for reader, of_one in zip(readers, every, strict=True)
        for tier, logos in of_one.items()
    }
    problems = [problem for reader in readers for problem in reader.problems]
    return found, [*problems, *_overtaken(roster, found)]


def _overtaken(roster: Roster, found: Mapping[tuple[int, str], Logos]) -> Iterator[Problem]:
    """Yield a problem where a logo weighs no more than one of a lower tier, by day or at night."""
    for is_night in (False, True):
        tiers: dict[str, dict[Sized, Sponsor]] = {tier.id: {} for tier in roster.tiers}
        for sponsor in roster.sponsors:
            for tier in sponsor.tier:
                logos = found.get((sponsor.line, tier))
                if logos:
                    shown = (logos.dark if is_night else None) or logos.light
                    sized = Sized(width=shown.width, height=shown.height, cover=shown.cover)
                    tiers[tier][sized] = sponsor
        wrong = overtaken([tuple(logos) for logos in tiers.values()])
        if wrong:
            yield _lighter(tiers, *wrong)
            return


def _lighter(
    tiers: Mapping[str, Mapping[Sized, Sponsor]], logo: Sized, other: Sized, window: int
) -> Problem:
    sponsors = {sized: sponsor for tier in tiers.values() for sized, sponsor in tier.items()}
    return Problem(
        check="wall",
        file=FILE,
        line=sponsors[logo].line,
        subject=sponsors[logo].name,
        message=(
            f"its logo would look no heavier than that of {sponsors[other].name} in a lower tier, "
            f"in a window of {window} pixels. This is a fault of Milepost: tell its makers, and "
            "leave one of the two logos out until then."
        ),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Site:
    """What reading a logo needs to know besides the sponsor; `closed` publishes nothing."""

    race: str
    day: date
    shelf: Shelf
    closed: Shelf
    folder: Path
    weights: Mapping[str, float]
    scales: Mapping[str, tuple[float, float]]
    lines: Sequence[str]


class _Reader:
    """Reads the logos of one sponsor; `problems` are what is wrong with them."""

    def __init__(self, site: _Site, sponsor: Sponsor) -> None:
        self._site = site
        self.sponsor = sponsor
        self.problems: list[Problem] = []

    def read(self) -> Mapping[str, Logos]:
        """Return what is shown in each tier of the sponsor."""
        self._check_print()
        sponsor = self.sponsor
        is_public = calendar.is_shown(sponsor, self._site.day)
        shelf = self._site.shelf if is_public else self._site.closed
        light = self._logo(shelf, sponsor.logo, LIGHT)
        dark = self._logo(shelf, sponsor.logo_dark, DARK)
        if not light or not is_public:
            return {}
        pairs = {tier: self._pair(tier, light, dark) for tier in dict.fromkeys(sponsor.tier)}
        return {tier: pair for tier, pair in pairs.items() if pair}

    def _pair(self, tier: str, light: Logo, dark: Logo | None) -> Logos | None:
        shown = self._shown(tier, light)
        if not shown:
            return None
        night = self._shown(tier, dark, _TILE) if dark else None
        # A drawing that knows the night itself needs no tile.
        night = night or (shown if light.adapts else None)
        return Logos(light=shown, dark=night)

    def _logo(self, shelf: Shelf, name: str | None, ground: tuple[int, int, int]) -> Logo | None:
        if not name:
            return None
        try:
            logo = shelf.logo(name, ground)
        except NotForPages as reason:
            mail = logo_request(self.sponsor.name, self._site.race)
            self._report("logo", name, f"{reason} You could write:\n\n{mail}")
            return None
        except Unusable as reason:
            self._report("logo", name, str(reason))
            return None
        if logo.moving:
            self._report("logo-look", name, f"logo {name} moves ({logo.moving}). {_STILL}")
        says, looks_lost = _look(logo, ground)
        is_lost = looks_lost and not self.sponsor.logo_anyway
        if says:
            rest = f" {_NAME if ground == LIGHT else _TILE}" if is_lost else ""
            self._report("logo-look", name, f"logo {name} {says}{rest}")
        return None if is_lost else logo

    def _shown(self, tier: str, logo: Logo, instead: str = _NAME) -> Shown | None:
        # `scale` comes after everything was made equal: it is a last correction by eye.
        scale = held(self.sponsor.scale, self._site.scales[tier])
        width, height = box(logo.drawn, self._site.weights[tier] * scale)
        name, anyway = logo.picture.name, self.sponsor.logo_anyway
        if not has_room(width, height) and not anyway:
            self._report("logo-look", name, _no_room(name, width, height, tier, instead))
            return None
        needed = SHARP * width
        if logo.pixels is not None and logo.pixels < needed - 1:
            says = (
                f"logo {name} has {count(logo.pixels, 'pixel')} from left to right "
                f"where something is drawn; to be sharp in tier {tier} it needs {needed:.0f}."
            )
            if not anyway:
                rest = f" {instead} Ask the sponsor for an SVG, or write `logo_anyway: true`."
                self._report("logo-look", name, says + rest)
                return None
        return self._site.shelf.shown(logo, width, height)

    def _check_print(self) -> None:
        name = self.sponsor.logo_print
        try:
            if name:
                check_print_logo(self._site.folder, name)
        except Unusable as reason:
            self._report("logo", name or "", str(reason))

    def _report(self, check: str, name: str, message: str) -> None:
        sponsor = self.sponsor
        if check == "logo-look" and sponsor.status != "confirmed":
            return
        entry = "\n".join(self._site.lines[sponsor.line - 1 :])
        line = find_line(entry, name, sponsor.line) or sponsor.line
        self.problems.append(
            Problem(check=check, file=FILE, line=line, subject=sponsor.name, message=message)
        )


def _no_room(name: str, width: float, height: float, tier: str, instead: str) -> str:
    return (
        f"logo {name} is so long or so thin that it would have to be {width:.0f} by {height:.0f} "
        f"pixels large to look as heavy as the others of tier {tier}; on a phone there is no room "
        f"for that. {instead} Ask the sponsor for a more compact or stronger one, or write "
        "`logo_anyway: true`: then all logos are smaller on phones."
    )


def _look(logo: Logo, ground: tuple[int, int, int]) -> tuple[str, bool]:
    """Return what is wrong with a logo on its ground, or "", and whether it is of no use there."""
    if logo.doubt:
        return logo.doubt, True
    if logo.contrast < PALE:
        return (_PALE if ground == LIGHT else _BLACK), True
    if logo.lost > LOST:
        part = _PALE_PART if ground == LIGHT else _BLACK_PART
        return part.format(part=logo.lost), True
    if logo.drawn.ratio > WIDEST:
        times = f"is {logo.drawn.ratio:.0f} times as wide as it is high, and "
        return times + _TWO_LINES, False
    return "", False
