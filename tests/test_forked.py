"""Work that is dealt to copies of a process comes back as if one had done it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

import pytest

from milepost.engine.forked import CHUNK, LEAST, deal
from sites import DAY, SETTINGS, post, tree, write_site

forks = pytest.mark.skipif(
    not hasattr(os, "fork") or sys.platform == "darwin", reason="this system does not fork safely"
)
PIECES: Final = LEAST + CHUNK + 5


class Broken(Exception):
    """What a piece of the work raises, with something that no pipe carries."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.never_packed: Callable[[], int] = lambda: number


@pytest.mark.parametrize("workers", [1, 2, 3, 8])
def test_everything_comes_back_in_its_order(workers: int) -> None:
    """Whoever has done it."""
    assert deal(lambda number: number**2, PIECES, workers) == [n**2 for n in range(PIECES)]


def in_a_fresh_process(code: str) -> str:
    """Return what some code prints in a process without the threads of other tests."""
    head = (
        "import multiprocessing, os, signal, threading\n"
        "from milepost.engine.forked import CHUNK, LEAST, WorkerLost, can_fork, deal\n"
        "def pids(pieces, workers):\n"
        "    return set(deal(lambda _: os.getpid(), pieces, workers))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", head + code], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@forks
def test_others_do_it() -> None:
    """Of many pieces this process does none, of few all."""
    many, few = "os.getpid() in pids(LEAST, 2)", "pids(LEAST - 1, 2) == {os.getpid()}"

    assert in_a_fresh_process(f"print({many}, {few})") == "False True"


@forks
def test_no_more_processes_than_there_are_chunks() -> None:
    """A process that has nothing to do is not started."""
    assert in_a_fresh_process("print(len(pids(LEAST, 50)) == -(-LEAST // CHUNK))") == "True"


@pytest.mark.parametrize("workers", [1, 2, 3])
def test_the_first_failure_is_raised(workers: int) -> None:
    """Of several failures the one that would have come first alone, whole."""

    def work(number: int) -> int:
        if number in {7, 40, 41, PIECES - 1}:
            raise Broken(number)
        return number

    with pytest.raises(Broken) as caught:
        deal(work, PIECES, workers)

    assert caught.value.never_packed() == 7


@forks
def test_a_worker_that_is_killed_is_missed() -> None:
    """The system ends the largest process when the memory is full."""
    code = """
parent = os.getpid()
def work(number):
    if number == 40 and os.getpid() != parent:
        os.kill(os.getpid(), signal.SIGKILL)
try:
    deal(work, LEAST, 2)
except WorkerLost:
    print("missed", multiprocessing.active_children())
"""
    assert in_a_fresh_process(code) == "missed []"


@forks
def test_a_failure_of_a_worker_is_raised_whole() -> None:
    """With all that its error knows, which no pipe could carry."""
    code = """
class Broken(Exception):
    pass
def work(number):
    if number in {7, 40, LEAST - 1}:
        error = Broken(number)
        error.never_packed = lambda: number
        raise error
try:
    deal(work, LEAST, 3)
except Broken as error:
    print(error.never_packed(), multiprocessing.active_children())
"""
    assert in_a_fresh_process(code) == "7 []"


@forks
def test_nothing_is_forked_beside_another_thread() -> None:
    """Its locks would be held for ever."""
    code = """
end = threading.Event()
thread = threading.Thread(target=end.wait)
thread.start()
print(can_fork(), pids(LEAST, 2) == {os.getpid()})
end.set()
thread.join()
print(can_fork())
"""
    assert in_a_fresh_process(code).split() == ["False", "True", "True"]


MANY: Final[Mapping[str, str | bytes | None]] = {
    "pelicanconf.py": SETTINGS,
    **{
        f"content/posts/{n}.md": post(
            f"Words {n}. [Next]({{filename}}/posts/{(n + 1) % 120}.md)",
            title=f"Post {n}",
            date=f"2026-0{n % 9 + 1}-1{n % 10}",
            tags=f"[t{n % 7}]",
        )
        for n in range(120)
    },
}
THREAD: Final = (
    "import threading, time\nthreading.Thread(target=time.sleep, args=(60,), daemon=True).start()\n"
)


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, bytes]:
    """Build a site of many posts in one process."""
    return built(tmp_path_factory.mktemp("alone"), "1")


def built(folder: Path, workers: str, settings: str = "") -> Mapping[str, bytes]:
    """Build it in a process of its own with so many workers; return the finished files."""
    write_site(folder, {**MANY, "pelicanconf.py": SETTINGS + settings})
    done = subprocess.run(
        [sys.executable, "-m", "milepost", "--site", str(folder), "build", "--as-of", DAY],
        env={**os.environ, "MILEPOST_WORKERS": workers},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return tree(folder / "output")


@pytest.mark.parametrize(
    ("workers", "settings"), [("2", ""), ("8", ""), ("2", THREAD)], ids=["2", "8", "a thread"]
)
def test_a_site_is_the_same(
    workers: str, settings: str, tmp_path: Path, alone: Mapping[str, bytes]
) -> None:
    """With any number of workers, and where nothing can be forked."""
    assert built(tmp_path, workers, settings) == alone
