"""Who sits too often, and who sat on an earlier panel of the case: counted from the seats of real panels."""

from datetime import date, datetime, timedelta

import pytest

from experts.models import Expert, Panel, Seat
from experts.states import SeatState
from investreview.core.clock import SHANGHAI
from investreview.projects.models import Case
from tests.desk.people import browser
from tests.experts.cases import ON, judged, left_out, on_day, panel_case
from tests.experts.pool import found_pool
from tests.world import World

ceremonies = pytest.importorskip("tests.experts.ceremonies", reason="the ceremony is not merged")
halls = pytest.importorskip("tests.experts.halls", reason="the ceremony is not merged")

LATER = date(2024, 7, 20)


@pytest.fixture
def experts(world: World) -> list[Expert]:
    return found_pool(world, 15, with_accounts=False)


def frozen_panel(world: World, case: Case) -> Panel:
    """A panel whose draw is frozen; the seats are those that a test puts there."""
    panel: Panel = ceremonies.freeze(halls.Hall(world, case))
    return panel


def sit(panel: Panel, expert: Expert, state: SeatState = SeatState.CONFIRMED, place: int = 1) -> Seat:
    """The expert holds, or has left, a seat of the panel."""
    at = datetime(2024, 7, 12, 9, tzinfo=SHANGHAI)
    has_left = state in (SeatState.DECLINED, SeatState.UNREACHED, SeatState.RECUSED, SeatState.REMOVED)
    is_confirmed = state == SeatState.CONFIRMED
    seat: Seat = Seat.objects.create(
        panel=panel,
        expert=expert,
        place=place,
        draw_no=expert.pk,
        state=state,
        revealed_at=at,
        confirmed_at=at if is_confirmed else None,
        confirmed_via="SCREEN" if is_confirmed else "",
        left_at=at if has_left else None,
        left_reason="出差（示例）" if has_left else "",
    )
    return seat


def cases(world: World, count: int, body: str = "group") -> list[Case]:
    return [panel_case(world, key=f"{body}{n}", name=f"项目{body}{n}（示例）", body=body) for n in range(count)]


def test_two_open_panels_are_enough(world: World, experts: list[Expert], case: Case) -> None:
    first, second = (frozen_panel(world, other) for other in cases(world, 2, "other"))
    sit(first, experts[0])
    assert left_out(case) == {}
    sit(second, experts[0], SeatState.REVEALED)
    assert left_out(case) == {experts[0].number: ("OPEN_PANELS",)}
    [exclusion] = judged(case).excluded
    assert exclusion.basis == "正在参加2个专家组，上限2个"


@pytest.mark.parametrize("state", [SeatState.DECLINED, SeatState.UNREACHED, SeatState.RECUSED, SeatState.CANCELLED])
def test_a_seat_that_was_left_is_no_open_panel(
    world: World, experts: list[Expert], case: Case, state: SeatState
) -> None:
    first, second = (frozen_panel(world, other) for other in cases(world, 2, "other"))
    sit(first, experts[0])
    sit(second, experts[0], state)
    assert left_out(case) == {}


def test_a_panel_that_came_to_nothing_is_not_open(world: World, experts: list[Expert], case: Case) -> None:
    panels = [frozen_panel(world, other) for other in cases(world, 2, "other")]
    for panel in panels:
        sit(panel, experts[0])
    Panel.objects.filter(pk=panels[0].pk).update(state="VOID", void_reason="企业撤件（示例）", voided_at=on_day(ON))
    assert left_out(case) == {}


def meet(panel: Panel, on: date) -> None:
    Panel.objects.filter(pk=panel.pk).update(meets_at=datetime(on.year, on.month, on.day, 9, tzinfo=SHANGHAI))


def test_the_same_group_s_panels_count_for_twelve_months(world: World, experts: list[Expert], case: Case) -> None:
    panels = [frozen_panel(world, other) for other in cases(world, 3)]
    for panel, on in zip(panels, (date(2023, 7, 21), date(2023, 7, 21), date(2024, 7, 10)), strict=True):
        sit(panel, experts[0])
        meet(panel, on)
    assert "SAME_GROUP" in left_out(case, on=LATER)[experts[0].number]
    reasons = judged(case, on=LATER).excluded[0].reasons
    assert reasons[-1].basis == "12个月内参加同一集团专家组3次，上限3次"
    meet(panels[0], date(2023, 7, 20))  # twelve months before the day of the draw: no longer within them
    assert "SAME_GROUP" not in left_out(case, on=LATER)[experts[0].number]


def test_panels_of_another_group_do_not_count_together(world: World, experts: list[Expert], case: Case) -> None:
    for other in [*cases(world, 2), *cases(world, 1, "other")]:
        sit(frozen_panel(world, other), experts[0])
    assert left_out(case)[experts[0].number] == ("OPEN_PANELS",)


def test_only_those_who_confirmed_have_taken_part(world: World, experts: list[Expert], case: Case) -> None:
    for number, other in enumerate(cases(world, 3)):
        sit(frozen_panel(world, other), experts[0], SeatState.CONFIRMED if number else SeatState.REVEALED)
    assert left_out(case)[experts[0].number] == ("OPEN_PANELS",)


@pytest.mark.parametrize(
    ("state", "basis"),
    [
        (SeatState.CONFIRMED, "第1轮专家组成员"),
        (SeatState.CANCELLED, "第1轮专家组成员"),
        (SeatState.RECUSED, "第1轮专家组成员并已回避"),
        (SeatState.REMOVED, "第1轮专家组成员并已离席"),
        (SeatState.DECLINED, ""),
        (SeatState.UNREACHED, ""),
    ],
)
def test_a_later_round_is_drawn_without_the_members_of_the_earlier_one(
    world: World, experts: list[Expert], state: SeatState, basis: str
) -> None:
    [case] = cases(world, 1)
    sit(frozen_panel(world, case), experts[3], state)
    told = [(out.stable_id, out.code, out.basis) for out in judged(case, round=2).excluded]
    assert told == ([(experts[3].number, "EARLIER_PANEL", basis)] if basis else [])
    assert judged(case, round=1).excluded == ()


def test_a_seat_on_the_same_case_is_no_second_open_panel(world: World, experts: list[Expert]) -> None:
    own, other = cases(world, 2)
    for panel_of in (own, other):
        sit(frozen_panel(world, panel_of), experts[0])
    assert left_out(own, on=ON + timedelta(days=1)) == {}


def test_nobody_looks_who_is_left_out_while_a_panel_runs(world: World, experts: list[Expert]) -> None:
    """A later round leaves out the members of this one: the page would tell their names before the meeting."""
    [case] = cases(world, 1)
    url = f"/experts/cases/{case.number}/avoidance/"
    client = browser(world.draw_operator)
    assert client.get(url).status_code == 200
    panel = frozen_panel(world, case)
    sit(panel, experts[3])
    page = client.get(url)
    assert (page.status_code, experts[3].name in page.content.decode()) == (422, False)
    Panel.objects.filter(pk=panel.pk).update(state="VOID", void_reason="企业撤件（示例）", voided_at=on_day(ON))
    page = client.get(url)
    assert (page.status_code, experts[3].name in page.content.decode()) == (200, True)
