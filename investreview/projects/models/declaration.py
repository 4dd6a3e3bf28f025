"""Declaration 申报内容: the facts of a case as the enterprise states them; editable on the draft only."""

from decimal import Decimal

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from investreview.core.models import Versioned
from investreview.core.money import MoneyField
from investreview.rulebook.facts import Nature, PlanStatus, ProjectKind

KIND_LABELS = {
    ProjectKind.FIXED_ASSET.value: _("固定资产投资"),
    ProjectKind.EQUITY.value: _("股权投资"),
    ProjectKind.INTANGIBLE.value: _("无形资产投资"),
    ProjectKind.FUND.value: _("基金投资"),
}
NATURE_LABELS = {
    Nature.MAIN.value: _("主业"),
    Nature.DEEMED_MAIN.value: _("视同主业"),
    Nature.NON_MAIN.value: _("非主业"),
}
PLAN_LABELS = {
    PlanStatus.IN_PLAN.value: _("已列入年度投资计划"),
    PlanStatus.ADJUSTED_IN.value: _("经计划调整列入"),
    PlanStatus.OFF_PLAN.value: _("未列入年度投资计划"),
}


class Declaration(Versioned):
    """What the enterprise declares; money in yuan, rates in basis points, legal dates in Asia/Shanghai."""

    class Mark(models.TextChoices):
        """Handling mark, printed on each page; this is a non-classified system (DOMAIN §4)."""

        PUBLIC = "PUBLIC", _("公开")
        INTERNAL = "INTERNAL", _("内部")
        BUSINESS_SECRET = "BUSINESS_SECRET", _("商业秘密")
        WORK_SECRET = "WORK_SECRET", _("工作秘密")

    case = models.OneToOneField("projects.Case", on_delete=models.PROTECT, related_name="declaration")
    kind = models.CharField(_("投资类别"), max_length=12, choices=list(KIND_LABELS.items()), blank=True)
    nature = models.CharField(_("主业属性"), max_length=12, choices=list(NATURE_LABELS.items()), blank=True)
    main_business = models.CharField(_("对应主业"), max_length=60, blank=True)
    summary = models.TextField(_("主要建设（投资）内容"), blank=True)
    site = models.CharField(_("建设（投资）地点"), max_length=120, blank=True)
    is_strategic_emerging = models.BooleanField(_("战略性新兴产业"), default=False)
    is_overseas = models.BooleanField(_("境外投资"), default=False)
    is_private_acquisition_with_control = models.BooleanField(_("收购民营企业并取得控制权"), default=False)
    involves_staff = models.BooleanField(_("涉及职工安置"), default=False)
    controls_project = models.BooleanField(_("本集团控制该项目"), default=True)
    prohibited_matter = models.TextField(_("涉及负面清单禁止类事项"), blank=True)
    special_matter = models.TextField(_("涉及负面清单特别监管类事项"), blank=True)

    plan_status = models.CharField(_("年度计划"), max_length=12, choices=list(PLAN_LABELS.items()), blank=True)
    plan_row = models.CharField(_("计划行号"), max_length=40, blank=True)
    plan_amount_yuan = MoneyField(_("计划投资额"), null=True, blank=True)

    own_funds_yuan = MoneyField(_("自有资金"), default=Decimal(0))
    borrowing_yuan = MoneyField(_("银行贷款等借款"), default=Decimal(0))
    fiscal_yuan = MoneyField(_("财政资金"), default=Decimal(0))
    other_funds_yuan = MoneyField(_("其他资金"), default=Decimal(0))
    irr_bps = models.IntegerField(_("预计内部收益率（基点）"), null=True, blank=True)
    payback_months = models.PositiveSmallIntegerField(_("投资回收期（月）"), null=True, blank=True)
    currency = models.CharField(_("原币种"), max_length=3, blank=True)
    currency_amount = MoneyField(_("原币金额"), null=True, blank=True)
    currency_rate_millionths = models.PositiveBigIntegerField(_("折算汇率（百万分之一）"), null=True, blank=True)
    currency_rate_on = models.DateField(_("汇率日期"), null=True, blank=True)

    report_number = models.CharField(_("备案报告文号"), max_length=60, blank=True)
    report_on = models.DateField(_("备案报告日期"), null=True, blank=True)
    study_number = models.CharField(_("可研报告编号"), max_length=60, blank=True)
    decided_on = models.DateField(_("集团决策日期"), null=True, blank=True)
    contract_on = models.DateField(_("拟签约日期"), null=True, blank=True)
    payment_on = models.DateField(_("拟首笔付款日期"), null=True, blank=True)
    contact_name = models.CharField(_("联系人"), max_length=40, blank=True)
    contact_phone = models.CharField(_("联系电话"), max_length=40, blank=True)
    mark = models.CharField(_("标识"), max_length=16, choices=Mark.choices, default=Mark.INTERNAL)

    class Meta:
        verbose_name = _("申报内容")
        constraints = [
            models.CheckConstraint(
                name="funds_are_not_negative",
                condition=Q(own_funds_yuan__gte=0, borrowing_yuan__gte=0, fiscal_yuan__gte=0, other_funds_yuan__gte=0),
            ),
        ]

    @property
    def funds_total_yuan(self) -> Decimal:
        """All declared sources together, in yuan."""
        return self.own_funds_yuan + self.borrowing_yuan + self.fiscal_yuan + self.other_funds_yuan


class Phase(models.Model):
    """One phase 分期 of the project with its total investment; every declared phase counts (DOMAIN §2)."""

    declaration = models.ForeignKey(Declaration, on_delete=models.PROTECT, related_name="phases")
    ordinal = models.PositiveSmallIntegerField(_("序号"))
    name = models.CharField(_("分期名称"), max_length=60)
    total_yuan = MoneyField(_("项目总投资"))

    class Meta:
        verbose_name = _("分期")
        ordering = ["ordinal"]
        constraints = [
            models.UniqueConstraint(fields=["declaration", "ordinal"], name="phase_ordinal_once"),
            models.CheckConstraint(name="phase_total_not_negative", condition=Q(total_yuan__gte=0)),
        ]


class Commitment(models.Model):
    """What one entity of the group commits: cash, in kind, subscribed, loans, assumed debt (DOMAIN §2)."""

    declaration = models.ForeignKey(Declaration, on_delete=models.PROTECT, related_name="commitments")
    enterprise = models.ForeignKey(
        "registry.Enterprise", on_delete=models.PROTECT, related_name="+", verbose_name=_("出资主体")
    )
    cash_yuan = MoneyField(_("现金出资"), default=Decimal(0))
    in_kind_yuan = MoneyField(_("实物等出资（评估值）"), default=Decimal(0))
    subscribed_yuan = MoneyField(_("认缴资本"), default=Decimal(0))
    paid_in_yuan = MoneyField(_("其中实缴"), default=Decimal(0))
    shareholder_loan_yuan = MoneyField(_("股东借款"), default=Decimal(0))
    assumed_debt_yuan = MoneyField(_("承担债务"), default=Decimal(0))

    class Meta:
        verbose_name = _("出资承诺")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["declaration", "enterprise"], name="one_commitment_an_entity"),
            models.CheckConstraint(
                name="commitment_not_negative",
                condition=Q(cash_yuan__gte=0, in_kind_yuan__gte=0, subscribed_yuan__gte=0)
                & Q(paid_in_yuan__gte=0, shareholder_loan_yuan__gte=0, assumed_debt_yuan__gte=0),
            ),
        ]

    @property
    def total_yuan(self) -> Decimal:
        """The commitment in yuan: subscribed capital counts, paid-in does not (it is part of subscribed)."""
        return (
            self.cash_yuan
            + self.in_kind_yuan
            + self.subscribed_yuan
            + self.shareholder_loan_yuan
            + self.assumed_debt_yuan
        )


class Party(models.Model):
    """An organisation with its role in the project; avoidance of experts is computed from these rows."""

    class Role(models.TextChoices):
        """The part an organisation has in a project."""

        APPLICANT = "APPLICANT", _("申报企业")
        INVESTOR = "INVESTOR", _("投资主体")
        TARGET = "TARGET", _("标的企业")
        PARTNER = "PARTNER", _("合作方")
        STUDY = "STUDY", _("可研编制单位")
        DUE_DILIGENCE = "DUE_DILIGENCE", _("尽职调查机构")
        AUDIT = "AUDIT", _("审计机构")
        APPRAISAL = "APPRAISAL", _("评估机构")
        LEGAL_OPINION = "LEGAL_OPINION", _("法律意见机构")
        FIRST_REVIEW = "FIRST_REVIEW", _("首次论证单位")

    declaration = models.ForeignKey(Declaration, on_delete=models.PROTECT, related_name="parties")
    organisation = models.ForeignKey("registry.Organisation", on_delete=models.PROTECT, related_name="+")
    role = models.CharField(_("角色"), max_length=16, choices=Role.choices)

    class Meta:
        verbose_name = _("相关单位")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["declaration", "organisation", "role"], name="party_once_in_a_role"),
        ]
