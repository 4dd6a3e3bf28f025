"""The register of numbers, the void ones with their reasons; and from which number a series goes on."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from investreview.accounts.http import ScopedRequest
from investreview.core import clock
from investreview.core.errors import Forbidden, Invalid
from investreview.core.forms import as_validation_error
from investreview.documents.kinds import NumberMode
from investreview.documents.models import NumberSeries
from investreview.documents.pages import access
from investreview.documents.pages.forms import RegisterForm, StartForm
from investreview.documents.pages.register import register_page
from investreview.documents.pages.views.common import actor_of
from investreview.documents.permissions import can_start_series, require
from investreview.documents.services import start_series


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
    context = {"form": form, "page": page, "query": query.urlencode(), "may_start": bool(_startable(request))}
    return render(request, "documents/numbers.html", context)


def _startable(request: ScopedRequest) -> list[NumberSeries]:
    """The own series of the commissions whose numbers this person keeps."""
    codes = [code for code in request.scope.commission_codes if not can_start_series(request.scope, code)]
    own = NumberSeries.objects.filter(commission__in=codes, mode=NumberMode.OWN_SERIES)
    return list(own.order_by("commission", "code")) if codes else []


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: ScopedRequest) -> HttpResponse:
    """The document office tells once from which number a series goes on in a year."""
    found = {str(each.pk): each for each in _startable(request)}
    if not found:
        require("documents_may_not_number")
    choices = [(key, f"{each.commission} · {each.code} · {each.label}") for key, each in found.items()]
    data = request.POST if request.method == "POST" else None
    form = StartForm(data, series=choices, initial={"year": clock.today().year})
    if request.method == "POST" and form.is_valid():
        series = found[form.cleaned_data["series"]]
        try:
            start_series(
                commission=series.commission,
                series=series.code,
                year=form.cleaned_data["year"],
                first=form.cleaned_data["first"],
                reason=form.cleaned_data["reason"],
                scope=request.scope,
                actor=actor_of(request),
                at=clock.now(),
            )
        except Invalid as error:
            form.add_error(error.field if error.field in form.fields else None, as_validation_error(error))
        else:
            messages.success(request, _("起始号已设置，操作已记入日志。"))
            return redirect("documents:numbers")
    return render(request, "documents/start_series.html", {"form": form}, status=422 if form.errors else 200)
