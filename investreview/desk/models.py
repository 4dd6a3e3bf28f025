"""What the desk itself keeps: how people want to see their lists. Nothing here decides anything."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class SavedView(models.Model):
    """保存的视图: a tab of the inbox with its filters and order under a name.

    Shared, it is offered to everybody of the owner's office, or of the owner's body where there is no office; it
    shows each of them their own steps only.
    """

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("建立人")
    )
    name = models.CharField(_("名称"), max_length=40)
    tab = models.CharField(_("标签"), max_length=12)
    values = models.JSONField(_("条件"), default=dict)
    is_default = models.BooleanField(_("默认打开"), default=False)
    is_shared = models.BooleanField(_("与本处室共用"), default=False)
    saved_at = models.DateTimeField(_("保存时间"))

    class Meta:
        verbose_name = verbose_name_plural = _("保存的视图")
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(fields=["owner", "name"], name="desk_a_view_has_a_name_of_its_own"),
            models.UniqueConstraint(
                fields=["owner"], condition=Q(is_default=True), name="desk_one_view_opens_by_itself"
            ),
            models.CheckConstraint(name="desk_view_has_a_name", condition=~Q(name="")),
        ]

    def __str__(self) -> str:
        return self.name
