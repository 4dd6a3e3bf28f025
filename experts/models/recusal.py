"""Recusal 回避 beyond the records: what the enterprise asks for up front, and hits that two people found harmless."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from experts.labels import EXCLUSION_LABELS
from experts.states import RecusalKind, RecusalState, SignedVia
from investreview.core.models import Versioned


class RecusalRequest(Versioned):
    """企业回避申请: an organisation, or a class of people in words; never a name.

    Once granted, ``organisations`` are those whose people stand aside; of a class the officer names them.
    """

    case = models.ForeignKey("projects.Case", on_delete=models.PROTECT, related_name="recusal_requests")
    kind = models.CharField(_("申请方式"), max_length=12, choices=RecusalKind.choices)
    stated = models.CharField(_("申请回避的单位或者人员范围"), max_length=200)
    credit_code = models.CharField(_("统一社会信用代码"), max_length=18, blank=True)
    reason = models.TextField(_("理由"))
    via = models.CharField(_("提出方式"), max_length=8, choices=SignedVia.choices)
    scan = models.ForeignKey("projects.StoredFile", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField(_("提出时间"))
    state = models.CharField(_("状态"), max_length=12, choices=RecusalState.choices, default=RecusalState.OPEN)
    organisations = models.ManyToManyField("registry.Organisation", related_name="+", blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(_("答复时间"), null=True, blank=True)
    answer = models.TextField(_("答复"), blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("企业回避申请")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "stated"], condition=~Q(state="WITHDRAWN"), name="recusal_asked_once_a_case"
            ),
            models.CheckConstraint(name="recusal_says_whom_and_why", condition=~Q(stated="") & ~Q(reason="")),
            models.CheckConstraint(
                name="paper_recusal_has_its_scan",
                condition=Q(via="SCREEN", scan__isnull=True) | Q(via="PAPER", scan__isnull=False),
            ),
            models.CheckConstraint(
                name="recusal_answered_with_reason",
                condition=Q(
                    state__in=["OPEN", "WITHDRAWN"], decided_by__isnull=True, decided_at__isnull=True, answer=""
                )
                | (
                    Q(state__in=["GRANTED", "REFUSED"], decided_by__isnull=False, decided_at__isnull=False)
                    & ~Q(answer="")
                ),
            ),
        ]


class DismissedHit(models.Model):
    """核对排除: a hit of the records that is no conflict, found by the draw operator, confirmed by the office head.

    ``fingerprint`` is of the facts of the hit: as soon as one of them changes the hit stands again.
    """

    expert = models.ForeignKey("experts.Expert", on_delete=models.PROTECT, related_name="dismissed_hits")
    case = models.ForeignKey("projects.Case", on_delete=models.PROTECT, related_name="+")
    code = models.CharField(_("回避代码"), max_length=20, choices=list(EXCLUSION_LABELS.items()))
    fingerprint = models.CharField(_("事实校验值"), max_length=64)
    path = models.TextField(_("关系路径"))
    reason = models.TextField(_("理由"))
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(_("提出时间"))
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(_("审核时间"), null=True, blank=True)
    is_confirmed = models.BooleanField(_("同意排除"), null=True, blank=True)
    answer = models.TextField(_("审核意见"), blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("核对排除")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["expert", "fingerprint"],
                condition=Q(is_confirmed__isnull=True) | Q(is_confirmed=True),
                name="hit_dismissed_once",
            ),
            models.CheckConstraint(name="dismissed_hit_has_a_reason", condition=~Q(reason="") & ~Q(path="")),
            models.CheckConstraint(
                name="dismissal_decided_by_another",
                condition=Q(decided_by__isnull=True, decided_at__isnull=True, is_confirmed__isnull=True)
                | (
                    Q(decided_by__isnull=False, decided_at__isnull=False, is_confirmed__isnull=False)
                    & ~Q(decided_by=F("proposed_by"))
                ),
            ),
            models.CheckConstraint(name="refused_dismissal_says_why", condition=~Q(is_confirmed=False) | ~Q(answer="")),
        ]
