"""The posts and pages of a site, found and read, public or not."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from milepost import paths
from milepost.config import Config
from milepost.keeping import Forgetful, Keeper, key_of
from milepost.posts import notice
from milepost.posts.fingerprint import reading_fingerprint
from milepost.posts.frontmatter import split
from milepost.posts.packed import packed, unpacked
from milepost.posts.post import Page, read_page, read_post
from milepost.problems import Problem
from milepost.source import read_data, read_text, text_of_data

SUFFIXES: Final = (".md", ".markdown")
"""How the names of posts and pages end."""

FOLDERS: Final = ("posts", "pages")
"""The folders of content/ in which they are."""

Reader = Callable[[str, str, Collection[str]], tuple[Page | None, list[Problem]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class _File:
    """A file that should be a post or page, and what reads it."""

    name: str
    data: bytes
    read: Reader


def is_document(name: str) -> bool:
    """Say whether a file is the text of a post or page, public or not, by its name in content/."""
    folder, _, rest = name.partition("/")
    return folder in FOLDERS and rest.lower().endswith(SUFFIXES)


def read_documents(
    config: Config, keeper: Keeper | None = None
) -> tuple[dict[str, Page], frozenset[str], list[Problem]]:
    """Return the posts and pages by file, the files that cannot be read, and why.

    Files are named relative to the site's folder. What the `keeper` has is not parsed again.
    """
    files: list[_File] = []
    broken: set[str] = set()
    problems: list[Problem] = []
    for path, reason in _links_out(config.content):
        file = path.relative_to(config.folder).as_posix()
        problems.append(Problem(check="path", file=file, message=reason))
        if is_document(path.relative_to(config.content).as_posix()):
            broken.add(file)
    problems += _misplaced(config)
    for folder, read in (("posts", read_post), ("pages", read_page)):
        for name, path in paths.walk(config.content / folder):
            file = f"{config.content.name}/{folder}/{name}"
            if file in broken:
                continue
            if not path.is_file():
                problems += _no_file(config, path, file)
                continue
            data, faults = _data(path, file)
            problems += faults
            if data is None:
                broken.add(file)
            else:
                files.append(_File(name=file, data=data, read=read))
    found, faults = _pages(files, config.extra_keys, keeper or Forgetful())
    broken |= {file.name for file in files} - found.keys()
    return found, frozenset(broken), [*problems, *faults]


def _no_file(config: Config, path: Path, file: str) -> Iterable[Problem]:
    """Tell of links that are not followed; those out of the content are reported already."""
    if not paths.leads_out(path, config.content):
        message = "this is not a file, and is not read. Put the file itself here."
        yield Problem(check="unused", file=file, message=message)


def _misplaced(config: Config) -> Iterable[Problem]:
    """Find posts that were put straight into content/."""
    folder = config.content.name
    for path in sorted(config.content.iterdir()):
        if not notice.is_notice(path.name) and path.name.endswith(SUFFIXES) and path.is_file():
            text, _ = read_text(path, path.name)
            if text and split(text, path.name)[0]:
                message = (
                    f"the file is not read: posts stand in {folder}/posts/, and the site's own "
                    f"pages in {folder}/pages/."
                )
                yield Problem(check="unused", file=f"{folder}/{path.name}", message=message)


def _data(path: Path, file: str) -> tuple[bytes | None, list[Problem]]:
    if path.suffix.lower() in SUFFIXES:
        return read_data(path, file)
    if path.suffix.lower() in {".txt", ".text", ".docx", ".odt", ".rst", ".html", ".htm"}:
        message = "the file is not read: the name of a post or page ends with .md."
        return None, [Problem(check="unused", file=file, message=message)]
    return None, []


def _pages(
    files: Sequence[_File], extra: Collection[str], keeper: Keeper
) -> tuple[dict[str, Page], list[Problem]]:
    """Return the pages by file, in the order of the files; one with a problem is never kept."""
    start = key_of(reading_fingerprint(), *sorted(key.encode() for key in extra))
    keys = [key_of(start, file.name.encode(), file.data) for file in files]
    kept = keeper.recall(keys)
    found: dict[str, Page] = {}
    problems: list[Problem] = []
    new: dict[bytes, str] = {}
    for file, key in zip(files, keys, strict=True):
        text, faults = text_of_data(file.data, file.name)
        if text is not None and key in kept:
            found[file.name] = unpacked(kept[key], file.name, text, key)
            continue
        page = None
        if text is not None:
            page, faults = file.read(text, file.name, extra)
        problems += faults
        if page:
            found[file.name] = page = replace(page, digest=key)
            if not faults and text is not None and (data := packed(page, text)):
                new[key] = data
    keeper.keep(new)
    return found, problems


def _links_out(content: Path) -> Iterable[tuple[Path, str]]:
    for _, path in paths.walk(content):
        if path.is_symlink() and paths.leads_out(path, content):
            yield path, "this is a symbolic link that leads out of the content folder. Delete it."
