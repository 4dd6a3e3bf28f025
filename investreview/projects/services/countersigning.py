"""Countersigning 会签: several offices answer in parallel; no answer is shown as no answer (DOMAIN §1, §5)."""

from datetime import datetime

from django.db import transaction

from investreview.core.errors import Invalid
from investreview.projects.acting import Acting
from investreview.projects.models import Case, PaperDecision
from investreview.projects.permissions import kept_apart, require_apart, require_role
from investreview.projects.rules import Verb
from investreview.projects.services.chain import at_step, go_on
from investreview.projects.services.common import note, require_reason, save_case
from investreview.projects.services.opinions import opinion_facts, write_opinion
from investreview.projects.states import StepOutcome
from investreview.rulebook.chain import StepKind


def countersign(
    *,
    acting: Acting,
    case_id: int,
    version: int | None,
    office: str,
    outcome: str,
    text: str,
    at: datetime,
    paper: PaperDecision | None = None,
) -> Case:
    """One asked office has given its opinion; when the last one is in, the case goes one step on.

    Offices answer in parallel, so the case's version is not asked. Raises: Forbidden, Invalid
    (projects_reason_needed for an objection without text). Journal: case.countersign.
    """
    with transaction.atomic():
        case, step, role = at_step(case_id, version, Verb.COUNTERSIGN, StepKind.COUNTERSIGN)
        require_role(acting, role, case, office=office)
        require_apart(acting, *kept_apart(case, StepKind.COUNTERSIGN), duty=role)
        given = StepOutcome(outcome)
        if given is StepOutcome.OBJECTED:
            require_reason(text, field="text")
        opinion = write_opinion(
            case,
            acting=acting,
            step=step,
            role=role,
            office=_asked(case, office),
            outcome=given,
            text=text,
            at=at,
            paper=paper,
        )
        _go_on_when_all_answered(case, at)
        note(case, Verb.COUNTERSIGN, acting=acting, at=at, facts=opinion_facts(opinion))
        return case


def record_no_answer(*, acting: Acting, case_id: int, office: str, at: datetime) -> Case:
    """An asked office has not answered within its limit; shown as no answer, never as consent.

    Journal: case.countersign with result NO_ANSWER. Rule: DOMAIN §1, countersigning offices.
    """
    with transaction.atomic():
        case, step, _role = at_step(case_id, None, Verb.COUNTERSIGN, StepKind.COUNTERSIGN)
        unanswered = [*case.unanswered, {"round": case.round, "step": step, "office": _asked(case, office)}]
        case.unanswered = unanswered
        _go_on_when_all_answered(case, at)
        note(case, Verb.COUNTERSIGN, acting=acting, at=at, facts={"office": office, "outcome": "NO_ANSWER"})
        return case


def _asked(case: Case, office: str) -> str:
    step = case.chain_step
    if step is None or office not in list(step["offices"]):  # type: ignore[call-overload]
        raise Invalid("projects_not_allowed_in_state", state=case.get_state_display())
    return office


def _go_on_when_all_answered(case: Case, at: datetime) -> None:
    if open_offices(case):
        save_case(case)
    else:
        go_on(case, at=at)


def open_offices(case: Case) -> tuple[str, ...]:
    """The offices of the present countersigning step whose answer is still awaited."""
    step = case.chain_step
    if step is None or step["kind"] != StepKind.COUNTERSIGN.value:
        return ()
    answered = set(
        case.opinions.filter(round=case.round, step=step["key"], recalled_at__isnull=True)
        .exclude(outcome=StepOutcome.SENT_BACK)
        .values_list("office", flat=True)
    )
    answered |= {
        line["office"] for line in case.unanswered if line["round"] == case.round and line["step"] == step["key"]
    }
    return tuple(office for office in step["offices"] if office not in answered)  # type: ignore[attr-defined]
