"""What office and enterprise see of a panel: the office "5 of 7 confirmed", the enterprise less."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from experts.models import Panel, ScoreSheet, Seat
from experts.rules.conclusion import HUNDREDTHS
from experts.selectors.final_sheets import signed_finals
from experts.selectors.panel_card import panels_of
from experts.selectors.seat_pages import field_of
from experts.selectors.sheet_views import InquiryView, OpinionView, opinion_view, sent_inquiries
from experts.selectors.sheets import entry_of, rules_of
from experts.states import REVIEWING, PanelState, SeatState
from investreview.core.errors import NotVisible
from investreview.core.gathering import gather_related
from investreview.core.once import once
from investreview.core.roles import ENTERPRISE_ROLES
from investreview.core.scope import Scope
from investreview.projects.models import Case
from investreview.projects.panel import said
from investreview.projects.selectors import visible_cases


@dataclass(frozen=True)
class Member:
    """A member by name; told to the commission once the panel has concluded."""

    place: int
    name: str
    field: str
    is_chair: bool


@dataclass(frozen=True)
class Dissent:
    """Who disagrees and why; never leaves the commission."""

    place: int
    name: str
    text: str


@dataclass(frozen=True)
class CriterionScore:
    """What the final sheets give one criterion. Units: points, the mean in hundredths of one."""

    name: str
    most: int
    mean_hundredths: int
    lowest: int
    highest: int


@dataclass(frozen=True)
class OfficePage:
    """A panel as the commission's readers of the case know it; no name before it has concluded."""

    state: str
    round: int
    round_reason: str
    confirmed_count: int
    size: int
    due_on: date | None
    held_at: datetime | None
    void_reason: str
    opinion: OpinionView | None
    members: tuple[Member, ...]
    dissent: tuple[Dissent, ...]
    scores: tuple[CriterionScore, ...]


@dataclass(frozen=True)
class EnterprisePage:
    """A panel as the enterprise knows it: what it is asked and, with the reply, what the panel as a whole said."""

    is_running: bool
    may_answer: bool
    due_on: date | None
    inquiries: tuple[InquiryView, ...]
    opinion: OpinionView | None


def office_pages(scope: Scope, case: Case) -> tuple[OfficePage, ...]:
    """Every round of the case's panels, newest first. Raises: NotVisible (projects_case_not_visible)."""
    panels = known_panels(scope, case)
    if not scope.roles_on(case.path) - ENTERPRISE_ROLES:
        raise NotVisible("projects_case_not_visible")
    return tuple(_office_page(panel) for panel in panels)


def known_panels(scope: Scope, case: Case) -> list[Any]:
    """The panels of a case this person may know, newest first. Raises: NotVisible (projects_case_not_visible)."""
    known = panels_of(case).filter(case__in=visible_cases(scope).values("pk"))
    panels = once(("known panels", case.pk, scope.user_id), lambda: list(known))
    if not panels:
        _require_visible(scope, case)
    for panel in panels:
        panel.case = case
    return panels


def enterprise_page(scope: Scope, case: Case) -> EnterprisePage | None:
    """The newest panel of the case as its enterprise knows it. Raises: NotVisible (projects_case_not_visible)."""
    panel: Any = next(iter(known_panels(scope, case)), None)
    if panel is None or panel.announced_at is None:
        return None
    return EnterprisePage(
        is_running=panel.state not in (PanelState.CONCLUDED, PanelState.VOID),
        may_answer=panel.state in REVIEWING,
        due_on=panel.due_on,
        inquiries=sent_inquiries(panel),
        opinion=_opinion(panel) if case.delivered_at is not None else None,
    )


def _require_visible(scope: Scope, case: Case) -> None:
    if not visible_cases(scope).filter(pk=case.pk).exists():
        raise NotVisible("projects_case_not_visible")


def _office_page(panel: Any) -> OfficePage:
    is_concluded = panel.state == PanelState.CONCLUDED
    seats = Seat.objects.filter(panel=panel, state=SeatState.CONFIRMED).select_related("expert").order_by("place")
    sheets = signed_finals(panel)
    if is_concluded:
        gather_related(panel.opinion, "conditions", beside=(seats, sheets))
    return OfficePage(
        state=panel.get_state_display(),
        round=panel.round,
        round_reason=panel.round_reason,
        confirmed_count=panel.confirmed_count,
        size=panel.size,
        due_on=panel.due_on,
        held_at=panel.held_at,
        void_reason=panel.void_reason,
        opinion=_opinion(panel),
        members=_members(panel, seats) if is_concluded else (),
        dissent=_dissent(panel) if is_concluded else (),
        scores=tuple(_scores(panel, sheets)) if is_concluded else (),
    )


def _opinion(panel: Panel) -> OpinionView | None:
    if panel.state != PanelState.CONCLUDED:
        return None
    return opinion_view(panel.opinion, panel.size)


def _members(panel: Panel, seats: Iterable[Seat]) -> tuple[Member, ...]:
    found = []
    for seat in seats:
        seat.panel = panel
        found.append(Member(seat.place, seat.expert.name, field_of(seat), seat.pk == panel.chair_id))
    return tuple(found)


def _scores(panel: Panel, sheets: Iterable[ScoreSheet]) -> Iterator[CriterionScore]:
    entries = [entry_of(sheet) for sheet in sheets]
    for each in rules_of(panel).criteria:
        points = [entry.marks[each.key].points or 0 for entry in entries]
        mean = sum(points) * HUNDREDTHS // len(points)
        yield CriterionScore(said(each.name, each.name_en), each.points, mean, min(points), max(points))


def _dissent(panel: Panel) -> tuple[Dissent, ...]:
    return tuple(Dissent(**line) for line in panel.opinion.dissent)
