"""What is locked, and how: only the rows that are meant, and never against those who merely refer to them."""

import ast
from collections.abc import Iterator

from tests.architecture.source import ROOT, python_files, tree

REFERRED_TO = {"Commission", "Enterprise", "Organisation", "User"}
"""Half of all rows point at these; PostgreSQL's FOR UPDATE would make each such insert wait, or deadlock."""


def _chains() -> Iterator[tuple[str, ast.Call, list[str]]]:
    """Place, the ``select_for_update`` call, and every name of the chain of calls that it stands in."""
    for file in python_files():
        parents = {child: parent for parent in ast.walk(tree(file)) for child in ast.iter_child_nodes(parent)}
        for call in ast.walk(tree(file)):
            if not (isinstance(call, ast.Call) and getattr(call.func, "attr", "") == "select_for_update"):
                continue
            top: ast.AST = call
            while isinstance(parents.get(top), ast.Attribute | ast.Call):
                top = parents[top]
            names = [one.attr for one in ast.walk(top) if isinstance(one, ast.Attribute)]
            names += [one.id for one in ast.walk(top) if isinstance(one, ast.Name)]
            yield f"{file.relative_to(ROOT)}:{call.lineno}", call, names


def _arguments(call: ast.Call) -> set[str | None]:
    return {keyword.arg for keyword in call.keywords}


def test_a_lock_with_a_join_names_the_row_it_locks() -> None:
    offenders = [
        place for place, call, names in _chains() if "select_related" in names and "of" not in _arguments(call)
    ]
    assert offenders == []


def test_what_everybody_refers_to_is_locked_against_changes_only() -> None:
    offenders = [
        place for place, call, names in _chains() if REFERRED_TO & set(names) and "no_key" not in _arguments(call)
    ]
    assert offenders == []


def test_nobody_writes_while_rows_are_streamed() -> None:
    # On SQLite an unfinished read holds its snapshot: once somebody else has written, the next write of this
    # connection fails at once as "locked", without waiting.
    reading_only = {"investreview/journal/services/verification.py"}
    streaming = {
        str(file.relative_to(ROOT))
        for file in python_files()
        for call in ast.walk(tree(file))
        if isinstance(call, ast.Call) and getattr(call.func, "attr", "") == "iterator"
    }
    assert streaming - reading_only == set()
