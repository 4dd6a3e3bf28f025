"""Organisation 法人: every legal person once, by its unified social credit code, with its former names."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from investreview.registry.models.dated import ENDS_AFTER_IT_BEGINS, Dated, in_force


class Organisation(models.Model):
    """A legal person. One that is not founded yet, or is foreign, has no credit code and is known by its name."""

    credit_code = models.CharField(_("统一社会信用代码"), max_length=18, unique=True, null=True, blank=True)
    name = models.CharField(_("现用名称"), max_length=200)
    country = models.CharField(_("注册地（国家或地区代码）"), max_length=2, default="CN")

    class Meta:
        verbose_name = verbose_name_plural = _("法人")
        indexes = [models.Index(fields=["name"], name="registry_organisation_name")]
        constraints = [
            models.UniqueConstraint(
                fields=["country", "name"],
                condition=Q(credit_code__isnull=True),
                name="registry_organisation_without_code_once",
            ),
            models.CheckConstraint(
                name="registry_organisation_code_is_null_or_written",
                condition=Q(credit_code__isnull=True) | ~Q(credit_code=""),
            ),
            models.CheckConstraint(name="registry_organisation_has_a_name", condition=~Q(name="")),
        ]

    def __str__(self) -> str:
        return self.name

    def name_on(self, on: date) -> str:
        """The registered name valid on that day."""
        return in_force(self.names.all(), on).name


class OrganisationName(Dated):
    """A registered name and its days; the last one has no end, the earlier ones are former names (曾用名)."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="names", verbose_name=_("法人")
    )
    name = models.CharField(_("名称"), max_length=200)

    class Meta:
        verbose_name = verbose_name_plural = _("法人名称")
        ordering = ["organisation", "valid_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation"], condition=Q(valid_to__isnull=True), name="registry_one_present_name"
            ),
            models.UniqueConstraint(fields=["organisation", "valid_from"], name="registry_one_name_begins_on_a_day"),
            models.CheckConstraint(name="registry_name_ends_after_it_begins", condition=ENDS_AFTER_IT_BEGINS),
        ]

    def __str__(self) -> str:
        return self.name


class Shareholding(Dated):
    """Who owns how much of whom, and since when. Units: basis points."""

    owner = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="holdings", verbose_name=_("股东"))
    owned = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="shareholders", verbose_name=_("被投资企业")
    )
    share_bps = models.PositiveIntegerField(_("持股比例（基点）"))

    class Meta:
        verbose_name = verbose_name_plural = _("股权关系")
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "owned"], condition=Q(valid_to__isnull=True), name="registry_one_present_share"
            ),
            models.UniqueConstraint(fields=["owner", "owned", "valid_from"], name="registry_one_share_begins_on_a_day"),
            models.CheckConstraint(
                name="registry_share_is_part_of_a_whole", condition=Q(share_bps__gte=1, share_bps__lte=10_000)
            ),
            models.CheckConstraint(name="registry_nobody_owns_itself", condition=~Q(owner=F("owned"))),
            models.CheckConstraint(name="registry_share_ends_after_it_begins", condition=ENDS_AFTER_IT_BEGINS),
        ]

    def __str__(self) -> str:
        return f"{self.owner_id} → {self.owned_id}: {self.share_bps}"
