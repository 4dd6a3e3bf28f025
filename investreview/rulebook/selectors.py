"""Reading the rules: which set holds on a day, what a paragraph says, who may read it."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet

from investreview.core.errors import Invalid, NotVisible
from investreview.core.once import once
from investreview.core.scope import Scope
from investreview.registry.models import Commission
from investreview.rulebook.models import RuleSet
from investreview.rulebook.permissions import DRAFT_READERS
from investreview.rulebook.provisions import Paragraph


def rule_set_in_force(commission: Commission, on: date) -> RuleSet:
    """The commission's law on a day. Raises: Invalid (rulebook_none_in_force)."""
    held = once(("rule set in force", commission.pk, on), in_force(commission, on).first)
    if held is None:
        raise Invalid("rulebook_none_in_force", on=on)
    return held


def in_force(commission: Commission, on: date) -> QuerySet[RuleSet]:
    """The same as a list of one or none, still to be read."""
    return (
        RuleSet.objects.filter(commission=commission, effective_from__lte=on)
        .filter(Q(effective_until__isnull=True) | Q(effective_until__gte=on))
        .exclude(state=RuleSet.State.DRAFT)
        .select_related("commission")
    )


def rule_sets(scope: Scope) -> QuerySet[RuleSet]:
    """The rule sets of the person's commissions, newest first; drafts only for who works on rules."""
    readable = Q(commission__code__in=scope.commission_codes) & ~Q(state=RuleSet.State.DRAFT)
    drafting = scope.commissions_where(*DRAFT_READERS)
    return RuleSet.objects.filter(readable | Q(commission__code__in=drafting)).select_related("commission")


def readable_rule_set(scope: Scope, code: str) -> RuleSet:
    """The rule set of this code that the person may read. Raises: NotVisible (rulebook_not_visible)."""
    return one_of(rule_sets(scope).filter(code=code), code)


def drafts(scope: Scope) -> QuerySet[RuleSet]:
    """The drafts of the commissions in which this person drafts, publishes or audits rules."""
    codes = scope.commissions_where(*DRAFT_READERS)
    found = RuleSet.objects.filter(commission__code__in=codes, state=RuleSet.State.DRAFT)
    return found.select_related("commission").order_by("commission", "effective_from", "code")


def draft_or_successor(scope: Scope, pk: int) -> RuleSet:
    """The draft of this key, or what was published of it. Raises: NotVisible (rulebook_draft_gone)."""
    codes = scope.commissions_where(*DRAFT_READERS)
    found = RuleSet.objects.filter(pk=pk, commission__code__in=codes).select_related("commission").first()
    if found is None:
        raise NotVisible("rulebook_draft_gone")
    return found


def one_of(known: Iterable[RuleSet], code: str) -> RuleSet:
    """The rule set of this code among those the person may read. Raises: NotVisible (rulebook_not_visible)."""
    for held in known:
        if held.code == code:
            return held
    raise NotVisible("rulebook_not_visible")


def paragraph(rule_set: RuleSet, key: str) -> Paragraph:
    """The text that a citation opens. Raises: NotVisible (rulebook_not_visible)."""
    for one in rule_set.data.paragraphs:
        if one.key == key:
            return one
    raise NotVisible("rulebook_not_visible")


def details(rule_set: RuleSet, key: str) -> tuple[Paragraph, ...]:
    """The paragraphs below ``key`` (§3.6.1 below §3.6), in their order."""
    return tuple(one for one in rule_set.data.paragraphs if one.key.startswith(f"{key}."))
