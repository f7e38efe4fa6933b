"""Work that is shared out: over processes of this machine, or over a cluster of others."""

from __future__ import annotations

import contextlib
import gc
import logging
import math
import multiprocessing
import os
import pickle
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from functools import partial
from typing import Final, Literal, TypeAlias, TypeVar

from milepost.engine.forked import can_fork
from milepost.posts.fingerprint import reading_fingerprint
from milepost.problems import SITE, Problem, quote

COUNT: Final = "MILEPOST_WORKERS"
"""The variable of the environment that says how many processes to use."""

SCHEDULER: Final = "MILEPOST_SCHEDULER"
"""The one that has the address of a Dask scheduler."""

_LEAST: Final = {"fork": 100, "forkserver": 600, "spawn": 1000, "remote": 200}
"""How many posts make up for starting processes, by how these are started (2 cores, measured)."""

_SMALLEST, _LARGEST, _EACH = 25, 250, 4
"""Posts in one chunk, and chunks for each worker: so many that all of them end together."""

_PATIENCE: Final = "5s"
"""How long a scheduler may take to answer."""

Method: TypeAlias = Literal["fork", "forkserver", "spawn"]
_Item = TypeVar("_Item")
_Result = TypeVar("_Result")


class WrongWorkers(ValueError):
    """The environment asks for something that is no number of workers; the text says so."""


class Workers:
    """Hands work to other processes, where there is enough of it, and does the rest itself.

    What comes out does not depend on who did it. A piece that no worker could do, because an
    extension is not there or cannot be sent, is done here. `problems` says where that is not what
    the environment asked for. Without a `method` of starting processes it is the best one.
    """

    def __init__(self, count: int, scheduler: str = "", method: Method | None = None) -> None:
        self.count = count
        self.problems: list[Problem] = []
        self._scheduler = scheduler
        self._method = method

    def __call__(
        self,
        function: Callable[[Sequence[_Item]], list[_Result]],
        items: Sequence[_Item],
        likeness: Callable[[], bytes] = reading_fingerprint,
    ) -> list[_Result]:
        """Return what `function` makes of the items, in their order.

        It must make the same of items in several pieces as of all of them at once. `likeness`
        returns what must be the same on another machine, for it to make the same.
        """
        if self._scheduler and len(items) >= _LEAST["remote"] and self._is_known(likeness):
            with self._cluster() as cluster:
                if cluster:
                    alike = partial(_if_alike, likeness, likeness(), function)
                    made, undone = _shared(cluster, alike, function, items, _LARGEST)
                    if undone:
                        self._tell("has workers with other versions, or that miss an extension")
                    return made
        method = self._method or best_method()
        if self.count < 2 or len(items) < self.least(method) or not _can_be_sent(function):  # noqa: PLR2004
            return function(items)
        size = max(_SMALLEST, min(_LARGEST, math.ceil(len(items) / self.count / _EACH)))
        count = min(self.count, math.ceil(len(items) / size))
        context = multiprocessing.get_context(method)
        with ProcessPoolExecutor(count, context, initializer=_alone) as pool:
            return _shared(pool, function, function, items, size)[0]

    def least(self, method: Method) -> int:
        """Return how many items are worth more than one process."""
        return 1 if self._method else _LEAST[method]

    def _is_known(self, likeness: Callable[[], bytes]) -> bool:
        """Say whether it can be known of another machine that it makes the same."""
        try:
            likeness()
        except ValueError:
            self._tell("is of no use: other machines could take these settings for others")
            return False
        return True

    @contextlib.contextmanager
    def _cluster(self) -> Iterator[Executor | None]:
        """Yield the executor of the cluster, or None with a problem."""
        try:
            from distributed import Client  # noqa: PLC0415 - only where a scheduler is
        except ImportError:
            self._tell(
                "needs the package distributed, which is not installed: install Milepost with "
                'its extra, as "milepost[dask]"'
            )
            yield None
            return
        try:
            client = Client(self._scheduler, timeout=_PATIENCE, set_as_default=False)
        except (OSError, ValueError, TimeoutError):
            self._tell("has the address of no scheduler that answers")
            yield None
            return
        with client:
            yield client.get_executor()

    def _tell(self, what: str) -> None:
        message = f"{SCHEDULER} {what}. All posts that need it are converted on this machine."
        self.problems.append(Problem(check="workers", file=SITE, message=message))


def workers_of(environment: Mapping[str, str]) -> Workers:
    """Return the workers that the environment asks for: as many as there are processors.

    Raises:
        WrongWorkers: `MILEPOST_WORKERS` is no number.
    """
    written = environment.get(COUNT, "").strip()
    if written and not (written.isascii() and written.isdigit() and int(written)):
        raise WrongWorkers(f"{COUNT} {quote(written)} is not a whole number above 0.")
    count = int(written) if written else processors()
    return Workers(count, environment.get(SCHEDULER, "").strip())


def processors() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def best_method() -> Method:
    """Return how to start processes: copies of this one, unless they could be stuck for ever."""
    return "fork" if can_fork() else "spawn"


def _can_be_sent(function: object) -> bool:
    try:
        pickle.dumps(function)
    except Exception:  # noqa: BLE001 - settings have anybody's objects in them
        return False
    return True


def _shared(
    executor: Executor,
    there: Callable[[Sequence[_Item]], list[_Result] | None],
    here: Callable[[Sequence[_Item]], list[_Result]],
    items: Sequence[_Item],
    size: int,
) -> tuple[list[_Result], int]:
    """Return the results, and how many pieces no worker could do, which were done here."""
    pieces = [items[at : at + size] for at in range(0, len(items), size)]
    try:
        futures = [executor.submit(there, piece) for piece in pieces]
    except Exception:  # noqa: BLE001 - whatever it is, the work can be done here
        return here(items), len(pieces)
    made: list[_Result] = []
    undone = 0
    for piece, future in zip(pieces, futures, strict=True):
        result = _result(future)
        undone += result is None
        made += here(piece) if result is None else result
    return made, undone


def _result(future: Future[list[_Result] | None]) -> list[_Result] | None:
    try:
        return future.result()
    except Exception:  # noqa: BLE001 - if it is the work's own fault, it comes again here
        return None


def _alone() -> None:
    """Be a worker: nobody reads what it would log, and nobody else's garbage is its own."""
    logging.disable()
    gc.freeze()
    gc.enable()


def _if_alike(
    likeness: Callable[[], bytes],
    expected: bytes,
    function: Callable[[Sequence[_Item]], list[_Result]],
    items: Sequence[_Item],
) -> list[_Result] | None:
    """Do one piece of the work, or nothing where the programs are others than expected."""
    return function(items) if likeness() == expected else None
