"""试算: a new rule set is tried on every project of a commission before anybody publishes it. It only reads.

Rule: DOMAIN §3. Both sets judge the same facts: those that bind a case, of a paper decision what its ledger tells.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import OuterRef, Subquery

from investreview.core.scope import Scope
from investreview.projects.models import Case, PastDecision, RoutingRecord
from investreview.projects.past.selectors import counted_past, visible_past
from investreview.projects.routing import stored_facts
from investreview.projects.selectors import visible_cases
from investreview.registry.models import Commission
from investreview.rulebook.facts import CaseFacts, Nature, PlanStatus, ProjectKind
from investreview.rulebook.replaying import Shift, answer, shift_between
from investreview.rulebook.ruleset import RuleSetData
from investreview.rulebook.vocabulary import Route

LISTED = 50
"""So many projects of one shift are named; the others are counted."""


@dataclass(frozen=True, kw_only=True)
class Shifted:
    """The projects whose answer differs in one and the same way; named are only those the reader may know."""

    shift: Shift
    count: int
    cases: tuple[Case, ...]
    past: tuple[PastDecision, ...]

    @property
    def unnamed_count(self) -> int:
        """How many of them are not named."""
        return self.count - len(self.cases) - len(self.past)


@dataclass(frozen=True)
class Replay:
    """What became of all projects under the new set, changes of the route first, then by number."""

    case_count: int
    past_count: int
    shifted: tuple[Shifted, ...]

    @property
    def count(self) -> int:
        """How many projects would have been handled otherwise."""
        return sum(each.count for each in self.shifted)

    @property
    def rerouted_count(self) -> int:
        """How many of them would have taken another route."""
        return sum(each.count for each in self.shifted if each.shift.is_of_route)


@dataclass
class _Trial:
    """Projects of one sort under both sets: how many, and the keys of those that differ."""

    count: int = 0
    keys: dict[Shift, list[int]] = field(default_factory=dict)

    def to_name(self) -> set[int]:
        """The keys of the projects that are named, where the reader may know them."""
        return {key for keys in self.keys.values() for key in keys[:LISTED]}


def replay(commission: Commission, before: RuleSetData, after: RuleSetData, *, scope: Scope) -> Replay:
    """Every project that was ever judged, or taken up from paper, under both rule sets.

    Who may not know cases is told numbers only.
    """
    cases = _tried(_judged_cases(commission), before, after)
    past = _tried(_past_facts(commission), before, after)
    named = visible_cases(scope).select_related("project").in_bulk(cases.to_name())
    named_past = visible_past(scope).in_bulk(past.to_name())
    found = [
        Shifted(
            shift=shift,
            count=len(cases.keys.get(shift, ())) + len(past.keys.get(shift, ())),
            cases=tuple(named[key] for key in cases.keys.get(shift, ()) if key in named),
            past=tuple(named_past[key] for key in past.keys.get(shift, ()) if key in named_past),
        )
        for shift in dict.fromkeys([*cases.keys, *past.keys])
    ]
    found.sort(key=lambda each: (not each.shift.is_of_route, -each.count))
    return Replay(case_count=cases.count, past_count=past.count, shifted=tuple(found))


def _tried(projects: Iterator[tuple[int, CaseFacts]], before: RuleSetData, after: RuleSetData) -> _Trial:
    trial = _Trial()
    for key, facts in projects:
        trial.count += 1
        shift = shift_between(answer(facts, before), answer(facts, after))
        if shift is not None:
            trial.keys.setdefault(shift, []).append(key)
    return trial


def _judged_cases(commission: Commission) -> Iterator[tuple[int, CaseFacts]]:
    """Each case that was ever judged, with the facts that bind it: confirmed, else those of the last release."""
    of_the_case = RoutingRecord.objects.filter(case=OuterRef("case")).order_by("occasion", "-id")
    binding = RoutingRecord.objects.filter(case__commission=commission, pk=Subquery(of_the_case.values("pk")[:1]))
    for case_id, facts in binding.order_by("pk").values_list("case_id", "facts"):
        yield case_id, stored_facts(facts)


def _past_facts(commission: Commission) -> Iterator[tuple[int, CaseFacts]]:
    """Each accepted paper decision as far as its ledger tells: amount, kind, nature, and whether it was an acquisition.

    What the ledger does not tell is taken as usual: in the plan, at home, nothing of the negative list.
    """
    columns = ("pk", "amount_yuan", "kind", "nature", "route")
    counted = counted_past().filter(commission=commission).order_by("pk")
    for key, amount, kind, nature, route in counted.values_list(*columns):
        yield key, _ledger_facts(amount, kind, nature, route)


def _ledger_facts(amount_yuan: Decimal, kind: str, nature: str, route: str) -> CaseFacts:
    return CaseFacts(
        own_commitment_yuan=amount_yuan,
        total_investment_yuan=amount_yuan,
        controls_project=True,
        nature=Nature(nature),
        kind=ProjectKind(kind),
        plan=PlanStatus.IN_PLAN,
        is_private_acquisition_with_control=route == Route.ACQUISITION,
    )
