"""Which page a step of a panel has for whoever opens it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from experts.permissions import is_own_place
from investreview.accounts.models import User
from investreview.core.roles import Role
from investreview.core.scope import Scope
from workflows.models import WorkItem
from workflows.panel.acts import PANEL_STEPS

OF_THE_DRAW = frozenset({"freeze_draw", "announce_draw", "draw_numbers", "convene", "refill", "refill_late"})
"""Steps of operator and supervisor."""


@dataclass(frozen=True)
class StepPage:
    """The template of a step's page, and what it shows besides the step's own forms."""

    template: str
    context: dict[str, Any]


def step_page(
    item: WorkItem, *, user: User, scope: Scope, at: datetime, panels: Sequence[Any], typed: Any
) -> StepPage | None:
    """The page of a panel's step for this person; nothing for a step of another kind, which has the general page.

    ``panels`` are the forms of the step itself; ``typed`` is what came with the request.
    """
    from workflows.panel.pages import ceremony, expert, secretary

    if item.node not in PANEL_STEPS:
        return None
    if item.node in OF_THE_DRAW or _only_draws(item, scope):
        return ceremony.page_of_step(item, user=user, scope=scope, at=at, panels=panels, typed=typed)
    if is_own_place(user, item.case, item.place):
        return expert.page_of_step(item, user=user, at=at, panels=panels)
    return secretary.page_of_step(item, user=user, scope=scope, at=at, panels=panels)


def _only_draws(item: WorkItem, scope: Scope) -> bool:
    """Whether the person acts on the place as operator, who carries out a departure, and not as secretary."""
    path = item.case.path
    return scope.holds(Role.DRAW_OPERATOR, path) and not scope.holds(Role.PANEL_SECRETARY, path)
