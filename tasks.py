"""The everyday commands as one-word Invoke tasks: each is `milepost` with the same word.

Commands that take more than one word (`milepost new post "Title"`) have no task: Invoke reads the
further words as tasks of their own.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from invoke.exceptions import Exit
from invoke.tasks import task

if TYPE_CHECKING:
    from invoke.context import Context

HERE: Final = Path(__file__).resolve().parent
LOCK: Final = (
    *("uv", "pip", "compile", "--quiet", "--universal", "--python-version", "3.11"),
    *("--generate-hashes", "--annotation-style", "line", "--no-emit-index-url"),
    *("--custom-compile-command", "invoke lock"),
)


def _run(*command: str) -> None:
    """Run `command` in this folder; leave with its exit code if it fails."""
    done = subprocess.run(command, check=False, cwd=HERE)  # noqa: S603 (the words below, only)
    if done.returncode:
        raise Exit(code=done.returncode)


def _milepost(word: str) -> None:
    _run(sys.executable, "-m", "milepost", word)


@task
def serve(_: Context) -> None:
    """Show the site in the browser, live."""
    _milepost("serve")


@task
def build(_: Context) -> None:
    """Build the site."""
    _milepost("build")


@task
def check(_: Context) -> None:
    """Check the site without building it."""
    _milepost("check")


@task
def test(_: Context) -> None:
    """Run Milepost's own tests."""
    _milepost("test")


@task
def lint(_: Context) -> None:
    """Look over Milepost's own code: ruff and mypy."""
    _milepost("lint")


@task
def bench(_: Context) -> None:
    """Measure how fast Milepost builds, beside Pelican and Hugo."""
    _milepost("bench")


@task
def clean(_: Context) -> None:
    """Remove what builds have made."""
    _milepost("clean")


@task
def lock(_: Context, *, upgrade: bool = False) -> None:
    """Write both lock files from pyproject.toml; with --upgrade, take the newest versions."""
    command = (*LOCK, "--upgrade") if upgrade else LOCK
    _run(*command, "pyproject.toml", "--output-file", "requirements.lock")
    dev = ("--group", "dev", "--constraints", "requirements.lock")
    _run(*command, *dev, "--output-file", "requirements-dev.lock")
