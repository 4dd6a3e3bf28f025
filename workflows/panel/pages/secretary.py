"""The page of a panel for its secretary: who, what is still to come from whom; never what anybody scored."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from experts.models import Call, Panel, ScoreSheet
from experts.selectors.places import latest_panel, seated_seats
from experts.selectors.register import next_try_at
from experts.selectors.secretary_page import SecretaryLine, SecretaryPage, secretary_page_of
from experts.selectors.sheets import entry_of, rules_of
from experts.states import SEATING, CallResult, PanelState, SheetState
from investreview.accounts.models import User
from investreview.core.gathering import gather
from investreview.core.scope import Scope
from workflows.models import WorkItem
from workflows.panel.acts import SCORING
from workflows.panel.forms.calling import ConfirmSeatForm, NoteCallForm
from workflows.panel.forms.records import RecordForm
from workflows.panel.forms.secretary import (
    DeclareForm,
    ElectChairForm,
    PostponeForm,
    RejectSheetForm,
    SendInquiriesForm,
)
from workflows.panel.forms.sheets import SheetFields, add_sheet_fields, initial_of
from workflows.panel.pages.open_steps import OpenStep, open_steps, step_rows
from workflows.panel.pages.steps import StepPage

PAGE, COMPARE = "experts/secretary/page.html", "experts/secretary/compare.html"


@dataclass(frozen=True)
class MemberLine:
    """A member with what may be recorded, and where a sheet is typed in, printed or compared."""

    line: SecretaryLine
    forms: tuple[RecordForm, ...]
    calls: tuple[Call, ...]
    next_try_at: datetime | None
    may_enter: bool
    compare_task: int


@dataclass(frozen=True)
class SecretaryView:
    """Everything the page shows besides the forms of open steps."""

    page: SecretaryPage
    members: tuple[MemberLine, ...]
    acts: tuple[RecordForm, ...]
    postpone: RecordForm | None
    tries: int
    minutes_apart: int
    missing: tuple[str, ...]


def page_of_step(item: WorkItem, *, user: User, scope: Scope, at: datetime, panels: Sequence[Any]) -> StepPage:
    """The panel with the step's forms; the comparison of an entered sheet has a page of its own."""
    panel = latest_panel(item.case)
    if panel is None:
        raise ValueError(f"{item.case.number} is at {item.node} without a panel")
    if item.node in SCORING and any(one.act.name == "compare_sheet" for one in panels):
        return StepPage(COMPARE, compare_context(item, panel, panels=panels))
    given = OpenStep(item, tuple(panels))
    return StepPage(PAGE, secretary_context(panel, user=user, scope=scope, at=at, given=given))


def secretary_context(
    panel: Panel,
    *,
    user: User,
    scope: Scope,
    at: datetime,
    given: OpenStep | None = None,
    tried: RecordForm | None = None,
) -> dict[str, Any]:
    """What the page shows. Raises: NotVisible (experts_seat_not_visible) for everybody but the secretary."""
    page = secretary_page_of(scope, panel)
    rows = step_rows(panel)
    gather(*rows)
    steps = open_steps(rows, user=user, scope=scope, at=at, given=given)
    comparing = {step.item.place: step.item.task_id for step in steps if _compares(step)}
    rules = rules_of(panel)
    view = SecretaryView(
        page=page,
        members=tuple(_members(panel, page, comparing, at=at, tried=tried)),
        acts=tuple(_acts(panel, page, tried)),
        postpone=_later(panel, tried),
        tries=rules.no_answer_tries,
        minutes_apart=rules.no_answer_minutes,
        missing=tuple(str(place) for place in range(1, panel.size + 1) if str(place) not in _held(page)),
    )
    shown = tuple(step for step in steps if not _compares(step) or step is given)
    return {"view": view, "page": page, "panel": panel, "case": panel.case, "steps": shown}


def compare_context(
    item: WorkItem, panel: Panel, *, panels: Sequence[Any], tried: RecordForm | None = None
) -> dict[str, Any]:
    """The entered sheet beside its scan, with both answers; for the second secretary, who has the paper in hand."""
    seat = seated_seats(panel).get(place=int(item.place))
    sheet = ScoreSheet.objects.select_related("scan", "entered_by").get(seat=seat, state=SheetState.ENTERED)
    return {
        "item": item,
        "panel": panel,
        "case": item.case,
        "seat": seat,
        "sheet": sheet,
        "typed": typed_sheet(panel, sheet),
        "steps": (OpenStep(item, tuple(one for one in panels if one.act.name == "compare_sheet")),),
        "reject": tried or RejectSheetForm(panel=panel, place=item.place),
    }


def typed_sheet(panel: Panel, sheet: ScoreSheet) -> SheetFields:
    """The rows of a sheet as it was typed in, to be read."""
    form = SheetFields(initial=initial_of(entry_of(sheet)), auto_id=False)
    form.rules = rules_of(panel)
    add_sheet_fields(form, form.rules)
    for field in form.fields.values():
        field.disabled = True
    return form


def _compares(step: OpenStep) -> bool:
    return any(one.act.name == "compare_sheet" for one in step.panels)


def _held(page: SecretaryPage) -> set[str]:
    return {line.place for line in page.lines}


def _acts(panel: Panel, page: SecretaryPage, tried: RecordForm | None) -> Iterator[RecordForm]:
    offered: list[RecordForm] = []
    if page.unsent_count and panel.state in SEATING:
        offered.append(SendInquiriesForm(panel=panel))
    if page.needs_chair:
        offered.append(ElectChairForm(panel=panel))
    if tried is not None and not tried.at_place and tried.name != PostponeForm.name:
        offered = [one for one in offered if one.name != tried.name] + [tried]
    yield from offered


def _later(panel: Panel, tried: RecordForm | None) -> RecordForm | None:
    """The form to put the meeting off, while it is not on record."""
    if tried is not None and tried.name == PostponeForm.name:
        return tried
    if panel.state not in (PanelState.INVITING, PanelState.SCORING):
        return None
    return PostponeForm(panel=panel, initial={"meets_at": panel.meets_at, "venue": panel.place})


def _members(
    panel: Panel, page: SecretaryPage, comparing: dict[str, int], *, at: datetime, tried: RecordForm | None
) -> Iterator[MemberLine]:
    apart = rules_of(panel).no_answer_minutes
    for line in page.lines:
        is_waiting = "" in (line.independent.state, line.final.state)
        yield MemberLine(
            line=line,
            forms=tuple(_forms(panel, line, at=at, tried=tried)),
            calls=line.calls,
            next_try_at=next_try_at(line.calls, minutes_apart=apart) if not line.is_confirmed else None,
            may_enter=line.has_declared and line.is_seated and is_waiting and not comparing.get(line.place),
            compare_task=comparing.get(line.place, 0) if _may_compare(line) else 0,
        )


def _may_compare(line: SecretaryLine) -> bool:
    return line.independent.may_compare or line.final.may_compare


def _forms(panel: Panel, line: SecretaryLine, *, at: datetime, tried: RecordForm | None) -> Iterator[RecordForm]:
    offered: list[RecordForm] = []
    if panel.state in SEATING:
        offered.append(NoteCallForm(panel=panel, place=line.place, initial={"called_at": at}))
        if not line.is_confirmed and line.calls and line.calls[-1].result == CallResult.AGREED:
            offered.insert(0, ConfirmSeatForm(panel=panel, place=line.place))
        if line.is_confirmed and not line.has_declared:
            offered.append(DeclareForm(panel=panel, place=line.place))
    if tried is not None and tried.at_place == line.place:
        offered = [tried if one.name == tried.name else one for one in offered]
        if tried not in offered:
            offered.append(tried)
    yield from offered
