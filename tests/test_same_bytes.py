"""The same files give the same site: whoever builds it, wherever, and however."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

import pytest

from sites import DAY, SETTINGS, post, tree, write_site

PYTHON: Final = Path(sys.executable)
MIDDAY: Final = "1803924000"
"""Seconds since 1970 of midday in Chicago on the day on which tests build."""

SVG: Final = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 10"><path d="M0 0h9v9z"/></svg>'
)
FILES: Final[Mapping[str, str | bytes | None]] = {
    **{
        f"content/posts/{n}.md": post(
            f"## Part\n\n![a]({{static}}/images/{n % 3}.svg)\n\n|a|b|\n|---|--:|\n|1|2|\n",
            title=f"Post {n}",
            date=f"202{n % 7}-0{n % 9 + 1}-1{n % 10}",
            tags=f"[t{n % 5}, t{n % 3}, é{n}]",
            category=f"C{n % 4}",
            author=f"[A{n % 3}, B]",
            sponsors="[a, b]",
        )
        for n in range(12)
    },
    **{f"content/images/{n}.svg": SVG.replace("9z", f"{n}z") for n in range(3)},
    "content/logos/a.svg": SVG,
    "content/extra/CNAME": "riverside.example",
    "content/pages/about.md": "---\ntitle: About\nold_addresses: [/us/, /them/]\n---\nWe run.\n",
    "sponsors.yaml": (
        "tiers:\n  - id: t\n    benefits: {profile: true}\n  - id: s\nsponsors:\n"
        "  - id: a\n    name: A\n    tier: [t, s]\n    logo: a.svg\n"
        "    links: {x: https://x.example, y: https://y.example}\n"
        "  - id: b\n    name: B\n    tier: s\n"
    ),
    "pelicanconf.py": SETTINGS
    + 'DEFAULT_PAGINATION = 4\nSTATIC_PATHS = ["extra"]\n'
    + 'EXTRA_PATH_METADATA = {"extra/CNAME": {"path": "CNAME"}}\n',
}

Ways = tuple[Sequence[str], Mapping[str, str]]
WAYS: Final[Mapping[str, Ways]] = {
    "milepost build in Tokyo": (
        [str(PYTHON.with_name("milepost")), "build", "--as-of", DAY],
        {"TZ": "Asia/Tokyo", "PYTHONHASHSEED": "1", "LANG": "C.UTF-8"},
    ),
    "python -m milepost --site DIR build in Chicago": (
        [str(PYTHON), "-m", "milepost", "--site", "{site}", "build"],
        {"TZ": "America/Chicago", "PYTHONHASHSEED": "2", "LC_ALL": "C"},
    ),
    "pelican content -s pelicanconf.py": (
        [str(PYTHON.with_name("pelican")), "content", "-s", "pelicanconf.py"],
        {"TZ": "UTC", "PYTHONHASHSEED": "3", "PYTHONUTF8": "0"},
    ),
    "python -O, a second time": (
        [str(PYTHON), "-O", "-m", "milepost", "build"],
        {"TZ": "Pacific/Kiritimati", "PYTHONHASHSEED": "4"},
    ),
}


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Mapping[str, bytes]]:
    """Build one site in every way, each in a folder of its own; give the finished trees."""
    built = {}
    for number, (name, (command, environment)) in enumerate(WAYS.items()):
        site = write_site(tmp_path_factory.mktemp("deep" * (number + 1)) / f"site {number}", FILES)
        (site / "content/posts/0.md").touch()
        for _ in range(2 if name.endswith("time") else 1):
            done = subprocess.run(
                [part.format(site=site) for part in command],
                cwd=site.parent if "{site}" in command else site,
                env={**os.environ, "SOURCE_DATE_EPOCH": MIDDAY, **environment},
                capture_output=True,
                text=True,
                check=False,
            )
            assert done.returncode == 0, done.stdout + done.stderr
        built[name] = tree(site / "output")
    return built


@pytest.mark.parametrize("way", WAYS)
def test_a_site_is_the_same_to_the_byte(way: str, sites: Mapping[str, Mapping[str, bytes]]) -> None:
    """Command, folder, time zone, language and luck of the process leave no trace."""
    first = next(iter(sites.values()))

    assert sites[way].keys() == first.keys()
    assert [name for name in first if sites[way][name] != first[name]] == []


def test_it_is_a_site_worth_comparing(sites: Mapping[str, Mapping[str, bytes]]) -> None:
    """It has lists of several pages, media, redirects, a profile and a copied file."""
    names = next(iter(sites.values())).keys()

    assert {
        *("CNAME", "us/index.html", "sponsors/a/index.html", "blog/page/3/index.html"),
        *("feed.xml", "sitemap.xml", "blog/tags/t1/index.html", "blog/authors/b/index.html"),
    } <= names
    assert len([name for name in names if name.startswith("media/")]) >= 6
