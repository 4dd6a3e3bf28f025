"""Where a case stands in its signing chain, asked the same way by every act of the chain."""

from datetime import datetime

from investreview.core.clock import legal_date
from investreview.core.errors import Invalid
from investreview.core.roles import Role
from investreview.projects.models import Case, Consultation
from investreview.projects.rules import Verb
from investreview.projects.services.common import lock_case, require_state, save_case
from investreview.rulebook.chain import StepKind


def at_step(case_id: int, version: int | None, verb: Verb, *kinds: StepKind) -> tuple[Case, str, Role]:
    """The locked case, the key of its present chain step and the step's role; the step is one of ``kinds``."""
    case = lock_case(case_id, version=version)
    require_state(case, verb)
    step = case.chain_step
    if not case.round or step is None or (kinds and StepKind(str(step["kind"])) not in kinds):
        raise Invalid("projects_not_allowed_in_state", state=case.get_state_display())
    return case, str(step["key"]), Role(str(step["role"]))


def go_on(case: Case, *, at: datetime) -> None:
    """The case is written at the next step of its chain; the offices that this step asks may read it from now on."""
    case.chain_position += 1
    save_case(case)
    ask_offices(case, at=at)


def ask_offices(case: Case, *, at: datetime) -> None:
    """The offices of the present step know the case from now on; nobody knows it before it is sent to them.

    Rule: DOMAIN §1, countersigning offices see the cases sent to them.
    """
    for office in _asked_now(case):
        Consultation.objects.get_or_create(case=case, office=office, defaults={"asked_on": legal_date(at)})


def unask_offices(case: Case) -> None:
    """Offices that a recalled step had asked, and that never answered, do not know the case any more."""
    answered = {*case.opinions.values_list("office", flat=True), *(str(line["office"]) for line in case.unanswered)}
    case.consultations.exclude(office__in=[*answered, *_asked_now(case)]).delete()


def _asked_now(case: Case) -> list[str]:
    step = case.chain_step
    return list(step["offices"]) if step is not None else []  # type: ignore[call-overload]
