"""A made-up race site of any number of posts, the same bytes every time.

    python benchmarks/corpus.py DIR NUMBER

writes it into the folder DIR, which must be empty or not there.
"""

from __future__ import annotations

import argparse
import itertools
import random
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from vocabulary import DOERS, DONE, ENDINGS, MATTERS, OPENINGS, PLACES, TAGS, TIMES, TITLES

SEED: Final = 2027
ENOUGH: Final = 660
"""A post gets one section more until it has so many words: about 800 in the middle."""

DAY: Final = "2027-03-01"
"""The day to build the site for; every day since 2026 will do."""

FIRST: Final = datetime(2017, 1, 1, 6, 0)  # noqa: DTZ001 - times in posts have no zone
LAST: Final = datetime(2025, 12, 31, 22, 0)  # noqa: DTZ001

CATEGORIES: Final = ("Training", "Race day", "The course", "People", "Gear")
AUTHORS: Final = ("Ada Quill", "Ben Orrin", "Cleo Marsh", "Dov Tarrant", "Esme Rook", "Finn Vale")

TIERS: Final = (("title", 2), ("gold", 5), ("silver", 8), ("local", 16))
"""The tiers, and how many of the 31 sponsors each has."""

SETTINGS: Final = """\
from milepost.defaults import *

SITENAME = "Riverside 10K"
SITESUBTITLE = "Ten flat kilometres, two bridges, one brass band."
SITEURL = "https://riverside.example"
TIMEZONE = "America/Chicago"
RACE = {
    "name": "Riverside 10K",
    "date": "2027-04-17",
    "place": "Riverside Park",
    "distances": [{"name": "10 km", "start": "8:00"}, {"name": "Kids' mile"}],
}
CONTACT = {"email": "hello@riverside.example"}
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sponsor:
    """A made-up sponsor; `logo` is an SVG file."""

    id: str
    name: str
    tier: str
    logo: str

    @property
    def url(self) -> str:
        """Return its link."""
        return f"https://{self.id}.example/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """A post; `body` is Markdown, in which links to other posts are `{filename}` links."""

    title: str
    slug: str
    date: str
    category: str
    author: str
    tags: tuple[str, ...]
    summary: str
    sponsors: tuple[str, ...]
    body: str

    @property
    def file(self) -> str:
        """Return the name of its file."""
        return f"{self.slug}.md"


def make_posts(number: int) -> Iterator[Post]:
    """Yield `number` posts, oldest first; their words do not depend on the number."""
    sponsors = make_sponsors()
    for at in range(number):
        chance = random.Random(f"{SEED} post {at}")
        named = chance.choice(sponsors) if chance.random() < 1 / 6 else None
        others = [chance.randrange(number) for _ in range(3)]
        title = _title(at)
        yield Post(
            title=title,
            slug=_slug(title),
            date=f"{FIRST + (LAST - FIRST) * at / number:%Y-%m-%d %H:%M}",
            category=chance.choice(CATEGORIES),
            author=chance.choice(AUTHORS),
            tags=tuple(chance.sample(TAGS, chance.randint(2, 4))),
            summary=f"{_sentence(chance)} {_sentence(chance)}",
            sponsors=(named.id,) if named else (),
            body=_body(chance, [_title(other) for other in others], named),
        )


def make_sponsors() -> list[Sponsor]:
    """Return the 31 sponsors, by tier."""
    chance = random.Random(f"{SEED} sponsors")
    names = [f"{first} & {second}" for first, second in itertools.product(_FIRST, _SECOND)]
    tiers = [tier for tier, number in TIERS for _ in range(number)]
    return [
        Sponsor(id=_slug(name), name=name, tier=tier, logo=_drawing(chance))
        for name, tier in zip(chance.sample(names, len(tiers)), tiers, strict=True)
    ]


def write_site(folder: Path, number: int) -> None:
    """Write the site as Milepost reads it, with `number` posts, into a new folder."""
    posts, logos = folder / "content" / "posts", folder / "content" / "logos"
    for made in (posts, logos):
        made.mkdir(parents=True)
    write(folder / "pelicanconf.py", SETTINGS)
    sponsors = make_sponsors()
    for sponsor in sponsors:
        write(logos / f"{sponsor.id}.svg", sponsor.logo)
    write(folder / "sponsors.yaml", _sponsor_list(sponsors))
    for post in make_posts(number):
        write(posts / post.file, f"---\n{_header(post)}---\n\n{post.body}")


def write(path: Path, text: str) -> None:
    """Write a file whose bytes are the same on every system."""
    path.write_bytes(text.encode())


def _header(post: Post) -> str:
    lines = [
        f"title: {post.title}",
        f"date: {post.date}",
        f"slug: {post.slug}",
        f"category: {post.category}",
        f"author: {post.author}",
        f"tags: [{', '.join(post.tags)}]",
        f"summary: {post.summary}",
    ]
    if post.sponsors:
        lines.append(f"sponsors: [{', '.join(post.sponsors)}]")
    return "".join(f"{line}\n" for line in lines)


def _sponsor_list(sponsors: Sequence[Sponsor]) -> str:
    shown = "[home, blog, posts, contact, sponsors]"
    tiers = "".join(
        f"  - id: {tier}\n    heading: {tier.title()} partners\n    size: {size}\n"
        f"    shown_on: {shown}\n"
        for size, (tier, _) in zip((4, 3, 2, 1), TIERS, strict=True)
    )
    entries = "".join(
        f"  - name: {one.name}\n    id: {one.id}\n    tier: {one.tier}\n    url: {one.url}\n"
        f"    logo: {one.id}.svg\n"
        for one in sponsors
    )
    return f"version: 1\ntiers:\n{tiers}sponsors:\n{entries}"


_FIRST: Final = ("Alder", "Birch", "Cobalt", "Dunmore", "Elmwood", "Fennel", "Garnet", "Hazel")
_SECOND: Final = ("Finch", "Lowe", "Marlow", "Pike", "Quince", "Sable", "Thorne", "Wren")


def _title(at: int) -> str:
    chance = random.Random(f"{SEED} title {at}")
    return f"{chance.choice(TITLES)} {chance.choice(PLACES)}, no. {at + 1}"


def _slug(text: str) -> str:
    return "-".join(re.findall(r"[a-z0-9]+", text.lower()))


def _body(chance: random.Random, others: Sequence[str], named: Sponsor | None) -> str:
    """Return sections of paragraphs, each with something else in it, until there are enough."""
    blocks = [_paragraph(chance)]
    if named:
        blocks.append(f"Thanks to [{named.name}]({named.url}) for the help {chance.choice(TIMES)}.")
    links = iter(others)
    number, level = _count(blocks), "##"
    while number < ENOUGH:
        extra = chance.choices(_EXTRAS, weights=_WEIGHTS)[0]
        heading = f"{level} {chance.choice(MATTERS).capitalize()}"
        section = [heading, _paragraph(chance), extra(chance), _paragraph(chance)]
        if other := next(links, None):
            section.append(
                f"There is more about it in [{other}]({{filename}}{_slug(other)}.md), "
                f"and {_clause(chance)}."
            )
        blocks += section
        number += _count(section)
        level = chance.choice(("##", "##", "###"))
    return "\n\n".join(blocks) + "\n"


def _count(blocks: Sequence[str]) -> int:
    return sum(len(block.split()) for block in blocks)


def _paragraph(chance: random.Random) -> str:
    return " ".join(_sentence(chance, rich=True) for _ in range(chance.randint(2, 5)))


def _sentence(chance: random.Random, *, rich: bool = False) -> str:
    text = _clause(chance)
    if chance.random() < 1 / 2:
        text = f"{chance.choice(OPENINGS)} {text}"
    if chance.random() < 1 / 2:
        text = f"{text}, {chance.choice(ENDINGS)}"
    if rich and chance.random() < 1 / 3:
        text = chance.choice(_RICH)(chance, text)
    return f"{text[0].upper()}{text[1:]}."


def _clause(chance: random.Random) -> str:
    doer, done, matter = chance.choice(DOERS), chance.choice(DONE), chance.choice(MATTERS)
    return f"{doer} {done} {matter} {chance.choice(PLACES)} {chance.choice(TIMES)}"


def _linked(chance: random.Random, text: str) -> str:
    place = chance.choice(PLACES)
    return f"{text} (see [the map](https://maps.example/{_slug(place)}?zoom=14&layer=2))"


_RICH: Final[Sequence[Callable[[random.Random, str], str]]] = (
    lambda _, text: f"{text}, and **do not skip it**",
    lambda _, text: f"{text}, *if your legs agree*",
    lambda chance, text: f"{text}, about `{chance.randint(3, 9)}:{chance.randint(10, 59)}` a mile",
    _linked,
)


def _list(chance: random.Random) -> str:
    number = chance.randint(3, 6)
    return "\n".join(f"- {_sentence(chance, rich=True)}" for _ in range(number))


def _steps(chance: random.Random) -> str:
    number = chance.randint(3, 5)
    return "\n".join(f"{at + 1}. {_sentence(chance, rich=True)}" for at in range(number))


def _quotation(chance: random.Random) -> str:
    return f"> {_sentence(chance)}\n> {_sentence(chance)}"


def _table(chance: random.Random) -> str:
    rows = [
        f"| {chance.choice(PLACES)} | {chance.randint(1, 12)} | {chance.randint(5, 11)}:15 |"
        for _ in range(chance.randint(3, 6))
    ]
    return "\n".join(["| Where | Miles | Pace |", "| --- | --- | ---: |", *rows])


def _code(chance: random.Random) -> str:
    rows = [f"mile {at + 1}  {chance.randint(6, 11)}:{chance.randint(10, 59)}" for at in range(4)]
    return "\n".join(["```", *rows, "```"])


_EXTRAS: Final[Sequence[Callable[[random.Random], str]]] = (
    _paragraph,
    _list,
    _steps,
    _quotation,
    _table,
    _code,
)
_WEIGHTS: Final = (4, 4, 2, 1, 1, 1)


def _drawing(chance: random.Random) -> str:
    """Return a small logo: some dark shapes in a row."""
    ratio = chance.uniform(1, 4)
    shapes = "".join(_shape(chance, ratio) for _ in range(chance.randint(4, 12)))
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {100 * ratio:.0f} 100">'
    return f"{head}{shapes}</svg>\n"


def _shape(chance: random.Random, ratio: float) -> str:
    left, top = chance.uniform(5, 80 * ratio), chance.uniform(5, 60)
    width, height = chance.uniform(8, 18 * ratio), chance.uniform(20, 35)
    colour = "".join(f"{chance.randrange(110):02x}" for _ in range(3))
    return (
        f'<path fill="#{colour}" d="M{left:.1f} {top:.1f}h{width:.1f}'
        f'q{width / 3:.1f} {height / 2:.1f} 0 {height:.1f}h-{width:.1f}z"/>'
    )


def main() -> None:
    """Write the site that the command line asks for."""
    parser = argparse.ArgumentParser(description="Write a made-up race site.")
    parser.add_argument("folder", type=Path, metavar="DIR", help="a new or empty folder")
    parser.add_argument("number", type=int, metavar="NUMBER", help="how many posts")
    options = parser.parse_args()
    if options.folder.exists() and any(options.folder.iterdir()):
        sys.exit(f"{options.folder} is not empty.")
    write_site(options.folder, options.number)
    print(
        f"Wrote {options.number} posts. Build them with: "
        f"milepost --site {options.folder} build --as-of {DAY}"
    )


if __name__ == "__main__":
    main()
