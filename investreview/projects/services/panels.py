"""What a case keeps of its expert panel: the clock that stands, the conclusion, the one revision after a failure.

Names, draws and sheets are the experts' room; a case knows only that a panel runs and what it concluded.
"""

from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db import transaction

from investreview.core.clock import legal_date
from investreview.core.errors import Invalid
from investreview.core.roles import Role
from investreview.core.text import clean_block, clean_line
from investreview.projects.acting import SYSTEM_ACTING, Acting
from investreview.projects.models import Case, ClockStop
from investreview.projects.permissions import require_role
from investreview.projects.routing import confirmed_rules
from investreview.projects.rules import Verb
from investreview.projects.services.common import lock_case, note, require_reason, require_state, save_case
from investreview.projects.states import FAVOURABLE, CaseState, PanelConclusion, Proposal
from investreview.registry.selectors import work_calendar


@dataclass(frozen=True)
class PanelSummary:
    """What the reply says of a panel, without a name: when it met, how many sat, what it asks for."""

    held_on: date
    members_count: int
    mean_hundredths: int
    conditions: tuple[str, ...]


@dataclass(frozen=True)
class Deviation:
    """不采纳论证结论的集体研究记录: when, which minutes, and why."""

    held_on: date
    minutes_number: str
    reason: str


def begin_panel(case: Case, *, round_number: int, acting: Acting, at: datetime) -> date:
    """The clock of the locked case stands from today, the panel has its own days until the day that is answered.

    Units: working days. Raises: Invalid (projects_not_allowed_in_state, projects_panel_not_due). Rule: DOMAIN §4,
    Clock: from the announcement of a draw to the signed panel opinion. Journal: case.begin_panel.
    """
    require_state(case, Verb.BEGIN_PANEL)
    if not case.awaits_panel or case.round:
        raise Invalid("projects_panel_not_due")
    today = legal_date(at)
    if not ClockStop.objects.filter(case=case, until_on__isnull=True).exists():
        ClockStop.objects.create(case=case, reason=ClockStop.Reason.PANEL, from_on=today)
    due_on = work_calendar(case.commission).add(today, confirmed_rules(case).panel_opinion_days)
    case.panels_begun += 1
    save_case(case)
    facts = {"panel_round": round_number, "due_on": due_on.isoformat()}
    note(case, Verb.BEGIN_PANEL, acting=acting, at=at, facts=facts)
    return due_on


def as_plain_summary(summary: PanelSummary) -> dict[str, object]:
    """The summary as the case keeps it."""
    return {**asdict(summary), "held_on": summary.held_on.isoformat()}


def conclude_panel(case: Case, *, conclusion: PanelConclusion, summary: PanelSummary, at: datetime) -> Case:
    """The locked case has the panel's conclusion and its clock runs on. Journal: case.conclude_panel.

    The entry's actor is the system: who signed last is told by the panel's own record only.
    """
    require_state(case, Verb.CONCLUDE_PANEL)
    case.panel_conclusion = conclusion
    case.panel_summary = as_plain_summary(summary)
    ClockStop.objects.filter(case=case, until_on__isnull=True).update(until_on=legal_date(at))
    save_case(case)
    note(case, Verb.CONCLUDE_PANEL, acting=SYSTEM_ACTING, at=at, facts={"conclusion": conclusion.value})
    return case


def ask_revision(*, acting: Acting, case_id: int, version: int, reason: str, at: datetime) -> Case:
    """After 不通过 the enterprise may revise once; a new panel without the old members reviews what comes back.

    Units: working days. Raises: Forbidden, Stale, Invalid (projects_revision_not_possible, projects_reason_needed).
    Rule: DOMAIN §6. Journal: case.ask_revision.
    """
    with transaction.atomic():
        case = lock_case(case_id, version=version)
        require_role(acting, Role.CASE_OFFICER, case)
        require_state(case, Verb.ASK_REVISION)
        if case.panel_conclusion != PanelConclusion.FAIL or case.revision_count or case.round:
            raise Invalid("projects_revision_not_possible")
        stated = require_reason(reason)
        today = legal_date(at)
        case.officer = acting.person
        case.state = CaseState.SUPPLEMENTING
        case.panel_conclusion = ""
        case.revision_count += 1
        case.supplement_noticed_at = at
        case.supplement_due_on = work_calendar(case.commission).add(today, confirmed_rules(case).panel.revision_days)
        ClockStop.objects.create(case=case, reason=ClockStop.Reason.SUPPLEMENT, from_on=today)
        save_case(case)
        facts = {"reason": stated, "due_on": case.supplement_due_on.isoformat()}
        note(case, Verb.ASK_REVISION, acting=acting, at=at, facts=facts)
        return case


def deviates(case: Case, proposal: Proposal) -> bool:
    """Whether a proposal goes against what the panel concluded."""
    if not case.panel_conclusion:
        return False
    refuses = proposal == Proposal.REFUSE
    return refuses == (PanelConclusion(case.panel_conclusion) in FAVOURABLE)


def note_deviation(case: Case, proposal: Proposal, deviation: Deviation | None, at: datetime) -> None:
    """The case carries the collective record exactly when the proposal goes against the panel.

    Raises: Invalid (projects_deviation_needed, projects_deviation_unneeded, projects_date_in_future).
    Rule: DOMAIN §6, to deviate needs a reasoned collective record.
    """
    if not deviates(case, proposal):
        if deviation is not None:
            raise Invalid("projects_deviation_unneeded", field="deviation_reason")
        case.deviation_reason, case.deviation_minutes, case.deviation_on = "", "", None
        return
    if deviation is None:
        conclusion = PanelConclusion(case.panel_conclusion)
        raise Invalid("projects_deviation_needed", field="deviation_reason", conclusion=conclusion.label)
    if deviation.held_on > legal_date(at):
        raise Invalid("projects_date_in_future", field="deviation_on", given=deviation.held_on)
    case.deviation_reason = clean_block(require_reason(deviation.reason, field="deviation_reason"))
    case.deviation_minutes = clean_line(deviation.minutes_number)
    case.deviation_on = deviation.held_on
