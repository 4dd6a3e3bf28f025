"""What a person holds: their open steps, the cases they are officer or drafter of, promises, instructions to them.

A stopped clock is a case without a step of the commission: it is held through its officer. A post of a running panel
is held by whoever took it. A seat on a panel is never handed over, and steps that belong to a role and nobody in
particular stay with the role.
"""

from collections.abc import Callable, Iterable
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
from investreview.projects.models import Case, FormerHolder, Instruction, PhoneNote
from investreview.projects.services.handing_over import ROLE_OF_PART
from investreview.projects.states import OPEN
from workflows.labels import node_label
from workflows.models import HandoverLine, WorkItem

_CASE = ("case__project", "case__commission", "case__group", "case__enterprise", "case__declaration")
_KINDS = (*Role.values, HandoverLine.PROMISE, HandoverLine.INSTRUCTION)


@dataclass(frozen=True)
class Held:
    """One thing a person holds; ``part`` is what they are on the case beside the step."""

    kind: str
    case: Case
    part: str = ""
    item: WorkItem | None = None
    note: PhoneNote | None = None
    instruction: Instruction | None = None
    panel: Panel | None = None

    @property
    def key(self) -> str:
        """How forms and plans name it."""
        own = self.note or self.instruction or self.item
        return f"{self.kind}-{self.case.pk}-{own.pk if own is not None else 0}"

    @property
    def role(self) -> Role | None:
        """The role that the receiver must hold; none of its own for a promise and an instruction."""
        return Role(self.kind) if self.kind in Role.values else None

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
        return due_on(self.part, self.item, self.case, self.instruction)

    @property
    def what(self) -> str:
        """What is handed over, in the language of the page."""
        return described(self)


def due_on(part: str, item: WorkItem | None, case: Case, instruction: Instruction | None = None) -> date | None:
    """The last day of the step, of a supplement or deferral that the officer waits for, of the panel's opinion, of an
    instruction."""
    if instruction is not None:
        return instruction.due_on
    if item is not None:
        return item.due_on
    if part in ROLE_OF_POST:
        return panel_due_on(case)
    return case.supplement_due_on or case.deferred_until if part else None


def described(line: Held | HandoverLine) -> str:
    """What one line hands over: the promise, the instruction by its number (what the leader wrote is for its readers
    only), or the part on the case with the step or state it stands at."""
    if line.note is not None:
        return _("%(who)s：%(promised)s") % {"who": line.note.with_whom, "promised": line.note.promised}
    if line.instruction is not None:
        return _("批示第%(n)s项") % {"n": line.instruction.ordinal}
    step = str(node_label(line.item.node)) if line.item is not None else str(line.case.get_state_display())
    if not line.part:
        return step
    return _("%(part)s（%(step)s）") % {"part": FormerHolder.Part(line.part).label, "step": step}


def kind_label(kind: str) -> str:
    """What a kind of held things is called."""
    named = {HandoverLine.PROMISE: _("电话承诺"), HandoverLine.INSTRUCTION: _("批示")}
    return named.get(kind) or str(Role(kind).label)


def held_by(person: User) -> list[Held]:
    """Everything the person holds, kind by kind, each kind in the order of the cases."""
    items, cases, panels, notes, given = gathered(
        _STEPS.of(person).select_related("task", *_CASE),
        _CASES.of(person).select_related(*(name.removeprefix("case__") for name in _CASE)),
        *(store.of(person).select_related("case", *_CASE) for store in (_PANELS, _PROMISED, _INSTRUCTED)),
    )
    found = [*_parts(person, items, cases), *_posts(person, items, panels)]
    found += [Held(kind=HandoverLine.PROMISE, case=note.case, note=note) for note in notes]
    found += [Held(kind=HandoverLine.INSTRUCTION, case=one.case, instruction=one) for one in given]
    taken = {held.item.pk for held in found if held.item is not None}
    found += [Held(kind=item.role, case=item.case, item=item) for item in items if item.pk not in taken]
    return sorted(found, key=lambda held: (_KINDS.index(held.kind), held.case.pk, held.key))


@dataclass(frozen=True)
class _Store:
    """Where people hold something: rows of a table that match, by the column that names the person."""

    rows: Callable[[], QuerySet[Any]]
    columns: tuple[str, ...]

    def of(self, person: User) -> QuerySet[Any]:
        """What one person holds of it."""
        mine = Q(pk__in=[])
        for column in self.columns:
            mine |= Q(**{column: person})
        return self.rows().filter(mine)

    def holders(self, people: QuerySet[User]) -> list[QuerySet[Any, int]]:
        """Who of ``people`` holds any of it, column by column, still to be read."""
        within = people.order_by().values("pk")
        return [
            self.rows().filter(**{f"{column}__in": within}).order_by().values_list(column, flat=True).distinct()
            for column in self.columns
        ]


_STEPS = _Store(lambda: WorkItem.objects.filter(state=WorkItem.State.OPEN).exclude(role=Role.EXPERT), ("assignee",))
_CASES = _Store(lambda: Case.objects.filter(state__in=sorted(OPEN)), ("officer", "drafter"))
_PANELS = _Store(lambda: Panel.objects.filter(state__in=sorted(RUNNING)), ("operator", "supervisor", "secretary"))
_PROMISED = _Store(lambda: PhoneNote.objects.filter(settled_at__isnull=True).exclude(promised=""), ("keeper",))
# What leaders asked of a person by name; what they asked of an office stays with the office.
_INSTRUCTED = _Store(lambda: Instruction.objects.filter(state__in=sorted(Instruction.UNSETTLED)), ("person",))
_STORES = (_STEPS, _CASES, _PANELS, _PROMISED, _INSTRUCTED)


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
    found = [held for store in _STORES for held in store.holders(people)]
    return {pk for rows in gathered(*found) for pk in rows}
