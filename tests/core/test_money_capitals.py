from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from investreview.core.money import LARGEST_YUAN, in_capitals

DIGITS = {digit: value for value, digit in enumerate("零壹贰叁肆伍陆柒捌玖")}
PLACES = {"拾": 10, "佰": 100, "仟": 1000}


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        ("0", "零元整"),
        ("0.01", "壹分"),
        ("0.10", "壹角整"),
        ("0.15", "壹角伍分"),
        ("1", "壹元整"),
        ("1.01", "壹元零壹分"),
        ("1.10", "壹元壹角整"),
        ("10", "壹拾元整"),
        ("10.50", "壹拾元零伍角整"),
        ("100", "壹佰元整"),
        ("101", "壹佰零壹元整"),
        ("110", "壹佰壹拾元整"),
        ("1001", "壹仟零壹元整"),
        ("1010", "壹仟零壹拾元整"),
        ("1409.50", "壹仟肆佰零玖元伍角整"),
        ("6007.14", "陆仟零柒元壹角肆分"),
        ("1680.32", "壹仟陆佰捌拾元零叁角贰分"),
        ("107000.53", "壹拾万柒仟元零伍角叁分"),
        ("16409.02", "壹万陆仟肆佰零玖元零贰分"),
        ("325.04", "叁佰贰拾伍元零肆分"),
        ("10000", "壹万元整"),
        ("10001", "壹万零壹元整"),
        ("10010", "壹万零壹拾元整"),
        ("100000", "壹拾万元整"),
        ("100100", "壹拾万零壹佰元整"),
        ("101000", "壹拾万壹仟元整"),
        ("1000001", "壹佰万零壹元整"),
        ("10000000", "壹仟万元整"),
        ("18600000", "壹仟捌佰陆拾万元整"),
        ("29999999.99", "贰仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分"),
        ("30000000.01", "叁仟万元零壹分"),
        ("100000000", "壹亿元整"),
        ("100000001", "壹亿零壹元整"),
        ("100005000", "壹亿零伍仟元整"),
        ("100010000", "壹亿零壹万元整"),
        ("110000000", "壹亿壹仟万元整"),
        ("1000000000000", "壹万亿元整"),
        ("1000100000000", "壹万零壹亿元整"),
        ("1234500000000", "壹万贰仟叁佰肆拾伍亿元整"),
        ("10000000000000", "壹拾万亿元整"),
        ("-5", "负伍元整"),
    ],
)
def test_in_capitals_known_amounts(amount: str, text: str) -> None:
    assert in_capitals(Decimal(amount)) == "人民币" + text


@given(st.integers(min_value=0, max_value=int(LARGEST_YUAN) * 100))
def test_in_capitals_reads_back_as_the_same_amount(fen: int) -> None:
    text = in_capitals(Decimal(fen).scaleb(-2))

    assert _read(text) == fen


@given(st.integers(min_value=0, max_value=int(LARGEST_YUAN) * 100))
def test_in_capitals_never_doubles_a_zero_or_ends_in_one(fen: int) -> None:
    text = in_capitals(Decimal(fen).scaleb(-2))

    assert "零零" not in text
    assert fen < 100 or not any(f"零{unit}" in text for unit in "元万亿角分")
    assert text.endswith("分") == (fen % 10 != 0)


def _read(text: str) -> int:
    body = text.removeprefix("人民币").removesuffix("整")
    yuan, mark, rest = body.partition("元")
    if not mark:
        yuan, rest = "零", body
    jiao, mark, after = rest.partition("角")
    fen = after if mark else rest
    return _integer(yuan) * 100 + (_integer(jiao) * 10 if mark else 0) + _integer(fen.removesuffix("分"))


def _integer(text: str) -> int:
    for name, size in (("亿", 10**8), ("万", 10**4)):
        high, mark, low = text.rpartition(name)
        if mark:
            return _integer(high) * size + _integer(low)
    total = digit = 0
    for character in text:
        if character in PLACES:
            total += digit * PLACES[character]
            digit = 0
        else:
            digit = DIGITS[character]
    return total + digit
