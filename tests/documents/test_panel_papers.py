"""The panel's opinion and what the enterprise may have of it: never who wrote what."""

from collections.abc import Callable
from dataclasses import fields, replace
from decimal import Decimal
from typing import Any

import pytest
from django.utils import translation

from investreview.core.errors import Invalid
from investreview.documents import render
from investreview.documents.codec import to_json
from investreview.documents.contents import (
    Dissent,
    Inquiry,
    PanelCondition,
    PanelMember,
    PanelOpinion,
    PanelOpinionExcerpt,
    PassRule,
)
from investreview.documents.kinds import PanelConclusion, PanelVerdict

from . import panel_samples as papers
from . import samples
from .laid import lower_edge, pages_of, right_edge, texts_on, words_of, words_on
from .reading import flat_text, page_texts

AGREE, CHANGED, DISAGREE = PanelVerdict
LOWEST, RIGHTMOST = 267.5 / 25.4 * 72, 184.5 / 25.4 * 72


def members(*verdicts: PanelVerdict, points: str = "76.5") -> tuple[PanelMember, ...]:
    return tuple(
        PanelMember(100 + i, f"专家{chr(0x7532 + i)}", "投融资", Decimal(points), verdict)
        for i, verdict in enumerate(verdicts)
    )


def passing(*verdicts: PanelVerdict, points: str = "76.5", **changes: Any) -> PanelOpinion:
    """An opinion that concludes 通过 with these final sheets."""
    values = {
        "members": members(*verdicts, points=points),
        "chair_no": 100,
        "conclusion": PanelConclusion.PASS,
        "conditions": (),
        "dissents": (),
    }
    return replace(papers.panel_opinion(), **(values | changes))


# The conclusion agrees with the sheets


@pytest.mark.parametrize(
    ("agreed", "size", "is_reached"),
    [(4, 7, False), (5, 7, True), (3, 5, False), (4, 5, True), (2, 3, True), (1, 3, False), (4, 6, True)],
)
def test_share_is_reached_from_two_thirds_on(agreed: int, size: int, is_reached: bool) -> None:
    verdicts = [AGREE, *[CHANGED] * (agreed - 1), *[DISAGREE] * (size - agreed)]
    failed = passing(*verdicts, conclusion=PanelConclusion.FAIL)
    assert failed.is_share_reached == is_reached
    assert failed.agreed_count == agreed
    if is_reached:
        assert passing(*verdicts).conclusion is PanelConclusion.PASS
    else:
        with pytest.raises(ValueError, match="below what the rule set asks for"):
            passing(*verdicts)


@pytest.mark.parametrize(("total", "is_reached"), [("69.99", False), ("70", True), ("70.01", True)])
def test_mean_is_reached_from_seventy_on(total: str, is_reached: bool) -> None:
    failed = passing(AGREE, AGREE, AGREE, points=total, conclusion=PanelConclusion.FAIL)
    assert failed.is_mean_reached == is_reached
    if not is_reached:
        with pytest.raises(ValueError, match="below what the rule set asks for"):
            passing(AGREE, AGREE, AGREE, points=total)


def test_mean_is_judged_unrounded_and_never_prints_as_the_bound() -> None:
    below = (Decimal("69.9"), Decimal("70"), Decimal("70"), Decimal("70"), Decimal("70"), Decimal("70"), Decimal("70"))
    sat = tuple(replace(one, total=total) for one, total in zip(members(*[AGREE] * 7), below, strict=True))
    total = replace(papers.panel_opinion().total, mean=sum(below, Decimal(0)) / 7)
    opinion = passing(conclusion=PanelConclusion.FAIL, members=sat, total=total)
    assert not opinion.is_mean_reached
    assert "平均分69.99分，低于70分" in words_of(opinion)


def test_rule_is_the_rule_sets_own() -> None:
    opinion = passing(AGREE, DISAGREE, points="60", rule=PassRule(1, 2, 60))
    assert "占50.0%，不少于二分之一；平均分76.43分，不低于60分" in words_of(opinion)


@pytest.mark.parametrize(
    ("conclusion", "conditions"),
    [
        (PanelConclusion.PASS, papers.CONDITIONS),
        (PanelConclusion.FAIL, papers.CONDITIONS),
        (PanelConclusion.CONDITIONAL, ()),
    ],
)
def test_conditions_belong_to_a_conditional_conclusion_only(
    conclusion: PanelConclusion, conditions: tuple[PanelCondition, ...]
) -> None:
    with pytest.raises(ValueError, match="conditions"):
        replace(papers.panel_opinion(), conclusion=conclusion, conditions=conditions)


def test_chair_is_a_member() -> None:
    with pytest.raises(ValueError, match="chair 999"):
        replace(papers.panel_opinion(), chair_no=999)
    assert papers.panel_opinion().chair == "袁少华"


@pytest.mark.parametrize(
    ("opinion", "word"),
    [
        (passing(AGREE, AGREE, AGREE), "通过"),
        (papers.panel_opinion(), "有条件通过"),
        (passing(DISAGREE, DISAGREE, AGREE, conclusion=PanelConclusion.FAIL), "不通过"),
    ],
)
def test_conclusion_is_printed_in_both_texts(opinion: PanelOpinion, word: str) -> None:
    for content in (opinion, opinion.excerpt(contact="")):
        cells = [mark.text for page in pages_of(content) for mark in texts_on(page)]
        assert cells[cells.index("论证结论") + 1] == word


# Inside


def test_inside_text_has_totals_votes_and_dissent_by_name() -> None:
    text = words_of(papers.panel_opinion())
    assert "016高玉梅财务、审计组员75.5修改后同意" in text
    assert "035袁少华产业经济组长80同意" in text
    assert "同意2人、修改后同意4人、不同意1人；同意（含修改后同意）6人，占85.7%，不少于三分之二" in text
    assert "贾玉梅：认为下游需求预测依据不足" in text
    assert "内部份（含总分、表决和不同意见署名，不提供企业）" in text


def test_signature_given_in_the_system_stands_in_its_field() -> None:
    cells = [mark.text for page in pages_of(papers.panel_opinion()) for mark in texts_on(page)]
    assert cells.count("2024-07-24系统签名") == 1


@pytest.mark.parametrize("size", range(3, 16))
def test_signatures_stay_together_and_never_stand_alone(size: int) -> None:
    opinion = passing(*[AGREE] * size)
    pages = pages_of(opinion)
    last, _, signing = words_on(pages[-1]).rpartition("专家签字")
    assert "投后季度报告指标" in last
    assert [member.name for member in opinion.members if member.name not in signing] == []
    assert "组长签字" in signing
    assert ("以下空白" in signing) == bool(size % 2)
    assert max(map(lower_edge, pages)) < LOWEST


def test_sections_without_content_fall_away_and_numbers_close_up() -> None:
    bare = passing(AGREE, AGREE, AGREE, inquiries=())
    titles = [mark.text for page in pages_of(bare) for mark in texts_on(page) if mark.size == 12.5]
    assert [title[:2] for title in titles] == ["一、", "二、", "三、", "四、", "五、", "六、"]
    assert titles[4:] == ["五、专家组意见", "六、专家签字"]


# What the enterprise gets

ALLOWED = {
    "case_number",
    "organ_short",
    "recipient",
    "project_name",
    "amount_yuan",
    "opinion_number",
    "draw_id",
    "met_at",
    "place",
    "way",
    "members",
    "chair",
    "criteria",
    "total",
    "rule",
    "is_share_reached",
    "is_mean_reached",
    "conclusion",
    "conditions",
    "inquiries",
    "opinion",
    "dissents",
    "contact",
    "mark",
    "dated_on",
}


def excerpt_of(opinion: PanelOpinion) -> PanelOpinionExcerpt:
    return opinion.excerpt(contact=papers.CONTACT).issued_as(f"{opinion.number}-QY", papers.date(2024, 7, 26))


def test_excerpt_has_these_fields_and_no_other() -> None:
    assert {each.name for each in fields(PanelOpinionExcerpt)} == ALLOWED


def telltale() -> PanelOpinion:
    """An opinion whose inner facts occur nowhere else."""
    opinion = papers.panel_opinion()
    spread = {"median": Decimal("3.75"), "lowest": Decimal("2.125"), "highest": Decimal("9.875")}
    sat = tuple(
        replace(one, no=810 + i, specialty=f"喆{i}专业", total=Decimal(f"7{i}.25"), signature="垚年旻月签")
        for i, one in enumerate(opinion.members)
    )
    return replace(
        opinion,
        members=sat,
        chair_no=810,
        criteria=tuple(replace(one, **spread) for one in opinion.criteria),
        total=replace(opinion.total, **spread),
        process="赟昇的论证过程",
        score_note="赟昇的评分说明",
    )


def test_excerpt_says_nothing_of_single_experts_in_any_byte() -> None:
    opinion = telltale()
    excerpt = excerpt_of(opinion)
    secrets = ["3.75", "2.125", "9.875", "垚年旻月签", "赟昇", "不同意1人"]
    for member in opinion.members:
        secrets += [str(member.no), member.specialty, f"{member.total}"]
    inside, stored = words_of(opinion), to_json(excerpt)
    assert [secret for secret in secrets if secret not in inside] == []
    assert [secret for secret in secrets if secret in stored] == []
    for data in (
        render.render_draft(excerpt),
        render.render_issued(excerpt),
        render.render_system_copy(excerpt, code=samples.CODE),
    ):
        text = flat_text(data)
        assert [secret for secret in secrets if secret in text] == []


def test_excerpt_is_the_same_whoever_voted_how() -> None:
    """Unanimous or by the bare share, in whatever order: nothing in the text tells."""
    seven = [AGREE, AGREE, CHANGED, CHANGED, AGREE, DISAGREE, DISAGREE]
    bare, turned, unanimous = passing(*seven), passing(*reversed(seven)), passing(*[AGREE] * 7)
    assert to_json(excerpt_of(bare)) == to_json(excerpt_of(turned)) == to_json(excerpt_of(unanimous))


def test_order_of_sheets_and_dissents_tells_nothing() -> None:
    opinion = papers.panel_opinion()
    two = replace(opinion, dissents=(*opinion.dissents, Dissent("郑文斌", "不看好价格")))
    turned = replace(two, members=two.members[::-1], dissents=two.dissents[::-1])
    assert to_json(excerpt_of(two)) == to_json(excerpt_of(turned))


def test_excerpt_names_members_once_and_without_dissenter() -> None:
    text = words_of(papers.panel_excerpt())
    assert "张少华、曹永康、袁少华、许广济、贾玉梅、郑文斌、高玉梅（共7人，排名不分先后）" in text
    assert "六、不同意见认为下游需求预测依据不足" in text
    assert [m.name for m in papers.panel_opinion().members if text.count(m.name) != 1 + (m.no == 35)] == []


@pytest.mark.parametrize(
    "changes",
    [
        {"opinion": ("项目可行。", "贾 玉梅认为不可行。")},
        {"dissents": (Dissent("贾玉梅", "贾玉梅不同意"),)},
        {"conditions": (PanelCondition("按贾玉梅意见修改", "开工前", "文本"),)},
        {"conditions": (PanelCondition("修改", "贾玉梅复核前", "文本"),)},
        {"conditions": (PanelCondition("修改", "开工前", "贾玉梅复核意见"),)},
        {"inquiries": (Inquiry("贾玉梅：收益？", "见报告"),)},
        {"inquiries": (Inquiry("收益？", "已向贾玉梅\n说明"),)},
    ],
)
def test_text_that_names_a_member_keeps_the_excerpt_inside(changes: dict[str, Any]) -> None:
    with pytest.raises(Invalid) as raised:
        replace(papers.panel_opinion(), **changes).excerpt(contact="")
    assert (raised.value.code, raised.value.facts["names"]) == ("documents_names_in_excerpt", "贾玉梅")


def test_excerpt_is_of_a_numbered_opinion() -> None:
    with pytest.raises(Invalid) as raised:
        replace(papers.panel_opinion(), number="").excerpt(contact="")
    assert raised.value.code == "documents_not_issued"


def test_excerpt_has_its_own_number_and_no_other() -> None:
    excerpt = papers.panel_excerpt()
    assert excerpt.number == "LZ2024-0006-QY"
    with pytest.raises(ValueError, match="cannot be issued"):
        excerpt.issued_as("LZ2024-0007-QY", papers.date(2024, 7, 26))


def test_seal_of_the_excerpt_never_stands_alone() -> None:
    for count in range(40):
        inquiries = tuple(Inquiry(f"问题{i}？", "见可行性研究报告。") for i in range(count))
        pages = pages_of(replace(papers.panel_excerpt(), inquiries=inquiries))
        last = words_on(pages[-1])
        assert "联系方式" in last
        assert "（印章）" in last
        assert max(map(lower_edge, pages)) < LOWEST


@pytest.mark.parametrize("make", [papers.panel_opinion, papers.panel_excerpt], ids=["opinion", "excerpt"])
def test_long_texts_page_well(make: Callable[[], Any]) -> None:
    long = "项目收益对价格较为敏感，应当逐项落实。" * 40
    opinion = replace(
        make(),
        opinion=(long,) * 4,
        conditions=tuple(PanelCondition(long[:200], "开工前", long[:60]) for _ in range(12)),
        inquiries=tuple(Inquiry(long[:150], long[:300]) for _ in range(12)),
    )
    pages = pages_of(opinion)
    assert len(pages) > 4
    for page in pages:
        last = max((text for text in texts_on(page) if text.y < LOWEST), key=lambda text: text.y)
        assert last.size != 12.5, "no heading at the foot"
        assert right_edge(page) < RIGHTMOST
        assert lower_edge(page) < LOWEST


@pytest.mark.parametrize(
    ("make", "mark", "head"),
    [
        (papers.panel_opinion, "工作秘密", "内部份"),
        (papers.panel_excerpt, "内部", "送企业文本"),
    ],
)
def test_mark_and_text_are_told_on_each_page(make: Callable[[], Any], mark: str, head: str) -> None:
    texts = page_texts(render.render_issued(make()))
    assert len(texts) == 2
    assert [text for text in texts if not text.startswith(f"{mark} {head}")] == []


def test_texts_are_chinese_for_english_readers() -> None:
    for content in (papers.panel_opinion(), papers.panel_excerpt()):
        before = words_of(content)
        with translation.override("en"):
            assert words_of(content) == before
