"""The record of what a build put into its output folder."""

from __future__ import annotations

import hashlib
import json
import os
import re
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal

from milepost.paths import FOLDER, objection
from milepost.roster.published import PublishedSponsor

if TYPE_CHECKING:
    from collections.abc import Mapping

Profile = Literal["development", "final"]

_VERSION: Final = 2
"""The form of the file; the first had neither a version nor sponsors."""

_DIGEST: Final = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What builds made in one output folder.

    `files` maps names below the output, with forward slashes, to SHA-256 digests in hexadecimal.
    `day` is the day that the site was built for. While a build is not `finished`, `files` names
    all that the last builds and this one may have put there, and only the names can be relied
    upon: such an output is a mixture and must not be published.

    `sponsors` are those that a final build made public, so that the next builds can tell whether
    their ids have changed; other builds keep none.
    """

    profile: Profile
    day: date
    files: Mapping[str, str]
    finished: bool = True
    sponsors: tuple[PublishedSponsor, ...] = ()


def record_path(site: Path, output: Path) -> Path:
    """Return where the record of `output` lies: `.milepost/<output>.json` in the site's folder.

    An output that is not directly in the site's folder, once links are followed, has a hash of
    its place in the name, so that no two folders share a record.
    """
    home = Path(os.path.realpath(site))
    folder = Path(os.path.realpath(output))
    name = folder.name
    if folder.parent != home:
        # Below the site its place is relative, so that the site's folder can be moved.
        below = folder.is_relative_to(home)
        place = folder.relative_to(home).as_posix() if below else folder.as_posix()
        name += "." + hashlib.sha256(os.fsencode(place)).hexdigest()[:12]
    return site / FOLDER / f"{name}.json"


def load_record(path: Path) -> Record | None:
    """Return the record at `path`, or None when there is none or when it is damaged.

    A record that is damaged in any part (cut short, of other types, a name that leaves its
    folder) proves nothing about any file, so it counts as no record at all: nothing is ever
    removed because of it, and an output that holds files is then refused.
    """
    # RecursionError: thousands of brackets in a row.
    with suppress(OSError, ValueError, RecursionError):
        return _record(json.loads(path.read_bytes()))
    return None


def save_record(path: Path, record: Record) -> None:
    """Put the record in place in one step: the same record always gives the same bytes.

    Raises:
        OSError: it cannot be written; a record that was there is still whole.
    """
    text = json.dumps(
        {
            "profile": record.profile,
            "day": record.day.isoformat(),
            "finished": record.finished,
            "files": dict(record.files),
            "sponsors": [asdict(sponsor) for sponsor in record.sponsors],
            "version": _VERSION,
        },
        indent=1,
        sort_keys=True,
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f"{path.name}.tmp")
    try:
        temporary.write_bytes(text.encode("ascii") + b"\n")
        temporary.replace(path)
    except BaseException:
        with suppress(OSError):
            temporary.unlink()
        raise


def last_published(site: Path) -> tuple[PublishedSponsor, ...]:
    """Return the sponsors that the last final build of a site made public, wherever it put it.

    Without such a build on this computer, or without a record of it, there are none.
    """
    with suppress(OSError):
        files = sorted((site / FOLDER).glob("*.json"), key=lambda path: path.stat().st_mtime)
        records = [record for file in files if (record := load_record(file))]
        finals = [record.sponsors for record in records if record.profile == "final"]
        return finals[-1] if finals else ()
    return ()


def _record(value: Any) -> Record | None:
    match value:
        case {
            "profile": "development" | "final" as profile,
            "day": str(day),
            "finished": bool(finished),
            "files": dict(files),
        } if all(map(_is_entry, files.items())):
            return Record(
                profile=profile,
                day=date.fromisoformat(day),
                files=files,
                finished=finished,
                sponsors=_sponsors(value),
            )
    return None


def _sponsors(value: dict[str, Any]) -> tuple[PublishedSponsor, ...]:
    """Return the sponsors of a record; one of the first form has none.

    Raises:
        ValueError: they are damaged, or in a form that is not known.
    """
    match value.get("version", 1), value.get("sponsors", []):
        case 1, []:
            return ()
        case 2, [*items]:
            return tuple(map(_sponsor, items))
        case _:
            raise ValueError("sponsors")


def _sponsor(item: Any) -> PublishedSponsor:
    match item:
        case {
            "id": str(ident),
            "name": str(name),
            "tier": [*tier],
            "url": (str() | None) as url,
            "logo": (str() | None) as logo,
            "has_made_id": bool(has_made_id),
        } if all(isinstance(each, str) for each in tier):
            return PublishedSponsor(
                id=ident, name=name, tier=tuple(tier), url=url, logo=logo, has_made_id=has_made_id
            )
        case _:
            raise ValueError("sponsor")


def _is_entry(entry: tuple[str, Any]) -> bool:
    name, digest = entry
    if objection(name):
        return False
    os.fsencode(name)  # half a surrogate pair, which no disk can keep, is a ValueError
    return isinstance(digest, str) and _DIGEST.fullmatch(digest) is not None
