"""A content as the page shows it: a letter as it reads, a form as rows of label and text."""

from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from investreview.core.money import format_wan
from investreview.core.templatetags.ir import day
from investreview.documents.contents import LOCKED_LABELS, Content, FormContent, Letter, Locked, Segment
from investreview.documents.kinds import FORMS, DocumentState, Mark
from investreview.documents.models import Document
from investreview.documents.render import unknown_characters

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
        return _("%(amount)s 万元") % {"amount": format_wan(value)}
    if isinstance(value, date):
        return day(value)
    if isinstance(value, Mark):
        return str(value.label)
    if isinstance(value, tuple):
        return "\n".join(_text(name, item) for item in value)
    if is_dataclass(value):
        parts = (_text(each.name, getattr(value, each.name)) for each in fields(value))
        return "　".join(part for part in parts if part)
    return str(value)
