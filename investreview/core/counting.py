"""How many rows a query has, as a column of another query, so that many counts cost one and none counts for ever."""

from typing import Any

from django.db.models import IntegerField, QuerySet, Subquery

from investreview.core.templatetags.ir import MOST_COUNTED


class _CountOf(Subquery):
    template = "(SELECT COUNT(*) FROM (%(subquery)s) _counted)"
    output_field = IntegerField()
    empty_result_set_value = 0


def count_of(rows: QuerySet[Any]) -> Subquery:
    """The number of ``rows`` as a column, never more than one above ``MOST_COUNTED``, which a page shows as 999+."""
    return _CountOf(rows.order_by().values("pk")[: MOST_COUNTED + 1])
