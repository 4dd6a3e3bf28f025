"""The reply of a case that a panel reviewed: sheet, letter, number; what follows the panel and what goes against it."""

from datetime import date, datetime
from typing import Any

import pytest

from experts.models import Condition
from experts.services.conditions import judge_condition
from experts.states import ConditionState
from investreview.core.clock import SHANGHAI
from investreview.demo import hands, panel_hands
from investreview.documents.models import Document
from investreview.notices.models import Notice
from investreview.projects.models import Case
from investreview.projects.papers import approval_sheet
from investreview.projects.services import deciding
from investreview.projects.services.panels import Deviation
from tests.desk.people import browser
from tests.workflows.doors import set_time
from tests.workflows.panel_replies import propose, sign
from tests.workflows.panel_stages import Stage, agreed, refused, staged, with_conditions
from workflows.clocks import escalate_due
from workflows.models import WorkItem


@pytest.fixture
def stage(db: None) -> Stage:
    return staged(until="declared")


def deviation(stage: Stage) -> Deviation:
    return Deviation(stage.now.date(), "纪要〔2024〕9号", "符合全市产业布局（示例）。")


def letter_of(case: Case) -> tuple[str, str]:
    """Kind and whole text of the newest version of the reply."""
    document = Document.objects.get(pk=hands.fresh(case).letter_id)
    content: Any = document.versions.latest("ordinal").parsed
    return document.kind, "\n".join(paragraph.text for paragraph in content.paragraphs)


def test_conditions_stand_in_sheet_and_letter_and_the_number_is_of_an_own_series(stage: Stage) -> None:
    stage.conclude(with_conditions)
    case = propose(stage, "FILE_WITH_RISK", risks=("资金来源单一（示例）",))
    sheet = approval_sheet(hands.fresh(case), code="AAAA-01", on=stage.now.date())
    kind, text = letter_of(case)
    assert (kind, sheet.title, sheet.matter.endswith("二次论证")) == (
        "SECOND_REVIEW_LETTER",
        "投资项目二次论证呈批表",
        True,
    )
    assert sheet.opinions[0].text == "论证结论：有条件通过；平均得分75.00分。条件：（1）补充资金来源证明（示例）。"
    assert sheet.request == (
        "本项目二次论证结论为“有条件通过”。是否予以备案，并在复函中提示上列风险。二次论证复函代拟稿附后。"
    )
    conditions, risks = "（一）补充资金来源证明（示例）", "（一）资金来源单一（示例）"
    told = ("论证编号：LZ2024-0001", "论证结论为有条件通过", conditions, risks)
    assert [word for word in told if word not in text] == []
    assert "本次决定与论证结论不一致" not in text
    signed = sign(stage)
    assert (signed.filing_number, "（二次论证登记号：" in text, "备案登记号" in text) == ("EL2024-0001", True, False)


def test_a_filing_against_the_panel_says_so_in_sheet_and_letter(stage: Stage) -> None:
    stage.conclude(refused)
    case = propose(stage, "FILE", deviation=deviation(stage))
    sheet = approval_sheet(hands.fresh(case), code="AAAA-01", on=stage.now.date())
    _kind, text = letter_of(case)
    record = "集体研究（纪要文号：纪要〔2024〕9号），未采纳论证结论，理由：符合全市产业布局（示例）。"
    assert (record in text, "论证结论为不通过" in text) == (True, True)
    assert (sheet.opinions[1].who, "纪要〔2024〕9号" in sheet.opinions[1].text) == ("集体研究", True)


def test_a_refusal_against_the_panel_says_so_and_takes_no_number(stage: Stage) -> None:
    stage.conclude(agreed)
    case = propose(stage, "REFUSE", refusal_reason="不符合年度计划（示例）", deviation=deviation(stage))
    kind, text = letter_of(case)
    assert (kind, "不予备案" in text, "未采纳论证结论" in text, "不符合年度计划（示例）" in text) == (
        "SECOND_REVIEW_LETTER",
        True,
        True,
        True,
    )
    assert (sign(stage).filing_number, hands.fresh(case).state) == ("", "REFUSED")


def test_a_changed_proposal_redrafts_the_one_reply(stage: Stage) -> None:
    stage.conclude(agreed)
    case = propose(stage, "FILE")
    first = hands.fresh(case).letter_id
    hands.act(case, "check", stage.world.head, deciding.send_back, stage.tick(), reason="再研究（示例）")
    propose(stage, "FILE_WITH_RISK", risks=("价格波动（示例）",))
    assert (hands.fresh(case).letter_id, "价格波动（示例）" in letter_of(case)[1]) == (first, True)


def test_desk_and_lists_never_count_a_second_review_as_filed(stage: Stage) -> None:
    stage.conclude(agreed)
    propose(stage, "FILE")
    sign(stage)
    set_time(stage.tick())
    client = browser(stage.world.officer)
    page = client.get(f"/cases/{stage.case.number}/")
    assert (page.context["page"].state.text, page.context["page"].outcome.registration_label) == (
        "二次论证后予以备案",
        "二次论证登记号",
    )
    rows = {
        state: [row.number for row in client.get(f"/cases/?state={state}").context["page"].rows]
        for state in ("FILED", "SECOND_REVIEWED", "")
    }
    assert rows == {"FILED": [], "SECOND_REVIEWED": [stage.case.number], "": [stage.case.number]}


@pytest.mark.parametrize(("node", "who"), [("opinion", "officer"), ("check", "head")])
def test_the_pages_of_opinion_and_check_carry_the_card(stage: Stage, node: str, who: str) -> None:
    stage.conclude(with_conditions)
    if node == "check":
        propose(stage, "FILE")
    set_time(stage.tick())
    item = WorkItem.objects.get(case=stage.case, node=node, state=WorkItem.State.OPEN)
    page = browser(stage.world.people[who]).get(f"/tasks/{item.task_id}/")
    card = page.context["page"].panel
    assert (card.conclusion, card.mean, card.condition_count) == ("有条件通过", "75.00", 1)
    assert ("与论证结论不一致的理由" in page.content.decode()) == (node == "opinion")


def told(month: int, day: int) -> list[tuple[str, str]]:
    """Who is told what when the clock looks on that day of 2024."""
    Notice.objects.all().delete()
    escalate_due(datetime(2024, month, day, 7, tzinfo=SHANGHAI))
    return [(notice.user.full_name, notice.text) for notice in Notice.objects.order_by("user__full_name", "pk")]


def test_the_term_of_a_condition_runs_from_the_delivered_reply_and_is_told(stage: Stage) -> None:
    world = stage.world
    stage.conclude(with_conditions)
    case = propose(stage, "FILE")
    assert "完成时限：自本函送达之日起60个工作日内；证明材料：" in letter_of(case)[1]
    sign(stage)
    assert Condition.objects.get().due_on is None
    hands.deliver(stage.case, world.document_officer, stage.tick())
    assert (stage.now.date(), Condition.objects.get().due_on) == (date(2024, 7, 22), date(2024, 10, 18))
    soon = f"{case.number} 的论证条件应于2024年10月18日前落实并提交证明，请抓紧办理。"
    late = f"{case.number} 的论证条件已超过落实期限（2024年10月18日），请督促企业办理。"
    assert (told(10, 11), told(10, 12), told(10, 18)) == (
        [],
        [("group_drafter", soon), ("group_releaser", soon)],
        [],
    )
    assert (told(10, 19), told(10, 22), told(10, 23)) == (
        [("head", late)],
        [],
        [("deputy", late), ("deputy2", late)],
    )


def test_a_proven_condition_is_not_told_until_its_proof_is_returned(stage: Stage) -> None:
    stage.conclude(with_conditions)
    propose(stage, "FILE")
    sign(stage)
    hands.deliver(stage.case, stage.world.document_officer, stage.tick())
    panel_hands.prove_condition(stage.case, 1, stage.world.group_drafter, stage.tick())
    assert told(10, 25) == []
    judge_condition(
        acting=hands.acting(stage.world.officer, stage.now),
        case_id=stage.case.pk,
        ordinal=1,
        version=2,
        judgement=ConditionState.RETURNED,
        text="证明不全（示例）",
        at=stage.tick(),
    )
    assert {who for who, _text in told(10, 25)} == {"group_drafter", "group_releaser", "head", "deputy", "deputy2"}
