"""Roles are granted, revoked and confirmed; substitutions recorded and ended."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from investreview.accounts import services
from investreview.accounts.forms import GrantForm, ReasonForm
from investreview.accounts.http import ScopedRequest
from investreview.accounts.models import RoleMembership, Substitution, User
from investreview.accounts.people_page import bodies_for, substitutable_grants, waiting_for_confirmation
from investreview.accounts.permissions import can_confirm_grants
from investreview.accounts.services import RoleOffer
from investreview.accounts.substitution_forms import SubstitutionForm
from investreview.accounts.views.common import managed_commission, managed_person, own_commission
from investreview.accounts.views.people import person_page
from investreview.core import clock
from investreview.core.errors import DomainError, Forbidden, NotVisible
from investreview.core.roles import Role
from investreview.registry.forms import show_error
from investreview.registry.models import Commission, Enterprise


@login_required
@require_POST
def grant(request: ScopedRequest, pk: int) -> HttpResponse:
    """The person gets a role on a body."""
    person = managed_person(request, pk)
    form = GrantForm(request.POST, person=person, bodies=bodies_for(person))
    if form.is_valid():
        try:
            membership = services.grant_role(user=person, offer=_offer(person, form), by=request.user, at=clock.now())
        except DomainError as error:
            show_error(form, error)
        else:
            waits = membership.role == Role.AUDITOR
            messages.success(request, _("已授予，待第二人确认后生效。") if waits else _("已授予角色。"))
            return redirect("accounts:person", pk=pk)
    return person_page(request, person, grant_form=form)


def _offer(person: User, form: GrantForm) -> RoleOffer:
    data = form.cleaned_data
    return RoleOffer(
        role=Role(data["role"]),
        body=_body(person, data["body"]),
        valid_from=data["valid_from"],
        valid_until=data["valid_until"],
        office=data["office"],
    )


def _body(person: User, path: str) -> Commission | Enterprise:
    if person.commission is not None and path == person.commission.path:
        return person.commission
    return Enterprise.objects.get(path=path, commission=person.commission)


@login_required
@require_POST
def revoke(request: ScopedRequest, pk: int) -> HttpResponse:
    """The person no longer holds the role."""
    membership = _membership(managed_commission(request), pk)
    form = ReasonForm(request.POST)
    if form.is_valid():
        try:
            services.revoke_role(
                membership=membership, reason=form.cleaned_data["reason"], by=request.user, at=clock.now()
            )
        except DomainError as error:
            show_error(form, error)
        else:
            messages.success(request, _("角色已收回。"))
            return redirect("accounts:person", pk=membership.user_id)
    return person_page(request, membership.user, reason_form=form)


def _membership(commission: Commission, pk: int) -> RoleMembership:
    memberships = RoleMembership.objects.select_related("user__commission", "user__enterprise", "user__office")
    membership = memberships.filter(user__commission=commission, pk=pk).first()
    if membership is None:
        raise NotVisible("accounts_person_not_visible")
    return membership


def _confirmed_commission(request: ScopedRequest) -> Commission:
    commission = own_commission(request)
    if not can_confirm_grants(request.scope, commission):
        raise Forbidden("accounts_confirmers_only")
    return commission


@login_required
@require_safe
def confirmations(request: ScopedRequest) -> HttpResponse:
    """The grants that wait for a second person."""
    rows = waiting_for_confirmation(_confirmed_commission(request))
    return render(request, "accounts/confirmations.html", {"rows": rows})


@login_required
@require_POST
def confirm(request: ScopedRequest, pk: int) -> HttpResponse:
    """A second person stands for the grant."""
    membership = _membership(_confirmed_commission(request), pk)
    services.confirm_grant(membership=membership, by=request.user, at=clock.now())
    messages.success(request, _("授权已确认，自起始日期起生效。"))
    return redirect("accounts:confirmations")


@login_required
@require_POST
def substitute(request: ScopedRequest, pk: int) -> HttpResponse:
    """A written authority to act for this person is recorded."""
    person = managed_person(request, pk)
    at = clock.now()
    form = SubstitutionForm(request.POST, principal=person, grants=substitutable_grants(person, at))
    if form.is_valid():
        try:
            services.record_substitution(
                principal=person,
                substitute=form.cleaned_data["substitute"],
                authority=form.as_authority(),
                by=request.user,
                at=at,
            )
        except DomainError as error:
            show_error(form, error)
        else:
            messages.success(request, _("代办授权已登记。"))
            return redirect("accounts:person", pk=pk)
    return person_page(request, person, substitution_form=form)


@login_required
@require_POST
def end_substitution(request: ScopedRequest, pk: int) -> HttpResponse:
    """The substitute no longer acts for the principal."""
    substitutions = Substitution.objects.select_related("principal__commission")
    found = substitutions.filter(principal__commission=managed_commission(request), pk=pk).first()
    if found is None:
        raise NotVisible("accounts_person_not_visible")
    services.end_substitution(substitution=found, by=request.user, at=clock.now())
    messages.success(request, _("代办授权已终止。"))
    return redirect("accounts:person", pk=found.principal_id)
