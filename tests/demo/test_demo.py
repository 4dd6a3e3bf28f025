"""``bin/demo --once`` ends as it should, and its checker notices what is not so."""

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

import openpyxl
import pypdf
import pytest

from tests import pool
from tests.demo.check_demo import check

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def demonstration() -> Path:
    """A folder as ``bin/demo --once`` leaves it, built once for all workers of the run."""
    place = pool.place_of("the demonstration")
    with pool.alone_at(place):
        if not place.is_dir():
            folder = pool.new_folder()
            _build(folder)
            folder.rename(place)
    return place


def _build(folder: Path) -> None:
    environment = {key: value for key, value in os.environ.items() if key not in ("DATABASE_URL", "BROKER_URL")}
    environment |= {"PYTHONPATH": str(ROOT), "DJANGO_SETTINGS_MODULE": "investreview.settings.demo"}
    command = [sys.executable, "-m", "investreview.demo", "--once", "--dir", str(folder)]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-4000:]


@pytest.fixture
def copy(demonstration: Path, tmp_path: Path) -> Path:
    """The folder's result, to be falsified."""
    target = tmp_path / "copy"
    target.mkdir()
    for name in ("documents", "draws", "ledgers"):
        shutil.copytree(demonstration / name, target / name)
    for name in ("summary.json", "demo.sqlite3"):
        shutil.copyfile(demonstration / name, target / name)
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


def _change_a_ball(folder: Path) -> None:
    path = sorted((folder / "draws").iterdir())[0]
    evidence = json.loads(path.read_text(encoding="utf-8"))
    evidence["entropy"][-1][1] = "1." + evidence["entropy"][-1][1][2:]
    path.write_text(json.dumps(evidence), encoding="utf-8")


def _drop_a_draw(folder: Path) -> None:
    name = sorted((folder / "draws").iterdir())[2].name
    _summary(lambda summary: summary["draws"].remove({"evidence": f"draws/{name}", "verified": True}))(folder)


def _change_the_ledger(folder: Path) -> None:
    [path] = (folder / "ledgers").iterdir()
    book = openpyxl.load_workbook(path)
    book.worksheets[0].delete_rows(2)
    book.save(path)


def _pick_another_project(folder: Path) -> None:
    evidence, path = _sample(folder)
    picked = evidence["result"]["sample"]["random"]
    picked[0] = next(row["no"] for row in evidence["snapshot"]["rows"] if row["no"] not in picked)
    path.write_text(json.dumps(evidence), encoding="utf-8")


def _sample(folder: Path) -> tuple[dict[str, Any], Path]:
    read = ((json.loads(path.read_text(encoding="utf-8")), path) for path in (folder / "draws").iterdir())
    return next((evidence, path) for evidence, path in read if "sample" in evidence["result"])


def _drop_a_notice(folder: Path) -> None:
    line = _document("SAMPLE_NOTICE")(folder)
    _summary(lambda summary: summary["documents"].remove(line))(folder)


def _leave_out_the_sample(folder: Path) -> None:
    name = _sample(folder)[1].name
    _summary(lambda summary: summary["draws"].remove({"evidence": f"draws/{name}", "verified": True}))(folder)


FALSIFICATIONS = {
    "a better share is claimed": _summary(lambda summary: summary.update(sample_share=0.5)),
    "a backfilled project more is claimed": _summary(lambda summary: summary.update(backfilled=24)),
    "a backfilled project is gone from the database": _database(
        "UPDATE projects_pastdecision SET backfill_id = 0 WHERE id = (SELECT MIN(id) FROM projects_pastdecision)"
    ),
    "a backfilled project is counted as a case": _database(
        "UPDATE projects_case SET project_id = (SELECT MIN(project_id) FROM projects_pastdecision)"
        " WHERE id = (SELECT MIN(id) FROM projects_case)"
    ),
    "an amount of the past is changed": _database(
        "UPDATE projects_pastdecision SET amount_yuan = amount_yuan + 10000"
        " WHERE id = (SELECT MAX(id) FROM projects_pastdecision)"
    ),
    "the past was checked by whoever entered it": _database(
        "UPDATE projects_backfill SET checked_by_id = entered_by_id"
    ),
    "a scan of the past is missing": _database("DELETE FROM projects_pastpaper WHERE id = 1"),
    "a row of the ledger is deleted": _change_the_ledger,
    "another project is in the evidence": _pick_another_project,
    "another project is on the list": _database(
        "UPDATE evaluations_framerow SET is_picked = 1"
        " WHERE id = (SELECT MIN(id) FROM evaluations_framerow WHERE is_picked = 0)"
    ),
    "a mandatory pick is invented": _database(
        "INSERT INTO evaluations_mandatorypick (row_id, rule, citation) SELECT MIN(id), 'LETTER', '§8.2'"
        " FROM evaluations_framerow"
    ),
    "the sample's evidence is left out": _leave_out_the_sample,
    "a notice is left out": _drop_a_notice,
    "a notice was never acknowledged": _database(
        "UPDATE evaluations_samplenotice SET state = 'DELIVERED', acknowledged_at = NULL"
        " WHERE id = (SELECT MAX(id) FROM evaluations_samplenotice)"
    ),
    "a notice went to another enterprise": _database(
        "UPDATE evaluations_samplenotice SET group_id = (SELECT MAX(id) FROM registry_enterprise)"
        " WHERE id = (SELECT MAX(id) FROM evaluations_samplenotice)"
    ),
    "one second review more is claimed": _summary(lambda summary: summary.update(second_reviewed=7)),
    "a second review is counted as filed": _database(
        "UPDATE projects_case SET needs_panel = 0 WHERE panel_conclusion = 'PASS'"
    ),
    "an on-site number is changed": _change_a_ball,
    "a draw is left out of the chain": _drop_a_draw,
    "a sheet is improved after the opinion": _database(
        "UPDATE experts_scoresheet SET total = total + 5 WHERE id = (SELECT MIN(id) FROM experts_scoresheet"
        " WHERE stage = 'FINAL')"
    ),
    "a member's signature is missing": _database("DELETE FROM experts_opinionsignature WHERE id = 1"),
    "a condition is met without its proof": _database(
        "UPDATE experts_condition SET evidence_id = NULL WHERE state = 'MET'"
    ),
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
