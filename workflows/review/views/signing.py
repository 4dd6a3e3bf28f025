"""今日待签: the leader's queue with one sheet beside it; signed, the next one opens at once."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from investreview.core import clock
from investreview.core.clock import legal_date
from investreview.core.errors import Busy, DomainError, Forbidden, Invalid, NotVisible, Stale
from investreview.core.messages import sentence
from investreview.documents.merging import system_copies
from investreview.documents.pages.access import note_access
from investreview.projects.acting import Acting
from investreview.projects.forms.instructions import InstructionForm
from investreview.projects.instructions import addressees
from investreview.projects.permissions import ENTERING_ROLES
from investreview.projects.services.forms import print_approval_sheet
from investreview.projects.services.instructions import give_instruction
from workflows import engine
from workflows.models import WorkItem
from workflows.permissions import acting_for
from workflows.review.act import Act
from workflows.review.acts import act_of, done_sentence, offered_acts
from workflows.review.changes import case_now
from workflows.review.forms.base import ActForm, Envelope
from workflows.review.forms.signing import INSTRUCT, DecisionForm
from workflows.review.letters import current_ordinal, letter_at
from workflows.review.queue import SHOWN, SIGNED_HERE, Queue, require_leads, signing_queue, waiting_for_leader
from workflows.review.signing import choices, read_for_signing, signing_page
from workflows.review.views.common import SignedIn, checked_envelope, lost_step, new_key, readable_item
from workflows.selectors import item_for


@login_required
@require_safe
def signing(request: SignedIn) -> HttpResponse:
    """The queue, with the first thing to sign beside it.

    Raises: Forbidden (projects_role_missing) for whoever neither leads nor stands in for a leader.
    """
    at = clock.now()
    require_leads(scope=request.scope, lent=request.lent)
    queue = signing_queue(user=request.user, scope=request.scope, lent=request.lent, at=at, today=legal_date(at))
    if queue.here():
        item, acting = item_for(task_id=queue.here()[0].task_id, user=request.user, at=at)
        return _page(request, item, acting, at, queue=queue, is_first_view=True)
    return render(request, "workflows/signing/page.html", {"queue": queue, "today": legal_date(at)})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def signing_one(request: SignedIn, task_id: int) -> HttpResponse:
    """One thing to sign; opening it ends the recall of the act before it.

    Raises: Forbidden, NotVisible, as the step's own page does.
    """
    at = clock.now()
    item, acting = item_for(task_id=task_id, user=request.user, at=at)
    if item.node not in SIGNED_HERE:
        return redirect("review:task", task_id)
    require_leads(scope=request.scope, lent=request.lent)
    if request.method == "POST":
        return _do(request, item, acting, at)
    if item.state != WorkItem.State.OPEN:
        messages.info(request, gettext("“%(project)s”已经办理。") % {"project": item.case.project.name})
        return redirect("review:signing")
    return _page(request, item, acting, at)


def _do(request: SignedIn, item: WorkItem, acting: Acting, at: datetime) -> HttpResponse:
    """The act is carried out and the next thing opens, or the page comes back with what was typed."""
    name = request.POST.get("act", "")
    envelope = checked_envelope(request)
    key = str(envelope.cleaned_data["key"])
    decision = _decision(request, item, _main(item, request, at), request.POST)
    if name == INSTRUCT:
        return _instruct(request, item, acting, decision, key, at)
    act, service = act_of(item, name, request.user)
    form = act.form(decision.data_for(name), item=item, on=legal_date(at))
    is_open = item.state == WorkItem.State.OPEN
    task = _task(decision, key) if decision.has_task else None
    if is_open and not (form.is_valid() & (task is None or task.is_valid())):
        return _wrong(request, item, acting, at, decision, form, task)
    following = signing_queue(
        user=request.user, scope=request.scope, lent=request.lent, at=at, today=legal_date(at)
    ).after(item.task_id)
    try:
        with transaction.atomic():
            case = engine.perform(
                task_id=item.task_id,
                user=request.user,
                at=at,
                version=envelope.cleaned_data["version"] if act.asks_version else None,
                service=service,
                facts=form.facts() if is_open else {},
                key=key,
            )
            if task is not None and is_open:
                _give(acting, case.pk, task, key, at)
    except Stale as error:
        return _changed(request, item.task_id, act, decision, error, at)
    except (NotVisible, Forbidden, Busy):
        raise
    except DomainError as error:
        decision.show(error)
        return _page(request, item, acting, at, decision=decision, status=error.status)
    messages.success(request, _said(act, case, task is not None))
    if following is None:
        return redirect("review:signing")
    return redirect("review:signing_one", following.task_id)


def _said(act: Act, case: Any, has_task: bool) -> str:
    """What was done to which project, and that the remark is followed as a task."""
    done = gettext("“%(project)s”：%(done)s") % {"project": case.project.name, "done": done_sentence(act, case)}
    return done + gettext("批示已交办。") if has_task else done


def _instruct(
    request: SignedIn, item: WorkItem, acting: Acting, decision: DecisionForm, key: str, at: datetime
) -> HttpResponse:
    """The remark is a task for somebody; the thing itself still waits for the signature."""
    task = _task(decision, key)
    if not task.is_valid():
        return _wrong(request, item, acting, at, decision, task)
    try:
        _give(acting, item.case_id, task, key, at)
    except Invalid as error:
        decision.show(error)
        return _page(request, item, acting, at, decision=decision, status=error.status)
    messages.success(request, gettext("批示已交办，承办人会收到通知；本件仍在待签。"))
    return redirect("review:signing_one", item.task_id)


def _task(decision: DecisionForm, key: str) -> InstructionForm:
    """The remark as an instruction of its own."""
    return InstructionForm({**decision.data_for(INSTRUCT), "key": key}, addressees=decision.addressees)


def _give(acting: Acting, case_id: int, task: InstructionForm, key: str, at: datetime) -> None:
    given = task.cleaned_data
    give_instruction(
        acting=acting,
        case_id=case_id,
        text=given["text"],
        addressee=task.chosen,
        due_on=given["due_on"],
        key=f"signing:{key}",
        at=at,
    )


def _wrong(
    request: SignedIn,
    item: WorkItem,
    acting: Acting,
    at: datetime,
    decision: DecisionForm,
    *forms: ActForm | InstructionForm | None,
) -> HttpResponse:
    for form in forms:
        if form is not None:
            decision.take_errors(form)
    return _page(request, item, acting, at, decision=decision, status=422)


def _changed(
    request: SignedIn, task_id: int, act: Act, decision: DecisionForm, error: Stale, at: datetime
) -> HttpResponse:
    """Somebody was faster: the step is gone, or the page comes back on the present state with both texts."""
    item = readable_item(task_id=task_id, user=request.user, at=at)
    if item.state != WorkItem.State.OPEN:
        return lost_step(request, item, error, decision.typed())
    data: QueryDict = request.POST.copy()
    if "letter_version" in data:
        data["letter_version"] = str(current_ordinal(letter_at(item)))
    again = _decision(request, item, _main(item, request, at), data)
    acting = acting_for(user=request.user, item=item, at=at)
    return _page(request, item, acting, at, decision=again, stale=error, status=error.status)


def _decision(request: SignedIn, item: WorkItem, main: ActForm | None, data: QueryDict | None) -> DecisionForm:
    people = addressees(item.case.commission, without=frozenset({request.user.pk}))
    return DecisionForm(data, item=item, main=main, addressees=people)


def _main(item: WorkItem, request: SignedIn, at: datetime) -> ActForm | None:
    acts = offered_acts(item, request.user) if item.state == WorkItem.State.OPEN else []
    return acts[0].form(item=item, on=legal_date(at)) if acts else None


def _page(
    request: SignedIn,
    item: WorkItem,
    acting: Acting,
    at: datetime,
    *,
    queue: Queue | None = None,
    decision: DecisionForm | None = None,
    stale: Stale | None = None,
    is_first_view: bool = False,
    status: int = 200,
) -> HttpResponse:
    today = legal_date(at)
    engine.note_opened(item=item, user=request.user, at=at)
    queue = queue or signing_queue(user=request.user, scope=request.scope, lent=request.lent, at=at, today=today)
    read_for_signing(item, today)
    acts, main = offered_acts(item, request.user), _main(item, request, at)
    decision = decision or _decision(request, item, main, None)
    context: dict[str, Any] = {
        "queue": queue,
        "today": today,
        "page": signing_page(item, scope=acting.scope, at=at),
        "form": decision,
        "envelope": Envelope(initial={"version": item.case.version, "key": new_key()}),
        "choices": choices(acts, main, item) if main is not None else None,
        "on_behalf_of": acting.principal.full_name if acting.principal is not None else "",
        "next": queue.after(item.task_id),
        "previous": queue.before(item.task_id),
        "is_first_view": is_first_view,
        "enters_paper": request.scope.holds_any(ENTERING_ROLES, item.case.path),
    }
    if stale is not None:
        context |= {"sentence": sentence(stale), "theirs": case_now(item.case), "yours": decision.typed()}
    return render(request, "workflows/signing/page.html", context, status=status)


@login_required
@require_POST
def print_sheets(request: SignedIn) -> HttpResponse:
    """One PDF of the 呈批表 of everything that waits, each page the paper that is signed by hand; noted as printed.

    Raises: Forbidden, Invalid (review_no_sheets) when nothing with a sheet waits. Journal: document.print.
    """
    at = clock.now()
    require_leads(scope=request.scope, lent=request.lent)
    waiting = waiting_for_leader(user=request.user, scope=request.scope, lent=request.lent, at=at).exclude(
        node="remedy_sign"
    )[:SHOWN]
    sheets = []
    for item in waiting:
        acting = acting_for(user=request.user, item=item, at=at)
        sheets.append(print_approval_sheet(acting=acting, case_id=item.case_id, at=at))
    if not sheets:
        raise Invalid("review_no_sheets")
    for sheet in sheets:
        note_access(sheet, "print", actor=request.user.as_actor(), at=at)
    title = gettext("呈批表 %(day)s") % {"day": f"{legal_date(at):%Y-%m-%d}"}
    answer = HttpResponse(system_copies(sheets, title=title), content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="sheets-{legal_date(at):%Y%m%d}.pdf"'
    answer["Cache-Control"] = "private, no-store"
    return answer
