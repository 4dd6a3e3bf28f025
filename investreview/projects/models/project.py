"""Project 项目: the investment itself; it lives for years and has many cases."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Project(models.Model):
    """An investment of one enterprise; its facts stand in the declarations of its cases."""

    class Origin(models.TextChoices):
        """How the project came into the system (DOMAIN §16)."""

        NATIVE = "NATIVE", _("线上报送")
        BACKFILLED = "BACKFILLED", _("补录")
        IN_FLIGHT = "IN_FLIGHT", _("在途接续")

    commission = models.ForeignKey("registry.Commission", on_delete=models.PROTECT, verbose_name=_("国资委"))
    enterprise = models.ForeignKey("registry.Enterprise", on_delete=models.PROTECT, verbose_name=_("投资主体"))
    path = models.CharField(_("层级路径"), max_length=200, db_index=True)
    name = models.CharField(_("项目名称"), max_length=120)
    origin = models.CharField(_("来源"), max_length=12, choices=Origin.choices, default=Origin.NATIVE)
    creation_key = models.CharField(_("创建标识"), max_length=64, unique=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("创建人")
    )
    created_at = models.DateTimeField(_("创建时间"))

    class Meta:
        verbose_name = _("投资项目")
        verbose_name_plural = _("投资项目")
        constraints = [
            models.CheckConstraint(name="project_has_a_name", condition=~models.Q(name="")),
        ]

    def __str__(self) -> str:
        return self.name
