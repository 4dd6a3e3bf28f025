"""The process of a case: release, completeness, route, opinion, signing chain, delivery (DOMAIN §4, §5).

Module path, class and node names are stored in every row: they are frozen. A changed procedure is a new class beside
this one.
"""

from viewflow import this
from viewflow.workflow import lock
from viewflow.workflow.activation import Activation
from viewflow.workflow.base import Flow
from viewflow.workflow.nodes import End, StartHandle, Switch

from investreview.core.roles import Role
from investreview.projects.models import Case
from investreview.projects.services.checking import confirm_completeness, request_supplement
from investreview.projects.services.countersigning import countersign, open_offices, record_no_answer
from investreview.projects.services.deciding import check, check_wording, defer, record_meeting, resume, send_back
from investreview.projects.services.delivery import acknowledge, deliver
from investreview.projects.services.proposing import propose
from investreview.projects.services.releases import hand_over, release, send_to_drafter
from investreview.projects.services.signing import sign
from investreview.projects.states import DECIDED, CaseState
from workflows.models import ReviewProcess
from workflows.nodes import ForEach, JoinOnRecord, PersonTask


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


def _everybody_answered(case: Case) -> bool:
    case.refresh_from_db()
    return not open_offices(case)


class ReviewFlow(Flow):
    """办件办理流程"""

    process_class = ReviewProcess
    lock_impl = lock.SelectForUpdateLock(nowait=False, attempts=1)

    begin = StartHandle(this.begin_process).Next(this.release)

    release = PersonTask(role=Role.ENTERPRISE_RELEASER, acts=(release, send_to_drafter)).Next(this.after_release)
    after_release = (
        Switch()
        .Case(this.revise, _state_is(CaseState.DRAFT, CaseState.SUPPLEMENTING))
        .Default(this.check_completeness)
    )
    revise = PersonTask(role=Role.ENTERPRISE_DRAFTER, acts=(hand_over,)).Next(this.release)

    check_completeness = PersonTask(role=Role.CASE_OFFICER, acts=(confirm_completeness, request_supplement)).Next(
        this.after_check
    )
    after_check = (
        Switch()
        .Case(this.revise, _state_is(CaseState.SUPPLEMENTING))
        .Case(this.end, _state_is(CaseState.ENTERPRISE_DECIDED))
        .Default(this.opinion)
    )

    opinion = PersonTask(role=Role.CASE_OFFICER, acts=(propose, request_supplement)).Next(this.next_step)
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

    def begin_process(self, activation: Activation, *, case: Case) -> ReviewProcess:
        """The new process belongs to the case."""
        activation.process.case = case
        process: ReviewProcess = activation.process
        return process
