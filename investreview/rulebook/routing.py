"""分档: from the facts of a case to its route, duties and reasons. Pure and deterministic.

Rule: DOMAIN §3. The strictest matching row gives the route, the duties of all matching rows add up, every row is
kept as a reason, and the nearest change of the amount that would alter the answer is named to the fen.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from investreview.rulebook.code_version import CODE_VERSION
from investreview.rulebook.facts import CaseFacts
from investreview.rulebook.matching import Judged, judge, outcome
from investreview.rulebook.names import Words
from investreview.rulebook.nearest import NearestChange, nearest_change
from investreview.rulebook.provisions import RuleSetData
from investreview.rulebook.sentences import explained, value
from investreview.rulebook.vocabulary import Duty, Route

__all__ = ["CODE_VERSION", "Decision", "Duty", "NearestChange", "Reason", "Route", "route", "what_if"]


@dataclass(frozen=True, kw_only=True)
class Reason:
    """What one row said: its key, citation, the values it looked at, and a sentence in both languages.

    ``unknown``: a fact the row needs is not known; such a row does not match, and a person has to look.
    """

    rule: str
    citation: str
    value: str
    matched: bool
    unknown: bool
    text: str
    text_en: str


@dataclass(frozen=True, kw_only=True)
class Decision:
    """The answer of the rule book for one set of facts, with everything it rests on."""

    route: Route
    duties: tuple[Duty, ...]
    reasons: tuple[Reason, ...]
    nearest: NearestChange | None
    rule_set: str
    code_version: str


def route(facts: CaseFacts, rules: RuleSetData) -> Decision:
    """The strictest matching row's route, the duties of all, a reason for every row, and the nearest change."""
    judged = judge(facts, rules)
    found = outcome(judged)
    return Decision(
        route=found.route,
        duties=found.duties,
        reasons=tuple(_reason(one, facts) for one in judged),
        nearest=nearest_change(facts, rules),
        rule_set=rules.code,
        code_version=CODE_VERSION,
    )


def what_if(facts: CaseFacts, rule_sets: Iterable[RuleSetData]) -> tuple[Decision, ...]:
    """How each of several rule sets would answer for the same facts, in their order."""
    return tuple(route(facts, rules) for rules in rule_sets)


def _reason(judged: Judged, facts: CaseFacts) -> Reason:
    row = judged.row
    words = explained(Words(row.title, row.title_en), row.when, facts, judged.verdict)
    return Reason(
        rule=row.key,
        citation=row.citation,
        value=value(row.when, facts),
        matched=judged.verdict is True,
        unknown=judged.verdict is None,
        text=words.zh,
        text_en=words.en,
    )
