"""The acts on one expert, each sent by its own form from the expert's page; a refused one comes back with it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from experts.forms.base import OrganisationForm, VersionedForm
from experts.forms.pool import (
    AccountForm,
    ConflictForm,
    EmployerForm,
    EndForm,
    LiftForm,
    ProposeForm,
    ReasonForm,
    RemoveForm,
    SuspendForm,
)
from experts.models import Expert
from experts.selectors.expert_page import removable_pools
from experts.services import employers, membership, standing
from experts.services.pool import link_account
from experts.views.common import find_expert, is_done, pool_actor
from experts.views.expert import page_of
from experts.views.expert_forms import Refused
from investreview.accounts.http import ScopedRequest
from investreview.core.clock import legal_date
from investreview.core.roles import Role
from investreview.rulebook.vocabulary import PoolKind

KEEPER, HEAD = Role.POOL_KEEPER, Role.OFFICE_HEAD
Send = Callable[[Any, dict[str, Any]], object]


def _act(
    request: ScopedRequest,
    number: str,
    form: Callable[[Expert], VersionedForm],
    send: Send,
    *roles: Role,
    key: str,
    done: str,
    row: int = 0,
) -> HttpResponse:
    """The act was done and the page follows, or the page says beside the form why not.

    ``send`` gets the valid form and what every service asks for: who acts, on whom, which version, when.
    """
    expert, _reader, at = find_expert(request, number)
    _commission, acting = pool_actor(request, at, *roles)
    sent = form(expert)
    if sent.is_valid():
        common = {"acting": acting, "expert_id": expert.pk, "version": sent.cleaned_data["version"], "at": at}
        if is_done(sent, lambda: send(sent, common), lambda: _version(expert)):
            messages.success(request, done)
            return redirect("experts:expert", number)
    expert.refresh_from_db()
    return page_of(request, expert, acting, refused=Refused(key, sent, row))


def _version(expert: Expert) -> int:
    version: int = Expert.objects.values_list("version", flat=True).get(pk=expert.pk)
    return version


def _plain(kind: type[VersionedForm], request: ScopedRequest, key: str) -> Callable[[Expert], VersionedForm]:
    return lambda expert: kind(request.POST, key=key, version=expert.version)


@login_required
@require_POST
def propose(request: ScopedRequest, number: str) -> HttpResponse:
    """The expert is proposed for a pool."""

    def send(form: ProposeForm, common: dict[str, Any]) -> object:
        return membership.propose_member(pool=PoolKind(form.cleaned_data["pool"]), **common)

    form = _plain(ProposeForm, request, "propose")
    return _act(request, number, form, send, KEEPER, key="propose", done=_("已提请入库，等待处长审核。"))


@login_required
@require_POST
def admit(request: ScopedRequest, number: str, pk: int) -> HttpResponse:
    """The proposal is admitted."""

    def send(form: VersionedForm, common: dict[str, Any]) -> object:
        return membership.admit_member(membership_id=pk, **common)

    form = _plain(VersionedForm, request, f"admit{pk}")
    return _act(request, number, form, send, HEAD, key="admit", row=pk, done=_("已同意入库。"))


@login_required
@require_POST
def refuse(request: ScopedRequest, number: str, pk: int) -> HttpResponse:
    """The proposal is refused, with a reason."""

    def send(form: ReasonForm, common: dict[str, Any]) -> object:
        return membership.refuse_member(membership_id=pk, reason=form.cleaned_data["reason"], **common)

    form = _plain(ReasonForm, request, f"refuse{pk}")
    return _act(request, number, form, send, HEAD, key="refuse", row=pk, done=_("已退回入库申请。"))


@login_required
@require_POST
def remove(request: ScopedRequest, number: str) -> HttpResponse:
    """The expert leaves a pool, with a reason."""

    def form(expert: Expert) -> RemoveForm:
        today = legal_date(find_expert(request, number)[2])
        return RemoveForm(request.POST, key="remove", version=expert.version, pools=removable_pools(expert, today))

    def send(form: RemoveForm, common: dict[str, Any]) -> object:
        data = form.cleaned_data
        return membership.remove_member(pool=PoolKind(data["pool"]), reason=data["reason"], **common)

    return _act(request, number, form, send, HEAD, key="remove", done=_("已办理出库。"))


@login_required
@require_POST
def add_employer(request: ScopedRequest, number: str) -> HttpResponse:
    """A post is noted."""

    def send(form: EmployerForm, common: dict[str, Any]) -> object:
        return employers.add_employer(facts=form.as_facts(), **common)

    form = _plain(EmployerForm, request, "employer")
    return _act(request, number, form, send, KEEPER, key="employer", done=_("任职经历已登记。"))


@login_required
@require_POST
def end_employer(request: ScopedRequest, number: str, pk: int) -> HttpResponse:
    """A post has ended."""

    def send(form: EndForm, common: dict[str, Any]) -> object:
        return employers.end_employer(employer_id=pk, until_on=form.cleaned_data["until_on"], **common)

    form = _plain(EndForm, request, f"end_employer{pk}")
    return _act(request, number, form, send, KEEPER, key="end_employer", row=pk, done=_("截止日期已登记。"))


@login_required
@require_POST
def match_employer(request: ScopedRequest, number: str, pk: int) -> HttpResponse:
    """A post is matched with a legal person."""

    def send(form: OrganisationForm, common: dict[str, Any]) -> object:
        return employers.match_employer(employer_id=pk, named=form.as_named(), **common)

    form = _plain(OrganisationForm, request, f"match{pk}")
    return _act(request, number, form, send, KEEPER, key="match", row=pk, done=_("任职单位已核对。"))


@login_required
@require_POST
def add_conflict(request: ScopedRequest, number: str) -> HttpResponse:
    """A conflict party is noted."""

    def send(form: ConflictForm, common: dict[str, Any]) -> object:
        return standing.add_conflict(facts=form.as_facts(), **common)

    form = _plain(ConflictForm, request, "conflict")
    return _act(request, number, form, send, KEEPER, key="conflict", done=_("利害关系已登记。"))


@login_required
@require_POST
def end_conflict(request: ScopedRequest, number: str, pk: int) -> HttpResponse:
    """A conflict has ended."""

    def send(form: EndForm, common: dict[str, Any]) -> object:
        return standing.end_conflict(conflict_id=pk, until_on=form.cleaned_data["until_on"], **common)

    form = _plain(EndForm, request, f"end_conflict{pk}")
    return _act(request, number, form, send, KEEPER, key="end_conflict", row=pk, done=_("截止日期已登记。"))


@login_required
@require_POST
def suspend(request: ScopedRequest, number: str) -> HttpResponse:
    """The expert is not drawn for a time."""

    def send(form: SuspendForm, common: dict[str, Any]) -> object:
        data = form.cleaned_data
        return standing.suspend(reason=data["reason"], from_on=data["from_on"], until_on=data["until_on"], **common)

    form = _plain(SuspendForm, request, "suspend")
    return _act(request, number, form, send, KEEPER, HEAD, key="suspend", done=_("已暂停抽取。"))


@login_required
@require_POST
def lift(request: ScopedRequest, number: str, pk: int) -> HttpResponse:
    """A suspension ends."""

    def send(form: LiftForm, common: dict[str, Any]) -> object:
        data = form.cleaned_data
        return standing.lift_suspension(suspension_id=pk, until_on=data["until_on"], reason=data["reason"], **common)

    form = _plain(LiftForm, request, f"lift{pk}")
    return _act(request, number, form, send, HEAD, key="lift", row=pk, done=_("已登记恢复抽取的日期。"))


@login_required
@require_POST
def account(request: ScopedRequest, number: str) -> HttpResponse:
    """The expert gets their account."""

    def form(expert: Expert) -> AccountForm:
        return AccountForm(request.POST, key="account", version=expert.version, expert=expert)

    def send(form: AccountForm, common: dict[str, Any]) -> object:
        return link_account(user=form.cleaned_data["user"], **common)

    return _act(request, number, form, send, KEEPER, key="account", done=_("账户已关联。"))
