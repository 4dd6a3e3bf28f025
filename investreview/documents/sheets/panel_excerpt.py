"""专家组论证意见（送企业文本）: names without numbers, means without sheets, dissent without names."""

from reportlab.lib.units import mm

from investreview.core.money import format_wan
from investreview.documents.contents import MeanScore, PanelOpinionExcerpt
from investreview.documents.layout import blocks, form
from investreview.documents.layout.fonts import Face
from investreview.documents.layout.page import Page, flush_right
from investreview.documents.layout.table import RIGHT, Align, Row
from investreview.documents.printed import in_chinese
from investreview.documents.sheets import panel_parts as parts

SCORE_COLUMNS = (84 * mm, 36 * mm, 36 * mm)
HEAD = "送企业文本（不载明各专家的打分和表决）"
AGREES = (
    "本文本摘自专家组签署的论证意见（论证编号：{number}），结论和附加条件与其一致。"
    "专家由专家库随机抽取（抽取编号：{draw}）。"
)


def lay_out(excerpt: PanelOpinionExcerpt) -> list[Page]:
    """The excerpt's pages: panel by name, means, conclusion, conditions, inquiries, opinion, dissent, seal."""
    flow = form.begin(excerpt)
    blocks.continued_as(flow, f"论证编号：{excerpt.opinion_number}")
    form.under_title(flow, f"论证编号：{excerpt.opinion_number}", f"论证时间：{excerpt.met_at}")
    flow.rows(_facts(excerpt))
    sections = blocks.Sections(flow)
    aligns = (Align.LEFT, Align.CENTRE, Align.CENTRE)
    rows = [blocks.line(_score(one), SCORE_COLUMNS, aligns) for one in excerpt.criteria]
    rows.append(blocks.total(_score(excerpt.total), SCORE_COLUMNS, aligns))
    title = f"评分汇总（满分{excerpt.total.points}分，{len(excerpt.members)}份打分表平均）"
    sections.rows(title, rows, head=blocks.table_head(("评价内容", "分值", "平均分"), SCORE_COLUMNS))
    sections.rows("结论", _conclusion(excerpt))
    parts.conditions(sections, excerpt.conditions)
    parts.inquiries(sections, excerpt.inquiries)
    sections.prose("专家组意见", excerpt.opinion)
    if excerpt.dissents:
        sections.prose("不同意见", excerpt.dissents)
    agrees = AGREES.format(number=excerpt.opinion_number, draw=excerpt.draw_id)
    remarks = (parts.standing(excerpt.organ_short), agrees, f"联系方式：{excerpt.contact}")
    sections.prose("说明", remarks, keep=form.SEAL_SIDE + 12)
    form.sign_off(flow, excerpt.organ_short, excerpt.dated_on)
    for page in flow.pages:
        page.add(flush_right(RIGHT, form.HEAD_LINE, HEAD, Face.BODY, blocks.SIZE))
    return form.finish(flow, excerpt, foot=f"{excerpt.number} · 论证意见 · 送企业文本")


def _facts(excerpt: PanelOpinionExcerpt) -> list[Row]:
    names = "、".join(excerpt.members)
    return [
        blocks.pair("项目名称", excerpt.project_name, "案件编号", excerpt.case_number),
        blocks.pair("送达企业", excerpt.recipient, "投资总额", f"{format_wan(excerpt.amount_yuan)}万元"),
        blocks.pair("论证方式", f"{excerpt.way}，{excerpt.place}", "组　　长", excerpt.chair),
        blocks.wide("专 家 组", f"{names}（共{len(excerpt.members)}人，排名不分先后）"),
    ]


def _score(one: MeanScore) -> tuple[str, ...]:
    return (one.name, str(one.points), parts.mean(one.mean))


def _conclusion(excerpt: PanelOpinionExcerpt) -> list[Row]:
    share = parts.share_told(excerpt.rule, reached=excerpt.is_share_reached)
    mean = parts.mean_told(excerpt.total.mean, excerpt.rule, reached=excerpt.is_mean_reached)
    return [
        blocks.wide("依　　据", f"同意（含修改后同意）的专家占全体专家的比例{share}；{mean}"),
        blocks.wide("论证结论", in_chinese(excerpt.conclusion), face=Face.HEI),
    ]
