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
from investreview.projects.models import Case, PastDecision, Project
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
_SECOND_REVIEW_ENDS: Mapping[CaseState, Promise] = {
    CaseState.FILED: _("二次论证后予以备案"),
    CaseState.FILED_WITH_RISK: _("二次论证后备案并提示风险"),
    CaseState.REFUSED: _("二次论证后不予备案"),
}
ACTS: Mapping[str, Promise] = {
    "hand_over": _("送审"),
    "send_to_drafter": _("退回修改"),
    "release": _("报送"),
    "confirm_completeness": _("确认材料齐备"),
    "request_supplement": _("一次性告知补正"),
    "freeze_panel": _("封存抽取事项"),
    "announce_panel": _("公布封存摘要"),
    "draw_panel": _("完成抽取"),
    "close_invitations": _("专家全部确认"),
    "sign_sheet": _("提交评分表"),
    "compare_sheet": _("核对纸质评分表"),
    "leave_seat": _("离席"),
    "fill_place": _("递补到位"),
    "hold_meeting": _("登记论证会"),
    "put_opinion": _("形成论证意见"),
    "sign_opinion": _("签署论证意见"),
    "ask_revision": _("请企业修改方案"),
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
    "take_over_case": _("在途接续"),
    "check_remedy": _("纠错文稿审核同意"),
    "return_remedy": _("纠错文稿退回修改"),
    "resubmit_remedy": _("纠错文稿重新送审"),
    "drop_remedy": _("放弃纠错"),
    "sign_remedy": _("纠错文稿签发"),
    "deliver_remedy": _("纠错文书用印送达"),
}
_VERBS: Mapping[str, Promise] = {
    "case.create": _("建立办件"),
    "case.save": _("保存申报内容"),
    "case.pledge": _("逐条确认承诺"),
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
    "case.begin_panel": _("组织专家论证"),
    "case.conclude_panel": _("专家论证形成结论"),
    "case.ask_revision": _("请企业修改方案"),
    "case.recall": _("收回"),
    "case.transfer": _("转办"),
    "case.claim": _("认领"),
    "case.give_back": _("退回待认领"),
    "case.circulate": _("传阅"),
    "case.read_circulated": _("已阅"),
    "case.urge": _("催办"),
    "case.escalate": _("到期提醒"),
    "case.withdraw_signature": _("撤回签发"),
    "case.begin_remedy": _("拟制更正函或者重发复函"),
    "case.check_remedy": _("纠错文稿审核"),
    "case.return_remedy": _("纠错文稿退回修改"),
    "case.resubmit_remedy": _("纠错文稿重新送审"),
    "case.drop_remedy": _("放弃纠错"),
    "case.sign_remedy": _("纠错文稿签发"),
    "case.deliver_remedy": _("纠错文书用印送达"),
    "case.propose_correction": _("提出更正单"),
    "case.confirm_correction": _("核对更正单，予以更正"),
    "case.reject_correction": _("不予更正"),
    "case.ask_question": _("询问企业"),
    "case.answer_question": _("答复询问"),
    "case.instruct": _("批示"),
    "case.report_instruction": _("报告批示办理情况"),
    "case.accept_instruction": _("批示办结"),
    "case.return_instruction": _("退回批示办理报告"),
    "case.reassign_instruction": _("批示改派、改期"),
    "case.settle_promise": _("落实电话承诺"),
    "case.stall": _("发现流程停滞"),
    "case.reopen": _("停滞的流程继续"),
    "case.note_phone": _("登记电话记录"),
    "case.register_paper": _("登记收文"),
    "case.ask_recusal": _("申请回避"),
    "case.enter_recusal": _("登记回避申请来函"),
    "case.withdraw_recusal": _("撤回回避申请"),
    "case.grant_recusal": _("同意回避申请"),
    "case.refuse_recusal": _("不同意回避申请"),
    "case.take_over": _("在途接续"),
    "condition.submit_evidence": _("提交论证条件证明"),
    "condition.accept": _("核验论证条件：已落实"),
    "condition.return": _("核验论证条件：退回补充"),
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
    "document.withdraw_signature": _("撤回文件签发"),
    "document.replace": _("作废文件，由新文代替"),
    "document.render": _("生成 PDF"),
    "document.render_failed": _("PDF 生成失败"),
    "document.retry_rendition": _("重新生成 PDF"),
    "draw.freeze": _("封存名册"),
    "draw.withdraw": _("公布前撤回封存"),
    "draw.announce": _("公布封存摘要"),
    "draw.enter_numbers": _("录入现场随机数字"),
    "draw.conclude": _("抽取"),
    "draw.ask_reveal": _("申请揭示姓名"),
    "draw.reveal": _("揭示姓名"),
    "draw.propose_wave": _("提出递补"),
    "draw.cancel_wave": _("取消递补"),
    "draw.countersign_wave": _("会签递补"),
    "draw.record_wave": _("递补"),
    "draw.close": _("关闭抽取"),
    "draw.disclose": _("公开抽取"),
    "draw.export": _("导出抽取证据"),
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


def origin_badge(origin: str) -> Badge | None:
    """How a project came in, where it was not reported here: 补录, 在途接续 (DOMAIN §16)."""
    return None if origin == Project.Origin.NATIVE else Badge(str(Project.Origin(origin).label), "amber")


def state_badge(state: str) -> Badge:
    """The state of a case as a badge."""
    known = CaseState(state)
    return Badge(str(known.label), _STATE_TONES[known])


def case_badge(case: Case | PastDecision, state: str) -> Badge:
    """The state of a case as a badge; the end of a second review says what it is, so that nobody counts it as filed."""
    if state in _SECOND_REVIEW_ENDS and case.needs_panel:
        return Badge(str(_SECOND_REVIEW_ENDS[CaseState(state)]), _STATE_TONES[CaseState(state)])
    return state_badge(state)


def registration_label(case: Case) -> str:
    """What the registration number of the case is called."""
    return str(_("二次论证登记号") if case.needs_panel else _("备案登记号"))


def step_name(step: Mapping[str, Any]) -> str:
    """A step of a signing chain with who does it: 审核 · 处长."""
    return f"{step_label(str(step['kind']))} · {Role(str(step['role'])).label}"


def act_name(act: str) -> str:
    """What ended a step."""
    return str(ACTS[act])


def verb_name(verb: str) -> str:
    """What an entry of the journal says was done."""
    return str(_VERBS.get(verb, verb))
