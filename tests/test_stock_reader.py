"""What conversion gives is what stock Pelican's reader gives, byte for byte.

Pelican runs in a process of its own, with the same MARKDOWN settings. Three things are ours on
purpose, and are given to both sides: the boxes round tables and the ids of headings, which are
settings of Markdown, and `tabindex` on code, which is put into Pelican's HTML afterwards.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from awkward import DEFAULT, TEXTS
from milepost.posts.convert import Converter

STOCK = """
import json, sys
from pelican.readers import MarkdownReader
from pelican.settings import read_settings
folder, count, named, own = sys.argv[1], int(sys.argv[2]), json.loads(sys.argv[3]), sys.argv[4]
markdown = {"extensions": list(named), "output_format": "html"}
if own:
    from milepost.posts.convert import _WideTables, heading_id
    markdown["extensions"].append(_WideTables())
    markdown["extension_configs"] = {"markdown.extensions.toc": {"slugify": heading_id}}
reader = MarkdownReader(read_settings(override={"MARKDOWN": markdown}))
made = []
for number in range(count):
    try:
        made.append(reader.read(f"{folder}/{number}.md")[0])
    except RecursionError:
        made.append("RecursionError")
print(json.dumps(made))
"""

SETS = {
    "as a site starts": DEFAULT,
    "with everything": (
        *DEFAULT,
        "markdown.extensions.smarty",
        "markdown.extensions.admonition",
        "markdown.extensions.codehilite",
        "markdown.extensions.nl2br",
        "markdown.extensions.wikilinks",
    ),
}


def stock(folder: Path, extensions: tuple[str, ...], *, own: bool) -> list[str]:
    """Return what Pelican makes of all texts."""
    for number, text in enumerate(TEXTS):
        whole = f"Title: A post\nDate: 2027-01-15\n\n{text}"
        (folder / f"{number}.md").write_bytes(whole.encode())
    arguments = [str(folder), str(len(TEXTS)), json.dumps(extensions), "own" if own else ""]
    run = subprocess.run(
        [sys.executable, "-c", STOCK, *arguments], capture_output=True, text=True, check=True
    )
    made: list[str] = json.loads(run.stdout)
    return made


@pytest.mark.parametrize("extensions", SETS.values(), ids=SETS)
def test_texts_are_read_as_stock_pelican_reads_them(
    tmp_path: Path, extensions: tuple[str, ...]
) -> None:
    """Footnotes, lists, tables, code, raw HTML and odd headers give the same bytes."""
    converter = Converter({"extensions": list(extensions), "output_format": "html"})

    theirs = stock(tmp_path, extensions, own=True)

    ours = [converter.html(text) for text in TEXTS]
    assert ours == [html.replace("<pre>", '<pre tabindex="0">') for html in theirs]


def test_nothing_but_tables_and_code_is_ours(tmp_path: Path) -> None:
    """A text without tables and code is the same with nothing of ours given to Pelican."""
    converter = Converter({"extensions": list(DEFAULT), "output_format": "html"})

    theirs = stock(tmp_path, DEFAULT, own=False)

    pairs = zip(TEXTS, theirs, strict=True)
    plain = {text: html for text, html in pairs if not re.search("<(?:table|td|pre)", html)}
    assert {text: converter.html(text) for text in plain} == plain
    assert len(plain) > len(TEXTS) / 2
