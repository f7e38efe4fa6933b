"""What browsers may do on the site: the Content-Security-Policy, and the file of headers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from milepost import addresses
from milepost.content import Content

_HEADERS: Final[Mapping[str, str]] = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
}
_FOREVER: Final = "public, max-age=31536000, immutable"
"""For files whose name changes whenever their bytes do."""


def policy(form_host: str) -> str:
    """Return the Content-Security-Policy (W3C, Level 3) of every page.

    Everything comes from the site itself, nothing is written into a page, and a form is sent to
    the site or to `form_host`, which is an origin or "".
    """
    parts = {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": "'self'",
        "img-src": "'self'",
        "font-src": "'self'",
        "media-src": "'self'",
        "connect-src": "'self'",
        "manifest-src": "'self'",
        "form-action": f"'self' {form_host}".rstrip(),
        "base-uri": "'none'",
    }
    return "; ".join(f"{name} {value}" for name, value in parts.items())


def origin_css(content: Content) -> str:
    """Return the rule by which a printed page knows where on the web its links lead."""
    origin = content.config.url.removesuffix(content.config.base)
    return f'@layer tokens {{ :root {{ --origin: "{origin}"; }} }}\n'


def headers_file(content: Content) -> str:
    """Return `_headers`, which Netlify, Cloudflare Pages and others send with every file.

    A page cannot forbid by itself to be shown inside another site: `frame-ancestors` works in
    headers only.
    """
    base = content.config.base
    ours = policy(content.config.contact.form_host)
    every = {
        "Content-Security-Policy": f"{ours}; frame-ancestors 'none'",
        **_HEADERS,
    }
    lines = [f"{base}/*", *(f"  {name}: {value}" for name, value in every.items())]
    lines += [f"{base}{addresses.MEDIA}*", f"  Cache-Control: {_FOREVER}"]
    return "\n".join(lines) + "\n"
