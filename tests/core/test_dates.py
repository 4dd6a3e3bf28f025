from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from investreview.core.dates import FIRST_YEAR_OF_A_LIFE, months_later, parse_legal_date
from investreview.core.errors import Invalid


@pytest.mark.parametrize(
    "text",
    ["2024-08-07", "2024-8-7", "2024/8/7", "2024.08.07", "2024年8月7日", " ２０２４－０８－０７ ", "2024-08-07\n"],
)
def test_parse_legal_date_readable_text_gives_the_day(text: str) -> None:
    assert parse_legal_date(text) == date(2024, 8, 7)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "date_empty"),
        (" ", "date_empty"),
        ("2024-02-30", "date_does_not_exist"),
        ("2023-02-29", "date_does_not_exist"),
        ("2024-13-01", "date_does_not_exist"),
        ("2024-00-10", "date_does_not_exist"),
        ("0001-01-01", "date_out_of_range"),
        ("1989-12-31", "date_out_of_range"),
        ("2101-01-01", "date_out_of_range"),
        ("9999-12-31", "date_out_of_range"),
        ("2024-08/07", "date_not_read"),
        ("07.08.2024", "date_not_read"),
        ("24-08-07", "date_not_read"),
        ("20240807", "date_not_read"),
        ("45511", "date_not_read"),
        ("٢٠٢٤-٠٨-٠٧", "date_not_read"),
        ("2024-08-07 09:00", "date_not_read"),
        ("明天", "date_not_read"),
    ],
)
def test_parse_legal_date_other_text_is_refused(text: str, code: str) -> None:
    with pytest.raises(Invalid) as refusal:
        parse_legal_date(text)

    assert refusal.value.code == code


@pytest.mark.parametrize("day", [date(1990, 1, 1), date(2100, 12, 31), date(2024, 2, 29)])
def test_parse_legal_date_bounds_are_taken(day: date) -> None:
    assert parse_legal_date(day.isoformat()) == day


@given(st.dates(min_value=date(1990, 1, 1), max_value=date(2100, 12, 31)))
def test_parse_legal_date_reads_every_day_as_a_letter_writes_it(day: date) -> None:
    assert parse_legal_date(f"{day.year}年{day.month}月{day.day}日") == day


@pytest.mark.parametrize(("text", "code"), [("1900-01-01", ""), ("1899-12-31", "date_out_of_range")])
def test_parse_legal_date_of_a_life_may_lie_before_1990(text: str, code: str) -> None:
    if not code:
        assert parse_legal_date(text, first_year=FIRST_YEAR_OF_A_LIFE) == date(1900, 1, 1)
        return
    with pytest.raises(Invalid) as refusal:
        parse_legal_date(text, first_year=FIRST_YEAR_OF_A_LIFE)
    assert (refusal.value.code, refusal.value.facts["first"]) == (code, 1900)


@pytest.mark.parametrize(
    ("day", "months", "there"),
    [
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 2, 29), -12, date(2023, 2, 28)),
        (date(2024, 8, 7), 36, date(2027, 8, 7)),
        (date(2024, 8, 7), -36, date(2021, 8, 7)),
        (date(2024, 11, 30), 1, date(2024, 12, 30)),
        (date(2024, 12, 31), 2, date(2025, 2, 28)),
        (date(2024, 1, 15), -1, date(2023, 12, 15)),
        (date(2024, 8, 7), 0, date(2024, 8, 7)),
    ],
)
def test_months_later_keeps_the_day_where_the_month_has_it(day: date, months: int, there: date) -> None:
    assert months_later(day, months) == there
