"""Processes that stand still: found, recorded and told once, and set going again by the system administrator alone."""

from collections.abc import Callable
from datetime import date, datetime

import pytest
from viewflow.workflow.models import Task

from investreview.accounts.selectors import scope_of
from investreview.core.errors import Forbidden, Invalid, NotVisible
from investreview.demo import hands
from investreview.journal.models import Entry
from investreview.notices.models import Notice
from investreview.projects.models import Case
from investreview.projects.services import deciding
from tests.workflows.panel_stages import staged
from tests.world import STEPS, World, drive, found_world, later
from workflows import tasks
from workflows.models import ReviewProcess, Stall, WorkItem
from workflows.reopening import reopen
from workflows.watchdog import MOST_REFUSALS, find_stalled

pytestmark = pytest.mark.django_db
AT = later(9)


@pytest.fixture
def world(db: None) -> World:
    return found_world()


def process_of(case: Case) -> ReviewProcess:
    return ReviewProcess.objects.get(case=case)


def open_nodes(case: Case) -> list[str]:
    return sorted(WorkItem.objects.filter(case=case, state=WorkItem.State.OPEN).values_list("node", flat=True))


def entries(case: Case, verb: str) -> int:
    return Entry.objects.filter(subject_key=case.number, verb=verb).count()


def set_going(world: World, stall: Stall, who: str = "system_admin", at: datetime = AT) -> Stall:
    user = world.people[who]
    return reopen(stall_id=stall.pk, user=user, scope=scope_of(user, at), at=at)


def lose_the_item(case: Case) -> None:
    """The step waits in viewflow, and nobody sees it."""
    WorkItem.objects.filter(case=case, state=WorkItem.State.OPEN).delete()


def lose_the_step(case: Case) -> None:
    """Nothing waits at all: the step died after the act before it."""
    waiting = list(WorkItem.objects.filter(case=case, state=WorkItem.State.OPEN).values_list("task_id", flat=True))
    lose_the_item(case)
    Task.objects.filter(pk__in=waiting).delete()


def refuse_often(case: Case) -> None:
    items = WorkItem.objects.filter(case=case, state=WorkItem.State.OPEN)
    items.update(refused_count=MOST_REFUSALS, refused_code="core_example")


@pytest.mark.parametrize("step", STEPS[1:])
def test_a_case_that_goes_its_way_is_never_called_stalled(world: World, step: str) -> None:
    drive(world, step)
    assert (find_stalled(AT), Stall.objects.count()) == (0, 0)


WRONGS = [
    (lose_the_item, "STEP_WITHOUT_ITEM", ""),
    (lose_the_step, "NO_STEP", ""),
    (refuse_often, "ACT_REFUSED", "core_example"),
]


@pytest.mark.parametrize(("harm", "kind", "code"), WRONGS)
def test_a_stalled_process_is_told_once_and_goes_on_where_it_stood(
    world: World, harm: Callable[[Case], None], kind: str, code: str
) -> None:
    case = drive(world, "proposed")
    harm(case)
    assert [find_stalled(AT), find_stalled(AT)] == [1, 0]
    stall = Stall.objects.get()
    assert (stall.kind, stall.code, stall.process) == (kind, code, process_of(case))
    notice = Notice.objects.get(dedupe_key=f"stall:{stall.pk}")
    assert (notice.user, notice.url, case.number in notice.text) == (world.system_admin, "/jobs/", False)
    set_going(world, stall)
    assert (open_nodes(case), find_stalled(AT), entries(case, "case.stall"), entries(case, "case.reopen")) == (
        ["check"],
        0,
        1,
        1,
    )
    assert WorkItem.objects.filter(case=case, refused_count__gt=0).count() == 0
    assert hands.check(case, world.head, AT).state == "REVIEWING"


def test_setting_going_twice_opens_one_step(world: World) -> None:
    case = drive(world, "proposed")
    lose_the_step(case)
    find_stalled(AT)
    stall = Stall.objects.get()
    set_going(world, stall)
    assert set_going(world, stall).ended_by == world.system_admin
    assert (open_nodes(case), entries(case, "case.reopen")) == (["check"], 1)


@pytest.mark.parametrize("who", ["officer", "head", "deputy", "security_admin", "audit_admin", "group_releaser"])
def test_nobody_but_the_system_administrator_sets_a_process_going(world: World, who: str) -> None:
    lose_the_item(drive(world, "proposed"))
    find_stalled(AT)
    with pytest.raises(Forbidden, match="workflows_stall_keeper_only"):
        set_going(world, Stall.objects.get(), who)
    assert Stall.objects.get().ended_at is None


def test_the_stall_of_another_commission_is_not_there(world: World) -> None:
    lose_the_item(drive(world, "proposed"))
    find_stalled(AT)
    stranger = found_world("XZ", names="徐")
    with pytest.raises(NotVisible):
        set_going(stranger, Stall.objects.get())


def test_a_process_in_which_nothing_can_follow_stays_as_it_is(world: World) -> None:
    case = drive(world, "handed_over")
    WorkItem.objects.filter(case=case).update(caused_by=None)
    WorkItem.objects.filter(case=case).delete()
    Task.objects.filter(process=process_of(case)).delete()
    find_stalled(AT)
    with pytest.raises(Invalid, match="workflows_nothing_to_reopen"):
        set_going(world, Stall.objects.get())
    assert (Stall.objects.get().ended_at, open_nodes(case)) == (None, [])


def deferred(world: World, key: str) -> Case:
    case = drive(world, "checked", key=key, name=f"改造项目{key}（示例）")
    hands.act(case, "sign", world.deputy, deciding.defer, later(8), reason="等待批复。", until=date(2024, 7, 20))
    return case


def test_an_act_of_the_calendar_that_fails_keeps_no_other_from_its_turn_and_is_bounded(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad, good = deferred(world, "1"), deferred(world, "2")
    resume, tried = tasks.resume, []

    def resume_but_one(*, case_id: int, **facts: object) -> Case:
        if case_id == bad.pk:
            tried.append(case_id)
            raise ArithmeticError("example")
        return resume(case_id=case_id, **facts)

    resume_but_one.__name__ = "resume"
    node = WorkItem.objects.filter(case=bad, node="deferral").get().task.flow_task
    with monkeypatch.context() as patched:
        patched.setattr(tasks, "resume", resume_but_one)
        patched.setitem(node.acts, "resume", resume_but_one)
        for _beat in range(MOST_REFUSALS + 2):
            tasks.sweep(later(20))
    assert (open_nodes(bad), open_nodes(good), len(tried)) == (["deferral"], ["sign"], MOST_REFUSALS)
    assert (find_stalled(later(20)), Stall.objects.get().code) == (1, "ArithmeticError")
    set_going(world, Stall.objects.get(), at=later(20))
    tasks.sweep(later(20))
    assert open_nodes(bad) == ["sign"]


@pytest.mark.parametrize("until", ["invited", "scoring", "declared"])
def test_a_panel_that_goes_its_way_is_never_called_stalled(db: None, until: str) -> None:
    stage = staged(until=until)
    assert find_stalled(stage.now) == 0


def test_a_lost_step_of_one_place_is_opened_again_for_that_place(db: None) -> None:
    stage = staged(until="declared")
    item = WorkItem.objects.filter(case=stage.case, node="score", state=WorkItem.State.OPEN).earliest("pk")
    place = item.place
    item.delete()
    assert (find_stalled(stage.now), Stall.objects.get().kind) == (1, "STEP_WITHOUT_ITEM")
    set_going(stage.world, Stall.objects.get(), at=stage.now)
    again = WorkItem.objects.get(case=stage.case, node="score", place=place, state=WorkItem.State.OPEN)
    assert (again.assignee, find_stalled(stage.now)) == (stage.expert(int(place.rsplit("-", 1)[-1])), 0)
