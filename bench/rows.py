"""Cases and tasks by the ten thousand, from a seeded generator; the same seed gives the same rows.

One group has 60 % of the cases; the 200 bodies of the person with many grants have one open task each, whatever the
size, so that only what is not theirs grows. A case has one open task, its other tasks are done; of the other bodies'
cases every fourth has ended and has none.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from django.db import connections
from viewflow.workflow.models import Process

from bench.world import NOW, World
from investreview.core.roles import Role
from investreview.projects.models import Case, Declaration, Phase, Project
from investreview.projects.states import CaseState
from investreview.registry.models import Enterprise
from investreview.rulebook.models import RuleSet
from workflows.models import ReviewProcess
from workflows.review.flow import ReviewFlow

SEED = 20240807
LARGE_SHARE = 0.6
STEPS = {
    "revise": (Role.ENTERPRISE_DRAFTER, CaseState.SUPPLEMENTING),
    "check_completeness": (Role.CASE_OFFICER, CaseState.CHECKING),
    "opinion": (Role.CASE_OFFICER, CaseState.REVIEWING),
    "check": (Role.OFFICE_HEAD, CaseState.REVIEWING),
    "sign": (Role.DEPUTY_DIRECTOR, CaseState.REVIEWING),
}
"""The step that is open, who does it, and where its case stands."""
ENDED = ""


@dataclass(frozen=True)
class Size:
    """How many rows one database has."""

    cases: int
    tasks: int


@dataclass(frozen=True)
class Plan:
    """One case to be: whose it is, which step is open (none when it has ended), and when it was released."""

    number: int
    body: Enterprise
    node: str
    released_at: datetime


def plans(world: World, size: Size) -> Iterator[Plan]:
    """Every case of a database, in the order of its rows."""
    chance = random.Random(SEED)  # noqa: S311 - rows, not secrets
    own = set(chance.sample(range(size.cases), len(world.granted)))
    granted = iter(world.granted)
    for number in range(size.cases):
        mine = number in own
        is_large = chance.random() < LARGE_SHARE
        body = next(granted) if mine else world.large if is_large else chance.choice(world.others)
        node = "revise" if mine else chance.choice((*STEPS, ENDED)) if number % 4 else ENDED
        yield Plan(number, body, node, NOW - timedelta(hours=chance.randrange(1, 4000)))


def write_cases(alias: str, batch: list[Plan], world: World, rule_set: RuleSet) -> list[tuple[Case, int]]:
    """The cases of a batch are written with their facts, each with the id of its process."""
    drafter = world.cast.drafters["港控集团"]
    projects = Project.objects.bulk_create(
        Project(
            commission=world.cast.commission,
            enterprise=plan.body,
            path=plan.body.path,
            name=f"第{plan.number:07d}号改造项目（示例）",
            creation_key=f"rows-{plan.number}",
            created_by=drafter,
            created_at=plan.released_at,
        )
        for plan in batch
    )
    cases = Case.objects.bulk_create(
        _case(plan, project, world, rule_set) for plan, project in zip(batch, projects, strict=True)
    )
    declarations = Declaration.objects.bulk_create(
        Declaration(case=case, kind="FIXED_ASSET", nature="MAIN", plan_status="IN_PLAN") for case in cases
    )
    Phase.objects.bulk_create(
        Phase(declaration=declaration, ordinal=1, name="全部", total_yuan=Decimal(10_000_000 + declaration.pk))
        for declaration in declarations
    )
    return list(zip(cases, _processes(alias, cases), strict=True))


def _case(plan: Plan, project: Project, world: World, rule_set: RuleSet) -> Case:
    cast = world.cast
    case = Case(
        number=f"LYG-ROW-{plan.number:07d}",
        project=project,
        commission=cast.commission,
        enterprise=plan.body,
        group=plan.body if plan.body.parent is None else plan.body.parent,
        path=plan.body.path,
        state=STEPS[plan.node][1] if plan.node else CaseState.WITHDRAWN,
        drafter=cast.drafters["港控集团"],
        releaser=cast.releasers["港控集团"],
        created_at=plan.released_at,
        released_at=plan.released_at,
        first_released_at=plan.released_at,
        end_reason="" if plan.node else "方案调整。",
        ended_at=None if plan.node else NOW,
    )
    if case.state == CaseState.REVIEWING:
        case.rule_set, case.route, case.complete_at, case.clock_days = rule_set, "FILING", plan.released_at, 10
    return case


def _processes(alias: str, cases: list[Case]) -> list[int]:
    """viewflow's process of each case and our row beside it; bulk_create does not know inherited tables."""
    made = Process.objects.bulk_create(Process(flow_class=ReviewFlow, created=NOW) for _ in cases)
    table = ReviewProcess._meta.db_table
    with connections[alias].cursor() as cursor:
        cursor.executemany(
            f'INSERT INTO "{table}" (process_ptr_id, case_id) VALUES (%s, %s)',  # noqa: S608 - our own table
            [(process.pk, case.pk) for process, case in zip(made, cases, strict=True)],
        )
    return [process.pk for process in made]
