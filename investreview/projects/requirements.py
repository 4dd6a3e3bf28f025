"""Which materials a case needs, by the rule set that judges it."""

from datetime import date

from investreview.core import clock
from investreview.projects.models import Case
from investreview.projects.routing import Judged, judged
from investreview.rulebook.materials import Requirement, requirements


def requirements_of(case: Case, on: date | None = None) -> tuple[Requirement, ...]:
    """Every slot of the catalogue with its level for this case; nothing while the facts do not say the route yet."""
    return requirements_as_judged(judged(case, on or clock.today()))


def requirements_as_judged(found: Judged) -> tuple[Requirement, ...]:
    """The same for a case whose facts were judged already."""
    if found.facts is None or found.decision is None:
        return ()
    return requirements(found.facts, found.decision.route, found.rule_set.data)
