"""How reasons and paths of avoidance are written: in Chinese, as they are printed, journalled and frozen into draws."""

from collections.abc import Mapping
from datetime import datetime

from experts.rules.avoidance import Hit, PartyRole
from experts.rules.eligibility import Period
from experts.rules.ownership import Relation, Step
from experts.states import ConflictKind, TieKind
from investreview.core.clock import SHANGHAI
from investreview.core.dates import in_chinese

ARROW = "→"
TIES: Mapping[str, str] = {
    TieKind.EMPLOYED.value: "在职",
    TieKind.REEMPLOYED.value: "返聘",
    TieKind.RETIRED.value: "退休前任职",
    TieKind.OUTSIDE_DIRECTOR.value: "任外部董事",
    ConflictKind.KIN.value: "近亲属任职",
    ConflictKind.SHAREHOLDING.value: "持有股权",
    ConflictKind.LOAN.value: "有借贷关系",
    ConflictKind.DISPUTE.value: "有纠纷",
    ConflictKind.FIRST_REVIEW.value: "参加其首次论证",
    ConflictKind.OTHER.value: "有其他利害关系",
}
PARTIES: Mapping[PartyRole, str] = {
    PartyRole.GROUP: "申报集团",
    PartyRole.INVESTOR: "投资主体",
    PartyRole.TARGET: "标的企业",
    PartyRole.PARTNER: "合作方",
    PartyRole.STUDY: "可研编制单位",
    PartyRole.DUE_DILIGENCE: "尽职调查机构",
    PartyRole.AUDIT: "审计机构",
    PartyRole.APPRAISAL: "评估机构",
    PartyRole.LEGAL_OPINION: "法律意见机构",
    PartyRole.FIRST_REVIEW: "首次论证单位",
    PartyRole.REQUESTED: "企业申请回避的单位",
}


def instant_text(at: datetime | None) -> str:
    """2024年7月15日 09:58, as papers print an instant. Raises: ValueError for none."""
    if at is None:
        raise ValueError("a paper needs the instant it tells")
    there = at.astimezone(SHANGHAI)
    return f"{in_chinese(there.date())} {there:%H:%M}"


def days(period: Period) -> str:
    """2022年3月1日至今, or with its last day."""
    last = "今" if period.last is None else in_chinese(period.last)
    return f"{in_chinese(period.first)}至{last}"


def path_text(hit: Hit, names: Mapping[int, str], group: str) -> str:
    """The whole chain: 专家→在职（…至今）某公司→持股80.00%：港控物流→申报集团（港控集团）."""
    parts = ["专家", f"{TIES[hit.tie.kind]}（{days(hit.tie.period)}）：{names[hit.tie.organisation]}"]
    parts += [_step(step, names) for step in hit.link.steps]
    role = PARTIES[hit.role]
    parts.append(f"{role}（{group}）" if hit.role is PartyRole.GROUP else role)
    return ARROW.join(parts)


def _step(step: Step, names: Mapping[int, str]) -> str:
    name = names[step.organisation]
    match step.relation:
        case Relation.ABOVE:
            return f"下级企业：{name}"
        case Relation.BELOW:
            return f"上级企业：{name}"
        case Relation.HOLDS:
            return f"持股{_percent(step)}（{days(step.period)}）：{name}"
        case Relation.HELD_BY:
            return f"股东持股{_percent(step)}（{days(step.period)}）：{name}"


def _percent(step: Step) -> str:
    whole, rest = divmod(step.share_bps or 0, 100)
    return f"{whole}.{rest:02d}%"
