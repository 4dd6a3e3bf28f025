"""Own leave: recorded and cancelled by the person. The proposed substitute waits for the written authority."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet

from investreview.accounts.models import Leave, User
from investreview.accounts.permissions import scope_of
from investreview.accounts.rules import SUBSTITUTED_ROLES, require_leave_suits
from investreview.accounts.services.noting import note
from investreview.core.clock import legal_date
from investreview.core.errors import Forbidden, Invalid, NotVisible
from investreview.core.roles import SIGNING_ROLES
from investreview.core.scope import Scope
from investreview.core.text import clean_line
from investreview.registry.rules import ancestor_paths

NOTE_LENGTH = 100


@dataclass(frozen=True)
class Absence:
    """When somebody is away and whom they propose; both days included."""

    first_on: date
    last_on: date
    substitute_id: int | None = None
    note: str = ""


def may_record_leave(scope: Scope) -> bool:
    """Whether somebody else could act for this person at all; administrators, auditors and experts have nobody."""
    return bool(scope.roles & SUBSTITUTED_ROLES)


def possible_substitutes(person: User, scope: Scope) -> QuerySet[User]:
    """Whom this person may propose: active people of the same commission, or of the own enterprise and those above it.

    For who signs, no seconded staff. A sister subsidiary's people are nobody's business.
    """
    others = User.objects.filter(commission=person.commission_id, kind=person.kind, is_active=True)
    others = others.exclude(pk=person.pk).select_related("office", "enterprise").order_by("pk")
    if person.enterprise is not None:
        others = others.filter(enterprise__path__in=ancestor_paths(person.enterprise.path))
    return others.exclude(is_seconded=True) if scope.roles & SIGNING_ROLES else others


def record_leave(*, person: User, absence: Absence, at: datetime) -> Leave:
    """The person is away in this period, and everybody of the office can see it; nobody acts for them by this alone.

    The same period sent again is answered with the first record. Raises: Forbidden (accounts_leave_of_roles_only);
    Invalid (accounts_leave_past, accounts_period_reversed, accounts_leave_overlaps, accounts_substitute_of_others,
    accounts_substitute_away). Rule: DOMAIN §1, a substitute acts under a written authority only. Journal: leave.record
    """
    with transaction.atomic():
        held = User.objects.select_for_update(no_key=True, of=("self",)).select_related("enterprise").get(pk=person.pk)
        scope = scope_of(held, at)
        if not may_record_leave(scope):
            raise Forbidden("accounts_leave_of_roles_only")
        require_leave_suits(first_on=absence.first_on, last_on=absence.last_on, today=legal_date(at))
        substitute = _substitute(held, scope, absence)
        note_text = clean_line(absence.note, max_length=NOTE_LENGTH) if absence.note.strip() else ""
        for other in away(absence.first_on, absence.last_on).filter(person=held):
            if (other.first_on, other.last_on, other.substitute) == (absence.first_on, absence.last_on, substitute):
                return other
            raise Invalid("accounts_leave_overlaps", field="valid_from", first=other.first_on, last=other.last_on)
        leave: Leave = Leave.objects.create(
            person=held,
            first_on=absence.first_on,
            last_on=absence.last_on,
            substitute=substitute,
            note=note_text,
            recorded_at=at,
        )
        facts: dict[str, object] = {
            "first_on": leave.first_on,
            "last_on": leave.last_on,
            "substitute": substitute.username if substitute is not None else "",
        }
        note("leave.record", held, actor=held.as_actor(), at=at, facts=facts)
        return leave


def _substitute(person: User, scope: Scope, absence: Absence) -> User | None:
    if absence.substitute_id is None:
        return None
    chosen = possible_substitutes(person, scope).filter(pk=absence.substitute_id).first()
    if chosen is None:
        raise Invalid("accounts_substitute_of_others", field="substitute")
    if away(absence.first_on, absence.last_on).filter(person=chosen).exists():
        raise Invalid("accounts_substitute_away", field="substitute", name=chosen.full_name)
    return chosen


def away(first_on: date, last_on: date) -> QuerySet[Leave]:
    """The leaves that touch a period and were not cancelled, in order."""
    touching = Leave.objects.filter(first_on__lte=last_on, last_on__gte=first_on, cancelled_at__isnull=True)
    return touching.select_related("person", "substitute").order_by("first_on", "pk")


def cancel_leave(*, leave_id: int, person: User, at: datetime) -> Leave:
    """The person is not away after all. A registered authority stays until it is ended by who registered it.

    Raises: NotVisible (accounts_leave_not_visible) for another's; Invalid (accounts_leave_over). Journal: leave.cancel
    """
    with transaction.atomic():
        leave = Leave.objects.select_for_update(of=("self",)).select_related("person").filter(pk=leave_id).first()
        if leave is None or leave.person_id != person.pk:
            raise NotVisible("accounts_leave_not_visible")
        if leave.cancelled_at is not None:
            return leave
        if leave.last_on < legal_date(at):
            raise Invalid("accounts_leave_over")
        leave.cancelled_at = at
        leave.save(update_fields=["cancelled_at"])
        facts: dict[str, object] = {"first_on": leave.first_on, "last_on": leave.last_on}
        note("leave.cancel", person, actor=person.as_actor(), at=at, facts=facts)
        return leave
