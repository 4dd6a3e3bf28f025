"""Due 应评项目: a project that is to be evaluated, for one reason."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Due(models.Model):
    """One reason for which a project is due, found by the nightly job; one row a project and reason.

    It follows the project's record until a frame has taken it: a reason whose evidence was withdrawn is dropped, and
    taken up again when it returns.
    """

    class Reason(models.TextChoices):
        """Why; the same words as ``rules.DueReason``."""

        FIXED_ASSET = "FIXED_ASSET", _("建成投运满期")
        EQUITY = "EQUITY", _("股权交割满一个会计年度")
        ACQUISITION = "ACQUISITION", _("收购交割满一个会计年度")
        TERMINATED = "TERMINATED", _("项目终止")
        OVER_BUDGET = "OVER_BUDGET", _("超投资")
        LOSS = "LOSS", _("经营亏损")

    commission = models.ForeignKey("registry.Commission", on_delete=models.PROTECT, verbose_name=_("国资委"))
    project = models.ForeignKey("projects.Project", on_delete=models.PROTECT, related_name="dues")
    path = models.CharField(_("层级路径"), max_length=200, db_index=True)
    reason = models.CharField(_("应评情形"), max_length=12, choices=Reason.choices)
    basis_on = models.DateField(_("情形发生日期"))
    due_on = models.DateField(_("应评日期"))
    late_on = models.DateField(_("逾期日期"), null=True, blank=True)
    found_at = models.DateTimeField(_("发现时间"))
    dropped_at = models.DateTimeField(_("撤销时间"), null=True, blank=True)
    taken_by = models.ForeignKey(
        "evaluations.EvaluationYear",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="dues",
        verbose_name=_("列入年度"),
    )

    class Meta:
        verbose_name = verbose_name_plural = _("应评项目")
        ordering = ["due_on", "id"]
        indexes = [models.Index(fields=["commission", "due_on"], name="due_by_day")]
        constraints = [
            models.UniqueConstraint(fields=["project", "reason"], name="due_once_a_reason"),
            models.CheckConstraint(name="due_not_before_its_basis", condition=Q(due_on__gte=F("basis_on"))),
            models.CheckConstraint(
                name="due_late_after_due", condition=Q(late_on__isnull=True) | Q(late_on__gt=F("due_on"))
            ),
            models.CheckConstraint(
                name="due_dropped_is_in_no_frame", condition=Q(dropped_at__isnull=True) | Q(taken_by__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_reason_display()} {self.due_on}"
