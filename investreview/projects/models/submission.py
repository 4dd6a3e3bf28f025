"""Submission 报送: facts and materials as the group released them; RoutingRecord: how they were routed."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Submission(models.Model):
    """The frozen facts and materials of one release; ``version_code`` stands on each page of form M02."""

    case = models.ForeignKey("projects.Case", on_delete=models.PROTECT, related_name="submissions")
    ordinal = models.PositiveSmallIntegerField(_("次数"))
    facts = models.JSONField(_("申报内容"))
    materials = models.JSONField(_("材料"))
    sha256 = models.CharField(_("校验值"), max_length=64)
    version_code = models.CharField(_("版本码"), max_length=16)
    released_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    released_at = models.DateTimeField(_("报送时间"))
    recalled_at = models.DateTimeField(_("收回时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("报送")
        ordering = ["ordinal"]
        constraints = [models.UniqueConstraint(fields=["case", "ordinal"], name="submission_once")]


class RoutingRecord(models.Model):
    """One routing decision with everything it rested on: rule version, code version, facts, all rows.

    Of a case that was taken over there was no submission here.
    """

    class Occasion(models.TextChoices):
        """When the case was routed; the confirmed record binds."""

        RELEASE = "RELEASE", _("报送时")
        CONFIRMED = "CONFIRMED", _("齐备确认时")

    case = models.ForeignKey("projects.Case", on_delete=models.PROTECT, related_name="routings")
    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    rule_set = models.ForeignKey("rulebook.RuleSet", on_delete=models.PROTECT, related_name="+")
    occasion = models.CharField(_("时点"), max_length=12, choices=Occasion.choices)
    code_version = models.CharField(_("程序版本"), max_length=64)
    amount_yuan_text = models.CharField(_("分档金额（元）"), max_length=32)
    facts = models.JSONField(_("判定事实"))
    route = models.CharField(_("办理路径"), max_length=24)
    duties = models.JSONField(_("义务"))
    reasons = models.JSONField(_("理由"))
    nearest = models.JSONField(_("最近的变化"), null=True)
    routed_at = models.DateTimeField(_("判定时间"))

    class Meta:
        verbose_name = _("路径判定")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(occasion="CONFIRMED"), name="one_confirmed_routing_a_case"
            )
        ]
