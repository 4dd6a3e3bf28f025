"""The enterprise confirms its pledges item by item."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from investreview.core.clock import legal_date
from investreview.core.errors import Invalid
from investreview.core.roles import Role
from investreview.projects.acting import Acting
from investreview.projects.models import Declaration, Pledge
from investreview.projects.permissions import require_role
from investreview.projects.pledging import pledge_of
from investreview.projects.routing import rule_set_for
from investreview.projects.rules import Verb
from investreview.projects.services.common import lock_case, note, require_state


def confirm_pledges(*, acting: Acting, case_id: int, version: int, keys: Collection[str], at: datetime) -> Pledge:
    """All pledges stand confirmed upon the declaration's ``version``, in the words of the rules; once is enough.

    Raises: Forbidden, Stale (the declaration changed meanwhile), Invalid (projects_pledges_open) while one is not
    confirmed. Journal: case.pledge.
    """
    with transaction.atomic():
        case = lock_case(case_id)
        require_role(acting, Role.ENTERPRISE_DRAFTER, case)
        require_state(case, Verb.PLEDGE)
        declaration = Declaration.objects.select_for_update().get(case=case)
        declaration.check_version(version)
        case.declaration = declaration
        rule_set = rule_set_for(case, legal_date(at))
        open_clauses = [clause for clause in rule_set.data.pledges if clause.key not in keys]
        if open_clauses:
            raise Invalid("projects_pledges_open", count=len(open_clauses))
        standing = pledge_of(case, rule_set)
        if standing is not None:
            return standing
        pledge: Pledge = Pledge.objects.create(
            case=case,
            declaration_version=declaration.version,
            rule_set=rule_set,
            items=[{"key": one.key, "citation": one.citation, "text": one.text} for one in rule_set.data.pledges],
            pledged_by=acting.person,
            pledged_at=at,
        )
        facts = {"declaration_version": declaration.version, "rule_set": rule_set.code}
        note(case, Verb.PLEDGE, acting=acting, at=at, facts=facts)
        return pledge
