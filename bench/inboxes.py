"""The first page of an inbox: on few and on many tasks, and beside viewflow's own queue on the same tasks."""

from collections.abc import Iterator

from viewflow.workflow.models import Task
from viewflow.workflow.status import STATUS

from bench.databases import at
from bench.measure import interleave
from bench.rows import Size
from bench.table import Row, timed
from bench.world import GRANTED, NOW, World
from investreview.accounts.models import User
from investreview.accounts.selectors import scope_of
from workflows.review.flow import ReviewFlow
from workflows.selectors import inbox

PAGE = 50
GROWTH_GOAL = 1.5
STOCK_GOAL = 1 / 25


def measure(world: World, small: Size, large: Size) -> Iterator[Row]:
    """Two rows: growth with the tasks of others, and our page against viewflow's."""
    person = world.holder.pk
    _require_same_tasks(person)
    growth = interleave(lambda: _page("large", person), lambda: _page("small", person))
    officer = world.cast["officer"].pk
    whole = interleave(lambda: _page("large", officer), lambda: _page("small", officer))
    yield timed(
        key="inbox",
        figure=f"待办首页，{large.tasks:,} 件，{GRANTED} 项授权",
        goal=GROWTH_GOAL,
        pairs=growth,
        baseline=f"{small.tasks:,} 件",
        note=(
            f"{GRANTED} open tasks are the person's at both sizes; "
            "经办人（全委一项授权） officer whose one grant reaches every open task: "
            f"{whole.baseline_median * 1000:.1f} → {whole.subject_median * 1000:.1f} ms, ratio {whole.ratio:.3g}"
        ),
    )
    beside = interleave(lambda: _page("large", person), lambda: _stock_page("large", person))
    yield timed(
        key="inbox_stock",
        figure=f"待办首页，{large.tasks:,} 件，{GRANTED} 项授权",
        goal=STOCK_GOAL,
        pairs=beside,
        baseline="viewflow user_queue",
        note=f"same tasks found by both; viewflow ÷ ours = {1 / beside.ratio:.1f} ×, wanted 25 × (at 1,000,000 tasks)",
    )


def _page(alias: str, person: int) -> list[object]:
    """Who the person is, what they hold, and the first page of what waits for them."""
    with at(alias):
        user = User.objects.get(pk=person)
        return list(inbox(user=user, scope=scope_of(user, NOW), at=NOW)[:PAGE])


def _stock_page(alias: str, person: int) -> list[object]:
    """The same by viewflow: its queue of tasks not yet assigned, with their processes."""
    with at(alias):
        return list(_stock_queue(person).select_related("process")[:PAGE])


def _stock_queue(person: int):  # type: ignore[no-untyped-def]
    return Task.objects.user_queue(User.objects.get(pk=person), flow_class=ReviewFlow).filter(status=STATUS.NEW)


def _require_same_tasks(person: int) -> None:
    """Raises: ValueError when the two inboxes are not of the same tasks; their times would say nothing."""
    with at("large"):
        user = User.objects.get(pk=person)
        ours = set(inbox(user=user, scope=scope_of(user, NOW), at=NOW).values_list("task_id", flat=True))
        theirs = set(_stock_queue(person).values_list("pk", flat=True))
    if ours != theirs or len(ours) != GRANTED:
        raise ValueError(f"our inbox has {len(ours)} tasks, viewflow's {len(theirs)}")
