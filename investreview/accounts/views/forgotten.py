"""A forgotten password: asked for by mail, chosen anew through the link. Nobody is signed in by either."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from investreview.accounts import services
from investreview.accounts.forms import ForgottenForm, NewPasswordForm
from investreview.accounts.resets import is_mail_configured, link_minutes, opens, user_of
from investreview.accounts.signin import address_of
from investreview.core import clock
from investreview.core.errors import DomainError, Invalid
from investreview.registry.forms import show_error


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def forgotten(request: HttpRequest) -> HttpResponse:
    """A link is asked for; the answer is the same whether or not anybody has the mail address."""
    form = ForgottenForm(request.POST or None)
    if form.is_valid():
        try:
            services.ask_by_mail(email=form.cleaned_data["email"], address=address_of(request), now=clock.machine_now())
        except DomainError as error:
            show_error(form, error)
            return _forgotten_page(request, form, status=429 if error.code == "accounts_reset_too_often" else 422)
        return redirect("accounts:forgotten_sent")
    return _forgotten_page(request, form, status=422 if form.is_bound else 200)


def _forgotten_page(request: HttpRequest, form: ForgottenForm, *, status: int) -> HttpResponse:
    context = {"form": form, "is_mail_configured": is_mail_configured()}
    return render(request, "accounts/forgotten.html", context, status=status)


@never_cache
@require_http_methods(["GET", "HEAD"])
def forgotten_sent(request: HttpRequest) -> HttpResponse:
    """What happens now, said to everybody alike."""
    return render(request, "accounts/forgotten_sent.html", {"minutes": link_minutes()})


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def new_password(request: HttpRequest, key: str, token: str) -> HttpResponse:
    """The link opens a form for a new password, once; then the person signs in with it.

    Raises: Invalid (accounts_reset_link_dead).
    """
    person = user_of(key)
    if person is None or not opens(person, token):
        raise Invalid("accounts_reset_link_dead")
    form = NewPasswordForm(request.POST or None)
    if form.is_valid():
        try:
            services.choose_by_link(
                key=key, token=token, new_password=form.cleaned_data["new_password"], at=clock.now()
            )
        except DomainError as error:
            if error.code == "accounts_reset_link_dead":
                raise
            show_error(form, error)
        else:
            messages.success(request, _("密码已设置，请登录。"))
            return redirect(resolve_url(settings.LOGIN_URL))
    context = {"form": form, "person": person}
    return render(request, "accounts/new_password.html", context, status=422 if form.is_bound else 200)
