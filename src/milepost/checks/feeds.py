"""Whether feed readers and search engines can read the feeds and the list of pages."""

from __future__ import annotations

import json
import re
from collections import Counter
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import unquote
from xml.etree import ElementTree as ET

from milepost.addresses import file_of
from milepost.checks import shown
from milepost.facts import read_facts
from milepost.problems import Problem
from milepost.weblinks import ANY, WEB, objection, scheme_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from milepost.facts import PageFacts

_ATOM: Final = "{http://www.w3.org/2005/Atom}"
_SITEMAP: Final = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
_JSON_FEED: Final = "https://jsonfeed.org/version/1.1"
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)", re.ASCII)
_DAY = re.compile(r"\d{4}(?:-\d\d){0,2}", re.ASCII)
_SHORT_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(?:Z|[+-]\d\d:\d\d)", re.ASCII)


def check_feed(file: str, xml: bytes) -> list[Problem]:
    """Return what is wrong with an Atom feed (RFC 4287), by the title of the post concerned.

    What a post's text in the feed links to or loads must be a full address, because a feed
    reader shows it elsewhere.
    """
    feed = _parsed(file, xml, f"{_ATOM}feed")
    if isinstance(feed, Problem):
        return [feed]
    entries = feed.findall(f"{_ATOM}entry")
    found = [("", says) for says in _element_faults(feed, "the feed")]
    if feed.find(f"{_ATOM}author") is None and not all(
        entry.find(f"{_ATOM}author") is not None for entry in entries
    ):
        found.append(("", "the feed does not say who writes it (author)."))
    times = Counter(entry.findtext(f"{_ATOM}id", "").strip() for entry in entries)
    for number, entry in enumerate(entries, start=1):
        subject = _words(entry.find(f"{_ATOM}title")) or f"entry {number}"
        found += [(subject, says) for says in _entry_faults(entry, times)]
    return [
        Problem(check="markup", file=file, subject=shown(subject), message=says)
        for subject, says in dict.fromkeys(found)
    ]


def check_json_feed(file: str, data: bytes) -> list[Problem]:
    """Return what is wrong with a JSON feed (jsonfeed.org, 1.1), by the title of the post."""
    try:
        feed = json.loads(data)
    except ValueError as error:
        message = f"no feed reader can read this file: {error}."
        return [Problem(check="markup", file=file, message=message)]
    if not isinstance(feed, dict) or not isinstance(feed.get("items"), list):
        message = "no feed reader can read this file: it has no list of posts (items)."
        return [Problem(check="markup", file=file, message=message)]
    found = [("", says) for says in _json_feed_faults(feed)]
    items = [item if isinstance(item, dict) else {} for item in feed["items"]]
    times = Counter(str(item.get("id") or "") for item in items)
    for number, item in enumerate(items, start=1):
        subject = str(item.get("title") or "") or f"entry {number}"
        found += [(subject, says) for says in _item_faults(item, times)]
    return [
        Problem(check="markup", file=file, subject=shown(subject), message=says)
        for subject, says in dict.fromkeys(found)
    ]


def check_sitemap(
    file: str, xml: bytes, pages: Mapping[str, PageFacts], site_url: str
) -> list[Problem]:
    """Return what is wrong with a sitemap: it may list pages for search engines, each once.

    `pages` are the finished pages by output file, `site_url` the site's own full address.
    """
    sitemap = _parsed(file, xml, f"{_SITEMAP}urlset")
    if isinstance(sitemap, Problem):
        return [sitemap]
    found = []
    urls = sitemap.findall(f"{_SITEMAP}url")
    times = Counter(url.findtext(f"{_SITEMAP}loc", "").strip() for url in urls)
    for address, number in times.items():
        fault = _listing_fault(address, pages, site_url)
        if fault:
            found.append(f"the sitemap lists {shown(address) or 'an empty address'}, {fault}")
        elif number > 1:
            found.append(f"the sitemap lists {shown(address)} {number} times.")
    for url in urls:
        day = url.findtext(f"{_SITEMAP}lastmod")
        if day is not None and not _is_w3c_date(day.strip()):
            found.append(f'the sitemap has the date "{shown(day)}". Write it as 2027-03-14.')
    return [Problem(check="markup", file=file, message=says) for says in dict.fromkeys(found)]


class _DoctypeFound(Exception):
    pass


class _Builder(ET.TreeBuilder):
    """Refuses a DOCTYPE before anything that it declares can be expanded or fetched."""

    def doctype(self, _name: str, _public: str | None, _system: str | None) -> None:
        raise _DoctypeFound


def _parsed(file: str, xml: bytes, root: str) -> ET.Element | Problem:
    parser = ET.XMLParser(target=_Builder())  # noqa: S314 - the builder refuses every DOCTYPE
    line = None
    try:
        parser.feed(xml)
        element: ET.Element = parser.close()
    except ET.ParseError as error:
        line, reason = error.position[0], str(error)
    except _DoctypeFound:
        reason = "it has a DOCTYPE"
    except (LookupError, ValueError) as error:
        reason = str(error)
    else:
        if element.tag == root:
            return element
        reason = f"it begins with <{shown(element.tag)}>"
    message = f"no feed reader or search engine can read this file: {reason}."
    return Problem(check="markup", file=file, line=line, message=message)


def _element_faults(element: ET.Element, name: str) -> Iterator[str]:
    for part in ("id", "title", "updated"):
        values = element.findall(f"{_ATOM}{part}")
        if len(values) > 1:
            yield f"{name} has {len(values)} of {part}, and may have one."
        elif not values or not _words(values[0]):
            yield f"{name} has no {part}."
    address = element.findtext(f"{_ATOM}id", "").strip()
    if address and not scheme_of(address):
        yield f'{name} has the id "{shown(address)}", which is not a full address.'
    for part in ("updated", "published"):
        moment = element.findtext(f"{_ATOM}{part}", "").strip()
        if moment and not _is_moment(moment):
            yield (
                f'{name} has the date "{shown(moment)}" ({part}). Write it as 2027-03-14T09:00:00Z.'
            )
    for link in element.findall(f"{_ATOM}link"):
        href = link.get("href", "")
        reason = objection(href, ANY)
        if reason:
            yield f'{name} links to "{shown(href)}", which {reason}.'


def _entry_faults(entry: ET.Element, times: Mapping[str, int]) -> Iterator[str]:
    yield from _element_faults(entry, "the post")
    name = entry.findtext(f"{_ATOM}id", "").strip()
    if name and times[name] > 1:
        yield f'the post has the id "{shown(name)}", which {times[name]} posts have.'
    content = entry.find(f"{_ATOM}content")
    is_linked = any(
        link.get("rel", "alternate") == "alternate" for link in entry.findall(f"{_ATOM}link")
    )
    if content is None and not is_linked:
        yield "the post has neither its text nor a link to its page."
    for part in (content, entry.find(f"{_ATOM}summary")):
        if part is not None and part.get("type") == "html":
            yield from _text_faults(part.text or "")


def _text_faults(html: str) -> Iterator[str]:
    facts = read_facts("", html.encode())
    for address in (*(link.href for link in facts.links), *facts.loads):
        if not scheme_of(address) and not address.startswith("#"):
            yield (
                f'the post\'s text has the address "{shown(address)}", which works on the site '
                "alone. In a feed it must be a full one that begins with https://."
            )


def _json_feed_faults(feed: Mapping[str, Any]) -> Iterator[str]:
    if feed.get("version") != _JSON_FEED:
        yield f"the feed does not say that its version is {_JSON_FEED}."
    if not str(feed.get("title") or "").strip():
        yield "the feed has no title."
    yield from _address_faults(feed, ("home_page_url", "feed_url", "icon"), "the feed")


def _item_faults(item: Mapping[str, Any], times: Mapping[str, int]) -> Iterator[str]:
    name = item.get("id")
    if not name or not isinstance(name, str):
        yield "the post has no id."
    elif times[name] > 1:
        yield f'the post has the id "{shown(name)}", which {times[name]} posts have.'
    if "content_html" not in item and "content_text" not in item:
        yield "the post has no text (content_html)."
    yield from _address_faults(item, ("url", "image"), "the post")
    for part in ("date_published", "date_modified"):
        if part in item and not _is_moment(str(item[part])):
            yield (
                f'the post has the date "{shown(str(item[part]))}" ({part}). '
                "Write it as 2027-03-14T09:00:00Z."
            )
    yield from _text_faults(str(item.get("content_html") or ""))


def _address_faults(owner: Mapping[str, Any], parts: tuple[str, ...], name: str) -> Iterator[str]:
    for part in parts:
        reason = objection(str(owner[part]), WEB) if part in owner else None
        if reason:
            yield f'{name} has "{shown(str(owner[part]))}" as its {part}, which {reason}.'


def _listing_fault(address: str, pages: Mapping[str, PageFacts], site_url: str) -> str:
    home = f"{site_url.rstrip('/')}/"
    if scheme_of(address) not in WEB or not address.startswith(home):
        return f"which does not begin with the site's own address, {home}."
    page = pages.get(file_of("/" + unquote(address.removeprefix(home))))
    if page is None:
        return "which is not a page of the site."
    if page.redirect is not None:
        return "which only sends its readers on to another page."
    if page.noindex:
        return "a page that search engines are asked to leave out."
    return ""


def _is_moment(text: str) -> bool:
    """Say whether a text is a date with a time as RFC 3339 writes it."""
    return bool(_MOMENT.fullmatch(text)) and _is_real(text)


def _is_w3c_date(text: str) -> bool:
    """Say whether a text is a date as the W3C writes it (NOTE-datetime): a year will do."""
    if _DAY.fullmatch(text):
        return _is_real(text + "-01" * (2 - text.count("-")))
    return _is_moment(text) or bool(_SHORT_MOMENT.fullmatch(text) and _is_real(text))


def _is_real(text: str) -> bool:
    try:
        datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _words(element: ET.Element | None) -> str:
    return "" if element is None else " ".join("".join(element.itertext()).split())
