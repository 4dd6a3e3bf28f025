"""Acts on a panel's record: carried out once, or the page comes back with what was typed."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from investreview.core import clock
from investreview.core.errors import Busy, DomainError, Forbidden, NotVisible
from workflows.panel.readers import PanelReader, read_panel
from workflows.panel.record_acts import OF_THE_SECRETARY, RECORD_ACTS
from workflows.panel.views.pages import shown
from workflows.panel.views.sheets import compare_again, entry_again
from workflows.review.views.common import SignedIn


@login_required
@require_POST
def act(request: SignedIn, panel_id: int, act: str) -> HttpResponse:
    """The act of this name is on record; pressed twice it is there once."""
    at = clock.now()
    reader = read_panel(panel_id, user=request.user, scope=request.scope, at=at)
    kind = RECORD_ACTS.get(act)
    if kind is None:
        raise NotVisible("experts_panel_not_visible")
    place = request.POST.get("place", "")[:4]
    form = kind(request.POST, request.FILES, panel=reader.panel, place=place)
    acting = form.acting(request.user, at)
    status = 422
    if form.is_valid():
        try:
            form.carry_out(acting=acting, at=at)
        except (NotVisible, Forbidden, Busy):
            raise
        except DomainError as error:
            if form.is_repeated(request.user):
                return _done(request, reader, form)
            form.show(error)
            status = error.status
        else:
            return _done(request, reader, form)
    if form.name == "enter-sheet":
        return entry_again(request, reader, form, status=status)
    if form.name == "reject-sheet":
        return compare_again(request, reader, form, at=at, status=status)
    return shown(request, reader, at=at, tried=form, status=status)


def _done(request: SignedIn, reader: PanelReader, form) -> HttpResponse:  # type: ignore[no-untyped-def]
    place = form.at_place
    where = gettext("席位 %(place)s：") % {"place": place} if place else ""
    messages.success(request, f"{where}{form.done}")
    is_of_secretary = form.name in OF_THE_SECRETARY | {"enter-sheet", "reject-sheet"} or not reader.sees_ceremony
    if is_of_secretary and reader.is_secretary:
        return redirect("panel:members", reader.panel.pk)
    return redirect("panel:panel", reader.panel.pk)
