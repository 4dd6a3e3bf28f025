"""The security administrator's pages: people, one person, and what is done to accounts."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from investreview.accounts import services
from investreview.accounts.forms import GrantForm, NewPersonForm, ReasonForm
from investreview.accounts.http import ScopedRequest
from investreview.accounts.models import User
from investreview.accounts.passwords import one_time_password
from investreview.accounts.people_page import (
    bodies_for,
    people_page,
    roles_of,
    substitutable_grants,
    substitutions_of,
)
from investreview.accounts.substitution_forms import SubstitutionForm
from investreview.accounts.views.common import managed_commission, managed_person
from investreview.core import clock
from investreview.core.errors import DomainError
from investreview.registry.forms import show_error


@login_required
@require_safe
def people(request: ScopedRequest) -> HttpResponse:
    """People of the commission and its enterprises, with their roles."""
    commission = managed_commission(request)
    search = request.GET.get("q", "").replace("\x00", "").strip()[:60]
    after = request.GET.get("after", "")
    page = people_page(
        commission,
        search=search,
        after=int(after) if after.isascii() and after.isdecimal() and len(after) < 16 else 0,
        at=clock.now(),
    )
    return render(request, "accounts/people.html", {"page": page, "search": search})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new_person(request: ScopedRequest) -> HttpResponse:
    """A person gets an account; the one-time password is made on the person's page."""
    commission = managed_commission(request)
    form = NewPersonForm(request.POST or None, commission=commission)
    if form.is_valid():
        try:
            person = services.create_user(
                commission=commission,
                new=form.as_new_user(),
                one_time_password=one_time_password(),
                by=request.user,
                at=clock.now(),
            )
        except DomainError as error:
            show_error(form, error)
        else:
            messages.success(request, _("账户已建立。请授予角色，并生成一次性密码交给本人。"))
            return redirect("accounts:person", pk=person.pk)
    return render(request, "accounts/new_person.html", {"form": form}, status=422 if form.is_bound else 200)


@login_required
@require_safe
def person(request: ScopedRequest, pk: int) -> HttpResponse:
    """One person: account, roles, substitutions, and what can be done."""
    return person_page(request, managed_person(request, pk))


def person_page(
    request: ScopedRequest,
    person: User,
    *,
    grant_form: GrantForm | None = None,
    substitution_form: SubstitutionForm | None = None,
    reason_form: ReasonForm | None = None,
    new_password: str = "",
) -> HttpResponse:
    """The page of one person, with the form that was refused or the password that was made."""
    at = clock.now()
    is_refused = grant_form is not None or substitution_form is not None or reason_form is not None
    context = {
        "person": person,
        "roles": roles_of(person, at),
        "substitutions": substitutions_of(person),
        "grant_form": grant_form
        or GrantForm(person=person, bodies=bodies_for(person), initial={"valid_from": clock.today()}),
        "substitution_form": substitution_form
        or SubstitutionForm(
            principal=person, grants=substitutable_grants(person, at), initial={"valid_from": clock.today()}
        ),
        "reason_form": reason_form or ReasonForm(),
        "new_password": new_password,
        "is_oneself": person.pk == request.user.pk,
    }
    return render(request, "accounts/person.html", context, status=422 if is_refused else 200)


@login_required
@require_POST
def deactivate(request: ScopedRequest, pk: int) -> HttpResponse:
    """The account is closed."""
    person = managed_person(request, pk)
    form = ReasonForm(request.POST)
    if form.is_valid():
        try:
            services.deactivate_user(user=person, reason=form.cleaned_data["reason"], by=request.user, at=clock.now())
        except DomainError as error:
            show_error(form, error)
        else:
            messages.success(request, _("账户已停用，角色与代办授权同时终止。"))
            return redirect("accounts:person", pk=pk)
    return person_page(request, person, reason_form=form)


@login_required
@never_cache
@require_POST
def reset_password(request: ScopedRequest, pk: int) -> HttpResponse:
    """A one-time password is shown once, to be handed over in person."""
    person = managed_person(request, pk)
    password = one_time_password()
    services.reset_password(user=person, one_time_password=password, by=request.user, at=clock.now())
    return person_page(request, person, new_password=password)
