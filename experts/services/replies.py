"""The reply of a case that had a panel: with it the enterprise has what it may know of the panel's opinion."""

from datetime import date, datetime
from typing import IO

from django.db import transaction

from experts.selectors.conditions import on_case, standing_conditions
from experts.services.papers import issue_excerpt
from investreview.projects.acting import Acting
from investreview.projects.models import Case
from investreview.projects.routing import confirmed_rules
from investreview.projects.services import delivery
from investreview.projects.services.panel_letters import conditions_due_on
from investreview.registry.selectors import work_calendar


def deliver(
    *,
    acting: Acting,
    case_id: int,
    version: int | None,
    sealed: IO[bytes],
    sealed_name: str,
    sealed_on: date,
    channel: str,
    delivered_on: date,
    at: datetime,
) -> Case:
    """The reply is with the enterprise, and the excerpt of the panel's opinion where there was one.

    From this day the term of the panel's conditions runs. Units: working days.

    Raises and Rule: as ``projects.services.delivery.deliver``. Journal: case.deliver, document.issue.
    """
    with transaction.atomic():
        case = delivery.deliver(
            acting=acting,
            case_id=case_id,
            version=version,
            sealed=sealed,
            sealed_name=sealed_name,
            sealed_on=sealed_on,
            channel=channel,
            delivered_on=delivered_on,
            at=at,
        )
        issue_excerpt(case, at=at)
        _set_terms(case, delivered_on)
        return case


def _set_terms(case: Case, delivered_on: date) -> None:
    """Until the day that the paper states, else as many working days as the rule set gives from the delivery."""
    stated, days = conditions_due_on(case), confirmed_rules(case).panel.condition_days
    due_on = stated or (work_calendar(case.commission).add(delivered_on, days) if days is not None else None)
    if due_on is not None:
        standing_conditions().filter(on_case(pk=case.pk)).update(due_on=due_on)
