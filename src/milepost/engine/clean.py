"""Removing what builds made, and nothing else."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from milepost.engine.ground import kind, parents
from milepost.engine.obstacles import output_label
from milepost.engine.record import Record, load_record, record_path
from milepost.engine.stage import new_stage, or_refuse
from milepost.paths import FOLDER

_HASHED: Final = re.compile(r"\.[0-9a-f]{12}$")
"""How the name of a record ends whose output is not directly in the site's folder."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cleaned:
    """The output folders whose files were `removed`, and the records that were of no use.

    A record is `unknown` when it is damaged, or of an output elsewhere that the settings no
    longer name: nobody can tell from it which files are ours.
    """

    removed: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()


def clean(site: Path, outputs: Iterable[Path] = ()) -> Cleaned:
    """Remove the files that the site's records name, and the records.

    `outputs` are the output folders of the settings: a record of one that is not directly in the
    site's folder does not tell where that is. Files that no build made stay, and so do the
    folders that hold them.

    Raises:
        BuildRefused: a build of the site is running, or something cannot be removed.
    """
    if not (site / FOLDER).is_dir():
        return Cleaned()
    removed, unknown = [], []
    with (
        new_stage(site),
        or_refuse("Not everything can be removed", "mend that, and try again."),
    ):
        places = {record_path(site, output).name: output for output in outputs}
        for file in sorted((site / FOLDER).glob("*.json")):
            output = places.get(file.name, site / file.stem)
            record = load_record(file)
            is_elsewhere = file.name not in places and _HASHED.search(file.stem)
            if record is None or (is_elsewhere and not output.is_dir()):
                unknown.append(f"{FOLDER}/{file.name}")
                continue
            if output.is_dir():
                _remove(Path(os.path.realpath(output)), record)
                removed.append(f"{output_label(output, site)}/")
            file.unlink()
    if not unknown:
        shutil.rmtree(site / FOLDER, ignore_errors=True)
    return Cleaned(removed=tuple(removed), unknown=tuple(unknown))


def _remove(output: Path, record: Record) -> None:
    """Remove the files of a record, and the folders that this empties.

    A link on the way to a file was put there by somebody else and leads who knows where.
    """
    folders: set[str] = set()
    for name in record.files:
        way = set(parents(name))
        if all(kind(output / parent) == "folder" for parent in way):
            folders |= way
            if kind(output / name) == "file":
                (output / name).unlink()
    for name in sorted(folders, key=len, reverse=True):
        with suppress(OSError):
            (output / name).rmdir()
    with suppress(OSError):
        output.rmdir()
