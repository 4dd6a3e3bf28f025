"""Terms in a pool: the pool keeper proposes, the office head admits, refuses and removes (DOMAIN §1, §6)."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q

from experts.models import Expert, Membership
from experts.permissions import require_pool_role
from experts.rules.eligibility import Person, unfitness
from experts.services.keeping import lock_expert, note, save_expert
from investreview.core.clock import legal_date
from investreview.core.dates import months_later
from investreview.core.errors import Forbidden, Invalid, NotVisible
from investreview.core.roles import Role
from investreview.core.text import clean_line
from investreview.projects.acting import Acting
from investreview.rulebook.panels import PanelRules
from investreview.rulebook.selectors import rule_set_in_force
from investreview.rulebook.vocabulary import PoolKind

_DAY = timedelta(days=1)


def propose_member(*, acting: Acting, expert_id: int, version: int, pool: PoolKind, at: datetime) -> Membership:
    """The expert waits for the office head's admission to ``pool``, for a first term or the one after the present.

    Raises: NotVisible, Forbidden, Stale, Invalid (experts_proposed_already, experts_next_term_known,
    experts_not_qualified). Rule: DOMAIN §6, Qualification. Journal: expert.propose
    """
    with transaction.atomic():
        expert = lock_expert(expert_id, version=version)
        require_pool_role(acting, expert.commission, Role.POOL_KEEPER)
        today = legal_date(at)
        standing = expert.memberships.filter(pool=pool, removed_on__isnull=True)
        if standing.filter(admitted_on__isnull=True).exists():
            raise Invalid("experts_proposed_already", pool=pool.value)
        if standing.filter(admitted_on__gt=today).exists():
            raise Invalid("experts_next_term_known", pool=pool.value)
        _require_qualified(expert, pool, _rules(expert, today), today)
        membership: Membership = Membership.objects.create(
            expert=expert, pool=pool.value, proposed_by=acting.person, proposed_at=at
        )
        save_expert(expert)
        note("expert.propose", expert, acting=acting, at=at, facts={"pool": pool.value})
        return membership


def admit_member(*, acting: Acting, expert_id: int, version: int, membership_id: int, at: datetime) -> Membership:
    """The expert is of the pool for a term: from today, or from the day after the term that still runs.

    Units: whole years of the rule set. Raises: NotVisible, Forbidden (experts_role_missing,
    experts_admit_own_proposal), Stale, Invalid (experts_proposal_settled, experts_not_qualified).
    Rule: DOMAIN §6, term 3 years; admitted by another than who proposed. Journal: expert.admit
    """
    with transaction.atomic():
        expert = lock_expert(expert_id, version=version)
        require_pool_role(acting, expert.commission, Role.OFFICE_HEAD)
        membership = _proposal(expert, membership_id)
        if membership.proposed_by_id in acting.person_ids:
            raise Forbidden("experts_admit_own_proposal")
        today = legal_date(at)
        rules = _rules(expert, today)
        pool = PoolKind(membership.pool)
        _require_qualified(expert, pool, rules, today)
        membership.admitted_by = acting.person
        membership.admitted_on = _first_day(expert, pool, today)
        membership.term_until = months_later(membership.admitted_on, 12 * rules.term_years) - _DAY
        membership.save()
        save_expert(expert)
        facts = {"pool": pool.value, "admitted_on": membership.admitted_on, "term_until": membership.term_until}
        note("expert.admit", expert, acting=acting, at=at, facts=facts)
        return membership


def refuse_member(
    *, acting: Acting, expert_id: int, version: int, membership_id: int, reason: str, at: datetime
) -> Membership:
    """The proposal is refused and stays in the history. Raises and Rule: as ``admit_member``. Journal: expert.refuse"""
    with transaction.atomic():
        expert = lock_expert(expert_id, version=version)
        require_pool_role(acting, expert.commission, Role.OFFICE_HEAD)
        membership = _proposal(expert, membership_id)
        membership.removed_by = acting.person
        membership.removed_on = legal_date(at)
        membership.removal_reason = clean_line(reason)
        membership.save()
        save_expert(expert)
        facts = {"pool": membership.pool, "reason": membership.removal_reason}
        note("expert.refuse", expert, acting=acting, at=at, facts=facts)
        return membership


def remove_member(*, acting: Acting, expert_id: int, version: int, pool: PoolKind, reason: str, at: datetime) -> Expert:
    """From today the expert is not of ``pool``: the running term, a later one and an open proposal end.

    Raises: NotVisible, Forbidden, Stale, Invalid (experts_no_member, text_*). Rule: DOMAIN §6. Journal: expert.remove
    """
    with transaction.atomic():
        expert = lock_expert(expert_id, version=version)
        require_pool_role(acting, expert.commission, Role.OFFICE_HEAD)
        today, stated = legal_date(at), clean_line(reason)
        running = Q(admitted_on__isnull=True) | Q(term_until__gte=today)
        ended = expert.memberships.filter(running, pool=pool.value, removed_on__isnull=True).update(
            removed_on=today, removed_by=acting.person, removal_reason=stated
        )
        if not ended:
            raise Invalid("experts_no_member")
        save_expert(expert)
        note("expert.remove", expert, acting=acting, at=at, facts={"pool": pool.value, "reason": stated})
        return expert


def _rules(expert: Expert, today: date) -> PanelRules:
    return rule_set_in_force(expert.commission, today).data.panel


def _proposal(expert: Expert, membership_id: int) -> Membership:
    membership: Membership | None = expert.memberships.filter(pk=membership_id).first()
    if membership is None:
        raise NotVisible("experts_pool_not_visible")
    if membership.admitted_on is not None or membership.removed_on is not None:
        raise Invalid("experts_proposal_settled")
    return membership


def _first_day(expert: Expert, pool: PoolKind, today: date) -> date:
    """Today, or the day after the last term that has not been cut short."""
    terms = expert.memberships.filter(pool=pool.value, removed_on__isnull=True, term_until__gte=today)
    last = terms.order_by("-term_until").values_list("term_until", flat=True).first()
    return today if last is None else last + _DAY


def _require_qualified(expert: Expert, pool: PoolKind, rules: PanelRules, today: date) -> None:
    """Nothing happens for somebody whom the pool can take. Raises: Invalid (experts_not_qualified).

    Age and years are asked of the pool that panels are drawn from; inspectors are people in post (DOMAIN §6).
    """
    if pool != rules.pool:
        return
    person = Person(born_on=expert.born_on, in_field_since=expert.in_field_since)
    reasons = unfitness(person, rules, today)
    if reasons:
        raise Invalid(
            "experts_not_qualified",
            citation=rules.citation_of("oldest_years"),
            oldest=rules.oldest_years,
            years=rules.field_years,
        )
