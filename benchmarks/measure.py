"""What one run of a program costs: seconds, and the most memory that it holds at once."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

PAUSE: Final = 0.02
"""The shortest pause between two looks at the memory, in seconds."""

SHARE: Final = 20
"""A pause is so many times as long as the look before it, which holds the program up."""

PROC: Final = Path("/proc")
HAS_MEMORY: Final = (PROC / "self" / "smaps_rollup").exists()
"""Whether this system tells how much memory is a process's own share: Linux does."""


class Failed(Exception):
    """A program that was to be measured did not succeed; the text is what it said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What a run took: seconds by the wall clock, and bytes; None where nobody tells them."""

    seconds: float
    memory: int | None


def measure(command: Sequence[str], folder: Path) -> Cost:
    """Run a program in a folder and return its cost.

    Memory is the proportional set size (PSS), in which pages shared by several processes count
    once, summed over the program and all its descendants, and looked at again and again.

    Raises:
        Failed: if its exit code is not 0, or it says anything on stderr.
    """
    if hasattr(os, "sync"):
        os.sync()  # else the disk may still be busy with the run before
    began = time.perf_counter()
    process = subprocess.Popen(
        command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    watch = _Watch(process.pid)
    if HAS_MEMORY:
        watch.start()
    said, report = process.communicate()
    seconds = time.perf_counter() - began
    watch.stop()
    if process.returncode or report:
        raise Failed(f"{' '.join(command)}\n{said}{report}")
    return Cost(seconds=seconds, memory=watch.peak if HAS_MEMORY else None)


class _Watch(threading.Thread):
    """Looks at the memory of a process and its descendants until it is stopped."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.peak = 0
        self._pid = pid
        self._over = threading.Event()

    def run(self) -> None:
        pause = 0.0
        while not self._over.wait(pause):
            began = time.perf_counter()
            self.peak = max(self.peak, sum(map(memory_of, family(self._pid))))
            pause = max(PAUSE, SHARE * (time.perf_counter() - began))

    def stop(self) -> None:
        self._over.set()
        if self.is_alive():
            self.join()


def family(pid: int) -> list[int]:
    """Return a process and all its descendants; those that end meanwhile are left out."""
    found, rest = [], [pid]
    while rest:
        found.append(rest.pop())
        for children in (PROC / str(found[-1]) / "task").glob("*/children"):
            with contextlib.suppress(OSError):
                rest += map(int, children.read_text().split())
    return found


def memory_of(pid: int) -> int:
    """Return the PSS of one process in bytes; 0 if it has ended."""
    try:
        lines = (PROC / str(pid) / "smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    kilobytes = (line.split()[1] for line in lines if line.startswith("Pss:"))
    return 1024 * int(next(kilobytes, "0"))


def keep_to(cores: int) -> int:
    """Let this process and all that it starts have so many cores; return how many they have."""
    if sys.platform == "linux":
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:cores])
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
