"""The ceremony for two people: the operator announces, the supervisor enters the numbers; then everything is public."""

from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from investreview.accounts.http import ScopedRequest
from investreview.core import clock
from investreview.core.errors import Forbidden, Invalid, NotVisible, Stale
from investreview.core.messages import sentence
from investreview.draws.forms import NumbersForm
from investreview.draws.kinds import DrawState, Reader
from investreview.draws.selectors import ceremony as ceremony_of
from investreview.draws.services import export_evidence
from investreview.evaluations.drawn import command_of, drawn_facts
from investreview.evaluations.models import EvaluationYear
from investreview.evaluations.permissions import may_supervise
from investreview.evaluations.selectors.years import sample_by_id, year_by_id
from investreview.evaluations.services import sampling
from investreview.evaluations.states import YearState
from investreview.evaluations.views.common import own_acting, page_of, show

STEPS = (
    (DrawState.FROZEN, gettext_lazy("范围封存")),
    (DrawState.ANNOUNCED, gettext_lazy("核对摘要")),
    (DrawState.ENTROPY, gettext_lazy("现场随机数字")),
    (DrawState.DISCLOSED, gettext_lazy("结果公布")),
)


@login_required
@require_safe
def ceremony(request: ScopedRequest, pk: int) -> HttpResponse:
    """Where the ceremony stands and what each of the two does next."""
    return _ceremony(request, year_by_id(request.scope, pk))


def _ceremony(request: ScopedRequest, found: EvaluationYear, form: NumbersForm | None = None) -> HttpResponse:
    if found.draw is None:
        return redirect("evaluations:setup", found.pk)
    shown = ceremony_of(request.scope, found.draw.pk)
    context = {
        "page": page_of(request.scope, found),
        "ceremony": shown,
        "steps": _steps(DrawState(found.draw.state)),
        "form": form or NumbersForm(),
        "may_enter": may_supervise(request.scope, found.path) and shown.state == DrawState.ANNOUNCED,
        "is_published": found.state == YearState.PUBLISHED,
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form is not None else HTTPStatus.OK
    return render(request, "evaluations/ceremony.html", context, status=status)


def _steps(state: DrawState) -> list[dict[str, object]]:
    """The stations of the ceremony: what the draw's state says is done, the next one is on."""
    on = [step for step, _label in STEPS].index(state) + 1
    told = ("done", "on", "todo")
    return [
        {"label": label, "url": "", "state": told[(place >= on) + (place > on)]}
        for place, (_step, label) in enumerate(STEPS)
    ]


@login_required
@require_POST
def announce(request: ScopedRequest, pk: int) -> HttpResponse:
    """The fingerprint is known from now on."""
    year_by_id(request.scope, pk)
    sampling.announce_year(acting=own_acting(request), year_id=pk, at=clock.now())
    messages.success(request, _("封存摘要已宣布。请打印封存单，双方签字后再摸球。"))
    return redirect("evaluations:ceremony", pk)


@login_required
@require_POST
def numbers(request: ScopedRequest, pk: int) -> HttpResponse:
    """The ten numbers are stored, the sample is drawn and published."""
    found = year_by_id(request.scope, pk)
    if not may_supervise(request.scope, found.path):
        raise Forbidden("draws_supervisor_only")
    form = NumbersForm(request.POST)
    if form.is_valid():
        try:
            sampling.enter_numbers(
                user=request.user,
                scope=request.scope,
                year_id=pk,
                fingerprint_tail=form.cleaned_data["fingerprint_tail"],
                numbers=form.numbers,
                read_by=Reader(form.cleaned_data["read_by"]),
                at=clock.now(),
            )
        except Invalid as error:
            show(form, error)
        except Stale as error:
            messages.error(request, sentence(error))
            return redirect("evaluations:ceremony", pk)
        else:
            messages.success(request, _("抽取完成，范围、随机数字和名单已公布。"))
            return redirect("evaluations:sample", pk)
    return _ceremony(request, found, form)


@login_required
@require_safe
def seal_sheet(request: ScopedRequest, pk: int) -> HttpResponse:
    """The sheet that both sign before a ball is drawn, for printing."""
    found = year_by_id(request.scope, pk)
    if found.draw is None or not found.draw.request_hash:
        raise NotVisible("evaluations_year_not_visible")
    shown = ceremony_of(request.scope, found.draw.pk)
    context = {"page": page_of(request.scope, found), "ceremony": shown}
    return render(request, "evaluations/seal_sheet.html", context)


@login_required
@require_safe
def sample(request: ScopedRequest, pk: int) -> HttpResponse:
    """Every project of the frame, drawn and undrawn, with its probability, and what proves the draw."""
    found = sample_by_id(request.scope, pk)
    if found.state != YearState.PUBLISHED or found.draw is None:
        return redirect("evaluations:ceremony", pk)
    drawn = drawn_facts(found.draw)
    context = {"page": page_of(request.scope, found), "drawn": drawn, "command": command_of(drawn)}
    return render(request, "evaluations/sample.html", context)


@login_required
@require_safe
def evidence(request: ScopedRequest, pk: int) -> HttpResponse:
    """The evidence file, for whoever verifies the sample offline. Journal: draw.export."""
    found = sample_by_id(request.scope, pk)
    if found.state != YearState.PUBLISHED or found.draw is None:
        raise NotVisible("evaluations_year_not_visible")
    data = export_evidence(
        draw_pk=found.draw.pk, confidential=False, user=request.user, scope=request.scope, at=clock.now()
    )
    answer = HttpResponse(data, content_type="application/json")
    answer["Content-Disposition"] = f'attachment; filename="{found.draw.number}.json"'
    return answer
