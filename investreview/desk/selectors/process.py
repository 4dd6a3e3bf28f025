"""The process picture of a case, as this side may know it: no name of an expert, and to the enterprise no inside step.

The enterprise sees its own steps, what it was told, and that the commission is at work: at which step and until when,
as the line of progress tells it too (DOMAIN §1, §12).
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from investreview.core.clock import legal_date
from investreview.core.roles import ENTERPRISE_ROLES, Role
from investreview.core.templatetags.ir import short_day
from investreview.desk.selectors.clocks import Clocks
from investreview.desk.selectors.reasons import Routing
from investreview.desk.selectors.viewing import Reading
from investreview.desk.words import ACTS, state_badge
from investreview.projects.models import ClockStop, Opinion
from investreview.projects.states import CaseState, DecidedVia, StepOutcome
from investreview.rulebook.labels import step_label
from investreview.rulebook.vocabulary import Route
from workflows.items import CHAIR
from workflows.labels import NODE_LABELS, node_label
from workflows.models import WorkItem
from workflows.panel.acts import PANEL_STEPS
from workflows.picture.drawing import Picture
from workflows.picture.review import NOT_TAKEN, ONE_BOX, STEPS, Course, End, Visit, Way, Words, picture_of

_ENDS = frozenset({CaseState.RETURNED, CaseState.WITHDRAWN, CaseState.ENTERPRISE_DECIDED, CaseState.DISCARDED})
_TOLD_ACTS = frozenset({"confirm_completeness", "request_supplement", "deliver"})


def process_picture(
    reading: Reading,
    items: Sequence[WorkItem],
    opinions: Iterable[Opinion],
    routing: Routing | None,
    clocks: Clocks,
    confirmed: str = "",
) -> Picture:
    """The picture of the case; ``confirmed`` says how many experts of its panel have confirmed, where that is known."""
    opinions = tuple(opinions)
    told = _inside_visits(items, opinions) if reading.inside else _outside_visits(items, reading)
    visits = tuple(told) if items else (_draft(reading),)
    return picture_of(
        Course(
            way=tuple(_way(reading, items, routing)),
            visits=visits,
            words=_words(reading),
            panel=_panel(reading, items, routing),
            confirmed=confirmed,
            end=_end(reading),
            is_over=reading.case.ended_at is not None and not any(visit.is_open for visit in visits),
            deferred_at=_deferred_at(reading, items),
            stops=_stops(reading, clocks),
        )
    )


def _draft(reading: Reading) -> Visit:
    """A draft that was not handed over yet is at its first step."""
    drafter = reading.case.drafter
    is_over = reading.case.state == CaseState.DISCARDED
    return Visit("begin", is_open=not is_over, who=drafter.full_name if drafter is not None else "")


def _way(reading: Reading, items: Sequence[WorkItem], routing: Routing | None) -> Iterator[Way]:
    case = reading.case
    if any(item.node == "taken_over" for item in items):
        yield Way("taken_over", str(node_label("taken_over")))
    else:
        yield Way("begin", str(node_label("begin")), _role(Role.ENTERPRISE_DRAFTER))
        yield Way("release", str(node_label("release")), _role(Role.ENTERPRISE_RELEASER))
        yield Way("check_completeness", str(node_label("check_completeness")), _role(Role.CASE_OFFICER))
    route = case.route or (routing.route if routing is not None else "")
    if route == Route.ENTERPRISE_DECIDES:
        return
    if reading.inside:
        yield Way("opinion", str(node_label("opinion")), _role(Role.CASE_OFFICER))
        for step in case.chain or (routing.chain if routing is not None else ()):
            who = _role(Role(str(step["role"])))
            yield Way(str(step["key"]), capfirst(step_label(str(step["kind"]))), who)
    else:
        yield Way("opinion", _("市国资委办理"), str(case.commission.short_name))
    yield Way("deliver", str(node_label("deliver")), _role(Role.DOCUMENT_OFFICER))
    yield Way("acknowledge", str(node_label("acknowledge")), _role(Role.ENTERPRISE_RELEASER))


def _role(role: Role) -> str:
    return str(role.label)


def _inside_visits(items: Iterable[WorkItem], opinions: Sequence[Opinion]) -> Iterator[Visit]:
    by_act = {(one.at, one.author_id): one for one in opinions}
    for one in opinions:
        if one.decided_via == DecidedVia.TAKEN_OVER:
            yield _on_paper(one)
    for item in items:
        opinion = by_act.get((item.done_at, item.done_by_id)) if item.done_at and item.done_by_id else None
        yield Visit(
            node=item.node,
            step=item.step,
            place="" if item.place == CHAIR else item.place or item.office,
            is_open=item.state == WorkItem.State.OPEN,
            is_recalled=item.state == WorkItem.State.RECALLED,
            act=item.act,
            at=item.done_at,
            when=_day(item.done_at),
            who=_holder(item),
            outcome=_outcome(item, opinion),
            due=_due(item.due_on) if item.state == WorkItem.State.OPEN else "",
        )


def _on_paper(opinion: Opinion) -> Visit:
    """What was decided on paper before the case was taken over."""
    is_proposal = opinion.outcome == StepOutcome.PROPOSED
    return Visit(
        node="opinion",
        step="" if is_proposal else opinion.step,
        place=opinion.office,
        act="countersign" if opinion.office else "",
        at=opinion.at,
        when=_day(opinion.at),
        who=opinion.author.full_name,
        outcome=_("线下"),
    )


def _holder(item: WorkItem) -> str:
    """Who did a step or has it; of a panel's places nobody is named here (DOMAIN §6)."""
    if item.hides_person:
        return ""
    if item.state == WorkItem.State.OPEN:
        return item.assignee.full_name if item.assignee is not None else ""
    name = item.done_by.full_name if item.done_by is not None else _("系统")
    return _("%(who)s代%(principal)s") % {"who": name, "principal": item.done_for.full_name} if item.done_for else name


def _outcome(item: WorkItem, opinion: Opinion | None) -> str:
    if opinion is None:
        return ""
    if opinion.decided_via == DecidedVia.PAPER:
        return _("线下签批")
    return (
        str(opinion.get_outcome_display()) if opinion.outcome in (StepOutcome.SENT_BACK, StepOutcome.DEFERRED) else ""
    )


def _outside_visits(items: Sequence[WorkItem], reading: Reading) -> Iterator[Visit]:
    """The enterprise's own steps with their people, what it was told, and one open step of the commission."""
    for item in items:
        own = item.role in ENTERPRISE_ROLES
        if item.state == WorkItem.State.OPEN:
            yield _waiting_outside(item, own=own)
        elif own or item.act in _TOLD_ACTS or item.node == "taken_over":
            node = item.node if item.node in _OUTSIDE_NODES else "opinion"
            recalled = item.state == WorkItem.State.RECALLED
            yield Visit(
                node=node,
                is_recalled=recalled,
                act=item.act,
                at=item.done_at,
                when=_day(item.done_at),
                who=_holder(item) if own else str(reading.case.commission.short_name),
            )


_OUTSIDE_NODES = frozenset({"begin", "taken_over", "release", "revise", "check_completeness", "deliver", "acknowledge"})


def _waiting_outside(item: WorkItem, *, own: bool) -> Visit:
    due = _due(item.due_on)
    if own or item.node in _OUTSIDE_NODES:
        return Visit(item.node, is_open=True, who=_holder(item) if own else "", due=due)
    if item.node in PANEL_STEPS:
        return Visit("panel", is_open=True, due=due)
    return Visit("opinion", is_open=True, who=str(node_label(item.node)), due=due)


def _panel(reading: Reading, items: Sequence[WorkItem], routing: Routing | None) -> str:
    case = reading.case
    met_here = any(item.node in PANEL_STEPS for item in items)
    if case.needs_panel or (routing is not None and routing.needs_panel and not case.route):
        is_on_paper = bool(case.panel_conclusion) and not met_here
        return ONE_BOX if is_on_paper or not reading.inside else STEPS
    return NOT_TAKEN if routing is not None and routing.route == Route.FILING else ""


def _deferred_at(reading: Reading, items: Sequence[WorkItem]) -> str:
    if not reading.inside:
        return "opinion"
    return next((item.step for item in reversed(items) if item.act == "defer"), "")


def _end(reading: Reading) -> End | None:
    case = reading.case
    if reading.state not in _ENDS or case.ended_at is None:
        return None
    return End(
        label=state_badge(case.state).text,
        when=_day(case.ended_at),
        is_proper=case.state == CaseState.ENTERPRISE_DECIDED,
    )


_BOX_OF_STOP: dict[str, str] = {
    ClockStop.Reason.SUPPLEMENT: "revise",
    ClockStop.Reason.DEFERRAL: "deferral",
    ClockStop.Reason.PANEL: "panel",
}


def _stops(reading: Reading, clocks: Clocks) -> dict[str, str]:
    """During which boxes the clock stood, by the last stop of each kind."""
    words = {}
    for stop in clocks.stops:
        key = _BOX_OF_STOP[stop.kind]
        if key == "panel" and reading.inside:
            key = "announce_draw"
        stood = ngettext("停表 %(days)d 日", "停表 %(days)d 日", stop.days) % {"days": stop.days}
        words[key] = stood if stop.until_on else _("停表中")
    return words


def _day(at: datetime | None) -> str:
    return short_day(legal_date(at)) if at is not None else ""


def _due(on: date | None) -> str:
    return _("%(day)s到期") % {"day": short_day(on)} if on is not None else ""


def _words(reading: Reading) -> Words:
    labels = {key: str(label) for key, label in NODE_LABELS.items()}
    return Words(
        title=_("办件 %(number)s 的办理流程") % {"number": reading.case.number},
        states=state_words(),
        labels={**labels, "panel": _("专家论证")},
        acts={act: str(name) for act, name in ACTS.items()},
        recalled=_("收回"),
        again=_("上轮 %(text)s"),
        times=_("%(act)s %(count)d 次，最近 %(when)s"),
        counted=_("完成 %(done)d/%(all)d"),
        back=_("%(label)s：由“%(source)s”回到“%(target)s”"),
        not_taken=_("本办件不经此路径"),
    )


def state_words() -> dict[str, str]:
    """What the state of a box is called; the legend and the text alternative say the same."""
    return {
        "done": _("已办"),
        "now": _("正在办理"),
        "todo": _("待办"),
        "again": _("须再次办理"),
        "returned": _("已退回"),
        "stopped": _("暂缓"),
        "off": _("未走"),
    }
