"""The page of a draw for its two hands: one page for its whole life, a name only once both have revealed it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from experts.models import Panel
from experts.selectors import drawn
from experts.selectors.beat import beat_of
from experts.selectors.ceremony_page import CeremonyLine, CeremonyPage, DepartureLine, ceremony_of
from experts.selectors.draw_pages import command_of
from experts.selectors.places import latest_panel
from experts.selectors.sheets import rules_of
from investreview.accounts.models import User
from investreview.core.roles import Role
from investreview.core.scope import Scope
from investreview.draws.kinds import DrawState
from workflows.models import WorkItem
from workflows.panel.forms.records import RecordForm
from workflows.panel.pages import ceremony_forms
from workflows.panel.pages.open_steps import OpenStep, open_steps, step_rows
from workflows.panel.pages.papers import Paper, paper_rows, papers_of
from workflows.panel.pages.setup import setup_context
from workflows.panel.pages.steps import StepPage

PAGE, SETUP = "experts/ceremony/page.html", "experts/ceremony/setup.html"
STATIONS = (_("封存"), _("核对摘要"), _("现场随机数字"), _("结果"), _("关闭后公开"))
_REACHED = {
    DrawState.FROZEN.value: 0,
    DrawState.ANNOUNCED.value: 1,
    DrawState.ENTROPY.value: 2,
    DrawState.DRAWN.value: 3,
    DrawState.WAVE.value: 3,
    DrawState.CLOSED.value: 4,
    DrawState.INFEASIBLE.value: 4,
    DrawState.DISCLOSED.value: 5,
    DrawState.WITHDRAWN.value: 0,
}


@dataclass(frozen=True)
class Station:
    """One station of the ceremony, as the steps component wants it."""

    label: str | Promise
    state: str
    url: str = ""


@dataclass(frozen=True)
class PlaceLine:
    """A place with its holder, what may be recorded about it, and from when another unanswered call counts."""

    line: CeremonyLine
    number: str
    forms: tuple[RecordForm, ...]
    next_try_at: datetime | None
    departure: DepartureLine | None


@dataclass(frozen=True)
class CeremonyView:
    """Everything the page shows besides the forms of open steps."""

    side: str | Promise
    page: CeremonyPage
    stations: tuple[Station, ...]
    exclusions: tuple[drawn.ExclusionRow, ...]
    seats: str
    ranks: tuple[drawn.RankRow, ...]
    seated_count: int
    acts: tuple[RecordForm, ...]
    lines: tuple[PlaceLine, ...]
    departures: tuple[DepartureLine, ...]
    tries: int
    minutes_apart: int
    papers: tuple[Paper, ...]
    waits_for: str | Promise
    command: str
    is_ended: bool
    shows_calls: bool
    beat: str


def page_of_step(
    item: WorkItem, *, user: User, scope: Scope, at: datetime, panels: Sequence[Any], typed: Any
) -> StepPage:
    """The ceremony with the step's forms; before the freeze the outlook of what would be frozen."""
    if item.node == "freeze_draw":
        return StepPage(SETUP, setup_context(item, scope=scope, at=at, panels=panels, typed=typed))
    panel = latest_panel(item.case)
    if panel is None:
        raise ValueError(f"{item.case.number} is at {item.node} without a panel")
    context = ceremony_context(panel, user=user, scope=scope, at=at, given=OpenStep(item, tuple(panels)))
    return StepPage(PAGE, context)


def ceremony_context(
    panel: Panel,
    *,
    user: User,
    scope: Scope,
    at: datetime,
    given: OpenStep | None = None,
    tried: RecordForm | None = None,
) -> dict[str, Any]:
    """What the page shows this person; ``given`` and ``tried`` are forms that stand as they were typed.

    Raises: NotVisible (experts_seat_not_visible) for everybody but the hands of the ceremony and the auditor.
    """
    rows = step_rows(panel)
    view = ceremony_view(panel, scope=scope, at=at, tried=tried, beside=rows)
    steps = tuple(_ready(open_steps(rows, user=user, scope=scope, at=at, given=given), view.page))
    return {"view": view, "page": view.page, "panel": panel, "steps": steps, "case": panel.case}


def _ready(steps: Sequence[OpenStep], page: CeremonyPage) -> Iterator[OpenStep]:
    """The steps that can be done: the invitations are closed once every place has confirmed, or was tried to be."""
    for step in steps:
        was_tried = any(one.form.is_bound for one in step.panels)
        if step.item.node != "convene" or was_tried or page.confirmed_count == page.size:
            yield step


def ceremony_view(
    panel: Panel, *, scope: Scope, at: datetime, tried: RecordForm | None, beside: Iterable[QuerySet[Any]]
) -> CeremonyView:
    """The ceremony as this person may see it; ``beside`` is read along."""
    beat = beat_of(panel)
    documents, renditions = paper_rows(panel, scope)
    page = ceremony_of(scope, panel, beside=(documents, renditions, *beside))
    rules = rules_of(panel)
    offers = ceremony_forms.offers(panel, page, scope=scope, at=at, tried=tried)
    return CeremonyView(
        side=_side(scope, panel.case.path),
        page=page,
        stations=tuple(_stations(page.draw.state)),
        exclusions=drawn.exclusion_rows(page.draw.exclusions, {one.ref: one.reasons for one in page.exclusions}),
        seats=drawn.seats_text(panel, page.draw),
        ranks=drawn.rank_rows(panel, page.draw),
        seated_count=len(page.draw.members),
        acts=offers.about_all,
        lines=tuple(_lines(page, offers)),
        departures=tuple(reversed(page.departures)),
        tries=rules.no_answer_tries,
        minutes_apart=rules.no_answer_minutes,
        papers=papers_of(documents, renditions),
        waits_for=_waits_for(page),
        command=command_of(page.draw.number, page.draw.request_hash),
        is_ended=_REACHED[page.draw.state] >= 4,
        shows_calls=bool(page.lines or page.departures),
        beat=beat,
    )


def _side(scope: Scope, path: str) -> str | Promise:
    if scope.holds(Role.DRAW_OPERATOR, path):
        return _("抽取人屏幕")
    if scope.holds(Role.DRAW_SUPERVISOR, path):
        return _("监督人屏幕")
    return _("审计查阅")


def _stations(state: str) -> Iterator[Station]:
    reached = _REACHED[state]
    for place, label in enumerate(STATIONS):
        yield Station(label, "done" if place < reached else "on" if place == reached else "todo")


def _lines(page: CeremonyPage, offers: ceremony_forms.Offers) -> Iterator[PlaceLine]:
    waiting = {one.place: one for one in page.departures if one.left_at is None and not one.rejected_reason}
    for line in page.lines:
        departure = waiting.get(line.place)
        next_try_at = line.next_try_at if not line.is_confirmed else None
        forms = offers.about_place.get(line.place, ())
        yield PlaceLine(line, drawn.no_text(line.draw_no), forms, next_try_at, departure)


def _waits_for(page: CeremonyPage) -> str | Promise:
    """Whose turn it is, in words, for the one who has nothing to do."""
    if any(member.is_asked and not member.is_revealed for member in page.draw.members):
        return _("已申请揭示下一位姓名，等待监督人在其屏幕上确认。")
    if any(wave.decided is None for wave in page.draw.waves):
        return _("有一项递补等待监督人确认。")
    words = {
        DrawState.FROZEN.value: _("名册已封存，等待抽取人公布封存摘要。"),
        DrawState.ANNOUNCED.value: _("封存摘要已公布，等待监督人核对封存单并录入现场随机数字。"),
        DrawState.ENTROPY.value: _("现场随机数字已录入，等待算出结果。"),
        DrawState.INFEASIBLE.value: _("候补已用尽，席位无法补足，抽取已关闭；须由分管领导书面决定另行组织。"),
    }
    return words.get(page.draw.state, "")
