"""The stage: a folder for one build alone, which never outlives it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

import milepost
from milepost.engine.stage import BuildRefused, new_stage, staged_files

SOURCES = Path(milepost.__file__).parents[1]

HOLD = """
import os, sys
from pathlib import Path
from milepost.engine.stage import new_stage
with new_stage(Path(sys.argv[1])) as stage:
    (stage / "index.html").write_bytes(b"half")
    if sys.argv[2] == "fork" and os.fork() == 0:
        sys.stdin.read()  # a worker, which ends when the test does
        os._exit(0)
    print(stage, flush=True)
    sys.stdin.read()
"""


def build_elsewhere(site: Path, mode: str = "alone") -> subprocess.Popen[str]:
    """Start a build of the site in another process, and return when it has its stage."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(site), mode],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": str(SOURCES)},
    )
    assert process.stdout is not None
    assert process.stdout.readline().strip()
    return process


def stages(site: Path) -> list[Path]:
    """Return the stages that lie in the site's folder."""
    return sorted((site / ".milepost").glob("stage-*"))


def test_a_stage_is_an_empty_folder_in_the_site(tmp_path: Path) -> None:
    """A build gets an empty folder on the disk of its site."""
    with new_stage(tmp_path) as stage:
        assert stage.is_dir()
        assert stage.parent == tmp_path / ".milepost"
        assert list(stage.iterdir()) == []


def test_every_build_has_another_stage(tmp_path: Path) -> None:
    """No build finds the pages of the one before it."""
    with new_stage(tmp_path) as first:
        pass
    with new_stage(tmp_path) as second:
        pass

    assert first != second


def test_a_stage_is_gone_after_the_build(tmp_path: Path) -> None:
    """What was staged is removed when the build is done."""
    with new_stage(tmp_path) as stage:
        (stage / "blog").mkdir()
        (stage / "blog" / "index.html").write_bytes(b"x")

    assert stages(tmp_path) == []


def test_a_stage_is_gone_after_a_failed_build(tmp_path: Path) -> None:
    """What was staged is removed when the build fails, and the failure is not hidden."""
    with pytest.raises(FileNotFoundError, match="missing"), new_stage(tmp_path):
        raise FileNotFoundError("missing")

    assert stages(tmp_path) == []


def test_a_relative_site_gives_a_stage_that_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A stage is found again when the build changes its working folder."""
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path)

    with new_stage(Path()) as stage:
        monkeypatch.chdir(tmp_path / "elsewhere")

        assert stage.is_dir()


def test_a_second_build_of_the_site_is_refused(tmp_path: Path) -> None:
    """While one build runs, another in the same process is refused and harms nothing."""
    with new_stage(tmp_path) as stage:
        with pytest.raises(BuildRefused, match="Another build of this site is running"):
            new_stage(tmp_path).__enter__()

        assert stages(tmp_path) == [stage]


def test_a_build_in_another_process_is_refused(tmp_path: Path) -> None:
    """While a build runs in another window, a second is refused and its stage stays."""
    process = build_elsewhere(tmp_path)

    with pytest.raises(BuildRefused, match="Another build of this site is running"):
        new_stage(tmp_path).__enter__()

    assert len(stages(tmp_path)) == 1
    process.communicate()
    assert process.returncode == 0


def test_another_sites_build_elsewhere_does_not_matter(tmp_path: Path) -> None:
    """Two sites can be built at once in two processes."""
    one, other = tmp_path / "one", tmp_path / "other"
    one.mkdir()
    other.mkdir()
    process = build_elsewhere(one)

    with new_stage(other) as stage:
        built = stage.is_dir()

    assert built
    process.communicate()


def test_a_build_can_follow_a_refused_one(tmp_path: Path) -> None:
    """A refusal does not lock the site."""
    process = build_elsewhere(tmp_path)
    with pytest.raises(BuildRefused):
        new_stage(tmp_path).__enter__()
    process.communicate()

    with new_stage(tmp_path) as stage:
        built = stage.is_dir()

    assert built


@pytest.mark.parametrize(
    "mode",
    [
        "alone",
        pytest.param(
            "fork", marks=pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here")
        ),
    ],
)
def test_a_killed_build_neither_locks_nor_litters(tmp_path: Path, mode: str) -> None:
    """After a build was killed the next one begins at once, even while a worker lives on."""
    process = build_elsewhere(tmp_path, mode)
    process.kill()
    process.wait()
    left = stages(tmp_path)

    with new_stage(tmp_path) as stage:
        now = stages(tmp_path)

    assert len(left) == 1
    assert now == [stage]
    assert stage not in left
    if os.name != "nt":
        assert process.returncode == -signal.SIGKILL
    process.communicate()


def test_other_things_of_milepost_are_left_alone(tmp_path: Path) -> None:
    """Removing old stages touches neither records nor caches."""
    record = tmp_path / ".milepost" / "output.json"
    record.parent.mkdir()
    record.write_bytes(b"{}")

    with new_stage(tmp_path):
        pass

    assert record.read_bytes() == b"{}"


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege on Windows")
def test_old_stages_are_not_removed_through_links(tmp_path: Path) -> None:
    """A link that is named like an old stage does not lead the cleaning out of the site."""
    site, outside = tmp_path / "site", tmp_path / "outside"
    (site / ".milepost").mkdir(parents=True)
    outside.mkdir()
    (outside / "notes.txt").write_bytes(b"mine")
    (site / ".milepost" / "stage-old").symlink_to(outside)

    with new_stage(site):
        pass

    assert (outside / "notes.txt").read_bytes() == b"mine"


def test_a_file_in_mileposts_place_is_one_sentence(tmp_path: Path) -> None:
    """When `.milepost` is a file, the build is refused and says so."""
    (tmp_path / ".milepost").write_bytes(b"")

    with pytest.raises(BuildRefused, match=r"cannot write in the site's folder \.milepost"):
        new_stage(tmp_path).__enter__()


def test_a_site_that_is_not_there_is_one_sentence(tmp_path: Path) -> None:
    """When the site's folder does not exist, the build is refused and no folder is made."""
    with pytest.raises(BuildRefused, match=r"\.milepost"):
        new_stage(tmp_path / "nowhere").__enter__()

    assert list(tmp_path.iterdir()) == []


def test_staged_files_are_named_with_forward_slashes(tmp_path: Path) -> None:
    """Every file in the stage is listed in order, hidden ones and unusual names too."""
    names = [".nojekyll", "blog/Zürich 10 km/index.html", "blog/index.html", "日本.html"]
    for name in reversed(names):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(b"x")
    (tmp_path / "empty").mkdir()

    staged = staged_files(tmp_path)

    assert list(staged) == names
    assert all(staged[name] == tmp_path / name for name in names)


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege on Windows")
@pytest.mark.parametrize("target", ["secret.txt", "private"])
def test_a_link_in_the_stage_is_refused(tmp_path: Path, target: str) -> None:
    """A link in the finished site could publish what lies elsewhere, so it is refused."""
    stage = tmp_path / "stage"
    (tmp_path / "private").mkdir()
    (tmp_path / "secret.txt").write_bytes(b"secret")
    (stage / "media").mkdir(parents=True)
    (stage / "media" / "map").symlink_to(tmp_path / target)

    with pytest.raises(BuildRefused, match=r"media/map would be a link"):
        staged_files(stage)
