"""Model bases every room shares."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from investreview.core.errors import Stale


class Versioned(models.Model):
    """A row that people decide on; its version rises with each change, so that a stale form is noticed."""

    version = models.PositiveIntegerField(_("版本"), default=1)

    class Meta:
        abstract = True

    def check_version(self, expected: int, *, who: str = "", **texts: Any) -> None:
        """Nothing happens while ``expected`` is the row's version.

        Raises: Stale (core_stale) with ``texts`` otherwise.
        """
        if self.version != expected:
            raise Stale("core_stale", who=who or "—", **texts)


class DemonstrationClock(models.Model):
    """The one row that moves business time; only a demonstration database has it."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    business_start_at = models.DateTimeField(_("演示起始时间"))
    machine_start_at = models.DateTimeField(_("机器时间"))

    class Meta:
        verbose_name = verbose_name_plural = _("演示时钟")
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="core_one_demonstration_clock")]


class SignOfLife(models.Model):
    """When a background process was last seen at work, in the machine's time; one row each."""

    class Process(models.TextChoices):
        """Who gives the sign."""

        CLOCK = "CLOCK", _("定时进程")
        WORKER = "WORKER", _("后台进程")

    process = models.CharField(_("进程"), max_length=8, choices=Process, primary_key=True)
    given_at = models.DateTimeField(_("时间"))

    class Meta:
        verbose_name = verbose_name_plural = _("运行迹象")
