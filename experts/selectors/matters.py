"""What waits for somebody on the records of panels, beside the steps of their inbox: to confirm, to send, to answer."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Min, Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from experts.links import case_panel_url, members_url, panel_url
from experts.models import Condition, Departure, Panel, ScoreSheet
from experts.selectors.conditions import on_case, read_from_case, standing_conditions
from experts.states import AWAITED, REVIEWING, SEATING, ConditionState, PanelState, SheetState
from investreview.core.gathering import gather
from investreview.core.roles import ENTERPRISE_ROLES, Role
from investreview.core.scope import Scope
from investreview.draws.kinds import DrawState, WaveState


@dataclass(frozen=True)
class Matter:
    """One matter of one panel; ``due_on`` where it has a term."""

    number: str
    project: str
    text: str
    url: str
    due_on: date | None


@dataclass(frozen=True)
class _Kind:
    """Whose matter it is, on which panels it waits, what is counted, and where it is done."""

    roles: frozenset[Role]
    waits: Callable[[int], Q]
    counted: str
    said: Any
    leads_to: Callable[[Panel], str]


@dataclass(frozen=True)
class _ConditionKind:
    """Whose matter conditions in some states are, of a panel drawn here or of one that concluded on paper."""

    roles: frozenset[Role]
    states: frozenset[ConditionState]
    said: Any
    has_term: bool


def panel_matters(scope: Scope) -> tuple[Matter, ...]:
    """Everything of the panels within the person's grants that waits for them; one query."""
    kinds = [kind for kind in KINDS if scope.paths_for(*kind.roles)]
    waiting = [_waiting(kind, scope) for kind in kinds]
    asked = [kind for kind in CONDITION_KINDS if scope.paths_for(*kind.roles)]
    counted = [_counted(kind, scope) for kind in asked]
    gather(*waiting, *counted)
    return (
        *(_matter(kind, panel) for kind, panels in zip(kinds, waiting, strict=True) for panel in panels),
        *(_of_conditions(kind, row) for kind, rows in zip(asked, counted, strict=True) for row in rows),
    )


def _waiting(kind: _Kind, scope: Scope) -> QuerySet[Panel]:
    paths = scope.paths_for(*kind.roles)
    reached = Q(pk__in=[])
    for path in paths:
        reached |= Q(case__path__startswith=path)
    panels = Panel.objects.filter(kind.waits(scope.user_id)).filter(reached).select_related("case__project")
    panels = panels.annotate(waiting=Count(kind.counted, distinct=True))
    return panels.order_by("pk")


def _matter(kind: _Kind, panel: Any) -> Matter:
    return Matter(
        number=panel.case.number,
        project=panel.case.project.name,
        text=str(kind.said % {"count": panel.waiting}),
        url=kind.leads_to(panel),
        due_on=None,
    )


def _counted(kind: _ConditionKind, scope: Scope) -> QuerySet[Condition, tuple[Any, ...]]:
    """The conditions of each case together, once its reply is with the enterprise."""
    reached = Q(pk__in=[])
    for path in scope.paths_for(*kind.roles):
        reached |= on_case(path__startswith=path, delivered_at__isnull=False)
    found = standing_conditions().filter(reached, state__in=sorted(kind.states)).order_by()
    told = found.annotate(
        of_case=read_from_case("pk"), of_number=read_from_case("number"), of_name=read_from_case("project__name")
    )
    counted = told.values_list("of_case", "of_number", "of_name").annotate(count=Count("pk"), first=Min("due_on"))
    return counted.order_by("of_case")


def _of_conditions(kind: _ConditionKind, row: tuple[Any, ...]) -> Matter:
    _case, number, name, count, first = row
    return Matter(
        number, name, str(kind.said % {"count": count}), case_panel_url(number), first if kind.has_term else None
    )


def _entered_by_another(user_id: int) -> Q:
    entered = ScoreSheet.objects.filter(state=SheetState.ENTERED).exclude(entered_by=user_id)
    return Q(seats__sheets__in=entered.values("pk"))


def _awaits_word() -> Q:
    """Somebody's departure waits for the supervisor: the wave that fills the place is confirmed with it."""
    told = Departure.objects.filter(document__isnull=False, confirmed_at__isnull=True, rejected_at__isnull=True)
    return Q(seats__departures__in=told.values("pk"))


_IS_SEATING = Q(state__in=sorted(SEATING))
_IS_REVIEWING = Q(state__in=sorted(REVIEWING))
_SECRETARY, _OPERATOR = frozenset({Role.PANEL_SECRETARY}), frozenset({Role.DRAW_OPERATOR})
_SUPERVISOR, _OFFICER = frozenset({Role.DRAW_SUPERVISOR}), frozenset({Role.CASE_OFFICER})
_DEPARTURE, _INQUIRY = "seats__departures", "inquiries"

KINDS = (
    _Kind(
        _SUPERVISOR,
        lambda user: _IS_SEATING & Q(draw__reveals__isnull=False, draw__reveals__confirmed_at__isnull=True),
        "draw__reveals",
        _("抽取人已申请揭示下一位姓名"),
        panel_url,
    ),
    _Kind(
        _SUPERVISOR,
        lambda user: _IS_SEATING & _awaits_word(),
        _DEPARTURE,
        ngettext_lazy("%(count)d 项离席登记待确认", "%(count)d 项离席登记待确认", "count"),
        panel_url,
    ),
    _Kind(
        _SUPERVISOR,
        lambda user: _IS_SEATING & Q(draw__waves__state=WaveState.PROPOSED) & ~_awaits_word(),
        "draw__waves",
        _("抽取人已申请递补"),
        panel_url,
    ),
    _Kind(
        _SUPERVISOR,
        lambda user: Q(state=PanelState.VOID, draw__state__in=[DrawState.ANNOUNCED, DrawState.ENTROPY]),
        "pk",
        _("论证已终止，抽取待办结"),
        panel_url,
    ),
    _Kind(
        _OPERATOR,
        lambda user: _IS_SEATING & Q(seats__departures__left_at__isnull=False, seats__departures__wave__isnull=True),
        _DEPARTURE,
        ngettext_lazy("%(count)d 个空缺席位待申请递补", "%(count)d 个空缺席位待申请递补", "count"),
        panel_url,
    ),
    _Kind(
        _SECRETARY,
        lambda user: _IS_REVIEWING & Q(inquiries__isnull=False, inquiries__sent_at__isnull=True),
        _INQUIRY,
        ngettext_lazy("%(count)d 条质询待转送企业", "%(count)d 条质询待转送企业", "count"),
        members_url,
    ),
    _Kind(
        _SECRETARY,
        lambda user: _IS_REVIEWING & _entered_by_another(user),
        "seats__sheets",
        ngettext_lazy("%(count)d 份他人录入的纸质评分表待核对", "%(count)d 份他人录入的纸质评分表待核对", "count"),
        members_url,
    ),
    _Kind(
        ENTERPRISE_ROLES,
        lambda user: _IS_REVIEWING & Q(inquiries__sent_at__isnull=False, inquiries__answered_at__isnull=True),
        _INQUIRY,
        ngettext_lazy("%(count)d 条专家质询待书面答复", "%(count)d 条专家质询待书面答复", "count"),
        lambda panel: case_panel_url(panel.case.number),
    ),
)
CONDITION_KINDS = (
    _ConditionKind(
        ENTERPRISE_ROLES,
        AWAITED,
        ngettext_lazy("%(count)d 项论证条件待落实并提交证明", "%(count)d 项论证条件待落实并提交证明", "count"),
        has_term=True,
    ),
    _ConditionKind(
        _OFFICER,
        frozenset({ConditionState.SUBMITTED}),
        ngettext_lazy("%(count)d 项论证条件的证明待核验", "%(count)d 项论证条件的证明待核验", "count"),
        has_term=False,
    ),
)
