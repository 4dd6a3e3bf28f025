"""The hands of a panel: each function does what one person does, through the engine or the door of the record."""

import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from experts.models import Inquiry, Panel, Seat
from experts.rules.entries import Mark, RedLineAnswer, SheetEntry
from experts.selectors.final_sheets import draft_text
from experts.selectors.places import latest_panel, running_panel
from experts.selectors.sheets import rules_of
from experts.services import (
    ceremony,
    conditions,
    declarations,
    departures,
    invitations,
    meeting,
    opinions,
    paper_sheets,
    revealing,
    sheets,
    vacancies,
    waves,
)
from experts.services.common import Scan
from experts.services.declarations import DeclarationEntry
from experts.services.departures import Reason
from experts.services.invitations import CallFacts
from experts.services.meeting import Attendance, MeetingFacts
from experts.states import CallResult, ConditionState, SeatState
from investreview.accounts.models import User
from investreview.accounts.selectors import scope_of
from investreview.core.clock import legal_date
from investreview.demo.files import sample_pdf
from investreview.demo.hands import act, acting, task_of
from investreview.draws.kinds import Reader
from investreview.projects.models import Case
from workflows import engine

PRESENT = "抽取人、监督人"


@dataclass(frozen=True)
class Crew:
    """Who runs a panel."""

    operator: User
    supervisor: User
    secretary: User
    comparer: User


def panel_of(case: Case) -> Panel:
    """The panel that runs on the case."""
    panel = running_panel(case)
    if panel is None:
        raise ValueError(f"{case.number} has no running panel")
    return panel


def seat_of(case: Case, place: int) -> Seat:
    """Whoever holds a place now."""
    sitting = Seat.objects.select_related("expert__user")
    return sitting.get(panel=panel_of(case), place=place, state__in=["REVEALED", "CONFIRMED"])


def expert_at(case: Case, place: int) -> User:
    """The account of whoever holds a place now."""
    user: User | None = seat_of(case, place).expert.user
    if user is None:
        raise ValueError(f"place {place} of {case.number} takes part on paper")
    return user


def scan(text: str) -> Scan:
    """A scanned paper."""
    return Scan(io.BytesIO(sample_pdf(text)), f"{text}（示例）.pdf")


def freeze(case: Case, crew: Crew, setup: ceremony.PanelSetup, at: datetime) -> None:
    """The operator freezes pool, seats and exclusions."""
    act(case, "freeze_draw", crew.operator, ceremony.freeze_panel, at, setup=setup)


def announce(case: Case, crew: Crew, at: datetime) -> None:
    """The operator announces the fingerprint."""
    act(case, "announce_draw", crew.operator, ceremony.announce_panel, at)


def enter_numbers(case: Case, crew: Crew, numbers: tuple[int, ...], at: datetime) -> None:
    """The supervisor types the paper's last digits and the ten balls."""
    panel = latest_panel(case)
    ceremony.enter_panel_numbers(
        user=crew.supervisor,
        scope=scope_of(crew.supervisor, at),
        case_id=case.pk,
        fingerprint_tail=panel.draw.request_hash[-8:] if panel is not None else "",
        numbers=numbers,
        read_by=Reader.WITNESS,
        at=at,
    )


def draw(case: Case, crew: Crew, numbers: tuple[int, ...], at: datetime) -> None:
    """The supervisor enters the numbers; the panel is drawn."""
    enter_numbers(case, crew, numbers, at)
    act(case, "draw_numbers", crew.supervisor, ceremony.draw_panel, at)


def ask_reveal(case: Case, crew: Crew, at: datetime) -> None:
    """The operator asks for the next name; the supervisor has not answered yet."""
    revealing.ask_reveal(acting=acting(crew.operator, at), case_id=case.pk, at=at)


def reveal(case: Case, crew: Crew, at: datetime) -> Seat:
    """Operator and supervisor look at the next name together."""
    ask_reveal(case, crew, at)
    return revealing.confirm_reveal(acting=acting(crew.supervisor, at), case_id=case.pk, at=at)


def call(case: Case, crew: Crew, place: int, result: CallResult, at: datetime, reason: str = "") -> None:
    """One line of the call register."""
    facts = CallFacts(called_at=at, result=result, present=PRESENT, reason=reason)
    invitations.note_call(acting=acting(crew.operator, at), case_id=case.pk, place=str(place), call=facts, at=at)


def agree(case: Case, crew: Crew, place: int, at: datetime) -> None:
    """The expert agrees on the telephone."""
    call(case, crew, place, CallResult.AGREED, at)
    invitations.confirm_seat(acting=acting(crew.operator, at), case_id=case.pk, place=str(place), at=at)


def decline(case: Case, crew: Crew, place: int, reason: str, at: datetime) -> None:
    """The expert declines; with the second person's word the same order goes on."""
    call(case, crew, place, CallResult.LEAVE, at, reason)
    departures.record_decline(
        acting=acting(crew.operator, at),
        case_id=case.pk,
        place=str(place),
        reason=Reason(SeatState.DECLINED, reason),
        document=scan("请假条"),
        at=at,
    )
    departures.confirm_decline(acting=acting(crew.supervisor, at), case_id=case.pk, place=str(place), at=at)


def fill(case: Case, crew: Crew, at: datetime) -> None:
    """Operator and supervisor let the next in line join, and see the name."""
    waves.ask_wave(acting=acting(crew.operator, at), case_id=case.pk, at=at)
    waves.confirm_wave(acting=acting(crew.supervisor, at), case_id=case.pk, at=at)


def close_invitations(case: Case, crew: Crew, at: datetime) -> None:
    """Everybody has agreed."""
    act(case, "convene", crew.operator, ceremony.close_invitations, at)


def declare(case: Case, place: int, at: datetime) -> None:
    """The expert declares to have no conflict."""
    declarations.declare_conflicts(
        acting=acting(expert_at(case, place), at),
        case_id=case.pk,
        place=str(place),
        entry=DeclarationEntry(False),
        at=at,
    )


def stand_aside(case: Case, crew: Crew, node: str, place: int, at: datetime) -> None:
    """A seated expert finds a conflict and leaves; the next in line has the place."""
    by_place(case, node, place, expert_at(case, place), vacancies.leave_seat, at, kind="RECUSED", reason="发现利害关系")
    fill_and_seat(case, crew, "refill" if node == "score" else "refill_late", place, at)


def fill_and_seat(case: Case, crew: Crew, node: str, place: int, at: datetime) -> None:
    """The next in line joins, is revealed, agrees, and has the vacant place."""
    fill(case, crew, at)
    reveal(case, crew, at)
    agree(case, crew, place, at)
    by_place(case, node, place, crew.operator, vacancies.fill_place, at)


def by_place(
    case: Case, node: str, place: int, user: User, service: engine.Service, at: datetime, **facts: object
) -> Case:
    """The person did the open step of one place."""
    return engine.perform(
        task_id=task_of(case, node, place=str(place)), user=user, at=at, version=None, service=service, facts=facts
    )


def sheet(case: Case, points: Mapping[str, int], verdict: str, conditions: tuple[str, ...], comment: str) -> SheetEntry:
    """A whole sheet of the rules of the case; a low mark has its comment."""
    rules = rules_of(panel_of(case))
    return SheetEntry(
        marks={one.key: Mark(points[one.key], "依据不充分，须补充论证。") for one in rules.criteria},
        red_lines={one.key: RedLineAnswer(False) for one in rules.red_lines},
        verdict=verdict,
        conditions=conditions,
        comment=comment,
    )


def sign_sheet(case: Case, node: str, place: int, entry: SheetEntry, at: datetime) -> None:
    """The expert signs on screen the sheet that is due."""
    by_place(case, node, place, expert_at(case, place), sheets.sign_sheet, at, entry=entry)


def type_sheet(case: Case, crew: Crew, place: int, entry: SheetEntry, at: datetime) -> None:
    """The secretary types the hand-signed sheet; another has to compare it."""
    paper_sheets.enter_sheet(
        acting=acting(crew.secretary, at),
        case_id=case.pk,
        place=str(place),
        entry=entry,
        dated_on=legal_date(at),
        scan=scan("评分表"),
        at=at,
    )


def sheet_on_paper(case: Case, crew: Crew, node: str, place: int, entry: SheetEntry, at: datetime) -> None:
    """The secretary types the hand-signed sheet, another compares it."""
    type_sheet(case, crew, place, entry, at)
    by_place(case, node, place, crew.comparer, paper_sheets.compare_sheet, at)


def meet(case: Case, crew: Crew, chair: int, at: datetime) -> None:
    """The secretary records that everybody came and whom they elected."""
    came = {str(place): Attendance.CAME for place in range(1, panel_of(case).size + 1)}
    facts = MeetingFacts(held_at=at, attendance=came, chair=str(chair), note="专家全部到会。")
    act(case, "meeting_of_experts", crew.secretary, meeting.hold_meeting, at, meeting=facts)


def put_opinion(case: Case, at: datetime) -> None:
    """The chair puts the drafted opinion to the members."""
    panel = panel_of(case)
    chair = panel.chair.place if panel.chair is not None else 0
    engine.perform(
        task_id=task_of(case, "draft_opinion", place="chair"),
        user=expert_at(case, chair),
        at=at,
        version=None,
        service=opinions.put_opinion,
        facts={"text": draft_text(panel)},
    )


def sign_opinion(case: Case, place: int, at: datetime) -> None:
    """One member signs the opinion."""
    by_place(case, "sign_panel_opinion", place, expert_at(case, place), opinions.sign_opinion, at)


def ask(case: Case, place: int, text: str, at: datetime) -> None:
    """The expert asks the enterprise; the question waits for the secretary."""
    meeting.ask_inquiry(acting=acting(expert_at(case, place), at), case_id=case.pk, place=str(place), text=text, at=at)


def send_questions(case: Case, crew: Crew, at: datetime) -> tuple[Inquiry, ...]:
    """The secretary sends every question that waits."""
    return meeting.send_inquiries(acting=acting(crew.secretary, at), case_id=case.pk, at=at)


def answer(case: Case, inquiry: Inquiry, drafter: User, text: str, at: datetime) -> None:
    """The enterprise answers in writing."""
    meeting.answer_inquiry(acting=acting(drafter, at), case_id=case.pk, inquiry_id=inquiry.pk, text=text, at=at)


def prove_condition(case: Case, ordinal: int, drafter: User, at: datetime) -> None:
    """The enterprise brings the proof of a condition."""
    conditions.submit_evidence(
        acting=acting(drafter, at),
        case_id=case.pk,
        ordinal=ordinal,
        version=1,
        statement="已按条件落实，证明材料附后。",
        evidence=scan(f"条件{ordinal}落实证明"),
        at=at,
    )


def accept_proof(case: Case, ordinal: int, officer: User, at: datetime) -> None:
    """The officer finds a proven condition met."""
    conditions.judge_condition(
        acting=acting(officer, at),
        case_id=case.pk,
        ordinal=ordinal,
        version=2,
        judgement=ConditionState.MET,
        text="经核验已落实。",
        at=at,
    )
