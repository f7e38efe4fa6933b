"""Work on many things alike, which others may share."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol, TypeVar

_Item = TypeVar("_Item")
_Result = TypeVar("_Result")


class Workers(Protocol):
    """Hands things to a function in as many pieces as it likes; gives the results in their order.

    The function must make the same of them in pieces as of all at once. `likeness` returns what
    must be the same on another machine, for it to make the same there.
    """

    def __call__(
        self,
        function: Callable[[Sequence[_Item]], list[_Result]],
        items: Sequence[_Item],
        likeness: Callable[[], bytes],
    ) -> list[_Result]:
        """Return what the function makes of the items."""


def alone(
    function: Callable[[Sequence[_Item]], list[_Result]],
    items: Sequence[_Item],
    likeness: Callable[[], bytes],  # noqa: ARG001 - it is this machine
) -> list[_Result]:
    """Do all the work here and now."""
    return function(items)
