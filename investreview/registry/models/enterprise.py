"""Enterprise 监管企业 (tier 1) and 权属企业 (tier ≥ 2): a tree below its commission."""

from datetime import date

from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Length, Replace
from django.utils.translation import gettext_lazy as _

from investreview.core.money import MoneyField
from investreview.registry.models.commission import Commission
from investreview.registry.models.dated import ENDS_AFTER_IT_BEGINS, Dated, in_force
from investreview.registry.models.organisation import Organisation
from investreview.registry.rules import group_path


class Enterprise(models.Model):
    """A node of the tree. Its path, given by the service, is ``LYG/0003/`` for a group, ``LYG/0003/0007/`` below.

    A number once given in a path is never given again, also after its enterprise has moved away.
    """

    commission = models.ForeignKey(
        Commission, on_delete=models.PROTECT, related_name="enterprises", verbose_name=_("国资委")
    )
    organisation = models.OneToOneField(
        Organisation, on_delete=models.PROTECT, related_name="enterprise", verbose_name=_("法人")
    )
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("上级企业")
    )
    path = models.CharField(_("层级路径"), max_length=200, unique=True)
    tier = models.PositiveSmallIntegerField(_("层级"))
    short_name = models.CharField(_("现用简称"), max_length=40)
    last_child_number = models.PositiveIntegerField(_("下级企业末号"), default=0, editable=False)
    founded_on = models.DateField(_("成立日期"), null=True, blank=True)
    dissolved_on = models.DateField(_("注销日期"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("企业")
        ordering = ["path"]
        constraints = [
            models.UniqueConstraint(
                fields=["commission", "short_name"],
                condition=Q(dissolved_on__isnull=True),
                name="registry_short_name_means_one_enterprise",
            ),
            models.CheckConstraint(
                name="registry_only_a_group_has_no_parent",
                condition=Q(tier=1, parent__isnull=True) | Q(tier__gte=2, parent__isnull=False),
            ),
            models.CheckConstraint(
                name="registry_path_has_a_part_per_tier",
                condition=Q(path__endswith="/")
                & Q(tier=Length("path") - Length(Replace("path", Value("/"), Value(""))) - 1),
            ),
            models.CheckConstraint(
                name="registry_nobody_is_their_own_parent",
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")),
            ),
            models.CheckConstraint(
                name="registry_dissolved_after_founded",
                condition=Q(dissolved_on__isnull=True)
                | Q(founded_on__isnull=True)
                | Q(dissolved_on__gte=F("founded_on")),
            ),
        ]

    def __str__(self) -> str:
        return self.short_name

    @property
    def group_path(self) -> str:
        """The path of the group it belongs to."""
        return group_path(self.path)

    @property
    def group(self) -> "Enterprise":
        """The tier-1 ancestor; of a group, itself."""
        if self.tier == 1:
            return self
        return Enterprise.objects.select_related("organisation", "commission").get(path=self.group_path)

    def name_on(self, on: date) -> str:
        """The registered name valid on that day, as letters write it."""
        return self.organisation.name_on(on)

    def short_name_on(self, on: date) -> str:
        """The registered short name (简称) valid on that day, as lists write it."""
        return in_force(self.short_names.all(), on).short_name


class EnterpriseName(Dated):
    """A short name (简称) and its days."""

    enterprise = models.ForeignKey(
        Enterprise, on_delete=models.PROTECT, related_name="short_names", verbose_name=_("企业")
    )
    short_name = models.CharField(_("简称"), max_length=40)

    class Meta:
        verbose_name = verbose_name_plural = _("企业简称")
        ordering = ["enterprise", "valid_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["enterprise"], condition=Q(valid_to__isnull=True), name="registry_one_present_short_name"
            ),
            models.UniqueConstraint(
                fields=["enterprise", "valid_from"], name="registry_one_short_name_begins_on_a_day"
            ),
            models.CheckConstraint(name="registry_short_name_ends_after_it_begins", condition=ENDS_AFTER_IT_BEGINS),
            models.CheckConstraint(name="registry_short_name_is_written", condition=~Q(short_name="")),
        ]

    def __str__(self) -> str:
        return self.short_name


class FinancialPosition(models.Model):
    """Consolidated net assets (合并净资产) and debt ratio of a year's end; routing compares one project with them.

    Units: yuan, basis points.
    """

    enterprise = models.ForeignKey(
        Enterprise, on_delete=models.PROTECT, related_name="financial_positions", verbose_name=_("企业")
    )
    year = models.PositiveSmallIntegerField(_("年度"))
    net_assets_yuan = MoneyField(_("合并净资产（元）"))
    debt_ratio_bps = models.PositiveIntegerField(_("资产负债率（基点）"))
    source = models.CharField(_("来源"), max_length=120)

    class Meta:
        verbose_name = verbose_name_plural = _("财务状况")
        ordering = ["enterprise", "-year"]
        constraints = [
            models.UniqueConstraint(fields=["enterprise", "year"], name="registry_one_position_a_year"),
            models.CheckConstraint(name="registry_position_names_its_source", condition=~Q(source="")),
        ]

    def __str__(self) -> str:
        return f"{self.enterprise_id} {self.year}"
