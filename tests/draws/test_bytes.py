"""One spelling per value: canonical JSON, hashes, the stream of integers."""

import hashlib
import hmac
import json
from collections import Counter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from investreview.draws import verify_draw as ird
from tests.draws.files import experts, finished, panel_of

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-ird.LARGEST, ird.LARGEST) | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=12,
)


@given(VALUES)
def test_canonical_json_is_read_back_as_the_same_value(value: Any) -> None:
    spelled = ird.canonical(value)
    assert ird.parse(spelled.decode()) == value
    assert ird.canonical(ird.parse(spelled.decode())) == spelled


def test_keys_are_sorted_by_utf16_units() -> None:
    # RFC 8785, 3.2.3: its own example.
    keys = {"\u20ac": 0, "\r": 1, "\ufb33": 2, "1": 3, "\U0001f600": 4, "\x80": 5, "\xf6": 6}
    assert list(json.loads(ird.canonical(keys))) == ["\r", "1", "\x80", "\xf6", "\u20ac", "\U0001f600", "\ufb33"]


def test_control_characters_are_escaped_the_short_way_and_nothing_else_is() -> None:
    assert ird.canonical('\b\t\n\f\r"\\/\x1f\x7f\u2028汉').decode() == '"\\b\\t\\n\\f\\r\\"\\\\/\\u001f\x7f\u2028汉"'


@pytest.mark.parametrize("value", [1.0, 2**53, -(2**53), "\ud800", {"\udfff": 1}, {1: 2}, b"", {"a": [object()]}])
def test_what_this_json_does_not_know_is_refused(value: Any) -> None:
    with pytest.raises(ird.Malformed):
        ird.canonical(value)


@pytest.mark.parametrize("value", [2**53 - 1, 1 - 2**53, True, None, "\U0001f600"])
def test_the_outermost_values_are_known(value: Any) -> None:
    assert ird.parse(ird.canonical(value).decode()) is value or ird.parse(ird.canonical(value).decode()) == value


def test_a_ticket_is_an_hmac_that_can_be_checked_alone() -> None:
    seed = bytes(range(32))
    by_hand = hmac.new(seed, b"ird-draw/1/ticket\x00" + (7).to_bytes(8, "big"), hashlib.sha256).digest()
    assert ird.Hash("sha256").order(seed, [7]) == [(by_hand, 7)]


def test_a_commitment_tells_party_and_number_apart() -> None:
    h, nonce = ird.Hash("sha256"), bytes(32)
    by_hand = hashlib.sha256(b"ird-draw/1/commit\x00" + (6).to_bytes(8, "big") + "系统".encode() + nonce).hexdigest()
    assert h.commitment("系统", nonce) == by_hand
    assert h.commitment("a", b"b" + nonce) != h.commitment("ab", nonce)


def test_every_number_below_a_bound_is_equally_likely() -> None:
    words = ird.Hash("sha256").words(bytes(32), "dice")
    thrown = Counter(ird.below(words, 6) for _ in range(60_000))
    assert sorted(thrown) == list(range(6))
    assert all(abs(count - 10_000) < 4.5 * (60_000 * 5 / 36) ** 0.5 for count in thrown.values())


def test_words_beyond_the_last_whole_multiple_are_rejected() -> None:
    assert ird.below(iter([2**64 - 1, 2**64 - 2, 5]), 2**63 + 1) == 5
    assert ird.below(iter([2**63, 5]), 2**63 + 1) == 2**63
    assert ird.below(iter([2**64 - 1]), 2**32) == 2**32 - 1


def test_a_draw_can_use_sm3_throughout() -> None:
    evidence = finished(experts(9, hash_name="sm3"), panel_of(3))
    assert ird.verify(evidence) == []
    assert (
        evidence["request"]["snapshot"]
        == hashlib.new("sm3", b"ird-draw/1/snapshot\x00" + ird.canonical(evidence["snapshot"])).hexdigest()
    )
    evidence["request"]["hash"] = "sha256"
    assert "snapshot.hash: 须同request.hash / must be that of the request" in ird.verify(evidence)


def test_a_machine_without_sm3_says_so_and_uses_no_other_hash(monkeypatch: pytest.MonkeyPatch) -> None:
    evidence = finished(experts(9, hash_name="sm3"), panel_of(3))

    def new(name: str, data: bytes = b"") -> Any:
        raise ValueError(f"unsupported hash type {name}")

    monkeypatch.setattr(hashlib, "new", new)
    assert ird.verify(evidence) == ["本机没有摘要算法sm3 / this machine lacks the hash sm3"]
