"""The moves beside a step that this person may make: transfer, paper, return, withdraw."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext

from investreview.accounts.models import User
from investreview.core.errors import Forbidden
from investreview.core.roles import ENTERPRISE_ROLES, Role
from investreview.core.scope import Scope
from investreview.projects.models import Case
from investreview.projects.permissions import ENTERING_ROLES, acting_as
from investreview.projects.record import open_remedy
from investreview.projects.rules import Verb, is_allowed
from investreview.projects.services.remedies import require_remedy_drafter
from investreview.projects.states import CaseState
from investreview.projects.views.common import may_write_facts, may_write_materials
from workflows.corrections import withdrawable_step
from workflows.models import WorkItem
from workflows.permissions import is_in_pool, is_kept
from workflows.review.acts import paper_acts


@dataclass(frozen=True)
class Link:
    """One move: what it is called and where it is made; with ``posts`` its own form makes it at once."""

    label: str
    url: str
    posts: bool = False


def links_of(item: WorkItem, scope: Scope) -> list[Link]:
    """What this person may do with the open step or its case besides the step's own acts."""
    if item.state != WorkItem.State.OPEN:
        return []
    case = item.case
    links = _to_draft(item, scope)
    links.append(Link(gettext("转办"), reverse("review:transfer", args=[item.task_id])))
    if is_in_pool(item):
        links.insert(0, Link(gettext("认领"), reverse("review:claim", args=[item.task_id]), posts=True))
    if is_kept(item):
        links.append(Link(gettext("退回待认领"), reverse("review:give_back", args=[item.task_id])))
    links.append(Link(gettext("传阅"), reverse("review:circulate", args=[case.number])))
    if paper_acts(item) and scope.holds_any(ENTERING_ROLES, case.path):
        links.append(Link(gettext("线下签批回录"), reverse("review:paper", args=[item.task_id])))
    if may_return(item, scope):
        links.append(Link(gettext("退回办件"), reverse("review:return", args=[case.number])))
    if Role(item.role) in ENTERPRISE_ROLES and may_withdraw(item, scope):
        links.append(Link(gettext("撤回办件"), reverse("review:withdraw", args=[case.number])))
    return links


def _to_draft(item: WorkItem, scope: Scope) -> list[Link]:
    """Whoever revises, or looks before the release, reaches what may still be changed."""
    case, links = item.case, []
    if may_write_facts(scope, case):
        links.append(Link(gettext("修改申报内容"), reverse("projects:facts", args=[case.number])))
    if may_write_materials(scope, case):
        links.append(Link(gettext("上传材料"), reverse("projects:materials", args=[case.number])))
    if Role(item.role) in ENTERPRISE_ROLES and scope.holds_any(ENTERPRISE_ROLES, case.path):
        links.append(Link(gettext("申报汇总"), reverse("projects:submission", args=[case.number])))
    return links


def may_return(item: WorkItem, scope: Scope) -> bool:
    """Whether the officer may end the case as none for the commission."""
    case = item.case
    waiting = case.state in (CaseState.SUPPLEMENTING, CaseState.AWAITING_RELEASE)
    return scope.holds(Role.CASE_OFFICER, case.path) and is_allowed(Verb.RETURN, case.state) and not waiting


def may_withdraw(item: WorkItem, scope: Scope) -> bool:
    """Whether the group's releaser may take the case back."""
    return scope.holds(Role.ENTERPRISE_RELEASER, item.case.path) and is_allowed(Verb.WITHDRAW, item.case.state)


def may_withdraw_signature(case: Case, user: User, steps: Sequence[WorkItem]) -> bool:
    """Whether this person signed the letter that waits to be sealed, or had it signed in their name."""
    signed = withdrawable_step(steps)
    if signed is None:
        return False
    remedy = open_remedy(case) if signed.node == "remedy_sign" else None
    hands = (remedy.signed_by_id, remedy.signed_for_id) if remedy is not None else (case.signer_id, case.signer_for_id)
    return user.pk in hands


def can_begin_remedy(case: Case) -> bool:
    """Whether the case has a sent letter that nobody is putting right yet."""
    is_sent = is_allowed(Verb.BEGIN_REMEDY, case.state) and case.delivered_at is not None
    return is_sent and open_remedy(case) is None


def may_begin_remedy(case: Case, *, user: User, scope: Scope, at: datetime) -> bool:
    """Whether this person may begin a letter that puts the sent one right: as officer, or for one, with no other hand
    in the case."""
    if not can_begin_remedy(case):
        return False
    try:
        acting = acting_as(user=user, role=Role.CASE_OFFICER, path=case.path, at=at, scope=scope)
        require_remedy_drafter(acting, case)
    except Forbidden:
        return False
    return True
