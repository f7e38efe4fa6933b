"""What Pelican keeps in the process, saved and put back, so that builds do not meet."""

from __future__ import annotations

import locale
import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

# Importing Pelican makes every logger created afterwards, anyone's, swallow repeated messages.
_LOGGER_CLASS = logging.getLoggerClass()
import pelican.log  # noqa: E402

logging.setLoggerClass(_LOGGER_CLASS)

import pelican.settings  # noqa: E402
from pelican import contents  # noqa: E402
from pelican.plugins import signals  # noqa: E402
from pelican.plugins.sitemap import sitemap  # noqa: E402

_SIGNAL_PARTS = ("receivers", "_by_sender", "_by_receiver", "_weak_senders")
_LOG_PARTS = ("_ignore", "_raised_messages", "_group_count")


@contextmanager
def pelican_state() -> Iterator[None]:
    """Run a build and leave Pelican's state in the process as it was found.

    That is: the receivers of its signals, the memoised texts of articles, what its log filter
    has heard, its copy of a docutils setting, the locale, `sys.path`, and the queue of
    pelican-sitemap, which is never emptied after a build that failed.
    """
    before = _snapshot()
    reset_sitemap()
    try:
        yield
    finally:
        _restore(before)
        reset_sitemap()


def reset_sitemap() -> None:
    """Forget the pages that an earlier build queued for the sitemap."""
    sitemap.generator.page_queue = []
    sitemap.generator._main_pelican = None  # noqa: SLF001 - it keeps no other way


def _signals() -> list[Any]:
    return [value for value in vars(signals).values() if hasattr(value, "receivers")]


def _snapshot() -> dict[str, Any]:
    return {
        "signals": [
            {part: _copied(getattr(signal, part)) for part in _SIGNAL_PARTS if hasattr(signal, part)}
            for signal in _signals()
        ],
        "log": {part: getattr(pelican.log.LimitFilter, part).copy() for part in _LOG_PARTS},
        "options": pelican.settings.PYGMENTS_RST_OPTIONS,
        "locale": locale.setlocale(locale.LC_ALL),
        "path": list(sys.path),
    }


def _restore(before: dict[str, Any]) -> None:
    for signal, parts in zip(_signals(), before["signals"], strict=True):
        for part, value in parts.items():
            getattr(signal, part).clear()
            getattr(signal, part).update(value)
    for part, value in before["log"].items():
        kept = getattr(pelican.log.LimitFilter, part)
        kept.clear()
        kept.update(value)
    for name in ("get_content", "get_summary"):
        _forget(getattr(contents.Content, name, None))
    pelican.settings.PYGMENTS_RST_OPTIONS = before["options"]
    locale.setlocale(locale.LC_ALL, before["locale"])
    sys.path[:] = before["path"]


def _forget(memo: Any) -> None:
    """Empty a memo of Pelican's, which would keep every article of every build alive."""
    cache = getattr(memo, "cache", None)
    if isinstance(cache, dict):
        cache.clear()


def _copied(value: Any) -> Any:
    """Copy a signal's table, whose values may be sets of their own."""
    if isinstance(value, dict):
        copy = value.copy()
        for key, inner in copy.items():
            if isinstance(inner, set):
                copy[key] = set(inner)
        return copy
    return value.copy()
