"""What every verb on an evaluation year does the same way: lock, ask state and version, save, write the journal."""

from collections.abc import Collection, Mapping
from datetime import datetime

from investreview.core.errors import Invalid, NotVisible
from investreview.evaluations.models import EvaluationYear
from investreview.evaluations.states import YearState
from investreview.journal.selectors import entries_of
from investreview.journal.services import record
from investreview.projects.acting import Acting
from investreview.registry.models import Commission


def lock_year(year_id: int, *, version: int | None = None) -> EvaluationYear:
    """The year, locked until the transaction ends and unchanged since ``version`` (None asks nothing).

    Raises: NotVisible (evaluations_year_not_visible), Stale (core_stale).
    """
    held = EvaluationYear.objects.select_for_update(of=("self",)).select_related("commission", "rule_set")
    year: EvaluationYear | None = held.filter(pk=year_id).first()
    if year is None:
        raise NotVisible("evaluations_year_not_visible")
    if version is not None:
        last = entries_of(year.subject).order_by("-id").first()
        year.check_version(version, who=last.actor_name if last is not None else "")
    return year


def lock_dues(commission_id: int) -> None:
    """What is due in the commission is neither found nor taken by anybody else until the transaction ends."""
    Commission.objects.select_for_update(no_key=True).get(pk=commission_id)


def require_state(year: EvaluationYear, allowed: Collection[YearState]) -> None:
    """Nothing happens while the year is in one of ``allowed``.

    Raises: Invalid (evaluations_wrong_state).
    """
    if year.state not in allowed:
        raise Invalid("evaluations_wrong_state", year=year.year, state=year.get_state_display())


def save_year(year: EvaluationYear) -> None:
    """The year is written and its version has risen by one."""
    year.version += 1
    year.save()


def note(
    year: EvaluationYear, verb: str, *, acting: Acting, at: datetime, facts: Mapping[str, object] | None = None
) -> None:
    """The act stands in the commission's journal, once."""
    record(
        chain=year.commission.code,
        verb=f"evaluation.{verb}",
        actor=acting.actor,
        subject=year.subject,
        at=at,
        facts={"state": year.state, "version": year.version, **(facts or {})},
    )
