"""PanelOpinion 论证意见: drafted from the sheets, signed by all; its conditions are tracked until they are met."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from experts.models.panel import Panel, Seat
from experts.states import ConditionState, SignedVia
from investreview.core.models import Versioned
from investreview.projects.states import PanelConclusion


class PanelOpinion(Versioned):
    """What the panel says. ``mean_hundredths`` is the mean of the final totals in hundredths of a point."""

    panel = models.OneToOneField(Panel, on_delete=models.PROTECT, related_name="opinion")
    text = models.TextField(_("论证意见"))
    agree_count = models.PositiveSmallIntegerField(_("同意人数"))
    mean_hundredths = models.PositiveIntegerField(_("平均分（百分之一分）"))
    conclusion = models.CharField(_("结论"), max_length=12, choices=PanelConclusion.choices)
    dissent = models.JSONField(_("不同意见"), default=list)
    drafted_at = models.DateTimeField(_("形成时间"))
    document_id = models.BigIntegerField(_("文书"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("论证意见")
        constraints = [models.CheckConstraint(name="opinion_has_a_text", condition=~Q(text=""))]


class OpinionSignature(models.Model):
    """One member's signature under the panel opinion, on screen or on paper."""

    opinion = models.ForeignKey(PanelOpinion, on_delete=models.PROTECT, related_name="signatures")
    seat = models.OneToOneField(Seat, on_delete=models.PROTECT, related_name="signature")
    via = models.CharField(_("签名方式"), max_length=8, choices=SignedVia.choices)
    scan = models.ForeignKey("projects.StoredFile", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    signed_at = models.DateTimeField(_("签名时间"))

    class Meta:
        verbose_name = verbose_name_plural = _("论证意见签名")
        ordering = ["seat"]
        constraints = [
            models.CheckConstraint(
                name="paper_signature_has_its_scan",
                condition=Q(via="SCREEN", scan__isnull=True)
                | Q(via="PAPER", scan__isnull=False, entered_by__isnull=False),
            ),
        ]


class Condition(Versioned):
    """修改条件: what the enterprise has to do; met only when the commission has accepted its evidence.

    Of a panel that was drawn here it belongs to the ``opinion``; of one that concluded on paper before its case was
    taken over, to the ``case`` (DOMAIN §16). ``due_on`` is set when the reply is delivered, where the rule set or the
    paper gives a term.
    """

    opinion = models.ForeignKey(
        PanelOpinion, on_delete=models.PROTECT, null=True, blank=True, related_name="conditions"
    )
    case = models.ForeignKey(
        "projects.Case", on_delete=models.PROTECT, null=True, blank=True, related_name="paper_conditions"
    )
    ordinal = models.PositiveSmallIntegerField(_("序号"))
    text = models.TextField(_("条件"))
    state = models.CharField(_("状态"), max_length=12, choices=ConditionState.choices, default=ConditionState.OPEN)
    due_on = models.DateField(_("落实期限"), null=True, blank=True)
    statement = models.TextField(_("落实情况"), blank=True)
    evidence = models.ForeignKey(
        "projects.StoredFile", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    submitted_at = models.DateTimeField(_("提交时间"), null=True, blank=True)
    judged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    judged_at = models.DateTimeField(_("核验时间"), null=True, blank=True)
    judgement = models.TextField(_("核验意见"), blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("论证条件")
        ordering = ["opinion", "case", "ordinal"]
        constraints = [
            models.UniqueConstraint(fields=["opinion", "ordinal"], name="condition_once"),
            models.UniqueConstraint(
                fields=["case", "ordinal"], condition=Q(case__isnull=False), name="paper_condition_once"
            ),
            models.CheckConstraint(
                name="condition_is_of_one_panel",
                condition=Q(opinion__isnull=False, case__isnull=True) | Q(opinion__isnull=True, case__isnull=False),
            ),
            models.CheckConstraint(
                name="submitted_condition_has_evidence",
                condition=~Q(state__in=["SUBMITTED", "MET"])
                | Q(evidence__isnull=False, submitted_by__isnull=False, submitted_at__isnull=False),
            ),
            models.CheckConstraint(
                name="judged_condition_says_who_and_when",
                condition=~Q(state__in=["RETURNED", "MET"]) | Q(judged_by__isnull=False, judged_at__isnull=False),
            ),
            models.CheckConstraint(
                name="returned_condition_says_why", condition=~Q(state="RETURNED") | ~Q(judgement="")
            ),
        ]
