from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from investreview.core.errors import Invalid
from investreview.core.money import LARGEST_YUAN, Unit, format_wan, format_yuan, parse_amount, plain_wan

amounts = st.integers(min_value=0, max_value=int(LARGEST_YUAN) * 100).map(lambda fen: Decimal(fen).scaleb(-2))


@pytest.mark.parametrize(
    ("text", "yuan"),
    [
        ("1860", "18600000.00"),
        ("1860.5", "18605000.00"),
        ("0", "0.00"),
        ("0.000001", "0.01"),
        ("2999.999999", "29999999.99"),
        ("3000", "30000000.00"),
        ("3000.000001", "30000000.01"),
        ("1,860.00", "18600000.00"),
        ("1，860.00", "18600000.00"),
        ("１８６０", "18600000.00"),
        ("１，８６０．５０", "18605000.00"),
        ("4500 万元", "45000000.00"),
        ("4500万", "45000000.00"),
        ("18600000元", "18600000.00"),
        ("18,600,000.25 元", "18600000.25"),
        ("0.5亿元", "50000000.00"),
        ("1亿", "100000000.00"),
        ("  1860\u3000", "18600000.00"),
        ("\u00a01860\t", "18600000.00"),
        ("1000000000", "10000000000000.00"),
    ],
)
def test_parse_amount_readable_text_gives_yuan(text: str, yuan: str) -> None:
    amount = parse_amount(text)

    assert str(amount) == yuan


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "money_empty"),
        (" \u3000 ", "money_empty"),
        ("1e+7", "money_exponent"),
        ("1E7", "money_exponent"),
        ("1.5e7", "money_exponent"),
        ("1_000_000", "money_underscore"),
        ("٣٠٠٠", "money_foreign_digits"),
        ("३०००", "money_foreign_digits"),
        ("𝟏𝟎𝟎", "money_foreign_digits"),
        ("-0", "money_negative"),
        ("-5", "money_negative"),
        ("−5", "money_negative"),
        ("－5", "money_negative"),
        ("+5", "money_plus_sign"),
        ("＋5", "money_plus_sign"),
        ("NaN", "money_not_a_number"),
        ("Infinity", "money_not_a_number"),
        ("inf", "money_not_a_number"),
        ("1,86", "money_grouping"),
        ("1860,000", "money_grouping"),
        ("1,,860", "money_grouping"),
        ("1860,", "money_grouping"),
        ("0500", "money_leading_zero"),
        ("0,500", "money_leading_zero"),
        ("00", "money_leading_zero"),
        ("12千元", "money_unit_unknown"),
        ("100 USD", "money_unit_unknown"),
        ("100%", "money_not_read"),
        ("100元整", "money_unit_unknown"),
        ("1.2.3", "money_not_read"),
        (".5", "money_not_read"),
        ("5.", "money_not_read"),
        ("1 860", "money_not_read"),
        ("1.860,00", "money_not_read"),
        ("一千八百万", "money_not_read"),
        ("¥1860", "money_not_read"),
        ("²", "money_not_read"),
        ("①", "money_not_read"),
        ("18\n60", "money_not_read"),
        ("9" * 41, "money_not_read"),
        ("0.0000001", "money_too_precise"),
        ("29999999.995元", "money_too_precise"),
        ("1.001元", "money_too_precise"),
        ("1000000000.000001", "money_too_large"),
        ("10000000000000.01元", "money_too_large"),
        ("9" * 40, "money_too_large"),
    ],
)
def test_parse_amount_other_text_is_refused_under_its_own_code(text: str, code: str) -> None:
    with pytest.raises(Invalid) as refusal:
        parse_amount(text)

    assert refusal.value.code == code


def test_parse_amount_yuan_by_default_reads_plain_digits_as_yuan() -> None:
    assert parse_amount("1860", default_unit=Unit.YUAN) == Decimal("1860.00")


def test_parse_amount_written_unit_wins_over_default() -> None:
    assert parse_amount("1860万元", default_unit=Unit.YUAN) == Decimal("18600000.00")


@pytest.mark.parametrize(
    ("amount", "wan", "plain", "yuan"),
    [
        ("18600000", "1,860.00", "1860", "18,600,000.00"),
        ("29999999.99", "2,999.999999", "2999.999999", "29,999,999.99"),
        ("0", "0.00", "0", "0.00"),
        ("5000", "0.50", "0.5", "5,000.00"),
        ("0.01", "0.000001", "0.000001", "0.01"),
        ("-18600000", "-1,860.00", "-1860", "-18,600,000.00"),
        ("10000000000000", "1,000,000,000.00", "1000000000", "10,000,000,000,000.00"),
    ],
)
def test_format_amount_never_rounds(amount: str, wan: str, plain: str, yuan: str) -> None:
    exact = Decimal(amount)

    assert (format_wan(exact), plain_wan(exact), format_yuan(exact)) == (wan, plain, yuan)


@given(amounts)
def test_parse_amount_reads_what_was_formatted(amount: Decimal) -> None:
    read = {
        parse_amount(format_wan(amount)),
        parse_amount(plain_wan(amount)),
        parse_amount(format_yuan(amount), default_unit=Unit.YUAN),
    }

    assert read == {amount}


@given(st.text(max_size=60))
def test_parse_amount_any_text_is_read_exactly_or_refused(text: str) -> None:
    try:
        amount = parse_amount(text)
    except Invalid as refusal:
        assert refusal.code.startswith("money_")
    else:
        assert Decimal(0) <= amount <= LARGEST_YUAN
        assert amount.as_tuple().exponent == -2
