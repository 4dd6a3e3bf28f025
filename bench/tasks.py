"""The tasks of a batch of cases: one open, the others done, each with our work item beside viewflow's row."""

from collections.abc import Iterator
from datetime import timedelta

from django.contrib.contenttypes.models import ContentType
from viewflow.workflow.models import Task
from viewflow.workflow.status import STATUS

from bench.rows import STEPS, Plan
from bench.world import NOW
from investreview.accounts.permissions import CODENAMES
from investreview.core.roles import Role
from investreview.projects.models import Case
from investreview.registry.models import Enterprise
from workflows.models import WorkItem
from workflows.review.flow import ReviewFlow

LATER_DAYS = 10


def write_tasks(batch: list[Plan], cases: list[tuple[Case, int]], per_case: int) -> None:
    """Each case of the batch has ``per_case`` tasks, as viewflow's rows and as our work items."""
    kind = ContentType.objects.get_for_model(Enterprise)
    wanted = list(_wanted(batch, cases, per_case))
    tasks = Task.objects.bulk_create(_task(one, kind) for one in wanted)
    WorkItem.objects.bulk_create(_item(task, one) for task, one in zip(tasks, wanted, strict=True))


Wanted = tuple[Plan, Case, int, str, bool]


def _wanted(batch: list[Plan], cases: list[tuple[Case, int]], per_case: int) -> Iterator[Wanted]:
    nodes = tuple(STEPS)
    for plan, (case, process) in zip(batch, cases, strict=True):
        for number in range(per_case - bool(plan.node)):
            yield plan, case, process, nodes[number % len(nodes)], False
        if plan.node:
            yield plan, case, process, plan.node, True


def _task(wanted: Wanted, kind: ContentType) -> Task:
    """viewflow's row, with the permission its stock queue asks for: the same body and role as our item's."""
    plan, _, process, node, is_open = wanted
    return Task(
        process_id=process,
        flow_task=ReviewFlow.instance.node(node),
        flow_task_type="HUMAN",
        status=STATUS.NEW if is_open else STATUS.DONE,
        created=plan.released_at,
        finished=None if is_open else NOW,
        owner_permission=f"{kind.app_label}.{CODENAMES[STEPS[node][0]]}",
        owner_permission_content_type=kind,
        owner_permission_obj_pk=str(plan.body.pk),
    )


def _item(task: Task, wanted: Wanted) -> WorkItem:
    plan, case, process, node, is_open = wanted
    return WorkItem(
        task=task,
        process_id=process,
        case=case,
        node=node,
        role=Role(STEPS[node][0]),
        path=plan.body.path,
        state=WorkItem.State.OPEN if is_open else WorkItem.State.DONE,
        arrived_at=plan.released_at,
        due_on=(plan.released_at + timedelta(days=LATER_DAYS)).date(),
        done_at=None if is_open else NOW,
        done_by=None if is_open else case.drafter,
        act="" if is_open else "bench",
    )
