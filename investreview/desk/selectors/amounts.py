"""Amounts and routes of many cases at once, as columns of one query."""

from django.db.models import CharField, F, OuterRef, Subquery, Sum, Value
from django.db.models.functions import Coalesce, NullIf

from investreview.projects.models import Phase, RoutingRecord


def total_investment(case: str) -> Subquery:
    """The total investment over all declared phases; ``case`` names the column of the case's id. Units: yuan."""
    phases = Phase.objects.filter(declaration__case=OuterRef(case)).order_by()
    return Subquery(phases.values("declaration__case").annotate(total=Sum("total_yuan")).values("total"))


def shown_route(case: str, route: str) -> Coalesce:
    """The confirmed route of a case, else the one it had at its last release, else nothing."""
    last = RoutingRecord.objects.filter(case=OuterRef(case)).order_by("-id").values("route")[:1]
    confirmed = NullIf(F(route), Value(""))
    return Coalesce(confirmed, Subquery(last), Value(""), output_field=CharField())
