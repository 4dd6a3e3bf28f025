"""The materials of a draft: what is asked for, what is there, and the forms that fill a slot."""

from collections.abc import Callable
from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from investreview.accounts.http import ScopedRequest
from investreview.core import clock
from investreview.core.errors import Invalid
from investreview.core.messages import sentence
from investreview.documents.kinds import DocumentKind
from investreview.documents.selectors import documents_of
from investreview.projects.forms.materials_page import MaterialsPage
from investreview.projects.forms.placing import place
from investreview.projects.models import Case, MaterialVersion
from investreview.projects.routing import judged
from investreview.projects.services.forms import print_registration_form
from investreview.projects.services.materials import fill_from_file, promise_material, upload_material
from investreview.projects.slots import materials_from
from investreview.projects.step_bar import progress_of
from investreview.projects.steps import StepKey
from investreview.projects.unfinished_rows import unfinished_files, unfinished_of
from investreview.projects.views.common import (
    BACKGROUND,
    acting_of,
    enterprise_case,
    may_write_materials,
    require_not_frozen,
)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def materials(request: ScopedRequest, number: str) -> HttpResponse:
    """The slots of the case; a form that was refused is shown again in its slot."""
    case = enterprise_case(request, number)
    found = judged(case, clock.today())
    page, status = MaterialsPage(materials_from(found)), HTTPStatus.OK
    if request.method == "POST":
        require_not_frozen(case)
        act = _ACTS.get(request.POST.get("act", ""))
        told = act(request, case, page) if act is not None else ""
        if request.headers.get(BACKGROUND) == "upload":
            return _answered(page, told)
        if told:
            messages.success(request, told)
            return redirect("projects:materials", number)
        status = HTTPStatus.UNPROCESSABLE_ENTITY if act is not None else HTTPStatus.OK
    context = {
        "case": case,
        "page": page,
        "rule_set": found.rule_set,
        "forms": documents_of(case.subject, request.scope).filter(kind=DocumentKind.REGISTRATION_FORM),
        "steps": progress_of(found, StepKey.INVESTMENT).steps,
        "is_writable": may_write_materials(request.scope, case),
        "unfinished": unfinished_of(unfinished_files(case, request.user)),
    }
    return render(request, "projects/materials.html", context, status=status)


def _answered(page: MaterialsPage, told: str) -> JsonResponse:
    """The answer to a file that was sent in the background: that it is there, or what is wrong with it."""
    if told:
        return JsonResponse({"line": told})
    bound = [form for card in page.cards for form in (card.upload, card.promise) if form is not None and form.is_bound]
    faults = [str(error) for form in bound for errors in form.errors.values() for error in errors]
    return JsonResponse({"line": " ".join(faults)}, status=HTTPStatus.UNPROCESSABLE_ENTITY)


def _upload(request: ScopedRequest, case: Case, page: MaterialsPage) -> str:
    """The words that tell of the stored version; nothing when the form shows what is wrong."""
    slot = request.POST.get("slot", "")
    form = page.bind_upload(slot, request.POST, request.FILES)
    if not form.is_valid():
        return ""
    file = form.cleaned_data["file"]
    try:
        version = upload_material(
            acting=acting_of(request),
            case_id=case.pk,
            slot=slot,
            file=file,
            name=file.name,
            mark=form.cleaned_data["mark"],
            form_code=form.cleaned_data.get("form_code", ""),
            at=clock.now(),
        )
    except Invalid as error:
        place(form, error, field=error.field or "file")
        return ""
    return told_of(version)


def told_of(version: MaterialVersion) -> str:
    """The words that tell of a stored version."""
    return _("已上传 %(slot)s，第 %(ordinal)d 版。") % {"slot": version.slot, "ordinal": version.ordinal}


def _promise(request: ScopedRequest, case: Case, page: MaterialsPage) -> str:
    slot = request.POST.get("slot", "")
    form = page.bind_promise(slot, request.POST)
    if not form.is_valid():
        return ""
    promised_on = form.cleaned_data["promised_on"]
    try:
        promise_material(acting=acting_of(request), case_id=case.pk, slot=slot, promised_on=promised_on, at=clock.now())
    except Invalid as error:
        place(form, error)
        return ""
    return _("已登记 %(slot)s 的承诺补齐日期。") % {"slot": slot}


def _fill(request: ScopedRequest, case: Case, page: MaterialsPage) -> str:
    form = page.bind_pages(request.POST)
    if not form.is_valid():
        return ""
    slot = ""
    try:
        with transaction.atomic():
            for slot, first, last in form.ranges:
                fill_from_file(
                    acting=acting_of(request),
                    case_id=case.pk,
                    slot=slot,
                    file_id=form.cleaned_data["file"],
                    page_from=first,
                    page_to=last,
                    at=clock.now(),
                )
    except Invalid as error:
        place(form, error, field=f"{slot}_to")
        return ""
    return _("已登记 %(count)d 项材料的页码。") % {"count": len(form.ranges)}


_ACTS: dict[str, Callable[[ScopedRequest, Case, MaterialsPage], str]] = {
    "upload": _upload,
    "promise": _promise,
    "pages": _fill,
}


@login_required
@require_POST
def registration_form(request: ScopedRequest, number: str) -> HttpResponse:
    """Form M02 is printed with the present facts; what is missing for it is told on the page of materials."""
    case = enterprise_case(request, number)
    require_not_frozen(case)
    try:
        document = print_registration_form(acting=acting_of(request), case_id=case.pk, at=clock.now())
    except Invalid as error:
        messages.error(request, sentence(error))
    else:
        told = _("备案表已生成，版本码 %(code)s；请打印、盖章、扫描后上传。")
        messages.success(request, told % {"code": document.number})
    return redirect("projects:materials", number)
