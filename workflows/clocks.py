"""Due rows, reminders and escalation, from our own rows only (DOMAIN §4, Clock)."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction

from investreview.accounts.models import User
from investreview.accounts.selectors import users_holding
from investreview.core.actor import SYSTEM
from investreview.core.clock import legal_date
from investreview.core.roles import Role
from investreview.core.workdays import WorkCalendar
from investreview.journal.services import record
from investreview.notices.services import notify
from investreview.projects.models import Case
from investreview.projects.selectors import clock_of, rules_of
from investreview.projects.states import CaseState
from investreview.registry.selectors import work_calendar
from workflows.models import Escalation, WorkItem


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
    if node == "opinion":
        return calendar.add(today, rules.opinion_days)
    step = case.chain_step
    if node in ("check", "countersign", "wording", "meeting", "sign") and step is not None:
        return calendar.add(today, int(str(step["limit_days"])))
    return None


def escalate_due(at: datetime) -> int:
    """Every deadline that asks for a word has it, once; how many were told now.

    The person is reminded on the last day; overdue, the head is told at the deadline and the leader three working
    days later; a supplement is reminded on its fifth working day. Silence is never consent. Rule: DOMAIN §4.
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
    if today >= due_on:
        told += _tell(case, item, Escalation.Level.REMINDED, Escalation.Clock.STEP, due_on, at)
    return told + _rise(case, item, Escalation.Clock.STEP, due_on, today, at, calendar, rules.escalation_days)


def _escalate_whole(case: Case, today: date, at: datetime) -> int:
    reading = clock_of(case, today)
    if reading is None or reading.due_on is None:
        return 0
    days = rules_of(case, today).escalation_days
    calendar = work_calendar(case.commission)
    return _rise(case, None, Escalation.Clock.WHOLE, reading.due_on, today, at, calendar, days)


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


def _tell(case: Case, item: WorkItem | None, level: str, clock: str, due_on: date, at: datetime) -> int:
    with transaction.atomic():
        escalation, is_new = Escalation.objects.get_or_create(
            case=case, item=item, level=level, clock=clock, due_on=due_on, defaults={"happened_at": at}
        )
        if not is_new:
            return 0
        people = list(_whom(case, item, level, at))
        notify(
            users=people,
            text=_sentence(case, item, escalation),
            url=f"/cases/{case.number}/",
            dedupe_key=f"escalation:{escalation.pk}",
            at=at,
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
                "told": sorted(person.full_name for person in people),
            },
        )
        return 1


def _whom(case: Case, item: WorkItem | None, level: str, at: datetime) -> Iterable[User]:
    if level == Escalation.Level.HEAD:
        return users_holding(Role.OFFICE_HEAD, case.path, at=at)
    if level == Escalation.Level.LEADER:
        return users_holding(Role.DEPUTY_DIRECTOR, case.path, at=at)
    if item is None:
        return ()
    if item.assignee is not None:
        return (item.assignee,)
    return users_holding(Role(item.role), item.path, office=item.office, at=at)


def _sentence(case: Case, item: WorkItem | None, escalation: Escalation) -> str:
    from workflows.labels import node_label

    where = str(node_label(item.node)) if item is not None else "全程"
    when = f"{escalation.due_on:%Y-%m-%d}"
    if escalation.clock == Escalation.Clock.SUPPLEMENT:
        return f"{case.number} 补正截止日为{when}，请尽快补齐并重新报送。"
    if escalation.level == Escalation.Level.REMINDED:
        return f"{case.number} “{where}”办理期限为{when}，请办理。"
    return f"{case.number} “{where}”已超过期限（{when}），请督促办理。"
