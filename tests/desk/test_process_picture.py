"""The process picture on the page of a case: what each side may know of a real one."""

import re

from django.urls import reverse

from investreview.demo import hands
from investreview.projects.models import Case
from tests.desk.people import browser
from tests.workflows.panel_stages import staged
from tests.world import World, drive, later


def process_of(world: World, case: Case, who: str) -> str:
    page = browser(world.people[who]).get(reverse("desk:case", args=[case.number])).content.decode()
    return page[page.index('id="process"') : page.index('id="why"')]


def words_of(process: str) -> list[str]:
    return re.findall(r"<li>([^<]+)</li>", process[process.index("<ol>") :])


def test_commission_reads_people_and_dates_in_the_boxes(world: World) -> None:
    case = drive(world, "checked", key="checked")
    said = words_of(process_of(world, case, "officer"))
    assert said == [
        "申报送审 · 已办 · 7月2日 · 本委group_drafter",
        "集团报送 · 已办 · 7月3日 · 本委group_releaser",
        "齐备性审查 · 已办 · 7月4日 · 本委officer",
        "经办意见 · 已办 · 7月5日 · 本委officer",
        "审核 · 已办 · 7月6日 · 本委head",
        "签发 · 正在办理 · 分管领导 · 7月9日到期",
        "用印送达 · 待办 · 办公室",
        "企业签收 · 待办 · 报送",
        "专家论证 · 未走",
    ]


def test_enterprise_reads_one_box_of_the_commission_and_no_name_in_it(world: World) -> None:
    case = drive(world, "checked", key="checked")
    process = process_of(world, case, "group_drafter")
    assert words_of(process)[3] == "市国资委办理 · 正在办理 · 签发 · 7月9日到期"
    assert [who for who in ("officer", "head", "deputy") if world.people[who].full_name in process] == []


def test_enterprise_never_reads_that_its_case_was_sent_back_inside(world: World) -> None:
    from investreview.projects.services import deciding

    case = drive(world, "proposed", key="proposed")
    hands.act(case, "check", world.head, deciding.send_back, later(5), reason="请核实。")
    assert "退回处室" in process_of(world, case, "officer")
    assert "退回" not in process_of(world, case, "group_drafter").split("ir-flow-key")[0]


def test_decision_shows_in_the_picture_of_the_enterprise_with_its_delivery(world: World) -> None:
    case = drive(world, "signed", key="signed")
    assert "用印送达 · 正在办理" in " ".join(words_of(process_of(world, case, "group_drafter")))
    hands.deliver(case, world.document_officer, later(9))
    assert "用印送达 · 已办" in " ".join(words_of(process_of(world, case, "group_drafter")))


def test_signature_on_paper_says_so(world: World) -> None:
    case = drive(world, "checked", key="checked")
    hands.print_sheet(case, world.officer, later(6))
    entry = hands.enter_paper(case, world.officer, world.deputy, later(6).date(), later(7))
    hands.compare_paper(entry, world.head, later(7))
    assert "线下签批" in process_of(world, case, "officer")


def test_panel_shows_how_many_answered_and_no_expert_to_anybody(db: None) -> None:
    stage = staged(until="declared")
    stage.score(1, 2)
    stage.show()
    experts = [stage.expert(place).full_name for place in range(1, 6)]
    inside = process_of(stage.world, stage.case, "officer")
    outside = process_of(stage.world, stage.case, "group_drafter")
    assert any(line.startswith("独立评分 · 正在办理 · 完成 2/5") for line in words_of(inside))
    assert any(line.startswith("通知专家 · 已办 · 确认 5/5") for line in words_of(inside))
    assert any(line.startswith("专家论证 · 正在办理") for line in words_of(outside))
    assert "独立评分" not in outside
    assert [name for name in experts if name in inside or name in outside] == []


def test_model_leaves_as_a_file_of_its_own(world: World) -> None:
    case = drive(world, "checked", key="checked")
    answer = browser(world.group_drafter).get(reverse("desk:bpmn", args=[case.number]))
    assert answer["Content-Disposition"] == f'attachment; filename="{case.number}.bpmn"'
    assert answer.content.startswith(b"<?xml")
    assert browser(world.other_drafter).get(reverse("desk:bpmn", args=[case.number])).status_code == 404
