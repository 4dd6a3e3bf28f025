"""Whether an enterprise has pledged (承诺确认) what the rules ask of it before its draft is handed over."""

from investreview.core.errors import Invalid
from investreview.projects.models import Case, Pledge
from investreview.projects.record import listed
from investreview.projects.rules import Verb, is_allowed
from investreview.rulebook.models import RuleSet


def pledge_of(case: Case, rule_set: RuleSet) -> Pledge | None:
    """The pledges upon the declaration as it is now; nothing when it changed since.

    As long as they can be made again, they also fall when other rules than those pledged upon would judge the case.
    """
    version, may_pledge = case.declaration.version, is_allowed(Verb.PLEDGE, case.state)
    made: list[Pledge] = [one for one in listed(case, "pledges") if one.declaration_version == version]
    return next((one for one in made if one.rule_set_id == rule_set.pk or not may_pledge), None)


def require_pledged(case: Case, rule_set: RuleSet) -> None:
    """Nothing happens when every pledge of the rules was confirmed upon the present declaration.

    Raises: Invalid (projects_pledges_missing).
    """
    if pledge_of(case, rule_set) is None:
        raise Invalid("projects_pledges_missing")
