"""The steps on which a draft is written. Each is left and taken up again at any time, on any machine.

A step is saved by its button or, while one types, in the background (header ``X-Background: save``, answered as
JSON). What the declaration cannot take yet is kept letter by letter for the person who typed it.
"""

from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from investreview.accounts.http import ScopedRequest
from investreview.core import clock
from investreview.core.errors import Invalid, Stale
from investreview.core.messages import sentence
from investreview.core.roles import Role
from investreview.core.templatetags.ir import moment
from investreview.projects import drafting
from investreview.projects.forms.facts_page import Difference, FactsPage, with_another_row
from investreview.projects.models import Case, UnsavedText
from investreview.projects.panel import panel_of
from investreview.projects.permissions import require_role
from investreview.projects.services.drafts import save_facts
from investreview.projects.services.pledges import confirm_pledges
from investreview.projects.services.unsaved import forget_typed, keep_typed
from investreview.projects.steps import BASICS, INVESTMENT, PLEDGES, WRITTEN, Step
from investreview.projects.views.common import (
    BACKGROUND,
    acting_of,
    enterprise_case,
    enterprise_reading,
    may_write_facts,
    require_not_frozen,
    with_rows,
)
from investreview.projects.views.step_context import next_of, step_context


@dataclass
class Outcome:
    """What became of a step that was sent: saved, kept as typed because something is wrong, or stale."""

    state: str
    page: FactsPage
    differences: list[Difference] = field(default_factory=list)

    @property
    def status(self) -> int:
        """The status of its answer."""
        return {"saved": HTTPStatus.OK, "kept": HTTPStatus.UNPROCESSABLE_ENTITY}.get(self.state, HTTPStatus.CONFLICT)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def facts(request: ScopedRequest, number: str) -> HttpResponse:
    """Step 1: what the project is, its plan row, its parties."""
    return _step(request, number, BASICS)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def investment(request: ScopedRequest, number: str) -> HttpResponse:
    """Step 2: amounts, funds and dates, with the route they lead to and the materials it asks for."""
    return _step(request, number, INVESTMENT)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def pledges(request: ScopedRequest, number: str) -> HttpResponse:
    """Step 3: what the negative list touches, and the pledges one by one."""
    return _step(request, number, PLEDGES)


def _step(request: ScopedRequest, number: str, step: Step) -> HttpResponse:
    case = enterprise_case(request, number)
    if request.method != "POST":
        return _opened(request, case, step)
    require_role(acting_of(request), Role.ENTERPRISE_DRAFTER, case)
    require_not_frozen(case)
    if "forget" in request.POST:
        forget_typed(case=case, person=request.user, step=step.key)
        return redirect(f"projects:{step.key}", number)
    if "add" in request.POST:
        return _page(request, case, FactsPage(case, step, with_another_row(request.POST, request.POST["add"])))
    outcome = _sent(request, case, step)
    if request.headers.get(BACKGROUND) == "save":
        return _told(request, number, outcome)
    if outcome.state != "saved":
        return _refused(request, outcome)
    if "pledge" in request.POST:
        return _pledged(request, number, outcome.page)
    messages.success(request, _("已保存。"))
    return redirect(*_onward(request, number, step))


def _onward(request: ScopedRequest, number: str, step: Step) -> tuple[str, ...]:
    goes = request.POST.get("go", "")
    if goes == "leave":
        return ("/",)
    return (f"projects:{next_of(step.key) if goes == 'next' else step.key}", number)


def _opened(request: ScopedRequest, case: Case, step: Step) -> HttpResponse:
    """The step as saved, or as this person left it when it could not be saved."""
    kept = UnsavedText.objects.filter(case=case, person=request.user, step=step.key).first()
    if kept is None or not may_write_facts(request.scope, case):
        return _page(request, case, FactsPage(case, step))
    page = FactsPage(case, step, QueryDict(kept.typed))
    page.is_valid()
    more: dict[str, Any] = {"kept": kept}
    if page.version != case.declaration.version:
        more["differences"] = page.differences()
        page.version = case.declaration.version
    return _page(request, case, page, **more)


def _sent(request: ScopedRequest, case: Case, step: Step) -> Outcome:
    """The step was saved, or what was typed is kept; a step that says nothing new writes nothing."""
    page, person = FactsPage(case, step, request.POST), request.user
    outcome = _saved(request, case, page)
    if outcome.state == "saved":
        forget_typed(case=case, person=person, step=step.key)
        return outcome
    typed = request.POST.copy()
    for name in ("csrfmiddlewaretoken", "go", "pledge"):
        typed.pop(name, None)
    version = page.version
    keep_typed(case=case, person=person, step=step.key, version=version, typed=typed.urlencode(), at=clock.now())
    return outcome


def _saved(request: ScopedRequest, case: Case, page: FactsPage) -> Outcome:
    if not page.is_valid():
        return Outcome("kept", page)
    if page.version == case.declaration.version and not page.differences():
        return Outcome("saved", page)
    try:
        declaration = save_facts(
            acting=acting_of(request),
            case_id=case.pk,
            version=page.version,
            name=page.form.cleaned_data.get("name"),
            fields=page.form.filled,
            phases=drafting.typed_phases(page.phases) if page.phases is not None else None,
            commitments=drafting.typed_commitments(page.commitments) if page.commitments is not None else None,
            parties=drafting.typed_parties(page.parties) if page.parties is not None else None,
            at=clock.now(),
        )
    except Stale:
        return _compared(request, case, page)
    except Invalid as error:
        page.place(error)
        return Outcome("kept", page)
    page.version = declaration.version
    return Outcome("saved", page)


def _compared(request: ScopedRequest, case: Case, page: FactsPage) -> Outcome:
    """Both texts where they differ; where they do not, nothing is left to save."""
    present = FactsPage(enterprise_case(request, case.number), page.step, request.POST)
    present.is_valid()
    differences = present.differences()
    if differences or page.version == 0:
        return Outcome("stale", present, differences)
    present.version = present.case.declaration.version
    return Outcome("saved", present)


def _refused(request: ScopedRequest, outcome: Outcome) -> HttpResponse:
    """What was typed stays and may be saved over what the other person saved."""
    page = outcome.page
    if outcome.state == "stale":
        page.version = page.case.declaration.version
        return _page(request, page.case, page, differences=outcome.differences, status=outcome.status)
    return _page(request, page.case, page, status=outcome.status)


def _pledged(request: ScopedRequest, number: str, page: FactsPage) -> HttpResponse:
    try:
        with transaction.atomic():
            confirm_pledges(
                acting=acting_of(request),
                case_id=page.case.pk,
                version=page.version,
                keys=request.POST.getlist("pledged"),
                at=clock.now(),
            )
    except Invalid as error:
        case = enterprise_case(request, number)
        told = {"pledge_fault": sentence(error), "ticked": request.POST.getlist("pledged")}
        shown = FactsPage(case, PLEDGES)
        return _page(request, case, shown, status=HTTPStatus.UNPROCESSABLE_ENTITY, **told)
    messages.success(request, _("承诺已逐条确认。"))
    return redirect("projects:submission", number)


def _told(request: ScopedRequest, number: str, outcome: Outcome) -> JsonResponse:
    """The answer to a save in the background: what to say, what is wrong where, and the page's live parts."""
    page = outcome.page
    told: dict[str, Any] = {"state": outcome.state, "line": _line(outcome), "faults": page.faults()}
    if outcome.state == "saved":
        case = enterprise_case(request, number)
        told |= {"version": page.version, "parts": _parts(request, case)}
    if outcome.state == "stale":
        context = {"differences": outcome.differences}
        told |= {
            "version": page.case.declaration.version,
            "differences": render_to_string("projects/parts/differences.html", context, request),
        }
    return JsonResponse(told, status=HTTPStatus.OK if outcome.state != "stale" else HTTPStatus.CONFLICT)


def _line(outcome: Outcome) -> str:
    if outcome.state == "saved":
        return _("草稿已自动保存 %(at)s") % {"at": moment(clock.now())}
    if outcome.state == "stale":
        return _("他人已保存新内容，本页暂停自动保存，请核对后保存。")
    count = max(outcome.page.fault_count, 1)
    return ngettext(
        "有 %(count)d 处未能识别，已按原样暂存，改正后自动保存。",
        "有 %(count)d 处未能识别，已按原样暂存，改正后自动保存。",
        count,
    ) % {"count": count}


@login_required
@require_POST
def live(request: ScopedRequest, number: str) -> HttpResponse:
    """Route, checks and sums as if what is typed were saved; nothing is written."""
    case = enterprise_reading(request, number)
    require_role(acting_of(request), Role.ENTERPRISE_DRAFTER, case)
    require_not_frozen(case)
    step = next((one for one in WRITTEN.values() if one.key == request.POST.get("step")), BASICS)
    with_rows(case, "phases", "commitments", "parties")
    page = FactsPage(case, step, request.POST)
    page.is_valid()
    return JsonResponse({"parts": _parts(request, drafting.as_typed(case, page.form, page.sets))})


def _parts(request: ScopedRequest, case: Case) -> dict[str, str]:
    """The live parts of the page by their ids."""
    panel = panel_of(case, clock.today())
    context = {"panel": panel, "case": case}
    return {
        name: render_to_string(f"projects/parts/{name}.html", context, request)
        for name in ("route", "checks", "funds", "strip")
    }


def _page(request: ScopedRequest, case: Case, page: FactsPage, *, status: int = 200, **more: object) -> HttpResponse:
    context = step_context(request, case, page.step.key) | {"page": page, **more}
    return render(request, f"projects/steps/{page.step.key}.html", context, status=status)
