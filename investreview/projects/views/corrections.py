"""更正单 of a decided case: proposed with evidence by the officer, answered by the office head (DOMAIN §17)."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from investreview.accounts.http import ScopedRequest
from investreview.core import clock
from investreview.core.errors import Forbidden, Invalid, NotVisible, Stale
from investreview.core.roles import ENTERPRISE_ROLES, Role
from investreview.projects.corrected import CORRECTABLE, present_plain, present_value
from investreview.projects.forms.corrections import FieldForm, RejectionForm, SlipForm
from investreview.projects.forms.placing import place
from investreview.projects.models import Case, CorrectionSlip
from investreview.projects.reading import known_case
from investreview.projects.rules import Verb, is_allowed
from investreview.projects.services.corrections import (
    Evidence,
    confirm_correction,
    propose_correction,
    reject_correction,
)
from investreview.projects.shown import fact_label, fact_text
from investreview.projects.views.common import acting_of


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def corrections(request: ScopedRequest, number: str) -> HttpResponse:
    """The slips of a case, and for the officer the form for one more: first the fact, then what is right."""
    case = _case_inside(request, number)
    field = request.GET.get("field", "")
    if (field or request.method == "POST") and not request.scope.holds(Role.CASE_OFFICER, case.path):
        raise Forbidden("projects_role_missing", role=Role.CASE_OFFICER.label)
    if request.method == "POST":
        return _propose(request, case, field)
    chosen = field if field in CORRECTABLE and _is_open(case) else ""
    initial = {"version": case.version, "after": present_value(case, chosen)} if chosen else {}
    form = SlipForm(field=chosen, initial=initial) if chosen else None
    return _page(request, case, form, chosen)


def _case_inside(request: ScopedRequest, number: str) -> Case:
    case, scope = known_case(number, user=request.user, scope=request.scope, at=clock.now())
    if not scope.roles_on(case.path) - ENTERPRISE_ROLES:
        raise Forbidden("projects_role_missing", role=Role.CASE_OFFICER.label)
    return case


def _is_open(case: Case) -> bool:
    return is_allowed(Verb.PROPOSE_CORRECTION, case.state) and case.delivered_at is not None


def _propose(request: ScopedRequest, case: Case, field: str) -> HttpResponse:
    if field not in CORRECTABLE:
        raise Invalid("projects_field_not_correctable", field="field")
    form = SlipForm(request.POST, request.FILES, field=field)
    if not form.is_valid():
        return _page(request, case, form, field, status=422)
    upload = form.cleaned_data["evidence"]
    try:
        slip = propose_correction(
            acting=acting_of(request),
            case_id=case.pk,
            version=form.cleaned_data["version"],
            field=field,
            after=form.right,
            reason=form.cleaned_data["reason"],
            evidence=Evidence(upload, upload.name),
            at=clock.now(),
        )
    except (Invalid, Stale) as error:
        place(form, error, field="evidence" if error.code.startswith("file_") else None)
        typed = request.POST.copy()
        typed["version"] = str(case.version)
        form.data = typed
        return _page(request, case, form, field, status=error.status)
    messages.success(request, _("更正单%(number)s已提出，由处长核对后生效。") % {"number": slip.number})
    return redirect("projects:corrections", case.number)


def _page(request: ScopedRequest, case: Case, form: SlipForm | None, field: str, *, status: int = 200) -> HttpResponse:
    slips = case.correction_slips.select_related("case", "proposed_by", "checked_by", "evidence")
    context = {
        "case": case,
        "form": form,
        "field_form": FieldForm(initial={"field": field}),
        "field": field,
        "label": fact_label(field) if field else "",
        "present": fact_text(field, present_plain(case, field)) if field else "",
        "may_propose": request.scope.holds(Role.CASE_OFFICER, case.path),
        "is_open": _is_open(case),
        "rows": [_row(slip) for slip in slips],
    }
    return render(request, "projects/corrections.html", context, status=status)


def _row(slip: CorrectionSlip) -> dict[str, object]:
    return {
        "slip": slip,
        "label": fact_label(slip.field),
        "before": fact_text(slip.field, slip.before),
        "after": fact_text(slip.field, slip.after),
    }


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def slip(request: ScopedRequest, slip_id: int) -> HttpResponse:
    """One slip with its evidence; the office head confirms or rejects it.

    Raises: NotVisible (projects_case_not_visible), Forbidden (projects_role_missing).
    """
    slips = CorrectionSlip.objects.select_related("case__project", "proposed_by", "checked_by", "evidence")
    found = slips.filter(pk=slip_id).first()
    if found is None:
        raise NotVisible("projects_case_not_visible")
    _case_inside(request, found.case.number)
    if request.method == "POST":
        return _answer(request, found)
    return _slip_page(request, found, RejectionForm())


def _answer(request: ScopedRequest, found: CorrectionSlip) -> HttpResponse:
    acting, at = acting_of(request), clock.now()
    answer = request.POST.get("answer")
    if answer not in ("confirm", "reject"):
        raise Invalid("projects_answer_missing")
    form = RejectionForm(request.POST)
    if answer == "reject" and not form.is_valid():
        return _slip_page(request, found, form, status=422)
    if not _was_answered(found, request, answer):
        if answer == "reject":
            reject_correction(acting=acting, slip_id=found.pk, reason=form.cleaned_data["reason"], at=at)
        else:
            confirm_correction(acting=acting, slip_id=found.pk, at=at)
    said = _("已更正，更正单已出具。") if answer == "confirm" else _("已不予更正。")
    messages.success(request, said)
    return redirect("projects:corrections", found.case.number)


def _was_answered(found: CorrectionSlip, request: ScopedRequest, answer: str) -> bool:
    """Whether this very answer was given before by this person."""
    answered_at = found.confirmed_at if answer == "confirm" else found.rejected_at
    return found.checked_by_id == request.user.pk and answered_at is not None


def _slip_page(
    request: ScopedRequest, found: CorrectionSlip, form: RejectionForm, *, status: int = 200
) -> HttpResponse:
    is_another = found.proposed_by_id != request.user.pk
    may_answer = found.is_waiting and is_another and request.scope.holds(Role.OFFICE_HEAD, found.case.path)
    context = {**_row(found), "case": found.case, "form": form, "may_answer": may_answer, "is_another": is_another}
    return render(request, "projects/slip.html", context, status=status)
