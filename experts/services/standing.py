"""What keeps an expert out for a time: conflict parties (利害关系单位) and suspensions (暂停)."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from experts.models import ConflictParty, Suspension
from experts.permissions import POOL_WRITERS, require_pool_role
from experts.services.keeping import lock_expert, note, require_in_order, require_past, save_expert
from experts.services.organisations import OrganisationName, named_organisation
from experts.states import ConflictKind
from investreview.core.errors import Invalid, NotVisible
from investreview.core.roles import Role
from investreview.core.text import clean_line
from investreview.projects.acting import Acting


@dataclass(frozen=True, kw_only=True)
class ConflictFacts:
    """Why the expert stands aside from an organisation, since when, and what it rests on."""

    named: OrganisationName
    kind: ConflictKind
    basis: str
    from_on: date
    until_on: date | None = None


def add_conflict(*, acting: Acting, expert_id: int, version: int, facts: ConflictFacts, at: datetime) -> ConflictParty:
    """The expert stands aside from the organisation while the conflict lasts, a dispute also for the look-back.

    Raises: NotVisible, Forbidden, Stale, Invalid (experts_date_in_future, experts_period_reversed,
    experts_organisation_*, registry_code_*, text_*). Journal: expert.add_conflict
    """
    with transaction.atomic():
        expert = lock_expert(expert_id, version=version)
        require_pool_role(acting, expert.commission, Role.POOL_KEEPER)
        require_past(facts.from_on, at, field="from_on")
        require_in_order(facts.from_on, facts.until_on, field="until_on")
        conflict: ConflictParty = ConflictParty.objects.create(
            expert=expert,
            organisation=named_organisation(facts.named, at=at),
            kind=facts.kind,
            basis=clean_line(facts.basis),
            from_on=facts.from_on,
            until_on=facts.until_on,
            noted_by=acting.person,
            noted_at=at,
        )
        save_expert(expert)
        note("expert.add_conflict", expert, acting=acting, at=at, facts=_told(conflict))
        return conflict


def end_conflict(
    *, acting: Acting, expert_id: int, version: int, conflict_id: int, until_on: date, at: datetime
) -> ConflictParty:
    """The conflict ended on ``until_on``, a day that has come.

    Raises: NotVisible, Forbidden, Stale, Invalid (experts_ended_already, experts_period_reversed,
    experts_date_in_future). Journal: expert.end_conflict
    """
    with transaction.atomic():
        expert = lock_expert(expert_id, version=version)
        require_pool_role(acting, expert.commission, Role.POOL_KEEPER)
        conflict = expert.conflict_parties.select_related("organisation").filter(pk=conflict_id).first()
        if conflict is None:
            raise NotVisible("experts_pool_not_visible")
        if conflict.until_on is not None:
            raise Invalid("experts_ended_already", field="until_on", given=conflict.until_on)
        require_in_order(conflict.from_on, until_on, field="until_on")
        require_past(until_on, at, field="until_on")
        conflict.until_on = until_on
        conflict.save(update_fields=["until_on"])
        save_expert(expert)
        note("expert.end_conflict", expert, acting=acting, at=at, facts=_told(conflict))
        return conflict


def suspend(
    *,
    acting: Acting,
    expert_id: int,
    version: int,
    reason: str,
    from_on: date,
    until_on: date | None = None,
    at: datetime,
) -> Suspension:
    """The expert is left out of draws from ``from_on`` on, to ``until_on`` or until it is lifted.

    Raises: NotVisible, Forbidden, Stale, Invalid (experts_period_reversed, text_*). Journal: expert.suspend
    """
    with transaction.atomic():
        expert = lock_expert(expert_id, version=version)
        require_pool_role(acting, expert.commission, *sorted(POOL_WRITERS))
        require_in_order(from_on, until_on, field="until_on")
        suspension: Suspension = Suspension.objects.create(
            expert=expert,
            reason=clean_line(reason),
            from_on=from_on,
            until_on=until_on,
            noted_by=acting.person,
            noted_at=at,
        )
        save_expert(expert)
        facts = {"reason": suspension.reason, "from_on": from_on, "until_on": until_on}
        note("expert.suspend", expert, acting=acting, at=at, facts=facts)
        return suspension


def lift_suspension(
    *, acting: Acting, expert_id: int, version: int, suspension_id: int, until_on: date, reason: str, at: datetime
) -> Suspension:
    """``until_on`` is the last day of the suspension. Only the office head lifts: who keeps the records could choose.

    Raises: NotVisible, Forbidden, Stale, Invalid (experts_ended_already when it is over by then,
    experts_period_reversed, text_*). Journal: expert.lift_suspension
    """
    with transaction.atomic():
        expert = lock_expert(expert_id, version=version)
        require_pool_role(acting, expert.commission, Role.OFFICE_HEAD)
        suspension: Suspension | None = expert.suspensions.filter(pk=suspension_id).first()
        if suspension is None:
            raise NotVisible("experts_pool_not_visible")
        if suspension.until_on is not None and suspension.until_on <= until_on:
            raise Invalid("experts_ended_already", field="until_on", given=suspension.until_on)
        require_in_order(suspension.from_on, until_on, field="until_on")
        stated = clean_line(reason)
        suspension.until_on = until_on
        suspension.save(update_fields=["until_on"])
        save_expert(expert)
        facts = {"suspended_for": suspension.reason, "reason": stated, "until_on": until_on}
        note("expert.lift_suspension", expert, acting=acting, at=at, facts=facts)
        return suspension


def _told(conflict: ConflictParty) -> dict[str, object]:
    return {
        "kind": conflict.kind,
        "organisation": conflict.organisation.name,
        "basis": conflict.basis,
        "from_on": conflict.from_on,
        "until_on": conflict.until_on,
    }
