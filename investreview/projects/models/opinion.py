"""Opinions and signatures, made on screen or on paper; both count the same (DOMAIN §5)."""

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from investreview.accounts.models import User
from investreview.projects.states import DecidedVia, StepOutcome


def _person(label: Any) -> "models.ForeignKey[User, User]":
    return models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=label)


class PaperDecision(models.Model):
    """A decision read from the returned 呈批表: entered by one, compared by another, then it takes effect."""

    case = models.ForeignKey("projects.Case", on_delete=models.PROTECT, related_name="paper_decisions")
    task_id = models.BigIntegerField(_("任务"))
    step = models.CharField(_("环节"), max_length=40)
    decider = _person(_("签批人"))
    version_code = models.CharField(_("呈批表版本码"), max_length=24)
    payload = models.JSONField(_("录入内容"))
    dated_on = models.DateField(_("纸面日期"))
    scan = models.ForeignKey("projects.StoredFile", on_delete=models.PROTECT, related_name="+")
    is_late = models.BooleanField(_("回录超过期限"), default=False)
    entered_by = _person(_("回录人"))
    entered_at = models.DateTimeField(_("回录时间"))
    compared_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    compared_at = models.DateTimeField(_("核对时间"), null=True, blank=True)
    rejected_at = models.DateTimeField(_("核对不符时间"), null=True, blank=True)
    rejected_reason = models.TextField(_("不符说明"), blank=True)

    class Meta:
        verbose_name = _("线下签批回录")
        constraints = [
            models.UniqueConstraint(
                fields=["task_id"], condition=Q(rejected_at__isnull=True), name="one_paper_entry_a_task"
            ),
            models.CheckConstraint(
                name="compared_by_another", condition=Q(compared_by__isnull=True) | ~Q(compared_by=F("entered_by"))
            ),
            models.CheckConstraint(
                name="compared_or_rejected_is_dated",
                condition=Q(compared_by__isnull=True, compared_at__isnull=True, rejected_at__isnull=True)
                | Q(compared_by__isnull=False, compared_at__isnull=False, rejected_at__isnull=True)
                | (Q(compared_by__isnull=False, rejected_at__isnull=False) & ~Q(rejected_reason="")),
            ),
        ]


class Opinion(models.Model):
    """What one person said or decided at one step; never overwritten, a recalled one is marked."""

    case = models.ForeignKey("projects.Case", on_delete=models.PROTECT, related_name="opinions")
    round = models.PositiveSmallIntegerField(_("轮次"))
    step = models.CharField(_("环节"), max_length=40)
    role = models.CharField(_("身份"), max_length=24)
    office = models.CharField(_("处室"), max_length=20, blank=True)
    outcome = models.CharField(_("结果"), max_length=16, choices=StepOutcome.choices)
    text = models.TextField(_("意见"), blank=True)
    details = models.JSONField(_("要素"), default=dict)
    author = _person(_("办理人"))
    on_behalf_of = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    authority_number = models.CharField(_("授权文号"), max_length=60, blank=True)
    at = models.DateTimeField(_("办理时间"))
    decided_via = models.CharField(_("办理方式"), max_length=12, choices=DecidedVia.choices, default=DecidedVia.SCREEN)
    paper = models.OneToOneField(PaperDecision, on_delete=models.PROTECT, null=True, blank=True, related_name="opinion")
    recalled_at = models.DateTimeField(_("收回时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("办理意见")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="paper_opinion_has_paper",
                condition=Q(decided_via=DecidedVia.SCREEN, paper__isnull=True)
                | Q(decided_via=DecidedVia.PAPER, paper__isnull=False)
                | Q(decided_via=DecidedVia.TAKEN_OVER, paper__isnull=True),
            ),
            models.CheckConstraint(
                name="substitute_has_authority", condition=Q(on_behalf_of__isnull=True) | ~Q(authority_number="")
            ),
            models.CheckConstraint(
                name="sent_back_has_reason", condition=~Q(outcome=StepOutcome.SENT_BACK) | ~Q(text="")
            ),
            models.UniqueConstraint(
                fields=["case", "round", "step", "office"],
                condition=Q(recalled_at__isnull=True) & ~Q(outcome__in=["SENT_BACK", "DEFERRED"]),
                name="one_opinion_a_step",
            ),
        ]


class Consultation(models.Model):
    """An office that was asked to countersign a case; from then on it may read the case."""

    case = models.ForeignKey("projects.Case", on_delete=models.PROTECT, related_name="consultations")
    office = models.CharField(_("处室"), max_length=20)
    asked_on = models.DateField(_("送会签日期"))

    class Meta:
        verbose_name = _("会签")
        constraints = [models.UniqueConstraint(fields=["case", "office"], name="office_asked_once_a_case")]
