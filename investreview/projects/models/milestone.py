"""Milestone 项目节点: what became of a project after the decision, dated and with its evidence."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from investreview.core.money import MoneyField
from investreview.core.subject import Subject


class Milestone(models.Model):
    """One dated fact and what it rests on; never changed, a wrong one is withdrawn with its reason.

    Post-evaluation is due by these rows and picks by them (DOMAIN §10). Units: yuan.
    """

    class Kind(models.TextChoices):
        """What happened."""

        ACCEPTED = "ACCEPTED", _("竣工验收")
        OPERATING = "OPERATING", _("投入运营")
        CLOSED = "CLOSED", _("完成交割")
        TERMINATED = "TERMINATED", _("项目终止")
        COST = "COST", _("确定实际投资额")
        LOSS = "LOSS", _("投产后经营亏损")
        ALERT = "ALERT", _("红色预警")
        LETTER = "LETTER", _("收到监管函件")

    project = models.ForeignKey("projects.Project", on_delete=models.PROTECT, related_name="milestones")
    kind = models.CharField(_("节点"), max_length=12, choices=Kind.choices)
    happened_on = models.DateField(_("发生日期"))
    actual_yuan = MoneyField(_("实际投资额"), null=True, blank=True)
    basis = models.CharField(_("依据"), max_length=200)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("登记人")
    )
    entered_at = models.DateTimeField(_("登记时间"))
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("撤销人"),
    )
    withdrawn_at = models.DateTimeField(_("撤销时间"), null=True, blank=True)
    withdrawal_reason = models.CharField(_("撤销理由"), max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("项目节点")
        ordering = ["happened_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "kind"],
                condition=Q(withdrawn_at__isnull=True) & ~Q(kind__in=["ALERT", "LETTER", "LOSS"]),
                name="milestone_once_a_project",
            ),
            models.UniqueConstraint(
                fields=["project", "kind", "happened_on"],
                condition=Q(withdrawn_at__isnull=True, kind__in=["ALERT", "LETTER", "LOSS"]),
                name="milestone_once_a_day",
            ),
            models.CheckConstraint(name="milestone_has_its_evidence", condition=~Q(basis="")),
            models.CheckConstraint(
                name="milestone_amount_is_the_cost",
                condition=Q(kind="COST", actual_yuan__isnull=False, actual_yuan__gte=0)
                | (~Q(kind="COST") & Q(actual_yuan__isnull=True)),
            ),
            models.CheckConstraint(
                name="milestone_withdrawn_by_somebody_for_a_reason",
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True, withdrawal_reason="")
                | (Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False) & ~Q(withdrawal_reason="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.happened_on}"

    @property
    def subject(self) -> Subject:
        """How the journal names the project it belongs to."""
        return Subject("project", str(self.project_id))
