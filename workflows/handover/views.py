"""Hand-overs: whose work there is to hand over, who takes it, and the sheet afterwards."""

from datetime import datetime
from uuid import uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from investreview.accounts.http import ScopedRequest
from investreview.accounts.models import User
from investreview.core import clock
from investreview.core.errors import Busy, DomainError, Forbidden, NotVisible, Stale
from investreview.core.messages import sentence
from investreview.documents.selectors import documents
from workflows.handing_over import hand_over
from workflows.handover.forms import HandoverForm, possible_receivers
from workflows.handover.load import described, held_by, holders_of_work, kind_label
from workflows.handover.paper import UNIT, unit_of
from workflows.handover.permissions import may_hand_over, people_of, readable_handovers
from workflows.models import Handover

SHOWN = 20


@login_required
@require_safe
def people(request: ScopedRequest) -> HttpResponse:
    """What this person holds, whose work else they may hand over, and the latest sheets they may read."""
    reached = people_of(request.scope)
    holding, others = holders_of_work(reached), reached.select_related(*UNIT)
    context = {
        "mine": held_by(request.user),
        "leads": bool(others),
        "others": [(one, unit_of(one)) for one in others if one.pk in holding],
        "sheets": readable_handovers(request.scope).select_related("giver", "performed_by")[:SHOWN],
    }
    return render(request, "handover/people.html", context)


def _giver(request: ScopedRequest, person_id: int) -> User:
    """The person, for whoever may hand over their work.

    Raises: NotVisible (accounts_person_not_visible), the same for somebody who does not exist.
    """
    person = User.objects.select_related(*UNIT).filter(pk=person_id).first()
    if person is None or not may_hand_over(request.scope, person):
        raise NotVisible("accounts_person_not_visible")
    return person


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: ScopedRequest, person_id: int) -> HttpResponse:
    """Everything the person holds, with who takes it; sent, all of it changes hands."""
    at, giver = clock.now(), _giver(request, person_id)
    done = _done_before(request)
    if done is not None:
        return redirect("handover:sheet", done.number)
    held = held_by(giver)
    receivers = possible_receivers(held, giver=giver, at=at)
    form = HandoverForm(request.POST or None, held=held, people=receivers, initial={"key": uuid4()})
    if not form.is_bound or not form.is_valid():
        return _page(request, giver, form, status=422 if form.is_bound else 200)
    return _hand_over(request, giver, form, at)


def _done_before(request: ScopedRequest) -> Handover | None:
    """What this very submission brought about when it was sent before."""
    key = request.POST.get("key", "")
    return Handover.objects.filter(key=key, performed_by=request.user).first() if key else None


def _hand_over(request: ScopedRequest, giver: User, form: HandoverForm, at: datetime) -> HttpResponse:
    data = form.cleaned_data
    try:
        done = hand_over(
            giver=giver, user=request.user, plan=form.plan(), reason=data["reason"], key=str(data["key"]), at=at
        )
    except Stale as error:
        held = held_by(giver)
        again = HandoverForm(request.POST, held=held, people=possible_receivers(held, giver=giver, at=at))
        again.is_valid()
        return _page(request, giver, again, stale=error, status=error.status)
    except (NotVisible, Forbidden, Busy):
        raise
    except DomainError as error:
        form.show(error)
        return _page(request, giver, form, status=error.status)
    messages.success(request, _("工作已交接，交接单%(number)s。") % {"number": done.number})
    return redirect("handover:sheet", done.number)


def _page(
    request: ScopedRequest, giver: User, form: HandoverForm, *, stale: Stale | None = None, status: int
) -> HttpResponse:
    context = {
        "giver": giver,
        "unit": unit_of(giver),
        "form": form,
        "is_oneself": giver.pk == request.user.pk,
        "sentence": sentence(stale) if stale is not None else "",
    }
    return render(request, "handover/plan.html", context, status=status)


@login_required
@require_safe
def sheet(request: ScopedRequest, number: str) -> HttpResponse:
    """The hand-over line by line, to read and print, with its PDF for whoever may have it.

    Raises: NotVisible (workflows_hand_over_not_visible).
    """
    found = readable_handovers(request.scope).select_related("giver__enterprise", "giver__office", "performed_by")
    handover = found.select_related("giver__commission").filter(number=number).first()
    if handover is None:
        raise NotVisible("workflows_hand_over_not_visible")
    lines = handover.lines.select_related("case__project", "item", "note", "instruction", "receiver")
    context = {
        "handover": handover,
        "unit": unit_of(handover.giver),
        "rows": [(line, kind_label(line.kind), described(line)) for line in lines],
        "document": documents(request.scope).filter(pk=handover.document_id or 0).first(),
    }
    return render(request, "handover/sheet.html", context)
