"""The sheet 工作交接单 of a hand-over, filled from its lines and issued with it."""

from datetime import datetime

from django.utils import translation

from investreview.accounts.models import User
from investreview.accounts.selectors import scope_of
from investreview.core.clock import SHANGHAI, legal_date
from investreview.core.subject import Subject
from investreview.documents.contents import HandedOver, HandoverSheet
from investreview.documents.models import Document
from investreview.documents.services import issue_system_copy
from workflows.handover.load import described, due_on
from workflows.models import Handover, HandoverLine

SUBJECT = "handover"
UNIT = ("enterprise", "office", "commission")
"""What ``unit_of`` reads beside the person."""


def issue_sheet(handover: Handover, *, user: User, at: datetime) -> Document:
    """The sheet is issued under the hand-over's own number. Raises: documents errors."""
    with translation.override("zh-hans"):
        content = _sheet(handover)
    return issue_system_copy(
        commission=handover.commission.code,
        path=handover.path,
        subject=Subject(SUBJECT, handover.number),
        content=content,
        scope=scope_of(user, at),
        actor=user.as_actor(),
        at=at,
    )


def _sheet(handover: Handover) -> HandoverSheet:
    giver = handover.giver
    lines = list(handover.lines.select_related("case__project", "item", "note", "instruction", "receiver"))
    work = tuple(_line(one) for one in lines if one.note is None and one.instruction is None)
    promises = tuple(_promise(one) for one in lines if one.note is not None)
    instructions = tuple(_line(one) for one in lines if one.instruction is not None)
    at = handover.at.astimezone(SHANGHAI)
    return HandoverSheet(
        unit=unit_of(giver),
        giver=giver.full_name,
        post="、".join(dict.fromkeys(str(one.get_role_display()) for one in giver.memberships.filter(revoked_at=None))),
        receivers="、".join(dict.fromkeys(one.receiver.full_name for one in lines)),
        handed_over_by=handover.performed_by.full_name,
        handed_over_at=f"{at:%Y-%m-%d %H:%M}",
        reason=handover.reason,
        work=work,
        promises=promises,
        instructions=instructions,
        total=f"办件事项{len(work)}项，电话承诺{len(promises)}项"
        + (f"，批示{len(instructions)}项" if instructions else ""),
        number=handover.number,
        dated_on=legal_date(handover.at),
    )


def unit_of(person: User) -> str:
    """Where the person works: the enterprise, else the commission with the office."""
    if person.enterprise is not None:
        return person.enterprise.short_name
    commission = person.commission.short_name if person.commission is not None else ""
    return f"{commission}{person.office.name}" if person.office is not None else commission


def _line(line: HandoverLine) -> HandedOver:
    case = line.case
    due = due_on(line.part, line.item, case, line.instruction)
    return HandedOver(
        case_number=case.number,
        project_name=case.project.name,
        what=described(line),
        due=due.isoformat() if due is not None else "",
        receiver=line.receiver.full_name,
    )


def _promise(line: HandoverLine) -> HandedOver:
    note = line.note
    if note is None:
        raise TypeError(f"line {line.pk} hands over no promise")
    return HandedOver(
        case_number=line.case.number,
        project_name=note.with_whom,
        what=note.promised,
        due=f"{legal_date(note.noted_at):%Y-%m-%d}",
        receiver=line.receiver.full_name,
    )
