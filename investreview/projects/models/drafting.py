"""What belongs to a draft alone: the words that could not be saved yet, and the pledges of its enterprise."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class UnsavedText(models.Model):
    """What one person typed on one step and the declaration could not take, letter by letter, until it can.

    It is no statement of the enterprise: nobody else reads it, and it is gone once the step was saved.
    ``version`` is that of the declaration the person typed upon.
    """

    case = models.ForeignKey("projects.Case", on_delete=models.PROTECT, related_name="unsaved_texts")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    step = models.CharField(_("步骤"), max_length=16)
    version = models.PositiveIntegerField(_("所据版本"))
    typed = models.TextField(_("原样内容"))
    typed_at = models.DateTimeField(_("填写时间"))

    class Meta:
        verbose_name = _("未能保存的内容")
        constraints = [
            models.UniqueConstraint(fields=["case", "person", "step"], name="one_unsaved_text_a_step"),
        ]


class Pledge(models.Model):
    """The enterprise's pledges 承诺, item by item, upon one version of the declaration and of the rules.

    A later version of either asks anew. ``items`` keeps the words that were read."""

    case = models.ForeignKey("projects.Case", on_delete=models.PROTECT, related_name="pledges")
    declaration_version = models.PositiveIntegerField(_("申报内容版本"))
    rule_set = models.ForeignKey(
        "rulebook.RuleSet", on_delete=models.PROTECT, related_name="+", verbose_name=_("规则集")
    )
    items = models.JSONField(_("承诺事项"))
    pledged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("承诺人")
    )
    pledged_at = models.DateTimeField(_("承诺时间"))

    class Meta:
        verbose_name = _("承诺")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["case", "declaration_version", "rule_set"], name="one_pledge_a_version"),
        ]
