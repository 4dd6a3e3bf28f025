"""Who may import whom (ARCHITECTURE)."""

import re
import subprocess
import sys
from pathlib import Path

from tests.architecture.source import ROOT, importers_of

ROOMS = ("investreview", "workflows", "experts")


def test_floors_import_only_downwards() -> None:
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert result.returncode == 0, result.stdout[-4000:] + result.stderr


def test_viewflow_is_known_to_workflows_only() -> None:
    assert {path for path in importers_of("viewflow") if not path.startswith("workflows/")} == set()


def test_reportlab_is_known_to_documents_only() -> None:
    assert {path for path in importers_of("reportlab") if not path.startswith("investreview/documents/")} == set()


def test_guardian_is_called_by_permissions_only() -> None:
    # accounts/models holds the tables of direct grants, whose base classes are guardian's.
    allowed = {"permissions.py"}
    offenders = {
        path
        for path in importers_of("guardian")
        if Path(path).name not in allowed
        and not path.startswith("investreview/accounts/models")
        and "/migrations/" not in path
    }
    assert offenders == set()


def test_rules_use_the_standard_library_and_core_only() -> None:
    from tests.architecture.source import imported, python_files

    offenders = {
        (str(file.relative_to(ROOT)), name)
        for file in python_files()
        if file.name == "rules.py"
        for name in imported(file)
        if name.split(".")[0] not in sys.stdlib_module_names and not name.startswith("investreview.core")
    }
    assert offenders == set()


def test_nobody_takes_the_time_of_day_by_name() -> None:
    """A page imported while a test holds the clock would keep that hour for ever: ``clock.now()``, not ``now()``."""
    taken = re.compile(r"^from investreview\.core\.clock import .*\b(?:now|today)\b", re.MULTILINE)
    assert [
        str(file) for room in ROOMS for file in (ROOT / room).rglob("*.py") if taken.search(file.read_text("utf-8"))
    ] == []
