"""The office's ledger on its way: sent, ordered to be written, given up, tried again."""

import hashlib
from datetime import datetime
from pathlib import PurePosixPath
from typing import IO

from django.db import transaction

from investreview.accounts.models import User
from investreview.core.errors import Invalid
from investreview.core.tables import open_table
from investreview.core.text import safe_filename
from investreview.documents.waking import wake
from investreview.projects.models import Backfill
from investreview.projects.past.kinds import ledger_kind
from investreview.projects.past.services.common import (
    WORK_TASK,
    entering_person,
    lock_backfill,
    note,
    require_state,
    save_backfill,
)
from investreview.projects.storage import PIECE, put_in_store, remove_from_store

State = Backfill.State


def upload_ledger(
    *,
    user: User,
    file: IO[bytes],
    name: str,
    creation_key: str,
    at: datetime,
    source: str = Backfill.Source.LEDGER,
) -> Backfill:
    """The ledger is kept as it came and is being read on trial; nothing of it is written. Sent again: the first result.

    The file and its header are looked at here, outside of any transaction, the rows by the worker.
    Raises: Forbidden, Invalid at file (file_*, table_*). Journal: backfill.upload.
    """
    commission = user.commission
    if commission is None:
        raise Invalid("past_not_of_a_commission")
    entering_person(user, commission, at, source=source)
    earlier = Backfill.objects.filter(creation_key=creation_key, entered_by=user).first()
    if earlier is not None:
        return earlier
    with open_table(file, name=name, shape=ledger_kind(source).shape) as table:
        sheet, ignored = table.sheet, list(table.ignored)
    size, sha256 = _measured(file)
    shown = safe_filename(name)
    storage_name = put_in_store(file, folder=f"past/{at:%Y}", extension=PurePosixPath(shown).suffix[1:].lower())
    with transaction.atomic():
        values = {
            "commission": commission,
            "source": source,
            "state": State.READING,
            "file_name": shown,
            "storage_name": storage_name,
            "size": size,
            "sha256": sha256,
            "sheet": sheet[:60],
            "ignored": ignored,
            "next_try_at": at,
            "entered_at": at,
        }
        backfill, is_new = Backfill.objects.get_or_create(creation_key=creation_key, entered_by=user, defaults=values)
        if not is_new:
            remove_from_store(storage_name)
            return backfill
        note(backfill, "upload", actor=user.as_actor(), at=at, facts={"name": shown, "size": size, "sha256": sha256})
        wake(WORK_TASK, backfill.pk)
        return backfill


def _measured(file: IO[bytes]) -> tuple[int, str]:
    digest, size = hashlib.sha256(), 0
    file.seek(0)
    while piece := file.read(PIECE):
        digest.update(piece)
        size += len(piece)
    return size, digest.hexdigest()


def order_storing(*, user: User, backfill_id: int, version: int, at: datetime) -> Backfill:
    """The rows of a ledger without fault are being written, for another person to compare; none of them counts yet.

    Raises: NotVisible, Forbidden, Stale, Invalid (past_not_in_this_state). Journal: backfill.order_storing.
    """
    with transaction.atomic():
        backfill = lock_backfill(backfill_id, user=user, at=at, version=version)
        require_state(backfill, State.CLEAN)
        _give_to_worker(backfill, State.STORING, at)
        note(backfill, "order_storing", actor=user.as_actor(), at=at, facts={"rows": backfill.row_count})
        return backfill


def discard_backfill(*, user: User, backfill_id: int, version: int, at: datetime) -> Backfill:
    """The batch is given up: its rows, which never counted, are being removed; the ledger and its journal stay.

    Raises: NotVisible, Forbidden, Stale, Invalid (past_not_in_this_state, past_rows_compared: a case of it goes on).
    Journal: backfill.discard.
    """
    with transaction.atomic():
        backfill = lock_backfill(backfill_id, user=user, at=at, version=version)
        require_state(backfill, State.FAULTY, State.CLEAN, State.WAITING, State.RETURNED)
        if backfill.takeovers.filter(checked_at__isnull=False).exists():
            raise Invalid("past_rows_compared")
        backfill.fault_count = 0
        _give_to_worker(backfill, State.PURGING, at)
        note(backfill, "discard", actor=user.as_actor(), at=at, facts={"rows": backfill.row_count})
        return backfill


def retry_backfill(*, user: User, backfill_id: int, version: int, at: datetime) -> Backfill:
    """Work that was broken off for good is tried again with all its attempts.

    Raises: NotVisible, Forbidden, Stale, Invalid (past_not_broken_off). Journal: backfill.retry.
    """
    with transaction.atomic():
        backfill = lock_backfill(backfill_id, user=user, at=at, version=version)
        if backfill.state not in Backfill.WORKING or backfill.next_try_at is not None:
            raise Invalid("past_not_broken_off")
        error = backfill.error
        _give_to_worker(backfill, State(backfill.state), at)
        note(backfill, "retry", actor=user.as_actor(), at=at, facts={"error": error})
        return backfill


def _give_to_worker(backfill: Backfill, state: "Backfill.State", at: datetime) -> None:
    if backfill.state != state:
        backfill.rows_done = backfill.percent = 0
    backfill.state = state
    backfill.attempts = 0
    backfill.error = ""
    backfill.next_try_at = at
    save_backfill(backfill)
    wake(WORK_TASK, backfill.pk)
