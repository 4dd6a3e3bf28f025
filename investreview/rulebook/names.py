"""What the words of the rule book are called, in Chinese and English: the one place of these names."""

from enum import StrEnum
from typing import NamedTuple

from investreview.rulebook.facts import Nature, PlanStatus, ProjectKind
from investreview.rulebook.vocabulary import Duty, Level, Route, StepKind


class Words(NamedTuple):
    """One thing said in both languages; both are stored, so that neither is ever made up later."""

    zh: str
    en: str

    def within(self, zh: str, en: str) -> "Words":
        """The two templates with the words put in at ``{}``."""
        return Words(zh.replace("{}", self.zh), en.replace("{}", self.en))


def joined(parts: list[Words], zh: str, en: str) -> Words:
    """The parts in order, separated by ``zh`` and ``en``."""
    return Words(zh.join(part.zh for part in parts), en.join(part.en for part in parts))


ROUTES: dict[Route, Words] = {
    Route.BLOCKED: Words("禁止投资", "blocked"),
    Route.ACQUISITION: Words("收购民营企业程序", "acquisition procedure"),
    Route.SPECIAL_REVIEW: Words("审核把关", "special review"),
    Route.EXPERT_PANEL: Words("二次论证", "second review by experts"),
    Route.NONMAIN_PREFILING: Words("非主业事前备案", "pre-filing of non-main business"),
    Route.FILING: Words("备案", "filing"),
    Route.PLAN_SUPPLEMENT: Words("计划外小额项目报备", "supplement to the plan"),
    Route.ENTERPRISE_DECIDES: Words("自主决策", "enterprise decides"),
}

DUTIES: dict[Duty, Words] = {
    Duty.FOUR_STAGES: Words("按动议、评估、决策、后评价四个阶段办理", "four stages"),
    Duty.TWO_LEVEL_REVIEW: Words("两级审核", "two-level review"),
    Duty.EXPERT_PANEL: Words("专家二次论证", "second review by an expert panel"),
    Duty.NECESSITY_STATEMENT: Words("提交非主业必要性说明", "statement why non-main business is needed"),
    Duty.BEFORE_SIGNATURE: Words("签约、付款前完成备案", "before anything is signed or paid"),
    Duty.FILING: Words("报市国资委备案", "filing with the commission"),
    Duty.PLAN_ADJUSTMENT_FIRST: Words("先行调整年度投资计划", "adjustment of the annual plan first"),
    Duty.PLAN_ROW: Words("补列年度投资计划", "row added to the annual plan"),
    Duty.RECORD: Words("登记并按季报送", "recorded and reported quarterly"),
}

LEVELS: dict[Level, Words] = {
    Level.REQUIRED: Words("必交", "required"),
    Level.CONDITIONAL: Words("有条件", "conditional"),
    Level.CHAPTER: Words("可为可研报告的章节", "may be a chapter of the study"),
    Level.OPTIONAL: Words("可选", "optional"),
}

STEP_KINDS: dict[StepKind, Words] = {
    StepKind.CHECK: Words("审核", "check"),
    StepKind.COUNTERSIGN: Words("会签", "countersign"),
    StepKind.WORDING: Words("核稿", "wording check"),
    StepKind.REVIEW: Words("审签", "review"),
    StepKind.SIGN: Words("签发", "sign"),
    StepKind.MEETING: Words("会议研究", "meeting"),
}

LIMITS: dict[str, Words] = {
    "completeness_days": Words("齐备核对 {} 个工作日", "completeness check: {} working days"),
    "supplement_days": Words("企业补正 {} 个工作日", "supplement by the enterprise: {} working days"),
    "supplement_reminder_day": Words("补正第 {} 个工作日提醒", "reminder on working day {} of a supplement"),
    "opinion_days": Words("经办提出意见 {} 个工作日", "opinion of the officer: {} working days"),
    "panel_opinion_days": Words("形成论证意见 {} 个工作日", "opinion of the panel: {} working days"),
    "report_by_days": Words("企业决策后 {} 个工作日内报送", "report within {} working days of the decision"),
    "quarterly_report_calendar_days": Words("季度终了后 {} 日内报送进展", "quarterly report within {} days"),
    "escalation_days": Words("逾期 {} 个工作日提示分管领导", "leader told after {} working days overdue"),
    "paper_entry_days": Words("线下签批 {} 个工作日内回录", "paper decisions entered within {} working days"),
    "deferral_max_months": Words("暂缓最长 {} 个月", "deferral of at most {} months"),
    "filing_valid_months": Words("备案有效期 {} 个月", "filing valid for {} months"),
    "evaluation_after_months": Words("竣工投运满 {} 个月列入后评价", "evaluation {} months after completion"),
    "extension_max_months": Words("延期最长 {} 个月", "extension of at most {} months"),
    "extension_ask_calendar_days": Words("延期须在届满 {} 日前提出", "extension asked {} days before the end"),
    "appraisal_valid_months": Words("评估基准日距报送不超过 {} 个月", "appraisal not older than {} months"),
    "change_amount_bps": Words("投资额累计增加 {}%", "amount up by {} %"),
    "change_own_capital_share_bps": Words("自有资金比例降低 {} 个百分点", "own capital down by {} points"),
    "change_irr_bps": Words("预计内部收益率下降 {}%", "rate of return down by {} %"),
    "change_delay_months": Words("进度延迟 {} 个月", "delay of {} months"),
}

AMOUNTS: dict[str, Words] = {
    "own_commitment_yuan": Words("承诺出资", "own commitment"),
    "total_investment_yuan": Words("项目总投资", "total investment"),
}

VALUES: dict[StrEnum, Words] = {
    Nature.MAIN: Words("主业", "main business"),
    Nature.DEEMED_MAIN: Words("视同主业", "deemed main business"),
    Nature.NON_MAIN: Words("非主业", "non-main business"),
    ProjectKind.FIXED_ASSET: Words("固定资产投资", "fixed assets"),
    ProjectKind.EQUITY: Words("股权投资", "equity"),
    ProjectKind.INTANGIBLE: Words("无形资产投资", "intangible assets"),
    ProjectKind.FUND: Words("基金投资", "fund"),
    PlanStatus.IN_PLAN: Words("已列入年度投资计划", "in the annual plan"),
    PlanStatus.ADJUSTED_IN: Words("经调整列入年度投资计划", "adjusted into the annual plan"),
    PlanStatus.OFF_PLAN: Words("未列入年度投资计划", "not in the annual plan"),
}

# What a flag says when it is set, and when it is not; for items: when some are declared, and when none is.
FLAGS: dict[str, tuple[Words, Words]] = {
    "controls_project": (
        Words("本集团控制该项目", "controlled by the group"),
        Words("本集团不控制该项目", "not controlled by the group"),
    ),
    "is_private_acquisition_with_control": (
        Words("收购民营企业并取得控制权", "acquires a private enterprise with control"),
        Words("不属于取得控制权的民营企业收购", "acquires no private enterprise with control"),
    ),
    "is_overseas": (Words("境外投资", "overseas"), Words("境内投资", "domestic")),
    "has_partner": (Words("有合作方", "has a partner"), Words("无合作方", "has no partner")),
    "involves_staff": (
        Words("涉及职工安置", "staff must be placed"),
        Words("不涉及职工安置", "no staff must be placed"),
    ),
    "involves_asset_transfer": (
        Words("涉及资产收购或者非货币出资", "assets are bought or contributed"),
        Words("不涉及资产收购和非货币出资", "no assets are bought or contributed"),
    ),
    "strategic_emerging": (
        Words("战略性新兴产业", "strategic emerging industry"),
        Words("非战略性新兴产业", "no strategic emerging industry"),
    ),
    "prohibited_items": (
        Words("涉及负面清单禁止类事项", "items that the negative list prohibits"),
        Words("不涉及负面清单禁止类事项", "no item that the negative list prohibits"),
    ),
    "special_items": (
        Words("涉及负面清单特别监管类事项", "items under special supervision"),
        Words("不涉及负面清单特别监管类事项", "no item under special supervision"),
    ),
}
