"""Who may open the page of a panel, and with what they read it."""

from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import CharField, Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat

from experts.models import Panel
from experts.selectors.ceremony_page import CEREMONY_ROLES
from investreview.accounts.models import User
from investreview.accounts.selectors import substitutions_for
from investreview.core.errors import Forbidden, NotVisible
from investreview.core.roles import PANEL_ROLES, Role
from investreview.core.scope import Scope
from investreview.documents.permissions import REGISTER_ROLES
from investreview.draws.permissions import can_countersign
from investreview.projects.permissions import acting_as

_OF_PAPERS = REGISTER_ROLES | PANEL_ROLES
"""Who reads at least one kind of a panel's papers (documents.permissions.READERS_OF)."""
ROUND_DIGITS = 5
_RELATED = (
    "case__project",
    "case__enterprise",
    "case__group",
    "case__commission",
    "case__rule_set",
    "case__declaration",
    "draw",
    "operator",
    "supervisor",
    "secretary",
    "chair",
)


@dataclass(frozen=True)
class PanelReader:
    """A panel somebody may open, and the scope they read it with: their own, and what was lent to them."""

    panel: Panel
    user: User
    scope: Scope
    is_newest: bool

    @property
    def sees_ceremony(self) -> bool:
        """Whether the page of the draw is theirs."""
        return self.scope.holds_any(CEREMONY_ROLES, self.panel.case.path)

    @property
    def is_secretary(self) -> bool:
        """Whether the page of the panel's secretary is theirs."""
        return self.scope.holds(Role.PANEL_SECRETARY, self.panel.case.path)

    @property
    def only_audits(self) -> bool:
        """Whether somebody reads as auditor and in no other role; their reading is noted."""
        return self.scope.roles_on(self.panel.case.path) == {Role.AUDITOR}


def read_panel(panel_id: int, *, user: User, scope: Scope, at: datetime) -> PanelReader:
    """The panel, for those who run it, the auditor, and the discipline office that may have to countersign.

    Raises: NotVisible (experts_panel_not_visible), the same for a panel that does not exist.
    """
    later = Panel.objects.filter(case=OuterRef("case"), round__gt=OuterRef("round"))
    panel = Panel.objects.select_related(*_RELATED).annotate(has_later=Exists(later)).filter(pk=panel_id).first()
    if panel is None:
        raise NotVisible("experts_panel_not_visible")
    scope = _with_what_is_lent(user, scope, panel.case.path, at)
    if not scope.holds_any(PANEL_ROLES | {Role.AUDITOR}, panel.case.path) and can_countersign(
        scope, panel.case.commission
    ):
        raise NotVisible("experts_panel_not_visible")
    return PanelReader(panel, user, scope, is_newest=not panel.has_later)


def panel_reading_scope(user: User, scope: Scope, key: str, at: datetime) -> Scope | None:
    """The scope with which this person reads papers of a panel, or nothing; which of them is asked by kind."""
    number, _dash, round_text = key.rpartition("-")
    panel = Panel.objects.filter(case__number=number, round=round_text if round_text.isdecimal() else 0)
    path = panel.values_list("case__path", flat=True).first() if len(round_text) < ROUND_DIGITS else None
    if path is None:
        return None
    if scope.holds_any(_OF_PAPERS, path):
        return scope
    lent = _with_what_is_lent(user, scope, path, at)
    return lent if lent.holds_any(PANEL_ROLES, path) else None


def known_panels(scope: Scope) -> "QuerySet[Panel, str]":
    """The keys of all panels whose papers somebody may know in their own name."""
    seen = Q(pk__in=[])
    for path in scope.paths_for(*_OF_PAPERS):
        seen |= Q(case__path__startswith=path)
    key = Concat(F("case__number"), Value("-"), Cast("round", CharField()))
    return Panel.objects.filter(seen).annotate(key=key).values_list("key", flat=True)


def _with_what_is_lent(user: User, scope: Scope, path: str, at: datetime) -> Scope:
    """What the person holds, and beside it the roles of a panel that somebody has lent them; one query without such."""
    offered = {Role(one.role) for one in substitutions_for(user, at)} & PANEL_ROLES
    for role in sorted(offered):
        if scope.holds(role, path):
            continue
        try:
            lent = acting_as(user=user, role=role, path=path, at=at, scope=scope).scope
        except Forbidden:
            continue
        scope = replace(scope, grants=tuple(dict.fromkeys((*scope.grants, *lent.grants))))
    return scope
