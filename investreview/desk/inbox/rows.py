"""The rows of each tab as the page and the export show them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from investreview.accounts.models import Substitution, User
from investreview.core.roles import CASE_READING_ROLES, Role
from investreview.desk.inbox.filtering import Chosen, narrowed, with_keys
from investreview.desk.inbox.paging import in_order, page_behind
from investreview.desk.inbox.tabs import ORDERS, WAITING, Tab
from investreview.desk.selectors.home import applicant
from investreview.desk.selectors.viewing import Viewer, with_shown_state
from investreview.desk.words import Badge, act_name, case_badge, origin_badge, route_badge
from investreview.projects.deadlines import NO_DEADLINE, Deadline, calendars_of, deadline
from investreview.projects.models import Case
from investreview.projects.views.common import may_write_facts
from workflows.circulating import circulated_to
from workflows.labels import node_label
from workflows.models import Circulation, WorkItem
from workflows.panel.acts import PANEL_STEPS
from workflows.selectors import done_by, inbox, own_steps, started_by, steps_to_claim

PAGE = 50
READING_ROLES = CASE_READING_ROLES | {Role.DOCUMENT_OFFICER}


@dataclass(frozen=True)
class Row:
    """One line of a tab; what a tab does not speak of is empty. Units: ``amount`` yuan."""

    pk: int
    number: str
    project: str
    case_url: str
    route: Badge | None
    origin: Badge | None
    enterprise: str
    amount: Decimal | None
    step: str = ""
    who: str = ""
    on_behalf_of: str = ""
    deadline: Deadline = NO_DEADLINE
    task_id: int = 0
    url: str = ""
    act: str = ""
    at: datetime | None = None
    is_recalled: bool = False
    state: Badge | None = None
    note: str = ""
    is_read: bool = False


@dataclass(frozen=True)
class Page:
    """A piece of a tab, and the place behind which the next one begins."""

    rows: tuple[Row, ...]
    next_after: str = ""


@dataclass(frozen=True)
class Inbox:
    """What one person has in their tabs, before it is narrowed; ``lent`` are the authorities they act under."""

    viewer: Viewer
    lent: Sequence[Substitution]

    def rows_of(self, tab: Tab) -> QuerySet[Any]:
        """Everything a tab holds."""
        viewer = self.viewer
        if tab in WAITING:
            waiting = inbox(user=viewer.user, scope=viewer.scope, at=viewer.at, lent=self.lent)
            split = own_steps if tab == Tab.MINE else steps_to_claim
            return split(waiting).select_related("case__enterprise")
        if tab == Tab.DONE:
            return done_by(viewer.user).select_related("case__enterprise")
        if tab == Tab.STARTED:
            return with_shown_state(started_by(viewer.user), viewer)
        return circulated_to(viewer.user, viewer.scope)

    def chosen_rows(self, chosen: Chosen) -> QuerySet[Any]:
        """What of a tab fits, in the order chosen."""
        rows = narrowed(with_keys(self.rows_of(chosen.tab), chosen.tab), chosen)
        return in_order(rows, ORDERS[chosen.tab][chosen.order])

    def page(self, chosen: Chosen, after: str = "", *, length: int) -> Page:
        """A page of what fits, behind the place ``after``."""
        found, place = page_behind(self.chosen_rows(chosen), ORDERS[chosen.tab][chosen.order], after, length)
        return Page(rows=self.shown(chosen.tab, found), next_after=place)

    def shown(self, tab: Tab, found: Sequence[Any]) -> tuple[Row, ...]:
        """The rows of a tab as people read them."""
        if tab in WAITING:
            return self._waiting(found)
        show = {Tab.DONE: self._done, Tab.STARTED: self._started, Tab.CIRCULATED: self._circulated}[tab]
        return tuple(show(each) for each in found)

    def _waiting(self, items: Sequence[Any]) -> tuple[Row, ...]:
        calendars = calendars_of(item.case for item in items)
        principals = principals_of(self.viewer, self.lent, items)
        return tuple(
            Row(
                **self._facts(item, item.case),
                step=str(node_label(item.node)),
                on_behalf_of=principals.get(item.pk, ""),
                deadline=deadline(item.due_on, self.viewer.today, calendars[item.case.commission_id]),
                task_id=item.task_id,
                url=reverse("review:task", args=[item.task_id]),
                at=item.arrived_at,
            )
            for item in items
        )

    def _done(self, item: Any) -> Row:
        return Row(
            **self._facts(item, item.case),
            step=str(node_label(item.node)),
            act=act_name(item.act),
            who=_name(item.done_by),
            on_behalf_of=_name(item.done_for),
            at=item.done_at,
            is_recalled=item.state == WorkItem.State.RECALLED,
        )

    def _started(self, case: Any) -> Row:
        writes = may_write_facts(self.viewer.scope, case)
        return Row(
            **self._facts(case, case),
            state=case_badge(case, case.shown_state),
            url=reverse("projects:facts", args=[case.number]) if writes else "",
            at=case.released_at,
        )

    def _circulated(self, each: Circulation) -> Row:
        return Row(
            **self._facts(each, each.case),
            who=each.sent_by.full_name,
            on_behalf_of=_name(each.sent_for),
            at=each.sent_at,
            note=each.note,
            is_read=each.read_at is not None,
        )

    def _facts(self, row: Any, case: Case) -> dict[str, Any]:
        return {
            "pk": row.pk,
            "number": case.number,
            "project": case.project.name,
            "case_url": _case_url(row, case, self.viewer),
            "route": route_badge(row.shown_route),
            "origin": origin_badge(case.project.origin),
            "enterprise": applicant(case),
            "amount": row.amount,
        }


def _name(person: User | None) -> str:
    return person.full_name if person is not None else ""


def _case_url(row: Any, case: Case, viewer: Viewer) -> str:
    """The page of the case; nothing for those who run a panel and know the case by its panel alone."""
    if isinstance(row, WorkItem) and row.node in PANEL_STEPS and not viewer.scope.roles & READING_ROLES:
        return ""
    return reverse("desk:case", args=[case.number])


def principals_of(viewer: Viewer, lent: Iterable[Substitution], items: Iterable[WorkItem]) -> dict[int, str]:
    """For items that are another's: in whose name this person would act."""
    names = {}
    for item in items:
        if item.assignee_id == viewer.user.pk or _is_own(viewer, item):
            continue
        for substitution in lent:
            is_theirs = item.assignee_id in (None, substitution.principal_id)
            if is_theirs and substitution.role == item.role and item.path.startswith(substitution.path):
                names[item.pk] = substitution.principal.full_name
                break
    return names


def _is_own(viewer: Viewer, item: WorkItem) -> bool:
    return item.assignee_id is None and viewer.scope.holds(Role(item.role), item.path, item.office or None)
