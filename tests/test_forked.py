"""Work that is dealt to copies of a process comes back as if one had done it."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

import pytest

from milepost.engine.forked import CHUNK, LEAST, WorkerLost, can_fork, deal
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


@forks
def test_others_do_it() -> None:
    """Of many pieces this process does none, of few all."""
    assert os.getpid() not in deal(lambda _: os.getpid(), PIECES, 2)
    assert set(deal(lambda _: os.getpid(), LEAST - 1, 2)) == {os.getpid()}


@forks
def test_no_more_processes_than_there_are_chunks() -> None:
    """A process that has nothing to do is not started."""
    assert len(set(deal(lambda _: os.getpid(), LEAST, 50))) == -(-LEAST // CHUNK)


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
    parent = os.getpid()

    def work(number: int) -> int:
        if number == 40 and os.getpid() != parent:
            os.kill(os.getpid(), signal.SIGKILL)
        return number

    with pytest.raises(WorkerLost):
        deal(work, PIECES, 2)
    assert multiprocessing.active_children() == []


@forks
def test_nothing_is_forked_beside_another_thread() -> None:
    """Its locks would be held for ever."""
    end = threading.Event()
    thread = threading.Thread(target=end.wait)
    thread.start()
    try:
        assert not can_fork()
        assert set(deal(lambda _: os.getpid(), PIECES, 2)) == {os.getpid()}
    finally:
        end.set()
        thread.join()


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
