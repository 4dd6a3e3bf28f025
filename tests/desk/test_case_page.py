"""What the commission reads on the page of a case."""

import re

import pytest
from django.urls import reverse

from investreview.demo import hands
from investreview.projects.models import Case, ClockStop
from investreview.projects.services import deciding
from investreview.projects.services.contacts import add_phone_note, register_incoming_paper
from tests.desk.people import browser, let_stand_in
from tests.states import kept
from tests.world import STEPS, World, drive, later, wanted

QUERIES = 6
QUERIES_WITH_RECALL = 8


@pytest.fixture
def stages(world: World) -> dict[str, Case]:
    """A case at every step of its life."""
    return kept(lambda: {step: drive(world, step, key=step) for step in STEPS}, "stages")


def page_of(world: World, case: Case, who: str = "officer") -> str:
    answer = browser(world.people[who]).get(reverse("desk:case", args=[case.number]))
    assert answer.status_code == 200
    return answer.content.decode()


def buttons(page: str) -> list[str]:
    """The labels of the acts in the head of the page."""
    head = page[page.index('<div class="ir-ops">') : page.index('<dl class="ir-facts">')]
    return re.findall(r'<(?:a|button) class="btn[^>]*>([^<]+)<', head)


def test_case_page_shows_both_amounts_in_units_and_capitals_and_which_routes(
    world: World, stages: dict[str, Case]
) -> None:
    page = page_of(world, stages["checked"])
    assert "项目总投资 · 据以分档" in page
    assert "本集团承诺出资" in page
    assert 'title="18,600,000.00 元 · 人民币壹仟捌佰陆拾万元整"' in page
    assert "1,860.00 万元" in page


def test_case_page_tells_every_row_of_the_stored_decision(world: World, stages: dict[str, Case]) -> None:
    case = stages["checked"]
    record = case.routings.last()
    page = page_of(world, case)
    for reason in record.reasons:
        assert reason["text"] in page
        assert f'href="{reverse("rulebook:paragraph", args=["2024-1", reason["citation"]])}"' in page
    matched = sum(reason["matched"] for reason in record.reasons)
    why = page[page.index('id="why"') : page.index('id="duties"')]
    assert why.count('<span aria-hidden="true">✓</span>') == matched
    assert record.nearest["text"] in page
    assert record.code_version[:10] in page
    assert "规则集 2024-1" in page


def test_case_page_names_the_paragraph_of_each_duty(world: World, stages: dict[str, Case]) -> None:
    page = page_of(world, stages["checked"])
    duties = page[page.index("本项目的义务") : page.index('id="facts"')]
    assert "报市国资委备案" in duties
    assert ">§3.6<" in duties


def test_every_citation_of_the_page_opens(world: World, stages: dict[str, Case]) -> None:
    client = browser(world.officer)
    page = page_of(world, stages["checked"])
    cited = set(re.findall(r'href="(/rules/2024-1/[^"]+)"', page))
    assert cited
    assert {client.get(url).status_code for url in cited} == {200}


@pytest.mark.parametrize(
    ("step", "who", "expected"),
    [
        ("draft", "group_drafter", ["送审", "修改申报内容", "上传材料", "申报汇总"]),
        ("draft", "group_releaser", ["上传材料", "申报汇总"]),
        ("handed_over", "group_releaser", ["办理：集团报送", "申报汇总", "转办", "传阅", "撤回办件"]),
        ("handed_over", "group_drafter", ["申报汇总", "收回"]),
        ("released", "group_releaser", ["收回", "催办", "撤回办件"]),
        ("released", "officer", ["办理：齐备性审查", "认领", "转办", "传阅", "退回办件", "电话记录", "收文登记"]),
        ("released", "head", ["转办", "传阅"]),
        ("confirmed", "officer", ["办理：经办意见", "转办", "退回待认领", "传阅", "退回办件", "电话记录", "收文登记"]),
        ("confirmed", "officer2", ["退回办件", "电话记录", "收文登记"]),
        (
            "proposed",
            "officer",
            ["收回", "打印呈批表", "线下签批回录", "退回办件", "电话记录", "收文登记"],
        ),
        ("proposed", "head", ["办理：审核", "转办", "传阅", "打印呈批表", "线下签批回录"]),
        ("checked", "deputy", ["办理：签发", "转办", "传阅", "批示"]),
        ("checked", "director", ["批示"]),
        ("checked", "document_officer", ["打印呈批表", "线下签批回录", "电话记录", "收文登记"]),
        ("signed", "document_officer", ["办理：用印送达", "认领", "转办", "传阅", "电话记录", "收文登记"]),
        ("signed", "group_releaser", ["催办"]),
        ("delivered", "group_releaser", ["办理：企业签收", "转办", "传阅"]),
        ("acknowledged", "archivist", []),
    ],
)
def test_case_page_offers_exactly_what_the_person_may_do(
    world: World, stages: dict[str, Case], step: str, who: str, expected: list[str]
) -> None:
    assert buttons(page_of(world, stages[step], who)) == expected


def test_every_page_that_a_button_leads_to_opens(world: World, stages: dict[str, Case]) -> None:
    case = stages["proposed"]
    for who in ("officer", "head"):
        client = browser(world.people[who])
        page = page_of(world, case, who)
        head = page[page.index('<div class="ir-ops">') : page.index('<dl class="ir-facts">')]
        for url in re.findall(r'<a class="btn[^"]*" href="([^"]+)"', head):
            assert client.get(url).status_code == 200, url


def test_hand_over_button_sends_the_draft_on(world: World, stages: dict[str, Case]) -> None:
    case = stages["draft"]
    page = page_of(world, case, "group_drafter")
    assert f'<form method="post" action="{reverse("review:hand_over", args=[case.number])}">' in page
    version = re.search(r'name="version" value="(\d+)"', page)
    answer = browser(world.group_drafter).post(
        reverse("review:hand_over", args=[case.number]), {"version": version[1] if version else ""}, follow=True
    )
    assert "已送审。" in answer.content.decode()


def test_recall_button_takes_the_act_back_and_the_page_shows_it_as_recalled(
    world: World, stages: dict[str, Case]
) -> None:
    case = stages["proposed"]
    client = browser(world.officer)
    url = re.search(r'action="(/tasks/\d+/recall/)"', page_of(world, case))
    answer = client.post(url[1] if url else "", {"version": case.version}, follow=True)
    body = answer.content.decode()
    assert "<del><b>经办意见</b></del>" in body
    assert "已收回" in body
    assert "材料齐备，资金来源清楚，建议予以备案。" in body


def test_draft_of_a_closed_procedure_is_explained_and_cannot_be_handed_over(world: World) -> None:
    case = drive(world, "draft", plan=wanted(world, nature="NON_MAIN"))
    page = page_of(world, case, "group_drafter")
    assert "按规则须走“非主业事前备案”，该程序在本系统尚未开通" in page
    assert buttons(page) == ["修改申报内容", "上传材料", "申报汇总"]


def test_draft_that_says_too_little_tells_what_to_fill_in(world: World) -> None:
    case = drive(world, "draft", plan=wanted(world, nature=""))
    assert "投资类别、主业属性、年度计划和投资额填好后" in page_of(world, case, "group_drafter")


def test_withdrawn_case_can_be_begun_again_once(world: World, stages: dict[str, Case]) -> None:
    case = stages["confirmed"]
    hands.withdraw(case, world.group_releaser, "暂不实施。", later(5))
    assert buttons(page_of(world, case, "group_drafter")) == ["重新申报", "参照新建"]
    page = page_of(world, case)
    assert "企业撤回" in page
    assert "暂不实施。" in page
    browser(world.group_drafter).post(reverse("projects:again", args=[case.number]))
    assert buttons(page_of(world, case, "group_drafter")) == ["参照新建"]


def test_timeline_tells_opinions_send_backs_and_what_is_to_come(world: World, stages: dict[str, Case]) -> None:
    case = stages["proposed"]
    hands.act(case, "check", world.head, deciding.send_back, later(5), reason="请核实资金来源。")
    hands.propose(case, world.officer, later(6), risks=["市场价格波动。"])
    page = page_of(world, case)
    assert '<li class="ir-late"><b>审核</b> · 退回处室' in page
    assert "请核实资金来源。" in page
    assert "风险提示：市场价格波动。" in page
    assert '<li class="ir-todo">签发 · 分管领导</li>' in page
    assert (
        page.index("签发 · 分管领导") < page.index('aria-current="step"><b>审核</b>') < page.index("请核实资金来源。")
    )


def test_timeline_tells_who_acted_for_whom_under_which_authority(world: World, stages: dict[str, Case]) -> None:
    from investreview.core.roles import Role

    case = stages["checked"]
    let_stand_in(world, world.director, world.deputy, Role.DEPUTY_DIRECTOR)
    hands.sign(case, world.director, later(7))
    page = page_of(world, case)
    assert "本委director（代本委deputy）" in page
    assert "授权文号 委授〔2024〕1号" in page


def test_timeline_tells_how_a_paper_decision_came_in(world: World, stages: dict[str, Case]) -> None:
    case = stages["checked"]
    hands.print_sheet(case, world.officer, later(6))
    entry = hands.enter_paper(case, world.officer, world.deputy, later(6).date(), later(11))
    waiting = page_of(world, case, "head")
    assert "线下签批：本委deputy 2024年7月7日签批，本委officer 2024年7月12日 09:00 回录" in waiting
    assert "待另一人核对" in waiting
    assert reverse("review:compare_paper", args=[entry]) in waiting
    hands.compare_paper(entry, world.head, later(11, 15))
    page = page_of(world, case)
    assert "线下签批（纸面日期 2024年7月7日），2024年7月12日 09:00 由本委officer回录，本委head核对" in page
    assert "回录超过期限" in page


def test_clocks_tell_used_left_stops_and_the_estimate(world: World, stages: dict[str, Case]) -> None:
    case = stages["confirmed"]
    ClockStop.objects.create(
        case=case, reason=ClockStop.Reason.SUPPLEMENT, from_on=later(7).date(), until_on=later(9).date()
    )
    page = page_of(world, case)
    assert "计时自材料齐备次一工作日 7月5日 起，已用 4 / 10 个工作日" in page
    assert '<progress class="ir-bar" max="10" value="4">' in page
    assert "停表：补正，2024年7月8日起，2024年7月10日恢复" in page


def test_clock_of_a_closed_case_says_how_long_it_took(world: World, stages: dict[str, Case]) -> None:
    assert "办结，用时 1 个工作日" in page_of(world, stages["acknowledged"])


def test_notes_and_papers_of_the_office_are_shown(world: World, stages: dict[str, Case]) -> None:
    case = stages["confirmed"]
    me = hands.acting(world.officer, later(4))
    add_phone_note(
        acting=me, case_id=case.pk, with_whom="陈××", text="二期是否决策？", promised="书面说明", at=later(4)
    )
    register_incoming_paper(
        acting=me,
        case_id=case.pk,
        sender_number="甲投〔2024〕9号",
        register_number="收2024-17",
        received_on=later(3).date(),
        copies=2,
        at=later(4),
    )
    page = page_of(world, case)
    for shown in ("陈××", "二期是否决策？", "书面说明", "收文 收2024-17", "甲投〔2024〕9号", "2 份"):
        assert shown in page


def test_late_and_invested_first_are_flagged(world: World) -> None:
    plan = wanted(world, decided_on=later(-40).date(), payment_on=later(1).date())
    page = page_of(world, drive(world, "released", plan=plan))
    assert page.count(">迟报<") == 3
    assert page.count(">先投后备<") == 2


@pytest.mark.parametrize(
    ("step", "who", "queries"),
    [("draft", "group_drafter", 8), ("checked", "officer", QUERIES), ("proposed", "officer", QUERIES_WITH_RECALL)],
)
def test_case_page_costs_a_fixed_number_of_queries(
    world: World, stages: dict[str, Case], step: str, who: str, queries: int, django_assert_num_queries
) -> None:
    case = stages[step]
    client = browser(world.people[who])
    client.get("/rules/")
    with django_assert_num_queries(queries):
        client.get(reverse("desk:case", args=[case.number]))
