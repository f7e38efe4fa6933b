"""How Milepost starts on a fresh machine: run.py, and the lock files it installs from."""

from __future__ import annotations

import ast
import hashlib
import json
import os
import re
import runpy
import shutil
import signal
import subprocess
import sys
import time
import tomllib
import zipfile
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

ROOT: Final = Path(__file__).resolve().parent.parent
OLD_PYTHONS: Final = ("python2.7", *(f"python3.{minor}" for minor in range(3, 11)))

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the stand-in for uv is a shell script")

# Stands for Milepost itself: tells how it was called and leaves with the code it is given.
MILEPOST = """
import json, os, sys
print(json.dumps({"arguments": sys.argv[1:], "prefix": sys.prefix, "settings": sorted(os.environ)}))
sys.exit(int(os.environ.get("LEAVE_WITH", "0")))
"""

# Stands for uv, and so for the network: notes each call, makes a small but working .venv, and fails
# or waits in the installation while a file of that name lies beside it.
UV = """
import pathlib, sys, sysconfig, time
here = pathlib.Path(__file__).parent
python, arguments = pathlib.Path(sys.argv[sys.argv.index("--python") + 1]), sys.argv[1:]
with (here / "calls").open("a") as calls:
    print(*arguments, file=calls)
if arguments[0] == "venv":
    venv = pathlib.Path(arguments[-1])
    pathlib.Path(sysconfig.get_path("purelib", "venv", {"base": venv})).mkdir(parents=True)
    (venv / "pyvenv.cfg").write_text(f"home = {python.parent}\\n")
    (venv / "bin").mkdir()
    (venv / "bin/python").symlink_to(python)
    sys.exit()
(here / "started").touch()
while (here / "wait").exists():
    time.sleep(0.01)
if (here / "fail").exists():
    sys.exit("first line\\nno route to the packages")
"""

# Starts run.py as a Python that lacks ensurepip, or as one that Ctrl-C can reach: a shell in the
# background starts its programs deaf to it.
AS_SCRIPT = "sys.argv = sys.argv[1:]; runpy.run_path(sys.argv[0], run_name='__main__')"
WITHOUT_ENSUREPIP = f"import runpy, sys; sys.modules['ensurepip'] = None; {AS_SCRIPT}"
WITH_CTRL_C = (
    "import runpy, signal, sys; signal.signal(signal.SIGINT, signal.default_int_handler); "
    + AS_SCRIPT
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkout:
    """A copy of the top folder with a stand-in for Milepost, and a folder of tools as PATH."""

    home: Path
    tools: Path
    settings: dict[str, str] = field(default_factory=dict)

    @property
    def venv(self) -> Path:
        """Where run.py makes its folder."""
        return self.home / ".venv"

    @property
    def calls(self) -> list[str]:
        """What uv was asked to do, one line a call."""
        noted = self.tools / "calls"
        return noted.read_text().splitlines() if noted.exists() else []

    def command(self, *arguments: str, code: str = "") -> list[str]:
        """Return the command that starts run.py with `arguments`, through `code` if given."""
        through = ["-c", code] if code else []
        return [sys.executable, *through, str(self.home / "run.py"), *arguments]

    def environment(self) -> Mapping[str, str]:
        """Return the environment of every start: the tools and nothing of this machine."""
        return {"PATH": str(self.tools), "HOME": str(self.tools), **self.settings}

    def start(
        self, *arguments: str, code: str = "", cwd: Path | None = None
    ) -> subprocess.CompletedProcess[str]:
        """Start run.py in `cwd` (its own folder by default) and wait for its end."""
        return subprocess.run(
            self.command(*arguments, code=code),
            check=False,
            cwd=cwd or self.home,
            env=self.environment(),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
        )

    def start_aside(self, *arguments: str, code: str = "") -> subprocess.Popen[str]:
        """Start run.py in a process group of its own and do not wait."""
        return subprocess.Popen(
            self.command(*arguments, code=code),
            cwd=self.home,
            env=self.environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            start_new_session=True,
        )


@pytest.fixture
def bare(tmp_path: Path) -> Checkout:
    """Give a checkout on a machine without uv, in a folder with a space and an umlaut."""
    checkout = Checkout(home=tmp_path / "a räce", tools=tmp_path / "tools")
    package = checkout.home / "src/milepost"
    package.mkdir(parents=True)
    checkout.tools.mkdir()
    (package / "__init__.py").touch()
    (package / "__main__.py").write_text(MILEPOST)
    shutil.copy(ROOT / "run.py", checkout.home)
    (checkout.home / "requirements.lock").write_text("")
    (checkout.home / "requirements-dev.lock").write_text("")
    (checkout.home / "pelicanconf.py").touch()
    return checkout


@pytest.fixture
def checkout(bare: Checkout) -> Checkout:
    """Give a checkout on a machine with uv."""
    (bare.tools / "uv.py").write_text(UV)
    uv = bare.tools / "uv"
    uv.write_text(f'#!/bin/sh\nexec "{sys.executable}" -I "{bare.tools}/uv.py" "$@"\n')
    uv.chmod(0o755)
    return bare


def until(is_so: Callable[[], object]) -> None:
    """Wait for `is_so`, at most a minute."""
    end = time.monotonic() + 60
    while not is_so():
        assert time.monotonic() < end, "waited a minute"
        time.sleep(0.01)


class TestOldPython:
    """A Python that is too old for Milepost can still say so."""

    def test_an_old_python_gets_one_sentence(self) -> None:
        """Any old Python on this machine names its own version and the one that is needed."""
        old_pythons = [python for python in OLD_PYTHONS if works(python)]
        if not old_pythons:
            pytest.skip("there is no old Python on this machine")

        for python in old_pythons:
            command = [python, "-B", str(ROOT / "run.py"), "build"]
            done = subprocess.run(command, check=False, capture_output=True, encoding="utf-8")

            needs = "Milepost needs Python 3.11 or newer; this is Python"
            assert done.stderr.startswith(f"{needs} {python.removeprefix('python')}. ")
            assert len(done.stderr.splitlines()) == 1
            assert done.returncode == 1

    @pytest.mark.parametrize("version", [(2, 7, 18), (3, 4, 0), (3, 10, 13)])
    def test_an_old_version_is_refused(self, version: tuple[int, int, int]) -> None:
        """The sentence names the old version and where to get a newer one."""
        run = runpy.run_path(str(ROOT / "run.py"))

        with pytest.raises(run["SetupError"]) as caught:
            run["require_python"](version)

        assert f"this is Python {version[0]}.{version[1]}." in str(caught.value)
        assert "python.org" in str(caught.value)

    def test_no_syntax_is_newer_than_python_2_7(self) -> None:
        """The file has none of what Python 2.7 cannot parse, as far as a newer one can tell."""
        text = (ROOT / "run.py").read_bytes().decode("ascii")

        found = [line for node in ast.walk(ast.parse(text)) for line in newer_than_2_7(node)]

        assert found == []


def works(python: str) -> bool:
    """Tell whether `python` is on this machine; a version manager may only have its name."""
    found = shutil.which(python)
    if found is None:
        return False
    return subprocess.run([found, "-c", ""], check=False, capture_output=True).returncode == 0


def newer_than_2_7(node: ast.AST) -> list[str]:
    """Return what of `node` itself Python 2.7 would refuse; not a full list, but the likely part.

    2.7 also refuses letters beyond ASCII where no encoding is declared.
    """
    newer = (
        *(ast.JoinedStr, ast.NamedExpr, ast.AnnAssign, ast.Starred, ast.Nonlocal, ast.Match),
        *(ast.AsyncFunctionDef, ast.Await, ast.YieldFrom, ast.MatMult, ast.TryStar),
    )
    refused = isinstance(node, newer)
    match node:
        case ast.FunctionDef():
            refused = bool(node.returns)
        case ast.arguments():
            refused = bool(node.kwonlyargs or node.posonlyargs)
        case ast.arg():
            refused = node.annotation is not None
        case ast.ClassDef():
            refused = bool(node.keywords)
        case ast.Raise():
            refused = node.cause is not None
        case ast.Call():
            names = [keyword.arg for keyword in node.keywords]
            refused = names.count(None) > 1 or (None in names and names[-1] is not None)
        case ast.Dict():
            refused = None in node.keys
        case _:
            pass
    return [f"line {getattr(node, 'lineno', '?')}: {type(node).__name__}"] if refused else []


class TestStart:
    """A start makes what is missing, hands over and gets out of the way."""

    def test_the_first_start_sets_up_and_hands_over(self, checkout: Checkout) -> None:
        """The task runs in the new .venv, which installed exactly the locked files."""
        done = checkout.start("build", "--as-of", "2027-03-14")

        told = json.loads(done.stdout)
        assert told["arguments"] == ["build", "--as-of", "2027-03-14"]
        assert Path(told["prefix"]) == checkout.venv
        assert "pip install" in checkout.calls[1]
        assert "--require-hashes --only-binary :all:" in checkout.calls[1]
        assert checkout.calls[1].endswith(f"-r {checkout.home}/requirements.lock")
        assert done.stderr == "Setting up Milepost, once; this takes about half a minute ...\n"

    def test_the_second_start_only_hands_over(self, checkout: Checkout) -> None:
        """Nothing is installed again, and nothing is said."""
        checkout.start("build")
        before = checkout.calls

        done = checkout.start("build")

        assert checkout.calls == before
        assert json.loads(done.stdout)["arguments"] == ["build"]
        assert done.stderr == ""

    def test_without_a_task_the_site_is_served(self, checkout: Checkout) -> None:
        """Plain `python3 run.py` is `serve`."""
        done = checkout.start()

        assert json.loads(done.stdout)["arguments"] == ["serve"]

    def test_from_any_folder_the_own_site_is_meant(
        self, checkout: Checkout, tmp_path: Path
    ) -> None:
        """Started from a folder that is no site, Milepost works on the one beside run.py."""
        done = checkout.start("build", cwd=tmp_path)

        assert json.loads(done.stdout)["arguments"] == ["--site", str(checkout.home), "build"]

    @pytest.mark.parametrize("code", [0, 1, 2])
    def test_the_exit_code_is_handed_on(self, checkout: Checkout, code: int) -> None:
        """What Milepost leaves with, run.py leaves with."""
        checkout.settings["LEAVE_WITH"] = str(code)

        done = checkout.start("check")

        assert done.returncode == code

    def test_other_tools_settings_do_no_harm(self, checkout: Checkout, tmp_path: Path) -> None:
        """A PYTHONPATH, PYTHONHOME or VIRTUAL_ENV of something else is not handed on."""
        (tmp_path / "milepost.py").write_text("raise SystemExit('the wrong Milepost')")
        checkout.settings["PYTHONPATH"] = str(tmp_path)
        checkout.settings["PYTHONHOME"] = sys.base_prefix
        checkout.settings["VIRTUAL_ENV"] = str(tmp_path)

        done = checkout.start("build")

        assert done.returncode == 0, done.stderr
        assert not set(json.loads(done.stdout)["settings"]) & set(checkout.settings)

    @pytest.mark.parametrize("task", ["test", "lint", "bench"])
    def test_developers_tasks_add_their_packages(self, checkout: Checkout, task: str) -> None:
        """These tasks install the second lock file too, into the same .venv."""
        checkout.start("build")

        done = checkout.start("--site", "test", task)

        assert [call.split()[0] for call in checkout.calls] == ["venv", "pip", "pip"]
        assert checkout.calls[2].endswith(f"-r {checkout.home}/requirements-dev.lock")
        assert done.stderr.startswith("Adding what developers need, once")

    def test_organisers_tasks_do_not(self, checkout: Checkout) -> None:
        """A site or a title that is called "test" is no developer's task."""
        checkout.start("--site", "test", "new", "post", "test")

        assert not any("requirements-dev.lock" in call for call in checkout.calls)

    def test_new_versions_are_installed_anew(self, checkout: Checkout) -> None:
        """When the lock file changes, .venv is made again without leftovers."""
        checkout.start("build")
        (checkout.venv / "leftover").touch()
        (checkout.home / "requirements.lock").write_text("# newer\n")

        done = checkout.start("build")

        assert done.stderr == "Setting up Milepost again; this takes about half a minute ...\n"
        assert not (checkout.venv / "leftover").exists()

    def test_a_moved_folder_is_set_up_again(self, checkout: Checkout, tmp_path: Path) -> None:
        """The programs in a .venv name its old place, so after a move it is made again."""
        checkout.start("build")
        moved = Checkout(home=tmp_path / "moved", tools=checkout.tools)
        checkout.home.rename(moved.home)

        done = moved.start("build")

        assert Path(json.loads(done.stdout)["prefix"]) == moved.venv
        assert done.stderr.startswith("Setting up Milepost again")

    def test_of_two_starts_one_sets_up(self, checkout: Checkout) -> None:
        """The second of two first starts waits for the other and uses what it made."""
        (checkout.tools / "wait").touch()
        first = checkout.start_aside("build")
        until((checkout.tools / "started").exists)
        second = checkout.start_aside("check")
        assert second.stderr is not None
        said = second.stderr.readline()
        (checkout.tools / "wait").unlink()

        told = [json.loads(start.communicate()[0])["arguments"] for start in (first, second)]

        assert said == "Milepost is being set up in another window; waiting for that ...\n"
        assert told == [["build"], ["check"]]
        assert len(checkout.calls) == 2


class TestFailure:
    """A set-up that fails says what to do and leaves nothing half-made."""

    def test_a_failed_installation_leaves_nothing(self, checkout: Checkout) -> None:
        """Without a network the sentence asks for it, shows the last lines, and .venv is gone."""
        (checkout.tools / "fail").touch()

        done = checkout.start("build", code=WITHOUT_ENSUREPIP)

        assert "Is this machine on the internet?" in done.stderr
        assert "  no route to the packages\n" in done.stderr
        assert done.returncode == 1
        assert not checkout.venv.exists()

    def test_a_failed_addition_keeps_what_works(self, checkout: Checkout) -> None:
        """Without a network `test` fails, but `build` still starts at once."""
        checkout.start("build")
        (checkout.tools / "fail").touch()

        failed = checkout.start("test", code=WITHOUT_ENSUREPIP)
        done = checkout.start("build")

        assert failed.returncode == 1
        assert done.returncode == 0
        assert done.stderr == ""

    def test_a_python_without_venv_names_the_package(self, bare: Checkout) -> None:
        """Debian's Python may lack ensurepip: the sentence names the package to install."""
        done = bare.start("build", code=WITHOUT_ENSUREPIP)

        package = f"python3.{sys.version_info.minor}-venv"
        assert f"sudo apt install {package}. " in done.stderr
        assert done.returncode == 1
        assert not bare.venv.exists()

    def test_ctrl_c_leaves_nothing(self, checkout: Checkout) -> None:
        """Ctrl-C in the set-up ends it in one sentence, without a traceback and without .venv."""
        (checkout.tools / "wait").touch()
        start = checkout.start_aside("build", code=WITH_CTRL_C)
        until((checkout.tools / "started").exists)

        os.killpg(start.pid, signal.SIGINT)
        said = start.communicate()[1]

        assert said.splitlines()[1:] == [
            "Stopped before the set-up was done. Start it again at any time."
        ]
        assert start.returncode == 1
        assert not checkout.venv.exists()

    def test_a_killed_set_up_is_done_again(self, checkout: Checkout) -> None:
        """What a killed set-up left is known as unfinished and made again."""
        (checkout.tools / "wait").touch()
        killed = checkout.start_aside("build")
        until((checkout.tools / "started").exists)
        os.killpg(killed.pid, signal.SIGKILL)
        killed.communicate()
        (checkout.tools / "wait").unlink()

        done = checkout.start("build")

        assert done.returncode == 0, done.stderr
        assert Path(json.loads(done.stdout)["prefix"]) == checkout.venv

    def test_another_tools_folder_is_left_alone(self, checkout: Checkout) -> None:
        """A .venv that run.py did not make is neither used nor removed, and that is said."""
        checkout.venv.mkdir()
        (checkout.venv / "pyvenv.cfg").write_text("somebody else's")

        done = checkout.start("build")

        assert "was not made by run.py" in done.stderr
        assert done.returncode == 1
        assert (checkout.venv / "pyvenv.cfg").read_text() == "somebody else's"

    def test_run_py_alone_is_not_enough(self, checkout: Checkout) -> None:
        """Somebody who has copied only run.py is told that the whole folder is needed."""
        (checkout.home / "requirements.lock").unlink()

        done = checkout.start("build")

        assert done.stderr.startswith("requirements.lock is missing beside run.py.")
        assert done.returncode == 1


@pytest.mark.skipif(find_spec("ensurepip") is None, reason="this Python lacks ensurepip")
class TestPip:
    """Without uv, Python's own venv and pip do the same."""

    def test_pip_installs_what_is_locked(self, bare: Checkout) -> None:
        """The locked package can be imported in .venv, beside Milepost."""
        lock_wheel(bare, sha256="")

        done = bare.start("build")

        assert done.returncode == 0, done.stderr
        subprocess.run(
            [bare.venv / "bin/python", "-c", "import pebble, milepost"], check=True, cwd="/"
        )

    def test_another_file_than_the_locked_one_is_refused(self, bare: Checkout) -> None:
        """A package whose bytes are not those of the lock file is not installed at all."""
        lock_wheel(bare, sha256="0" * 64)

        done = bare.start("build")

        assert "hash" in done.stderr.lower()
        assert done.returncode == 1
        assert not bare.venv.exists()

    def test_pip_steps_in_where_uv_fails(self, checkout: Checkout) -> None:
        """If uv cannot do it, that is said and pip does it."""
        lock_wheel(checkout, sha256="")
        (checkout.tools / "fail").touch()

        done = checkout.start("build")

        assert done.returncode == 0, done.stderr
        assert done.stderr.splitlines()[1:] == ["uv could not do it; trying without uv ..."]


def lock_wheel(checkout: Checkout, *, sha256: str) -> None:
    """Lock one small package that pip finds on disk, with `sha256` or, if empty, its own."""
    wheel = checkout.tools / "pebble-1.0-py3-none-any.whl"
    about = "pebble-1.0.dist-info"
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.writestr("pebble.py", "")
        archive.writestr(f"{about}/METADATA", "Metadata-Version: 2.1\nName: pebble\nVersion: 1.0\n")
        archive.writestr(f"{about}/WHEEL", "Wheel-Version: 1.0\nTag: py3-none-any\n")
        archive.writestr(f"{about}/RECORD", f"pebble.py,,\n{about}/RECORD,,\n")
    sha256 = sha256 or hashlib.sha256(wheel.read_bytes()).hexdigest()
    (checkout.home / "requirements.lock").write_text(f"pebble==1.0 --hash=sha256:{sha256}\n")
    checkout.settings["PIP_CONFIG_FILE"] = os.devnull
    checkout.settings["PIP_NO_INDEX"] = "1"
    checkout.settings["PIP_FIND_LINKS"] = str(checkout.tools)


LOCKS: Final = ("requirements.lock", "requirements-dev.lock")


class TestLocks:
    """The lock files name every package once, for every machine, and no place to get it from."""

    @pytest.mark.parametrize("lock", LOCKS)
    def test_every_package_has_hashes(self, lock: str) -> None:
        """Each entry is one exact version with at least one SHA-256."""
        for requirement, hashes in entries(lock):
            assert re.fullmatch(r"==[\w.]+", str(requirement.specifier)), requirement
            assert hashes, requirement
            assert all(re.fullmatch(r"sha256:[0-9a-f]{64}", each) for each in hashes)

    @pytest.mark.parametrize("lock", LOCKS)
    def test_no_address_is_in_it(self, lock: str) -> None:
        """Where packages come from is the machine's own business, so no line says it."""
        text = (ROOT / lock).read_text()

        assert not re.search(r"://|index|find-links| @ ", text)

    def test_compiled_packages_are_locked_for_other_machines(self) -> None:
        """PyYAML is built for dozens of machines: a lock made from one machine's files shows."""
        hashes = {requirement.name: hashes for requirement, hashes in entries("requirements.lock")}

        assert len(hashes["pyyaml"]) > 20

    @pytest.mark.parametrize("lock", LOCKS)
    def test_every_dependency_is_in_its_lock(self, lock: str) -> None:
        """What pyproject.toml asks for is locked, in a version that it allows."""
        project = tomllib.loads((ROOT / "pyproject.toml").read_text())
        asked = {
            "requirements.lock": project["project"]["dependencies"],
            "requirements-dev.lock": project["dependency-groups"]["dev"],
        }
        locked = versions(lock)

        for requirement in map(Requirement, asked[lock]):
            version = locked.get(canonicalize_name(requirement.name), "none")
            assert version in requirement.specifier, f"{requirement}, but locked is {version}"

    def test_both_locks_agree(self) -> None:
        """A package that is in both files has one version: they go into the same .venv."""
        run, dev = map(versions, LOCKS)

        assert {name: dev[name] for name in run.keys() & dev.keys()}.items() <= run.items()


def entries(lock: str) -> list[tuple[Requirement, list[str]]]:
    """Return each requirement of `lock` with its hashes."""
    text = re.sub(r"^ *#.*\n", "", (ROOT / lock).read_text(), flags=re.MULTILINE)
    parts = [line.split("--hash=") for line in text.replace("\\\n", "").splitlines()]
    return [(Requirement(first), [each.strip() for each in rest]) for first, *rest in parts]


def versions(lock: str) -> dict[str, str]:
    """Return the locked version of each package."""
    return {
        canonicalize_name(requirement.name): str(requirement.specifier).removeprefix("==")
        for requirement, _ in entries(lock)
    }
