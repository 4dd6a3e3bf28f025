"""The month of an office: who is away on which day, who acts for them, and what still waits to be registered."""

from calendar import Calendar
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q, QuerySet

from investreview.accounts.models import Leave, Substitution, User
from investreview.accounts.services.leaves import away
from investreview.core.roles import Role
from investreview.desk.selectors.viewing import Viewer
from investreview.registry.models import Commission
from investreview.registry.selectors import work_calendar

EARLIEST, LATEST = date(2000, 1, 1), date(2099, 12, 1)


@dataclass(frozen=True)
class Away:
    """One leave as its office sees it; ``acts`` says that the authority of the proposed substitute is registered."""

    leave: Leave
    acts: bool
    is_own: bool
    is_over: bool


@dataclass(frozen=True)
class Day:
    """One day of the month with whoever is away."""

    on: date
    is_of_month: bool
    is_today: bool
    is_working: bool
    away: tuple[Away, ...]


@dataclass(frozen=True)
class Month:
    """The weeks of a month, and the months beside it."""

    first: date
    weeks: tuple[tuple[Day, ...], ...]
    before: str
    after: str


def month_named(text: str, today: date) -> date:
    """The first day of the month ``2024-08``; of the present month for what is none."""
    try:
        first = date.fromisoformat(f"{text}-01")
    except ValueError:
        return today.replace(day=1)
    return min(max(first, EARLIEST), LATEST)


def colleagues_of(user: User) -> QuerySet[User]:
    """Whose absence concerns this person: the own office, else the own enterprise or the commission's people."""
    if user.office_id is not None:
        return User.objects.filter(office=user.office_id)
    if user.enterprise_id is not None:
        return User.objects.filter(enterprise=user.enterprise_id)
    return User.objects.filter(commission=user.commission_id, kind=User.Kind.STAFF)


def leaves_of(viewer: Viewer, first: date, last: date) -> tuple[Away, ...]:
    """The leaves of the person's colleagues that touch a period, each with whether somebody acts for them."""
    return _seen(away(first, last).filter(person__in=colleagues_of(viewer.user)), viewer)


def own_leaves(viewer: Viewer) -> tuple[Away, ...]:
    """The person's own leaves that are not over."""
    return _seen(away(viewer.today, LATEST).filter(person=viewer.user), viewer)


def proposed_leaves(viewer: Viewer) -> tuple[Away, ...]:
    """For the security administrator: the proposals whose authority is not registered yet."""
    codes = viewer.scope.commissions_where(Role.SECURITY_ADMIN)
    if not codes:
        return ()
    waiting = away(viewer.today, LATEST).filter(person__commission__code__in=codes, substitute__isnull=False)
    return tuple(one for one in _seen(waiting, viewer) if not one.acts)


def _seen(leaves: QuerySet[Leave], viewer: Viewer) -> tuple[Away, ...]:
    found = list(leaves)
    if not found:
        return ()
    registered = list(
        Substitution.objects.filter(principal__in={leave.person_id for leave in found}, ended_at__isnull=True)
    )
    return tuple(
        Away(
            leave=leave,
            acts=_is_registered(leave, registered),
            is_own=leave.person_id == viewer.user.pk,
            is_over=leave.last_on < viewer.today,
        )
        for leave in found
    )


def _is_registered(leave: Leave, registered: Sequence[Substitution]) -> bool:
    return any(
        one.principal_id == leave.person_id
        and one.substitute_id == leave.substitute_id
        and one.valid_from <= leave.last_on
        and one.valid_until >= leave.first_on
        for one in registered
    )


def authorities_of(viewer: Viewer, first: date, last: date) -> QuerySet[Substitution]:
    """The written authorities between colleagues that are in force in a period: who acts for whom, until when."""
    people = colleagues_of(viewer.user)
    touching = Substitution.objects.filter(valid_from__lte=last, valid_until__gte=first, ended_at__isnull=True)
    concerned = Q(principal__in=people) | Q(substitute__in=people)
    return touching.filter(concerned).select_related("principal", "substitute").order_by("valid_from", "pk")


def month_of(leaves: Sequence[Away], first: date, commission: Commission, today: date) -> Month:
    """The weeks of the month that begins on ``first``, Monday first, each day with whoever is away."""
    calendar = work_calendar(commission)
    weeks = tuple(
        tuple(
            Day(
                on=on,
                is_of_month=on.month == first.month,
                is_today=on == today,
                is_working=calendar.is_working_day(on),
                away=tuple(one for one in leaves if one.leave.first_on <= on <= one.leave.last_on),
            )
            for on in week
        )
        for week in Calendar().monthdatescalendar(first.year, first.month)
    )
    before, after = first - timedelta(days=1), first + timedelta(days=31)
    return Month(first, weeks, before=f"{before:%Y-%m}", after=f"{after:%Y-%m}")
