"""EvaluationYear 后评价年度: the frame of a year, what must be picked, and what was drawn."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from investreview.core.models import Versioned
from investreview.core.money import MoneyField
from investreview.core.subject import Subject
from investreview.evaluations.models.columns import person
from investreview.evaluations.states import FIXED, YearState
from investreview.rulebook.evaluations import LEAST_RATE_BPS
from investreview.rulebook.vocabulary import PickRule, SampleMethod

LEAST_PICKED = (F("frame_count") * (LEAST_RATE_BPS // 1000) + 9) / 10
"""[seed] 不少于30%, rounded up in whole numbers: what the database itself demands of a published sample."""


class EvaluationYear(Versioned):
    """One year's frame and sample of a commission. State and evidence are tied by CHECK. Units: yuan, basis points."""

    commission = models.ForeignKey("registry.Commission", on_delete=models.PROTECT, verbose_name=_("国资委"))
    path = models.CharField(_("层级路径"), max_length=200, db_index=True)
    year = models.PositiveSmallIntegerField(_("年度"))
    state = models.CharField(_("状态"), max_length=12, choices=YearState.choices, default=YearState.OPEN)
    rule_set = models.ForeignKey("rulebook.RuleSet", on_delete=models.PROTECT, related_name="+")
    method = models.CharField(
        _("抽取方法"), max_length=16, choices=[(method.value, method.value) for method in SampleMethod], blank=True
    )
    method_reason = models.CharField(_("改用其他方法的理由"), max_length=200, blank=True)
    opened_by = person(_("开启人"))
    opened_at = models.DateTimeField(_("开启时间"))

    frozen_by = person(_("封存人"))
    frozen_at = models.DateTimeField(_("封存时间"), null=True, blank=True)
    rate_bps = models.PositiveIntegerField(_("抽取比例（基点）"), null=True, blank=True)
    frame_count = models.PositiveIntegerField(_("范围内项目数"), null=True, blank=True)
    frame_yuan = MoneyField(_("范围内投资额"), null=True, blank=True)
    must_count = models.PositiveIntegerField(_("必查项目数"), null=True, blank=True)
    draw = models.OneToOneField("draws.Draw", on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    picked_count = models.PositiveIntegerField(_("抽取项目数"), null=True, blank=True)
    picked_yuan = MoneyField(_("抽取投资额"), null=True, blank=True)
    published_at = models.DateTimeField(_("公布时间"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("后评价年度")
        ordering = ["-year"]
        constraints = [
            models.UniqueConstraint(fields=["commission", "year"], name="evaluation_year_once"),
            models.CheckConstraint(
                name="evaluation_year_open_has_no_draw",
                condition=~Q(state=YearState.OPEN) | Q(draw__isnull=True, frozen_at__isnull=True),
            ),
            models.CheckConstraint(
                name="evaluation_year_frozen_has_its_frame",
                condition=~Q(state__in=sorted(FIXED))
                | (
                    Q(draw__isnull=False, frozen_at__isnull=False, frozen_by__isnull=False)
                    & Q(frame_count__isnull=False, frame_yuan__isnull=False, must_count__isnull=False)
                    & Q(frame_count__gte=1, must_count__lte=F("frame_count"))
                    & Q(rate_bps__isnull=False, rate_bps__gte=LEAST_RATE_BPS)
                    & ~Q(method="")
                ),
            ),
            models.CheckConstraint(
                name="evaluation_year_published_covers_its_share",
                condition=~Q(state=YearState.PUBLISHED)
                | (
                    Q(published_at__isnull=False, picked_yuan__isnull=False, picked_count__isnull=False)
                    & Q(picked_count__gte=LEAST_PICKED)
                    & Q(picked_count__gte=F("must_count"), picked_count__lte=F("frame_count"))
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year}"

    @property
    def subject(self) -> Subject:
        """How journal and draw name this year."""
        return Subject("evaluation", f"{self.commission.case_prefix}-{self.year}")


class FrameRow(models.Model):
    """One project of a year's frame, or one that was left out with a reason.

    Number, group name, band and amount are fixed when the frame is frozen. Units: yuan.
    """

    year = models.ForeignKey(EvaluationYear, on_delete=models.PROTECT, related_name="rows")
    project = models.ForeignKey("projects.Project", on_delete=models.PROTECT, related_name="+")
    group = models.ForeignKey("registry.Enterprise", on_delete=models.PROTECT, related_name="+")
    path = models.CharField(_("层级路径"), max_length=200)
    code = models.CharField(_("项目编号"), max_length=64)
    amount_yuan = MoneyField(_("投资额"))
    added_by = person(_("加入人"))
    added_at = models.DateTimeField(_("列入时间"))
    added_reason = models.CharField(_("加入理由"), max_length=200, blank=True)
    left_out_by = person(_("剔除人"))
    left_out_at = models.DateTimeField(_("剔除时间"), null=True, blank=True)
    left_out_reason = models.CharField(_("剔除理由"), max_length=200, blank=True)

    number = models.PositiveIntegerField(_("序号"), null=True, blank=True)
    ent = models.CharField(_("企业简称"), max_length=40, blank=True)
    band = models.CharField(_("金额档"), max_length=40, blank=True)
    is_must = models.BooleanField(_("必查"), default=False)
    is_picked = models.BooleanField(_("抽中"), default=False)

    class Meta:
        verbose_name = verbose_name_plural = _("抽样范围")
        ordering = ["year", "number", "id"]
        constraints = [
            models.UniqueConstraint(fields=["year", "project"], name="frame_row_once_a_year"),
            models.UniqueConstraint(
                fields=["year", "number"], condition=Q(number__isnull=False), name="frame_number_once_a_year"
            ),
            models.CheckConstraint(
                name="frame_row_left_out_by_somebody_for_a_reason",
                condition=Q(left_out_at__isnull=True, left_out_by__isnull=True, left_out_reason="")
                | (Q(left_out_at__isnull=False, left_out_by__isnull=False) & ~Q(left_out_reason="")),
            ),
            models.CheckConstraint(
                name="frame_row_added_by_hand_for_a_reason",
                condition=Q(added_by__isnull=True, added_reason="") | (Q(added_by__isnull=False) & ~Q(added_reason="")),
            ),
            models.CheckConstraint(
                name="frame_number_has_its_strata",
                condition=Q(number__isnull=True) | (Q(left_out_at__isnull=True) & ~Q(ent="") & ~Q(band="")),
            ),
            models.CheckConstraint(
                name="frame_picked_is_numbered",
                condition=Q(is_picked=False, is_must=False) | Q(number__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.code


class MandatoryPick(models.Model):
    """Why a project must be in, by the code of the rule; never free text."""

    row = models.ForeignKey(FrameRow, on_delete=models.PROTECT, related_name="picks")
    rule = models.CharField(_("必查情形"), max_length=12, choices=[(rule.value, rule.value) for rule in PickRule])
    evidence_on = models.DateField(_("依据日期"), null=True, blank=True)
    citation = models.CharField(_("条款"), max_length=20)

    class Meta:
        verbose_name = verbose_name_plural = _("必查认定")
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["row", "rule"], name="mandatory_rule_once_a_row")]
