"""What the desk calls things: routes, states, acts, journal verbs, each with its tone where it is a badge."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from investreview.core.money import format_wan
from investreview.core.roles import Role
from investreview.projects.states import CaseState
from investreview.rulebook.labels import route_label, said, step_label
from investreview.rulebook.names import VALUES
from investreview.rulebook.vocabulary import Route


@dataclass(frozen=True)
class Badge:
    """A short word in a coloured box; the colour only repeats what the word says."""

    text: str
    tone: str


_ROUTE_TONES = {
    Route.BLOCKED: "red",
    Route.ACQUISITION: "violet",
    Route.SPECIAL_REVIEW: "violet",
    Route.EXPERT_PANEL: "violet",
    Route.NONMAIN_PREFILING: "amber",
    Route.FILING: "blue",
    Route.PLAN_SUPPLEMENT: "grey",
    Route.ENTERPRISE_DECIDES: "grey",
}
_STATE_TONES = {
    CaseState.DRAFT: "grey",
    CaseState.AWAITING_RELEASE: "blue",
    CaseState.CHECKING: "blue",
    CaseState.SUPPLEMENTING: "amber",
    CaseState.REVIEWING: "blue",
    CaseState.DEFERRED: "amber",
    CaseState.FILED: "green",
    CaseState.FILED_WITH_RISK: "green",
    CaseState.REFUSED: "amber",
    CaseState.RETURNED: "amber",
    CaseState.WITHDRAWN: "grey",
    CaseState.ENTERPRISE_DECIDED: "green",
    CaseState.DISCARDED: "grey",
}
ACTS: Mapping[str, Promise] = {
    "hand_over": _("送审"),
    "send_to_drafter": _("退回修改"),
    "release": _("报送"),
    "confirm_completeness": _("确认材料齐备"),
    "request_supplement": _("一次性告知补正"),
    "propose": _("提出意见"),
    "check": _("审核同意"),
    "countersign": _("会签"),
    "record_no_answer": _("未按期答复"),
    "check_wording": _("核稿通过"),
    "record_meeting": _("会议研究"),
    "send_back": _("退回处室"),
    "defer": _("暂缓办理"),
    "resume": _("恢复办理"),
    "sign": _("签发"),
    "deliver": _("用印送达"),
    "acknowledge": _("签收"),
}
_VERBS: Mapping[str, Promise] = {
    "case.create": _("建立办件"),
    "case.save": _("保存申报内容"),
    "case.discard": _("作废草稿"),
    "case.hand_over": _("送审"),
    "case.send_to_drafter": _("退回修改"),
    "case.release": _("报送"),
    "case.confirm_completeness": _("确认材料齐备"),
    "case.request_supplement": _("一次性告知补正"),
    "case.return": _("退回"),
    "case.propose": _("提出意见"),
    "case.check": _("审核"),
    "case.countersign": _("会签"),
    "case.check_wording": _("核稿"),
    "case.record_meeting": _("登记会议研究"),
    "case.send_back": _("退回处室"),
    "case.sign": _("签发"),
    "case.defer": _("暂缓"),
    "case.resume": _("恢复办理"),
    "case.withdraw": _("撤件"),
    "case.deliver": _("用印送达"),
    "case.acknowledge": _("签收"),
    "case.recall": _("收回"),
    "case.transfer": _("转办"),
    "case.escalate": _("到期提醒"),
    "case.note_phone": _("登记电话记录"),
    "case.register_paper": _("登记收文"),
    "paper.enter": _("回录线下签批"),
    "paper.compare": _("核对线下签批"),
    "paper.reject": _("线下签批核对不符"),
    "number.take": _("取号"),
    "number.void": _("作废编号"),
    "document.draft": _("起草复函"),
    "document.save_wording": _("修改文稿"),
    "document.redraft": _("重新起草复函"),
    "document.discard": _("作废文稿"),
    "document.countersign": _("文稿已会签"),
    "document.check_wording": _("文稿已核稿"),
    "document.issue": _("出具文书"),
    "document.sign": _("签发文件"),
    "document.enter_number": _("录入文号"),
    "document.seal": _("上传用印原件"),
    "document.deliver": _("送达文件"),
    "document.acknowledge": _("签收文件"),
    "document.archive": _("归档文件"),
    "document.correct": _("更正文件"),
    "document.void": _("作废文件"),
    "document.render": _("生成 PDF"),
    "document.render_failed": _("PDF 生成失败"),
    "document.retry_rendition": _("重新生成 PDF"),
}


def is_english() -> bool:
    """Whether this page is being written in English."""
    return (get_language() or "").startswith("en")


def stored_text(row: Mapping[str, Any]) -> str:
    """The sentence that a stored reason, change or requirement carries, in the language of the page."""
    return str(row["text_en"] if is_english() and row.get("text_en") else row["text"])


_STORED_VALUES: Mapping[str, Promise] = {"yes": _("是"), "no": _("否"), "?": _("未知")}
_CODES = {code.value: words for code, words in VALUES.items()}
_YUAN = re.compile(r"\d+\.\d\d")


def value_text(stored: str) -> str:
    """The plain values that a stored reason keeps (yuan, codes, yes or no), as people read them."""
    return " · ".join(_one_value(part) for part in stored.split(" / ") if part)


def _one_value(part: str) -> str:
    if _YUAN.fullmatch(part):
        return f"{format_wan(Decimal(part))} {_('万元')}"
    if part in _CODES:
        return said(_CODES[part])
    return str(_STORED_VALUES.get(part, part))


def route_badge(route: str) -> Badge | None:
    """The route as a badge; none while there is no route yet."""
    return Badge(route_label(route), _ROUTE_TONES[Route(route)]) if route else None


def state_badge(state: str) -> Badge:
    """The state of a case as a badge."""
    known = CaseState(state)
    return Badge(str(known.label), _STATE_TONES[known])


def step_name(step: Mapping[str, Any]) -> str:
    """A step of a signing chain with who does it: 审核 · 处长."""
    return f"{step_label(str(step['kind']))} · {Role(str(step['role'])).label}"


def act_name(act: str) -> str:
    """What ended a step."""
    return str(ACTS[act])


def verb_name(verb: str) -> str:
    """What an entry of the journal says was done."""
    return str(_VERBS.get(verb, verb))
