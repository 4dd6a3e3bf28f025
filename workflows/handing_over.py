"""The engine's act of a hand-over 工作交接: everything one person holds goes to others, or nothing does (DOMAIN §1).

Locks: the people, all processes in the order of their ids, the commission (for the number), the records.
"""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils import translation
from django.utils.translation import ngettext

from experts.services.handing_over import ROLE_OF_POST, hand_over_post, require_may_take
from investreview.accounts.models import User
from investreview.core.clock import legal_date
from investreview.core.errors import Forbidden, Invalid, Stale
from investreview.core.subject import Subject
from investreview.core.text import clean_block
from investreview.journal.services import record
from investreview.notices.kinds import NoticeKind
from investreview.notices.services import notify
from investreview.projects.models import Case
from investreview.projects.services.common import require_reason
from investreview.projects.services.handing_over import hand_over_instruction, hand_over_part, hand_over_promise
from investreview.registry.models import Commission
from workflows.handover.load import Held, described, held_by
from workflows.handover.paper import issue_sheet
from workflows.handover.permissions import place_of, require_may_hand_over
from workflows.models import Handover, HandoverLine, ReviewProcess, WorkItem
from workflows.permissions import acting_for

SUBJECT = "handover"
_PANEL_ROLES = frozenset(ROLE_OF_POST.values())


def hand_over(*, giver: User, user: User, plan: Mapping[str, User], reason: str, key: str, at: datetime) -> Handover:
    """Everything ``giver`` holds belongs to whom ``plan`` names for it, with one 交接单 and one entry in the journal.

    ``plan`` is by ``Held.key``. Sent again with the same ``key``, the first result is answered.
    Raises: Forbidden (workflows_hand_over_not_yours), Stale (workflows_hand_over_changed), Invalid
    (workflows_nothing_to_hand_over, projects_reason_needed, and at ``line_<key>`` what keeps a receiver from a line).
    Rule: DOMAIN §1; duty rules hold for giver and receiver. Journal: work.hand_over, on the sheet.
    """
    with transaction.atomic():
        require_may_hand_over(user, giver, at)
        written = clean_block(require_reason(reason))
        people = _locked_people(giver, *plan.values())
        held = _locked_load(giver)
        earlier = Handover.objects.filter(key=key, performed_by=user).first()
        if earlier is not None:
            return earlier
        if not held:
            raise Invalid("workflows_nothing_to_hand_over", who=giver.full_name)
        if {one.key for one in held} != set(plan):
            raise Stale("workflows_hand_over_changed", who=giver.full_name)
        commission, path = place_of(giver)
        handover: Handover = Handover.objects.create(
            number=_next_number(commission, at),
            key=key,
            commission=commission,
            path=path,
            giver=giver,
            performed_by=user,
            reason=written,
            at=at,
        )
        for one in held:
            _move(one, handover, to=people[plan[one.key].pk])
        handover.document_id = issue_sheet(handover, user=user, at=at).pk
        handover.save(update_fields=["document_id"])
        _record(handover)
        _tell(handover)
        return handover


def _locked_people(*concerned: User) -> dict[int, User]:
    """Giver and receivers as they are now, locked: none of them is closed while work comes to them."""
    people = User.objects.select_for_update(no_key=True).filter(pk__in={one.pk for one in concerned})
    return {person.pk: person for person in people.order_by("pk")}


def _locked_load(giver: User) -> list[Held]:
    """What the giver holds, read again under the locks of all its processes."""
    cases = {one.case.pk for one in held_by(giver)}
    list(ReviewProcess.objects.select_for_update(of=("self",)).filter(case__in=cases).order_by("pk"))
    return held_by(giver)


def _next_number(commission: Commission, at: datetime) -> str:
    """``LYG-JJ-2024-0003``; two at once meet at the commission's row."""
    Commission.objects.select_for_update(no_key=True).get(pk=commission.pk)
    start = f"{commission.code}-JJ-{legal_date(at).year}-"
    return f"{start}{Handover.objects.filter(number__startswith=start).count() + 1:04d}"


def _move(held: Held, handover: Handover, *, to: User) -> None:
    """One line is the receiver's. Raises: Invalid at ``line_<key>``."""
    giver, at = handover.giver, handover.at
    try:
        if to.pk == giver.pk:
            raise Invalid("workflows_receiver_is_giver")
        if held.note is not None:
            hand_over_promise(note_id=held.note.pk, giver=giver, to=to, at=at)
        if held.instruction is not None:
            hand_over_instruction(instruction_id=held.instruction.pk, giver=giver, to=to)
        if held.role is not None and held.role in _PANEL_ROLES:
            require_may_take(held.case, held.role, to, at=at)
        if held.part:
            pass_on = hand_over_post if held.part in ROLE_OF_POST else hand_over_part
            pass_on(case_id=held.case.pk, part=held.part, giver=giver, to=to, handover=handover.number, at=at)
        if held.item is not None:
            _move_item(held.item.pk, to=to, at=at)
    except (Invalid, Forbidden) as error:
        refused = Invalid(error.code, field=f"line_{held.key}", citation=error.citation)
        refused.facts = error.facts
        raise refused from error
    HandoverLine.objects.create(
        handover=handover,
        kind=held.kind,
        case=held.case,
        part=held.part,
        item=held.item,
        note=held.note,
        instruction=held.instruction,
        receiver=to,
    )


def _move_item(item_id: int, *, to: User, at: datetime) -> None:
    """The open step is the receiver's, who holds its role in their own name and no other duty on the case."""
    items = WorkItem.objects.select_for_update(of=("self",)).select_related("case__commission", "case__group")
    item = items.get(pk=item_id)
    item.assignee = to
    item.opened_at = None
    acting = acting_for(user=to, item=item, at=at)
    if acting.principal is not None:
        raise Invalid("projects_receiver_lacks_role", who=to.full_name, role=_role(item), number=item.case.number)
    item.save(update_fields=["assignee", "opened_at"])


def _role(item: WorkItem) -> str:
    return str(item.get_role_display())


def _record(handover: Handover) -> None:
    with translation.override("zh-hans"):
        lines = [
            {"case": one.case.number, "what": described(one), "to": one.receiver.full_name} for one in _lines(handover)
        ]
    record(
        chain=handover.commission.code,
        verb="work.hand_over",
        actor=handover.performed_by.as_actor(),
        subject=Subject(SUBJECT, handover.number),
        at=handover.at,
        facts={"from": handover.giver.full_name, "path": handover.path, "reason": handover.reason, "lines": lines},
    )


def _lines(handover: Handover) -> list[HandoverLine]:
    return list(handover.lines.select_related("case", "item", "note", "instruction", "receiver"))


def _tell(handover: Handover) -> None:
    """Each receiver is told how much came to them."""
    counts: dict[User, int] = {}
    for line in _lines(handover):
        counts[line.receiver] = counts.get(line.receiver, 0) + 1
    for person, count in counts.items():
        with translation.override(person.language):
            text = ngettext(
                "%(who)s 的 %(count)d 项工作已交接给您，见交接单%(number)s。",
                "%(who)s 的 %(count)d 项工作已交接给您，见交接单%(number)s。",
                count,
            )
            notify(
                users=[person],
                text=text % {"who": handover.giver.full_name, "count": count, "number": handover.number},
                url=f"/hand-overs/{handover.number}/",
                dedupe_key=f"handover:{handover.pk}",
                at=handover.at,
                kind=NoticeKind.HANDOVER,
            )


def handovers_of(case: Case) -> QuerySet[HandoverLine]:
    """How the case changed hands, oldest first."""
    lines = HandoverLine.objects.filter(case=case).select_related(
        "handover__giver", "handover__performed_by", "receiver"
    )
    return lines.order_by("pk")
