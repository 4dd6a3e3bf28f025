"""传阅: a case is put before people who may read it. No right comes of it, no clock moves, no step waits for it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils import translation
from django.utils.translation import gettext as _

from investreview.accounts.models import User
from investreview.accounts.selectors import scope_of, users_holding, users_holding_any
from investreview.core.errors import DomainError, Forbidden, Invalid, NotVisible
from investreview.core.roles import CASE_READING_ROLES, ENTERPRISE_ROLES, Role
from investreview.core.scope import Scope
from investreview.core.text import clean_line
from investreview.journal.services import record
from investreview.notices.kinds import NoticeKind
from investreview.notices.services import notify
from investreview.projects.acting import Acting
from investreview.projects.models import Case
from investreview.projects.permissions import acting_as
from investreview.projects.rules import Verb
from investreview.projects.selectors import enterprise_people, visible_cases
from workflows.engine import lock_process
from workflows.models import Circulation, ReviewProcess, WorkItem
from workflows.permissions import acting_on_holding
from workflows.selectors import open_items

NOTE_LENGTH = 200
_INSIDE_READERS = sorted((CASE_READING_ROLES - {Role.AUDITOR}) | {Role.DOCUMENT_OFFICER})


def acting_on_circulation(
    case: Case, *, user: User, at: datetime, items: Sequence[WorkItem] | None = None, scope: Scope | None = None
) -> Acting:
    """Who may put the case before others: whoever decides whose an open step is, else the office head.

    Raises: Forbidden (workflows_circulation_not_yours). Rule: DOMAIN §5 传阅, any time.
    """
    for item in open_items(case) if items is None else items:
        item.case = case
        if item.place:  # who sits on a panel passes nothing on
            continue
        try:
            return acting_on_holding(user=user, item=item, at=at, scope=scope)
        except DomainError:
            continue
    try:
        return acting_as(user=user, role=Role.OFFICE_HEAD, path=case.path, at=at, scope=scope)
    except Forbidden:
        raise Forbidden("workflows_circulation_not_yours") from None


def possible_readers(case: Case, *, acting: Acting, at: datetime) -> list[User]:
    """The people of the same side who may read the case in their own right; never the person who asks."""
    if acting.scope.roles_on(case.path) - ENTERPRISE_ROLES:
        found = users_holding_any((Role(role) for role in _INSIDE_READERS), case.path, at=at)
        for office in case.consultations.values_list("office", flat=True).distinct():
            found += users_holding(Role.COUNTERSIGNER, case.path, office, at=at)
    else:
        found = enterprise_people(case, at)
    people = {person.pk: person for person in found if person.pk != acting.person.pk}
    return [people[key] for key in sorted(people)]


def circulate(*, case_id: int, user: User, readers: Iterable[int], note: str, at: datetime) -> list[Circulation]:
    """The case waits to be read by each of ``readers``; whoever has it unread already keeps the first.

    Raises: NotVisible; Forbidden (workflows_circulation_not_yours); Invalid (workflows_reader_needed).
    Journal: case.circulate.
    """
    with transaction.atomic():
        case = _locked_case(case_id)
        acting = acting_on_circulation(case, user=user, at=at)
        wanted = set(readers)
        chosen = [one for one in possible_readers(case, acting=acting, at=at) if one.pk in wanted]
        if not chosen or len(chosen) != len(wanted):
            raise Invalid("workflows_reader_needed", field="readers")
        waiting = Circulation.objects.filter(case=case, read_at__isnull=True).values_list("reader_id", flat=True)
        having = set(waiting)
        said = clean_line(note, max_length=NOTE_LENGTH) if note.strip() else ""
        sent = [_send(case, one, said, acting, at) for one in chosen if one.pk not in having]
        if sent:
            facts = {"to": [one.reader.full_name for one in sent], "note": said}
            _record(case, Verb.CIRCULATE, acting, at, facts)
        return sent


def _send(case: Case, reader: User, note: str, acting: Acting, at: datetime) -> Circulation:
    sent: Circulation = Circulation.objects.create(
        case=case, reader=reader, note=note, sent_by=acting.person, sent_for=acting.principal, sent_at=at
    )
    with translation.override(reader.language):
        text = _("%(who)s请您阅览%(number)s“%(project)s”。") % {
            "who": acting.person.full_name,
            "number": case.number,
            "project": case.project.name,
        }
    notify(
        users=[reader],
        text=f"{text}{note}",
        url=f"/cases/{case.number}/",
        dedupe_key=f"circulation:{sent.pk}",
        at=at,
        kind=NoticeKind.MESSAGE,
        sent_by=acting.user,
    )
    return sent


def mark_read(*, user: User, ids: Iterable[int], at: datetime) -> int:
    """The person has read what was put before them (已阅); how many were unread. What is not theirs is left alone.

    Journal: case.read_circulated, on each case.
    """
    with transaction.atomic():
        scope = scope_of(user, at)
        unread = circulated_to(user, scope).filter(pk__in=list(ids), read_at__isnull=True)
        mine = Circulation.objects.select_for_update(of=("self",)).filter(pk__in=unread.values("pk"))
        read = list(mine.select_related("case__commission").order_by("pk"))
        for each in read:
            each.read_at = at
            each.save(update_fields=["read_at"])
            _record(each.case, Verb.READ_CIRCULATED, Acting(user=user, scope=scope), at, {})
        return len(read)


def circulated_to(user: User, scope: Scope) -> QuerySet[Circulation]:
    """What was put before the person and they may still read, unread first, then the latest."""
    readable = visible_cases(scope).values("pk")
    return Circulation.objects.filter(reader=user, case__in=readable).select_related(
        "case__project", "case__group", "case__enterprise", "case__commission", "sent_by", "sent_for"
    )


def circulations_of(case: Case, *, kind: str) -> QuerySet[Circulation]:
    """Before whom the case was put on one side (``kind`` of account), and who has read it, latest first."""
    sent = Circulation.objects.filter(case=case, reader__kind=kind)
    return sent.select_related("reader", "sent_by", "sent_for").order_by("-pk")


def _locked_case(case_id: int) -> Case:
    process_id = ReviewProcess.objects.filter(case_id=case_id).values_list("pk", flat=True).first()
    if process_id is None:
        raise NotVisible("projects_case_not_visible")
    lock_process(process_id)
    return Case.objects.select_related("commission", "project", "group").get(pk=case_id)


def _record(case: Case, verb: Verb, acting: Acting, at: datetime, facts: Mapping[str, object]) -> None:
    record(chain=case.commission.code, verb=verb.value, actor=acting.actor, subject=case.subject, at=at, facts=facts)
