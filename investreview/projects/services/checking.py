"""The officer checks what came: complete, to be supplemented once, or not a case for us."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from investreview.core.clock import legal_date
from investreview.core.errors import Invalid
from investreview.core.roles import Role
from investreview.core.text import clean_block
from investreview.projects.acting import Acting
from investreview.projects.completeness import require_open_procedure
from investreview.projects.models import Case, ClockStop, RoutingRecord
from investreview.projects.permissions import holders, require_apart, require_role
from investreview.projects.routing import record_routing, rule_set_for
from investreview.projects.rules import Verb
from investreview.projects.services.common import (
    lock_case,
    lock_declared_case,
    note,
    require_reason,
    require_state,
    save_case,
)
from investreview.projects.services.forms import issue_receipt, issue_supplement_notice
from investreview.projects.states import CaseState
from investreview.registry.selectors import work_calendar
from investreview.rulebook.routing import Duty, Route
from investreview.rulebook.selectors import rule_set_in_force


@dataclass(frozen=True)
class SupplementItem:
    """One thing to supplement: the slot it concerns (or none) and what has to be done."""

    slot: str
    text: str


def confirm_completeness(*, acting: Acting, case_id: int, version: int, at: datetime) -> Case:
    """The case is complete: it is routed for good, the 接收单 is made, and the clock begins on the next working day.

    A project below the filing bound is recorded as the enterprise's own decision and ends here. Confirmed again after
    a supplement, rule set, route and clock stay as they were. Raises: Forbidden, Stale, Invalid
    (projects_procedure_not_open). Rule: DOMAIN §3 (rule version), §4 (clock). Journal: case.confirm_completeness.
    """
    with transaction.atomic():
        case = lock_declared_case(case_id, version=version)
        require_role(acting, Role.CASE_OFFICER, case)
        require_state(case, Verb.CONFIRM)
        require_apart(acting, *holders(case, "drafter", "releaser"), duty=Role.CASE_OFFICER)
        case.officer = acting.person
        if case.complete_at is None:
            _route_for_good(case, at)
        ends_here = case.route == Route.ENTERPRISE_DECIDES.value
        case.state = CaseState.ENTERPRISE_DECIDED if ends_here else CaseState.REVIEWING
        case.ended_at = at if ends_here else None
        save_case(case)
        receipt = issue_receipt(case, acting=acting, at=at)
        note(
            case,
            Verb.CONFIRM,
            acting=acting,
            at=at,
            facts={"route": case.route, "rule_set": rule_set_for(case, legal_date(at)).code, "receipt": receipt.number},
        )
        return case


def _route_for_good(case: Case, at: datetime) -> None:
    today = legal_date(at)
    case.rule_set = rule_set_in_force(case.commission, today)
    require_open_procedure(case, today)
    submission = case.submissions.filter(recalled_at__isnull=True).latest("ordinal")
    routing = record_routing(
        case, submission=submission, occasion=RoutingRecord.Occasion.CONFIRMED, rule_set=case.rule_set, at=at
    )
    case.route = routing.route
    case.needs_panel = Duty.EXPERT_PANEL.value in routing.duties
    case.complete_at = at
    case.clock_days = case.rule_set.data.clock_days(Route(routing.route))


def request_supplement(
    *, acting: Acting, case_id: int, version: int, items: tuple[SupplementItem, ...], at: datetime
) -> Case:
    """The enterprise is told once, all of it, what is missing (一次性告知); the clock, if it ran, stands.

    Raises: Forbidden, Stale, Invalid (projects_supplement_used, projects_supplement_empty,
    projects_supplement_too_late). Rule: DOMAIN §4, §5 补正. Journal: case.request_supplement.
    """
    with transaction.atomic():
        case = lock_case(case_id, version=version)
        require_role(acting, Role.CASE_OFFICER, case)
        require_state(case, Verb.SUPPLEMENT)
        require_apart(acting, *holders(case, "drafter", "releaser"), duty=Role.CASE_OFFICER)
        if case.round or case.panels_begun:
            raise Invalid("projects_supplement_too_late")
        if case.supplement_count:
            noticed = legal_date(case.supplement_noticed_at) if case.supplement_noticed_at else "—"
            raise Invalid("projects_supplement_used", noticed=noticed)
        asked = tuple(SupplementItem(item.slot, clean_block(item.text)) for item in items if item.text.strip())
        if not asked:
            raise Invalid("projects_supplement_empty", field="items")
        today = legal_date(at)
        days = rule_set_for(case, today).data.supplement_days
        case.officer = acting.person
        case.state = CaseState.SUPPLEMENTING
        case.supplement_count += 1
        case.supplement_noticed_at = at
        case.supplement_due_on = work_calendar(case.commission).add(today, days)
        if case.complete_at is not None:
            ClockStop.objects.create(case=case, reason=ClockStop.Reason.SUPPLEMENT, from_on=today)
        save_case(case)
        notice = issue_supplement_notice(case, items=[(item.slot, item.text) for item in asked], acting=acting, at=at)
        note(
            case,
            Verb.SUPPLEMENT,
            acting=acting,
            at=at,
            facts={
                "items": [{"slot": item.slot, "text": item.text} for item in asked],
                "due_on": case.supplement_due_on.isoformat(),
                "notice": notice.number,
            },
        )
        return case


def return_case(*, acting: Acting, case_id: int, version: int, reason: str, at: datetime) -> Case:
    """The case is returned (退回): not a case for the commission; a new submission is a new case.

    Raises: Forbidden, Stale, Invalid. Rule: DOMAIN §5. Journal: case.return.
    """
    with transaction.atomic():
        case = lock_case(case_id, version=version)
        require_role(acting, Role.CASE_OFFICER, case)
        if case.state in (CaseState.SUPPLEMENTING, CaseState.AWAITING_RELEASE):
            raise Invalid("projects_not_allowed_in_state", state=case.get_state_display())
        case.officer = acting.person
        return _return(case, acting=acting, reason=require_reason(reason), at=at)


def return_unanswered(*, acting: Acting, case_id: int, at: datetime) -> Case:
    """The case is returned because the supplement did not come in time; done by the system, the day after.

    Raises: Invalid (projects_not_allowed_in_state) when the supplement is not overdue. Rule: DOMAIN §4.
    Journal: case.return.
    """
    with transaction.atomic():
        case = lock_case(case_id)
        due_on = case.supplement_due_on
        waits = case.state in (CaseState.SUPPLEMENTING, CaseState.AWAITING_RELEASE)
        if not waits or due_on is None or legal_date(at) <= due_on:
            raise Invalid("projects_not_allowed_in_state", state=case.get_state_display())
        return _return(case, acting=acting, reason=f"未在{due_on:%Y-%m-%d}前完成补正", at=at)


def _return(case: Case, *, acting: Acting, reason: str, at: datetime) -> Case:
    require_state(case, Verb.RETURN)
    case.state = CaseState.RETURNED
    case.end_reason = reason
    case.ended_at = at
    ClockStop.objects.filter(case=case, until_on__isnull=True).update(until_on=legal_date(at))
    save_case(case)
    note(case, Verb.RETURN, acting=acting, at=at, facts={"reason": reason})
    return case
