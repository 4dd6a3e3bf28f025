"""Mistakes put right (DOMAIN §17): the signer takes a signature back, the officer begins a correcting letter."""

from datetime import datetime

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from investreview.accounts.selectors import scope_of
from investreview.core import clock
from investreview.core.errors import Busy, DomainError, Forbidden, Invalid, NotVisible, Stale
from investreview.core.messages import sentence
from investreview.core.roles import ENTERPRISE_ROLES, SIGNING_ROLES, Role
from investreview.documents.models import Document
from investreview.documents.services import is_text_on_paper
from investreview.projects.models import Case
from investreview.projects.permissions import acting_as
from investreview.projects.reading import known_case
from investreview.projects.record import open_remedy
from investreview.projects.rules import Verb
from investreview.projects.services.remedies import require_remedy_drafter
from workflows import corrections
from workflows.review.acts import next_sentence
from workflows.review.changes import case_now
from workflows.review.forms.moves import MoveForm, VersionForm
from workflows.review.forms.remedies import RemedyForm
from workflows.review.letters import letter_draft
from workflows.review.links import can_begin_remedy, may_withdraw_signature
from workflows.review.views.common import SignedIn
from workflows.review.views.moves import _did_it


def _inside_case(request: SignedIn, number: str, at: datetime, role: Role) -> Case:
    """The case, read from the commission's side.

    Raises: NotVisible; Forbidden (projects_role_missing) for the enterprise, before anything is told of a signature.
    """
    case, scope = known_case(number, user=request.user, scope=scope_of(request.user, at), at=at)
    if not scope.roles_on(case.path) - ENTERPRISE_ROLES:
        raise Forbidden("projects_role_missing", role=role.label)
    return case


@login_required
@require_http_methods(["GET", "POST"])
def withdraw_signature(request: SignedIn, number: str) -> HttpResponse:
    """The signer takes the signature back before the seal; asked twice, it is taken back once."""
    at = clock.now()
    case = _inside_case(request, number, at, Role.DEPUTY_DIRECTOR)
    form = MoveForm(request.POST or None, initial={"version": case.version})
    if request.method == "POST" and form.is_valid():
        return _withdraw(request, case, form, at)
    _require_signer(request, case)
    return _withdrawal_page(request, case, form, status=422 if form.is_bound else 200)


def _require_signer(request: SignedIn, case: Case) -> None:
    if not scope_of(request.user, clock.now()).holds_any(SIGNING_ROLES, case.path):
        raise Forbidden("projects_role_missing", role=Role.DEPUTY_DIRECTOR.label)
    steps = corrections.steps_of(case)
    if corrections.withdrawable_step(steps) is None:
        raise Invalid("workflows_nothing_to_withdraw")
    if not may_withdraw_signature(case, request.user, steps):
        raise Forbidden("projects_not_your_signature")


def _withdraw(request: SignedIn, case: Case, form: MoveForm, at: datetime) -> HttpResponse:
    version, reason = form.cleaned_data["version"], form.cleaned_data["reason"]
    try:
        if not _did_it(request, case, Verb.WITHDRAW_SIGNATURE, version):
            corrections.withdraw_signature(record_id=case.pk, user=request.user, at=at, version=version, reason=reason)
    except Stale as error:
        again = MoveForm({"version": case.version, "reason": reason})
        return _withdrawal_page(request, case, again, error=error, status=error.status)
    except (NotVisible, Forbidden, Busy):
        raise
    except DomainError as error:
        form.show(error)
        return _withdrawal_page(request, case, form, status=error.status)
    messages.success(request, gettext("签发已撤回，文号保留。") + next_sentence(case))
    return redirect("desk:case", case.number)


def _withdrawal_page(
    request: SignedIn, case: Case, form: MoveForm, *, error: Stale | None = None, status: int
) -> HttpResponse:
    item = corrections.withdrawable_step(corrections.steps_of(case))
    remedy = open_remedy(case) if item is not None and item.node == "remedy_sign" else None
    context = {"case": case, "form": form, "number": remedy.number if remedy is not None else case.document_number}
    return render(request, "workflows/withdraw_signature.html", context | _stale(case, form, error), status=status)


def _stale(case: Case, form: VersionForm, error: Stale | None) -> dict[str, object]:
    if error is None:
        return {}
    return {"sentence": sentence(error), "theirs": case_now(case), "yours": form.typed()}


@login_required
@require_http_methods(["GET", "POST"])
def remedy(request: SignedIn, number: str) -> HttpResponse:
    """The officer begins 更正函 or 作废重发 for a letter that was sent; asked twice, it is begun once."""
    at = clock.now()
    case = _inside_case(request, number, at, Role.CASE_OFFICER)
    acting = acting_as(user=request.user, role=Role.CASE_OFFICER, path=case.path, at=at)
    require_remedy_drafter(acting, case)
    form = RemedyForm(request.POST or None, initial={"version": case.version})
    if request.method == "POST" and form.is_valid():
        return _begin(request, case, form, at)
    if request.method == "GET" and not can_begin_remedy(case):
        raise Invalid("projects_remedy_open" if open_remedy(case) is not None else "review_no_letter_sent")
    return _remedy_page(request, case, form, at, status=422 if form.is_bound else 200)


def _begin(request: SignedIn, case: Case, form: RemedyForm, at: datetime) -> HttpResponse:
    version = form.cleaned_data["version"]
    try:
        if not _did_it(request, case, Verb.BEGIN_REMEDY, version):
            corrections.begin_remedy(record_id=case.pk, user=request.user, at=at, version=version, facts=form.facts())
    except Stale as error:
        data = request.POST.copy()
        data["version"] = str(case.version)
        return _remedy_page(request, case, RemedyForm(data), at, error=error, status=error.status)
    except (NotVisible, Forbidden, Busy):
        raise
    except DomainError as error:
        form.show(error)
        return _remedy_page(request, case, form, at, status=error.status)
    begun = open_remedy(case)
    messages.success(request, gettext("文稿已生成，可以修改文字。") + next_sentence(case))
    return redirect("documents:document", begun.letter_id) if begun is not None else redirect("desk:case", case.number)


def _remedy_page(
    request: SignedIn, case: Case, form: RemedyForm, at: datetime, *, error: Stale | None = None, status: int
) -> HttpResponse:
    letter = letter_draft(case.letter_id, scope_of(request.user, at))
    sent = Document.objects.select_related("issued_version").filter(pk=case.letter_id or 0).first()
    is_on_paper = sent is not None and is_text_on_paper(sent)
    context = {"case": case, "form": form, "letter": letter, "is_on_paper": is_on_paper}
    return render(request, "workflows/remedy_begin.html", context | _stale(case, form, error), status=status)
