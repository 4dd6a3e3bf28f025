"""Which rows of a rule set hold for the facts, and what follows from them. Pure."""

from dataclasses import dataclass

from investreview.rulebook.facts import CaseFacts
from investreview.rulebook.provisions import Row, RuleSetData
from investreview.rulebook.vocabulary import Duty, Route


@dataclass(frozen=True)
class Judged:
    """A row and its verdict; None when a fact it needs is unknown."""

    row: Row
    verdict: bool | None


@dataclass(frozen=True)
class Outcome:
    """What the matching rows come to."""

    route: Route
    duties: tuple[Duty, ...]


def judge(facts: CaseFacts, rules: RuleSetData) -> tuple[Judged, ...]:
    """Every row of the set with its verdict, strictest first; the row without condition holds where no route does."""
    verdicts = {row.key: row.when.holds(facts) for row in rules.rows if row.when is not None}
    is_routed = any(row.route is not None and verdicts.get(row.key) for row in rules.rows)
    return tuple(Judged(row, verdicts.get(row.key) if row.when is not None else not is_routed) for row in rules.rows)


def outcome(judged: tuple[Judged, ...]) -> Outcome:
    """The route of the strictest matching row and the duties of all matching rows, each once, strictest first."""
    matching = [one.row for one in judged if one.verdict]
    duties = dict.fromkeys(duty for row in matching for duty in row.duties)
    return Outcome(route=next(row.route for row in matching if row.route is not None), duties=tuple(duties))
