"""A setting or a command that operations.md does not name fails."""

import ast
import re

from tests.architecture.source import ROOT, tree

READERS = {"required", "optional", "number", "flag"}
OPERATIONS = ROOT / "docs" / "operations.md"


def variables() -> set[str]:
    """Every environment variable that the settings read."""
    return {
        node.args[0].value
        for file in (ROOT / "investreview" / "settings").glob("*.py")
        for node in ast.walk(tree(file))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in READERS
        and node.args
        and isinstance(node.args[0], ast.Constant)
    }


def commands() -> set[str]:
    """Every management command of the project."""
    files = ROOT.glob("*/**/management/commands/*.py")
    return {file.stem for file in files if file.stem != "__init__" and ".venv" not in file.parts}


def test_every_environment_variable_is_documented() -> None:
    documented = set(re.findall(r"`([A-Z][A-Z_]+)`", OPERATIONS.read_text("utf-8")))
    assert variables() - documented == set()


def test_every_command_is_documented() -> None:
    text = OPERATIONS.read_text("utf-8")
    assert {name for name in commands() if f"manage.py {name}" not in text} == set()
