"""The security administrator's pages: people, one person, and what is done to accounts."""

import re

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
from investreview.accounts.models import Leave, User
from investreview.accounts.open_work import open_work_count
from investreview.accounts.passwords import one_time_password
from investreview.accounts.people_page import bodies_for, page_of_person, people_page, substitutable_grants
from investreview.accounts.substitution_forms import SubstitutionForm
from investreview.accounts.views.common import managed_commission, managed_person
from investreview.accounts.views.slips import show_slips
from investreview.core import clock
from investreview.core.errors import DomainError
from investreview.registry.forms import show_error

_ID = re.compile(r"[0-9]{1,18}", re.ASCII)


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
                commission=commission, new=form.as_new_user(), by=request.user, at=clock.now()
            )
        except DomainError as error:
            show_error(form, error)
        else:
            messages.success(request, _next_step(person))
            return redirect("accounts:person", pk=person.pk)
    return render(request, "accounts/new_person.html", {"form": form}, status=422 if form.is_bound else 200)


def _next_step(person: User) -> str:
    if person.kind == User.Kind.EXPERT:
        return _("账户已建立。请出具一次性凭条交给本人，并告知专家库管理人员关联专家记录。")
    return _("账户已建立。请授予角色，并出具一次性凭条交给本人。")


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
) -> HttpResponse:
    """The page of one person, with the form that was refused."""
    at = clock.now()
    is_refused = grant_form is not None or substitution_form is not None or reason_form is not None
    context = {
        "person": person,
        "page": page_of_person(person, at),
        "grant_form": grant_form
        or GrantForm(person=person, bodies=bodies_for(person), initial={"valid_from": clock.today()}),
        "substitution_form": substitution_form
        or SubstitutionForm(
            principal=person, grants=substitutable_grants(person, at), initial=_proposed(request, person)
        ),
        "reason_form": reason_form or ReasonForm(),
        "open_work_count": open_work_count(person) if person.is_active else 0,
        "is_oneself": person.pk == request.user.pk,
    }
    return render(request, "accounts/person.html", context, status=422 if is_refused else 200)


def _proposed(request: ScopedRequest, person: User) -> dict[str, object]:
    """What the form to register an authority begins with: what the person proposed for the leave in the address."""
    asked, today = request.GET.get("leave", ""), clock.today()
    leave = Leave.objects.filter(person=person, pk=int(asked)).first() if _ID.fullmatch(asked) else None
    if leave is None:
        return {"valid_from": today}
    return {
        "substitute": leave.substitute_id,
        "valid_from": max(leave.first_on, today),
        "valid_until": leave.last_on,
    }


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
    """A one-time password is shown once, as a slip to be handed over in person."""
    person = managed_person(request, pk)
    password = one_time_password()
    held = services.reset_password(user=person, one_time_password=password, by=request.user, at=clock.now())
    return show_slips(request, (services.Slip(held, password),))
