"""The notices of a sample, step by step; and what an enterprise sees of its own."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from investreview.accounts.http import ScopedRequest
from investreview.core import clock
from investreview.core.errors import Forbidden, NotVisible
from investreview.core.roles import ENTERPRISE_ROLES, Role
from investreview.documents.kinds import NumberMode
from investreview.documents.models import NumberSeries
from investreview.evaluations.forms import DeliverForm, ReasonForm, ReturnForm, SignForm, VersionForm
from investreview.evaluations.models import EvaluationYear, SampleNotice
from investreview.evaluations.permissions import NOTICE_ROLES, OFFICER, may_see_years, with_lent_steps
from investreview.evaluations.selectors.notices import (
    NoticeReading,
    own_notices,
    own_projects,
    read_notice,
    visible_notices,
)
from investreview.evaluations.selectors.years import published_years
from investreview.evaluations.series import NOTICES
from investreview.evaluations.services import notice_remedies as remedies
from investreview.evaluations.services import notices as services
from investreview.evaluations.states import RETURNABLE, NoticeState, YearState
from investreview.evaluations.views.common import acting_in, carried_out, own_acting
from investreview.projects.acting import Acting
from investreview.projects.forms.facts_page import version_in

NOTICES_SHOWN = 200


@login_required
@require_safe
def all_notices(request: ScopedRequest) -> HttpResponse:
    """Every notice this person of the commission sees, the newest first."""
    reader = with_lent_steps(request.user, request.scope, clock.now())
    if not reader.roles & NOTICE_ROLES:
        raise Forbidden("projects_role_missing", role=Role.EVALUATION_OFFICER.label)
    rows = list(visible_notices(reader).order_by("-year__year", "pk")[:NOTICES_SHOWN])
    return render(request, "evaluations/notices.html", {"rows": rows, "is_published": True})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def notices(request: ScopedRequest, pk: int) -> HttpResponse:
    """The notices of a year; the officer has them drafted."""
    year = EvaluationYear.objects.select_related("commission").filter(pk=pk).first()
    reader = with_lent_steps(request.user, request.scope, clock.now())
    if year is None or not reader.holds_any(NOTICE_ROLES, year.path):
        raise NotVisible("evaluations_year_not_visible")
    if request.method == "POST":
        services.draft_notices(acting=acting_in(request, OFFICER, year.path), year_id=pk, at=clock.now())
        messages.success(request, _("通知已逐个企业拟稿，请核对后送审。"))
        return redirect("evaluations:notices", pk)
    rows = list(visible_notices(reader).filter(year=year).order_by("pk"))
    is_published = year.state == YearState.PUBLISHED
    context = {
        "year": year,
        "rows": rows,
        "may_draft": is_published and not rows and reader.holds(OFFICER, year.path),
        "may_see_year": may_see_years(request.scope, year.path),
        "is_published": is_published,
    }
    return render(request, "evaluations/notices.html", context)


@login_required
@require_safe
def notice(request: ScopedRequest, pk: int) -> HttpResponse:
    """One notice: who has it, what it says, what can be done."""
    return _notice(request, _asked(request, pk))


def _asked(request: ScopedRequest, pk: int) -> NoticeReading:
    return read_notice(pk, user=request.user, scope=request.scope, at=clock.now())


def _notice(request: ScopedRequest, reading: NoticeReading, refused: forms.Form | None = None) -> HttpResponse:
    found = reading.notice
    start = {"version": found.version, "delivered_on": clock.today(), "sealed_on": clock.today()}
    context = {
        "notice": found,
        "inside": reading.inside,
        "may_act": reading.may_act,
        "version_form": VersionForm(initial=start),
        "return_form": refused if isinstance(refused, ReturnForm) else ReturnForm(initial=start),
        "sign_form": refused if isinstance(refused, SignForm) else _sign_form(found, initial=start),
        "deliver_form": refused if isinstance(refused, DeliverForm) else DeliverForm(initial=start),
        "may_return": found.state in RETURNABLE and reading.has_step,
        "reading": reading,
        "reason_form": refused if isinstance(refused, ReasonForm) else ReasonForm(initial=start),
    }
    status = HTTPStatus.OK if refused is None else HTTPStatus.UNPROCESSABLE_ENTITY
    return render(request, "evaluations/notice.html", context, status=status)


def _sign_form(found: SampleNotice, data: Any = None, **how: Any) -> SignForm:
    """The form of the signature; the number is asked only where it comes from the office's register."""
    form = SignForm(data, **how)
    series = NumberSeries.objects.filter(commission=found.year.commission.code, code=NOTICES).first()
    if series is None or series.mode == NumberMode.OWN_SERIES:
        del form.fields["entered_number"]
    else:
        form.fields["entered_number"].required = True
    return form


@login_required
@require_POST
def hand_in(request: ScopedRequest, pk: int) -> HttpResponse:
    """The draft goes to the head."""
    found = _asked(request, pk).notice
    version = version_in(request.POST)
    services.hand_in_notice(
        acting=acting_in(request, OFFICER, found.path), notice_id=pk, version=version, at=clock.now()
    )
    return _done(request, pk, _("通知已送审。"))


@login_required
@require_POST
def check(request: ScopedRequest, pk: int) -> HttpResponse:
    """The head agrees."""
    found = _asked(request, pk).notice
    version = version_in(request.POST)
    services.check_notice(
        acting=acting_in(request, Role.OFFICE_HEAD, found.path), notice_id=pk, version=version, at=clock.now()
    )
    return _done(request, pk, _("通知已审核，待分管领导签发。"))


@login_required
@require_POST
def send_back(request: ScopedRequest, pk: int) -> HttpResponse:
    """The notice goes back to the officer with a reason."""
    reading = _asked(request, pk)
    found = reading.notice
    role = Role.OFFICE_HEAD if found.state == NoticeState.HANDED_IN else Role.DEPUTY_DIRECTOR
    acting = acting_in(request, role, found.path)
    form = ReturnForm(request.POST)
    if carried_out(
        form,
        lambda: services.return_notice(acting=acting, notice_id=pk, at=clock.now(), **form.cleaned_data),
    ):
        return _done(request, pk, _("通知已退回拟稿人。"))
    return _notice(request, reading, form)


@login_required
@require_POST
def sign(request: ScopedRequest, pk: int) -> HttpResponse:
    """The deputy director signs."""
    reading = _asked(request, pk)
    found = reading.notice
    acting = acting_in(request, Role.DEPUTY_DIRECTOR, found.path)
    form = _sign_form(found, request.POST)
    if carried_out(
        form,
        lambda: services.sign_notice(acting=acting, notice_id=pk, at=clock.now(), **form.cleaned_data),
        number="entered_number",
    ):
        return _done(request, pk, _("通知已签发并编号。"))
    return _notice(request, reading, form)


@login_required
@require_POST
def deliver(request: ScopedRequest, pk: int) -> HttpResponse:
    """The document office hands the sealed notice over."""
    reading = _asked(request, pk)
    found = reading.notice
    acting = acting_in(request, Role.DOCUMENT_OFFICER, found.path)
    form = DeliverForm(request.POST, request.FILES)
    if carried_out(
        form,
        lambda: services.deliver_notice(acting=acting, notice_id=pk, at=clock.now(), **form.sent()),
        file="sealed",
        delivered_at="delivered_on",
    ):
        return _done(request, pk, _("通知已送达企业。"))
    return _notice(request, reading, form)


@login_required
@require_POST
def acknowledge(request: ScopedRequest, pk: int) -> HttpResponse:
    """The enterprise has the notice in hand."""
    _asked(request, pk)
    acting: Acting = own_acting(request)
    services.acknowledge_notice(acting=acting, notice_id=pk, version=version_in(request.POST), at=clock.now())
    return _done(request, pk, _("已签收。"))


def _done(request: ScopedRequest, pk: int, text: str) -> HttpResponse:
    messages.success(request, text)
    return redirect("evaluations:notice", pk)


@login_required
@require_POST
def withdraw_signature(request: ScopedRequest, pk: int) -> HttpResponse:
    """The signer takes the signature back before the seal."""
    told = _("签发已撤回，通知待重新签发；字号留用。")
    return _remedied(request, pk, Role.DEPUTY_DIRECTOR, remedies.withdraw_notice_signature, told)


@login_required
@require_POST
def reissue(request: ScopedRequest, pk: int) -> HttpResponse:
    """The officer begins a notice in the place of a sent one."""
    told = _("已拟稿，请核对后送审；送达企业时原通知作废。")
    return _remedied(request, pk, OFFICER, remedies.begin_reissue, told)


@login_required
@require_POST
def drop_reissue(request: ScopedRequest, pk: int) -> HttpResponse:
    """The officer gives that up; the sent notice holds."""
    return _remedied(request, pk, OFFICER, remedies.drop_reissue, _("已放弃重发，原通知继续有效。"))


def _remedied(request: ScopedRequest, pk: int, role: Role, act: Callable[..., SampleNotice], told: str) -> HttpResponse:
    """One of the acts that need a reason; the page that follows is that of the notice it gives."""
    reading = _asked(request, pk)
    acting = acting_in(request, role, reading.notice.path)
    form = ReasonForm(request.POST)
    done: list[SampleNotice] = []
    if carried_out(
        form,
        lambda: done.append(act(acting=acting, notice_id=pk, at=clock.now(), **form.cleaned_data)),
    ):
        return _done(request, done[0].pk, told)
    return _notice(request, reading, form)


@login_required
@require_safe
def mine(request: ScopedRequest) -> HttpResponse:
    """What an enterprise sees: published samples, its own picked projects, its notices once delivered."""
    if not request.scope.roles & ENTERPRISE_ROLES:
        raise Forbidden("projects_role_missing", role=Role.ENTERPRISE_RELEASER.label)
    context = {
        "projects": own_projects(request.scope),
        "notices": list(own_notices(request.scope)),
        "years": list(published_years(request.scope)),
    }
    return render(request, "evaluations/mine.html", context)
