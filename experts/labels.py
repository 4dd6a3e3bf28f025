"""The words for what the pure rules name by code."""

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from experts.rules.codes import ExclusionCode, NotListed
from experts.rules.shortage import ANYBODY
from investreview.rulebook.panels import PanelRules
from investreview.rulebook.vocabulary import PoolKind

POOL_LABELS = {
    PoolKind.INVESTMENT.value: _("投资论证专家库"),
    PoolKind.SUPERVISION.value: _("监督检查专家库"),
}
EXCLUSION_LABELS = {
    ExclusionCode.STAFF.value: _("国资委工作人员"),
    ExclusionCode.SUSPENDED.value: _("暂停抽取"),
    ExclusionCode.AGE.value: _("超过年龄上限"),
    ExclusionCode.FIELD_YEARS.value: _("从事本专业年限不足"),
    ExclusionCode.UNMATCHED.value: _("任职单位未核对"),
    ExclusionCode.EARLIER_PANEL.value: _("参加过本件前次论证"),
    ExclusionCode.OUTSIDE_DIRECTOR.value: _("担任外部董事"),
    ExclusionCode.EMPLOYER.value: _("任职单位回避"),
    ExclusionCode.FIRST_REVIEW.value: _("参加首次论证"),
    ExclusionCode.KIN.value: _("近亲属任职"),
    ExclusionCode.SHAREHOLDING.value: _("股权关系"),
    ExclusionCode.LOAN.value: _("借贷关系"),
    ExclusionCode.DISPUTE.value: _("纠纷"),
    ExclusionCode.OTHER.value: _("其他影响公正的关系"),
    ExclusionCode.REQUESTED.value: _("企业申请回避"),
    ExclusionCode.OPEN_PANELS.value: _("同时参加的专家组已满"),
    ExclusionCode.SAME_GROUP.value: _("近期参加同一集团专家组已满"),
}
NOT_LISTED_LABELS = {
    NotListed.PROPOSED.value: _("尚未入库"),
    NotListed.NOT_BEGUN.value: _("任期未开始"),
    NotListed.TERM_OVER.value: _("任期届满"),
    NotListed.REMOVED.value: _("已出库"),
}
VERB_LABELS = {
    "expert.register": _("登记专家"),
    "expert.update": _("修改专家信息"),
    "expert.link_account": _("关联账户"),
    "expert.add_employer": _("登记任职经历"),
    "expert.end_employer": _("登记任职截止"),
    "expert.match_employer": _("核对任职单位"),
    "expert.add_conflict": _("登记利害关系"),
    "expert.end_conflict": _("登记利害关系终止"),
    "expert.suspend": _("暂停抽取"),
    "expert.lift_suspension": _("恢复抽取"),
    "expert.propose": _("提请入库"),
    "expert.admit": _("同意入库"),
    "expert.refuse": _("不同意入库"),
    "expert.remove": _("出库"),
    "expert.propose_dismissal": _("提请排除命中"),
    "expert.confirm_dismissal": _("同意排除命中"),
    "expert.refuse_dismissal": _("不同意排除命中"),
}


def is_english() -> bool:
    """Whether this page is being written in English."""
    return (get_language() or "").startswith("en")


def seat_name(rules: PanelRules, key: str) -> str:
    """What a seat class is called; the rest of the seats is open to every specialty."""
    if key == ANYBODY:
        return str(_("不限专业"))
    seat = next(each for each in rules.seats if each.key == key)
    return seat.name_en if is_english() else seat.name
