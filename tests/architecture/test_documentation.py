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


def test_every_script_is_documented() -> None:
    text = OPERATIONS.read_text("utf-8")
    scripts = {f"bin/{file.name}" for file in (ROOT / "bin").iterdir() if file.is_file()} | {".ci/run"}
    assert {name for name in scripts if f"`{name}" not in text} == set()


def test_every_variable_in_the_table_is_read_somewhere() -> None:
    named = set(re.findall(r"^\| `([A-Z][A-Z_]+)` \|", OPERATIONS.read_text("utf-8"), re.MULTILINE))
    sources = [*(ROOT / "bin").rglob("*"), ROOT / "manage.py", ROOT / "pyproject.toml"]
    sources += [file for room in ("investreview", "tests") for file in (ROOT / room).rglob("*.py")]
    text = "\n".join(file.read_text("utf-8") for file in sources if file.is_file() and file.suffix != ".pyc")
    assert {name for name in named if not re.search(rf"\b{name}\b", text)} == set()
