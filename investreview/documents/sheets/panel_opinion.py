"""专家组论证意见, inside the commission: each sheet's total, dissent by name, fields to sign."""

from decimal import Decimal

from reportlab.lib.units import mm

from investreview.core.money import format_wan
from investreview.documents.contents import CriterionScore, PanelOpinion
from investreview.documents.kinds import PanelVerdict
from investreview.documents.layout import blocks, form
from investreview.documents.layout.fonts import ASCENT, Face
from investreview.documents.layout.page import Page, Rule, Text, flush_right
from investreview.documents.layout.table import LEFT, RIGHT, Align, Cell, Flow, Row
from investreview.documents.printed import in_chinese
from investreview.documents.sheets import panel_parts as parts

MEMBER_HEADS = ("编号", "姓名", "专业", "职务", "总分", "表决")
MEMBER_COLUMNS = (14 * mm, 24 * mm, 50 * mm, 18 * mm, 20 * mm, 30 * mm)
SCORE_COLUMNS = (56 * mm, 22 * mm, 26 * mm, 26 * mm, 26 * mm)
SIGN_COLUMNS = (14 * mm, 22 * mm, 42 * mm)
SIGN_HEIGHT = 35.0
CHAIR_HEIGHT = 34.0
HEAD = "内部份（含总分、表决和不同意见署名，不提供企业）"


def lay_out(opinion: PanelOpinion) -> list[Page]:
    """The opinion's pages: panel, course, scores, conclusion, conditions, inquiries, opinion, dissent, signatures."""
    flow = form.begin(opinion)
    blocks.continued_as(flow, f"论证编号：{opinion.number}")
    form.under_title(flow, f"论证编号：{opinion.number}", f"论证时间：{opinion.met_at}")
    flow.rows(_facts(opinion))
    sections = blocks.Sections(flow)
    sections.table("专家组组成", MEMBER_HEADS, MEMBER_COLUMNS, (Align.CENTRE,) * len(MEMBER_HEADS), _members(opinion))
    sections.prose("论证过程", (opinion.process,))
    _scores(flow, sections, opinion)
    sections.rows("结论", _conclusion(opinion), keep=blocks.NOTE_HEIGHT)
    blocks.note(flow, parts.standing(opinion.organ_short))
    parts.conditions(sections, opinion.conditions)
    parts.inquiries(sections, opinion.inquiries)
    head, rows = _sign_rows(opinion)
    signing = sum(row.natural_height for row in (head, *rows)) + CHAIR_HEIGHT
    section = form.SECTION_GAP + form.SECTION_LINE + signing
    sections.prose("专家组意见", opinion.opinion, keep=0.0 if opinion.dissents else section)
    if opinion.dissents:
        texts = [f"{dissent.name}：{dissent.text}" for dissent in opinion.dissents]
        sections.prose("不同意见（署名仅限内部份）", texts, keep=section)
    sections.head("专家签字", keep=signing)
    flow.rows(rows, head=head, keep=CHAIR_HEIGHT)
    _chair(flow)
    for page in flow.pages:
        page.add(flush_right(RIGHT, form.HEAD_LINE, HEAD, Face.BODY, blocks.SIZE))
    return form.finish(flow, opinion, foot=f"{opinion.number} · 论证意见 · 内部份")


def _facts(opinion: PanelOpinion) -> list[Row]:
    panel = f"{len(opinion.members)}人，组长：{opinion.chair}"
    return [
        blocks.pair("项目名称", opinion.project_name, "案件编号", opinion.case_number),
        blocks.pair("申报企业", opinion.enterprise, "投资总额", f"{format_wan(opinion.amount_yuan)}万元"),
        blocks.pair("论证方式", f"{opinion.way}，{opinion.place}", "专 家 组", panel),
    ]


def _members(opinion: PanelOpinion) -> list[tuple[str, ...]]:
    return [
        (
            f"{member.no:03d}",
            member.name,
            member.specialty or "—",
            "组长" if member.no == opinion.chair_no else "组员",
            parts.points(member.total),
            in_chinese(member.verdict),
        )
        for member in opinion.members
    ]


def _scores(flow: Flow, sections: blocks.Sections, opinion: PanelOpinion) -> None:
    aligns = (Align.LEFT, *(Align.CENTRE,) * 4)
    rows = [blocks.line(_score(one), SCORE_COLUMNS, aligns) for one in opinion.criteria]
    rows.append(blocks.total(_score(opinion.total), SCORE_COLUMNS, aligns))
    title = f"评分汇总（满分{opinion.total.points}分，{len(opinion.members)}份最终打分表）"
    head = blocks.table_head(("评价内容", "分值", "平均分", "中位数", "最低—最高"), SCORE_COLUMNS)
    sections.rows(title, rows, head=head, keep=blocks.NOTE_HEIGHT if opinion.score_note else 0.0)
    if opinion.score_note:
        blocks.note(flow, opinion.score_note)


def _score(one: CriterionScore) -> tuple[str, ...]:
    spread = f"{parts.points(one.lowest)}—{parts.points(one.highest)}"
    return (one.name, str(one.points), parts.mean(one.mean), parts.points(one.median), spread)


def _conclusion(opinion: PanelOpinion) -> list[Row]:
    votes = "、".join(f"{in_chinese(verdict)}{opinion.votes(verdict)}人" for verdict in PanelVerdict)
    percent = Decimal(opinion.agreed_count * 100) / len(opinion.members)
    share = parts.share_told(opinion.rule, reached=opinion.is_share_reached)
    mean = parts.mean_told(opinion.total.mean, opinion.rule, reached=opinion.is_mean_reached)
    text = f"{votes}；同意（含修改后同意）{opinion.agreed_count}人，占{percent:.1f}%，{share}；{mean}"
    return [
        blocks.wide("表　　决", text),
        blocks.wide("论证结论", in_chinese(opinion.conclusion), face=Face.HEI),
    ]


def _sign_rows(opinion: PanelOpinion) -> tuple[Row, list[Row]]:
    """A field to sign for each member, two beside each other."""
    fields = [_signature(f"{member.no:03d}", member.name, member.signature) for member in opinion.members]
    fields += [_signature("", "以下空白", "")] * (len(fields) % 2)
    head = blocks.table_head(("编号", "姓名", "签字") * 2, SIGN_COLUMNS * 2)
    return head, [Row(a + b, SIGN_HEIGHT) for a, b in zip(fields[::2], fields[1::2], strict=True)]


def _chair(flow: Flow) -> None:
    baseline = flow.y + 22 + (ASCENT - 0.5) * 12
    flow.page.add(
        Text(LEFT + 26 * mm, baseline, "组长签字：", size=12),
        Rule(LEFT + 48 * mm, baseline + 2, LEFT + 100 * mm, baseline + 2),
        flush_right(RIGHT, baseline, "年　　月　　日", Face.BODY, 12),
    )
    flow.y += CHAIR_HEIGHT


def _signature(no: str, name: str, signature: str) -> tuple[Cell, ...]:
    sized = zip((no, name, signature), SIGN_COLUMNS, (10.5, 11, 9.5), strict=True)
    return tuple(Cell(text, w, size=size, align=Align.CENTRE) for text, w, size in sized)
