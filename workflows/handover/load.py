"""What a person holds: their open steps, the cases they are officer or drafter of, the promises they keep.

A stopped clock is a case without a step of the commission: it is held through its officer. A post of a running panel
is held by whoever took it. A seat on a panel is never handed over, and steps that belong to a role and nobody in
particular stay with the role.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from experts.models import Panel
from experts.selectors.places import panel_due_on
from experts.services.handing_over import ROLE_OF_POST
from experts.states import RUNNING
from investreview.accounts.models import User
from investreview.core.gathering import gathered
from investreview.core.roles import Role
from investreview.projects.models import Case, FormerHolder, PhoneNote
from investreview.projects.services.handing_over import ROLE_OF_PART
from investreview.projects.states import OPEN
from workflows.labels import node_label
from workflows.models import HandoverLine, WorkItem

_CASE = ("case__project", "case__commission", "case__group", "case__enterprise", "case__declaration")
_KINDS = (*Role.values, HandoverLine.PROMISE)


@dataclass(frozen=True)
class Held:
    """One thing a person holds; ``part`` is what they are on the case beside the step, ``panel`` whose post it is."""

    kind: str
    case: Case
    part: str = ""
    item: WorkItem | None = None
    note: PhoneNote | None = None
    panel: Panel | None = None

    @property
    def key(self) -> str:
        """How forms and plans name it."""
        own = self.note.pk if self.note is not None else self.item.pk if self.item is not None else 0
        return f"{self.kind}-{self.case.pk}-{own}"

    @property
    def role(self) -> Role:
        """The role that the receiver must hold."""
        return Role.CASE_OFFICER if self.kind == HandoverLine.PROMISE else Role(self.kind)

    @property
    def path(self) -> str:
        """Where in the tree the receiver must hold it."""
        return self.item.path if self.item is not None else self.case.path

    @property
    def office(self) -> str:
        """The office of a countersigning step."""
        return self.item.office if self.item is not None else ""

    @property
    def due_on(self) -> date | None:
        """The last day that the receiver has to know."""
        if self.item is None and self.panel is not None:
            return self.panel.due_on
        return due_on(self.part, self.item, self.case)

    @property
    def what(self) -> str:
        """What is handed over, in the language of the page."""
        return described(self.part, self.item, self.note, self.case)


def due_on(part: str, item: WorkItem | None, case: Case) -> date | None:
    """The last day of the step, of a supplement or deferral that the officer waits for, of the panel's opinion."""
    if item is not None:
        return item.due_on
    if part in ROLE_OF_POST:
        return panel_due_on(case)
    return case.supplement_due_on or case.deferred_until if part else None


def described(part: str, item: WorkItem | None, note: PhoneNote | None, case: Case) -> str:
    """What one line hands over: the promise, or the part on the case with the step or state it stands at."""
    if note is not None:
        return _("%(who)s：%(promised)s") % {"who": note.with_whom, "promised": note.promised}
    step = str(node_label(item.node)) if item is not None else str(case.get_state_display())
    if not part:
        return step
    return _("%(part)s（%(step)s）") % {"part": FormerHolder.Part(part).label, "step": step}


def kind_label(kind: str) -> str:
    """What a kind of held things is called."""
    return _("电话承诺") if kind == HandoverLine.PROMISE else str(Role(kind).label)


def held_by(person: User) -> list[Held]:
    """Everything the person holds, kind by kind, each kind in the order of the cases."""
    items, cases, panels, notes = gathered(
        _items(person).select_related("task", *_CASE), _cases(person), _panels(person), _notes(person)
    )
    found = [*_parts(person, items, cases), *_posts(person, items, panels)]
    found += [Held(kind=HandoverLine.PROMISE, case=note.case, note=note) for note in notes]
    taken = {held.item.pk for held in found if held.item is not None}
    found += [Held(kind=item.role, case=item.case, item=item) for item in items if item.pk not in taken]
    return sorted(found, key=lambda held: (_KINDS.index(held.kind), held.case.pk, held.key))


def _items(person: User) -> QuerySet[WorkItem]:
    return WorkItem.objects.filter(assignee=person, state=WorkItem.State.OPEN).exclude(role=Role.EXPERT)


def _cases(person: User) -> QuerySet[Case]:
    mine = Case.objects.filter(Q(officer=person) | Q(drafter=person), state__in=sorted(OPEN))
    return mine.select_related(*(name.removeprefix("case__") for name in _CASE)).order_by("pk")


def _panels(person: User) -> QuerySet[Panel]:
    posts = Q(operator=person) | Q(supervisor=person) | Q(secretary=person)
    return Panel.objects.filter(posts, state__in=sorted(RUNNING)).select_related("case", *_CASE)


def _notes(person: User) -> QuerySet[PhoneNote]:
    notes = PhoneNote.objects.filter(keeper=person, settled_at__isnull=True).exclude(promised="")
    return notes.select_related(*_CASE, "case")


def _parts(person: User, items: Iterable[WorkItem], cases: Iterable[Case]) -> list[Held]:
    mine = {(item.case_id, item.role): item for item in items}
    return [
        Held(kind=role, case=case, part=part, item=mine.get((case.pk, role)))
        for case in cases
        for part, role in ROLE_OF_PART.items()
        if getattr(case, f"{part.lower()}_id") == person.pk
    ]


def _posts(person: User, items: Iterable[WorkItem], panels: Iterable[Panel]) -> list[Held]:
    mine = {(item.case_id, item.role): item for item in items}
    return [
        Held(kind=role, case=panel.case, part=part, item=mine.get((panel.case_id, role)), panel=panel)
        for panel in panels
        for part, role in ROLE_OF_POST.items()
        if getattr(panel, f"{part.lower()}_id") == person.pk
    ]


def held_count(person: User) -> int:
    """How many things the person holds."""
    return len(held_by(person))


def holders_of_work(people: QuerySet[User]) -> set[int]:
    """The ids of those of ``people`` who hold anything; one query."""
    ids = people.order_by().values("pk")
    cases, panels = Case.objects.filter(state__in=sorted(OPEN)), Panel.objects.filter(state__in=sorted(RUNNING))
    held: list[tuple[str, QuerySet[Any]]] = [
        ("assignee", WorkItem.objects.filter(state=WorkItem.State.OPEN).exclude(role=Role.EXPERT)),
        *((field, cases) for field in ("officer", "drafter")),
        *((field, panels) for field in ("operator", "supervisor", "secretary")),
        ("keeper", PhoneNote.objects.filter(settled_at__isnull=True).exclude(promised="")),
    ]
    found = [
        rows.filter(**{f"{field}__in": ids}).order_by().values_list(field, flat=True).distinct() for field, rows in held
    ]
    return {pk for rows in gathered(*found) for pk in rows}
