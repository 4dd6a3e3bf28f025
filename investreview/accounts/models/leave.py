"""Leave 休假: from when to when somebody is away, and whom they propose to act for them. It gives nobody a right."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Leave(models.Model):
    """A person is away, both days included; the proposed substitute acts only once an authority is registered."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="leaves", verbose_name=_("休假人")
    )
    first_on = models.DateField(_("起始日期"))
    last_on = models.DateField(_("截止日期"))
    substitute = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("拟请代办人"),
    )
    note = models.CharField(_("说明"), max_length=100, blank=True)
    recorded_at = models.DateTimeField(_("登记时间"))
    cancelled_at = models.DateTimeField(_("撤销时间"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("休假")
        ordering = ["first_on", "id"]
        indexes = [models.Index(fields=["person", "last_on"], name="accounts_leaves_of_a_person")]
        constraints = [
            models.CheckConstraint(name="accounts_leave_ends_after_it_begins", condition=Q(last_on__gte=F("first_on"))),
            models.CheckConstraint(
                name="accounts_nobody_proposes_themselves",
                condition=Q(substitute__isnull=True) | ~Q(substitute=F("person")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.first_on} – {self.last_on}"
