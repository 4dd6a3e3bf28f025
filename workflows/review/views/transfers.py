"""Transfer 转办: a task goes to another person who may do it, and stays seen."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from investreview.core import clock
from investreview.core.errors import Invalid, Stale
from investreview.journal.selectors import entries_of
from investreview.projects.rules import Verb
from workflows import engine
from workflows.labels import node_label
from workflows.models import WorkItem
from workflows.people import possible_successors
from workflows.permissions import acting_on_holding
from workflows.review.forms.moves import TransferForm
from workflows.review.views.common import SignedIn, lost_step, readable_item


@login_required
@require_http_methods(["GET", "POST"])
def transfer(request: SignedIn, task_id: int) -> HttpResponse:
    """The task goes to another person who may do it; asked twice, it goes once."""
    at = clock.now()
    item = readable_item(task_id=task_id, user=request.user, at=at)
    if request.method == "POST" and _was_transferred(request, item):
        return _done(request, item)
    acting_on_holding(user=request.user, item=item, at=at)
    form = TransferForm(request.POST or None, people=possible_successors(item, giver=request.user, at=at))
    if item.state != WorkItem.State.OPEN:
        who = item.done_by.full_name if item.done_by is not None else "—"
        return lost_step(request, item, Stale("workflows_done_by_other", who=who), _typed(form))
    if request.method == "GET" or not form.is_valid():
        return _page(request, item, form, status=200 if request.method == "GET" else 422)
    try:
        item = engine.transfer(
            task_id=task_id, user=request.user, to=form.chosen, reason=form.cleaned_data["reason"], at=at
        )
    except Stale as error:
        return lost_step(request, readable_item(task_id=task_id, user=request.user, at=at), error, form.typed())
    except Invalid as error:
        form.show(error)
        return _page(request, item, form, status=error.status)
    return _done(request, item)


def _typed(form: TransferForm) -> list[tuple[str, str]]:
    return form.typed() if form.is_bound else []


def _was_transferred(request: SignedIn, item: WorkItem) -> bool:
    """Whether this very submission was carried out before."""
    if item.assignee_id is None or str(item.assignee_id) != request.POST.get("to"):
        return False
    last = entries_of(item.case.subject).filter(verb=Verb.TRANSFER.value).order_by("-pk").first()
    return last is not None and last.actor_id == request.user.as_actor().id


def _done(request: SignedIn, item: WorkItem) -> HttpResponse:
    said = gettext("“%(step)s”已转给%(who)s办理。")
    who = item.assignee.full_name if item.assignee is not None else "—"
    messages.success(request, said % {"step": node_label(item.node), "who": who})
    return redirect("desk:case", item.case.number)


def _page(request: SignedIn, item: WorkItem, form: TransferForm, *, status: int) -> HttpResponse:
    context = {"item": item, "case": item.case, "step": node_label(item.node), "form": form}
    return render(request, "workflows/transfer.html", context, status=status)
