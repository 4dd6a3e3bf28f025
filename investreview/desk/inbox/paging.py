"""Pages that go on behind a row: nothing is lost or shown twice, whatever ties and however the list grows above."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db.models import Q, QuerySet

from investreview.core.errors import DomainError
from investreview.core.money.amount import exact_yuan

_BETWEEN = "_"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_LARGEST = 2**62


@dataclass(frozen=True)
class Key:
    """A column a list is ordered by, never NULL; the last of several is unique."""

    name: str
    kind: type
    descends: bool = False

    @property
    def order(self) -> str:
        """The column as ``order_by`` wants it."""
        return f"-{self.name}" if self.descends else self.name

    @property
    def behind(self) -> str:
        """The look-up of what comes later."""
        return f"{self.name}__{'lt' if self.descends else 'gt'}"


def page_behind(rows: QuerySet[Any], keys: Sequence[Key], after: str, length: int) -> tuple[list[Any], str]:
    """Up to ``length`` rows behind the place ``after``, and the place behind which the next page begins.

    A place that nobody gave out is the beginning.
    """
    place = _read(after, keys)
    if place is not None:
        rows = rows.filter(_behind(keys, place))
    found = list(in_order(rows, keys)[: length + 1])
    shown = found[:length]
    return shown, _written(shown[-1], keys) if len(found) > length else ""


def in_order(rows: QuerySet[Any], keys: Sequence[Key]) -> QuerySet[Any]:
    """The rows in the order of the keys."""
    return rows.order_by(*(key.order for key in keys))


def _behind(keys: Sequence[Key], place: Sequence[object]) -> Q:
    """Behind a place: later in the first column, or the same there and later in the next."""
    later, same = Q(pk__in=[]), Q()
    for key, value in zip(keys, place, strict=True):
        later |= same & Q(**{key.behind: value})
        same &= Q(**{key.name: value})
    return later


def _written(row: Any, keys: Sequence[Key]) -> str:
    return _BETWEEN.join(_text(getattr(row, key.name)) for key in keys)


def _text(value: object) -> str:
    if isinstance(value, datetime):
        return str((value - _EPOCH) // _MICROSECOND)
    return value.isoformat() if isinstance(value, date) else str(value)


def _read(after: str, keys: Sequence[Key]) -> list[object] | None:
    parts = after.split(_BETWEEN)
    if not after or len(parts) != len(keys):
        return None
    try:
        return [_READERS[key.kind](part) for key, part in zip(keys, parts, strict=True)]
    except (ValueError, InvalidOperation, OverflowError, DomainError):
        return None


def _moment(text: str) -> datetime:
    return _EPOCH + timedelta(microseconds=int(text))


def _whole(text: str) -> int:
    number = int(text)
    if abs(number) > _LARGEST:
        raise OverflowError
    return number


def _amount(text: str) -> Decimal:
    return exact_yuan(Decimal(text), given=text)


_READERS: dict[type, Callable[[str], object]] = {
    datetime: _moment,
    date: date.fromisoformat,
    Decimal: _amount,
    int: _whole,
}
