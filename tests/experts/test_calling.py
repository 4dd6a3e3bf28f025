"""Three tries, twenty minutes apart; numbers masked. No database."""

from datetime import datetime, timedelta

import pytest

from experts.rules.calling import counted_tries, masked_phone
from investreview.core.clock import SHANGHAI

FIRST = datetime(2024, 7, 8, 9, tzinfo=SHANGHAI)


def calls(*minutes: float) -> list[datetime]:
    return [FIRST + timedelta(minutes=minute) for minute in minutes]


@pytest.mark.parametrize(
    ("minutes", "counted"),
    [
        ((), 0),
        ((0,), 1),
        ((0, 20, 40), 3),
        ((0, 19.99, 39.99), 2),
        ((0, 20, 39.99), 2),
        ((0, 1, 2, 3), 1),
        ((0, 10, 20, 30, 40), 3),
        ((40, 0, 20), 3),
    ],
)
def test_calls_count_when_they_lie_far_enough_apart(minutes: tuple[float, ...], counted: int) -> None:
    assert counted_tries(calls(*minutes), minutes_apart=20) == counted


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("13800012345", "138****2345"),
        ("+86 138-0001-2345", "861****2345"),
        ("0518-80633066", "051****3066"),
        ("80633066", "****66"),
        ("12345678901", "123****8901"),
        ("1234567890", "****90"),
        ("", "****"),
    ],
)
def test_a_number_is_shown_masked(number: str, shown: str) -> None:
    assert masked_phone(number) == shown
