"""Pages at old addresses that send readers on to the new ones."""

from __future__ import annotations

from dataclasses import dataclass

from jinja2 import Environment

from milepost import addresses
from milepost.config import Config
from milepost.content import Content
from milepost.render.fragments import Shared
from milepost.render.templates import render


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


def redirect_page(redirect: Redirect, env: Environment, shared: Shared, config: Config) -> bytes:
    """Return the page at an old address.

    Raises:
        TemplateFailed: the template cannot be rendered.
    """
    names = {
        **shared.names,
        "target": config.base + redirect.new,
        "canonical": config.url + redirect.new,
    }
    return render(env, "redirect", names).encode()
