"""Conditions 修改条件 of a panel: the enterprise shows what it did, the commission finds it met or returns it."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from experts.links import case_url
from experts.models import Condition
from experts.permissions import require_enterprise
from experts.selectors.conditions import conditions_of
from experts.services.common import Scan, save
from experts.services.telling import tell
from experts.states import AWAITED, ConditionState
from experts.verbs import PanelVerb
from investreview.core.errors import Invalid, NotVisible
from investreview.core.roles import Role
from investreview.core.text import clean_block
from investreview.journal.services import record
from investreview.projects.acting import Acting
from investreview.projects.models import Case
from investreview.projects.permissions import require_apart, require_role
from investreview.projects.services.common import lock_case, require_reason
from investreview.projects.services.materials import store_file
from investreview.projects.states import CaseState

_GONE = frozenset({CaseState.RETURNED, CaseState.WITHDRAWN})
_JUDGEMENTS = {ConditionState.MET: PanelVerb.ACCEPT_EVIDENCE, ConditionState.RETURNED: PanelVerb.RETURN_EVIDENCE}


def submit_evidence(
    *, acting: Acting, case_id: int, ordinal: int, version: int, statement: str, evidence: Scan, at: datetime
) -> Condition:
    """What the enterprise did for a condition, with its proof, waits for the officer; ``version`` is the condition's.

    Raises: Forbidden, Stale, NotVisible (experts_condition_not_visible), Invalid (experts_condition_not_awaited,
    the file's fault). Rule: DOMAIN §6, CONDITIONAL. Journal: condition.submit_evidence, on the case.
    """
    with transaction.atomic():
        case = lock_case(case_id)
        require_enterprise(acting, case)
        condition = _locked(case, ordinal, version)
        if condition.state not in AWAITED:
            raise Invalid("experts_condition_not_awaited", state=condition.get_state_display())
        condition.statement = clean_block(statement)
        condition.evidence = store_file(
            case=case, file=evidence.file, name=evidence.name, user=acting.person, mark="INTERNAL", at=at
        )
        condition.submitted_by = acting.person
        condition.submitted_at = at
        condition.state = ConditionState.SUBMITTED
        save(condition)
        _note(condition, case, PanelVerb.SUBMIT_EVIDENCE, acting=acting, at=at)
        if case.officer is not None:
            tell(
                users=[case.officer],
                text=_("办件 %(number)s 的论证条件 %(ordinal)s 已提交落实证明，请核验。"),
                url=case_url(case),
                dedupe_key=f"condition:{condition.pk}:{condition.version}",
                at=at,
                number=case.number,
                ordinal=ordinal,
            )
        return condition


def judge_condition(
    *,
    acting: Acting,
    case_id: int,
    ordinal: int,
    version: int,
    judgement: ConditionState,
    text: str,
    at: datetime,
) -> Condition:
    """The officer has found the condition met, or returned the proof with a reason; an enterprise never closes its own.

    Raises: Forbidden (also projects_duty_conflict: the submitter), Stale, NotVisible (experts_condition_not_visible),
    Invalid (experts_condition_not_submitted, experts_judgement_unknown, projects_reason_needed).
    Journal: condition.accept or condition.return, on the case.
    """
    with transaction.atomic():
        case = lock_case(case_id)
        require_role(acting, Role.CASE_OFFICER, case)
        condition = _locked(case, ordinal, version)
        require_apart(acting, condition.submitted_by, duty=Role.CASE_OFFICER)
        if judgement not in _JUDGEMENTS:
            raise Invalid("experts_judgement_unknown", field="judgement")
        if condition.state != ConditionState.SUBMITTED:
            raise Invalid("experts_condition_not_submitted", state=condition.get_state_display())
        is_return = judgement == ConditionState.RETURNED
        stated = require_reason(text, field="text") if is_return else text
        condition.judgement = clean_block(stated) if stated.strip() else ""
        condition.judged_by = acting.person
        condition.judged_at = at
        condition.state = judgement
        save(condition)
        _note(condition, case, _JUDGEMENTS[judgement], acting=acting, at=at)
        if condition.submitted_by is not None:
            text_told = (
                _("论证条件 %(ordinal)s 的落实证明被退回，请补充后重新提交。")
                if is_return
                else _("论证条件 %(ordinal)s 已核验落实。")
            )
            tell(
                users=[condition.submitted_by],
                text=text_told,
                url=case_url(case),
                dedupe_key=f"condition:{condition.pk}:{condition.version}",
                at=at,
                sent_by=acting.user,
                ordinal=ordinal,
            )
        return condition


def _locked(case: Case, ordinal: int, version: int) -> Condition:
    """The condition of the case's last concluded panel, locked and unchanged since ``version``."""
    if case.state in _GONE:
        raise Invalid("projects_not_allowed_in_state", state=case.get_state_display())
    held = conditions_of(case).select_for_update(of=("self",)).select_related("submitted_by")
    condition = held.filter(ordinal=ordinal).first()
    if condition is None:
        raise NotVisible("experts_condition_not_visible")
    condition.check_version(version)
    return condition


def _note(condition: Condition, case: Case, verb: PanelVerb, *, acting: Acting, at: datetime) -> None:
    record(
        chain=case.commission.code,
        verb=verb.value,
        actor=acting.actor,
        subject=case.subject,
        at=at,
        facts={
            "ordinal": condition.ordinal,
            "state": condition.state,
            "evidence_sha256": condition.evidence.sha256 if condition.evidence is not None else "",
            "judgement": condition.judgement,
        },
    )
