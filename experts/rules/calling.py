"""The telephone: when somebody counts as not reached, and how a number is shown. Rule: DOMAIN §6, call register."""

from collections.abc import Iterable
from datetime import datetime, timedelta

_SHOWN_BEFORE, _SHOWN_AFTER, _MASK = 3, 4, "****"


def counted_tries(called_at: Iterable[datetime], *, minutes_apart: int) -> int:
    """How many of these unanswered calls count: the first, and each that lies far enough after the last that counted.

    Units: minutes; exactly that far is far enough.
    """
    return len(_counted(called_at, minutes_apart))


def last_counted(called_at: Iterable[datetime], *, minutes_apart: int) -> datetime | None:
    """The latest of these unanswered calls that counts; the next one has to lie far enough after it."""
    return next(reversed(_counted(called_at, minutes_apart)), None)


def _counted(called_at: Iterable[datetime], minutes_apart: int) -> list[datetime]:
    counted: list[datetime] = []
    for moment in sorted(called_at):
        if not counted or moment - counted[-1] >= timedelta(minutes=minutes_apart):
            counted.append(moment)
    return counted


def masked_phone(number: str) -> str:
    """The number as the register shows it: the first three and the last four digits, never fewer than four hidden."""
    digits = "".join(character for character in number if character.isdigit())
    if len(digits) < _SHOWN_BEFORE + len(_MASK) + _SHOWN_AFTER:
        return _MASK + digits[-2:]
    return digits[:_SHOWN_BEFORE] + _MASK + digits[-_SHOWN_AFTER:]
