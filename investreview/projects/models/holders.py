"""Who held a case before it changed hands (工作交接): the duty rules go on counting them."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class FormerHolder(models.Model):
    """Who had a part in a case, or a post on its panel, until a hand-over; on this case they stay apart for ever."""

    class Part(models.TextChoices):
        """What the person was; the value is the field of case or panel in capitals."""

        DRAFTER = "DRAFTER", _("申报人")
        OFFICER = "OFFICER", _("经办人")
        OPERATOR = "OPERATOR", _("抽取人")
        SUPERVISOR = "SUPERVISOR", _("监督人")
        SECRETARY = "SECRETARY", _("论证会务")

    case = models.ForeignKey("projects.Case", on_delete=models.PROTECT, related_name="former_holders")
    part = models.CharField(_("身份"), max_length=12, choices=Part)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("移交人")
    )
    successor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("接交人")
    )
    handover = models.CharField(_("交接单编号"), max_length=40)
    at = models.DateTimeField(_("移交时间"))

    class Meta:
        verbose_name = _("原承办人")
        ordering = ["id"]
        indexes = [models.Index(fields=["person", "part"], name="former_holders_of_a_person")]
        constraints = [
            models.CheckConstraint(name="hand_over_changes_hands", condition=~models.Q(person=models.F("successor"))),
        ]
