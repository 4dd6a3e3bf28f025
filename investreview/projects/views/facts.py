"""The declared facts of a draft: one page that is saved as a whole, finished or not."""

from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from investreview.accounts.http import ScopedRequest
from investreview.core import clock
from investreview.core.errors import Invalid, Stale
from investreview.projects import drafting
from investreview.projects.forms.facts_page import FactsPage, with_another_row
from investreview.projects.models import Case
from investreview.projects.panel import panel_of
from investreview.projects.services.drafts import save_facts
from investreview.projects.views.common import (
    acting_of,
    enterprise_case,
    may_begin_again,
    may_discard,
    may_write_facts,
    require_not_frozen,
    steps_to_submission,
)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def facts(request: ScopedRequest, number: str) -> HttpResponse:
    """The facts as saved, or what was typed with what is wrong beside it."""
    case = enterprise_case(request, number)
    if request.method != "POST":
        return _page(request, case, FactsPage(case))
    require_not_frozen(case)
    if "add" in request.POST:
        return _page(request, case, FactsPage(case, with_another_row(request.POST, request.POST["add"])))
    page = FactsPage(case, request.POST)
    if not page.is_valid():
        return _page(request, case, page)
    try:
        _save(request, case, page)
    except Stale:
        return _compare(request, number)
    except Invalid as error:
        page.place(error)
        return _page(request, case, page)
    messages.success(request, _("已保存。"))
    return redirect("projects:facts", number)


def _save(request: ScopedRequest, case: Case, page: FactsPage) -> None:
    save_facts(
        acting=acting_of(request),
        case_id=case.pk,
        version=page.version,
        name=page.form.cleaned_data["name"],
        fields=page.form.filled,
        phases=drafting.typed_phases(page.phases),
        commitments=drafting.typed_commitments(page.commitments),
        parties=drafting.typed_parties(page.parties),
        at=clock.now(),
    )


def _compare(request: ScopedRequest, number: str) -> HttpResponse:
    """Both texts where they differ; what was typed stays, and may be saved over what the other person saved."""
    case = enterprise_case(request, number)
    page = FactsPage(case, request.POST)
    page.is_valid()
    page.version = case.declaration.version
    return _page(request, case, page, differences=page.differences(), status=HTTPStatus.CONFLICT)


def _page(
    request: ScopedRequest, case: Case, page: FactsPage, *, status: int = HTTPStatus.OK, **more: object
) -> HttpResponse:
    context = {
        "case": case,
        "page": page,
        "panel": panel_of(case, clock.today()),
        "steps": steps_to_submission(case, "facts"),
        "is_writable": may_write_facts(request.scope, case),
        "may_discard": may_discard(request.scope, case),
        "may_begin_again": may_begin_again(request.scope, case),
        **more,
    }
    return render(request, "projects/facts.html", context, status=status)
