"""Work for processes of their own, in a module that they can import."""

from __future__ import annotations

import os
from collections.abc import Sequence


def squares(items: Sequence[int]) -> list[tuple[int, int]]:
    """Return who has squared a number, and the square."""
    return [(os.getpid(), number * number) for number in items]


def only_here(here: int, items: Sequence[int]) -> list[int]:
    """Do what only the process `here` can do, as one that has a site's extension."""
    if os.getpid() != here:
        raise ModuleNotFoundError("No module named 'own_extension'")
    return [number + 1 for number in items]


def dying(here: int, items: Sequence[int]) -> list[int]:
    """End every other process than `here`, as one that runs out of memory."""
    if os.getpid() != here:
        os._exit(1)
    return [number + 1 for number in items]


def failing(items: Sequence[int]) -> list[float]:
    """Fail."""
    return [1 / (number - number) for number in items]
