"""A second review through the whole process: drawn, scored, concluded, decided; with those who leave on the way."""

from datetime import datetime, timedelta
from decimal import Decimal

import pytest

from experts.models import Panel, Seat
from experts.services.ceremony import PanelSetup
from experts.states import ParticipationMode
from investreview.core import clock
from investreview.core.errors import Forbidden, Invalid
from investreview.demo import hands, panel_hands
from investreview.demo.panel_hands import Crew
from investreview.projects.models import Case
from investreview.projects.services import countersigning, deciding, panels, signing
from tests.experts.halls import found_hall
from tests.world import World, drive, later
from workflows import engine
from workflows.models import WorkItem
from workflows.panel.moves import leave_place

NUMBERS = (0, 8, 7, 3, 3, 1, 9, 4, 2, 6)
MEETS_AT = later(21, 14)
FULL = {"STRATEGY": 13, "MARKET": 12, "TECHNOLOGY": 12, "FINANCE": 16, "PROCEDURE": 13, "RISK": 15}
POOR = {"STRATEGY": 7, "MARKET": 6, "TECHNOLOGY": 7, "FINANCE": 9, "PROCEDURE": 8, "RISK": 9}


@pytest.fixture
def pool(db: None) -> World:
    clock.reset()
    return found_hall().world


class Review:
    """One case and everybody around it; each act a minute after the one before."""

    def __init__(self, world: World, *, yuan: str = "45000000.00", key: str = "flow") -> None:
        self.world = world
        self.case = drive(world, "confirmed", key=key, yuan=yuan)
        self.now = later(7)
        self.meets_at = MEETS_AT
        self.crew = Crew(
            world.draw_operator, world.draw_supervisor, world.panel_secretary, world.people["panel_secretary2"]
        )

    def tick(self) -> datetime:
        self.now += timedelta(minutes=1)
        return self.now

    @property
    def panel(self) -> Panel:
        return Panel.objects.filter(case=self.case).latest("round")

    def nodes(self) -> list[str]:
        """The open steps, each as often as it waits."""
        waiting = WorkItem.objects.filter(case=self.case, state="OPEN").order_by("node", "place")
        return [f"{item.node}{item.place}" for item in waiting]

    def draw(self) -> None:
        setup = PanelSetup(
            industries=("PORT",), mode=ParticipationMode.ONLINE, meets_at=self.meets_at, place="会议室（示例）",
            duration="半天", fee="按标准",
        )  # fmt: skip
        panel_hands.freeze(self.case, self.crew, setup, self.tick())
        panel_hands.announce(self.case, self.crew, self.tick())
        panel_hands.draw(self.case, self.crew, NUMBERS, self.tick())

    def seat_everybody(self) -> None:
        for _ in range(self.panel.size):
            seat = panel_hands.reveal(self.case, self.crew, self.tick())
            panel_hands.agree(self.case, self.crew, seat.place, self.tick())
        panel_hands.close_invitations(self.case, self.crew, self.tick())
        for place in self.places():
            panel_hands.declare(self.case, place, self.tick())

    def places(self) -> range:
        return range(1, self.panel.size + 1)

    def score(self, node: str, place: int, *, verdict: str = "AGREE", points: dict[str, int] = FULL) -> None:
        conditions = ("落实长期协议（示例）",) if verdict == "AGREE_WITH_CHANGES" else ()
        entry = panel_hands.sheet(self.case, points, verdict, conditions, "意见（示例）")
        panel_hands.sign_sheet(self.case, node, place, entry, self.tick())

    def meet(self) -> None:
        self.now = max(self.now, self.meets_at)
        panel_hands.meet(self.case, self.crew, 1, self.tick())

    def conclude(self, *, verdicts: dict[int, str] | None = None, points: dict[str, int] = FULL) -> None:
        for place in self.places():
            self.score("finalise", place, verdict=(verdicts or {}).get(place, "AGREE"), points=points)
        panel_hands.put_opinion(self.case, self.tick())
        for place in self.places():
            panel_hands.sign_opinion(self.case, place, self.tick())

    def to_meeting(self) -> None:
        self.draw()
        self.seat_everybody()
        for place in self.places():
            self.score("score", place)
        self.meet()


@pytest.fixture
def review(pool: World) -> Review:
    return Review(pool)


def test_each_step_opens_the_next_ones(review: Review) -> None:
    assert review.nodes() == ["freeze_draw"]
    review.draw()
    assert review.nodes() == ["convene"]
    review.seat_everybody()
    assert review.nodes() == [f"score{place}" for place in review.places()]
    for place in review.places():
        review.score("score", place)
    assert review.nodes() == ["meeting_of_experts"]
    review.meet()
    assert review.nodes() == [f"finalise{place}" for place in review.places()]
    review.conclude(verdicts={2: "AGREE_WITH_CHANGES", 3: "DISAGREE"})
    case = hands.fresh(review.case)
    assert (review.nodes(), case.panel_conclusion, case.awaits_panel) == (["opinion"], "CONDITIONAL", False)


def test_the_clock_stands_from_the_announcement_to_the_signed_opinion(review: Review) -> None:
    review.to_meeting()
    (stop,) = review.case.clock_stops.all()
    assert (stop.reason, stop.from_on, stop.until_on) == ("PANEL", clock.legal_date(later(7)), None)
    review.conclude()
    stop.refresh_from_db()
    assert stop.until_on == clock.legal_date(review.now)


def test_everybody_of_the_chain_decides_after_the_panel(review: Review) -> None:
    review.to_meeting()
    review.conclude()
    decide(review)
    case = hands.fresh(review.case)
    assert (case.state, review.nodes()) == ("FILED", ["deliver"])


def decide(review: Review, *, refusal: str = "", **facts: object) -> Case:
    """Opinion, check, countersignatures, wording, review and signature."""
    world, case = review.world, review.case
    hands.propose(case, world.officer, review.tick(), risks=[], refusal=refusal, **facts)
    hands.check(case, world.head, review.tick())
    for item in WorkItem.objects.filter(case=case, node="countersign", state="OPEN").order_by("office"):
        who = {"CW": "finance", "CQ": "property", "FG": "law"}[item.office]
        hands.act(
            case, "countersign", world.people[who], countersigning.countersign, review.tick(),
            office=item.office, outcome="NO_OBJECTION", text="",
        )  # fmt: skip
    hands.act(case, "wording", world.document_officer, deciding.check_wording, review.tick(), text="")
    hands.act(case, "check", world.people["deputy"], deciding.check, review.tick(), text="同意。")
    version = hands.letter_version(case)
    return hands.act(
        case, "sign", world.people["director"], signing.sign, review.tick(), text="", letter_version=version
    )


@pytest.mark.parametrize("node", ["score", "finalise"])
def test_a_late_conflict_is_filled_and_the_newcomer_reviews_afresh(review: Review, node: str) -> None:
    if node == "finalise":
        review.to_meeting()
    else:
        review.draw()
        review.seat_everybody()
    before = panel_hands.seat_of(review.case, 3)
    panel_hands.stand_aside(review.case, review.crew, node, 3, review.tick())
    after = panel_hands.seat_of(review.case, 3)
    opened = {"score": "score3", "finalise": "score_afresh3"}[node]
    assert (before.expert_id != after.expert_id, opened in review.nodes()) == (True, True)
    panel_hands.declare(review.case, 3, review.tick())
    review.score("score" if node == "score" else "score_afresh", 3)
    if node == "score":
        for place in (1, 2, 4, 5):
            review.score("score", place)
        assert review.nodes() == ["meeting_of_experts"]
    else:
        review.conclude()
        assert review.nodes() == ["opinion"]


def test_a_failed_panel_is_followed_by_one_revision_and_new_people(review: Review) -> None:
    review.to_meeting()
    review.conclude(verdicts=dict.fromkeys(review.places(), "DISAGREE"), points=POOR)
    old = set(Seat.objects.filter(panel__case=review.case).values_list("expert_id", flat=True))
    case, world = review.case, review.world
    hands.act(case, "opinion", world.officer, panels.ask_revision, review.tick(), reason="请补充论证。")
    hands.hand_over(case, world.group_drafter, review.tick())
    hands.release(case, world.group_releaser, review.tick())
    hands.confirm(case, world.officer, review.tick())
    assert (review.nodes(), hands.fresh(case).awaits_panel) == (["freeze_draw"], True)
    review.meets_at = review.now + timedelta(days=7)
    review.to_meeting()
    new = set(review.panel.seats.values_list("expert_id", flat=True))
    review.conclude()
    assert (len(new), old & new, review.nodes()) == (5, set(), ["opinion"])
    assert hands.fresh(case).panel_conclusion == "PASS"


def test_against_the_panel_only_with_the_record_of_a_collective_decision(review: Review) -> None:
    review.to_meeting()
    review.conclude()
    with pytest.raises(Invalid) as refused:
        hands.propose(review.case, review.world.officer, review.tick(), risks=[], refusal="不符合规划。")
    assert refused.value.code == "projects_deviation_needed"
    record = panels.Deviation(review.now.date(), "党委会纪要〔2024〕3号（示例）", "外部条件变化。")
    decide(review, refusal="外部条件变化。", deviation=record)
    case = hands.fresh(review.case)
    assert (case.state, case.deviation_minutes) == ("REFUSED", "党委会纪要〔2024〕3号（示例）")


def test_a_withdrawal_ends_the_panel_with_the_case(review: Review) -> None:
    review.draw()
    review.seat_everybody()
    hands.withdraw(review.case, review.world.group_releaser, "方案调整。", review.tick())
    assert (review.nodes(), review.panel.state) == ([], "VOID")
    assert set(review.panel.seats.values_list("state", flat=True)) == {"CANCELLED"}


def test_another_panel_needs_the_leaders_written_word(review: Review) -> None:
    review.draw()
    review.seat_everybody()

    def order(who: str) -> None:
        engine.begin_another_panel(
            record_id=review.case.pk,
            user=review.world.people[who],
            at=review.tick(),
            version=hands.fresh(review.case).version,
            reason="专家信息泄露，另行组织。",
            document=panel_hands.scan("批示"),
        )

    with pytest.raises(Forbidden):
        order("officer")
    order("deputy")
    assert (review.nodes(), review.panel.state) == (["freeze_draw"], "VOID")
    review.draw()
    assert (review.panel.round, review.nodes()) == (2, ["convene"])


def test_seven_seats_from_a_hundred_million(pool: World) -> None:
    review = Review(pool, yuan="100000000.00", key="7")
    review.draw()
    assert review.panel.size == 7
    smaller = Review(pool, yuan="99999999.99", key="8")
    assert Decimal(smaller.case.routings.last().amount_yuan_text) < Decimal("100000000")
    smaller.draw()
    assert smaller.panel.size == 5


@pytest.mark.parametrize("node", ["score", "finalise"])
@pytest.mark.parametrize("signed_by_all", [False, True])
def test_a_member_who_has_signed_may_still_leave_before_the_stage_is_over(
    review: Review, node: str, signed_by_all: bool
) -> None:
    if node == "finalise":
        review.to_meeting()
    else:
        review.draw()
        review.seat_everybody()
    for place in (1, 2, 3, 4, 5) if signed_by_all else (3,):
        review.score(node, place)
    leave_place(
        record_id=review.case.pk,
        user=panel_hands.expert_at(review.case, 3),
        place="3",
        at=review.tick(),
        kind="RECUSED",
        reason="发现利害关系（示例）",
    )
    refill = {"score": "refill", "finalise": "refill_late"}[node]
    others = [] if signed_by_all else [f"{node}{place}" for place in (1, 2, 4, 5)]
    assert review.nodes() == sorted([f"{refill}3", *others])
    panel_hands.fill_and_seat(review.case, review.crew, refill, 3, review.tick())
    panel_hands.declare(review.case, 3, review.tick())
    review.score("score" if node == "score" else "score_afresh", 3)
    for place in () if signed_by_all else (1, 2, 4, 5):
        review.score(node, place)
    if node == "finalise":
        review.score("finalise", 3)
    assert review.nodes() == [{"score": "meeting_of_experts", "finalise": "draft_opinionchair"}[node]]
