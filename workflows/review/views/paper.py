"""Decisions on paper: print the sheet, enter what came back, let another compare it."""

from datetime import datetime

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from investreview.accounts.models import User
from investreview.accounts.selectors import scope_of
from investreview.core import clock
from investreview.core.clock import legal_date
from investreview.core.errors import Busy, DomainError, Forbidden, Invalid, NotVisible, Stale
from investreview.core.messages import sentence
from investreview.core.roles import Role
from investreview.projects.acting import Acting
from investreview.projects.models import PaperDecision
from investreview.projects.permissions import ENTERING_ROLES
from investreview.projects.services.forms import print_approval_sheet
from investreview.projects.services.paper import enter_paper_decision, reject_comparison
from investreview.projects.views.scans import with_scans
from workflows.labels import node_label
from workflows.models import WorkItem
from workflows.paper import (
    entered_form,
    entry_to_compare,
    item_to_enter,
    pending_entries,
    perform_on_paper,
    steps_on_paper,
)
from workflows.people import possible_deciders
from workflows.review.act import Act
from workflows.review.acts import act_of, next_sentence, paper_acts
from workflows.review.forms.base import ActForm
from workflows.review.forms.paper import PaperForm, RejectForm
from workflows.review.page import waiting_entry
from workflows.review.views.common import SignedIn, lost_step, new_key

STEPS_SHOWN = 30


@login_required
@require_POST
def print_sheet(request: SignedIn, task_id: int) -> HttpResponse:
    """The 呈批表 of this round is issued; its page offers the PDF."""
    at = clock.now()
    item, acting = item_to_enter(task_id=task_id, user=request.user, at=at)
    sheet = print_approval_sheet(acting=acting, case_id=item.case_id, at=at)
    messages.success(request, gettext("呈批表已生成，版本码%(code)s。") % {"code": sheet.number})
    return redirect("documents:document", sheet.pk)


@login_required
@require_http_methods(["GET", "POST"])
@with_scans
def enter(request: SignedIn, task_id: int) -> HttpResponse:
    """What stands on the returned sheet is entered; the step waits for another person's comparison."""
    at = clock.now()
    item, acting = item_to_enter(task_id=task_id, user=request.user, at=at)
    if request.method == "POST":
        return _enter(request, item, acting, at)
    if item.state != WorkItem.State.OPEN:
        messages.info(request, gettext("本环节已经办理，不需要回录。"))
        return redirect("desk:case", item.case.number)
    waiting = waiting_entry(item)
    if waiting is not None:
        return redirect("review:compare_paper", waiting.pk)
    act = _act_on_paper(item, request.GET.get("act") or _first(item), request.user)
    form = act.form(item=item, on=legal_date(at))
    return _entry_page(request, item, act, form, _paper_form(item, at), status=200)


def _first(item: WorkItem) -> str:
    acts = paper_acts(item)
    return acts[0].name if acts else ""


def _act_on_paper(item: WorkItem, name: str, user: User) -> Act:
    """Raises: Invalid (review_no_paper_here, workflows_act_not_of_task)."""
    if not paper_acts(item):
        raise Invalid("review_no_paper_here")
    act, _service = act_of(item, name, user)
    if not act.is_on_paper:
        raise Invalid("workflows_act_not_of_task", act=name[:40])
    return act


def _paper_form(item: WorkItem, at: datetime) -> PaperForm:
    return PaperForm(people=possible_deciders(item, at=at), initial={"key": new_key()})


def _enter(request: SignedIn, item: WorkItem, acting: Acting, at: datetime) -> HttpResponse:
    act, _service = act_of(item, request.POST.get("act", ""), request.user)
    form = act.form(request.POST, request.FILES, item=item, on=legal_date(at))
    paper = PaperForm(request.POST, request.FILES, people=possible_deciders(item, at=at))
    if item.state != WorkItem.State.OPEN:
        who = item.done_by.full_name if item.done_by is not None else "—"
        typed = [*paper.typed(), *form.typed()]
        return lost_step(request, item, Stale("workflows_done_by_other", who=who), typed)
    _act_on_paper(item, act.name, request.user)
    if not (form.is_valid() & paper.is_valid()):
        return _entry_page(request, item, act, form, paper, status=422)
    typed_fields = {name: request.POST.get(name, "") for name in form.fields}
    key = str(paper.cleaned_data["key"])
    try:
        entry = enter_paper_decision(
            acting=acting,
            case_id=item.case_id,
            task_id=item.task_id,
            step=item.step,
            arrived_at=item.arrived_at,
            decider=paper.chosen,
            payload={**typed_fields, "act": act.name, "key": key},
            dated_on=paper.cleaned_data["dated_on"],
            version_code=paper.cleaned_data["version_code"],
            scan=paper.cleaned_data["scan"],
            scan_name=paper.cleaned_data["scan"].name,
            at=at,
        )
    except (NotVisible, Forbidden, Busy):
        raise
    except DomainError as error:
        earlier = waiting_entry(item)
        if earlier is None or earlier.payload.get("key") != key:
            paper.show(error)
            return _entry_page(request, item, act, form, paper, status=error.status)
        entry = earlier
    messages.success(request, gettext("已回录，须由另一人核对一致后生效。"))
    return redirect("review:compare_paper", entry.pk)


def _entry_page(
    request: SignedIn, item: WorkItem, act: Act, form: ActForm, paper: PaperForm, *, status: int
) -> HttpResponse:
    context = {
        "item": item,
        "case": item.case,
        "step": node_label(item.node),
        "act": act,
        "choices": [{"name": one.name, "title": one.form.title, "is_on": one is act} for one in paper_acts(item)],
        "form": form,
        "paper": paper,
    }
    return render(request, "workflows/paper_enter.html", context, status=status)


@login_required
@require_safe
def pending(request: SignedIn) -> HttpResponse:
    """The entries that wait for a comparison, for those who may enter and compare."""
    scope = scope_of(request.user, clock.now())
    if not scope.roles & ENTERING_ROLES:
        raise Forbidden("projects_role_missing", role=Role.CASE_OFFICER.label)
    steps = list(steps_on_paper(scope=scope)[: STEPS_SHOWN + 1])
    context = {
        "entries": pending_entries(scope=scope),
        "steps": [(item, node_label(item.node), Role(item.role).label) for item in steps[:STEPS_SHOWN]],
        "is_cut": len(steps) > STEPS_SHOWN,
        "shown": STEPS_SHOWN,
    }
    return render(request, "workflows/paper_list.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def compare(request: SignedIn, entry_id: int) -> HttpResponse:
    """Scan and entry side by side; found equal by another person, the decision takes effect."""
    at = clock.now()
    entry, item, acting = entry_to_compare(entry_id=entry_id, user=request.user, at=at)
    if request.method == "GET":
        return _compare_page(request, entry, item, RejectForm(), status=200)
    decision = request.POST.get("decision")
    if decision == "differ":
        return _reject(request, entry, item, acting, at)
    if decision != "agree":
        raise Invalid("review_form_incomplete")
    try:
        case = perform_on_paper(entry_id=entry.pk, user=request.user, at=at)
    except Stale as error:
        return lost_step(request, item, error, [])
    except Invalid as error:
        return _compare_page(request, entry, item, RejectForm(), refusal=error, status=error.status)
    messages.success(request, gettext("核对一致，线下签批已生效。") + next_sentence(case))
    return redirect("desk:case", case.number)


def _reject(request: SignedIn, entry: PaperDecision, item: WorkItem, acting: Acting, at: datetime) -> HttpResponse:
    form = RejectForm(request.POST)
    was_rejected = entry.rejected_at is not None and entry.compared_by_id == request.user.pk
    if not was_rejected:
        if not form.is_valid():
            return _compare_page(request, entry, item, form, status=422)
        try:
            reject_comparison(acting=acting, entry_id=entry.pk, reason=form.cleaned_data["reason"], at=at)
        except Invalid as error:
            form.show(error)
            return _compare_page(request, entry, item, form, status=error.status)
    messages.success(request, gettext("已记为不一致，原回录保留；可以重新回录。"))
    return redirect("review:paper_list")


def _compare_page(
    request: SignedIn,
    entry: PaperDecision,
    item: WorkItem,
    form: RejectForm,
    *,
    refusal: Invalid | None = None,
    status: int,
) -> HttpResponse:
    entered = entered_form(entry, item)
    is_waiting = entry.compared_at is None and entry.rejected_at is None
    context = {
        "entry": entry,
        "item": item,
        "case": item.case,
        "step": node_label(item.node),
        "title": entered.title,
        "entered": entered.typed(),
        "form": form,
        "sentence": sentence(refusal) if refusal is not None else "",
        "is_waiting": is_waiting,
        "is_own": entry.entered_by_id == request.user.pk,
        "is_open": item.state == WorkItem.State.OPEN,
    }
    return render(request, "workflows/paper_compare.html", context, status=status)
