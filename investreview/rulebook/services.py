"""The verbs on rule sets: drafted by the keeper, published by the office head, never changed after that."""

from datetime import datetime, timedelta
from hashlib import sha256

from django.db import transaction

from investreview.core.actor import Actor
from investreview.core.clock import legal_date
from investreview.core.errors import Invalid
from investreview.core.scope import Scope
from investreview.journal.services import record
from investreview.registry.models import Commission
from investreview.rulebook.models import RuleSet
from investreview.rulebook.permissions import require_keeper, require_publisher
from investreview.rulebook.ruleset import read_rule_file


def load_rule_set(*, commission: Commission, content: bytes, actor: Actor, at: datetime) -> RuleSet:
    """A draft holds the reviewed file; for the operator's doors (founding, command), which ask for no role.

    The same bytes loaded again change nothing. Raises: Invalid (rulebook_*, rulebook_code_taken).
    Journal: rule_set.draft
    """
    return _draft(commission, content, drafter_id=None, actor=actor, at=at)


def draft_rule_set(*, commission: Commission, content: bytes, scope: Scope, actor: Actor, at: datetime) -> RuleSet:
    """A draft holds what the rule keeper wrote; an earlier draft of the same code gives way.

    Raises: Forbidden (rulebook_keeper_only), Invalid (rulebook_*, rulebook_code_taken).
    Journal: rule_set.draft
    """
    require_keeper(scope, commission)
    return _draft(commission, content, drafter_id=scope.user_id, actor=actor, at=at)


def publish_rule_set(*, commission: Commission, code: str, scope: Scope, actor: Actor, at: datetime) -> RuleSet:
    """The draft is law from its first day on; its predecessor has got its last day. Neither changes any more.

    Raises: Forbidden (rulebook_head_only, rulebook_same_person), Invalid (rulebook_not_draft,
    rulebook_not_retroactive, rulebook_not_after_predecessor).
    Journal: rule_set.publish
    """
    with transaction.atomic():
        rule_set = _locked_draft(commission, code)
        require_publisher(scope, commission, rule_set.drafted_by_id)
        if rule_set.effective_from < legal_date(at):
            raise Invalid("rulebook_not_retroactive", rule_set=code, first=rule_set.effective_from)
        predecessor = RuleSet.objects.filter(commission=commission, state=RuleSet.State.IN_FORCE).first()
        if predecessor is not None:
            _end(predecessor, rule_set)
        rule_set.published_by_id = scope.user_id
        _publish(rule_set, actor=actor, at=at, verb="rule_set.publish", predecessor=predecessor)
        return rule_set


def put_in_force_at_founding(*, rule_set: RuleSet, actor: Actor, at: datetime) -> RuleSet:
    """The commission's first rule set is law from the first day it names, also in the past; done twice, as done once.

    Raises: Invalid (rulebook_founding_over) when the commission already has published rules.
    Journal: rule_set.found
    """
    with transaction.atomic():
        Commission.objects.select_for_update(no_key=True).get(pk=rule_set.commission_id)
        published = RuleSet.objects.filter(commission=rule_set.commission).exclude(state=RuleSet.State.DRAFT)
        if published.filter(pk=rule_set.pk).exists():
            return published.get(pk=rule_set.pk)
        if published.exists():
            raise Invalid("rulebook_founding_over", rule_set=rule_set.code)
        draft = _locked_draft(rule_set.commission, rule_set.code)
        _publish(draft, actor=actor, at=at, verb="rule_set.found", predecessor=None)
        return draft


def _draft(commission: Commission, content: bytes, *, drafter_id: int | None, actor: Actor, at: datetime) -> RuleSet:
    rules, digest = read_rule_file(content), sha256(content).hexdigest()
    with transaction.atomic():
        Commission.objects.select_for_update(no_key=True).get(pk=commission.pk)
        held = RuleSet.objects.filter(commission=commission, code=rules.code).first()
        if held is not None and held.sha256 == digest:
            return held
        if held is not None and held.state != RuleSet.State.DRAFT:
            raise Invalid("rulebook_code_taken", rule_set=rules.code)
        rule_set = held or RuleSet(commission=commission, code=rules.code)
        rule_set.effective_from = rules.effective_from
        rule_set.content, rule_set.sha256 = content.decode(), digest
        rule_set.drafted_by_id, rule_set.drafted_by_name, rule_set.drafted_at = drafter_id, actor.name, at
        rule_set.save()
        facts = {"sha256": digest, "effective_from": rules.effective_from.isoformat()}
        record(chain=commission.code, verb="rule_set.draft", actor=actor, subject=rule_set.subject, at=at, facts=facts)
        return rule_set


def _locked_draft(commission: Commission, code: str) -> RuleSet:
    Commission.objects.select_for_update(no_key=True).get(pk=commission.pk)
    draft = RuleSet.objects.filter(commission=commission, code=code, state=RuleSet.State.DRAFT).first()
    if draft is None:
        raise Invalid("rulebook_not_draft", rule_set=code)
    return draft


def _end(predecessor: RuleSet, successor: RuleSet) -> None:
    if successor.effective_from <= predecessor.effective_from:
        raise Invalid(
            "rulebook_not_after_predecessor",
            rule_set=successor.code,
            first=successor.effective_from,
            predecessor=predecessor.code,
            since=predecessor.effective_from,
        )
    predecessor.state = RuleSet.State.SUPERSEDED
    predecessor.effective_until = successor.effective_from - timedelta(days=1)
    predecessor.save(update_fields=["state", "effective_until"])


def _publish(rule_set: RuleSet, *, actor: Actor, at: datetime, verb: str, predecessor: RuleSet | None) -> None:
    rule_set.state = RuleSet.State.IN_FORCE
    rule_set.published_by_name, rule_set.published_at = actor.name, at
    rule_set.save()
    facts = {
        "sha256": rule_set.sha256,
        "effective_from": rule_set.effective_from.isoformat(),
        "predecessor": predecessor.code if predecessor is not None else "",
    }
    record(chain=rule_set.commission.code, verb=verb, actor=actor, subject=rule_set.subject, at=at, facts=facts)
