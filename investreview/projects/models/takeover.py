"""Take-over 接续: a case that was under way on paper goes on here, from a named step, with its elapsed days stated."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from investreview.core.subject import Subject


class Takeover(models.Model):
    """The 接续单: what one person entered and another compared with the papers; then the case exists and goes on.

    A register number is given once in a commission and year; one that was found different gives its number free.
    """

    commission = models.ForeignKey("registry.Commission", on_delete=models.PROTECT, verbose_name=_("国资委"))
    enterprise = models.ForeignKey(
        "registry.Enterprise", on_delete=models.PROTECT, related_name="+", verbose_name=_("申报企业")
    )
    path = models.CharField(_("层级路径"), max_length=200)
    name = models.CharField(_("项目名称"), max_length=120)
    paper_number = models.CharField(_("原收文（办件）号"), max_length=60)
    number_key = models.CharField(_("原收文（办件）号（归一）"), max_length=60)
    register_year = models.PositiveSmallIntegerField(_("收文年度"))
    step = models.CharField(_("接续环节"), max_length=40)
    elapsed_days = models.PositiveSmallIntegerField(_("已用工作日"))
    as_of_on = models.DateField(_("截至日期"))
    payload = models.JSONField(_("录入内容"))
    backfill = models.ForeignKey(
        "projects.Backfill",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="takeovers",
        verbose_name=_("补录批次"),
    )
    source_row = models.PositiveIntegerField(_("台账行号"), null=True, blank=True)
    creation_key = models.CharField(_("创建标识"), max_length=64, unique=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("录入人")
    )
    entered_at = models.DateTimeField(_("录入时间"))
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    checked_at = models.DateTimeField(_("核对时间"), null=True, blank=True)
    rejected_reason = models.TextField(_("不符说明"), blank=True)
    case = models.OneToOneField(
        "projects.Case", on_delete=models.PROTECT, null=True, blank=True, related_name="takeover"
    )

    class Meta:
        verbose_name = _("接续单")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["commission", "register_year", "number_key"],
                condition=Q(rejected_reason=""),
                name="takeover_number_once_a_year",
            ),
            models.CheckConstraint(name="takeover_number_is_told", condition=~Q(number_key="")),
            models.UniqueConstraint(
                fields=["backfill", "source_row"], condition=Q(backfill__isnull=False), name="takeover_row_once"
            ),
            models.CheckConstraint(
                name="takeover_of_a_ledger_has_its_row",
                condition=Q(backfill__isnull=True, source_row__isnull=True)
                | Q(backfill__isnull=False, source_row__isnull=False),
            ),
            models.CheckConstraint(
                name="takeover_checked_by_another",
                condition=Q(checked_by__isnull=True) | ~Q(checked_by=F("entered_by")),
            ),
            models.CheckConstraint(
                name="takeover_open_or_done_or_rejected",
                condition=Q(checked_by__isnull=True, checked_at__isnull=True, case__isnull=True, rejected_reason="")
                | Q(checked_by__isnull=False, checked_at__isnull=False, case__isnull=False, rejected_reason="")
                | (Q(checked_by__isnull=False, checked_at__isnull=False, case__isnull=True) & ~Q(rejected_reason="")),
            ),
        ]

    def __str__(self) -> str:
        return self.paper_number

    @property
    def subject(self) -> Subject:
        """How the journal names this take-over before it has a case."""
        return Subject("takeover", str(self.pk))

    @property
    def is_open(self) -> bool:
        """Whether it still waits for the second person."""
        return self.checked_at is None
