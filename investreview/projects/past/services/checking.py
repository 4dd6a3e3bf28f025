"""The second person: compares a sample with the source and the scans, then accepts the whole batch or returns it."""

import random
from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from investreview.accounts.models import User
from investreview.core.errors import Invalid
from investreview.core.text import clean_block
from investreview.projects.models import Backfill
from investreview.projects.past.rules import draw_sample
from investreview.projects.past.services.common import (
    lock_backfill,
    note,
    require_another,
    require_decided,
    require_state,
    save_backfill,
)
from investreview.projects.services.common import require_reason

State = Backfill.State


def begin_check(*, user: User, backfill_id: int, chance: random.Random, at: datetime) -> Backfill:
    """The rows that this person compares are drawn, once; opened again, they are the same.

    Raises: NotVisible, Forbidden, Invalid (past_not_in_this_state, past_own_entry). Journal: backfill.begin_check.
    """
    with transaction.atomic():
        backfill = lock_backfill(backfill_id, user=user, at=at)
        require_state(backfill, State.WAITING)
        require_decided(backfill)
        require_another(backfill, user)
        if backfill.sampled_for_id == user.pk:
            return backfill
        ids = list(backfill.decisions.order_by("ordinal").values_list("pk", flat=True))
        backfill.sample = draw_sample(ids, chance)
        backfill.sampled_for = user
        save_backfill(backfill)
        note(backfill, "begin_check", actor=user.as_actor(), at=at, facts={"rows": len(ids), "sample": backfill.sample})
        return backfill


def accept_backfill(*, user: User, backfill_id: int, version: int, compared: Collection[int], at: datetime) -> Backfill:
    """Every row of the batch counts from this moment: one row is written, and no other.

    ``compared`` are the rows of the sample that were found equal: all of them. Accepted already by the same person,
    the first result is answered. Raises: NotVisible, Forbidden, Stale, Invalid (past_not_in_this_state,
    past_own_entry, past_sample_not_compared). Rule: DOMAIN §16. Journal: backfill.accept.
    """
    with transaction.atomic():
        backfill = lock_backfill(backfill_id, user=user, at=at)
        if backfill.state == State.ACCEPTED and backfill.checked_by_id == user.pk:
            return backfill
        backfill.check_version(version)
        require_state(backfill, State.WAITING)
        require_decided(backfill)
        require_another(backfill, user)
        if backfill.sampled_for_id != user.pk or set(compared) != set(backfill.sample):
            raise Invalid("past_sample_not_compared", count=len(backfill.sample))
        backfill.state = State.ACCEPTED
        backfill.checked_by = user
        backfill.checked_at = at
        save_backfill(backfill)
        facts = {
            "rows": backfill.row_count,
            "compared": len(backfill.sample),
            "entered_by": backfill.entered_by.full_name,
            "ledger_sha256": backfill.sha256,
            "content_sha256": backfill.content_sha256,
        }
        note(backfill, "accept", actor=user.as_actor(), at=at, facts=facts)
        return backfill


def return_backfill(*, user: User, backfill_id: int, version: int, reason: str, at: datetime) -> Backfill:
    """The batch does not agree with its papers; whoever entered it reads why, and nothing of it counts.

    Raises: NotVisible, Forbidden, Stale, Invalid (past_not_in_this_state, past_own_entry, projects_reason_needed).
    Journal: backfill.return.
    """
    with transaction.atomic():
        backfill = lock_backfill(backfill_id, user=user, at=at, version=version)
        require_state(backfill, State.WAITING)
        require_decided(backfill)
        require_another(backfill, user)
        backfill.returned_reason = clean_block(require_reason(reason), max_length=2000)
        backfill.state = State.RETURNED
        backfill.checked_by = user
        backfill.checked_at = at
        save_backfill(backfill)
        note(backfill, "return", actor=user.as_actor(), at=at, facts={"reason": backfill.returned_reason})
        return backfill
