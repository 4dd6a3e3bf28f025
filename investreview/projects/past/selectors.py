"""Reads of the past, limited by a scope: what counts, what waits, what a batch holds."""

from datetime import datetime

from django.db.models import Q, QuerySet

from investreview.accounts.models import User
from investreview.core.errors import NotVisible
from investreview.core.roles import ENTERPRISE_ROLES
from investreview.core.scope import Scope
from investreview.projects.models import Backfill, BackfillFault, PastDecision, PastPaper, Project, Takeover
from investreview.projects.past.permissions import BATCH_READERS, ENTERING, READERS, reading_roles

_COUNTS = Q(backfill__state=Backfill.State.ACCEPTED)
_WITH = ("project", "commission", "group", "enterprise", "backfill__entered_by", "backfill__checked_by")


def counted_projects() -> QuerySet[Project]:
    """Every project that counts in ledgers, split search, avoidance and evaluation frames: not one of an open batch."""
    return Project.objects.filter(
        ~Q(origin=Project.Origin.BACKFILLED) | Q(past_decision__backfill__state=Backfill.State.ACCEPTED)
    )


def visible_past(scope: Scope) -> QuerySet[PastDecision]:
    """The accepted past decisions this person may know: of their commission, or of their own enterprise and below."""
    reach = Q(pk__in=[])
    for grant in scope.grants:
        if grant.role in READERS or grant.role in ENTERPRISE_ROLES:
            reach |= Q(path__startswith=grant.path)
    return counted_past().filter(reach).select_related(*_WITH)


def counted_past() -> QuerySet[PastDecision]:
    """Every accepted past decision, whoever asks: to be counted, not to be shown."""
    return PastDecision.objects.filter(_COUNTS)


def standing_takeovers() -> QuerySet[Takeover]:
    """The take-overs that people may see: typed in, or of a ledger of which every row is written."""
    written = Q(backfill__state__in=[Backfill.State.WAITING, Backfill.State.ACCEPTED])
    return Takeover.objects.filter(Q(backfill__isnull=True) | written)


def readable_past(scope: Scope, decision_id: int) -> PastDecision:
    """One past decision: an accepted one of the person's reach, or one of a batch they enter, check or audit.

    Raises: NotVisible (past_not_visible), the same for one that does not exist.
    """
    found = visible_past(scope).filter(pk=decision_id).first()
    if found is None:
        waiting = PastDecision.objects.filter(_within(scope), pk=decision_id).select_related(*_WITH)
        found = waiting.first()
    if found is None:
        raise NotVisible("past_not_visible")
    return found


def _within(scope: Scope) -> Q:
    codes = scope.commissions_where(*BATCH_READERS)
    return Q(commission__code__in=codes)


def reads_inside(scope: Scope, decision: PastDecision) -> bool:
    """Whether scans and persons of the commission are for this person."""
    return bool(scope.roles_on(decision.path) - ENTERPRISE_ROLES)


def backfills(scope: Scope, *, before: int = 0) -> QuerySet[Backfill]:
    """The batches of the commissions in which this person enters, checks or audits; latest first, ``before`` a key."""
    older = Q(pk__lt=before) if before else Q()
    reach = Q(pk__in=[])
    for source in Backfill.Source.values:
        codes = scope.commissions_where(*reading_roles(source))
        reach |= Q(source=source, commission__code__in=codes)
    found = Backfill.objects.filter(reach, older)
    return found.select_related("commission", "entered_by", "checked_by").order_by("-pk")


def backfill_for(scope: Scope, backfill_id: int) -> Backfill:
    """One batch. Raises: NotVisible (past_not_visible), the same for one that does not exist."""
    found = backfills(scope).filter(pk=backfill_id).first()
    if found is None:
        raise NotVisible("past_not_visible")
    return found


def waiting_for(user: User, scope: Scope) -> QuerySet[Backfill]:
    """The batches of decisions that this person may check: entered by another; oldest first."""
    codes = scope.commissions_where(*ENTERING)
    waiting = Backfill.objects.filter(commission__code__in=codes, state=Backfill.State.WAITING)
    waiting = waiting.exclude(source=Backfill.Source.ONGOING)
    return waiting.exclude(entered_by=user).select_related("entered_by").order_by("pk")


def faults_of(backfill: Backfill) -> QuerySet[BackfillFault]:
    """What is wrong with a batch, in the order of its rows; of very many only the first are kept."""
    return backfill.faults.order_by("row", "pk")


def sampled(backfill: Backfill) -> list[PastDecision]:
    """The rows that the second person compares, in the order of the batch, with their scans."""
    rows = backfill.decisions.filter(pk__in=backfill.sample)
    return list(rows.select_related(*_WITH).prefetch_related("papers").order_by("ordinal"))


def paper_for(scope: Scope, paper_id: int) -> PastPaper:
    """A scan of a past decision, for the commission's readers only.

    Raises: NotVisible (past_not_visible), the same for one that does not exist.
    """
    found = PastPaper.objects.filter(pk=paper_id, decision__isnull=False).select_related("decision__commission").first()
    if found is None or found.decision is None:
        raise NotVisible("past_not_visible")
    if not reads_inside(scope, readable_past(scope, found.decision.pk)):
        raise NotVisible("past_not_visible")
    return found


def due_backfills(at: datetime) -> list[int]:
    """The batches on which a worker should be at work and is not."""
    due = Backfill.objects.filter(state__in=sorted(Backfill.WORKING), next_try_at__lte=at)
    return list(due.order_by("next_try_at").values_list("pk", flat=True))
