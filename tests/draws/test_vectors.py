"""The 23 worked cases of ``ird-draw/1``: each verdict and each figure, byte for byte."""

from hashlib import sha256

import pytest

from investreview.draws import verify_draw as ird
from tests.draws.files import VECTORS, cases, evidence_of, with_evidence


def test_there_are_twenty_three_cases_and_twenty_one_hold_evidence() -> None:
    assert (len(cases()), len(with_evidence())) == (23, 21)


@pytest.mark.parametrize("name", with_evidence())
def test_each_evidence_file_gets_its_verdict(name: str) -> None:
    faults = ird.verify(evidence_of(name))
    assert ("MISMATCH" if faults else "REPRODUCED") == cases()[name]["expect"]


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        ("bad-bool", "request.seq: true 应为不小于1的整数 / a whole number from 1"),
        ("bad-field", "comment: 多余的字段 / is no field of this scheme"),
        ("bad-left", "waves[0]: 只有在组专家可以退出，每人一次 / only present members leave, each once"),
        ("bad-openings", "openings: 须按序公开每一行 / must open every row, in order"),
    ],
)
def test_each_bad_file_is_refused_for_its_own_reason(name: str, fault: str) -> None:
    assert ird.verify(evidence_of(name)) == [fault]


def test_the_primitives_agree() -> None:
    told = cases()["primitives"]["raw"]
    h, seed = ird.Hash("sha256"), bytes.fromhex(told["seed"])
    tickets = {no: ticket.hex() for ticket, no in h.order(seed, range(1, 11))}
    words = h.words(seed, "demo")
    assert tickets[1] == told["ticket_1"]
    assert list(tickets) == told["order_1_10"]
    assert [ird.below(words, bound) for bound in (6, 42, 1000, 2**53 - 1)] == told["below"]
    assert ird.canonical({"b": [1, True, None], "a": "汉\n\x01"}).decode() == told["jcs"]
    assert h.of("snapshot", cases()["plain"]["evidence"]["snapshot"]) == told["snapshot_hash_p42"]


def test_a_hundred_thousand_experts_come_in_the_told_order() -> None:
    told = cases()["pool-100k"]["raw"]
    rows = [{"no": no, "spec": [], "unit": "", "leaf": ""} for no in range(1, told["n"] + 1)]
    h, seed = ird.Hash("sha256"), bytes.fromhex(told["seed"])
    order = [no for _, no in h.order(seed, range(1, told["n"] + 1))]
    assert order[:20] == told["first20"]
    assert sha256(b"".join(map(ird.u64, order))).hexdigest() == told["order_sha256"]
    drawn = ird.panel_result(h, seed, {"rows": rows}, {"seats": [{"spec": "*", "n": 9}], "excluded": []}, [])
    assert drawn["final"] == sorted(told["first20"][:9])


def test_the_cases_are_those_that_came_with_the_design() -> None:
    assert sha256(VECTORS.read_bytes()).hexdigest() == (
        "a3a676f5991443fc194efa008cbf15e79db7087a9b1030ed8c7f2824ec89a769"
    )
