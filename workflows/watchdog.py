"""The watchdog: processes that stand still are found, recorded once, and told once to the system administrators."""

from datetime import datetime

from django.db import transaction
from django.db.models import Exists, F, OuterRef, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from viewflow.workflow.models import Task
from viewflow.workflow.status import STATUS

from investreview.accounts.selectors import users_holding
from investreview.core.actor import SYSTEM
from investreview.core.roles import Role
from investreview.journal.services import record
from investreview.notices.kinds import NoticeKind
from investreview.notices.services import notify_each
from workflows.models import ReviewProcess, Stall, WorkItem

MOST_REFUSALS = 3
"""How often an act of the calendar is tried before a person has to look."""

RUNNING = (STATUS.NEW, STATUS.STARTED)
WAITING = (STATUS.NEW, STATUS.ASSIGNED)


def note_refusal(item: WorkItem, code: str) -> None:
    """The calendar's act on this step was refused once more."""
    WorkItem.objects.filter(pk=item.pk).update(refused_count=F("refused_count") + 1, refused_code=code[:80])


def find_stalled(at: datetime) -> int:
    """Every process that stands still has its row, and its administrators were told; returns how many are new.

    Journal: case.stall, once for each.
    """
    return sum(_report(process_id, at) for process_id in _stalled())


def stall_of(process: ReviewProcess) -> tuple[str, str] | None:
    """What is wrong with a running process, and the code of the refusal; nothing when it goes on."""
    items = WorkItem.objects.filter(process=process, state=WorkItem.State.OPEN)
    if unseen_tasks(process).exists():
        return Stall.Kind.STEP_WITHOUT_ITEM, ""
    if not items.exists():
        return Stall.Kind.NO_STEP, ""
    refused = items.filter(refused_count__gte=MOST_REFUSALS).first()
    return (Stall.Kind.ACT_REFUSED, refused.refused_code) if refused is not None else None


def unseen_tasks(process: ReviewProcess) -> "QuerySet[Task]":
    """The waiting human tasks of a process that have no work item, so that nobody sees them."""
    known = WorkItem.objects.filter(process=process).values("task_id")
    waiting = Task.objects.filter(process=process, flow_task_type="HUMAN", status__in=WAITING)
    return waiting.exclude(pk__in=known).order_by("pk")


def _stalled() -> list[int]:
    """The candidates, by three queries over indices; each is looked at again by itself."""
    mine = WorkItem.objects.filter(process=OuterRef("pk"))
    is_open = Exists(mine.filter(state=WorkItem.State.OPEN))
    is_refused = Exists(mine.filter(state=WorkItem.State.OPEN, refused_count__gte=MOST_REFUSALS))
    seen = WorkItem.objects.filter(task=OuterRef("pk"))
    unseen = Task.objects.filter(process=OuterRef("pk"), flow_task_type="HUMAN", status__in=WAITING)
    is_unseen = Exists(unseen.filter(~Exists(seen)))
    known = Exists(Stall.objects.filter(process=OuterRef("pk"), ended_at__isnull=True))
    running = ReviewProcess.objects.filter(~known, status__in=RUNNING)
    return list(running.filter(~is_open | is_refused | is_unseen).order_by("pk").values_list("pk", flat=True))


def _report(process_id: int, at: datetime) -> int:
    with transaction.atomic():
        process = ReviewProcess.objects.select_for_update(of=("self",)).select_related("case").get(pk=process_id)
        found = stall_of(process) if process.status in RUNNING else None
        if found is None:
            return 0
        kind, code = found
        stall, is_new = Stall.objects.get_or_create(
            process=process, ended_at=None, defaults={"kind": kind, "code": code, "found_at": at}
        )
        if not is_new:
            return 0
        _tell(stall, at)
        case = process.case
        facts = {"kind": kind, "code": code, "stall": stall.pk}
        record(chain=case.commission.code, verb="case.stall", actor=SYSTEM, subject=case.subject, at=at, facts=facts)
        return 1


def _tell(stall: Stall, at: datetime) -> None:
    """The administrators learn the number and the kind, nothing of the case."""
    keepers = users_holding(Role.SYSTEM_ADMIN, stall.process.case.commission.path, at=at)

    def text() -> str:
        facts = {"number": stall.pk, "kind": stall.get_kind_display()}
        return _("第%(number)s号流程停滞：%(kind)s。请到“后台任务”处理。") % facts

    notify_each(
        users=keepers,
        text=text,
        url=reverse("desk:jobs"),
        dedupe_key=f"stall:{stall.pk}",
        at=at,
        kind=NoticeKind.OPERATION,
    )
