"""The leader's written word that the running panel ends and another is drawn. There is no redraw (DRAW.md)."""

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from experts.models import Panel
from experts.selectors.places import running_panel
from experts.services.common import Scan
from experts.services.rounds import REASON_LENGTH
from experts.states import PanelState
from investreview.accounts.selectors import scope_of
from investreview.core import clock
from investreview.core.errors import Busy, DomainError, Forbidden, NotVisible, Stale
from investreview.core.fields import TextBlockField
from investreview.core.roles import Role
from investreview.projects.models import Case
from investreview.projects.permissions import acting_as
from investreview.projects.reading import known_case
from workflows import engine
from workflows.review.forms.base import DoorForm
from workflows.review.views.common import SignedIn


class NewRoundForm(DoorForm):
    """Why, and the leader's signed paper; the version is that of the case that was read."""

    error_fields = {"reason": "reason", "document": "document"}
    file_field = "document"

    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    reason = TextBlockField(
        label=_("重新组织的理由"),
        max_length=REASON_LENGTH,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("理由印在以后各轮的封存单和记录表上；请不要写专家姓名。"),
        error_messages={"required": _("请填写理由。")},
    )
    document = forms.FileField(
        label=_("书面决定扫描件"),
        error_messages={"required": _("请选择书面决定的扫描件。"), "empty": _("所选文件是空的，请重新选择。")},
    )


@login_required
@require_http_methods(["GET", "POST"])
def new_round(request: SignedIn, number: str) -> HttpResponse:
    """The running panel has ended by the deputy director's order, and the next one waits to be frozen.

    Sent twice, the second is answered with the first's result.
    """
    at = clock.now()
    case, _scope = known_case(number, user=request.user, scope=scope_of(request.user, at), at=at)
    acting_as(user=request.user, role=Role.DEPUTY_DIRECTOR, path=case.path, at=at)
    if request.method == "GET":
        return _page(request, case, NewRoundForm(initial={"version": case.version}), status=200)
    form = NewRoundForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, case, form, status=422)
    upload, reason = form.cleaned_data["document"], form.cleaned_data["reason"]
    try:
        engine.begin_another_panel(
            record_id=case.pk,
            user=request.user,
            at=at,
            version=form.cleaned_data["version"],
            reason=reason,
            document=Scan(upload, upload.name),
        )
    except (NotVisible, Forbidden, Busy):
        raise
    except DomainError as error:
        if not _was_ordered(case, request, reason):
            again = _on_present_state(request, case) if isinstance(error, Stale) else form
            again.show(error)
            return _page(request, case, again, status=error.status)
    messages.success(request, gettext("本轮专家组已终止，重新组织的理由已记录，等待抽取人封存新一轮。"))
    return redirect("desk:case", case.number)


def _on_present_state(request: SignedIn, case: Case) -> NewRoundForm:
    """The form with what was typed, on the case as it is now; the file has to be chosen again."""
    data = request.POST.copy()
    data["version"] = str(Case.objects.values_list("version", flat=True).get(pk=case.pk))
    return NewRoundForm(data, request.FILES)


def _was_ordered(case: Case, request: SignedIn, reason: str) -> bool:
    """Whether this very order was given by this person: a second press."""
    last = Panel.objects.filter(case=case).order_by("-round").first()
    if last is None or last.state != PanelState.VOID:
        return False
    return last.voided_by_id == request.user.pk and last.void_reason == reason


def _page(request: SignedIn, case: Case, form: NewRoundForm, *, status: int) -> HttpResponse:
    context = {"case": case, "form": form, "panel": running_panel(case)}
    return render(request, "experts/draws/new_round.html", context, status=status)
