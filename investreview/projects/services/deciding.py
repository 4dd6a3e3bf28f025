"""The signing chain without its signature: check, wording, meeting, send back, defer, resume (DOMAIN §5)."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from investreview.core.clock import legal_date
from investreview.core.dates import months_later
from investreview.core.errors import Invalid
from investreview.core.roles import SIGNING_ROLES, Role
from investreview.core.text import clean_block, clean_line
from investreview.projects.acting import Acting
from investreview.projects.models import Case, ClockStop, PaperDecision
from investreview.projects.permissions import kept_apart, require_apart, require_role
from investreview.projects.routing import confirmed_rules
from investreview.projects.rules import Verb
from investreview.projects.services.chain import at_step, go_on
from investreview.projects.services.common import lock_case, note, require_reason, require_state, save_case
from investreview.projects.services.opinions import opinion_facts, write_opinion
from investreview.projects.states import (
    CaseState,
    StepOutcome,
)
from investreview.rulebook.chain import StepKind

SENDING_BACK = (StepKind.CHECK, StepKind.REVIEW, StepKind.WORDING, StepKind.MEETING, StepKind.SIGN)


@dataclass(frozen=True)
class Meeting:
    """A meeting's decision 会议研究: when, which agenda item, which minutes, and what they say."""

    held_on: date
    agenda_number: str
    minutes_number: str
    extract: str


def check(
    *,
    acting: Acting,
    case_id: int,
    version: int | None,
    text: str,
    at: datetime,
    paper: PaperDecision | None = None,
) -> Case:
    """The checking person (处长, or 审签) agrees; the case goes one step on.

    Raises: Forbidden (also projects_duty_conflict), Stale, Invalid. Journal: case.check.
    """
    with transaction.atomic():
        case, step, role = at_step(case_id, version, Verb.CHECK, StepKind.CHECK, StepKind.REVIEW)
        require_role(acting, role, case)
        require_apart(acting, *kept_apart(case, StepKind.CHECK), duty=role)
        if role is Role.OFFICE_HEAD:
            case.head = acting.person
        go_on(case, at=at)
        opinion = write_opinion(
            case, acting=acting, step=step, role=role, outcome=StepOutcome.AGREED, text=text, at=at, paper=paper
        )
        note(case, Verb.CHECK, acting=acting, at=at, facts=opinion_facts(opinion))
        return case


def check_wording(
    *,
    acting: Acting,
    case_id: int,
    version: int | None,
    text: str,
    at: datetime,
    paper: PaperDecision | None = None,
) -> Case:
    """The document office has checked the wording (核稿); the case goes one step on. Journal: case.check_wording."""
    with transaction.atomic():
        case, step, role = at_step(case_id, version, Verb.CHECK_WORDING, StepKind.WORDING)
        require_role(acting, role, case)
        require_apart(acting, *kept_apart(case, StepKind.WORDING), duty=role)
        go_on(case, at=at)
        opinion = write_opinion(
            case, acting=acting, step=step, role=role, outcome=StepOutcome.AGREED, text=text, at=at, paper=paper
        )
        note(case, Verb.CHECK_WORDING, acting=acting, at=at, facts=opinion_facts(opinion))
        return case


def record_meeting(
    *,
    acting: Acting,
    case_id: int,
    version: int | None,
    meeting: Meeting,
    text: str,
    at: datetime,
    paper: PaperDecision | None = None,
) -> Case:
    """What the meeting decided stands in the case with agenda and minutes; the case goes one step on.

    Raises: Forbidden, Stale, Invalid (core text errors). Journal: case.record_meeting.
    """
    with transaction.atomic():
        case, step, role = at_step(case_id, version, Verb.RECORD_MEETING, StepKind.MEETING)
        require_role(acting, role, case)
        if meeting.held_on > legal_date(at):
            raise Invalid("projects_date_in_future", field="held_on", given=meeting.held_on)
        go_on(case, at=at)
        details: dict[str, object] = {
            "held_on": meeting.held_on.isoformat(),
            "agenda_number": clean_line(meeting.agenda_number),
            "minutes_number": clean_line(meeting.minutes_number),
            "extract": clean_block(meeting.extract),
        }
        opinion = write_opinion(
            case,
            acting=acting,
            step=step,
            role=role,
            outcome=StepOutcome.RECORDED,
            text=text,
            details=details,
            at=at,
            paper=paper,
        )
        note(case, Verb.RECORD_MEETING, acting=acting, at=at, facts={**opinion_facts(opinion), **details})
        return case


def send_back(
    *,
    acting: Acting,
    case_id: int,
    version: int | None,
    reason: str,
    at: datetime,
    paper: PaperDecision | None = None,
) -> Case:
    """The case is with the officer again (退回处室); the clock runs on and the chain begins anew.

    Raises: Forbidden, Stale, Invalid (projects_reason_needed). Rule: DOMAIN §5 退回上一步. Journal: case.send_back.
    """
    with transaction.atomic():
        case, step, role = at_step(case_id, version, Verb.SEND_BACK, *SENDING_BACK)
        require_role(acting, role, case)
        opinion = write_opinion(
            case,
            acting=acting,
            step=step,
            role=role,
            outcome=StepOutcome.SENT_BACK,
            text=require_reason(reason),
            at=at,
            paper=paper,
        )
        case.chain_position = len(case.chain)
        save_case(case)
        note(case, Verb.SEND_BACK, acting=acting, at=at, facts=opinion_facts(opinion))
        return case


def defer(
    *,
    acting: Acting,
    case_id: int,
    version: int | None,
    reason: str,
    until: date,
    at: datetime,
    paper: PaperDecision | None = None,
) -> Case:
    """The case is deferred (暂缓) until a date; the clock stands. Only a leader who could sign may defer.

    Raises: Forbidden, Stale, Invalid (projects_defer_date, projects_reason_needed). Rule: DOMAIN §5.
    Journal: case.defer.
    """
    with transaction.atomic():
        case, step, role = at_step(case_id, version, Verb.DEFER)
        if role not in SIGNING_ROLES:
            raise Invalid("projects_not_allowed_in_state", state=case.get_state_display())
        require_role(acting, role, case)
        stated = require_reason(reason)
        today = legal_date(at)
        months = confirmed_rules(case).deferral_max_months
        latest = months_later(today, months)
        if not today < until <= latest:
            raise Invalid("projects_defer_date", field="until", months=months, latest=latest)
        opinion = write_opinion(
            case, acting=acting, step=step, role=role, outcome=StepOutcome.DEFERRED, text=stated, at=at, paper=paper
        )
        case.state = CaseState.DEFERRED
        case.deferred_until = until
        ClockStop.objects.create(case=case, reason=ClockStop.Reason.DEFERRAL, from_on=today)
        save_case(case)
        note(case, Verb.DEFER, acting=acting, at=at, facts={**opinion_facts(opinion), "until": until.isoformat()})
        return case


def resume(*, acting: Acting, case_id: int, version: int | None, at: datetime) -> Case:
    """The deferral is over: the clock runs again and the case is where it was.

    The officer may end it early; the system ends it on its date. Raises: Forbidden, Stale, Invalid.
    Journal: case.resume.
    """
    with transaction.atomic():
        case = lock_case(case_id, version=version)
        require_state(case, Verb.RESUME)
        if acting.user is not None:
            require_role(acting, Role.CASE_OFFICER, case)
        elif case.deferred_until is None or legal_date(at) < case.deferred_until:
            raise Invalid("projects_not_allowed_in_state", state=case.get_state_display())
        case.state = CaseState.REVIEWING
        case.deferred_until = None
        ClockStop.objects.filter(case=case, until_on__isnull=True).update(until_on=legal_date(at))
        save_case(case)
        note(case, Verb.RESUME, acting=acting, at=at)
        return case
