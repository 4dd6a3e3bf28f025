"""The open steps of a panel that somebody may do from its page, each with its forms."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from experts.models import Panel
from experts.permissions import is_own_place
from investreview.accounts.models import User
from investreview.core.errors import DomainError
from investreview.core.scope import Scope
from workflows.models import WorkItem
from workflows.panel.acts import PANEL_STEPS, SCORING, panel_acts
from workflows.panel.selectors import is_busy, present_seats
from workflows.permissions import acting_for
from workflows.review.views.common import ITEM, new_key
from workflows.review.views.common import Panel as StepPanel
from workflows.review.views.common import panel as empty_panel


@dataclass(frozen=True)
class OpenStep:
    """One open step and the forms of its acts."""

    item: WorkItem
    panels: tuple[StepPanel, ...]


def open_steps(
    panel: Panel, *, user: User, scope: Scope, at: datetime, given: OpenStep | None = None
) -> tuple[OpenStep, ...]:
    """The steps of the running panel that this person may do now; ``given`` stands as it was typed.

    An expert's own places are not among them: those have a page of their own.
    """
    found = []
    for item in _waiting(panel, given):
        if given is not None and given.item.pk == item.pk:
            found.append(given)
        elif _may_do(item, user, scope, at):
            panels = tuple(empty_panel(act, item, at=at, key=new_key()) for act in panel_acts(item, user))
            found += [OpenStep(item, panels)] if panels else []
    return tuple(found)


def _waiting(panel: Panel, given: OpenStep | None) -> Iterator[WorkItem]:
    """The open steps of the panel; of the scoring ones those alone at which somebody else acts than the expert."""
    nodes = sorted(PANEL_STEPS - {"freeze_draw"})
    waiting = WorkItem.objects.filter(case=panel.case_id, state=WorkItem.State.OPEN, node__in=nodes)
    items = list(waiting.select_related(*ITEM).order_by("pk"))
    present = present_seats(panel) if any(item.place for item in items) else {}
    for item in items:
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
