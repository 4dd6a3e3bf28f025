"""What a 接续单 says as plain values, and what must hold of it before anything is written (DOMAIN §16)."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from investreview.accounts.models import User
from investreview.core.errors import Invalid
from investreview.core.workdays import WorkCalendar
from investreview.projects.services.drafts import PartyInput
from investreview.projects.services.panels import Deviation, PanelSummary
from investreview.projects.states import PanelConclusion

PANEL = "panel"
"""Complete, and an expert panel is to be drawn here: what was begun on paper and not concluded begins anew."""
OPINION = "opinion"
DELIVER = "deliver"


@dataclass(frozen=True)
class EarlierStep:
    """One step of the signing chain that somebody did on paper: which, for which office, who, when, what they wrote."""

    key: str
    office: str
    person: User
    on: date
    text: str = ""


@dataclass(frozen=True)
class PaperProposal:
    """What the officer proposed on paper, and when."""

    proposal: str
    text: str
    on: date
    risks: tuple[str, ...] = ()
    refusal_reason: str = ""
    deviation: Deviation | None = None


@dataclass(frozen=True)
class PaperPanel:
    """What an expert panel concluded on paper: the number of its opinion, who sat on it, until when its conditions
    are to be met where the paper says so."""

    conclusion: str
    summary: PanelSummary
    opinion_number: str
    members: tuple[str, ...]
    conditions_due_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class TakeoverFacts:
    """Everything that is stated of a case that goes on here. Units: yuan, working days, legal dates."""

    enterprise_id: int
    name: str
    paper_number: str
    declared: dict[str, object]
    total_yuan: Decimal
    own_commitment_yuan: Decimal
    route: str
    released_on: date
    complete_on: date
    step: str
    elapsed_days: int
    as_of_on: date
    officer: User
    parties: tuple[PartyInput, ...] = ()
    proposal: PaperProposal | None = None
    earlier: tuple[EarlierStep, ...] = field(default=())
    panel: PaperPanel | None = None
    document_number: str = ""
    filing_number: str = ""

    @property
    def signed(self) -> EarlierStep | None:
        """The last step done on paper; of a case that only waits for its delivery, the signature."""
        return self.earlier[-1] if self.step == DELIVER and self.earlier else None


def check_conditions(conclusion: str, conditions: Sequence[str], *, held_on: date, due_on: date | None) -> None:
    """Nothing happens when the conditions on paper are those of a conditional pass, each one once.

    Raises: Invalid at its field (takeover_conditions_needed, takeover_conditions_unneeded, takeover_condition_twice,
    takeover_conditions_due, takeover_conditions_due_unneeded). Rule: DOMAIN §6, CONDITIONAL.
    """
    is_conditional = conclusion == PanelConclusion.CONDITIONAL
    if is_conditional and not conditions:
        raise Invalid("takeover_conditions_needed", field="panel_conditions")
    if not is_conditional and conditions:
        raise Invalid("takeover_conditions_unneeded", field="panel_conditions")
    for number, text in enumerate(conditions, 1):
        first = conditions.index(text) + 1
        if first != number:
            raise Invalid("takeover_condition_twice", field="panel_conditions", line=number, first=first)
    if due_on is not None and not conditions:
        raise Invalid("takeover_conditions_due_unneeded", field="panel_conditions_due_on")
    if due_on is not None and due_on < held_on:
        raise Invalid("takeover_conditions_due", field="panel_conditions_due_on", given=due_on, held_on=held_on)


def check_dates(facts: TakeoverFacts, *, today: date, calendar: WorkCalendar) -> None:
    """Nothing happens when the dates follow each other and the stated days could have gone by.

    Raises: Invalid at its field (takeover_dates, takeover_in_future, takeover_elapsed). Units: working days.
    """
    if facts.as_of_on > today:
        raise Invalid("takeover_in_future", field="as_of_on", given=facts.as_of_on)
    for (name, day), (later, later_day) in _in_order(facts):
        if later_day < day:
            raise Invalid("takeover_dates", field=later, earlier=name, earlier_on=day, later_on=later_day)
    most = calendar.count(facts.complete_on, facts.as_of_on)
    if facts.elapsed_days > most:
        raise Invalid("takeover_elapsed", field="elapsed_days", given=facts.elapsed_days, most=most)


def _in_order(facts: TakeoverFacts) -> Iterator[tuple[tuple[str, date], tuple[str, date]]]:
    """Pairs of which the second may not lie before the first; each with the field it stands in."""
    yield ("released_on", facts.released_on), ("complete_on", facts.complete_on)
    last = ("complete_on", facts.complete_on)
    for following in (*_done_on_paper(facts), ("as_of_on", facts.as_of_on)):
        yield last, following
        last = following


def _done_on_paper(facts: TakeoverFacts) -> Iterator[tuple[str, date]]:
    """The days of what was done after completeness, in the order in which it must have happened."""
    if facts.panel is not None:
        yield "panel_held_on", facts.panel.summary.held_on
    if facts.proposal is not None:
        if facts.proposal.deviation is not None:
            yield "deviation_on", facts.proposal.deviation.held_on
        yield "proposed_on", facts.proposal.on
    for step in facts.earlier:
        yield "earlier", step.on


def expected_steps(chain: Sequence[dict[str, object]], position: int) -> list[tuple[str, str]]:
    """Key and office of every opinion that must have been given before the step at ``position``."""
    found = []
    for step in chain[:position]:
        offices: Iterable[str] = step.get("offices") or ("",)  # type: ignore[assignment]
        found += [(str(step["key"]), office) for office in offices]
    return found
