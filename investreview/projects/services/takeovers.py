"""A 接续单 on its way: entered by one person, found different by another; accepted it becomes a case (workflows)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import IO, Any

from django.db import transaction

from investreview.accounts.models import User
from investreview.accounts.selectors import scope_of
from investreview.core.errors import DomainError, Forbidden, Invalid, NotVisible
from investreview.core.roles import Role
from investreview.core.text import clean_block
from investreview.journal.services import record
from investreview.projects.models import Backfill, Takeover
from investreview.projects.past.rules import number_key
from investreview.projects.past.selectors import standing_takeovers
from investreview.projects.past.services.closing import close_when_compared
from investreview.projects.past.services.papers import keep_paper, paper_of
from investreview.projects.permissions import CHECKING, TAKING_OVER
from investreview.projects.services.common import require_reason
from investreview.projects.storage import KeptFile, remove_from_store
from investreview.registry.models import Commission, Enterprise


@dataclass(frozen=True)
class TakeoverHead:
    """What the list of take-overs shows of one; the register number is one of the year in which it was received."""

    enterprise_id: int
    name: str
    paper_number: str
    received_on: date
    step: str
    elapsed_days: int
    as_of_on: date


def enter_takeover(
    *,
    user: User,
    head: TakeoverHead,
    payload: Mapping[str, Any],
    scans: Sequence[tuple[IO[bytes], str]],
    creation_key: str,
    at: datetime,
) -> Takeover:
    """What stands on the papers waits for another person's comparison; sent again, the first result is answered.

    ``payload`` is what was typed, field by field; it is read again when it is accepted. Raises: Forbidden, Invalid
    (takeover_scan_needed, past_body_unknown, takeover_number_taken, the scan's fault). Journal: takeover.enter.
    """
    earlier = Takeover.objects.filter(creation_key=creation_key, entered_by=user).first()
    if earlier is not None:
        return earlier
    if not scans:
        raise Invalid("takeover_scan_needed", field="papers")
    kept = [keep_paper(file, name=name, at=at) for file, name in scans]
    try:
        with transaction.atomic():
            return _entered(user, head, payload, kept, creation_key, at)
    except DomainError:
        for each in kept:
            remove_from_store(each.storage_name)
        raise


def _entered(
    user: User,
    head: TakeoverHead,
    payload: Mapping[str, Any],
    kept: Sequence[KeptFile],
    creation_key: str,
    at: datetime,
) -> Takeover:
    body = Enterprise.objects.select_related("commission").filter(pk=head.enterprise_id).first()
    if body is None or body.commission_id != user.commission_id:
        raise Invalid("past_body_unknown", field="enterprise", given="—")
    _require(user, TAKING_OVER, body.commission.path, at)
    Commission.objects.select_for_update(no_key=True).get(pk=body.commission_id)
    meanwhile = Takeover.objects.filter(creation_key=creation_key, entered_by=user).first()
    if meanwhile is not None:
        return meanwhile
    _require_number_free(head, body.commission)
    values = {**columns_of(head, body), "payload": dict(payload), "entered_at": at}
    takeover = Takeover.objects.create(creation_key=creation_key, entered_by=user, **values)
    for each in kept:
        paper = paper_of(each, user=user, at=at)
        paper.takeover = takeover
        paper.save()
    scanned = [each.facts.sha256 for each in kept]
    note_takeover(takeover, "enter", user=user, at=at, facts={"payload": dict(payload), "scans": scanned})
    return takeover


def columns_of(head: TakeoverHead, body: Enterprise) -> dict[str, object]:
    """What the row of a take-over of this body says for the list."""
    told = {name: getattr(head, name) for name in ("name", "paper_number", "step", "elapsed_days", "as_of_on")}
    key, year = register_key(head.paper_number, head.received_on)
    return {
        "commission": body.commission,
        "enterprise": body,
        "path": body.path,
        "number_key": key,
        "register_year": year,
        **told,
    }


def register_key(number: str, received_on: date) -> tuple[str, int]:
    """What tells one register number from another in a commission: its spelling, and the year of the register."""
    return number_key(number), received_on.year


def _require_number_free(head: TakeoverHead, commission: Commission) -> None:
    """Nothing happens while no take-over that stands has the number; the commission is locked.

    Raises: Invalid at paper_number (takeover_number_taken).
    """
    key, year = register_key(head.paper_number, head.received_on)
    others = Takeover.objects.filter(commission=commission, rejected_reason="")
    if others.filter(number_key=key, register_year=year).exists():
        raise Invalid("takeover_number_taken", field="paper_number", given=head.paper_number, year=year)


def reject_takeover(*, user: User, takeover_id: int, reason: str, at: datetime) -> Takeover:
    """It does not agree with the papers; it stays, marked, and a new one may be entered.

    Raises: NotVisible, Forbidden, Invalid (takeover_done, takeover_own_entry, projects_reason_needed).
    Journal: takeover.reject.
    """
    with transaction.atomic():
        takeover = lock_takeover(takeover_id, user=user, at=at)
        if not takeover.is_open:
            raise Invalid("takeover_done")
        takeover.rejected_reason = clean_block(require_reason(reason), max_length=2000)
        takeover.checked_by = user
        takeover.checked_at = at
        takeover.save()
        note_takeover(takeover, "reject", user=user, at=at, facts={"reason": takeover.rejected_reason})
        close_when_compared(takeover, user=user, at=at)
        return takeover


def lock_takeover(takeover_id: int, *, user: User, at: datetime) -> Takeover:
    """The take-over, locked behind its batch, for somebody who may compare it: not the one who entered it.

    Raises: NotVisible (takeover_not_visible), Forbidden, Invalid (takeover_own_entry).
    """
    batch = Takeover.objects.filter(pk=takeover_id).values("backfill")
    Backfill.objects.select_for_update(of=("self",)).filter(pk__in=batch).first()
    held = standing_takeovers().select_for_update(of=("self",)).select_related("commission", "entered_by", "checked_by")
    takeover = held.filter(pk=takeover_id, commission=user.commission_id).first()
    if takeover is None:
        raise NotVisible("takeover_not_visible")
    _require(user, CHECKING, takeover.commission.path, at)
    if takeover.entered_by_id == user.pk:
        raise Invalid("takeover_own_entry")
    return takeover


def _require(user: User, roles: frozenset[Role], path: str, at: datetime) -> None:
    if not scope_of(user, at).holds_any(roles, path):
        raise Forbidden("projects_role_missing", role=Role.CASE_OFFICER.label)


def note_takeover(takeover: Takeover, verb: str, *, user: User, at: datetime, facts: Mapping[str, object]) -> None:
    """The act stands in the commission's journal, once."""
    record(
        chain=takeover.commission.code,
        verb=f"takeover.{verb}",
        actor=user.as_actor(),
        subject=takeover.subject,
        at=at,
        facts={"paper_number": takeover.paper_number, "step": takeover.step, **facts},
    )
