"""What the enterprise reads on the page of its case, and what of the commission it never reads before the delivery."""

import re

import pytest
from django.urls import reverse

from investreview.demo import hands
from investreview.projects.models import Case
from investreview.projects.services import deciding
from investreview.projects.services.contacts import add_phone_note
from tests.desk.people import browser
from tests.states import kept
from tests.world import World, drive, later

OPINION = "材料齐备，资金来源清楚，建议备案并提示风险。"
AGREED = "同意经办意见，请领导审定。"
SENT_BACK = "请核实资金来源后再报。"
RISK = "市场价格波动较大"
PHONED = "电话里说的话"


def page_of(world: World, case: Case, who: str = "group_drafter") -> str:
    answer = browser(world.people[who]).get(reverse("desk:case", args=[case.number]))
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def reviewed(world: World) -> Case:
    """A case with opinions, a send-back, risks, a draft letter, a printed sheet and a telephone note."""
    return kept(lambda: _reviewed(world), "reviewed")


def _reviewed(world: World) -> Case:
    case = drive(world, "confirmed", key="shared")
    add_phone_note(
        acting=hands.acting(world.officer, later(4)),
        case_id=case.pk,
        with_whom="联系人",
        text=PHONED,
        promised="",
        at=later(4),
    )
    hands.propose(case, world.officer, later(5), risks=[RISK])
    hands.act(case, "check", world.head, deciding.send_back, later(6), reason=SENT_BACK)
    hands.propose(case, world.officer, later(7), risks=[RISK])
    hands.check(case, world.head, later(8))
    hands.print_sheet(case, world.officer, later(9))
    return hands.fresh(case)


@pytest.mark.parametrize("who", ["group_drafter", "group_releaser"])
def test_enterprise_reads_no_internal_word_before_the_decision(world: World, reviewed: Case, who: str) -> None:
    page = page_of(world, reviewed, who)
    names = [world.people[name].full_name for name in ("head", "deputy", "document_officer")]
    hidden = [OPINION, AGREED, SENT_BACK, RISK, PHONED, "退回处室", "拟办", "呈批表</a>", "备案复函", *names]
    assert [word for word in hidden if word in page] == []


def test_commission_reads_all_of_it(world: World, reviewed: Case) -> None:
    page = page_of(world, reviewed, "officer")
    assert [word for word in (OPINION, AGREED, SENT_BACK, RISK, PHONED, "退回处室") if word not in page] == []


def test_enterprise_reads_where_its_case_is_until_when_and_whom_to_ask(world: World, reviewed: Case) -> None:
    page = page_of(world, reviewed)
    assert '<li class="ir-now" aria-current="step"><b>签发</b><time' in page
    assert "自 2024年7月9日 09:00" in page
    assert "7月11日到期" in page
    assert "规划发展处 本委officer" in page
    assert "0518-80633066" in page


def test_enterprise_reads_why_its_case_goes_this_way(world: World, reviewed: Case) -> None:
    page = page_of(world, reviewed)
    assert "为什么走“备案”" in page
    assert "报市国资委备案" in page


def test_enterprise_reads_its_own_acts_with_names_and_the_commissions_without(world: World, reviewed: Case) -> None:
    page = page_of(world, reviewed)
    progress = page[page.index('id="progress"') : page.index('id="documents"')]
    told = re.findall(r"<b>([^<]+)</b>", progress)
    assert told == ["签发", "确认材料齐备", "报送", "送审"]
    assert "本委group_releaser" in progress
    assert "LYG市国资委（示例）" in progress


def test_enterprise_reads_of_the_journal_what_it_did_and_was_told(world: World, reviewed: Case) -> None:
    page = page_of(world, reviewed)
    journal = page[page.index('id="journal"') : page.index('id="readers"')]
    assert set(re.findall(r"<div>([^<·]+) · <span", journal)) == {
        "建立办件",
        "保存申报内容",
        "逐条确认承诺",
        "送审",
        "报送",
        "确认材料齐备",
    }
    assert "本委officer" not in journal
    assert "校验完整性" not in journal


def test_enterprise_reads_only_its_forms_before_the_delivery(world: World, reviewed: Case) -> None:
    page = page_of(world, reviewed)
    documents = page[page.index('id="documents"') : page.index('id="journal"')]
    assert re.findall(r'<a class="ir-link" href="[^"]+">([^<]+)</a>', documents) == ["投资项目备案表", "接收单"]


def test_enterprise_learns_the_decision_with_its_delivery(world: World) -> None:
    case = drive(world, "signed")
    before = page_of(world, case)
    assert [word for word in (case.document_number, case.filing_number, "予以备案") if word in before] == []
    assert ">办理中<" in before
    hands.deliver(case, world.document_officer, later(7))
    after = page_of(world, case)
    assert [word for word in (case.document_number, case.filing_number, "予以备案") if word not in after] == []
    assert "备案复函" in after
    assert world.deputy.full_name not in after


def test_clock_of_the_enterprise_runs_on_until_the_delivery(world: World) -> None:
    case = drive(world, "signed")
    assert "办结，用时" not in page_of(world, case)
    assert "已用 6 / 10 个工作日" in page_of(world, case)
    assert "办结，用时 1 个工作日" in page_of(world, case, "officer")


def test_enterprise_cannot_check_the_journal_of_the_commission(world: World, reviewed: Case) -> None:
    answer = browser(world.group_drafter).post(reverse("desk:check_journal", args=[reviewed.number]))
    assert answer.status_code == 403


def test_enterprise_is_told_its_supplement_and_the_deadline(world: World) -> None:
    case = drive(world, "released")
    hands.ask_supplement(case, world.officer, [{"slot": "M19", "text": "请补充核准文件。"}], later(3))
    page = page_of(world, case)
    assert "一次性告知补正" in page
    assert "补正期限" in page
    assert ">补正通知书</a>" in page
    assert "办理：修改补正" in page
