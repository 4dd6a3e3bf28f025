"""Whose a step is, who else shall read the case, the enterprise's reminder: pages and buttons beside a step."""

from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from investreview.accounts.selectors import scope_of
from investreview.core import clock
from investreview.core.clock import legal_date
from investreview.core.errors import Forbidden, Invalid, Stale
from investreview.core.templatetags.ir import day
from investreview.projects.models import Case
from investreview.projects.reading import known_case
from workflows import holding
from workflows.circulating import acting_on_circulation, circulations_of, possible_readers
from workflows.circulating import circulate as circulate_service
from workflows.labels import node_label
from workflows.permissions import acting_on_holding
from workflows.review.forms.base import DoorForm
from workflows.review.forms.moves import CirculationForm, ReasonForm, UrgingForm
from workflows.review.views.common import SignedIn, lost_step, readable_item
from workflows.urging import URGING_DAYS, may_urge, urging_state
from workflows.urging import urge as urge_service


@dataclass(frozen=True)
class Move:
    """The words of a page that asks one thing; ``button`` is empty where there is nothing to press now."""

    title: str
    explanation: str
    button: str = ""
    more: dict[str, Any] = field(default_factory=dict)


@login_required
@require_POST
def claim(request: SignedIn, task_id: int) -> HttpResponse:
    """The step is the person's, who is on its page now."""
    item = holding.claim(task_id=task_id, user=request.user, at=clock.now())
    messages.success(request, gettext("已认领“%(step)s”。") % {"step": node_label(item.node)})
    return redirect("review:task", task_id)


@login_required
@require_http_methods(["GET", "POST"])
def give_back(request: SignedIn, task_id: int) -> HttpResponse:
    """The step waits for whoever of the office takes it; asked twice, it is given back once."""
    at = clock.now()
    item = readable_item(task_id=task_id, user=request.user, at=at)
    acting_on_holding(user=request.user, item=item, at=at)
    form = ReasonForm(request.POST or None)
    move = Move(
        title=gettext("退回待认领：%(step)s") % {"step": node_label(item.node)},
        explanation=gettext("退回后由本处室（单位）其他人员认领办理；本环节期限不变，理由记入操作日志。"),
        button=gettext("退回待认领"),
    )
    if request.method == "GET" or not form.is_valid():
        return _page(request, item.case, move, form, status=200 if request.method == "GET" else 422)
    try:
        holding.give_back(task_id=task_id, user=request.user, reason=form.cleaned_data["reason"], at=at)
    except Stale as error:
        return lost_step(request, readable_item(task_id=task_id, user=request.user, at=at), error, form.typed())
    except Invalid as error:
        form.show(error)
        return _page(request, item.case, move, form, status=error.status)
    messages.success(request, gettext("已退回待认领。"))
    return redirect("desk:case", item.case.number)


@login_required
@require_http_methods(["GET", "POST"])
def circulate(request: SignedIn, number: str) -> HttpResponse:
    """The case is put before people who may read it; nobody gets it twice while it is unread."""
    at = clock.now()
    case, _scope = known_case(number, user=request.user, scope=scope_of(request.user, at), at=at)
    acting = acting_on_circulation(case, user=request.user, at=at)
    form = CirculationForm(request.POST or None, people=possible_readers(case, acting=acting, at=at))
    move = Move(
        title=gettext("传阅"),
        explanation=gettext("传阅只供阅读，不计入办理时限，也不增加查看权限；只列出本来就可以查看本办件的人员。"),
        button=gettext("送阅") if form.people else "",
        more={"circulations": circulations_of(case, kind=request.user.kind)},
    )
    if request.method == "GET" or not form.is_valid():
        return _page(request, case, move, form, status=200 if request.method == "GET" else 422)
    chosen = form.cleaned_data
    try:
        sent = circulate_service(
            case_id=case.pk, user=request.user, readers=chosen["readers"], note=chosen["note"], at=at
        )
    except Invalid as error:
        form.show(error)
        return _page(request, case, move, form, status=error.status)
    if sent:
        names = gettext("、").join(one.reader.full_name for one in sent)
        messages.success(request, gettext("已送%(names)s阅。") % {"names": names})
    else:
        messages.info(request, gettext("所选人员都有本办件的未阅传阅，没有重复发送。"))
    return redirect("desk:case", number)


@login_required
@require_http_methods(["GET", "POST"])
def urge(request: SignedIn, number: str) -> HttpResponse:
    """Whoever has the step is told that the enterprise waits; the page says when it may be said again."""
    at = clock.now()
    case, scope = known_case(number, user=request.user, scope=scope_of(request.user, at), at=at)
    if not may_urge(scope, case.path):
        raise Forbidden("workflows_urging_not_yours")
    state = urging_state(case)
    waits = state.again_from is not None and state.again_from > legal_date(at)
    move = Move(
        title=gettext("催办"),
        explanation=gettext("催办通知发给本环节办理人；每 %(days)d 个工作日可以催办一次，催办不改变办理时限。")
        % {"days": URGING_DAYS},
        button="" if waits else gettext("催办"),
        more={"urged": _urged(state.last_on, state.again_from) if state.last_on else ""},
    )
    form = UrgingForm(request.POST or None)
    if request.method == "GET" or not form.is_valid():
        return _page(request, case, move, form, status=200 if request.method == "GET" else 422)
    try:
        urging = urge_service(case_id=case.pk, user=request.user, note=form.cleaned_data["note"], at=at)
    except Invalid as error:
        form.show(error)
        return _page(request, case, move, form, status=error.status)
    messages.success(request, gettext("已催办。") + _urged(urging.asked_on, urging.again_from))
    return redirect("desk:case", number)


def _urged(asked_on: Any, again_from: Any) -> str:
    said = gettext("上次催办：%(asked)s；%(again)s起可以再次催办。")
    return said % {"asked": day(asked_on), "again": day(again_from)}


def _page(request: SignedIn, case: Case, move: Move, form: DoorForm, *, status: int) -> HttpResponse:
    return render(request, "workflows/move.html", {"case": case, "move": move, "form": form}, status=status)
