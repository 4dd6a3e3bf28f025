"""The open steps of a panel that somebody may do from its page, each with its forms."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from experts.models import Panel
from experts.permissions import is_own_place
from investreview.accounts.models import User
from investreview.core.errors import DomainError
from investreview.core.scope import Scope
from workflows.models import WorkItem
from workflows.panel.acts import PANEL_STEPS, SCORING, panel_acts
from workflows.panel.selectors import Members, is_busy, members_of
from workflows.permissions import acting_for
from workflows.review.views.common import ITEM, new_key
from workflows.review.views.common import Panel as StepPanel
from workflows.review.views.common import panel as empty_panel


@dataclass(frozen=True)
class OpenStep:
    """One open step and the forms of its acts."""

    item: WorkItem
    panels: tuple[StepPanel, ...]


@dataclass(frozen=True)
class StepRows:
    """The open steps of a panel with its members, still to be read."""

    items: QuerySet[WorkItem]
    members: Members

    def __iter__(self) -> Iterator[QuerySet[Any]]:
        yield from (self.items, *self.members)


def step_rows(panel: Panel) -> StepRows:
    """The open steps of the panel, but for its beginning."""
    nodes = sorted(PANEL_STEPS - {"freeze_draw"})
    waiting = WorkItem.objects.filter(case=panel.case_id, state=WorkItem.State.OPEN, node__in=nodes)
    return StepRows(waiting.select_related(*ITEM).order_by("pk"), members_of(panel))


def open_steps(
    rows: StepRows, *, user: User, scope: Scope, at: datetime, given: OpenStep | None = None
) -> tuple[OpenStep, ...]:
    """The steps of ``rows``, which are read, that this person may do now; ``given`` stands as it was typed.

    An expert's own places are not among them: those have a page of their own.
    """
    found = []
    for item in _waiting(rows, given):
        if given is not None and given.item.pk == item.pk:
            found.append(given)
        elif _may_do(item, user, scope, at):
            panels = tuple(empty_panel(act, item, at=at, key=new_key()) for act in panel_acts(item, user))
            found += [OpenStep(item, panels)] if panels else []
    return tuple(found)


def _waiting(rows: StepRows, given: OpenStep | None) -> Iterator[WorkItem]:
    """The open steps of the panel; of the scoring ones those alone at which somebody else acts than the expert."""
    present = rows.members.by_place()
    for item in rows.items:
        if item.place in present:
            item.holder = present[item.place]
        is_idle = item.node in SCORING and not (item.place in present and is_busy(item.holder))
        if not is_idle or (given is not None and given.item.pk == item.pk):
            yield item


def _may_do(item: WorkItem, user: User, scope: Scope, at: datetime) -> bool:
    if item.place and is_own_place(user, item.case, item.place):
        return False
    try:
        acting_for(user=user, item=item, at=at, scope=scope)
    except DomainError:
        return False
    return True
