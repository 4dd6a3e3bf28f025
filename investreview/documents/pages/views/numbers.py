"""The register of numbers, the void ones with their reasons."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from investreview.accounts.http import ScopedRequest
from investreview.core.errors import Forbidden
from investreview.documents.pages import access
from investreview.documents.pages.forms import RegisterForm
from investreview.documents.pages.register import register_page


@login_required
@require_safe
def numbers(request: ScopedRequest) -> HttpResponse:
    """The register of numbers with the void ones and their reasons.

    Raises: Forbidden (documents_may_not_number) for whoever does not read the commission's papers as a whole.
    """
    rows = access.numbers_of(request.scope)
    if not access.reads_registers(request.scope):
        raise Forbidden("documents_may_not_number")
    series = list(rows.order_by("series_id").values_list("series_id", "series__code").distinct())
    years = list(rows.order_by("-year").values_list("year", flat=True).distinct())
    form = RegisterForm(request.GET, series=series, years=years)
    chosen = form.cleaned_data if form.is_valid() else {}
    page = register_page(
        rows,
        series=chosen.get("series", ""),
        year=chosen.get("year", ""),
        state=chosen.get("state", ""),
        before=chosen.get("before") or 0,
    )
    query = request.GET.copy()
    query.pop("before", None)
    return render(request, "documents/numbers.html", {"form": form, "page": page, "query": query.urlencode()})
