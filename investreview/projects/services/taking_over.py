"""A case that was under way on paper exists here from now on, where it stood; its clock goes on (DOMAIN §16).

Two people signed what is stated: one entered it, the other compared it with the papers. What was decided on paper
stands as that, under the names of those who decided.
"""

from datetime import date, datetime

from django.db import transaction

from investreview.core.clock import legal_date, noon
from investreview.core.errors import Forbidden, Invalid
from investreview.core.roles import Role
from investreview.core.text import clean_line
from investreview.projects.acting import Acting
from investreview.projects.completeness import facts_missing, require_funds_add_up, require_open_procedure
from investreview.projects.labels import route_label
from investreview.projects.models import (
    Case,
    Commitment,
    Declaration,
    IncomingPaper,
    Party,
    Phase,
    Project,
    RoutingRecord,
    Takeover,
)
from investreview.projects.permissions import CHECKING
from investreview.projects.routing import record_routing
from investreview.projects.rules import Verb
from investreview.projects.services.common import note, save_case
from investreview.projects.services.drafts import add_parties, next_case_number
from investreview.projects.services.panels import as_plain_summary
from investreview.projects.services.taken_decisions import note_decisions
from investreview.projects.services.taken_materials import fill_slots
from investreview.projects.states import CaseState, PanelConclusion
from investreview.projects.takeovers import OPINION, PANEL, PaperPanel, TakeoverFacts, check_conditions, check_dates
from investreview.registry.models import Enterprise
from investreview.registry.selectors import work_calendar
from investreview.rulebook.models import RuleSet
from investreview.rulebook.routing import Duty, Route
from investreview.rulebook.selectors import rule_set_in_force


def take_over_case(*, acting: Acting, takeover: Takeover, facts: TakeoverFacts, at: datetime) -> Case:
    """The case stands at ``facts.step`` with everything that was decided on paper before it.

    Route and chain are those of the rules in force when it was complete; what is stated must agree with them.
    Raises: Forbidden, Invalid (takeover_*, projects_*, documents_*). Journal: case.take_over.
    """
    with transaction.atomic():
        enterprise = Enterprise.objects.select_related("commission", "organisation").get(pk=facts.enterprise_id)
        if not acting.scope.holds_any(CHECKING, enterprise.commission.path):
            raise Forbidden("projects_role_missing", role=Role.CASE_OFFICER.label)
        check_dates(facts, today=legal_date(at), calendar=work_calendar(enterprise.commission))
        case = _begun(enterprise, facts, takeover, acting=acting, at=at)
        _declare(case, facts, at)
        _route(case, facts, at)
        _panel(case, facts)
        fill_slots(case, takeover, at=at)
        if facts.proposal is not None:
            note_decisions(case, facts, acting=acting, at=at)
        elif facts.step not in (PANEL, OPINION):
            raise Invalid("takeover_proposal_needed", field="proposal")
        save_case(case)
        IncomingPaper.objects.create(
            case=case,
            sender_number=case.declaration.report_number,
            register_number=facts.paper_number,
            received_on=facts.released_on,
            registered_by=takeover.entered_by,
            registered_at=at,
        )
        told = {
            "step": facts.step,
            "elapsed_days": facts.elapsed_days,
            "as_of_on": facts.as_of_on.isoformat(),
            "paper_number": facts.paper_number,
            "entered_by": takeover.entered_by.full_name,
            "scans": list(takeover.papers.values_list("sha256", flat=True)),
            "panel_conditions": list(facts.panel.summary.conditions) if facts.panel is not None else [],
        }
        note(case, Verb.TAKE_OVER, acting=acting, at=at, facts=told)
        return case


def _begun(enterprise: Enterprise, facts: TakeoverFacts, takeover: Takeover, *, acting: Acting, at: datetime) -> Case:
    project = Project.objects.create(
        commission=enterprise.commission,
        enterprise=enterprise,
        path=enterprise.path,
        name=clean_line(facts.name, max_length=120),
        origin=Project.Origin.IN_FLIGHT,
        creation_key=f"takeover:{takeover.pk}",
        created_by=acting.person,
        created_at=at,
    )
    return Case.objects.create(
        number=next_case_number(enterprise.commission, at),
        project=project,
        commission=enterprise.commission,
        enterprise=enterprise,
        group=enterprise.group,
        path=enterprise.path,
        state=CaseState.DRAFT,
        officer=facts.officer,
        created_at=at,
        handed_over_at=noon(facts.released_on),
        released_at=noon(facts.released_on),
        first_released_at=noon(facts.released_on),
        complete_at=noon(facts.complete_on),
        taken_over_on=facts.as_of_on,
        elapsed_days=facts.elapsed_days,
    )


def _declare(case: Case, facts: TakeoverFacts, at: datetime) -> None:
    declaration = Declaration.objects.create(case=case, **facts.declared)
    Phase.objects.create(declaration=declaration, ordinal=1, name="全部", total_yuan=facts.total_yuan)
    Commitment.objects.create(declaration=declaration, enterprise=case.enterprise, cash_yuan=facts.own_commitment_yuan)
    own = case.enterprise.organisation
    Party.objects.create(declaration=declaration, organisation=own, role=Party.Role.INVESTOR)
    Party.objects.create(declaration=declaration, organisation=case.group.organisation, role=Party.Role.APPLICANT)
    add_parties(declaration, facts.parties, at)
    missing = facts_missing(case)
    if missing:
        raise Invalid("projects_facts_missing", fields="、".join(missing))
    require_funds_add_up(case)


def _route(case: Case, facts: TakeoverFacts, at: datetime) -> None:
    """Rule set, route, duties and clock of the day of completeness; the route stated must be theirs."""
    case.rule_set = _rules_on(case, facts.complete_on)
    require_open_procedure(case, facts.complete_on)
    routing = record_routing(
        case, submission=None, occasion=RoutingRecord.Occasion.CONFIRMED, rule_set=case.rule_set, at=at
    )
    if routing.route != facts.route:
        stated, found = (route_label(key) for key in (facts.route, routing.route))
        raise Invalid("takeover_route_differs", field="route", stated=stated, found=found, rules=case.rule_set.code)
    if routing.route == Route.ENTERPRISE_DECIDES:
        raise Invalid("takeover_not_ours", field="route")
    case.route = routing.route
    case.clock_days = case.rule_set.data.clock_days(Route(routing.route))
    case.needs_panel = Duty.EXPERT_PANEL.value in routing.duties
    case.state = CaseState.REVIEWING


def _panel(case: Case, facts: TakeoverFacts) -> None:
    """The case has what a panel concluded on paper, or waits for the first panel that is drawn here.

    Raises: Invalid at its field (takeover_no_panel, takeover_panel_needed, takeover_panel_over,
    takeover_panel_members, takeover_condition*).
    """
    if not case.needs_panel:
        if facts.panel is not None or facts.step == PANEL:
            raise Invalid("takeover_no_panel", field="step" if facts.panel is None else "panel_conclusion")
        return
    if facts.panel is None:
        if facts.step != PANEL:
            raise Invalid("takeover_panel_needed", field="panel_conclusion")
        return
    if facts.step == PANEL:
        raise Invalid("takeover_panel_over", field="step")
    summary = facts.panel.summary
    check_conditions(
        facts.panel.conclusion, summary.conditions, held_on=summary.held_on, due_on=facts.panel.conditions_due_on
    )
    case.panel_conclusion = PanelConclusion(facts.panel.conclusion)
    case.panel_summary = _plain_panel(facts.panel)
    case.panels_begun = 1


def _plain_panel(panel: PaperPanel) -> dict[str, object]:
    """The summary as the case keeps it; the number for the reply, the names for the draw of a panel after this one."""
    members = [clean_line(name, max_length=60) for name in panel.members]
    if len(set(members)) != panel.summary.members_count:
        raise Invalid(
            "takeover_panel_members", field="panel_names", given=len(set(members)), stated=panel.summary.members_count
        )
    number = clean_line(panel.opinion_number, max_length=60)
    told = {**as_plain_summary(panel.summary), "opinion_number": number, "members": members}
    due_on = panel.conditions_due_on
    return told if due_on is None else {**told, "conditions_due_on": due_on.isoformat()}


def _rules_on(case: Case, day: date) -> RuleSet:
    """The rule set in force on the day; of a day before the commission's first, the first."""
    first = RuleSet.objects.filter(commission=case.commission).exclude(state=RuleSet.State.DRAFT)
    earliest = first.order_by("effective_from").values_list("effective_from", flat=True).first()
    return rule_set_in_force(case.commission, max(day, earliest) if earliest is not None else day)
