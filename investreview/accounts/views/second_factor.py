"""One's second factor, and taking it away from somebody who lost the telephone."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from investreview.accounts import selectors, services
from investreview.accounts.account_forms import ProofForm, SetUpForm
from investreview.accounts.entering import HAS_SHOWN_FACTOR, PERSON_SESSION
from investreview.accounts.forms import ReasonForm
from investreview.accounts.http import ScopedRequest
from investreview.accounts.models import User
from investreview.accounts.permissions import must_have_second_factor
from investreview.accounts.second_factor import key_in_groups, key_of, offered_key, sealed_bytes, square_code
from investreview.accounts.signin import address_of
from investreview.accounts.views.common import managed_person
from investreview.accounts.views.people import person_page
from investreview.core import clock
from investreview.core.errors import DomainError
from investreview.registry.forms import show_error


@login_required
@never_cache
@require_safe
def second_factor(request: ScopedRequest) -> HttpResponse:
    """The state of the person's second factor, or the offer of one."""
    if selectors.second_factor_of(request.user) is None:
        return _offer(request, SetUpForm(initial={"offered": offered_key(request.user)}))
    return _state(request)


@login_required
@never_cache
@sensitive_post_parameters()
@require_POST
def set_up(request: ScopedRequest) -> HttpResponse:
    """The telephone is known; the recovery codes are shown this once, the person's other sessions end."""
    form = SetUpForm(request.POST)
    if form.is_valid():
        try:
            codes = services.set_up_second_factor(
                user=request.user,
                offered=form.cleaned_data["offered"],
                password=form.cleaned_data["password"],
                code=form.cleaned_data["otp_code"],
                address=address_of(request),
                now=clock.machine_now(),
                at=clock.now(),
            )
        except DomainError as error:
            if error.code in {"accounts_factor_exists", "accounts_factor_seal_broken"}:
                raise
            show_error(form, error)
        else:
            request.session[HAS_SHOWN_FACTOR] = True
            services.forget_sessions(request.user, keep=request.session.get(PERSON_SESSION))
            return _codes(request, codes, is_new=True)
    return _offer(request, form)


@login_required
@never_cache
@sensitive_post_parameters()
@require_POST
def renew_codes(request: ScopedRequest) -> HttpResponse:
    """Ten new recovery codes, shown this once."""
    form = ProofForm(request.POST, prefix="renew")
    if form.is_valid():
        try:
            codes = services.renew_recovery_codes(user=request.user, **_proof(request, form))
        except DomainError as error:
            _show(form, error)
        else:
            return _codes(request, codes, is_new=False)
    return _state(request, renew_form=form)


@login_required
@never_cache
@sensitive_post_parameters()
@require_POST
def remove(request: ScopedRequest) -> HttpResponse:
    """The person signs in with the password alone again."""
    form = ProofForm(request.POST, prefix="remove")
    if form.is_valid():
        try:
            services.remove_own_second_factor(user=request.user, **_proof(request, form))
        except DomainError as error:
            _show(form, error)
        else:
            request.session.pop(HAS_SHOWN_FACTOR, None)
            messages.success(request, _("动态口令已停用。"))
            return redirect("accounts:second_factor")
    return _state(request, remove_form=form)


@login_required
@require_POST
def remove_lost(request: ScopedRequest, pk: int) -> HttpResponse:
    """The security administrator takes it away from somebody who lost the telephone."""
    person = managed_person(request, pk)
    form = ReasonForm(request.POST)
    if form.is_valid():
        try:
            services.remove_lost_second_factor(
                user=person, reason=form.cleaned_data["reason"], by=request.user, at=clock.now()
            )
        except DomainError as error:
            show_error(form, error)
        else:
            messages.success(request, _("动态口令已解除，本人下次登录只用密码，登录后可以重新启用。"))
            return redirect("accounts:person", pk=pk)
    return person_page(request, person, reason_form=form)


def _proof(request: HttpRequest, form: ProofForm) -> dict[str, Any]:
    return {
        "password": form.cleaned_data["password"],
        "code": form.cleaned_data["otp_code"],
        "address": address_of(request),
        "now": clock.machine_now(),
        "at": clock.now(),
    }


def _show(form: ProofForm, error: DomainError) -> None:
    if error.status == 403:
        raise error
    show_error(form, error)


def _offer(request: ScopedRequest, form: SetUpForm) -> HttpResponse:
    offered = form["offered"].value() or offered_key(request.user)
    key = key_of(request.user, sealed_bytes(offered))
    context = {
        "form": form,
        "offered": offered,
        "square_code": square_code(request.user, key),
        "key": key_in_groups(key),
        "is_required": must_have_second_factor(request.user, request.scope),
    }
    return render(request, "accounts/set_up_factor.html", context, status=422 if form.is_bound else 200)


def _state(
    request: ScopedRequest, *, renew_form: ProofForm | None = None, remove_form: ProofForm | None = None
) -> HttpResponse:
    factor = selectors.second_factor_of(request.user)
    if factor is None:
        return redirect("accounts:second_factor")
    context = {
        "factor": factor,
        "unused_code_count": selectors.unused_code_count(factor),
        "renew_form": renew_form or ProofForm(prefix="renew"),
        "remove_form": remove_form or ProofForm(prefix="remove"),
        "is_required": must_have_second_factor(request.user, request.scope),
        "is_administrator": request.user.kind == User.Kind.ADMIN,
    }
    return render(request, "accounts/factor.html", context, status=422 if renew_form or remove_form else 200)


def _codes(request: ScopedRequest, codes: tuple[str, ...], *, is_new: bool) -> HttpResponse:
    context = {"codes": codes, "is_new": is_new, "made_at": clock.machine_now()}
    return render(request, "accounts/recovery_codes.html", context)
