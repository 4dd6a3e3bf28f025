"""``python3 verify_draw.py``: one file that needs nothing, a verdict and an exit code, never a traceback."""

import ast
import json
import os
import random
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from investreview.draws import verify_draw as ird
from tests.draws.files import BALLS, cases, evidence_of, experts, finished, panel_of, with_evidence, write


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The verifier as an auditor has it: one file in an empty folder."""
    folder = tmp_path_factory.mktemp("auditor")
    return Path(shutil.copy(ird.__file__, folder))


def run(verifier: Path, *arguments: str | Path, env: dict[str, str] | None = None) -> tuple[int, str]:
    """Exit code and everything printed, by a Python that sees no package of this project."""
    command = [sys.executable, "-I", "-S", str(verifier), *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, env=env, cwd=verifier.parent)
    output = (done.stdout + done.stderr).decode("utf-8", "replace")
    assert "Traceback" not in output
    return done.returncode, output


@pytest.mark.parametrize("name", with_evidence())
def test_each_worked_case_gets_its_verdict_and_exit_code(alone: Path, tmp_path: Path, name: str) -> None:
    code, output = run(alone, write(tmp_path, evidence_of(name)))
    is_reproduced = cases()[name]["expect"] == "REPRODUCED"
    assert (code, "REPRODUCED" in output, "MISMATCH" in output) == (
        0 if is_reproduced else 1,
        is_reproduced,
        not is_reproduced,
    )


def test_the_file_imports_the_standard_library_only_and_is_readable_by_python_3_8() -> None:
    source = Path(ird.__file__).read_text("utf-8")
    module = ast.parse(source, feature_version=(3, 8))
    names = {alias.name for node in ast.walk(module) if isinstance(node, ast.Import) for alias in node.names}
    names |= {str(node.module) for node in ast.walk(module) if isinstance(node, ast.ImportFrom)}
    assert {name.split(".")[0] for name in names} <= set(sys.stdlib_module_names)
    assert "from __future__ import annotations" in source


def test_it_runs_from_its_place_in_the_project(tmp_path: Path) -> None:
    assert run(Path(ird.__file__), write(tmp_path, evidence_of("plain")))[0] == 0


def test_it_prints_what_stands_on_the_paper(alone: Path, tmp_path: Path) -> None:
    evidence = evidence_of("plain")
    _code, output = run(alone, write(tmp_path, evidence))
    assert output.splitlines()[1:] == [
        "抽取 draw V01  事项 project XM-2024-0007  seq 1",
        f"封存摘要 request   {evidence['result']['request_hash']}",
        f"随机种子 seed      {evidence['result']['seed']}",
        f"日志首 log head    {evidence['log_head']}",
        "名册 pool size     42",
        f"现场随机数字 on-site numbers  balls10  {BALLS}",
        "REPRODUCED",
    ]


def test_the_fingerprint_on_the_paper_is_compared(alone: Path, tmp_path: Path) -> None:
    evidence = evidence_of("plain")
    file, right = write(tmp_path, evidence), evidence["result"]["request_hash"]
    in_groups = " ".join(right[place : place + 4].upper() for place in range(0, 64, 4))
    assert run(alone, file, "--request", right)[0] == 0
    assert run(alone, file, "--request", in_groups)[0] == 0
    for wrong in (right[:-1] + ("0" if right[-1] != "0" else "1"), right[:-1], "", "x"):
        code, output = run(alone, file, "--request", wrong)
        assert (code, "--request: 与纸面不符" in output, "REPRODUCED" in output) == (1, True, False)


def test_the_head_on_the_paper_is_the_last_one_or_that_of_the_draw_day(alone: Path, tmp_path: Path) -> None:
    evidence = evidence_of("declines-two-waves")
    file, heads = write(tmp_path, evidence), [ird.Hash("sha256").of("log", entry) for entry in evidence["log"]]
    kinds = [entry["type"] for entry in evidence["log"]]
    accepted = [kind for kind, one in zip(kinds, heads, strict=True) if run(alone, file, "--head", one)[0] == 0]
    assert accepted == ["drawn", "wave", "wave", "result"]


def test_a_file_invented_from_start_to_end_agrees_with_itself_not_with_the_paper(alone: Path, tmp_path: Path) -> None:
    real, invented = finished(experts(9), panel_of(3)), finished(experts(9), panel_of(3), nonce=b"\1" * 32)
    file = write(tmp_path, invented)
    assert run(alone, file)[0] == 0
    assert run(alone, file, "--request", real["result"]["request_hash"])[0] == 1
    assert run(alone, file, "--head", real["log_head"])[0] == 1


def test_several_files_are_checked_as_a_chain(alone: Path, tmp_path: Path) -> None:
    first = finished(experts(9), panel_of(3))
    second = finished(experts(9), panel_of(3), seq=2, previous=first["log_head"])
    third = finished(experts(9), panel_of(3), seq=3, previous=second["log_head"])
    files = [write(tmp_path, evidence, f"{n}.json") for n, evidence in enumerate((first, second, third))]
    assert run(alone, *files)[0] == 0
    code, output = run(alone, files[0], files[2])
    assert (code, "MISMATCH 链 chain: 第1次之后是第3次" in output, "REPRODUCED" in output) == (1, True, False)


def test_one_bad_file_among_good_ones_fails_the_run(alone: Path, tmp_path: Path) -> None:
    good, bad = write(tmp_path, evidence_of("plain"), "a.json"), write(tmp_path, evidence_of("bad-left"), "b.json")
    code, output = run(alone, good, bad)
    assert (code, output.count("MISMATCH"), "REPRODUCED" in output) == (1, 1, False)


@pytest.mark.parametrize("arguments", [[], ["--head"], ["--unknown", "x"], ["x.json", "--request"]])
def test_a_wrong_call_is_a_sentence(alone: Path, arguments: list[str]) -> None:
    code, output = run(alone, *arguments)
    assert (code, output.startswith("MISMATCH ")) == (1, True)


PLAIN = json.dumps(evidence_of("plain"), ensure_ascii=False)
MALFORMED: dict[str, bytes] = {
    "empty": b"",
    "not json": b"no",
    "truncated": PLAIN.encode()[: len(PLAIN) // 2],
    "not utf-8": b"\xff\xfe\x00",
    "utf-16": PLAIN.encode("utf-16"),
    "byte order mark": b"\xef\xbb\xbf" + PLAIN.encode(),
    "nul": b"\0",
    "list": b"[]",
    "number": b"1",
    "text": b'"x"',
    "null": b"null",
    "object": b"{}",
    "deep list": b"[" * 200_000,
    "deep object": b'{"a":' * 200_000,
    "deep payload": PLAIN.replace('"payload": {', '"payload": {"x":' + "[" * 900 + "]" * 900 + ",", 1).encode(),
    "huge number": b"[" + b"9" * 100_000 + b"]",
    "float": PLAIN.replace('"round": 1', '"round": 1.0').encode(),
    "exponent": PLAIN.replace('"round": 1', '"round": 1e0').encode(),
    "minus zero": PLAIN.replace('"round": 1', '"round": -0').encode(),
    "beyond 2^53": PLAIN.replace('"round": 1', '"round": 9007199254740992').encode(),
    "not a number": PLAIN.replace('"round": 1', '"round": NaN').encode(),
    "infinity": PLAIN.replace('"round": 1', '"round": -Infinity').encode(),
    "same key twice": PLAIN.replace('"round": 1', '"round": 1, "round": 1').encode(),
    "lone surrogate": PLAIN.replace('"draw_id": "V01"', '"draw_id": "\\ud800"').encode(),
    "surrogate as key": PLAIN.replace('"draw_id"', '"\\udfff"').encode(),
    "trailing": PLAIN.encode() + b"x",
    "terminal escape": PLAIN.replace('"V01"', '"\\u001b[2J"').encode(),
}


@pytest.mark.parametrize("name", MALFORMED)
def test_malformed_input_is_a_sentence(alone: Path, tmp_path: Path, name: str) -> None:
    file = tmp_path / "evidence.json"
    file.write_bytes(MALFORMED[name])
    code, output = run(alone, file)
    assert (code, "MISMATCH " in output, "REPRODUCED" in output, "\x1b" in output) == (1, True, False, False)


def test_a_file_that_cannot_be_read_is_a_sentence(alone: Path, tmp_path: Path) -> None:
    for path in (tmp_path / "none.json", tmp_path):
        code, output = run(alone, path)
        assert (code, "MISMATCH 无法读取 / cannot be read" in output) == (1, True)


@pytest.mark.parametrize("encoding", ["ascii", "gbk", "utf-8"])
def test_any_console_can_show_it(alone: Path, tmp_path: Path, encoding: str) -> None:
    file = write(tmp_path, evidence_of("unicode-openings"))
    command = [sys.executable, str(alone), str(file)]
    done = subprocess.run(command, capture_output=True, env={**os.environ, "PYTHONIOENCODING": encoding})
    assert (done.returncode, b"Traceback" in done.stderr, b"REPRODUCED" in done.stdout) == (0, False, True)


def test_a_chain_of_classes_too_long_to_follow_is_a_sentence() -> None:
    names = [f"c{n}" for n in range(3000)]
    rows = [
        {"no": no, "spec": [names[no - 1], names[no]], "unit": "u", "leaf": "0" * 64} for no in range(1, len(names))
    ] + [{"no": 3000, "spec": [names[0]], "unit": "u", "leaf": "0" * 64}]
    evidence = finished(experts(9), panel_of(3))
    h = ird.Hash("sha256")
    evidence["snapshot"]["rows"] = rows
    evidence["request"]["snapshot"] = h.of("snapshot", evidence["snapshot"])
    evidence["request"]["seats"] = [{"spec": name, "n": 1} for name in names]
    faults = ird.verify(evidence)
    assert faults
    assert all(isinstance(fault, str) for fault in faults)


def test_whatever_is_put_anywhere_is_a_sentence() -> None:
    rng = random.Random(11)
    odd: list[Any] = [None, True, 0, -1, 2**53, 1.5, "", "x", "\ud800", [], {}, [[]], {"left": 1}, [{}], [None], b"x"]
    for name in ("declines-two-waves", "unit-cap-waves", "unicode-openings", "sample-cell_ceil", "infeasible"):
        original = evidence_of(name)
        for _ in range(400):
            evidence = json.loads(json.dumps(original))
            holder: Any = evidence
            while True:
                key = rng.choice(list(holder) if isinstance(holder, dict) else range(len(holder)))
                inner = holder[key]
                if not isinstance(inner, dict | list) or not inner or rng.random() < 0.3:
                    break
                holder = inner
            holder[key] = rng.choice(odd)
            faults = ird.verify(evidence)
            assert all(isinstance(fault, str) and fault for fault in faults)
            assert faults or evidence == original


def test_seats_for_more_people_than_can_be_counted_are_infeasible_not_endless() -> None:
    evidence = finished(experts(9), panel_of(ird.LARGEST))
    assert ird.verify(evidence) == []
    assert evidence["result"]["detail"] == {"seats": ["*"], "need": ird.LARGEST, "have": 9}
    capped = finished(experts(9), panel_of(ird.LARGEST, unit_cap=ird.LARGEST))
    assert (ird.verify(capped), capped["result"]["detail"]) == ([], None)
