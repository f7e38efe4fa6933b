"""The posts and pages of a site, found and read, public or not."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from pathlib import Path
from typing import Final

from milepost import paths
from milepost.config import Config
from milepost.posts import notice
from milepost.posts.frontmatter import split
from milepost.posts.post import Page, read_page, read_post
from milepost.problems import Problem
from milepost.source import read_text

SUFFIXES: Final = (".md", ".markdown")
"""How the names of posts and pages end."""

FOLDERS: Final = ("posts", "pages")
"""The folders of content/ in which they are."""

Reader = Callable[[str, str, Collection[str]], tuple[Page | None, list[Problem]]]


def is_document(name: str) -> bool:
    """Say whether a file is the text of a post or page, public or not, by its name in content/."""
    folder, _, rest = name.partition("/")
    return folder in FOLDERS and rest.lower().endswith(SUFFIXES)


def read_documents(config: Config) -> tuple[dict[str, Page], frozenset[str], list[Problem]]:
    """Return the posts and pages by file, the files that cannot be read, and why.

    Files are named relative to the site's folder.
    """
    found: dict[str, Page] = {}
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
            page, faults = _document(path, file, read, config.extra_keys)
            problems += faults
            if page:
                found[file] = page
            else:
                broken.add(file)
    return found, frozenset(broken), problems


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


def _document(
    path: Path, file: str, read: Reader, extra: Collection[str]
) -> tuple[Page | None, list[Problem]]:
    if path.suffix.lower() not in SUFFIXES:
        if path.suffix.lower() in {".txt", ".text", ".docx", ".odt", ".rst", ".html", ".htm"}:
            message = "the file is not read: the name of a post or page ends with .md."
            return None, [Problem(check="unused", file=file, message=message)]
        return None, []
    text, problems = read_text(path, file)
    return (None, problems) if text is None else read(text, file, extra)


def _links_out(content: Path) -> Iterable[tuple[Path, str]]:
    for _, path in paths.walk(content):
        if path.is_symlink() and paths.leads_out(path, content):
            yield path, "this is a symbolic link that leads out of the content folder. Delete it."
