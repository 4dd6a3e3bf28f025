"""What this person may do with the case now, asked of the same permissions that the doors ask."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from investreview.core.roles import ENTERPRISE_ROLES, Role
from investreview.core.scope import Scope
from investreview.desk.selectors.viewing import Reading
from investreview.projects.permissions import ENTERING_ROLES
from investreview.projects.services.contacts import NOTING_ROLES
from investreview.projects.states import CaseState
from investreview.projects.views.common import may_write_facts, may_write_materials
from workflows.engine import recall_refusal
from workflows.labels import node_label
from workflows.models import WorkItem
from workflows.review.acts import paper_acts
from workflows.review.links import may_return, may_withdraw
from workflows.selectors import my_open_item

_BEGUN_AGAIN_AFTER = frozenset({CaseState.RETURNED, CaseState.WITHDRAWN, CaseState.DISCARDED})


@dataclass(frozen=True)
class Action:
    """A button: a page to open or, with ``posts``, an act that its own form sends (with the case's version)."""

    label: str
    url: str
    posts: bool = False
    is_primary: bool = False


def actions(reading: Reading, items: Sequence[WorkItem], *, is_open: bool) -> tuple[Action, ...]:
    """The buttons of the page, the usual one first; a case whose procedure is not open cannot be handed over."""
    waiting = [item for item in items if item.state == WorkItem.State.OPEN]
    mine = _mine(reading) if waiting else None
    found = _of_draft(reading, may_begin=is_open and not items)
    if mine is not None:
        name = _("办理：%(step)s") % {"step": node_label(mine.node)}
        found.insert(0, Action(name, reverse("review:task", args=[mine.task_id]), is_primary=True))
    found += _recall(reading, items)
    found += _beside(reading, waiting, mine)
    return tuple(found)


def _mine(reading: Reading) -> WorkItem | None:
    viewer = reading.viewer
    return my_open_item(reading.case, user=viewer.user, scope=viewer.scope, at=viewer.at)


def _of_draft(reading: Reading, *, may_begin: bool) -> list[Action]:
    case, scope, number = reading.case, reading.viewer.scope, reading.case.number
    found = []
    if may_write_facts(scope, case):
        if may_begin:
            found.append(Action(_("送审"), reverse("review:hand_over", args=[number]), posts=True, is_primary=True))
        found.append(Action(_("修改申报内容"), reverse("projects:facts", args=[number])))
    if may_write_materials(scope, case):
        found.append(Action(_("上传材料"), reverse("projects:materials", args=[number])))
    if _may_begin_again(reading):
        found.append(Action(_("重新申报"), reverse("projects:again", args=[number]), posts=True))
    return found


def _may_begin_again(reading: Reading) -> bool:
    case = reading.case
    if case.state not in _BEGUN_AGAIN_AFTER or not reading.viewer.scope.holds(Role.ENTERPRISE_DRAFTER, case.path):
        return False
    return not case.project.cases.filter(pk__gt=case.pk).exists()


def _recall(reading: Reading, items: Sequence[WorkItem]) -> list[Action]:
    """Whoever acted last may take it back while nobody has opened the next step."""
    done = [item for item in items if item.state == WorkItem.State.DONE and item.done_at is not None]
    last = max(done, key=lambda item: (item.done_at, item.pk), default=None)
    if last is None or last.done_by_id != reading.viewer.user.pk or recall_refusal(last):
        return []
    return [Action(_("收回"), reverse("review:recall", args=[last.task_id]), posts=True)]


def _beside(reading: Reading, waiting: Sequence[WorkItem], mine: WorkItem | None) -> list[Action]:
    """The moves beside the step: transfer, paper, return, withdraw, telephone note, incoming paper."""
    case, scope = reading.case, reading.viewer.scope
    found = _transfers(waiting, mine, scope)
    if scope.holds_any(ENTERING_ROLES, case.path):
        for item in [item for item in waiting if paper_acts(item)][:1]:
            found.append(Action(_("打印呈批表"), reverse("review:print_sheet", args=[item.task_id]), posts=True))
            found.append(Action(_("线下签批回录"), reverse("review:paper", args=[item.task_id])))
    if waiting and may_return(waiting[0], scope):
        found.append(Action(_("退回办件"), reverse("review:return", args=[case.number])))
    if waiting and may_withdraw(waiting[0], scope):
        found.append(Action(_("撤回办件"), reverse("review:withdraw", args=[case.number])))
    if scope.holds_any(NOTING_ROLES, case.path):
        found.append(Action(_("电话记录"), reverse("projects:phone_notes", args=[case.number])))
        found.append(Action(_("收文登记"), reverse("projects:incoming", args=[case.number])))
    return found


def _transfers(waiting: Sequence[WorkItem], mine: WorkItem | None, scope: Scope) -> list[Action]:
    """The holder transfers their own step; the office head any step of the commission's."""
    movable = [
        item for item in waiting if item.role not in ENTERPRISE_ROLES and scope.holds(Role.OFFICE_HEAD, item.path)
    ]
    if not movable and mine is not None:
        movable = [mine]
    return [
        Action(
            _("转办：%(office)s") % {"office": item.office} if len(movable) > 1 else _("转办"),
            reverse("review:transfer", args=[item.task_id]),
        )
        for item in movable
    ]
