"""Which web addresses may stand in a page."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import urlsplit

WEB: Final = frozenset({"https", "http"})
_IN_ORDER: Final = ("https", "http", "mailto", "tel")
ANY: Final = frozenset({"https", "http", "mailto", "tel"})

_SCHEME = re.compile(r"^([A-Za-z][A-Za-z0-9+.\-]*):")
_BLANK = re.compile(
    r"[\x00-\x20\x7f-\xa0\xad\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff\ufffe\uffff]"
)
_NOT_IN_HOSTS = re.compile(r'[<>^`{|}%"\\]')


def scheme_of(link: str) -> str:
    r"""Return the scheme of a link as a browser reads it, in lower case, or "".

    Browsers drop tabs, line ends and leading blanks before they look for the scheme
    (WHATWG URL, "basic URL parser"), so `java\nscript:` has the scheme `javascript`.
    """
    found = _SCHEME.match(_BLANK.sub("", link))
    return found[1].lower() if found else ""


def named(schemes: frozenset[str]) -> str:
    """Return schemes as a message lists them."""
    return ", ".join(scheme for scheme in _IN_ORDER if scheme in schemes)


def objection(link: str, schemes: frozenset[str] = WEB) -> str | None:
    """Return why a full link may not stand in a page, or None when it may.

    The reason completes a sentence that begins with the link.
    """
    allowed = named(schemes)
    scheme = scheme_of(link)
    if scheme not in schemes:
        if link.startswith(("//", "/\\", "\\")):
            return "has no scheme: write https: before the //"
        # "acme.example:8080/run" has a port, and no scheme.
        if scheme and "." not in scheme:
            return f"begins with {scheme}:, which is not allowed here (allowed: {allowed})"
        return f"is not a full address: begin it with https:// (allowed: {allowed})"
    if _BLANK.search(link):
        return "has a space or an invisible character in it"
    if scheme in WEB:
        return _web_objection(link)
    return None if link.split(":", 1)[1].strip("/") else "has nothing after the colon"


def _web_objection(link: str) -> str | None:
    try:
        parts = urlsplit(link)
        host, has_login = parts.hostname, parts.username is not None
        parts.port  # noqa: B018 - reading it checks it
    except ValueError:
        return "is not an address that a browser understands"
    if has_login:
        return "has a name or password before the @"
    if not host or "\\" in link:
        return f"names no site after {parts.scheme}://"
    if _NOT_IN_HOSTS.search(host) or ".." in host:
        return "is not an address that a browser understands"
    if "." not in host.strip(".") and host != "localhost" and ":" not in host:
        return f'names no site: "{host}" has no dot in it'
    return None
