"""From a request to the wish it makes: commission, groups and years there are, and what the filter says."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.db.models.functions import ExtractYear

from investreview.core.clock import legal_date
from investreview.core.errors import Forbidden, Invalid
from investreview.core.gathering import gather
from investreview.core.legal_dates import LegalDate
from investreview.core.scope import Scope
from investreview.desk.overview.forms import OverviewForm
from investreview.desk.overview.period import GroupChoice, Period, Wish
from investreview.desk.overview.permissions import overview_scope
from investreview.evaluations.selectors.years import visible_years
from investreview.projects.models import Case
from investreview.projects.past.selectors import visible_past
from investreview.projects.selectors import visible_cases
from investreview.registry.models import Commission
from investreview.registry.selectors import commissions, enterprises


@dataclass(frozen=True)
class Asked:
    """The filter as it was sent, the wish it makes (without it where it was wrong), and within which reach."""

    form: OverviewForm
    wish: Wish
    scope: Scope

    @property
    def is_valid(self) -> bool:
        """Whether the wish is what was asked for."""
        return self.form.is_valid()

    def require_valid(self) -> None:
        """Nothing happens when the filter can be followed. Raises: Invalid (desk_overview_filter)."""
        if not self.is_valid:
            raise Invalid("desk_overview_filter")


def asked(query: Mapping[str, str], *, scope: Scope, at: datetime) -> Asked:
    """What a person asks of the overview of their commission.

    Raises: Forbidden (desk_overview_not_yours).
    """
    reach, today = overview_scope(scope), legal_date(at)
    commission = commissions(reach).first()
    if commission is None:
        raise Forbidden("desk_overview_not_yours")
    bodies = enterprises(reach).filter(commission=commission, tier=1).values_list("pk", "short_name")
    years = _years(commission, reach)
    gather(bodies, *years)
    groups = tuple(GroupChoice(pk, name) for pk, name in bodies)
    known = sorted({today.year, *(year for found in years for year in found if year)}, reverse=True)
    given = {"year": str(today.year)} | {name: value for name, value in query.items() if value}
    form = OverviewForm(given, years=known, groups=groups)
    is_valid = form.is_valid()
    period = form.period(today.year) if is_valid else Period(today.year)
    chosen = form.cleaned_data.get("group") if is_valid else None
    group = next((one for one in groups if one.pk == chosen), None)
    return Asked(form, Wish(commission=commission, groups=groups, period=period, today=today, group=group), reach)


def _years(commission: Commission, scope: Scope) -> list[QuerySet[Any, int]]:
    """The years of which the person can read anything, by where they come from."""
    cases = visible_cases(scope).filter(commission=commission)
    past = visible_past(scope).filter(commission=commission).select_related(None)
    seen = visible_years(scope).filter(commission=commission).select_related(None)
    return [
        _in_year(cases, "signed_at"),
        _in_year(cases, "first_released_at"),
        past.order_by().annotate(found=ExtractYear("decided_on")).values_list("found", flat=True).distinct(),
        seen.order_by().values_list("year", flat=True),
    ]


def _in_year(cases: QuerySet[Case], column: str) -> QuerySet[Case, int]:
    found = cases.order_by().exclude(**{f"{column}__isnull": True})
    return found.annotate(found=ExtractYear(LegalDate(column))).values_list("found", flat=True).distinct()
