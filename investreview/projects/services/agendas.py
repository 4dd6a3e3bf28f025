"""Agendas: put together by the office, in order, with papers of each case; and their packs, made in the background."""

from collections.abc import Collection, Mapping
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Max

from investreview.core.errors import Forbidden, Invalid, NotVisible
from investreview.core.roles import Role
from investreview.core.text import clean_line
from investreview.documents.waking import wake
from investreview.journal.services import record
from investreview.projects.acting import Acting
from investreview.projects.models import Agenda, AgendaItem, Case, MeetingPack, StoredFile
from investreview.projects.permissions import ENTERING_ROLES
from investreview.projects.selectors import visible_cases
from investreview.projects.states import CaseState
from investreview.registry.models import Commission

NAME_LENGTH = 80
MOST_ITEMS = 60
SIZE_LIMIT = 300 * 1024**2
"""Bytes of all chosen materials; more would not fit into the worker's memory."""
PAGE_LIMIT = 3000
PACK_TASK = "investreview.projects.tasks.make_meeting_pack"
LEASE = timedelta(minutes=10)
CONSIDERED = frozenset({CaseState.REVIEWING, CaseState.DEFERRED})


def create_agenda(
    *, acting: Acting, commission: Commission, name: str, held_on: date, key: str, at: datetime
) -> Agenda:
    """The agenda stands, still empty; sent again under the same key it is the same.

    Raises: Forbidden, Invalid (text_*, projects_agenda_name). Journal: agenda.create.
    """
    with transaction.atomic():
        _require_office(acting, commission)
        earlier = Agenda.objects.filter(key=key, commission=commission).first()
        if earlier is not None:
            return earlier
        said = clean_line(name, max_length=NAME_LENGTH)
        if not said:
            raise Invalid("projects_agenda_name", field="name")
        agenda: Agenda = Agenda.objects.create(
            commission=commission, name=said, held_on=held_on, created_by=acting.person, created_at=at, key=key
        )
        _note(agenda, "create", acting, at, {"name": said, "held_on": held_on.isoformat()})
        return agenda


def add_case(*, acting: Acting, agenda_id: int, number: str, at: datetime) -> AgendaItem:
    """The case is the agenda's last item; added again, nothing happens.

    Raises: NotVisible, Forbidden, Invalid (projects_agenda_case, projects_agenda_full). Journal: agenda.add.
    """
    with transaction.atomic():
        agenda = _locked(agenda_id, acting)
        case = visible_cases(acting.scope).filter(number=number, commission=agenda.commission).first()
        if case is None or case.state not in CONSIDERED or not case.round:
            raise Invalid("projects_agenda_case", field="number")
        known = agenda.items.filter(case=case).first()
        if known is not None:
            return known
        count = agenda.items.count()
        if count >= MOST_ITEMS:
            raise Invalid("projects_agenda_full", field="number", most=MOST_ITEMS)
        last = agenda.items.aggregate(last=Max("ordinal"))["last"] or 0
        item: AgendaItem = AgendaItem.objects.create(agenda=agenda, ordinal=last + 1, case=case)
        _changed(agenda, "add", acting, at, {"case": case.number})
        return item


def remove_item(*, acting: Acting, agenda_id: int, item_id: int, at: datetime) -> None:
    """The case is off the agenda; one that already was stays so.

    Raises: NotVisible, Forbidden. Journal: agenda.remove.
    """
    with transaction.atomic():
        agenda = _locked(agenda_id, acting)
        item = agenda.items.select_related("case").filter(pk=item_id).first()
        if item is None:
            return
        number = item.case.number
        item.papers.clear()
        item.delete()
        _changed(agenda, "remove", acting, at, {"case": number})


def move_item_up(*, acting: Acting, agenda_id: int, item_id: int, at: datetime) -> None:
    """The case changes places with the one before it; the first stays. Raises: NotVisible, Forbidden.

    Journal: agenda.move.
    """
    with transaction.atomic():
        agenda = _locked(agenda_id, acting)
        items = list(agenda.items.select_related("case"))
        place = next((at_ for at_, each in enumerate(items) if each.pk == item_id), 0)
        if place == 0:
            return
        items[place - 1], items[place] = items[place], items[place - 1]
        for ordinal, each in enumerate(items, start=1):
            AgendaItem.objects.filter(pk=each.pk).update(ordinal=ordinal)
        _changed(agenda, "move", acting, at, {"case": items[place - 1].case.number, "to": place})


def choose_papers(*, acting: Acting, agenda_id: int, item_id: int, files: Collection[int], at: datetime) -> AgendaItem:
    """These materials of the case go into the pack. Raises: NotVisible, Forbidden, Invalid (projects_agenda_file).

    Journal: agenda.choose.
    """
    with transaction.atomic():
        agenda = _locked(agenda_id, acting)
        item = agenda.items.select_related("case").filter(pk=item_id).first()
        if item is None:
            raise NotVisible("projects_agenda_not_visible")
        chosen = StoredFile.objects.filter(pk__in=files, case=item.case, fills__is_current=True).distinct()
        if len(chosen) != len(set(files)):
            raise Invalid("projects_agenda_file", field="files")
        item.papers.set(chosen)
        facts = {"case": item.case.number, "files": [each.sha256 for each in chosen]}
        _changed(agenda, "choose", acting, at, facts)
        return item


def order_pack(*, acting: Acting, agenda_id: int, at: datetime) -> MeetingPack:
    """A pack of the agenda as it stands is on its way; one that is being made already is that one.

    Raises: NotVisible, Forbidden, Invalid (projects_agenda_empty, projects_pack_too_large). Journal: agenda.order_pack.
    """
    with transaction.atomic():
        agenda = _locked(agenda_id, acting)
        if not agenda.items.exists():
            raise Invalid("projects_agenda_empty")
        waiting = agenda.packs.filter(state=MeetingPack.State.PENDING).first()
        if waiting is not None:
            if waiting.next_try_at <= at:
                wake(PACK_TASK, waiting.pk)
            return waiting
        _require_bearable(agenda)
        pack: MeetingPack = MeetingPack.objects.create(
            agenda=agenda, asked_by=acting.person, asked_at=at, of_version=agenda.version, next_try_at=at
        )
        _note(agenda, "order_pack", acting, at, {"pack": pack.pk, "version": agenda.version})
        wake(PACK_TASK, pack.pk)
        return pack


def _require_bearable(agenda: Agenda) -> None:
    chosen = StoredFile.objects.filter(pk__in=AgendaItem.papers.through.objects.filter(
        agendaitem__agenda=agenda
    ).values("storedfile_id"))  # fmt: skip
    size = sum(each.size for each in chosen)
    pages = sum(each.page_count or 0 for each in chosen)
    if size > SIZE_LIMIT or pages > PAGE_LIMIT:
        raise Invalid(
            "projects_pack_too_large",
            size=size // 1024**2,
            pages=pages,
            limit=SIZE_LIMIT // 1024**2,
            most=PAGE_LIMIT,
        )


def _require_office(acting: Acting, commission: Commission) -> None:
    if not acting.scope.holds_any(ENTERING_ROLES, commission.path):
        raise Forbidden("projects_role_missing", role=Role.DOCUMENT_OFFICER.label)


def _locked(agenda_id: int, acting: Acting) -> Agenda:
    agenda = Agenda.objects.select_for_update(of=("self",)).select_related("commission").filter(pk=agenda_id).first()
    if agenda is None or agenda.commission.code not in acting.scope.commission_codes:
        raise NotVisible("projects_agenda_not_visible")
    _require_office(acting, agenda.commission)
    return agenda


def _changed(agenda: Agenda, verb: str, acting: Acting, at: datetime, facts: Mapping[str, object]) -> None:
    agenda.version += 1
    agenda.save(update_fields=["version"])
    _note(agenda, verb, acting, at, {**facts, "version": agenda.version})


def _note(agenda: Agenda, verb: str, acting: Acting, at: datetime, facts: Mapping[str, object]) -> None:
    record(
        chain=agenda.commission.code,
        verb=f"agenda.{verb}",
        actor=acting.actor,
        subject=agenda.subject,
        at=at,
        facts=facts,
    )


def cases_to_consider(acting: Acting, agenda: Agenda) -> list[Case]:
    """The cases under way that are not on the agenda, those at their meeting first, then those that will have one."""
    known = agenda.items.values("case_id")
    found = (
        visible_cases(acting.scope)
        .filter(commission=agenda.commission, state__in=sorted(CONSIDERED), round__gt=0)
        .exclude(pk__in=known)
        .select_related("project", "group")
        .order_by("pk")
    )
    return sorted(found[:200], key=lambda case: (meeting_rank(case), case.pk))


def meeting_rank(case: Case) -> int:
    """0 when its meeting is due now, 1 when one is still to come, 2 when its chain asks for none."""
    step = case.chain_step
    if step is not None and step["kind"] == "MEETING":
        return 0
    return 1 if any(each["kind"] == "MEETING" for each in case.chain[case.chain_position :]) else 2
