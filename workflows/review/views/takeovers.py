"""Cases that go on from paper: entered by one, compared by another, then at their step."""

from datetime import datetime

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from investreview.accounts.selectors import scope_of
from investreview.core import clock
from investreview.core.errors import DomainError, Forbidden, Invalid, NotVisible
from investreview.core.messages import sentence
from investreview.core.roles import Role
from investreview.core.text import safe_filename
from investreview.journal.services import record_access
from investreview.projects.forms.many_files import with_names
from investreview.projects.models import Takeover
from investreview.projects.past.views.noting import note_reading
from investreview.projects.permissions import CHECKING, TAKEOVER_READERS, TAKING_OVER
from investreview.projects.services.takeovers import enter_takeover, reject_takeover
from investreview.projects.storage import stored_place
from workflows.review.acts import next_sentence
from workflows.review.forms.paper import RejectForm
from workflows.review.forms.takeover import TakeoverForm
from workflows.review.views.common import SignedIn, new_key
from workflows.taking_over import (
    accept_takeover,
    entered_form,
    require_entering,
    takeover_for,
    takeover_paper,
    takeovers,
)

PAGE = 50


@login_required
@require_safe
def listed(request: SignedIn) -> HttpResponse:
    """Every take-over of the commission, latest first."""
    scope = scope_of(request.user, clock.now())
    if not scope.roles & TAKEOVER_READERS:
        raise Forbidden("projects_role_missing", role=Role.CASE_OFFICER.label)
    before = request.GET.get("before", "")
    found = takeovers(scope)
    if before.isascii() and before.isdigit() and len(before) < 19:
        found = found.filter(pk__lt=int(before))
    rows = list(found[: PAGE + 1])
    context = {
        "rows": rows[:PAGE],
        "next_before": rows[PAGE - 1].pk if len(rows) > PAGE else 0,
        "may_enter": bool(scope.roles & TAKING_OVER),
    }
    return render(request, "workflows/takeovers.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: SignedIn) -> HttpResponse:
    """The 接续单; what was typed stays when something is wrong with it."""
    at = clock.now()
    require_entering(request.user, scope_of(request.user, at))
    is_sent = request.method == "POST"
    data, files = (request.POST, request.FILES) if is_sent else (None, None)
    form = TakeoverForm(data, files, user=request.user, at=at)
    if is_sent and form.is_valid():
        typed = {name: request.POST[name] for name in form.fields if name in request.POST and name != "creation_key"}
        try:
            entry = enter_takeover(
                user=request.user,
                head=form.head,
                payload=typed,
                scans=with_names(form.cleaned_data["papers"]),
                creation_key=f"takeover:{form.cleaned_data['creation_key'] or new_key()}",
                at=at,
            )
        except Invalid as error:
            form.show(error)
        else:
            messages.success(request, gettext("接续单已录入，由另一人核对一致后接着办理。"))
            return redirect("review:takeover", entry.pk)
    return render(request, "workflows/takeover_new.html", {"form": form}, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "POST"])
def takeover(request: SignedIn, takeover_id: int) -> HttpResponse:
    """Entry and scans side by side; found equal by another person, the case goes on."""
    at = clock.now()
    scope = scope_of(request.user, at)
    entry = takeover_for(scope, takeover_id)
    if request.method == "GET":
        note_reading(entry.subject, commission=entry.commission, user=request.user, scope=scope, at=at)
        return _page(request, entry, RejectForm(), at=at, status=200)
    decision = request.POST.get("decision")
    if decision == "differ":
        return _reject(request, entry, at)
    if decision != "agree":
        raise Invalid("review_form_incomplete")
    try:
        case = accept_takeover(takeover_id=entry.pk, user=request.user, at=at)
    except (NotVisible, Forbidden):
        raise
    except DomainError as error:
        return _page(request, entry, RejectForm(), at=at, refusal=sentence(error), status=error.status)
    messages.success(request, gettext("核对一致，办件已接续。") + next_sentence(case))
    return redirect("desk:case", case.number)


def _reject(request: SignedIn, entry: Takeover, at: datetime) -> HttpResponse:
    form = RejectForm(request.POST)
    if not form.is_valid():
        return _page(request, entry, form, at=at, status=422)
    try:
        reject_takeover(user=request.user, takeover_id=entry.pk, reason=form.cleaned_data["reason"], at=at)
    except Invalid as error:
        form.show(error)
        return _page(request, entry, form, at=at, status=error.status)
    messages.success(request, gettext("已记为不一致，原接续单保留；可以重新录入。"))
    return redirect("review:takeovers")


def _page(
    request: SignedIn, entry: Takeover, form: RejectForm, *, at: datetime, status: int, refusal: str = ""
) -> HttpResponse:
    scope = scope_of(request.user, at)
    context = {
        "entry": entry,
        "entered": entered_form(entry, at=at).typed(),
        "papers": entry.papers.all(),
        "form": form,
        "refusal": refusal,
        "is_own": entry.entered_by_id == request.user.pk,
        "may_check": scope.holds_any(CHECKING, entry.commission.path),
        "may_list": bool(scope.roles & TAKEOVER_READERS),
    }
    return render(request, "workflows/takeover.html", context, status=status)


@login_required
@require_safe
def paper(request: SignedIn, paper_id: int) -> FileResponse:
    """A scan of a take-over, as attachment; the download is noted."""
    at = clock.now()
    found = takeover_paper(scope_of(request.user, at), paper_id)
    entry: Takeover = found.takeover  # type: ignore[assignment]  # takeover_paper answers no other
    place = stored_place(found.storage_name, name=found.name, sha256=found.sha256)
    record_access(
        commission=entry.commission.code,
        verb="file.download",
        actor=request.user.as_actor(),
        subject=entry.subject,
        at=at,
        facts={"name": found.name, "sha256": found.sha256},
    )
    answer = FileResponse(
        place.open("rb"),
        as_attachment=True,
        filename=safe_filename(found.name),
        content_type="application/octet-stream",
    )
    answer["Cache-Control"] = "private, no-store"
    return answer
