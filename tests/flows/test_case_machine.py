"""Whole cases driven by random moves of DOMAIN §5: no stranded case, no illegal state, no lost duty.

Every example plays in a savepoint of one founded commission. The moves are chosen from what is open on the record;
now and then somebody tries what is not theirs, and nothing may change by it.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from viewflow.workflow.models import Task

from investreview.accounts.selectors import scope_of
from investreview.core.clock import legal_date
from investreview.core.errors import DomainError
from investreview.demo import hands
from investreview.journal.models import Entry
from investreview.projects.models import Case, ClockStop, Opinion, RoutingRecord
from investreview.projects.selectors import clock_of
from investreview.projects.services import checking, countersigning, deciding, releases, signing
from investreview.projects.states import DECIDED, ENDED, OPEN, CaseState
from tests.workflows.test_chain import LONG_CHAIN, MEETING
from tests.world import World, drive, found_world, later
from workflows import engine
from workflows.models import WorkItem
from workflows.selectors import inbox
from workflows.tasks import sweep

MOVES = 24
PEOPLE = {"check": "head", "wording": "document_officer", "meeting": "officer"}
OFFICES = {"CW": "finance", "FG": "law"}


@dataclass
class Play:
    """One case, its moment, and what was true before the last move."""

    world: World
    case: Case
    data: st.DataObject
    at: datetime = field(default_factory=lambda: later(3))

    def pick(self, *choices: str) -> str:
        return self.data.draw(st.sampled_from(choices))

    def signer(self, item: WorkItem) -> str:
        return {"DIRECTOR": "director", "DEPUTY_DIRECTOR": "deputy"}[item.role]

    def act(self, node: str, who: str, service: engine.Service, **facts: object) -> None:
        hands.act(self.case, node, self.world.people[who], service, self.at, **facts)


def _release(play: Play, item: WorkItem) -> None:
    if play.pick("release", "release", "send_to_drafter") == "release":
        play.act("release", "group_releaser", releases.release)
    else:
        play.act("release", "group_releaser", releases.send_to_drafter, reason="请完善。")


def _check_completeness(play: Play, item: WorkItem) -> None:
    move = play.pick("confirm", "confirm", "confirm", "supplement", "return")
    who = "officer2" if item.assignee == play.world.officer2 else "officer"
    if move == "confirm":
        play.act(item.node, who, checking.confirm_completeness)
    elif move == "supplement":
        asked = (checking.SupplementItem("M07", "请补充。"),)
        play.act(item.node, who, checking.request_supplement, items=asked)
    else:
        _return(play, who)


def _return(play: Play, who: str) -> None:
    engine.cancel(
        record_id=play.case.pk,
        acting=hands.acting(play.world.people[who], play.at),
        at=play.at,
        version=play.case.version,
        service=checking.return_case,
        facts={"reason": "不属于备案范围。"},
    )


def _opinion(play: Play, item: WorkItem) -> None:
    who = "officer2" if item.assignee == play.world.officer2 else "officer"
    move = play.pick("file", "risk", "refuse", "supplement", "transfer")
    if move == "supplement":
        asked = (checking.SupplementItem("", "请补充说明。"),)
        play.act("opinion", who, checking.request_supplement, items=asked)
    elif move == "transfer":
        to = play.world.people["officer" if who == "officer2" else "officer2"]
        engine.transfer(task_id=item.task_id, user=play.world.head, to=to, reason="工作调整。", at=play.at)
    else:
        risks = ["收益不确定。"] if move == "risk" else []
        refusal = "必要性不足。" if move == "refuse" else ""
        hands.propose(play.case, play.world.people[who], play.at, risks=risks, refusal=refusal)


def _check(play: Play, item: WorkItem) -> None:
    if play.pick("agree", "agree", "back") == "agree":
        hands.check(play.case, play.world.head, play.at)
    else:
        play.act("check", "head", deciding.send_back, reason="请核实。")


def _countersign(play: Play, item: WorkItem) -> None:
    outcome = play.pick("NO_OBJECTION", "OBJECTED")
    who = OFFICES[item.office]
    play.act("countersign", who, countersigning.countersign, office=item.office, outcome=outcome, text="意见。")


def _wording(play: Play, item: WorkItem) -> None:
    if play.pick("agree", "agree", "back") == "agree":
        play.act("wording", "document_officer", deciding.check_wording, text="")
    else:
        play.act("wording", "document_officer", deciding.send_back, reason="文字有误。")


def _meeting(play: Play, item: WorkItem) -> None:
    play.act("meeting", "officer", deciding.record_meeting, meeting=MEETING, text="")


def _sign(play: Play, item: WorkItem) -> None:
    move = play.pick("sign", "sign", "back", "defer")
    who = play.signer(item)
    if move == "sign":
        version = hands.letter_version(play.case)
        play.act("sign", who, signing.sign, text="同意。", letter_version=version)
    elif move == "back":
        play.act("sign", who, deciding.send_back, reason="请补充测算。")
    else:
        until = legal_date(play.at) + timedelta(days=play.data.draw(st.integers(1, 40)))
        play.act("sign", who, deciding.defer, reason="等待批复。", until=until)


def _revise(play: Play, item: WorkItem) -> None:
    hands.hand_over(play.case, play.world.group_drafter, play.at)


def _deferral(play: Play, item: WorkItem) -> None:
    who = "officer2" if item.assignee == play.world.officer2 else "officer"
    play.act("deferral", who, deciding.resume)


def _deliver(play: Play, item: WorkItem) -> None:
    hands.deliver(play.case, play.world.document_officer, play.at)


def _acknowledge(play: Play, item: WorkItem) -> None:
    hands.acknowledge(play.case, play.world.group_releaser, play.at)


STEPS: dict[str, Callable[[Play, WorkItem], None]] = {
    "release": _release,
    "revise": _revise,
    "check_completeness": _check_completeness,
    "opinion": _opinion,
    "check": _check,
    "countersign": _countersign,
    "wording": _wording,
    "meeting": _meeting,
    "sign": _sign,
    "deferral": _deferral,
    "deliver": _deliver,
    "acknowledge": _acknowledge,
}


def _open_items(case: Case) -> list[WorkItem]:
    return list(WorkItem.objects.filter(case=case, state="OPEN").select_related("assignee").order_by("pk"))


def _move(play: Play) -> None:
    items = _open_items(play.case)
    kind = play.pick("step", "step", "step", "step", "step", "recall", "withdraw", "sweep", "trespass")
    if kind == "recall":
        _recall(play)
    elif kind == "withdraw" and play.case.state in OPEN and play.data.draw(st.integers(0, 4)) == 0:
        _refusable(play, lambda: hands.withdraw(play.case, play.world.group_releaser, "方案调整。", play.at))
    elif kind == "sweep":
        sweep(play.at)
    elif kind == "trespass" and items:
        _trespass(play, items[0])
    elif items:
        item = play.data.draw(st.sampled_from(items))
        _refusable(play, lambda: STEPS[item.node](play, item))


def _refusable(play: Play, move: Callable[[], object]) -> None:
    """The move happened, or was refused in words and changed nothing."""
    before = _print_of(play.case)
    try:
        with transaction.atomic():
            move()
    except DomainError as error:
        assert error.code in {"projects_supplement_used", "projects_supplement_too_late"}, error.code
        assert _print_of(play.case) == before


def _recall(play: Play) -> None:
    last = WorkItem.objects.filter(case=play.case, state="DONE").order_by("-done_at", "-id").first()
    if last is None or last.done_by is None:
        return
    before = _print_of(play.case)
    try:
        engine.recall(task_id=last.task_id, user=last.done_by, at=play.at)
    except DomainError:
        assert _print_of(play.case) == before


def _trespass(play: Play, item: WorkItem) -> None:
    before = _print_of(play.case)
    for who in ("other_releaser", "security_admin", "property"):
        with pytest.raises(DomainError):
            engine.perform(
                task_id=item.task_id,
                user=play.world.people[who],
                at=play.at,
                version=play.case.version,
                service=next(iter(item.task.flow_task.acts.values())),
            )
    assert _print_of(play.case) == before


def _print_of(case: Case) -> tuple[object, ...]:
    now = hands.fresh(case)
    return now.state, now.version, Entry.objects.count(), Opinion.objects.count(), len(_open_items(case))


def _check_invariants(play: Play) -> None:
    case, items = play.case, _open_items(play.case)
    state = CaseState(case.state)
    active = set(
        Task.objects.filter(
            process__reviewprocess__case=case, status__in=["NEW", "ASSIGNED"], flow_task_type="HUMAN"
        ).values_list("pk", flat=True)
    )
    assert {item.task_id for item in items} == active
    if state in OPEN:
        assert items, f"{state} is stranded"
        assert all(_somebody_can(play, item) for item in items)
    elif state in DECIDED:
        assert [item.node for item in items] in ([], ["deliver"], ["acknowledge"])
        assert bool(items) is (case.acknowledged_at is None)
    else:
        assert state in ENDED
        assert not items
    people = [case.drafter_id, case.releaser_id, case.officer_id, case.head_id, case.signer_id]
    known = [person for person in people if person is not None]
    assert len(known) == len(set(known))
    _check_clock(case, state, play.at)
    _check_duties(case)


def _somebody_can(play: Play, item: WorkItem) -> bool:
    return any(
        inbox(user=user, scope=scope_of(user, play.at), at=play.at).filter(pk=item.pk).exists()
        for user in play.world.people.values()
    )


def _check_clock(case: Case, state: CaseState, at: datetime) -> None:
    standing = ClockStop.objects.filter(case=case, until_on__isnull=True).count()
    waits = state in (CaseState.SUPPLEMENTING, CaseState.AWAITING_RELEASE, CaseState.DRAFT) and case.complete_at
    assert standing == int(state is CaseState.DEFERRED or bool(waits))
    reading = clock_of(case, legal_date(at))
    if reading is not None:
        assert reading.used >= 0
        assert reading.is_standing is bool(standing)


def _check_duties(case: Case) -> None:
    confirmed = RoutingRecord.objects.filter(case=case, occasion="CONFIRMED")
    assert confirmed.count() == int(case.complete_at is not None)
    for record in confirmed:
        assert (record.route, record.duties, record.rule_set_id) == (case.route, ["FILING", "RECORD"], case.rule_set_id)
    if case.state in DECIDED:
        chain = {step["key"] for step in case.chain}
        said = set(
            Opinion.objects.filter(case=case, round=case.round, recalled_at__isnull=True)
            .exclude(outcome__in=["SENT_BACK", "DEFERRED"])
            .values_list("step", flat=True)
        )
        unanswered = {line["step"] for line in case.unanswered if line["round"] == case.round}
        assert said | unanswered == chain | {"propose"}


@pytest.fixture
def worlds(db: None) -> dict[str, World]:
    return {"short": found_world(), "long": found_world("ZB", rules=LONG_CHAIN)}


@settings(
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    deadline=None,
)
@given(data=st.data(), chain=st.sampled_from(["short", "long"]))
def test_no_random_walk_strands_a_case_or_loses_a_duty(
    worlds: dict[str, World], data: st.DataObject, chain: str
) -> None:
    point = transaction.savepoint()
    try:
        play = Play(worlds[chain], drive(worlds[chain], "handed_over"), data)
        for _ in range(MOVES):
            play.at += timedelta(hours=data.draw(st.sampled_from([1, 5, 24, 72])))
            _move(play)
            play.case = hands.fresh(play.case)
            _check_invariants(play)
            if play.case.state in ENDED and not _open_items(play.case):
                break
    finally:
        transaction.savepoint_rollback(point)
