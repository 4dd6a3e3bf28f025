"""Exclusion 回避: a member of the pool who was left out of a panel's draw, with everything that says why."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from experts.labels import EXCLUSION_LABELS
from experts.models.panel import Panel


class Exclusion(models.Model):
    """The draw's evidence says number, code and ``ref``; ``reasons`` [{code, basis, path}] stay in this room."""

    panel = models.ForeignKey(Panel, on_delete=models.PROTECT, related_name="exclusions")
    expert = models.ForeignKey("experts.Expert", on_delete=models.PROTECT, related_name="+")
    ref = models.CharField(_("回避记录号"), max_length=20)
    code = models.CharField(_("回避代码"), max_length=20, choices=list(EXCLUSION_LABELS.items()))
    reasons = models.JSONField(_("依据和路径"))

    class Meta:
        verbose_name = verbose_name_plural = _("回避")
        ordering = ["panel", "ref"]
        constraints = [
            models.UniqueConstraint(fields=["panel", "expert"], name="excluded_once_a_panel"),
            models.UniqueConstraint(fields=["panel", "ref"], name="exclusion_ref_once"),
            models.CheckConstraint(name="exclusion_has_a_ref", condition=~Q(ref="")),
        ]
