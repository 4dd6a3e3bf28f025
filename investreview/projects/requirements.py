"""Which materials a case needs, by the rule set that judges it."""

from datetime import date

from investreview.core import clock
from investreview.projects.models import Case
from investreview.projects.routing import case_facts, decide, is_routable, rule_set_for
from investreview.rulebook.materials import Requirement, requirements


def requirements_of(case: Case, on: date | None = None) -> tuple[Requirement, ...]:
    """Every slot of the catalogue with its level for this case; nothing while the facts do not say the route yet."""
    day = on or clock.today()
    if not is_routable(case):
        return ()
    decision = decide(case, day)
    return requirements(case_facts(case), decision.route, rule_set_for(case, day).data)
