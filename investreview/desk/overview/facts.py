"""What the overview is counted from: a plain row for each case, step, decision on paper and sampled project."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from django.urls import reverse

from investreview.core.workdays import WorkCalendar
from investreview.projects.deadlines import deadline
from investreview.projects.models import Project
from investreview.projects.states import DECIDED, FILED_STATES, OPEN, CaseState


class Kind(StrEnum):
    """What a case is to the overview; nothing is two of them."""

    SELF_DECIDED = "SELF_DECIDED"
    FILED = "FILED"
    REFUSED = "REFUSED"
    SECOND_REVIEWED = "SECOND_REVIEWED"
    UNDER_WAY = "UNDER_WAY"
    ENDED_OTHERWISE = "ENDED_OTHERWISE"


def kind_of(state: str, *, needs_panel: bool) -> Kind:
    """Second reviews are decided cases whose panel was asked for, whatever was decided; they never count as filed."""
    if state in DECIDED and needs_panel:
        return Kind.SECOND_REVIEWED
    if state in FILED_STATES:
        return Kind.FILED
    if state == CaseState.REFUSED:
        return Kind.REFUSED
    if state == CaseState.ENTERPRISE_DECIDED:
        return Kind.SELF_DECIDED
    return Kind.UNDER_WAY if state in OPEN else Kind.ENDED_OTHERWISE


@dataclass(frozen=True, slots=True)
class CaseFact:
    """One case, or one accepted decision of the past (``past_id``).

    ``decided_on`` is the legal date of the signature (or of the record that the enterprise decides itself), ``days``
    what the whole clock had used by then and ``panel_days`` what the experts had apart from it; both only of cases
    whose clock counts in statistics (DOMAIN §16). Units: ``*_yuan`` yuan, ``*days`` working days.
    """

    number: str
    project: str
    group_id: int
    group: str
    applicant: str
    kind: Kind
    state: str
    route: str
    origin: str
    amount_yuan: Decimal | None
    routing_yuan: Decimal | None
    decided_on: date | None
    needs_panel: bool = False
    conclusion: str = ""
    days: int | None = None
    panel_days: int | None = None
    released_on: date | None = None
    is_late: bool = False
    is_invested_first: bool = False
    whole_due_on: date | None = None
    pk: int = 0
    past_id: int = 0

    @property
    def url(self) -> str:
        """Where it is read."""
        return (
            reverse("past:decision", args=[self.past_id]) if self.past_id else reverse("desk:case", args=[self.number])
        )

    @property
    def is_measured(self) -> bool:
        """Whether clock and route count in statistics: begun here, neither entered afterwards nor taken over."""
        return self.origin == Project.Origin.NATIVE


@dataclass(frozen=True, slots=True)
class OpenStep:
    """One step that waits. ``who`` is a person's name, or the role where nobody has claimed it or no name is told."""

    case_id: int
    node: str
    who: str
    due_on: date | None


@dataclass(frozen=True, slots=True)
class DoneStep:
    """One step that was done, on a case whose clock counts. Units: working days from its arrival to the act."""

    number: str
    project: str
    group: str
    node: str
    done_on: date
    days: int

    @property
    def url(self) -> str:
        """Where its case is read."""
        return reverse("desk:case", args=[self.number])


@dataclass(frozen=True, slots=True)
class PaperFact:
    """One decision that was made on paper and entered; ``is_compared``: another person has compared it."""

    number: str
    project: str
    group: str
    node: str
    decider: str
    dated_on: date
    is_compared: bool
    is_late: bool

    @property
    def url(self) -> str:
        """Where its case is read."""
        return reverse("desk:case", args=[self.number])


@dataclass(frozen=True, slots=True)
class PanelFact:
    """A panel whose members are being asked: how many of its places have confirmed."""

    case_id: int
    size: int
    confirmed: int
    meets_on: date


@dataclass(frozen=True, slots=True)
class ConditionFact:
    """Conditions of a panel, due on one day, that the enterprise has not proven yet."""

    number: str
    project: str
    group: str
    due_on: date
    count: int

    @property
    def url(self) -> str:
        """Where its case is read."""
        return reverse("desk:case", args=[self.number])


@dataclass(frozen=True, slots=True)
class FrameFact:
    """One project of the year's published frame. Units: yuan."""

    project_id: int
    code: str
    project: str
    group: str
    amount_yuan: Decimal
    is_must: bool
    is_picked: bool

    @property
    def url(self) -> str:
        """Where its course is read."""
        return reverse("evaluations:project", args=[self.project_id])


@dataclass(frozen=True, slots=True)
class Delay:
    """What of an open case is due first: a step (``node``), or the whole clock (no ``node``).

    Units: working days left, negative once overdue.
    """

    case: CaseFact
    node: str
    who: str
    due_on: date
    left: int


def first_due(case: CaseFact, steps: list[OpenStep], today: date, calendar: WorkCalendar) -> Delay | None:
    """What is due first of an open case; nothing where no day runs."""
    days = [(one.due_on, one.node, one.who) for one in steps if one.due_on is not None]
    if case.whole_due_on is not None:
        days.append((case.whole_due_on, "", ""))
    if not days:
        return None
    due_on, node, who = min(days, key=lambda one: (one[0], one[1] == ""))
    return Delay(case, node, who, due_on, deadline(due_on, today, calendar).remaining or 0)
