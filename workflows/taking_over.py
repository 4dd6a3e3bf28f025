"""Take-over 接续: a case that was under way on paper becomes a process that stands where the paper stood (DOMAIN §16).

One person entered it, another compares it with the papers; with the comparison the engine starts the process at the
step that the record asks for, and from there everything is as it always is.
"""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from viewflow.workflow.models import Task

from experts.services.taking_over import take_over_case
from investreview.accounts.models import User
from investreview.accounts.selectors import scope_of
from investreview.core.errors import Forbidden, Invalid, NotVisible
from investreview.core.roles import Role
from investreview.core.scope import Scope
from investreview.projects.acting import Acting
from investreview.projects.models import Case, PastPaper, Takeover
from investreview.projects.past.selectors import standing_takeovers
from investreview.projects.past.services.closing import close_when_compared
from investreview.projects.permissions import CHECKING, SHEET_READERS, TAKEOVER_READERS, TAKING_OVER
from investreview.projects.services.takeovers import lock_takeover
from workflows.engine import Service
from workflows.items import open_new_items
from workflows.labels import node_label
from workflows.models import ReviewProcess, WorkItem
from workflows.review.flow import ReviewFlow
from workflows.review.forms.takeover import TakeoverForm

_WITH = ("commission", "enterprise", "entered_by", "checked_by", "case")


def take_over(*, acting: Acting, node: str, at: datetime, service: Service, facts: dict[str, Any]) -> Case:
    """The service made the case, its process runs, and its first open step is ``node``.

    The flow itself finds the step from the record, as it does after every act; another one than stated is refused and
    nothing remains. Raises: what ``service`` raises, Invalid (takeover_opened_elsewhere).
    """
    with transaction.atomic():
        case = service(acting=acting, at=at, **facts)
        process: ReviewProcess = ReviewFlow.taken_over.run(case=case)
        begun = WorkItem.objects.create(
            task=Task.objects.get(process=process, flow_task=ReviewFlow.taken_over),
            process=process,
            case=case,
            node="taken_over",
            role=_role_of(acting, case),
            path=case.path,
            state=WorkItem.State.DONE,
            arrived_at=at,
            opened_at=at,
            done_at=at,
            done_by=acting.person,
            act=service.__name__,
        )
        open_new_items(process, case, caused_by=begun, at=at)
        opened = WorkItem.objects.filter(process=process, state=WorkItem.State.OPEN)
        if set(opened.values_list("node", flat=True)) != {node}:
            raise Invalid("takeover_opened_elsewhere", step=node_label(node))
        return case


def _role_of(acting: Acting, case: Case) -> Role:
    """In which role the second person compared: as officer where they are one."""
    held = acting.scope.roles_on(case.path) & CHECKING
    return Role.CASE_OFFICER if Role.CASE_OFFICER in held else Role.OFFICE_HEAD


def accept_takeover(*, takeover_id: int, user: User, at: datetime) -> Case:
    """The entry agrees with the papers, as another person found; the case exists and waits at its step.

    Accepted already by the same person, the first result is answered. Raises: NotVisible, Forbidden, Invalid
    (takeover_own_entry, takeover_done, takeover_scan_needed, takeover_not_readable, what the act raises). Journal:
    case.take_over.
    """
    with transaction.atomic():
        takeover = lock_takeover(takeover_id, user=user, at=at)
        if not takeover.is_open:
            if takeover.case is not None and takeover.checked_by_id == user.pk:
                return takeover.case
            raise Invalid("takeover_done")
        if not takeover.papers.exists():
            raise Invalid("takeover_scan_needed")
        form = entered_form(takeover, at=at)
        if not form.is_valid():
            labels = [str(form.fields[name].label) for name in form.errors if name in form.fields]
            raise Invalid("takeover_not_readable", fields="、".join(labels))
        case = take_over(
            acting=Acting(user=user, scope=scope_of(user, at)),
            node=form.node,
            at=at,
            service=take_over_case,
            facts={"takeover": takeover, "facts": form.facts},
        )
        takeover.case = case
        takeover.checked_by = user
        takeover.checked_at = at
        takeover.save()
        close_when_compared(takeover, user=user, at=at)
        return case


def entered_form(takeover: Takeover, *, at: datetime) -> TakeoverForm:
    """The form, filled with what the entry keeps."""
    return TakeoverForm(takeover.payload, user=takeover.entered_by, at=at, has_papers=True)


def takeovers(scope: Scope) -> QuerySet[Takeover]:
    """The take-overs of the commissions in which this person enters, compares or audits; latest first."""
    return standing_takeovers().filter(_within(scope, TAKEOVER_READERS)).select_related(*_WITH).order_by("-pk")


def _readable(scope: Scope) -> QuerySet[Takeover]:
    """Those of ``takeovers``, and the accepted ones for whoever works on their cases."""
    accepted = _within(scope, SHEET_READERS) & Q(case__isnull=False)
    return standing_takeovers().filter(_within(scope, TAKEOVER_READERS) | accepted).select_related(*_WITH)


def _within(scope: Scope, roles: frozenset[Role]) -> Q:
    codes = scope.commissions_where(*roles)
    return Q(commission__code__in=codes)


def takeover_for(scope: Scope, takeover_id: int) -> Takeover:
    """One take-over. Raises: NotVisible (takeover_not_visible), the same for one that does not exist."""
    found = _readable(scope).filter(pk=takeover_id).first()
    if found is None:
        raise NotVisible("takeover_not_visible")
    return found


def takeovers_to_check(user: User, scope: Scope) -> QuerySet[Takeover]:
    """The take-overs that this person may compare: entered by another; oldest first."""
    codes = scope.commissions_where(*CHECKING)
    waiting = standing_takeovers().filter(commission__code__in=codes, checked_at__isnull=True).exclude(entered_by=user)
    return waiting.select_related("entered_by").order_by("pk")


def takeover_paper(scope: Scope, paper_id: int) -> PastPaper:
    """A scan of a take-over, for those who may read it.

    Raises: NotVisible (takeover_not_visible), the same for one that does not exist.
    """
    found = PastPaper.objects.filter(pk=paper_id, takeover__in=_readable(scope)).select_related("takeover").first()
    if found is None:
        raise NotVisible("takeover_not_visible")
    return found


def require_entering(user: User, scope: Scope) -> None:
    """Nothing happens when this person enters take-overs of their commission.

    Raises: Forbidden (projects_role_missing).
    """
    commission = user.commission
    if commission is None or not scope.holds_any(TAKING_OVER, commission.path):
        raise Forbidden("projects_role_missing", role=Role.CASE_OFFICER.label)
