"""What every verb on a case does the same way: lock, ask the state, save, write the journal."""

from collections.abc import Mapping
from datetime import datetime

from django.db.models import QuerySet

from investreview.core.errors import Invalid, NotVisible
from investreview.journal.services import record
from investreview.projects.acting import Acting
from investreview.projects.models import Case
from investreview.projects.record import read_declared
from investreview.projects.rules import Verb, is_allowed


def lock_case(case_id: int, *, version: int | None = None) -> Case:
    """The case, locked until the transaction ends and unchanged since ``version`` (None asks nothing).

    Raises: NotVisible (projects_case_not_visible), Stale (core_stale).
    """
    locked: QuerySet[Case] = Case.objects.select_for_update(of=("self",)).select_related(
        "commission", "enterprise", "group", "project", "rule_set"
    )
    case = locked.filter(pk=case_id).first()
    if case is None:
        raise NotVisible("projects_case_not_visible")
    if version is not None:
        case.check_version(version, who=last_actor_name(case))
    return case


def lock_declared_case(case_id: int, *, version: int | None = None) -> Case:
    """As ``lock_case``, with everything declared, for an act that asks the rules about it and changes none of it."""
    case = lock_case(case_id, version=version)
    read_declared(case)
    return case


def last_actor_name(case: Case) -> str:
    """The name of whoever acted last on the case, for the sentence of a stale form."""
    from investreview.journal.selectors import entries_of

    last = entries_of(case.subject).order_by("-id").first()
    return last.actor_name if last is not None else "—"


def require_state(case: Case, verb: Verb) -> None:
    """Nothing happens while ``verb`` is allowed in the case's state.

    Raises: Invalid (projects_not_allowed_in_state).
    """
    if not is_allowed(verb, case.state):
        raise Invalid("projects_not_allowed_in_state", state=case.get_state_display())


def save_case(case: Case) -> None:
    """The case is written and its version has risen by one."""
    case.version += 1
    case.save()


def note(case: Case, verb: Verb, *, acting: Acting, at: datetime, facts: Mapping[str, object] | None = None) -> None:
    """The act stands in the commission's journal, once."""
    record(
        chain=case.commission.code,
        verb=verb.value,
        actor=acting.actor,
        subject=case.subject,
        at=at,
        facts={"state": case.state, "version": case.version, **(facts or {})},
    )


def require_reason(text: str, *, field: str = "reason") -> str:
    """The reason, trimmed.

    Raises: Invalid (projects_reason_needed).
    """
    reason = text.strip()
    if not reason:
        raise Invalid("projects_reason_needed", field=field)
    return reason
