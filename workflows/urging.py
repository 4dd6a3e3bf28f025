"""催办: once per period the enterprise asks the commission to go on; whoever has the step is told."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from investreview.accounts.models import User
from investreview.accounts.selectors import users_holding
from investreview.core.clock import legal_date
from investreview.core.errors import Forbidden, Invalid, NotVisible
from investreview.core.roles import ENTERPRISE_ROLES, Role
from investreview.core.scope import Scope
from investreview.core.text import clean_line
from investreview.journal.services import record
from investreview.notices.kinds import NoticeKind
from investreview.notices.services import notify
from investreview.projects.acting import Acting
from investreview.projects.models import Case
from investreview.projects.permissions import acting_as
from investreview.projects.rules import Verb
from investreview.registry.selectors import work_calendar
from workflows.clocks import PANEL_NODES
from workflows.engine import lock_process
from workflows.models import ReviewProcess, Urging, WorkItem
from workflows.selectors import open_items

URGING_DAYS = 5
"""Units: working days from one reminder to the next. UX.md: once per period; no rule set speaks of it."""
NOTE_LENGTH = 200


@dataclass(frozen=True)
class UrgingState:
    """When the enterprise asked last, and from which day it may ask (again); the day is today or past when it may."""

    last_on: date | None
    again_from: date | None


def may_urge(scope: Scope, path: str) -> bool:
    """Whether this person asks for the enterprise of a case on ``path``."""
    return scope.holds_any(ENTERPRISE_ROLES, path)


def is_with_commission(items: Sequence[WorkItem]) -> bool:
    """Whether one of the open steps is the commission's to go on with; a deferral has its own day."""
    return bool(_of_commission(items))


def _of_commission(items: Sequence[WorkItem]) -> list[WorkItem]:
    return [
        item
        for item in items
        if item.state == WorkItem.State.OPEN and item.role not in ENTERPRISE_ROLES and item.node != "deferral"
    ]


def urge(*, case_id: int, user: User, note: str, at: datetime) -> Urging:
    """Everybody who has the step is told that the enterprise waits; before the period is over it is not said again.

    Raises: NotVisible; Forbidden (workflows_urging_not_yours); Invalid (workflows_nothing_to_urge,
    workflows_urged_already). Rule: UX.md 催办 once per period. Journal: case.urge.
    """
    with transaction.atomic():
        process_id = ReviewProcess.objects.filter(case_id=case_id).values_list("pk", flat=True).first()
        if process_id is None:
            raise NotVisible("projects_case_not_visible")
        lock_process(process_id)
        case = Case.objects.select_related("commission", "project", "officer").get(pk=case_id)
        acting = _acting(case, user, at)
        steps = _of_commission(list(open_items(case)))
        if not steps:
            raise Invalid("workflows_nothing_to_urge")
        today = legal_date(at)
        last = Urging.objects.filter(case=case).order_by("-pk").first()
        if last is not None and last.again_from > today:
            raise Invalid("workflows_urged_already", asked_on=last.asked_on, again_from=last.again_from)
        urging: Urging = Urging.objects.create(
            case=case,
            asked_by=acting.person,
            asked_for=acting.principal,
            asked_at=at,
            asked_on=today,
            again_from=work_calendar(case.commission).add(today, URGING_DAYS),
            note=clean_line(note, max_length=NOTE_LENGTH) if note.strip() else "",
        )
        _tell(case, urging, steps, at)
        record(
            chain=case.commission.code,
            verb=Verb.URGE.value,
            actor=acting.actor,
            subject=case.subject,
            at=at,
            facts={"nodes": sorted({item.node for item in steps}), "note": urging.note},
        )
        return urging


def _acting(case: Case, user: User, at: datetime) -> Acting:
    for role in sorted(ENTERPRISE_ROLES):
        try:
            return acting_as(user=user, role=Role(role), path=case.path, at=at)
        except Forbidden:
            continue
    raise Forbidden("workflows_urging_not_yours")


def _tell(case: Case, urging: Urging, steps: Sequence[WorkItem], at: datetime) -> None:
    people = {one.pk: one for item in steps for one in _holders(case, item, at)}
    for person in people.values():
        with translation.override(person.language):
            text = _("%(group)s催办%(number)s“%(project)s”，请抓紧办理。") % {
                "group": case.group.short_name,
                "number": case.number,
                "project": case.project.name,
            }
        notify(
            users=[person],
            text=f"{text}{urging.note}",
            url=f"/cases/{case.number}/",
            dedupe_key=f"urging:{urging.pk}",
            at=at,
            kind=NoticeKind.MESSAGE,
        )


def _holders(case: Case, item: WorkItem, at: datetime) -> list[User]:
    """Who has the step; while a panel works, the officer, so that nothing reaches an expert from an enterprise."""
    if item.node in PANEL_NODES:
        return [case.officer] if case.officer is not None else users_holding(Role.CASE_OFFICER, case.path, at=at)
    if item.assignee is not None:
        return [item.assignee]
    return users_holding(Role(item.role), item.path, item.office, at=at)


def urging_state(case: Case) -> UrgingState:
    """When the case was urged last, and from when it may be again."""
    last = Urging.objects.filter(case=case).order_by("-pk").first()
    return UrgingState(last.asked_on, last.again_from) if last is not None else UrgingState(None, None)
