"""Pages at old addresses that send readers on to the new ones."""

from __future__ import annotations

from dataclasses import dataclass

from milepost import addresses
from milepost.content import Content


@dataclass(frozen=True, slots=True, kw_only=True)
class Redirect:
    """An old address, and the address that its page is at now. `source` is the page's file."""

    old: str
    new: str
    source: str


def redirects(content: Content) -> list[Redirect]:
    """Return a redirect for every `old_addresses` of a post or page that has a page."""
    return [
        Redirect(old=addresses.old(old), new=page.address, source=page.file)
        for page in content.standing
        for old in page.matter.old_addresses
    ]
