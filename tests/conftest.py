"""What several test modules share: this repository's own site, and a real browser."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from sites import Built, rebuild

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ROOT = Path(__file__).parents[1]
SITE_PARTS = ("content", "theme", "sponsors.yaml", "pelicanconf.py", "publishconf.py")
REPOSITORY_DAY = "2026-12-01"
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))), None)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let the long tests be longer than in CI."""
    parser.addoption(
        "--histories", type=int, default=100, help="random histories of edits (default: 100)"
    )
    parser.addoption(
        "--kills", type=int, default=50, help="moments at which a commit is killed (default: 50)"
    )


def copy_site(source: Path, target: Path) -> Path:
    """Copy what an organiser edits from one folder to another; return the other."""
    for name in SITE_PARTS:
        if (source / name).is_dir():
            shutil.copytree(source / name, target / name)
        else:
            shutil.copy(source / name, target / name)
    return target


@pytest.fixture(scope="session")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Build this repository's own site as it would be published."""
    folder = copy_site(ROOT, tmp_path_factory.mktemp("repository"))
    return rebuild(folder, as_of=REPOSITORY_DAY, final=True)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start Debian's Chromium. Without it these tests are skipped, but never in CI."""
    if CHROMIUM is None:
        reason = "Chromium is not installed; on Debian: sudo apt install chromium"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - only where a browser is

    # As root, as in a container, Chromium runs without its sandbox or not at all.
    arguments = ["--disable-gpu", "--disable-background-networking", "--no-first-run"]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        arguments.append("--no-sandbox")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
        yield started
        started.close()
