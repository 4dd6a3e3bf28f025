"""What waits for somebody on the records of panels, beside the steps of their inbox: to confirm, to send, to answer."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Min, Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from experts.links import case_panel_url, members_url, panel_url
from experts.models import Departure, Panel, ScoreSheet
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
    due: str = ""


def panel_matters(scope: Scope) -> tuple[Matter, ...]:
    """Everything of the panels within the person's grants that waits for them; one query."""
    kinds = [kind for kind in KINDS if scope.paths_for(*kind.roles)]
    waiting = [_waiting(kind, scope) for kind in kinds]
    gather(*waiting)
    return tuple(_matter(kind, panel) for kind, panels in zip(kinds, waiting, strict=True) for panel in panels)


def _waiting(kind: _Kind, scope: Scope) -> QuerySet[Panel]:
    paths = scope.paths_for(*kind.roles)
    reached = Q(pk__in=[])
    for path in paths:
        reached |= Q(case__path__startswith=path)
    panels = Panel.objects.filter(kind.waits(scope.user_id)).filter(reached).select_related("case__project")
    panels = panels.annotate(waiting=Count(kind.counted, distinct=True), first_due=Min(kind.due or "due_on"))
    return panels.order_by("pk")


def _matter(kind: _Kind, panel: Any) -> Matter:
    return Matter(
        number=panel.case.number,
        project=panel.case.project.name,
        text=str(kind.said % {"count": panel.waiting}),
        url=kind.leads_to(panel),
        due_on=panel.first_due if kind.due else None,
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
_IS_TOLD = Q(state=PanelState.CONCLUDED, case__delivered_at__isnull=False)
_SECRETARY, _OPERATOR = frozenset({Role.PANEL_SECRETARY}), frozenset({Role.DRAW_OPERATOR})
_SUPERVISOR, _OFFICER = frozenset({Role.DRAW_SUPERVISOR}), frozenset({Role.CASE_OFFICER})
_DEPARTURE, _INQUIRY, _CONDITION = "seats__departures", "inquiries", "opinion__conditions"

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
        case_panel_url,
    ),
    _Kind(
        ENTERPRISE_ROLES,
        lambda user: _IS_TOLD & Q(opinion__conditions__state__in=sorted(AWAITED)),
        _CONDITION,
        ngettext_lazy("%(count)d 项论证条件待落实并提交证明", "%(count)d 项论证条件待落实并提交证明", "count"),
        case_panel_url,
        due="opinion__conditions__due_on",
    ),
    _Kind(
        _OFFICER,
        lambda user: _IS_TOLD & Q(opinion__conditions__state=ConditionState.SUBMITTED),
        _CONDITION,
        ngettext_lazy("%(count)d 项论证条件的证明待核验", "%(count)d 项论证条件的证明待核验", "count"),
        case_panel_url,
    ),
)
