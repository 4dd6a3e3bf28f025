"""Second reviews driven by random moves: declines, late conflicts, vacated seats, new rounds; no panel is stranded.

What is open on the record decides which moves are there, as in the machine of a filing; now and then somebody tries
what is not theirs.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from viewflow.workflow.models import Task

from experts.models import ConflictDeclaration, Panel, ScoreSheet, Seat
from experts.selectors.places import latest_panel, places_to_finalise, places_to_score
from experts.services.ceremony import PanelSetup
from experts.services.meeting import elect_chair
from experts.services.rounds import finish_void_draw
from experts.states import RUNNING, SITTING, ParticipationMode, SeatState
from investreview.accounts.selectors import scope_of
from investreview.core import clock
from investreview.core.errors import DomainError
from investreview.demo import hands, panel_hands
from investreview.demo.panel_hands import Crew
from investreview.draws import verify_draw
from investreview.draws.evidence import evidence_of
from investreview.draws.kinds import ENDED
from investreview.draws.models import Draw
from investreview.projects.models import Case, ClockStop
from investreview.projects.states import CaseState
from tests.experts.halls import found_hall
from tests.world import World, drive, later
from workflows import engine
from workflows.models import WorkItem
from workflows.panel.moves import leave_place
from workflows.selectors import inbox

MOVES = 26
NUMBERS = (4, 0, 7, 1, 9, 9, 2, 5, 3, 8)
GOOD = {"STRATEGY": 13, "MARKET": 12, "TECHNOLOGY": 12, "FINANCE": 16, "PROCEDURE": 13, "RISK": 15}
POOR = {"STRATEGY": 7, "MARKET": 6, "TECHNOLOGY": 7, "FINANCE": 9, "PROCEDURE": 8, "RISK": 9}


@dataclass
class Play:
    """One case under review and its moment."""

    world: World
    case: Case
    data: st.DataObject
    at: datetime = field(default_factory=lambda: later(7))

    @property
    def crew(self) -> Crew:
        people = self.world.people
        return Crew(
            people["draw_operator"], people["draw_supervisor"], people["panel_secretary"], people["panel_secretary2"]
        )

    @property
    def panel(self) -> Panel | None:
        return Panel.objects.filter(case=self.case, state__in=sorted(RUNNING)).select_related("chair").first()

    def tick(self) -> datetime:
        self.at += timedelta(minutes=1)
        return self.at

    def chance(self, one_in: int) -> bool:
        return self.data.draw(st.integers(1, one_in)) == 1

    def seats(self) -> list[Seat]:
        return list(Seat.objects.filter(panel=self.panel, state__in=sorted(SITTING)).select_related("expert__user"))


def _freeze(play: Play, item: WorkItem) -> None:
    """Another panel is frozen; where the last one ended after its announcement, only once its draw has ended too."""
    if _waits_for_numbers(play.case):
        with pytest.raises(DomainError, match="experts_ceremony_unfinished"):
            _freeze_now(play)
        _finish_void(play)
    _freeze_now(play)


def _waits_for_numbers(case: Case) -> bool:
    last = latest_panel(case)
    return last is not None and last.state == "VOID" and last.draw.state in ("ANNOUNCED", "ENTROPY")


def _finish_void(play: Play) -> None:
    """The supervisor draws the announced draw of a panel that has ended, and closes it."""
    panel_hands.enter_numbers(play.case, play.crew, NUMBERS, play.tick())
    supervisor = hands.acting(play.crew.supervisor, play.tick())
    with pytest.raises(DomainError):
        finish_void_draw(acting=hands.acting(play.crew.operator, play.at), case_id=play.case.pk, at=play.at)
    finish_void_draw(acting=supervisor, case_id=play.case.pk, at=play.at)


def _freeze_now(play: Play) -> None:
    setup = PanelSetup(
        industries=("PORT",),
        mode=ParticipationMode.ONLINE,
        meets_at=play.at + timedelta(days=1),
        place="会议室（示例）",
        duration="半天",
        fee="按标准",
    )
    panel_hands.freeze(play.case, play.crew, setup, play.tick())


def _announce(play: Play, item: WorkItem) -> None:
    panel_hands.announce(play.case, play.crew, play.tick())


def _draw(play: Play, item: WorkItem) -> None:
    panel_hands.draw(play.case, play.crew, NUMBERS, play.tick())


def _convene(play: Play, item: WorkItem) -> None:
    """Reveals the next name, calls who was revealed, or closes when everybody has agreed; now and then one declines."""
    waiting = [seat for seat in play.seats() if seat.state == SeatState.REVEALED]
    if waiting:
        if play.chance(6):
            panel_hands.decline(play.case, play.crew, waiting[0].place, "出差（示例）", play.tick())
        else:
            panel_hands.agree(play.case, play.crew, waiting[0].place, play.tick())
    elif play.panel is not None and len(play.seats()) < play.panel.size:
        panel_hands.reveal(play.case, play.crew, play.tick())
    else:
        panel_hands.close_invitations(play.case, play.crew, play.tick())


def _score(play: Play, item: WorkItem) -> None:
    """The holder declares, then signs; or finds a conflict, with or without a signed sheet."""
    place, seat = int(item.place), panel_hands.seat_of(play.case, int(item.place))
    if not ConflictDeclaration.objects.filter(seat=seat).exists():
        panel_hands.declare(play.case, place, play.tick())
    if play.chance(9):
        _leave(play, place)
        return
    verdict = play.data.draw(st.sampled_from(["AGREE", "AGREE", "AGREE_WITH_CHANGES", "DISAGREE"]))
    conditions = ("落实长期协议（示例）",) if verdict == "AGREE_WITH_CHANGES" else ()
    points = POOR if verdict == "DISAGREE" else GOOD
    entry = panel_hands.sheet(play.case, points, verdict, conditions, "意见（示例）")
    panel_hands.sign_sheet(play.case, item.node, place, entry, play.tick())


def _leave(play: Play, place: int) -> None:
    user = panel_hands.expert_at(play.case, place)
    leave_place(
        record_id=play.case.pk, user=user, place=str(place), at=play.tick(), kind="RECUSED", reason="利害关系（示例）"
    )


def _refill(play: Play, item: WorkItem) -> None:
    panel_hands.fill_and_seat(play.case, play.crew, item.node, int(item.place), play.tick())


def _meet(play: Play, item: WorkItem) -> None:
    if play.chance(5):
        _leave(play, play.data.draw(st.integers(1, 5)))
        return
    assert play.panel is not None
    play.at = max(play.at, play.panel.meets_at)
    panel_hands.meet(play.case, play.crew, play.data.draw(st.integers(1, 5)), play.tick())


def _put_opinion(play: Play, item: WorkItem) -> None:
    if play.chance(6):
        _leave(play, play.data.draw(st.integers(1, 5)))
    else:
        panel_hands.put_opinion(play.case, play.tick())


def _sign_opinion(play: Play, item: WorkItem) -> None:
    panel_hands.sign_opinion(play.case, int(item.place), play.tick())


STEPS: dict[str, Callable[[Play, WorkItem], None]] = {
    "freeze_draw": _freeze,
    "announce_draw": _announce,
    "draw_numbers": _draw,
    "convene": _convene,
    "score": _score,
    "finalise": _score,
    "score_afresh": _score,
    "refill": _refill,
    "refill_late": _refill,
    "meeting_of_experts": _meet,
    "draft_opinion": _put_opinion,
    "sign_panel_opinion": _sign_opinion,
}


def _open_items(case: Case) -> list[WorkItem]:
    return list(WorkItem.objects.filter(case=case, state="OPEN").order_by("pk"))


def _move(play: Play) -> None:
    items = _open_items(play.case)
    if play.panel is not None and play.panel.state == "FINALISING" and play.panel.chair is None:
        _elect(play)
    item = play.data.draw(st.sampled_from(items))
    if play.chance(14):
        _trespass(play, item)
    elif play.chance(8 if item.node == "draw_numbers" else 40) and play.panel is not None:
        _another_round(play)
    elif play.chance(60):
        hands.withdraw(play.case, play.world.group_releaser, "方案调整。", play.tick())
    else:
        _refusable(play, lambda: STEPS[item.node](play, item))


def _elect(play: Play) -> None:
    present = [seat for seat in play.seats() if seat.seated_at is not None and seat.attended is not False]
    if present:
        secretary = hands.acting(play.crew.secretary, play.at)
        elect_chair(acting=secretary, case_id=play.case.pk, place=str(present[0].place), at=play.tick())


def _another_round(play: Play) -> None:
    _refusable(
        play,
        lambda: engine.begin_another_panel(
            record_id=play.case.pk,
            user=play.world.people["deputy"],
            at=play.tick(),
            version=play.case.version,
            reason="另行组织（示例）。",
            document=panel_hands.scan("批示"),
        ),
    )


def _refusable(play: Play, move: Callable[[], object]) -> None:
    """The move happened, or was refused in words: too few people left, a third of the seats, an unfinished draw."""
    before = len(_open_items(play.case))
    block = transaction.atomic()
    block._from_testcase = True  # the numbers are entered in a transaction of their own
    try:
        with block:
            move()
    except DomainError as error:
        assert error.code in REFUSED, error.code
        assert len(_open_items(play.case)) == before


REFUSED = frozenset(
    {
        "draws_countersignature_missing",
        "draws_ceremony_open",
        "draws_wave_waits",
        "experts_nobody_left",
        "experts_nothing_to_reveal",
        "experts_chair_missing",
        "experts_chair_absent",
    }
)


def _trespass(play: Play, item: WorkItem) -> None:
    for who in ("other_releaser", "security_admin", "officer", "head"):
        with pytest.raises(DomainError):
            engine.perform(
                task_id=item.task_id,
                user=play.world.people[who],
                at=play.at,
                version=play.case.version,
                service=next(iter(item.task.flow_task.acts.values())),
            )


def _check(play: Play) -> None:
    """Steps and tasks agree, somebody can go on, nobody sits twice, the clock stands while the panel works."""
    case, items = play.case, _open_items(play.case)
    active = Task.objects.filter(process__reviewprocess__case=case, status__in=["NEW", "ASSIGNED"])
    assert {item.task_id for item in items} == set(active.filter(flow_task_type="HUMAN").values_list("pk", flat=True))
    if case.state == CaseState.WITHDRAWN:
        assert (items, play.panel) == ([], None)
        return
    assert items, "stranded"
    assert all(_somebody_can(play, item) for item in items)
    assert all(times == 1 for times in Counter((item.node, item.place) for item in items).values())
    panel = play.panel
    if panel is None:
        return
    held = Counter(seat.place for seat in play.seats())
    assert all(times == 1 for times in held.values()) and len(held) <= panel.size
    standing = ClockStop.objects.filter(case=case, until_on__isnull=True, reason="PANEL").count()
    assert standing == int(Panel.objects.filter(case=case, announced_at__isnull=False).exists())
    left = Seat.objects.filter(panel=panel).exclude(state__in=sorted(SITTING))
    assert not ScoreSheet.objects.filter(seat__in=left).exclude(state="VOID").exists()
    if {item.node for item in items} <= {"score", "refill"}:
        assert {item.place for item in items} == set(places_to_score(case))
    if {item.node for item in items} <= {"finalise", "refill_late", "score_afresh"}:
        assert {item.place for item in items} == set(places_to_finalise(case))


def _somebody_can(play: Play, item: WorkItem) -> bool:
    people = list(play.world.people.values()) if item.assignee is None else [item.assignee]
    return any(
        inbox(user=user, scope=scope_of(user, play.at), at=play.at).filter(pk=item.pk).exists() for user in people
    )


def _check_end(play: Play) -> None:
    """A concluded panel is whole, every draw is reproduced from its evidence, and none keeps others from theirs."""
    if _waits_for_numbers(play.case):
        _finish_void(play)
    for draw in Draw.objects.filter(state__in=sorted(ENDED)):
        assert verify_draw.verify(evidence_of(draw)) == []
    panel = Panel.objects.filter(case=play.case, state="CONCLUDED").select_related("draw").first()
    if panel is None:
        return
    assert Seat.objects.filter(panel=panel, state="CONFIRMED", signature__isnull=False).count() == panel.size
    assert panel.draw.state in ENDED


@pytest.fixture
def founded(db: None) -> World:
    return found_hall().world


@settings(
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    deadline=None,
    max_examples=max(settings().max_examples // 6, 4),
)
@given(data=st.data())
def test_no_random_walk_strands_a_panel_or_seats_somebody_twice(founded: World, data: st.DataObject) -> None:
    clock.reset()
    point = transaction.savepoint()
    try:
        play = Play(founded, drive(founded, "confirmed", key="machine", yuan="45000000.00"), data)
        for _ in range(MOVES):
            play.at += timedelta(minutes=data.draw(st.sampled_from([5, 30, 240])))
            for _ in range(3):
                _move(play)
                play.case = hands.fresh(play.case)
                if play.case.state == CaseState.WITHDRAWN or not play.case.awaits_panel:
                    break
            _check(play)
            if play.case.state == CaseState.WITHDRAWN or not play.case.awaits_panel:
                break
        _check_end(play)
    finally:
        transaction.savepoint_rollback(point)
