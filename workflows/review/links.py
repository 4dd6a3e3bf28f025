"""The moves beside a step that this person may make: transfer, paper, return, withdraw."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext

from investreview.core.roles import ENTERPRISE_ROLES, Role
from investreview.core.scope import Scope
from investreview.projects.permissions import ENTERING_ROLES
from investreview.projects.rules import Verb, is_allowed
from investreview.projects.states import CaseState
from workflows.models import WorkItem
from workflows.review.acts import paper_acts


@dataclass(frozen=True)
class Link:
    """One move: what it is called and where it is made."""

    label: str
    url: str


def links_of(item: WorkItem, scope: Scope) -> list[Link]:
    """What this person may do with the open step or its case besides the step's own acts."""
    if item.state != WorkItem.State.OPEN:
        return []
    case = item.case
    links = [Link(gettext("转办"), reverse("review:transfer", args=[item.task_id]))]
    if paper_acts(item) and scope.holds_any(ENTERING_ROLES, case.path):
        links.append(Link(gettext("线下签批回录"), reverse("review:paper", args=[item.task_id])))
    if may_return(item, scope):
        links.append(Link(gettext("退回办件"), reverse("review:return", args=[case.number])))
    if Role(item.role) in ENTERPRISE_ROLES and may_withdraw(item, scope):
        links.append(Link(gettext("撤回办件"), reverse("review:withdraw", args=[case.number])))
    return links


def may_return(item: WorkItem, scope: Scope) -> bool:
    """Whether the officer may end the case as none for the commission."""
    case = item.case
    waiting = case.state in (CaseState.SUPPLEMENTING, CaseState.AWAITING_RELEASE)
    return scope.holds(Role.CASE_OFFICER, case.path) and is_allowed(Verb.RETURN, case.state) and not waiting


def may_withdraw(item: WorkItem, scope: Scope) -> bool:
    """Whether the group's releaser may take the case back."""
    return scope.holds(Role.ENTERPRISE_RELEASER, item.case.path) and is_allowed(Verb.WITHDRAW, item.case.state)
