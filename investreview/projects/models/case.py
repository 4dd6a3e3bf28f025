"""Case 办件: one run of one procedure on a project."""

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from investreview.accounts.models import User
from investreview.core.models import Versioned
from investreview.core.subject import Subject
from investreview.projects.states import (
    DECIDED,
    FAVOURABLE,
    FILED_STATES,
    OPEN,
    CaseState,
    PanelConclusion,
    Proposal,
)


def _person(label: Any) -> "models.ForeignKey[User | None, User | None]":
    return models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", null=True, blank=True, verbose_name=label
    )


def _differ(name: str, left: str, right: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        name=name, condition=Q(**{f"{left}__isnull": True}) | Q(**{f"{right}__isnull": True}) | ~Q(**{left: F(right)})
    )


class CaseNumberCounter(models.Model):
    """The next case number of a commission in a year (Asia/Shanghai); locked last."""

    commission = models.ForeignKey("registry.Commission", on_delete=models.PROTECT, verbose_name=_("国资委"))
    year = models.PositiveSmallIntegerField(_("年度"))
    next = models.PositiveIntegerField(_("下一号"), default=1)

    class Meta:
        verbose_name = _("办件编号计数")
        constraints = [models.UniqueConstraint(fields=["commission", "year"], name="one_case_counter_a_year")]


class Case(Versioned):
    """One run of one procedure: who did what, where it stands, and the evidence its state rests on.

    State and evidence are tied by CHECK constraints: no filing without number, signer and date; the persons of the
    duty rules of DOMAIN §1 are never the same.
    """

    class Procedure(models.TextChoices):
        """Which procedure is run on the project."""

        FIRST_REPORT = "FIRST_REPORT", _("首次报送")

    number = models.CharField(_("办件编号"), max_length=32, unique=True)
    project = models.ForeignKey("projects.Project", on_delete=models.PROTECT, related_name="cases")
    commission = models.ForeignKey("registry.Commission", on_delete=models.PROTECT, verbose_name=_("国资委"))
    enterprise = models.ForeignKey(
        "registry.Enterprise", on_delete=models.PROTECT, related_name="+", verbose_name=_("申报企业")
    )
    group = models.ForeignKey(
        "registry.Enterprise", on_delete=models.PROTECT, related_name="+", verbose_name=_("监管企业")
    )
    path = models.CharField(_("层级路径"), max_length=200, db_index=True)
    procedure = models.CharField(_("程序"), max_length=20, choices=Procedure.choices, default=Procedure.FIRST_REPORT)
    state = models.CharField(_("状态"), max_length=20, choices=CaseState.choices, default=CaseState.DRAFT)

    rule_set = models.ForeignKey("rulebook.RuleSet", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    route = models.CharField(_("办理路径"), max_length=24, blank=True)
    needs_panel = models.BooleanField(_("须二次论证"), default=False)
    panel_conclusion = models.CharField(_("论证结论"), max_length=12, choices=PanelConclusion.choices, blank=True)
    panel_summary = models.JSONField(_("论证情况"), default=dict)
    panels_begun = models.PositiveSmallIntegerField(_("已组织论证次数"), default=0)
    revision_count = models.PositiveSmallIntegerField(_("论证后修改次数"), default=0)
    deviation_reason = models.TextField(_("与论证结论不一致的理由"), blank=True)
    deviation_minutes = models.CharField(_("集体研究纪要文号"), max_length=80, blank=True)
    deviation_on = models.DateField(_("集体研究日期"), null=True, blank=True)
    chain = models.JSONField(_("签批链"), default=list)
    chain_position = models.PositiveSmallIntegerField(_("签批位置"), default=0)
    round = models.PositiveSmallIntegerField(_("办理轮次"), default=0)
    proposal = models.CharField(_("拟办意见"), max_length=16, choices=Proposal.choices, blank=True)
    risks = models.JSONField(_("风险提示"), default=list)
    unanswered = models.JSONField(_("未按期答复的会签处室"), default=list)
    refusal_reason = models.TextField(_("不予备案理由"), blank=True)

    drafter = _person(_("申报人"))
    releaser = _person(_("报送人"))
    officer = _person(_("经办人"))
    head = _person(_("处长"))
    signer = _person(_("签发人"))
    signer_for = _person(_("被代签人"))

    created_at = models.DateTimeField(_("建立时间"))
    handed_over_at = models.DateTimeField(_("送审时间"), null=True, blank=True)
    released_at = models.DateTimeField(_("报送时间"), null=True, blank=True)
    first_released_at = models.DateTimeField(_("首次报送时间"), null=True, blank=True)
    report_by = models.DateField(_("应报送日期"), null=True, blank=True)
    complete_at = models.DateTimeField(_("齐备确认时间"), null=True, blank=True)
    taken_over_on = models.DateField(_("接续日期"), null=True, blank=True)
    elapsed_days = models.PositiveSmallIntegerField(_("接续前已用工作日"), default=0)
    clock_days = models.PositiveSmallIntegerField(_("全程时限（工作日）"), null=True, blank=True)
    supplement_noticed_at = models.DateTimeField(_("补正通知时间"), null=True, blank=True)
    supplement_due_on = models.DateField(_("补正截止日期"), null=True, blank=True)
    supplement_count = models.PositiveSmallIntegerField(_("补正次数"), default=0)
    deferred_until = models.DateField(_("暂缓至"), null=True, blank=True)

    filing_number = models.CharField(_("备案登记号"), max_length=40, blank=True)
    document_number = models.CharField(_("发文字号"), max_length=60, blank=True)
    letter_id = models.BigIntegerField(_("复函"), null=True, blank=True)
    signed_at = models.DateTimeField(_("签发时间"), null=True, blank=True)
    delivered_at = models.DateTimeField(_("送达时间"), null=True, blank=True)
    acknowledged_at = models.DateTimeField(_("签收时间"), null=True, blank=True)
    ended_at = models.DateTimeField(_("办结时间"), null=True, blank=True)
    end_reason = models.TextField(_("办结说明"), blank=True)

    class Meta:
        verbose_name = _("办件")
        verbose_name_plural = _("办件")
        indexes = [
            models.Index(fields=["commission", "state", "-id"], name="case_by_state"),
            models.Index(fields=["path", "-id"], name="case_by_path"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["project"], condition=Q(state__in=sorted(OPEN)), name="one_open_case_a_project"
            ),
            models.UniqueConstraint(
                fields=["commission", "filing_number"], condition=~Q(filing_number=""), name="filing_number_once"
            ),
            models.CheckConstraint(
                name="decided_has_evidence",
                condition=~Q(state__in=sorted(DECIDED))
                | (
                    Q(signer__isnull=False, officer__isnull=False, head__isnull=False)
                    & Q(signed_at__isnull=False, ended_at__isnull=False, letter_id__isnull=False)
                    & ~Q(document_number="")
                ),
            ),
            models.CheckConstraint(
                name="filed_has_a_filing_number",
                condition=~Q(state__in=sorted(FILED_STATES)) | ~Q(filing_number=""),
            ),
            models.CheckConstraint(
                name="refused_has_a_reason", condition=~Q(state=CaseState.REFUSED) | ~Q(refusal_reason="")
            ),
            models.CheckConstraint(
                name="sent_back_or_gone_has_a_reason",
                condition=~Q(state__in=[CaseState.RETURNED, CaseState.WITHDRAWN]) | ~Q(end_reason=""),
            ),
            models.CheckConstraint(
                name="deferred_has_a_date", condition=Q(deferred_until__isnull=False) | ~Q(state=CaseState.DEFERRED)
            ),
            models.CheckConstraint(
                name="reviewing_has_clock_and_rules",
                condition=~Q(state__in=[CaseState.REVIEWING, CaseState.DEFERRED])
                | (Q(complete_at__isnull=False, clock_days__isnull=False, rule_set__isnull=False) & ~Q(route="")),
            ),
            models.CheckConstraint(
                name="released_has_a_releaser",
                condition=Q(released_at__isnull=True)
                | Q(releaser__isnull=False, drafter__isnull=False)
                | Q(taken_over_on__isnull=False),
            ),
            models.CheckConstraint(
                name="first_released_before_released_again",
                condition=Q(released_at__isnull=True, first_released_at__isnull=True)
                | Q(
                    released_at__isnull=False, first_released_at__isnull=False, first_released_at__lte=F("released_at")
                ),
            ),
            models.CheckConstraint(
                name="elapsed_days_only_of_a_case_taken_over",
                condition=Q(elapsed_days=0) | Q(taken_over_on__isnull=False),
            ),
            models.CheckConstraint(
                name="acknowledged_after_delivery",
                condition=Q(acknowledged_at__isnull=True) | Q(delivered_at__isnull=False),
            ),
            models.CheckConstraint(name="supplement_once", condition=Q(supplement_count__lte=1)),
            models.CheckConstraint(name="revision_once", condition=Q(revision_count__lte=1)),
            models.CheckConstraint(
                name="decided_after_its_panel",
                condition=~Q(state__in=sorted(DECIDED)) | Q(needs_panel=False) | ~Q(panel_conclusion=""),
            ),
            models.CheckConstraint(
                name="deviation_has_its_record",
                condition=Q(deviation_reason="", deviation_minutes="", deviation_on__isnull=True)
                | (~Q(deviation_reason="") & ~Q(deviation_minutes="") & Q(deviation_on__isnull=False)),
            ),
            models.CheckConstraint(
                name="against_the_panel_only_with_a_record",
                condition=~(
                    Q(state__in=sorted(FILED_STATES), panel_conclusion=PanelConclusion.FAIL)
                    | Q(state=CaseState.REFUSED, panel_conclusion__in=sorted(FAVOURABLE))
                )
                | ~Q(deviation_reason=""),
            ),
            _differ("drafter_is_not_releaser", "drafter", "releaser"),
            _differ("officer_is_not_head", "officer", "head"),
            _differ("officer_is_not_signer", "officer", "signer"),
            _differ("head_is_not_signer", "head", "signer"),
            _differ("signer_not_for_self", "signer", "signer_for"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def subject(self) -> Subject:
        """How journal, documents and notices name this case."""
        return Subject("case", self.number)

    @property
    def awaits_panel(self) -> bool:
        """Whether the case may not go on before an expert panel has concluded on what was submitted last."""
        return self.needs_panel and not self.panel_conclusion

    @property
    def chain_step(self) -> dict[str, object] | None:
        """The step of the signing chain that is due, or nothing after the last."""
        return self.chain[self.chain_position] if self.chain_position < len(self.chain) else None
