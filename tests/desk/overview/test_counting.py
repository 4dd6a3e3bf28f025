"""What the figures are made of: bounds of the year, stops, the past, what is overdue; bounds, months, durations."""

import io
from collections import Counter
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

import pytest
import yaml

from investreview.demo import hands
from investreview.demo.files import sample_pdf
from investreview.desk.overview.counting import (
    Bound,
    StepDuration,
    bounds_of,
    mean,
    one_decimal,
    step_durations,
)
from investreview.desk.overview.lists import filed, listing
from investreview.desk.overview.period import Period
from investreview.projects.models import ClockStop
from investreview.projects.services.corrections import Evidence, confirm_correction, propose_correction
from investreview.projects.states import PanelConclusion
from investreview.rulebook.ruleset import read_rule_file
from investreview.rulebook.vocabulary import Route
from tests.desk.overview.story import page_of, reading_of, second_reviewed, set_case, shanghai
from tests.projects.past_ledgers import past
from tests.workflows.takeover_forms import taken_over
from tests.world import RULES, World, drive, later, wanted
from workflows.models import WorkItem


@pytest.mark.parametrize(
    ("moment", "counts"),
    [
        (shanghai(2023, 12, 31, 23, 59, 59), [0, 0, 0, 0]),
        (shanghai(2024, 1, 1), [1, 1, 0, 0]),
        (shanghai(2024, 3, 31, 23, 59, 59), [1, 1, 0, 1]),
        (shanghai(2024, 4, 1), [1, 0, 1, 0]),
    ],
)
def test_a_decision_counts_where_its_legal_date_lies(world: World, moment: datetime, counts: list[int]) -> None:
    set_case(drive(world, "signed"), signed_at=moment, ended_at=moment)

    parts = ({}, {"part": "q1"}, {"part": "q2"}, {"part": "m3"})
    assert [page_of(world.officer, **part).filed.count for part in parts] == counts
    assert page_of(world.officer, year=str(moment.year)).filed.count == 1


def test_mean_days_run_from_completeness_to_the_signature_without_stops(world: World) -> None:
    case = set_case(
        drive(world, "signed"),
        complete_at=shanghai(2024, 7, 4, 10),
        signed_at=shanghai(2024, 7, 16, 10),
        ended_at=shanghai(2024, 7, 16, 10),
    )
    assert page_of(world.officer).mean.total_days == "8.0"

    ClockStop.objects.create(case=case, reason="DEFERRAL", from_on=date(2024, 7, 8), until_on=date(2024, 7, 11))
    mean_card = page_of(world.officer).mean
    assert (mean_card.total_days, mean_card.filed_days, mean_card.second_days) == ("5.0", "5.0", "—")


def test_the_experts_days_stand_apart(world: World) -> None:
    case = set_case(
        second_reviewed(world, PanelConclusion.PASS, key="1"),
        complete_at=shanghai(2024, 7, 4, 10),
        signed_at=shanghai(2024, 7, 16, 10),
        ended_at=shanghai(2024, 7, 16, 10),
    )
    ClockStop.objects.create(case=case, reason="PANEL", from_on=date(2024, 7, 8), until_on=date(2024, 7, 11))

    card = page_of(world.officer).mean
    assert (card.filed_days, card.second_days, card.panel_days) == ("—", "5.0", "3.0")


def test_the_past_counts_in_ledgers_and_never_in_statistics(world: World) -> None:
    past(world, key="past:1", number="国资备〔2024〕1号", decided_on=date(2024, 5, 6))
    flight = taken_over(world)
    now = shanghai(2024, 7, 10, 10)
    signed = drive(world, "signed")
    set_case(
        flight, state="FILED", signed_at=now, ended_at=now, signer=world.deputy, officer=world.officer, head=world.head,
        letter_id=signed.letter_id, document_number="国资函〔2024〕9号", filing_number="BA2024-0009", needs_panel=False,
    )  # fmt: skip

    page = page_of(world.officer)
    assert (page.filed.count, page.backfilled, page.mean.total.count) == (3, 1, 1)
    assert (len(page.scatter.points), page.scatter.left_out) == (1, 2)
    assert {step.number for step in reading_of(world.officer).steps_done("opinion")} == {signed.number}


def test_a_confirmed_slip_is_counted_in_place_of_what_was_declared(world: World) -> None:
    case = drive(world, "acknowledged", contract_on=date(2024, 7, 1))
    assert page_of(world.officer).invested_first.count == 1

    for field, after in (("contract_on", "2024-10-08"), ("project_name", "更名后的项目（示例）")):
        slip = propose_correction(
            acting=hands.acting(world.officer, later(20)),
            case_id=case.pk,
            field=field,
            after=after,
            evidence=Evidence(io.BytesIO(sample_pdf("依据（示例）")), "依据（示例）.pdf"),
            version=hands.fresh(case).version,
            reason="录入错误。",
            at=later(20),
        )
        confirm_correction(acting=hands.acting(world.head, later(21)), slip_id=slip.pk, at=later(21))

    assert page_of(world.officer).invested_first.count == 0
    [line] = listing("filed").table(filed(reading_of(world.officer))).lines
    assert line.cells[0] == "更名后的项目（示例）"


def test_overdue_and_soon_lie_on_two_sides_of_today(world: World) -> None:
    case = drive(world, "checked")
    found = {}
    for due_on in (date(2024, 7, 12), date(2024, 7, 13), date(2024, 7, 16), date(2024, 7, 17)):
        WorkItem.objects.filter(case=case, state=WorkItem.State.OPEN).update(due_on=due_on)
        page = page_of(world.officer)
        found[due_on.day] = (page.overdue.count, page.soon.count)

    assert found == {12: (1, 0), 13: (0, 1), 16: (0, 1), 17: (0, 0)}


def test_a_decision_on_paper_counts_where_its_paper_is_dated(world: World) -> None:
    case = drive(world, "checked")
    hands.print_sheet(case, world.officer, later(9))
    entry = hands.enter_paper(case, world.officer, world.deputy, date(2024, 7, 10), later(10))
    before = page_of(world.officer)
    told = [page_of(world.officer, part=part).paper.count for part in ("m6", "m7")]
    assert (before.paper.count, before.paper_waiting, told) == (1, 1, [0, 1])
    assert "线下签批待核对" in [one.text for one in before.attention.matters]

    hands.compare_paper(entry, world.officer2, later(11))
    after = page_of(world.officer)
    assert (after.paper.count, after.paper_waiting, after.filed.count) == (1, 0, 1)


def test_the_bounds_are_those_of_the_rule_set() -> None:
    rules = yaml.safe_load(RULES.read_text(encoding="utf-8"))
    assert bounds_of(read_rule_file(RULES.read_bytes())) == (
        Bound(Route.FILING, Decimal("10000000.00"), True),
        Bound(Route.EXPERT_PANEL, Decimal("30000000.00"), True),
    )
    for threshold in rules["thresholds"]:
        if threshold["key"] == "panel":
            threshold |= {"yuan": "50000000.00", "lower_inclusive": False, "upper_inclusive": True}
    changed = bounds_of(read_rule_file(yaml.safe_dump(rules, allow_unicode=True).encode()))
    assert changed[1] == Bound(Route.EXPERT_PANEL, Decimal("50000000.00"), False)


def test_durations_of_steps_by_node_in_the_order_of_the_process() -> None:
    taken = {"sign": Counter({4: 1}), "check": Counter({1: 1, 2: 1, 6: 1}), "begin": Counter({0: 3})}
    assert step_durations(taken) == (
        StepDuration("check", 3, Fraction(3), 2, 6),
        StepDuration("sign", 1, Fraction(4), 4, 4),
    )


def test_a_step_takes_the_working_days_from_its_arrival_to_the_act(world: World) -> None:
    case = drive(world, "checked")
    item = WorkItem.objects.get(case=case, node="check")
    moments = {"arrived_at": shanghai(2024, 7, 5, 23, 59), "done_at": shanghai(2024, 7, 9, 0, 1)}  # Friday to Tuesday
    WorkItem.objects.filter(pk=item.pk).update(**moments)

    reading = reading_of(world.officer)
    assert reading.step_days["check"] == Counter({2: 1})
    assert [(one.number, one.done_on, one.days) for one in reading.steps_done("check")] == [
        (case.number, date(2024, 7, 9), 2)
    ]


@pytest.mark.parametrize(
    ("values", "said"), [([], "—"), ([6, 6, 7, 6, 6, 6, 6, 6], "6.1"), ([1, 1, 1, 2], "1.3"), ([0], "0.0")]
)
def test_a_mean_is_said_with_one_decimal_half_up(values: list[int], said: str) -> None:
    assert one_decimal(mean(values)) == said


@pytest.mark.parametrize(
    ("period", "first", "last"),
    [
        (Period(2024), date(2024, 1, 1), date(2024, 12, 31)),
        (Period(2024, "q1"), date(2024, 1, 1), date(2024, 3, 31)),
        (Period(2024, "q4"), date(2024, 10, 1), date(2024, 12, 31)),
        (Period(2024, "m2"), date(2024, 2, 1), date(2024, 2, 29)),
    ],
)
def test_a_period_begins_and_ends_with_its_months(period: Period, first: date, last: date) -> None:
    assert (period.first, period.last) == (first, last)


def test_months_and_groups_add_up_to_the_figures(world: World) -> None:
    drive(world, "signed", key="1", plan=wanted(world))
    drive(world, "signed", key="2", body="other", plan=wanted(world, body="other"))
    page = page_of(world.officer)

    assert [row.month for row in page.months] == [1, 2, 3, 4, 5, 6, 7]
    assert sum(row.filed for row in page.months) == sum(row.line.filed for row in page.groups) == page.filed.count == 2
    assert sum((row.line.filed_yuan for row in page.groups), Decimal(0)) == page.filed_yuan
