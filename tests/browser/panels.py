"""Panels at work beside the house's other cases: one awaits its draw, one is called, one scores, two are over."""

from experts.models import Panel, Seat
from experts.services import departures
from experts.services.departures import Reason
from experts.services.invitations import decline_own_seat
from experts.services.meeting import ask_inquiry, send_inquiries
from experts.services.membership import propose_member
from experts.services.paper_sheets import enter_sheet
from experts.states import CallResult, SeatState
from investreview.core.clock import legal_date
from investreview.demo import hands, panel_hands
from investreview.demo.hands import acting
from investreview.projects.models import Case
from investreview.rulebook.vocabulary import PoolKind
from tests.experts.cases import ask
from tests.experts.pool import employ, found_pool, registered
from tests.workflows.panel_replies import reply
from tests.workflows.panel_stages import Stage, with_conditions
from tests.world import FOUNDED_AT, World, drive, later
from workflows.models import WorkItem

EXPERTS = 24
AWAITING, CALLING, SCORING = "待抽取项目（示例）", "电话通知中项目（示例）", "评分中项目（示例）"
REPLIED, CONCLUDED = "已复函论证项目（示例）", "已论证项目（示例）"
QUESTION = "长协销售比例的依据是什么？（示例）"
SAID = ("另有安排（示例）", "出差（示例）", "补充资金来源证明（示例）", QUESTION)


def found_panels(world: World) -> None:
    """A pool, somebody who waits to be admitted, and a case at each station of a panel."""
    found_pool(world, EXPERTS)
    _newcomer(world)
    ask(world, _case(world, "awaiting", AWAITING), "某竞争对手公司（示例）", at=later(4))
    _scoring(world)
    _calling(world)
    _over(world)


def _case(world: World, key: str, name: str) -> Case:
    return drive(world, "confirmed", key=key, name=name, yuan="45000000.00")


def _newcomer(world: World) -> None:
    """Registered with an employer that is not matched yet, and proposed."""
    expert = registered(world, EXPERTS)
    employ(world, expert, None, from_on=FOUNDED_AT.date())
    expert.refresh_from_db()
    keeper = acting(world.pool_keeper, FOUNDED_AT)
    propose_member(acting=keeper, expert_id=expert.pk, version=expert.version, pool=PoolKind.INVESTMENT, at=FOUNDED_AT)


def _calling(world: World) -> None:
    """Two have declined; a third's leave waits, with their successors, for the supervisor and the discipline office."""
    stage = Stage(world, _case(world, "calling", CALLING))
    stage.invite()
    panel_hands.agree(stage.case, stage.crew, 4, stage.tick())
    for place in (1, 2):
        seat = stage.seat(place)
        assert seat.expert.user is not None
        reason = Reason(SeatState.DECLINED, SAID[0])
        decline_own_seat(user=seat.expert.user, seat_id=seat.pk, reason=reason, at=stage.tick())
    panel_hands.call(stage.case, stage.crew, 3, CallResult.LEAVE, stage.tick(), SAID[1])
    departures.record_decline(
        acting=acting(world.draw_operator, stage.tick()),
        case_id=stage.case.pk,
        place="3",
        reason=Reason(SeatState.DECLINED, SAID[1]),
        document=panel_hands.scan("请假条"),
        at=stage.now,
    )


def _scoring(world: World) -> None:
    """Place 1 has signed, place 2 on paper waits to be compared, place 3 writes, place 5 has not declared."""
    stage = Stage(world, _case(world, "scoring", SCORING))
    stage.invite()
    stage.seat_all()
    stage.declare(1, 2, 3, 4)
    stage.score(1)
    enter_sheet(
        acting=acting(world.panel_secretary2, stage.tick()),
        case_id=stage.case.pk,
        place="2",
        entry=stage.entry(),
        dated_on=legal_date(stage.now),
        scan=panel_hands.scan("评分表"),
        correction_reason="",
        at=stage.now,
    )
    for text, is_sent in ((QUESTION, True), ("资金何时到位？（示例）", False)):
        ask_inquiry(
            acting=acting(stage.expert(3), stage.tick()), case_id=stage.case.pk, place="3", text=text, at=stage.now
        )
        if is_sent:
            send_inquiries(acting=acting(world.panel_secretary, stage.tick()), case_id=stage.case.pk, at=stage.now)


def _over(world: World) -> None:
    """One whose reply, with a condition, is with the enterprise; one whose officer has to propose."""
    for key, name in (("replied", REPLIED), ("concluded", CONCLUDED)):
        stage = Stage(world, _case(world, key, name))
        stage.invite()
        stage.seat_all()
        stage.declare(1, 2, 3, 4, 5)
        stage.conclude(with_conditions)
        if key == "replied":
            reply(stage)
            hands.deliver(stage.case, world.document_officer, stage.tick())


def panel_addresses() -> dict[str, list[str]]:
    """Pages of panels that are several links away from a desk, by role."""
    numbers = {name: Case.objects.get(project__name=name).number for name in (AWAITING, CALLING, SCORING, REPLIED)}
    panels = {name: f"/experts/panels/{Panel.objects.get(case__project__name=name).pk}/" for name in (CALLING, SCORING)}
    concluded = WorkItem.objects.get(node="opinion", case__project__name=CONCLUDED)
    avoidance, both = f"/experts/cases/{numbers[AWAITING]}/avoidance/", list(panels.values())
    of_case = [f"/cases/{numbers[REPLIED]}/panel/"]
    return {
        "draw_operator": [*both, avoidance],
        "draw_supervisor": both,
        "auditor": [*both, avoidance, *of_case],
        "discipline": [panels[CALLING]],
        "panel_secretary": [
            f"{panels[SCORING]}sheets/4/",
            f"{panels[SCORING]}sheets/4/enter/",
            f"{panels[CALLING]}members/",
        ],
        "officer": [f"/tasks/{concluded.task_id}/", *of_case],
        "group_drafter": [f"/cases/{numbers[name]}/panel/" for name in (SCORING, REPLIED)]
        + [f"/experts/cases/{numbers[AWAITING]}/recusals/"],
        "deputy": [f"/cases/{numbers[CALLING]}/new-round/", *of_case],
        **dict.fromkeys(("head", "document_officer", "director", "group_releaser"), of_case),
        **{who: [f"/experts/seats/{seat.pk}/"] for who, seat in _seats().items()},
    }


def usernames() -> dict[str, str]:
    """With what name those sign in whose account is not called after their role."""
    return {who: seat.expert.user.username for who, seat in _seats().items() if seat.expert.user is not None}


def _seats() -> dict[str, Seat]:
    """Where they sit; the draw may have seated them on other panels too."""
    scoring = Seat.objects.filter(panel__case__project__name=SCORING, place__in=(1, 3)).order_by("place")
    signed, writing = scoring.select_related("expert__user")
    return {"expert_signed": signed, "expert_writing": writing}
