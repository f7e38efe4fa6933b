"""What Pelican keeps in the process, saved and put back, so that builds do not meet."""

from __future__ import annotations

import locale
import logging
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

# Importing Pelican makes the root logger and every logger created afterwards, anyone's, swallow
# repeated messages. So this module is the first to import it in a process of ours.
_LOGGER_CLASS, _ROOT_CLASS = logging.getLoggerClass(), logging.getLogger().__class__
import pelican.log  # noqa: E402

logging.setLoggerClass(_LOGGER_CLASS)
logging.getLogger().__class__ = _ROOT_CLASS

import pelican.settings  # noqa: E402
from pelican import contents  # noqa: E402
from pelican.plugins import signals  # noqa: E402
from pelican.plugins.sitemap import sitemap  # noqa: E402

_SIGNAL_PARTS = ("receivers", "_by_sender", "_by_receiver", "_weak_senders")
_LOG_PARTS = ("_ignore", "_raised_messages", "_group_count")


@contextmanager
def pelican_state(site: Path) -> Iterator[None]:
    """Run a build of `site` and leave Pelican's state in the process as it was found.

    That is: the receivers of its signals, the memoised texts of articles, what its log filter
    has heard, its copy of a docutils setting, the locale, `sys.path`, the modules that the
    site's settings and plugins brought along, and the queue of pelican-sitemap, which is never
    emptied after a build that failed. Meanwhile Pelican's loggers keep its advice to
    themselves, since an organiser cannot act on it.
    """
    before = _snapshot()
    reset_sitemap()
    logging.getLogger("pelican").setLevel(logging.ERROR)
    try:
        yield
    finally:
        _restore(before, site)
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
            {
                part: _copied(getattr(signal, part))
                for part in _SIGNAL_PARTS
                if hasattr(signal, part)
            }
            for signal in _signals()
        ],
        "log": {part: getattr(pelican.log.LimitFilter, part).copy() for part in _LOG_PARTS},
        "options": pelican.settings.PYGMENTS_RST_OPTIONS,
        "locale": locale.setlocale(locale.LC_ALL),
        "path": list(sys.path),
        "modules": dict(sys.modules),
        "level": logging.getLogger("pelican").level,
    }


def _restore(before: dict[str, Any], site: Path) -> None:
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
    logging.getLogger("pelican").setLevel(before["level"])
    _restore_modules(before["modules"], before["path"], os.path.realpath(site))


def _restore_modules(before: dict[str, Any], path: list[str], site: str) -> None:
    """Forget the modules that only this site could import, so that the next has its own.

    Without this a second site's plugin of the same name would not be loaded, and after an edit
    of its helper a site would go on with the old one.
    """
    homes = {os.path.realpath(entry) for entry in path if entry} - {site}
    for name, module in list(sys.modules.items()):
        is_new = before.get(name) is not module and name.partition(".")[0] not in before
        is_settings = name in {"pelicanconf", "publishconf"}
        if (is_new and _is_outside(module, homes)) or is_settings:
            del sys.modules[name]
    sys.modules.update({name: before[name] for name in set(before) - set(sys.modules)})


def _is_outside(module: Any, homes: set[str]) -> bool:
    file = getattr(module, "__file__", None)
    if not file:
        return False
    real = Path(os.path.realpath(file))
    return not any(real.is_relative_to(home) for home in homes)


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
