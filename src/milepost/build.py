"""Building a site from its folder, as the commands and the tests do."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

from milepost.clock import WrongClock, file_time
from milepost.clock import today as clock_today
from milepost.config import FINAL_FILE, SETTINGS_FILE, read_config
from milepost.engine.looked_at import LookedAt, looked_at
from milepost.engine.settings import SettingsFailed, load_settings
from milepost.engine.state import pelican_state
from milepost.engine.unchanged import Sources, Watch
from milepost.problems import judged, report
from milepost.roster.load import FILE as SPONSORS_FILE
from milepost.roster.private import FILE as PRIVATE_FILE
from milepost.site import BuildFailed, Site
from milepost.summary import Summary, failure

__all__ = ["BuildFailed", "build", "output_folder", "output_folders", "today"]


def build(
    site: Path,
    *,
    final: bool = False,
    as_of: date | None = None,
    dry: bool = False,
    quiet: bool = False,
) -> Summary:
    """Build the site of a folder, and leave no trace of it in this process.

    `final` builds what may be published, with `publishconf.py`; `as_of` takes another day than
    today; `dry` puts nothing into the output; `quiet` prints problems only.

    Raises:
        BuildFailed: there are problems; they are printed already.
    """
    began = file_time()
    with pelican_state(site):
        try:
            with looked_at() as seen:
                settings = load_settings(site, final=final, as_of=as_of, dry=dry, quiet=quiet)
        except SettingsFailed as reason:
            found = judged([reason.problem], {})
            print(report(found) + failure(found), file=sys.stderr)
            raise BuildFailed from None
        made = Site(settings)
        if dry:
            return made.run()
        watch = Watch(site, final=final, began=began, sources=_sources(site, made, seen))
        summary = made.run()
        if made.is_repeatable and not seen.is_beyond:
            watch.remember(zone=made.zone, warnings=made.warnings, summary=summary, made=made.files)
        return summary


def _sources(site: Path, made: Site, seen: LookedAt) -> Sources:
    """Return where all is that a build may read."""
    block_list = made.settings.get("BLOCK_LIST")
    return Sources(
        files=(
            *map(Path, sorted(seen.files)),
            *(site / name for name in (SETTINGS_FILE, FINAL_FILE, SPONSORS_FILE, PRIVATE_FILE)),
            *([site / block_list] if isinstance(block_list, str) else ()),
        ),
        # Also where nothing is yet: a folder that comes is a change.
        folders=(Path(made.settings["PATH"]), site / "theme", *made.themes),
    )


def output_folder(site: Path) -> Path:
    """Return where a site is built to; `output` when its settings cannot be read."""
    return _output_folder(site, final=False) or site / "output"


def output_folders(site: Path) -> list[Path]:
    """Return where a site is built to, and where its final builds go, as its settings say now."""
    found = (_output_folder(site, final=final) for final in (False, True))
    return [folder for folder in found if folder]


def _output_folder(site: Path, *, final: bool) -> Path | None:
    try:
        with pelican_state(site):
            return Path(load_settings(site, final=final)["OUTPUT_PATH"])
    except SettingsFailed:
        return None


def today(site: Path) -> date:
    """Return today in the race's time zone; the machine's own when that cannot be told."""
    try:
        with pelican_state(site):
            config, _ = read_config(load_settings(site), site, final=False)
        return clock_today(config.zone)
    except (SettingsFailed, WrongClock):
        return date.today()  # noqa: DTZ011 - no zone is known
