"""Agendas as they are read: by the commission's own people, newest meeting first; and the packs that wait."""

from datetime import datetime

from django.db.models import Count, QuerySet

from investreview.core.errors import NotVisible
from investreview.core.roles import CASE_READING_ROLES, Role
from investreview.core.scope import Scope
from investreview.projects.models import Agenda, MeetingPack

AGENDA_READERS = CASE_READING_ROLES | {Role.DOCUMENT_OFFICER}
SWEEP_SIZE = 20


def readable_agendas(scope: Scope) -> QuerySet[Agenda]:
    """The agendas of the commissions whose cases this person reads as a whole."""
    return Agenda.objects.filter(commission__code__in=scope.commissions_where(*AGENDA_READERS)).select_related(
        "commission", "created_by"
    )


def listed_agendas(scope: Scope) -> QuerySet[Agenda]:
    """The same with how many cases each holds."""
    return readable_agendas(scope).annotate(item_count=Count("items"))


def readable_agenda(scope: Scope, pk: int) -> Agenda:
    """One of them. Raises: NotVisible (projects_agenda_not_visible)."""
    found = readable_agendas(scope).filter(pk=pk).first()
    if found is None:
        raise NotVisible("projects_agenda_not_visible")
    return found


def due_packs(at: datetime) -> list[int]:
    """Ids of the packs whose next try is due, oldest first."""
    rows = MeetingPack.objects.filter(state=MeetingPack.State.PENDING, next_try_at__lte=at).order_by("next_try_at")
    return list(rows.values_list("pk", flat=True)[:SWEEP_SIZE])
