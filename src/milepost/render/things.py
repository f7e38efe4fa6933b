"""What pages say to programs: the types of schema.org that a race's site needs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeAlias

Json: TypeAlias = "str | int | float | bool | Sequence[Json] | Mapping[str, Json] | None"
Thing: TypeAlias = Mapping[str, Json]
"""One thing of https://schema.org as JSON-LD."""
