"""Starts Milepost on any machine that has Python: `python3 run.py TASK`, and `serve` without one.

The first start makes the folder `.venv` and installs the versions that requirements.lock names.
Every later start only looks at the stamp in that folder and hands over.

The syntax is that of Python 2.7, so that an old Python can still say that it is too old.
"""

from __future__ import print_function

import os
import sys

HERE = os.path.dirname(os.path.realpath(__file__))
VENV = os.path.join(HERE, ".venv")
PYTHON = os.path.join(VENV, "Scripts" if os.name == "nt" else "bin", "python")
if os.name == "nt":
    PYTHON += ".exe"

# Made first and filled last: a .venv without it is somebody else's, one with an unfinished stamp
# was cut short.
STAMP = os.path.join(VENV, "milepost-setup.txt")
# Counted up when run.py puts something else into .venv than it did before.
LAYOUT = "layout 2"

LOCK = "requirements.lock"
DEV_LOCK = "requirements-dev.lock"
DEV_TASKS = ("test", "lint", "bench")

# Set by other tools, they would send our Python to other folders than its own.
FOREIGN_SETTINGS = ("PYTHONHOME", "PYTHONPATH", "VIRTUAL_ENV", "__PYVENV_LAUNCHER__")


class SetupError(Exception):
    """The set-up cannot go on; the text says why and what to do."""


def main(arguments):
    """Set up if needed, run the task and return its exit code."""
    arguments = arguments or ["serve"]
    try:
        require_python(sys.version_info)
        prepare([LOCK, DEV_LOCK] if task_of(arguments) in DEV_TASKS else [LOCK])
    except SetupError as error:
        say(str(error))
        return 1
    except KeyboardInterrupt:
        say("Stopped before the set-up was done. Start it again at any time.")
        return 1
    return hand_over(arguments)


def require_python(version):
    """Raise SetupError if `version` is too old for Milepost."""
    if version < (3, 11):
        raise SetupError(
            "Milepost needs Python 3.11 or newer; this is Python %d.%d. "
            "If there is a newer one on this machine, start with that: python3 run.py (on Windows: "
            "py run.py). If not, install it from https://www.python.org/downloads/ first."
            % tuple(version[:2])
        )


def task_of(arguments):
    """Return the first argument that is no option, or None."""
    skip = False
    for argument in arguments:
        if not skip and not argument.startswith("-"):
            return argument
        skip = argument == "--site"
    return None


def hand_over(arguments):
    """Run `python -m milepost` inside .venv and return its exit code."""
    # From a folder that is no site, the site beside run.py is meant.
    site = [] if os.path.exists("pelicanconf.py") else ["--site", HERE]
    command = [PYTHON, "-m", "milepost"] + site + arguments
    if os.name != "nt":
        os.execve(PYTHON, command, own_environment())
    # Windows has no exec that keeps the window: wait instead, and let Milepost answer Ctrl-C.
    import subprocess

    process = subprocess.Popen(command, env=own_environment())
    while True:
        try:
            return process.wait()
        except KeyboardInterrupt:
            continue


def own_environment():
    """Return the environment without what other tools have set for their own Python."""
    return {name: value for name, value in os.environ.items() if name not in FOREIGN_SETTINGS}


def prepare(locks):
    """Make sure that .venv holds what `locks` name.

    Raises:
        SetupError: with a sentence for the organiser; nothing half-made is left behind.
    """
    for lock in locks:
        if not os.path.exists(os.path.join(HERE, lock)):
            raise SetupError(
                "%s is missing beside run.py. run.py works inside the whole Milepost folder: "
                "get that folder again, with all its files." % lock
            )
    if is_ready(locks):
        return
    try:
        with open(os.path.join(HERE, LOCK)) as turn:
            wait_for(turn)
            if not is_ready(locks):
                set_up(locks)
    except OSError as error:
        raise SetupError(
            "Milepost could not write its folder .venv: %s. Is the disk full, the folder "
            "write-protected, or Milepost still open in another window?" % error
        )


def is_ready(locks):
    """Tell whether .venv was finished, here and by this Python, from these very `locks`."""
    try:
        with open(STAMP, encoding="utf-8", errors="surrogateescape") as stamp:
            found = stamp.read().splitlines()
    except OSError:
        return False
    return os.path.exists(PYTHON) and set(stamp_lines(locks)) <= set(found)


def stamp_lines(locks):
    """Return what a finished stamp says: where, by which Python, from which locks."""
    import hashlib

    # The folder counts, because the programs inside .venv know where they were installed. Of the
    # version only the first two numbers: a security update of Python leaves a .venv as it is.
    lines = [
        LAYOUT,
        "folder %s" % HERE,
        "python %d.%d %s" % (sys.version_info[0], sys.version_info[1], sys.base_prefix),
    ]
    for lock in locks:
        with open(os.path.join(HERE, lock), "rb") as file:
            lines.append("%s %s" % (lock, hashlib.sha256(file.read()).hexdigest()))
    return lines


def wait_for(turn):
    """Hold `turn`, an open file, until this process ends; of two starts the second waits here."""
    try:
        import fcntl
    except ImportError:
        return  # Windows: files of a .venv in use cannot be removed there, and that is said
    try:
        fcntl.flock(turn, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        say("Milepost is being set up in another window; waiting for that ...")
        fcntl.flock(turn, fcntl.LOCK_EX)
    except OSError:
        pass  # a network drive that has no locks


def set_up(locks):
    """Fill .venv from `locks`, from nothing unless only the tests' packages are missing."""
    anew = not is_ready([LOCK])
    if anew:
        refuse_foreign_folder()
    say(reason(anew))
    try:
        fill(locks, anew)
        link_source()
        add_command()
        write_stamp(stamp_lines(locks))
    except BaseException:
        # Without the tests' packages the rest still works, so only a new folder is taken back.
        if anew:
            remove_venv()
        raise


def refuse_foreign_folder():
    """Raise SetupError if .venv holds something that run.py did not put there."""
    if os.path.lexists(VENV) and not os.path.exists(STAMP) and os.listdir(VENV):
        raise SetupError(
            "The folder .venv in %s was not made by run.py, so it is left alone. "
            "Delete it or give it another name, then start again." % HERE
        )


def reason(anew):
    """Return the line that says why there is a wait."""
    if not anew:
        return "Adding what developers need, once; this takes about half a minute ..."
    if os.path.exists(STAMP):
        return "Setting up Milepost again; this takes about half a minute ..."
    return "Setting up Milepost, once; this takes about half a minute ..."


def fill(locks, anew):
    """Install `locks` into .venv with uv if there is one, else with Python's own venv and pip."""
    import shutil

    uv = shutil.which("uv")
    if uv:
        try:
            fill_with_uv(uv, locks, anew)
        except SetupError:
            if lacks_venv():
                raise
            say("uv could not do it; trying without uv ...")
        else:
            return
    if lacks_venv():
        raise SetupError(
            "This Python cannot make the folder that Milepost needs, because a part of it is "
            "missing. On Debian or Ubuntu, install that part with: sudo apt install "
            "python%d.%d-venv. Elsewhere, install Python from https://www.python.org/downloads/. "
            "Then start again." % sys.version_info[:2]
        )
    fill_with_pip(locks, anew)


def lacks_venv():
    """Tell whether this Python came without venv or ensurepip, as Debian's does."""
    from importlib.util import find_spec

    # A folder that was left empty is found too, but has no origin.
    parts = [find_spec(name) for name in ("venv", "ensurepip")]
    return not all(part and part.origin for part in parts)


def fill_with_uv(uv, locks, anew):
    """Make .venv if `anew`, and install `locks`, with uv."""
    if anew:
        start_over()
        run([uv, "venv", "--quiet", "--allow-existing", "--python", base_python(), VENV])
    # uv leaves compiling to the first import, and with PYTHONDONTWRITEBYTECODE to every import.
    run([uv, "pip", "install", "--quiet", "--python", PYTHON, "--compile-bytecode"] + pins(locks))


def fill_with_pip(locks, anew):
    """Make .venv if `anew`, and install `locks`, with Python's own venv and pip."""
    if anew:
        start_over()
    if not os.path.isdir(os.path.join(site_packages(), "pip")):  # uv makes a .venv without pip
        run([base_python(), "-I", "-m", "venv", VENV])
    pip = [PYTHON, "-I", "-m", "pip", "--quiet", "--no-input", "--disable-pip-version-check"]
    run(pip + ["install", "--no-user"] + pins(locks))


def base_python():
    """Return the Python to make .venv from, also when run.py was started from inside .venv."""
    return getattr(sys, "_base_executable", None) or sys.executable


def pins(locks):
    """Return the options that uv and pip share: these versions, these very files, ready built."""
    options = ["--require-hashes", "--only-binary", ":all:"]
    for lock in locks:
        options += ["-r", os.path.join(HERE, lock)]
    return options


def run(command):
    """Run `command` in silence; raise SetupError with its last lines if it fails."""
    import subprocess

    done = subprocess.run(
        command,
        check=False,
        cwd=HERE,
        env=own_environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    if done.returncode:
        lines = done.stdout.decode("utf-8", "replace").strip().splitlines()[-5:]
        raise SetupError(
            "Milepost could not be set up, because what it needs could not be installed. "
            "Is this machine on the internet? Start again when it is. If it is already, "
            "these last lines of the installation say why:\n\n  %s\n" % "\n  ".join(lines)
        )


def start_over():
    """Leave .venv as an empty folder that is known as ours."""
    remove_venv()
    os.mkdir(VENV)
    write_stamp(["unfinished"])


def remove_venv():
    """Remove .venv, its stamp last: whatever a second Ctrl-C leaves is still known as ours."""
    import shutil

    if not os.path.isdir(VENV):
        return
    write_stamp(["unfinished"])
    for entry in list(os.scandir(VENV)):
        if entry.is_dir(follow_symlinks=False):
            shutil.rmtree(entry.path)
        elif entry.path != STAMP:
            os.remove(entry.path)
    os.remove(STAMP)
    os.rmdir(VENV)


def write_stamp(lines):
    """Write the stamp that a later start reads."""
    with open(STAMP, "w", encoding="utf-8", errors="surrogateescape") as stamp:
        stamp.write("\n".join(lines) + "\n")


def link_source():
    """Make `import milepost` work in .venv, for Pelican's own command line too.

    A line in a .pth file does what an editable install does, without a build backend that would
    have to be locked and downloaded as well. The path is relative, because older Pythons read
    these files in the machine's own encoding, which may lack a letter of the folder's name.
    """
    folder = site_packages()
    with open(os.path.join(folder, "milepost.pth"), "w") as link:
        link.write(os.path.relpath(os.path.join(HERE, "src"), folder) + "\n")


def add_command():
    """Put the command `milepost` beside the Python of .venv."""
    folder = os.path.dirname(PYTHON)
    if os.name == "nt":
        with open(os.path.join(folder, "milepost.cmd"), "w") as command:
            command.write('@"%~dp0python.exe" -m milepost %*\n')
        return
    path = os.path.join(folder, "milepost")
    with open(path, "w") as command:
        command.write('#!/bin/sh\nexec "$(dirname "$0")/python" -m milepost "$@"\n')
    os.chmod(path, 0o755)  # noqa: S103 - as every command in .venv/bin


def site_packages():
    """Return the folder of .venv that packages are installed into."""
    import sysconfig

    return sysconfig.get_path("purelib", "venv", {"base": VENV, "platbase": VENV})


def say(text):
    """Print `text` beside the results, on stderr."""
    print(text, file=sys.stderr)
    sys.stderr.flush()


def keep_window_open():
    """Wait for Enter on Windows, where a window that was opened by a double click would close."""
    if os.name == "nt" and sys.stdin is not None and sys.stdin.isatty():
        say("Press Enter to close this window.")
        try:
            sys.stdin.readline()
        except KeyboardInterrupt:
            pass


if __name__ == "__main__":
    code = main(sys.argv[1:])
    if code:
        keep_window_open()
    sys.exit(code)
