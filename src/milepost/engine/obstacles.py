"""What forbids putting a site into its output folder, found before anything there is changed."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from milepost.engine.ground import TEMPORARY, Ground, is_same, kind, parents, without_case
from milepost.engine.record import load_record
from milepost.engine.stage import BuildRefused, or_refuse
from milepost.paths import FOLDER, objection

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable


def output_label(output: Path, site: Path) -> str:
    """Return what messages call the output: its name below the site, else its full path."""
    full, home = output.absolute(), site.absolute()
    below = full != home and full.is_relative_to(home)
    return full.relative_to(home).as_posix() if below else str(full)


def refuse_output(output: Path, record_file: Path) -> None:
    """Refuse a folder that no build may fill, whatever the build makes.

    It reads only, so it can be asked before the pages are rendered, too. `record_file` lies in
    `.milepost` of the site's folder. A link that leads to a folder is followed.

    Raises:
        BuildRefused: the output is or overlaps the site's own folders, is no folder, or is
            filled with files while there is no whole record of what builds made there.
    """
    site = record_file.parent.parent
    label = output_label(output, site)
    with or_refuse(
        f"{label}/ cannot be looked at",
        "nothing was changed; allow yourself to read it, and build again.",
    ):
        _refuse_place(output, label, site)
        _refuse_unknown(output, label, record_file)


def refuse_obstacles(ground: Ground, names: Collection[str]) -> None:
    """Refuse names that cannot be kept, and whatever in the output stands in their way.

    `names` are those of the site that have to be looked for: the others are there already.

    Raises:
        BuildRefused: see the messages; nothing was changed.
        OSError: the output cannot be read.
    """
    if not ground.new <= ground.old:
        _refuse_names(sorted(ground.new))
    _refuse_on_the_way(ground, frozenset(parent for name in names for parent in parents(name)))
    for name in sorted(ground.stale):
        if kind(ground.at(name)) == "link":
            raise _link(ground, name)
    strangers = [name for name in sorted(names) if _is_stranger(ground, name)]
    if strangers:
        raise BuildRefused(
            f"{ground.label}/ has {_some(strangers)}, which Milepost did not make but would "
            "replace; move what you want to keep to another folder, and build again."
        )


def refuse_read_only(ground: Ground, names: Iterable[str]) -> None:
    """Refuse to begin when a folder in which one of `names` changes may not be changed.

    Raises:
        BuildRefused: such a folder, or the one to make it in, is read-only.
    """
    for folder in sorted({ground.at(name).parent for name in names}):
        place = next(place for place in (folder, *folder.parents) if place.is_dir())
        if not os.access(place, os.W_OK | os.X_OK):
            raise BuildRefused(
                f"{place} is read-only for you, so the site cannot be saved in {ground.label}/; "
                "allow yourself to change it, and build again."
            )


def _refuse_place(output: Path, label: str, site: Path) -> None:
    folder = Path(os.path.realpath(output))
    if kind(output) == "link" and not folder.exists():
        raise BuildRefused(
            f"{label} is a link to a folder that is not there; mend or remove the link "
            "(is a disk missing?), and build again."
        )
    place = next(place for place in (folder, *folder.parents) if place.exists())
    if not place.is_dir():
        raise BuildRefused(
            f"{place} is not a folder, so the site cannot be saved in {label}/; "
            "move it out of the way, or name another output folder."
        )
    home = Path(os.path.realpath(site))
    own = [Path(os.path.realpath(site / name)) for name in ("content", "theme", FOLDER)]
    if _holds(folder, home) or any(_holds(folder, it) or _holds(it, folder) for it in own):
        raise BuildRefused(
            f"{label}/ cannot be the output folder, because the site's own files are in it or "
            "round it; name a folder that holds nothing else, such as output."
        )


def _refuse_unknown(output: Path, label: str, record_file: Path) -> None:
    # Hidden files do not count: desktops (.DS_Store) and git leave them in empty folders.
    there = output.iterdir() if output.exists() else ()
    visible = sorted(path.name for path in there if not path.name.startswith("."))
    if not visible or load_record(record_file) is not None:
        return
    if kind(record_file) != "nothing":
        raise BuildRefused(
            f"{record_file.parent.name}/{record_file.name}, the list of what Milepost made in "
            f"{label}/, is damaged or cannot be read; move your own files out of {label}/ if there "
            "are any, empty it, and build again."
        )
    raise BuildRefused(
        f"{label}/ holds files that Milepost did not make ({_some(visible)}); move them to "
        "another folder, or empty this one if an earlier build made them, and build again."
    )


def _refuse_names(names: Iterable[str]) -> None:
    spelt: dict[str, str] = {}
    for name in names:
        reason = objection(name)
        if reason:
            raise BuildRefused(
                f'The site cannot have a file "{name}", because it {reason}; '
                "rename what it is made from."
            )
        for part in (*parents(name), name):
            other = spelt.setdefault(without_case(part), part)
            if other != part:
                raise BuildRefused(
                    f'The site would have both "{other}" and "{part}", which are one and the '
                    "same on many computers; rename what one of them is made from."
                )


def _refuse_on_the_way(ground: Ground, folders: frozenset[str]) -> None:
    for parent in sorted(folders | ground.stale_folders):
        found = kind(ground.at(parent))
        if found == "link":
            raise _link(ground, parent)
        if (
            parent in ground.new_folders
            and found in {"file", "other"}
            and not ground.is_ours(parent)
        ):
            raise BuildRefused(
                f"{ground.label}/{parent} is a file that Milepost did not make, where the site "
                "needs a folder; move it to another folder, and build again."
            )


def _is_stranger(ground: Ground, name: str) -> bool:
    match kind(ground.at(name)):
        case "nothing":
            return False
        case "file":
            return not ground.is_ours(name)
        case "other":
            return True
        case "link":
            raise _link(ground, name)
        case "folder":
            _refuse_folder(ground, name)
            return False


def _refuse_folder(ground: Ground, name: str) -> None:
    """Refuse a folder where a file must be, unless all that is in it goes with this build."""
    for here, folders, files in os.walk(ground.at(name)):
        within = Path(here).relative_to(ground.folder).as_posix()
        going = [
            TEMPORARY.fullmatch(file) or f"{within}/{file}" in ground.stale for file in files
        ] + [f"{within}/{folder}" in ground.stale_folders for folder in folders]
        if within not in ground.stale_folders or not all(going):
            raise BuildRefused(
                f"{ground.label}/{within} is a folder that Milepost did not make or that holds "
                f"files of yours, and the site needs a file at {name}; move it to another "
                "folder, and build again."
            )


def _link(ground: Ground, name: str) -> BuildRefused:
    return BuildRefused(
        f"{ground.label}/{name} is a link, and Milepost changes only real files in real folders, "
        "so that it never changes anything elsewhere; remove the link, and build again."
    )


def _holds(outer: Path, inner: Path) -> bool:
    """Say whether `inner` is `outer` or below it, however the disk spells them."""
    return any(outer == place or is_same(outer, place) for place in (inner, *inner.parents))


def _some(names: Collection[str]) -> str:
    first = list(names)[:2]
    more = len(names) - len(first)
    return ", ".join(first) + (f" and {more:,} more" if more else "")
