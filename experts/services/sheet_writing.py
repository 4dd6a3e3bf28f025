"""How every sheet is written: on screen or from paper, as a draft or for good."""

from datetime import date, datetime
from hashlib import sha256
from secrets import token_hex

from django.db.models import Max

from experts.models import ScoreSheet, Seat
from experts.rules.entries import SheetEntry
from experts.selectors.places import signed_sheet
from experts.selectors.sheets import entry_of, rules_of, written_opinion_due_on
from experts.services.common import save
from experts.states import SheetStage, SheetState, SignedVia
from investreview.core.errors import Invalid
from investreview.core.text import clean_block, clean_line
from investreview.journal.canonical import canonical_json

CONDITION_LENGTH = 500
_SALT_BYTES = 16


def unsigned_sheet(seat: Seat, stage: SheetStage) -> ScoreSheet | None:
    """The draft or entered sheet of a stage, locked."""
    unsigned = ScoreSheet.objects.select_for_update().filter(
        seat=seat, stage=stage, state__in=[SheetState.DRAFT, SheetState.ENTERED]
    )
    return unsigned.first()


def begun_sheet(seat: Seat, stage: SheetStage, at: datetime) -> ScoreSheet:
    """The unsigned sheet of a stage, or a new one with the next ordinal, not yet saved."""
    found = unsigned_sheet(seat, stage)
    if found is not None:
        return found
    last = ScoreSheet.objects.filter(seat=seat, stage=stage).aggregate(last=Max("ordinal"))["last"] or 0
    return ScoreSheet(seat=seat, stage=stage, ordinal=last + 1, version=0, saved_at=at)


def write(sheet: ScoreSheet, entry: SheetEntry, at: datetime) -> None:
    """The sheet holds what was typed, cleaned; it is not saved yet. Raises: Invalid (text_*)."""
    sheet.scores = {
        key: {"points": mark.points, "comment": _cleaned(mark.comment)} for key, mark in sorted(entry.marks.items())
    }
    sheet.red_lines = {
        key: {"is_yes": answer.is_yes, "explanation": _cleaned(answer.explanation)}
        for key, answer in sorted(entry.red_lines.items())
    }
    sheet.verdict = entry.verdict
    sheet.conditions = [
        clean_line(condition, max_length=CONDITION_LENGTH) for condition in entry.conditions if condition.strip()
    ]
    sheet.comment = _cleaned(entry.comment)
    sheet.saved_at = at


def sign(sheet: ScoreSheet, *, via: SignedVia, on: date, at: datetime) -> None:
    """The written sheet is signed for good; an earlier signed version of its stage is superseded by it.

    ``on`` is the day that counts: today, or the day on the paper. Raises: Invalid (experts_chair_missing,
    experts_written_opinion_late).
    """
    if sheet.stage == SheetStage.FINAL:
        _require_final_possible(sheet.seat, on)
    earlier = signed_sheet(sheet.seat, SheetStage(sheet.stage))
    if earlier is not None:
        earlier.state = SheetState.SUPERSEDED
        save(earlier)
    sheet.state = SheetState.SIGNED
    sheet.via = via
    sheet.signed_at = at
    sheet.total = entry_of(sheet).total
    sheet.salt = token_hex(_SALT_BYTES)
    sheet.sha256 = digest_of(sheet)
    save(sheet)


def digest_of(sheet: ScoreSheet) -> str:
    """The SHA-256 of a signed sheet's content."""
    content = {
        "panel": sheet.seat.panel.subject.key,
        "place": sheet.seat.place,
        "draw_no": sheet.seat.draw_no,
        "stage": sheet.stage,
        "ordinal": sheet.ordinal,
        "entry": entry_of(sheet),
        "total": sheet.total,
        "correction_reason": sheet.correction_reason,
        "via": sheet.via,
        "salt": sheet.salt,
    }
    return sha256(canonical_json(content)).hexdigest()


def sheet_facts(sheet: ScoreSheet) -> dict[str, object]:
    """What the journal says of a sheet: whose place, which version, its hash; never what stands on it."""
    return {
        "place": sheet.seat.place,
        "draw_no": sheet.seat.draw_no,
        "stage": sheet.stage,
        "ordinal": sheet.ordinal,
        "via": sheet.via,
        "sha256": sheet.sha256,
    }


def _require_final_possible(seat: Seat, on: date) -> None:
    if seat.panel.chair_id is None:
        raise Invalid("experts_chair_missing")
    due_on = written_opinion_due_on(seat)
    if due_on is not None and on > due_on:
        citation = rules_of(seat.panel).citation_of("written_opinion_days")
        raise Invalid("experts_written_opinion_late", citation=citation, due_on=due_on)


def _cleaned(text: str) -> str:
    return clean_block(text) if text.strip() else ""
