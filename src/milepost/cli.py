"""The `milepost` command: its tasks, their options, and the exit codes.

0 is good, 1 means that problems were found, 2 that the command was used wrongly.
"""

from __future__ import annotations

import argparse
import io
import os
import re
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final, NoReturn

from milepost import __version__

if TYPE_CHECKING:
    from milepost.roster.change import ListChange
    from milepost.roster.load import Roster

PORT: Final = 8000
LAST_PORT: Final = 65535

_CHOICE = re.compile(r"invalid choice: '(?P<word>[^']*)' \(choose from (?P<known>[^)]*)\)")


def main(argv: Sequence[str] | None = None) -> int:
    """Run one task; return the exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A terminal or pipe that lacks a letter of a sponsor's name shows a ? instead.
            stream.reconfigure(errors="replace")
    parser = _parser()
    options, rest = parser.parse_known_args(argv)
    # What these are told is for other programs to understand.
    if rest and options.task not in {"test", "lint", "bench"}:
        parser.error(f"unrecognized arguments: {' '.join(rest)}")
    options.rest = rest
    # Either half of the command line may carry these, so neither half has a default for them.
    options.quiet = getattr(options, "quiet", False)
    site = Path(getattr(options, "site", ".")).expanduser().resolve()
    if not site.is_dir():
        parser.error(f"{site} is not a folder")
    try:
        return int(options.run(options, site))
    except KeyboardInterrupt:
        return 0 if options.task == "serve" else 130
    except SystemExit as end:
        if isinstance(end.code, str):
            print(end.code, file=sys.stderr)
        return end.code if isinstance(end.code, int) else 1


class _Parser(argparse.ArgumentParser):
    """A parser that guesses what a misspelt task was meant to be."""

    def error(self, message: str) -> NoReturn:
        wrong = _CHOICE.search(message)
        if wrong:
            from milepost.problems import did_you_mean  # noqa: PLC0415

            message += did_you_mean(wrong["word"], re.findall(r"[\w-]+", wrong["known"]))
        super().error(message)


def _parser() -> argparse.ArgumentParser:
    common = _Parser(add_help=False)
    common.add_argument(
        "--site", default=argparse.SUPPRESS, metavar="DIR", help="the site's folder (default: here)"
    )
    common.add_argument(
        "--quiet", action="store_true", default=argparse.SUPPRESS, help="print only problems"
    )
    parser = _Parser(
        prog="milepost",
        description="A race's web site from Markdown posts and one sponsor list.",
        parents=[common],
    )
    parser.add_argument("--version", action="version", version=f"Milepost {__version__}")
    tasks = parser.add_subparsers(dest="task", metavar="TASK", required=True)

    def task(name: str, run: Callable[..., int], about: str) -> argparse.ArgumentParser:
        made = tasks.add_parser(name, help=about, description=about, parents=[common])
        made.set_defaults(run=run)
        return made

    serve = task("serve", _serve, "build the site, show it, and build again on every change")
    serve.add_argument("--port", type=_port, default=PORT, help=f"default: {PORT}")
    serve.add_argument("--no-browser", action="store_true", help="do not open the browser")
    serve.add_argument("--as-of", type=_day, metavar="DATE", help="build as if it were this day")
    build = task("build", _build, "build the site into its output folder")
    check = task("check", _check, "look for problems without saving anything")
    which = check.add_mutually_exclusive_group()
    which.add_argument(
        "--built",
        type=Path,
        metavar="DIR",
        help="only: is this finished site still right?",
    )
    for made, rest in ((build, build), (check, which)):
        made.add_argument("--as-of", type=_day, metavar="DATE", help="as if it were this day")
        rest.add_argument("--final", action="store_true", help="with publishconf.py, to publish")
    _add_new(task("new", _new, "start a new post or page"), common)
    _add_sponsors(task("sponsors", _sponsors, "look at the sponsor list, and change it"), common)
    _add_import(task("import", _import, "bring in what you have already"), common)
    task("clean", _clean, "remove what was built, and nothing else")
    task("test", _test, "run Milepost's own tests")
    task("lint", _lint, "check Milepost's own code")
    task("bench", _bench, "measure how fast Milepost builds")
    return parser


def _add_new(parser: argparse.ArgumentParser, common: argparse.ArgumentParser) -> None:
    what = parser.add_subparsers(dest="what", metavar="WHAT", required=True)
    post = what.add_parser("post", help="a post in content/posts", parents=[common])
    post.add_argument("title", nargs="+", help="its title: Packet pickup")
    page = what.add_parser("page", help="a page in content/pages", parents=[common])
    page.add_argument(
        "title",
        nargs="+",
        help="its title: Parking; privacy, accessibility and photos have a text",
    )


def _add_sponsors(parser: argparse.ArgumentParser, common: argparse.ArgumentParser) -> None:
    what = parser.add_subparsers(dest="what", metavar="WHAT", required=True)
    listed = what.add_parser(
        "list", help="every sponsor, and whether it shows today", parents=[common]
    )
    listed.add_argument("--as-of", type=_day, metavar="DATE", help="as if it were this day")
    listed.set_defaults(run=_sponsors)
    rename = what.add_parser("rename", help="give a sponsor another name", parents=[common])
    rename.add_argument("id", help="its id, as sponsors list tells it")
    rename.add_argument("name", nargs="+", help="its new name")
    rename.add_argument("--on", type=_day, metavar="DATE", help="from this day on")
    rename.add_argument("--logo", metavar="FILE", help="its new logo, in content/logos")
    rename.set_defaults(run=_rename)
    hide = what.add_parser("hide", help="take a sponsor off the site", parents=[common])
    hide.add_argument("id", help="its id, as sponsors list tells it")
    hide.set_defaults(run=_hide)


def _add_import(parser: argparse.ArgumentParser, common: argparse.ArgumentParser) -> None:
    what = parser.add_subparsers(dest="what", metavar="WHAT", required=True)
    sponsors = what.add_parser(
        "sponsors", help="sponsors from a spreadsheet, saved as CSV", parents=[common]
    )
    sponsors.add_argument("file", type=Path, help="the CSV file")
    sponsors.add_argument(
        "--update", action="store_true", help="also change sponsors that are in the list already"
    )
    sponsors.add_argument("--yes", action="store_true", help="do not ask")


def _port(text: str) -> int:
    if not (text.isdecimal() and int(text) <= LAST_PORT):
        raise argparse.ArgumentTypeError(f'"{text}" is not a number from 0 to {LAST_PORT}')
    return int(text)


def _day(text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = None
    # Python reads other forms too, such as 20270314.
    if day is None or day.isoformat() != text:
        raise argparse.ArgumentTypeError(f'"{text}" is not a date as 2027-03-14')
    return day


def _build(options: argparse.Namespace, site: Path) -> int:
    built = _built(site, options.quiet, as_of=options.as_of, final=options.final)
    return 0 if built else 1


def _check(options: argparse.Namespace, site: Path) -> int:
    if options.built:
        return _check_built(options, site)
    built = _built(site, options.quiet, as_of=options.as_of, final=options.final, dry=True)
    return 0 if built else 1


def _check_built(options: argparse.Namespace, site: Path) -> int:
    from milepost.build_age import UnknownAge, read_age  # noqa: PLC0415

    # As with every file of a command, or seen from the site.
    folder = next((way for way in (site / options.built, options.built) if way.is_dir()), None)
    label = str(options.built).rstrip("/\\")
    today = options.as_of or _today(site)
    try:
        age = read_age(folder or options.built, label)
    except UnknownAge as reason:
        print(reason, file=sys.stderr)
        return 1
    if age.is_over(today):
        print(age.words(today, label), file=sys.stderr)
        return 1
    if not options.quiet:
        print(age.words(today, label))
    return 0


def _serve(options: argparse.Namespace, site: Path) -> int:
    from milepost.preview.serve import serve  # noqa: PLC0415

    try:
        serve(
            site,
            _output(site),
            lambda: _built(site, options.quiet, as_of=options.as_of),
            port=options.port,
            with_browser=not options.no_browser,
            say=lambda line: print(line, flush=True),
        )
    except OSError as error:
        print(f"The site cannot be shown: {error}.", file=sys.stderr)
        return 1
    return 0


def _new(options: argparse.Namespace, site: Path) -> int:
    from milepost.scaffold.new_document import NotMade, new_page, new_post  # noqa: PLC0415

    content = site / "content"
    try:
        if options.what == "page":
            made = new_page(content, " ".join(options.title))
        else:
            made = new_post(content, " ".join(options.title), _today(site))
    except NotMade as reason:
        print(reason, file=sys.stderr)
        return 1
    print(f"Made {_shown(made.path)}. Open it, and {made.next_step}.")
    return 0


def _sponsors(options: argparse.Namespace, site: Path) -> int:
    from milepost.problems import has_errors, judged, report  # noqa: PLC0415
    from milepost.roster.load import load_roster  # noqa: PLC0415
    from milepost.roster.overview import overview  # noqa: PLC0415
    from milepost.roster.private import load_private  # noqa: PLC0415

    roster, problems = load_roster(site)
    private, more = load_private(site, roster)
    found = judged([*problems, *more], {})
    known = replace(roster, sponsors=(*roster.sponsors, *private.pending))
    print(overview(known, options.as_of or _today(site)))
    print(report(found), end="", file=sys.stderr)
    return int(has_errors(found))


def _rename(options: argparse.Namespace, site: Path) -> int:
    from milepost.roster.rename import NewName, rename  # noqa: PLC0415
    from milepost.scaffold.change_sponsor import change_sponsor, logo_of  # noqa: PLC0415

    def make(text: str, roster: Roster) -> ListChange:
        new = NewName(
            sponsor_id=options.id,
            name=" ".join(options.name),
            on=options.on,
            logo=logo_of(site, options.logo) if options.logo else None,
        )
        return rename(text, roster, new, _today(site))

    code, report = change_sponsor(site, make, kinds=("name",), say=print)
    return _told(code, report)


def _hide(options: argparse.Namespace, site: Path) -> int:
    from milepost.roster.hide import hide  # noqa: PLC0415
    from milepost.scaffold.change_sponsor import change_sponsor  # noqa: PLC0415

    code, report = change_sponsor(
        site,
        lambda text, roster: hide(text, roster, options.id),
        kinds=("name", "page", "credit", "presenter"),
        say=print,
    )
    return _told(code, report)


def _told(code: int, report: str) -> int:
    if report:
        print(report, file=sys.stderr)
    return code


def _import(options: argparse.Namespace, site: Path) -> int:
    from milepost.scaffold.import_sponsors import import_sponsors  # noqa: PLC0415

    def ask(question: str) -> bool:
        try:
            return input(f"{question} [y/N] ").strip().lower() in {"y", "yes"}
        except EOFError:
            return False

    return import_sponsors(
        site, options.file, update=options.update, yes=options.yes, ask=ask, say=print
    )


def _clean(options: argparse.Namespace, site: Path) -> int:
    from milepost.build import output_folders  # noqa: PLC0415 - imports Pelican
    from milepost.engine.clean import clean  # noqa: PLC0415
    from milepost.engine.stage import BuildRefused  # noqa: PLC0415

    try:
        cleaned = clean(site, output_folders(site))
    except BuildRefused as reason:
        print(reason, file=sys.stderr)
        return 1
    for record in cleaned.unknown:
        print(f"{record} does not tell whose list it is; nothing was removed.", file=sys.stderr)
    if not options.quiet:
        removed = ", ".join(cleaned.removed)
        print(f"Removed {removed}." if removed else "There was nothing to remove.")
    return 1 if cleaned.unknown else 0


def _test(options: argparse.Namespace, site: Path) -> int:
    del site
    return _in_checkout([sys.executable, "-m", "pytest", *options.rest])


def _lint(options: argparse.Namespace, site: Path) -> int:
    del site
    ruff = [sys.executable, "-m", "ruff"]
    commands = [
        [*ruff, "check", *options.rest],
        [*ruff, "format", "--check"],
        [sys.executable, "-m", "mypy"],
    ]
    return max(_in_checkout(command) for command in commands)


def _bench(options: argparse.Namespace, site: Path) -> int:
    del site
    return _in_checkout([sys.executable, "benchmarks/speed.py", *options.rest])


def _in_checkout(command: list[str]) -> int:
    root = Path(__file__).resolve().parents[2]
    if not (root / "pyproject.toml").is_file():
        print("This task needs Milepost's own checkout, which is not here.", file=sys.stderr)
        return 2
    return subprocess.run(command, cwd=root, check=False).returncode  # noqa: S603 - our own words


def _built(
    site: Path,
    quiet: bool,  # noqa: FBT001 - it is the command's own option
    *,
    as_of: date | None,
    final: bool = False,
    dry: bool = False,
) -> bool:
    """Build; say whether it succeeded. Problems are printed already."""
    from milepost.engine.unchanged import answer  # noqa: PLC0415 - only where there is a build

    known = None if dry else answer(site, final=final, as_of=as_of)
    if known:
        print(known.warnings, end="", file=sys.stderr)
        if not quiet:
            print(known.summary.text(), flush=True)
        return True
    from milepost.build import BuildFailed, build  # noqa: PLC0415 - imports Pelican

    try:
        build(site, final=final, as_of=as_of, dry=dry, quiet=quiet)
    except BuildFailed:
        return False
    return True


def _output(site: Path) -> Path:
    from milepost.build import output_folder  # noqa: PLC0415 - imports Pelican

    return output_folder(site)


def _today(site: Path) -> date:
    from milepost.build import today  # noqa: PLC0415 - imports Pelican

    return today(site)


def _shown(path: Path) -> str:
    try:
        return os.path.relpath(path)
    except ValueError:  # another drive
        return str(path)
