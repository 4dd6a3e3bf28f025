"""The inbox is one query over the granted paths, whatever the person may reach, and never reads what is done."""

import pytest
from django.db import connection
from viewflow.workflow.models import Task
from viewflow.workflow.status import STATUS
from viewflow.workflow.token import Token

from investreview.accounts.models import User
from investreview.accounts.selectors import scope_of
from investreview.core.roles import Role
from investreview.core.scope import Grant, Scope
from investreview.demo import hands
from investreview.projects.models import Case, FormerHolder, Remedy
from tests.world import World, drive, later, wanted
from workflows.models import WorkItem
from workflows.review.flow import ReviewFlow
from workflows.selectors import inbox

pytestmark = pytest.mark.both_databases

INBOX = 2
"""The substitutions of the person, and the items."""

DONE_BEFORE = 4000


def _waiting(world: World, count: int) -> list[Case]:
    return [drive(world, "checked", key=str(n), plan=wanted(world, name=f"第{n}项（示例）")) for n in range(count)]


def _with_many_grants(user: User, count: int) -> Scope:
    own = scope_of(user, later(7))
    more = tuple(Grant(role=Role.CASE_OFFICER, path=f"LYG/{n:04d}/") for n in range(100, 100 + count))
    return Scope(user_id=own.user_id, username=own.username, name=own.name, grants=own.grants + more)


@pytest.mark.parametrize("count", [1, 3])
def test_the_inbox_costs_the_same_however_much_waits(world: World, count: int, django_assert_num_queries) -> None:
    _waiting(world, count)
    scope = scope_of(world.deputy, later(7))
    with django_assert_num_queries(INBOX):
        items = list(inbox(user=world.deputy, scope=scope, at=later(7)))
        shown = {(item.case.number, item.case.project.name, item.case.group.path, item.assignee) for item in items}
    assert len(shown) == count


@pytest.mark.parametrize("grants", [1, 200])
def test_the_inbox_costs_the_same_however_far_the_person_reaches(
    world: World, grants: int, django_assert_num_queries
) -> None:
    _waiting(world, 1)
    scope = _with_many_grants(world.deputy, grants)
    with django_assert_num_queries(INBOX):
        assert len(inbox(user=world.deputy, scope=scope, at=later(7))) == 1


def test_the_inbox_asks_once_for_each_person_whose_part_keeps_them_apart(world: World) -> None:
    sql = str(inbox(user=world.deputy, scope=scope_of(world.deputy, later(7)), at=later(7)).query)
    asked = [sql.count(f'FROM "{model._meta.db_table}"') for model in (FormerHolder, Remedy)]
    assert asked == [2, 2], "drafter and officer before a hand-over; drafter and checker of a remedy"


def _fill_with_done(case: Case, done_by: User) -> None:
    """The same case with thousands of steps behind it, so that reading them all would be dear."""
    process = ReviewFlow.process_class.objects.get(case=case)
    tasks = Task.objects.bulk_create(
        Task(process=process, flow_task=ReviewFlow.opinion, status=STATUS.DONE, token=Token("start"))
        for _ in range(DONE_BEFORE)
    )
    WorkItem.objects.bulk_create(
        WorkItem(
            task=task,
            process=process,
            case=case,
            node="opinion",
            role=Role.DEPUTY_DIRECTOR,
            path=case.path,
            state=WorkItem.State.DONE,
            arrived_at=later(1),
            done_at=later(2),
            done_by=done_by,
            act="propose",
        )
        for task in tasks
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


@pytest.mark.parametrize("grants", [0, 20])
def test_the_inbox_reads_open_items_through_the_partial_indices(world: World, grants: int) -> None:
    (case,) = _waiting(world, 1)
    _fill_with_done(case, world.officer)
    query = inbox(user=world.deputy, scope=_with_many_grants(world.deputy, grants), at=later(7))
    plan = query.explain()
    assert "open_items_by_" in plan, plan
    whole = {"Seq Scan on workflows_workitem", "SCAN workflows_workitem\n"}
    assert not any(reading in plan + "\n" for reading in whole), plan
    assert [item.task_id for item in query] == [hands.task_of(case, "sign")]
