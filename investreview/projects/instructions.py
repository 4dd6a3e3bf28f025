"""Instructions as they are read: by whom, in which order, what waits for one person, who may be addressed."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from investreview.accounts.models import User
from investreview.core.gathering import gathered
from investreview.core.once import once
from investreview.core.roles import SIGNING_ROLES, Role
from investreview.core.scope import Scope
from investreview.projects.models import Instruction
from investreview.projects.permissions import INSTRUCTION_READERS
from investreview.projects.services.instructions import Addressee
from investreview.registry.models import Commission, Office

PAGE = 30
MINE, TO_JUDGE, OPEN, DONE = "mine", "judge", "open", "done"
TABS: dict[str, Promise] = {MINE: _("待我办理"), TO_JUDGE: _("待我审阅"), OPEN: _("承办中"), DONE: _("已办结")}


def addressed_to(user: User) -> Q:
    """The instructions that this person is to carry out, by name or through their office."""
    mine = Q(person_id=user.pk)
    return mine | Q(office_id=user.office_id) if user.office_id is not None else mine


def _on_paths(scope: Scope, *roles: Role) -> Q:
    reach = Q(pk__in=[])
    for path in scope.paths_for(*roles):
        reach |= Q(case__path__startswith=path)
    return reach


def readable_instructions(user: User, scope: Scope) -> QuerySet[Instruction]:
    """Every instruction this person may read."""
    return Instruction.objects.filter(addressed_to(user) | _on_paths(scope, *INSTRUCTION_READERS)).select_related(
        "case__project", "case__commission", "case__group", "office", "person", "given_by", "given_for"
    )


def in_tab(instructions: QuerySet[Instruction], tab: str, user: User, scope: Scope) -> QuerySet[Instruction]:
    """Those of one tab."""
    if tab == MINE:
        return instructions.filter(addressed_to(user), state=Instruction.State.OPEN)
    if tab == TO_JUDGE:
        return instructions.filter(_judged_by(user, scope), state=Instruction.State.REPORTED)
    if tab == OPEN:
        return instructions.filter(state__in=sorted(Instruction.UNSETTLED))
    return instructions.filter(state=Instruction.State.DONE)


def _judged_by(user: User, scope: Scope) -> Q:
    """Reports on a leader's own instructions; those whose leader has gone are judged by whoever leads now."""
    own = Q(given_by_id=user.pk) | Q(given_for_id=user.pk) | Q(given_by__is_active=False)
    return own & _on_paths(scope, *SIGNING_ROLES) & ~addressed_to(user)


def waiting_instructions(user: User, scope: Scope) -> QuerySet[Instruction]:
    """What of instructions waits for this person: to be carried out, or its report to be judged."""
    return Instruction.objects.filter(
        Q(addressed_to(user), state=Instruction.State.OPEN)
        | Q(_judged_by(user, scope), state=Instruction.State.REPORTED)
    )


@dataclass(frozen=True)
class InstructionPage:
    """Up to PAGE instructions; ``after`` begins the following page, "" at the end."""

    rows: tuple[Instruction, ...]
    after: str


def page_of(instructions: QuerySet[Instruction], tab: str, after: str) -> InstructionPage:
    """One page: what is due first first, what is settled latest first."""
    key = _key(after)
    if tab == DONE:
        rows = instructions.order_by("-pk")
        rows = rows.filter(pk__lt=key[1]) if key else rows
    else:
        rows = instructions.order_by("due_on", "pk")
        if key:
            rows = rows.filter(Q(due_on__gt=key[0]) | Q(due_on=key[0], pk__gt=key[1]))
    found = list(rows[: PAGE + 1])
    shown = tuple(found[:PAGE])
    last = f"{shown[-1].due_on:%Y%m%d}-{shown[-1].pk}" if len(found) > PAGE else ""
    return InstructionPage(shown, last)


def _key(after: str) -> tuple[date, int] | None:
    """Where a page goes on; nothing that cannot be read narrows the list."""
    day, _dash, pk = after.partition("-")
    if not (len(day) == 8 and day.isdigit() and pk.isdigit() and len(pk) < 19):
        return None
    try:
        return date(int(day[:4]), int(day[4:6]), int(day[6:])), int(pk)
    except ValueError:
        return None


def addressees(commission: Commission, *, without: frozenset[int]) -> dict[str, Addressee]:
    """Everybody an instruction can be addressed to, by the value of the choice: the offices, then the people."""
    offices, people = once(("addressees", commission.pk), lambda: gathered(*addressed(commission)))
    choices = {f"office-{office.pk}": Addressee(office=office) for office in offices}
    return choices | {f"person-{one.pk}": Addressee(person=one) for one in people if one.pk not in without}


def addressed(commission: Commission) -> tuple[QuerySet[Office], QuerySet[User]]:
    """The offices and the people that an instruction can be addressed to, still to be read."""
    people = User.objects.filter(commission=commission, kind=User.Kind.STAFF, is_active=True)
    return (
        Office.objects.filter(commission=commission),
        people.select_related("office").order_by("office_id", "pk"),
    )
