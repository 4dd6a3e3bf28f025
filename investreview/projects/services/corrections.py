"""更正单: wrong data of a decided case is put right by two people; what was declared stays as it was (DOMAIN §17)."""

from dataclasses import dataclass
from datetime import datetime
from typing import IO, Any

from django.db import transaction
from django.db.models import Max
from django.utils import translation
from django.utils.translation import gettext as _

from investreview.accounts.models import User
from investreview.accounts.selectors import users_holding
from investreview.core.clock import legal_date
from investreview.core.errors import Invalid, NotVisible
from investreview.core.roles import Role
from investreview.core.text import clean_block
from investreview.documents.contents import CorrectionSlip as SlipPaper
from investreview.documents.services import issue_system_copy
from investreview.notices.kinds import NoticeKind
from investreview.notices.services import notify
from investreview.projects.acting import Acting
from investreview.projects.corrected import CORRECTABLE, corrected, present_plain
from investreview.projects.freezing import plain
from investreview.projects.labels import route_label
from investreview.projects.models import Case, CorrectionSlip
from investreview.projects.papers import mark_of
from investreview.projects.permissions import require_role
from investreview.projects.routing import decide
from investreview.projects.rules import Verb
from investreview.projects.selectors import enterprise_people
from investreview.projects.services.common import lock_case, note, require_reason, require_state, save_case
from investreview.projects.services.materials import store_file
from investreview.projects.shown import fact_label, fact_text

EVIDENCE_LIMIT = 50 * 1024 * 1024


@dataclass(frozen=True)
class Evidence:
    """The file that shows what is right, as it was uploaded."""

    file: IO[bytes]
    name: str


def propose_correction(
    *,
    acting: Acting,
    case_id: int,
    version: int | None,
    field: str,
    after: Any,
    reason: str,
    evidence: Evidence,
    at: datetime,
) -> CorrectionSlip:
    """The slip waits for a second person; nothing on the case reads differently yet.

    Raises: Forbidden, Stale, Invalid (projects_field_not_correctable, projects_correction_*, projects_slip_waiting,
    projects_reason_needed, file_*). Rule: DOMAIN §17. Journal: case.propose_correction.
    """
    with transaction.atomic():
        case = lock_case(case_id, version=version)
        require_role(acting, Role.CASE_OFFICER, case)
        require_state(case, Verb.PROPOSE_CORRECTION)
        if case.delivered_at is None:
            raise Invalid("projects_correction_before_delivery")
        if field not in CORRECTABLE:
            raise Invalid("projects_field_not_correctable", field="field")
        if case.correction_slips.filter(field=field, confirmed_at=None, rejected_at=None).exists():
            raise Invalid("projects_slip_waiting", field="field", name=fact_label(field))
        before, right = present_plain(case, field), plain(after)
        _require_other(case, field, before, right, at)
        stored = store_file(
            case=case,
            file=evidence.file,
            name=evidence.name,
            user=acting.person,
            mark=case.declaration.mark,
            at=at,
            limit=EVIDENCE_LIMIT,
        )
        last = case.correction_slips.aggregate(last=Max("ordinal"))["last"] or 0
        slip: CorrectionSlip = CorrectionSlip.objects.create(
            case=case,
            ordinal=last + 1,
            field=field,
            before=before,
            after=right,
            reason=clean_block(require_reason(reason)),
            evidence=stored,
            proposed_by=acting.person,
            proposed_at=at,
        )
        save_case(case)
        _note(slip, Verb.PROPOSE_CORRECTION, acting=acting, at=at)
        _tell_heads(slip, at)
        return slip


def _require_other(case: Case, field: str, before: Any, after: Any, at: datetime) -> None:
    """Nothing happens when the new value differs and the case would have gone the same way with it."""
    if before == after:
        raise Invalid("projects_correction_same", field="after")
    if case.rule_set is None:
        return
    was, would_be = (decide(one, legal_date(at)) for one in (corrected(case), corrected(case, more=[(field, after)])))
    if (was.route, was.duties) != (would_be.route, would_be.duties):
        raise Invalid("projects_correction_reroutes", field="after", route=route_label(would_be.route.value))


def confirm_correction(*, acting: Acting, slip_id: int, at: datetime) -> CorrectionSlip:
    """The page shows the new value with its slip 更正单, which is issued; the enterprise is told.

    Raises: NotVisible, Forbidden, Invalid (projects_slip_not_waiting, projects_slip_same_person,
    projects_correction_reroutes). Rule: DOMAIN §17, two people. Journal: case.confirm_correction.
    """
    with transaction.atomic():
        slip, case = _waiting(acting, slip_id, Verb.CONFIRM_CORRECTION)
        _require_other(case, slip.field, slip.before, slip.after, at)  # other slips may have been confirmed since
        slip.checked_by, slip.confirmed_at = acting.person, at
        issued = issue_system_copy(
            commission=case.commission.code,
            path=case.path,
            subject=case.subject,
            content=_paper(slip, at=at),
            scope=acting.scope,
            actor=acting.actor,
            at=at,
        )
        slip.document_id = issued.pk
        slip.save()
        save_case(case)
        _note(slip, Verb.CONFIRM_CORRECTION, acting=acting, at=at)
        _tell_enterprise(slip, at, acting.user)
        return slip


def reject_correction(*, acting: Acting, slip_id: int, reason: str, at: datetime) -> CorrectionSlip:
    """The slip stays, marked; the case reads as before. Another may be proposed.

    Raises: NotVisible, Forbidden, Invalid (projects_slip_not_waiting, projects_slip_same_person,
    projects_reason_needed). Journal: case.reject_correction.
    """
    with transaction.atomic():
        slip, case = _waiting(acting, slip_id, Verb.REJECT_CORRECTION)
        slip.checked_by, slip.rejected_at = acting.person, at
        slip.rejected_reason = clean_block(require_reason(reason))
        slip.save()
        save_case(case)
        _note(slip, Verb.REJECT_CORRECTION, acting=acting, at=at)
        return slip


def _waiting(acting: Acting, slip_id: int, verb: Verb) -> tuple[CorrectionSlip, Case]:
    case_id = CorrectionSlip.objects.filter(pk=slip_id).values_list("case_id", flat=True).first()
    if case_id is None:
        raise NotVisible("projects_case_not_visible")
    case = lock_case(case_id)
    slips = CorrectionSlip.objects.select_for_update(of=("self",)).select_related("proposed_by", "evidence")
    slip = slips.get(pk=slip_id)
    slip.case = case
    require_role(acting, Role.OFFICE_HEAD, case)
    require_state(case, verb)
    if not slip.is_waiting:
        raise Invalid("projects_slip_not_waiting")
    if slip.proposed_by_id in acting.person_ids:
        raise Invalid("projects_slip_same_person")
    return slip, case


def _paper(slip: CorrectionSlip, *, at: datetime) -> SlipPaper:
    case, checker = slip.case, slip.checked_by
    with translation.override("zh-hans"):
        return SlipPaper(
            case_number=case.number,
            enterprise=case.group.short_name_on(legal_date(at)),
            project_name=case.project.name,
            document_number=case.document_number,
            field=fact_label(slip.field),
            before=fact_text(slip.field, slip.before),
            after=fact_text(slip.field, slip.after),
            reason=slip.reason,
            evidence=slip.evidence.name,
            evidence_sha256=slip.evidence.sha256,
            proposed_by=_signed(slip.proposed_by, slip.proposed_at),
            confirmed_by=_signed(checker, at) if checker is not None else "",
            notes=(
                "原申报内容按报送时的原样保存，系统页面以更正后的内容显示并注明本单。",
                "本单不改变备案结论；复函文字有误的，另行办理更正函或者作废重发。",
            ),
            mark=mark_of(case),
            number=slip.number,
        )


def _signed(person: User, at: datetime) -> str:
    return f"{person.full_name} {legal_date(at):%Y-%m-%d}"


def _tell_heads(slip: CorrectionSlip, at: datetime) -> None:
    heads = users_holding(Role.OFFICE_HEAD, slip.case.path, at=at)
    for person in [one for one in heads if one.pk != slip.proposed_by_id]:
        with translation.override(person.language):
            notify(
                users=[person],
                text=_("更正单%(slip)s（%(field)s）等待核对。")
                % {"slip": slip.number, "field": fact_label(slip.field)},
                url=f"/corrections/{slip.pk}/",
                dedupe_key=f"correction-proposed:{slip.pk}",
                at=at,
                kind=NoticeKind.CORRECTION,
            )


def _tell_enterprise(slip: CorrectionSlip, at: datetime, sent_by: User | None) -> None:
    case = slip.case
    for person in enterprise_people(case, at):
        with translation.override(person.language):
            notify(
                users=[person],
                text=_("%(number)s 的“%(field)s”已更正，见更正单%(slip)s。")
                % {"number": case.number, "field": fact_label(slip.field), "slip": slip.number},
                url=f"/cases/{case.number}/",
                dedupe_key=f"correction:{slip.pk}",
                at=at,
                kind=NoticeKind.CORRECTION,
                sent_by=sent_by,
            )


def _note(slip: CorrectionSlip, verb: Verb, *, acting: Acting, at: datetime) -> None:
    facts = {
        "slip": slip.number,
        "field": slip.field,
        "before": slip.before,
        "after": slip.after,
        "reason": slip.rejected_reason or slip.reason,
        "evidence_sha256": slip.evidence.sha256,
        "proposed_by": slip.proposed_by.full_name,
    }
    note(slip.case, verb, acting=acting, at=at, facts=facts)
