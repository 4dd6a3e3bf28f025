"""A case of eight human steps through engine and services, beside viewflow alone and beside plain SQL."""

import io
import time
from collections import deque
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import count

from bench import engine_alone, floor, stock
from bench.measure import PAIRS, Act, Pairs, interleave
from bench.table import Row, timed
from bench.world import World
from experts.services import replies
from investreview.core.clock import SHANGHAI
from investreview.demo import hands
from investreview.demo.cast import enterprise_named
from investreview.demo.files import sample_pdf
from investreview.projects.models import Case
from investreview.projects.services.drafts import CommitmentInput, PhaseInput

START = datetime(2024, 7, 1, 9, tzinfo=SHANGHAI)
GROUP = "农商集团"
TOTAL = Decimal("18600000.00")
GOAL = 0.6


def measure(world: World) -> Iterator[Row]:
    """Two rows: eight steps of ours, and of our engine alone, against eight of viewflow's; processor time."""
    sealed = sample_pdf("复函用印件（示例）", 2)
    floor.make_tables()
    drafts = iter([ready(world, number) for number in range(2 * PAIRS + 3)])
    on_stock = _beside_stock(world, lambda: deque(steps(world, next(drafts), sealed), maxlen=0))
    case = next(drafts)
    told = engine_alone.told(case, steps(world, case, sealed))
    with engine_alone.offered(told):
        alone = _beside_stock(world, lambda: engine_alone.walk(next(drafts), told))
    numbers = count(1)
    on_floor = interleave(
        lambda: floor.run_steps(next(numbers)), lambda: stock.run_steps(world.holder), clock=time.process_time
    )
    yield timed(
        key="case",
        figure="8 步办件，CPU",
        goal=GOAL,
        pairs=on_stock,
        baseline="viewflow",
        note=(
            f"裸 SQL 下限 raw SQL floor {on_floor.subject_median * 1000:.1f} ms; "
            "ours does the whole work of each step: rules, journal, documents, notices; viewflow moves its tasks only"
        ),
    )
    yield timed(
        key="engine",
        figure="8 步引擎与日志，CPU",
        goal=GOAL,
        pairs=alone,
        baseline="viewflow",
        note=(
            "the engine alone: locks, duties, tasks with their people and terms, the case's new row, a journal entry; "
            "no rules, documents or notices. It runs on viewflow, so less than 1 would need another engine beneath"
        ),
    )


def _beside_stock(world: World, walk: Act) -> Pairs:
    return interleave(walk, lambda: stock.run_steps(world.holder), clock=time.process_time)


def wanted(number: int) -> hands.Wanted:
    """The filing with that number, as an enterprise types it."""
    enterprise = enterprise_named(GROUP)
    return hands.Wanted(
        enterprise=enterprise,
        name=f"第{number}号改造项目（示例）",
        fields={
            "kind": "FIXED_ASSET",
            "nature": "MAIN",
            "main_business": "农产品流通",
            "summary": "建设内容（示例）。",
            "plan_status": "IN_PLAN",
            "plan_row": str(number + 1),
            "own_funds_yuan": TOTAL,
            "report_number": f"农商投〔2024〕{number + 100}号",
            "decided_on": date(2024, 6, 24),
            "contract_on": date(2024, 10, 8),
            "payment_on": date(2024, 10, 18),
            "contact_name": "联系人（示例）",
            "contact_phone": "0518-8000×××× （示例）",
        },
        phases=(PhaseInput("全部", TOTAL),),
        commitments=(CommitmentInput(enterprise_id=enterprise.pk, cash_yuan=TOTAL),),
    )


def ready(world: World, number: int) -> Case:
    """A draft with all its materials; before the clock runs."""
    drafter = world.cast.drafters[GROUP]
    case = hands.draft(wanted(number), drafter, f"bench-{number}", START)
    hands.gather_materials(case, drafter, START)
    return case


def steps(world: World, case: Case, sealed: bytes) -> Iterator[Case]:
    """The eight steps, a day apart, from the hand-over to the acknowledgement; each as it is asked for."""
    cast = world.cast
    releaser, officer = cast.releasers[GROUP], cast["officer"]
    days = [START + timedelta(days=number) for number in range(1, 9)]
    yield hands.hand_over(case, cast.drafters[GROUP], days[0])
    yield hands.release(case, releaser, days[1])
    yield hands.confirm(case, officer, days[2])
    yield hands.propose(case, officer, days[3], risks=[])
    yield hands.check(case, cast["head"], days[4])
    yield hands.sign(case, cast["deputy"], days[5])
    yield _deliver(world, case, sealed, days[6])
    yield hands.acknowledge(case, releaser, days[7])


def _deliver(world: World, case: Case, sealed: bytes, at: datetime) -> Case:
    """The reply is delivered with a scan that was made before the clock ran."""
    return hands.act(
        case,
        "deliver",
        world.cast["document_officer"],
        replies.deliver,
        at,
        sealed=io.BytesIO(sealed),
        sealed_name="复函用印扫描件（示例）.pdf",
        sealed_on=at.date(),
        channel="ONLINE",
        delivered_on=at.date(),
    )
