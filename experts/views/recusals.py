"""Recusal of a case: the enterprise's requests and their answers; who is left out of a draw and why."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from experts.forms.recusals import (
    GRANT,
    AnswerForm,
    DecideForm,
    DismissForm,
    IndustryForm,
    RecusalForm,
    RecusalLetterForm,
)
from experts.labels import EXCLUSION_LABELS, seat_name
from experts.models import RecusalRequest
from experts.permissions import AVOIDANCE_READERS
from experts.selectors.eligible import pool_for_draw, round_to_draw
from experts.selectors.pool import industry_names
from experts.services import dismissals, recusals
from experts.states import RecusalKind, RecusalState
from experts.views.common import pool_actor
from investreview.accounts.http import ScopedRequest
from investreview.core import clock
from investreview.core.clock import legal_date
from investreview.core.errors import Forbidden, Invalid, NotVisible
from investreview.core.messages import sentence
from investreview.core.roles import ENTERPRISE_ROLES, Role
from investreview.projects.models import Case
from investreview.projects.permissions import acting_as
from investreview.projects.reading import known_case
from investreview.projects.routing import confirmed_rules
from investreview.projects.selectors import visible_cases
from investreview.projects.views.common import acting_of
from investreview.registry.forms import show_error


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def requests(request: ScopedRequest, number: str) -> HttpResponse:
    """The requests of recusal on a case, the newest first; its enterprise asks for one more."""
    case = _known(request, number)
    form = RecusalForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        if not request.scope.holds_any(ENTERPRISE_ROLES, case.path):
            raise Forbidden("projects_role_missing", role=Role.ENTERPRISE_DRAFTER.label)
        if form.is_valid():
            try:
                recusals.ask_recusal(acting=acting_of(request), case_id=case.pk, facts=form.as_facts(), at=clock.now())
            except Invalid as error:
                show_error(form, error)
            else:
                messages.success(request, _("回避申请已提交，等待处长答复。"))
                return redirect("experts:recusals", number)
    return _page(request, case, form=form)


def _known(request: ScopedRequest, number: str) -> Case:
    """The case, if this person may know it. Raises: NotVisible."""
    return known_case(number, user=request.user, scope=request.scope, at=clock.now())[0]


def _page(
    request: ScopedRequest,
    case: Case,
    *,
    form: RecusalForm | None = None,
    letter: RecusalLetterForm | None = None,
    answered: tuple[int, AnswerForm] | None = None,
) -> HttpResponse:
    rows = list(case.recusal_requests.select_related("entered_by", "decided_by", "scan").order_by("-id"))
    is_head = request.scope.holds(Role.OFFICE_HEAD, case.path)
    answers = {row.pk: _answer_form(row) for row in rows if is_head and row.state == RecusalState.OPEN}
    if answered is not None:
        answers[answered[0]] = answered[1]
    is_enterprise = request.scope.holds_any(ENTERPRISE_ROLES, case.path)
    is_refused = any(one is not None and one.is_bound for one in (form, letter)) or answered is not None
    context = {
        "case": case,
        "rows": [(row, answers.get(row.pk)) for row in rows],
        "is_inside": not is_enterprise,
        "form": (form or RecusalForm()) if is_enterprise else None,
        "letter": (letter or RecusalLetterForm()) if request.scope.holds(Role.CASE_OFFICER, case.path) else None,
    }
    return render(request, "experts/recusals.html", context, status=422 if is_refused else 200)


def _answer_form(row: RecusalRequest) -> AnswerForm:
    """An organisation that was asked for is the one that would stand aside."""
    line = f"{row.stated} {row.credit_code}".strip() if row.kind == RecusalKind.ORGANISATION else ""
    return AnswerForm(key=f"answer{row.pk}", version=row.version, initial={"organisations": line})


@login_required
@require_POST
def enter(request: ScopedRequest, number: str) -> HttpResponse:
    """The officer enters what the enterprise asked for by letter."""
    case = _known(request, number)
    at = clock.now()
    acting = acting_as(user=request.user, role=Role.CASE_OFFICER, path=case.path, at=at)
    form = RecusalLetterForm(request.POST, request.FILES)
    if form.is_valid():
        scan = form.cleaned_data["scan"]
        try:
            recusals.enter_recusal(
                acting=acting, case_id=case.pk, facts=form.as_facts(), scan=scan, scan_name=scan.name, at=at
            )
        except Invalid as error:
            show_error(form, error)
        else:
            messages.success(request, _("来函已登记，等待处长答复。"))
            return redirect("experts:recusals", number)
    return _page(request, case, letter=form)


@login_required
@require_POST
def withdraw(request: ScopedRequest, pk: int) -> HttpResponse:
    """The enterprise takes a request back."""
    row = _visible(request, pk)
    typed = request.POST.get("version", "")
    version = int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 10 else 0
    recusals.withdraw_recusal(acting=acting_of(request), request_id=row.pk, version=version, at=clock.now())
    messages.success(request, _("回避申请已撤回。"))
    return redirect("experts:recusals", row.case.number)


@login_required
@require_POST
def answer(request: ScopedRequest, pk: int) -> HttpResponse:
    """The office head grants or refuses a request."""
    row = _visible(request, pk)
    at = clock.now()
    acting = acting_as(user=request.user, role=Role.OFFICE_HEAD, path=row.case.path, at=at)
    form = AnswerForm(request.POST, key=f"answer{row.pk}", version=row.version)
    if form.is_valid():
        data = form.cleaned_data
        common = {
            "acting": acting,
            "request_id": row.pk,
            "version": data["version"],
            "answer": data["answer"],
            "at": at,
        }
        try:
            if data["outcome"] == GRANT:
                recusals.grant_recusal(organisations=data["organisations"], **common)
            else:
                recusals.refuse_recusal(**common)
        except Invalid as error:
            show_error(form, error)
        else:
            messages.success(request, _("已答复企业的回避申请。"))
            return redirect("experts:recusals", row.case.number)
    return _page(request, row.case, answered=(row.pk, form))


def _visible(request: ScopedRequest, pk: int) -> RecusalRequest:
    """The request, for whoever may know its case. Raises: NotVisible (projects_case_not_visible)."""
    rows = RecusalRequest.objects.select_related("case__project", "case__commission")
    found = rows.filter(pk=pk, case__in=visible_cases(request.scope)).first()
    if found is None:
        raise NotVisible("projects_case_not_visible")
    return found


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def avoidance(request: ScopedRequest, number: str) -> HttpResponse:
    """Who of the pool is left out of the draw of a case, why, and whether the seats can be filled."""
    case = _case_for_draw(request, number)
    at = clock.now()
    rules = confirmed_rules(case).panel
    industries = IndustryForm(request.GET, industries=industry_names(rules))
    chosen = tuple(industries.cleaned_data["industry"]) if industries.is_valid() else ()
    form = DismissForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            dismissals.propose_dismissal(
                acting=acting_as(user=request.user, role=Role.DRAW_OPERATOR, path=case.path, at=at),
                case_id=case.pk,
                expert_id=form.cleaned_data["expert"],
                fingerprint=form.cleaned_data["fingerprint"],
                reason=form.cleaned_data["reason"],
                at=at,
            )
        except Invalid as error:
            show_error(form, error)
        else:
            messages.success(request, _("已提请排除，等待处长审核。"))
            return redirect("experts:avoidance", number)
    pool = pool_for_draw(case=case, industries=chosen, round=round_to_draw(case), on=legal_date(at))
    context = {
        "case": case,
        "pool": pool,
        "industries": industries,
        "form": form,
        "excluded": [
            (out, [(EXCLUSION_LABELS[reason.code.value], reason) for reason in out.reasons]) for out in pool.excluded
        ],
        "shortages": [([seat_name(rules, key) for key in each.seats], each) for each in pool.shortages],
        "may_dismiss": request.scope.holds(Role.DRAW_OPERATOR, case.path),
    }
    return render(request, "experts/avoidance.html", context, status=422 if form.is_bound else 200)


def _case_for_draw(request: ScopedRequest, number: str) -> Case:
    """A case that waits for its panel, for whoever may know who is left out.

    Raises: NotVisible (projects_case_not_visible), Forbidden (experts_pool_readers_only) for somebody who knows the
    case by another role, Invalid (projects_panel_not_due, experts_draw_frozen).
    """
    rows = Case.objects.select_related("commission", "group__organisation", "project", "rule_set", "declaration")
    case = rows.filter(number=number).first()
    if case is None or not request.scope.holds_any(AVOIDANCE_READERS, case.path):
        _known(request, number)
        raise Forbidden("experts_pool_readers_only")
    if not case.awaits_panel or case.rule_set is None:
        raise Invalid("projects_panel_not_due")
    return case


@login_required
@require_POST
def confirm_hit(request: ScopedRequest, pk: int) -> HttpResponse:
    """A hit is dismissed."""
    return _decide(request, pk, is_confirmed=True)


@login_required
@require_POST
def refuse_hit(request: ScopedRequest, pk: int) -> HttpResponse:
    """A hit goes on leaving its expert out."""
    return _decide(request, pk, is_confirmed=False)


def _decide(request: ScopedRequest, pk: int, *, is_confirmed: bool) -> HttpResponse:
    at = clock.now()
    _commission, acting = pool_actor(request, at, Role.OFFICE_HEAD)
    form = DecideForm(request.POST)
    text = form.cleaned_data["answer"] if form.is_valid() else ""
    decide = dismissals.confirm_dismissal if is_confirmed else dismissals.refuse_dismissal
    try:
        decide(acting=acting, dismissal_id=pk, answer=text, at=at)
    except Invalid as error:
        messages.error(request, sentence(error))
    else:
        messages.success(request, _("已同意排除。") if is_confirmed else _("已退回，该专家仍须回避。"))
    return redirect("experts:queue")
