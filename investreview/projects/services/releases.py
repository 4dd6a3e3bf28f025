"""The way in: the drafter hands over, the group's releaser releases (报送), or sends the draft back."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max

from investreview.core.clock import legal_date
from investreview.core.errors import Forbidden, Invalid
from investreview.core.roles import Role
from investreview.projects.acting import Acting
from investreview.projects.completeness import require_complete, require_declared, require_open_procedure
from investreview.projects.freezing import current_form_code, freeze
from investreview.projects.models import Case, ClockStop, RoutingRecord, Submission
from investreview.projects.permissions import holders, require_apart, require_role
from investreview.projects.pledging import require_pledged
from investreview.projects.routing import record_routing, report_by_date, rule_set_for
from investreview.projects.rules import Verb
from investreview.projects.selectors import lateness_of
from investreview.projects.services.common import (
    lock_case,
    lock_declared_case,
    note,
    require_reason,
    require_state,
    save_case,
)
from investreview.projects.states import CaseState


def hand_over(*, acting: Acting, case_id: int, version: int, at: datetime) -> Case:
    """The draft waits for the group's releaser (送审); its facts are there, its route is open, its pledges confirmed.

    Raises: Forbidden, Stale, Invalid (projects_facts_missing, projects_procedure_not_open, projects_pledges_missing …).
    Journal: case.hand_over.
    """
    with transaction.atomic():
        case = lock_declared_case(case_id, version=version)
        if not acting.scope.holds(Role.ENTERPRISE_DRAFTER, case.path):
            raise Forbidden("projects_role_missing", role=Role.ENTERPRISE_DRAFTER.label)
        require_state(case, Verb.HAND_OVER)
        require_declared(case, legal_date(at))
        require_open_procedure(case, legal_date(at))
        require_pledged(case, rule_set_for(case, legal_date(at)))
        case.drafter = acting.person
        case.releaser = None if case.releaser_id == acting.person.pk else case.releaser
        case.state = CaseState.AWAITING_RELEASE
        case.handed_over_at = case.handed_over_at or at
        save_case(case)
        note(case, Verb.HAND_OVER, acting=acting, at=at)
        return case


def send_to_drafter(*, acting: Acting, case_id: int, version: int, reason: str, at: datetime) -> Case:
    """The releaser gives the draft back to its drafter with a reason; the commission never saw it.

    Raises: Forbidden, Stale, Invalid (projects_reason_needed). Journal: case.send_to_drafter.
    """
    with transaction.atomic():
        case = lock_case(case_id, version=version)
        require_role(acting, Role.ENTERPRISE_RELEASER, case)
        require_state(case, Verb.SEND_TO_DRAFTER)
        stated = require_reason(reason)
        case.state = CaseState.SUPPLEMENTING if case.supplement_noticed_at else CaseState.DRAFT
        save_case(case)
        note(case, Verb.SEND_TO_DRAFTER, acting=acting, at=at, facts={"reason": stated})
        return case


def release(*, acting: Acting, case_id: int, version: int, at: datetime) -> Case:
    """The group has submitted: facts and materials are frozen, routed, and the completeness check begins.

    A clock that stood for a supplement runs again. Raises: Forbidden (also projects_duty_conflict: the drafter),
    Stale, Invalid (projects_materials_missing, projects_procedure_not_open). Rule: DOMAIN §3, §4. Journal:
    case.release.
    """
    with transaction.atomic():
        case = lock_declared_case(case_id, version=version)
        require_role(acting, Role.ENTERPRISE_RELEASER, case)
        require_state(case, Verb.RELEASE)
        require_apart(acting, *holders(case, "drafter"), duty=Role.ENTERPRISE_RELEASER)
        today = legal_date(at)
        require_declared(case, today)
        require_open_procedure(case, today)
        require_complete(case, today)
        submission = _freeze_submission(case, acting=acting, at=at)
        routing = record_routing(
            case,
            submission=submission,
            occasion=RoutingRecord.Occasion.RELEASE,
            rule_set=rule_set_for(case, today),
            at=at,
        )
        case.releaser = acting.person
        case.released_at = at
        case.first_released_at = case.first_released_at or at
        case.report_by = report_by_date(case, routing.rule_set)
        case.state = CaseState.CHECKING
        ClockStop.objects.filter(case=case, until_on__isnull=True).update(until_on=today)
        save_case(case)
        late = lateness_of(case)
        note(
            case,
            Verb.RELEASE,
            acting=acting,
            at=at,
            facts={
                "submission": submission.ordinal,
                "sha256": submission.sha256,
                "route": routing.route,
                "rule_set": routing.rule_set.code,
                "late": late is not None and late.is_late,
                "invested_first": late is not None and late.is_invested_first,
            },
        )
        return case


def _freeze_submission(case: Case, *, acting: Acting, at: datetime) -> Submission:
    frozen = freeze(case)
    last = case.submissions.aggregate(last=Max("ordinal"))["last"] or 0
    submission: Submission = Submission.objects.create(
        case=case,
        ordinal=last + 1,
        facts=frozen.facts,
        materials=frozen.materials,
        sha256=frozen.sha256,
        version_code=current_form_code(case),
        released_by=acting.person,
        released_at=at,
    )
    return submission


def withdraw(*, acting: Acting, case_id: int, version: int, reason: str, at: datetime) -> Case:
    """The group has taken the case back (撤件); it ends here and a new submission is a new case.

    Raises: Forbidden, Stale, Invalid (after the signature: projects_not_allowed_in_state). Rule: DOMAIN §5.
    Journal: case.withdraw.
    """
    with transaction.atomic():
        case = lock_case(case_id, version=version)
        require_role(acting, Role.ENTERPRISE_RELEASER, case)
        require_state(case, Verb.WITHDRAW)
        if case.handed_over_at is None:
            raise Invalid("projects_not_allowed_in_state", state=case.get_state_display())
        case.end_reason = require_reason(reason)
        case.state = CaseState.WITHDRAWN
        case.ended_at = at
        ClockStop.objects.filter(case=case, until_on__isnull=True).update(until_on=legal_date(at))
        save_case(case)
        note(case, Verb.WITHDRAW, acting=acting, at=at, facts={"reason": case.end_reason})
        return case
