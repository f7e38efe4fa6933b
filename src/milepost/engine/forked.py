"""Work that is dealt to copies of this process, which have all that it has, where that is safe.

A forked child has everything its parent had, so that nothing is packed, sent or built again. It has
only one of its threads, though, and every lock that another held is held for ever: where a second
thread lives nothing is forked, and the work is done in the process itself.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any, Final, TypeVar

CHUNK: Final = 32
"""Pages that a worker makes before it sends what it knows of them."""

LEAST: Final = 96
"""Pages below which forking costs more time than it saves."""

Made = TypeVar("Made")


class WorkerLost(OSError):
    """A worker ended before its work was done: the system killed it, or it ran out of memory."""


def can_fork() -> bool:
    """Say whether this process may be forked: it has one thread, and its system allows it.

    On macOS Apple's own libraries start threads of which Python knows nothing.
    """
    if not hasattr(os, "fork") or sys.platform == "darwin" or threading.active_count() > 1:
        return False
    # Threads of libraries are none of Python's; Linux tells of those as well.
    with suppress(OSError):
        return len(list(Path("/proc/self/task").iterdir())) == 1
    return True


def deal(
    work: Callable[[int], Made],
    pieces: int,
    workers: int,
    *,
    chunk: int = CHUNK,
    least: int = LEAST,
) -> list[Made]:
    """Return what `work` makes of each number below `pieces`, in order.

    What it raises is raised here, as if one had worked through the numbers alone: of several
    the one of the lowest number. What `work` changes may be lost, since a worker does it.

    Raises:
        WorkerLost: a worker was killed.
    """
    if workers < 2 or pieces < least or not can_fork():  # noqa: PLR2004 - one worker is none
        return [work(piece) for piece in range(pieces)]
    chunks = [range(at, min(at + chunk, pieces)) for at in range(0, pieces, chunk)]
    made = _collected(work, chunks, min(workers, len(chunks)))
    return [piece for chunk in range(len(chunks)) for piece in made[chunk]]


def _collected(
    work: Callable[[int], Made], chunks: list[range], number: int
) -> dict[int, list[Made]]:
    context = multiprocessing.get_context("fork")
    made: dict[int, list[Made]] = {}
    failed: list[int] = []
    children = []
    readers: list[Connection] = []
    try:
        for worker in range(number):
            reader, writer = context.Pipe(duplex=False)
            mine = range(worker, len(chunks), number)
            child = context.Process(target=_work, args=(work, chunks, mine, writer))
            child.start()
            writer.close()
            children.append(child)
            readers.append(reader)
        for at, done in _received(list(readers)):
            if done is None:
                failed.append(at)
            else:
                made[at] = done
        for child in children:
            child.join()
    except BaseException:
        for child in children:
            child.terminate()
            child.join()
        raise
    finally:
        for reader in readers:
            reader.close()
    if failed:
        # Done again here, it fails with all that its error knows, which no pipe could carry.
        work(min(failed))
        raise WorkerLost("a process that made pages failed where this one does not")
    return made


def _received(readers: list[Connection]) -> Iterator[tuple[int, Any]]:
    """Yield (chunk, what was made of it), or (number, None) of a piece that failed."""
    while readers:
        for ready in wait(readers):
            reader = next(one for one in readers if one is ready)
            try:
                message = reader.recv()
            except EOFError:
                raise WorkerLost("a process that made pages was ended from outside") from None
            if message is None:
                readers.remove(reader)
            else:
                yield message


def _work(
    work: Callable[[int], Made], chunks: list[range], mine: range, writer: Connection
) -> None:
    """Do every chunk that is this worker's and send what it made; the first failure ends it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which ends us all
    gc.disable()  # looking through what is there would copy it into every worker
    parent = os.getppid()
    with suppress(BrokenPipeError):
        for at in mine:
            done: list[Made] = []
            try:
                for piece in chunks[at]:
                    if os.getppid() != parent:
                        return
                    done.append(work(piece))
            except Exception:  # noqa: BLE001 - the parent does it again and raises the same
                writer.send((chunks[at][len(done)], None))
                break
            writer.send((at, done))
        writer.send(None)
