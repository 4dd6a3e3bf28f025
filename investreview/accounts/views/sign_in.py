"""Signing in, in one step or two, and out; the password, the language."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout, update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import LoginView
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render, resolve_url
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST
from django.views.i18n import set_language as keep_language

from investreview.accounts import selectors, services
from investreview.accounts.account_forms import CodeForm
from investreview.accounts.entering import (
    PERSON_SESSION,
    count_failure,
    enter,
    is_locked,
    wait_for_code,
    waits_to_go_to,
    who_waits,
)
from investreview.accounts.forms import PasswordForm, SignInForm
from investreview.accounts.http import ScopedRequest
from investreview.accounts.models import User
from investreview.accounts.signin import address_of, lock_minutes
from investreview.accounts.signing_in_again import send_again
from investreview.core import clock
from investreview.core.errors import DomainError, Invalid
from investreview.core.forms import as_validation_error
from investreview.core.kept import form_kept_before, readable
from investreview.registry.forms import show_error


class SignIn(LoginView):
    """Name and password; the answer to a wrong one tells nothing, five wrong ones lock the name."""

    form_class = SignInForm
    template_name = "accounts/sign_in.html"
    redirect_authenticated_user = True

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        kept = form_kept_before(request)
        if kept is not None and request.user.is_authenticated:
            return send_again(request, kept)
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kept = form_kept_before(self.request)
        shown = {"kept": kept, "typed": readable(kept.typed)} if kept is not None else {}
        return super().get_context_data(**kwargs, **shown)

    def form_valid(self, form: Any) -> HttpResponse:
        user: User = form.get_user()
        if selectors.second_factor_of(user) is not None:
            wait_for_code(self.request, user, goes_to=self.get_success_url())
            return code_page(self.request, CodeForm())
        return entered(self.request, user, goes_to=self.get_success_url())

    def form_invalid(self, form: Any) -> HttpResponse:
        response = super().form_invalid(form)
        response.status_code = 429 if form.is_locked else 422
        username = form.cleaned_data.get("username")
        if username:
            note = services.note_lock if form.is_locked else services.note_refused_sign_in
            note(username=username, address=address_of(self.request), at=clock.now())
        return response


def entered(request: HttpRequest, user: User, *, goes_to: str, factor: str = "") -> HttpResponse:
    """The person is signed in and on the way: to the form that was kept, or to the page they wanted."""
    enter(request, user, factor=factor)
    kept = form_kept_before(request)
    response = redirect(goes_to) if kept is None else send_again(request, kept)
    if settings.LANGUAGE_SWITCH and settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME, user.language, secure=settings.LANGUAGE_COOKIE_SECURE, samesite="Lax"
        )
    return response


def code_page(request: HttpRequest, form: CodeForm, *, status: int = 200) -> HttpResponse:
    """The second step of signing in, with the form that was kept, if there is one."""
    kept = form_kept_before(request)
    shown = {"kept": kept, "typed": readable(kept.typed)} if kept is not None else {}
    return render(request, "accounts/code.html", {"form": form, **shown}, status=status)


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def code(request: HttpRequest) -> HttpResponse:
    """The code after the password; wrong codes and wrong passwords lock the name together."""
    user = who_waits(request)
    if user is None:
        return redirect(settings.LOGIN_URL)
    form = CodeForm(request.POST or None)
    if form.is_valid() and not is_locked(request, user):
        try:
            shown = services.use_code(user=user, code=form.cleaned_data["otp_code"], now=clock.machine_now())
        except DomainError as error:
            show_error(form, error)
            count_failure(request, user)
            services.note_refused_code(user=user, address=address_of(request), at=clock.now())
        else:
            return entered(request, user, goes_to=waits_to_go_to(request), factor=shown)
    if form.is_bound and is_locked(request, user):
        form.errors.clear()
        form.add_error(None, as_validation_error(Invalid("accounts_sign_in_locked", minutes=lock_minutes())))
        return code_page(request, form, status=429)
    return code_page(request, form, status=422 if form.is_bound else 200)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """The session is over."""
    if isinstance(request.user, User):
        services.note_sign_out(user=request.user, address=address_of(request), at=clock.now())
    logout(request)
    return redirect(resolve_url(settings.LOGOUT_REDIRECT_URL or settings.LOGIN_URL))


@login_required
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def password(request: ScopedRequest) -> HttpResponse:
    """The person chooses a password; their other sessions end."""
    form = PasswordForm(request.POST or None)
    if form.is_valid():
        try:
            user = services.change_password(
                user=request.user,
                old_password=form.cleaned_data["old_password"],
                new_password=form.cleaned_data["new_password"],
                at=clock.now(),
                keep=request.session.get(PERSON_SESSION),
            )
        except DomainError as error:
            show_error(form, error)
        else:
            update_session_auth_hash(request, user)
            _follow_this_session(request)
            messages.success(request, _("密码已修改，您在其他设备上的登录已失效。"))
            return redirect(resolve_url(settings.LOGIN_REDIRECT_URL))
    context = {"form": form, "is_first": request.user.must_change_password}
    return render(request, "accounts/password.html", context, status=422 if form.is_bound else 200)


def _follow_this_session(request: HttpRequest) -> None:
    """The person's session is known under its new key."""
    pk, key = request.session.get(PERSON_SESSION), request.session.session_key
    if pk is not None and key is not None:
        services.see_session(pk=pk, session_key=key, now=clock.machine_now())


@require_POST
def set_language(request: HttpRequest) -> HttpResponse:
    """Pages speak the chosen language; somebody signed in finds it again at the next sign-in.

    Django checks ``next`` and the language; in an installation without the switch nothing changes.
    """
    if not settings.LANGUAGE_SWITCH:
        return redirect(resolve_url(settings.LOGIN_REDIRECT_URL))
    language = request.POST.get("language", "")
    if isinstance(request.user, User) and language in dict(settings.LANGUAGES):
        services.remember_language(user=request.user, language=language)
    return keep_language(request)
