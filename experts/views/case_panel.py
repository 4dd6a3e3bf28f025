"""The page 专家论证 of a case: what the enterprise answers and proves, what the commission reads and judges."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from experts.forms.case_panel import AnswerForm, CasePanelForm, EvidenceForm, JudgementForm
from experts.pages.case_panel import CasePanelReader, Tried, page_context
from experts.permissions import require_enterprise
from experts.services.common import Scan
from experts.services.conditions import judge_condition, submit_evidence
from experts.services.meeting import answer_inquiry
from experts.views.refusing import refusal_of
from investreview.accounts.http import ScopedRequest
from investreview.core import clock
from investreview.core.errors import NotVisible
from investreview.core.roles import Role
from investreview.journal.services import record_access
from investreview.projects.acting import Acting
from investreview.projects.permissions import acting_as
from investreview.projects.reading import known_case

TEMPLATE = "experts/case/panel.html"


def _reader(request: ScopedRequest, number: str) -> CasePanelReader:
    """Raises: NotVisible (projects_case_not_visible)."""
    at = clock.now()
    case, scope = known_case(number, user=request.user, scope=request.scope, at=at)
    return CasePanelReader(case=case, user=request.user, scope=scope, at=at)


@login_required
@require_safe
def panel(request: ScopedRequest, number: str) -> HttpResponse:
    """The panels of a case as this side may know them; what an auditor reads is noted.

    Journal: case.read, in the access chain.
    """
    reader = _reader(request, number)
    if reader.only_audits:
        record_access(
            commission=reader.case.commission.code,
            verb="case.read",
            actor=request.user.as_actor(),
            subject=reader.case.subject,
            at=reader.at,
        )
    return render(request, TEMPLATE, page_context(reader))


@login_required
@require_POST
def answer(request: ScopedRequest, number: str, inquiry_id: int) -> HttpResponse:
    """The enterprise's written answer to one question is with the panel."""
    reader = _reader(request, number)
    acting = _enterprise(reader)
    form = AnswerForm(request.POST, auto_id=f"id_answer{inquiry_id}_%s")

    def send() -> None:
        answer_inquiry(
            acting=acting,
            case_id=reader.case.pk,
            inquiry_id=inquiry_id,
            text=form.cleaned_data["text"],
            at=reader.at,
        )

    return _answered(request, reader, Tried("answer", inquiry_id, form), send, _("书面答复已提交专家组。"))


@login_required
@require_POST
def evidence(request: ScopedRequest, number: str, ordinal: int) -> HttpResponse:
    """What the enterprise did for a condition waits, with its proof, for the officer."""
    reader = _reader(request, number)
    acting = _enterprise(reader)
    if reader.case.delivered_at is None:
        raise NotVisible("experts_condition_not_visible")
    form = EvidenceForm(request.POST, request.FILES, auto_id=f"id_evidence{ordinal}_%s")

    def send() -> None:
        proof = form.cleaned_data["evidence"]
        submit_evidence(
            acting=acting,
            case_id=reader.case.pk,
            ordinal=ordinal,
            version=form.cleaned_data["version"],
            statement=form.cleaned_data["statement"],
            evidence=Scan(proof, proof.name),
            at=reader.at,
        )

    return _answered(request, reader, Tried("evidence", ordinal, form), send, _("证明材料已提交，等待核验。"))


@login_required
@require_POST
def judgement(request: ScopedRequest, number: str, ordinal: int) -> HttpResponse:
    """The officer finds a condition met, or returns its proof with a reason."""
    reader = _reader(request, number)
    acting = acting_as(user=request.user, role=Role.CASE_OFFICER, path=reader.case.path, at=reader.at)
    form = JudgementForm(request.POST, auto_id=f"id_judge{ordinal}_%s")

    def send() -> None:
        judge_condition(
            acting=acting,
            case_id=reader.case.pk,
            ordinal=ordinal,
            version=form.cleaned_data["version"],
            judgement=form.cleaned_data["judgement"],
            text=form.cleaned_data["text"],
            at=reader.at,
        )

    return _answered(request, reader, Tried("judgement", ordinal, form), send, _("核验结果已登记，并通知企业。"))


def _enterprise(reader: CasePanelReader) -> Acting:
    """Raises: Forbidden (projects_role_missing) for everybody who only reads the case."""
    acting = Acting(user=reader.user, scope=reader.scope)
    require_enterprise(acting, reader.case)
    return acting


def _answered(
    request: ScopedRequest, reader: CasePanelReader, tried: Tried, send: Callable[[], None], done: str
) -> HttpResponse:
    """The act was done and the page says so, or the page comes back with what was typed."""
    form: CasePanelForm = tried.form
    status = refusal_of(form, send)
    if status is None:
        messages.success(request, done)
        return redirect("panel_case:panel", reader.case.number)
    return render(request, TEMPLATE, page_context(_reader(request, reader.case.number), tried=tried), status=status)
