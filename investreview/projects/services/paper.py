"""Paper decisions 线下签批: entered from the returned 呈批表 by one, compared by another, then they take effect."""

from datetime import date, datetime
from typing import IO, Any

from django.db import transaction

from investreview.accounts.models import User
from investreview.core.clock import SHANGHAI, legal_date
from investreview.core.errors import Forbidden, Invalid
from investreview.core.roles import Role
from investreview.journal.services import record
from investreview.projects.acting import Acting
from investreview.projects.models import Case, PaperDecision
from investreview.projects.permissions import ENTERING_ROLES
from investreview.projects.routing import confirmed_rules
from investreview.projects.services.common import lock_case, require_reason
from investreview.projects.services.forms import approval_sheet_code
from investreview.projects.services.materials import store_file
from investreview.registry.selectors import work_calendar


def enter_paper_decision(
    *,
    acting: Acting,
    case_id: int,
    task_id: int,
    step: str,
    arrived_at: datetime,
    decider: User,
    payload: dict[str, Any],
    dated_on: date,
    version_code: str,
    scan: IO[bytes],
    scan_name: str,
    at: datetime,
) -> PaperDecision:
    """What stands on the returned sheet is entered and waits for another person's comparison.

    Raises: Forbidden, Invalid (projects_paper_before_arrival, projects_paper_in_future, projects_paper_code_old,
    projects_paper_exists, the scan's fault). Late entry is flagged. Rule: DOMAIN §5, On paper is equal.
    Journal: paper.enter.
    """
    with transaction.atomic():
        case = lock_case(case_id)
        _require_entering(acting, case)
        today = legal_date(at)
        if PaperDecision.objects.filter(task_id=task_id, rejected_at__isnull=True).exists():
            raise Invalid("projects_paper_exists")
        if dated_on < legal_date(arrived_at):
            raise Invalid(
                "projects_paper_before_arrival", field="dated_on", dated=dated_on, arrived=legal_date(arrived_at)
            )
        if dated_on > today:
            raise Invalid("projects_paper_in_future", field="dated_on")
        expected = approval_sheet_code(case)
        if version_code.strip().upper() != expected:
            raise Invalid(
                "projects_paper_code_old", field="version_code", given=version_code.strip() or "—", expected=expected
            )
        stored = store_file(case=case, file=scan, name=scan_name, user=acting.person, mark="INTERNAL", at=at)
        limit = confirmed_rules(case).paper_entry_days
        entry: PaperDecision = PaperDecision.objects.create(
            case=case,
            task_id=task_id,
            step=step,
            decider=decider,
            version_code=expected,
            payload=payload,
            dated_on=dated_on,
            scan=stored,
            is_late=work_calendar(case.commission).count(dated_on, today) > limit,
            entered_by=acting.person,
            entered_at=at,
        )
        _note(entry, "paper.enter", acting=acting, at=at)
        return entry


def confirm_comparison(*, acting: Acting, entry_id: int, at: datetime) -> PaperDecision:
    """The entry agrees with the paper, as another person found; the engine now performs the decision.

    Raises: Forbidden, Invalid (projects_paper_not_pending, projects_paper_same_person). Journal: paper.compare.
    """
    with transaction.atomic():
        entry = _pending(acting, entry_id)
        entry.compared_by = acting.person
        entry.compared_at = at
        entry.save()
        _note(entry, "paper.compare", acting=acting, at=at)
        return entry


def reject_comparison(*, acting: Acting, entry_id: int, reason: str, at: datetime) -> PaperDecision:
    """The entry does not agree with the paper; it stays, marked, and a new one may be entered.

    Raises: Forbidden, Invalid. Journal: paper.reject.
    """
    with transaction.atomic():
        entry = _pending(acting, entry_id)
        entry.compared_by = acting.person
        entry.rejected_at = at
        entry.rejected_reason = require_reason(reason)
        entry.save()
        _note(entry, "paper.reject", acting=acting, at=at)
        return entry


def _pending(acting: Acting, entry_id: int) -> PaperDecision:
    entry = (
        PaperDecision.objects.select_for_update()
        .filter(pk=entry_id, compared_at__isnull=True, rejected_at__isnull=True)
        .first()
    )
    if entry is None:
        raise Invalid("projects_paper_not_pending")
    _require_entering(acting, lock_case(entry.case_id))
    if entry.entered_by_id == acting.person.pk:
        raise Invalid("projects_paper_same_person")
    return entry


def _require_entering(acting: Acting, case: Case) -> None:
    if not acting.scope.holds_any(ENTERING_ROLES, case.path):
        raise Forbidden("projects_role_missing", role=Role.CASE_OFFICER.label)


def decided_at(entry: PaperDecision, arrived_at: datetime) -> datetime:
    """The moment the paper decision counts from: its date, at noon, after the arrival and before the entry."""
    noon = datetime(entry.dated_on.year, entry.dated_on.month, entry.dated_on.day, 12, tzinfo=SHANGHAI)
    return max(min(noon, entry.entered_at), arrived_at)


def _note(entry: PaperDecision, verb: str, *, acting: Acting, at: datetime) -> None:
    record(
        chain=entry.case.commission.code,
        verb=verb,
        actor=acting.actor,
        subject=entry.case.subject,
        at=at,
        facts={
            "step": entry.step,
            "decider": entry.decider.full_name,
            "dated_on": entry.dated_on.isoformat(),
            "late": entry.is_late,
            "scan_sha256": entry.scan.sha256,
            "reason": entry.rejected_reason,
        },
    )
