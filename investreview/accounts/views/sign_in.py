"""Signing in and out, the password, the language."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout, update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import LoginView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST
from django.views.i18n import set_language as keep_language

from investreview.accounts import services
from investreview.accounts.forms import PasswordForm, SignInForm
from investreview.accounts.http import ScopedRequest
from investreview.accounts.middleware import LAST_SEEN
from investreview.accounts.models import User
from investreview.accounts.signin import address_of
from investreview.core import clock
from investreview.core.errors import DomainError
from investreview.registry.forms import show_error


class SignIn(LoginView):
    """Name and password; the answer to a wrong one tells nothing, five wrong ones lock the name."""

    form_class = SignInForm
    template_name = "accounts/sign_in.html"
    redirect_authenticated_user = True

    def form_valid(self, form: Any) -> HttpResponse:
        response = super().form_valid(form)
        user: User = form.get_user()
        services.note_sign_in(user=user, address=address_of(self.request), at=clock.now())
        self.request.session[LAST_SEEN] = int(clock.machine_now().timestamp())
        if settings.LANGUAGE_SWITCH and settings.LANGUAGE_COOKIE_NAME not in self.request.COOKIES:
            response.set_cookie(
                settings.LANGUAGE_COOKIE_NAME,
                user.language,
                secure=settings.LANGUAGE_COOKIE_SECURE,
                samesite="Lax",
            )
        return response

    def form_invalid(self, form: Any) -> HttpResponse:
        response = super().form_invalid(form)
        response.status_code = 429 if form.is_locked else 422
        username = form.cleaned_data.get("username")
        if username:
            note = services.note_lock if form.is_locked else services.note_refused_sign_in
            note(username=username, address=address_of(self.request), at=clock.now())
        return response


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
            )
        except DomainError as error:
            show_error(form, error)
        else:
            update_session_auth_hash(request, user)
            messages.success(request, _("密码已修改，您在其他设备上的登录已失效。"))
            return redirect(resolve_url(settings.LOGIN_REDIRECT_URL))
    context = {"form": form, "is_first": request.user.must_change_password}
    return render(request, "accounts/password.html", context, status=422 if form.is_bound else 200)


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
