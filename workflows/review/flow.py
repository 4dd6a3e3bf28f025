"""The process of a case: release, completeness, route, opinion, signing chain, delivery (DOMAIN §4, §5).

Module path, class and node names are stored in every row: they are frozen. A changed procedure is a new class beside
this one.
"""

from viewflow import this
from viewflow.workflow import lock
from viewflow.workflow.activation import Activation
from viewflow.workflow.base import Flow
from viewflow.workflow.nodes import End, StartHandle, Switch
from viewflow.workflow.status import STATUS

from experts.selectors.places import place_is_vacant, places_to_finalise, places_to_score, places_to_sign, role_of_place
from experts.services.ceremony import announce_panel, close_invitations, draw_panel, freeze_panel
from experts.services.meeting import hold_meeting
from experts.services.opinions import put_opinion, sign_opinion
from experts.services.paper_sheets import compare_sheet
from experts.services.replies import deliver
from experts.services.sheets import sign_sheet
from experts.services.vacancies import fill_place, leave_seat
from investreview.core.roles import Role
from investreview.projects.models import Case, Remedy
from investreview.projects.remedies import signing_role
from investreview.projects.services.checking import confirm_completeness, request_supplement
from investreview.projects.services.countersigning import countersign, open_offices, record_no_answer
from investreview.projects.services.deciding import check, check_wording, defer, record_meeting, resume, send_back
from investreview.projects.services.delivery import acknowledge
from investreview.projects.services.panels import ask_revision
from investreview.projects.services.proposing import propose
from investreview.projects.services.releases import hand_over, release, send_to_drafter
from investreview.projects.services.remedies import (
    check_remedy,
    deliver_remedy,
    drop_remedy,
    resubmit_remedy,
    return_remedy,
    sign_remedy,
)
from investreview.projects.services.signing import sign
from investreview.projects.states import DECIDED, CaseState
from workflows.models import ReviewProcess
from workflows.nodes import ForEach, JoinOnRecord, PersonTask, PlaceSwitch, PlaceTask


def _role_of_chain_step(case: Case) -> Role:
    step = case.chain_step
    if step is None:
        raise ValueError(f"{case.number} has no step of its chain left")
    return Role(str(step["role"]))


def _state_is(*states: CaseState):  # type: ignore[no-untyped-def]
    def condition(activation: Activation) -> bool:
        return activation.process.case.state in states

    return condition


def _chain_is_at(*kinds: str):  # type: ignore[no-untyped-def]
    def condition(activation: Activation) -> bool:
        step = activation.process.case.chain_step
        return step is not None and step["kind"] in kinds

    return condition


def _awaits_panel(activation: Activation) -> bool:
    case: Case = activation.process.case
    return case.awaits_panel


def _place_is_vacant(activation: Activation) -> bool:
    return place_is_vacant(activation.process.case, str(activation.task.data["entry"]))


def _nobody_scores(case: Case) -> bool:
    return not places_to_score(case)


def _nobody_finalises(case: Case) -> bool:
    return not places_to_finalise(case)


def _nobody_signs(case: Case) -> bool:
    return not places_to_sign(case)


def _role_of_chair(case: Case) -> Role:
    return role_of_place(case, "chair")


def _is_not_proposed(activation: Activation) -> bool:
    case: Case = activation.process.case
    return not case.round


def _everybody_answered(case: Case) -> bool:
    case.refresh_from_db()
    return not open_offices(case)


def _remedy_is(state: str):  # type: ignore[no-untyped-def]
    def condition(activation: Activation) -> bool:
        last = activation.process.case.remedies.last()
        return last is not None and last.state == state

    return condition


def _is_to_be_acknowledged(activation: Activation) -> bool:
    """Whether the new letter was sent while no earlier acknowledgement waits, which would take it in as well."""
    waiting = activation.process.task_set.filter(
        flow_task=activation.flow_class.acknowledge, status__in=[STATUS.NEW, STATUS.ASSIGNED]
    )
    return _remedy_is(Remedy.State.DONE)(activation) and not waiting.exists()


class ReviewFlow(Flow):
    """办件办理流程"""

    process_class = ReviewProcess
    lock_impl = lock.SelectForUpdateLock(nowait=False, attempts=1)

    begin = StartHandle(this.begin_process).Next(this.release)
    taken_over = StartHandle(this.begin_process).Next(this.goes_on)
    goes_on = Switch().Case(this.after_check, _is_not_proposed).Default(this.next_step)

    release = PersonTask(role=Role.ENTERPRISE_RELEASER, acts=(release, send_to_drafter)).Next(this.after_release)
    after_release = (
        Switch().Case(this.revise, _state_is(CaseState.DRAFT, CaseState.SUPPLEMENTING)).Default(this.check_completeness)
    )
    revise = PersonTask(role=Role.ENTERPRISE_DRAFTER, acts=(hand_over,)).Next(this.release)

    check_completeness = PersonTask(role=Role.CASE_OFFICER, acts=(confirm_completeness, request_supplement)).Next(
        this.after_check
    )
    after_check = (
        Switch()
        .Case(this.revise, _state_is(CaseState.SUPPLEMENTING))
        .Case(this.end, _state_is(CaseState.ENTERPRISE_DECIDED))
        .Case(this.freeze_draw, _awaits_panel)
        .Default(this.opinion)
    )

    freeze_draw = PersonTask(role=Role.DRAW_OPERATOR, acts=(freeze_panel,)).Next(this.announce_draw)
    announce_draw = PersonTask(role=Role.DRAW_OPERATOR, acts=(announce_panel,)).Next(this.draw_numbers)
    draw_numbers = PersonTask(role=Role.DRAW_SUPERVISOR, acts=(draw_panel,)).Next(this.convene)
    convene = PersonTask(role=Role.DRAW_OPERATOR, acts=(close_invitations,)).Next(this.ask_experts)

    ask_experts = ForEach(entries=places_to_score).Next(this.score)
    score = PlaceTask(role=role_of_place, acts=(sign_sheet, compare_sheet, leave_seat)).Next(this.after_score)
    after_score = PlaceSwitch().Case(this.refill, _place_is_vacant).Default(this.all_scored)
    refill = PlaceTask(role=Role.DRAW_OPERATOR, acts=(fill_place,)).Next(this.score)
    all_scored = JoinOnRecord(is_answered=_nobody_scores).Next(this.meeting_of_experts)

    meeting_of_experts = PersonTask(role=Role.PANEL_SECRETARY, acts=(hold_meeting,)).Next(this.ask_again)
    ask_again = ForEach(entries=places_to_finalise).Next(this.finalise)
    finalise = PlaceTask(role=role_of_place, acts=(sign_sheet, compare_sheet, leave_seat)).Next(this.after_finalise)
    after_finalise = PlaceSwitch().Case(this.refill_late, _place_is_vacant).Default(this.all_finalised)
    refill_late = PlaceTask(role=Role.DRAW_OPERATOR, acts=(fill_place,)).Next(this.score_afresh)
    score_afresh = PlaceTask(role=role_of_place, acts=(sign_sheet, compare_sheet, leave_seat)).Next(this.after_afresh)
    after_afresh = PlaceSwitch().Case(this.refill_late, _place_is_vacant).Default(this.finalise)
    all_finalised = JoinOnRecord(is_answered=_nobody_finalises).Next(this.draft_opinion)

    draft_opinion = PersonTask(role=_role_of_chair, acts=(put_opinion,)).Next(this.ask_signatures)
    ask_signatures = ForEach(entries=places_to_sign).Next(this.sign_panel_opinion)
    sign_panel_opinion = PlaceTask(role=role_of_place, acts=(sign_opinion,)).Next(this.all_signed)
    all_signed = JoinOnRecord(is_answered=_nobody_signs).Next(this.opinion)

    opinion = PersonTask(role=Role.CASE_OFFICER, acts=(propose, request_supplement, ask_revision)).Next(this.next_step)
    next_step = (
        Switch()
        .Case(this.revise, _state_is(CaseState.SUPPLEMENTING))
        .Case(this.deferral, _state_is(CaseState.DEFERRED))
        .Case(this.deliver, _state_is(*DECIDED))
        .Case(this.check, _chain_is_at("CHECK", "REVIEW"))
        .Case(this.ask_offices, _chain_is_at("COUNTERSIGN"))
        .Case(this.wording, _chain_is_at("WORDING"))
        .Case(this.meeting, _chain_is_at("MEETING"))
        .Case(this.sign, _chain_is_at("SIGN"))
        .Default(this.opinion)
    )

    check = PersonTask(role=_role_of_chain_step, acts=(check, send_back, defer)).Next(this.next_step)
    ask_offices = ForEach(entries=open_offices).Next(this.countersign)
    countersign = PersonTask(role=_role_of_chain_step, acts=(countersign, record_no_answer)).Next(this.all_answered)
    all_answered = JoinOnRecord(is_answered=_everybody_answered).Next(this.next_step)
    wording = PersonTask(role=_role_of_chain_step, acts=(check_wording, send_back)).Next(this.next_step)
    meeting = PersonTask(role=_role_of_chain_step, acts=(record_meeting, send_back, defer)).Next(this.next_step)
    sign = PersonTask(role=_role_of_chain_step, acts=(sign, send_back, defer)).Next(this.next_step)
    deferral = PersonTask(role=Role.CASE_OFFICER, acts=(resume,)).Next(this.next_step)

    deliver = PersonTask(role=Role.DOCUMENT_OFFICER, acts=(deliver,)).Next(this.acknowledge)
    acknowledge = PersonTask(role=Role.ENTERPRISE_RELEASER, acts=(acknowledge,)).Next(this.end)
    end = End()

    remedy_check = PersonTask(role=Role.OFFICE_HEAD, acts=(check_remedy, return_remedy)).Next(this.after_remedy)
    remedy_draft = PersonTask(role=Role.CASE_OFFICER, acts=(resubmit_remedy, drop_remedy)).Next(this.after_remedy)
    remedy_sign = PersonTask(role=signing_role, acts=(sign_remedy, return_remedy)).Next(this.after_remedy)
    remedy_deliver = PersonTask(role=Role.DOCUMENT_OFFICER, acts=(deliver_remedy,)).Next(this.after_remedy)
    after_remedy = (
        Switch()
        .Case(this.remedy_check, _remedy_is(Remedy.State.CHECKING))
        .Case(this.remedy_draft, _remedy_is(Remedy.State.RETURNED))
        .Case(this.remedy_sign, _remedy_is(Remedy.State.SIGNING))
        .Case(this.remedy_deliver, _remedy_is(Remedy.State.SENDING))
        .Case(this.acknowledge, _is_to_be_acknowledged)
        .Default(this.end)
    )

    def begin_process(self, activation: Activation, *, case: Case) -> ReviewProcess:
        """The new process belongs to the case."""
        activation.process.case = case
        process: ReviewProcess = activation.process
        return process
