"""The page of a task: read it, and do one of its acts."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from investreview.accounts.models import User
from investreview.core import clock
from investreview.core.clock import legal_date
from investreview.core.errors import Busy, DomainError, Forbidden, NotVisible, Stale
from investreview.core.messages import sentence
from investreview.core.scope import Scope
from investreview.projects.views.scans import with_scans
from workflows import engine
from workflows.models import WorkItem
from workflows.panel.acts import PANEL_STEPS
from workflows.panel.pages.steps import StepPage, step_page
from workflows.panel.selectors import read_holder
from workflows.panel.ways import way_on
from workflows.permissions import acting_for
from workflows.review.act import Act
from workflows.review.acts import act_of, done_sentence, offered_acts
from workflows.review.changes import case_now
from workflows.review.forms.base import Envelope
from workflows.review.letters import current_ordinal, letter_at
from workflows.review.links import links_of
from workflows.review.opinions import opinion_lines
from workflows.review.page import is_inside, read_for_page, task_page
from workflows.review.views.common import Panel, SignedIn, checked_envelope, lost_step, new_key, panel, readable_item
from workflows.selectors import item_for


@login_required
@require_http_methods(["GET", "POST"])
@with_scans
def task(request: SignedIn, task_id: int) -> HttpResponse:
    """The task for whoever may do it; opening it ends the recall of the act before it."""
    at = clock.now()
    item, acting = item_for(task_id=task_id, user=request.user, at=at)
    if request.method == "POST":
        return _do(request, item, acting.scope, at)
    if item.state != WorkItem.State.OPEN and item.node in PANEL_STEPS:
        messages.info(request, gettext("本环节已经办理。"))
        return redirect(way_on(item, request.user))
    engine.note_opened(item=item, user=request.user, at=at)
    return _page(request, item, acting.scope, at)


def _do(request: SignedIn, item: WorkItem, scope: Scope, at: datetime) -> HttpResponse:
    """The act is carried out and the case page says so, or the page comes back with what was typed."""
    act, service = act_of(item, request.POST.get("act", ""), request.user)
    envelope = checked_envelope(request)
    form = act.form(request.POST, request.FILES, item=item, on=legal_date(at), auto_id=f"id_{act.name}_%s")
    tried = Panel(act, form, envelope)
    is_open = item.state == WorkItem.State.OPEN
    if is_open and not form.is_valid():
        return _page(request, item, scope, at, tried=tried, status=422)
    try:
        if is_open:
            form.beforehand(user=request.user, at=at)
        case = engine.perform(
            task_id=item.task_id,
            user=request.user,
            at=at,
            version=envelope.cleaned_data["version"] if act.asks_version else None,
            service=service,
            facts=form.facts() if is_open else {},
            key=str(envelope.cleaned_data["key"]),
        )
    except Stale as error:
        return _changed(request, tried, error, task_id=item.task_id, at=at)
    except (NotVisible, Forbidden, Busy):
        raise
    except DomainError as error:
        form.show(error)
        return _page(request, item, scope, at, tried=tried, status=error.status)
    messages.success(request, done_sentence(act, case))
    return redirect(way_on(item, request.user) or reverse("desk:case", args=[case.number]))


def _changed(request: SignedIn, tried: Panel, error: Stale, *, task_id: int, at: datetime) -> HttpResponse:
    """Somebody was faster: the step is gone, or the page comes back on the present state with both texts."""
    item = readable_item(task_id=task_id, user=request.user, at=at)
    if item.state != WorkItem.State.OPEN:
        return lost_step(request, item, error, tried.form.typed())
    scope = acting_for(user=request.user, item=item, at=at).scope
    again = _on_present_state(request, tried.act, item, at)
    return _page(request, item, scope, at, tried=again, stale=error, status=error.status)


def _on_present_state(request: SignedIn, act: Act, item: WorkItem, at: datetime) -> Panel:
    data: QueryDict = request.POST.copy()
    data["version"] = str(item.case.version)
    if "letter_version" in data:
        data["letter_version"] = str(current_ordinal(letter_at(item)))
    form = act.form(data, item=item, on=legal_date(at), auto_id=f"id_{act.name}_%s")
    return Panel(act, form, Envelope(data))


def _page(
    request: SignedIn,
    item: WorkItem,
    scope: Scope,
    at: datetime,
    *,
    tried: Panel | None = None,
    stale: Stale | None = None,
    status: int = 200,
) -> HttpResponse:
    if item.node not in PANEL_STEPS:
        read_for_page(item)
    elif item.place:
        read_holder(item)
    panels = _panels(item, request.user, at, tried) if item.state == WorkItem.State.OPEN else []
    typed = request.POST if request.method == "POST" else request.GET
    own = step_page(item, user=request.user, scope=scope, at=at, panels=panels, typed=typed)
    if own is None:
        own = _general_page(item, scope, at)
    context: dict[str, Any] = {**own.context, "panels": panels, "has_files": any(one.form.has_files for one in panels)}
    if stale is not None and tried is not None:
        context |= {"sentence": sentence(stale), "theirs": case_now(item.case), "yours": tried.form.typed()}
    return render(request, own.template, context, status=status)


def _general_page(item: WorkItem, scope: Scope, at: datetime) -> StepPage:
    """The page of a step that has none of its own: everything of the case that its reader may see."""
    context = {
        "page": task_page(item, scope=scope, at=at),
        "opinions": opinion_lines(item.case) if is_inside(item) else [],
        "links": links_of(item, scope),
    }
    return StepPage("workflows/task.html", context)


def _panels(item: WorkItem, user: User, at: datetime, tried: Panel | None) -> list[Panel]:
    """The forms of the step; the one that was tried stands as it was typed."""
    key = new_key()
    panels = [panel(act, item, at=at, key=key) for act in offered_acts(item, user)]
    if tried is None:
        return panels
    if tried.act.name not in {one.act.name for one in panels}:
        return [*panels, tried]
    return [tried if one.act.name == tried.act.name else one for one in panels]
