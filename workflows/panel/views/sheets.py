"""Score sheets on paper: a numbered form to print, the entry of what came back, its comparison by another person."""

from datetime import datetime

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from experts.models import Seat
from experts.selectors.places import seated_seats
from experts.selectors.sheets import due_stage, open_stage, rules_of
from experts.states import SheetStage
from investreview.core import clock
from investreview.core.clock import legal_date
from investreview.core.errors import Invalid, NotVisible
from workflows.models import WorkItem
from workflows.panel.acts import COMPARE, SCORING
from workflows.panel.forms.records import RecordForm
from workflows.panel.forms.secretary import EnterSheetForm
from workflows.panel.forms.sheets import SheetFields, add_sheet_fields
from workflows.panel.pages import secretary
from workflows.panel.readers import PanelReader, read_panel
from workflows.review.views.common import ITEM, SignedIn, new_key, panel


@login_required
@require_safe
def print_sheet(request: SignedIn, panel_id: int, place: int) -> HttpResponse:
    """The empty sheet of the stage that is due, numbered for this place, to be printed and signed by hand."""
    reader, seat = _seat(request, panel_id, place, at=clock.now())
    form = SheetFields(auto_id=False)
    form.rules = rules_of(reader.panel)
    add_sheet_fields(form, form.rules)
    stage = _stage(seat)
    context = {
        "panel": reader.panel,
        "case": reader.panel.case,
        "seat": seat,
        "form": form,
        "stage": _in_chinese(stage),
        "red_lines": [line.name for line in form.rules.red_lines],
        "number": f"{reader.panel.subject.key}-{seat.draw_no:03d}-{'1' if stage == SheetStage.INDEPENDENT else '2'}",
        "below": form.rules.comment_below_percent,
        "full": form.rules.full_points,
    }
    return render(request, "experts/secretary/print_sheet.html", context)


@login_required
@require_safe
def enter(request: SignedIn, panel_id: int, place: int) -> HttpResponse:
    """The form in which a signed paper sheet is typed in."""
    at = clock.now()
    reader, seat = _seat(request, panel_id, place, at=at)
    form = EnterSheetForm(panel=reader.panel, place=str(seat.place), initial={"dated_on": legal_date(at)})
    return _entry(request, reader, seat, form, status=200)


def entry_again(request: SignedIn, reader: PanelReader, form: RecordForm, *, status: int) -> HttpResponse:
    """The entry with what was typed; the file has to be chosen again, as browsers keep none."""
    seat = _of_place(reader, form.at_place)
    return _entry(request, reader, seat, form, status=status)


def compare_again(
    request: SignedIn, reader: PanelReader, form: RecordForm, *, at: datetime, status: int
) -> HttpResponse:
    """The comparison with the reason that was typed; once the sheet is settled, the members with the reason to read."""
    items = WorkItem.objects.filter(
        case=reader.panel.case, place=form.at_place, node__in=sorted(SCORING), state=WorkItem.State.OPEN
    )
    item = items.select_related(*ITEM).first()
    sheets = _of_place(reader, form.at_place).sheets.filter(state="ENTERED")
    if item is None or not sheets.exists():
        messages.warning(request, gettext("该席位没有等待核对的评分表，操作没有执行。"))
        return redirect("panel:members", reader.panel.pk)
    panels = [panel(COMPARE, item, at=at, key=new_key())]
    context = secretary.compare_context(item, reader.panel, panels=panels, tried=form)
    return render(request, secretary.COMPARE, context, status=status)


def _seat(request: SignedIn, panel_id: int, place: int, *, at: datetime) -> tuple[PanelReader, Seat]:
    """The seat that holds the place for good, for the secretary. Raises: NotVisible (experts_panel_not_visible)."""
    reader = read_panel(panel_id, user=request.user, scope=request.scope, at=at)
    if not reader.is_secretary:
        raise NotVisible("experts_panel_not_visible")
    return reader, _of_place(reader, str(place))


def _of_place(reader: PanelReader, place: str) -> Seat:
    number = int(place) if place.isdecimal() else 0
    seat = seated_seats(reader.panel).select_related("panel__case__rule_set").filter(place=number).first()
    if seat is None:
        raise NotVisible("experts_panel_not_visible")
    return seat


def _in_chinese(stage: SheetStage) -> str:
    """The stage as the paper says it, whatever the language of the page."""
    with translation.override("zh-hans"):
        return str(stage.label)


def _stage(seat: Seat) -> SheetStage:
    try:
        return due_stage(seat)
    except Invalid:
        return open_stage(seat.panel)


def _entry(request: SignedIn, reader: PanelReader, seat: Seat, form: RecordForm, *, status: int) -> HttpResponse:
    drafts = seat.sheets.filter(state="DRAFT").exclude(rejected_reason="")
    context = {
        "panel": reader.panel,
        "case": reader.panel.case,
        "seat": seat,
        "form": form,
        "stage": _stage(seat).label,
        "rejected": drafts.first(),
    }
    return render(request, "experts/secretary/enter.html", context, status=status)
