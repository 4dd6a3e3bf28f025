"""The closed vocabulary of the rule book: routes, duties, levels of materials, kinds of steps and pools, samples."""

from enum import StrEnum


class Route(StrEnum):
    """办理路径: how a case is handled, from the strictest to the mildest."""

    BLOCKED = "BLOCKED"
    ACQUISITION = "ACQUISITION"
    SPECIAL_REVIEW = "SPECIAL_REVIEW"
    EXPERT_PANEL = "EXPERT_PANEL"
    NONMAIN_PREFILING = "NONMAIN_PREFILING"
    FILING = "FILING"
    PLAN_SUPPLEMENT = "PLAN_SUPPLEMENT"
    ENTERPRISE_DECIDES = "ENTERPRISE_DECIDES"


class Duty(StrEnum):
    """义务: what a matching row asks for; duties of all matching rows add up."""

    FOUR_STAGES = "FOUR_STAGES"
    TWO_LEVEL_REVIEW = "TWO_LEVEL_REVIEW"
    EXPERT_PANEL = "EXPERT_PANEL"
    NECESSITY_STATEMENT = "NECESSITY_STATEMENT"
    BEFORE_SIGNATURE = "BEFORE_SIGNATURE"
    FILING = "FILING"
    PLAN_ADJUSTMENT_FIRST = "PLAN_ADJUSTMENT_FIRST"
    PLAN_ROW = "PLAN_ROW"
    RECORD = "RECORD"


class Level(StrEnum):
    """How much a slot of the material catalogue is asked for: 必交, 有条件, 可为章节, 可选."""

    REQUIRED = "R"
    CONDITIONAL = "C"
    CHAPTER = "F"
    OPTIONAL = "O"


class StepKind(StrEnum):
    """The kinds of steps of a signing chain: 审核, 会签, 核稿, 审签, 签发, 会议研究."""

    CHECK = "CHECK"
    COUNTERSIGN = "COUNTERSIGN"
    WORDING = "WORDING"
    REVIEW = "REVIEW"
    SIGN = "SIGN"
    MEETING = "MEETING"


class PoolKind(StrEnum):
    """专家库类别: outside experts who review projects; people from posts in enterprises who inspect. Never mixed."""

    INVESTMENT = "INVESTMENT"
    SUPERVISION = "SUPERVISION"


class SampleMethod(StrEnum):
    """抽取方法 of a sample of projects, as ``draws/verify_draw.py`` spells them."""

    ALL_SYSTEMATIC = "all_systematic"
    ENT_SYSTEMATIC = "ent_systematic"
    CELL_CEIL = "cell_ceil"


class PickRule(StrEnum):
    """必查情形: why a project is picked on top of the random part (DOMAIN §10)."""

    ACQUISITION = "ACQUISITION"
    SPECIAL = "SPECIAL"
    ALERT = "ALERT"
    OVER_BUDGET = "OVER_BUDGET"
    LETTER = "LETTER"
    UNSAMPLED = "UNSAMPLED"


class EvaluationStep(StrEnum):
    """The steps of an evaluation year that have a day of their own."""

    PLAN = "PLAN"
    PLAN_FILED = "PLAN_FILED"
    SELF_EVALUATION = "SELF_EVALUATION"
    CHECK_REPORT = "CHECK_REPORT"
