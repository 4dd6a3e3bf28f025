"""本项目的义务: what the rules ask of this project, from which paragraph, and whether it is done."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from investreview.core.templatetags.ir import short_day
from investreview.desk.selectors.facts import Facts
from investreview.desk.selectors.materials import SlotRow
from investreview.desk.selectors.reasons import Routing
from investreview.desk.selectors.viewing import Reading
from investreview.desk.words import Badge, is_english
from investreview.projects.states import DECIDED, FILED_STATES, CaseState
from investreview.rulebook.links import paragraph_url
from investreview.rulebook.materials import Requirement, requirements
from investreview.rulebook.vocabulary import Duty, Route

Citations = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class DutyState:
    """One duty, the paragraphs it comes from, and how far it is."""

    name: str
    citations: Citations
    state: Badge


DONE, WAITING, OPEN_, BROKEN = "green", "grey", "amber", "red"
_FILED_ROUTES = frozenset({Route.FILING, Route.EXPERT_PANEL})


def duty_states(
    reading: Reading, routing: Routing | None, facts: Facts, slots: Sequence[SlotRow]
) -> tuple[DutyState, ...]:
    """Every duty of the case with its state as this side may know it; nothing before there is a route."""
    if routing is None:
        return ()
    return (
        *_of_materials(routing, slots),
        *_of_reporting(reading, routing, facts),
        *(DutyState(row.name, row.citations, _state(row.duty, reading, facts)) for row in routing.duties),
        *_of_progress(reading, routing),
    )


def _of_materials(routing: Routing, slots: Sequence[SlotRow]) -> Iterator[DutyState]:
    """What must be handed in: all that is there in one line, each promise and each gap in a line of its own."""
    present = {slot.code: slot.current for slot in slots if slot.current is not None}
    required = [one for one in requirements(routing.judged, routing.route, routing.rules.data) if one.applies]
    there = [one for one in required if one.code in present and present[one.code].promised_on is None]
    if there:
        codes = _ranges([one.code for one in there])
        yield DutyState(_("必交材料 %(codes)s") % {"codes": codes}, _cited(there, routing), Badge(_("已交"), DONE))
    for one in required:
        version = present.get(one.code)
        if version is None:
            yield DutyState(_slot_name(one), _cited([one], routing), Badge(_("未交"), BROKEN))
        elif version.promised_on is not None:
            state = Badge(_("承诺 %(day)s 前补齐") % {"day": short_day(version.promised_on)}, OPEN_)
            yield DutyState(_slot_name(one), _cited([one], routing), state)


def _slot_name(one: Requirement) -> str:
    return f"{one.code} {one.name_en if is_english() else one.name}"


def _ranges(codes: Sequence[str]) -> str:
    """M01—M05、M07: codes that follow each other as a range."""
    parts: list[list[str]] = []
    for code in codes:
        if parts and code[1:].isdigit() and int(code[1:]) == int(parts[-1][-1][1:]) + 1:
            parts[-1].append(code)
        else:
            parts.append([code])
    return _("、").join(f"{run[0]}—{run[-1]}" if len(run) > 2 else _("、").join(run) for run in parts)


def _cited(required: Sequence[Requirement], routing: Routing) -> Citations:
    keys = dict.fromkeys(one.citation for one in required)
    return tuple((key, paragraph_url(routing.rules, key)) for key in keys)


def _of_reporting(reading: Reading, routing: Routing, facts: Facts) -> Iterator[DutyState]:
    rules = routing.rules.data
    name = _("集团决策后 %(days)d 个工作日内报送") % {"days": rules.report_by_days}
    key = rules.citation_of("report_by_days")
    yield DutyState(name, ((key, paragraph_url(routing.rules, key)),), _reported(reading, facts))


def _reported(reading: Reading, facts: Facts) -> Badge:
    if facts.timeliness is None:
        return Badge(_("待报送"), WAITING)
    return Badge(_("迟报"), BROKEN) if facts.timeliness.is_late else Badge(_("按期报送"), DONE)


def _state(duty: Duty, reading: Reading, facts: Facts) -> Badge:
    if duty is Duty.EXPERT_PANEL:
        return _of_panel(reading)
    if duty is Duty.FILING:
        return _of_filing(reading)
    if duty is Duty.BEFORE_SIGNATURE:
        first = facts.timeliness is not None and facts.timeliness.is_invested_first
        return Badge(_("先投后备"), BROKEN) if first else Badge(_("待办"), WAITING)
    return Badge(_("待办"), WAITING)


def _of_panel(reading: Reading) -> Badge:
    """What the panel concluded is the commission's until the reply is delivered."""
    case = reading.case
    if case.panel_conclusion and (reading.inside or case.delivered_at is not None):
        return Badge(_("已论证"), DONE)
    return Badge(_("论证中"), OPEN_) if case.complete_at is not None else Badge(_("待办"), WAITING)


def _of_filing(reading: Reading) -> Badge:
    if reading.state in FILED_STATES:
        return Badge(_("已备案"), DONE)
    if reading.state in DECIDED:
        return Badge(_("不予备案"), OPEN_)
    if reading.case.released_at is None:
        return Badge(_("待报送"), WAITING)
    return Badge(_("已终止"), WAITING) if reading.state in _STOPPED else Badge(_("办理中"), OPEN_)


_STOPPED = frozenset({CaseState.RETURNED, CaseState.WITHDRAWN, CaseState.DISCARDED})


def _of_progress(reading: Reading, routing: Routing) -> Iterator[DutyState]:
    """The progress of a filed project is told every quarter."""
    if routing.route not in _FILED_ROUTES:
        return
    rules = routing.rules.data
    key = rules.citation_of("quarterly_report_calendar_days")
    name = _("备案后每季度结束 %(days)d 日内报送进展") % {"days": rules.quarterly_report_calendar_days}
    state = _("每季度") if reading.state in FILED_STATES else _("备案后")
    yield DutyState(name, ((key, paragraph_url(routing.rules, key)),), Badge(state, WAITING))
