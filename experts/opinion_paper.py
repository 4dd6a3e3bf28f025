"""What the panel's opinion says on paper: from the final sheets, the inquiries and the opinion that all have signed."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from statistics import median

from django.utils import translation

from experts.models import Inquiry, OpinionSignature, Panel, ScoreSheet
from experts.rules.entries import SheetEntry
from experts.selectors.final_sheets import final_sheets
from experts.selectors.places import signed_sheet
from experts.selectors.seat_pages import field_of
from experts.selectors.sheets import entry_of, rules_of
from experts.states import SheetStage, SignedVia
from experts.wording import instant_text
from investreview.core.clock import legal_date
from investreview.documents import contents
from investreview.documents.kinds import PanelConclusion, PanelVerdict
from investreview.projects.papers import total_of
from investreview.projects.services.panel_letters import NO_TERM, PROOF
from investreview.rulebook.panels import PanelRules

PERCENT = 100
SOMEBODY = "某专家"
_VERDICTS = {
    "AGREE": PanelVerdict.AGREE,
    "AGREE_WITH_CHANGES": PanelVerdict.AGREE_IF_CHANGED,
    "DISAGREE": PanelVerdict.DISAGREE,
}


def panel_opinion(panel: Panel) -> contents.PanelOpinion:
    """The opinion as the commission keeps it, with each sheet's total and dissent by name. Rule: DOMAIN §6."""
    case, opinion, rules = panel.case, panel.opinion, rules_of(panel)
    sheets = final_sheets(panel)
    chair = panel.chair
    if chair is None or panel.held_at is None:
        raise ValueError(f"{panel} has signed an opinion without chair or meeting")
    with translation.override("zh-hans"):
        return contents.PanelOpinion(
            case_number=case.number,
            organ_short=case.commission.short_name,
            project_name=case.project.name,
            enterprise=case.group.short_name_on(legal_date(panel.held_at)),
            amount_yuan=total_of(case),
            draw_id=panel.draw.number or "",
            met_at=instant_text(panel.held_at),
            place=panel.place,
            way=str(panel.get_mode_display()),
            members=tuple(_member(sheet) for sheet in sheets),
            chair_no=chair.draw_no,
            process=_process(panel, sheets),
            criteria=tuple(_criteria(rules, [entry_of(sheet) for sheet in sheets])),
            total=_score("合计", rules.full_points, [sheet.total or 0 for sheet in sheets]),
            score_note=_score_note(rules, sheets),
            rule=contents.PassRule(rules.pass_agree_numerator, rules.pass_agree_denominator, rules.pass_mean_points),
            conclusion=PanelConclusion(opinion.conclusion),
            conditions=tuple(contents.PanelCondition(one.text, NO_TERM, PROOF) for one in opinion.conditions.all()),
            inquiries=tuple(
                contents.Inquiry(one.text, one.answer or "未答复")
                for one in Inquiry.objects.filter(panel=panel, sent_at__isnull=False)
            ),
            opinion=tuple(line.strip() for line in opinion.text.splitlines() if line.strip()),
            dissents=tuple(contents.Dissent(line["name"], line["text"]) for line in opinion.dissent),
        )


def without_names(opinion: contents.PanelOpinion) -> contents.PanelOpinion:
    """The opinion with every member's name in its free text replaced, as an excerpt for the enterprise is made from."""
    names = [member.name for member in opinion.members]

    def told(text: str) -> str:
        for name in names:
            text = text.replace(name, SOMEBODY)
        return text

    return replace(
        opinion,
        opinion=tuple(told(text) for text in opinion.opinion),
        dissents=tuple(replace(one, text=told(one.text)) for one in opinion.dissents),
        conditions=tuple(replace(one, text=told(one.text)) for one in opinion.conditions),
        inquiries=tuple(
            replace(one, question=told(one.question), answer=told(one.answer)) for one in opinion.inquiries
        ),
    )


def _member(sheet: ScoreSheet) -> contents.PanelMember:
    seat = sheet.seat
    signature = OpinionSignature.objects.get(seat=seat)
    on_screen = f"{legal_date(signature.signed_at):%Y-%m-%d}系统签名"
    return contents.PanelMember(
        no=seat.draw_no,
        name=seat.expert.name,
        specialty=field_of(seat),
        total=Decimal(sheet.total or 0),
        verdict=_VERDICTS[sheet.verdict],
        signature=on_screen if signature.via == SignedVia.SCREEN else "",
    )


def _process(panel: Panel, sheets: Sequence[ScoreSheet]) -> str:
    came = sum(bool(sheet.seat.attended) for sheet in sheets)
    written = len(sheets) - came
    absent = f"，书面意见{written}人" if written else ""
    asked = Inquiry.objects.filter(panel=panel, sent_at__isnull=False).count()
    questions = f"，提出质询{asked}项" if asked else ""
    return (
        f"专家组由专家库随机抽取产生（抽取编号{panel.draw.number}），应到{panel.size}人，到会{came}人{absent}，"
        f"均已签署回避承诺。专家会前独立阅卷评分{questions}，讨论后提交最终评分表。以下按最终评分表统计。"
    )


def _criteria(rules: PanelRules, entries: Sequence[SheetEntry]) -> Iterator[contents.CriterionScore]:
    for each in rules.criteria:
        yield _score(each.name, each.points, [entry.marks[each.key].points or 0 for entry in entries])


def _score(name: str, most: int, points: Sequence[int]) -> contents.CriterionScore:
    mean = Decimal(sum(points)) / len(points)
    return contents.CriterionScore(
        name, most, mean, Decimal(str(median(points))), Decimal(min(points)), Decimal(max(points))
    )


def _score_note(rules: PanelRules, sheets: Sequence[ScoreSheet]) -> str:
    """How many marks lie under the bound that asks for a comment, and how far the sheets moved after the discussion."""
    low = sum(
        (entry_of(sheet).marks[each.key].points or 0) * PERCENT < rules.comment_below_percent * each.points
        for sheet in sheets
        for each in rules.criteria
    )
    first = [signed_sheet(sheet.seat, SheetStage.INDEPENDENT) for sheet in sheets]
    moved = sum((sheet.total or 0) - (one.total or 0) for sheet, one in zip(sheets, first, strict=True) if one)
    mean = Decimal(moved) / len(sheets)
    lows = f"低于该项分值{rules.comment_below_percent}%的评分{low}项，均附说明。" if low else ""
    return f"{lows}讨论前后总分平均变化{mean:+.1f}分。"
