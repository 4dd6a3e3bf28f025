"""The enterprise's projects under way: how each stands and why, who has it since when, whom to ask, when to remind."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from investreview.core.gathering import gather
from investreview.core.roles import ENTERPRISE_ROLES
from investreview.core.templatetags.ir import day
from investreview.core.workdays import WorkCalendar
from investreview.desk.lamps import Lamp, StepFacts, Why, lamp_of, reason_of
from investreview.desk.selectors.contact import Contact, contact_of
from investreview.desk.selectors.viewing import Viewer, with_shown_state
from investreview.desk.words import Badge, case_badge
from investreview.projects.deadlines import Deadline, calendars_of, deadline
from investreview.projects.models import Case
from investreview.projects.selectors import visible_cases
from investreview.projects.states import ENDED, CaseState
from workflows.labels import node_label
from workflows.models import Urging, WorkItem
from workflows.panel.acts import PANEL_STEPS
from workflows.urging import is_with_commission

SHOWN = 20
WORDS: dict[Lamp, Promise] = {
    Lamp.GREEN: gettext_lazy("正常"),
    Lamp.AMBER: gettext_lazy("请留意"),
    Lamp.RED: gettext_lazy("超期"),
}


@dataclass(frozen=True)
class Step:
    """A step as its enterprise may know it: whose, since when, until when."""

    name: str
    who: str
    since: datetime
    deadline: Deadline
    is_own: bool
    is_deferral: bool


@dataclass(frozen=True)
class ProjectRow:
    """One project under way. ``urge_url`` is empty where there is nobody to remind."""

    project: str
    number: str
    url: str
    state: Badge
    lamp: Lamp
    word: str
    why: str
    steps: tuple[Step, ...]
    contact: Contact | None
    urge_url: str
    urged_on: date | None
    urge_again_from: date | None


def enterprise_projects(viewer: Viewer) -> tuple[ProjectRow, ...]:
    """The cases of the person's enterprise that have not ended or wait to be acknowledged, the worst first."""
    to_acknowledge = Q(delivered_at__isnull=False, acknowledged_at__isnull=True)
    cases = with_shown_state(visible_cases(viewer.scope), viewer).filter(
        ~Q(shown_state__in=sorted(ENDED)) | to_acknowledge
    )
    found: list[Any] = list(
        cases.select_related("project", "group", "enterprise", "commission", "officer__office").order_by("-pk")[:SHOWN]
    )
    if not found:
        return ()
    waiting: dict[int, list[WorkItem]] = defaultdict(list)
    items = WorkItem.objects.filter(case__in=found, state=WorkItem.State.OPEN).exclude(node__startswith="remedy_")
    items, reminders = items.select_related("assignee").order_by("pk"), Urging.objects.filter(case__in=found)
    reminders = reminders.order_by("pk")
    gather(items, reminders)
    for item in items:
        waiting[item.case_id].append(item)
    urged = {one.case_id: one for one in reminders}
    calendars = calendars_of(found)
    rows = [_row(case, waiting[case.pk], urged.get(case.pk), calendars[case.commission_id], viewer) for case in found]
    return tuple(sorted(rows, key=lambda row: list(Lamp).index(row.lamp), reverse=True))


def _row(
    case: Any, items: Sequence[WorkItem], urged: Urging | None, calendar: WorkCalendar, viewer: Viewer
) -> ProjectRow:
    steps = tuple(_steps(case, items, calendar, viewer.today))
    facts = tuple(StepFacts(one.is_own, one.deadline.remaining, one.is_deferral) for one in steps)
    why = reason_of(facts)
    may_urge = is_with_commission(items)
    again_from = urged.again_from if urged is not None and urged.again_from > viewer.today else None
    return ProjectRow(
        project=case.project.name,
        number=case.number,
        url=reverse("desk:case", args=[case.number]),
        state=case_badge(case, case.shown_state),
        lamp=lamp_of(why),
        word=str(WORDS[lamp_of(why)]),
        why=_said(why, _deciding(why, steps, facts), case),
        steps=steps,
        contact=contact_of(case),
        urge_url=reverse("review:urge", args=[case.number]) if may_urge else "",
        urged_on=urged.asked_on if urged is not None else None,
        urge_again_from=again_from,
    )


def _steps(case: Case, items: Sequence[WorkItem], calendar: WorkCalendar, today: date) -> list[Step]:
    """The open steps; those of a panel are one to the enterprise."""
    of_panel = [item for item in items if item.node in PANEL_STEPS]
    others = [item for item in items if item.node not in PANEL_STEPS]
    shown = [*others, *sorted(of_panel, key=lambda item: item.arrived_at)[:1]]
    return [_step(case, item, calendar, today) for item in shown]


def _step(case: Case, item: WorkItem, calendar: WorkCalendar, today: date) -> Step:
    is_own = item.role in ENTERPRISE_ROLES
    own = item.assignee.full_name if item.assignee is not None else item.get_role_display()
    return Step(
        name=_("专家论证") if item.node in PANEL_STEPS else str(node_label(item.node)),
        who=own if is_own else case.commission.short_name,
        since=item.arrived_at,
        deadline=deadline(item.due_on, today, calendar),
        is_own=is_own,
        is_deferral=item.node == "deferral",
    )


def _deciding(why: Why, steps: Sequence[Step], facts: Sequence[StepFacts]) -> Step | None:
    """The step that decides the light."""
    return next((step for step, fact in zip(steps, facts, strict=True) if reason_of((fact,)) == why), None)


def _said(why: Why, step: Step | None, case: Case) -> str:
    """The reason in a sentence."""
    if step is None:
        return _("申报草稿还没有送审。") if case.state == CaseState.DRAFT else _("等待本企业办理。")
    days = abs(step.deadline.remaining or 0)
    facts = {"step": step.name, "days": days, "who": step.who}
    if why == Why.OWN_OVERDUE:
        text = ngettext(
            "本企业“%(step)s”已超期 %(days)d 个工作日，请立即办理。",
            "本企业“%(step)s”已超期 %(days)d 个工作日，请立即办理。",
            days,
        )
    elif why == Why.COMMISSION_OVERDUE:
        text = ngettext(
            "%(who)s“%(step)s”已超期 %(days)d 个工作日，可以催办。",
            "%(who)s“%(step)s”已超期 %(days)d 个工作日，可以催办。",
            days,
        )
    elif why == Why.COMMISSION_SOON and days == 0:
        text = _("%(who)s“%(step)s”今日到期。")
    elif why == Why.COMMISSION_SOON:
        text = ngettext(
            "%(who)s“%(step)s”还剩 %(days)d 个工作日到期。", "%(who)s“%(step)s”还剩 %(days)d 个工作日到期。", days
        )
    elif why == Why.DEFERRED:
        return _("已暂缓办理，%(day)s前恢复。") % {"day": day(step.deadline.due_on)}
    elif why == Why.OWN_STEP:
        text = _("等待本企业办理“%(step)s”。")
    else:
        text = _("%(who)s正在办理“%(step)s”，在时限之内。")
    return text % facts
