"""The terms of panels' conditions that still run, or are over, while the enterprise is awaited."""

from collections.abc import Iterator
from datetime import date

from experts.models import Condition
from experts.states import AWAITED, PanelState
from investreview.projects.models import Case


def awaited_terms() -> Iterator[tuple[Case, date]]:
    """Each case with each day on which conditions of its panel are due that the enterprise has not proven yet."""
    awaited = Condition.objects.filter(
        state__in=sorted(AWAITED), due_on__isnull=False, opinion__panel__state=PanelState.CONCLUDED
    )
    terms: set[tuple[int, date | None]] = set(awaited.values_list("opinion__panel__case", "due_on"))
    cases = Case.objects.select_related("commission", "rule_set").in_bulk({case_id for case_id, _due_on in terms})
    for case_id, due_on in sorted(terms, key=str):
        if due_on is not None:
            yield cases[case_id], due_on
