"""The file of pelican-sitemap, mended."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from html import unescape
from pathlib import Path
from urllib.parse import quote, unquote
from xml.sax.saxutils import escape

from milepost import addresses
from milepost.facts import PageFacts

_LOC = re.compile(r"<loc>(.*?)</loc>", re.DOTALL)
_HEAD = '<?xml version="1.0" encoding="utf-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'


def take_sitemap(
    stage: Path, pages: Mapping[str, PageFacts], changed: Mapping[str, date], url: str
) -> bytes | None:
    """Take the plugin's sitemap.xml out of the stage; return a better one.

    The plugin does not escape the addresses of posts, does not know which pages are noindex, and
    gives lists the moment of the build as `lastmod` (pelican-plugins/sitemap 1.2.2). Here an
    address is escaped as RFC 3986 and XML ask for it, a noindex page left out, and `lastmod` is
    the day the page last changed, where `changed` (by address) knows it. Returns None when there
    is no sitemap, or when it would name no page.
    """
    path = stage / addresses.file_of(addresses.SITEMAP)
    if not path.is_file():
        return None
    listed = []
    for loc in _LOC.findall(path.read_text(encoding="utf-8")):
        address = "/" + unquote(unescape(loc)).removeprefix(f"{url}/").lstrip("/")
        page = pages.get(addresses.file_of(address))
        if page and not page.noindex and not page.redirect:
            listed.append(address)
    path.unlink()
    if not listed:
        return None
    entries = "".join(_entry(url, address, changed) for address in sorted(set(listed)))
    return f"{_HEAD}{entries}</urlset>\n".encode()


def _entry(url: str, address: str, changed: Mapping[str, date]) -> str:
    day = changed.get(address)
    lastmod = f"<lastmod>{day.isoformat()}</lastmod>" if day else ""
    written = url + quote(address, safe="/:@!$&'()*+,;=~")
    return f"<url><loc>{escape(written)}</loc>{lastmod}</url>\n"
