"""Moves that are no step: hand over for the first time, withdraw, return, recall."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from investreview.accounts.selectors import scope_of
from investreview.core import clock
from investreview.core.errors import Busy, DomainError, Forbidden, Invalid, NotVisible, Stale
from investreview.core.messages import sentence
from investreview.core.roles import Role
from investreview.journal.selectors import entries_of
from investreview.projects.models import Case
from investreview.projects.permissions import acting_as
from investreview.projects.reading import known_case
from investreview.projects.rules import Verb, is_allowed
from investreview.projects.services.checking import return_case as return_service
from investreview.projects.services.releases import hand_over as hand_over_service
from investreview.projects.services.releases import withdraw as withdraw_service
from workflows import engine
from workflows.engine import Service
from workflows.models import WorkItem
from workflows.review.acts import next_sentence
from workflows.review.changes import case_now
from workflows.review.forms.moves import MoveForm, VersionForm
from workflows.review.views.common import SignedIn, readable_item
from workflows.selectors import my_open_item


@login_required
@require_POST
def hand_over(request: SignedIn, number: str) -> HttpResponse:
    """The draft waits for the group's releaser; a draft that came back is handed over on the page of its task."""
    at = clock.now()
    scope = scope_of(request.user, at)
    case, _scope = known_case(number, user=request.user, scope=scope, at=at)
    revising = my_open_item(case, user=request.user, scope=scope, at=at)
    if revising is not None and revising.node == "revise":
        return redirect("review:task", revising.task_id)
    form = VersionForm(request.POST)
    if not form.is_valid():
        raise Invalid("review_form_incomplete")
    try:
        engine.start(
            record_id=case.pk,
            user=request.user,
            at=at,
            version=form.cleaned_data["version"],
            service=hand_over_service,
        )
    except Stale as error:
        if not _did_it(request, case, Verb.HAND_OVER, form.cleaned_data["version"]):
            return _not_handed_over(request, case, error, at)
    except Invalid as error:
        return _not_handed_over(request, case, error, at)
    messages.success(request, gettext("已送审。") + next_sentence(case))
    return redirect("desk:case", number)


def _not_handed_over(request: SignedIn, case: Case, error: DomainError, at: datetime) -> HttpResponse:
    present = Case.objects.select_related("project").get(pk=case.pk)
    context = {"case": present, "sentence": sentence(error), "form": VersionForm(initial={"version": present.version})}
    return render(request, "workflows/hand_over.html", context, status=error.status)


def _did_it(request: SignedIn, case: Case, verb: Verb, version: int) -> bool:
    """Whether this very submission was carried out before: the next version came by this act of this person."""
    present = Case.objects.get(pk=case.pk)
    last = entries_of(case.subject).filter(verb=verb.value).order_by("-pk").first()
    return present.version == version + 1 and last is not None and last.actor_id == request.user.as_actor().id


@dataclass(frozen=True)
class Ending:
    """A way a case ends outside its steps: who may, by which verb, and the words of its page."""

    role: Role
    verb: Verb
    service: Service
    title: Promise
    button: Promise
    explanation: Promise
    done: Promise


WITHDRAWAL = Ending(
    role=Role.ENTERPRISE_RELEASER,
    verb=Verb.WITHDRAW,
    service=withdraw_service,
    title=_("撤回办件"),
    button=_("撤回办件"),
    explanation=_("撤回后办件终止，不能恢复；需要再报时作为新的办件报送。签发之后不能撤回。"),
    done=_("办件已撤回。"),
)
RETURN = Ending(
    role=Role.CASE_OFFICER,
    verb=Verb.RETURN,
    service=return_service,
    title=_("退回办件"),
    button=_("退回办件"),
    explanation=_("不属于市国资委办理事项的，说明理由后退回，办件终止；企业再报时作为新的办件。材料不齐的请用补正。"),
    done=_("办件已退回企业。"),
)


@login_required
@require_http_methods(["GET", "POST"])
def withdraw(request: SignedIn, number: str) -> HttpResponse:
    """The group takes its case back, with a reason, before the signature."""
    return _end(request, number, WITHDRAWAL)


@login_required
@require_http_methods(["GET", "POST"])
def return_case(request: SignedIn, number: str) -> HttpResponse:
    """The officer returns what is no case for the commission, with a reason."""
    return _end(request, number, RETURN)


def _end(request: SignedIn, number: str, ending: Ending) -> HttpResponse:
    at = clock.now()
    case, _scope = known_case(number, user=request.user, scope=scope_of(request.user, at), at=at)
    acting = acting_as(user=request.user, role=ending.role, path=case.path, at=at)
    form = MoveForm(request.POST or None, initial={"version": case.version})
    if request.method == "GET" and not is_allowed(ending.verb, case.state):
        raise Invalid("projects_not_allowed_in_state", state=case.get_state_display())
    if request.method == "GET" or not form.is_valid():
        return _ending_page(request, case, ending, form, status=200 if request.method == "GET" else 422)
    version, reason = form.cleaned_data["version"], form.cleaned_data["reason"]
    try:
        engine.cancel(
            record_id=case.pk, acting=acting, at=at, version=version, service=ending.service, facts={"reason": reason}
        )
    except Stale as error:
        if not _did_it(request, case, ending.verb, version):
            return _ending_page(request, case, ending, _on_present(form, case), error=error, status=error.status)
    except (NotVisible, Forbidden, Busy):
        raise
    except DomainError as error:
        form.show(error)
        return _ending_page(request, case, ending, form, status=error.status)
    messages.success(request, str(ending.done))
    return redirect("desk:case", number)


def _on_present(form: MoveForm, case: Case) -> MoveForm:
    return MoveForm({"version": case.version, "reason": form.cleaned_data["reason"]})


def _ending_page(
    request: SignedIn, case: Case, ending: Ending, form: MoveForm, *, error: Stale | None = None, status: int
) -> HttpResponse:
    context = {"case": case, "ending": ending, "form": form}
    if error is not None:
        context |= {"sentence": sentence(error), "theirs": case_now(case), "yours": form.typed()}
    return render(request, "workflows/end.html", context, status=status)


@login_required
@require_POST
def recall(request: SignedIn, task_id: int) -> HttpResponse:
    """The person's last act is taken back; asked twice, it is taken back once."""
    at = clock.now()
    item = readable_item(task_id=task_id, user=request.user, at=at)
    if item.state != WorkItem.State.RECALLED or item.done_by_id != request.user.pk:
        engine.recall(task_id=task_id, user=request.user, at=at)
    messages.success(request, gettext("已收回，办件回到您办理之前。") + next_sentence(item.case))
    return redirect("desk:case", item.case.number)
