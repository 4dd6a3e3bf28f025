"""Facts about viewflow 2.4.0 that the house stands on (ARCHITECTURE), and how we keep clear of each."""

import ast
from collections.abc import Iterator

import pytest
from django.contrib.auth.models import Permission
from django.urls import URLPattern, URLResolver, get_resolver
from viewflow.workflow import lock, nodes
from viewflow.workflow.base import Flow, Node
from viewflow.workflow.context import context
from viewflow.workflow.exceptions import FlowRuntimeError
from viewflow.workflow.models import Process, Task
from viewflow.workflow.status import STATUS

from investreview.accounts.models import User
from investreview.core.errors import Invalid
from investreview.core.roles import Role
from investreview.demo import hands
from investreview.projects.models import Case
from investreview.projects.services import countersigning
from tests.architecture.source import ROOT, python_files, tree
from tests.workflows.doors import footprint
from tests.workflows.test_chain import LONG_CHAIN
from tests.world import World, drive, found_world, later
from workflows.nodes import NOBODY_HOLDS, ForEach, JoinOnRecord, PersonTask, PlaceSwitch, PlaceTask
from workflows.review.flow import ReviewFlow

USED = {
    nodes.StartHandle, nodes.Switch, nodes.End, PersonTask, ForEach, JoinOnRecord, PlaceTask, PlaceSwitch,
}  # fmt: skip
"""Job, timer and event nodes run with propagate_exception=False, which stores local variables in the row."""


@pytest.fixture
def world(db: None) -> World:
    return found_world()


@pytest.fixture
def asking(db: None) -> tuple[World, Case]:
    """A case that two offices have been asked about."""
    world = found_world(rules=LONG_CHAIN)
    return world, drive(world, "checked")


def flows() -> list[type[Flow]]:
    """Every procedure of the product."""
    found = [flow for flow in Flow.__subclasses__() if flow.__module__.split(".")[0] == "workflows"]
    assert ReviewFlow in found
    return found


def all_nodes() -> list[Node]:
    return [node for flow in flows() for node in flow.instance.nodes()]


def person_tasks() -> list[PersonTask]:
    return [node for node in all_nodes() if isinstance(node, PersonTask)]


def _join_of(case: Case) -> Task:
    task: Task = Task.objects.get(process=_process(case), flow_task=ReviewFlow.all_answered)
    return task


def _process(case: Case) -> Process:
    process: Process = ReviewFlow.process_class.objects.get(case=case)
    return process


def _countersign(case: Case, user: User, office: str) -> Case:
    return hands.act(
        case,
        "countersign",
        user,
        countersigning.countersign,
        later(7),
        office=office,
        outcome="NO_OBJECTION",
        text="无异议。",
    )


# 1. Locks


def test_the_default_lock_is_no_lock() -> None:
    assert isinstance(Flow.lock_impl, lock.NoLock)


@pytest.mark.parametrize("flow", flows())
def test_every_procedure_locks_its_process_and_waits(flow: type[Flow]) -> None:
    ours = flow.lock_impl
    assert (type(ours), ours.nowait, ours.attempts) == (lock.SelectForUpdateLock, False, 1)


def test_the_stock_lock_gives_up_instead_of_waiting() -> None:
    # Under an outer atomic() its second attempt would run in a broken transaction: we never use it.
    assert lock.select_for_update_lock.nowait is True


# 2. Splits and joins


def test_a_split_that_asks_nobody_raises_and_leaves_nothing(
    asking: tuple[World, Case], monkeypatch: pytest.MonkeyPatch
) -> None:
    world, _case = asking
    case = drive(world, "proposed", key="2", name="另一项目（示例）")
    monkeypatch.setattr(ReviewFlow.instance.node("ask_offices"), "entries", lambda case: ())
    before = footprint(case)
    with pytest.raises(FlowRuntimeError, match="ask_offices has nobody to ask"):
        hands.check(case, world.head, later(6))
    assert footprint(case) == before
    assert not Task.objects.filter(process=_process(case), flow_task=ReviewFlow.ask_offices).exists()


def test_a_join_does_not_complete_before_its_children(asking: tuple[World, Case]) -> None:
    world, case = asking
    _countersign(case, world.finance, "CW")
    assert _join_of(case).status == STATUS.STARTED
    assert not Task.objects.filter(process=_process(case), flow_task=ReviewFlow.wording).exists()
    _countersign(case, world.law, "FG")
    assert _join_of(case).status == STATUS.DONE
    assert Task.objects.filter(process=_process(case), flow_task=ReviewFlow.wording).count() == 1


def test_a_join_does_not_complete_before_the_record_says_so(
    asking: tuple[World, Case], monkeypatch: pytest.MonkeyPatch
) -> None:
    world, case = asking
    monkeypatch.setattr(ReviewFlow.instance.node("all_answered"), "is_answered", lambda case: False)
    _countersign(case, world.finance, "CW")
    _countersign(case, world.law, "FG")
    assert _join_of(case).status == STATUS.STARTED


def test_every_join_asks_the_record_and_every_split_counts() -> None:
    stock = [node for node in all_nodes() if type(node) in (nodes.Join, nodes.Split, nodes.SplitFirst)]
    assert stock == []


# 3. Permissions


def test_every_node_is_of_a_kind_that_was_thought_through() -> None:
    assert {type(node) for node in all_nodes()} <= USED


@pytest.mark.parametrize("node", person_tasks(), ids=lambda node: node.name)
def test_every_step_of_a_person_has_a_role_acts_and_a_permission_nobody_holds(node: PersonTask) -> None:
    assert callable(node._role) or isinstance(node._role, Role)
    assert node.acts and all(name == act.__name__ for name, act in node.acts.items())
    assert node._owner is None
    assert node._owner_permission == NOBODY_HOLDS


def test_no_stock_view_could_be_opened_by_anybody(world: World) -> None:
    case = drive(world, "checked")
    codename = NOBODY_HOLDS.partition(".")[2]
    assert not Permission.objects.filter(codename=codename).exists()
    task = Task.objects.get(process=_process(case), flow_task=ReviewFlow.sign, status=STATUS.NEW)
    able = [user.username for user in User.objects.all() if task.flow_task.can_execute(user, task)]
    assert able == []


def test_no_node_is_reached_by_a_person_but_through_the_engine() -> None:
    starts = [node for node in all_nodes() if isinstance(node, nodes.Start)]
    assert starts == []


# 4, 6. Errors and deletion


def test_errors_of_steps_are_raised_never_stored() -> None:
    assert context.propagate_exception is True
    offenders = [
        str(file.relative_to(ROOT))
        for file in python_files()
        for one in ast.walk(tree(file))
        if getattr(one, "arg", getattr(one, "attr", "")) == "propagate_exception"
    ]
    assert offenders == []


def test_deleting_a_person_is_refused_and_their_tasks_stay(world: World) -> None:
    drive(world, "checked")
    owned = Task.objects.filter(owner=world.officer)
    count = owned.count()
    assert count > 0
    for delete in (world.officer.delete, User.objects.filter(pk=world.officer.pk).delete):
        with pytest.raises(Invalid) as refused:
            delete()
        assert refused.value.code == "accounts_never_deleted"
    assert owned.count() == count


# 7. Stock pages


def _patterns(resolver: URLResolver) -> Iterator[URLPattern]:
    for one in resolver.url_patterns:
        if isinstance(one, URLResolver):
            yield from _patterns(one)
        else:
            yield one


def test_no_page_of_viewflow_or_of_an_administration_site_is_mounted(settings) -> None:
    modules = {getattr(one.callback, "__module__", "") for one in _patterns(get_resolver())}
    foreign = {name for name in modules if name.split(".")[0] not in {"investreview", "workflows", "experts", "django"}}
    assert (foreign, {name for name in modules if name.startswith("django.contrib.admin")}) == (set(), set())
    assert {"django.contrib.admin", "django.contrib.admindocs"} & set(settings.INSTALLED_APPS) == set()
    assert settings.VIEWFLOW == {"AUTOREGISTER": False}
