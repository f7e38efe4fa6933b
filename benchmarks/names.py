"""What looking for sponsors' names costs a build, by the number of posts and of sponsors.

Posts have some 800 words of this project's own documentation; in every third stand two names, and
in every fiftieth one that is almost right. It takes about a minute.
"""

from __future__ import annotations

import random
import re
import time
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Final

from milepost.posts.links import Hypertext
from milepost.posts.post import Page, read_post
from milepost.posts.texts import Text
from milepost.roster.load import read_list
from milepost.rules.names import check_names

SIZES: Final = ((1_000, 31), (1_000, 200), (10_000, 31))
LENGTH: Final = 800
SEED: Final = 10_000
DOCS: Final = Path(__file__).parents[1] / "docs"
FIRST: Final = [
    "Acme",
    "River",
    "Mill",
    "Oak",
    "Summit",
    "Crossland",
    "Great",
    "Northern",
    "Hill",
    "Lake",
    "Union",
    "City",
    "Stone",
    "Maple",
    "Harbor",
    "Valley",
    "Prairie",
    "Cedar",
    "Golden",
    "Iron",
]
MIDDLE: Final = ("", "side", " Creek", " & Sons")
LAST: Final = [
    "Running",
    "Dental",
    "Bank",
    "Bakery",
    "Physio",
    "Coffee",
    "Brewing",
    "Shoes",
    "Insurance",
    "Motors",
    "Foods",
    "Construction",
    "Hospital",
    "Realty",
    "Credit",
    "Radio",
]


def main() -> None:
    """Measure each size, and print a Markdown table."""
    print("| Posts | Sponsors | Findings | Seconds |\n| --- | --- | --- | --- |")
    for posts, sponsors in SIZES:
        print(f"| {posts:,} | {sponsors} | {measured(posts, sponsors)} |")


def measured(posts: int, sponsors: int) -> str:
    """Return how many names are reported, and the seconds of processor time that it took."""
    chance = random.Random(SEED)
    names = [f"{a}{chance.choice(MIDDLE)} {b}" for a in FIRST for b in LAST]
    names = chance.sample(names, sponsors)
    rows = "".join(f"  - {{name: {name}, tier: title}}\n" for name in names)
    roster, _ = read_list(f"sponsors:\n{rows}")
    pages = [_page(at, _words(at, names, chance)) for at in range(posts)]
    texts = {page.file: _text(page) for page in pages}
    began = time.process_time()
    found = check_names(pages, texts, roster, date(2027, 3, 1))
    return f"{len(found):,} | {time.process_time() - began:.2f}"


def _words(at: int, names: Sequence[str], chance: random.Random) -> str:
    found: list[str] = []
    while len(found) < LENGTH:
        begin = chance.randrange(len(WORDS) - 40)
        found += [*WORDS[begin : begin + chance.randint(8, 40)], f"{chance.randrange(9999)}."]
    if at % 3 == 0:
        for name in chance.choices(names, k=2):
            found.insert(chance.randrange(LENGTH), name)
    if at % 50 == 0:
        found.insert(LENGTH // 2, chance.choice(names).replace("n", "m", 1))
    lines = (" ".join(found[first : first + 14]) for first in range(0, len(found), 14))
    return "\n".join(lines)


def _page(at: int, words: str) -> Page:
    header = f"---\ntitle: Post {at}\ndate: 2027-01-15\n---\n"
    page, problems = read_post(f"{header}{words}\n", f"content/posts/{at}.md")
    if page is None:
        raise ValueError(problems)
    return page


def _text(page: Page) -> Text:
    return Text(
        body=Hypertext((f"<p>{page.body}</p>",)),
        summary=Hypertext(("",)),
        plain_summary="",
        button=None,
        image=None,
    )


WORDS: Final = re.findall(
    r"[A-Za-z][A-Za-z']+[.,]?",
    "\n".join(path.read_text(encoding="utf-8") for path in sorted(DOCS.rglob("*.md"))),
)
"""Words of the documentation, in their order."""


if __name__ == "__main__":
    main()
