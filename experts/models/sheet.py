"""Score sheets 评分表: independent and final, each version kept; questions to the enterprise 质询."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from experts.models.panel import Panel, Seat
from experts.states import SheetStage, SheetState, SignedVia, Verdict
from investreview.core.models import Versioned


def _person(label: Any) -> "models.ForeignKey[Any, Any]":
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=label
    )


class ScoreSheet(Versioned):
    """One version of one expert's sheet of a stage. Units: points.

    ``scores`` {criterion: {points, comment}}, ``red_lines`` {question: {is_yes, explanation}}. ``sha256`` is over the
    whole content and ``salt``: the journal names the hash to people who must not find out the points by trying.
    """

    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="sheets")
    stage = models.CharField(_("阶段"), max_length=12, choices=SheetStage.choices)
    ordinal = models.PositiveSmallIntegerField(_("版次"), default=1)
    state = models.CharField(_("状态"), max_length=12, choices=SheetState.choices, default=SheetState.DRAFT)
    scores = models.JSONField(_("评分"), default=dict)
    total = models.PositiveSmallIntegerField(_("总分"), null=True, blank=True)
    red_lines = models.JSONField(_("红线问题"), default=dict)
    verdict = models.CharField(_("结论"), max_length=20, choices=Verdict.choices, blank=True)
    conditions = models.JSONField(_("修改条件"), default=list)
    comment = models.TextField(_("综合意见"), blank=True)
    correction_reason = models.TextField(_("更正理由"), blank=True)
    saved_at = models.DateTimeField(_("保存时间"))
    via = models.CharField(_("签名方式"), max_length=8, choices=SignedVia.choices, blank=True)
    scan = models.ForeignKey("projects.StoredFile", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    dated_on = models.DateField(_("纸面日期"), null=True, blank=True)
    entered_by = _person(_("录入人"))
    compared_by = _person(_("核对人"))
    rejected_reason = models.TextField(_("核对不符说明"), blank=True)
    signed_at = models.DateTimeField(_("签名时间"), null=True, blank=True)
    salt = models.CharField(_("校验盐"), max_length=32, blank=True)
    sha256 = models.CharField(_("校验值"), max_length=64, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("评分表")
        ordering = ["seat", "stage", "ordinal"]
        constraints = [
            models.UniqueConstraint(fields=["seat", "stage", "ordinal"], name="sheet_version_once"),
            models.UniqueConstraint(
                fields=["seat", "stage"], condition=Q(state="SIGNED"), name="one_signed_sheet_a_stage"
            ),
            models.UniqueConstraint(
                fields=["seat", "stage"],
                condition=Q(state__in=["DRAFT", "ENTERED"]),
                name="one_unsigned_sheet_a_stage",
            ),
            models.CheckConstraint(
                name="signed_sheet_is_whole",
                condition=~Q(state__in=["SIGNED", "SUPERSEDED"])
                | (Q(signed_at__isnull=False, total__isnull=False) & ~Q(verdict="") & ~Q(via="") & ~Q(sha256="")),
            ),
            models.CheckConstraint(name="sheet_total_within_100", condition=Q(total__isnull=True) | Q(total__lte=100)),
            models.CheckConstraint(
                name="paper_sheet_by_two_with_its_scan",
                condition=~Q(via="PAPER", state__in=["SIGNED", "SUPERSEDED"])
                | (
                    Q(scan__isnull=False, dated_on__isnull=False)
                    & Q(entered_by__isnull=False, compared_by__isnull=False)
                    & ~Q(compared_by=F("entered_by"))
                ),
            ),
            models.CheckConstraint(
                name="corrected_sheet_has_a_reason", condition=Q(ordinal=1) | ~Q(correction_reason="")
            ),
        ]


class Inquiry(models.Model):
    """A question of the panel to the enterprise and its written answer; the enterprise never learns who asked."""

    panel = models.ForeignKey(Panel, on_delete=models.PROTECT, related_name="inquiries")
    asked_by = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="inquiries")
    text = models.TextField(_("问题"))
    asked_at = models.DateTimeField(_("提问时间"))
    sent_at = models.DateTimeField(_("转企业时间"), null=True, blank=True)
    answer = models.TextField(_("答复"), blank=True)
    answered_by = _person(_("答复人"))
    answered_at = models.DateTimeField(_("答复时间"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("质询")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(name="inquiry_has_a_text", condition=~Q(text="")),
            models.CheckConstraint(
                name="answer_has_author_and_time",
                condition=Q(answer="", answered_by__isnull=True, answered_at__isnull=True)
                | (~Q(answer="") & Q(answered_by__isnull=False, answered_at__isnull=False, sent_at__isnull=False)),
            ),
        ]
