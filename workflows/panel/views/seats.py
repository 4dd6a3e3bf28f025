"""The pages of an expert: desk, own sheets, own seat, summary, papers; and the large type they may switch to."""

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from experts.selectors.papers import paper_for
from investreview.accounts.models import User
from investreview.accounts.selectors import scope_of
from investreview.core import clock
from investreview.core.errors import NotVisible
from investreview.core.text import safe_filename
from investreview.projects.acting import Acting
from investreview.projects.files import note_download, place_of
from workflows import engine
from workflows.panel.pages.expert import TEMPLATE, Step, seat_context
from workflows.panel.pages.expert_desk import expert_desk, signed_rows
from workflows.panel.pages.summary import summary_of
from workflows.review.views.common import SignedIn

LARGE_TYPE = "ir_large_type"
REMEMBERED_SECONDS = 365 * 24 * 3600


def _require_expert(user: User) -> None:
    """Raises: NotVisible (experts_seat_not_visible) for everybody else: seats do not exist for them."""
    if user.kind != User.Kind.EXPERT:
        raise NotVisible("experts_seat_not_visible")


@login_required
@require_safe
def desk(request: SignedIn) -> HttpResponse:
    """Invitations to answer, panels to review, and what is over."""
    _require_expert(request.user)
    return render(request, "experts/seat/desk.html", {"desk": expert_desk(request.user)})


@login_required
@require_safe
def signed(request: SignedIn) -> HttpResponse:
    """The own signed sheets."""
    _require_expert(request.user)
    return render(request, "experts/seat/signed.html", {"rows": signed_rows(request.user)})


@login_required
@require_safe
def seat(request: SignedIn, seat_id: int) -> HttpResponse:
    """The own seat with what is due now; opening it ends the recall of the act before it."""
    at = clock.now()
    context = seat_context(request.user, seat_id, at=at)
    step: Step | None = context.get("step")
    if step is not None:
        engine.note_opened(item=step.item, user=request.user, at=at)
    return render(request, TEMPLATE, context)


@login_required
@require_safe
def summary(request: SignedIn, seat_id: int) -> HttpResponse:
    """The three pages of facts, to read and to print."""
    return render(request, "experts/seat/summary.html", {"summary": summary_of(request.user, seat_id, at=clock.now())})


@login_required
@require_safe
def paper(request: SignedIn, seat_id: int, file_id: int) -> FileResponse:
    """One file of the materials as it came; each download is noted. Journal: file.download, in the access chain."""
    at = clock.now()
    stored = paper_for(request.user, seat_id, file_id)
    place = place_of(stored)
    note_download(stored, acting=Acting(user=request.user, scope=scope_of(request.user, at)), at=at)
    answer = FileResponse(
        place.open("rb"),
        as_attachment=True,
        filename=safe_filename(stored.name),
        content_type="application/octet-stream",
    )
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    return answer


@login_required
@require_POST
def large_type(request: SignedIn) -> HttpResponse:
    """The large type is on when it was off, and the other way round, remembered on this machine for a year."""
    way = request.POST.get("next", "")
    is_own = url_has_allowed_host_and_scheme(way, {request.get_host()}, require_https=request.is_secure())
    answer = redirect(way if is_own else "/")
    if request.COOKIES.get(LARGE_TYPE):
        answer.delete_cookie(LARGE_TYPE, samesite="Lax")
    else:
        answer.set_cookie(
            LARGE_TYPE,
            "1",
            max_age=REMEMBERED_SECONDS,
            httponly=True,
            samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE,
        )
    return answer
