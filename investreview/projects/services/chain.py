"""Where a case stands in its signing chain, asked the same way by every act of the chain."""

from investreview.core.errors import Invalid
from investreview.core.roles import Role
from investreview.projects.models import Case
from investreview.projects.rules import Verb
from investreview.projects.services.common import lock_case, require_state
from investreview.rulebook.chain import StepKind


def at_step(case_id: int, version: int | None, verb: Verb, *kinds: StepKind) -> tuple[Case, str, Role]:
    """The locked case, the key of its present chain step and the step's role; the step is one of ``kinds``."""
    case = lock_case(case_id, version=version)
    require_state(case, verb)
    step = case.chain_step
    if not case.round or step is None or (kinds and StepKind(str(step["kind"])) not in kinds):
        raise Invalid("projects_not_allowed_in_state", state=case.get_state_display())
    return case, str(step["key"]), Role(str(step["role"]))
