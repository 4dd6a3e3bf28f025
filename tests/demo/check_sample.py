"""The past and the sample of the demonstration, recounted for ``check_demo.py``; nothing of the project is imported."""

import hashlib
import io
import json
import sqlite3
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

import openpyxl
import pypdf

FEN_A_WAN = 1_000_000
PAST_GROUPS = ("港控集团", "城控集团", "方洋控股集团", "交控集团", "能源集团", "金控集团", "农商集团")
PAST_COUNTS = (5, 5, 4, 3, 2, 2, 2)
PAST_WAN = (41_300, 22_460, 31_080, 8_640, 11_900, 5_600, 4_350)
PUBLISHED_WAN = {
    "旗台泊位改造（示例）": 16_400,
    "海州停车楼（示例）": 3_860,
    "公共管廊三段（示例）": 9_750,
    "污水厂提标（示例）": 6_240,
    "公交充电场站（示例）": 1_480,
    "热力管网联通（示例）": 6_900,
    "果蔬交易棚改造（示例）": 2_150,
}


def rows_of(connection: sqlite3.Connection, query: str) -> list[sqlite3.Row]:
    """The answer to a query."""
    return list(connection.execute(query))


def _ledger(folder: Path) -> dict[str, tuple[str, str, Decimal]]:
    """Group, name and amount in 万元 by number, of every row of the ledgers as they were sent."""
    rows: dict[str, tuple[str, str, Decimal]] = {}
    for path in sorted((folder / "ledgers").glob("*.xlsx")):
        header, *lines = openpyxl.load_workbook(io.BytesIO(path.read_bytes())).worksheets[0].values
        number, group, name, amount = map(header.index, ("原备案号", "监管企业", "项目名称", "投资额（万元）"))
        rows |= {str(line[number]): (line[group], line[name], Decimal(str(line[amount]))) for line in lines}
    return rows


def check_past(folder: Path, summary: dict[str, Any], connection: sqlite3.Connection) -> list[str]:
    """What was decided on paper: the ledger's rows and no others, by two people, with scans, in none of the cases."""
    ledger = _ledger(folder)
    faults = []
    if summary["backfilled"] != len(ledger):
        faults.append(f"past: summary says {summary['backfilled']} backfilled, the ledgers have {len(ledger)} rows")
    for group, count, wan in zip(PAST_GROUPS, PAST_COUNTS, PAST_WAN, strict=True):
        amounts = [amount for owner, _name, amount in ledger.values() if owner == group]
        if (len(amounts), sum(amounts)) != (count, wan):
            faults.append(f"past: {group} has {len(amounts)} projects of {sum(amounts)}, not {count} of {wan}")
    named = {name: amount for _group, name, amount in ledger.values() if name in PUBLISHED_WAN}
    if named != PUBLISHED_WAN:
        faults.append(f"past: of the published list are {named}")
    stored = rows_of(
        connection,
        "SELECT d.number, g.short_name, p.name, d.amount_yuan, b.entered_by_id, b.checked_by_id, b.sha256,"
        " (SELECT COUNT(*) FROM projects_pastpaper s WHERE s.decision_id = d.id) AS scans,"
        " (SELECT COUNT(*) FROM projects_case c WHERE c.project_id = p.id) AS cases FROM projects_pastdecision d"
        " JOIN projects_backfill b ON b.id = d.backfill_id JOIN projects_project p ON p.id = d.project_id"
        " JOIN registry_enterprise g ON g.id = d.group_id WHERE b.state = 'ACCEPTED'",
    )
    rows = {row["number"]: (row["short_name"], row["name"], Decimal(row["amount_yuan"]) / FEN_A_WAN) for row in stored}
    if rows != ledger:
        faults.append(f"past: the database differs from the ledgers in {sorted(rows.items() ^ ledger.items())}")
    hashes = {hashlib.sha256(path.read_bytes()).hexdigest() for path in (folder / "ledgers").glob("*.xlsx")}
    for row in stored:
        if row["sha256"] not in hashes or not row["scans"] or row["cases"]:
            faults.append(f"past: {row['number']} has no ledger, no scan, or a case")
        if row["checked_by_id"] in (None, row["entered_by_id"]):
            faults.append(f"past: {row['number']} was not checked by a second person")
    return faults


def check_sample(folder: Path, summary: dict[str, Any], connection: sqlite3.Connection) -> list[str]:
    """The sample as its evidence has it: the ledger's projects, its share, its list, a notice to each enterprise."""
    files = [json.loads(path.read_text(encoding="utf-8")) for path in sorted((folder / "draws").glob("*.json"))]
    samples = [evidence for evidence in files if "sample" in evidence["result"]]
    if len(samples) != 1:
        return [f"sample: {len(samples)} draws are samples"]
    frame, drawn = samples[0]["snapshot"]["rows"], samples[0]["result"]["sample"]
    picked = {*drawn["must"], *drawn["random"]}
    ledger, faults = _ledger(folder), []
    if {row["code"]: (row["ent"], row["amount_wan"]) for row in frame} != {
        number: (group, amount) for number, (group, _name, amount) in ledger.items()
    }:
        faults.append("sample: the frame is not the ledger")
    if abs(summary["sample_share"] - len(picked) / len(frame)) > 1e-9 or 10 * len(picked) < 3 * len(frame):
        faults.append(f"sample: {summary['sample_share']} is told, {len(picked)} of {len(frame)} were drawn")
    listed = "SELECT number FROM evaluations_framerow WHERE is_picked = 1"
    forced = "SELECT r.number FROM evaluations_framerow r JOIN evaluations_mandatorypick m ON m.row_id = r.id"
    for what, numbers, query in (("list", picked, listed), ("mandatory picks", {*drawn["must"]}, forced)):
        if numbers != {row["number"] for row in rows_of(connection, query)}:
            faults.append(f"sample: the {what} of the database is not that of the evidence")
    names: dict[str, list[str]] = {}
    for row in frame:
        if row["no"] in picked and row["code"] in ledger:
            names.setdefault(row["ent"], []).append(ledger[row["code"]][1])
    joined = "evaluations_samplenotice n JOIN registry_enterprise g ON g.id = n.group_id"
    notices = rows_of(connection, f"SELECT n.*, g.short_name FROM {joined}")
    paths = {line["number"]: line["path"] for line in summary["documents"] if line["kind"] == "SAMPLE_NOTICE"}
    if sorted(names) != sorted(row["short_name"] for row in notices) or {row["number"] for row in notices} != {*paths}:
        faults.append("sample: the notices are not those of the drawn enterprises")
    for row in notices:
        people = {row["officer_id"], row["head_id"], row["signer_id"]}
        if row["state"] != "ACKNOWLEDGED" or len(people - {None}) != 3:
            faults.append(f"sample: the notice {row['number']} is {row['state']}, of {len(people)} people")
        path = folder / paths.get(row["number"], "-")
        text = text_of(path) if path.is_file() else ""
        wanted = [f"{row['short_name']}：", *names.get(row["short_name"], ()), f"{100 * len(picked) / len(frame):.1f}%"]
        faults += [f"sample: {each} does not stand in {path.name}" for each in wanted if each not in text]
    return faults


def text_of(path: Path) -> str:
    """The text of a PDF without blanks."""
    return _text(path.read_bytes())


@lru_cache(maxsize=256)
def _text(content: bytes) -> str:
    return plain("".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages))


def plain(text: str) -> str:
    """The text without blanks."""
    return "".join(text.split())
