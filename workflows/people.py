"""Who could do a step: for its transfer, and for a decision that was made on paper."""

from datetime import datetime

from investreview.accounts.models import Substitution, User
from investreview.accounts.permissions import people_holding, read_rights
from investreview.accounts.selectors import users_holding
from investreview.core.clock import legal_date
from investreview.core.errors import DomainError
from investreview.core.gathering import gathered
from investreview.core.roles import Role
from investreview.registry.rules import ancestor_paths
from workflows.models import WorkItem
from workflows.permissions import acting_for


def possible_deciders(item: WorkItem, *, at: datetime) -> list[User]:
    """Everybody whose decision on this step would count: holders of the role and their substitutes, duties apart."""
    holding, today = people_holding(Role(item.role), ancestor_paths(item.path), item.office, at), legal_date(at)
    lending = Substitution.objects.filter(
        principal__in=holding, role=item.role, valid_from__lte=today, valid_until__gte=today, ended_at__isnull=True
    )
    holders, lent = gathered(holding.select_related("office"), lending.select_related("substitute"))
    people = {person.pk: person for person in holders} | {one.substitute_id: one.substitute for one in lent}
    read_rights(people.values(), at)
    return [person for person in people.values() if _may_act(person, item, at)]


def possible_successors(item: WorkItem, *, giver: User, at: datetime) -> list[User]:
    """The holders of the role who could take this step over from ``giver`` and its present holder, duties apart."""
    holder = item.assignee
    kept = {giver.pk, item.assignee_id}
    people = users_holding(Role(item.role), item.path, item.office, at=at)
    read_rights(people, at)
    try:
        return [one for one in people if one.pk not in kept and _may_act_when_assigned(one, item, at)]
    finally:
        item.assignee = holder


def _may_act_when_assigned(person: User, item: WorkItem, at: datetime) -> bool:
    item.assignee = person
    return _may_act(person, item, at)


def _may_act(person: User, item: WorkItem, at: datetime) -> bool:
    try:
        acting_for(user=person, item=item, at=at)
    except DomainError:
        return False
    return True
