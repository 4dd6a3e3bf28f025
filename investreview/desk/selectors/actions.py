"""What this person may do with the case now, asked of the same permissions that the doors ask."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from experts.permissions import RECUSAL_ROLES
from experts.states import RUNNING
from investreview.core.roles import ENTERPRISE_ROLES, SIGNING_ROLES, Role
from investreview.core.scope import Scope
from investreview.desk.selectors.lists import Lists
from investreview.desk.selectors.viewing import Reading
from investreview.projects.permissions import ENTERING_ROLES, may_begin_like, may_instruct
from investreview.projects.services.contacts import NOTING_ROLES
from investreview.projects.states import DECIDED, OPEN, WITH_ENTERPRISE
from investreview.projects.views.common import may_begin_again, may_write_facts, may_write_materials
from workflows.engine import recall_refusal
from workflows.labels import node_label
from workflows.models import WorkItem
from workflows.permissions import is_in_pool, is_kept
from workflows.review.acts import paper_acts
from workflows.review.links import may_begin_remedy, may_return, may_withdraw, may_withdraw_signature
from workflows.urging import is_with_commission, may_urge

_SLIP_ROLES = frozenset({Role.CASE_OFFICER, Role.OFFICE_HEAD})


@dataclass(frozen=True)
class Action:
    """A button: a page to open or, with ``posts``, an act that its own form sends (with the case's version)."""

    label: str
    url: str
    posts: bool = False
    is_primary: bool = False


def actions(reading: Reading, lists: Lists, *, is_open: bool, may_need_panel: bool = False) -> tuple[Action, ...]:
    """The buttons of the page, the usual one first; a case whose procedure is not open cannot be handed over."""
    items = lists.steps
    waiting = [item for item in items if item.state == WorkItem.State.OPEN]
    mine = lists.mine if waiting else None
    found = _of_draft(reading, may_begin=is_open and not items)
    if mine is not None:
        name = _("办理：%(step)s") % {"step": node_label(mine.node)}
        found.insert(0, Action(name, reverse("review:task", args=[mine.task_id]), is_primary=True))
    found += _recall(reading, items)
    found += _beside(reading, lists, waiting, mine)
    if may_need_panel and _concerned_by_recusal(reading):
        found.append(Action(_("企业回避申请"), reverse("experts:recusals", args=[reading.case.number])))
    return tuple(found)


def _concerned_by_recusal(reading: Reading) -> bool:
    """Whether this person asks for recusal, enters a letter or answers, while the case is open."""
    return reading.case.state in OPEN and reading.viewer.scope.holds_any(RECUSAL_ROLES, reading.case.path)


def _of_draft(reading: Reading, *, may_begin: bool) -> list[Action]:
    case, scope, number = reading.case, reading.viewer.scope, reading.case.number
    found = []
    if may_write_facts(scope, case):
        if may_begin:
            found.append(Action(_("送审"), reverse("review:hand_over", args=[number]), posts=True, is_primary=True))
        found.append(Action(_("修改申报内容"), reverse("projects:facts", args=[number])))
    if may_write_materials(scope, case):
        found.append(Action(_("上传材料"), reverse("projects:materials", args=[number])))
    if scope.holds_any(ENTERPRISE_ROLES, case.path) and case.state in WITH_ENTERPRISE:
        found.append(Action(_("申报汇总"), reverse("projects:submission", args=[number])))
    if _may_begin_again(reading):
        found.append(Action(_("重新申报"), reverse("projects:again", args=[number]), posts=True))
    if may_begin_like(scope, case):
        found.append(Action(_("参照新建"), f"{reverse('projects:new_project')}?like={number}"))
    return found


def _may_begin_again(reading: Reading) -> bool:
    case = reading.case
    return may_begin_again(reading.viewer.scope, case) and not case.project.cases.filter(pk__gt=case.pk).exists()


def _recall(reading: Reading, items: Sequence[WorkItem]) -> list[Action]:
    """Whoever acted last may take it back while nobody has opened the next step."""
    done = [item for item in items if item.state == WorkItem.State.DONE and item.done_at is not None]
    last = max(done, key=lambda item: (item.done_at, item.pk), default=None)
    if last is None or last.done_by_id != reading.viewer.user.pk or recall_refusal(last):
        return []
    return [Action(_("收回"), reverse("review:recall", args=[last.task_id]), posts=True)]


def _beside(reading: Reading, lists: Lists, waiting: Sequence[WorkItem], mine: WorkItem | None) -> list[Action]:
    """The moves beside the step: transfer, paper, return, withdraw, telephone note, incoming paper."""
    case, scope = reading.case, reading.viewer.scope
    found = [*_claim(mine), *_transfers(waiting, mine, scope), *_holding(reading, waiting, mine)]
    if scope.holds_any(ENTERING_ROLES, case.path):
        for item in [item for item in waiting if paper_acts(item)][:1]:
            found.append(Action(_("打印呈批表"), reverse("review:print_sheet", args=[item.task_id]), posts=True))
            found.append(Action(_("线下签批回录"), reverse("review:paper", args=[item.task_id])))
    if waiting and may_return(waiting[0], scope):
        found.append(Action(_("退回办件"), reverse("review:return", args=[case.number])))
    if waiting and may_withdraw(waiting[0], scope):
        found.append(Action(_("撤回办件"), reverse("review:withdraw", args=[case.number])))
    if scope.holds(Role.DEPUTY_DIRECTOR, case.path) and any(panel.state in RUNNING for panel in lists.panels):
        found.append(Action(_("另行组织专家组"), reverse("panel:new_round", args=[case.number])))
    if reading.inside and case.state in DECIDED:
        found += _mistakes(reading, lists.steps)
    if may_instruct(scope, case):
        found.append(Action(_("批示"), reverse("projects:case_instructions", args=[case.number])))
    if scope.holds_any(NOTING_ROLES, case.path):
        found.append(Action(_("电话记录"), reverse("projects:phone_notes", args=[case.number])))
        found.append(Action(_("收文登记"), reverse("projects:incoming", args=[case.number])))
    return found


def _claim(mine: WorkItem | None) -> list[Action]:
    """Whoever could do a step of the pool may claim it."""
    if mine is None or not is_in_pool(mine):
        return []
    return [Action(_("认领"), reverse("review:claim", args=[mine.task_id]), posts=True)]


def _holding(reading: Reading, waiting: Sequence[WorkItem], mine: WorkItem | None) -> list[Action]:
    """The step given back, who else shall read, and what the enterprise asks while the commission works."""
    case, scope = reading.case, reading.viewer.scope
    found = []
    is_head = scope.holds(Role.OFFICE_HEAD, case.path)
    kept = [one for one in waiting if is_kept(one) and one.role not in ENTERPRISE_ROLES] if is_head else []
    if not kept and mine is not None and is_kept(mine):
        kept = [mine]
    found += [Action(_("退回待认领"), reverse("review:give_back", args=[one.task_id])) for one in kept[:1]]
    if mine is not None or (case.released_at is not None and is_head):
        found.append(Action(_("传阅"), reverse("review:circulate", args=[case.number])))
    if may_urge(scope, case.path) and is_with_commission(waiting):
        found.append(Action(_("催办"), reverse("review:urge", args=[case.number])))
    return found


def _mistakes(reading: Reading, steps: Sequence[WorkItem]) -> list[Action]:
    """What puts a decided case right: the signature taken back, another letter, a slip (DOMAIN §17)."""
    case, viewer = reading.case, reading.viewer
    found = []
    if viewer.scope.holds_any(SIGNING_ROLES, case.path) and may_withdraw_signature(case, viewer.user, steps):
        found.append(Action(_("撤回签发"), reverse("review:withdraw_signature", args=[case.number])))
    if may_begin_remedy(case, user=viewer.user, scope=viewer.scope, at=viewer.at):
        found.append(Action(_("更正函、作废重发"), reverse("review:remedy", args=[case.number])))
    if case.delivered_at is not None and viewer.scope.holds_any(_SLIP_ROLES, case.path):
        found.append(Action(_("更正单"), reverse("projects:corrections", args=[case.number])))
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
