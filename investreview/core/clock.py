"""Time. Only doors (views, tasks, commands) ask for it; everything else gets it as an argument.

Business time is the machine's time plus the offset of the ``DemonstrationClock`` row; without a row it is real time.
"""

import time
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from datetime import time as dt_time
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from investreview.core.errors import Invalid

SHANGHAI = ZoneInfo("Asia/Shanghai")
CACHED_SECONDS = 60.0


@dataclass(frozen=True)
class _Reading:
    offset: timedelta | None
    read_at: float


_last: _Reading | None = None


def machine_now() -> datetime:
    """The machine's time; sessions, one-time codes and ``recorded_at`` use it."""
    return timezone.now()


def now() -> datetime:
    """Business time: what "now" means for acts, clocks and letters."""
    return machine_now() + (_offset() or timedelta())


def today() -> date:
    """The legal date of this moment."""
    return legal_date(now())


def legal_date(at: datetime) -> date:
    """The day of ``at`` in Asia/Shanghai."""
    return at.astimezone(SHANGHAI).date()


def noon(day: date, minutes: int = 0) -> datetime:
    """Noon of a legal date, or some minutes later: the moment for what paper dates by the day only."""
    return datetime.combine(day, dt_time(12), SHANGHAI) + timedelta(minutes=minutes)


def is_demonstration() -> bool:
    """Whether this database runs on a demonstration clock."""
    return _offset() is not None


def start_demonstration(at: datetime) -> None:
    """Business time is ``at`` from now on and runs on from there, for everybody who uses this database.

    Raises: Invalid (clock_demonstration_not_allowed, clock_demonstration_running).
    """
    from investreview.core.models import DemonstrationClock

    if getattr(settings, "ALLOW_DEMONSTRATION", False) is not True:
        raise Invalid("clock_demonstration_not_allowed")
    with transaction.atomic():
        if DemonstrationClock.objects.exists():
            raise Invalid("clock_demonstration_running")
        DemonstrationClock.objects.create(business_start_at=at, machine_start_at=machine_now())
    reset()


def reset() -> None:
    """The next question reads the database again."""
    global _last
    _last = None


def _offset() -> timedelta | None:
    global _last
    reading = _last
    if reading is not None and time.monotonic() - reading.read_at < CACHED_SECONDS:
        return reading.offset
    known = reading.offset if reading else None
    if connection.in_atomic_block and connection.needs_rollback:
        return known
    try:
        offset = _read_offset()
    except DatabaseError:  # PostgreSQL answers nothing in a failed transaction; before migrate there is no table
        return known
    _last = _Reading(offset, time.monotonic())
    return offset


def _read_offset() -> timedelta | None:
    from investreview.core.models import DemonstrationClock

    row = DemonstrationClock.objects.first()
    return None if row is None else row.business_start_at - row.machine_start_at
