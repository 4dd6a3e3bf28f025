"""The verbs on rule sets: drafted and withdrawn by the keeper, published by the head, never changed after that."""

from datetime import date, datetime, timedelta
from hashlib import sha256

from django.db import transaction

from investreview.core.actor import Actor
from investreview.core.clock import legal_date
from investreview.core.errors import Invalid, Stale
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
    return _draft(commission, content, base=None, drafter_id=None, actor=actor, at=at)


def draft_rule_set(
    *, commission: Commission, content: bytes, base: str, scope: Scope, actor: Actor, at: datetime
) -> RuleSet:
    """A draft holds what the rule keeper wrote; the draft of the same code that it was made from gives way.

    ``base`` is the SHA-256 of that draft, empty where there was none. The same bytes sent again change nothing.
    Raises: Forbidden (rulebook_keeper_only), Invalid (rulebook_*, rulebook_code_taken), Stale
    (rulebook_draft_overtaken) where the draft of this code is another by now. Journal: rule_set.draft
    """
    require_keeper(scope, commission)
    return _draft(commission, content, base=base, drafter_id=scope.user_id, actor=actor, at=at)


def withdraw_draft(
    *, commission: Commission, code: str, sha256: str, reason: str, scope: Scope, actor: Actor, at: datetime
) -> None:
    """The draft that was before the keeper's eyes is gone and its code is free; the journal keeps its hash and why.

    Raises: Forbidden (rulebook_keeper_only), Invalid (rulebook_not_draft), Stale (rulebook_draft_changed).
    Journal: rule_set.withdraw
    """
    require_keeper(scope, commission)
    with transaction.atomic():
        _lock(commission)
        draft = _draft_of(commission, code, sha256)
        facts = {"sha256": sha256, "reason": reason}
        subject = draft.subject
        draft.delete()
        record(chain=commission.code, verb="rule_set.withdraw", actor=actor, subject=subject, at=at, facts=facts)


def publish_rule_set(
    *, commission: Commission, code: str, sha256: str, scope: Scope, actor: Actor, at: datetime
) -> RuleSet:
    """The draft that was before the head's eyes is law from its first day on; its predecessor has got its last day.

    Neither changes any more. Done twice by the same person, as done once.
    Raises: Invalid (rulebook_not_draft), Stale (rulebook_draft_changed), and what ``check_publishable`` raises.
    Journal: rule_set.publish
    """
    with transaction.atomic():
        _lock(commission)
        published = RuleSet.objects.filter(commission=commission, code=code, sha256=sha256).first()
        if published is not None and published.published_by_id == scope.user_id:
            return published
        rule_set = _draft_of(commission, code, sha256)
        predecessor = predecessor_of(rule_set)
        check_publishable(rule_set, predecessor, scope=scope, on=legal_date(at))
        if predecessor is not None:
            _end(predecessor, rule_set)
        rule_set.published_by_id = scope.user_id
        _publish(rule_set, actor=actor, at=at, verb="rule_set.publish", predecessor=predecessor)
        return rule_set


def predecessor_of(draft: RuleSet) -> RuleSet | None:
    """The published set that the draft would follow; none where the commission has no rules yet."""
    published = RuleSet.objects.filter(commission=draft.commission_id, state=RuleSet.State.IN_FORCE)
    return published.select_related("commission").first()


def check_publishable(draft: RuleSet, predecessor: RuleSet | None, *, scope: Scope, on: date) -> None:
    """Nothing happens when this person may publish the draft on that day.

    Raises: Forbidden (rulebook_head_only, rulebook_same_person), Invalid (rulebook_not_retroactive,
    rulebook_not_after_predecessor).
    """
    require_publisher(scope, draft.commission, draft.drafted_by_id)
    if draft.effective_from < on:
        raise Invalid("rulebook_not_retroactive", rule_set=draft.code, first=draft.effective_from)
    if predecessor is not None and draft.effective_from <= predecessor.effective_from:
        raise Invalid(
            "rulebook_not_after_predecessor",
            rule_set=draft.code,
            first=draft.effective_from,
            predecessor=predecessor.code,
            since=predecessor.effective_from,
        )


def put_in_force_at_founding(*, rule_set: RuleSet, actor: Actor, at: datetime) -> RuleSet:
    """The commission's first rule set is law from the first day it names, also in the past; done twice, as done once.

    Raises: Invalid (rulebook_founding_over) when the commission already has published rules.
    Journal: rule_set.found
    """
    with transaction.atomic():
        _lock(rule_set.commission)
        published = RuleSet.objects.filter(commission=rule_set.commission).exclude(state=RuleSet.State.DRAFT)
        if published.filter(pk=rule_set.pk).exists():
            return published.get(pk=rule_set.pk)
        if published.exists():
            raise Invalid("rulebook_founding_over", rule_set=rule_set.code)
        draft = _draft_of(rule_set.commission, rule_set.code, rule_set.sha256)
        _publish(draft, actor=actor, at=at, verb="rule_set.found", predecessor=None)
        return draft


def _draft(
    commission: Commission, content: bytes, *, base: str | None, drafter_id: int | None, actor: Actor, at: datetime
) -> RuleSet:
    rules, digest = read_rule_file(content), sha256(content).hexdigest()
    with transaction.atomic():
        _lock(commission)
        held = RuleSet.objects.filter(commission=commission, code=rules.code).first()
        if held is not None and held.sha256 == digest:
            return held
        if held is not None and held.state != RuleSet.State.DRAFT:
            raise Invalid("rulebook_code_taken", rule_set=rules.code)
        if held is not None and base is not None and held.sha256 != base:
            raise Stale("rulebook_draft_overtaken", rule_set=rules.code, name=held.drafted_by_name)
        rule_set = held or RuleSet(commission=commission, code=rules.code)
        rule_set.effective_from = rules.effective_from
        rule_set.content, rule_set.sha256 = content.decode(), digest
        rule_set.drafted_by_id, rule_set.drafted_by_name, rule_set.drafted_at = drafter_id, actor.name, at
        rule_set.save()
        facts = {"sha256": digest, "effective_from": rules.effective_from.isoformat()}
        record(chain=commission.code, verb="rule_set.draft", actor=actor, subject=rule_set.subject, at=at, facts=facts)
        return rule_set


def _lock(commission: Commission) -> None:
    """Until the transaction ends nobody else drafts, withdraws or publishes rules of this commission."""
    Commission.objects.select_for_update(no_key=True).get(pk=commission.pk)


def _draft_of(commission: Commission, code: str, digest: str) -> RuleSet:
    draft = RuleSet.objects.filter(commission=commission, code=code, state=RuleSet.State.DRAFT).first()
    if draft is None:
        raise Invalid("rulebook_not_draft", rule_set=code)
    if draft.sha256 != digest:
        raise Stale("rulebook_draft_changed", rule_set=code, name=draft.drafted_by_name)
    return draft


def _end(predecessor: RuleSet, successor: RuleSet) -> None:
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
