"""The card of a panel on the pages of its case: how far it is, until when, what it came to; without any name."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import OuterRef, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from experts.links import case_panel_url
from experts.models import Condition, Inquiry, Panel, Seat
from experts.rules.drafting import hundredths
from experts.selectors.conditions import conditions_of
from experts.selectors.paper_panel import paper_panel_of
from experts.states import AWAITED, REVIEWING, ConditionState, PanelState, SeatState
from investreview.core.counting import count_of
from investreview.projects.models import Case
from investreview.projects.states import PanelConclusion

STAGES: tuple[tuple[Promise, frozenset[PanelState]], ...] = (
    (_("抽取"), frozenset({PanelState.FROZEN, PanelState.ANNOUNCED})),
    (_("通知确认"), frozenset({PanelState.INVITING})),
    (_("独立评分"), frozenset({PanelState.SCORING})),
    (_("论证会与最终评分"), frozenset({PanelState.FINALISING})),
    (_("论证意见"), frozenset({PanelState.OPINION})),
)
TOLD_OUTSIDE: dict[PanelState, Promise] = {
    PanelState.ANNOUNCED: _("正在组建专家组"),
    PanelState.INVITING: _("正在组建专家组"),
    PanelState.SCORING: _("专家评审中"),
    PanelState.FINALISING: _("论证会已召开，专家最终评分中"),
    PanelState.OPINION: _("论证意见签署中"),
    PanelState.CONCLUDED: _("专家论证已完成，由市国资委研究决定"),
    PanelState.VOID: _("本次论证已终止"),
}
TONES = {PanelConclusion.PASS: "green", PanelConclusion.CONDITIONAL: "amber", PanelConclusion.FAIL: "red"}


@dataclass(frozen=True)
class PanelCard:
    """A panel in a few lines; ``waiting_count`` is what this side has to answer or to judge now."""

    state: str
    round: int
    steps: tuple[dict[str, str], ...]
    confirmed_count: int
    size: int
    due_on: date | None
    held_at: datetime | None
    conclusion: str
    tone: str
    mean: str
    condition_count: int
    met_count: int
    waiting_count: int
    url: str


def panels_of(case: Case) -> QuerySet[Panel]:
    """The panels of the case, the newest first, with what their cards count and conclude."""
    conditions = Condition.objects.filter(opinion__panel=OuterRef("pk"))
    asked = Inquiry.objects.filter(panel=OuterRef("pk"), sent_at__isnull=False, answered_at__isnull=True)
    confirmed = Seat.objects.filter(panel=OuterRef("pk"), state=SeatState.CONFIRMED)
    return (
        Panel.objects.filter(case=case)
        .select_related("opinion")
        .annotate(
            confirmed_count=count_of(confirmed),
            unanswered_count=count_of(asked),
            condition_count=count_of(conditions),
            **{f"{state.lower()}_count": count_of(conditions.filter(state=state)) for state in ConditionState},
        )
        .order_by("-round")
    )


def office_card(case: Case, panels: Sequence[Panel]) -> PanelCard | None:
    """The newest of ``panels_of`` as the commission's readers of the case see it; nothing before one is frozen.

    Of a case that was taken over with the conclusion of a panel on paper, that one.
    """
    panel: Any = next(iter(panels), None)
    if panel is None:
        return _paper_card(case, inside=True)
    is_concluded = panel.state == PanelState.CONCLUDED
    opinion = getattr(panel, "opinion", None) if is_concluded else None
    return PanelCard(
        state=panel.get_state_display(),
        round=panel.round,
        steps=_steps(panel),
        confirmed_count=panel.confirmed_count,
        size=panel.size,
        due_on=panel.due_on if _is_running(panel) else None,
        held_at=panel.held_at,
        conclusion=str(PanelConclusion(opinion.conclusion).label) if opinion is not None else "",
        tone=TONES[PanelConclusion(opinion.conclusion)] if opinion is not None else "grey",
        mean=hundredths(opinion.mean_hundredths) if opinion is not None else "",
        condition_count=panel.condition_count if is_concluded else 0,
        met_count=panel.met_count if is_concluded else 0,
        waiting_count=panel.submitted_count if is_concluded else 0,
        url=case_panel_url(case.number),
    )


def enterprise_card(case: Case, panels: Sequence[Panel]) -> PanelCard | None:
    """The newest of ``panels_of`` as the enterprise sees it: the stage in words, and what it has to answer.

    What was concluded shows with the reply. Rule: DOMAIN §1 and §12.
    """
    panel: Any = next(iter(panels), None)
    if panel is None:
        return _paper_card(case, inside=False) if case.delivered_at is not None else None
    if panel.announced_at is None:
        return None
    is_told = panel.state == PanelState.CONCLUDED and case.delivered_at is not None
    unanswered = panel.unanswered_count if panel.state in REVIEWING else 0
    awaited = sum(getattr(panel, f"{state.lower()}_count") for state in AWAITED) if is_told else 0
    return PanelCard(
        state=str(_("专家论证已完成") if is_told else TOLD_OUTSIDE[PanelState(panel.state)]),
        round=panel.round,
        steps=(),
        confirmed_count=0,
        size=0,
        due_on=panel.due_on if _is_running(panel) else None,
        held_at=None,
        conclusion=str(PanelConclusion(panel.conclusion).label) if is_told else "",
        tone=TONES[PanelConclusion(panel.conclusion)] if is_told else "grey",
        mean="",
        condition_count=panel.condition_count if is_told else 0,
        met_count=panel.met_count if is_told else 0,
        waiting_count=unanswered + awaited,
        url=case_panel_url(case.number),
    )


def _paper_card(case: Case, *, inside: bool) -> PanelCard | None:
    """What a panel concluded on paper, and how far its conditions are; nothing where none did."""
    paper = paper_panel_of(case)
    if paper is None:
        return None
    states = list(conditions_of(case).values_list("state", flat=True))
    waiting = {ConditionState.SUBMITTED} if inside else AWAITED
    return PanelCard(
        state=str(_("纸面论证，接续前已完成")),
        round=1,
        steps=(),
        confirmed_count=0,
        size=0,
        due_on=None,
        held_at=None,
        conclusion=str(paper.conclusion.label),
        tone=TONES[paper.conclusion],
        mean=hundredths(paper.mean_hundredths) if inside else "",
        condition_count=len(states),
        met_count=states.count(ConditionState.MET),
        waiting_count=sum(one in waiting for one in states),
        url=case_panel_url(case.number),
    )


def _is_running(panel: Panel) -> bool:
    return panel.state not in (PanelState.CONCLUDED, PanelState.VOID)


def _steps(panel: Panel) -> tuple[dict[str, str], ...]:
    """Done, now, to come; all done once the panel has concluded."""
    now = next((number for number, (_label, states) in enumerate(STAGES) if panel.state in states), len(STAGES))
    words = ("done", "on", "todo")
    return tuple(
        {"label": str(label), "url": "", "state": words[1 + (number > now) - (number < now)]}
        for number, (label, _states) in enumerate(STAGES)
    )
