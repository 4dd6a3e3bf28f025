"""Instructions 批示督办: the list by what waits, one with its reports, those of a case, and the file of a report."""

from typing import Any
from uuid import uuid4

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from investreview.accounts.http import ScopedRequest
from investreview.accounts.models import User
from investreview.core import clock
from investreview.core.errors import Forbidden, Invalid, NotVisible
from investreview.core.roles import Role
from investreview.projects import instructions as reads
from investreview.projects.files import note_download, place_of
from investreview.projects.forms.instructions import InstructionForm, ReassignForm, ReportForm, ReturnForm
from investreview.projects.forms.placing import place
from investreview.projects.models import Case, Instruction, InstructionReport
from investreview.projects.permissions import (
    INSTRUCTION_READERS,
    is_addressed,
    may_instruct,
    may_read_instruction,
    may_settle,
)
from investreview.projects.reading import known_case
from investreview.projects.services import instructions as services
from investreview.projects.views.common import acting_of
from investreview.projects.views.files import sent_file


@login_required
@require_safe
def instructions(request: ScopedRequest) -> HttpResponse:
    """The instructions this person may read, by what waits for whom; what is due first first.

    Raises: Forbidden (projects_role_missing) for everybody outside the commission.
    """
    if request.user.kind != User.Kind.STAFF and not request.scope.roles & INSTRUCTION_READERS:
        raise Forbidden("projects_role_missing", role=Role.DEPUTY_DIRECTOR.label)
    known = reads.readable_instructions(request.user, request.scope)
    tabs = [
        (name, label, reads.in_tab(known, name, request.user, request.scope).order_by().count())
        for name, label in reads.TABS.items()
    ]
    first = next((name for name, _label, count in tabs[:2] if count), reads.OPEN)
    tab = asked if (asked := request.GET.get("tab", "")) in reads.TABS else first
    rows = reads.in_tab(known, tab, request.user, request.scope)
    page = reads.page_of(rows, tab, request.GET.get("after", ""))
    context = {"tabs": tabs, "tab": tab, "page": page, "today": clock.today()}
    return render(request, "projects/instructions.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def instruction(request: ScopedRequest, pk: int) -> HttpResponse:
    """One instruction with its reports, and what this person may do with it now."""
    found = _readable(request, pk)
    offered = _offered(request, found)
    if request.method != "POST":
        return _page(request, found, {name: _form(name, found, request, None) for name in offered})
    act = request.POST.get("act", "")
    if act not in offered:
        return _refused(request, found, act)
    form = _form(act, found, request, request.POST)
    if form.is_valid() and _carry_out(request, found, act, form):
        return redirect("projects:instruction", found.pk)
    forms_shown = {name: form if name == act else _form(name, found, request, None) for name in offered}
    return _page(request, found, forms_shown, status=422)


def _readable(request: ScopedRequest, pk: int) -> Instruction:
    """Raises: NotVisible (projects_instruction_not_visible), the same for one that does not exist."""
    related = ("case__project", "case__commission", "case__group", "office", "person", "given_by", "given_for")
    found = Instruction.objects.filter(pk=pk).select_related(*related, "done_by").first()
    if found is None or not may_read_instruction(request.user, request.scope, found):
        raise NotVisible("projects_instruction_not_visible")
    return found


def _offered(request: ScopedRequest, found: Instruction) -> tuple[str, ...]:
    """What this person may do now, the usual act first."""
    acts: tuple[str, ...] = ()
    if found.state == Instruction.State.OPEN and is_addressed(request.user, found):
        acts += ("report",)
    if may_settle(request.user, request.scope, found):
        acts += {Instruction.State.REPORTED: ("accept", "return"), Instruction.State.OPEN: ("reassign",)}.get(
            Instruction.State(found.state), ()
        )
    return acts


def _form(act: str, found: Instruction, request: ScopedRequest, data: Any) -> forms.Form:
    auto_id = f"{act}_%s"
    if act == "report":
        return ReportForm(data, request.FILES if data is not None else None, auto_id=auto_id)
    if act == "return":
        return ReturnForm(data, auto_id=auto_id)
    if act == "reassign":
        people = reads.addressees(found.case.commission, without=frozenset({request.user.pk}))
        current = f"office-{found.office_id}" if found.office_id else f"person-{found.person_id}"
        initial = {"addressee": current, "due_on": found.due_on}
        return ReassignForm(data, addressees=people, initial=initial, auto_id=auto_id)
    return forms.Form(data, auto_id=auto_id)


def _refused(request: ScopedRequest, found: Instruction, act: str) -> HttpResponse:
    """The act is not this person's, or somebody was faster; what was typed can be read and copied.

    Raises: Forbidden for an act that is never this person's.
    """
    is_leaders = act in {"accept", "return", "reassign"} and may_settle(request.user, request.scope, found)
    if not (is_leaders or (act == "report" and is_addressed(request.user, found))):
        raise Forbidden("projects_instruction_not_yours", who=found.addressee)
    if (act == "accept" and found.done_by_id == request.user.pk) or _was_reported(request, found, act):
        return redirect("projects:instruction", found.pk)
    typed = [text for name in ("text", "reason") if (text := request.POST.get(name, ""))]
    offered = {name: _form(name, found, request, None) for name in _offered(request, found)}
    return _page(request, found, offered, status=409, typed=typed)


def _was_reported(request: ScopedRequest, found: Instruction, act: str) -> bool:
    """Whether the report was sent already by the first press of the same button."""
    text = " ".join(request.POST.get("text", "").split())
    last = found.reports.last()
    mine = act == "report" and last is not None and last.reported_by_id == request.user.pk
    return mine and last is not None and " ".join(last.text.split()) == text


def _carry_out(request: ScopedRequest, found: Instruction, act: str, form: forms.Form) -> bool:
    """Whether the act was done; else the form says what is wrong."""
    about: dict[str, Any] = {"acting": acting_of(request), "instruction_id": found.pk, "at": clock.now()}
    given = form.cleaned_data
    try:
        if act == "report":
            file = given["file"]
            kept = (file, file.name or "") if file is not None else None
            services.report_on_instruction(**about, text=given["text"], file=kept)
            messages.success(request, _("办理情况已报告，批示领导会收到通知。"))
        elif act == "accept":
            services.accept_report(**about)
            messages.success(request, _("批示已办结。"))
        elif act == "return":
            services.return_report(**about, reason=given["reason"], due_on=given["due_on"])
            messages.success(request, _("报告已退回，承办人会收到通知。"))
        else:
            chosen = form.chosen if isinstance(form, ReassignForm) else None
            if chosen is not None:
                services.reassign_instruction(**about, addressee=chosen, due_on=given["due_on"], reason=given["reason"])
            messages.success(request, _("批示已改派、改期，新的承办人会收到通知。"))
    except Invalid as error:
        place(form, error, field="file" if error.code.startswith("file_") else None)
        return False
    return True


def _page(
    request: ScopedRequest,
    found: Instruction,
    offered: dict[str, forms.Form],
    *,
    status: int = 200,
    typed: list[str] | None = None,
) -> HttpResponse:
    context = {
        "instruction": found,
        "reports": found.reports.select_related("reported_by", "answered_by", "file"),
        "forms": offered,
        "typed": typed or [],
        "today": clock.today(),
        "reads_case": request.scope.holds_any(INSTRUCTION_READERS, found.case.path),
    }
    return render(request, "projects/instruction.html", context, status=status)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def case_instructions(request: ScopedRequest, number: str) -> HttpResponse:
    """The instructions on one case, and the form of whoever may give one.

    Raises: NotVisible, Forbidden (projects_role_missing) for whoever reads no instruction on the case.
    """
    case, scope = known_case(number, user=request.user, scope=request.scope, at=clock.now())
    if not scope.holds_any(INSTRUCTION_READERS, case.path):
        raise Forbidden("projects_role_missing", role=Role.DEPUTY_DIRECTOR.label)
    form: InstructionForm | None = None
    if request.method == "POST":
        if not may_instruct(request.scope, case):
            raise Forbidden("projects_role_missing", role=Role.DEPUTY_DIRECTOR.label)
        form = _instruction_form(request, case, request.POST)
        if form.is_valid() and _give(request, case, form):
            return redirect("projects:case_instructions", number)
    elif may_instruct(request.scope, case):
        form = _instruction_form(request, case, None)
    context = {
        "case": case,
        "instructions": case.instructions.select_related("office", "person", "given_by", "given_for"),
        "form": form,
        "today": clock.today(),
    }
    return render(request, "projects/case_instructions.html", context, status=422 if form and form.errors else 200)


def _instruction_form(request: ScopedRequest, case: Case, data: Any) -> InstructionForm:
    people = reads.addressees(case.commission, without=frozenset({request.user.pk}))
    return InstructionForm(data, addressees=people, initial={"key": uuid4()})


def _give(request: ScopedRequest, case: Case, form: InstructionForm) -> bool:
    given = form.cleaned_data
    try:
        services.give_instruction(
            acting=acting_of(request),
            case_id=case.pk,
            text=given["text"],
            addressee=form.chosen,
            due_on=given["due_on"],
            key=str(given["key"]),
            at=clock.now(),
        )
    except Invalid as error:
        place(form, error)
        return False
    messages.success(request, _("批示已交办，承办人会收到通知。"))
    return True


@login_required
@require_safe
def report_file(request: ScopedRequest, pk: int, ordinal: int) -> FileResponse:
    """The file that came with a report, for whoever reads the instruction; the download is noted.

    Raises: NotVisible (projects_instruction_not_visible).
    """
    found = _readable(request, pk)
    reports = InstructionReport.objects.select_related("file__case__commission")
    report = reports.filter(instruction=found, ordinal=ordinal, file__isnull=False).first()
    if report is None or report.file is None:
        raise NotVisible("projects_instruction_not_visible")
    location = place_of(report.file)
    note_download(report.file, acting=acting_of(request), at=clock.now())
    return sent_file(report.file, location)
