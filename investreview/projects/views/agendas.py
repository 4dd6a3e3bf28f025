"""Agendas of meetings: the list, one with its cases in order and their papers, and the pack to be fetched."""

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from investreview.accounts.http import ScopedRequest
from investreview.core import clock
from investreview.core.errors import Forbidden, Invalid, NotVisible
from investreview.core.messages import sentence
from investreview.core.roles import Role
from investreview.core.text import safe_filename
from investreview.journal.services import record_access
from investreview.projects.agendas import AGENDA_READERS, listed_agendas, readable_agenda
from investreview.projects.forms.agendas import AddCaseForm, AgendaForm
from investreview.projects.forms.placing import place
from investreview.projects.models import Agenda, AgendaItem, MaterialVersion, MeetingPack
from investreview.projects.permissions import ENTERING_ROLES
from investreview.projects.services import agendas as services
from investreview.projects.storage import stored_place
from investreview.projects.views.common import acting_of
from investreview.projects.views.files import kept_private

SHOWN = 100


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def agendas(request: ScopedRequest) -> HttpResponse:
    """The agendas of the commission, newest meeting first, and the form of a new one for the office.

    Raises: Forbidden (projects_role_missing).
    """
    if not request.scope.roles & AGENDA_READERS:
        raise Forbidden("projects_role_missing", role=Role.DOCUMENT_OFFICER.label)
    commission = request.user.commission
    is_office = commission is not None and request.scope.holds_any(ENTERING_ROLES, commission.path)
    form = AgendaForm(request.POST if request.method == "POST" else None, initial={"key": uuid4()})
    if request.method == "POST" and form.is_valid() and commission is not None:
        given = {**form.cleaned_data, "key": str(form.cleaned_data["key"])}
        try:
            made = services.create_agenda(acting=acting_of(request), commission=commission, at=clock.now(), **given)
        except Invalid as error:
            place(form, error)
        else:
            return redirect("projects:agenda", made.pk)
    context = {
        "agendas": listed_agendas(request.scope)[:SHOWN],
        "form": form if is_office else None,
        "today": clock.today(),
    }
    return render(request, "projects/agendas.html", context, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def agenda(request: ScopedRequest, pk: int) -> HttpResponse:
    """One agenda: its cases in order, the papers chosen of each, its packs; the office changes it."""
    found = readable_agenda(request.scope, pk)
    if request.method != "POST":
        return _page(request, found)
    act = request.POST.get("act", "")
    about: dict[str, Any] = {"acting": acting_of(request), "agenda_id": found.pk, "at": clock.now()}
    item = int(given) if (given := request.POST.get("item", "")).isdigit() and len(given) < 19 else 0
    try:
        _carry_out(act, request, item, about)
    except Invalid as error:
        if act == "add":
            form = _add_form(request, found, request.POST)
            place(form, error)
            return _page(request, found, form=form, status=422)
        messages.error(request, sentence(error))
        return _page(request, found, status=422)
    return redirect("projects:agenda", found.pk)


def _carry_out(act: str, request: ScopedRequest, item: int, about: dict[str, Any]) -> None:
    if act == "add":
        services.add_case(**about, number=request.POST.get("number", "")[:32])
    elif act == "remove":
        services.remove_item(**about, item_id=item)
    elif act == "up":
        services.move_item_up(**about, item_id=item)
    elif act == "choose":
        files = [int(each) for each in request.POST.getlist("files") if each.isdigit() and len(each) < 19]
        services.choose_papers(**about, item_id=item, files=files)
        messages.success(request, _("所选材料已记下，下次汇编时并入。"))
    elif act == "order":
        services.order_pack(**about)
        messages.success(request, _("正在后台汇编，可以离开本页；完成后在这里下载。"))
    else:
        raise Invalid("projects_agenda_case")


def _add_form(request: ScopedRequest, found: Agenda, data: Any) -> AddCaseForm:
    cases = services.cases_to_consider(acting_of(request), found)
    words = {0: _("正待会议研究"), 1: _("签批链中须会议研究"), 2: _("其他在办")}
    choices = [
        (case.number, f"{words[services.meeting_rank(case)]} · {case.group.short_name} {case.project.name}")
        for case in cases
    ]
    return AddCaseForm(data, cases=choices)


def _page(request: ScopedRequest, found: Agenda, *, form: AddCaseForm | None = None, status: int = 200) -> HttpResponse:
    is_office = request.scope.holds_any(ENTERING_ROLES, found.commission.path)
    items = list(
        found.items.select_related("case__project", "case__group").prefetch_related("papers").order_by("ordinal")
    )
    packs = list(found.packs.select_related("asked_by")[:10])
    context = {
        "agenda": found,
        "items": [(item, _materials(item, rows)) for item, rows in _with_materials(items)],
        "packs": packs,
        "is_making": bool(packs) and packs[0].state == MeetingPack.State.PENDING,
        "form": (form or _add_form(request, found, None)) if is_office else None,
        "is_office": is_office,
    }
    return render(request, "projects/agenda.html", context, status=status)


def _with_materials(items: list[AgendaItem]) -> list[tuple[AgendaItem, list[MaterialVersion]]]:
    """Every item with what its case has handed in, in one query."""
    rows = MaterialVersion.objects.filter(
        case__in=[item.case_id for item in items], is_current=True, file__isnull=False
    ).select_related("file")
    return [(item, [row for row in rows if row.case_id == item.case_id]) for item in items]


def _materials(item: AgendaItem, rows: list[MaterialVersion]) -> list[dict[str, Any]]:
    chosen = {each.pk for each in item.papers.all()}
    files: dict[int, dict[str, Any]] = {}
    for row in rows:
        if row.file is not None and row.file.pk not in files:
            files[row.file.pk] = {"file": row.file, "slot": row.slot, "is_chosen": row.file.pk in chosen}
    return list(files.values())


@login_required
@require_safe
def meeting_pack(request: ScopedRequest, pk: int) -> FileResponse:
    """A finished pack as attachment; the download is noted.

    Raises: NotVisible (projects_agenda_not_visible). Journal: agenda.download.
    """
    pack = MeetingPack.objects.filter(pk=pk, state=MeetingPack.State.DONE).select_related("agenda").first()
    if pack is None:
        raise NotVisible("projects_agenda_not_visible")
    found = readable_agenda(request.scope, pack.agenda_id)
    location = stored_place(pack.storage_name, name=found.name, sha256=pack.sha256)
    record_access(
        commission=found.commission.code,
        verb="agenda.download",
        actor=request.user.as_actor(),
        subject=found.subject,
        at=clock.now(),
        facts={"pack": pack.pk, "name": found.name, "sha256": pack.sha256},
    )
    name = safe_filename(f"{found.name}会议材料.pdf")
    return kept_private(
        FileResponse(location.open("rb"), as_attachment=True, filename=name, content_type="application/octet-stream")
    )
