"""What a file of Milepost may import, and what importing it costs."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

import milepost

PACKAGE = Path(milepost.__file__).parent


def module_of(path: Path) -> str:
    """Return the dotted name of a file's module."""
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


TREES = {module_of(path): ast.parse(path.read_bytes()) for path in sorted(PACKAGE.rglob("*.py"))}


def at_once(node: ast.AST) -> Iterator[ast.AST]:
    """Yield what runs when a module is imported: no functions, and nothing for types only."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            continue
        if isinstance(child, ast.If) and "TYPE_CHECKING" in ast.unparse(child.test):
            for other in child.orelse:
                yield other
                yield from at_once(other)
            continue
        yield child
        yield from at_once(child)


def imported(nodes: Iterator[ast.AST]) -> set[str]:
    """Return the modules imported here; a package itself only for names of its own file."""
    found: set[str] = set()
    for node in nodes:
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = {f"{node.module}.{alias.name}" for alias in node.names}
            found |= {name if name in TREES else node.module for name in names}
    return found


def test_only_the_engine_knows_pelican() -> None:
    """Pelican is imported in engine/ and site.py, and nowhere else, not even in a function."""
    knowing = {
        name
        for name, tree in TREES.items()
        if any(found.split(".")[0] == "pelican" for found in imported(ast.walk(tree)))
    }

    assert {name for name in knowing if not name.startswith("milepost.engine.")} == {
        "milepost.site"
    }


ORDER = (
    ("models",),
    ("rules",),
    ("content",),
    ("render",),
    ("engine", "checks"),
    ("site",),
    ("build", "preview", "scaffold"),
    ("cli",),
    ("__main__",),
)
"""Who knows whom: a layer knows itself and those before it. What is not named is a model."""


def layer_of(module: str) -> int:
    """Return the place of a module in the order of knowledge."""
    part = f"{module}.".split(".")[1]
    return next((rank for rank, parts in enumerate(ORDER) if part in parts), 0)


def test_knowledge_goes_one_way() -> None:
    """Models know nothing of pages, pages nothing of the engine, and only commands know all."""
    upward = {
        f"{name} imports {found}"
        for name, tree in TREES.items()
        for found in imported(ast.walk(tree)) & TREES.keys()
        if layer_of(found) > layer_of(name)
    }

    # The one way round is the lazy attribute that Pelican's own command line asks for.
    assert upward == {"milepost imports milepost.site"}


def test_no_import_is_relative() -> None:
    """Every import says whence it comes, so that these tests see all of them."""
    relative = [
        name
        for name, tree in TREES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.level
    ]

    assert relative == []


def test_no_two_modules_wait_for_each_other() -> None:
    """No module needs, when it is imported, one that needs it."""
    graph = {
        name: imported(at_once(tree)) & (TREES.keys() - {name}) for name, tree in TREES.items()
    }

    TopologicalSorter(graph).prepare()  # raises CycleError, which names them

    assert len(graph) > 50


LIGHT = {
    "milepost": ("pelican", "pydantic", "PIL", "jinja2"),
    "milepost.defaults": ("pelican", "pydantic", "PIL", "jinja2"),
    "milepost.cli": ("pelican", "pydantic", "PIL", "jinja2"),
    "milepost.content": ("pelican",),
    "milepost.render.pages": ("pelican",),
    "milepost.checks": ("pelican",),
}


@pytest.mark.parametrize(("module", "heavy"), LIGHT.items(), ids=LIGHT)
def test_importing_is_light(module: str, heavy: tuple[str, ...]) -> None:
    """Settings load, and a command line is read, before anything large is."""
    program = f"import {module}, json, sys; print(json.dumps(sorted(sys.modules)))"

    run = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )

    assert {name.split(".")[0] for name in json.loads(run.stdout)} & set(heavy) == set()
