"""What every verb on an expert does the same way: lock, ask the version, save, write the journal."""

from collections.abc import Mapping
from datetime import date, datetime

from experts.models import Expert
from investreview.core.clock import legal_date
from investreview.core.errors import Invalid, NotVisible
from investreview.journal.services import record
from investreview.projects.acting import Acting


def lock_expert(expert_id: int, *, version: int) -> Expert:
    """The expert, locked until the transaction ends and unchanged since ``version``.

    Raises: NotVisible (experts_pool_not_visible), Stale (core_stale).
    """
    rows = Expert.objects.select_for_update(of=("self",)).select_related("commission")
    expert = rows.filter(pk=expert_id).first()
    if expert is None:
        raise NotVisible("experts_pool_not_visible")
    expert.check_version(version)
    return expert


def save_expert(expert: Expert) -> None:
    """The expert is written and its version has risen by one, also when only something beside it has changed."""
    expert.version += 1
    expert.save()


def note(verb: str, expert: Expert, *, acting: Acting, at: datetime, facts: Mapping[str, object] | None = None) -> None:
    """The act stands in the commission's journal, on the expert, whose entries only readers of the pool see."""
    record(
        chain=expert.commission.code,
        verb=verb,
        actor=acting.actor,
        subject=expert.subject,
        at=at,
        facts={"version": expert.version, **(facts or {})},
    )


def require_past(day: date, at: datetime, *, field: str) -> None:
    """Nothing happens when ``day`` is not after the act's day. Raises: Invalid (experts_date_in_future)."""
    today = legal_date(at)
    if day > today:
        raise Invalid("experts_date_in_future", field=field, given=day, today=today)


def require_in_order(first: date, last: date | None, *, field: str) -> None:
    """Nothing happens when ``last`` does not lie before ``first``. Raises: Invalid (experts_period_reversed)."""
    if last is not None and last < first:
        raise Invalid("experts_period_reversed", field=field, first=first, last=last)
