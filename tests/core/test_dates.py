from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from investreview.core.dates import parse_legal_date
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
