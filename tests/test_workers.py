"""Work that is shared out gives the same as work that is not."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor

import milepost
from awkward import DEFAULT, TEXTS
from milepost.engine.workers import (
    Method,
    Workers,
    WrongWorkers,
    best_method,
    processors,
    workers_of,
)
from milepost.posts.converted import convert_all
from milepost.roster.names import find_in_all
from sites import build_site, post
from worker_tasks import dying, failing, only_here, squares

SETTINGS = {"extensions": list(DEFAULT)}
PAIRS = [(text, text[:40]) for text in TEXTS]
ALONE = convert_all(SETTINGS, PAIRS)
METHODS: tuple[Method, ...] = ("fork", "forkserver", "spawn")


@pytest.mark.parametrize("count", [1, 2, 8])
def test_any_number_of_workers_converts_alike(count: int) -> None:
    """One process, two and eight give the same texts in the same order."""
    assert Workers(count, method="spawn")(partial(convert_all, SETTINGS), PAIRS) == ALONE


@pytest.mark.parametrize("method", METHODS)
def test_every_way_to_start_processes_converts_alike(method: Method) -> None:
    """Copies of this process and new ones give the same."""
    program = f"""
import sys
sys.path.insert(0, {str(Path(__file__).parent)!r})
if __name__ == "__main__":
    from test_workers import ALONE, PAIRS, SETTINGS, Workers, convert_all, partial
    print(Workers(2, method={method!r})(partial(convert_all, SETTINGS), PAIRS * 4) == ALONE * 4)
"""
    if method == "fork" and sys.platform in {"win32", "darwin"}:
        pytest.skip("this system does not copy processes")

    run = started("-c", program)

    assert (run.stdout, run.stderr) == ("True\n", "")


def started(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run Python."""
    return subprocess.run([sys.executable, *arguments], capture_output=True, text=True, check=False)


def test_little_work_is_done_here() -> None:
    """Starting processes for a few posts would take longer than converting them."""
    made = Workers(8)(squares, range(20))

    assert made == [(os.getpid(), number * number) for number in range(20)]


def test_much_work_is_done_elsewhere() -> None:
    """A thousand posts are worth several processes."""
    made = Workers(2)(squares, range(1000))

    assert [square for _, square in made] == [number * number for number in range(1000)]
    assert os.getpid() not in {worker for worker, _ in made}


class Local(Extension):
    """An extension that cannot be sent to another process."""

    def __init__(self) -> None:
        """Hold something that is bound to this process."""
        super().__init__()
        self.lock = threading.Lock()

    def extendMarkdown(self, md: Any) -> None:  # noqa: N802 - Markdown's name
        """Shout."""
        md.preprocessors.register(Upper(md), "upper", 28)


class Upper(Preprocessor):
    """Makes all letters capitals."""

    def run(self, lines: list[str]) -> list[str]:
        """Do so."""
        return [line.upper() for line in lines]


def test_what_cannot_be_sent_is_done_here() -> None:
    """A site's own extension may have anything in it."""
    settings = {"extensions": [Local()]}

    made = Workers(2, method="spawn")(partial(convert_all, settings), PAIRS)

    assert made == convert_all(settings, PAIRS)


@pytest.mark.parametrize("work", [only_here, dying])
def test_what_no_worker_can_do_is_done_here(work: Any) -> None:
    """An extension that is not there for workers, or a worker that dies, costs time only."""
    made = Workers(2, method="spawn")(partial(work, os.getpid()), range(300))

    assert made == list(range(1, 301))


def test_a_fault_of_the_work_itself_is_not_hidden() -> None:
    """What fails here as well fails as it would without workers."""
    with pytest.raises(ZeroDivisionError):
        Workers(2, method="spawn")(failing, range(300))


def test_no_process_is_copied_while_another_thread_lives() -> None:
    """The copy would wait for ever for a lock that the thread had."""
    done = threading.Event()
    thread = threading.Thread(target=done.wait)
    thread.start()

    method = best_method()

    done.set()
    thread.join()
    assert method == "spawn"


def test_the_environment_says_how_many_workers_there_are() -> None:
    """Without a word there are as many as processors."""
    assert workers_of({}).count == processors()
    assert workers_of({"MILEPOST_WORKERS": "3"}).count == 3


@pytest.mark.parametrize("written", ["0", "two", "-1", "1.5", "²"])
def test_a_number_of_workers_must_be_one(written: str) -> None:
    """Anything else is refused with the value."""
    with pytest.raises(WrongWorkers, match=f'MILEPOST_WORKERS "{written}" is not a whole number'):
        workers_of({"MILEPOST_WORKERS": written})


def test_a_wrong_number_stops_the_build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One sentence says what is wrong."""
    monkeypatch.setenv("MILEPOST_WORKERS", "many")

    built = build_site(tmp_path)

    assert (built.code, built.report) == (
        1,
        'MILEPOST_WORKERS "many" is not a whole number above 0.\n',
    )


POSTS = {
    f"content/posts/{number}.md": post(f"*Words* {number}", title=f"Post {number}")
    for number in range(210)
}


def test_a_site_is_the_same_with_one_worker_and_with_eight(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every page has the same bytes."""
    monkeypatch.setenv("MILEPOST_WORKERS", "1")
    one = build_site(tmp_path / "one", POSTS)
    monkeypatch.setenv("MILEPOST_WORKERS", "8")

    eight = build_site(tmp_path / "eight", POSTS)

    assert one.code == eight.code == 0
    assert one.files == eight.files


def test_names_are_found_alike() -> None:
    """Sponsors' names are looked for where there is room, and found in the same places."""
    names = (("Acme Running", "Hill & Dale"), ("Acme Running",), ())
    texts = [["Acme Runing and Hill & Dale", text] for text in TEXTS]
    find = partial(find_in_all, *names)

    assert Workers(2, method="spawn")(find, texts) == find(texts)


# A cluster.


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Start a scheduler and two workers on this machine; yield the scheduler's address."""
    pytest.importorskip("distributed")
    folder = tmp_path_factory.mktemp("cluster")
    told = folder / "scheduler.json"
    local = ["--host", "tcp://127.0.0.1", "--no-dashboard"]
    dask = [sys.executable, "-m", "distributed.cli.dask_scheduler"]
    worker = [sys.executable, "-m", "distributed.cli.dask_worker"]
    commands = [
        [*dask, *local, "--port", "0", "--scheduler-file", str(told)],
        *([*worker, *local, "--no-nanny", "--scheduler-file", str(told)] for _ in range(2)),
    ]
    paths = [str(Path(__file__).parent), str(Path(milepost.__file__).parents[1])]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(paths)}
    running = []
    for command in commands:
        running.append(
            subprocess.Popen(
                command,
                cwd=folder,
                env=environment,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
        )
        while not told.is_file():
            assert running[0].poll() is None
            time.sleep(0.05)
    yield json.loads(told.read_text())["address"]
    for process in reversed(running):
        process.terminate()
        process.wait()


def test_a_cluster_converts_alike(cluster: str) -> None:
    """A scheduler and two workers on other processes give the same bytes."""
    workers = Workers(1, cluster)

    made = workers(partial(convert_all, SETTINGS), PAIRS * 6)

    assert made == ALONE * 6
    assert workers.problems == []


def test_a_cluster_does_the_work(cluster: str) -> None:
    """It is not done here by accident."""
    made = Workers(1, cluster)(squares, range(600))

    assert [square for _, square in made] == [number * number for number in range(600)]
    assert os.getpid() not in {worker for worker, _ in made}


def test_what_a_cluster_cannot_do_is_told(cluster: str) -> None:
    """It is done here, with one line."""
    workers = Workers(1, cluster)

    made = workers(partial(only_here, os.getpid()), range(600))

    assert made == list(range(1, 601))
    assert ["miss an extension" in problem.message for problem in workers.problems] == [True]


def test_a_missing_package_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever names a scheduler and has not the package reads how to get it."""
    monkeypatch.setitem(sys.modules, "distributed", None)
    workers = Workers(1, "tcp://127.0.0.1:9")

    made = workers(squares, range(300))

    assert len(made) == 300
    assert ["milepost[dask]" in problem.message for problem in workers.problems] == [True]


def test_a_scheduler_that_is_not_there_is_told_once() -> None:
    """The work is done on this machine, with one line and nothing of what a program would say."""
    program = f"""
import sys
sys.path.insert(0, {str(Path(__file__).parent)!r})
from milepost.engine.workers import Workers
from worker_tasks import squares
workers = Workers(1, "tcp://127.0.0.1:9")
print(len(workers(squares, range(300))), *(problem.message for problem in workers.problems))
"""
    run = started("-c", program)

    assert run.stdout.startswith("300 MILEPOST_SCHEDULER has the address of no scheduler")
    assert run.stderr == ""
