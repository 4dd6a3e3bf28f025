"""Score sheets on screen: saved while being written, signed once, corrected only while nobody else can read them."""

from datetime import datetime

from django.db import transaction

from experts.models import Panel, ScoreSheet, Seat
from experts.permissions import require_own, require_papers_open
from experts.rules.entries import SheetEntry, require_whole, require_writable
from experts.selectors.places import signed_sheet
from experts.selectors.sheets import due_stage, open_stage, rules_of
from experts.services.common import lock_case_and_panel, note, save, seated_seat
from experts.services.sheet_writing import begun_sheet, sheet_facts, sign, write
from experts.states import REVIEWING, SheetState, SignedVia
from experts.verbs import PanelVerb
from investreview.core.clock import legal_date
from investreview.core.errors import Invalid
from investreview.core.text import clean_block
from investreview.projects.acting import Acting
from investreview.projects.models import Case
from investreview.projects.services.common import require_reason


def save_sheet(
    *, acting: Acting, case_id: int, place: str, sheet_version: int, entry: SheetEntry, at: datetime
) -> ScoreSheet:
    """The expert's draft holds what was typed so far; ``sheet_version`` is 0 before the first save.

    Saved again unchanged, nothing happens. Raises: Forbidden (experts_place_of_another, experts_declaration_needed,
    experts_conflict_declared), Stale (core_stale), Invalid (experts_sheet_signed, experts_sheet_entered, what
    ``require_writable`` raises). Journal: panel.save_sheet.
    """
    with transaction.atomic():
        _case, panel, seat = _own_seat(acting, case_id, None, place)
        require_writable(entry, rules_of(panel))
        sheet = _writable(begun_sheet(seat, due_stage(seat), at))
        before = (sheet.scores, sheet.red_lines, sheet.verdict, sheet.conditions, sheet.comment)
        saved_version = sheet.version
        write(sheet, entry, at)
        if saved_version and before == (sheet.scores, sheet.red_lines, sheet.verdict, sheet.conditions, sheet.comment):
            return sheet
        sheet.check_version(sheet_version)
        save(sheet)
        note(panel, PanelVerb.SAVE_SHEET, acting=acting, at=at, facts=sheet_facts(sheet) | {"version": sheet.version})
        return sheet


def sign_sheet(
    *, acting: Acting, case_id: int, version: int | None, place: str, entry: SheetEntry, at: datetime
) -> Case:
    """The expert has signed the sheet of the stage that is due; from now on neither it nor its place changes hands.

    Raises: Forbidden (experts_place_of_another, experts_declaration_needed, experts_conflict_declared), Stale,
    Invalid (experts_sheet_signed, experts_sheet_entered, experts_chair_missing, experts_written_opinion_late, what
    ``require_whole`` raises). Rule: DOMAIN §6, score sheet. Journal: panel.sign_sheet.
    """
    with transaction.atomic():
        case, panel, seat = _own_seat(acting, case_id, version, place)
        require_whole(entry, rules_of(panel))
        sheet = _writable(begun_sheet(seat, due_stage(seat), at))
        write(sheet, entry, at)
        sign(sheet, via=SignedVia.SCREEN, on=legal_date(at), at=at)
        note(panel, PanelVerb.SIGN_SHEET, acting=acting, at=at, facts=sheet_facts(sheet))
        return case


def correct_sheet(
    *, acting: Acting, case_id: int, version: int | None, place: str, entry: SheetEntry, reason: str, at: datetime
) -> Case:
    """A new signed version with its reason counts; the one before stays, superseded.

    An independent sheet may be corrected before the meeting, a final one before the opinion is drafted. Raises: as
    ``sign_sheet``; Invalid (experts_nothing_to_correct, projects_reason_needed). Rule: DOMAIN §6.
    Journal: panel.correct_sheet.
    """
    with transaction.atomic():
        case, panel, seat = _own_seat(acting, case_id, version, place)
        require_whole(entry, rules_of(panel))
        sheet = _writable(begun_correction(seat, reason, at))
        write(sheet, entry, at)
        sign(sheet, via=SignedVia.SCREEN, on=legal_date(at), at=at)
        note(panel, PanelVerb.CORRECT_SHEET, acting=acting, at=at, facts=sheet_facts(sheet))
        return case


def begun_correction(seat: Seat, reason: str, at: datetime) -> ScoreSheet:
    """A new version of the seat's signed sheet of the open stage, with its reason, not yet saved.

    Raises: Invalid (experts_nothing_to_correct, projects_reason_needed).
    """
    stage = open_stage(seat.panel)
    if signed_sheet(seat, stage) is None:
        raise Invalid("experts_nothing_to_correct")
    sheet = begun_sheet(seat, stage, at)
    sheet.correction_reason = clean_block(require_reason(reason))
    return sheet


def _own_seat(acting: Acting, case_id: int, version: int | None, place: str) -> tuple[Case, Panel, Seat]:
    case, panel = lock_case_and_panel(case_id, version, *REVIEWING)
    seat = seated_seat(panel, place)
    require_own(acting.user, seat)
    require_papers_open(seat)
    return case, panel, seat


def _writable(sheet: ScoreSheet) -> ScoreSheet:
    """The sheet, unless it was entered from paper and waits for its comparison."""
    if sheet.state == SheetState.ENTERED:
        raise Invalid("experts_sheet_entered")
    return sheet
