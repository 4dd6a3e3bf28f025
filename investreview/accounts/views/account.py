"""One's own account: who one is here, how one is reached, where one is signed in."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from investreview.accounts import selectors, services
from investreview.accounts.account_forms import EmailForm, ProfileForm
from investreview.accounts.devices import device_of
from investreview.accounts.entering import PERSON_SESSION, last_sign_in
from investreview.accounts.http import ScopedRequest
from investreview.accounts.mail_links import opens_mail
from investreview.accounts.people_page import roles_of
from investreview.accounts.resets import is_mail_configured, user_of
from investreview.accounts.signin import address_of
from investreview.core import clock
from investreview.core.errors import DomainError, Invalid
from investreview.registry.forms import show_error


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: ScopedRequest) -> HttpResponse:
    """What the site knows of the person, and what they may change of it."""
    form = ProfileForm(request.POST or None, user=request.user)
    if form.is_valid():
        try:
            services.change_profile(
                user=request.user,
                phone=form.cleaned_data["phone"],
                language=form.chosen_language,
                at=clock.now(),
            )
        except DomainError as error:
            show_error(form, error)
        else:
            messages.success(request, _("个人资料已保存。"))
            return redirect("accounts:profile")
    return _profile_page(request, form, EmailForm())


@login_required
@never_cache
@sensitive_post_parameters()
@require_POST
def change_email(request: ScopedRequest) -> HttpResponse:
    """The new address is asked for: it counts once the link sent to it was opened."""
    form = EmailForm(request.POST)
    if form.is_valid():
        try:
            user = services.change_email(
                user=request.user,
                email=form.cleaned_data["email"],
                password=form.cleaned_data["password"],
                now=clock.machine_now(),
                at=clock.now(),
            )
        except DomainError as error:
            show_error(form, error)
        else:
            messages.success(request, _told(user.new_email))
            return redirect("accounts:profile")
    return _profile_page(request, ProfileForm(user=request.user), form)


def _told(new_email: str) -> str:
    if not new_email:
        return _("电子邮箱已更改。")
    return _("确认邮件即将发往 %(email)s，打开其中的链接后生效；在此之前仍使用原邮箱。") % {"email": new_email}


def _profile_page(request: ScopedRequest, form: ProfileForm, email_form: EmailForm) -> HttpResponse:
    refused = form.is_bound or email_form.is_bound
    context = {
        "form": form,
        "email_form": email_form,
        "roles": [row for row in roles_of(request.user, clock.now()) if row.is_open],
        "is_mail_configured": is_mail_configured(),
        "last_sign_in": last_sign_in(request),
    }
    return render(request, "accounts/profile.html", context, status=422 if refused else 200)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm_email(request: HttpRequest, key: str, token: str) -> HttpResponse:
    """The link asks for one press, so that no program that looks into mails confirms anything.

    Raises: Invalid (accounts_mail_link_dead).
    """
    person = user_of(key)
    if person is None or not opens_mail(person, token):
        raise Invalid("accounts_mail_link_dead")
    if request.method != "POST":
        return render(request, "accounts/confirm_email.html", {"email": person.new_email})
    services.confirm_email(key=key, token=token, at=clock.now())
    messages.success(request, _("电子邮箱已确认，今后的邮件发往这个地址。"))
    return redirect("accounts:profile")


@login_required
@never_cache
@require_safe
def sessions(request: ScopedRequest) -> HttpResponse:
    """Where the person is signed in."""
    own = request.session.get(PERSON_SESSION)
    rows = [
        {"session": row, "device": device_of(row.agent), "is_this": row.pk == own}
        for row in selectors.sessions_of(request.user, now=clock.machine_now())
    ]
    context = {"rows": rows, "has_others": any(not row["is_this"] for row in rows)}
    return render(request, "accounts/sessions.html", context)


@login_required
@require_POST
def end_session(request: ScopedRequest, pk: int) -> HttpResponse:
    """One session is over; one's own is signed out of."""
    services.end_session(user=request.user, pk=pk, address=address_of(request), at=clock.now())
    messages.success(request, _("该处登录已结束。"))
    return redirect("accounts:sessions")


@login_required
@require_POST
def end_other_sessions(request: ScopedRequest) -> HttpResponse:
    """All sessions but this one are over."""
    own = request.session.get(PERSON_SESSION)
    count = services.end_other_sessions(user=request.user, keep=own, address=address_of(request), at=clock.now())
    messages.success(request, _("其他登录已全部结束。") if count else _("没有其他登录。"))
    return redirect("accounts:sessions")
