"""The worked cases, and whole evidence files made from scratch for what the worked cases leave out."""

import copy
import json
from functools import cache
from pathlib import Path
from typing import Any

from investreview.draws import verify_draw as ird

VECTORS = Path(__file__).with_name("draw-vectors.json")
BALLS = "0.8.7.7.2.4.7.3.2.9./"


@cache
def cases() -> dict[str, Any]:
    """The 23 worked cases by name; nobody changes them."""
    return {case["name"]: case for case in json.loads(VECTORS.read_text("utf-8"))["cases"]}


def with_evidence() -> list[str]:
    """The names of the cases that hold an evidence file."""
    return [name for name, case in cases().items() if "evidence" in case]


def evidence_of(name: str) -> Any:
    """A copy of the case's evidence, to be changed."""
    return copy.deepcopy(cases()[name]["evidence"])


def write(folder: Path, evidence: Any, name: str = "evidence.json") -> Path:
    """The evidence as a file."""
    file = folder / name
    file.write_text(json.dumps(evidence, ensure_ascii=False), encoding="utf-8")
    return file


def experts(count: int, *, hash_name: str = "sha256") -> dict[str, Any]:
    """A snapshot of ``count`` people who fit everything, two to an employer."""
    rows = [{"no": no, "spec": ["法律"], "unit": f"U{no // 2}", "leaf": "0" * 64} for no in range(1, count + 1)]
    taken_at = "2024-08-07T01:00:00Z"
    return {"scheme": ird.SCHEME, "hash": hash_name, "kind": "experts", "taken_at": taken_at, "rows": rows}


def projects(rows: list[tuple[str, str, bool]]) -> dict[str, Any]:
    """A snapshot of projects from (enterprise, band, must)."""
    made = [
        {"no": no, "code": f"XM-{no:04d}", "ent": ent, "band": band, "amount_wan": 1000 + no, "must": must}
        for no, (ent, band, must) in enumerate(rows, 1)
    ]
    taken_at = "2024-08-07T01:00:00Z"
    return {"scheme": ird.SCHEME, "hash": "sha256", "kind": "projects", "taken_at": taken_at, "rows": made}


def finished(
    snapshot: dict[str, Any],
    terms: dict[str, Any],
    *,
    seq: int = 1,
    previous: str = ird.ZEROS,
    nonce: bytes = bytes(32),
    waves: list[Any] | None = None,
    times: list[str] | None = None,
) -> dict[str, Any]:
    """A whole evidence file for ``terms`` (seats and exclusions, or a rule); log entry ``n`` is of ``times[n]``."""
    h = ird.Hash(snapshot["hash"])
    request = {
        "scheme": ird.SCHEME,
        "hash": snapshot["hash"],
        "kind": "sample" if "rule" in terms else "panel",
        "draw_id": f"T-{seq}",
        "project": "XM-2024-0007",
        "round": 1,
        "seq": seq,
        "previous": previous,
        "snapshot": h.of("snapshot", snapshot),
        "commits": [{"party": "system", "commit": h.commitment("system", nonce)}],
        "public": [{"id": "balls10", "desc": "十个号码球"}],
        **terms,
    }
    evidence = {
        "snapshot": snapshot,
        "request": request,
        "entropy": [["system", nonce.hex()], ["balls10", BALLS]],
        "waves": waves or [],
    }
    result = ird.result_of(snapshot, request, evidence["entropy"], evidence["waves"])
    log: list[Any] = []
    for place, (kind, payload) in enumerate(ird.log_payloads(h, evidence, result)):
        at = times[place] if times else f"2024-08-07T01:{place:02d}:00Z"
        log.append(ird.log_entry(h, log, kind, at, "staff:zhang", payload))
    return {**evidence, "result": result, "log": log, "log_head": h.of("log", log[-1])}


def panel_of(size: int, **more: Any) -> dict[str, Any]:
    """The terms of a panel without classes."""
    return {"seats": [{"spec": "*", "n": size}], "excluded": [], **more}
