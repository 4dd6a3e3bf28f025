"""核对排除: a hit over ownership that is no conflict, put forward by the draw operator, decided by the office head."""

from datetime import datetime

from django.db import transaction

from experts.models import DismissedHit, Expert
from experts.selectors.eligible import pool_for_draw, round_to_draw
from experts.selectors.findings import Reason
from investreview.core.clock import legal_date
from investreview.core.errors import Forbidden, Invalid, NotVisible
from investreview.core.roles import Role
from investreview.core.text import clean_block
from investreview.journal.services import record
from investreview.projects.acting import Acting
from investreview.projects.models import Case
from investreview.projects.permissions import require_role
from investreview.projects.services.common import lock_case


def propose_dismissal(
    *, acting: Acting, case_id: int, expert_id: int, fingerprint: str, reason: str, at: datetime
) -> DismissedHit:
    """The hit still counts and waits for the office head; only a hit over ownership can be put forward.

    Raises: NotVisible, Forbidden (projects_role_missing), Invalid (projects_panel_not_due, experts_draw_frozen,
    experts_hit_unknown when the facts have changed since, experts_hit_proposed, text_*). Rule: DOMAIN §6, Avoidance,
    a dismissed hit stays dismissed until the fact changes. Journal: expert.propose_dismissal
    """
    with transaction.atomic():
        case = lock_case(case_id)
        require_role(acting, Role.DRAW_OPERATOR, case)
        if not case.awaits_panel:
            raise Invalid("projects_panel_not_due")
        expert, hit = _standing(case, expert_id, fingerprint, at)
        undecided = DismissedHit.objects.filter(expert=expert, fingerprint=fingerprint, is_confirmed__isnull=True)
        if undecided.exists():
            raise Invalid("experts_hit_proposed", number=expert.number)
        dismissal: DismissedHit = DismissedHit.objects.create(
            expert=expert,
            case=case,
            code=hit.code.value,
            fingerprint=fingerprint,
            path=hit.path,
            reason=clean_block(reason, max_length=2000),
            proposed_by=acting.person,
            proposed_at=at,
        )
        _note("expert.propose_dismissal", dismissal, acting, at)
        return dismissal


def confirm_dismissal(*, acting: Acting, dismissal_id: int, answer: str = "", at: datetime) -> DismissedHit:
    """The hit no longer leaves the expert out, here or elsewhere, until one of its facts changes.

    Raises: NotVisible, Forbidden (projects_role_missing, experts_dismissal_own), Invalid (experts_dismissal_decided).
    Journal: expert.confirm_dismissal
    """
    with transaction.atomic():
        dismissal = _undecided(acting, dismissal_id)
        return _decide(dismissal, "expert.confirm_dismissal", answer, acting, at, is_confirmed=True)


def refuse_dismissal(*, acting: Acting, dismissal_id: int, answer: str, at: datetime) -> DismissedHit:
    """The hit goes on leaving the expert out. Raises: as ``confirm_dismissal``, Invalid (text_empty).

    Journal: expert.refuse_dismissal
    """
    with transaction.atomic():
        dismissal = _undecided(acting, dismissal_id)
        stated = clean_block(answer, max_length=2000)
        return _decide(dismissal, "expert.refuse_dismissal", stated, acting, at, is_confirmed=False)


def _standing(case: Case, expert_id: int, fingerprint: str, at: datetime) -> tuple[Expert, Reason]:
    """The expert and the hit with this fingerprint, as the records say at this moment."""
    pool = pool_for_draw(case=case, industries=(), round=round_to_draw(case), on=legal_date(at))
    for out in pool.excluded:
        if out.expert_id == expert_id:
            for reason in out.reasons:
                if reason.fingerprint and reason.fingerprint == fingerprint:
                    return Expert.objects.select_related("commission").get(pk=expert_id), reason
    raise Invalid("experts_hit_unknown")


def _undecided(acting: Acting, dismissal_id: int) -> DismissedHit:
    rows = DismissedHit.objects.select_for_update(of=("self",)).select_related("case", "expert__commission")
    dismissal: DismissedHit | None = rows.filter(pk=dismissal_id).first()
    if dismissal is None:
        raise NotVisible("experts_pool_not_visible")
    require_role(acting, Role.OFFICE_HEAD, dismissal.case)
    if dismissal.is_confirmed is not None:
        raise Invalid("experts_dismissal_decided")
    if dismissal.proposed_by_id in acting.person_ids:
        raise Forbidden("experts_dismissal_own")
    return dismissal


def _decide(
    dismissal: DismissedHit, verb: str, answer: str, acting: Acting, at: datetime, *, is_confirmed: bool
) -> DismissedHit:
    dismissal.is_confirmed, dismissal.decided_by, dismissal.decided_at = is_confirmed, acting.person, at
    dismissal.answer = answer.strip()
    dismissal.save()
    _note(verb, dismissal, acting, at)
    return dismissal


def _note(verb: str, dismissal: DismissedHit, acting: Acting, at: datetime) -> None:
    """On the expert, not on the case: whoever reads a case's journal does not learn who is in the pool."""
    record(
        chain=dismissal.expert.commission.code,
        verb=verb,
        actor=acting.actor,
        subject=dismissal.expert.subject,
        at=at,
        facts={
            "case": dismissal.case.number,
            "code": dismissal.code,
            "fingerprint": dismissal.fingerprint,
            "path": dismissal.path,
            "reason": dismissal.reason,
            "answer": dismissal.answer,
        },
    )
