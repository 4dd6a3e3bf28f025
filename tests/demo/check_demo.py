"""Checks the folder of ``bin/demo --once --dir DIR`` without importing anything of the project.

    python tests/demo/check_demo.py DIR [--schema docs/summary.schema.json]

Recounts the database with sqlite3, the past from the ledgers as they were sent and the sample from its evidence, finds
each number in the text of its PDF, recomputes hashes, and runs the offline verifier of draws on each evidence file and
on their chain. Prints every difference and exits 1; prints one line and exits 0 when there is none. Needs pypdf,
openpyxl and jsonschema.
"""

import argparse
import hashlib
import json
import sqlite3
import subprocess
import sys
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

import jsonschema

sys.path.insert(0, str(Path(__file__).resolve().parent))
from check_sample import check_past, check_sample, plain, rows_of, text_of

ROOT = Path(__file__).resolve().parents[2]
SCHEMA = ROOT / "docs" / "summary.schema.json"
VERIFIER = ROOT / "investreview" / "draws" / "verify_draw.py"
FILED = ("FILED", "FILED_WITH_RISK")
DECIDED = (*FILED, "REFUSED")
EXPECTED = {"filed": 8, "second_reviewed": 6, "enterprise_decided": 1, "refused": 1, "withdrawn": 1}
REVIEWED_YUAN = (56_000_000, 30_000_000, 82_000_000, 240_000_000, 120_000_000, 186_000_000)
FILED_YUAN = (11_500_000, 10_000_000, 24_000_000, 15_200_000, 23_400_000, 12_800_000, 18_600_000, 17_400_000)
KINDS = {
    "ACCEPTANCE_RECEIPT",
    "SUPPLEMENT_NOTICE",
    "REGISTRATION_FORM",
    "APPROVAL_SHEET",
    "FILING_LETTER",
    "REFUSAL_LETTER",
    "DRAW_SEAL_SHEET",
    "DRAW_RECORD",
    "DRAW_RECORD_PUBLIC",
    "PANEL_OPINION",
    "SECOND_REVIEW_LETTER",
    "SAMPLE_NOTICE",
}
LETTERS = {"FILING_LETTER": (FILED, 0), "REFUSAL_LETTER": (("REFUSED",), 0), "SECOND_REVIEW_LETTER": (DECIDED, 1)}


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
            *_panels(connection),
            *_draws(folder, summary, connection),
            *check_past(folder, summary, connection),
            *check_sample(folder, summary, connection),
            *_documents(folder, summary, connection),
            *_journal(summary, connection),
        ]


def _counts(summary: dict[str, Any], connection: sqlite3.Connection) -> list[str]:
    cases = rows_of(connection, "SELECT state, needs_panel FROM projects_case")
    states = Counter(row["state"] for row in cases if not row["needs_panel"])
    counted = {
        "filed": sum(states[state] for state in FILED),
        "second_reviewed": sum(1 for row in cases if row["needs_panel"] and row["state"] in DECIDED),
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
        for row in rows_of(
            connection,
            "SELECT c.number, c.state, c.needs_panel, r.amount_yuan_text AS amount, r.route, r.duties, r.reasons"
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
    for name, with_panel, states, published in (
        ("filed", 0, FILED, FILED_YUAN),
        ("second-reviewed", 1, DECIDED, REVIEWED_YUAN),
    ):
        rows = [row for row in stored.values() if row["needs_panel"] == with_panel and row["state"] in states]
        amounts = sorted(Decimal(row["amount"]) for row in rows)
        if amounts != sorted(map(Decimal, published)):
            faults.append(f"routes: the {name} amounts are {amounts}")
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
    """Whoever filed has a number of its series, a signer other than officer and head; numbers have no gap."""
    faults = []
    numbers: dict[str, list[str]] = {"BA": [], "EL": []}
    decided = "SELECT * FROM projects_case WHERE state IN ('FILED', 'FILED_WITH_RISK', 'REFUSED')"
    for row in rows_of(connection, decided):
        people = [row["drafter_id"], row["releaser_id"], row["officer_id"], row["head_id"], row["signer_id"]]
        if None in people or len(set(people)) != len(people):
            faults.append(f"evidence: {row['number']} was not done by five different people")
        if not row["document_number"] or row["signed_at"] is None:
            faults.append(f"evidence: {row['number']} is decided without number or date")
        if row["state"] in FILED:
            numbers["EL" if row["needs_panel"] else "BA"].append(row["filing_number"])
    for series, used in numbers.items():
        if sorted(used) != [f"{series}2024-{n:04d}" for n in range(1, len(used) + 1)]:
            faults.append(f"evidence: the registration numbers {series} are {sorted(used)}")
    if not rows_of(connection, "SELECT 1 FROM projects_opinion WHERE decided_via = 'PAPER' AND step LIKE '%sign%'"):
        faults.append("evidence: no case was signed on paper")
    if not rows_of(
        connection, "SELECT 1 FROM projects_case WHERE supplement_count = 1 AND state IN ('FILED', 'FILED_WITH_RISK')"
    ):
        faults.append("evidence: no case was filed after a supplement")
    return faults


def _panels(connection: sqlite3.Connection) -> list[str]:
    """Every second review has a whole panel whose members all signed; what was promised is there."""
    faults = []
    panels = rows_of(
        connection,
        "SELECT p.id, c.number, p.size, p.conclusion, o.dissent, o.mean_hundredths FROM experts_panel p"
        " JOIN projects_case c ON c.id = p.case_id JOIN experts_panelopinion o ON o.panel_id = p.id"
        " WHERE p.state = 'CONCLUDED'",
    )
    concluded = rows_of(connection, "SELECT number FROM projects_case WHERE panel_conclusion <> ''")
    reviewed = {row["number"] for row in concluded}
    if {row["number"] for row in panels} != reviewed:
        faults.append("panels: the concluded panels are not those of the reviewed cases")
    for row in panels:
        signed = rows_of(
            connection,
            "SELECT s.id, f.total, i.total AS before FROM experts_seat s"
            " JOIN experts_scoresheet f ON f.seat_id = s.id AND f.stage = 'FINAL' AND f.state = 'SIGNED'"
            " JOIN experts_scoresheet i ON i.seat_id = s.id AND i.stage = 'INDEPENDENT' AND i.state = 'SIGNED'"
            " JOIN experts_opinionsignature g ON g.seat_id = s.id"
            f" WHERE s.panel_id = {row['id']} AND s.state = 'CONFIRMED'",
        )
        if len(signed) != row["size"]:
            faults.append(f"panels: {row['number']} has {len(signed)} whole members of {row['size']}")
        elif sum(one["total"] for one in signed) * 100 // row["size"] != row["mean_hundredths"]:
            faults.append(f"panels: the mean of {row['number']} is not that of its sheets")
    conclusions = Counter(row["conclusion"] for row in panels)
    if conclusions != {"PASS": 3, "CONDITIONAL": 3}:
        faults.append(f"panels: the conclusions are {dict(conclusions)}")
    if not any(row["dissent"] != "[]" for row in panels):
        faults.append("panels: nobody dissents")
    for what, least, query in (
        ("exclusions by record", 2, "SELECT COUNT(*) FROM experts_exclusion"),
        ("declines", 1, "SELECT COUNT(*) FROM experts_seat WHERE state = 'DECLINED'"),
        ("conditions met", 1, "SELECT COUNT(*) FROM experts_condition WHERE state = 'MET' AND evidence_id IS NOT NULL"),
        ("sheets from paper", 1, "SELECT COUNT(*) FROM experts_scoresheet WHERE via = 'PAPER' AND state = 'SIGNED'"),
    ):
        if connection.execute(query).fetchone()[0] < least:
            faults.append(f"panels: there are fewer than {least} {what}")
    return faults


def _draws(folder: Path, summary: dict[str, Any], connection: sqlite3.Connection) -> list[str]:
    """Each evidence file is reproduced by the offline verifier, all of them are one chain, none is missing."""
    unverified = [line["evidence"] for line in summary["draws"] if not line["verified"]]
    faults = [f"draws: {evidence} is said not to be verified" for evidence in unverified]
    paths = [folder / line["evidence"] for line in summary["draws"]]
    missing = [path.name for path in paths if not path.is_file()]
    if missing:
        return [*faults, f"draws: missing are {', '.join(missing)}"]
    ended = rows_of(
        connection, "SELECT number, request_hash FROM draws_draw WHERE state IN ('CLOSED', 'DISCLOSED', 'INFEASIBLE')"
    )
    if Counter(path.stem for path in paths) != Counter(row["number"] for row in ended):
        faults.append("draws: the evidence files are not those of the ended draws")
    for row in ended:
        arguments = [str(folder / "draws" / f"{row['number']}.json"), "--request", row["request_hash"]]
        faults += [f"draws: {row['number']}: {line}" for line in _verifier(arguments)]
    return [*faults, *(f"draws: {line}" for line in _verifier([str(path) for path in paths]))]


def _verifier(arguments: list[str]) -> list[str]:
    """What the offline verifier says against these files, by a Python of its own."""
    done = subprocess.run([sys.executable, str(VERIFIER), *arguments], capture_output=True, text=True, check=False)
    if done.returncode == 0 and done.stdout.rstrip().endswith("REPRODUCED"):
        return []
    return [line for line in done.stdout.splitlines() if line.startswith("MISMATCH")] or ["the verifier failed"]


def _documents(folder: Path, summary: dict[str, Any], connection: sqlite3.Connection) -> list[str]:
    faults = []
    stored = {
        (row["number"], row["kind"], row["sha256"])
        for row in rows_of(
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
        if plain(line["number"]) not in text_of(path):
            faults.append(f"documents: {line['number']} does not stand in the text of {line['path']}")
    told = Counter(line["kind"] for line in summary["documents"])
    faults += [f"documents: there is no {kind}" for kind in KINDS - told.keys()]
    for kind, (states, with_panel) in LETTERS.items():
        marks = ", ".join(f"'{state}'" for state in states)
        query = f"SELECT document_number FROM projects_case WHERE state IN ({marks}) AND needs_panel = {with_panel}"
        decided = rows_of(connection, query)
        numbers = Counter(row["document_number"] for row in decided)
        if numbers != Counter(line["number"] for line in summary["documents"] if line["kind"] == kind):
            faults.append(f"documents: the {kind}s are not those of the decided cases")
    return faults


def _journal(summary: dict[str, Any], connection: sqlite3.Connection) -> list[str]:
    faults = [] if summary["journal_ok"] else ["journal: the summary says it is broken"]
    verbs = Counter(row["verb"] for row in rows_of(connection, "SELECT verb FROM journal_entry"))
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
