"""The conditions that panels set, drawn here or concluded on paper: of one case, and those that are awaited."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce

from experts.models import Condition
from experts.states import AWAITED, PanelState
from investreview.projects.models import Case

OF_CASE = "opinion__panel__case"


def on_case(**lookups: Any) -> Q:
    """The conditions whose case is as asked, whichever panel set them."""
    by_paper, by_panel = Q(case__isnull=False), Q(**{f"{OF_CASE}__isnull": False})
    for name, value in lookups.items():
        by_paper &= Q(**{f"case__{name}": value})
        by_panel &= Q(**{f"{OF_CASE}__{name}": value})
    return by_paper | by_panel


def read_from_case(name: str) -> Coalesce:
    """A column of the condition's case, whichever panel set it."""
    return Coalesce(f"case__{name}", f"{OF_CASE}__{name}")


def standing_conditions() -> QuerySet[Condition]:
    """Every condition of a panel that has concluded, here or on paper."""
    return Condition.objects.filter(Q(case__isnull=False) | Q(opinion__panel__state=PanelState.CONCLUDED))


def conditions_of(case: Case) -> QuerySet[Condition]:
    """The conditions of the case in their order; of several panels those of the last that concluded come first."""
    mine = standing_conditions().filter(on_case(pk=case.pk))
    return mine.order_by(F("opinion__panel__round").desc(nulls_last=True), "ordinal")


def awaited_conditions() -> QuerySet[Condition]:
    """The conditions with a term that the enterprise has not proven yet."""
    return standing_conditions().filter(state__in=sorted(AWAITED), due_on__isnull=False)


def awaited_terms() -> Iterator[tuple[Case, date]]:
    """Each case with each day on which conditions of its panel are due that the enterprise has not proven yet."""
    found = awaited_conditions().order_by().annotate(of_case=read_from_case("pk"))
    terms: set[tuple[int, date | None]] = set(found.values_list("of_case", "due_on"))
    cases = Case.objects.select_related("commission", "rule_set").in_bulk({case_id for case_id, _due_on in terms})
    for case_id, due_on in sorted(terms, key=str):
        if due_on is not None:
            yield cases[case_id], due_on
