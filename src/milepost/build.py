"""Building a site from its folder, as the commands and the tests do."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

from milepost.clock import WrongClock
from milepost.clock import today as clock_today
from milepost.config import read_config
from milepost.engine.settings import SettingsFailed, load_settings
from milepost.engine.state import pelican_state
from milepost.problems import judged, report
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
    with pelican_state(site):
        try:
            settings = load_settings(site, final=final, as_of=as_of, dry=dry, quiet=quiet)
        except SettingsFailed as reason:
            found = judged([reason.problem], {})
            print(report(found) + failure(found), file=sys.stderr)
            raise BuildFailed from None
        return Site(settings).run()


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
