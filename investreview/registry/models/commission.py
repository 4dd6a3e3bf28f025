"""Commission 市国资委 and its offices 处室."""

from django.db import models
from django.db.models.functions import Upper
from django.utils.translation import gettext_lazy as _


class Commission(models.Model):
    """A commission owns rules, pools, numbers and a calendar; one deployment serves several, each with its own."""

    code = models.CharField(_("代码"), max_length=12, unique=True)
    name = models.CharField(_("全称"), max_length=80, unique=True)
    short_name = models.CharField(_("简称"), max_length=40, unique=True)
    city = models.CharField(_("所在市（区、县）"), max_length=40)
    contact_phone = models.CharField(_("联系电话"), max_length=40, blank=True)
    case_prefix = models.CharField(_("办件编号前缀"), max_length=12, unique=True)
    last_group_number = models.PositiveIntegerField(_("监管企业末号"), default=0, editable=False)
    calendar_stamp = models.CharField(_("工作日历校验值"), max_length=64, blank=True, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = _("国资委")
        constraints = [
            models.CheckConstraint(
                name="registry_commission_code_is_one_part",
                condition=~models.Q(code="") & ~models.Q(code__contains="/"),
            ),
            # SQLite's LIKE knows no capitals: "lyg/" would reach into "LYG/".
            models.CheckConstraint(name="registry_commission_code_is_capital", condition=models.Q(code=Upper("code"))),
        ]

    def __str__(self) -> str:
        return self.short_name

    @property
    def path(self) -> str:
        """Where the tree of its enterprises begins."""
        return f"{self.code}/"


class Office(models.Model):
    """A 处室 of the commission; countersigning is asked of an office, not of a person."""

    class Kind(models.TextChoices):
        """What an office answers for."""

        BUSINESS = "BUSINESS", _("规划投资")
        FINANCE = "FINANCE", _("财务监管")
        PROPERTY = "PROPERTY", _("产权管理")
        LAW = "LAW", _("政策法规")
        DOCUMENT = "DOCUMENT", _("办公室（公文）")
        DISCIPLINE = "DISCIPLINE", _("纪检监督")
        OTHER = "OTHER", _("其他")

    commission = models.ForeignKey(
        Commission, on_delete=models.PROTECT, related_name="offices", verbose_name=_("国资委")
    )
    code = models.CharField(_("代码"), max_length=20)
    name = models.CharField(_("名称"), max_length=40)
    kind = models.CharField(_("职能"), max_length=12, choices=Kind)

    class Meta:
        verbose_name = verbose_name_plural = _("处室")
        ordering = ["commission", "id"]
        constraints = [
            models.UniqueConstraint(fields=["commission", "code"], name="registry_office_code_once"),
            models.UniqueConstraint(fields=["commission", "name"], name="registry_office_name_once"),
            models.CheckConstraint(name="registry_office_has_a_code", condition=~models.Q(code="")),
        ]

    def __str__(self) -> str:
        return self.name
