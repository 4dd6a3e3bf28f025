"""The commission's calendar of working days 工作日."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from investreview.registry.models.commission import Commission


class CalendarDay(models.Model):
    """One day, worked or free, and how we know."""

    class Source(models.TextChoices):
        """Whether the day was announced, guessed, or set by a person."""

        OFFICIAL = "OFFICIAL", _("国务院办公厅通知")
        ESTIMATED = "ESTIMATED", _("推算")
        EDITED = "EDITED", _("人工调整")

    commission = models.ForeignKey(
        Commission, on_delete=models.PROTECT, related_name="calendar_days", verbose_name=_("国资委")
    )
    day = models.DateField(_("日期"))
    is_working_day = models.BooleanField(_("是否工作日"))
    source = models.CharField(_("依据"), max_length=10, choices=Source)
    note = models.CharField(_("说明"), max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("工作日历")
        ordering = ["commission", "day"]
        constraints = [
            models.UniqueConstraint(fields=["commission", "day"], name="registry_one_calendar_day"),
            models.CheckConstraint(
                name="registry_edited_day_has_a_reason", condition=~Q(source="EDITED") | ~Q(note="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day}"
