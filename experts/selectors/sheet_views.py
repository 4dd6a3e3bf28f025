"""A score sheet, a question, an opinion as pages show them; who may ask for which is said in the page's own module."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from experts.models import Condition, Inquiry, Panel, PanelOpinion, ScoreSheet, Seat
from experts.rules.entries import SheetEntry
from experts.selectors.sheets import entry_of
from experts.states import AWAITED, ConditionState, SheetStage, SheetState
from investreview.projects.states import PanelConclusion


@dataclass(frozen=True)
class SheetView:
    """One version of a sheet. Units: points."""

    place: int
    stage: str
    ordinal: int
    state: str
    version: int
    entry: SheetEntry
    total: int | None
    verdict: str
    signed_at: datetime | None
    correction_reason: str


@dataclass(frozen=True)
class InquiryView:
    """A question with its answer, without who asked it."""

    inquiry_id: int
    text: str
    asked_at: datetime
    sent_at: datetime | None
    answer: str
    answered_at: datetime | None


@dataclass(frozen=True)
class ConditionView:
    """A condition and how far it is met: awaited from the enterprise, or waiting to be judged."""

    ordinal: int
    text: str
    state: str
    version: int
    statement: str
    evidence_id: int | None
    judgement: str
    due_on: date | None
    is_awaited: bool
    is_submitted: bool
    is_met: bool


@dataclass(frozen=True)
class OpinionView:
    """What the panel says; the mean in hundredths of a point."""

    text: str
    conclusion: str
    agree_count: int
    size: int
    mean_hundredths: int
    conditions: tuple[ConditionView, ...]


def sheet_view(sheet: ScoreSheet) -> SheetView:
    """One sheet as a page shows it."""
    return SheetView(
        place=sheet.seat.place,
        stage=sheet.get_stage_display(),
        ordinal=sheet.ordinal,
        state=sheet.get_state_display(),
        version=sheet.version,
        entry=entry_of(sheet),
        total=sheet.total,
        verdict=sheet.get_verdict_display(),
        signed_at=sheet.signed_at,
        correction_reason=sheet.correction_reason,
    )


def sheets_of(seat: Seat) -> tuple[SheetView, ...]:
    """Every version that the seat's holder has written, in order."""
    return tuple(sheet_view(sheet) for sheet in sorted(seat.sheets.all(), key=_written_place))


def _written_place(sheet: ScoreSheet) -> tuple[bool, int]:
    return sheet.stage == SheetStage.FINAL, sheet.ordinal


def signed_views(seats: Iterable[Seat], stage: str) -> tuple[SheetView, ...]:
    """The signed sheets of a stage that count, by place."""
    signed = ScoreSheet.objects.filter(seat__in=seats, stage=stage, state=SheetState.SIGNED)
    return tuple(sheet_view(sheet) for sheet in signed.select_related("seat").order_by("seat__place"))


def inquiries_of(panel: Panel) -> tuple[InquiryView, ...]:
    """Every question of the panel, in the order they were asked."""
    return tuple(inquiry_view(inquiry) for inquiry in Inquiry.objects.filter(panel=panel))


def sent_inquiries(panel: Panel) -> tuple[InquiryView, ...]:
    """The questions that the enterprise has received, in the order they were asked."""
    return tuple(inquiry_view(inquiry) for inquiry in Inquiry.objects.filter(panel=panel, sent_at__isnull=False))


def inquiry_view(inquiry: Inquiry) -> InquiryView:
    """One question as everybody may see it who may see it at all."""
    return InquiryView(
        inquiry_id=inquiry.pk,
        text=inquiry.text,
        asked_at=inquiry.asked_at,
        sent_at=inquiry.sent_at,
        answer=inquiry.answer,
        answered_at=inquiry.answered_at,
    )


def opinion_view(opinion: PanelOpinion, size: int) -> OpinionView:
    """The opinion without a name."""
    return OpinionView(
        text=opinion.text,
        conclusion=str(PanelConclusion(opinion.conclusion).label),
        agree_count=opinion.agree_count,
        size=size,
        mean_hundredths=opinion.mean_hundredths,
        conditions=tuple(condition_view(condition) for condition in opinion.conditions.all()),
    )


def condition_view(condition: Condition) -> ConditionView:
    """One condition as both sides see it."""
    return ConditionView(
        ordinal=condition.ordinal,
        text=condition.text,
        state=condition.get_state_display(),
        version=condition.version,
        statement=condition.statement,
        evidence_id=condition.evidence_id,
        judgement=condition.judgement,
        due_on=condition.due_on,
        is_awaited=condition.state in AWAITED,
        is_submitted=condition.state == ConditionState.SUBMITTED,
        is_met=condition.state == ConditionState.MET,
    )
