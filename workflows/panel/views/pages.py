"""The pages of a panel: the draw for its two hands, the members for the secretary, a wave for the discipline office."""

from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from experts.links import panel_url
from experts.selectors.beat import beat_of
from experts.selectors.places import latest_panel
from investreview.core import clock
from investreview.core.errors import NotVisible
from investreview.journal.services import record_access
from workflows.panel.forms.records import RecordForm
from workflows.panel.pages import ceremony, countersigning, secretary
from workflows.panel.readers import PanelReader, read_panel
from workflows.panel.record_acts import OF_THE_SECRETARY
from workflows.review.views.common import SignedIn


@login_required
@require_safe
def panel(request: SignedIn, panel_id: int) -> HttpResponse:
    """The page that this person has of the panel; an earlier round leads to the newest."""
    at = clock.now()
    reader = read_panel(panel_id, user=request.user, scope=request.scope, at=at)
    newest = reader.panel if reader.is_newest else latest_panel(reader.panel.case)
    if newest is not None and newest != reader.panel:
        return redirect(panel_url(newest))
    if reader.is_secretary and not reader.sees_ceremony:
        return redirect("panel:members", panel_id)
    _note_audit(reader, at)
    return shown(request, reader, at=at)


@login_required
@require_safe
def members(request: SignedIn, panel_id: int) -> HttpResponse:
    """The members as the secretary knows them."""
    at = clock.now()
    reader = read_panel(panel_id, user=request.user, scope=request.scope, at=at)
    if not reader.is_secretary:
        raise NotVisible("experts_panel_not_visible")
    return _members(request, reader, at=at)


@login_required
@require_safe
def beat(request: SignedIn, panel_id: int) -> HttpResponse:
    """Nothing while nobody has acted since the page was made, else the word that it can be made anew."""
    reader = read_panel(panel_id, user=request.user, scope=request.scope, at=clock.now())
    if beat_of(reader.panel) == request.GET.get("seen"):
        return HttpResponse(status=204)
    answer = render(request, "experts/ceremony/moved.html", {"url": panel_url(reader.panel)})
    answer["HX-Trigger"] = "ceremony-moved"
    return answer


def shown(
    request: SignedIn, reader: PanelReader, *, at: datetime, tried: RecordForm | None = None, status: int = 200
) -> HttpResponse:
    """The page to which an act belongs, with the form that was tried."""
    if (tried is not None and tried.name in OF_THE_SECRETARY) or (not reader.sees_ceremony and reader.is_secretary):
        return _members(request, reader, at=at, tried=tried, status=status)
    if not reader.sees_ceremony:
        context = countersigning.countersigning_context(reader.panel, scope=reader.scope, tried=tried)
        return render(request, countersigning.PAGE, context, status=status)
    context = ceremony.ceremony_context(reader.panel, user=reader.user, scope=reader.scope, at=at, tried=tried)
    return render(request, ceremony.PAGE, _framed(request, reader, context), status=status)


def _members(
    request: SignedIn, reader: PanelReader, *, at: datetime, tried: RecordForm | None = None, status: int = 200
) -> HttpResponse:
    context = secretary.secretary_context(reader.panel, user=reader.user, scope=reader.scope, at=at, tried=tried)
    return render(request, secretary.PAGE, _framed(request, reader, context), status=status)


def _framed(request: HttpRequest, reader: PanelReader, context: dict[str, Any]) -> dict[str, Any]:
    """The way to the other page of the panel, for somebody who has both."""
    both = reader.is_secretary and reader.sees_ceremony
    return {**context, "other_page": reverse("panel:members", args=[reader.panel.pk]) if both else ""}


def _note_audit(reader: PanelReader, at: datetime) -> None:
    """An auditor's reading stands in the access chain, where those who are read about do not see it."""
    if reader.only_audits:
        record_access(
            commission=reader.panel.case.commission.code,
            verb="panel.read",
            actor=reader.user.as_actor(),
            subject=reader.panel.subject,
            at=at,
        )
