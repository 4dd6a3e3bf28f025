"""A content as the page shows it: a letter as it reads, a form as rows of label and text."""

from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from investreview.core.money import format_wan
from investreview.core.templatetags.ir import day
from investreview.documents.contents import (
    LOCKED_LABELS,
    Content,
    FormContent,
    Letter,
    Locked,
    PassRule,
    SampleNotice,
    Segment,
)
from investreview.documents.kinds import FORMS, DocumentState
from investreview.documents.models import Document
from investreview.documents.render import unknown_characters
from investreview.documents.rules import grouped, is_digest

TICKET_SHOWN = 8
"""So many digits of a ticket are shown, as on the paper."""
_TONES = {
    DocumentState.DRAFT: "grey",
    DocumentState.COUNTERSIGNED: "grey",
    DocumentState.OFFICE_CHECKED: "grey",
    DocumentState.SIGNED: "blue",
    DocumentState.NUMBERED: "blue",
    DocumentState.SEALED: "blue",
    DocumentState.DELIVERED: "green",
    DocumentState.ARCHIVED: "green",
    DocumentState.VOIDED: "amber",
    DocumentState.CORRECTED: "amber",
}
_LABELS: dict[str, Promise] = {
    "procedure": gettext_lazy("程序"),
    "case_number": gettext_lazy("办件编号"),
    "enterprise": gettext_lazy("申报企业"),
    "project_name": gettext_lazy("项目名称"),
    "amount_yuan": gettext_lazy("投资额"),
    "incoming_number": gettext_lazy("来文字号"),
    "registry_number": gettext_lazy("收文登记号"),
    "submitted_via": gettext_lazy("报送方式"),
    "received_at": gettext_lazy("收到时间"),
    "materials": gettext_lazy("材料"),
    "total": gettext_lazy("合计"),
    "notes": gettext_lazy("说明"),
    "contact": gettext_lazy("联系人"),
    "organ_short": gettext_lazy("出具单位"),
    "recipient": gettext_lazy("主送"),
    "missing": gettext_lazy("需要补正的事项"),
    "due_on": gettext_lazy("补正截止日期"),
    "working_days": gettext_lazy("补正期限（工作日）"),
    "credit_code": gettext_lazy("统一社会信用代码"),
    "implementer": gettext_lazy("实施主体"),
    "implementer_tier": gettext_lazy("层级"),
    "project_kind": gettext_lazy("投资类别"),
    "nature": gettext_lazy("主业属性"),
    "site": gettext_lazy("建设（投资）地点"),
    "period": gettext_lazy("建设期"),
    "summary": gettext_lazy("主要内容"),
    "total_investment_yuan": gettext_lazy("项目总投资"),
    "own_commitment_yuan": gettext_lazy("本集团承诺出资"),
    "routing_amount_yuan": gettext_lazy("分档金额"),
    "funding": gettext_lazy("资金来源"),
    "phases": gettext_lazy("分期"),
    "parties": gettext_lazy("相关单位"),
    "plan_row": gettext_lazy("年度计划"),
    "negative_list": gettext_lazy("负面清单"),
    "return_rate": gettext_lazy("预计内部收益率"),
    "payback": gettext_lazy("投资回收期"),
    "debt_ratio_after": gettext_lazy("投资后资产负债率"),
    "shareholding": gettext_lazy("股权结构"),
    "party_committee": gettext_lazy("党委前置研究"),
    "board": gettext_lazy("董事会决议"),
    "decided_on": gettext_lazy("集团决策日期"),
    "planned_contract_on": gettext_lazy("拟签约日期"),
    "planned_payment_on": gettext_lazy("拟首笔付款日期"),
    "report_number": gettext_lazy("备案报告文号"),
    "matter": gettext_lazy("事项"),
    "amount": gettext_lazy("金额"),
    "deadline": gettext_lazy("时限"),
    "reasons": gettext_lazy("为何走此程序"),
    "opinions": gettext_lazy("办理意见"),
    "risks": gettext_lazy("风险"),
    "request": gettext_lazy("请示事项"),
    "afterwards": gettext_lazy("之后"),
    "draw_id": gettext_lazy("抽取编号"),
    "purpose": gettext_lazy("抽取对象"),
    "pool": gettext_lazy("专家库"),
    "pool_size": gettext_lazy("在库人数"),
    "admitted_count": gettext_lazy("30日内新增人数"),
    "admitted_nos": gettext_lazy("新增人员编号"),
    "removed_count": gettext_lazy("30日内退出人数"),
    "seats": gettext_lazy("席位"),
    "unit_cap": gettext_lazy("同一单位人数上限"),
    "round": gettext_lazy("轮次"),
    "earlier": gettext_lazy("此前轮次"),
    "draw_count": gettext_lazy("本委抽取次数（含本次）"),
    "smallest_chance": gettext_lazy("最小入选机会"),
    "largest_chance": gettext_lazy("最大入选机会"),
    "certain_count": gettext_lazy("必然入选人数"),
    "simulations": gettext_lazy("模拟次数"),
    "source": gettext_lazy("现场随机数字的来源"),
    "hash_name": gettext_lazy("摘要算法"),
    "exclusions": gettext_lazy("封存前排除人员"),
    "request_sha": gettext_lazy("抽取事项指纹"),
    "sealed_at": gettext_lazy("封存时间"),
    "snapshot_sha": gettext_lazy("名册摘要"),
    "commitments": gettext_lazy("系统封存随机数摘要"),
    "drawn_at": gettext_lazy("抽取时间"),
    "closed_at": gettext_lazy("关闭时间"),
    "numbers": gettext_lazy("现场随机数字"),
    "read_by": gettext_lazy("唱读"),
    "typed_by": gettext_lazy("录入"),
    "photo": gettext_lazy("照片编号"),
    "waves": gettext_lazy("递补情况"),
    "drawn_head": gettext_lazy("抽取当日日志摘要"),
    "nonces": gettext_lazy("系统封存随机数"),
    "seed": gettext_lazy("公开的随机种子"),
    "log_head": gettext_lazy("日志末项摘要"),
    "rows": gettext_lazy("抽取结果"),
    "readers": gettext_lazy("已知悉姓名的人员"),
    "met_at": gettext_lazy("论证时间"),
    "place": gettext_lazy("地点"),
    "way": gettext_lazy("论证方式"),
    "members": gettext_lazy("专家组"),
    "chair_no": gettext_lazy("组长编号"),
    "chair": gettext_lazy("组长"),
    "process": gettext_lazy("论证过程"),
    "criteria": gettext_lazy("评分汇总"),
    "score_note": gettext_lazy("评分说明"),
    "rule": gettext_lazy("通过标准"),
    "is_share_reached": gettext_lazy("同意人数达到标准"),
    "is_mean_reached": gettext_lazy("平均分达到标准"),
    "conclusion": gettext_lazy("论证结论"),
    "conditions": gettext_lazy("附加条件"),
    "inquiries": gettext_lazy("质询和答复"),
    "opinion": gettext_lazy("专家组意见"),
    "dissents": gettext_lazy("不同意见"),
    "opinion_number": gettext_lazy("论证编号"),
    "document_number": gettext_lazy("复函文号"),
    "field": gettext_lazy("更正项目"),
    "before": gettext_lazy("原记载"),
    "after": gettext_lazy("更正为"),
    "reason": gettext_lazy("理由"),
    "evidence": gettext_lazy("依据文件"),
    "evidence_sha256": gettext_lazy("依据文件校验值"),
    "proposed_by": gettext_lazy("提出人"),
    "confirmed_by": gettext_lazy("核对人"),
    "unit": gettext_lazy("所在单位"),
    "giver": gettext_lazy("移交人"),
    "post": gettext_lazy("身份"),
    "receivers": gettext_lazy("接交人"),
    "handed_over_by": gettext_lazy("办理人"),
    "handed_over_at": gettext_lazy("移交时间"),
    "work": gettext_lazy("移交的办件"),
    "promises": gettext_lazy("移交的承诺"),
    "instructions": gettext_lazy("移交的批示"),
    "mark": gettext_lazy("标识"),
    "number": gettext_lazy("编号"),
    "dated_on": gettext_lazy("日期"),
}


@dataclass(frozen=True)
class Stretch:
    """Some characters of a letter; ``locked`` names the fact they are, empty for wording."""

    text: str
    locked: str = ""


@dataclass(frozen=True)
class ShownLetter:
    """A letter as it reads."""

    organ: str
    organ_short: str
    number: str
    recipient: str
    headline: tuple[Stretch, ...]
    paragraphs: tuple[tuple[Stretch, ...], ...]
    dated_on: date | None
    contact: str
    attachment: str


@dataclass(frozen=True)
class Shown:
    """A content for the page: either ``letter`` or the ``rows`` of a form; and what no font can print."""

    title: str
    letter: ShownLetter | None
    rows: tuple[tuple[str, str], ...]
    unknown: tuple[str, ...]


def document_badge(document: Document) -> tuple[str, str]:
    """What a document's state is called and in which tone; a form is issued in the act that numbers it."""
    state = DocumentState(document.state)
    if document.kind in FORMS and state is DocumentState.NUMBERED:
        return _("已出具"), "green"
    return str(state.label), _TONES[state]


def shown(content: Content) -> Shown:
    """The content as the page shows it."""
    letter = _letter(content) if isinstance(content, Letter) else None
    rows = () if isinstance(content, Letter) else tuple(_rows(content))
    return Shown(title=content.title, letter=letter, rows=rows, unknown=unknown_characters(content))


def _letter(letter: Letter) -> ShownLetter:
    return ShownLetter(
        organ=letter.organ,
        organ_short=letter.organ_short,
        number=letter.number,
        recipient=letter.recipient,
        headline=_stretches(letter.headline),
        paragraphs=tuple(_stretches(paragraph.segments) for paragraph in letter.paragraphs),
        dated_on=letter.dated_on,
        contact=letter.contact,
        attachment=letter.attachment.title if isinstance(letter, SampleNotice) else "",
    )


def _stretches(segments: tuple[Segment, ...]) -> tuple[Stretch, ...]:
    return tuple(
        Stretch(one.value or _("（签发时生成）"), LOCKED_LABELS[one.field])
        if isinstance(one, Locked)
        else Stretch(one.text)
        for one in segments
    )


def _rows(content: FormContent) -> Iterator[tuple[str, str]]:
    for each in fields(content):
        text = _text(each.name, getattr(content, each.name))
        if text:
            yield str(_LABELS[each.name]), text


def _text(name: str, value: Any) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, Decimal):
        return _figure(name, value)
    if isinstance(value, date):
        return day(value)
    if isinstance(value, TextChoices):
        return str(value.label)
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if isinstance(value, PassRule):
        return _("同意不少于%(share)s，平均分不低于%(mean)d分") % {
            "share": f"{value.share_numerator}/{value.share_denominator}",
            "mean": value.mean_points,
        }
    if isinstance(value, tuple):
        return "\n".join(_text(name, item) for item in value)
    if is_dataclass(value):
        parts = (_text(each.name, getattr(value, each.name)) for each in fields(value))
        return "　".join(part for part in parts if part)
    if name == "ticket":
        return str(value)[:TICKET_SHOWN]
    return grouped(value) if is_digest(str(value)) else str(value)


def _figure(name: str, value: Decimal) -> str:
    """Money in 万元, a chance in per cent, points with at most two decimals."""
    if name.endswith("_yuan"):
        return _("%(amount)s 万元") % {"amount": format_wan(value)}
    return f"{value * 100:.1f}%" if name.endswith("_chance") else f"{round(value, 2).normalize():f}"
