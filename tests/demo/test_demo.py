"""``bin/demo --once`` ends as it should, and its checker notices what is not so."""

import fcntl
import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pypdf
import pytest

from tests.demo.check_demo import check

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """A folder as ``bin/demo --once`` leaves it, built once for all workers of the run."""
    base = tmp_path_factory.getbasetemp()
    shared = base if worker_id == "master" else base.parent
    folder = shared / "demo-out"
    with (shared / "demo.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "summary.json").is_file():
            _build(folder)
    return folder


def _build(folder: Path) -> None:
    environment = {key: value for key, value in os.environ.items() if key not in ("DATABASE_URL", "BROKER_URL")}
    environment |= {"PYTHONPATH": str(ROOT), "DJANGO_SETTINGS_MODULE": "investreview.settings.demo"}
    command = [sys.executable, "-m", "investreview.demo", "--once", "--dir", str(folder)]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-4000:]


@pytest.fixture
def copy(built: Path, tmp_path: Path) -> Path:
    """The folder's result, to be falsified."""
    target = tmp_path / "copy"
    target.mkdir()
    shutil.copytree(built / "documents", target / "documents")
    for name in ("summary.json", "demo.sqlite3"):
        shutil.copyfile(built / name, target / name)
    return target


def test_the_demonstration_is_as_it_should_be(copy: Path) -> None:
    assert check(copy) == []


def _summary(change: Callable[[dict[str, Any]], object]) -> Callable[[Path], None]:
    def falsify(folder: Path) -> None:
        summary = json.loads((folder / "summary.json").read_text(encoding="utf-8"))
        change(summary)
        (folder / "summary.json").write_text(json.dumps(summary), encoding="utf-8")

    return falsify


def _database(*statements: str) -> Callable[[Path], None]:
    def falsify(folder: Path) -> None:
        with sqlite3.connect(folder / "demo.sqlite3") as connection:
            connection.execute("PRAGMA ignore_check_constraints = ON")
            triggers = connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
            for (name,) in triggers:
                connection.execute(f'DROP TRIGGER "{name}"')
            for statement in statements:
                connection.execute(statement)

    return falsify


def _document(kind: str) -> Callable[[Path], dict[str, Any]]:
    def find(folder: Path) -> dict[str, Any]:
        summary = json.loads((folder / "summary.json").read_text(encoding="utf-8"))
        return next(line for line in summary["documents"] if line["kind"] == kind)

    return find


def _flip_a_byte(folder: Path) -> None:
    path = folder / _document("FILING_LETTER")(folder)["path"]
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def _blank_letter_with_its_hash(folder: Path) -> None:
    line = _document("FILING_LETTER")(folder)
    path = folder / line["path"]
    writer = pypdf.PdfWriter()
    writer.add_blank_page(595, 842)
    writer.write(path)
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    _database(f"UPDATE documents_rendition SET sha256 = '{digest}' WHERE sha256 = '{line['sha256']}'")(folder)
    summary = json.loads((folder / "summary.json").read_text(encoding="utf-8"))
    for each in summary["documents"]:
        if each["path"] == line["path"]:
            each["sha256"] = digest
    (folder / "summary.json").write_text(json.dumps(summary), encoding="utf-8")


def _lose_a_letter(folder: Path) -> None:
    (folder / _document("REFUSAL_LETTER")(folder)["path"]).unlink()


FALSIFICATIONS = {
    "one filing more is claimed": _summary(lambda summary: summary.update(filed=9)),
    "a filed case is made a refused one": _database(
        "UPDATE projects_case SET state = 'REFUSED' WHERE filing_number = 'BA2024-0003'"
    ),
    "an amount is changed in the summary": _summary(
        lambda summary: summary["routes"][0].update(amount_yuan="29999999.99")
    ),
    "a route is changed in summary and database": _database(
        "UPDATE projects_routingrecord SET route = 'ENTERPRISE_DECIDES' WHERE route = 'FILING'"
    ),
    "no reason matched": _summary(
        lambda summary: [reason.update(matched=False) for line in summary["routes"] for reason in line["reasons"]]
    ),
    "a byte of a letter is flipped": _flip_a_byte,
    "a letter without its number has a fitting hash": _blank_letter_with_its_hash,
    "a letter is missing": _lose_a_letter,
    "the signer is also the officer": _database(
        "UPDATE projects_case SET signer_id = officer_id WHERE filing_number = 'BA2024-0001'"
    ),
    "a filing number is skipped": _database(
        "UPDATE projects_case SET filing_number = 'BA2024-0099' WHERE filing_number = 'BA2024-0008'"
    ),
    "the journal is not sealed": _database("DELETE FROM journal_seal WHERE seq = (SELECT MAX(seq) FROM journal_seal)"),
    "a signature has no journal entry": _database(
        "UPDATE journal_entry SET verb = 'case.check'"
        " WHERE id = (SELECT MAX(id) FROM journal_entry WHERE verb = 'case.sign')"
    ),
    "a key of the summary is missing": _summary(lambda summary: summary.pop("journal_ok")),
    "the database is missing": lambda folder: (folder / "demo.sqlite3").unlink(),
}


@pytest.mark.parametrize("what", sorted(FALSIFICATIONS))
def test_the_checker_notices_what_is_false(copy: Path, what: str) -> None:
    FALSIFICATIONS[what](copy)
    assert check(copy) != []
