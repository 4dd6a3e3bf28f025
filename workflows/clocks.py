"""Due rows, reminders and escalation, from our own rows only (DOMAIN §4, Clock)."""

from collections.abc import Iterable
from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from experts.selectors.conditions import awaited_terms
from experts.selectors.places import panel_due_on
from investreview.accounts.models import User
from investreview.accounts.selectors import users_holding
from investreview.core.actor import SYSTEM
from investreview.core.clock import legal_date
from investreview.core.roles import Role
from investreview.core.templatetags.ir import day
from investreview.core.workdays import WorkCalendar
from investreview.journal.services import record
from investreview.notices.kinds import NoticeKind
from investreview.notices.services import notify_each
from investreview.projects.models import Case, Instruction
from investreview.projects.routing import confirmed_rules
from investreview.projects.selectors import clock_of, enterprise_people, rules_of
from investreview.projects.services.instructions import people_addressed
from investreview.projects.states import CaseState
from investreview.registry.selectors import work_calendar
from workflows.models import Escalation, WorkItem

PANEL_NODES = frozenset(
    {
        "freeze_draw",
        "announce_draw",
        "draw_numbers",
        "convene",
        "score",
        "refill",
        "meeting_of_experts",
        "finalise",
        "refill_late",
        "score_afresh",
        "draft_opinion",
        "sign_panel_opinion",
    }
)
"""Steps of an expert panel; from the announcement on they share its own days (DOMAIN §4)."""


def step_due_on(node: str, case: Case, at: datetime) -> date | None:
    """Until when a step that is reached at ``at`` is due; None where no limit runs.

    Units: working days of the commission's calendar. Rule: DOMAIN §4 and the limits of the rule set.
    """
    today, calendar = legal_date(at), work_calendar(case.commission)
    rules = rules_of(case, today)
    if node == "check_completeness":
        return calendar.add(today, rules.completeness_days)
    if node == "revise":
        return case.supplement_due_on if case.state == CaseState.SUPPLEMENTING else None
    if node == "deferral":
        return case.deferred_until
    if node == "opinion" or node.startswith("remedy_"):
        return calendar.add(today, rules.opinion_days)
    if node in PANEL_NODES:
        return panel_due_on(case) or calendar.add(today, rules.opinion_days)
    step = case.chain_step
    if node in ("check", "countersign", "wording", "meeting", "sign") and step is not None:
        return calendar.add(today, int(str(step["limit_days"])))
    return None


def escalate_due(at: datetime) -> int:
    """Every deadline that asks for a word has it, once; how many were told now.

    The person is reminded some working days before (REMINDER_DAYS_BEFORE) and on the last day; overdue, the head is
    told at the deadline and the leader three working days later; a supplement is reminded on its fifth working day, a
    panel's condition some days before its term ends. An instruction is reminded like a step, and once it is overdue the
    leader who gave it is told.
    Silence is never consent. Rule: DOMAIN §4 and §6.
    Journal: case.escalate.
    """
    today = legal_date(at)
    told = 0
    items = WorkItem.objects.filter(state=WorkItem.State.OPEN, due_on__isnull=False)
    for item in items.select_related("case", "case__commission", "assignee"):
        told += _escalate_item(item, today, at)
    open_cases = Case.objects.filter(state=CaseState.REVIEWING).select_related("commission", "rule_set")
    for case in open_cases:
        told += _escalate_whole(case, today, at)
    for case, due_on in awaited_terms():
        told += _escalate_conditions(case, due_on, today, at)
    given = Instruction.objects.filter(state=Instruction.State.OPEN)
    for one in given.select_related("case__commission", "office", "person", "given_by", "given_for"):
        told += _escalate_instruction(one, today, at)
    return told


def _escalate_item(item: WorkItem, today: date, at: datetime) -> int:
    case, due_on = item.case, item.due_on
    if due_on is None:
        return 0
    calendar, rules = work_calendar(case.commission), rules_of(case, today)
    told = 0
    if item.node == "revise":
        noticed_on = legal_date(case.supplement_noticed_at) if case.supplement_noticed_at else today
        if today >= calendar.add(noticed_on, rules.supplement_reminder_day):
            told += _tell(case, item, Escalation.Level.REMINDED, Escalation.Clock.SUPPLEMENT, due_on, at)
        return told
    if item.node == "deferral":
        return 0
    level = _reminder(today, due_on, calendar)
    if level is not None:
        told += _tell(case, item, level, Escalation.Clock.STEP, due_on, at)
    return told + _rise(case, item, Escalation.Clock.STEP, due_on, today, at, calendar, rules.escalation_days)


def _reminder(today: date, due_on: date, calendar: WorkCalendar) -> Escalation.Level | None:
    """Of what the day reminds the person: that it is the last one, or that it comes soon. Units: working days."""
    if today >= due_on:
        return Escalation.Level.REMINDED
    ahead = settings.REMINDER_DAYS_BEFORE
    return Escalation.Level.AHEAD if ahead and calendar.add(today, ahead) >= due_on else None


def _escalate_instruction(one: Instruction, today: date, at: datetime) -> int:
    """The addressee is reminded as of a step; overdue, the leader is told who waits for the report."""
    case, clock, told = one.case, Escalation.Clock.INSTRUCTION, 0
    level = _reminder(today, one.due_on, work_calendar(case.commission))
    if level is not None:
        told += _tell(case, None, level, clock, one.due_on, at, one)
    if today > one.due_on:
        told += _tell(case, None, Escalation.Level.LEADER, clock, one.due_on, at, one)
    return told


def _escalate_whole(case: Case, today: date, at: datetime) -> int:
    reading = clock_of(case, today)
    if reading is None or reading.due_on is None:
        return 0
    days = rules_of(case, today).escalation_days
    calendar = work_calendar(case.commission)
    return _rise(case, None, Escalation.Clock.WHOLE, reading.due_on, today, at, calendar, days)


def _escalate_conditions(case: Case, due_on: date, today: date, at: datetime) -> int:
    """The conditions of a case that end on one day are spoken of together."""
    calendar, clock = work_calendar(case.commission), Escalation.Clock.CONDITION
    told, before = 0, confirmed_rules(case).panel.condition_reminder_days or 0
    if (calendar.add(today, before) if before else today) >= due_on:
        told += _tell(case, None, Escalation.Level.REMINDED, clock, due_on, at)
    return told + _rise(case, None, clock, due_on, today, at, calendar, rules_of(case, today).escalation_days)


def _rise(
    case: Case,
    item: WorkItem | None,
    clock: str,
    due_on: date,
    today: date,
    at: datetime,
    calendar: WorkCalendar,
    days: int,
) -> int:
    told = 0
    if today > due_on:
        told += _tell(case, item, Escalation.Level.HEAD, clock, due_on, at)
        if today >= calendar.add(due_on, days):
            told += _tell(case, item, Escalation.Level.LEADER, clock, due_on, at)
    return told


def _tell(
    case: Case,
    item: WorkItem | None,
    level: str,
    clock: str,
    due_on: date,
    at: datetime,
    instruction: Instruction | None = None,
) -> int:
    with transaction.atomic():
        escalation, is_new = Escalation.objects.get_or_create(
            case=case,
            item=item,
            instruction=instruction,
            level=level,
            clock=clock,
            due_on=due_on,
            defaults={"happened_at": at},
        )
        if not is_new:
            return 0
        people = list(
            _whom(case, item, level, clock, at) if instruction is None else _concerned(instruction, level, at)
        )
        notify_each(
            users=people,
            text=lambda: _sentence(case, item, escalation),
            url=f"/cases/{case.number}/" if instruction is None else f"/instructions/{instruction.pk}/",
            dedupe_key=f"escalation:{escalation.pk}",
            at=at,
            kind=_kind(escalation),
        )
        record(
            chain=case.commission.code,
            verb="case.escalate",
            actor=SYSTEM,
            subject=case.subject,
            at=at,
            facts={
                "level": level,
                "clock": clock,
                "due_on": due_on.isoformat(),
                "node": item.node if item else "",
                **({"instruction": instruction.ordinal} if instruction is not None else {}),
                "told": sorted(person.full_name for person in people),
            },
        )
        return 1


def _kind(escalation: Escalation) -> NoticeKind:
    is_to_supervisors = escalation.level in (Escalation.Level.HEAD, Escalation.Level.LEADER)
    return NoticeKind.OVERDUE if is_to_supervisors else NoticeKind.DUE


def _whom(case: Case, item: WorkItem | None, level: str, clock: str, at: datetime) -> Iterable[User]:
    if clock == Escalation.Clock.CONDITION and level == Escalation.Level.REMINDED:
        return enterprise_people(case, at)
    if level == Escalation.Level.HEAD:
        return users_holding(Role.OFFICE_HEAD, case.path, at=at)
    if level == Escalation.Level.LEADER:
        return users_holding(Role.DEPUTY_DIRECTOR, case.path, at=at)
    if item is None:
        return ()
    if item.assignee is not None:
        return (item.assignee,)
    return users_holding(Role(item.role), item.path, office=item.office, at=at)


def _concerned(instruction: Instruction, level: str, at: datetime) -> Iterable[User]:
    """Whoever is to carry it out; of an overdue one the leaders who gave it, or lead now where they have gone."""
    if level != Escalation.Level.LEADER:
        return people_addressed(instruction)
    given = (instruction.given_by, instruction.given_for)
    leaders = [one for one in given if one is not None and one.is_active]
    return leaders or users_holding(Role.DEPUTY_DIRECTOR, instruction.case.path, at=at)


def _sentence(case: Case, item: WorkItem | None, escalation: Escalation) -> str:
    from workflows.labels import node_label

    where = node_label(item.node) if item is not None else _("全程")
    facts = {"number": case.number, "where": where, "day": day(escalation.due_on)}
    if escalation.clock == Escalation.Clock.SUPPLEMENT:
        return _("%(number)s 补正截止日为%(day)s，请尽快补齐并重新报送。") % facts
    if escalation.clock == Escalation.Clock.INSTRUCTION:
        if escalation.level == Escalation.Level.LEADER:
            return _("%(number)s 的批示已超过完成期限（%(day)s），尚无办理报告。") % facts
        return _("%(number)s 的批示应于%(day)s前办理并报告，请抓紧办理。") % facts
    if escalation.clock == Escalation.Clock.CONDITION:
        if escalation.level == Escalation.Level.REMINDED:
            return _("%(number)s 的论证条件应于%(day)s前落实并提交证明，请抓紧办理。") % facts
        return _("%(number)s 的论证条件已超过落实期限（%(day)s），请督促企业办理。") % facts
    if escalation.level in (Escalation.Level.AHEAD, Escalation.Level.REMINDED):
        return _("%(number)s “%(where)s”办理期限为%(day)s，请办理。") % facts
    return _("%(number)s “%(where)s”已超过期限（%(day)s），请督促办理。") % facts
