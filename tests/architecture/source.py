"""The project's own files, read once."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("investreview", "workflows", "experts")


@cache
def python_files() -> tuple[Path, ...]:
    """Every module of the product, migrations included."""
    return tuple(sorted(file for package in PACKAGES for file in (ROOT / package).rglob("*.py")))


@cache
def tree(file: Path) -> ast.Module:
    """The module as a syntax tree."""
    return ast.parse(file.read_text(encoding="utf-8"), str(file))


def imported(file: Path) -> Iterator[str]:
    """The dotted name of each module that ``file`` imports, wherever in the file."""
    for node in ast.walk(tree(file)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module


def importers_of(library: str) -> set[str]:
    """The paths, from the root, of all modules that import ``library``."""
    return {
        str(file.relative_to(ROOT))
        for file in python_files()
        if any(name.split(".")[0] == library for name in imported(file))
    }
