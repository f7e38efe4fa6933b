"""Milepost: a race's web site from Markdown posts and one sponsor list."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from milepost.site import Site

__version__ = "0.1.0"

__all__ = ["Site", "__version__"]


def __getattr__(name: str) -> Any:
    """Import `Site`, and with it Pelican, when `PELICAN_CLASS = "milepost.Site"` asks for it."""
    if name == "Site":
        from milepost.site import Site  # noqa: PLC0415 - settings load without Pelican

        return Site
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
