"""Keeping what was made once: by the digest of all that it follows from."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from typing import Protocol


class Keeper(Protocol):
    """Keeps texts, each under a key, from one build to the next.

    A key is the digest of everything that its text follows from, so what is kept is right or
    is not there.
    """

    def recall(self, keys: Collection[bytes]) -> Mapping[bytes, str]:
        """Return what is kept under any of the keys."""

    def keep(self, made: Mapping[bytes, str]) -> None:
        """Keep more."""

    def release(self, keys: Collection[bytes]) -> None:
        """Take note that this build has no use for some of what it recalled."""

    def renounce(self, reason: str) -> None:
        """Take note of a reason for which something cannot be kept: a whole sentence."""


class Forgetful:
    """Keeps nothing."""

    def recall(self, keys: Collection[bytes]) -> Mapping[bytes, str]:  # noqa: ARG002
        """Return nothing."""
        return {}

    def keep(self, made: Mapping[bytes, str]) -> None:
        """Do nothing."""

    def release(self, keys: Collection[bytes]) -> None:
        """Do nothing."""

    def renounce(self, reason: str) -> None:
        """Do nothing: nothing would have been kept."""


def key_of(*parts: bytes) -> bytes:
    """Return the digest of some parts in their order; none of them runs into the next."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(len(part).to_bytes(8, "little"))
        digest.update(part)
    return digest.digest()
