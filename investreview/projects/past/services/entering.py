"""One project typed in from its papers: entered by one person, corrected while nobody has accepted it."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import IO

from django.db import IntegrityError, transaction

from investreview.accounts.models import User
from investreview.core.clock import legal_date
from investreview.core.errors import Forbidden, Invalid
from investreview.projects.models import Backfill, PastDecision
from investreview.projects.past.entry import PastEntry, check_entry
from investreview.projects.past.rules import chained
from investreview.projects.past.services.common import (
    entering_person,
    lock_backfill,
    note,
    require_state,
    save_backfill,
)
from investreview.projects.past.services.papers import add_papers, keep_paper
from investreview.projects.past.services.writing import NewPast, require_free_number, rewrite_past, write_past
from investreview.registry.models import Enterprise

State = Backfill.State
Scans = Sequence[tuple[IO[bytes], str]]


def enter_past(
    *, user: User, enterprise_id: int, entry: PastEntry, scans: Scans, creation_key: str, at: datetime
) -> Backfill:
    """The project waits for another person's comparison with its papers; sent again, the first result is answered.

    Raises: Forbidden, Invalid at its field (past_*, the scan's fault). Rule: DOMAIN §16. Journal: backfill.enter.
    """
    earlier = Backfill.objects.filter(creation_key=creation_key, entered_by=user).first()
    if earlier is not None:
        return earlier
    if not scans:
        raise Invalid("past_scan_needed", field="papers")
    check_entry(entry, today=legal_date(at))
    kept = [keep_paper(file, name=name, at=at) for file, name in scans]
    with transaction.atomic():
        row = _new(user, enterprise_id, entry, at)
        values = {
            "commission": row.enterprise.commission,
            "source": Backfill.Source.FORM,
            "state": State.WAITING,
            "row_count": 1,
            "rows_done": 1,
            "percent": 100,
            "entered_at": at,
        }
        backfill, is_new = Backfill.objects.get_or_create(creation_key=creation_key, entered_by=user, defaults=values)
        if not is_new:
            return backfill
        require_free_number(backfill.commission, entry.number)
        with _number_once(entry.number):
            write_past(backfill, [row], at=at)
        save_backfill(backfill)
        add_papers(backfill.decisions.get(), kept, user=user, at=at)
        _note(backfill, "enter", row, user=user, at=at)
        return backfill


def correct_past(
    *, user: User, backfill_id: int, version: int, enterprise_id: int, entry: PastEntry, scans: Scans, at: datetime
) -> Backfill:
    """The entry says what was typed now and waits for another person again; scans are added, none is taken away.

    Raises: NotVisible, Forbidden (also past_not_your_entry), Stale, Invalid at its field. Journal: backfill.correct.
    """
    check_entry(entry, today=legal_date(at))
    kept = [keep_paper(file, name=name, at=at) for file, name in scans]
    with transaction.atomic():
        backfill = lock_backfill(backfill_id, user=user, at=at, version=version)
        if backfill.entered_by_id != user.pk or backfill.source != Backfill.Source.FORM:
            raise Forbidden("past_not_your_entry")
        require_state(backfill, State.WAITING, State.RETURNED)
        row = _new(user, enterprise_id, entry, at)
        require_free_number(backfill.commission, entry.number, besides=backfill.pk)
        decision = PastDecision.objects.select_related("project").get(backfill=backfill)
        with _number_once(entry.number):
            rewrite_past(decision, row)
        add_papers(decision, kept, user=user, at=at)
        backfill.state = State.WAITING
        backfill.checked_by = backfill.checked_at = None
        backfill.returned_reason = ""
        backfill.sample, backfill.sampled_for = [], None
        backfill.content_sha256 = chained("", entry.as_text(row.enterprise))
        save_backfill(backfill)
        _note(backfill, "correct", row, user=user, at=at)
        return backfill


@contextmanager
def _number_once(number: str) -> Iterator[None]:
    """What is written inside has a number that nobody gave in this very moment.

    Raises: Invalid at number (past_number_taken).
    """
    try:
        with transaction.atomic():
            yield
    except IntegrityError:
        raise Invalid("past_number_taken", field="number", given=number) from None


def _new(user: User, enterprise_id: int, entry: PastEntry, at: datetime) -> NewPast:
    enterprise = (
        Enterprise.objects.select_related("commission").filter(pk=enterprise_id, commission=user.commission_id).first()
    )
    if enterprise is None:
        raise Invalid("past_body_unknown", field="enterprise", given="—")
    entering_person(user, enterprise.commission, at)
    return NewPast(ordinal=1, entry=entry, group=enterprise.group, enterprise=enterprise)


def _note(backfill: Backfill, verb: str, row: NewPast, *, user: User, at: datetime) -> None:
    facts = {
        "entry": row.entry.as_text(row.enterprise),
        "scans": list(backfill.decisions.get().papers.values_list("sha256", flat=True)),
    }
    note(backfill, verb, actor=user.as_actor(), at=at, facts=facts)
