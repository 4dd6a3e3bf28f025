"""When the clock of a case stood, and why (DOMAIN §4)."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class ClockStop(models.Model):
    """The clock stands from ``from_on`` (not counted any more after that day) until ``until_on``."""

    class Reason(models.TextChoices):
        """Why the clock may lawfully stand."""

        SUPPLEMENT = "SUPPLEMENT", _("补正")
        DEFERRAL = "DEFERRAL", _("暂缓")
        PANEL = "PANEL", _("专家论证")

    case = models.ForeignKey("projects.Case", on_delete=models.PROTECT, related_name="clock_stops")
    reason = models.CharField(_("原因"), max_length=12, choices=Reason.choices)
    from_on = models.DateField(_("停表日"))
    until_on = models.DateField(_("恢复日"), null=True, blank=True)

    class Meta:
        verbose_name = _("停表")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(until_on__isnull=True), name="one_running_stop_a_case"
            ),
            models.CheckConstraint(
                name="stop_ends_after_it_began", condition=Q(until_on__isnull=True) | Q(until_on__gte=F("from_on"))
            ),
        ]
