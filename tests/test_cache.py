"""What builds keep about posts: right, or not there."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal

import pytest
from hypothesis import given, settings
from markdown.extensions import Extension

from awkward import DEFAULT, TEXTS, texts
from milepost.engine.cache import FILE, Cache
from milepost.keeping import key_of
from milepost.posts import packed as pages
from milepost.posts.converted import convert_all, packed, unpacked
from milepost.posts.fingerprint import Unstable, fingerprint
from milepost.posts.post import read_page, read_post
from sites import Built, build_site, post, rebuild

KEYS = [key_of(b"%d" % number) for number in range(1200)]
MADE = {key: f"{number} «words» " * 40 for number, key in enumerate(KEYS)}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Return where a cache is that has something in it."""
    path = tmp_path / ".milepost" / FILE
    cache = Cache(path, "development")
    cache.keep(MADE)
    cache.close()
    return path


def recalled(path: Path) -> tuple[Mapping[bytes, str], list[str]]:
    """Return what is kept, and what is said about the file."""
    cache = Cache(path, "development")
    found = cache.recall(KEYS)
    cache.close()
    return found, [problem.message for problem in cache.problems]


def test_what_was_kept_is_there_in_the_next_build(file: Path) -> None:
    """A thousand entries come back as they were."""
    assert recalled(file) == (MADE, [])


def test_without_a_file_nothing_is_kept_and_nothing_said(tmp_path: Path) -> None:
    """The first build of a site is no reason for a message."""
    assert recalled(tmp_path / ".milepost" / FILE) == ({}, [])


def flipped(data: bytes) -> bytes:
    """Return a file with one letter of one entry changed."""
    at = data.index("17 «words»".encode())
    return data[:at] + b"9" + data[at + 1 :]


DAMAGES = {
    "nonsense": lambda data: b"This is no database at all. " * 99,  # noqa: ARG005
    "half of it": lambda data: data[: len(data) // 2],
    "not even a page": lambda data: data[:1000],
    "the middle overwritten": lambda data: data[:9000] + b"\xff" * 20000 + data[29000:],
    "not UTF-8": lambda data: data.replace("«".encode(), b"\xff\xff"),
    "one letter": flipped,
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_damage_is_told_once_and_never_believed(file: Path, damage: Any) -> None:
    """Whatever has happened to the file, what comes out of it is right or is nothing."""
    file.write_bytes(damage(file.read_bytes()))

    found, said = recalled(file)

    assert found.items() <= MADE.items()
    assert len(found) < len(MADE)
    assert len(said) == 1
    assert "It only saves time" in said[0]


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_a_damaged_file_is_as_good_as_new_after_a_build(file: Path, damage: Any) -> None:
    """The next build but one has everything again, and nothing to say."""
    file.write_bytes(damage(file.read_bytes()))
    cache = Cache(file, "development")
    found = cache.recall(KEYS)
    cache.keep({key: text for key, text in MADE.items() if key not in found})
    cache.forget_others()
    cache.close()

    assert recalled(file) == (MADE, [])


def test_an_empty_file_is_no_damage(file: Path) -> None:
    """It is what a database without anything looks like."""
    file.write_bytes(b"")

    assert recalled(file) == ({}, [])


def test_a_file_of_another_version_is_made_anew(file: Path) -> None:
    """What a later Milepost keeps is not ours to understand."""
    with sqlite3.connect(file) as base:
        base.execute("PRAGMA user_version = 99")
    base.close()

    found, said = recalled(file)

    assert found == {}
    assert "another version" in said[0]
    assert recalled(file) == ({}, [])


def test_a_folder_in_its_place_is_left_alone(tmp_path: Path) -> None:
    """The build goes on without a cache."""
    folder = tmp_path / ".milepost" / FILE
    folder.mkdir(parents=True)
    cache = Cache(folder, "development")

    cache.keep(MADE)

    assert cache.recall(KEYS) == {}
    assert [problem.check for problem in cache.problems] == ["cache"]
    assert folder.is_dir()


def test_a_file_in_use_by_somebody_else_is_read_only(file: Path) -> None:
    """While another program writes to it, it is read as it was before."""
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    cache = Cache(file, "development")

    cache.keep({key_of(b"new"): "new"})

    assert cache.recall(KEYS) == MADE
    assert ["cannot be written" in problem.message for problem in cache.problems] == [True]
    cache.close()
    other.close()


FULL = """
import resource, sys
from pathlib import Path
from milepost.engine.cache import Cache
from milepost.keeping import key_of
file = Path(sys.argv[1])
resource.setrlimit(resource.RLIMIT_FSIZE, (file.stat().st_size, file.stat().st_size))
cache = Cache(file, "development")
for number in range(3):
    cache.keep({key_of(b"big %d" % number): "x" * 9_000_000})
cache.forget_others()
print(len(cache.recall([key_of(b"%d" % number) for number in range(100)])))
print("\\n".join(problem.message for problem in cache.problems))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no limit for the size of files")
def test_a_full_disk_leaves_what_was_there(file: Path) -> None:
    """When there is no room for more, the build goes on with what it has."""
    run = subprocess.run(
        [sys.executable, "-c", FULL, str(file)], capture_output=True, text=True, check=True
    )

    count, said = run.stdout.splitlines()
    assert count == "100"
    assert "cannot be written" in said
    assert recalled(file)[0] == MADE


READ_ONLY = """
import os, sys
from pathlib import Path
from milepost.engine.cache import Cache
from milepost.keeping import key_of
if os.geteuid() == 0:
    os.setegid(65534)
    os.seteuid(65534)
cache = Cache(Path(sys.argv[1]), "development")
keys = [key_of(b"%d" % number) for number in range(100)]
print(len(cache.recall(keys)))
cache.keep({key_of(b"new"): "new"})
cache.forget_others()
print(len(cache.recall(keys)))
print("\\n".join(problem.message for problem in cache.problems))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="files are read-only in another way")
def test_a_file_that_is_read_only_is_read(file: Path) -> None:
    """On a disk that cannot be written what is there still saves time."""
    with open_folder() as folder:
        shutil.copy(file, folder / FILE)
        (folder / FILE).chmod(0o444)
        folder.chmod(0o555)

        run = subprocess.run(
            [sys.executable, "-c", READ_ONLY, str(folder / FILE)],
            capture_output=True,
            text=True,
            check=True,
        )

    before, after, said = run.stdout.splitlines()
    assert (before, after) == ("100", "100")
    assert "cannot be written" in said


@contextmanager
def open_folder() -> Iterator[Path]:
    """Make a folder that everybody may look into, as pytest's own is not."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        folder.chmod(0o755)
        shutil.rmtree(folder)


def test_deleted_posts_leave_when_no_kind_of_build_uses_them(file: Path) -> None:
    """Development and final builds share the file; what neither asks for goes."""
    profiles: tuple[Literal["final", "development"], ...] = ("final", "development")
    for profile in profiles:
        cache = Cache(file, profile)
        cache.recall(KEYS if profile == "final" else KEYS[:10])
        cache.forget_others()
        cache.close()
    assert len(recalled(file)[0]) == len(KEYS)

    cache = Cache(file, "final")
    cache.recall(KEYS[:20])
    cache.forget_others()
    cache.close()

    assert recalled(file)[0].keys() == set(KEYS[:20])


# Whole sites.


FILES = {
    f"content/posts/{number}.md": post(f"Words {number}.\n\n{text}", title=f"Post {number}")
    for number, text in enumerate(TEXTS)
    if "\x02" not in text and "<script" not in text and "](" not in text and "\u2028" not in text
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Build a site with awkward posts for the first time."""
    return build_site(tmp_path_factory.mktemp("site"), FILES)


def kept(folder: Path) -> Iterator[tuple[bytes, int]]:
    """Yield the keys that a site keeps, and which kinds of build use them."""
    with sqlite3.connect(folder / ".milepost" / FILE) as base:
        yield from base.execute("SELECT key, users FROM kept")
    base.close()


def test_a_build_with_a_cache_is_the_same(site: Built) -> None:
    """The second build takes everything from the cache, and says and makes the same."""
    again = rebuild(site.folder)

    assert (again.code, again.report, again.files) == (site.code, site.report, site.files)


def test_a_damaged_cache_costs_one_line(site: Built, tmp_path: Path) -> None:
    """The site is made as ever, with one warning about the file."""
    folder = shutil.copytree(site.folder, tmp_path / "copy")
    (folder / ".milepost" / FILE).write_bytes(b"damaged")

    again = rebuild(folder)

    assert again.files == site.files
    lines = set(again.report.splitlines()) - set(site.report.splitlines())
    assert sum(f".milepost/{FILE} has 1 warning" in line for line in lines) == 1


def test_a_deleted_post_leaves_the_cache(tmp_path: Path) -> None:
    """After the next build no more is kept than of a site that never had it."""
    folder, other = tmp_path / "site", tmp_path / "other"
    build_site(folder, {"content/posts/gone.md": post("Going.", title="Going")})
    build_site(other)
    before = set(kept(folder))
    (folder / "content/posts/gone.md").unlink()

    rebuild(folder)

    assert before != set(kept(folder)) == set(kept(other))


def test_another_setting_of_markdown_is_another_text(tmp_path: Path) -> None:
    """A site that turns an extension on gets its posts converted again."""
    build_site(tmp_path, {"content/posts/a.md": post('"Quoted"', title="Quoted")})
    conf = tmp_path / "pelicanconf.py"
    conf.write_text(conf.read_text() + 'MARKDOWN["extensions"].append("smarty")\n')

    again = rebuild(tmp_path)

    assert "&ldquo;Quoted&rdquo;" in again.text("blog/quoted/index.html")


def test_a_renamed_file_is_read_again(tmp_path: Path) -> None:
    """A post whose title says nothing about its address gets that of its new name."""
    build_site(tmp_path, {"content/posts/old.md": post("Words.", title="'???'")})
    (tmp_path / "content/posts/old.md").rename(tmp_path / "content/posts/new.md")

    again = rebuild(tmp_path)

    assert "blog/new/index.html" in again.files


# What is kept.


@given(text=texts, summary=texts)
@settings(max_examples=100, deadline=None)
def test_a_text_is_the_same_after_it_was_kept(text: str, summary: str) -> None:
    """Pieces, links and words come back as they were."""
    [data] = convert_all({"extensions": list(DEFAULT)}, [(text, summary)])

    assert packed(unpacked(data)) == data


HEADERS = {
    "plain": "Title: A\nDate: 2027-01-15\nTags: a, b\n",
    "short": "---\ntitle: A\ndate: 2027-01-15\n---\n",
    "long": "---\ntitle: Ä «b»\ndate: 2027-01-15 08:30\nmodified: 2027-02-01\nsummary: |\n  One\n"
    "  two\ntags: [a, b]\nauthor: [x]\nsponsors: acme\nexpires: 2028-01-01\nstatus: hidden\n"
    "button:\n  label: Go\n  url: https://a.example\nold_addresses: /a/b.html\nlang: de\n"
    "wall: none\nabout: 2027\nown: {a: [b, {c: d}]}\n---\n",
}


HEADS = [*((read_post, header) for header in HEADERS.values()), (read_page, HEADERS["short"])]


@pytest.mark.parametrize(("read", "header"), HEADS)
def test_a_page_is_the_same_after_it_was_kept(read: Any, header: str) -> None:
    """The lines above a text come back with their values, types and lines."""
    text = f"{header}\nWords.\n"
    page, problems = read(text, "content/posts/a.md", ("own",))
    assert not problems

    data = pages.packed(page, text)
    again = pages.unpacked(data, page.file, text, b"")

    assert again == page
    assert again.header == page.header
    assert again.matter.model_fields_set == page.matter.model_fields_set


class Known(Extension):
    """An extension whose settings are plain."""

    def __init__(self, size: int) -> None:
        """Take its setting."""
        super().__init__()
        self.size = size


def test_settings_have_the_same_digest_when_they_say_the_same() -> None:
    """Extensions as names, with settings, or made by the site are told apart by what they say."""
    same: Any = {"extensions": ["toc", Known(3)], "extension_configs": {"toc": {"title": "T"}}}
    again: Any = {"extensions": ["toc", Known(3)], "extension_configs": {"toc": {"title": "T"}}}
    other: Any = {"extensions": ["toc", Known(4)], "extension_configs": {"toc": {"title": "T"}}}

    assert fingerprint(same) == fingerprint(again)
    assert fingerprint(same) != fingerprint(other)


UNSTABLE = {
    "a lambda": {"extension_configs": {"toc": {"slugify": lambda words, _: words}}},
    "an object without a face": {"extension_configs": {"toc": {"title": object()}}},
}


@pytest.mark.parametrize("options", UNSTABLE.values(), ids=UNSTABLE)
def test_settings_that_nobody_can_tell_apart_have_none(options: dict[str, Any]) -> None:
    """What a lambda does is not known by its name."""
    with pytest.raises(Unstable):
        fingerprint(options)


def test_a_site_with_such_settings_is_built_without_a_cache(tmp_path: Path) -> None:
    """One line says so, and the posts are converted every time."""
    conf = (
        'MARKDOWN["extension_configs"] = {"markdown.extensions.toc": '
        '{"slugify": lambda words, _: "x-" + words.lower()}}\n'
    )
    folder = build_site(tmp_path, {"content/posts/a.md": post("## Hill", title="A")}).folder
    settings_file = folder / "pelicanconf.py"
    settings_file.write_text(settings_file.read_text() + conf)

    again = rebuild(folder)

    assert 'id="x-hill"' in again.text("blog/a/index.html")
    assert again.report.count("posts are converted anew in every build") == 1


def test_hash_seeds_do_not_change_a_digest() -> None:
    """Every process finds what another one has kept."""
    program = (
        "from milepost.posts.fingerprint import fingerprint\n"
        "print(fingerprint({'extensions': ['toc'], 'x': {'b', 'a', 'c'}}).hex())"
    )
    seeds = ("1", "2", "3")

    found = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in seeds
    }

    assert len(found) == 1
