"""Checks the folder of ``bin/demo --once --dir DIR`` without importing anything of the project.

    python tests/demo/check_demo.py DIR [--schema docs/summary.schema.json]

Recounts the database with sqlite3, finds each number in the text of its PDF, recomputes hashes. Prints every
difference and exits 1; prints one line and exits 0 when there is none. Needs pypdf and jsonschema.
"""

import argparse
import hashlib
import json
import sqlite3
import sys
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

import jsonschema
import pypdf

SCHEMA = Path(__file__).resolve().parents[2] / "docs" / "summary.schema.json"
FILED = ("FILED", "FILED_WITH_RISK")
EXPECTED = {"filed": 8, "enterprise_decided": 1, "refused": 1, "withdrawn": 1}
FILED_YUAN = (11_500_000, 10_000_000, 24_000_000, 15_200_000, 23_400_000, 12_800_000, 18_600_000, 17_400_000)
KINDS = {
    "ACCEPTANCE_RECEIPT",
    "SUPPLEMENT_NOTICE",
    "REGISTRATION_FORM",
    "APPROVAL_SHEET",
    "FILING_LETTER",
    "REFUSAL_LETTER",
}
LETTERS = {"FILING_LETTER": FILED, "REFUSAL_LETTER": ("REFUSED",)}


def check(folder: Path, schema: Path = SCHEMA) -> list[str]:
    """Everything in ``folder`` that is not as it should be, in words; empty when all is well."""
    try:
        summary = json.loads((folder / "summary.json").read_text(encoding="utf-8"))
        jsonschema.validate(summary, json.loads(schema.read_text(encoding="utf-8")))
    except (OSError, ValueError, jsonschema.ValidationError) as error:
        return [f"summary.json: {str(error).splitlines()[0]}"]
    database = folder / "demo.sqlite3"
    if not database.is_file():
        return ["demo.sqlite3 is missing"]
    with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as connection:
        connection.row_factory = sqlite3.Row
        return [
            *_counts(summary, connection),
            *_routes(summary, connection),
            *_evidence(connection),
            *_documents(folder, summary, connection),
            *_journal(summary, connection),
        ]


def _rows(connection: sqlite3.Connection, query: str) -> list[sqlite3.Row]:
    return list(connection.execute(query))


def _counts(summary: dict[str, Any], connection: sqlite3.Connection) -> list[str]:
    states = Counter(row["state"] for row in _rows(connection, "SELECT state FROM projects_case"))
    counted = {
        "filed": sum(states[state] for state in FILED),
        "enterprise_decided": states["ENTERPRISE_DECIDED"],
        "refused": states["REFUSED"],
        "withdrawn": states["WITHDRAWN"],
    }
    faults = [
        f"{key}: summary says {summary[key]}, the database holds {number}"
        for key, number in counted.items()
        if summary[key] != number
    ]
    faults += [
        f"{key}: {number}, published are {EXPECTED[key]}" for key, number in counted.items() if number != EXPECTED[key]
    ]
    return faults


def _routes(summary: dict[str, Any], connection: sqlite3.Connection) -> list[str]:
    stored = {
        row["number"]: row
        for row in _rows(
            connection,
            "SELECT c.number, c.state, r.amount_yuan_text AS amount, r.route, r.duties, r.reasons"
            " FROM projects_routingrecord r JOIN projects_case c ON c.id = r.case_id WHERE r.occasion = 'CONFIRMED'",
        )
    }
    told = {line["case"]: line for line in summary["routes"]}
    faults = [f"routes: {number} is missing or too many" for number in stored.keys() ^ told.keys()]
    for number in stored.keys() & told.keys():
        row, line = stored[number], told[number]
        reasons = [
            {key: reason[key] for key in ("rule", "citation", "value", "matched")}
            for reason in json.loads(row["reasons"])
        ]
        if (line["amount_yuan"], line["route"], line["duties"], line["reasons"]) != (
            row["amount"],
            row["route"],
            json.loads(row["duties"]),
            reasons,
        ):
            faults.append(f"routes: {number} differs from the database")
        if not any(reason["matched"] for reason in line["reasons"]):
            faults.append(f"routes: {number} has no reason that matched")
        faults += _route_fits(number, Decimal(line["amount_yuan"]), line["route"])
    filed = sorted(Decimal(stored[number]["amount"]) for number in stored if stored[number]["state"] in FILED)
    if filed != sorted(map(Decimal, FILED_YUAN)):
        faults.append(f"routes: the filed amounts are {filed}")
    return faults


def _route_fits(number: str, amount: Decimal, route: str) -> list[str]:
    expected = (
        "FILING"
        if 10_000_000 <= amount < 30_000_000
        else "ENTERPRISE_DECIDES"
        if amount < 10_000_000
        else "EXPERT_PANEL"
    )
    return [] if route == expected else [f"routes: {number} with {amount} yuan went {route}, not {expected}"]


def _evidence(connection: sqlite3.Connection) -> list[str]:
    """Whoever filed has a number, a signer other than officer and head; numbers have no gap."""
    faults = []
    numbers = []
    for row in _rows(connection, "SELECT * FROM projects_case WHERE state IN ('FILED', 'FILED_WITH_RISK', 'REFUSED')"):
        people = [row["drafter_id"], row["releaser_id"], row["officer_id"], row["head_id"], row["signer_id"]]
        if None in people or len(set(people)) != len(people):
            faults.append(f"evidence: {row['number']} was not done by five different people")
        if not row["document_number"] or row["signed_at"] is None:
            faults.append(f"evidence: {row['number']} is decided without number or date")
        if row["state"] in FILED:
            numbers.append(row["filing_number"])
    if sorted(numbers) != [f"BA2024-{n:04d}" for n in range(1, len(numbers) + 1)]:
        faults.append(f"evidence: the filing numbers are {sorted(numbers)}")
    if not _rows(connection, "SELECT 1 FROM projects_opinion WHERE decided_via = 'PAPER' AND step LIKE '%sign%'"):
        faults.append("evidence: no case was signed on paper")
    if not _rows(
        connection, "SELECT 1 FROM projects_case WHERE supplement_count = 1 AND state IN ('FILED', 'FILED_WITH_RISK')"
    ):
        faults.append("evidence: no case was filed after a supplement")
    return faults


def _documents(folder: Path, summary: dict[str, Any], connection: sqlite3.Connection) -> list[str]:
    faults = []
    stored = {
        (row["number"], row["kind"], row["sha256"])
        for row in _rows(
            connection,
            "SELECT d.number, d.kind, r.sha256 FROM documents_rendition r"
            " JOIN documents_document d ON d.id = r.document_id WHERE r.state = 'DONE'",
        )
    }
    for line in summary["documents"]:
        path = folder / line["path"]
        if not path.is_file():
            faults.append(f"documents: {line['path']} is missing")
            continue
        content = path.read_bytes()
        if hashlib.sha256(content).hexdigest() != line["sha256"]:
            faults.append(f"documents: {line['path']} does not have the hash it is said to have")
            continue
        if (line["number"], line["kind"], line["sha256"]) not in stored:
            faults.append(f"documents: {line['path']} is not in the database with this number, kind and hash")
        text = "".join(page.extract_text() for page in pypdf.PdfReader(path).pages)
        if _plain(line["number"]) not in _plain(text):
            faults.append(f"documents: {line['number']} does not stand in the text of {line['path']}")
    told = Counter(line["kind"] for line in summary["documents"])
    faults += [f"documents: there is no {kind}" for kind in KINDS - told.keys()]
    for kind, states in LETTERS.items():
        marks = ", ".join(f"'{state}'" for state in states)
        decided = _rows(connection, f"SELECT document_number FROM projects_case WHERE state IN ({marks})")
        numbers = Counter(row["document_number"] for row in decided)
        if numbers != Counter(line["number"] for line in summary["documents"] if line["kind"] == kind):
            faults.append(f"documents: the {kind}s are not those of the decided cases")
    return faults


def _plain(text: str) -> str:
    return "".join(text.split())


def _journal(summary: dict[str, Any], connection: sqlite3.Connection) -> list[str]:
    faults = [] if summary["journal_ok"] else ["journal: the summary says it is broken"]
    verbs = Counter(row["verb"] for row in _rows(connection, "SELECT verb FROM journal_entry"))
    for verb, query in (
        ("case.sign", "SELECT COUNT(*) FROM projects_case WHERE signed_at IS NOT NULL"),
        ("case.create", "SELECT COUNT(*) FROM projects_case"),
        ("case.withdraw", "SELECT COUNT(*) FROM projects_case WHERE state = 'WITHDRAWN'"),
    ):
        number = connection.execute(query).fetchone()[0]
        if verbs[verb] != number:
            faults.append(f"journal: {verbs[verb]} entries {verb}, {number} cases")
    unsealed = connection.execute(
        "SELECT COUNT(*) FROM journal_entry e LEFT JOIN journal_seal s ON s.entry_id = e.id WHERE s.entry_id IS NULL"
    ).fetchone()[0]
    if unsealed:
        faults.append(f"journal: {unsealed} entries are not sealed")
    return faults


def main() -> int:
    """0 when the folder is as it should be, 1 with a line for each difference otherwise."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--schema", type=Path, default=SCHEMA)
    wish = parser.parse_args()
    faults = check(wish.folder, wish.schema)
    for fault in faults:
        print(fault)
    if not faults:
        print(f"{wish.folder}: 演示结果核对一致 / the demonstration is as it should be")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
