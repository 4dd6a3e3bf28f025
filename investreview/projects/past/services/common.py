"""What every verb on a batch does the same way: lock, ask, write, note."""

from collections.abc import Mapping
from datetime import datetime

from investreview.accounts.models import User
from investreview.accounts.selectors import scope_of
from investreview.core.actor import Actor
from investreview.core.errors import Invalid, NotVisible
from investreview.core.scope import Scope
from investreview.journal.services import record
from investreview.projects.models import Backfill
from investreview.projects.past.permissions import require_entering
from investreview.registry.models import Commission

WORK_TASK = "investreview.projects.tasks.work_backfill"


def entering_person(user: User, commission: Commission, at: datetime, *, source: str = Backfill.Source.FORM) -> Scope:
    """What the person holds, who enters or checks batches of this source in the commission.

    Raises: Forbidden (projects_role_missing).
    """
    scope = scope_of(user, at)
    require_entering(scope, commission, source)
    return scope


def lock_backfill(backfill_id: int, *, user: User, at: datetime, version: int | None = None) -> Backfill:
    """The batch, locked until the transaction ends, for somebody who enters or checks.

    Raises: NotVisible (past_not_visible), Forbidden, Stale (core_stale).
    """
    held = Backfill.objects.select_for_update(of=("self",)).select_related("commission", "entered_by", "checked_by")
    backfill = held.filter(pk=backfill_id, commission=user.commission_id).first()
    if backfill is None:
        raise NotVisible("past_not_visible")
    entering_person(user, backfill.commission, at, source=backfill.source)
    if version is not None:
        backfill.check_version(version)
    return backfill


def require_state(backfill: Backfill, *states: str) -> None:
    """Nothing happens while the batch is in one of ``states``.

    Raises: Invalid (past_not_in_this_state).
    """
    if backfill.state not in states:
        raise Invalid("past_not_in_this_state", state=backfill.get_state_display())


def require_decided(backfill: Backfill) -> None:
    """Nothing happens when the batch is one of past decisions, which is checked as a whole.

    Raises: Invalid (past_rows_one_by_one) for cases under way, each of which is compared by itself.
    """
    if backfill.source == Backfill.Source.ONGOING:
        raise Invalid("past_rows_one_by_one")


def require_another(backfill: Backfill, user: User) -> None:
    """Nothing happens when the person is not the one who entered the batch.

    Raises: Invalid (past_own_entry). Rule: DOMAIN §16, two people.
    """
    if backfill.entered_by_id == user.pk:
        raise Invalid("past_own_entry")


def save_backfill(backfill: Backfill) -> None:
    """The batch is written and its version has risen by one."""
    backfill.version += 1
    backfill.save()


def note(
    backfill: Backfill, verb: str, *, actor: Actor, at: datetime, facts: Mapping[str, object] | None = None
) -> None:
    """The act stands in the commission's journal, once."""
    record(
        chain=backfill.commission.code,
        verb=f"backfill.{verb}",
        actor=actor,
        subject=backfill.subject,
        at=at,
        facts={"state": backfill.state, "source": backfill.source, **(facts or {})},
    )
