"""Telephone notes and incoming papers of a case, kept by the commission and never shown to the enterprise."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from investreview.accounts.http import ScopedRequest
from investreview.core import clock
from investreview.core.errors import Forbidden, Invalid
from investreview.core.roles import ENTERPRISE_ROLES, Role
from investreview.projects.forms.contacts import IncomingPaperForm, PhoneNoteForm
from investreview.projects.forms.placing import place
from investreview.projects.models import Case
from investreview.projects.reading import known_case
from investreview.projects.services.contacts import (
    NOTING_ROLES,
    add_phone_note,
    register_incoming_paper,
    settle_promise,
)
from investreview.projects.views.common import acting_of


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def phone_notes(request: ScopedRequest, number: str) -> HttpResponse:
    """What was said on the telephone about the case, newest first, and the form for one more call."""
    case = _case_inside(request, number)
    form = PhoneNoteForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            add_phone_note(acting=acting_of(request), case_id=case.pk, at=clock.now(), **form.cleaned_data)
        except Invalid as error:
            place(form, error)
        else:
            messages.success(request, _("电话记录已保存。"))
            return redirect("projects:phone_notes", number)
    notes = case.phone_notes.select_related("noted_by", "keeper", "settled_by")
    return render(request, "projects/phone_notes.html", _context(request, case, form, notes=notes))


@login_required
@require_POST
def settle(request: ScopedRequest, number: str, note_id: int) -> HttpResponse:
    """What was promised in a call is done."""
    case = _case_inside(request, number)
    settle_promise(acting=acting_of(request), case_id=case.pk, note_id=note_id, at=clock.now())
    messages.success(request, _("承诺已落实。"))
    return redirect("projects:phone_notes", number)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def incoming(request: ScopedRequest, number: str) -> HttpResponse:
    """The papers that came in on the case, newest first, and the form for one more."""
    case = _case_inside(request, number)
    form = IncomingPaperForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            register_incoming_paper(acting=acting_of(request), case_id=case.pk, at=clock.now(), **form.cleaned_data)
        except Invalid as error:
            place(form, error)
        else:
            messages.success(request, _("收文已登记。"))
            return redirect("projects:incoming", number)
    papers = case.incoming_papers.select_related("registered_by")
    return render(request, "projects/incoming.html", _context(request, case, form, papers=papers))


def _case_inside(request: ScopedRequest, number: str) -> Case:
    """The case, read from the commission's side.

    Raises: NotVisible, Forbidden (projects_role_missing) for the enterprise.
    """
    case, scope = known_case(number, user=request.user, scope=request.scope, at=clock.now())
    if not scope.roles_on(case.path) - ENTERPRISE_ROLES:
        raise Forbidden("projects_role_missing", role=Role.CASE_OFFICER.label)
    if request.method == "POST" and not request.scope.holds_any(NOTING_ROLES, case.path):
        raise Forbidden("projects_role_missing", role=Role.CASE_OFFICER.label)
    return case


def _context(request: ScopedRequest, case: Case, form: object, **rows: object) -> dict[str, object]:
    return {"case": case, "form": form, "may_write": request.scope.holds_any(NOTING_ROLES, case.path), **rows}
