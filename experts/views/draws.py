"""All draws, one of them, its evidence, and the check that none is missing."""

from pathlib import Path

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from experts.selectors.draw_pages import command_of, commissions_to_check, draw_list, draw_page
from experts.selectors.drawn import exclusion_rows, rank_rows, seats_text
from investreview.accounts.http import ScopedRequest
from investreview.core import clock
from investreview.core.errors import Forbidden
from investreview.core.subject import Subject
from investreview.draws import selectors as draws
from investreview.draws import verify_draw
from investreview.draws.services import export_evidence
from investreview.journal.services import record_access

CONFIDENTIAL = "confidential"


@login_required
@require_safe
def listed(request: ScopedRequest) -> HttpResponse:
    """Every draw the person may see, newest first."""
    typed = request.GET.get("before", "")
    before = int(typed) if typed.isdecimal() and len(typed) <= 18 else None
    return render(request, "experts/draws/list.html", {"page": draw_list(request.scope, before=before)})


@login_required
@require_safe
def draw(request: ScopedRequest, draw_pk: int) -> HttpResponse:
    """One draw by number: what was fixed, what was drawn, and how anybody can recompute it."""
    page = draw_page(request.scope, draw_pk)
    context = {"page": page, "draw": page.draw, "command": command_of(page.draw.number, page.draw.request_hash)}
    if page.panel is not None:
        context |= {
            "seats": seats_text(page.panel, page.draw),
            "ranks": rank_rows(page.panel, page.draw),
            "exclusions": exclusion_rows(page.draw.exclusions, {}),
        }
    return render(request, "experts/draws/draw.html", context)


@login_required
@require_safe
def evidence(request: ScopedRequest, draw_pk: int, print_: str) -> HttpResponse:
    """The evidence file of a draw that has ended, as the verifier reads it. Journal: draw.export."""
    content = export_evidence(
        draw_pk=draw_pk,
        confidential=print_ == CONFIDENTIAL,
        user=request.user,
        scope=request.scope,
        at=clock.now(),
    )
    number = draws.draw_for(request.scope, draw_pk).number or str(draw_pk)
    suffix = "-names" if print_ == CONFIDENTIAL else ""
    answer = HttpResponse(content, content_type="application/octet-stream")
    answer["Content-Disposition"] = f'attachment; filename="{number}{suffix}.json"'
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    return answer


@login_required
@require_safe
def verifier(request: ScopedRequest) -> FileResponse:
    """The verifier itself: one file, the same that draws."""
    place = Path(verify_draw.__file__)
    return FileResponse(
        place.open("rb"), as_attachment=True, filename="verify_draw.py", content_type="application/octet-stream"
    )


@login_required
@require_POST
def check(request: ScopedRequest) -> HttpResponse:
    """The chain of each commission was recomputed; the page says with what result. Journal: draw.check_chain."""
    at = clock.now()
    commissions = list(commissions_to_check(request.scope))
    if not commissions:
        raise Forbidden("draws_names_hidden")
    found = []
    for commission in commissions:
        result = draws.chain_check(request.scope, commission)
        record_access(
            commission=commission.code,
            verb="draw.check_chain",
            actor=request.user.as_actor(),
            subject=Subject("draw_chain", commission.code),
            at=at,
            facts={"count": len(result.checked), "is_whole": result.is_whole},
        )
        found.append((commission, result))
    return render(request, "experts/draws/check.html", {"found": found, "at": at})
