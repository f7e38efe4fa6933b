"""Tiny whole sites for tests: written to disk, built in this process, looked at."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser

from milepost.addresses import file_of
from milepost.build import BuildFailed, build

DAY = "2027-03-01"
"""The day on which tests build, unless they say another."""

SETTINGS = """\
from milepost.defaults import *
SITENAME = "Riverside 10K"
SITEURL = "https://riverside.example"
TIMEZONE = "America/Chicago"
RACE = {"name": "Riverside 10K", "date": "2027-04-17", "place": "Riverside Park"}
CONTACT = {"email": "hello@riverside.example"}
"""

SPONSORS = """\
sponsors:
  - name: Acme Running
    tier: title
    url: https://acme.example
  - name: Riverside Dental
    tier: supporters
    url: https://dental.example
"""

POST = """\
---
title: The course
date: 2027-01-15
---
Along the river and back.
"""

SITE: Mapping[str, str] = {
    "pelicanconf.py": SETTINGS,
    "sponsors.yaml": SPONSORS,
    "content/posts/course.md": POST,
}
"""The files of a small site without problems."""


def post(body: str = "Words.", **header: str) -> str:
    """Return the text of a post; the header's values are written as they are given."""
    lines = {"title": "A post", "date": "2027-01-15", **header}
    return "---\n" + "".join(f"{k}: {v}\n" for k, v in lines.items()) + f"---\n{body}\n"


@dataclass(frozen=True)
class Built:
    """A site after a build: its folder, the exit code, what was said and what was reported.

    `files` are the finished files as they were then, by name.
    """

    folder: Path
    code: int
    said: str
    report: str
    files: dict[str, bytes]

    @property
    def output(self) -> Path:
        """The folder of the finished pages."""
        return self.folder / "output"

    def text(self, name: str) -> str:
        """Return a finished file as text."""
        return self.files[name].decode()

    @staticmethod
    def parse(html: str) -> LexborHTMLParser:
        """Return a page, parsed."""
        return LexborHTMLParser(html)

    def page(self, address: str) -> LexborHTMLParser:
        """Return a finished page, parsed."""
        return LexborHTMLParser(self.text(file_of(address)))


def tree(folder: Path) -> dict[str, bytes]:
    """Return every file below a folder by its name."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def write_site(folder: Path, files: Mapping[str, str | bytes | None] | None = None) -> Path:
    """Write the small site into `folder`, with `files` instead of or beside its own.

    None leaves a file of the small site out.
    """
    for name, text in {**SITE, **(files or {})}.items():
        if text is None:
            continue
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return folder


def build_site(
    folder: Path,
    files: Mapping[str, str | bytes | None] | None = None,
    *,
    as_of: str = DAY,
    final: bool = False,
    dry: bool = False,
) -> Built:
    """Write a site into `folder` and build it in this process, of which it leaves no trace."""
    write_site(folder, files)
    return rebuild(folder, as_of=as_of, final=final, dry=dry)


def rebuild(folder: Path, *, as_of: str = DAY, final: bool = False, dry: bool = False) -> Built:
    """Build the site of a folder as it is."""
    said, report = io.StringIO(), io.StringIO()
    code = 0
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(report):
        try:
            build(folder, as_of=date.fromisoformat(as_of), final=final, dry=dry)
        except BuildFailed as failure:
            code = int(str(failure.code))
    return Built(
        folder=folder,
        code=code,
        said=said.getvalue(),
        report=report.getvalue(),
        files=tree(folder / "output"),
    )
