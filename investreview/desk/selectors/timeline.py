"""What a case went through, where it is, and what is still to come: the inside story and the enterprise's."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from investreview.core.roles import ENTERPRISE_ROLES, Role
from investreview.desk.selectors.viewing import Reading
from investreview.desk.words import act_name, state_badge, step_name
from investreview.projects.models import Opinion
from investreview.projects.states import CaseState, DecidedVia, StepOutcome
from workflows.items import CHAIR
from workflows.labels import node_label
from workflows.models import WorkItem
from workflows.panel.acts import PANEL_STEPS

# What the enterprise is told of the commission's acts; everything else is internal.
_TOLD_ACTS = frozenset({"confirm_completeness", "request_supplement", "deliver", "deliver_remedy"})
_TOLD_ENDS = (CaseState.RETURNED, CaseState.WITHDRAWN, CaseState.ENTERPRISE_DECIDED, CaseState.DISCARDED)


@dataclass(frozen=True)
class PaperNote:
    """How a decision came in from paper."""

    dated_on: date
    entered_by: str
    entered_at: datetime
    compared_by: str
    is_late: bool


@dataclass(frozen=True)
class Entry:
    """One line of the progress: past (state empty), at this moment (now), recalled or still to come (todo)."""

    text: str
    who: str = ""
    on_behalf_of: str = ""
    authority: str = ""
    at: datetime | None = None
    due_on: date | None = None
    outcome: str = ""
    remark: str = ""
    details: tuple[tuple[str, str], ...] = ()
    paper: PaperNote | None = None
    is_recalled: bool = False
    state: str = ""


@dataclass(frozen=True)
class Progress:
    """What is to come (latest first), what waits now, and what happened (latest first)."""

    coming: tuple[Entry, ...] = ()
    now: tuple[Entry, ...] = ()
    past: tuple[Entry, ...] = field(default=())


def progress(
    reading: Reading, items: Sequence[WorkItem], opinions: Iterable[Opinion], offices: Mapping[str, str]
) -> Progress:
    """The progress of a case as this side may know it."""
    still_open = [item for item in items if item.state == WorkItem.State.OPEN]
    if not reading.inside:
        outside = [item for item in still_open if item.node not in PANEL_STEPS]
        waiting = tuple(_now(item, reading, offices) for item in outside)
        waiting += tuple(_of_panel([item for item in still_open if item.node in PANEL_STEPS]))
    else:
        waiting = tuple(_now(item, reading, offices) for item in still_open if not item.place)
        waiting += tuple(_of_places(still_open))
    done = [item for item in items if item.state != WorkItem.State.OPEN]
    if not reading.inside:
        told = [item for item in done if item.role in ENTERPRISE_ROLES or item.act in _TOLD_ACTS]
        past = [_plain(item, reading) for item in told]
        return Progress(now=waiting, past=_with_end(past, reading))
    opinions = tuple(opinions)
    by_act: dict[tuple[datetime, int], Opinion] = {(one.at, one.author_id): one for one in opinions}
    on_paper = [_told_before(one, offices) for one in opinions if one.decided_via == DecidedVia.TAKEN_OVER]
    past = [*on_paper, *(_told_inside(item, by_act, offices) for item in done)]
    return Progress(coming=_coming(reading, bool(waiting)), now=waiting, past=_with_end(past, reading))


def _coming(reading: Reading, is_open: bool) -> tuple[Entry, ...]:
    """The steps of the signing chain after the present one."""
    case = reading.case
    if not is_open or not case.round or case.signed_at is not None or case.state == CaseState.DEFERRED:
        return ()
    later = case.chain[case.chain_position + 1 :]
    return tuple(Entry(text=step_name(step), state="todo") for step in reversed(later))


def _now(item: WorkItem, reading: Reading, offices: Mapping[str, str]) -> Entry:
    who = _holder(item, offices) if reading.inside or item.role in ENTERPRISE_ROLES else ""
    return Entry(text=str(node_label(item.node)), who=who, at=item.arrived_at, due_on=item.due_on, state="now")


def _of_panel(items: Sequence[WorkItem]) -> Iterator[Entry]:
    """All steps of a panel as one line for the enterprise: neither which of them waits, nor for how many."""
    if items:
        first = min(items, key=lambda item: item.arrived_at)
        yield Entry(text=_("专家论证"), at=first.arrived_at, due_on=first.due_on, state="now")


def _of_places(items: Sequence[WorkItem]) -> Iterator[Entry]:
    """Steps that several experts do side by side, as one line each; nobody's name (DOMAIN §6)."""
    by_node: dict[str, list[WorkItem]] = {}
    for item in items:
        if item.place:
            by_node.setdefault(item.node, []).append(item)
    for node, waiting in by_node.items():
        yield Entry(
            text=str(node_label(node)),
            who=_("专家组，还有%(count)d席") % {"count": len(waiting)},
            at=min(item.arrived_at for item in waiting),
            due_on=waiting[0].due_on,
            state="now",
        )


def _holder(item: WorkItem, offices: Mapping[str, str]) -> str:
    if item.assignee is not None:
        return str(item.assignee.full_name)
    role = str(Role(item.role).label)
    return f"{offices.get(item.office, item.office)} · {role}" if item.office else role


def _plain(item: WorkItem, reading: Reading) -> Entry:
    """The enterprise reads names of its own people only."""
    own = item.done_by if item.role in ENTERPRISE_ROLES else None
    return Entry(
        text=act_name(item.act),
        who=own.full_name if own is not None else str(reading.case.commission.short_name),
        on_behalf_of=item.done_for.full_name if own is not None and item.done_for is not None else "",
        at=item.done_at,
        is_recalled=item.state == WorkItem.State.RECALLED,
        state="todo" if item.state == WorkItem.State.RECALLED else "",
    )


def _told_inside(item: WorkItem, by_act: dict[tuple[datetime, int], Opinion], offices: Mapping[str, str]) -> Entry:
    opinion = by_act.get((item.done_at, item.done_by_id)) if item.done_by_id and item.done_at else None
    is_recalled = item.state == WorkItem.State.RECALLED
    office = offices.get(item.office, item.office)
    text = f"{node_label(item.node)} · {office}" if office else str(node_label(item.node))
    return Entry(
        text=text,
        who=_who(item),
        on_behalf_of=item.done_for.full_name if item.done_for is not None else "",
        authority=opinion.authority_number if opinion is not None else "",
        at=item.done_at,
        outcome=opinion.get_outcome_display() if opinion is not None else act_name(item.act),
        remark=opinion.text if opinion is not None else "",
        details=_details(opinion),
        paper=_paper(opinion),
        is_recalled=is_recalled,
        state="todo" if is_recalled else "late" if _is_sent_back(item, opinion) else "",
    )


def _who(item: WorkItem) -> str:
    """Who did a step: a person, the system, or the place of a panel whose holder is not told here."""
    if item.place:
        return _("专家席位%(place)s") % {"place": item.place} if item.place != CHAIR else _("专家组组长")
    return str(item.done_by.full_name) if item.done_by is not None else _("系统")


def _told_before(opinion: Opinion, offices: Mapping[str, str]) -> Entry:
    """What was decided on paper before the case was taken over."""
    part = Role(opinion.role).label
    office = offices.get(opinion.office, opinion.office)
    return Entry(
        text=f"{opinion.get_decided_via_display()} · {part}{f' · {office}' if office else ''}",
        who=opinion.author.full_name,
        at=opinion.at,
        outcome=str(opinion.get_outcome_display()),
        remark=opinion.text,
    )


def _is_sent_back(item: WorkItem, opinion: Opinion | None) -> bool:
    return item.act == "send_to_drafter" or (opinion is not None and opinion.outcome == StepOutcome.SENT_BACK)


def _details(opinion: Opinion | None) -> tuple[tuple[str, str], ...]:
    """What an opinion holds beside its text: what was proposed, the meeting's data."""
    if opinion is None:
        return ()
    labels = {
        "proposal": _("拟办"),
        "risks": _("风险提示"),
        "refusal_reason": _("不予备案理由"),
        "held_on": _("会议日期"),
        "agenda_number": _("议题编号"),
        "minutes_number": _("纪要编号"),
        "extract": _("纪要摘录"),
    }
    return tuple((labels[key], _shown(key, opinion.details[key])) for key in labels if opinion.details.get(key))


def _shown(key: str, value: Any) -> str:
    from investreview.projects.states import Proposal

    if key == "proposal":
        return str(Proposal(value).label)
    return _("；").join(value) if isinstance(value, list) else str(value)


def _paper(opinion: Opinion | None) -> PaperNote | None:
    paper = opinion.paper if opinion is not None else None
    if paper is None:
        return None
    return PaperNote(
        dated_on=paper.dated_on,
        entered_by=paper.entered_by.full_name,
        entered_at=paper.entered_at,
        compared_by=paper.compared_by.full_name if paper.compared_by is not None else "",
        is_late=paper.is_late,
    )


def _with_end(past: list[Entry], reading: Reading) -> tuple[Entry, ...]:
    """The past, latest first, with the end of a case that ended otherwise than by a step."""
    case = reading.case
    if case.state in _TOLD_ENDS and case.ended_at is not None:
        past = [*past, Entry(text=state_badge(case.state).text, at=case.ended_at, remark=case.end_reason)]
    return tuple(reversed(past))
