"""The call register 电话通知登记表 read by rule: when the next unanswered call will count."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import Prefetch

from experts.models import Call
from experts.rules.calling import last_counted
from experts.states import UNREACHED_RESULTS

CALLS = Prefetch("calls", queryset=Call.objects.select_related("caller"))
"""The calls to a seat with whoever made them, for a list of seats; one query."""


def next_try_at(calls: Iterable[Call], *, minutes_apart: int) -> datetime | None:
    """From when another unanswered call to somebody counts; nothing while there has been none."""
    unanswered = [call.called_at for call in calls if call.result in UNREACHED_RESULTS]
    last = last_counted(unanswered, minutes_apart=minutes_apart)
    return last + timedelta(minutes=minutes_apart) if last is not None else None
