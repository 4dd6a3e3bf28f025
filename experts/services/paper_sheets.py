"""Score sheets on paper: typed in by one, compared with the paper by another; the paper is the original."""

from datetime import date, datetime

from django.db import transaction

from experts.models import Panel, ScoreSheet, Seat
from experts.permissions import require_papers_open, require_secretary
from experts.rules.entries import SheetEntry, require_whole
from experts.selectors.sheets import due_stage, rules_of
from experts.services.common import Scan, keep, lock_case_and_panel, note, save, seated_seat
from experts.services.sheet_writing import begun_sheet, sheet_facts, sign, write
from experts.services.sheets import begun_correction
from experts.states import REVIEWING, SheetStage, SheetState, SignedVia
from experts.verbs import PanelVerb
from investreview.core.clock import legal_date
from investreview.core.errors import Forbidden, Invalid
from investreview.projects.acting import Acting
from investreview.projects.models import Case
from investreview.projects.services.common import require_reason


def enter_sheet(
    *,
    acting: Acting,
    case_id: int,
    place: str,
    entry: SheetEntry,
    dated_on: date,
    scan: Scan,
    correction_reason: str = "",
    at: datetime,
) -> ScoreSheet:
    """What stands on the signed paper is typed in, with its scan, and waits for another person's comparison.

    With ``correction_reason`` it is to replace the signed sheet of the open stage. Raises: Forbidden,
    Invalid (experts_sheet_signed, experts_sheet_entered, experts_paper_date_wrong, the scan's fault, what
    ``require_whole`` raises). Rule: DOMAIN §6, way C. Journal: panel.enter_sheet.
    """
    with transaction.atomic():
        case, panel, seat = _seat(acting, case_id, None, place)
        require_whole(entry, rules_of(panel))
        if correction_reason.strip():
            sheet = begun_correction(seat, correction_reason, at)
        else:
            sheet = begun_sheet(seat, due_stage(seat), at)
        if sheet.state == SheetState.ENTERED:
            raise Invalid("experts_sheet_entered")
        _require_day(dated_on, sheet, at)
        write(sheet, entry, at)
        sheet.state = SheetState.ENTERED
        sheet.via = SignedVia.PAPER
        sheet.dated_on = dated_on
        sheet.scan = keep(scan, case=case, acting=acting, at=at)
        sheet.entered_by = acting.person
        sheet.compared_by = None
        sheet.rejected_reason = ""
        save(sheet)
        facts = sheet_facts(sheet) | {"dated_on": dated_on.isoformat(), "scan_sha256": sheet.scan.sha256}
        note(panel, PanelVerb.ENTER_SHEET, acting=acting, at=at, facts=facts)
        return sheet


def compare_sheet(*, acting: Acting, case_id: int, version: int | None, place: str, at: datetime) -> Case:
    """Another person has found the entry equal to the paper: it is the place's signed sheet.

    Raises: Forbidden (also experts_paper_same_person), Stale, Invalid (experts_nothing_to_compare,
    experts_chair_missing, experts_written_opinion_late). Journal: panel.sign_sheet, or panel.correct_sheet.
    """
    with transaction.atomic():
        case, panel, seat = _seat(acting, case_id, version, place)
        sheet = _entered(seat, acting)
        sheet.compared_by = acting.person
        sign(sheet, via=SignedVia.PAPER, on=sheet.dated_on or legal_date(at), at=at)
        verb = PanelVerb.CORRECT_SHEET if sheet.correction_reason else PanelVerb.SIGN_SHEET
        note(panel, verb, acting=acting, at=at, facts=sheet_facts(sheet))
        return case


def reject_sheet(*, acting: Acting, case_id: int, place: str, reason: str, at: datetime) -> Case:
    """The entry does not agree with the paper: it is open again, with the reason, and has to be typed in anew.

    Raises: Forbidden, Invalid (experts_nothing_to_compare, projects_reason_needed). Journal: panel.reject_sheet.
    """
    with transaction.atomic():
        case, panel, seat = _seat(acting, case_id, None, place)
        sheet = _entered(seat, acting)
        sheet.state = SheetState.DRAFT
        sheet.compared_by = acting.person
        sheet.rejected_reason = require_reason(reason)
        save(sheet)
        facts = sheet_facts(sheet) | {"reason": sheet.rejected_reason}
        note(panel, PanelVerb.REJECT_SHEET, acting=acting, at=at, facts=facts)
        return case


def _seat(acting: Acting, case_id: int, version: int | None, place: str) -> tuple[Case, Panel, Seat]:
    case, panel = lock_case_and_panel(case_id, version, *REVIEWING)
    require_secretary(acting, panel)
    seat = seated_seat(panel, place)
    require_papers_open(seat)
    return case, panel, seat


def _entered(seat: Seat, acting: Acting) -> ScoreSheet:
    held = ScoreSheet.objects.select_for_update(of=("self",)).select_related("scan")
    sheet = held.filter(seat=seat, state=SheetState.ENTERED).first()
    if sheet is None:
        raise Invalid("experts_nothing_to_compare")
    sheet.seat = seat
    if sheet.entered_by_id in acting.person_ids:
        raise Forbidden("experts_paper_same_person")
    return sheet


def _require_day(dated_on: date, sheet: ScoreSheet, at: datetime) -> None:
    """The day on the paper lies after the invitation, a final sheet's not before the meeting, never in the future."""
    panel = sheet.seat.panel
    begins_at = panel.held_at if sheet.stage == SheetStage.FINAL else sheet.seat.confirmed_at
    first = legal_date(begins_at) if begins_at is not None else dated_on
    if not first <= dated_on <= legal_date(at):
        raise Invalid("experts_paper_date_wrong", field="dated_on", given=dated_on, first=first, last=legal_date(at))
