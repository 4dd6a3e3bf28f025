"""试算: how a new rule set would have answered where another did. Pure. Rule: DOMAIN §3."""

from dataclasses import dataclass
from typing import TypeVar

from investreview.rulebook.facts import CaseFacts
from investreview.rulebook.matching import judge, outcome
from investreview.rulebook.materials import demands
from investreview.rulebook.provisions import RuleSetData
from investreview.rulebook.vocabulary import Duty, Route

Thing = TypeVar("Thing")


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What a rule set asks of one set of facts: matching rows, route, duties, clock, materials it must bring.

    Units: working days; None where the route has no clock.
    """

    rows: tuple[str, ...]
    route: Route
    duties: tuple[Duty, ...]
    clock_days: int | None
    materials: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Shift:
    """How one answer differs from another; equal shifts are told once, with the projects that share them."""

    route: Route
    new_route: Route
    clock_days: int | None
    new_clock_days: int | None
    gone_rows: tuple[str, ...]
    new_rows: tuple[str, ...]
    gone_duties: tuple[Duty, ...]
    new_duties: tuple[Duty, ...]
    gone_materials: tuple[str, ...]
    new_materials: tuple[str, ...]

    @property
    def is_of_route(self) -> bool:
        """Whether the projects would have gone another way."""
        return self.route is not self.new_route


def answer(facts: CaseFacts, rules: RuleSetData) -> Answer:
    """What the rule set asks for these facts."""
    judged = judge(facts, rules)
    found = outcome(judged)
    return Answer(
        rows=tuple(one.row.key for one in judged if one.verdict),
        route=found.route,
        duties=found.duties,
        clock_days=rules.clock_days(found.route),
        materials=tuple(slot.code for slot, _level, applies in demands(facts, found.route, rules, judged) if applies),
    )


def shift_between(before: Answer, after: Answer) -> Shift | None:
    """The difference of two answers; nothing where route, duties, clock and materials are the same.

    Rows tell why; rows alone, with the same consequence, are no difference.
    """
    asked = (before.route, set(before.duties), before.clock_days, set(before.materials))
    if asked == (after.route, set(after.duties), after.clock_days, set(after.materials)):
        return None
    return Shift(
        route=before.route,
        new_route=after.route,
        clock_days=before.clock_days,
        new_clock_days=after.clock_days,
        gone_rows=_only(before.rows, after.rows),
        new_rows=_only(after.rows, before.rows),
        gone_duties=_only(before.duties, after.duties),
        new_duties=_only(after.duties, before.duties),
        gone_materials=_only(before.materials, after.materials),
        new_materials=_only(after.materials, before.materials),
    )


def _only(these: tuple[Thing, ...], those: tuple[Thing, ...]) -> tuple[Thing, ...]:
    return tuple(one for one in these if one not in those)
