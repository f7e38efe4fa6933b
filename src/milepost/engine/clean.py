"""Removing what builds made, and nothing else."""

from __future__ import annotations

import shutil
from pathlib import Path

from milepost.engine.record import FOLDER, load_record


def clean(site: Path) -> list[str]:
    """Remove the files that the site's records name, and the records; return the folders' names.

    Files that no build made stay, and so do the folders that hold them.
    """
    removed = []
    for record_file in sorted((site / FOLDER).glob("*.json")):
        record = load_record(record_file)
        output = site / record_file.stem
        if record and output.is_dir():
            for name in record.files:
                (output / name).unlink(missing_ok=True)
            _remove_empty(output)
            removed.append(f"{output.name}/")
    shutil.rmtree(site / FOLDER, ignore_errors=True)
    return removed


def _remove_empty(folder: Path) -> None:
    for path in sorted(folder.rglob("*"), reverse=True):
        if path.is_dir() and not any(path.iterdir()):
            path.rmdir()
    if not any(folder.iterdir()):
        folder.rmdir()
