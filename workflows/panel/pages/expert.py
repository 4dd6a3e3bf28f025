"""The page of an expert's own seat: one address for everything, showing what is due and nothing of a colleague."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.forms import Form
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from experts.models import ConflictDeclaration, ScoreSheet, Seat
from experts.permissions import conflict_declaration
from experts.rules.drafting import hundredths
from experts.selectors.papers import Paper, papers_at
from experts.selectors.places import CHAIR, seat_at, signed_sheet
from experts.selectors.seat_pages import SeatPage, invitation_at, own_seat, page_at
from experts.selectors.sheets import open_stage, rules_of
from experts.states import REVIEWING, SEATING, SITTING, PanelState, SheetState
from investreview.accounts.models import User
from investreview.core.clock import legal_date
from investreview.projects.deadlines import Deadline, deadline
from investreview.projects.panel import said
from investreview.projects.routing import confirmed_rules
from investreview.registry.selectors import calendar_as_read
from workflows.labels import node_label
from workflows.models import WorkItem
from workflows.panel.acts import own_acts
from workflows.panel.forms.seats import DeclarationForm, DeclineForm, InquiryForm
from workflows.panel.forms.sheets import SignSheetForm
from workflows.panel.pages.sheet_texts import read_sheets
from workflows.panel.pages.steps import StepPage
from workflows.review.views.common import ITEM, Panel, new_key, panel

TEMPLATE = "experts/seat/page.html"
STATEMENTS: tuple[Promise, ...] = (
    _("三年内在所列单位任职或者受聘"),
    _("担任所列单位现任外部董事、监事、顾问"),
    _("参加过本项目的首次论证"),
    _("参与编写本项目的可研、尽调、审计、评估、法律意见"),
    _("持有所列单位股权或者出资"),
    _("与所列单位有借款、担保等债权债务"),
    _("三年内与所列单位有业务往来、诉讼或者仲裁纠纷"),
    _("近亲属在所列单位任职，或者有其他可能影响公正的关系"),
)
"""What a declaration speaks of. Rule: DOMAIN §6, Avoidance."""


@dataclass(frozen=True)
class PaperRow:
    """One paper of the case with what its slot is called."""

    paper: Paper
    label: str


@dataclass(frozen=True)
class Step:
    """What the expert has to do now: heading, deadline, forms; no sheet while the one on paper is compared."""

    item: WorkItem
    heading: Promise
    deadline: Deadline
    sheet: Panel | None
    others: tuple[Panel, ...]
    is_compared: bool


def page_of_step(item: WorkItem, *, user: User, at: datetime, panels: Sequence[Panel]) -> StepPage:
    """The page of the own seat, for a step that was opened by its own address, with its forms as they stand."""
    seat = seat_at(item.case, item.place)
    return StepPage(TEMPLATE, seat_context(user, seat.pk, at=at, given=(item, panels)))


def seat_context(
    user: User,
    seat_id: int,
    *,
    at: datetime,
    tried: Mapping[str, Form] | None = None,
    given: tuple[WorkItem, Sequence[Panel]] | None = None,
) -> dict[str, Any]:
    """Everything the page of the own seat shows; ``tried`` and ``given`` are forms as they were typed.

    Raises: NotVisible (experts_seat_not_visible), the same for a seat that does not exist.
    """
    seat, forms = own_seat(user, seat_id), dict(tried or {})
    if seat.confirmed_at is None:
        return {
            "part": "invitation",
            "invitation": invitation_at(user, seat),
            "decline": forms.get("decline") or DeclineForm(),
        }
    page = page_at(user, seat)
    part = _part(seat, page)
    context: dict[str, Any] = {
        "part": part,
        "page": page,
        "invitation": page.invitation,
        "own_sheets": read_sheets(page.own_sheets, rules_of(seat.panel)),
    }
    declaration = conflict_declaration(seat)
    if part == "declare":
        context |= {"statements": STATEMENTS, "declare": forms.get("declare") or DeclarationForm()}
    if declaration is not None and part in ("work", "waiting", "conflict", "leaving"):
        context |= {"statements": STATEMENTS, "declaration": declaration, "declared_parties": _declared(declaration)}
    if part in ("declare", "waiting"):
        context["decline"] = forms.get("decline") or DeclineForm()
    if part in ("work", "conflict"):
        context["step"] = _step(user, seat, at=at, given=given)
    if part == "work":
        context |= _work(seat, page, forms)
    return context


def _part(seat: Seat, page: SeatPage) -> str:
    """Which of the page's faces the expert sees."""
    is_running = seat.panel.state in SEATING | REVIEWING | {PanelState.OPINION}
    if not is_running or seat.state not in SITTING:
        return "over"
    if not page.has_declared:
        return "declare"
    if page.has_conflict:
        return "conflict"
    if page.may_read_papers:
        return "work"
    return "waiting" if seat.seated_at is None else "leaving"


def _declared(declaration: ConflictDeclaration) -> list[dict[str, str]]:
    parties: list[dict[str, str]] = declaration.parties
    return parties


def _work(seat: Seat, page: SeatPage, forms: dict[str, Form]) -> dict[str, Any]:
    rules = rules_of(seat.panel)
    can_ask = seat.panel.state in REVIEWING
    colleagues = (*page.colleagues_independent, *page.colleagues_final)
    return {
        "papers": _papers(seat),
        "inquiry": (forms.get("inquiry") or InquiryForm()) if can_ask else None,
        "may_correct": correctable_sheet(seat) is not None,
        "colleagues": read_sheets(colleagues, rules),
        "mean": hundredths(page.opinion.mean_hundredths) if page.opinion is not None else "",
    }


def _papers(seat: Seat) -> list[PaperRow]:
    names = {one.code: said(one.name, one.name_en) for one in confirmed_rules(seat.panel.case).slots}
    return [PaperRow(paper, f"{paper.slot} {names.get(paper.slot, '')}".strip()) for paper in papers_at(seat)]


def correctable_sheet(seat: Seat) -> ScoreSheet | None:
    """The own signed sheet that nobody else can read yet, so that it may be corrected."""
    if seat.panel.state not in REVIEWING:
        return None
    return signed_sheet(seat, open_stage(seat.panel))


def _step(user: User, seat: Seat, *, at: datetime, given: tuple[WorkItem, Sequence[Panel]] | None) -> Step | None:
    """The open step of the own place, else of the chair where it is the own."""
    item, panels = given if given is not None else (own_item(seat), ())
    if item is None:
        return None
    if given is None:
        item.holder = seat
        panels = [panel(act, item, at=at, key=new_key()) for act in own_acts(item)]
    is_compared = given is None and any(one.state == SheetState.ENTERED for one in seat.sheets.all())
    if is_compared:
        panels = [one for one in panels if not isinstance(one.form, SignSheetForm)]
    sheet = next((one for one in panels if isinstance(one.form, SignSheetForm)), None)
    return Step(
        item=item,
        heading=node_label(item.node),
        deadline=deadline(item.due_on, legal_date(at), calendar_as_read(item.case.commission)),
        sheet=sheet,
        others=tuple(one for one in panels if one is not sheet),
        is_compared=is_compared,
    )


def own_item(seat: Seat) -> WorkItem | None:
    """The open step that waits for whoever holds the seat."""
    places = [str(seat.place)]
    if seat.panel.chair_id == seat.pk:
        places.append(CHAIR)
    waiting = WorkItem.objects.filter(
        case=seat.panel.case_id, place__in=places, state=WorkItem.State.OPEN, assignee=seat.expert.user_id
    )
    return waiting.select_related(*ITEM).order_by("pk").first()
